package tagging

import "slices"

// sidelined reports the opponent in a headline about the supporters, the tickets or the squad of one
// club: "Dender verwacht 4.000 supporters tegen Union". Who it is against is one line; a lead that names
// it as more than that treats both.
func (r *reading) sidelined(m *mention) bool {
	ahead := r.preposition(m)
	if r.tokens[m.first].field != inTitle || ahead == nil || !ahead.is(wAgainst) || !r.titleSays(r.words.crowd) {
		return false
	}
	if k := r.number(m); k > 0 && r.meansClub(&r.mentions[k-1]) && r.matched(&r.mentions[k-1], m) {
		return false // "Anderlecht tegen Union is uitverkocht"
	}
	return !r.scoreIn(inTitle) && !r.titleHas(wWins|wDerby) && !r.liveReport() && (r.clubBefore(m) || r.othersCoachBehind(m)) && !r.treated(m)
}

// othersCoachBehind reports the only club of a headline that goes on behind a comma to the coach of another: "Geen
// basisplaats tegen Union, Thorup blijft bij zijn keuze".
func (r *reading) othersCoachBehind(m *mention) bool {
	k := r.titleCoach()
	if k < 0 || !r.onlyIn(inTitle, m) || r.mentions[k].first < m.first || r.tokens[r.mentions[k].first].before&(comma|colon) == 0 {
		return false
	}
	return r.worksElsewhere(&r.mentions[k], m)
}

// meanwhile reports the opponent of a match in which something befalls one club: "Zulte Waregem krijgt zware klap tijdens
// wedstrijd tegen Antwerp", "le beau geste des joueurs du Cercle lors de leur déplacement à Genk".
func (r *reading) meanwhile(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.reaches(m, wAgainst, 2) && !r.trip(m) || r.scoreIn(inTitle) || r.clubAct(m) || !r.clubBefore(m) || r.treated(m) {
		return false
	}
	return r.reachesWord(m, r.words.during, 6)
}

// squadFor reports whom the squad of a club is picked for: "Courtrai : le groupe pour Eupen".
func (r *reading) squadFor(m *mention) bool {
	to := r.preposition(m)
	return r.tokens[m.first].field == inTitle && to != nil && to.among(r.words.forMan) && r.reachesWord(m, r.words.picked, 3) && r.clubBefore(m)
}

// clubBefore reports another club in front of a mention in the headline.
func (r *reading) clubBefore(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first >= m.first || r.tokens[o.first].field != inTitle {
			return false
		}
		if r.meansClub(o) && o.subject != m.subject {
			return true
		}
	}
	return false
}

// toldByOther reports the one club of a headline of nothing but words, under which the lead begins with the coach of
// another: "“De manier om Anderlecht aan te pakken”", and it is Dender's coach who says so.
func (r *reading) toldByOther(m *mention) bool {
	if t := &r.tokens[m.first]; t.field != inTitle || !t.has(doubleQuoted) || r.titleHas(wHedge|wOfficial) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && o.subject >= 0 && o.subject != m.subject && !r.reg.subjects[o.subject].player() {
			return false
		}
		if !r.inLeadOf(o) || o.subject < 0 {
			continue
		}
		s, club := &r.reg.subjects[o.subject], r.reg.subjects[m.subject].topic
		if s.club() && !r.nearHere(m) {
			return r.opensWithMan(o)
		}
		return s.coach() && r.opensLead(o) && r.worksElsewhere(o, m) && !s.served(club, r.at)
	}
	return false
}

// opensWithMan reports a lead that begins with a man of a club, and nothing but his trade before it: "De voorzitter van
// Cercle Brugge heeft ambities".
func (r *reading) opensWithMan(m *mention) bool {
	return r.owns(m) && !r.compound(m) && !r.reachesWord(m, r.words.fans, 4) && int(m.first)-r.fields[inLead].from <= 5 && r.firstSentence(m)
}

