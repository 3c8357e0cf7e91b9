package sqlite

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// words folds a text for search: its words without case and accents, each with a
// space before it.
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
			b.WriteRune(unicode.ToLower(r))
		default:
			inWord = false
		}
	}
	return b.String()
}
