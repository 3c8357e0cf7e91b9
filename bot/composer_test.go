package bot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func newComposer(t testing.TB) *bot.Composer {
	t.Helper()
	topics, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	l, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return bot.NewComposer(func() *catalogue.Catalogue { return topics }, l)
}

// told is a story with one article per title; n makes it different from others.
func told(id int, kind subscriptions.Kind, topic subscriptions.Topic, level subscriptions.Level, titles ...string) subscriptions.Story {
	s := subscriptions.Story{ID: subscriptions.StoryID(id), Updated: bottest.Noon().Add(-time.Duration(id) * time.Minute)}
	for i, title := range titles {
		s.Articles = append(s.Articles, subscriptions.Article{
			Title: title, Lead: "Een zin die zegt waarover het gaat.", URL: fmt.Sprintf("https://krant%d.example/%d", i, id),
			Source: fmt.Sprintf("krant%d", i), Publisher: fmt.Sprintf("Krant %d", i+1), Image: "https://krant.example/foto.jpg",
			Language: []string{"nl", "fr", "de", "en"}[i], Kind: kind, Published: bottest.Noon().Add(-time.Duration(id) * time.Minute),
			Tags: []subscriptions.Tag{{Topic: topic, Level: level}},
		})
	}
	return s
}

// TestMessages compares what is composed with golden files, in every language.
func TestMessages(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	result := told(4, subscriptions.Fact, "club/genk", subscriptions.About, "Genk wint met 4-0", "Genk gagne 4-0")
	for i := range result.Articles {
		result.Articles[i].Result = true
	}
	owed := []bot.Owed{
		{Story: told(11, subscriptions.Rumour, "club/genk", subscriptions.About, "'Genk wil een spits'"), Topics: []subscriptions.Topic{"club/genk"}},
		{Story: told(12, subscriptions.Fact, "club/genk", subscriptions.Mention, "Gent tegen Genk op zondag"), Topics: []subscriptions.Topic{"club/genk"}},
		{Story: told(13, subscriptions.Fact, "club/genk", subscriptions.About, "Genk verlengt zijn kapitein"), Topics: []subscriptions.Topic{"club/genk"}},
		{Story: told(14, subscriptions.Fact, "team/rode-duivels", subscriptions.About, "Duivels trainen open", "Les Diables s'entraînent"), Topics: []subscriptions.Topic{"team/rode-duivels"}},
		{Story: result, Topics: []subscriptions.Topic{"club/genk"}},
	}
	for _, language := range locale.Languages() {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			to := subscriptions.Subscriber{Language: language, Spoilers: true}
			now := bottest.Noon()
			followed := []subscriptions.Topic{"club/genk"}
			var text strings.Builder
			for _, m := range []struct {
				name    string
				message bot.Message
			}{
				{"alert", c.Alert(to, now, owed[2].Story, followed)},
				{"alert, rumour", c.Alert(to, now, owed[0].Story, followed)},
				{"alert, result", c.Alert(to, now, result, followed)},
				{"alert, of the coach of a club", c.Alert(to, now, told(5, subscriptions.Quote, "coach/of-genk", subscriptions.About, `"Wij blijven kalm"`), []subscriptions.Topic{"coach/of-genk"})},
				{"shared story", c.Alert(to, now, told(6, subscriptions.Fact, "club/gent", subscriptions.About, "Gent oefent"), nil)},
				{"bundle", c.Bundle(to, now, owed...)},
				{"digest", c.Digest(to, now, owed...)},
				{"list", c.List(to, "Genk", now, owed[0].Story, result)},
			} {
				fmt.Fprintf(&text, "== %s\n", m.name)
				write(&text, m.message)
			}
			golden(t, filepath.Join("testdata", "messages-"+language+".txt"), text.String())
		})
	}
}

// write prints a message as its meaning.
func write(w *strings.Builder, m bot.Message) {
	if m.Title != "" {
		fmt.Fprintf(w, "# %s\n", m.Title)
	}
	group := ""
	for _, i := range m.Items {
		if i.Group != group {
			fmt.Fprintf(w, "[%s]\n", i.Group)
			group = i.Group
		}
		line := "- "
		if i.Label != "" {
			line += i.Label + " "
		}
		line += i.Title
		if i.Spoiler {
			line = "- (hidden) " + strings.TrimPrefix(line, "- ")
		}
		fmt.Fprintf(w, "%s · %s · %s · %s\n", line, i.Publisher, i.Age, i.URL)
		if i.Lead != "" || i.Image != "" || i.Colour != 0 {
			fmt.Fprintf(w, "  %s (%s, #%06x)\n", i.Lead, i.Image, i.Colour)
		}
	}
	if m.Footer != "" {
		fmt.Fprintln(w, m.Footer)
	}
	for _, row := range m.Buttons {
		for _, b := range row {
			fmt.Fprintf(w, "  <%s> %s%s\n", b.Text, b.Command, b.URL)
		}
	}
	fmt.Fprintln(w)
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// TestLongDigest: no more than a screenful, the rest is behind a button.
func TestLongDigest(t *testing.T) {
	t.Parallel()
	var owed []bot.Owed
	for i := range 75 {
		owed = append(owed, bot.Owed{
			Story:  told(i+1, subscriptions.Fact, "club/genk", subscriptions.About, fmt.Sprint("Verhaal ", i)),
			Topics: []subscriptions.Topic{"club/genk"},
		})
	}
	m := newComposer(t).Digest(subscriptions.Subscriber{Language: "en"}, bottest.Noon(), owed...)
	if len(m.Items) != 30 || !strings.Contains(m.Footer, "45") || len(m.Buttons) != 1 {
		t.Errorf("%d items, footer %q, %d rows of buttons", len(m.Items), m.Footer, len(m.Buttons))
	}
}

// FuzzAlert: whatever a publisher writes, what is shown of it is short, one line
// and valid text, and every button fits.
func FuzzAlert(f *testing.F) {
	f.Add("Titel", "Lead", "Krant", "https://krant.example")
	f.Add(strings.Repeat("woord ", 1000), strings.Repeat("é", 500), "\x00\n\r\t", "\xff")
	f.Add("\u202e\u0000", "", strings.Repeat("👨‍👩‍👧", 300), "javascript:x")
	c := newComposer(f)
	f.Fuzz(func(t *testing.T, title, lead, publisher, url string) {
		story := told(1, subscriptions.Fact, "club/genk", subscriptions.About, title)
		a := &story.Articles[0]
		a.Lead, a.Publisher, a.URL = lead, publisher, url
		m := c.Alert(subscriptions.Subscriber{Language: "nl"}, bottest.Noon(), story, []subscriptions.Topic{"club/genk"})
		i := m.Items[0]
		for name, field := range map[string]string{"title": i.Title, "lead": i.Lead, "publisher": i.Publisher} {
			if strings.ContainsAny(field, "\n\r\x00") || !utf8.ValidString(field) {
				t.Errorf("%s is not one line of text: %q", name, field)
			}
		}
		if n := utf8.RuneCountInString(i.Lead); n > 200 {
			t.Errorf("%d characters of the lead", n)
		}
		if n := utf8.RuneCountInString(i.Title); n > 300 {
			t.Errorf("%d characters of the title", n)
		}
		for _, row := range m.Buttons {
			for _, b := range row {
				if len(b.Command) > 60 {
					t.Errorf("button %q is too long", b.Command)
				}
			}
		}
	})
}
