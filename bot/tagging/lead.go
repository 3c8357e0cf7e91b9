package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

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
	coachOf       int32 // the club of "l'entraîneur de l'Union", -1 for none
	reaction      bool  // its only club is the opponent of whoever speaks
	former        int32 // the club of "un ancien coach de", -1 for none
	foundClub     bool  // the lead has told the club
	foundCoach    bool  // and the coach
}

func (r *reading) judgeLead(clubs, others int) {
	l := leadReading{
		clubs: clubs, others: others, hidden: r.hiddenClub() && !r.titleMatch(), hiddenCoach: r.hiddenCoach(),
		coachOf: r.namelessCoach(), reaction: r.reactionTitle(), former: r.formerCoachOf(),
	}
	// The clubs first: a coach is judged by whether his club is a subject.
	for _, coaches := range [...]bool{false, true} {
		for k := range r.mentions {
			m := &r.mentions[k]
			if m.subject < 0 || !r.inLeadOf(m) || r.supposed(m) || r.isAbout(m.subject) || r.reactedTo(m.subject) || r.sideInTitle(m.subject) {
				continue
			}
			if keptBack := (l.hiddenCoach || l.coachOf >= 0) && r.underHim(m); m.stance == aside && !keptBack && !r.asideNoMore(m) {
				continue
			}
			s := &r.reg.subjects[m.subject]
			switch {
			case s.player(), m.subject == r.reg.devils, s.coach() != coaches:
			case coaches:
				r.judgeLeadCoach(k, s, &l)
			case !r.onlyGround(m) || r.coachServes(s.topic) || l.hidden && r.onlyClub(m) || r.groundActs(m) || r.titleHas(wDerby) || r.bareScore() || r.onlyResult() && !r.opensSentence(m) && r.across(m):
				r.judgeLeadClub(k, s, &l)
			}
		}
	}
	for k := range r.mentions {
		if m := &r.mentions[k]; m.stance == plain && r.meansClub(m) && r.inLeadOf(m) && l.hiddenCoach && (r.ofCoach(m) || l.foundCoach && r.hisClub(m)) {
			r.aboutMention(k, ruleCoachClub)
		}
	}
	if l.hiddenCoach && !l.foundCoach {
		r.coachInOffice()
	}
	r.judgeBoth()
	for k := range r.mentions { // "Ivan Leko keert met Club Brugge terug naar Gent"
		m := &r.mentions[k]
		if ahead := r.preposition(m); m.stance == plain && r.meansClub(m) && r.inLeadOf(m) && ahead != nil && (ahead.among(r.words.with) || r.coachOf(m)) && r.coachServes(r.reg.subjects[m.subject].topic) {
			r.aboutMention(k, ruleCoachClub)
		}
	}
	if clubs > 0 || l.foundClub || r.leadHas(wPundit) {
		return
	}
	for k := range r.mentions { // the club of a coach whom the lead brought in
		m := &r.mentions[k]
		if m.subject >= 0 && m.stance == plain && r.inLeadOf(m) && r.meansClub(m) && r.coachServes(r.reg.subjects[m.subject].topic) {
			r.aboutMention(k, ruleCoachClub)
		}
	}
}

// supposed reports the club of a result that would mean something to the club of the headline: "Gewinnt Cercle in Kortrijk,
// steht der Abstieg fest", "Wint Cercle in Kortrijk, dan is Beerschot gedegradeerd".
func (r *reading) supposed(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || r.language != dutch && r.language != german || !ahead.before.starts() || !ahead.is(wWins) || !ahead.is(wVerb) || !r.isAboutClub() || !r.meansClub(m) {
		return false
	}
	for i := int(m.last) + 1; i < r.fields[inLead].to && r.sameSentence(int(m.first), i); i++ {
		if r.tokens[i].before&comma != 0 {
			return true
		}
	}
	return false
}

