package tagging

import (
	"slices"
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

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
	ruleCalledUp    = "club of who was called up"
	ruleQuoted      = "named by who speaks"
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
	case r.offersChoice() && m.subject != r.reg.devils:
		return rulePoll
	case t.has(bracketed) && !r.bracketSentence(m) && !r.behindItsCoach(m) && !r.speakersClub(m):
		return ruleBracket
	case r.formerly(m, false), s.club() && r.identifies(m):
		return ruleFormer
	case s.club() && (r.pastOfCoach(m) || r.lastOpponent(m)):
		return ruleFormer
	case r.compared(m), m.subject != r.reg.devils && r.than(m):
		return ruleCompared // "als Rode Duivel" is what he is
	case r.reaches(m, wOpponent, 5) && !r.reaches(m, wAnd, 5):
		return ruleOpponent
	case r.reaches(m, wCandidates, 2):
		return ruleCandidates
	case s.club() && r.hostsDevils(m):
		return ruleTown
	case s.club() && r.reaction(m):
		return ruleReaction
	case s.club() && r.watched(m):
		return ruleTown
	case s.club() && r.awayGround(m):
		return ruleTown
	case s.club() && r.calledUp(m):
		return ruleCalledUp
	case s.club() && r.onlyQuoted(m):
		return ruleQuoted
	case s.club() && r.onlyGround(m) && (s.youth >= 0 && r.named(s.youth, nil) || s.women >= 0 && r.named(s.women, nil)):
		return ruleTown
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
	case s.coach() && t.field == inTitle && r.titleHas(wHedge|wCandidates) && r.coachesListed(m) >= 3:
		return ruleCandidates
	case s.coach() && (r.predecessor(m) && !r.ownTeam(m, s) && !(t.field == inTitle && s.tenure(r.at) == devilsTopic) || r.agent(m)):
		return rulePredecessor
	}
	return ""
}

// coachesListed counts the coaches of the list in which a mention stands.
func (r *reading) coachesListed(m *mention) (n int) {
	at := -1
	for k := range r.mentions {
		if &r.mentions[k] == m {
			at = k
		}
	}
	n, first := r.listLength(at)
	for k := first; k < first+n; k++ {
		if o := &r.mentions[k]; o.subject < 0 || !r.reg.subjects[o.subject].coach() {
			return 0
		}
	}
	return n
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

// compared reports a word of comparison before a mention, with no other name between.
func (r *reading) compared(m *mention) bool {
	found := false
	r.back(m, reachCompared, func(i int, t *token) bool {
		found = t.is(wCompares)
		return !found && !r.ended(int32(i)) //nolint:gosec // G115
	})
	return found
}

// than reports a word of comparison right before the name, or with only a
// preposition or an article between.
func (r *reading) than(m *mention) bool {
	found := false
	r.back(m, 2, func(i int, t *token) bool {
		// "Als Anderlecht wint": at the beginning it is an if.
		// And "niemand minder dan" compares with nobody.
		found = t.is(wThan) && !(t.word == r.words.als && t.before.starts()) && !(i > 0 && r.tokens[i-1].word == r.words.minder)
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
			// "tegen ex-club STVV": his old club, and the opponent of the day
			found = preposition || !r.tokens[max(i-1, 0)].is(wAgainst) && !r.tokens[max(i-2, 0)].is(wAgainst)
			return false
		case r.ended(int32(i)) && !r.tokens[i+1].joined(hyphen): //nolint:gosec // G115
			return false // another name: the word was about that one
		case t.is(wParticle):
		case t.is(wOfficial | wAgainst | wSays), t.is(wVerb) && !t.is(wAt|wAnd|wInside|wRole):
			return false
		}
		preposition = preposition || t.is(wAt)
		return true
	})
	return found && (!person || preposition)
}

// identifies reports "Antwerp-icoon Goots", "Genk-fan Brecel": the club only says who
// somebody is; "Antwerp-verleden" says where he was.
func (r *reading) identifies(m *mention) bool {
	next := r.after(m)
	if next == nil || !next.joined(hyphen) || !next.is(wIdentity) {
		return false
	}
	i := int(m.last) + 2
	return i < r.fields[next.field].to && r.tokens[i].has(capital) && r.tokens[i].before&^space == 0 || next.is(wFormer)
}

// pastOfCoach reports a club in a headline about a coach who served it once, and
// serves another that the lead names: "Vrancken koos na ontgoochelingen bij Genk".
func (r *reading) pastOfCoach(m *mention) bool {
	ahead := r.ahead(m)
	if r.tokens[m.first].field != inTitle || ahead == nil || !slices.Contains(r.words.employers, ahead.word) || r.onlyGround(m) || r.titleScore() || r.titleHas(wWins|wHedge|wOfficial|wOpponent) {
		return false
	}
	club := r.reg.subjects[m.subject].topic
	k := r.titleCoach()
	if k < 0 || r.mentions[k].first > m.first {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return s.employed(r.at) && s.served(club) && !s.servesAround(club, r.at) && !r.returns()
}

// returns reports a headline about somebody's return.
func (r *reading) returns() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if w := r.tokens[i].word; w != 0 && slices.Contains(r.words.returns, w) {
			return true
		}
	}
	return false
}

