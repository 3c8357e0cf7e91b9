package clustering

import (
	"regexp"
	"strings"
)

var (
	// With a colon, as German has it, two digits behind are minutes: 20:45.
	scorePattern  = regexp.MustCompile(`(?:^|[^\d-])(\d{1,2})(?:\s?[-–]\s?(\d{1,2})|\s?:\s?(\d))(?:$|[^\d-])`)
	amountPattern = regexp.MustCompile(`(?i)\b(?:(\d{1,3}(?:[. ]\d{3})+)|(\d+(?:[.,]\d+)?))\s*(?:miljoen|milj\.?|mio|millions?|millionen|m€|m\b|k€|euro)`)
	numberPattern = regexp.MustCompile(`\d+`)
)

// readNumbers collects scores, sums of money and other numbers. A score is kept
// with the higher side first, since each paper puts its own club first.
func readNumbers(f *features, text string) {
	if !strings.ContainsAny(text, "0123456789") {
		return
	}
	for _, m := range scorePattern.FindAllStringSubmatch(text, 8) {
		high, low := m[1], m[2]+m[3]
		if len(low) > len(high) || len(low) == len(high) && low > high {
			high, low = low, high
		}
		f.scores[high+"-"+low] = true
	}
	for _, m := range amountPattern.FindAllStringSubmatch(text, 8) {
		thousands := strings.NewReplacer(".", "", " ", "").Replace(m[1])
		f.amounts[thousands+strings.ReplaceAll(m[2], ",", ".")] = true
	}
	for _, n := range numberPattern.FindAllString(text, 30) {
		if len(n) >= 2 && len(n) <= 4 && !strings.HasPrefix(n, "0") {
			f.numbers[n] = true
		}
	}
}