// succeededAt reports the club of the coach to whom the headline looks for a successor.
func (r *reading) succeededAt(club subscriptions.Topic) bool {
	if !r.titleHas(wSuccessor) {
		return false
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.rule != rulePredecessor || r.tokens[m.first].field != inTitle {
			continue
		}
		if s := &r.reg.subjects[m.subject]; s.coach() && s.servesAround(club, r.at) {
			return true
		}
	}
	return false
}

// reactedTo reports a club that the headline names as the opponent of one side's story, or for the ground
// it lends: the lead, which tells of the match, makes it no subject.
func (r *reading) reactedTo(subject int32) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject == subject && m.rule == ruleTown && r.lentGround(m) {
			return true
		}
		if m.subject == subject && m.rule == ruleReaction && r.tokens[m.first].field == inTitle && r.meansClub(m) {
			return !r.speech() && r.behindMatch(m)
		}
	}
	return false
}

// asideNoMore reports an aside that is one in its sentence and not in the whole: the match
// somebody speaks of, the club of who judges its coach, the coach of a bare result, a rival in a race.
func (r *reading) asideNoMore(m *mention) bool {
	return r.afterScore(m) || r.formerManOf(m) || r.onExClub(m) || m.rule == rulePredecessor && (r.onlyResult() || r.speaksLater(m)) || m.rule == ruleCompared && r.inRace(r.number(m))
}

// underHim reports the coach of the day under whom his club does what the lead tells, "Malinwa staat
// derde onder Fred Vanderbiest".
func (r *reading) underHim(m *mention) bool {
	ahead := r.ahead(m)
	return m.rule == rulePredecessor && ahead != nil && ahead.among(r.words.under) && r.reg.subjects[m.subject].coach() && r.servesSubject(&r.reg.subjects[m.subject])
}

func (r *reading) judgeLeadClub(k int, s *subject, l *leadReading) {
	m := &r.mentions[k]
	switch {
	case r.kind == subscriptions.Roundup:
		// Of a round-up only the headline says what it is about, unless the lead
		// names one club alone and begins with it.
		if l.clubs+l.others == 0 && r.onlyClub(m) && r.opensLead(m) {
			r.aboutMention(k, ruleLead)
		}
	case r.inRace(k), l.clubs+l.others == 0 && r.askedAmong(k):
		l.foundClub = true
		r.aboutMention(k, ruleLead)
	case l.clubs > 0:
		switch {
		case l.hidden && !l.foundClub && !r.hiddenRest() && !(l.clubs == 2 && r.tellsWinner(inTitle)):
			l.foundClub = true
			r.aboutMention(k, ruleHidden)
		case r.coachServes(s.topic) && !r.ofCoach(m), (r.reaches(m, wCoach, 2) || r.kind == subscriptions.Fact && r.reachesWord(m, r.words.assistants, 2)) && r.aboutCoachOf(s.topic):
			r.aboutMention(k, ruleCoachClub)
		case (r.left(m) || r.destination(m)) && !r.matchOfTwo(l.clubs), l.clubs == 1 && (r.dealsToo(m) || r.manOnMarket(m)):
			r.aboutMention(k, ruleLeft)
		case l.clubs == 1 && r.kind == subscriptions.Rumour && (r.owner(m) || r.pursued(k)):
			r.aboutMention(k, ruleLeft)
		case l.clubs == 1 && (r.reunited(m) || r.againstOld(m)):
			r.aboutMention(k, ruleDerby)
		case r.titleQuotes() && r.speakers(m):
			r.aboutMention(k, ruleLead)
		case l.clubs == 1 && (r.retorts(m) || r.playerOpens() && r.opensWithMan(m)):
			r.aboutMention(k, ruleLead)
		case l.clubs == 1 && r.guests(m):
			r.aboutMention(k, ruleLead)
		case l.clubs == 1 && r.sameMatch(k):
			r.aboutMention(k, ruleDerby)
			l.clubs++
		case r.paired(k) && !r.speech():
			r.aboutMention(k, ruleDerby)
		}
	case l.others > 0:
		switch {
		case r.coachServes(s.topic), r.succeededAt(s.topic), r.aboutCoachOf(s.topic) && (r.coachOf(m) || r.titleSays(r.words.dismissal)):
			r.aboutMention(k, ruleCoachClub)
		case r.titleCoach() >= 0 && r.left(m):
			r.aboutMention(k, ruleLeft)
		case r.liveReport() && r.inOpeningMatch(k):
			r.aboutMention(k, ruleDerby)
		case r.firstSentence(m) && (r.derbyAhead() || r.paired(k) || r.hosted(k) && (r.titleNames(m.subject) || r.liveReport())):
			r.aboutMention(k, ruleDerby)
		case l.hidden && !l.foundClub && r.newClub(m) && !r.interested(k) && !r.tooMany(k):
			l.foundClub = true
			r.aboutMention(k, ruleHidden)
		case (r.firstSentence(m) || r.titleHas(wHedge|wMarket)) && r.reaches(m, wDestination, 2), r.afterScore(m), r.punditOf(m),
			r.titleCoach() >= 0 && r.firstSentence(m) && r.coachOf(m) && r.onlyClub(m):
			r.aboutMention(k, ruleCoachClub)
		case r.heldBy(k), r.facesOldClub(m):
			r.aboutMention(k, ruleDerby)
		case r.wantedAbroad(m):
			r.aboutMention(k, ruleLeft)
		case r.titleCoach() >= 0 && r.firstSentence(m) && (r.concerned(m) || r.ledBy(m)):
			r.aboutMention(k, ruleLead)
		case (r.titleCoach() >= 0 || r.dealsWithPlayer(m)) && r.opensAlone(k) && !r.beatsHis(k), r.devilMoves(m):
			r.aboutMention(k, ruleLead)
		}
	case !l.foundClub && (l.hidden || r.firstSentence(m) || l.reaction || r.tellsLater(k)):
		l.foundClub = r.leadClub(k, l)
	}
}