// nearHere reports a club to which somebody says that he goes, or might: "“Ik wil naar Genk”", "“Genk? Daar zeg ik geen
// nee tegen”".
func (r *reading) nearHere(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.word != 0 && (ahead.word == r.words.naar || ahead.word == r.words.vers)
}

// ownPast reports the old club of a coach who speaks of it in the headline and works elsewhere:
// "Kompany: “Anderlecht zit in mijn hart”".
func (r *reading) ownPast(m *mention) bool {
	k := r.titleCoach()
	if t := &r.tokens[m.first]; t.field != inTitle || !t.has(doubleQuoted) || k < 0 || r.tokens[r.mentions[k].first].has(doubleQuoted) {
		return false
	}
	s, club := &r.reg.subjects[r.mentions[k].subject], r.reg.subjects[m.subject].topic
	return s.served(club, r.at) && !s.servesAround(club, r.at) && r.firstPerson()
}

// firstPerson reports "ik", "mon" in the words that the headline quotes.
func (r *reading) firstPerson() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.has(doubleQuoted) && t.among(r.words.selves) {
			return true
		}
	}
	return false
}

// drawnLevel reports whom the winner of a match joins or passes in the table: "Dender s'offre Eupen et rejoint Beerschot",
// "Westerlo klopt Dender en neemt de leiding over van Gent".
func (r *reading) drawnLevel(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.clubBefore(m) || r.titleSays(r.words.finals) || r.titleSays(r.words.rounds) {
		return false
	}
	if r.alreadyIn(m) {
		return true
	}
	and := -1
	moves := false
	r.back(m, 7, func(i int, t *token) bool {
		if t.is(wAnd) && !t.among(r.words.alsos) {
			and = i
			return false
		}
		moves = moves || t.among(r.words.joining)
		return !r.ended(int32(i)) //nolint:gosec // G115
	})
	return moves && and > 0 && (r.clubsUpTo(and) == 2 || r.tellsWinner(inTitle) && !r.titleHas(wRole|wMarket|wHedge))
}

// alreadyIn reports the club that another comes beside in a competition: "rejoint le FC Bruges en Ligue des champions".
func (r *reading) alreadyIn(m *mention) bool {
	const longest = 4 // words of a competition with its article
	in := r.after(m)
	if in == nil || !in.is(wInside) && !(r.language == french && in.among(r.words.within)) || !r.reachesWord(m, r.words.joining, 2) {
		return false
	}
	for i := int(m.last) + 2; i < min(int(m.last)+2+longest, r.fields[inTitle].to); i++ {
		if r.tokens[i].is(wFootball) {
			return true
		}
	}
	return false
}

// clubsUpTo counts the clubs that the headline names in front of token i.
func (r *reading) clubsUpTo(i int) int {
	var seen []int32
	for k := range r.mentions {
		if m := &r.mentions[k]; r.tokens[m.first].field == inTitle && int(m.first) < i && r.meansClub(m) && !slices.Contains(seen, m.subject) {
			seen = append(seen, m.subject)
		}
	}
	return len(seen)
}

// measured reports "plus malin que Genk": French puts the measure behind the word that is compared.
func (r *reading) measured(m *mention) bool {
	ahead := r.preposition(m)
	if r.language != french || ahead == nil || !ahead.among(r.words.que) || r.besideOnly(m) || r.bested(m) {
		return false
	}
	return r.reachesWord(m, r.words.degrees, 6)
}

// bested reports the loser in a headline that is nothing but a measure of two clubs: "Le Standard plus fort que La
// Gantoise" tells of a match.
func (r *reading) bested(m *mention) bool {
	k := r.number(m) - 1
	if next := r.after(m); k < 0 || r.tokens[m.first].field != inTitle || next != nil && next.before&(colon|semicolon|dash|opensParen|stop) == 0 && !next.has(number) {
		return false
	}
	o, que := &r.mentions[k], int(r.preposition(m).start)
	i := int(o.last) + 1
	return r.meansClub(o) && r.opensHeadline(o) && r.tokens[i].before == space && r.tokens[i].among(r.words.degrees) && i+2 < int(m.first) && int(r.tokens[i+2].start) == que
}

