package catalogue_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// asked is one line of testdata/queries.tsv.
type asked struct {
	query string
	topic subscriptions.Topic
}

func queries(t testing.TB) []asked {
	t.Helper()
	file, err := os.Open("testdata/queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []asked
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		query, topic, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("no tab in %q", line)
		}
		all = append(all, asked{query, subscriptions.Topic(topic)})
	}
	return all
}

func topics(entries []catalogue.Entry) []subscriptions.Topic {
	var all []subscriptions.Topic
	for _, e := range entries {
		all = append(all, e.Topic)
	}
	return all
}

// TestCompleteFindsWhatFansMean holds the promise of the look-up: the right topic
// in the top three for at least 98 of 100 queries.
func TestCompleteFindsWhatFansMean(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	all := queries(t)
	if len(all) < 400 {
		t.Fatalf("%d queries, want at least 400", len(all))
	}
	missed := 0
	for _, ask := range all {
		if _, ok := c.Entry(ask.topic); !ok {
			t.Errorf("%q: topic %s does not exist", ask.query, ask.topic)
		}
		if found := topics(c.Complete(ask.query, "nl", 3)); !slices.Contains(found, ask.topic) {
			missed++
			t.Logf("%q: %v, want %s", ask.query, found, ask.topic)
		}
	}
	share := 1 - float64(missed)/float64(len(all))
	t.Logf("%d queries, %.1f %% in the top three", len(all), 100*share)
	if share < 0.98 {
		t.Errorf("%.1f %% of the queries in the top three, want 98 %%", 100*share)
	}
}
