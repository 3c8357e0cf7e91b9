package clustering

import (
	_ "embed"
	"iter"
	"strings"
)

// concept is what a word means, in any language.
type concept string

// nothing is the concept of phrases that are no more than their words' other use.
const nothing = "-"

// event is a sort of thing that happens, as words/meanings.txt names them. Two
// articles about one player on one day tell the same story only if they tell of the
// same sort of event.
type event string

// The events that have rules of their own.
const (
	transfer event = "transfer"
	injury   event = "injury"
	comeback event = "comeback"
	match    event = "match"
	preview  event = "preview"
	draw     event = "draw"
	ban      event = "suspension"
)

// lexicon is what the words of the four languages mean for comparing stories. It
// never changes after newLexicon.
type lexicon struct {
	words    map[string]concept  // folded words
	phrases  map[string][]phrase // by their first word
	prefixes map[string]concept  // folded beginnings, of five letters or more
	events   map[concept]event
	function map[string]bool   // words that say nothing
	common   map[string]bool   // capital words that are no protagonists
	exonyms  map[string]string // other languages' names of places and countries
	nations  map[string]bool   // what people are called by their country
	roles    map[string]role   // what words do in a headline
}

// The word lists are files, so that a fan can add to them.
//
//go:embed words/meanings.txt
var meaningsFile string

//go:embed words/function.txt
var functionFile string

//go:embed words/common.txt
var commonFile string

//go:embed words/places.txt
var placesFile string

//go:embed words/nations.txt
var nationsFile string

// lines yields the lines of a word list that are no remarks.
func lines(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(file) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// fromCountry begins the concepts of words/nations.txt.
const fromCountry = "from "

// newLexicon reads the word lists.
func newLexicon() lexicon {
	l := lexicon{
		words: map[string]concept{}, phrases: map[string][]phrase{}, prefixes: map[string]concept{}, events: map[concept]event{},
		function: wordSet(functionFile), common: wordSet(commonFile), exonyms: map[string]string{},
		nations: map[string]bool{}, roles: readRoles(headlinesFile),
	}
	for line := range lines(meaningsFile) {
		fields := strings.Fields(line)
		c := concept(fields[0])
		if fields[1] != "-" {
			l.events[c] = event(fields[1])
		}
		for _, w := range fields[2:] {
			l.learn(w, c)
		}
	}
	for line := range lines(placesFile) {
		names := strings.Fields(line)
		for _, name := range names {
			l.exonyms[name] = names[0]
		}
	}
	for line := range lines(nationsFile) {
		names := strings.Fields(line)
		for _, name := range names {
			l.nations[name] = true
			l.learn(name, concept(fromCountry+names[0]))
		}
	}
	return l
}

// learn adds a word, a beginning or a phrase. The first meaning of a word counts.
func (l lexicon) learn(w string, c concept) {
	stem, isPrefix := strings.CutSuffix(w, "*")
	switch {
	case isPrefix:
		l.prefixes[stem] = c
	case strings.ContainsAny(w, "-+"):
		p := newPhrase(w, c)
		l.phrases[p.head[0]] = append(l.phrases[p.head[0]], p)
		return
	}
	if _, ok := l.words[stem]; !ok {
		l.words[stem] = c
	}
}

// lookup returns what a folded word means. Dutch and German compounds are known
// by their last part: "knieblessure" is an injury.
func (l lexicon) lookup(folded string) (concept, bool) {
	if c, ok := l.words[folded]; ok {
		return c, true
	}
	for n := min(len(folded)-1, 12); n >= 5; n-- {
		if c, ok := l.prefixes[folded[:n]]; ok {
			return c, true
		}
	}
	for n := 3; n <= len(folded)-5; n++ {
		if c, ok := l.words[folded[n:]]; ok {
			return c, true
		}
	}
	return "", false
}

// exonym returns the one name under which a place is compared.
func (l lexicon) exonym(folded string) string {
	if name, ok := l.exonyms[folded]; ok {
		return name
	}
	return folded
}

func wordSet(file string) map[string]bool {
	set := map[string]bool{}
	for line := range lines(file) {
		for _, w := range strings.Fields(line) {
			set[w] = true
		}
	}
	return set
}