// emulated reports "gaat Anderlecht achterna", "spiegelt zich met Mechelen aan Anderlecht": a comparison whose
// verb stands apart.
func (r *reading) emulated(m *mention) bool {
	n, first := r.listLength(r.number(m))
	next := r.after(&r.mentions[first+n-1])
	if next != nil && next.before&^space == 0 && next.among(r.words.behind) {
		return true
	}
	ahead, found := r.ahead(m), false
	if ahead != nil && (ahead.among(r.words.above) || ahead.word != 0 && ahead.word == r.words.a && r.language == french) && r.clubBefore(m) {
		return r.reachesWord(m, r.words.prefers, 6)
	}
	if ahead == nil || ahead.word == 0 || ahead.word != r.words.aan {
		return false
	}
	for i := r.fields[r.tokens[m.first].field].from; i < int(m.first); i++ {
		found = found || r.tokens[i].among(r.words.mirrors)
	}
	return found
}

// pressed reports the rival in the table that a result puts under pressure, leaves behind or catches up with: "zet Zulte
// Waregem onder druk", "rejoint le RWDM en tête", "laat Gent achter zich", "ziet Beveren uitlopen".
func (r *reading) pressed(m *mention) bool {
	n, first := r.listLength(r.number(m))
	i, to := int(r.mentions[first+n-1].last)+1, r.fields[inTitle].to
	if r.tokens[m.first].field != inTitle || i >= to || r.onlyIn(inTitle, m) || r.tokens[i].before&^space != 0 || r.travelsOn(m) {
		return false
	}
	if r.tokens[i].among(r.words.drifting) {
		return r.reachesWord(&r.mentions[first], r.words.seeing, 2)
	}
	if i+1 >= to || !r.tokens[i].among(r.words.pressing) || !r.tokens[i+1].among(r.words.pressure) {
		return false
	}
	return r.reachesWord(&r.mentions[first], r.words.putting, 3) || i+2 < to && r.tokens[i+2].among(r.words.put)
}

// travelsOn reports the club that somebody leaves behind for another, which the headline names as where he goes: "laat STVV
// achter zich en trekt naar Anderlecht".
func (r *reading) travelsOn(m *mention) bool {
	if next := r.after(m); r.clubBefore(m) || next == nil || next.among(r.words.under) {
		return false
	}
	for k := r.number(m) + 1; k < len(r.mentions); k++ {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject {
			return r.reaches(o, wAt|wDestination, 1) || r.acts(o)
		}
	}
	return false
}

// likewise reports the club that went before another in its sentence: "Na Antwerp stapt ook Standard naar het BAS".
func (r *reading) likewise(m *mention) bool {
	n, first := r.listLength(r.number(m))
	if ahead := r.ahead(&r.mentions[first]); ahead == nil || !ahead.is(wAfter) || !ahead.before.starts() || r.tokens[m.first].field == inBody {
		return false
	}
	for k := r.number(m) + 1; k < len(r.mentions) && r.sameSentence(int(m.first), int(r.mentions[k].first)); k++ {
		o := &r.mentions[k]
		if r.meansClub(o) && (k >= first+n && r.reachesWord(o, r.words.alsos, 2) || r.tokens[o.first].before&comma != 0 && r.actsAlso(o)) {
			return true
		}
	}
	return false
}

// actsAlso reports a club behind which "aussi" follows the verb: "La Gantoise se sépare aussi de son coach".
func (r *reading) actsAlso(m *mention) bool {
	const reach = 5
	for i := int(m.last) + 2; i < min(int(m.last)+reach, r.fields[r.tokens[m.last].field].to) && r.tokens[i].before&^(space|apostrophe) == 0; i++ {
		if r.tokens[i].among(r.words.alsos) {
			return true
		}
	}
	return false
}

