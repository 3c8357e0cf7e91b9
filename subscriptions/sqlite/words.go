package sqlite

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
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
			b.WriteString(plain(unicode.ToLower(r)))
		default:
			inWord = false
		}
	}
	return b.String()
}

// plain writes the letters that NFKD does not take apart as they are typed on a
// keyboard without them, as the catalogue does: who seeks sorensen means Sørensen.
func plain(r rune) string {
	switch r {
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'œ':
		return "oe"
	case 'æ':
		return "ae"
	case 'ß':
		return "ss"
	}
	return string(r)
}