// facesOldClub reports the club of a coach's past that the lead names, under a headline that tells that he meets it: "Edward Still
// défie son ancien club", and "La RAAL se rend à Charleroi".
func (r *reading) facesOldClub(m *mention) bool {
	k, f := r.titleCoach(), r.fields[inTitle]
	if k < 0 || r.titleSays(r.words.absent) || !r.firstSentence(m) || !r.reg.subjects[r.mentions[k].subject].served(r.reg.subjects[m.subject].topic, r.at) {
		return false
	}
	for i := max(f.from+1, int(r.mentions[k].last)+1); i < f.to; i++ {
		if r.tokens[i].among(r.words.sides) && (r.tokens[i].is(wFormer) || r.tokens[i-1].is(wFormer)) {
			return true
		}
	}
	return false
}

// tellsLater reports a club that a later sentence of the lead tells, under a headline that names
// nobody: the only one, or one side of the match that the sentence begins with.
func (r *reading) tellsLater(k int) bool {
	m := &r.mentions[k]
	return !r.formerTitle() && (r.onlyClub(m) || k+1 < len(r.mentions) && r.opensSentence(m) && r.resultBetween(m, &r.mentions[k+1]))
}

// ofCoach reports a club right behind a coach: "Sven Vandenbroeck van Lierse". It
// says who he is, and what he leaves when the lead is about a move of his.
func (r *reading) ofCoach(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.last == m.first-2 && o.subject >= 0 && r.reg.subjects[o.subject].coach() && r.isAbout(o.subject) && r.tokens[m.first-1].is(wAt) {
			return true
		}
	}
	return false
}

// hisClub reports the one club of the lead, which the coach serves whose name the headline keeps back: "Deze
// JPL-coach mag Charleroi vergeten", and "Felice Mazzu laat OH Leuven niet in de steek".
func (r *reading) hisClub(m *mention) bool {
	return r.onlyIn(inLead, m) && r.coachServes(r.reg.subjects[m.subject].topic)
}

// coachOf reports "l'entraîneur d'OH Louvain": a trade and a preposition before a club.
func (r *reading) coachOf(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.is(wAt) && r.reaches(m, wCoach, 2)
}

