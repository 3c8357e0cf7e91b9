package bot

import (
	"net/url"
	"slices"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// longestGap is how long a source may have been left unread for what is found
	// to be news still. After a longer one, a server that stood still or an old
	// copy of the database, we cannot know what readers were sent already. A source that
	// is read more rarely may be left alone for rareGap times its interval.
	longestGap = 12 * time.Hour
	rareGap    = 3
	// farFuture is beyond any mistake about time zones: such a date says nothing.
	farFuture = 24 * time.Hour
	// burst is more than any publisher brings between two readings. When so many
	// appear at once the publisher has rebuilt its site, and only what is dated
	// after the last reading is news.
	burst = 30
	// burstSlack allows for articles that are published some time after their date.
	burstSlack = time.Hour
)

// judge decides for one reading which entries may be pushed.
type judge struct {
	since   subscriptions.Checkpoint
	gap     time.Duration // the longest to have left the source unread
	now     time.Time
	maxAge  time.Duration
	rebuilt bool
}

func newJudge(since subscriptions.Checkpoint, interval time.Duration, now time.Time, maxAge time.Duration, fresh []Entry) *judge {
	j := &judge{since: since, gap: max(longestGap, rareGap*interval), now: now, maxAge: maxAge}
	old := 0
	for _, e := range fresh {
		if !e.Published.IsZero() && e.Published.Before(since.Read.Add(-burstSlack)) {
			old++
		}
	}
	j.rebuilt = old > burst
	return j
}

// firstRead reports that everything found is from before our time.
func (j *judge) firstRead() bool {
	return j.since.Read.IsZero() || j.now.Sub(j.since.Read) > j.gap
}

// withheld says why an entry is not pushed, "" when it may be.
func (j *judge) withheld(e Entry) string {
	at := j.date(e)
	switch {
	case j.firstRead():
		return subscriptions.WithheldFirstRead
	case at.IsZero() && !j.numberedAfter(e):
		return subscriptions.WithheldUndated
	case !at.IsZero() && j.now.Sub(at) > j.maxAge:
		return subscriptions.WithheldStale
	case j.rebuilt && !at.IsZero() && at.Before(j.since.Read.Add(-burstSlack)):
		return subscriptions.WithheldStale
	}
	return ""
}

// numberedAfter reports that the publisher's own number proves an entry new.
func (j *judge) numberedAfter(e Entry) bool {
	return e.Number > j.since.Highest && j.since.Highest > 0
}

// date returns when an entry was published, zero when that cannot be known, and
// never later than now: the clock of a publisher may be ahead.
func (j *judge) date(e Entry) time.Time {
	switch {
	case e.Published.IsZero() || e.Published.Sub(j.now) > farFuture:
		return time.Time{}
	case e.Published.After(j.now):
		return j.now
	}
	return e.Published
}

// worthReading reports whether an entry's page may change what becomes of it. What
// is withheld anyway is kept as it is: a new source is not read page by page.
func (j *judge) worthReading(e Entry) bool {
	why := j.withheld(e)
	return why == "" || why == subscriptions.WithheldUndated
}

// distinct returns the entries that can be used, each identity once. A publisher
// that gives different articles one identity has none: then the address counts.
func distinct(entries []Entry) []Entry {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Key == "" || !webAddress(e.URL) })
	first := map[string]Entry{}
	shared := map[string]bool{}
	for _, e := range entries {
		if f, ok := first[e.Key]; !ok {
			first[e.Key] = e
		} else if f.URL != e.URL && f.Title != e.Title {
			shared[e.Key] = true
		}
	}
	seen := map[string]bool{}
	kept := entries[:0]
	for _, e := range entries {
		if shared[e.Key] {
			e.Key += " " + e.URL
		}
		if !seen[e.Key] {
			seen[e.Key] = true
			kept = append(kept, e)
		}
	}
	return kept
}

func webAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
