package sqlite_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// scandinavia is what the letters without a decomposition are searched by, on both
// sides: as they are, and as they are typed on a keyboard that lacks them.
func scandinavia() map[string][]string {
	return map[string][]string{
		"Sørensen scoort":        {"sorensen", "Sørensen", "SØREN"},
		"Łukasz Đurić Ðal":       {"lukasz", "łukasz", "duric", "ðal", "dal"},
		"Kıvanç İlhan":           {"kivanc", "kıvanç", "ilhan"},
		"Læssøe, vainqueur cœur": {"laessoe", "læssøe", "coeur", "cœur"},
		"Großer Preis":           {"grosser", "GROSSER", "großer"},
	}
}

func TestSearchFoldsLetters(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	s := openTitles(t, file)
	findAll(t, s)
}

// TestSearchInAnOlderDatabase: what was stored when these letters were not folded is
// found as well, once the database was opened.
func TestSearchInAnOlderDatabase(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	if err := openTitles(t, file).Close(); err != nil {
		t.Fatal(err)
	}
	age(t, file,
		`UPDATE articles SET words = ' sørensen scoort' WHERE title LIKE '%scoort'`,
		`UPDATE articles SET words = ' łukasz đuric ðal' WHERE title LIKE '%Ðal'`,
		`UPDATE articles SET words = ' kıvanc ilhan' WHERE title LIKE '%lhan'`,
		`UPDATE articles SET words = ' læssøe vainqueur cœur' WHERE title LIKE 'L%'`,
		`UPDATE articles SET words = ' großer preis' WHERE title LIKE '%Preis'`,
	)
	s, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	findAll(t, s)
}

// openTitles returns a new store with an article for each title.
func openTitles(t *testing.T, file string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for title := range scandinavia() {
		a := subscriptions.Article{Key: title, Source: "s", URL: "https://s.example/" + title, Title: title, Kind: subscriptions.Fact, Seen: now, Published: now}
		if _, err := s.Publish(t.Context(), now, subscriptions.Publication{Article: a}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func findAll(t *testing.T, s *sqlite.Store) {
	t.Helper()
	for title, searches := range scandinavia() {
		for _, text := range searches {
			found, err := s.Latest(t.Context(), subscriptions.StoryQuery{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(found); got != fmt.Sprint([]string{title}) {
				t.Errorf("%q: found %s, want %q", text, got, title)
			}
		}
	}
}

func titles(stories []subscriptions.Story) string {
	var all []string
	for _, y := range stories {
		all = append(all, y.Articles[0].Title)
	}
	return fmt.Sprint(all)
}
