package feed

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Europe/Brussels must exist on every machine
)

// ParseDate reads a date as publishers write it: RFC 822 and 3339 with all their
// misspellings, and visible text in Dutch, French, German or English ("23 november
// 2026, 14:05", "il y a 2 heures", "vandaag om 12u30"). Without a zone it is local
// to Europe/Brussels; without a year it is the latest such day that is not in the
// future of now. It reports false for anything else.
func ParseDate(s string, now time.Time) (time.Time, bool) {
	s = strings.ToLower(squeeze(s, 120))
	if s == "" || strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' }) < 0 && !hasDayWord(s) {
		return time.Time{}, false
	}
	if t, ok := relativeDate(s, now); ok {
		return t, true
	}
	d := dateParts{zone: brussels()}
	rest := d.takeISO(s)
	rest = d.takeClock(rest)
	if !d.haveDay && !d.takeDay(rest, now) {
		return time.Time{}, false
	}
	return d.time()
}

// brussels is the zone of Belgian publishers.
func brussels() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC // cannot happen: the zones are compiled in
	}
	return zone
}

// dateParts collects what a text says.
type dateParts struct {
	year, month, day     int
	haveDay, haveClock   bool
	hour, minute, second int
	nano                 int
	zone                 *time.Location
}

var (
	isoDay      = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:t|\s|$|,)\s*`)
	clock       = regexp.MustCompile(`(?:^|[^\d])([012]?\d)\s?(?::|u|h|\.)\s?([0-5]\d)(?::([0-5]\d|60))?(?:[.,](\d{1,9}))?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*uhr)?\s*(z\b|(?:gmt|utc)?\s*[+-]\d{1,2}:?(?:\d{2})?\b|[a-z]{2,5}\b)?`)
	offset      = regexp.MustCompile(`([+-])(\d{1,2}):?(\d{2})?$`)
	numericDay  = regexp.MustCompile(`\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\b`)
	yearFirst   = regexp.MustCompile(`\b(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\b`)
	compactDay  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2})(\d{2})(z)?)?$`)
	dayMonth    = regexp.MustCompile(`(\d{1,2})(?:er|ste|de|e|th|st|nd|rd|\.)?[\s,-]+(?:de |of )?(\p{L}{3,9})\.?,?(?:[\s,-]+(\d{4}|\d{2})\b)?`)
	monthDay    = regexp.MustCompile(`(\p{L}{3,9})\.?\s+(\d{1,2})(?:th|st|nd|rd)?,?(?:\s+(\d{4})\b)?`)
	lastYear    = regexp.MustCompile(`\b((?:19|20)\d{2})\b`)
	ago         = regexp.MustCompile(`^(?:il y a |vor |geleden:? )?(?:environ |ongeveer |circa )?(\d{1,3}|een|één|une?|einer?|an?)\s*(\p{L}+)\.?(?:\s+(?:geleden|ago))?$`)
	unixSeconds = regexp.MustCompile(`^\d{10}$`)
)

// takeISO reads a leading 2026-11-23 or 20261123t120000z and returns the rest.
func (d *dateParts) takeISO(s string) string {
	if unixSeconds.MatchString(s) {
		n, _ := strconv.ParseInt(s, 10, 64)
		t := time.Unix(n, 0).UTC()
		d.setDay(t.Year(), int(t.Month()), t.Day())
		d.hour, d.minute, d.second, d.zone = t.Hour(), t.Minute(), t.Second(), time.UTC
		return ""
	}
	if m := compactDay.FindStringSubmatch(s); m != nil {
		d.setDay(number(m[1]), number(m[2]), number(m[3]))
		d.hour, d.minute, d.second = number(m[4]), number(m[5]), number(m[6])
		if m[7] != "" {
			d.zone = time.UTC
		}
		return ""
	}
	m := isoDay.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	d.setDay(number(m[1]), number(m[2]), number(m[3]))
	return s[len(m[0]):]
}

