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

// TestWhy publishes stories after somebody began to follow, and asks about each.
func TestWhy(t *testing.T) {
	t.Parallel()
	article := func(key string, kind subscriptions.Kind, tag subscriptions.Tag) subscriptions.Article {
		return subscriptions.Article{
			Key: key, Source: "krant", Publisher: "De Krant", Language: "nl", Kind: kind, Tags: []subscriptions.Tag{tag},
			Title: "Een titel", Lead: "Een inleiding", URL: "https://krant.example/" + key, Published: bottest.Noon(),
		}
	}
	genk := subscriptions.Tag{Topic: "club/genk", Level: subscriptions.About, Evidence: []subscriptions.Evidence{{Field: "title", Text: "Genk"}}}
	passing := subscriptions.Tag{Topic: "club/genk", Level: subscriptions.Mention, Scope: subscriptions.ScopeMention}
	youth := subscriptions.Tag{Topic: "club/genk", Level: subscriptions.Mention, Scope: subscriptions.ScopeYouth}
	other := subscriptions.Tag{Topic: "club/gent", Level: subscriptions.About}
	withheld := article("w", subscriptions.Fact, genk)
	withheld.Withheld = subscriptions.WithheldStale
	french := article("l", subscriptions.Fact, genk)
	french.Language = "fr"
	for name, tc := range map[string]struct {
		setup   string
		article subscriptions.Article
		want    string
	}{
		"it came":          {"", article("a", subscriptions.Fact, genk), "Het is onderweg"},
		"it is held":       {"/overzicht 18:30", article("b", subscriptions.Fact, genk), "Het wacht op je volgende overzicht"},
		"only mentioned":   {"", article("c", subscriptions.Fact, passing), "Vermeldingen van KRC Genk wil je niet krijgen"},
		"youth side":       {"", article("d", subscriptions.Fact, youth), "Nieuws over de beloften van KRC Genk staat bij jou uit"},
		"rumour":           {"/geruchten nooit", article("e", subscriptions.Rumour, genk), "Het is een gerucht, en geruchten over KRC Genk wil je niet"},
		"quote":            {"/following club/genk quotes never", article("f", subscriptions.Quote, genk), "Het is een uitspraak"},
		"another language": {"/following club/genk in fr", article("g", subscriptions.Fact, genk), "in een taal die je voor KRC Genk niet wil"},
		"own first":        {"/following club/genk in own", french, "Het is nog niet in het Nederlands verschenen"},
		"own told first":   {"/following club/genk in own", article("m", subscriptions.Fact, genk), "Het is onderweg"},
		"another club":     {"", article("h", subscriptions.Fact, other), "Je volgt niets waar het over gaat"},
		"muted":            {"/demp genk 2u", article("i", subscriptions.Fact, genk), "Je had KRC Genk toen gedempt"},
		"everything muted": {"/demp alles 2u", article("j", subscriptions.Fact, genk), "alles was toen gedempt"},
		"withheld":         {"", withheld, "Het was al te oud toen ik het las"},
		"unfollowed":       {"/ontvolg genk", article("k", subscriptions.Fact, genk), "Je volgt nog niets"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			p := newPerson(w, "nl", false)
			p.say(t, "/volg genk")
			if tc.setup != "" {
				p.say(t, tc.setup)
			}
			a := w.Publish(t, tc.article)
			byLink := p.say(t, "/waarom "+a.URL)
			if !strings.Contains(byLink, tc.want) {
				t.Errorf("got %q, want %q", byLink, tc.want)
			}
			byNumber := w.Commands.Handle(t.Context(), bot.Command{Place: p.place, Args: fmt.Sprintf("+why %d", a.Story), Pressed: true})
			if text(byNumber) != byLink || !byNumber.Beside || !byNumber.Private {
				t.Errorf("the button says otherwise: %+v", byNumber)
			}
		})
	}
}

