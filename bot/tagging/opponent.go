package tagging

import "strings"

// beatenBefore reports "Après avoir battu Anderlecht, …", "Na de zege tegen Genk …": a club
// in the clause of a match that is over, in a headline that goes on to somebody else.
func (r *reading) beatenBefore(m *mention) bool {
	f := r.fields[inTitle]
	if r.tokens[m.first].field != inTitle || !r.opensAfter() && !r.beatenCoach(m) {
		return false
	}
	for i := f.from + 1; i <= int(m.first); i++ {
		if r.tokens[i].before&(comma|colon|stop|question) != 0 {
			return false
		}
	}
	over := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field != inTitle || o.first <= m.first || o.subject < 0 || o.subject == m.subject {
			continue
		}
		over = over || r.turned(m, o)
		for i := m.last + 1; i <= o.first; i++ {
			t := &r.tokens[i]
			over = over || t.before&comma != 0 || t.before&colon != 0 && !t.quoted()
		}
	}
	return over
}

// turned reports the verb of a Dutch headline between what has been before and its subject: "Na de zege tegen Genk gaat
// Cercle de boot in".
func (r *reading) turned(m, o *mention) bool {
	i := m.last + 1
	for i < o.first && r.tokens[i].among(r.words.days) {
		i++
	}
	verb := &r.tokens[i]
	return r.language == dutch && i < o.first && o.first-i <= 3 && verb.before&^space == 0 && !verb.has(capital) && !verb.is(wAnd) && (verb.among(r.words.modals) || verb.is(wVerb|wWins) || r.verbal(verb))
}

// leftBefore reports the club that somebody without a name has left before: "Twee weken na zijn ontslag bij Beerschot
// heeft hij al een nieuwe job".
func (r *reading) leftBefore(m *mention) bool {
	f := r.fields[inTitle]
	if r.tokens[m.first].field != inTitle || !r.opensAfter() || r.titleCoach() >= 0 || !r.reaches(m, wAt, 2) {
		return false
	}
	gone := false
	for i := f.from; i < int(m.first); i++ {
		if i > f.from && r.tokens[i].before&(comma|colon|stop|question) != 0 {
			return false
		}
		gone = gone || r.tokens[i].among(r.words.possessives) && r.tokens[i+1].among(r.words.farewells)
	}
	return gone
}

// opensAfter reports a headline that begins with what has been before: "Na de zege tegen Genk", "Une semaine après",
// "Au lendemain de".
func (r *reading) opensAfter() bool {
	f := r.fields[inTitle]
	if r.tokens[f.from].is(wAfter) {
		return true
	}
	for i := f.from + 1; i < min(f.from+5, f.to) && r.tokens[i].before&^(space|apostrophe) == 0 && !r.tokens[i].has(capital); i++ {
		if r.tokens[i].is(wAfter) {
			return r.tokens[i-1].among(r.words.spans)
		}
	}
	return false
}

// beatenCoach reports "Battu par Genk, Kohnen exige une réaction", "Sifflé après le 0-0 contre Lommel, Kohnen relativise":
// the headline opens with a match that is over, and goes on to the coach of the other side.
func (r *reading) beatenCoach(m *mention) bool {
	f, k := r.fields[inTitle], r.number(m)+1
	if k != r.titleCoach() || int(m.first)-f.from > 8 || !r.opensBeaten(m) || r.treated(m) {
		return false
	}
	o := &r.mentions[k]
	return r.worksElsewhere(o, m) && !r.linked(o, m)
}

// opensBeaten reports the first name of a headline behind the word with which it opens and that tells how its match
// ended, or what came after it, and a preposition: "Battu 4-3 à Charleroi", "Uitgefloten na 0-0 tegen Lommel".
func (r *reading) opensBeaten(m *mention) bool {
	f, by := r.fields[inTitle], r.preposition(m)
	if by == nil || !r.placed(m) && !r.doneBy(m) || r.titleHas(wDerby) {
		return false
	}
	told := false
	for i := f.from; i < int(m.first); i++ {
		if r.mentionAt(int32(i)) != nil || i > f.from && r.tokens[i].has(capital) { //nolint:gosec // G115
			return false
		}
		told = told || r.tokens[i].is(wWins) && i < f.from+3 // at the end of a phrase: "Rejoint sur le fil"
	}
	return told && !by.is(wAgainst) || r.aftermath(m)
}