// lastOpponent reports "na nederlaag tegen Charleroi" in a headline that goes on to
// another club: the match it is about is the next one.
func (r *reading) lastOpponent(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.reaches(m, wAgainst, 2) {
		return false
	}
	after := false
	r.back(m, 5, func(_ int, t *token) bool {
		after = t.is(wAfter)
		return !after
	})
	if !after {
		return false
	}
	before, behind := false, false
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field != inTitle || o.subject == m.subject || !r.meansClub(o) {
			continue
		}
		before, behind = before || o.first < m.first, behind || o.first > m.first
	}
	return before && behind
}

// watched reports a club whose match the national coach watches from the stand.
func (r *reading) watched(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.titleHas(wNation) && !r.devilsCoachInTitle() {
		return false
	}
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if w := r.tokens[i].word; w != 0 && slices.Contains(r.words.stands, w) {
			return true
		}
	}
	return false
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
	if next := r.after(m); next != nil && next.word != 0 && next.before&^space == 0 && (next.word == r.words.opvolgen || next.word == r.words.vervangen) {
		return true // "hij moet Leko opvolgen"
	}
	found := false
	r.back(m, 5, func(i int, t *token) bool {
		found = t.is(wPredecessor)
		return !found && (t.is(wAt|wArticle|wCoach|wNation|wBelgian|wOfficial|wFormer) || t.classes&^(wName|wPhrase) == 0 && !t.has(capital))
	})
	return found
}

// ownTeam reports a headline about a coach's team of the day that calls it his: "les
// hommes de Leko", "première victoire de l'ère Elsner au Standard".
func (r *reading) ownTeam(m *mention, s *subject) bool {
	club, ok := r.reg.byTopic[s.tenure(r.at)]
	return ok && r.tokens[m.first].field == inTitle && (r.titleNames(club) && !r.titleHas(wSuccessor) || r.titleHas(wSuccessor) && (r.trade(m) || s.tenure(r.at) == devilsTopic))
}

// titleNames reports that the headline names a subject.
func (r *reading) titleNames(subject int32) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == subject && r.tokens[m.first].field == inTitle {
			return true
		}
	}
	return false
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

// behindItsCoach reports "Thorup (Genk)": the club of the coach who is the subject.
func (r *reading) behindItsCoach(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.last == m.first-1 && o.subject >= 0 && r.tokens[o.first].field == inTitle {
			s := &r.reg.subjects[o.subject]
			return s.coach() && s.tenure(r.at) == r.reg.subjects[m.subject].topic
		}
	}
	return false
}

// speakersClub reports "Verhaeghe (Club Brugge) over …": the club of who speaks in a
// headline that names no club otherwise.
func (r *reading) speakersClub(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.speech() {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && r.meansClub(o) && !r.tokens[o.first].has(bracketed) {
			return false
		}
	}
	return true
}

// reaction reports the opponent in a one-sided piece: a headline with somebody's
// words, in which the club stands behind "tegen" or "na … bij" and somebody else
// of ours comes first.
func (r *reading) reaction(m *mention) bool {
	t := &r.tokens[m.first]
	if t.field != inTitle || !r.opposes(m) {
		return false
	}
	if t.quoted() {
		return r.onlyInTitle(m) && r.leadHasOther(m)
	}
	if coach := r.titleCoach(); coach >= 0 && r.mentions[coach].first < m.first {
		s := &r.reg.subjects[r.mentions[coach].subject]
		if club := s.tenure(r.at); club != "" && club != r.reg.subjects[m.subject].topic && !s.servesAround(r.reg.subjects[m.subject].topic, r.at) {
			return true
		}
	}
	if !r.speech() {
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
	return r.onlyInTitle(m) && r.leadHasOther(m)
}

// opposes reports a club behind "tegen", or behind the result of a match: "na
// gelijkspel bij".
func (r *reading) opposes(m *mention) bool {
	if r.reaches(m, wAgainst, reachNear) {
		return true
	}
	if !r.reaches(m, wAt|wInside, 2) {
		return false
	}
	found := false
	r.back(m, reachNear+1, func(i int, t *token) bool {
		found = t.is(wWins) && r.played(i)
		return !found
	})
	return found
}

// titleCoach returns the first mention of a coach in the headline, -1 for none.
func (r *reading) titleCoach() int {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.tokens[m.first].field == inTitle && r.reg.subjects[m.subject].coach() {
			return k
		}
	}
	return -1
}

// calledUp reports a headline about the selection of a national team, in which a club
// is only where somebody plays.
func (r *reading) calledUp(m *mention) bool {
	if r.othersCoach() {
		return true
	}
	if r.tokens[m.first].field != inTitle || !r.titleHas(wCallUp) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject >= 0 && r.tokens[o.first].field == inTitle && r.reg.subjects[o.subject].team() {
			return true
		}
	}
	return false
}

