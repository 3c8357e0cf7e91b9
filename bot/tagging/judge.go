package tagging

import (
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// verdict is what was decided about one subject.
type verdict struct {
	subject int32
	level   subscriptions.Level
	scope   subscriptions.Scope
	rule    string
	mention int32 // the mention that decided, -1 for none
}

// The names of the rules that make a subject what the item is about.
const (
	ruleTitle     = "named in the headline"
	ruleHidden    = "the headline keeps the name back, the lead tells it"
	ruleLead      = "the lead is about it"
	ruleLeft      = "the other end of a move"
	ruleDerby     = "the other side of the match"
	ruleURL       = "the address is filed under it"
	ruleCoachClub = "the club of the coach"
	ruleMention   = "named"
	ruleSide      = "its youth or women's side"
	ruleSquad     = "a player of the squad"
)

// decide records a verdict; a subject keeps its highest level.
func (r *reading) decide(subject int32, level subscriptions.Level, scope subscriptions.Scope, rule string, mention int) {
	if subject < 0 {
		return
	}
	if at := r.slot[subject]; at > 0 {
		v := &r.verdict[at-1]
		if v.level == subscriptions.Mention && (level == subscriptions.About || v.scope == subscriptions.ScopeMention && scope != subscriptions.ScopeMention) {
			v.level, v.scope, v.rule, v.mention = level, scope, rule, int32(mention) //nolint:gosec // G115
		}
		return
	}
	r.verdict = append(r.verdict, verdict{subject, level, scope, rule, int32(mention)}) //nolint:gosec // G115
	r.slot[subject] = int32(len(r.verdict))                                             //nolint:gosec // G115
}

func (r *reading) about(subject int32, rule string, mention int) {
	r.decide(subject, subscriptions.About, subscriptions.ScopeAbout, rule, mention)
}

func (r *reading) mentioned(subject int32, rule string, mention int) {
	r.decide(subject, subscriptions.Mention, subscriptions.ScopeMention, rule, mention)
}

func (r *reading) isAbout(subject int32) bool {
	at := r.slot[subject]
	return at > 0 && r.verdict[at-1].level == subscriptions.About
}

// judge decides what is the subject and what is only mentioned. Headline before
// lead before body; everything named is at least a mention.
func (r *reading) judge() {
	if r.sport.verdict == isOther {
		return
	}
	r.takeStances()
	r.introduce()
	r.judgeTitle()
	clubs, others := r.titleSubjects()
	r.judgeLead(clubs, others)
	r.judgeDevils()
	r.judgeAddress()
	r.judgeCoachClub()
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || r.reg.subjects[m.subject].player() {
			continue
		}
		rule := m.rule
		if m.stance == plain {
			rule = ruleMention
		}
		r.mentioned(m.subject, rule, k)
	}
}

// aboutMention makes the subject of a mention what the item is about, or its side.
func (r *reading) aboutMention(k int, rule string) {
	m := &r.mentions[k]
	subject, scope := r.side(m)
	if scope == subscriptions.ScopeAbout {
		r.about(m.subject, rule, k)
		return
	}
	if subject >= 0 {
		r.about(subject, rule, k)
	}
	r.decide(m.subject, subscriptions.Mention, scope, ruleSide, k)
}

func (r *reading) judgeTitle() {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || m.stance == aside || r.tokens[m.first].field != inTitle {
			continue
		}
		switch s := &r.reg.subjects[m.subject]; {
		case s.player(), m.subject == r.reg.devils:
		case s.coach():
			r.about(m.subject, ruleTitle, k)
		default:
			r.aboutMention(k, ruleTitle)
		}
	}
}

