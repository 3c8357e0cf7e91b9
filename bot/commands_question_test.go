package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestYesAndNo answers questions in words, as one does in a chat.
func TestYesAndNo(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "ja", language: "nl", lines: []string{"volg genk", "/wis", "ja"}, want: "Alles is gewist."},
		{name: "ja, with a point", language: "nl", lines: []string{"volg genk", "/wis", "Ja!"}, want: "Alles is gewist."},
		{name: "oui", language: "fr", lines: []string{"suivre genk", "/effacer", "oui"}, want: "Tout est effacé."},
		{name: "ja in German", language: "de", lines: []string{"folgen genk", "/loeschen", "Ja"}, want: "Alles ist gelöscht."},
		{name: "yes", language: "en", lines: []string{"follow genk", "/forget", "yes please"}, want: "Everything is erased."},
		{name: "another language's word", language: "nl", lines: []string{"volg genk", "/wis", "oui"}, want: "Alles is gewist."},
		{name: "the text of the button", language: "nl", lines: []string{"volg genk", "/wis", "ja, wis alles"}, want: "Alles is gewist."},
		{name: "nee", language: "nl", lines: []string{"volg genk", "/wis", "nee"}, want: "• KRC Genk"},
		{name: "non", language: "fr", lines: []string{"suivre genk", "/effacer", "non merci"}, want: "• KRC Genk"},
		{name: "nein", language: "de", lines: []string{"folgen genk", "/loeschen", "Nein"}, want: "• KRC Genk"},
		{name: "no", language: "en", lines: []string{"follow genk", "/forget", "no"}, want: "• KRC Genk"},
		{name: "a coach", language: "nl", lines: []string{"volg Piet Snotneus", "ja"}, want: "Je volgt nu Piet Snotneus."},
		{name: "no coach", language: "nl", lines: []string{"volg Piet Snotneus", "nee"}, want: "Goed, dan niet."},
		{name: "a command", language: "nl", lines: []string{"/vogl gent", "ja"}, want: "Je volgt nu KAA Gent."},
		{name: "the one that is meant", language: "nl", lines: []string{"volg club brugje", "ja"}, want: "Je volgt nu Club Brugge."},
		{name: "which of two", language: "nl", lines: []string{"volg luik", "ja"}, want: "geen vraag"},
		{name: "no question", language: "nl", lines: []string{"volg genk", "ja"}, want: "geen vraag", not: "Club Brugge"},
		{name: "no question, no", language: "fr", lines: []string{"suivre genk", "non"}, want: "pas posé de question"},
		{name: "another question since", language: "nl", lines: []string{"volg genk", "/wis", "volg Piet Snotneus", "ja"}, want: "Je volgt nu Piet Snotneus."},
		{name: "something else since", language: "nl", lines: []string{"volg genk", "/wis", "/lijst", "ja"}, want: "geen vraag"},
		{name: "answered before", language: "nl", lines: []string{"volg Piet Snotneus", "ja", "ja"}, want: "geen vraag"},
		{name: "answered by the button", language: "nl", lines: []string{"volg genk", "/wis", "[Nee, laat maar]", "ja"}, want: "geen vraag"},
	})
}

