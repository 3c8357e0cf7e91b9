package tagging

import "github.com/sjotbot/sjotbot/subscriptions"

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
			if m.subject < 0 || !r.inLeadOf(m) || r.supposed(m) || r.isAbout(m.subject) || r.reactedTo(m.subject) || r.sideInTitle(m.subject) || r.saidAbroad(m) {
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
	r.coachOfRole(l.coachOf)
	r.byFirstNames()
	r.judgeBoth()
	for k := range r.mentions { // "Ivan Leko keert met Club Brugge terug naar Gent"
		m := &r.mentions[k]
		if m.stance != plain || !r.meansClub(m) || !r.inLeadOf(m) || !r.coachServes(r.reg.subjects[m.subject].topic) {
			continue
		}
		if r.takenAlong(m) || r.staysAt(m) || r.coachOf(m) {
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

// saidAbroad reports the next opponent of a club abroad that the lead begins with, under a headline that is somebody's words:
// "“Wij winnen de beker”", and then "Arsenal speelt vanavond bij Club Brugge".
func (r *reading) saidAbroad(m *mention) bool {
	if !r.meansClub(m) || !r.speech() || r.clubInTitle(-1) || r.titleCoach() >= 0 || r.tokens[m.first].field != inLead || !r.onlyClub(m) {
		return false
	}
	by := r.preposition(m)
	if by == nil || !by.among(r.words.visits) && !by.is(wAgainst) {
		return false
	}
	abroad := false
	for i := r.fields[inLead].from; i < int(m.first); i++ {
		t := &r.tokens[i]
		abroad = abroad || t.is(wForeign|wUnited)
		if abroad && (t.among(r.words.hosting) || t.among(r.words.plays)) {
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
	return r.afterScore(m) || r.metOldClub(m) || r.formerManOf(m) || r.onExClub(m) || m.rule == rulePredecessor && (r.onlyResult() || r.speaksLater(m)) || m.rule == ruleCompared && r.inRace(r.number(m))
}

// metOldClub reports the old club of the coach who speaks, where his side has just played: "Jess Thorup na 2-2 bij zijn ex-club Gent",
// "na 2-2 bij Gent, waar hij vroeger trainer was".
func (r *reading) metOldClub(m *mention) bool {
	his := m.rule == ruleFormer && r.reachesWord(m, r.words.possessives, 3) || m.stance == plain && r.usedToCoach(m)
	if !his || !r.meansClub(m) || !r.speech() || r.titleCoach() < 0 {
		return false
	}
	return r.reaches(m, wAfter, 9) && r.reaches(m, wAt|wAgainst, 4)
}

// usedToCoach reports "waar hij vroeger trainer was", "où il a été entraîneur" behind a club.
func (r *reading) usedToCoach(m *mention) bool {
	const reach = 7
	i, to := int(m.last)+1, r.fields[r.tokens[m.last].field].to
	if i >= to || !r.tokens[i].among(r.words.where) {
		return false
	}
	for ; i < min(int(m.last)+reach, to) && !r.tokens[i].before.ends(); i++ {
		if r.tokens[i].is(wCoach) {
			return true
		}
	}
	return false
}

// underHim reports the coach of the day under whom his club does what the lead tells, "Malinwa staat
// derde onder Fred Vanderbiest".
func (r *reading) underHim(m *mention) bool {
	ahead := r.ahead(m)
	return m.rule == rulePredecessor && ahead != nil && ahead.among(r.words.under) && r.reg.subjects[m.subject].coach() && r.servesSubject(&r.reg.subjects[m.subject])
}

// tellsLater reports a club that a later sentence of the lead tells, under a headline that names
// nobody: the only one, or one side of the match that the sentence begins with.
func (r *reading) tellsLater(k int) bool {
	m := &r.mentions[k]
	return !r.formerTitle() && (r.onlyClub(m) || k+1 < len(r.mentions) && r.opensSentence(m) && r.resultBetween(m, &r.mentions[k+1]))
}

// opensMatch reports the first side of the match that the lead opens with: "Anderlecht-Club Brugge is meer dan een
// klassieker".
func (r *reading) opensMatch(k int) bool {
	return k+1 < len(r.mentions) && r.matched(&r.mentions[k], &r.mentions[k+1]) && r.opensLead(&r.mentions[k])
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

// titleOpensWithClub reports a headline that begins with a club.
func (r *reading) titleOpensWithClub() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; r.tokens[m.first].field == inTitle && r.meansClub(m) {
			return r.opensHeadline(m)
		}
	}
	return false
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
	if !r.formerTitle() || r.newJob(m) || r.coachOfToday(m) || r.titleSays(r.words.returns) || r.declared() || r.reaches(m, wDestination, 2) {
		return false
	}
	return !r.opensLead(m) || r.native(m) || r.pastLabel(m.subject)
}

// coachOfToday reports a club of which the lead names the coach of these weeks as well: it is told of as it is now.
func (r *reading) coachOfToday(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o.subject >= 0 && r.inLeadOf(o) && r.reg.subjects[o.subject].coach() && r.linked(o, m) {
			return true
		}
	}
	return false
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

// clubAhead reports a club of the headline in front of token i.
func (r *reading) clubAhead(i int) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; int(m.first) < i && r.tokens[m.first].field == inTitle && r.meansClub(m) {
			return true
		}
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