// formerManOf reports "l'ancien président du KV Courtrai" who speaks about its coach.
func (r *reading) formerManOf(m *mention) bool {
	return m.rule == ruleFormer && r.meansClub(m) && r.coachServes(r.reg.subjects[m.subject].topic)
}

// onExClub reports the club of somebody's past that he speaks about: "De ex-spits van Genk geniet van
// zijn oude club", when no other is named.
func (r *reading) onExClub(m *mention) bool {
	if m.rule != ruleFormer || !r.meansClub(m) || !r.inLeadOf(m) || !r.speech() || !r.onlyClub(m) {
		return false
	}
	for i := int(m.last) + 1; i < r.fields[r.tokens[m.last].field].to; i++ {
		if t := &r.tokens[i]; t.is(wFormer) && r.tokens[i-1].among(r.words.possessives) || i > int(m.last)+1 && t.among(r.words.sides) && r.tokens[i-1].is(wFormer) {
			return true
		}
	}
	return false
}

// punditOf reports the one club of the lead under a headline of a coach without a
// club who speaks: it is that club he speaks of.
func (r *reading) punditOf(m *mention) bool {
	k := r.titleCoach()
	return k >= 0 && (r.speech() || r.viewOfCoach()) && r.firstSentence(m) && (r.onlyClub(m) || r.openingPair(m)) && !r.reg.subjects[r.mentions[k].subject].employed(r.at)
}

// opensAlone reports the club that the lead begins with: no member of a list, no side of a match
// and no man of the town.
func (r *reading) opensAlone(k int) bool {
	m := &r.mentions[k]
	n, _ := r.listLength(k)
	return n == 1 && r.opensLead(m) && !r.native(m) && !(k+1 < len(r.mentions) && r.matched(m, &r.mentions[k+1]))
}

// beatsHis reports the opponent with which the lead begins under the words of the coach whom it beat: "Charaï: “…”", and
// "Dender was met 2-0 te sterk voor Westerlo".
func (r *reading) beatsHis(k int) bool {
	if f := r.fields[inLead]; !r.speech() || k+1 >= len(r.mentions) || f.from == f.to || !r.sameSentence(f.from, f.to-1) {
		return false
	}
	m, o := &r.mentions[k], &r.mentions[k+1]
	if !r.meansClub(o) || !r.sameSentence(int(m.first), int(o.first)) || !r.coachServes(r.reg.subjects[o.subject].topic) || r.coachServes(r.reg.subjects[m.subject].topic) {
		return false
	}
	for i := m.last + 1; i < o.first; i++ {
		if r.tokens[i].is(wWins) {
			return true
		}
	}
	return false
}

// matchOfTwo reports a headline of how the match of two clubs went: where one of its men came from is an aside, "Westerlo
// klopt Dender", and "De man van de match kwam over van Gent".
func (r *reading) matchOfTwo(clubs int) bool {
	return clubs >= 2 && r.tellsWinner(inTitle) && !r.titleHas(wMarket|wOfficial|wHedge|wLeft)
}

// concerned reports the only club, for which a sentence of the lead says how things stand: "Voor KV Mechelen leek
// het een droomseizoen", under the words of a coach.
func (r *reading) concerned(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.among(r.words.views) && r.opensSentence(m) && r.onlyClub(m)
}

// ledBy reports the only club, in a lead that begins with the coach of the day: "Onder Hans Cornelis wil Charleroi opnieuw
// beginnen", "Met Hans Cornelis aan het roer begint Charleroi", under a headline about the one before.
func (r *reading) ledBy(m *mention) bool {
	f := r.fields[inLead]
	if k := r.number(m) - 1; k >= 0 && r.tokens[m.first].field == inLead && r.onlyClub(m) {
		o, first := &r.mentions[k], &r.tokens[f.from]
		return o.subject >= 0 && int(o.first) <= f.from+2 && (first.among(r.words.with) || first.among(r.words.under)) &&
			r.reg.subjects[o.subject].tenure(r.at) == r.reg.subjects[m.subject].topic
	}
	return false
}