// titleSubjects counts the clubs and the others the headline is about.
func (r *reading) titleSubjects() (clubs, others int) {
	for i := range r.verdict {
		if v := &r.verdict[i]; v.level == subscriptions.About {
			if r.reg.subjects[v.subject].coach() {
				others++
			} else {
				clubs++
			}
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && m.subject == r.reg.devils && m.stance == plain && r.tokens[m.first].field == inTitle {
			return clubs, others + 1
		}
	}
	return clubs, others
}

// leadField is the field that serves as the lead: the body's beginning when
// there is none.
func (r *reading) leadField() field {
	if r.fields[inLead].from == r.fields[inLead].to {
		return inBody
	}
	return inLead
}

// bodyLead is how many words of the body stand in for a missing lead.
const bodyLead = 45

func (r *reading) inLeadOf(m *mention) bool {
	f := r.leadField()
	return r.tokens[m.first].field == f && (f == inLead || int(m.first)-r.fields[f].from < bodyLead)
}

// leadReading is what the lead may still add to the headline.
type leadReading struct {
	clubs, others int   // subjects of the headline
	hidden        bool  // the headline keeps a club's name back
	hiddenCoach   bool  // and a coach's
	reaction      bool  // its only club is the opponent of whoever speaks
	former        int32 // the club of "un ancien coach de", -1 for none
	foundClub     bool
}

func (r *reading) judgeLead(clubs, others int) {
	l := leadReading{clubs: clubs, others: others, hidden: r.hiddenClub(), hiddenCoach: r.hiddenCoach(), reaction: r.reactionTitle(), former: r.formerCoachOf()}
	// The clubs first: a coach is judged by whether his club is a subject.
	for _, coaches := range [...]bool{false, true} {
		for k := range r.mentions {
			m := &r.mentions[k]
			if m.subject < 0 || !r.inLeadOf(m) || m.stance == aside && !r.afterScore(m) || r.isAbout(m.subject) {
				continue
			}
			s := &r.reg.subjects[m.subject]
			switch {
			case s.player(), m.subject == r.reg.devils, s.coach() != coaches:
			case coaches:
				r.judgeLeadCoach(k, s, &l)
			case !r.onlyGround(m):
				r.judgeLeadClub(k, s, &l)
			}
		}
	}
	if clubs+others > 0 || l.foundClub {
		return
	}
	for k := range r.mentions { // the club of a coach whom the lead brought in
		m := &r.mentions[k]
		if m.subject >= 0 && m.stance == plain && r.inLeadOf(m) && r.meansClub(m) && r.coachServes(r.reg.subjects[m.subject].topic) {
			r.aboutMention(k, ruleCoachClub)
		}
	}
}

// judgeLeadCoach decides about a coach whom only the lead names: he is a subject
// when the headline keeps his name back, when it is about nobody, or when the
// lead opens with him and he serves its club.
func (r *reading) judgeLeadCoach(k int, s *subject, l *leadReading) {
	m := &r.mentions[k]
	none := l.clubs+l.others == 0
	switch {
	case l.former >= 0 && s.served(r.reg.subjects[l.former].topic):
		r.about(m.subject, ruleHidden, k)
		l.former = -1
	case l.hiddenCoach:
		r.about(m.subject, ruleHidden, k)
		l.hiddenCoach = false
	case none && r.firstSentence(m) && (r.lonely(k) && !r.ofWhom(m) || r.opensWithList(k)):
		r.about(m.subject, ruleLead, k)
	case r.opensLead(m) && r.lonely(k) && (none || r.servesSubject(s)), r.proposed(m):
		r.about(m.subject, ruleLead, k)
	case r.actsForSubject(k, s), r.benchChange() && r.movesAtSubject(s):
		r.about(m.subject, ruleLead, k)
	}
}

// actsForSubject reports the coach of the club that the item is about who does
// something in the lead: "maar Wouter Vrancken blijft rustig". The coach of a
// national team must be called that: half of what is written about it names him.
func (r *reading) actsForSubject(k int, s *subject) bool {
	m := &r.mentions[k]
	if r.fieldHas(r.tokens[m.first].field, wCandidates) {
		return false
	}
	for i := range s.entry.Tenures {
		topic := s.entry.Tenures[i].Club
		club, ok := r.reg.byTopic[topic]
		if !ok || !s.servesAround(topic, r.at) || !r.aloneAt(k, topic) {
			continue
		}
		acts := r.acts(m) && s.tenure(r.at) == topic
		if club == r.reg.devils && r.titleNames(club) && r.trade(m) && acts {
			return true
		}
		if club != r.reg.devils && r.isAbout(club) && (r.trade(m) || acts) {
			return true
		}
	}
	return false
}

// ofWhom reports a name behind a preposition with no trade between: somebody else
// does something with him.
func (r *reading) ofWhom(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.is(wAt) && !r.tokens[m.first].before.starts()
}

// acts reports a name in the place of a subject, with a verb behind it.
func (r *reading) acts(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	if next == nil || next.before&^space != 0 || next.has(capital) {
		return false
	}
	has := r.language == french && r.text(next.field)[next.start:next.end] == "a" // and not "à"
	if next.is(wAt|wAnd|wArticle|wInside|wAgainst) && !has {
		return false
	}
	if r.tokens[m.first].before.starts() {
		return true
	}
	return ahead != nil && !ahead.is(wAt|wInside|wAgainst) && (ahead.word == 0 || ahead.word != r.words.par && ahead.word != r.words.door)
}

// aloneAt reports that no other coach of these weeks of a club stands in the lead as
// more than an aside.
func (r *reading) aloneAt(k int, club subscriptions.Topic) bool {
	for i := range r.mentions {
		o := &r.mentions[i]
		if i == k || o.subject < 0 || o.subject == r.mentions[k].subject || o.stance != plain || !r.inLeadOf(o) {
			continue
		}
		if s := &r.reg.subjects[o.subject]; s.coach() && s.servesAround(club, r.at) {
			return false
		}
	}
	return true
}

// benchChange reports a headline about a change of coach that names none.
func (r *reading) benchChange() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if w := r.tokens[i].word; w != 0 && slices.Contains(r.words.benchChange, w) {
			return !r.titleHasCoach()
		}
	}
	return false
}

