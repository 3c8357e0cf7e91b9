package bottest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// World is a bot that answers: the real commands, catalogue and sentences, on a
// store that the test brings, with a handful of invented stories in it and a
// clock that stands still.
type World struct {
	Commands *bot.Commands
	Store    subscriptions.Store
	Locale   *locale.Locale
	// Logs gets what the operator would read.
	Logs *slog.Logger
	now  time.Time
}

// Noon is the World's time: a Monday, at noon in Brussels.
func Noon() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, bot.Brussels()) }

// NewWorld returns a World on an empty store.
func NewWorld(t testing.TB, store subscriptions.Store, logs *slog.Logger) *World {
	t.Helper()
	topics, l := load(t)
	directory, err := bot.OpenDirectory(t.Context(), topics, store)
	if err != nil {
		t.Fatal(err)
	}
	w := &World{Store: store, Locale: l, Logs: logs, now: Noon()}
	w.Commands = bot.NewCommands(bot.CommandsConfig{
		Registry: store, Archive: store, Outbox: store, Digests: store, Progress: store,
		Directory: directory, Locale: l, Composer: bot.NewComposer(directory.Catalogue, l),
		Now: w.Now, Logger: logs,
	})
	for _, a := range articles() {
		w.Publish(t, a)
	}
	return w
}

// Now is the World's clock.
func (w *World) Now() time.Time { return w.now }

// Wait lets time pass.
func (w *World) Wait(d time.Duration) { w.now = w.now.Add(d) }

// Publish adds an article as a story of its own, owed to who follows it.
func (w *World) Publish(t testing.TB, a subscriptions.Article) subscriptions.Article {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	a.Seen = w.now
	kept, err := w.Store.Publish(ctx, a.Published.Add(time.Minute), subscriptions.Publication{Article: a, Push: a.Withheld == ""})
	if err != nil {
		t.Fatal(err)
	}
	for more := true; more; {
		if more, err = w.Store.Route(ctx, w.now, 100); err != nil {
			t.Fatal(err)
		}
	}
	return kept
}

// articles are what the World's papers wrote, oldest first. All of it is invented.
func articles() []subscriptions.Article {
	about := func(t subscriptions.Topic, words string) subscriptions.Tag {
		return subscriptions.Tag{
			Topic: t, Level: subscriptions.About,
			Evidence: []subscriptions.Evidence{{Field: "title", Text: words, Rule: "name"}},
		}
	}
	mention := func(t subscriptions.Topic, words string) subscriptions.Tag {
		return subscriptions.Tag{
			Topic: t, Level: subscriptions.Mention, Scope: subscriptions.ScopeMention,
			Evidence: []subscriptions.Evidence{{Field: "lead", Text: words, Rule: "name"}},
		}
	}
	list := []subscriptions.Article{
		{
			Key: "1", Source: "dagblad", Publisher: "Het Dagblad", Language: "nl", Kind: subscriptions.Fact, Result: true,
			Title: "Genk wint met 3-1 van STVV in de Limburgse derby", Lead: "Twee goals na de rust volstonden.",
			URL:  "https://dagblad.example/genk-stvv",
			Tags: []subscriptions.Tag{about("club/genk", "Genk"), about("club/stvv", "STVV")},
		},
		{
			Key: "2", Source: "stadion", Publisher: "Stadion.example", Language: "nl", Kind: subscriptions.Rumour,
			Title: "'Genk denkt aan spits van Union'", Lead: "De Limburgers zouden een bod voorbereiden.",
			URL:  "https://stadion.example/spits",
			Tags: []subscriptions.Tag{about("club/genk", "Genk"), mention("club/union-sg", "Union")},
		},
		{
			Key: "3", Source: "journal", Publisher: "Le Journal", Language: "fr", Kind: subscriptions.Quote,
			Title: "Leko : « Nous devons rester calmes »", Lead: "Le coach de Bruges avant le déplacement.",
			URL:  "https://journal.example/leko",
			Tags: []subscriptions.Tag{about("coach/ivan-leko", "Leko"), mention("club/club-brugge", "Bruges")},
		},
		{
			Key: "4", Source: "journal", Publisher: "Le Journal", Language: "fr", Kind: subscriptions.Fact,
			Title: "Le Standard prolonge son capitaine jusqu'en 2029", Lead: "Le contrat a été signé à Sclessin.",
			URL:  "https://journal.example/standard",
			Tags: []subscriptions.Tag{about("club/standard", "Standard")},
		},
		{
			Key: "5", Source: "dagblad", Publisher: "Het Dagblad", Language: "nl", Kind: subscriptions.Fact,
			Title: "Rode Duivels trainen voor een volle tribune", Lead: "Tweeduizend supporters kwamen kijken.",
			URL:  "https://dagblad.example/duivels",
			Tags: []subscriptions.Tag{about("team/rode-duivels", "Rode Duivels")},
		},
		{
			Key: "6", Source: "dagblad", Publisher: "Het Dagblad", Language: "nl", Kind: subscriptions.Other,
			Title: "Stadsbestuur legt een nieuw fietspad aan", Lead: "De werken beginnen in maart.",
			URL: "https://dagblad.example/fietspad", Withheld: subscriptions.WithheldNoTopic,
		},
	}
	for i := range list {
		list[i].Published = Noon().Add(time.Duration(i-len(list)) * time.Hour)
	}
	return list
}
