package bot

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// clockPattern returns what finds a time of day in folded text: "18:30", "8u30", "18.30u",
// "8 h", "6:30 pm", "1830", with a word for half of the day on either side of it ("8 uur
// 's avonds", "jeden abend um 8"), or "midnight".
func (v *vocabulary) clockPattern() *regexp.Regexp {
	const unit = `uur\b|uhr\b|heures?\b`
	oneOf := func(meanings ...string) string {
		words := v.all(meanings...)
		for i, w := range words {
			words[i] = regexp.QuoteMeta(w)
		}
		return strings.Join(words, "|")
	}
	half := oneOf("morning", "evening")
	return regexp.MustCompile(`(?:(` + half + `)(?:\s+(?:` + oneOf("at") + `))?\s+)?` +
		`(\d+)(?:\s*(?:[:.]|` + unit + `|h|u)\s*(\d+)?)?(?:\s*(?:` + unit + `|h\b|u\b))?` +
		`\s*((?:am|pm|` + half + `)\b)?` +
		`|\b(` + oneOf("noon", "midnight") + `)\b`)
}

// digestWish is what "digest" was asked.
type digestWish struct {
	off, now, both bool
	// minute of the day; -1 when none was said.
	minute int
	// days it is for; with daysSaid false none were said.
	days     subscriptions.Weekdays
	daysSaid bool
}

// digest reads the argument of "digest": an hour, days, "week", "now", "off".
// It reports false for anything else.
func (v *vocabulary) digest(text, lang string) (digestWish, bool) {
	w := digestWish{minute: -1}
	clocks, rest, ok := v.cutClocks(fold(text))
	if !ok || len(clocks) > 1 {
		return w, false
	}
	midnight := len(clocks) == 1 && clocks[0] == endOfDayMinute
	if len(clocks) == 1 {
		w.minute = clocks[0] % endOfDayMinute
	}
	weekly := false
	for _, word := range v.phrases(rest) {
		day, isDay := v.weekday(word, lang)
		switch {
		case isDay && midnight: // the end of Monday is where Tuesday begins
			w.days |= 1 << ((day + 1) % 7)
			w.daysSaid = true
		case isDay:
			w.days |= 1 << day
			w.daysSaid = true
		case v.means(word, "off"):
			w.off = true
		case v.means(word, "now"):
			w.now = true
		case v.means(word, "both"):
			w.both = true
		case v.means(word, "week"):
			weekly = true
		case v.means(word, "daily"):
			w.daysSaid = true
		case v.means(word, "filler"), v.means(word, "and"):
		default:
			return w, false
		}
	}
	if weekly && w.days == 0 {
		// A weekly digest after the weekend's matches.
		w.days, w.daysSaid = 1<<time.Monday, true
	}
	if w.off && (w.now || w.both || w.daysSaid || w.minute >= 0) {
		return w, false
	}
	return w, w.off || w.now || w.both || w.daysSaid || w.minute >= 0
}

// quiet reads the argument of "quiet": two hours, or "off" for none.
func (v *vocabulary) quiet(text string) (subscriptions.Quiet, bool) {
	clocks, rest, ok := v.cutClocks(fold(text))
	if !ok {
		return subscriptions.Quiet{}, false
	}
	words := slices.DeleteFunc(v.phrases(rest), func(w string) bool {
		return v.means(w, "filler") || v.means(w, "and") || v.means(w, "hour")
	})
	switch {
	case len(clocks) == 0:
		return subscriptions.Quiet{}, len(words) == 1 && v.means(words[0], "off")
	case len(clocks) != 2 || len(words) > 0:
		return subscriptions.Quiet{}, false
	}
	q := subscriptions.Quiet{From: clocks[0] % endOfDayMinute, To: clocks[1] % endOfDayMinute}
	return q, q.From != q.To
}

// longestMute is the longest that something can be muted; who wants longer
// unfollows.
const longestMute = 366 * 24 * time.Hour

// morning is the hour at which "until Monday" ends.
const morning = 7 * 60

// until reads how long something is muted: "2u", "3 dagen", "tot maandag",
// "until 18:30".
func (v *vocabulary) until(text, lang string, now time.Time) (time.Time, bool) {
	text = fold(text)
	words := v.phrases(text)
	until := len(words) > 1 && v.means(words[0], "until")
	if until {
		words = words[1:]
	}
	for len(words) > 1 && v.means(words[0], "filler") {
		words = words[1:]
	}
	text = strings.Join(words, " ")
	// A number alone may be hours, days or an hour of the clock: better to ask.
	alone := len(text) <= 2 && strings.Trim(text, "0123456789") == ""
	clocks, rest, ok := v.cutClocks(text)
	isClock := ok && len(clocks) == 1 && rest == "" && !alone
	if d, ok := v.span(text); ok && !(until && isClock) { // "until 7 h" is not for seven hours
		return now.Add(d), d > 0 && d <= longestMute
	}
	next := subscriptions.DigestTime{Minute: morning}
	if day, ok := v.weekday(text, lang); ok {
		next.Days = 1 << day
		return NextDigest(next, now), true
	}
	if v.means(text, "tomorrow") {
		return NextDigest(next, endOfDay(now)), true
	}
	if isClock {
		return NextDigest(subscriptions.DigestTime{Minute: clocks[0] % endOfDayMinute}, now), true
	}
	return time.Time{}, false
}

