package tagging

import (
	"slices"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Tagger says what articles are about. It is pure: no I/O, no clock. It is safe
// for use by many goroutines.
type Tagger struct {
	lex     *lexicon
	reg     *register
	sources map[string]source
	links   *links
	words   *vocabulary
	pool    sync.Pool // of *reading
}

// New builds a Tagger for a catalogue. It takes some milliseconds: keep it, and
// make a new one when the catalogue changes.
func New(c *catalogue.Catalogue) *Tagger {
	// The word files are part of the program: a test fails when one is broken. Of a
	// broken file what was read before the break still counts.
	lex, decoys, _ := newLexicon()
	sources, _ := readSources()
	t := &Tagger{
		lex: lex, reg: newRegister(c, lex, decoys), sources: sources,
		links: newLinks(), words: newVocabulary(lex),
	}
	t.pool.New = func() any { return new(reading) }
	return t
}

// Tag says what an item is about, of which kind it is, and why.
func (t *Tagger) Tag(it Item) Result {
	r, _ := t.pool.Get().(*reading)
	defer t.pool.Put(r)
	r.reset(t, &it)
	r.read()
	r.decideSport()
	r.resolve()
	r.judge()
	return Result{
		Tags:     r.tags(),
		Kind:     r.kind,
		Result:   r.givesAway(),
		Football: r.football(),
		Players:  r.players(),
	}
}

// reading is the work on one item. It is reused.
type reading struct {
	*Tagger
	item     *Item
	source   source
	at       time.Time
	language language
	path     string

	tokens        []token
	fields        [3]struct{ from, to int } // tokens of each field
	mentions      []mention
	excepted      []excepted
	standing      []int32 // by token: the mention in which it stands plus one, 0 for none
	heard         []heard
	stretch       []live
	scores        []score
	minted        []mint
	caseless      bool   // the headline is written without capitals
	stamp         class  // of the words in front of the headline: "BREAKING: …"
	headline      string // the headline without what a site writes behind it
	footballLabel bool   // and they say football: "Jupiler Pro League: …"

	sport   sport
	kind    subscriptions.Kind // from when the stances are taken
	verdict []verdict
	slot    []int32 // by subject: its verdict plus one, 0 for none
}

// excepted are tokens that do not have some classes, because of the phrase they stand in.
type excepted struct {
	from, to int
	classes  class
}

func (r *reading) reset(t *Tagger, it *Item) {
	r.Tagger, r.item = t, it
	r.tokens, r.mentions, r.heard, r.scores, r.minted = r.tokens[:0], r.mentions[:0], r.heard[:0], r.scores[:0], r.minted[:0]
	r.excepted = r.excepted[:0]
	r.sport, r.kind, r.stamp, r.footballLabel = sport{}, "", 0, false
	for _, v := range r.verdict {
		if v.subject >= 0 {
			r.slot[v.subject] = 0
		}
	}
	r.verdict = r.verdict[:0]
	if len(r.slot) < len(t.reg.subjects) {
		r.slot = make([]int32, len(t.reg.subjects))
	}
	r.source = t.sourceOf(it)
	if it.Quotes != "" {
		r.source.quotes = it.Quotes
	}
	r.at = it.Published
	if r.at.IsZero() {
		r.at = t.reg.asOf
	}
	_, r.path = splitURL(it.URL)
}

// text returns a field as it was given.
func (r *reading) text(f field) string {
	switch f {
	case inTitle:
		return r.item.Title
	case inLead:
		return r.item.Lead
	case inBody:
	}
	return r.item.Body
}

// read cuts the item into words, and finds phrases and names in one pass.
func (r *reading) read() {
	r.language = languageOf(r.item.Language)
	if r.language == anyLanguage {
		r.language = r.guessLanguage()
	}
	s := scanner{lex: r.lex, language: r.language, tokens: r.tokens}
	r.headline = r.item.Title
	s.scan(inTitle, r.headline, 0, r.links.inlineEnd(r.headline[:min(len(r.headline), maxTitle)]), begins)
	s.tokens = r.unlabelled(s.tokens)
	r.fields[inTitle].to = len(s.tokens)
	for f, limit := range [...]int{inLead: maxLead, inBody: maxBody} {
		if field(f) == inTitle {
			continue
		}
		r.fields[f].from = len(s.tokens)
		r.stretch = r.links.cut(r.stretch[:0], r.text(field(f)), limit)
		before := begins
		for _, l := range r.stretch {
			s.scan(field(f), r.text(field(f)), l.from, l.to, before)
			before = begins | stop | space // a line ends a sentence
		}
		s.tokens = append(s.tokens[:r.fields[f].from], r.unwrapped(r.unrepeated(field(f), s.tokens[r.fields[f].from:]))...)
		r.fields[f].to = len(s.tokens)
	}
	r.tokens = s.tokens
	r.caseless = r.withoutCapitals()
	r.find()
}

// withoutCapitals reports a headline that was rebuilt from an address, or typed in haste:
// three words or more, and no capital.
func (r *reading) withoutCapitals() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].has(capital) {
			return false
		}
	}
	return f.to-f.from >= 3
}

