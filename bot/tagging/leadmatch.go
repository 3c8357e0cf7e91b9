package tagging

import "github.com/sjotbot/sjotbot/subscriptions"

// shortLead is how many words a lead may have that says one thing alone.
const shortLead = 12

// sameMatch reports the other side of the match that a headline with one club is about.
func (r *reading) sameMatch(k int) bool {
	m := &r.mentions[k]
	if r.othersMatch(k) {
		return false
	}
	return r.derbyAhead() || r.calledOff(m) || r.derbyOfTwo(k) || r.winsDerby(m) || r.paired(k) || r.announced(k) || r.comesTo(k) ||
		r.afterScore(m) && !r.lastMatch() || r.beaten(m) || r.winsThere(k) || r.otherSide(m) || r.laterSide(k) || r.takenAt(m) ||
		r.facesSubject(k) || r.tickerOf(k) || r.playedThem(m)
}

// playedThem reports the one other club of a lead whose first sentence tells the match of which the headline tells the result, however
// it is named there: "Zebra's stoten door", and "Kohnen en co schakelen Lokeren uit".
func (r *reading) playedThem(m *mention) bool {
	if r.kind != subscriptions.Fact || !r.onlyOther(m) || !r.sameSentence(r.fields[inLead].from, int(m.first)) || r.besideMatch() {
		return false
	}
	score := r.scoreIn(inLead)
	switch {
	case (r.tellsWinner(inTitle) || r.titleHas(wWins)) && (score || r.tellsWinner(inLead) || r.leadHas(wWins) || r.opposes(m) || r.goesOn()):
	case score && r.goesOn() && (r.opposes(m) || r.reaches(m, wAt|wInside, 1)):
	default:
		return false
	}
	to := r.preposition(m)
	return !r.fieldSays(inLead, r.words.ranking) && !r.ranks(m) && !(to != nil && to.among(r.words.bound))
}

// besideMatch reports what tells of a match and is about something else: somebody's words, a deal, a prize, a match to come or
// of before, a club abroad, the women.
func (r *reading) besideMatch() bool {
	lead := r.fields[inLead]
	if lead.from < lead.to && r.tokens[lead.from].is(wAfter) && !r.scoreIn(inLead) || r.fieldSays(inLead, r.words.pastTimes) {
		return true
	}
	return r.speech() || r.lastMatch() || r.otherBusiness() || r.pointsTaken() || r.scoreTalked() || r.aboutWomen() ||
		r.leadHas(wForeign|wTournament) || r.titleHas(wHires|wMarket|wAgainst|wOpponent|wPrize|wYouth)
}

// scoreTalked reports a lead that speaks of a score and does not tell it: "Lotto Park pikt de 0-2 tegen STVV niet".
func (r *reading) scoreTalked() bool {
	for _, s := range r.scores {
		if i := int(s.token); s.valid && r.tokens[i].field == inLead && i > r.fields[inLead].from && r.tokens[i-1].among(r.words.pointing) {
			return true
		}
	}
	return false
}

// othersMatch reports the opponent, in the lead, of a club which the item is not about: "Westerlo s'impose", and "l'Union a poursuivi sa
// marche face à Lommel".
func (r *reading) othersMatch(k int) bool {
	if k == 0 || !r.reaches(&r.mentions[k], wAgainst, 2) {
		return false
	}
	m, o := &r.mentions[k], &r.mentions[k-1]
	return r.meansClub(o) && r.inLeadOf(o) && o.subject != m.subject && r.sameSentence(int(o.first), int(m.first)) && !r.isAbout(o.subject) && !r.reaches(o, wAgainst|wAfter|wAt, 2)
}

// calledOff reports the opponent in a match that is not played on its day, which is news of both: "Le Pairay privé de
// match", and "La rencontre face aux Francs Borains est remise".
func (r *reading) calledOff(m *mention) bool {
	if r.titleSays(r.words.calledOff) && r.firstSentence(m) && r.fieldSays(inLead, r.words.grounds) && !r.affairOfOne() {
		return true // "Le terrain du Daknam, à Lokeren, était impraticable"
	}
	return r.opposes(m) && r.firstSentence(m) && (r.titleSays(r.words.calledOff) || r.fieldSays(inLead, r.words.calledOff) && r.fieldSays(inLead, r.words.games))
}

