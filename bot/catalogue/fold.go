package catalogue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold reduces what a person types, or a name, to the words that are compared:
// lower case, no accents, no punctuation. An apostrophe, a hyphen or a full stop
// parts words ("l'Union" is two, "Sint-Truiden" is two), and "&" falls away.
func fold(text string) []string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, " ")) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			foldRune(&word, unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return words
}

// foldRune writes the letters that have no decomposition in plain ones.
func foldRune(to *strings.Builder, r rune) {
	if r < utf8.RuneSelf {
		to.WriteByte(byte(r))
		return
	}
	switch r {
	case 'ø':
		to.WriteByte('o')
	case 'đ', 'ð':
		to.WriteByte('d')
	case 'ł':
		to.WriteByte('l')
	case 'ı':
		to.WriteByte('i')
	case 'œ':
		to.WriteString("oe")
	case 'æ':
		to.WriteString("ae")
	case 'ß':
		to.WriteString("ss")
	default:
		to.WriteRune(r)
	}
}

// slug makes the id of a full name: "Issame Charaï" is "issame-charai".
// Apostrophes join, as they do in the ids that exist ("michel-preudhomme").
func slug(name string) string {
	joined := strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' || r == 'ʼ' {
			return -1
		}
		return r
	}, name)
	return strings.Join(fold(joined), "-")
}