// inOpeningMatch reports a side of the match that the lead opens with: "Anderlecht-Club Brugge is
// meer dan een klassieker".
func (r *reading) inOpeningMatch(k int) bool {
	if k+1 < len(r.mentions) && r.matched(&r.mentions[k], &r.mentions[k+1]) {
		return r.opensLead(&r.mentions[k])
	}
	return k > 0 && r.matched(&r.mentions[k-1], &r.mentions[k]) && r.opensLead(&r.mentions[k-1])
}

// openingPair reports one of two clubs that open the lead together.
func (r *reading) openingPair(m *mention) bool {
	n, first := r.listLength(r.number(m))
	return n == 2 && r.opensLead(&r.mentions[first]) && r.leadMatches() == 0
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

// onlyClub reports that no other club of ours stands in headline or lead, but those of
// somebody's past.
func (r *reading) onlyClub(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o.subject != m.subject && r.meansClub(o) && !(o.stance == aside && o.rule == ruleFormer) {
			return false
		}
	}
	return true
}

// onlyGround reports a club that is named by its ground alone: that is where
// something happens, not whom it happens to.
func (r *reading) onlyGround(m *mention) bool {
	claims := r.claims(m)
	return len(claims) > 0 && claims[0].stadium
}

// groundActs reports a ground that stands for its club at the head of the lead: "Sclessin est à la recherche d'un
// médian".
func (r *reading) groundActs(m *mention) bool {
	return r.opensLead(m) && r.tokens[m.last].has(capital) && r.acts(m)
}

// leadClub makes the first club of the lead the subject when the headline names
// none; with it the other side of a match and the other half of a pair. A list of
// three or more is a subject only where it opens the lead.
func (r *reading) leadClub(k int, l *leadReading) bool {
	if r.duel(k) && r.kind != subscriptions.Roundup {
		r.aboutMention(k, ruleDerby)
		r.aboutMention(k+1, ruleDerby)
		return true
	}
	if m := &r.mentions[k]; r.titleHas(wLeague) && !l.hidden && !(r.opensLead(m) && (r.onlyClub(m) || r.speech())) {
		return true // the competition's news
	}
	if r.opensWithAnother(k) {
		return false // "Timmy Simons is streng voor het duel met Dender"
	}
	if r.leadMatches() > 1 || r.titleHas(wCoefficient) || r.isPoll() && !r.onlyClub(&r.mentions[k]) {
		return true // matches and clubs as examples of something
	}
	if o := r.insteadOf(k); o >= 0 {
		k = o
	}
	if !l.hidden && r.onlyPast(&r.mentions[k]) {
		return true // about somebody who was once at the club that the headline names
	}
	if r.ranged(k) || r.leftLongAgo(k) {
		return true // "van Kortrijk tot Anderlecht"
	}
	if !l.hidden && !l.reaction && r.facedBySpeaker(&r.mentions[k]) {
		return true
	}
	n, first := r.listLength(k)
	if r.tooMany(k) {
		return true
	}
	if n >= 3 && !r.opensLead(&r.mentions[first]) || n >= 2 && r.interested(k) && !(n == 2 && l.hidden && r.titleSays(r.words.counts)) {
		return true
	}
	if ahead := r.ahead(&r.mentions[k]); ahead != nil && ahead.is(wForeign) && r.tokens[r.mentions[k].first].before&^space == 0 {
		return true // "hoopt met Atlético Madrid Club Brugge uit te schakelen"
	}
	if r.titleHas(wForeign) && !l.hidden && !r.opensLead(&r.mentions[k]) && r.kind == subscriptions.Fact && !r.dealtWith(k) && !r.wonFor(&r.mentions[k]) {
		return true
	}
	if r.titleHas(wForeign) && !l.hidden && (r.reaches(&r.mentions[k], wAgainst, 2) || r.titleHas(wWins) && !(r.opensLead(&r.mentions[k]) && r.onlyClub(&r.mentions[k]) && r.tokens[r.mentions[k].first].has(capital))) {
		return true // the opponent of the club abroad that the headline is about
	}
	r.aboutMention(k, ruleLead)
	for i := k + 1; i < first+n; i++ {
		if m := &r.mentions[i]; m.subject >= 0 && m.stance == plain && r.reg.subjects[m.subject].club() {
			r.aboutMention(i, ruleLead)
		}
	}
	if i := r.otherEnd(k); i >= 0 {
		r.aboutMention(i, ruleLeft)
	}
	if k+1 < len(r.mentions) && (r.otherOf(k) || r.drawnWith(k) || r.barredPair(k)) {
		r.aboutMention(k+1, ruleDerby)
	}
	if k+1 < len(r.mentions) && r.soughtFrom(k+1) {
		r.aboutMention(k+1, ruleLeft)
	}
	return true
}