// exemplary reports the club that another is like, or would not be like: "La Louvière neemt Union als voorbeeld", "Dender
// mag niet het nieuwe Kortrijk worden", "Geen Anderlechtse toestanden bij Standard".
func (r *reading) exemplary(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.onlyIn(inTitle, m) {
		return false
	}
	if ahead := r.ahead(m); ahead != nil && (ahead.among(r.words.another) || ahead.among(r.words.firsts)) && r.tokens[m.first].before&^space == 0 && r.clubBefore(m) && !r.compound(m) {
		return m.first >= 2 && r.tokens[m.first-2].is(wArticle)
	}
	i := int(m.last) + 1
	if i >= r.fields[inTitle].to || r.tokens[i].before&^space != 0 {
		return false
	}
	if r.tokens[i].among(r.words.conditions) {
		return true
	}
	return i+1 < r.fields[inTitle].to && r.tokens[i].is(wThan|wAt) && r.tokens[i+1].among(r.words.models)
}

// lentGround reports the ground of another club where somebody only plays: "Union speelt Europees op het veld van
// OHL", "Hubert terug in het Anderlecht-stadion". A match on "het veld van" is against its owner.
func (r *reading) lentGround(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.scoreIn(inTitle) || r.titleHas(wWins|wDerby|wAgainst) || !r.clubBefore(m) && !r.othersCoachBefore(m) {
		return false
	}
	if next := r.after(m); next != nil && next.joined(hyphen) && next.among(r.words.grounds) {
		return true
	}
	return r.titleSays(r.words.continental) && m.first >= 2 && r.tokens[m.first-2].among(r.words.grounds)
}

// badMemory reports the town of a match that is over, which the headline calls by what it was to the club in front:
// "na drama in La Louvière", "na pijnlijke avond in Westerlo". "Après le match à Genk" is about both, and a host who
// acts in the lead is the other side.
func (r *reading) badMemory(m *mention) bool {
	ahead := r.preposition(m)
	if r.tokens[m.first].field != inTitle || ahead == nil || !ahead.is(wInside) && (ahead.word == 0 || ahead.word != r.words.a || r.language != french) {
		return false
	}
	return r.clubBefore(m) && !r.compound(m) && r.aftermath(m) && !r.reachesWord(m, r.words.games, 3) && !r.titleHas(wWins|wAgainst|wDerby|wMarket) && !r.scoreIn(inTitle) && !r.actsInLead(m)
}

// actsInLead reports a club that does something in the lead.
func (r *reading) actsInLead(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o.subject == m.subject && r.inLeadOf(o) && r.acts(o) {
			return true
		}
	}
	return false
}

// saidBehind reports the opponent in front of a colon behind which one side speaks, without quotation marks:
// "Genk komt tekort tegen Union: Heymans is duidelijk".
func (r *reading) saidBehind(m *mention) bool {
	if !r.clubBefore(m) || r.toldMatch(m) || r.treated(m) {
		return false
	}
	colons := false
	for i := int(m.last) + 1; i < r.fields[inTitle].to; i++ {
		t := &r.tokens[i]
		colons = colons || t.before&colon != 0
		if colons && t.is(wSays) {
			return true
		}
	}
	return false
}

// clubBehind reports the opponent in front of the club of whoever the headline begins with: "Leysen wil revanche
// tegen KV Mechelen en mikt op eerste zege met OHL".
func (r *reading) clubBehind(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.reaches(m, wAgainst, 2) || r.scoreIn(inTitle) || r.titleHas(wDerby) || r.clubBefore(m) || r.behindMatch(m) || r.clubAct(m) {
		return false
	}
	for k := r.number(m) + 1; k < len(r.mentions); k++ {
		o := &r.mentions[k]
		if r.tokens[o.first].field != inTitle {
			return false
		}
		if ahead := r.ahead(o); r.meansClub(o) && o.subject != m.subject {
			return ahead != nil && ahead.is(wAt) && !r.listed(m, o)
		}
	}
	return false
}

// clubAct reports a word of winning in front of the opponent.
func (r *reading) clubAct(m *mention) bool {
	for i := r.fields[inTitle].from; i < int(m.first); i++ {
		if r.tokens[i].is(wWins) {
			return true
		}
	}
	return false
}