// movesAtSubject reports that a coach came to, or left, in these weeks a club that
// the item is about.
func (r *reading) movesAtSubject(s *subject) bool {
	for i := range s.entry.Tenures {
		club, ok := r.reg.byTopic[s.entry.Tenures[i].Club]
		if ok && r.isAbout(club) && s.servesAround(s.entry.Tenures[i].Club, r.at) {
			return true
		}
	}
	return false
}

func (r *reading) judgeLeadClub(k int, s *subject, l *leadReading) {
	m := &r.mentions[k]
	switch {
	case r.kind() == subscriptions.Roundup:
		// Of a round-up only the headline says what it is about, unless the lead
		// names one club alone.
		if l.clubs+l.others == 0 && r.onlyClub(m) {
			r.aboutMention(k, ruleLead)
		}
	case l.clubs > 0:
		switch {
		case l.hidden && !l.foundClub:
			l.foundClub = true
			r.aboutMention(k, ruleHidden)
		case r.coachServes(s.topic), r.reaches(m, wCoach, 2) && r.coachLeaves(s.topic):
			r.aboutMention(k, ruleCoachClub)
		case r.left(m):
			r.aboutMention(k, ruleLeft)
		case l.clubs == 1 && (r.derby() || r.afterScore(m) || r.beaten(m) || r.otherSide(m)):
			r.aboutMention(k, ruleDerby)
			l.clubs++
		}
	case l.others > 0:
		if r.coachServes(s.topic) || r.afterScore(m) || r.punditOf(m) {
			r.aboutMention(k, ruleCoachClub)
		}
	case !l.foundClub && (l.hidden || r.firstSentence(m) || l.reaction):
		l.foundClub = r.leadClub(k)
	}
}

// punditOf reports the one club of the lead under a headline of a coach without a
// club who speaks: it is that club he speaks of.
func (r *reading) punditOf(m *mention) bool {
	k := r.titleCoach()
	return k >= 0 && r.speech() && r.firstSentence(m) && r.onlyClub(m) && !r.reg.subjects[r.mentions[k].subject].employed(r.at)
}

