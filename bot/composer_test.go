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
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

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
	c := bottest.NewComposer(t)
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
	m := bottest.NewComposer(t).Digest(subscriptions.Subscriber{Language: "en"}, bottest.Noon(), owed...)
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
	c := bottest.NewComposer(f)
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
		if n := utf8.RuneCountInString(i.Title + i.Lead); n > 200 {
			t.Errorf("%d characters of somebody else's text", n)
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

// TestDigestOrder: about before mention, official before rumour, many sources and
// many reactions before few, one's own language first, new before old; the topic with the best story is first.
func TestDigestOrder(t *testing.T) {
	t.Parallel()
	type topics = []subscriptions.Topic
	reacted := told(5, subscriptions.Fact, "club/genk", subscriptions.About, "much discussed")
	reacted.Articles[0].Reactions = 80
	french := told(0, subscriptions.Fact, "club/genk", subscriptions.About, "newest, in French")
	french.Articles[0].Language = "fr"
	m := bottest.NewComposer(t).Digest(subscriptions.Subscriber{Language: "nl"}, bottest.Noon(),
		bot.Owed{Story: told(1, subscriptions.Fact, "club/genk", subscriptions.Mention, "mentioned"), Topics: topics{"club/genk"}},
		bot.Owed{Story: told(2, subscriptions.Rumour, "club/genk", subscriptions.About, "rumour"), Topics: topics{"club/genk"}},
		bot.Owed{Story: told(3, subscriptions.Quote, "club/gent", subscriptions.About, "quote of another club"), Topics: topics{"club/gent"}},
		bot.Owed{Story: told(9, subscriptions.Fact, "club/genk", subscriptions.About, "old"), Topics: topics{"club/genk"}},
		bot.Owed{Story: told(4, subscriptions.Fact, "club/genk", subscriptions.About, "new"), Topics: topics{"club/genk"}},
		bot.Owed{Story: french, Topics: topics{"club/genk"}},
		bot.Owed{Story: reacted, Topics: topics{"club/genk"}},
		bot.Owed{Story: told(8, subscriptions.Fact, "club/genk", subscriptions.About, "of two papers", "de deux journaux"), Topics: topics{"club/genk"}},
	)
	var got []string
	for _, i := range m.Items {
		got = append(got, i.Group+": "+i.Title)
	}
	want := []string{
		"KRC Genk: of two papers", "KRC Genk: much discussed", "KRC Genk: new", "KRC Genk: old", "KRC Genk: newest, in French", "KRC Genk: rumour", "KRC Genk: mentioned",
		"KAA Gent: quote of another club",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

// TestSeeMoreOfADigest presses the button under a digest until there is no more:
// every story is shown once, the best first, and none that a filter keeps away.
func TestSeeMoreOfADigest(t *testing.T) {
	t.Parallel()
	w := world(t)
	fan := newPerson(w, "en", false)
	fan.say(t, "/follow standard")
	fan.say(t, "/rumours never")
	titles := map[string]int{}
	for i := range 70 {
		kind := subscriptions.Fact
		if i%7 == 0 {
			kind = subscriptions.Rumour
		}
		title := fmt.Sprintf("Story number %d", i)
		if kind == subscriptions.Fact {
			titles[title] = 0
		}
		w.Publish(t, subscriptions.Article{
			Key: title, Source: "krant", Publisher: "De Krant", URL: fmt.Sprintf("https://krant.example/s/%d", i), Title: title,
			Language: "en", Kind: kind, Published: w.Now().Add(-time.Duration(i) * time.Minute),
			Tags: []subscriptions.Tag{{Topic: "club/standard", Level: subscriptions.About}},
		})
	}
	for line, pages := "/digest now", 1; ; pages++ {
		r := w.Commands.Handle(t.Context(), bot.Command{Place: fan.place, Args: line, Language: "en", Pressed: pages > 1})
		for _, i := range r.Message.Items {
			if _, ok := titles[i.Title]; ok {
				titles[i.Title]++
			} else if strings.HasPrefix(i.Title, "Story") {
				t.Errorf("a rumour is shown: %s", i.Title)
			}
		}
		if len(r.Message.Buttons) == 0 || pages > 9 {
			break
		}
		line = r.Message.Buttons[0][0].Command
	}
	for title, n := range titles {
		if n != 1 {
			t.Errorf("%q is shown %d times", title, n)
		}
	}
}
