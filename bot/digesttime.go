package bot

import (
	"time"
	_ "time/tzdata" // the bot's clock is Brussels', also on a machine without zone data

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Brussels is the zone in which hours and days are meant.
func Brussels() *time.Location {
	loc, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		// Cannot happen: the zone data is compiled in.
		return time.FixedZone("CET", int(time.Hour/time.Second))
	}
	return loc
}

// NextDigest returns the first digest after an instant. It walks over civil dates
// and not over 24 hours, so that each date has one digest, on the days that the
// clock changes too: an hour that is skipped that day is moved on by the change,
// and an hour that comes twice counts once.
func NextDigest(d subscriptions.DigestTime, after time.Time) time.Time {
	day := after.In(Brussels())
	for range 8 { // the days of a week, and the same weekday again
		at := time.Date(day.Year(), day.Month(), day.Day(), d.Minute/60, d.Minute%60, 0, 0, day.Location())
		if at.After(after) && d.Days.Has(at.Weekday()) {
			return at
		}
		day = time.Date(day.Year(), day.Month(), day.Day()+1, 12, 0, 0, 0, day.Location())
	}
	return time.Time{} // cannot happen: eight days hold every weekday
}

// digestDate returns the local date and hour of an instant, "2026-11-23 18:30": the
// name of the digest that is released then. A digest that is moved to a later hour of
// the day is another.
func digestDate(at time.Time) string { return at.In(Brussels()).Format("2006-01-02 15:04") }
