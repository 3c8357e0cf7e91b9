package clustering

import (
	"slices"
	"strings"
)

// widest is how many words may stand between the parts of a phrase.
const widest = 6

// phrase is words that mean something together. Dutch and German put the object
// between them: "legt … vast", "zet … aan de deur".
type phrase struct {
	head, tail []string
	means      concept
}

// newPhrase reads a phrase of a word file: "aan-de-deur", "zet+aan-de-deur".
func newPhrase(text string, c concept) phrase {
	head, tail, split := strings.Cut(text, "+")
	p := phrase{head: strings.Split(head, "-"), means: c}
	if split {
		p.tail = strings.Split(tail, "-")
	}
	return p
}

// split reports whether other words stand between the parts.
func (p phrase) split() bool { return len(p.tail) > 0 }

// begins reports whether folded words begin with the phrase.
func (p phrase) begins(words []string) bool {
	if !startsWith(words, p.head) {
		return false
	}
	if !p.split() {
		return true
	}
	for gap := 1; gap <= widest && len(p.head)+gap < len(words); gap++ {
		if startsWith(words[len(p.head)+gap:], p.tail) {
			return true
		}
	}
	return false
}

func startsWith(words, beginning []string) bool {
	return len(words) >= len(beginning) && slices.Equal(words[:len(beginning)], beginning)
}

// partOf reports whether one of its words is among those.
func (p phrase) partOf(words map[string]bool) bool {
	return slices.ContainsFunc(p.words(), func(w string) bool { return words[w] })
}

func (p phrase) words() []string { return slices.Concat(p.head, p.tail) }