// TestAnswersInWords: a question that wants more than a yes takes it as it is typed.
func TestAnswersInWords(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "language", language: "nl", lines: []string{"/taal", "Frans"}, want: "je te parle désormais en français"},
		{name: "language, one it does not speak", language: "nl", lines: []string{"/taal Spaans", "Duits."}, want: "ab jetzt rede ich Deutsch"},
		{name: "no language", language: "nl", lines: []string{"/taal", "Genk"}, want: "Gevonden: KRC Genk."},
		{name: "rumours", language: "nl", lines: []string{"volg genk", "/geruchten", "nooit"}, want: "Geruchten krijg je niet meer."},
		{name: "rumours, in French", language: "fr", lines: []string{"suivre genk", "/rumeurs", "dans le résumé"}, want: "dans le résumé de 18h30"},
		{name: "spoilers", language: "nl", lines: []string{"/spoilers", "aan"}, want: "Uitslagen zijn verborgen"},
		{name: "spoilers, the button's word", language: "fr", lines: []string{"/spoilers", "Oui"}, want: "Les résultats sont cachés"},
		{name: "digest", language: "nl", lines: []string{"volg genk", "/overzicht", "om 20u"}, want: "Elke dag om 20:00"},
		{name: "digest, an hour that is none", language: "de", lines: []string{"folgen genk", "/uebersicht 25:99", "montags 8 Uhr"}, want: "Jeden Montag um 08:00 Uhr"},
		{name: "digest, no", language: "nl", lines: []string{"volg genk", "/overzicht", "nee"}, want: "Goed, dan niet."},
		{name: "quiet", language: "en", lines: []string{"/quiet", "11pm-7am"}, want: "From 23:00 to 07:00"},
		{name: "how long", language: "nl", lines: []string{"volg genk", "/demp genk", "3 dagen"}, want: "Tot donderdag 26 november, 12:00 hoor je niets over KRC Genk."},
		{name: "how long, for all", language: "nl", lines: []string{"volg genk", "/demp alles", "tot morgen"}, want: "Alles is gedempt tot dinsdag 24 november, 07:00."},
		{name: "too long", language: "nl", lines: []string{"volg genk", "/demp genk", "20 maanden"}, want: "Die duur kan niet."},
		{name: "what to mute", language: "nl", lines: []string{"volg genk", "/demp", "genk"}, want: "Hoelang wil je niets horen over KRC Genk?"},
		{name: "what to mute, and how long", language: "nl", lines: []string{"volg genk", "/demp", "alles", "2 uur"}, want: "Alles is gedempt tot maandag 23 november, 14:00."},
		{name: "whom to unfollow", language: "nl", lines: []string{"volg genk, gent", "/ontvolg", "Gent"}, want: "Je volgt KAA Gent niet meer."},
		{name: "search", language: "nl", lines: []string{"/zoek", "Limburgse derby"}, want: "Genk wint met 3-1"},
		{name: "search, no", language: "nl", lines: []string{"/zoek", "laat maar"}, want: "Goed, dan niet."},
		{name: "something else since", language: "nl", lines: []string{"volg genk", "/demp genk", "/lijst", "3 dagen"}, want: "Dat herken ik niet"},
		{name: "a command instead", language: "nl", lines: []string{"volg genk", "/demp genk", "nieuws genk"}, want: "Het laatste over KRC Genk"},
	})
}

// TestThanks: who says thank you is not looking for anybody.
func TestThanks(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"dank je": "Graag gedaan!", "Bedankt!": "Graag gedaan!", "dankjewel": "Graag gedaan!", "merci": "Graag gedaan!",
		"danke": "Graag gedaan!", "Thanks 👍": "Graag gedaan!", "thank you": "Graag gedaan!", "dank u wel": "Graag gedaan!",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			said{language: "nl", lines: []string{line}, want: want}.hold(t)
		})
	}
	for language, want := range map[string]string{"fr": "Avec plaisir !", "de": "Gern geschehen!", "en": "You are welcome!"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			said{language: language, lines: []string{"merci"}, want: want}.hold(t)
		})
	}
}

// TestHello: a greeting is greeted, whether somebody is known or not.
func TestHello(t *testing.T) {
	t.Parallel()
	for language, lines := range map[string]map[string]string{
		"nl": {"hallo": "Welkom bij Sjotbot", "Dag!": "Welkom bij Sjotbot", "goeiemorgen 👋": "Welkom bij Sjotbot", "bonjour": "Welkom bij Sjotbot"},
		"fr": {"Salut": "Bienvenue"}, "de": {"Guten Tag": "Willkommen"}, "en": {"hi": "Welcome"},
	} {
		for line, want := range lines {
			t.Run(language+" "+line, func(t *testing.T) {
				t.Parallel()
				said{language: language, lines: []string{line}, want: want}.hold(t)
			})
		}
	}
	t.Run("who follows somebody", func(t *testing.T) {
		t.Parallel()
		said{language: "nl", lines: []string{"volg genk", "hoi"}, want: "KRC Genk"}.hold(t)
	})
}

// TestYesIsForOnePlace: a question is answered where it was put, and in a shared
// place by its buttons alone, as "yes" there may be said to somebody else.
func TestYesIsForOnePlace(t *testing.T) {
	t.Parallel()
	w := world(t)
	one, two, shared := newPerson(w, "nl", false), newPerson(w, "nl", false), newPerson(w, "nl", true)
	two.place.Address.ID, shared.place.Address.ID = "42", "channel"
	for _, p := range []*person{one, two, shared} {
		p.say(t, "/volg genk")
	}
	one.say(t, "/wis")
	shared.say(t, "/wis")
	for _, p := range []*person{two, shared} {
		if got := p.say(t, "ja"); !strings.Contains(got, "geen vraag") {
			t.Errorf("%s: got %q", p.place.Address, got)
		}
	}
	if got := one.say(t, "ja"); !strings.Contains(got, "Alles is gewist") {
		t.Errorf("got %q", got)
	}
}

