package tagging

import "github.com/sjotbot/sjotbot/subscriptions"

// The names of the rules that make a mention an aside. They are part of the
// evidence, and of the answer to "why".
const (
	ruleFormer      = "former"
	ruleBracket     = "in brackets"
	ruleCompared    = "compared with"
	ruleOpponent    = "next opponent"
	ruleCandidates  = "one of a list"
	ruleReaction    = "opponent in a reaction"
	rulePredecessor = "point of reference"
	ruleKin         = "family"
	rulePoll        = "choice of a poll"
	ruleTown        = "where it happened"
)

// How many words a rule looks back. Between "voormalig" and its club stand a
// trade and a preposition or two; a comparison can hold a person as well.
const (
	reachFormer   = 6
	reachCompared = 7
	reachNear     = 3
)

// takeStances decides for each mention how it stands in its sentence.
func (r *reading) takeStances() {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 {
			continue
		}
		rule := r.stanceRule(m)
		if rule == "" {
			rule = r.inherited(k)
		}
		if rule != "" {
			m.stance, m.rule = aside, rule
		}
	}
}

func (r *reading) stanceRule(m *mention) string {
	s := &r.reg.subjects[m.subject]
	t := &r.tokens[m.first]
	if s.coach() || s.player() {
		return r.personStance(m, s)
	}
	switch {
	case r.offersChoice():
		return rulePoll
	case t.has(bracketed) && !r.bracketSentence(m):
		return ruleBracket
	case r.formerly(m, false):
		return ruleFormer
	case r.reaches(m, wCompares, reachCompared), m.subject != r.reg.devils && r.than(m):
		return ruleCompared // "als Rode Duivel" is what he is
	case r.reaches(m, wOpponent, 5) && !r.reaches(m, wAnd, 5):
		return ruleOpponent
	case r.reaches(m, wCandidates, 2):
		return ruleCandidates
	case s.club() && r.hostsDevils(m):
		return ruleTown
	case s.club() && r.reaction(m):
		return ruleReaction
	}
	return ""
}

func (r *reading) personStance(m *mention, s *subject) string {
	t := &r.tokens[m.first]
	switch {
	case r.offersChoice():
		return rulePoll
	case t.has(bracketed):
		return ruleBracket
	case r.kin(m):
		return ruleKin
	case r.reaches(m, wCompares, 2), r.than(m):
		return ruleCompared
	case r.formerly(m, true):
		return ruleFormer
	case s.coach() && (r.predecessor(m) || r.agent(m)):
		return rulePredecessor
	}
	return ""
}

// offersChoice reports a poll whose headline names what one may choose from: two
// clubs or two men. One alone is what the poll is about: "Moet de coach van Standard
// weg?"
func (r *reading) offersChoice() bool {
	if !r.isPoll() {
		return false
	}
	club, coach := int32(-1), int32(-1)
	for k := range r.mentions {
		m := &r.mentions[k]
		t := &r.tokens[m.first]
		if t.field != inTitle {
			continue
		}
		if m.subject < 0 {
			if t.has(capital) {
				return true // a name that is not sure enough for a tag is an answer all the same
			}
			continue
		}
		first := &coach
		if r.reg.subjects[m.subject].club() {
			first = &club
		}
		if *first >= 0 && *first != m.subject {
			return true
		}
		*first = m.subject
	}
	return false
}

// back walks from a mention towards the beginning of its clause, at most n
// words, and stops where a mark ends the clause or fn says so.
func (r *reading) back(m *mention, n int, fn func(i int, t *token) (more bool)) {
	from := r.fields[r.tokens[m.first].field].from
	gap := r.tokens[m.first].before
	for i := int(m.first) - 1; i >= from && n > 0; i, n = i-1, n-1 {
		if gap&(comma|colon|semicolon|question|dash|opens|closes|opensParen|closesParen) != 0 || gap&stop != 0 && gap&abbreviates == 0 {
			return
		}
		t := &r.tokens[i]
		if !fn(i, t) {
			return
		}
		gap = t.before
	}
}

// reaches reports a word of a class within n words before a mention.
func (r *reading) reaches(m *mention, c class, n int) bool {
	found := false
	r.back(m, n, func(_ int, t *token) bool {
		found = t.is(c)
		return !found
	})
	return found
}

