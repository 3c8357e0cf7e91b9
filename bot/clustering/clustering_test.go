package clustering_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot/clustering"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// noon is when the first article of each pair arrives.
func noon() time.Time { return time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC) }

// labelledPair is one line of the files in testdata: two articles, and what the
// second is to the first. Anyone can add a line.
type labelledPair struct {
	Name          string
	Want          clustering.Relation
	First, Second struct {
		Lang        string
		Hour        float64 // after noon
		Kind        subscriptions.Kind
		Title, Lead string
		About       []subscriptions.Topic
	}
}

func (p labelledPair) articles() (first, second subscriptions.Article) {
	made := [2]subscriptions.Article{}
	for i, a := range []struct {
		Lang        string
		Hour        float64
		Kind        subscriptions.Kind
		Title, Lead string
		About       []subscriptions.Topic
	}{p.First, p.Second} {
		made[i] = subscriptions.Article{
			Key: p.Name + strconv.Itoa(i), Title: a.Title, Lead: a.Lead, Language: a.Lang, Kind: a.Kind,
			Published: noon().Add(time.Duration(a.Hour * float64(time.Hour))),
		}
		for _, t := range a.About {
			made[i].Tags = append(made[i].Tags, subscriptions.Tag{Topic: t, Level: subscriptions.About})
		}
	}
	return made[0], made[1]
}

func readPairs(t testing.TB, file string) []labelledPair {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var pairs []labelledPair
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var p labelledPair
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// TestLabelledPairs holds the figures on the labelled pairs. What is never allowed
// is to join two stories.
func TestLabelledPairs(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		file   string
		recall float64
	}{{"testdata/pairs.jsonl", .97}, {"testdata/fresh.jsonl", .90}, {"testdata/acts.jsonl", .97}} {
		joined, found, same, stages, later := 0, 0, 0, 0, 0
		for _, p := range readPairs(t, tc.file) {
			w := clustering.New()
			first, second := p.articles()
			first.Story = 7
			w.Add(first)
			got := w.Place(second, second.Published)
			if got.Relation != p.Want {
				t.Logf("%s: got %s (%s), want %s", p.Name, got.Relation, got.Why, p.Want)
			}
			switch p.Want {
			case clustering.RelationSame:
				same++
				if got.Relation == clustering.RelationSame && got.Story == 7 {
					found++
				}
			case clustering.RelationFollowUp:
				later++
				if got.Relation == clustering.RelationFollowUp && got.Story == 0 && got.Article.Key == first.Key {
					stages++
				}
				fallthrough
			case clustering.RelationNew:
				if got.Relation == clustering.RelationSame {
					joined++
					t.Errorf("%s: two stories joined (%s)", p.Name, got.Why)
				}
			default:
				t.Errorf("%s: nothing can be wanted as %q", p.Name, p.Want)
			}
		}
		t.Logf("%s: %d of %d tellings of one event found, %d of %d later stages, %d stories joined by mistake", tc.file, found, same, stages, later, joined)
		if recall := float64(found) / float64(same); recall < tc.recall {
			t.Errorf("%s: recall %.2f, want %.2f", tc.file, recall, tc.recall)
		}
	}
}