// barredPair reports two clubs in a sentence of the lead which tells that supporters may not come: "Geen Seraing-fans welkom
// in Virton".
func (r *reading) barredPair(k int) bool {
	m, o := &r.mentions[k], &r.mentions[k+1]
	if !r.meansClub(o) || !r.firstSentence(o) || !r.fieldSays(inLead, r.words.barring) || !r.onlyTwo(m, o) {
		return false
	}
	next := r.after(m)
	return r.reachesWord(m, r.words.fans, 2) || r.fieldSays(inLead, r.words.fans) && next != nil && next.joined(hyphen)
}

// onlyTwo reports that the lead names no club but two.
func (r *reading) onlyTwo(a, b *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; r.inLeadOf(o) && r.meansClub(o) && o.subject != a.subject && o.subject != b.subject {
			return false
		}
	}
	return a.subject != b.subject
}

// hiddenRest reports clubs in general, of which no name is kept back: "STVV is terug en JPL-topclubs bibberen".
func (r *reading) hiddenRest() bool {
	if !r.titleOpensWithClub() {
		return false
	}
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		t := &r.tokens[i]
		if text := r.text(t.field)[t.start:t.end]; t.is(wHidden) && strings.HasSuffix(text, "clubs") && (i == r.fields[inTitle].from || !r.tokens[i-1].among(r.words.counts)) {
			return true
		}
	}
	return false
}

// titleOpensWithClub reports a headline that begins with a club.
func (r *reading) titleOpensWithClub() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; r.tokens[m.first].field == inTitle && r.meansClub(m) {
			return r.opensHeadline(m)
		}
	}
	return false
}

// tooMany reports a list of more clubs than the two of which the headline keeps the names back: "Boskamp vreest voor deze
// twee topclubs".
func (r *reading) tooMany(k int) bool {
	n, _ := r.listLength(k)
	if n < 3 {
		return false
	}
	for i := r.fields[inTitle].from; i+1 < r.fields[inTitle].to; i++ {
		if r.tokens[i].among(r.words.counts) && (r.tokens[i+1].is(wHidden) || i+2 < r.fields[inTitle].to && r.tokens[i+2].is(wHidden)) {
			return true
		}
	}
	return false
}

// opensWithAnother reports a lead that opens with the coach of another club of ours, whose opponent
// the first club that it names is.
func (r *reading) opensWithAnother(k int) bool {
	m := &r.mentions[k]
	for i := range k {
		o := &r.mentions[i]
		if !r.opensLead(o) || o.subject < 0 || !r.reg.subjects[o.subject].coach() {
			continue
		}
		s := &r.reg.subjects[o.subject]
		club, ok := r.reg.byTopic[s.tenure(r.at)]
		return ok && r.reg.subjects[club].club() && club != m.subject && !s.servesAround(r.reg.subjects[m.subject].topic, r.at) &&
			r.reaches(m, wAgainst|wOpponent|wAfter|wWins, 4)
	}
	return false
}

// otherOf reports the other side of a match behind the first club of the lead.
func (r *reading) otherOf(k int) bool {
	m, o := &r.mentions[k], &r.mentions[k+1]
	if o.subject < 0 || !r.inLeadOf(o) {
		return false
	}
	if written := m.last+1 == o.first && r.matched(m, o) && !r.titleHas(wLeague); r.wordsOfSide() && !written {
		return false
	}
	return r.matched(m, o) || r.titleSays(r.words.finals) && r.firstSentence(o) || r.titleHas(wDerby) || r.onlyResult() || r.tickerOf(k+1) || r.hosted(k+1) || r.meets(k+1) || r.resultBetween(m, o) || r.acrossPitch(m, o)
}

