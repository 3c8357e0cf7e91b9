package bot_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// headline is one line of the collection of headlines that give a result away, or not.
type headline struct {
	result                bool
	language, title, lead string
}

// headlines reads the collection of the tagger.
func headlines(t *testing.T) []headline {
	t.Helper()
	f, err := os.Open(filepath.Join("tagging", "testdata", "results.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var list []headline
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		title, lead, _ := strings.Cut(line[5:], " / ")
		list = append(list, headline{result: line[0] == '+', language: line[2:4], title: title, lead: lead})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestSpoilers shows every headline of the collection to somebody who hides results,
// in all that the bot sends and answers. None that gives a result away is seen
// before it is tapped; of the others nearly all are.
func TestSpoilers(t *testing.T) {
	t.Parallel()
	topics, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	tagger := tagging.New(topics)
	w, composer := world(t), bottest.NewComposer(t)
	p := newPerson(w, "nl", false)
	p.say(t, "/volg lommel")
	p.say(t, "/spoilers aan")
	reader, err := w.Store.Find(t.Context(), p.place.Address)
	if err != nil {
		t.Fatal(err)
	}
	results, others, hidden := map[string]int{}, 0, 0
	for i, h := range headlines(t) {
		a := w.Publish(t, subscriptions.Article{
			Key: fmt.Sprint("headline", i), Source: "krant", Publisher: "De Krant", URL: fmt.Sprintf("https://krant.example/%d", i),
			Title: h.title, Lead: h.lead, Image: "https://krant.example/foto.jpg", Language: h.language, Kind: subscriptions.Fact, Published: w.Now(),
			Result: tagger.Tag(tagging.Item{Language: h.language, URL: "https://krant.example/voetbal/1", Title: h.title, Lead: h.lead}).Result,
			Tags:   []subscriptions.Tag{{Topic: "club/lommel", Level: subscriptions.About}},
		})
		story := subscriptions.Story{ID: a.Story, Articles: []subscriptions.Article{a}}
		owed := bot.Owed{Story: story, Topics: []subscriptions.Topic{"club/lommel"}}
		shown := map[string]bot.Message{
			"alert":  composer.Alert(reader, w.Now(), story, owed.Topics),
			"bundle": composer.Bundle(reader, w.Now(), owed),
			"digest": composer.Digest(reader, w.Now(), owed),
			"list":   composer.List(reader, "Lommel", w.Now(), story),
		}
		for _, line := range []string{"/nieuws lommel", "/voorbeeld lommel", "/waarom", "/waarom " + a.URL, "/overzicht nu"} {
			shown[line] = w.Commands.Handle(t.Context(), bot.Command{Place: p.place, Args: line, Language: "nl"}).Message
		}
		if !h.result {
			others++
			if shown["alert"].Items[0].Spoiler {
				hidden++
			}
			continue
		}
		results[h.language]++
		for where, m := range shown {
			if seen := visible(m); strings.Contains(seen, h.title[:min(len(h.title), 25)]) || h.lead != "" && strings.Contains(seen, h.lead) {
				t.Errorf("%s gives %q away:\n%s", where, h.title, seen)
			}
		}
	}
	if results["nl"] < 50 || results["fr"] < 50 {
		t.Errorf("%v results: want at least 50 in two languages", results)
	}
	if hidden*20 >= others {
		t.Errorf("%d of %d are hidden for nothing: 5 %% or more", hidden, others)
	}
}

// visible is what can be read of a message before anything is tapped.
func visible(m bot.Message) string {
	parts := []string{m.Title, m.Text, m.Footer}
	for _, i := range m.Items {
		parts = append(parts, i.Group, i.Label, i.Publisher)
		if !i.Spoiler {
			parts = append(parts, i.Title, i.Lead)
		}
	}
	for _, b := range slices.Concat(m.Buttons...) {
		parts = append(parts, b.Text)
	}
	return strings.Join(parts, "\n")
}
