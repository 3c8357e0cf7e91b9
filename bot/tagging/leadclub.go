package tagging

import "github.com/sjotbot/sjotbot/subscriptions"

// judgeLeadClub decides on one club of the lead, by what the headline names: a club of ours, somebody else, or nobody.
func (r *reading) judgeLeadClub(k int, s *subject, l *leadReading) {
	m := &r.mentions[k]
	switch {
	case r.kind == subscriptions.Roundup:
		// Of a round-up only the headline says what it is about, unless the lead
		// names one club alone and begins with it, or begins with a list of them.
		if l.clubs+l.others == 0 && (r.onlyClub(m) && r.opensLead(m) || r.listedBefore(k)) {
			r.aboutMention(k, ruleLead)
		}
	case r.inRace(k), l.clubs+l.others == 0 && r.askedAmong(k):
		l.foundClub = true
		r.aboutMention(k, ruleLead)
	case l.clubs == 0 && r.pairKeptBack() >= 0:
		l.foundClub = true
		r.aboutPair(r.pairKeptBack(), ruleHidden)
	case l.clubs > 0:
		switch {
		case l.hidden && !l.foundClub && !r.hiddenRest() && !(l.clubs == 2 && r.tellsWinner(inTitle)):
			l.foundClub = true
			r.aboutMention(k, ruleHidden)
		case r.coachServes(s.topic) && !r.ofCoach(m), r.staffOf(m) && r.aboutCoachOf(s.topic):
			r.aboutMention(k, ruleCoachClub)
		case r.coachLeaves(s.topic):
			r.aboutMention(k, ruleLeft)
		case (r.left(m) || r.destination(m)) && !r.matchOfTwo(l.clubs), l.clubs == 1 && (r.dealsToo(m) || r.manOnMarket(m)):
			r.aboutMention(k, ruleLeft)
		case l.clubs == 1 && r.kind == subscriptions.Rumour && (r.owner(m) || r.pursued(k) || r.dealtOver(m)):
			r.aboutMention(k, ruleLeft)
		case l.clubs == 1 && r.otherEndOf(m):
			r.aboutMention(k, ruleLeft)
		case l.clubs == 1 && r.reunited(m):
			r.aboutMention(k, ruleDerby)
		case r.metOldClub(m):
			r.aboutMention(k, ruleDerby)
		case r.ofOwnSide(m):
			r.aboutMention(k, ruleSide)
		case r.winnersClub(m):
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
		}
	case l.others > 0:
		switch {
		case r.coachServes(s.topic), r.succeededAt(s.topic), r.aboutCoachOf(s.topic) && (r.coachOf(m) || r.titleSays(r.words.dismissal)):
			r.aboutMention(k, ruleCoachClub)
		case r.titleCoach() >= 0 && r.left(m):
			r.aboutMention(k, ruleLeft)
		case r.liveReport() && r.opensMatch(k):
			r.aboutMention(k, ruleDerby)
		case r.firstSentence(m) && (r.derbyAhead() || r.paired(k) || r.hosted(k) && (r.titleNames(m.subject) || r.liveReport())):
			r.aboutMention(k, ruleDerby)
		case l.hidden && !l.foundClub && r.newClub(m) && !r.interested(k):
			l.foundClub = true
			r.aboutMention(k, ruleHidden)
		case (r.firstSentence(m) || r.titleHas(wHedge|wMarket)) && r.reaches(m, wDestination, 2), r.afterScore(m), r.punditOf(m),
			r.titleCoach() >= 0 && r.firstSentence(m) && r.coachOf(m) && r.onlyClub(m):
			r.aboutMention(k, ruleCoachClub)
		case r.metOldClub(m):
			r.aboutMention(k, ruleDerby)
		case r.titleQuotes() && r.titleCoach() < 0 && r.speakers(m) && r.firstSentence(m):
			r.aboutMention(k, ruleLead)
		case r.officeAt(m), r.alongside(m):
			r.aboutMention(k, ruleCoachClub)
		case r.heldBy(k), r.facesOldClub(m):
			r.aboutMention(k, ruleDerby)
		case r.wantedAbroad(m):
			r.aboutMention(k, ruleLeft)
		case (r.titleCoach() >= 0 && !r.selectorsMan(m) || r.dealsWithPlayer(m)) && r.opensAlone(k) && !r.beatsHis(k), r.devilMoves(m):
			r.aboutMention(k, ruleLead)
		}
	case !l.foundClub && (l.hidden || r.firstSentence(m) || l.reaction || r.tellsLater(k)):
		l.foundClub = r.leadClub(k, l)
	}
}