// reactionTitle reports a headline in which a club stands as the opponent of
// whoever speaks.
func (r *reading) reactionTitle() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.rule == ruleReaction && m.stance == aside && r.tokens[m.first].field == inTitle {
			return true
		}
	}
	return false
}

// onlyClub reports that no other club of ours stands in headline or lead.
func (r *reading) onlyClub(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject >= 0 && o.subject != m.subject && r.reg.subjects[o.subject].club() {
			return false
		}
	}
	return true
}

// formerCoachOf returns the club in a headline that speaks of "un ancien coach
// d'Anderlecht" without naming him, -1 for none.
func (r *reading) formerCoachOf() int32 {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || m.stance != aside || m.rule != ruleFormer || r.tokens[m.first].field != inTitle || !r.reg.subjects[m.subject].club() {
			continue
		}
		if r.reaches(m, wCoach, 3) || r.compound(m) && r.after(m).is(wCoach) {
			return m.subject
		}
	}
	return -1
}

// servesSubject reports that a coach serves, on the day, a club or team that the
// item names.
func (r *reading) servesSubject(s *subject) bool {
	i, ok := r.reg.byTopic[s.tenure(r.at)]
	return ok && (r.isAbout(i) || r.named(i, nil))
}

// opensWithList reports a list of coaches at the beginning of the lead, under a
// headline that speaks of coaches.
func (r *reading) opensWithList(k int) bool {
	if !r.titleHas(wCoach) {
		return false
	}
	first := k
	for first > 0 && r.inLeadOf(&r.mentions[first-1]) {
		first--
	}
	return r.opensLead(&r.mentions[first])
}

// proposed reports "Taravel als nieuwe trainer": the man himself is judged.
func (r *reading) proposed(m *mention) bool {
	f := r.fields[r.tokens[m.last].field]
	as := int(m.last) + 1
	if as >= f.to || !r.tokens[as].is(wThan) || r.tokens[as].before&^space != 0 {
		return false
	}
	for i := as + 1; i < min(as+4, f.to); i++ {
		if r.tokens[i].is(wCoach | wNation) {
			return true
		}
	}
	return false
}

// onlyGround reports a club that is named by its ground alone: that is where
// something happens, not whom it happens to.
func (r *reading) onlyGround(m *mention) bool {
	claims := r.claims(m)
	return len(claims) > 0 && claims[0].stadium
}

// beaten reports the loser right behind the winner's verb in the lead of a
// headline that tells of a win.
func (r *reading) beaten(m *mention) bool {
	return r.tellsWinner(inTitle) && r.firstSentence(m) && r.reaches(m, wWins, 1)
}

// otherSide reports the club of the lead under a headline that tells how a match
// against another went: "Les Verts arrachent un point à Virton". Who they are only
// the lead tells.
func (r *reading) otherSide(m *mention) bool {
	if r.speech() || !r.firstSentence(m) || !(r.tellsWinner(inTitle) || r.titleScore()) {
		return false
	}
	opposed := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if !r.meansClub(o) || r.tokens[o.first].field != inTitle {
			continue
		}
		ahead := r.ahead(o)
		at := ahead != nil && ahead.word != 0 && (ahead.word == r.words.bij || ahead.word == r.words.a && r.language == french)
		if opposed = r.reaches(o, wAgainst, 2) || at; !opposed {
			return false
		}
	}
	return opposed
}