// insteadOf returns the first club of the lead that is not the opponent of somebody, when
// mention k is: "hij scoorde tegen Gent en bezorgde STVV de zege". -1 for none.
func (r *reading) insteadOf(k int) int {
	if !r.reaches(&r.mentions[k], wAgainst, 2) || r.tellsWinner(inTitle) {
		return -1
	}
	for i := k + 1; i < len(r.mentions); i++ {
		m := &r.mentions[i]
		if r.inLeadOf(m) && m.stance == plain && r.meansClub(m) && m.subject != r.mentions[k].subject && !r.reaches(m, wAgainst, 2) && !r.onlyGround(m) {
			return i
		}
	}
	return -1
}

// formerTitle reports a headline whose clubs are all somebody's past.
func (r *reading) formerTitle() bool {
	past := false
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field != inTitle || !r.meansClub(m) {
			continue
		}
		if m.rule != ruleFormer || m.stance != aside {
			return false
		}
		past = true
	}
	return past
}

// onlyPast reports a club in the lead under a headline about somebody who left his clubs: it is one more of them,
// unless he goes there or the lead begins with it.
func (r *reading) onlyPast(m *mention) bool {
	if !r.formerTitle() || r.newJob(m) || r.titleSays(r.words.returns) || r.declared() || r.reaches(m, wDestination, 2) {
		return false
	}
	return !r.opensLead(m) || r.native(m) || r.pastLabel(m.subject)
}

// newJob reports where somebody works now, under a headline that speaks of his new job and has only his past clubs.
func (r *reading) newJob(m *mention) bool {
	return r.titleSays(r.words.another) && r.titleSays(r.words.jobs) && r.reaches(m, wAt, 1)
}

// pastLabel reports a club that the headline has in brackets, behind somebody who left it: "Baouf (ex-Anderlecht)".
func (r *reading) pastLabel(club int32) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == club && r.tokens[m.first].field == inTitle && r.tokens[m.first].has(bracketed) {
			return true
		}
	}
	return false
}

// facedBySpeaker reports a club further on in the lead that somebody of a side which is not ours has met, or meets,
// under his words: "Lepoint zucht na de nederlaag tegen Cercle Brugge".
func (r *reading) facedBySpeaker(m *mention) bool {
	return r.speech() && r.reaches(m, wAgainst, 2) && !r.opensLead(m)
}