// winsThere reports the side that the lead opens with and whose result it tells, at the club of
// the headline or its ground: "SK Beveren won met 0-1 in de Elindus Arena".
func (r *reading) winsThere(k int) bool {
	m := &r.mentions[k]
	if r.speech() || r.kind != subscriptions.Fact || !r.opensLead(m) || k+1 >= len(r.mentions) {
		return false
	}
	o := &r.mentions[k+1]
	if r.tokens[o.first].field != inLead {
		return false
	}
	told := false
	for i := m.last + 1; i <= o.first; i++ {
		t := &r.tokens[i]
		if t.before&(stop|semicolon|comma) != 0 || t.is(wAfter) {
			return false
		}
		told = told || t.is(wWins)
	}
	return told && o.subject >= 0 && r.isAbout(o.subject) && r.reaches(o, wAt|wInside|wAgainst, 3)
}

// wordsOfSide reports somebody's words in the headline, which are of one side of a match; but not those of who speaks
// of a derby and serves neither: "Extra politie voor derby: “Wie vuurwerk gooit, blijft buiten”".
func (r *reading) wordsOfSide() bool {
	return (r.speech() || r.viewOfCoach()) && !(r.titleHas(wDerby) && r.titleCoach() < 0)
}

// laterSide reports the other side of the match that the headline tells, with which a later sentence of the lead begins
// and which no third club shares it with: "Met tien en toch gewonnen: Kanaries stunten", and "De RAAL kwam op voorsprong,
// maar bezweek alsnog: 2-1".
func (r *reading) laterSide(k int) bool {
	m := &r.mentions[k]
	if r.speech() || r.kind != subscriptions.Fact || !r.tellsWinner(inTitle) || r.titleHas(wForeign|wHires) || r.benchStory() {
		return false
	}
	if !r.opensSentence(m) || r.opensLead(m) || r.ranks(m) {
		return false
	}
	for i := range r.mentions {
		o := &r.mentions[i]
		if r.meansClub(o) && o.subject != m.subject && r.inLeadOf(o) && !r.isAbout(o.subject) {
			return false
		}
	}
	if !r.acts(m) && !r.scoreBeside(int(m.first)) {
		return false
	}
	for i := m.last + 1; i < int32(r.fields[inLead].to) && r.sameSentence(int(m.first), int(i)); i++ { //nolint:gosec // G115
		if r.tokens[i].is(wWins) && !r.played(int(i)) {
			return true
		}
	}
	return false
}

// takenAt reports where the lead says that points were won or lost, without saying by whom: "Op het veld van Dender werd
// een punt gepakt".
func (r *reading) takenAt(m *mention) bool {
	next := r.after(m)
	if r.speech() || r.kind != subscriptions.Fact || next == nil || !next.among(r.words.passives) || r.reaches(m, wAgainst, 2) || !r.placed(m) && !r.trip(m) {
		return false
	}
	taken := false
	for i := int(m.last) + 1; i < r.fields[inLead].to && !(r.tokens[i].before.ends() && r.tokens[i].before&space != 0); i++ {
		taken = taken || r.tokens[i].is(wWins) || r.tokens[i].among(r.words.taken)
	}
	return taken
}

// hosted reports the other side of a match to come that the lead opens with: "Anderlecht
// ontvangt KV Mechelen".
func (r *reading) hosted(k int) bool {
	if k == 0 || r.wordsOfSide() {
		return false
	}
	m, p := &r.mentions[k], &r.mentions[k-1]
	if n, _ := r.listLength(k); n > 1 {
		return false // a week of matches
	}
	if !r.meansClub(p) || !r.opensLead(p) || r.tokens[m.first].field != inLead || m.first-p.last > 5 || m.first-p.last < 2 {
		return false
	}
	verb := &r.tokens[p.last+1]
	return verb.among(r.words.hosting)
}

// drawnWith reports the two clubs of a draw that the headline tells without names: "Loting beker
// bekend", and "Union moet op bezoek bij Lokeren".
func (r *reading) drawnWith(k int) bool {
	m, o := &r.mentions[k], &r.mentions[k+1]
	if !r.titleSays(r.words.draws) || r.speech() || !r.opensLead(m) || !r.inLeadOf(o) || !r.meansClub(o) || o.subject == m.subject || !r.firstSentence(o) {
		return false
	}
	for i := m.last + 1; i <= o.first; i++ {
		if r.tokens[i].before&(comma|stop|semicolon) != 0 {
			return false
		}
	}
	return true
}

