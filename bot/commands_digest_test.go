package bot_test

import (
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/bottest"
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
			got := ""
			for _, line := range test.said {
				turn := bottest.Turn{Line: line}
				if strings.HasPrefix(line, "[") {
					turn = bottest.Turn{Button: strings.Trim(line, "[]")}
				}
				got = p.Do(t, turn).Text
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
