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

// beatenCoach reports "Battu par Genk, Kohnen exige une réaction": the headline opens with a match that is over, and goes
// on to the coach of the other side.
func (r *reading) beatenCoach(m *mention) bool {
	f, k := r.fields[inTitle], r.number(m)+1
	if k >= len(r.mentions) || int(m.first)-f.from > 4 || !r.tokens[f.from].is(wWins) || r.mentionAt(int32(f.from)) != nil { //nolint:gosec // G115
		return false
	}
	o := &r.mentions[k]
	if o.subject < 0 || r.tokens[o.first].field != inTitle || r.tokens[o.first].before&comma == 0 {
		return false
	}
	s, by := &r.reg.subjects[o.subject], r.preposition(m)
	return s.coach() && s.tenure(r.at) != r.reg.subjects[m.subject].topic && by.word == r.words.par && !r.treated(m)
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
	if r.tokens[m.first].field != inTitle || !r.reaches(m, wAgainst, 2) || !r.reaches(m, wAfter, 5) {
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

// beforeMatch reports "avant le FC Bruges" in a headline about another club or its coach.
func (r *reading) beforeMatch(m *mention) bool {
	ahead := r.preposition(m)
	if r.tokens[m.first].field != inTitle || r.language != french || r.joinedToName(m) || ahead == nil || ahead.word != r.words.avant {
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

// shortHanded reports "zonder Bauer naar Gent": who is missing for the next match is news
// of the one side. A derby, a match that has been played, and one that headline and lead
// are about are both clubs'.
func (r *reading) shortHanded(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.someoneMissing() || r.scoreIn(inTitle) || r.givesAway() || r.titleHas(wRoundup) || r.joinedToName(m) || r.treated(m) {
		return false
	}
	ahead, by := r.ahead(m), r.preposition(m)
	if by == nil || !by.is(wAgainst) && !ahead.among(r.words.visits) {
		return false
	}
	if (by.is(wAgainst) && !by.among(r.words.ahead) || r.trip(m)) && r.onlyIn(inTitle, m) && r.titleCoach() < 0 && r.leadHasOther(m) {
		return true // "Spits geschorst voor topper tegen Genk", and in the lead whose
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first >= m.first || o.subject < 0 || o.subject == m.subject {
			continue
		}
		if s := &r.reg.subjects[o.subject]; s.club() || s.team() && r.singular(o) || s.coach() && s.employed(r.at) && !s.servesAround(r.reg.subjects[m.subject].topic, r.at) {
			return r.tokens[o.first].field == inTitle
		}
	}
	return false
}

// someoneMissing reports a headline that tells who is not there, and not what: not "sans solution face à Genk", "zonder
// ideeën tegen Genk".
func (r *reading) someoneMissing() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if !r.tokens[i].among(r.words.absent) {
			continue
		}
		if !r.tokens[i].among(r.words.bare) {
			return true
		}
		for k := i + 1; k < min(i+4, f.to) && !r.tokens[k].is(wAgainst); k++ {
			if t := &r.tokens[k]; t.has(capital) || t.is(wRole|wCoach) || t.among(r.words.possessives) || t.among(r.words.numerals) || t.among(r.words.players) {
				return true
			}
		}
	}
	return false
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

// awayGame reports "forfait voor Standard-uit".
func (r *reading) awayGame(m *mention) bool {
	next := r.after(m)
	return next != nil && next.joined(hyphen) && next.among(r.words.venues) && r.tokens[m.first].field == inTitle
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
	if r.tokens[m.first].field != inTitle || !r.titleHas(wNation) && !r.devilsCoachInTitle() {
		return false
	}
	return r.titleSays(r.words.watching) || r.onlyGround(m) && r.devilsCoachInTitle() && !r.named(m.subject, m)
}

// speakersClub reports "Verhaeghe (Club Brugge) over …": the club of who speaks in a
// headline that names no club otherwise, or that begins with him, or of who gives its words at the
// head of the lead.
func (r *reading) speakersClub(m *mention) bool {
	if !r.speech() && !r.titleHas(wSays) {
		return false
	}
	begins, heads := r.labelsSpeaker(m), r.tokens[m.first].field == inTitle
	if heads && begins || !heads && !(begins && r.speech()) {
		return heads
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if t := &r.tokens[o.first]; t.field == inTitle && r.meansClub(o) && !t.has(bracketed) && !r.opposes(o) && (heads || !t.quoted()) {
			return false
		}
	}
	return true
}

// labelsSpeaker reports the club behind the name that a field begins with, and what he says behind it: "Vitinho
// (Cercle) bevestigt dat …", not the first of a list.
func (r *reading) labelsSpeaker(m *mention) bool {
	f := r.fields[r.tokens[m.first].field]
	if n := int(m.first) - f.from; n < 1 || n > 4 || r.tokens[m.first].before&opensParen == 0 {
		return false
	}
	for i := f.from; i < int(m.first); i++ {
		if t := &r.tokens[i]; !t.has(capital) && !t.is(wParticle) || i > f.from && t.before&^(space|hyphen|apostrophe) != 0 {
			return false
		}
	}
	next := r.after(m)
	return next != nil && next.before&(closesParen|comma) == closesParen && !next.is(wAnd)
}

// reaction reports the opponent in a one-sided piece: a headline with somebody's
// words, in which the club stands behind "tegen" or "na … bij" and somebody else
// of ours comes first.
func (r *reading) reaction(m *mention) bool {
	t := &r.tokens[m.first]
	if t.field != inTitle {
		return false
	}
	if r.decider(m) || r.metAgain(m) {
		return false
	}
	if r.lastStraw(m) || !t.quoted() && (r.opposes(m) || r.aftermath(m) || r.gameAt(m)) && r.othersCoachBefore(m) {
		return true
	}
	if !r.opposes(m) && !r.aftermath(m) {
		return r.placed(m) && r.rated(m) || r.defeatThere(m) || r.clubBefore(m) && r.copes(m)
	}
	if t.quoted() {
		return r.onlyOpposed(m) && r.leadHasOther(m)
	}
	if r.rated(m) || r.followUp(m) || r.clubBefore(m) && r.aftermath(m) && r.titleSays(r.words.incidents) || r.saidBehind(m) || r.behindMatch(m) && r.alone(m) && r.leadHasOther(m) {
		return true // "Gerommel na nederlaag tegen Anderlecht", and in the lead who was beaten
	}
	if !r.speech() || r.toldMatch(m) {
		return false
	}
	if r.behindMatch(m) && r.othersQuoted(m) {
		return true // "euphorique après la victoire contre le Standard : “… à Charleroi”"
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
	return r.onlyIn(inTitle, m) && r.leadHasOther(m)
}

// eitherOf reports two clubs of which one will be the opponent of another: "Anderlecht kent tegenstander in bekerfinale:
// Union of Gent".
func (r *reading) eitherOf(m *mention) bool {
	n, first := r.listLength(r.number(m))
	a := &r.mentions[first]
	if r.tokens[m.first].field != inTitle || n != 2 || !r.clubBefore(a) || !r.titleSays(r.words.opponents) && !r.reaches(a, wAgainst, 2) {
		return false
	}
	for i := a.last + 1; i < r.mentions[first+1].first; i++ {
		if r.tokens[i].among(r.words.ors) {
			return true
		}
	}
	return false
}

// awaits reports the next opponent in a clause of its own: "Hasi heeft Anderlecht weer verenigd, maar Union wacht".
func (r *reading) awaits(m *mention) bool {
	next, ahead := r.after(m), r.ahead(m)
	if r.tokens[m.first].field != inTitle || next == nil || next.before&^space != 0 || !next.among(r.words.waits) || !r.clubBefore(m) {
		return false
	}
	return ahead != nil && ahead.among(r.words.turns) && !r.titleHas(wRoundup)
}

// threatened reports whom a club or a coach means to hurt: "Hayen wil Club Brugge een hak zetten", "Westerlo wil Genk pijn
// doen". Who did hurt another is told by a finite verb.
func (r *reading) threatened(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.clubBefore(m) && !r.othersCoachBefore(m) || r.leadHas(wRole|wMarket|wHedge) {
		return false // "wil Charleroi een hak zetten", and both want the same striker
	}
	noun := false
	for i := int(m.last) + 1; i < min(int(m.last)+6, r.fields[inTitle].to) && r.tokens[i].before&(comma|colon|stop) == 0; i++ {
		if noun && r.tokens[i].among(r.words.hurts) {
			return true
		}
		noun = noun || r.tokens[i].among(r.words.hurting)
	}
	return false
}

// defeatThere reports where it was that the club of the lead lost or drew, of which the headline has only somebody's
// words: "Nederlaag in Charleroi zindert na: “Onaanvaardbaar”".
func (r *reading) defeatThere(m *mention) bool {
	return r.placed(m) && r.reaches(m, wWins, 2) && r.opensHeadlineWith(wWins) && r.speech() && r.alone(m) && r.leadHasOther(m)
}

// opensHeadlineWith reports a word of a class at the head of the headline, but for an article or one word that says
// how it is: "Pijnlijke nederlaag".
func (r *reading) opensHeadlineWith(c class) bool {
	f := r.fields[inTitle]
	return f.from < f.to && r.tokens[f.from].is(c) || f.from+1 < f.to && r.tokens[f.from+1].is(c)
}

// onlyOpposed reports a headline that names no clubs but whom somebody meets: "“Tegen Union en Genk moeten we iets extra
// brengen”".
func (r *reading) onlyOpposed(m *mention) bool {
	n, first := r.listLength(r.number(m))
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field != inTitle || o.subject == m.subject || !r.meansClub(o) || k >= first && k < first+n {
			continue
		}
		if !r.opposes(o) {
			return false
		}
	}
	return true
}

// decider reports the opponent of a match that decides what the headline tells of the other club in front of it:
// "Dender uitgeschakeld na verlies bij Zulte Waregem", "Lokeren verzekert zich van het behoud na zege tegen Luik".
func (r *reading) decider(m *mention) bool {
	if !r.behindMatch(m) || !r.clubBefore(m) {
		return false
	}
	for i := r.fields[inTitle].from; i < int(m.first); i++ {
		if t := &r.tokens[i]; t.among(r.words.settling) {
			return !t.quoted()
		}
	}
	return false
}

// othersCoachBefore reports a coach in front of a club in the headline that is not his.
func (r *reading) othersCoachBefore(m *mention) bool {
	coach := r.titleCoach()
	if coach < 0 || r.mentions[coach].first > m.first {
		return false
	}
	if r.matchInClause(m, r.mentions[coach].last) {
		return false
	}
	s, club := &r.reg.subjects[r.mentions[coach].subject], r.reg.subjects[m.subject].topic
	his := s.tenure(r.at)
	return his != "" && his != club && !s.servesAround(club, r.at)
}

// gameAt reports the host in "zwaar duel in Mechelen", of whom the lead does not tell.
func (r *reading) gameAt(m *mention) bool {
	ahead := r.preposition(m)
	return ahead != nil && (ahead.is(wInside) || ahead.among(r.words.visits)) && r.reachesWord(m, r.words.games, 3) && !r.titleHas(wDerby) && !r.treated(m)
}

// matchInClause reports that a clause of its own, behind a name, tells a club's match:
// "Taravel n'a pas de baguette magique : Anderlecht cale face à La Louvière".
func (r *reading) matchInClause(m *mention, name int32) bool {
	told, club := false, false
	for i := m.first; i > name; i-- {
		t := &r.tokens[i]
		told = told || i < m.first && t.is(wWins) && !t.quoted()
		if o := r.mentionAt(i); o != nil && o != m {
			club = club || r.meansClub(o)
		}
		if t.before&(colon|stop) != 0 {
			return told && club
		}
	}
	return false
}

// aftermath reports where it happened that somebody speaks of: "na 0-3 op de Freethiel".
func (r *reading) aftermath(m *mention) bool {
	if !r.placed(m) || r.reaches(m, wAnd, 1) {
		return false
	}
	found := false
	r.back(m, 7, func(_ int, t *token) bool {
		found = t.is(wAfter) || t.among(r.words.despite)
		return !found
	})
	return found
}

// followUp reports the opponent of before in a headline about what one side does or says about
// it: "Eupen remercie son entraîneur après la gifle reçue à Lokeren". What the match means for
// the table is news of both.
func (r *reading) followUp(m *mention) bool {
	if r.scoreIn(inTitle) || !(r.titleHas(wSays|wOfficial|wHires) && r.behindMatch(m)) && !r.copes(m) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; o.first < m.first && r.tokens[o.first].field == inTitle && o.subject >= 0 && o.subject != m.subject && r.meansClub(o) {
			return true
		}
	}
	return false
}

// copes reports the opponent of the match that one side digests: "STVV put moed uit zege op Genk", "Gent likt de wonden na
// nederlaag tegen Genk".
func (r *reading) copes(m *mention) bool {
	over := false
	r.back(m, 6, func(i int, t *token) bool {
		over = t.is(wWins) && i > r.fields[inTitle].from && r.drawnFrom(i-1)
		return !over
	})
	return over && r.titleSays(r.words.coping)
}

// drawnFrom reports "na", "uit" or "op" at token i or in front of an article there: "moed uit de zege".
func (r *reading) drawnFrom(i int) bool {
	if t := &r.tokens[i]; t.is(wArticle) && !t.is(wAt|wAfter) && i > r.fields[t.field].from {
		i--
	}
	return r.tokens[i].is(wAfter) || r.tokens[i].among(r.words.sources)
}

// rated reports the opponent in the marks of one side's players: "Les notes d'Anderlecht après le
// naufrage à Malines".
func (r *reading) rated(m *mention) bool {
	if !r.titleHas(wOpinion) || !r.titleSays(r.words.marks) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; o.first < m.first && r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject {
			return true
		}
	}
	return false
}

// lastStraw reports the opponent of the match that cost somebody his job: "Nederlaag op Beerschot
// geeft doorslag: Muslic is niet langer trainer".
func (r *reading) lastStraw(m *mention) bool {
	return r.titleSays(r.words.straws) && (r.titleHas(wCoach|wHires|wOfficial) || r.titleCoach() >= 0) && r.reaches(m, wWins, 3)
}

// behindMatch reports a club of a match that is over: "na de nederlaag tegen Gent".
func (r *reading) behindMatch(m *mention) bool {
	after := false
	r.back(m, 7, func(i int, t *token) bool {
		after = t.is(wWins) && r.played(i)
		return !after
	})
	return after
}

// alone reports the only name of a headline.
func (r *reading) alone(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o != m && o.subject >= 0 && r.tokens[o.first].field == inTitle {
			return false
		}
	}
	return true
}