// afterTheirs reports "Na de zege van Dender staat Cercle …": a lead that begins with the
// match of one club and goes on to another, which is no opponent of it.
func (r *reading) afterTheirs(k int) bool {
	m := &r.mentions[k]
	f := r.fields[inLead]
	if r.tokens[m.first].field != inLead || int(m.first)-f.from > 6 || !r.tokens[f.from].is(wAfter) || r.titleNames(m.subject) || !r.firstSentence(m) {
		return false
	}
	for i := k + 1; i < len(r.mentions); i++ {
		o := &r.mentions[i]
		if !r.meansClub(o) || o.subject == m.subject {
			continue
		}
		return r.tokens[o.first].field == inLead && r.firstSentence(o) && !r.reaches(o, wAgainst|wAt|wInside|wAnd, 2) && !r.listed(m, o) && !r.matched(m, o)
	}
	return false
}

// lastOpponent reports "na nederlaag tegen Charleroi" in a headline that goes on to
// another club: the match it is about is the next one.
func (r *reading) lastOpponent(m *mention) bool {
	over := r.preposition(m) // "na zege op Charleroi"
	against := r.reaches(m, wAgainst, 2) || over != nil && over.among(r.words.outOf) && r.reaches(m, wWins, 3)
	if r.tokens[m.first].field != inTitle || !against || !r.reaches(m, wAfter, 5) {
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

// theirSetback reports whom something befell that is another club's chance: "Gouden kans voor Beveren na dompers Kortrijk en
// Beerschot".
func (r *reading) theirSetback(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.clubBefore(m) {
		return false
	}
	_, first := r.listLength(r.number(m))
	i, from := int(r.mentions[first].first)-1, r.fields[inTitle].from
	for i > from && (r.tokens[i].among(r.words.genitives) || r.tokens[i].is(wArticle)) {
		i--
	}
	return i > from && r.tokens[i].among(r.words.setbacks) && r.reachesAfter(i)
}

// reachesAfter reports "na", "après" within two words before a token.
func (r *reading) reachesAfter(i int) bool {
	from := r.fields[r.tokens[i].field].from
	return i > from && (r.tokens[i-1].is(wAfter) || i-1 > from && r.tokens[i-2].is(wAfter))
}

// preposition returns the token in front of a mention and its article, nil for none.
func (r *reading) preposition(m *mention) *token {
	i := int(m.first) - 1
	if i > r.fields[r.tokens[m.first].field].from && r.tokens[i].is(wArticle) && !r.tokens[i].is(wAt) {
		i--
	}
	if i < r.fields[r.tokens[m.first].field].from {
		return nil
	}
	return &r.tokens[i]
}

// toMeet reports a club that is in the headline only as whom another will meet or has just met.
func (r *reading) toMeet(m *mention) bool {
	switch {
	case r.beforeMatch(m), r.comesNext(m), r.awaits(m), r.eitherOf(m), r.nextInLead(m), r.awayGame(m):
		return true
	case r.shortHanded(m), r.fellOut(m), r.preparedFor(m):
		return true
	}
	return r.tackled(m) || r.threatened(m) || r.feared(m) || r.labelAhead(m)
}

// beforeMatch reports "avant le FC Bruges" in a headline about another club or its coach.
func (r *reading) beforeMatch(m *mention) bool {
	ahead := r.preposition(m)
	if r.tokens[m.first].field != inTitle || r.language != french || r.joinedToName(m) || ahead == nil || ahead.word != r.words.avant && !r.secondAhead(m) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && o.subject >= 0 && o.subject != m.subject && o.first < m.first {
			return true
		}
	}
	return false
}

// tackled reports the opponent in an infinitive at the head of the headline, behind whose colon it says who must do it:
// "Battre Anderlecht pour se relancer : Charaï veut un autre Westerlo".
func (r *reading) tackled(m *mention) bool {
	f := r.fields[inTitle]
	if r.tokens[m.first].field != inTitle || !r.tokens[f.from].among(r.words.tackling) || int(m.first)-f.from > 2 {
		return false
	}
	for i := int(m.last) + 1; i < f.to; i++ {
		if r.tokens[i].before&colon != 0 {
			return r.otherBehind(m)
		}
	}
	return false
}

// feared reports whom a coach or another club fears or respects: "Charaï vreest Gent", "Charaï ne veut pas sous-estimer
// Gand".
func (r *reading) feared(m *mention) bool {
	ahead := r.preposition(m)
	if r.tokens[m.first].field != inTitle || r.tokens[m.first].before&^(space|apostrophe) != 0 || ahead == nil || ahead.has(capital) {
		return false
	}
	return ahead.among(r.words.fearing) && r.othersCoachBefore(m)
}

// preparedFor reports the club for whose match the coach of another has somebody back or something ready: "Charaï heeft
// iedereen fit voor Gent", "Charaï récupère son capitaine pour Gand".
func (r *reading) preparedFor(m *mention) bool {
	by := r.preposition(m)
	if r.tokens[m.first].field != inTitle || by == nil || !by.among(r.words.readyFor) || !r.othersCoachBefore(m) || r.titleHas(wMarket|wOfficial) {
		return false
	}
	return r.reachesWord(m, r.words.readying, 4)
}

// labelAhead reports the opponent in the label of a headline that goes on to the coach of the other side, and tells no
// match: "Contre Lommel : Shoffner et le Lierse veulent continuer", "But annulé à Malines : Dender et Hayk Milkon réclament".
func (r *reading) labelAhead(m *mention) bool {
	next, k := r.after(m), r.titleCoach()
	if r.tokens[m.first].field != inTitle || next == nil || next.before&colon == 0 || k < 0 || !r.onlyLabel(m) {
		return false
	}
	if r.titleHas(wWins|wDerby|wRoundup|wMarket|wOfficial|wHedge|wDestination) || r.scoreIn(inTitle) {
		return false
	}
	coach := &r.mentions[k]
	return (r.reaches(m, wAgainst, 2) || r.placed(m)) && r.reg.subjects[coach.subject].employed(r.at) && !r.linked(coach, m)
}

// onlyLabel reports that no other name stands in front of a mention in the headline.
func (r *reading) onlyLabel(m *mention) bool {
	k := r.number(m)
	return k == 0 || r.tokens[r.mentions[k-1].first].field != inTitle
}

// secondAhead reports the second of two opponents to come, of whom we do not know the first: "avant Zagreb et Gand".
func (r *reading) secondAhead(m *mention) bool {
	by, i := r.preposition(m), int(m.first)-2
	if by == nil || !by.is(wAnd) {
		return false
	}
	if r.tokens[m.first-1].is(wArticle) && !r.tokens[m.first-1].is(wAnd) {
		i--
	}
	from := r.fields[inTitle].from
	return i-1 > from && r.tokens[i].has(capital) && r.tokens[i+1].before == space && r.tokens[i-1].word == r.words.avant
}

// punished reports "Seraing krijgt straf na vuurpijlen in de derby": the host or the opponent of a
// match after which another club pays.
func (r *reading) punished(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.titleSays(r.words.penalties) && !r.sentOff(m) || !r.placed(m) {
		return false
	}
	if r.onlyIn(inTitle, m) {
		return r.titleCoach() < 0 && (r.sentOff(m) || r.aftermath(m) || r.reaches(m, wAgainst, 2)) && r.leadHasOther(m) // "Zware straf na rood tegen Gent", and in the lead whose man
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject && !r.placed(o) {
			return true
		}
	}
	return false
}

// sentOff reports "na rood tegen Gent", "na rode kaart bij Dender": the match in which somebody was sent off.
func (r *reading) sentOff(m *mention) bool {
	return r.reachesWord(m, r.words.redCards, 3) && r.reaches(m, wAfter, 4) && !r.titleHas(wWins) && !r.scoreIn(inTitle)
}

// placed reports a club behind "tegen", "bij" or "in", or its ground there.
func (r *reading) placed(m *mention) bool {
	ahead := r.preposition(m)
	if ahead != nil && ahead.is(wAt) && m.first >= 2 && r.tokens[m.first-2].among(r.words.grounds) {
		return true // "op het veld van Luik"
	}
	return r.onlyGround(m) || ahead != nil && (ahead.is(wAgainst) && !ahead.among(r.words.ahead) || ahead.among(r.words.visits))
}

// trip reports "op bezoek bij", "le déplacement à" before a club.
func (r *reading) trip(m *mention) bool {
	return r.reachesWord(m, r.words.trips, 3)
}

// treated reports a club that the item names again as more than a ground or the next
// opponent.
func (r *reading) treated(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o != m && o.subject == m.subject && !r.onlyGround(o) && !r.nextUp(o) {
			return true
		}
	}
	return false
}

