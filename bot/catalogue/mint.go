package catalogue

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// ErrNotAName is what [Catalogue.Mint] answers to something that cannot be the
// full name of a coach.
var ErrNotAName = errors.New("not a full name")

// ErrTaken is the [ErrNotAName] for a name that the catalogue knows as that of a
// club, a player or anything else that is no coach.
var ErrTaken = fmt.Errorf("%w of a coach", ErrNotAName)

// Mint makes an entry of a coach whom the catalogue does not know, from his full
// name. One whom it knows by that name is returned as he stands. Under a name that
// tags and is not a coach's nobody can be added: neither would be found in a text. With [ErrTaken]
// comes an entry that holds nothing but the topic that his own would have.
func (c *Catalogue) Mint(fullName string) (Entry, error) {
	words := strings.Fields(fullName)
	if err := plausible(words); err != nil {
		return Entry{}, err
	}
	fullName = strings.Join(words, " ")
	topic := subscriptions.Topic("coach/" + slug(fullName))
	if isRoleID(topic) {
		return Entry{}, fmt.Errorf("%w: it begins with %q", ErrNotAName, words[0])
	}
	if by, ok := c.bearers.of(fullName); ok {
		if !by.coach {
			return Entry{Topic: topic}, fmt.Errorf("%w: %q is a name of %s", ErrTaken, fullName, by.topic)
		}
		topic = by.topic
	}
	if e, ok := c.Entry(topic); ok {
		return e, nil
	}
	if by, ok := c.bearers.clubAtHead(words); ok {
		return Entry{}, fmt.Errorf("%w: %q begins with a name of %s", ErrNotAName, fullName, by.topic)
	}
	return Entry{
		Topic: topic, Label: map[string]string{"nl": fullName}, Minted: true,
		Names: []Name{
			{Text: fullName, Safety: Safe, Part: PartFull},
			{Text: strings.Join(words[1:], " "), Safety: Weak, Part: PartSurname},
		},
	}, nil
}

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