// takeClock reads the time of day with its zone and returns the text without it.
func (d *dateParts) takeClock(s string) string {
	at := clock.FindStringSubmatchIndex(s)
	if at == nil {
		return s
	}
	group := func(i int) string {
		if at[2*i] < 0 {
			return ""
		}
		return s[at[2*i]:at[2*i+1]]
	}
	// "23.11.2026" is a day, not 23 hours 11.
	dotted := strings.Contains(s[at[3]:at[4]], ".")
	if end := at[5]; dotted && end < len(s) && strings.ContainsRune("./-0123456789", rune(s[end])) {
		tail := d.takeClock(s[end:])
		return s[:end] + tail
	}
	d.haveClock = true
	d.hour, d.minute, d.second = number(group(1)), number(group(2)), number(group(3))
	if fraction := group(4); fraction != "" {
		d.nano = number((fraction + "00000000")[:9])
	}
	switch half := group(5); {
	case strings.HasPrefix(half, "p") && d.hour < 12:
		d.hour += 12
	case strings.HasPrefix(half, "a") && d.hour == 12:
		d.hour = 0
	}
	zone, used := zoneOf(group(6))
	if zone != nil {
		d.zone = zone
	}
	end := at[1]
	if !used && at[12] >= 0 {
		end = at[12]
	}
	return s[:at[2]] + " " + s[end:]
}

// zoneOf reads "z", "+0100", "gmt+1" or a zone's short name; used is false for a
// word that is none.
func zoneOf(s string) (zone *time.Location, used bool) {
	s = strings.TrimSpace(s)
	if m := offset.FindStringSubmatch(s); m != nil {
		seconds := number(m[2])*3600 + number(m[3])*60
		if seconds > 14*3600 {
			return nil, true
		}
		if m[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone("", seconds), true
	}
	// The short names of Europe and, as RFC 822 has them, North America. BST is
	// meant as British, which two aggregators got wrong.
	hours, ok := map[string]float64{
		"z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "ist": 1,
		"cet": 1, "met": 1, "mez": 1, "cest": 2, "mest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3,
		"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
	}[s]
	if !ok {
		return nil, false
	}
	return time.FixedZone(strings.ToUpper(s), int(hours*3600)), true
}

// takeDay reads the day from what the clock left over.
func (d *dateParts) takeDay(s string, now time.Time) bool {
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return d.setDay(number(m[1]), number(m[2]), number(m[3]))
	}
	// Without a year, digits are a day only beside a clock: "2-1" is a result.
	if m := numericDay.FindStringSubmatch(s); m != nil && (m[3] != "" || d.haveClock && strings.Contains(m[0], "/")) {
		return d.setYearless(m[3], number(m[2]), number(m[1]), now)
	}
	for _, m := range dayMonth.FindAllStringSubmatch(s, 4) {
		if month := monthOf(m[2]); month > 0 {
			return d.setYearless(yearIn(m[3], s), month, number(m[1]), now)
		}
	}
	for _, m := range monthDay.FindAllStringSubmatch(s, 4) {
		if month := monthOf(m[1]); month > 0 {
			return d.setYearless(yearIn(m[3], s), month, number(m[2]), now)
		}
	}
	return false
}

// yearIn prefers the year beside the month, and takes one that stands elsewhere,
// as in "Mon Nov 23 12:00:00 2026".
func yearIn(beside, s string) string {
	if beside != "" {
		return beside
	}
	return lastYear.FindString(s)
}

func (d *dateParts) setDay(year, month, day int) bool {
	d.year, d.month, d.day, d.haveDay = year, month, day, true
	return true
}

// setYearless adds the year, which may be short or missing.
func (d *dateParts) setYearless(year string, month, day int, now time.Time) bool {
	switch len(year) {
	case 4:
		return d.setDay(number(year), month, day)
	case 2:
		return d.setDay(2000+number(year), month, day)
	}
	today := now.In(d.zone)
	y := today.Year()
	if time.Date(y, time.Month(month), day, 0, 0, 0, 0, d.zone).After(today.AddDate(0, 0, 2)) {
		y--
	}
	return d.setDay(y, month, day)
}

