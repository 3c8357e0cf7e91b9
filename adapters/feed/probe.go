package feed

import (
	"context"
	"fmt"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Report is what one reading of a source showed.
type Report struct {
	Format string
	Items  int
	// Dated is how many of them carry a date.
	Dated  int
	Newest time.Time // zero if none is dated
}

// Probe reads the source once, as for the first time. The check command uses it.
// Errors are *bot.FetchError.
func (s *Source) Probe(ctx context.Context) (Report, error) {
	reading, err := s.Fetch(ctx, subscriptions.Checkpoint{})
	if err != nil {
		return Report{}, err
	}
	r := Report{Format: reading.Format, Items: len(reading.Entries)}
	for _, e := range reading.Entries {
		if e.Published.IsZero() {
			continue
		}
		r.Dated++
		if e.Published.After(r.Newest) {
			r.Newest = e.Published
		}
	}
	return r, nil
}

// String is the report in one line: "rss, 30 items, 100% dated, newest
// 2026-11-23 14:05".
func (r Report) String() string {
	if r.Items == 0 {
		return r.Format + ", no items"
	}
	line := fmt.Sprintf("%s, %d items, %d%% dated", r.Format, r.Items, 100*r.Dated/r.Items)
	if !r.Newest.IsZero() {
		line += ", newest " + r.Newest.In(brussels()).Format("2006-01-02 15:04")
	}
	return line
}
