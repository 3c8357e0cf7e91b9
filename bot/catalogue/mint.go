package catalogue

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// A name of more words or letters than these is a sentence.
const (
	maxNameWords = 6
	maxNameRunes = 60
)

// plausible says whether words can be the full name of a person.
func plausible(words []string) error {
	if len(words) < 2 || len(words) > maxNameWords {
		return fmt.Errorf("%w: want a first name and a surname", ErrNotAName)
	}
	runes, long := 0, 0
	for _, word := range words {
		if !utf8.ValidString(word) {
			return fmt.Errorf("%w: not valid text", ErrNotAName)
		}
		letters := 0
		for _, r := range word {
			runes++
			switch {
			case unicode.IsLetter(r):
				letters++
			case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '-', r == '.':
			default:
				return fmt.Errorf("%w: %q does not belong in a name", ErrNotAName, r)
			}
		}
		if letters == 0 {
			return fmt.Errorf("%w: a word without a letter", ErrNotAName)
		}
		if letters > 1 {
			long++
		}
	}
	if long < 2 || runes > maxNameRunes {
		return fmt.Errorf("%w: want a first name and a surname", ErrNotAName)
	}
	return nil
}