// awayGame reports "forfait voor Standard-uit", "op het elan van de Brugge-stunt", "OHL met drie nieuwe namen naar Westerlo".
func (r *reading) awayGame(m *mention) bool {
	if r.tokens[m.first].field != inTitle {
		return false
	}
	if next := r.after(m); next != nil && next.joined(hyphen) {
		return next.among(r.words.venues) || next.among(r.words.upsets) && r.clubBefore(m)
	}
	return r.travelsWith(m)
}

// travelsWith reports where a club goes with a side that the headline is about: "Genk met volle kern naar Kortrijk". On the
// market it would be somebody's way.
func (r *reading) travelsWith(m *mention) bool {
	k := r.number(m)
	if k == 0 || r.ahead(m) == nil || r.ahead(m).word != r.words.naar || r.titleHas(wMarket|wHedge|wOfficial|wDestination) {
		return false
	}
	p := &r.mentions[k-1]
	if next := r.after(p); !r.meansClub(p) || r.opposes(p) || next == nil || next.before != space || !next.among(r.words.with) {
		return false
	}
	return m.first-p.last > 3
}

// nextInLead reports the club behind "tegen" in a headline that names no other, when the
// lead opens with another and calls it the next opponent.
func (r *reading) nextInLead(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.reaches(m, wAgainst, 2) || !r.onlyIn(inTitle, m) {
		return false
	}
	opens, next := false, false
	for k := range r.mentions {
		o := &r.mentions[k]
		if !r.inLeadOf(o) || !r.meansClub(o) {
			continue
		}
		if o.subject == m.subject {
			next = next || r.nextUp(o)
		} else {
			opens = opens || r.opensLead(o)
		}
	}
	return opens && next
}

