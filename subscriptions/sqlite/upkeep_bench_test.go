package sqlite_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// BenchmarkPublish publishes stories of one to three articles to a thousand
// followers, with a history of deliveries and without.
func BenchmarkPublish(b *testing.B) {
	for _, history := range []bool{false, true} {
		b.Run(fmt.Sprintf("history=%v", history), func(b *testing.B) {
			var before int64
			if history {
				before = historySize()
			}
			store, _ := crowd(b, 1_000, before)
			defer closeStore(b, store)
			stories, articles := 0, 0
			for b.Loop() {
				var story subscriptions.StoryID
				stories++
				for range 1 + stories%3 {
					articles++
					a, err := store.Publish(b.Context(), evening(), subscriptions.Publication{Push: true, Story: story, Article: subscriptions.Article{
						Key: fmt.Sprintf("article-%d", serial.Add(1)), Title: "A title", Lead: "What it is about", Language: "nl", Kind: subscriptions.Fact,
						Tags: []subscriptions.Tag{{Topic: benchTopic, Level: subscriptions.About}},
					}})
					if err != nil {
						b.Fatal(err)
					}
					story = a.Story
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(articles), "µs/article")
		})
	}
}

// BenchmarkPrune removes the history, a thousand rows a transaction, beside stories
// that stay.
func BenchmarkPrune(b *testing.B) {
	var took, longest time.Duration
	var rows int64
	for b.Loop() {
		b.StopTimer()
		store, _ := crowd(b, 100_000, historySize())
		b.StartTimer()
		for more := true; more; {
			start := time.Now()
			var err error
			if more, err = store.Prune(b.Context(), evening().Add(time.Hour), 1_000); err != nil {
				b.Fatal(err)
			}
			took += time.Since(start)
			longest = max(longest, time.Since(start))
		}
		rows += historySize()
		b.StopTimer()
		closeStore(b, store)
		b.StartTimer()
	}
	b.ReportMetric(float64(rows)/took.Seconds(), "rows/s")
	b.ReportMetric(float64(longest.Microseconds())/1000, "longest-ms")
}
