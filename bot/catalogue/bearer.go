package catalogue

import (
	"strings"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// bearer is who goes by a name that tags. A name that two go by means neither,
// for everybody of the installation: so nobody may be added under one.
type bearer struct {
	topic subscriptions.Topic
	coach bool // it is the full name of a coach, who is whom one adds
}

// bearers are those of a catalogue, by the key of the name.
type bearers map[string]bearer

func bearersOf(entries []Entry) bearers {
	b := bearers{}
	for _, e := range entries {
		b.add(e)
	}
	return b
}

// add enters the names of an entry and of its squad. That of a coach goes first: a
// coach may have been a player of the squad.
func (b bearers) add(e Entry) {
	for _, n := range e.Names {
		coach := n.Part == PartFull && e.Topic.Type() == "coach"
		b.enter(n, bearer{e.Topic, coach})
	}
	for _, p := range e.Squad {
		for _, n := range p.Names {
			b.enter(n, bearer{topic: e.Topic})
		}
	}
}

func (b bearers) enter(n Name, by bearer) {
	key := bearerKey(n.Text)
	if n.Safety == Weak || key == "" || b[key].coach {
		return
	}
	b[key] = by
}

// of returns who goes by a name.
func (b bearers) of(text string) (bearer, bool) {
	by, ok := b[bearerKey(text)]
	return by, ok
}

// clubAtHead returns the club whose name the first words are: "Genk Wint" would take the headlines
// that begin so, and nobody is called Genk.
func (b bearers) clubAtHead(words []string) (bearer, bool) {
	for n := 1; n < len(words); n++ {
		if by, ok := b.of(strings.Join(words[:n], " ")); ok && by.topic.Type() == "club" {
			return by, true
		}
	}
	return bearer{}, false
}

// haveOneOf says that somebody goes by one of the names that tag among these.
func (b bearers) haveOneOf(names []Name) bool {
	for _, n := range names {
		if _, taken := b.of(n.Text); taken && n.Safety != Weak {
			return true
		}
	}
	return false
}

// bearerKey is the form in which two names would be read as one in a text. Reading
// passes over letters that have no plain form ("þ"), which would else make another
// name of the same letters; a name that has no others is compared as it is.
func bearerKey(text string) string {
	key := joined(fold(text))
	plain := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		return -1
	}, key)
	return firstOf(plain, key)
}
