package catalogue

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sjotbot/sjotbot/subscriptions"
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
			word.WriteString(subscriptions.PlainLetter(unicode.ToLower(r)))
		default:
			flush()
		}
	}
	flush()
	return words
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