// TestYesCountsOnce: an update that comes again neither answers nor takes a question away.
func TestYesCountsOnce(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "/volg genk")
	give := func(sequence int64, line string) bot.Reply {
		return w.Commands.Handle(context.WithoutCancel(t.Context()), bot.Command{
			Place: p.place, Args: line, Mark: subscriptions.Mark{Stream: "test:updates", Sequence: sequence},
		})
	}
	give(1, "/lijst")
	give(2, "/wis")
	if r := give(1, "/lijst"); !r.Repeated {
		t.Errorf("answered twice: %q", text(r))
	}
	if r := give(3, "ja"); !strings.Contains(text(r), "Alles is gewist") {
		t.Errorf("got %q", text(r))
	}
	if r := give(3, "ja"); !r.Repeated {
		t.Errorf("answered twice: %q", text(r))
	}
	if _, err := w.Store.Find(t.Context(), p.place.Address); !errors.Is(err, subscriptions.ErrNotFound) {
		t.Errorf("something is kept: %v", err)
	}
}

// TestAskedInWords: what people ask in so many words is answered like the command.
func TestAskedInWords(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "nl, what I follow", language: "nl", lines: []string{"volg genk", "Wat volg ik?"}, want: "Dit volg je"},
		{name: "nl, my list", language: "nl", lines: []string{"volg genk", "mijn lijst"}, want: "Dit volg je"},
		{name: "fr, what I follow", language: "fr", lines: []string{"suivre genk", "Qu’est-ce que je suis ?"}, want: "KRC Genk"},
		{name: "de, what I follow", language: "de", lines: []string{"folgen genk", "Wem folge ich?"}, want: "KRC Genk"},
		{name: "en, what I follow", language: "en", lines: []string{"follow genk", "What am I following?"}, want: "KRC Genk"},
		{name: "nl, what it can do", language: "nl", lines: []string{"Wat kan je?"}, want: "Dit kan ik voor je doen"},
		{name: "de, follow", language: "de", lines: []string{"folge Genk"}, want: "Ab jetzt bekommst du alles über KRC Genk."},
		{name: "de, follow no longer", language: "de", lines: []string{"folgen genk", "entfolge Genk"}, want: "Über KRC Genk bekommst du nichts mehr."},
		{name: "fr, what it can do", language: "fr", lines: []string{"Comment ça marche ?"}, want: "/suivre"},
		{name: "de, what it can do", language: "de", lines: []string{"Was kannst du?"}, want: "/folgen"},
		{name: "en, what it can do", language: "en", lines: []string{"what can you do?"}, want: "/follow"},
		{name: "nl, the latest", language: "nl", lines: []string{"volg genk", "Laatste nieuws"}, want: "Het laatste over wat je volgt"},
		{name: "nl, the latest on a club", language: "nl", lines: []string{"het laatste nieuws over genk"}, want: "Het laatste over KRC Genk"},
		{name: "fr, the latest", language: "fr", lines: []string{"suivre genk", "Quoi de neuf ?"}, want: "Les dernières infos sur ce que tu suis"},
		{name: "fr, the latest on a club", language: "fr", lines: []string{"dernières infos sur le Standard"}, want: "Les dernières infos sur le Standard de Liège"},
		{name: "de, the latest", language: "de", lines: []string{"folgen genk", "Was gibt es Neues?"}, want: "Das Neueste zu allem"},
		{name: "en, the latest", language: "en", lines: []string{"follow genk", "latest news"}, want: "The latest on what you follow"},
		{name: "en, the latest on a club", language: "en", lines: []string{"any news about genk?"}, want: "The latest on KRC Genk"},
		{name: "why not, not followed", language: "nl", lines: []string{"volg genk", "waarom krijg ik niets over KV Mechelen?"}, want: "Je volgt KV Mechelen niet."},
		{name: "why not, followed", language: "nl", lines: []string{"volg genk", "waarom krijg ik niets over genk?"}, want: "Kies er een over KRC Genk", not: "Je volgt KRC Genk niet"},
		{name: "why not, in French", language: "fr", lines: []string{"suivre genk", "pourquoi je ne reçois rien sur Malines ?"}, want: "Tu ne suis pas le FC Malines."},
	})
}
