package tagging_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/tagging"
)

// A result that slips through spoils an evening, so none may; a story covered
// for nothing is a nuisance, so few may.
func TestResultsAreRecognised(t *testing.T) {
	t.Parallel()
	tagger := newTagger(t)
	f, err := os.Open("testdata/results.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	results, others, hidden := 0, 0, 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		sign, language, text := line[:1], line[2:4], line[5:]
		title, lead, _ := strings.Cut(text, " / ")
		res := tagger.Tag(tagging.Item{Language: language, URL: "https://example.org/voetbal/1", Title: title, Lead: lead})
		switch {
		case sign == "+":
			results++
			if !res.Result {
				t.Errorf("gives the result away, not recognised: %s", text)
			}
		case res.Result:
			others++
			hidden++
			t.Logf("hidden for nothing: %s", text)
		default:
			others++
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if results < 100 || others < 100 {
		t.Errorf("%d results and %d others: want at least 100 of each", results, others)
	}
	if hidden*20 > others {
		t.Errorf("%d of %d hidden for nothing: more than 5 %%", hidden, others)
	}
}