// onlyQuoted reports a club that stands in the headline only in somebody's words,
// while another club, or another club's coach, stands outside them: whose man he is,
// or of whom he speaks.
func (r *reading) onlyQuoted(m *mention) bool {
	if t := &r.tokens[m.first]; t.field != inTitle || !t.has(doubleQuoted) {
		return false
	}
	if ahead := r.ahead(m); ahead != nil && ahead.word != 0 && (ahead.word == r.words.naar || ahead.word == r.words.vers) {
		return false // "Ik wil naar Genk"
	}
	outside := false
	for k := range r.mentions {
		o := &r.mentions[k]
		t := &r.tokens[o.first]
		if t.field != inTitle || t.has(doubleQuoted) || o.subject < 0 {
			continue
		}
		if o.subject == m.subject {
			return false
		}
		outside = outside || r.meansClub(o) || r.worksElsewhere(o, m)
	}
	return outside
}

// worksElsewhere reports a coach who serves another club than the one mentioned.
func (r *reading) worksElsewhere(coach, club *mention) bool {
	s := &r.reg.subjects[coach.subject]
	if !s.coach() {
		return false
	}
	his := s.tenure(r.at)
	return his.Type() == "club" && his != r.reg.subjects[club.subject].topic
}

// awayGround reports a ground in the headline of an item about another club, which
// plays there: the headline names that one, or the lead opens with it.
func (r *reading) awayGround(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.onlyGround(m) {
		return false
	}
	if !r.onlyInTitle(m) {
		// "Club zonder Vanaken naar Stayen": no match told, no other side.
		return r.reaches(m, wAt|wInside, 2) && !r.named(m.subject, m) && !r.titleHas(wOfficial) && !r.tellsWinner(inTitle) && !r.titleScore() && !r.derby()
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.inLeadOf(o) && r.meansClub(o) {
			return o.subject != m.subject && r.opensLead(o)
		}
	}
	return false
}

// onlyInTitle reports that a mention is of the only club in the headline.
func (r *reading) onlyInTitle(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && o.subject != m.subject && r.meansClub(o) {
			return false
		}
	}
	return true
}

// leadHasOther reports that the lead names another club: the one whose man speaks.
func (r *reading) leadHasOther(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o.subject != m.subject && r.meansClub(o) && r.inLeadOf(o) {
			return true
		}
	}
	return false
}

// hostsDevils reports the town or the ground where a national team plays: "les
// Diables jouent à Gand".
func (r *reading) hostsDevils(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || !(ahead.is(wInside) || ahead.word != 0 && ahead.word == r.words.a && r.language == french && !r.titleHas(wOfficial|wMarket) || r.onlyGround(m)) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject >= 0 && r.reg.subjects[o.subject].team() && r.tokens[o.first].field == r.tokens[m.first].field && o.first < m.first {
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
	if next := r.after(m); r.tokens[m.first].before&comma != 0 && next != nil && next.before&^space == 0 && !next.is(wAnd) {
		return "" // "springt over Beerschot, Lierse verliest": a clause of its own
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
	case r.aboutWomen() && !(s.women >= 0 && r.titleNames(s.women)), r.sideElsewhere(s.women, m):
		return s.women, subscriptions.ScopeWomen
	case r.youthAt(m), r.sideElsewhere(s.youth, m):
		return s.youth, subscriptions.ScopeYouth
	}
	return m.subject, subscriptions.ScopeAbout
}

// aboutWomen reports a text about women's football.
func (r *reading) aboutWomen() bool {
	if strings.Contains(r.path, "vrouwenvoetbal") || strings.Contains(r.path, "football-feminin") {
		return true
	}
	n := 0
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		if t.is(wWomenLeague) || t.is(wWomen) && t.field == inTitle && !t.quoted() {
			return true
		}
		if t.is(wWomen) {
			n++
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.reg.subjects[m.subject].entry.Side == subscriptions.ScopeWomen && r.tokens[m.first].field != inBody {
			if r.tokens[m.first].field == inTitle {
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
	if ahead := r.ahead(m); ahead != nil && ahead.word != 0 && ahead.word == r.words.jong && ahead.has(capital) {
		return true // "Jong KV"
	}
	found := false
	r.back(m, 2, func(_ int, t *token) bool {
		found = t.is(wYouth)
		return !found && t.is(wAt|wArticle)
	})
	return found
}

// sideElsewhere reports that the headline says only the club's name while the lead
// names its U23 or women's side: the headline means the side. "De coach van de RSCA
// Futures" is somebody who comes from there.
func (r *reading) sideElsewhere(side int32, m *mention) bool {
	if side < 0 || r.tokens[m.first].field != inTitle {
		return false
	}
	inLeadOnly := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject == side {
			if r.tokens[o.first].field == inTitle {
				return false
			}
			inLeadOnly = inLeadOnly || r.tokens[o.first].field == inLead && !r.reaches(o, wCoach, 3)
		}
	}
	return inLeadOnly
}