// endOfDay returns the last second of the local day.
func endOfDay(at time.Time) time.Time {
	y, m, d := at.In(Brussels()).Date()
	return time.Date(y, m, d, 23, 59, 59, 0, Brussels())
}

// span reads a number and a unit of time, with or without a space between. One that is
// longer than anything can be muted is too long however long it is.
func (v *vocabulary) span(text string) (time.Duration, bool) {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	n, unit := 1, text // "week"
	if digits > 0 {
		if digits == len("0830") && text[0] == '0' {
			return 0, false // "0830h" is an hour of the clock
		}
		n, _ = strconv.Atoi(text[:digits]) // what is out of range is the largest there is
		unit = strings.TrimSpace(text[digits:])
	}
	const day = 24 * time.Hour
	for _, u := range []struct {
		meaning string
		length  time.Duration
	}{{"minute", time.Minute}, {"hour", time.Hour}, {"day", day}, {"weeks", 7 * day}, {"months", 30 * day}} {
		if v.means(unit, u.meaning) {
			return time.Duration(min(n, int(longestMute/u.length)+1)) * u.length, true
		}
	}
	return 0, false
}

// cutClocks takes the times of day out of folded text. It reports false when one
// of them does not exist: "25:99".
func (v *vocabulary) cutClocks(text string) (minutes []int, rest string, ok bool) {
	for _, m := range v.clocks.FindAllStringSubmatch(text, -1) {
		before, hour, minute, after, named := m[1], m[2], m[3], m[4], m[5]
		if named != "" {
			minutes = append(minutes, v.namedClock(named))
			continue
		}
		at, ok := v.clock(hour, minute, cmp.Or(after, before))
		if !ok {
			return nil, "", false
		}
		minutes = append(minutes, at)
	}
	return minutes, strings.TrimSpace(v.clocks.ReplaceAllString(text, " ")), true
}

// endOfDayMinute is how a day's "24:00" is counted: the first minute of the next.
const endOfDayMinute = 24 * 60

// namedClock returns the minute of the day of noon or of midnight, which ends the day.
func (v *vocabulary) namedClock(name string) int {
	if v.means(name, "midnight") {
		return endOfDayMinute
	}
	return endOfDayMinute / 2
}

// clock returns the minute of the day of an hour, minutes and a half of the day: am or
// pm, or a word for one, with which some count to 24 all the same ("20 uur 's avonds").
func (v *vocabulary) clock(hour, minute, half string) (int, bool) {
	if len(hour) == 4 && minute == "" { // "1830"
		hour, minute = hour[:2], hour[2:]
	}
	if len(hour) > 2 || len(minute) != 0 && len(minute) != 2 {
		return 0, false
	}
	h, _ := strconv.Atoi(hour) // at most two digits
	m, _ := strconv.Atoi(minute)
	switch {
	case v.means(half, "evening") && h < 12:
		h += 12
	case v.means(half, "morning") && h == 12:
		h = 0
	case half == "", v.means(half, "evening"), v.means(half, "morning"):
	case h < 1 || h > 12:
		return 0, false
	case half == "am" && h == 12:
		h = 0
	case half == "pm" && h < 12:
		h += 12
	}
	if half == "" && h == 24 && m == 0 {
		return endOfDayMinute, true
	}
	return h*60 + m, h < 24 && m < 60
}

// phrases cuts folded text into words; several that have a meaning together stay
// together.
func (v *vocabulary) phrases(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return r == ' ' || r == ',' || r == ';' || r == '-' || r == '–' || r == '&' || r == '+' || r == '/'
	})
	var out []string
	for len(words) > 0 {
		n := min(longestPhrase, len(words))
		for n > 1 && v.words[strings.Join(words[:n], " ")] == nil {
			n--
		}
		out = append(out, strings.Join(words[:n], " "))
		words = words[n:]
	}
	return out
}

// weekday reads the name of a day, whole or cut to two letters or more, or of all such
// days ("Mondays", "montags", "lundis"). The person's own language comes first: "ma" is
// Monday in Dutch and Tuesday in French.
func (v *vocabulary) weekday(word, lang string) (time.Weekday, bool) {
	word = strings.TrimSuffix(word, ".")
	if len(word) < 2 {
		return 0, false
	}
	for _, l := range append([]string{lang}, locale.Languages()...) {
		found, n := time.Weekday(0), 0
		for i, name := range v.weekdays[l] {
			if strings.HasPrefix(name, word) || word == name+"s" {
				found = time.Weekday(i)
				n++
			}
		}
		if n == 1 {
			return found, true
		}
	}
	return 0, false
}
