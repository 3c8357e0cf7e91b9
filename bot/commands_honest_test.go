package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestPlayers: a player is known, and cannot be followed; his country can.
func TestPlayers(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "a surname", language: "nl", lines: []string{"volg Lukaku"}, want: "Romelu Lukaku hoort bij de Rode Duivels. Spelers kan je niet volgen", not: "schrijfwijze", buttons: []string{"Rode Duivels", "Zoek Lukaku"}},
		{name: "a full name", language: "nl", lines: []string{"volg hans vanaken"}, want: "Hans Vanaken hoort bij de Rode Duivels.", not: "coach"},
		{name: "a short name", language: "en", lines: []string{"follow KDB please"}, want: "Kevin De Bruyne plays for the Red Devils"},
		{name: "a name that begins so", language: "nl", lines: []string{"de bruyne"}, want: "Kevin De Bruyne", buttons: []string{"Zoek de bruyne"}},
		{name: "two of them", language: "nl", lines: []string{"volg lukaku en de bruyne"}, want: "Kevin De Bruyne hoort bij de Rode Duivels.", not: "coach"},
		{name: "alone", language: "fr", lines: []string{"Vanaken"}, want: "Hans Vanaken joue pour les Diables Rouges.", buttons: []string{"Diables Rouges", "Chercher Vanaken"}},
		{name: "German", language: "de", lines: []string{"folgen Lukaku"}, want: "Romelu Lukaku spielt für die Roten Teufel", buttons: []string{"Suche Lukaku"}},
		{name: "the team follows", language: "nl", lines: []string{"volg lukaku", "[Rode Duivels]"}, want: "Je volgt nu de Rode Duivels."},
		{name: "search", language: "nl", lines: []string{"volg Lukaku", "[Zoek Lukaku]"}, want: "Voor “Lukaku” vind ik niets."},
		{name: "not to unfollow", language: "nl", lines: []string{"volg rode duivels", "ontvolg lukaku"}, want: "Spelers kan je niet volgen", not: "Kies uit de lijst"},
	})
}

// TestWhyOfATopic says what the command wants: one story, not a club.
func TestWhyOfATopic(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "with stories", language: "nl", lines: []string{"waarom genk"}, want: "Met /waarom leg ik één bericht uit. Kies er een over KRC Genk", not: "niet gelezen", buttons: []string{"'Genk denkt aan spits van Union'"}},
		{name: "without", language: "nl", lines: []string{"waarom westerlo"}, want: "Met /waarom en een link", not: "Dat artikel"},
		{name: "French", language: "fr", lines: []string{"pourquoi le standard"}, want: "Avec /pourquoi, j'explique une info précise"},
		{name: "German", language: "de", lines: []string{"warum genk"}, want: "Mit /warum erkläre ich eine einzelne Meldung"},
		{name: "English", language: "en", lines: []string{"why westerlo"}, want: "With /why and a link"},
		{name: "words of a title", language: "nl", lines: []string{"waarom spits"}, want: "Over welk bericht gaat het?"},
	})
}

// TestNoSuchNumber: a number under which no button stands is no old button.
func TestNoSuchNumber(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"nl": "Er is geen knop 99.", "fr": "Il n'y a pas de bouton 99.", "de": "Einen Knopf 99 gibt es nicht.", "en": "There is no button 99.",
	} {
		w := world(t)
		p := newPerson(w, language, false)
		r := w.Commands.Handle(t.Context(), bot.Command{Place: p.place, Language: language, Args: "99", Pressed: true})
		if !strings.Contains(text(r), want) {
			t.Errorf("%s: got %q, want %q", language, text(r), want)
		}
	}
}

// TestNewsKeepsToTheFilters: what one does not want to get is not listed either.
func TestNewsKeepsToTheFilters(t *testing.T) {
	t.Parallel()
	rumour, fact := "Genk denkt aan spits", "Genk wint met 3-1"
	holdAll(t, []said{
		{name: "all there is", language: "nl", lines: []string{"volg genk", "nieuws"}, want: rumour},
		{name: "no rumours", language: "nl", lines: []string{"volg genk", "geruchten nooit", "nieuws"}, want: fact, not: rumour},
		{name: "no rumours on the topic", language: "nl", lines: []string{"volg genk", "geruchten nooit", "nieuws genk"}, want: fact, not: rumour},
		{name: "of one topic only", language: "nl", lines: []string{"volg genk, standard", "standard geruchten nooit", "nieuws"}, want: rumour},
		{name: "of what is not followed", language: "nl", lines: []string{"volg standard", "geruchten nooit", "nieuws genk"}, want: rumour},
		{name: "rumours in the digest", language: "nl", lines: []string{"volg genk", "geruchten overzicht", "nieuws"}, want: rumour},
		{name: "a paper never", language: "nl", lines: []string{"volg genk", "demp source Het Dagblad", "nieuws"}, want: rumour, not: fact},
		{name: "another language", language: "nl", lines: []string{"volg genk, standard", "following club/genk in fr", "nieuws"}, want: "Standard prolonge", not: fact},
		{name: "nothing left", language: "nl", lines: []string{"volg genk", "following club/genk in fr", "nieuws"}, want: "houden je instellingen tegen", not: "nog niets gelezen"},
		{name: "nothing left of a topic", language: "en", lines: []string{"follow genk", "following club/genk in fr", "news genk"}, want: "your settings hold back", not: "Follow KRC Genk"},
		{name: "nothing read of what is followed", language: "nl", lines: []string{"volg westerlo", "nieuws westerlo"}, want: "nog niets gelezen", not: "Volg Westerlo"},
	})
}