// than reports a word of comparison right before the name, or with only a
// preposition or an article between.
func (r *reading) than(m *mention) bool {
	found := false
	r.back(m, 2, func(_ int, t *token) bool {
		found = t.is(wThan)
		return !found && t.is(wAt|wArticle) && !t.is(wCoach)
	})
	return found
}

// formerly reports "ex-", "oud-", "voormalig … van", "ancien … de" before a
// name. A person with only a trade between ("ex-coach Vanhaezebrouck") is
// himself the subject; with a preposition ("ancien adjoint de Leko") he is not.
func (r *reading) formerly(m *mention, person bool) bool {
	found, preposition := false, false
	r.back(m, reachFormer, func(i int, t *token) bool {
		switch {
		case i == int(m.first)-1 && t.word != 0 && (t.word == r.words.naar || t.word == r.words.vers):
			return false // where somebody goes is not where he was
		case t.is(wFormer), t.word == r.words.old && r.tokens[i+1].joined(hyphen):
			found = true
			return false
		case r.ended(int32(i)) && !r.tokens[i+1].joined(hyphen): //nolint:gosec // G115
			return false // another name: the word was about that one
		case t.is(wOfficial | wAgainst | wSays), t.is(wVerb) && !t.is(wAt|wAnd|wInside|wRole):
			return false
		}
		preposition = preposition || t.is(wAt)
		return true
	})
	return found && (!person || preposition)
}

// kin reports "de zoon van", "le fils de" before a person, or "Wilmots junior".
func (r *reading) kin(m *mention) bool {
	found := false
	r.back(m, 4, func(_ int, t *token) bool {
		found = t.is(wKin)
		return !found && t.is(wAt|wCoach|wNation|wArticle|wFormer)
	})
	return found
}

// predecessor reports that a coach is only a point on the calendar ("sinds het
// vertrek van") or the owner of a team ("les hommes de").
func (r *reading) predecessor(m *mention) bool {
	found := false
	r.back(m, 5, func(i int, t *token) bool {
		found = t.is(wPredecessor)
		return !found && (t.is(wAt|wArticle|wCoach|wNation|wBelgian) || t.classes&^(wName|wPhrase) == 0 && !t.has(capital))
	})
	return found
}

// agent reports "door Tedesco", "par Garcia": what he once did to another.
func (r *reading) agent(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.word != 0 && (ahead.word == r.words.door || ahead.word == r.words.par) && r.fieldHas(r.tokens[m.first].field, wOnce)
}

// bracketSentence reports a whole sentence or a match in brackets, which is more
// than an affiliation: "(direct, Union-Genk 1-0)".
func (r *reading) bracketSentence(m *mention) bool {
	n := 0
	for i := int(m.first); i >= r.fields[r.tokens[m.first].field].from && r.tokens[i].has(bracketed); i-- {
		n++
	}
	for i := int(m.last) + 1; i < r.fields[r.tokens[m.first].field].to && r.tokens[i].has(bracketed); i++ {
		n++
	}
	return n > 8
}

// reaction reports the opponent in a one-sided piece: a headline with somebody's
// words, in which the club stands behind "tegen" or "na … bij" and somebody else
// of ours comes first.
func (r *reading) reaction(m *mention) bool {
	t := &r.tokens[m.first]
	if t.field != inTitle || !r.speech() || t.quoted() || !r.reaches(m, wAgainst, reachNear) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first >= m.first || r.tokens[o.first].field != inTitle {
			break
		}
		if o.subject >= 0 && o.subject != m.subject {
			return true
		}
	}
	return false
}

// hostsDevils reports the town in which the national team plays: "les Diables
// jouent à Gand".
func (r *reading) hostsDevils(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || !(ahead.is(wInside) || ahead.is(wAt) && r.language == french) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject == r.reg.devils && r.reg.devils >= 0 && r.tokens[o.first].field == r.tokens[m.first].field && o.first < m.first {
			return true
		}
	}
	return false
}

// inherited gives the later members of a list the stance of the first: "passé par
// Genk, Gand et Malines".
func (r *reading) inherited(k int) string {
	if k == 0 {
		return ""
	}
	m, p := &r.mentions[k], &r.mentions[k-1]
	if p.subject < 0 || p.stance != aside || !r.listed(p, m) {
		return ""
	}
	if p.rule == ruleCompared && r.opensSentence(p) {
		return "" // "Comme Anderlecht, Charleroi réduit": the second is the subject
	}
	switch p.rule {
	case ruleFormer, ruleCompared, ruleCandidates, rulePredecessor, ruleOpponent:
		return p.rule
	}
	return ""
}

