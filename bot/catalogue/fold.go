package catalogue

import (
	"strings"
	"unicode"

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
			word.WriteString(Plain(unicode.ToLower(r)))
		default:
			flush()
		}
	}
	flush()
	return words
}

// Plain returns a small letter that has no decomposition in plain ones ("œ" is "oe"),
// and any other rune as it is. Names are read by it wherever they are compared.
func Plain(r rune) string {
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