// TestNewsBehindManyRumours finds what is wanted also when it lies far back, page by
// page and each once.
func TestNewsBehindManyRumours(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "volg westerlo")
	p.say(t, "geruchten nooit")
	for i := range 150 {
		a := subscriptions.Article{
			Key: fmt.Sprint("w", i), Source: "s", Publisher: "S", Language: "nl", Kind: subscriptions.Rumour,
			Title: fmt.Sprintf("Bericht %03d", i), URL: fmt.Sprint("https://s.example/", i),
			Published: bottest.Noon().Add(time.Duration(i-200) * time.Minute),
			Tags:      []subscriptions.Tag{{Topic: "club/westerlo", Level: subscriptions.About}},
		}
		if i%20 == 0 {
			a.Kind = subscriptions.Fact
		}
		w.Publish(t, a)
	}
	got := p.say(t, "nieuws")
	for i := range 8 {
		title := fmt.Sprintf("Bericht %03d", 140-20*i)
		if i == 5 {
			got = p.Do(t, bottest.Turn{Button: "Toon meer"}).Text
		}
		if strings.Count(got, title) != 1 {
			t.Errorf("%s is not in %q", title, got)
		}
	}
	if strings.Contains(got, "Gerucht") {
		t.Errorf("a rumour in %q", got)
	}
}

// TestMuteOfSeveral mutes all that was named, also when the length of time is asked.
func TestMuteOfSeveral(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "asked", language: "nl", lines: []string{"volg genk, gent, standard", "demp genk, gent"}, want: "over KRC Genk en KAA Gent?"},
		{name: "a button", language: "nl", lines: []string{"volg genk, gent, standard", "demp genk, gent", "[2 uur]"}, want: "hoor je niets over KRC Genk en KAA Gent."},
		{name: "more than a button holds", language: "nl", lines: []string{"volg kv mechelen, club brugge, anderlecht, standard", "demp kv mechelen, club brugge, anderlecht, standard", "[7 dagen]"}, want: "hoor je niets over KV Mechelen, Club Brugge en RSC Anderlecht."},
		{name: "of which it says no more", language: "nl", lines: []string{"volg kv mechelen, club brugge, anderlecht, standard", "demp kv mechelen, club brugge, anderlecht, standard"}, want: "over KV Mechelen, Club Brugge en RSC Anderlecht?", not: "Standard"},
	})
}

// TestEverythingMuted: as long as nothing comes, no answer says that something does.
func TestEverythingMuted(t *testing.T) {
	t.Parallel()
	until := "Alles is gedempt tot maandag 23 november, 14:00."
	holdAll(t, []said{
		{name: "follow", language: "nl", lines: []string{"volg genk", "demp alles 2u", "volg gent"}, want: until},
		{name: "follow again", language: "nl", lines: []string{"volg genk", "demp alles 2u", "volg genk"}, want: until},
		{name: "digest", language: "nl", lines: []string{"volg genk", "demp alles 2u", "overzicht"}, want: until},
		{name: "digest off", language: "nl", lines: []string{"volg genk", "demp alles 2u", "overzicht uit"}, want: until},
		{name: "no longer", language: "nl", lines: []string{"volg genk", "demp alles 2u", "demp uit", "volg gent"}, want: "meteen", not: "gedempt"},
	})
}

// TestDigestNowWhileMuted shows what waits at once: a message of its own would wait
// for the end of the mute.
func TestDigestNowWhileMuted(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "volg westerlo")
	p.say(t, "overzicht 21:00")
	w.Publish(t, subscriptions.Article{
		Key: "k", Source: "dagblad", Publisher: "Het Dagblad", Language: "nl", Kind: subscriptions.Fact, Published: w.Now(),
		Title: "Westerlo krijgt een boete", URL: "https://dagblad.example/k", Tags: []subscriptions.Tag{{Topic: "club/westerlo", Level: subscriptions.About}},
	})
	w.Wait(10 * time.Minute)
	p.say(t, "demp alles 2u")
	if got := p.say(t, "overzicht nu"); !strings.Contains(got, "Westerlo krijgt een boete") || strings.Contains(got, "komt eraan") {
		t.Errorf("while muted: got %q", got)
	}
	p.say(t, "demp uit")
	if got := p.say(t, "overzicht nu"); !strings.Contains(got, "komt eraan, met één bericht") {
		t.Errorf("afterwards: got %q", got)
	}
}