// opensSentence reports that at most one word stands before a mention in its
// sentence.
func (r *reading) opensSentence(m *mention) bool {
	if r.tokens[m.first].before.starts() {
		return true
	}
	ahead := r.ahead(m)
	return ahead != nil && ahead.before.starts()
}

// listed reports that a mention follows another in a list: only a comma, "en" or
// an article between.
func (r *reading) listed(p, m *mention) bool {
	if r.tokens[p.first].field != r.tokens[m.first].field || m.first-p.last > 4 {
		return false
	}
	joint := false
	for i := p.last + 1; i <= m.first; i++ {
		t := &r.tokens[i]
		if t.before&(semicolon|colon|opensParen|closesParen|dash) != 0 || t.before&stop != 0 && t.before&abbreviates == 0 {
			return false
		}
		joint = joint || t.before&(comma|ampersand) != 0
		if i == m.first {
			break
		}
		if t.is(wAnd) {
			joint = true
			continue
		}
		if !t.is(wArticle|wAt|wParticle|wFormer) && t.end-t.start > 2 {
			return false
		}
	}
	return joint
}

// listLength returns how many of our clubs stand in one list with mention k, and
// the first of them.
func (r *reading) listLength(k int) (n, first int) {
	first = k
	for first > 0 && r.mentions[first-1].subject >= 0 && r.listed(&r.mentions[first-1], &r.mentions[first]) {
		first--
	}
	n = 1
	for i := first; i+1 < len(r.mentions) && r.listed(&r.mentions[i], &r.mentions[i+1]); i++ {
		n++
	}
	return n, first
}

// matched reports two clubs in match notation: "Gent-Genk", "Union – Anderlecht",
// "STVV vs Genk".
func (r *reading) matched(a, b *mention) bool {
	if b.first == a.last+1 {
		return r.tokens[b.first].before&(hyphen|dash) != 0
	}
	return b.first == a.last+2 && r.tokens[a.last+1].is(wAgainst)
}

// speech reports somebody's words in the headline.
func (r *reading) speech() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].has(doubleQuoted) {
			return true
		}
	}
	return false
}

// side returns whom a mention of a club means in a text about youth or women, and
// the scope in which the club itself is then told of it.
func (r *reading) side(m *mention) (subject int32, scope subscriptions.Scope) {
	s := &r.reg.subjects[m.subject]
	if !s.senior() {
		return m.subject, subscriptions.ScopeAbout
	}
	switch {
	case r.aboutWomen():
		return s.women, subscriptions.ScopeWomen
	case r.youthAt(m), r.youthElsewhere(s, m):
		return s.youth, subscriptions.ScopeYouth
	}
	return m.subject, subscriptions.ScopeAbout
}

// aboutWomen reports a text about women's football.
func (r *reading) aboutWomen() bool {
	n := 0
	for i := range r.fields[inLead].to {
		if t := &r.tokens[i]; t.is(wWomen) {
			if t.field == inTitle {
				return true
			}
			n++
		}
	}
	return n >= 2
}

// youthAt reports a word of youth right at the club: "Genk U23", "de beloften van
// Anderlecht", "Gent-beloften".
func (r *reading) youthAt(m *mention) bool {
	if next := r.after(m); next != nil && next.is(wYouth) && next.before&(comma|stop|colon|semicolon) == 0 {
		return true
	}
	found := false
	r.back(m, 2, func(_ int, t *token) bool {
		found = t.is(wYouth)
		return !found && t.is(wAt|wArticle)
	})
	return found
}

// youthElsewhere reports that the headline says only the club's name while the
// lead names its U23 side: the headline means the side.
func (r *reading) youthElsewhere(s *subject, m *mention) bool {
	if s.youth < 0 || r.tokens[m.first].field != inTitle {
		return false
	}
	inLeadOnly := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject == s.youth {
			if r.tokens[o.first].field == inTitle {
				return false
			}
			inLeadOnly = inLeadOnly || r.tokens[o.first].field == inLead
		}
	}
	return inLeadOnly
}
