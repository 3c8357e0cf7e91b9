package clustering

import (
	"cmp"
	"hash/fnv"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// features is what an article says, in a form that can be compared.
type features struct {
	article subscriptions.Article
	at      time.Time
	// title is the folded headline.
	title string
	about []subscriptions.Topic
	// stems are the hashed content words of headline and lead, titleStems those
	// of the headline, both sorted.
	stems, titleStems []uint32
	// own are the hashed words that name clubs, and what else it is about.
	own map[uint32]bool
	// lower are the words that stand somewhere without a capital.
	lower map[string]bool
	// titleConcepts are the concepts of the headline.
	titleConcepts map[concept]bool
	// names are people and foreign clubs, by last name. Those of the headline
	// come in titleNames too. Words that may be capital only because a sentence
	// begins there are in starts and titleStarts.
	names, titleNames, starts, titleStarts map[string]bool
	// concepts are what the words mean, in any language.
	concepts map[concept]bool
	// events are the sorts of event, heaviest first.
	events []event
	// acts are all that the headline can say is done, deeds the same for each
	// word, and aside is how it tells something else.
	acts  act
	deeds []act
	// told are the acts of the headline or, where it tells none, of the lead.
	told  act
	aside aside
	// official is whether the headline says that it is, today whether it is of its day
	// alone.
	official, today bool
	// men are whom the headline names, by last name, and given the first names of
	// everybody in the text.
	men                      map[string]man
	given                    map[string][]string
	scores, amounts, numbers map[string]bool
	// scoreInTitle and eventInTitle are whether the headline has a result, and
	// whether it has any sort of event.
	scoreInTitle, eventInTitle bool
	// arrived is when we had it, for forgetting.
	arrived time.Time
	// postedUnder are the keys of the index that lead to it.
	postedUnder []key
}

// allNames yields every name, those in doubt included.
func (f *features) allNames() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, names := range []map[string]bool{f.names, f.starts} {
			for name := range names {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// word is one word of a text.
type word struct {
	text, folded string
	capital      bool
	start        bool // at the start of a sentence
	inTitle      bool
	joined       bool // follows the previous word with a space only
}

// maxWords bounds what is read of an article.
const maxWords = 220

// read extracts the features of an article.
func (l lexicon) read(a subscriptions.Article) *features {
	f := &features{
		article: a, at: a.Published, title: foldText(a.Title),
		names: map[string]bool{}, titleNames: map[string]bool{}, starts: map[string]bool{}, titleStarts: map[string]bool{},
		lower: map[string]bool{}, own: map[uint32]bool{}, concepts: map[concept]bool{}, titleConcepts: map[concept]bool{},
		men: map[string]man{}, given: map[string][]string{}, scores: map[string]bool{}, amounts: map[string]bool{}, numbers: map[string]bool{},
	}
	if f.at.IsZero() {
		f.at = a.Seen
	}
	f.arrived = f.at
	if a.Seen.After(f.at) {
		f.arrived = a.Seen
	}
	own := map[string]bool{} // words that name a topic
	for _, t := range a.Tags {
		if t.Level == subscriptions.About {
			f.about = append(f.about, t.Topic)
		}
		for _, part := range strings.Split(t.Topic.ID(), "-") {
			own[part] = true
		}
		if t.Topic.Type() == "team" {
			// A national team is known by its players, and they are names. What it is
			// called itself stands in words/common.txt.
			continue
		}
		for _, e := range t.Evidence {
			for _, w := range splitWords(e.Text, false) {
				own[w.folded] = true
			}
		}
	}
	words := append(splitWords(a.Title, true), splitWords(a.Lead, false)...)
	words = words[:min(len(words), maxWords)]
	phrased := l.readWords(f, words, own)
	l.readNames(f, words, own)
	l.readCoaches(f, titleOf(words))
	l.readAct(f, titleOf(words), phrased)
	readNumbers(f, a.Title)
	f.scoreInTitle = len(f.scores) > 0
	readNumbers(f, a.Lead)
	return f
}

// readWords collects content words, concepts and events. It returns the words that
// mean nothing by themselves.
func (l lexicon) readWords(f *features, words []word, own map[string]bool) map[string]bool {
	weight := map[event]int{}
	phrased := l.readPhrases(f, weight)
	for _, w := range words {
		if !w.capital {
			f.lower[w.folded] = true
		}
		if l.function[w.folded] {
			continue
		}
		s := hash(stem(w.folded))
		f.stems = append(f.stems, s)
		if w.inTitle {
			f.titleStems = append(f.titleStems, s)
		}
		if own[w.folded] || l.common[w.folded] {
			f.own[s] = true
		}
		if c, ok := l.lookup(w.folded); ok && !own[w.folded] && !phrased[w.folded] {
			l.note(f, c, w.inTitle, weight)
		}
	}
	f.stems, f.titleStems = sorted(f.stems), sorted(f.titleStems)
	for e := range weight {
		f.events = append(f.events, e)
	}
	slices.SortFunc(f.events, func(a, b event) int {
		return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b))
	})
	return phrased
}

// readPhrases collects the concepts that take several words, and returns those
// words, which mean nothing by themselves.
func (l lexicon) readPhrases(f *features, weight map[event]int) map[string]bool {
	phrased := map[string]bool{}
	for i, text := range []string{f.title, foldText(f.article.Lead)} {
		words := strings.Fields(text)
		words = words[:min(len(words), maxWords)]
		// "Legt langer vast" is one phrase, and not "legt … vast" too.
		for _, split := range []bool{false, true} {
			for j, w := range words {
				for _, p := range l.phrases[w] {
					if p.split() != split || !p.begins(words[j:]) || split && p.partOf(phrased) {
						continue
					}
					l.note(f, p.means, i == 0, weight)
					for _, w := range p.words() {
						phrased[w] = true
					}
				}
			}
		}
	}
	return phrased
}

// note records a concept, the first time in headline or lead. An event of the
// headline weighs three times one of the lead.
func (l lexicon) note(f *features, c concept, inTitle bool, weight map[event]int) {
	if c == nothing {
		return
	}
	e := l.events[c]
	if !f.concepts[c] && e != "" {
		weight[e]++
	}
	if inTitle && !f.titleConcepts[c] && e != "" {
		weight[e] += 2
		f.eventInTitle = true
	}
	f.concepts[c] = true
	if inTitle {
		f.titleConcepts[c] = true
	}
}

func sorted(hashes []uint32) []uint32 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// readNames collects the names: runs of capital words, kept by the last.
func (l lexicon) readNames(f *features, words []word, own map[string]bool) {
	for i := 0; i < len(words); i++ {
		if !l.canBeName(words[i], own) {
			continue
		}
		last := i
		for last+1 < len(words) && words[last+1].joined && l.canBeName(words[last+1], own) {
			last++
		}
		name := l.exonym(words[last].folded)
		switch {
		case last > i || !words[i].start:
			f.names[name] = true
			// German writes every noun with a capital: its headlines tell no names.
			if words[i].inTitle && f.article.Language != "de" {
				f.titleNames[name] = true
			}
		default:
			f.starts[name] = true
			if words[i].inTitle && f.article.Language != "de" {
				f.titleStarts[name] = true
			}
		}
		l.readMan(f, words, i, last)
		i = last
	}
	for name := range f.starts {
		if f.names[name] {
			delete(f.starts, name)
		}
	}
}

func (l lexicon) canBeName(w word, own map[string]bool) bool {
	if !w.capital || own[w.folded] || l.function[w.folded] || l.common[w.folded] || l.nations[w.folded] || len(w.folded) < 3 {
		return false
	}
	_, known := l.lookup(w.folded)
	return !known || !w.start && !isUpper(w.text)
}

func isUpper(s string) bool { return strings.ToUpper(s) == s }

// splitWords cuts a text into words. French elisions part: "d'Anderlecht" is two.
func splitWords(text string, title bool) []word {
	var words []word
	end := -1 // behind the previous word
	emit := func(from, to int) {
		between := "."
		if end >= 0 {
			between = text[end:from]
		}
		first, _ := utf8.DecodeRuneInString(text[from:])
		words = append(words, word{
			text: text[from:to], folded: foldText(text[from:to]), inTitle: title, capital: unicode.IsUpper(first),
			start: strings.ContainsAny(between, ".!?:\"“”«‘\n|…"), joined: between == " " || between == "-",
		})
		end = to
	}
	from := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		switch {
		case inside && from < 0:
			from = i
		case !inside && from >= 0:
			emit(from, i)
			from = -1
		}
	}
	if from >= 0 {
		emit(from, len(text))
	}
	return words
}

// foldText returns letters and digits only, lower case and without accents, with
// single spaces.
func foldText(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	write := func(r rune) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			space = space || b.Len() > 0 && !unicode.Is(unicode.Mn, r)
			return
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	for _, r := range s {
		if r < utf8.RuneSelf {
			write(r)
			continue
		}
		for _, part := range norm.NFKD.String(string(r)) {
			write(part)
		}
	}
	return b.String()
}

// stem cuts a folded word to what its forms share: Dutch, French and German all
// inflect at the end.
func stem(folded string) string {
	n := 0
	for i := range folded {
		if n++; n > 6 {
			return folded[:i]
		}
	}
	return folded
}

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}
