package bot_test

import (
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func TestNextDigest(t *testing.T) {
	t.Parallel()
	days := func(of ...time.Weekday) (w subscriptions.Weekdays) {
		for _, d := range of {
			w |= 1 << d
		}
		return w
	}
	for name, tc := range map[string]struct {
		minute int
		days   subscriptions.Weekdays
		after  string
		want   string
	}{
		"later today":                {18*60 + 30, 0, "2026-11-23T12:00", "2026-11-23T18:30"},
		"this very minute is past":   {18*60 + 30, 0, "2026-11-23T18:30", "2026-11-24T18:30"},
		"over the end of a year":     {0, 0, "2026-12-31T12:00", "2027-01-01T00:00"},
		"only on Mondays":            {8 * 60, days(time.Monday), "2026-11-23T08:00", "2026-11-30T08:00"},
		"Wednesdays and Fridays":     {8 * 60, days(time.Wednesday, time.Friday), "2026-11-23T08:00", "2026-11-25T08:00"},
		"the hour that is skipped":   {2*60 + 30, 0, "2027-03-27T12:00", "2027-03-28T03:30"},
		"the day after the skipping": {2*60 + 30, 0, "2027-03-28T12:00", "2027-03-29T02:30"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := bot.NextDigest(subscriptions.DigestTime{Minute: tc.minute, Days: tc.days}, local(t, tc.after))
			if got.In(bot.Brussels()).Format("2006-01-02T15:04") != tc.want {
				t.Errorf("got %s, want %s", got.In(bot.Brussels()), tc.want)
			}
		})
	}
}

// TestOneDigestPerDate walks two years for each half hour of the day, and counts.
func TestOneDigestPerDate(t *testing.T) {
	t.Parallel()
	for minute := 0; minute < 24*60; minute += 30 {
		d := subscriptions.DigestTime{Minute: minute}
		at := local(t, "2026-01-01T00:00").Add(-time.Second)
		end := local(t, "2028-01-01T00:00")
		last := ""
		n := 0
		for at = bot.NextDigest(d, at); at.Before(end); at = bot.NextDigest(d, at) {
			if date := at.In(bot.Brussels()).Format(time.DateOnly); date <= last {
				t.Fatalf("minute %d: %s after %s", minute, date, last)
			} else {
				last = date
			}
			n++
		}
		if n != 2*365 {
			t.Fatalf("minute %d: %d digests in two years", minute, n)
		}
	}
}

func local(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02T15:04", s, bot.Brussels())
	if err != nil {
		t.Fatal(err)
	}
	return at
}
