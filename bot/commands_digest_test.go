package bot_test

import (
	"strings"
	"testing"
)

// TestDigestHours: an hour alone is that of every day, as the README says; who
// presses an hour under a digest of some days keeps the days.
func TestDigestHours(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, language string
		said           []string // "[…]" presses a button
		want           string
	}{
		{"an hour after a day", "nl", []string{"/overzicht maandag 8:00", "/overzicht 18:00"}, "Elke dag om 18:00"},
		{"an hour after a week", "en", []string{"/digest week", "/digest 18:30"}, "Every day at 18:30"},
		{"both after a day", "nl", []string{"/overzicht ma 8:00", "/overzicht allebei 18:00"}, "elke dag om 18:00"},
		{"another day keeps the hour", "nl", []string{"/overzicht 8:00", "/overzicht vrijdag"}, "Elke vrijdag om 08:00"},
		{"both keeps the days", "nl", []string{"/overzicht vrijdag 8:00", "/overzicht allebei"}, "elke vrijdag om 08:00"},
		{"a button keeps the days", "fr", []string{"/resume lu me ve 8h", "[21h00]"}, "Chaque lundi, mercredi et vendredi à 21h00"},
		{"a button keeps six days", "de", []string{"/uebersicht Mo Di Mi Do Fr Sa 8:00", "[21:00 Uhr]"}, "Jeden Montag, Dienstag, Mittwoch, Donnerstag, Freitag und Samstag um 21:00 Uhr"},
		{"the end of a day", "nl", []string{"/overzicht maandag 24:00"}, "Elke dinsdag om 00:00"},
		{"the end of the week", "nl", []string{"/overzicht za zo 24:00"}, "Elke maandag en zondag om 00:00"},
		{"the end of every day", "nl", []string{"/overzicht 24:00"}, "Elke dag om 00:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPerson(world(t), test.language, false)
			p.say(t, "/follow genk")
			got := p.talk(t, test.said...).Text
			if !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestDigestOfSome: an answer about the digest is true for each topic, and says so when
// the hour of others moves along.
func TestDigestOfSome(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "one in the digest", language: "nl", lines: []string{"volg genk, gent", "overzicht genk 21:00", "overzicht"}, want: "Nieuws krijg je meteen. Liever één overzicht per dag? Kies een uur, of typ /overzicht 18:30.\n\nNieuws over KRC Genk komt elke dag om 21:00 in één overzicht.", not: "✓"},
		{name: "all of them", language: "en", lines: []string{"follow genk", "digest genk 21:00", "digest"}, want: "News about KRC Genk comes every day at 21:00 in one digest.", not: "News comes at once"},
		{name: "one at once", language: "fr", lines: []string{"suivre genk, gand", "resume 21h", "resume genk non", "resume"}, want: "Chaque jour à 21h00, toutes les infos arrivent en un seul résumé.\n\nS'il n'y a rien à raconter, je n'envoie rien.\n\nLes infos sur le KRC Genk arrivent tout de suite.", not: "✓"},
		{name: "by a switch", language: "de", lines: []string{"folgen genk, gent", "following club/genk cadence both", "uebersicht"}, want: "Neues über KRC Genk kommt sofort und jeden Tag um 18:30 Uhr noch einmal in einer Übersicht."},
		{name: "an hour for all again", language: "nl", lines: []string{"volg genk, gent", "overzicht genk 21:00", "overzicht 8:00"}, want: "Elke dag om 08:00 komt al het nieuws in één overzicht.", not: "KRC Genk", buttons: []string{"✓ Elke dag"}},
		{name: "the hour of others moves", language: "nl", lines: []string{"volg genk, gent, union", "overzicht vrijdag 18:00", "overzicht union uit", "overzicht genk 20:00"}, want: "Nieuws over KRC Genk komt elke dag om 20:00 in één overzicht.\n\nNieuws over KAA Gent komt elke dag om 20:00 in één overzicht.", not: "Union"},
		{name: "it stays", language: "nl", lines: []string{"volg genk, gent", "overzicht 18:00", "overzicht genk 18:00"}, want: "Nieuws over KRC Genk komt elke dag om 18:00 in één overzicht.", not: "KAA Gent"},
	})
}

// TestDigestOfSomeDays: wherever an answer says when the digest comes, it names the days
// too, unless it comes on all of them.
func TestDigestOfSomeDays(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "what is followed later", language: "nl", lines: []string{"overzicht week", "volg genk"}, want: "Het nieuws komt in je overzicht van maandag om 18:30."},
		{name: "French", language: "fr", lines: []string{"resume lu je 8h", "suivre genk"}, want: "Les infos seront dans ton résumé de chaque lundi et jeudi à 08h00."},
		{name: "German", language: "de", lines: []string{"uebersicht woche", "folgen genk"}, want: "Neues kommt in deine Übersicht am Montag um 18:30 Uhr."},
		{name: "English", language: "en", lines: []string{"digest week", "follow genk"}, want: "The news comes in your digest on Monday at 18:30."},
		{name: "every day", language: "nl", lines: []string{"overzicht 20:00", "volg genk"}, want: "Het nieuws komt in je overzicht van 20:00."},
		{name: "at once too", language: "nl", lines: []string{"overzicht vrijdag 8:00", "overzicht allebei", "volg genk"}, want: "en nog eens in je overzicht van vrijdag om 08:00."},
		{name: "rumours", language: "nl", lines: []string{"volg genk", "overzicht zondag 8:00", "geruchten overzicht"}, want: "Geruchten komen alleen nog in het overzicht van zondag om 08:00."},
		{name: "rumours of a topic", language: "en", lines: []string{"follow genk", "digest sunday 8:00", "rumours genk digest"}, want: "Rumours about KRC Genk now come in the digest on Sunday at 08:00 only."},
		{name: "the reader's language first", language: "nl", lines: []string{"volg genk", "overzicht zondag 8:00", "following club/genk in"}, want: "op je overzicht van zondag om 08:00."},
		{name: "nothing in a week", language: "nl", lines: []string{"volg westerlo", "overzicht week", "overzicht nu"}, want: "De voorbije week was er niets nieuws"},
		{name: "nothing in a day", language: "nl", lines: []string{"volg westerlo", "overzicht 8:00", "overzicht nu"}, want: "De voorbije dag was er niets nieuws"},
	})
}
