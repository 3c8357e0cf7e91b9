package tagging_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func newTagger(tb testing.TB) *tagging.Tagger {
	tb.Helper()
	c, err := catalogue.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	return tagging.New(c)
}

// sharedFile returns a labelled file that is kept beside the repository, and
// skips the test when it is not there.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	roots := []string{os.Getenv("SJOTBOT_SHARED")}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			roots = append(roots, filepath.Join(dir, "..", "shared"), filepath.Join(dir, "..", "..", "shared"))
			break
		}
	}
	for _, root := range roots {
		if root == "" {
			continue
		}
		if file := filepath.Join(root, name); fileExists(file) {
			return file
		}
	}
	t.Skipf("shared/%s is not here: the figures on it are not checked", name)
	return ""
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func scoreFile(t *testing.T, tagger *tagging.Tagger, file string) *tagging.Scorecard {
	t.Helper()
	card := tagging.NewScorecard()
	for _, rec := range readRecords(t, file) {
		card.Add(rec, tagger.Tag(rec.Item()))
	}
	return card
}

func readRecords(tb testing.TB, file string) []tagging.Record {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var records []tagging.Record
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		rec, err := tagging.ParseRecord([]byte(line))
		if err != nil {
			tb.Fatalf("%s:%d: %v", file, n, err)
		}
		records = append(records, rec)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return records
}

// figures are the least that a labelled file must score.
type figures struct {
	precision, recall, exact, kinds float64
	pushed                          float64 // the most
}

func (want figures) check(t *testing.T, card *tagging.Scorecard) {
	t.Helper()
	var b strings.Builder
	if err := card.Print(&b, true); err != nil {
		t.Fatal(err)
	}
	if card.Total.Precision() < want.precision || card.Total.Recall() < want.recall || card.ExactShare() < want.exact ||
		card.PushedShare() > want.pushed || card.MacroKind() < want.kinds || card.RumourFact > 0 {
		t.Errorf("figures dropped below %+v (or a rumour was called a fact):\n%s", want, b.String())
	}
	if testing.Verbose() {
		t.Log(b.String())
	}
}

func TestSharedFigures(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	for name, want := range map[string]figures{
		"eval/dev.jsonl":  {precision: 0.985, recall: 0.98, exact: 0.97, kinds: 0.92, pushed: 0.01},
		"eval/seed.jsonl": {precision: 0.98, recall: 0.98, exact: 0.96, kinds: 0.95, pushed: 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want.check(t, scoreFile(t, tagger, sharedFile(t, name)))
		})
	}
}

// A scraped page: most of it is not the article. What the sidebar names is no
// tag of it.
func TestSharedPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(sharedFile(t, "seed/article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	title, body, _ := strings.Cut(string(page), "\n")
	got := map[subscriptions.Topic]subscriptions.Level{}
	for _, tag := range newTagger(t).Tag(tagging.Item{Language: "nl", Source: "voetbalnieuws.be", Title: title, Body: body}).Tags {
		got[tag.Topic] = tag.Level
	}
	for topic, want := range map[subscriptions.Topic]subscriptions.Level{
		"coach/vital-borkelmans": subscriptions.About,
		"coach/marc-wilmots":     subscriptions.About,
		"club/club-brugge":       subscriptions.Mention,
		"team/rode-duivels":      subscriptions.Mention,
		"club/standard":          "",
		"club/genk":              "",
		"club/union-sg":          "",
	} {
		if got[topic] != want {
			t.Errorf("%s: %q, want %q", topic, got[topic], want)
		}
	}
}
