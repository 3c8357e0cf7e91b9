package bottest

import (
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Spoken returns, for each language, what the core sends a reader of it: every kind
// of alert, a bundle, a digest longer than a screen, a list. Where Samples are the
// extremes that an adapter may meet, these are what fans see. A name is the language
// and the form, "nl-alert".
func Spoken(t testing.TB) map[string][]Sample {
	t.Helper()
	composer := NewComposer(t)
	all := map[string][]Sample{}
	for _, language := range locale.Languages() {
		all[language] = spoken(composer, language)
	}
	return all
}

// NewComposer returns a Composer with the real catalogue and sentences.
func NewComposer(t testing.TB) *bot.Composer {
	t.Helper()
	topics, l := load(t)
	return bot.NewComposer(func() *catalogue.Catalogue { return topics }, l)
}

func load(t testing.TB) (*catalogue.Catalogue, *locale.Locale) {
	t.Helper()
	topics, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	l, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return topics, l
}

func spoken(c *bot.Composer, language string) []Sample {
	to := subscriptions.Subscriber{Language: language, Spoilers: true}
	now := Noon()
	owed := owedStories()
	alert := func(form string, o bot.Owed) Sample {
		return Sample{language + "-" + form, c.Alert(to, now, o.Story, o.Topics)}
	}
	many := append([]bot.Owed{}, owed...)
	for len(many) < 36 {
		o := owed[len(many)%len(owed)]
		o.Story.ID += subscriptions.StoryID(100 * len(many))
		many = append(many, o)
	}
	stories := make([]subscriptions.Story, len(owed))
	for i, o := range owed {
		stories[i] = o.Story
	}
	shared := owed[4]
	shared.Topics = nil
	return []Sample{
		alert("alert-result", owed[0]),
		alert("alert-rumour", owed[1]),
		alert("alert-quote", owed[2]),
		alert("alert", owed[3]),
		alert("alert-shared", shared),
		{language + "-bundle", c.Bundle(to, now, owed...)},
		{language + "-digest", c.Digest(to, now, many...)},
		{language + "-list", c.List(to, "KRC Genk", now, stories...)},
	}
}

// owedStories are the stories of the World that can be followed, each with the first
// topic that it is about; the third is brought by a role.
func owedStories() []bot.Owed {
	var owed []bot.Owed
	for i, a := range articles() {
		if a.Withheld != "" {
			continue
		}
		a.Seen, a.Image = a.Published.Add(time.Minute), "https://beeld.example/foto.jpg"
		topics := []subscriptions.Topic{a.Tags[0].Topic}
		if i == 2 {
			topics = []subscriptions.Topic{"coach/of-club-brugge"}
		}
		owed = append(owed, bot.Owed{
			Story:  subscriptions.Story{ID: subscriptions.StoryID(i + 1), Articles: []subscriptions.Article{a}, Updated: a.Seen},
			Topics: topics,
		})
	}
	return owed
}