// time returns the instant, false for a day or time that does not exist.
func (d *dateParts) time() (time.Time, bool) {
	if d.year < 1900 || d.year > 2200 || d.hour > 23 || d.second > 60 {
		return time.Time{}, false
	}
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.second, d.nano, d.zone)
	if t.Day() != d.day && d.hour < 23 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 {
		return time.Time{}, false
	}
	return t, true
}

// relativeDate reads "2 uur geleden", "il y a 5 minutes", "vandaag om 12:30",
// "hier à 20h45", "zojuist".
func relativeDate(s string, now time.Time) (time.Time, bool) {
	switch s {
	case "zojuist", "nu", "net", "à l'instant", "just now", "gerade eben":
		return now, true
	}
	if m := ago.FindStringSubmatch(s); m != nil && (strings.Contains(s, "geleden") || strings.Contains(s, "il y a") || strings.Contains(s, "ago") || strings.HasPrefix(s, "vor ")) {
		unit := unitOf(m[2])
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n = 1 // een, une, an
		}
		return now.Add(-time.Duration(n) * unit), unit > 0
	}
	word, rest, _ := strings.Cut(s, " ")
	days, ok := map[string]int{
		"vandaag": 0, "aujourd'hui": 0, "aujourd’hui": 0, "today": 0, "heute": 0,
		"gisteren": 1, "hier": 1, "yesterday": 1, "gestern": 1, "eergisteren": 2, "avant-hier": 2,
	}[strings.TrimRight(word, ",:")]
	if !ok {
		return time.Time{}, false
	}
	day := now.In(brussels()).AddDate(0, 0, -days)
	d := dateParts{zone: brussels()}
	d.setDay(day.Year(), int(day.Month()), day.Day())
	d.takeClock(rest)
	return d.time()
}

func hasDayWord(s string) bool {
	switch word, _, _ := strings.Cut(s, " "); word {
	case "vandaag", "gisteren", "zojuist", "nu", "net", "à", "il", "een", "één", "just", "vor", "aujourd'hui", "hier", "heute", "gestern", "today", "yesterday", "a", "an", "gerade":
		return true
	}
	return false
}

func unitOf(word string) time.Duration {
	switch {
	case hasAnyPrefix(word, "sec", "sek") || word == "s":
		return time.Second
	case hasAnyPrefix(word, "min") || word == "m":
		return time.Minute
	case hasAnyPrefix(word, "uur", "uren", "heure", "hour", "stunde") || word == "u" || word == "h":
		return time.Hour
	case hasAnyPrefix(word, "dag", "jour", "day", "tag") || word == "d" || word == "j":
		return 24 * time.Hour
	case hasAnyPrefix(word, "we", "semaine", "wo"):
		return 7 * 24 * time.Hour
	case hasAnyPrefix(word, "maand", "mois", "month", "monat"):
		return 30 * 24 * time.Hour
	case hasAnyPrefix(word, "jaar", "an", "year", "jahr"):
		return 365 * 24 * time.Hour
	}
	return 0
}

// monthOf reads a month's name in any of the four languages, whole or cut to its
// first letters; 0 for another word.
func monthOf(word string) int {
	for i, starts := range [12][]string{
		{"jan"},
		{"feb", "fév", "fev", "fèv"},
		{"maa", "mrt", "mar", "mär", "mrz"},
		{"apr", "avr"},
		{"mei", "mai", "may"},
		{"juni", "jun", "juin"},
		{"juli", "jul", "juil"},
		{"aug", "aoû", "aou"},
		{"sep"},
		{"okt", "oct"},
		{"nov"},
		{"dec", "déc", "dez"},
	} {
		if hasAnyPrefix(word, starts...) {
			return i + 1
		}
	}
	return 0
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// number reads digits that a pattern has found; nothing is 0.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
