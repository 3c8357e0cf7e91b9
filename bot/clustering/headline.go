package clustering

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
)

// act is what happens to one man. A verb may leave open which: "legt vast" is said
// of a newcomer and of one who stays.
type act uint8

const (
	signing act = 1 << iota
	parting
	appointment
	extension
	harm
)

// actsOf returns the acts that a concept can stand for.
func (l lexicon) actsOf(c concept) act {
	switch c {
	case "sign", "become":
		return signing | appointment
	case "transfer", "loan", "sell", "arrive":
		return signing
	case "bind":
		return signing | extension
	case "extend":
		return extension
	case "leave":
		return signing | parting
	case "sack", "resign", "release":
		return parting
	case "appoint":
		return appointment
	}
	if l.events[c] == injury {
		return harm
	}
	return 0
}

// aside is how a headline that names an act tells something else.
type aside uint8

const (
	// denied: it did not happen.
	denied aside = 1 << iota
	// after: what was said or came of it.
	after
	// another: it happened to one more.
	another
	// unhurt: he is well.
	unhurt
)

// role is what a word does in a headline, as words/headlines.txt has it.
type role uint16

const (
	denies role = 1 << iota
	looksBack
	follows
	addsOne
	joinsMen
	joinsOne
	beforePlace
	inSurname
	deedNoun
	befalls
	isOfficial
	formerly
	untilYear
	ofToday
)

func roleNamed(name string) role {
	switch name {
	case "denied":
		return denies
	case "after":
		return looksBack
	case "follow":
		return follows
	case "another":
		return addsOne
	case "join":
		return joinsMen
	case "beside":
		return joinsOne
	case "place":
		return beforePlace
	case "particle":
		return inSurname
	case "deed":
		return deedNoun
	case "befalls":
		return befalls
	case "done":
		return isOfficial
	case "former":
		return formerly
	case "until":
		return untilYear
	case "today":
		return ofToday
	}
	return 0
}

//go:embed words/headlines.txt
var headlinesFile string

func readRoles(file string) map[string]role {
	roles := map[string]role{}
	for line := range lines(file) {
		fields := strings.Fields(line)
		for _, w := range fields[1:] {
			roles[w] |= roleNamed(fields[0])
		}
	}
	return roles
}

// does reports whether a word has a role.
func (l lexicon) does(w word, r role) bool { return l.roles[w.folded]&r != 0 }

// man is somebody in a headline.
type man struct {
	// of is whether he stands behind a word as "van" or "bij", as where somebody
	// comes from does.
	of bool
	// sure is whether it is a name, and no word that begins a sentence.
	sure bool
}

// titleOf returns the words of the headline.
func titleOf(words []word) []word {
	if i := slices.IndexFunc(words, func(w word) bool { return !w.inTitle }); i >= 0 {
		return words[:i]
	}
	return words
}

// readAct collects what the headline says is done, once its names are known.
func (l lexicon) readAct(f *features, title []word, phrased map[string]bool) {
	does := func(a act) {
		f.deeds = append(f.deeds, a)
		f.acts |= a
	}
	for c := range f.titleConcepts {
		if a := l.actsOf(c); a != 0 {
			does(a)
		}
	}
	f.told = f.acts
	if f.told == 0 {
		for c := range f.concepts {
			f.told |= l.actsOf(c)
		}
	}
	// Who is lost is hurt, if the lead says so.
	if f.titleConcepts["lose"] && len(f.scores) == 0 && slices.Contains(f.events, injury) {
		does(harm)
	}
	if f.acts&harm == 0 && l.bindsUntil(title, f.at.Year()) {
		does(signing | extension)
	}
	for i, w := range title {
		f.official = f.official || l.does(w, isOfficial)
		f.today = f.today || l.does(w, ofToday)
		if !phrased[w.folded] {
			f.aside |= l.asideAt(f, title, i)
		}
	}
}

// asideAt returns what the word at i makes of the act in the headline.
func (l lexicon) asideAt(f *features, title []word, i int) aside {
	w, next := title[i], title[i+1:]
	switch {
	case l.does(w, deedNoun) && !isUpper(w.text) && !l.reportsDeed(title, i), // in capitals it is a label
		l.does(w, formerly) && len(next) > 0 && l.isSomebody(next[0]),
		// "Na zijn ontslag" looks back on it, "na Sørensen" tells of the next man; "na
		// de nederlaag" says why.
		l.does(w, follows) && l.follows(next, i == 0),
		l.does(w, looksBack):
		return after
	case l.does(w, denies) && l.deniesHarm(next):
		return unhurt
	case l.does(w, denies):
		return denied
	case l.does(w, addsOne),
		l.does(w, joinsMen) && i > 0 && f.names[title[i-1].folded] && len(next) > 0 && next[0].capital,
		l.does(w, joinsOne) && slices.ContainsFunc(next[:min(len(next), 2)], func(n word) bool { return f.names[n.folded] }):
		return another
	}
	return 0
}