// resultBetween reports two clubs at the head of the lead with the result of their match: "Gent won met
// 2-1 van Charleroi na een goal in de slotfase".
func (r *reading) resultBetween(m, o *mention) bool {
	if r.kind != subscriptions.Fact || r.hiddenClub() || r.titleHas(wLeague) || !r.scoreIn(inLead) {
		return false
	}
	if !r.opensSentence(m) || r.tokens[m.first].field != inLead || !r.meansClub(o) || o.subject == m.subject || o.first-m.last > 8 {
		return false
	}
	told := false
	for i := m.last + 1; i <= o.first; i++ {
		t := &r.tokens[i]
		if t.before&(comma|stop|semicolon|colon) != 0 || t.is(wAfter) {
			return false
		}
		told = told || t.is(wWins) && i < o.first
	}
	return told
}

// acrossPitch reports the two clubs of the lead's first sentence under a headline that tells the result
// of a match, or that there is one, and names nobody: "Bezoekers pakken drie punten", and "Zulte
// Waregem haalt het op het veld van Charleroi".
func (r *reading) acrossPitch(m, o *mention) bool {
	if r.titleCoach() >= 0 || r.titleHas(wLeague|wForeign) || r.aboutWomen() {
		return false
	}
	if !r.meansClub(o) || o.subject == m.subject || o.stance == aside || !r.sameSentence(int(m.first), int(o.first)) {
		return false
	}
	meeting := r.titleSays(r.words.meetings)
	ended := r.tellsWinner(inTitle) || r.scoreIn(inTitle) || r.hiddenClub() && r.opensLead(m) && r.tellsWinner(inLead)
	if !meeting && !(ended && r.kind == subscriptions.Fact) {
		return false
	}
	told := meeting || r.reaches(o, wAt|wAgainst|wInside, 2)
	if !told && r.hiddenClub() {
		return false // "Eerste stijger bekend": it is about the winner
	}
	for i := m.last + 1; i <= o.first; i++ {
		t := &r.tokens[i]
		if t.before&semicolon != 0 || t.is(wAfter) {
			return false
		}
		told = told || t.is(wWins)
	}
	return told
}

// heldBy reports the other side of the match that a coach's club plays at the head of the lead, under a headline
// that has him alone: "Vanderbiest stunt met tien man", and "Malinwa houdt blauw-zwart op 1-1".
func (r *reading) heldBy(k int) bool {
	if k == 0 || r.speech() || r.kind != subscriptions.Fact || !r.tellsWinner(inTitle) || r.titleHas(wAfter) || !r.scoreBeside(int(r.mentions[k].first)) {
		return false
	}
	m, p := &r.mentions[k], &r.mentions[k-1]
	if !r.meansClub(p) || p.subject == m.subject || !r.isAbout(p.subject) || !r.opensLead(p) || !r.sameSentence(int(p.first), int(m.first)) {
		return false
	}
	for i := p.last + 1; i <= m.first; i++ {
		if t := &r.tokens[i]; t.is(wAfter) || t.before&(comma|semicolon) != 0 {
			return false
		}
	}
	return true
}

// coachOpens reports a lead that begins with the coach of the club that the item is about: "Thorup baalt na 1-1
// tegen Lommel".
func (r *reading) coachOpens() bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.reg.subjects[m.subject].coach() && r.opensLead(m) && r.coachesSubject(&r.reg.subjects[m.subject]) {
			return true
		}
	}
	return false
}

// ranks reports a club of whose place in the table the lead tells, no side of the match: "Genk blijft leider".
func (r *reading) ranks(m *mention) bool {
	next := r.after(m)
	return next != nil && next.among(r.words.ranking)
}

// scoreBeside reports a score in the sentence of a token.
func (r *reading) scoreBeside(i int) bool {
	for k := range r.scores {
		if s := &r.scores[k]; s.valid && r.sameSentence(int(s.token), i) {
			return true
		}
	}
	return false
}