// TestPagesOfOneInstant: stories that came in the same millisecond, from papers that
// are read beside each other, are all listed, each once, wherever a page ends.
func TestPagesOfOneInstant(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		first string
		every int // how far apart those are that no filter holds back
	}{
		"news":               {"nieuws", 1},
		"news of a topic":    {"nieuws westerlo", 1},
		"search":             {"zoek bericht", 1},
		"news among rumours": {"nieuws", 30},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			p := newPerson(w, "nl", false)
			p.say(t, "volg westerlo")
			p.say(t, "geruchten nooit")
			const stories = 24
			for i := range stories * tc.every {
				a := subscriptions.Article{
					Key: fmt.Sprint("w", i), Source: "s", Publisher: "S", Language: "nl", Kind: subscriptions.Rumour,
					Title: fmt.Sprintf("Bericht %03d", i), URL: fmt.Sprint("https://s.example/", i),
					Published: bottest.Noon().Add(-time.Duration((i+1)/2) * time.Second), // two at once
					Tags:      []subscriptions.Tag{{Topic: "club/westerlo", Level: subscriptions.About}},
				}
				if i%tc.every == tc.every-1 {
					a.Kind = subscriptions.Fact
				}
				w.Publish(t, a)
			}
			pages := []string{p.say(t, tc.first)}
			for range 2 * stories {
				if len(p.last.Message.Buttons) == 0 {
					break
				}
				pages = append(pages, p.Do(t, bottest.Turn{Button: "Toon meer"}).Text)
			}
			got := strings.Join(pages, "\n")
			for i := range stories {
				if title := fmt.Sprintf("Bericht %03d", i*tc.every+tc.every-1); strings.Count(got, title) != 1 {
					t.Errorf("%s stands there %d times", title, strings.Count(got, title))
				}
			}
		})
	}
}

// TestFollowedAnew: following anew begins with no settings of its own, and is not called
// undoing.
func TestFollowedAnew(t *testing.T) {
	t.Parallel()
	again := []string{"volg genk, gent", "geruchten genk nooit", "ontvolg genk"}
	holdAll(t, []said{
		{name: "offered", language: "nl", lines: again, want: "Je volgt KRC Genk niet meer.", not: "Ongedaan maken", buttons: []string{"Volg KRC Genk"}},
		{name: "done", language: "nl", lines: append(again, "[Volg KRC Genk]", "lijst"), want: "• KRC Genk\n", buttons: []string{"KRC Genk"}},
	})
}

// TestListOfEverything is the whole list, as by the command alone.
func TestListOfEverything(t *testing.T) {
	t.Parallel()
	for language, line := range map[string]string{"nl": "lijst alles", "fr": "liste tout", "de": "liste alle", "en": "following everything"} {
		p := newPerson(world(t), language, false)
		p.say(t, "follow genk, gent")
		want := p.say(t, "following")
		if got := p.say(t, line); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

// TestNotFollowedHere: what is said of a channel is not said of the person.
func TestNotFollowedHere(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"nl": "Hier volgen we KAA Gent niet.", "fr": "Ici, on ne suit pas La Gantoise.",
		"de": "Über KAA Gent gibt es hier nichts.", "en": "This place does not follow KAA Gent.",
	} {
		for _, line := range []string{"/unfollow gent", "/mute gent 2h", "/rumours gent never"} {
			p := newPerson(world(t), language, true)
			p.say(t, "/follow genk")
			if got := p.say(t, line); !strings.Contains(got, want) {
				t.Errorf("%s in %s: got %q, want %q", line, language, got, want)
			}
		}
	}
}

// TestChoiceOfMany: where more is followed than there is room for, the list is offered
// too, within the five rows that the smaller platform has.
func TestChoiceOfMany(t *testing.T) {
	t.Parallel()
	const eight = "volg genk, gent, kv mechelen, club brugge, anderlecht, standard, antwerp, charleroi"
	holdAll(t, []said{
		{name: "all of them", language: "nl", lines: []string{eight, "ontvolg"}, want: "Wat wil je niet meer volgen?", not: "Mijn lijst", buttons: []string{"Charleroi"}},
		{name: "unfollow", language: "nl", lines: []string{eight + ", westerlo", "ontvolg"}, buttons: []string{"KRC Genk", "Mijn lijst"}},
		{name: "mute", language: "nl", lines: []string{eight + ", westerlo", "demp"}, buttons: []string{"Alles", "KRC Genk", "Mijn lijst"}},
	})
	p := newPerson(world(t), "nl", false)
	p.say(t, eight+", westerlo")
	if p.say(t, "demp"); len(p.last.Message.Buttons) > 5 {
		t.Errorf("%d rows of buttons", len(p.last.Message.Buttons))
	}
}