// reportsDeed reports whether an act that the headline tells by a noun is the news:
// "ontslag voor Leko", "transfer is rond". "Fans tegen ontslag", "het ontslag kost"
// take it as known.
func (l lexicon) reportsDeed(title []word, i int) bool {
	return i+1 < len(title) && l.does(title[i+1], befalls) ||
		slices.ContainsFunc(title, func(w word) bool { return l.does(w, isOfficial) })
}

// follows reports whether the words behind an "after" name an act or, where the
// headline begins so, a man.
func (l lexicon) follows(words []word, first bool) bool {
	for _, w := range words[:min(len(words), 3)] {
		if c, ok := l.lookup(w.folded); ok {
			return l.actsOf(c) != 0
		}
		if first && w.capital {
			return true
		}
	}
	return false
}

// deniesHarm reports whether the words behind a "not" are of an injury.
func (l lexicon) deniesHarm(words []word) bool {
	return slices.ContainsFunc(words[:min(len(words), 2)], func(w word) bool {
		c, ok := l.lookup(w.folded)
		return ok && c == "injury"
	})
}

// bindsUntil reports whether a headline names the year to which somebody is bound.
func (l lexicon) bindsUntil(title []word, now int) bool {
	for i, w := range title {
		if year, err := strconv.Atoi(w.folded); err == nil && i > 0 && l.does(title[i-1], untilYear) && year > now && year < now+10 {
			return true
		}
	}
	return false
}

// isSomebody reports whether a word is a name or a trade.
func (l lexicon) isSomebody(w word) bool {
	c, ok := l.lookup(w.folded)
	return w.capital || ok && c == "coach"
}

// readMan notes the name words[first:last+1], with the first names before it.
func (l lexicon) readMan(f *features, words []word, first, last int) {
	name := l.exonym(words[last].folded)
	for _, w := range words[first:last] {
		// "Coach Simons" is no first name.
		if _, known := l.lookup(w.folded); !known {
			f.given[name] = append(f.given[name], w.folded)
		}
	}
	// "Kevin De Bruyne", "Zakaria El Ouahdi"
	before := first
	for before > 0 && words[before].joined && l.does(words[before-1], inSurname) {
		before--
	}
	if before < first && before > 0 && words[before].joined && l.canBeName(words[before-1], nil) {
		before--
		f.given[name] = append(f.given[name], words[before].folded)
	} else {
		before = first // "spits van Ajax"
	}
	// German writes every noun with a capital.
	if !words[first].inTitle || f.article.Language == "de" {
		return
	}
	sure := last > first || !words[first].start || last+1 < len(words) && l.hasSubject(words[last+1])
	f.meet(name, man{of: before > 0 && l.does(words[before-1], beforePlace), sure: sure})
}

// hasSubject reports whether what stands before a word is somebody.
func (l lexicon) hasSubject(w word) bool {
	if l.does(w, joinsMen) {
		return true
	}
	c, ok := l.lookup(w.folded)
	return ok && !w.capital && !w.start && l.actsOf(c) != 0
}

// meet notes somebody in the headline, at his best.
func (f *features) meet(name string, m man) {
	if known, ok := f.men[name]; ok {
		m.of, m.sure = m.of && known.of, m.sure || known.sure
	}
	f.men[name] = m
}

// readCoaches notes the coaches whom the headline names: they are known by their
// topics, so that a surname is enough.
func (l lexicon) readCoaches(f *features, title []word) {
	for _, t := range f.about {
		if t.Type() != "coach" {
			continue
		}
		names := strings.Split(t.ID(), "-")
		surname := names[len(names)-1]
		f.given[surname] = append(f.given[surname], names[:len(names)-1]...)
		for i, w := range title {
			if w.folded != surname {
				continue
			}
			before := i
			for before > 0 && slices.Contains(names, title[before-1].folded) {
				before--
			}
			f.meet(surname, man{of: before > 0 && l.does(title[before-1], beforePlace), sure: true})
		}
	}
}