// announced reports the visitor in a short lead that says nothing but who comes: "Beveren
// ontvangt zondag Club Brugge."
func (r *reading) announced(k int) bool {
	f := r.fields[inLead]
	return r.kind == subscriptions.Fact && r.tokens[r.mentions[k].first].field == inLead && f.to-f.from <= shortLead/2 && r.hosted(k) && !r.otherBusiness()
}

// comesTo reports the visitor that a short lead begins with, and says no more than that it comes to the club of the headline:
// "Trois absents à l'Antwerp", and "Genk se déplace au Bosuil samedi".
func (r *reading) comesTo(k int) bool {
	m, f := &r.mentions[k], r.fields[inLead]
	if r.wordsOfSide() || r.kind != subscriptions.Fact || f.to-f.from > shortLead || !r.opensLead(m) || k+1 >= len(r.mentions) || r.otherBusiness() {
		return false
	}
	o := &r.mentions[k+1]
	if o.subject < 0 || !r.isAbout(o.subject) || !r.sameSentence(int(m.first), int(o.first)) || o.first-m.last < 2 || o.first-m.last > 5 || !r.placed(o) {
		return false
	}
	next := r.after(m)
	return next.before&^space == 0 && (next.among(r.words.hosting) || next.among(r.words.comings) || r.tokens[m.last+2].among(r.words.hosting))
}

// paired reports one of two clubs that open the lead together: "OHL en Charleroi houden
// elkaar in evenwicht". The other is a subject, or its coach is.
func (r *reading) paired(k int) bool {
	n, first := r.listLength(k)
	if n != 2 || !r.opensLead(&r.mentions[first]) && !r.betweenTwo(&r.mentions[first]) && !r.opensTicker(&r.mentions[first]) {
		return false
	}
	o := &r.mentions[first]
	if first == k {
		o = &r.mentions[k+1]
	}
	if !r.meansClub(o) {
		return false
	}
	side, _ := r.side(o)
	return r.isAbout(o.subject) || side >= 0 && r.isAbout(side) || r.coachServes(r.reg.subjects[o.subject].topic)
}

// affairOfOne reports a headline of what one club did or suffers for what happened at a match, which the lead names:
// "Genk veroordeelt gedrag van fans", and "De derby tussen STVV en Genk werd ontsierd".
func (r *reading) affairOfOne() bool {
	if r.titleHas(wWins|wDerby) || r.scoreIn(inTitle) {
		return false
	}
	if r.titleSays(r.words.penalties) {
		return true
	}
	f := r.fields[inLead]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].among(r.words.incidents) {
			return true
		}
	}
	return false
}

// betweenTwo reports the first of two clubs in a lead that begins with their match: "Le match
// entre Virton et OHL", under a headline that tells its result.
func (r *reading) betweenTwo(m *mention) bool {
	f := r.fields[inLead]
	ahead := r.preposition(m)
	if r.tokens[m.first].field != inLead || int(m.first)-f.from > shortLead || ahead == nil || !ahead.among(r.words.between) || r.affairOfOne() {
		return false
	}
	if r.tellsWinner(inTitle) || r.liveReport() || r.titleSays(r.words.meetings) {
		return true
	}
	for i := f.from; i < int(m.first); i++ {
		if r.tokens[i].among(r.words.meetings) {
			return !r.speech() && r.titleCoach() < 0 // "Le choc entre le Standard et Charleroi"
		}
	}
	return false
}