// ranged reports the first of two clubs that stand for all between them.
func (r *reading) ranged(k int) bool {
	if k+1 >= len(r.mentions) || !r.meansClub(&r.mentions[k+1]) || !r.reaches(&r.mentions[k], wAt, 1) || r.mentions[k+1].first-r.mentions[k].last > 3 {
		return false
	}
	for i := r.mentions[k].last + 1; i < r.mentions[k+1].first; i++ {
		if r.tokens[i].among(r.words.through) {
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
		if b := r.tokens[i].before; b.ends() && b&space != 0 {
			ends++
		}
	}
	return ends == 0 || ends == 1 && r.shortOpening(f)
}

// shortOpening reports a first sentence of a few words, an announcement of the
// second.
func (r *reading) shortOpening(f field) bool {
	for i := r.fields[f].from + 1; i < r.fields[f].to; i++ {
		if r.tokens[i].before.ends() {
			return i-r.fields[f].from <= 12
		}
	}
	return false
}

// opensLead reports that nothing but a trade, an article or the man's club stands
// before a mention in the lead.
func (r *reading) opensLead(m *mention) bool {
	if !r.inLeadOf(m) {
		return false
	}
	if r.introduced(m) {
		return true
	}
	for i := r.fields[inLead].from; i < int(m.first); i++ {
		t := &r.tokens[i]
		if t.is(wAt) && i > r.fields[inLead].from && r.tokens[i-1].is(wCoach|wNation) {
			continue // "trainer van Gent Rik De Mil"
		}
		if t.is(wPundit) || i+1 < int(m.first) && r.tokens[i+1].joined(hyphen) && r.tokens[i+1].is(wPundit|wCoach) || i == r.fields[inLead].from && t.among(r.words.according) {
			continue // "L'analyste", "DAZN-analist", "Volgens"
		}
		if !t.is(wCoach|wNation|wArticle|wRole|wFormer|wBelgian) && !r.ended(int32(i)) && !r.begun(int32(i)) { //nolint:gosec // G115
			return false
		}
	}
	return true
}

// introduced reports a person behind a comma before which the lead says no more than what he is or was: "Consultant pour
// la RTBF, Felice Mazzù livre".
func (r *reading) introduced(m *mention) bool {
	from := r.fields[inLead].from
	if r.tokens[m.first].before&comma == 0 || int(m.first)-from > 8 || !r.tokens[from].is(wPundit|wCoach|wFormer) || r.tokens[from].is(wArticle) {
		return false
	}
	for i := from + 1; i < int(m.first); i++ {
		if r.tokens[i].before&^(space|apostrophe|hyphen) != 0 {
			return false
		}
	}
	return true
}

// titleMatch reports a headline that names both sides of a match: "Anderlecht-Beerschot : les
// Mauves face à la lanterne rouge" keeps no name back.
func (r *reading) titleMatch() bool {
	for k := 0; k+1 < len(r.mentions); k++ {
		a, b := &r.mentions[k], &r.mentions[k+1]
		if r.tokens[b.first].field == inTitle && r.meansClub(a) && r.meansClub(b) && r.matched(a, b) {
			return true
		}
	}
	return false
}

// labelled reports what the headline says that its club is, or is no more: "Le Beerschot n'est plus un club de D1A", "Westerlo
// blijft eersteklasser".
func (r *reading) labelled(i int) bool {
	const reach = 6 // "est plus un club de D1A": a phrase counts at its last word
	f := r.fields[inTitle]
	for k := i - 1; k > max(f.from, i-reach) && r.tokens[k+1].before&^(space|apostrophe) == 0; k-- {
		if r.tokens[k].among(r.words.states) {
			return r.clubAhead(k)
		}
	}
	return false
}

// clubAhead reports a club of the headline in front of token i.
func (r *reading) clubAhead(i int) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; int(m.first) < i && r.tokens[m.first].field == inTitle && r.meansClub(m) {
			return true
		}
	}
	return false
}

// hiddenClub reports a headline that keeps a Belgian club's name back.
func (r *reading) hiddenClub() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if !t.is(wHidden) || r.ended(int32(i)) || r.begun(int32(i)) || r.begun(int32(i+1)) && i+1 < f.to { //nolint:gosec // G115
			continue // "rode lantaarn Lokeren" keeps nothing back
		}
		if r.labelled(i) {
			continue
		}
		if i > f.from {
			// "Griekse topclub", "club uit de Bundesliga": somebody abroad.
			if p := &r.tokens[i-1]; p.word != 0 && p.word == r.words.geen || p.has(capital) && !t.has(capital) && !p.is(wBelgian) && !p.before.starts() && !p.among(r.words.belgianLeagues) {
				continue
			}
		}
		if words, _, _ := r.singleSpan(); t.quoted() && words < f.to-f.from {
			continue // somebody's words; but a whole headline in quotes is hearsay's style
		}
		return true
	}
	return false
}

// guests reports the club whose supporters open the lead under a headline that names nothing but a
// ground: "Vuurwerk en rellen aan de Bosuil", and "Supporters van Club Brugge".
func (r *reading) guests(m *mention) bool {
	if !r.firstSentence(m) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && r.meansClub(o) && !r.onlyGround(o) && !r.tokens[o.first].has(doubleQuoted) {
			return false
		}
	}
	f := r.fields[inLead]
	for i := f.from; i < min(int(m.first), f.from+3); i++ {
		if r.tokens[i].among(r.words.fans) {
			return int(m.first)-i <= 3
		}
	}
	return false
}