// toldMatch reports a headline that begins with a club and tells its match before anybody
// speaks: "AA Gent begint met thuiszege tegen Westerlo, Vanhaezebrouck: “…”". What comes "na"
// the match is told by one side.
func (r *reading) toldMatch(m *mention) bool {
	f := r.fields[inTitle]
	opens := -1
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject && !r.compound(o) && int(o.first)-f.from <= 1 {
			opens = int(o.last)
		}
	}
	if opens < 0 {
		return false
	}
	told := false
	for i := opens + 1; i < int(m.first); i++ {
		t := &r.tokens[i]
		if t.is(wAfter) || t.quoted() || t.before&colon != 0 {
			return false
		}
		told = told || t.is(wWins)
	}
	return told
}

// opposes reports a club behind "tegen", or behind the result of a match: "na
// gelijkspel bij", "digère mal sa défaite à".
func (r *reading) opposes(m *mention) bool {
	ahead := r.preposition(m)
	if ahead != nil && ahead.among(r.words.whoms) {
		return false // "tegen wie Club Brugge zal stunten"
	}
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
	r.back(m, reachNear+1, func(i int, t *token) bool {
		found = t.is(wWins) && (r.played(i) || r.tokens[max(i-1, 0)].among(r.words.possessives) && !t.before.starts())
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
	if r.coachDiscussed(m) || r.othersDevils() {
		return false // "KV Kortrijk-coach genoemd als bondscoach van IJsland"
	}
	if n, first := r.listLength(r.number(m)); r.opensHeadline(&r.mentions[first]) && !r.compound(m) && r.acts(&r.mentions[first+n-1]) {
		return false // "Genk en Union balen van selectie"
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

// onlyQuoted reports a club that stands in the headline only in somebody's words,
// while another club, or another club's coach, stands outside them: whose man he is,
// or of whom he speaks.
func (r *reading) onlyQuoted(m *mention) bool {
	if t := &r.tokens[m.first]; t.field != inTitle || !t.has(doubleQuoted) {
		return false
	}
	if r.metInLead(m) {
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
		outside = outside || r.meansClub(o) && !(r.opposes(o) && r.behindMatch(o)) || r.worksElsewhere(o, m)
	}
	return outside
}

// metInLead reports a club of the headline whom the club or the coach meets that the lead begins with: "“Malines pourrait
// être le plus difficile”", and "Les Buffalos se rendent à Malines". Behind "tegen" and after the match it is one line.
func (r *reading) metInLead(m *mention) bool {
	if ahead := r.preposition(m); ahead != nil && ahead.is(wAgainst|wAfter) || r.tellsWinner(inLead) || r.scoreIn(inLead) {
		return false
	}
	opens := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field != inLead || o.subject < 0 {
			continue
		}
		if opens && o.subject == m.subject {
			return r.sameSentence(r.fields[inLead].from, int(o.first)) && r.preposition(o) != nil
		}
		if opens = opens || r.opensLead(o) && o.subject != m.subject; !opens {
			return false
		}
	}
	return false
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
	if r.tokens[m.first].field != inTitle || !r.onlyGround(m) || r.shortResult() || r.opensHeadline(m) && !r.speech() || r.barredFrom(m) {
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

// othersQuoted reports that the headline has the other clubs only in somebody's words, and one at least.
func (r *reading) othersQuoted(m *mention) bool {
	quoted := false
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && o.subject != m.subject && r.meansClub(o) {
			if quoted = r.tokens[o.first].has(doubleQuoted); !quoted {
				return false
			}
		}
	}
	return quoted
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

// derbyRival reports the opponent in a headline whose match headline or lead calls a derby that is to
// come: "Hubert avant le derby : « Anderlecht reste Anderlecht »". Both towns look forward to it, and
// not to what one club does "tijdens derby".
func (r *reading) derbyRival(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.titleSays(r.words.absent) || r.behindMatch(m) || r.meanwhile(m) {
		return false
	}
	for i := range r.fields[inLead].to {
		if r.tokens[i].is(wDerby) {
			return !r.played(i)
		}
	}
	return false
}