// maxMentions is how many names of an item are looked at. Rules compare names
// with one another, so a text that is nothing but names would cost the square.
const maxMentions = 400

// find runs once over the tokens: phrases of the language, names, scores.
func (r *reading) find() {
	for i := 0; i < len(r.tokens); i++ {
		t := &r.tokens[i]
		if t.classes&wPhrase != 0 {
			r.lex.phrases.each(r.tokens[i:r.fields[t.field].to], func(p int32, n int) {
				// A phrase counts at its last word, so that what it says of a name
				// stands right before the name: "passé par", "sinds het vertrek van".
				r.tokens[i+n-1].classes |= r.lex.meanings[p].senses.in(r.language)
				if not := r.lex.meanings[p].except.in(r.language); not != 0 {
					r.excepted = append(r.excepted, excepted{i, i + n, not})
				}
			})
		}
	}
	for _, e := range r.excepted {
		for i := e.from; i < e.to; i++ {
			r.tokens[i].classes &^= e.classes
		}
	}
	for i := 0; i < len(r.tokens); i++ {
		t := &r.tokens[i]
		if t.has(number) {
			r.findScore(i)
		}
		if t.classes&wName == 0 || len(r.mentions) == maxMentions {
			continue
		}
		p, n := r.longestName(i)
		if n > 0 && r.premises(i) {
			i += n - 1
			continue
		}
		if n == 0 || n == 1 && r.surname(i, p) || n > 1 && (t.is(wArticle) || r.tokens[i+1].joined(apostrophe)) && r.longerAt(i+1, i+n) {
			continue
		}
		if at := r.reg.names[p].capitalAt; at >= 0 && !r.tokens[i+at].has(capital) && !r.adjective(i, n) && !(r.caseless && r.reg.names[p].rare()) {
			continue
		}
		r.mentions = append(r.mentions, mention{first: int32(i), last: int32(i + n - 1), name: p, subject: -1}) //nolint:gosec // G115
		i += n - 1
	}
	r.standing = slices.Grow(r.standing[:0], len(r.tokens))[:len(r.tokens)]
	clear(r.standing)
	for k := range r.mentions {
		r.unquoteName(&r.mentions[k])
		for i := r.mentions[k].first; i <= r.mentions[k].last; i++ {
			r.standing[i] = int32(k) + 1 //nolint:gosec // G115
		}
	}
}

// premises reports a name behind the word for a place where one eats, sleeps, learns or prays: "Café 't Kuipje", "Frituur Leko". It is
// called so, after whom or what the text will not say.
func (r *reading) premises(i int) bool {
	t := &r.tokens[i]
	return t.before&^apostrophe == space && i > r.fields[t.field].from && r.tokens[i-1].among(r.words.premises)
}