// leadClub makes the first club of the lead the subject when the headline names
// none; with it the other side of a match and the other half of a pair. A list of
// three or more is a subject only where it opens the lead.
func (r *reading) leadClub(k int, l *leadReading) bool {
	if r.duel(k) && r.kind != subscriptions.Roundup {
		r.aboutPair(k, ruleDerby)
		return true
	}
	if m := &r.mentions[k]; r.titleHas(wLeague) && !l.hidden && !(r.opensLead(m) && (r.onlyClub(m) || r.speech())) {
		return true // the competition's news
	}
	if club, coach := r.openersClub(k); club >= 0 {
		r.about(club, ruleCoachClub, coach)
		return true
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
	if n >= 3 && !r.opensLead(&r.mentions[first]) || n >= 2 && r.interested(k) && !(n == 2 && l.hidden && r.titleSays(r.words.counts)) {
		return true
	}
	if ahead := r.ahead(&r.mentions[k]); ahead != nil && ahead.is(wForeign) && r.tokens[r.mentions[k].first].before&^space == 0 {
		return true // "hoopt met Atlético Madrid Club Brugge uit te schakelen"
	}
	if r.titleHas(wForeign) && !l.hidden && !r.opensLead(&r.mentions[k]) && r.kind == subscriptions.Fact && !r.dealtWith(k) && !r.wonFor(&r.mentions[k]) {
		return true
	}
	if m := &r.mentions[k]; r.titleHas(wForeign) && !l.hidden {
		leads := r.opensLead(m) && r.onlyClub(m) && r.tokens[m.first].has(capital)
		if r.reaches(m, wAgainst, 2) || r.titleHas(wWins) && !leads {
			return true // the opponent of the club abroad that the headline is about
		}
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
	if k+1 < len(r.mentions) && (r.drawnWith(k) || r.barredPair(k)) {
		r.aboutMention(k+1, ruleDerby)
	}
	if o := r.riotWith(k); o >= 0 {
		r.aboutMention(o, ruleDerby)
	}
	if o := r.nextClub(k); o >= 0 && r.otherOf(k, o) {
		r.aboutMention(o, ruleDerby)
	}
	if k+1 < len(r.mentions) && r.soughtFrom(k+1) {
		r.aboutMention(k+1, ruleLeft)
	}
	return true
}

// aboutPair makes subjects of a mention and the next.
func (r *reading) aboutPair(k int, rule string) {
	r.aboutMention(k, rule)
	r.aboutMention(k+1, rule)
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

// riotWith returns the other side of the match of a club at which there was trouble between supporters: "incidents entre supporters",
// and "après Club de Bruges - Antwerp". -1 for none.
func (r *reading) riotWith(k int) int {
	if !r.titleSays(r.words.incidents) || !r.titleSays(r.words.fans) {
		return -1
	}
	for i := k; i+1 < len(r.mentions); i++ {
		if r.mentions[i].subject == r.mentions[k].subject && r.notation(&r.mentions[i], &r.mentions[i+1]) {
			return i + 1
		}
	}
	return -1
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

// nextClub returns the club that the lead names behind another, with no more than a coach between: "Essevee van Michael Beale
// klopt STVV". -1 for none.
func (r *reading) nextClub(k int) int {
	for i := k + 1; i < len(r.mentions) && r.inLeadOf(&r.mentions[i]); i++ {
		m := &r.mentions[i]
		if r.meansClub(m) {
			return i
		}
		if m.subject < 0 || !r.reg.subjects[m.subject].coach() {
			return -1
		}
	}
	return -1
}

// otherOf reports that a club is the other side of a match of the first club of the lead.
func (r *reading) otherOf(k, other int) bool {
	m, o := &r.mentions[k], &r.mentions[other]
	if written := m.last+1 == o.first && r.matched(m, o) && !r.titleHas(wLeague); r.wordsOfSide() && !written {
		return false
	}
	return r.matched(m, o) || r.titleSays(r.words.finals) && r.firstSentence(o) || r.titleHas(wDerby) || r.onlyResult() ||
		r.tickerOf(other) || r.hosted(other) || r.meets(other) || r.resultBetween(m, o) || r.acrossPitch(m, o)
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

// openersClub returns the club of the coach with whom the lead opens, and the coach, when the first club that it names is
// whom his meets: "Timmy Simons was streng na de nederlaag tegen Dender", "streng voor het duel met Dender". -1 for none.
func (r *reading) openersClub(k int) (club int32, coach int) {
	m := &r.mentions[k]
	for i := range k {
		o := &r.mentions[i]
		if !r.opensLead(o) || o.subject < 0 || !r.reg.subjects[o.subject].coach() {
			continue
		}
		club, ok := r.reg.byTopic[r.reg.subjects[o.subject].tenure(r.at)]
		met := r.reaches(m, wAgainst|wOpponent|wAfter|wWins, 4) || r.reachesWord(m, r.words.games, 3)
		if ok && met && r.reg.subjects[club].club() && club != m.subject && !r.linked(o, m) {
			return club, i
		}
		return -1, -1
	}
	return -1, -1
}

// coachLeaves reports the club that a coach of the headline, who takes the bench of another these days, left for it: "Ivan Leko le
// remplace", and "Son successeur travaillait à La Gantoise".
func (r *reading) coachLeaves(club subscriptions.Topic) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field != inTitle || m.subject < 0 || !r.isAbout(m.subject) || !r.reg.subjects[m.subject].coach() {
			continue
		}
		if s := &r.reg.subjects[m.subject]; s.swapped(club, r.at) {
			return true
		}
	}
	return false
}

// staffOf reports "trainer van Genk", and of what has happened "l'adjoint de Zulte Waregem", in front of a club.
func (r *reading) staffOf(m *mention) bool {
	return r.reaches(m, wCoach, 2) || r.kind == subscriptions.Fact && r.reachesWord(m, r.words.assistants, 2)
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

// takenAlong reports the club that its coach takes with him: "Leko keert met Club Brugge terug naar Gent", "Milkon keerde met rode
// lantaarn Dender terug".
func (r *reading) takenAlong(m *mention) bool {
	with := false
	r.back(m, 4, func(_ int, t *token) bool {
		with = t.among(r.words.with)
		return !with && !t.has(capital) && (!t.is(wAt) || t.is(wArticle))
	})
	return with
}

// staysAt reports the club with which its coach goes on, in the lead of news of another: "De Roeck zou gewoon bij Westerlo
// blijven".
func (r *reading) staysAt(m *mention) bool {
	ahead := r.preposition(m)
	if ahead == nil || !ahead.among(r.words.employers) || ahead.among(r.words.genitives) {
		return false
	}
	for i := int(m.first) - 3; i < min(int(m.last)+4, r.fields[r.tokens[m.last].field].to); i++ {
		if i >= r.fields[r.tokens[m.first].field].from && r.tokens[i].among(r.words.remaining) && r.sameSentence(i, int(m.first)) {
			return true
		}
	}
	return false
}

// officeAt reports the club at which the lead gives an office to the coach of the headline: "Enzo Scifo devient directeur technique de
// la RAAL".
func (r *reading) officeAt(m *mention) bool {
	k, of := r.titleCoach(), r.preposition(m)
	if k < 0 || of == nil || !of.among(r.words.employers) && !of.among(r.words.genitives) {
		return false
	}
	for i := range r.mentions {
		o := &r.mentions[i]
		if o.subject != r.mentions[k].subject || !r.inLeadOf(o) || !r.sameSentence(int(o.first), int(m.first)) {
			continue
		}
		if next := r.after(o); next != nil && next.before == space && next.among(r.words.becoming) {
			return r.onlyIn(inLead, m)
		}
	}
	return false
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

// onExClub reports the club of somebody's past that he speaks about: "De ex-spits van Genk geniet van
// zijn oude club", when no other is named.
func (r *reading) onExClub(m *mention) bool {
	if m.rule != ruleFormer || !r.meansClub(m) || !r.inLeadOf(m) || !r.speech() || !r.onlyClub(m) {
		return false
	}
	for i := int(m.last) + 1; i < r.fields[r.tokens[m.last].field].to; i++ {
		if t := &r.tokens[i]; t.is(wFormer) && r.tokens[i-1].among(r.words.possessives) || i > int(m.last)+1 && t.among(r.words.sides) && r.tokens[i-1].is(wFormer) {
			named := r.mentionAt(int32(i + 1)) //nolint:gosec // G115
			return named == nil || named.subject == m.subject || !r.meansClub(named)
		}
	}
	return false
}

// formerManOf reports "l'ancien président du KV Courtrai" who speaks about its coach.
func (r *reading) formerManOf(m *mention) bool {
	return m.rule == ruleFormer && r.meansClub(m) && r.coachServes(r.reg.subjects[m.subject].topic)
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

// ofOwnSide reports the U23 side, of a club of the headline, whose man the lead tells of: "Anderlecht moet beslissen", and "De RSCA
// Futures-spelers …".
func (r *reading) ofOwnSide(m *mention) bool {
	s := &r.reg.subjects[m.subject]
	return s.entry.Side == subscriptions.ScopeYouth && s.parent >= 0 && r.isAbout(s.parent) && r.firstSentence(m) && (r.compound(m) || r.owns(m)) && !r.titleHas(wCoach) && r.titleCoach() < 0 && !r.reaches(m, wCoach, 3)
}

// selectorsMan reports the club of a player whom the national coach of the headline calls up: "Eupen-doelman Hendrik Van Crombrugge zit in
// de lijst".
func (r *reading) selectorsMan(m *mention) bool {
	k := r.titleCoach()
	return r.reg.subjects[r.mentions[k].subject].tenure(r.at) == devilsTopic && (r.compound(m) || r.owns(m))
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

// winnersClub reports the club of the man who beats the club of the headline, the first that the lead names: "Dorian Dessoleil
// renverse Lommel", and "Menés 0-3, les Francs Borains reviennent de nulle part".
func (r *reading) winnersClub(m *mention) bool {
	if r.kind != subscriptions.Fact || !r.firstSentence(m) || r.opposes(m) || r.onlyGround(m) {
		return false
	}
	beaten := false
	for k := range r.mentions {
		switch o := &r.mentions[k]; {
		case r.inLeadOf(o) && r.meansClub(o):
			return beaten && o.first == m.first
		case r.tokens[o.first].field == inTitle && r.meansClub(o):
			beaten = beaten || r.beatenByMan(o)
		}
	}
	return false
}

// beatenByMan reports a club behind the verb of somebody who is no club.
func (r *reading) beatenByMan(m *mention) bool {
	i := int(m.first) - 1
	if i > 0 && r.tokens[i].is(wArticle) {
		i--
	}
	return i > 0 && r.tokens[i].is(wWins) && r.tokens[i].before == space && r.tokens[i-1].has(capital) && r.mentionAt(int32(i-1)) == nil //nolint:gosec // G115
}

// alongside reports the club of a coach of the headline, as his by the possessive: "Emilio en zijn Seraing".
func (r *reading) alongside(m *mention) bool {
	ahead := r.ahead(m)
	return r.titleCoach() >= 0 && r.meansClub(m) && ahead != nil && ahead.among(r.words.possessives) && r.firstSentence(m)
}
