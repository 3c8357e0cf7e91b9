package tagging

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// foldLimit is where the table of single runes ends: Latin with all accents that
// Dutch, French, German and the Balkan surnames of coaches use.
const foldLimit = 0x250

// folds maps a rune below foldLimit to what it is compared as: its letters in
// lower case without accents, at most two ("œ" is "oe"). A zero means that the
// rune is not part of a word. It is built once for each Tagger: folding by this
// table is ten times as fast as a transform and allocates nothing.
type folds [foldLimit][2]byte

func newFolds() *folds {
	f := new(folds)
	for r := rune(0); r < foldLimit; r++ {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		n := 0
		for _, plain := range norm.NFKD.String(subscriptions.PlainLetter(unicode.ToLower(r))) {
			if plain < utf8.RuneSelf && (unicode.IsLetter(plain) || unicode.IsDigit(plain)) && n < len(f[r]) {
				f[r][n] = byte(plain)
				n++
			}
		}
	}
	return f
}

// invisible reports runes that stand inside words without being part of them:
// combining accents (decomposed text), soft hyphens, zero-width and direction
// marks.
func invisible(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r == 0xad || r >= 0x200b && r <= 0x200f ||
		r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff
}

// word folds a whole string that is one word; other runes are dropped. It is
// for building tables; text is folded by the scanner as it goes.
func (f *folds) word(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = f.append(out, r)
	}
	return string(out)
}

// append adds the folded form of one rune of a word.
func (f *folds) append(dst []byte, r rune) []byte {
	if r >= foldLimit {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return utf8.AppendRune(dst, unicode.ToLower(r))
		}
		return dst
	}
	p := f[r]
	if p[0] != 0 {
		dst = append(dst, p[0])
		if p[1] != 0 {
			dst = append(dst, p[1])
		}
	}
	return dst
}
