package sqlite

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// words folds a text for search: its words without case and accents, each with a
// space before it. What it writes is stored: a change needs a migration of the words
// that are there.
func words(text string) string {
	var b strings.Builder
	inWord := false
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r): // an accent, split off by NFKD
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord {
				b.WriteByte(' ')
			}
			inWord = true
			b.WriteString(subscriptions.PlainLetter(unicode.ToLower(r)))
		default:
			inWord = false
		}
	}
	return b.String()
}