// leadClub makes the first club of the lead the subject when the headline names
// none; with it the other side of a match and the other half of a pair. A list of
// three or more is a subject only where it opens the lead.
func (r *reading) leadClub(k int) bool {
	n, first := r.listLength(k)
	if n >= 3 && !r.opensLead(&r.mentions[first]) || n >= 2 && r.interested(k) {
		return true
	}
	if r.foreignTitle() && (r.reaches(&r.mentions[k], wAgainst, 2) || r.titleHas(wWins)) {
		return true // the opponent of the club abroad that the headline is about
	}
	r.aboutMention(k, ruleLead)
	for i := k + 1; i < len(r.mentions) && i < k+n; i++ {
		if m := &r.mentions[i]; m.subject >= 0 && m.stance == plain && r.reg.subjects[m.subject].club() {
			r.aboutMention(i, ruleLead)
		}
	}
	if k+1 < len(r.mentions) && r.mentions[k+1].subject >= 0 && (r.matched(&r.mentions[k], &r.mentions[k+1]) || r.derby()) && r.inLeadOf(&r.mentions[k+1]) {
		r.aboutMention(k+1, ruleDerby)
	}
	return true
}

// interested reports a sentence about who would have liked to have a player: a
// list in it is a list of the interested.
func (r *reading) interested(k int) bool {
	m := &r.mentions[k]
	for i := int(m.last) + 1; i < r.fields[r.tokens[m.last].field].to; i++ {
		t := &r.tokens[i]
		if t.before&stop != 0 && t.before&abbreviates == 0 {
			return false
		}
		if t.is(wHedge | wCandidates) {
			return true
		}
	}
	return false
}

// firstSentence reports a mention in the first two clauses of the lead.
func (r *reading) firstSentence(m *mention) bool {
	f := r.tokens[m.first].field
	ends := 0
	for i := r.fields[f].from + 1; i <= int(m.first); i++ {
		if b := r.tokens[i].before; b&stop != 0 && b&abbreviates == 0 && b&space != 0 {
			ends++
		}
	}
	return ends == 0 || ends == 1 && r.shortOpening(f)
}

// shortOpening reports a first sentence of a few words, an announcement of the
// second.
func (r *reading) shortOpening(f field) bool {
	for i := r.fields[f].from + 1; i < r.fields[f].to; i++ {
		if b := r.tokens[i].before; b&stop != 0 && b&abbreviates == 0 {
			return i-r.fields[f].from <= 12
		}
	}
	return false
}

// opensLead reports that nothing but a trade, an article or the man's club stands
// before a mention in the lead.
func (r *reading) opensLead(m *mention) bool {
	f := r.tokens[m.first].field
	for i := r.fields[f].from; i < int(m.first); i++ {
		t := &r.tokens[i]
		if t.is(wAt) && i > r.fields[f].from && r.tokens[i-1].is(wCoach|wNation) {
			continue // "trainer van Gent Rik De Mil"
		}
		if !t.is(wCoach|wNation|wArticle|wRole|wFormer|wBelgian) && !r.ended(int32(i)) && !r.begun(int32(i)) { //nolint:gosec // G115
			return false
		}
	}
	return true
}

// lonely reports that no other coach stands in the lead as more than an aside.
func (r *reading) lonely(k int) bool {
	for i := range r.mentions {
		o := &r.mentions[i]
		if i != k && o.subject >= 0 && o.subject != r.mentions[k].subject && o.stance == plain && r.inLeadOf(o) && r.reg.subjects[o.subject].coach() {
			return false
		}
	}
	return true
}

// hiddenClub reports a headline that keeps a Belgian club's name back.
func (r *reading) hiddenClub() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if !t.is(wHidden) || r.ended(int32(i)) || r.begun(int32(i)) { //nolint:gosec // G115
			continue
		}
		if i > f.from {
			// "Griekse topclub", "club uit de Bundesliga": somebody abroad.
			if p := &r.tokens[i-1]; p.has(capital) && !p.is(wBelgian) && !p.before.starts() {
				continue
			}
		}
		if t.quoted() {
			continue
		}
		return true
	}
	return false
}