// otherSide reports the other side of a match that the headline tells the result of:
// its opponent in a lead that tells it too, or its own name under "Les Verts arrachent
// un point à Virton".
func (r *reading) otherSide(m *mention) bool {
	if r.lastMatch() {
		return false
	}
	if r.speech() || r.titleHas(wHires) && r.titleHas(wCoach) || r.titleSays(r.words.absent) && !r.scoreIn(inTitle) {
		return false
	}
	if !r.firstSentence(m) || !(r.tellsWinner(inTitle) || r.scoreIn(inTitle) || r.onlyResult() || r.bareScore()) {
		return false
	}
	if n, first := r.listLength(r.number(m)); n >= 3 && r.opposes(&r.mentions[first]) {
		return false // "Tegen Charleroi, Gent en Genk"
	}
	if bare := r.bareScore(); (bare || r.onlyResult()) && (r.opposes(m) || r.across(m) || bare && !r.fieldSays(inLead, r.words.ranking)) {
		return true
	}
	if r.kind == subscriptions.Fact && r.opposes(m) && (r.tellsWinner(inLead) || r.scoreIn(inTitle) || r.coachOpens()) && !r.titleHas(wOpponent) && !r.behindMatch(m) {
		return true
	}
	if r.kind == subscriptions.Fact && (r.opensLead(m) || r.opensAs(m)) && r.acts(m) && !r.ranks(m) && !r.leadHas(wForeign) && !(r.aboutWomen() && r.scoreIn(inLead)) {
		return true // "Westerlo maakte in minuut 94 gelijk: 2-2", "OHL pikt een punt mee", "miste een strafschop"
	}
	if r.kind == subscriptions.Fact && r.tellsWinner(inTitle) && r.goesOn() && (r.reaches(m, wAt|wInside, 1) && r.wonAt(m) || r.beatenBy(m)) {
		return true
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

// opensAs reports a club that opens the lead but for what it is or how: "Bezoeker Dender", "Een zwak Dender", "Le modeste
// Dender".
func (r *reading) opensAs(m *mention) bool {
	f := r.fields[inLead]
	n := int(m.first) - f.from
	if r.tokens[m.first].field != inLead || n < 1 || n > 2 || r.tokens[m.first].before != space {
		return false
	}
	if n == 2 && (!r.tokens[f.from].is(wArticle) || r.tokens[f.from].is(wAt) || r.tokens[f.from+1].before != space) {
		return false
	}
	t := &r.tokens[m.first-1]
	return !t.is(wAt|wInside|wAgainst|wAfter|wAnd|wThan|wCompares|wOpponent|wArticle|wPlace) && !t.has(number) && !t.among(r.words.ahead) && !t.among(r.words.onlys)
}

// across reports the other side of a bare result behind its preposition: "a perdu 2-0 à la Cegeka Arena", "battus 4-0
// par l'Union".
func (r *reading) across(m *mention) bool {
	if r.reaches(m, wAt|wInside, 1) {
		return true
	}
	by := r.preposition(m)
	return by != nil && r.goesOn() && !r.opensSentence(m) && (by.is(wAt|wInside) && r.onlyGround(m) || by.word != 0 && (by.word == r.words.par || by.word == r.words.door))
}

// facesSubject reports the other side of a match with the club of the headline, that the
// lead writes as a match ("Olympic - Virton") or tells the result of.
func (r *reading) facesSubject(k int) bool {
	m := &r.mentions[k]
	if r.speech() || r.kind != subscriptions.Fact && !r.tellsWinner(inTitle) || !r.firstSentence(m) {
		return false
	}
	for i := range r.mentions {
		o := &r.mentions[i]
		if !r.inLeadOf(o) || !r.meansClub(o) || o.subject == m.subject || !r.isAbout(o.subject) || !r.firstSentence(o) {
			continue
		}
		if i == k+1 && r.opensLead(m) && r.notation(m, o) || k == i+1 && r.opensLead(o) && r.notation(o, m) {
			return true
		}
		if i > k && r.reaches(o, wAgainst, 2) && (r.tellsWinner(inLead) || r.scoreIn(inLead)) {
			return true
		}
	}
	return false
}

// meets reports the opponent in the first sentence of a lead that tells how a match ended
// of which the headline has no club: "Westerlo s'est imposé à Louvain".
func (r *reading) meets(k int) bool {
	m := &r.mentions[k]
	if r.kind != subscriptions.Fact || m.stance != plain || !r.meansClub(m) || !r.firstSentence(m) || r.titleHasSide() {
		return false
	}
	for i := r.mentions[k-1].last + 1; i <= m.first; i++ {
		if r.tokens[i].before.ends() {
			return false // another sentence, and the next match
		}
	}
	beats := r.reaches(m, wWins, 3) && r.reaches(m, wAt|wInside, 1)
	return beats || r.opposes(m) && (r.tellsWinner(inLead) || r.scoreIn(inLead) || r.titleHas(wWins))
}

// leadMatches counts the pairs of clubs that the lead writes as matches.
func (r *reading) leadMatches() (n int) {
	for k := 0; k+1 < len(r.mentions); k++ {
		if r.inLeadOf(&r.mentions[k]) && r.notation(&r.mentions[k], &r.mentions[k+1]) {
			n++
		}
	}
	return n
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