// TestWhyAfterAChange: what kept a story away may be no more when somebody asks. It is
// not said to be on its way then, nor is what began afterwards blamed.
func TestWhyAfterAChange(t *testing.T) {
	t.Parallel()
	const kept = "It is about KRC Genk, but what you had set or muted then kept it away."
	for name, tc := range map[string]struct {
		before, after string
		kind          subscriptions.Kind
		want          string
	}{
		"rumours are back":           {"/rumours never", "/rumours now", subscriptions.Rumour, kept},
		"quotes are back":            {"/following club/genk quotes never", "/following club/genk quotes now", subscriptions.Quote, kept},
		"another language":           {"/following club/genk in fr", "/following club/genk in all", subscriptions.Fact, kept},
		"no longer muted":            {"/mute genk 2h", "/unmute genk", subscriptions.Fact, kept},
		"nothing is muted":           {"/mute all 2h", "/unmute", subscriptions.Fact, kept},
		"everything is muted since":  {"/rumours never", "/mute all 2h", subscriptions.Rumour, "It is a rumour, and you want none"},
		"muted after it was let out": {"/mute genk 2h", "/mute genk off, /mute all 2h", subscriptions.Fact, kept},
		"a source is back":           {"/mute source Het Dagblad", "/mute source Het Dagblad off", subscriptions.Fact, kept},
		"everything is still muted":  {"/mute all 2h", "", subscriptions.Fact, "everything was muted then"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			p := newPerson(w, "en", false)
			p.say(t, "/follow genk")
			p.say(t, tc.before)
			w.Publish(t, subscriptions.Article{
				Key: "k", Source: "dagblad", Publisher: "Het Dagblad", Language: "nl", Kind: tc.kind, Published: w.Now(),
				Title: "Een titel", URL: "https://dagblad.example/k", Tags: []subscriptions.Tag{{Topic: "club/genk", Level: subscriptions.About}},
			})
			w.Wait(10 * time.Minute)
			for line := range strings.SplitSeq(tc.after, ", ") {
				if line != "" {
					p.say(t, line)
				}
			}
			if got := p.say(t, "/why https://dagblad.example/k"); !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestWhyOfAPlaceThatRested: what the platform did to a place is no mute.
func TestWhyOfAPlaceThatRested(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "en", false)
	p.say(t, "/follow genk")
	if err := w.Commands.Notice(t.Context(), bot.Notice{Kind: bot.NoticeRemoved, Address: p.place.Address, Reason: subscriptions.RestBlocked}); err != nil {
		t.Fatal(err)
	}
	w.Publish(t, subscriptions.Article{
		Key: "k", Source: "dagblad", Publisher: "Het Dagblad", Language: "nl", Kind: subscriptions.Fact, Published: w.Now(),
		Title: "Een titel", URL: "https://dagblad.example/k", Tags: []subscriptions.Tag{{Topic: "club/genk", Level: subscriptions.About}},
	})
	if got, want := p.say(t, "/why https://dagblad.example/k"), "You had blocked me then."; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWhyOfSeveralTopics explains by the topic that nearly brought the story: rather by
// what it is about than by what it mentions, and rather by what was followed then.
func TestWhyOfSeveralTopics(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		before []string
		later  string
		want   string
	}{
		"about before a mention": {
			[]string{"/follow gent, genk", "/rumours genk never"}, "", "It is a rumour, and you want none about KRC Genk.",
		},
		"a mention that was wanted": {
			[]string{"/follow gent, genk", "/rumours genk never", "/following club/gent mentions on", "/mute gent 2h"}, "", "You had muted KAA Gent then.",
		},
		"followed in time": {
			[]string{"/follow union", "/rumours union never"}, "/follow genk", "It is a rumour, and you want none about Union SG.",
		},
		"a mention, and followed later": {
			[]string{"/follow gent"}, "/follow genk", "When it appeared, you did not follow KRC Genk yet.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			p := newPerson(w, "en", false)
			for _, line := range tc.before {
				p.say(t, line)
			}
			w.Publish(t, subscriptions.Article{
				Key: "k", Source: "dagblad", Publisher: "Het Dagblad", Language: "nl", Kind: subscriptions.Rumour, Published: w.Now(),
				Title: "Een titel", URL: "https://dagblad.example/k", Tags: []subscriptions.Tag{
					{Topic: "club/gent", Level: subscriptions.Mention, Scope: subscriptions.ScopeMention},
					{Topic: "club/genk", Level: subscriptions.About},
					{Topic: "club/union-sg", Level: subscriptions.About},
				},
			})
			w.Wait(10 * time.Minute)
			if tc.later != "" {
				p.say(t, tc.later)
			}
			if got := p.say(t, "/why https://dagblad.example/k"); !strings.HasSuffix(strings.TrimSpace(got), tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestWhyWithoutAStory: a question why that names no story is no article that was not read.
func TestWhyWithoutAStory(t *testing.T) {
	t.Parallel()
	holdAll(t, []said{
		{name: "this", language: "en", lines: []string{"follow genk", "Why did I get this?"}, want: "Which story is it about?", buttons: []string{"'Genk denkt aan spits van Union'"}},
		{name: "nothing", language: "fr", lines: []string{"suivre genk", "Pourquoi je n'ai rien reçu ?"}, want: "De quelle info s'agit-il ?"},
		{name: "while all is muted", language: "de", lines: []string{"folgen genk", "stumm alles 2 Std", "Warum bekomme ich nichts?"}, want: "Alles ist stumm bis"},
		{name: "with nothing followed", language: "nl", lines: []string{"waarom krijg ik niets?"}, want: "Je volgt nog niets."},
		{name: "words of a title", language: "nl", lines: []string{"volg genk", "waarom rode duivels trainen"}, want: "Over welk bericht gaat het?", buttons: []string{"Rode Duivels trainen voor een volle…"}},
	})
}