// unquoteName takes quotation marks off a name that stands in them alone: "« Blauw & Zwart » renverse la Gantoise" lets nobody
// speak.
func (r *reading) unquoteName(m *mention) {
	i, end := int(m.first), int(m.last)+1
	if r.tokens[i].before&opens == 0 || !r.tokens[i].has(doubleQuoted) || end < r.fields[r.tokens[i].field].to && r.tokens[end].has(doubleQuoted) {
		return
	}
	for ; i < end; i++ {
		r.tokens[i].shape &^= doubleQuoted
	}
}

// longestName returns the longest name that begins at a token and how many words it has. A look-alike that ends in a
// preposition does not hold before a coach: "le Patro de Stijnen" is no youth movement.
func (r *reading) longestName(i int) (name int32, words int) {
	end := r.fields[r.tokens[i].field].to
	name, words = r.reg.trie.longest(r.tokens[i:end])
	if words > 1 && r.reg.names[name].decoy == otherBearer && r.tokens[i+words-1].is(wAt) {
		if p, n := r.reg.trie.longest(r.tokens[i+words : end]); n > 0 && r.reg.coachName(p) {
			return r.reg.trie.longest(r.tokens[i : i+words-1])
		}
	}
	return name, words
}

// mentionAt returns the mention in which a token stands, nil for none.
func (r *reading) mentionAt(token int32) *mention {
	if token < 0 || int(token) >= len(r.standing) || r.standing[token] == 0 {
		return nil
	}
	return &r.mentions[r.standing[token]-1]
}

// number returns the place of a mention among the others.
func (r *reading) number(m *mention) int { return int(r.standing[m.first]) - 1 }

// adjective reports a French people's name behind a trade of football or what a club has or does, where it is
// written small: "le gardien gantois", "le banc anversois", "la débâcle carolo".
func (r *reading) adjective(i, n int) bool {
	if r.tokens[i].among(r.words.regions) {
		return false // "l'attaquant limbourgeois": where he is from
	}
	return r.language == french && n == 1 && i > r.fields[r.tokens[i].field].from &&
		r.tokens[i].before&^space == 0 && (r.tokens[i-1].is(wRole|wCoach) || r.tokens[i-1].among(r.words.belongings) || r.tokens[i-1].among(r.words.deeds))
}

// longerAt reports a name that begins at a token and goes on beyond another: in
// "le Cercle d'histoire" the decoy behind the article counts, not "le Cercle".
func (r *reading) longerAt(i, end int) bool {
	_, n := r.reg.trie.longest(r.tokens[i:r.fields[r.tokens[i].field].to])
	return n > 0 && i+n > end
}

// guessLanguage counts function words of the title and the beginning of the lead.
func (r *reading) guessLanguage() language {
	s := scanner{lex: r.lex, language: anyLanguage, tokens: r.tokens}
	s.scan(inTitle, r.item.Title, 0, min(len(r.item.Title), maxTitle), begins)
	s.scan(inLead, r.item.Lead, 0, min(len(r.item.Lead), maxTitle), begins)
	var count [languages]int
	for i := range s.tokens {
		w := &r.lex.words[s.tokens[i].word]
		for l := dutch; l < languages; l++ {
			if w.senses[l]&(wArticle|wAt|wAnd|wInside) != 0 {
				count[l]++
			}
		}
	}
	r.tokens = s.tokens[:0]
	best := dutch
	for l := french; l < languages; l++ {
		if count[l] > count[best] {
			best = l
		}
	}
	return best
}

// evidence makes the record of why a tag was given.
func (r *reading) evidence(m *mention, rule string) subscriptions.Evidence {
	first, last := &r.tokens[m.first], &r.tokens[m.last]
	text := r.text(first.field)
	return subscriptions.Evidence{
		Field: first.field.String(), Text: text[first.start:last.end], Start: int(first.start), Rule: rule,
	}
}