// watched reports a club whose match the national coach watches.
func (r *reading) watched(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.compound(m) || !r.titleHas(wNation) && !r.devilsCoachInTitle() {
		return false
	}
	return r.titleSays(r.words.watching) || r.onlyGround(m) && r.devilsCoachInTitle() && !r.named(m.subject, m)
}

// opposes reports a club behind "tegen", or behind the result of a match: "na
// gelijkspel bij", "digère mal sa défaite à".
func (r *reading) opposes(m *mention) bool {
	ahead := r.preposition(m)
	if k := r.number(m) - 1; k >= 0 && r.opensAfter() && r.beatenBefore(&r.mentions[k]) && r.turned(&r.mentions[k], m) {
		return false // "Na de zege tegen Anderlecht wil Cercle bevestigen"
	}
	if r.reaches(m, wAgainst, reachNear) {
		return true
	}
	if !r.reaches(m, wAt|wInside, 2) || ahead != nil && ahead.among(r.words.genitives) {
		return false // "après la victoire de Malines" is of who won
	}
	found := false
	r.back(m, reachNear+2, func(i int, t *token) bool {
		near := i >= int(m.first)-reachNear-1 && (r.played(i) || r.tokens[max(i-1, 0)].among(r.words.possessives) && !t.before.starts())
		found = t.is(wWins) && (near || r.ofHisMen(i))
		return !found
	})
	return found
}

// ofHisMen reports a word of winning or losing with "des siens", "de ses hommes", "van zijn ploeg" behind it.
func (r *reading) ofHisMen(i int) bool {
	f := r.fields[r.tokens[i].field]
	return i+2 < f.to && r.tokens[i+1].among(r.words.genitives) && (r.tokens[i+2].among(r.words.possessives) || r.tokens[i+2].among(r.words.kinsmen))
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
	if r.coachDiscussed(m) || r.othersDevils() {
		return false // "KV Kortrijk-coach genoemd als bondscoach van IJsland"
	}
	if n, first := r.listLength(r.number(m)); r.opensHeadline(&r.mentions[first]) && !r.compound(m) && r.acts(&r.mentions[first+n-1]) {
		return false // "Genk en Union balen van de oproep"
	}
	if r.othersCoach() {
		return true
	}
	if r.tokens[m.first].field != inTitle || !r.titleHas(wCallUp) && !(r.titleSays(r.words.selecting) && r.devilsCoachInTitle()) && !r.compound(m) {
		return false // but "roept drie Genk-spelers op"
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject >= 0 && r.tokens[o.first].field == inTitle && r.reg.subjects[o.subject].team() {
			return true
		}
	}
	return r.devilsCoachInTitle()
}