// hiddenCoach reports a headline that speaks of a coach without naming him.
func (r *reading) hiddenCoach() bool {
	f := r.fields[inTitle]
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.tokens[m.first].field == inTitle && r.reg.subjects[m.subject].coach() {
			return false
		}
	}
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wCoach|wNation) && !(i == f.from && t.has(shouted)) && !(t.is(wNation) && !r.belgianBench(i)) {
			// "Genk-coach: …" or "nieuwe trainer" wants a name; "zonder trainer" has none.
			return t.joined(hyphen) || t.is(wNation) || i+1 < f.to && (r.tokens[i+1].is(wSays|wVerb) || r.tokens[i+1].is(wAt) && r.hiddenClub())
		}
	}
	return false
}

// left reports the club that somebody leaves for the one in the headline.
func (r *reading) left(m *mention) bool {
	return r.kind() == subscriptions.Fact && r.reaches(m, wLeft, 4)
}

// derby reports a headline that speaks of a match with a neighbour.
func (r *reading) derby() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(wDerby) {
			return true
		}
	}
	return false
}

// afterScore reports "na 1-1 bij Charleroi" under a headline that quotes somebody:
// it is that match he speaks of.
func (r *reading) afterScore(m *mention) bool {
	if !r.speech() {
		return false
	}
	for i := range r.scores {
		s := &r.scores[i]
		if s.valid && s.token >= 1 && s.token < m.first && m.first-s.token <= 6 &&
			r.tokens[s.token].field == r.tokens[m.first].field &&
			r.tokens[s.token-1].word == r.words.after && r.reaches(m, wAt|wAgainst, 4) {
			return true
		}
	}
	return false
}

// foreignTitle reports a headline about a club abroad.
func (r *reading) foreignTitle() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(wForeign) {
			return true
		}
	}
	return false
}

// coachServes reports that a coach the item is about served a club on its day.
func (r *reading) coachServes(club subscriptions.Topic) bool {
	for i := range r.verdict {
		v := &r.verdict[i]
		s := &r.reg.subjects[v.subject]
		if v.level == subscriptions.About && s.coach() && s.tenure(r.at) == club {
			return true
		}
	}
	return false
}

// coachLeaves reports that a coach the item is about came from a club, or goes to
// it, in these weeks.
func (r *reading) coachLeaves(club subscriptions.Topic) bool {
	for i := range r.verdict {
		v := &r.verdict[i]
		s := &r.reg.subjects[v.subject]
		if v.level == subscriptions.About && s.coach() && s.servesAround(club, r.at) {
			return true
		}
	}
	return false
}

// judgeAddress uses a folder or host of the address that is a club's name, when
// the headline is about no club and the lead about no other.
func (r *reading) judgeAddress() {
	if r.sport.verdict != isFootball {
		return
	}
	subject := r.addressClub()
	if subject < 0 {
		return
	}
	for i := range r.verdict {
		if v := &r.verdict[i]; v.level == subscriptions.About && r.reg.subjects[v.subject].club() {
			return
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && m.subject != subject && m.stance == plain && r.reg.subjects[m.subject].club() && !r.named(subject, nil) {
			return
		}
	}
	r.about(subject, ruleURL, -1)
}

// judgeCoachClub adds the club of the coach whom the headline names with the
// business of his team ("Leko wisselt vier keer"), when no club is named.
func (r *reading) judgeCoachClub() {
	if r.sport.verdict != isFootball || !r.teamBusiness() {
		return
	}
	for i := range r.verdict {
		if r.reg.subjects[r.verdict[i].subject].club() {
			return
		}
	}
	for i := range r.verdict {
		v := r.verdict[i]
		s := &r.reg.subjects[v.subject]
		if v.level != subscriptions.About || !s.coach() || v.rule != ruleTitle {
			continue
		}
		if club, ok := r.reg.byTopic[s.tenure(r.at)]; ok && r.reg.subjects[club].club() {
			r.about(club, ruleCoachClub, int(v.mention))
		}
	}
}

// teamBusiness reports a headline about line-ups, squads, training, results.
func (r *reading) teamBusiness() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wTeamwork) && !t.is(wNation) {
			return true
		}
	}
	return false
}