// awayGround reports a ground in the headline of an item about another club, which
// plays there: the headline names that one, or the lead opens with it.
func (r *reading) awayGround(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.onlyGround(m) || r.shortResult() || r.opensHeadline(m) && !r.speech() || r.barredFrom(m) || r.groundOfCoach(m) || r.manGoesTo(m) {
		return false
	}
	if !r.onlyIn(inTitle, m) {
		// "Club zonder Vanaken naar Stayen": no match told, no other side.
		return r.reaches(m, wAt|wInside, 2) && !r.named(m.subject, m) && !r.titleHas(wOfficial) && (!r.titleHas(wWins) || r.behindMatch(m)) && !r.scoreIn(inTitle) && !r.titleHas(wDerby)
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.inLeadOf(o) && r.meansClub(o) {
			return o.subject != m.subject && r.opensLead(o)
		}
	}
	return false
}

// inTheirTown reports the town of the opponent in which a club plays: "straks in Charleroi met Zulte Waregem".
func (r *reading) inTheirTown(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	if r.playsAway(m) {
		return true
	}
	if r.tokens[m.first].field != inTitle || ahead == nil || !ahead.is(wInside) || next == nil || !next.among(r.words.with) || next.before != space {
		return false
	}
	k := r.number(m) + 1
	return k < len(r.mentions) && r.meansClub(&r.mentions[k]) && r.preposition(&r.mentions[k]) == next
}

// playsAway reports the place with which a headline begins where another club has its business: "À Seraing, l'AS Eupen veut prendre un
// nouveau départ". A result there is both sides'.
func (r *reading) playsAway(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	if r.language != french || ahead == nil || ahead.field != inTitle || !ahead.before.starts() || ahead.word != r.words.a || next == nil || next.before&comma == 0 {
		return false
	}
	k := r.number(m) + 1
	return k < len(r.mentions) && r.meansClub(&r.mentions[k]) && r.mentions[k].first <= m.last+2 && !r.tellsWinner(inTitle) && !r.scoreIn(inTitle) && !r.titleHas(wMarket|wDerby)
}

// manGoesTo reports a ground to which a footballer moves: "Westerlo-spits verkast naar de Freethiel".
func (r *reading) manGoesTo(m *mention) bool {
	const reach = 4
	f := r.fields[inTitle]
	for i := int(m.first) - 1; i > max(f.from, int(m.first)-reach) && r.tokens[i+1].before == space; i-- {
		if t := &r.tokens[i]; (t.among(r.words.parting) || t.among(r.words.goneTo)) && r.tokens[i-1].is(wRole) {
			return true
		}
	}
	return false
}

// groundOfCoach reports a ground of the club where a coach of the headline works, comes or goes: "Aardverschuiving op Sclessin: Rednic
// eruit".
func (r *reading) groundOfCoach(m *mention) bool {
	k := r.titleCoach()
	return k >= 0 && r.linked(&r.mentions[k], m)
}

// barredFrom reports a ground where the supporters of another club may not come, which is news of both: "Geen Clubfans op de
// Bosuil", "Sporting-fans niet welkom op Sclessin".
func (r *reading) barredFrom(m *mention) bool {
	return r.titleSays(r.words.barring) && r.clubBefore(m) && (r.titleSays(r.words.fans) || r.fansInName())
}

// fansInName reports the supporters of a club in one word, "Clubfans", in the headline.
func (r *reading) fansInName() bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if text := r.reg.names[m.name].text; r.tokens[m.first].field == inTitle && r.meansClub(m) && (strings.HasSuffix(text, "fans") || strings.HasSuffix(text, "supporters")) {
			return true
		}
	}
	return false
}

// opensHeadline reports a name at the head of the headline, but for an article: "Le Mambourg affiche
// complet" is news of whose ground it is.
func (r *reading) opensHeadline(m *mention) bool {
	f := r.fields[inTitle]
	return int(m.first) == f.from || int(m.first) == f.from+1 && r.tokens[f.from].is(wArticle) && !r.tokens[f.from].is(wAt)
}

// onlyIn reports that a field names no other club than a mention's.
func (r *reading) onlyIn(f field, m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == f && o.subject != m.subject && r.meansClub(o) {
			return false
		}
	}
	return true
}

// afterThem reports "Hayen wacht rustig af na Genk", "Euvrard wil bevestigen na Genk": behind a coach who serves another
// club, or none, it is his last match or his last job.
func (r *reading) afterThem(m *mention) bool {
	ahead, k := r.preposition(m), r.titleCoach()
	if k < 0 && r.afterLast(m) {
		return true
	}
	if r.tokens[m.first].field != inTitle || ahead == nil || !ahead.is(wAfter) || k < 0 || r.mentions[k].first > m.first || r.joinedToName(m) {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return s.tenure(r.at) != r.reg.subjects[m.subject].topic && r.speech()
}

// afterLast reports "KV Mechelen met een kater na Dender: “…”", "Kritiek op Club Brugge richting Genk: “…”": the last
// opponent, or the next, of the club whose man speaks.
func (r *reading) afterLast(m *mention) bool {
	ahead, behind := r.preposition(m), r.after(m)
	if r.tokens[m.first].field != inTitle || r.tokens[m.first].quoted() || ahead == nil || ahead.word == 0 || behind != nil && behind.joined(hyphen) {
		return false
	}
	next := ahead.among(r.words.heading) && !r.titleHas(wMarket|wHedge|wOfficial|wRole|wLeft|wDestination)
	if !next && ahead.word != r.words.after {
		return false
	}
	return (r.speech() || r.titleHas(wSays)) && r.clubBefore(m) && !r.joinedToName(m) && !r.toldMatch(m)
}

// hostsDevils reports the town or the ground where a national team plays: "les
// Diables jouent à Gand".
func (r *reading) hostsDevils(m *mention) bool {
	ahead, t := r.ahead(m), &r.tokens[m.first]
	landlord := ahead != nil && ahead.is(wAt) && m.first >= 2 && r.tokens[m.first-2].among(r.words.grounds)
	visited := ahead != nil && (ahead.is(wInside) || ahead.word != 0 && ahead.word == r.words.a && r.language == french && !r.titleHas(wOfficial|wMarket) || r.onlyGround(m))
	if t.field == inLead && r.titleNames(r.reg.devils) && (landlord || r.onlyGround(m) || r.reachesWord(m, r.words.staged, 3)) {
		return true // "in het Lotto Park, het stadion van Anderlecht"
	}
	switch {
	case !visited && !(landlord && t.field == inTitle), r.foreigner():
		return false
	case t.field == inTitle && r.titleHas(wYouth|wWomen) && r.titleHas(wBelgian|wBelgium), t.field == inTitle && r.belgiumPlaysBefore(m):
		return true // "Les Espoirs belges battus à Louvain"
	case t.field == inLead && r.teamInTitle() && !r.clubInTitle(-1):
		return true // "Les Diablotins s'imposent", and "ont gagné 2-1 à Malines"
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject >= 0 && o.stance != aside && r.reg.subjects[o.subject].team() && r.tokens[o.first].field == t.field && o.first < m.first {
			return true
		}
	}
	return false
}

// belgiumPlaysBefore reports a match of Belgium in front of the ground: "Belgique - Irlande à Sclessin".
func (r *reading) belgiumPlaysBefore(m *mention) bool {
	for i := r.fields[inTitle].from; i < int(m.first); i++ {
		if r.tokens[i].is(wBelgium) && r.plays(i) {
			return true
		}
	}
	return false
}

// teamInTitle reports a headline that names a national team, and not one of its men.
func (r *reading) teamInTitle() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject >= 0 && r.tokens[m.first].field == inTitle && r.reg.subjects[m.subject].team() && !r.singular(m) {
			return true
		}
	}
	return false
}
