package tagging

import "strings"

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
			found = preposition || r.compound(m) || !r.tokens[max(i-1, 0)].is(wAgainst) && !r.tokens[max(i-2, 0)].is(wAgainst)
			return false
		case r.ended(int32(i)) && (!r.tokens[i+1].joined(hyphen) || r.actsBetween(i+2, int(m.first))): //nolint:gosec // G115
			return false // another name: the word was about that one
		case t.is(wParticle):
		case t.is(wOfficial | wAgainst | wSays | wDestination), t.is(wVerb) && !t.is(wAt|wAnd|wInside|wRole):
			return false
		}
		preposition = preposition || t.is(wAt)
		return true
	})
	return found && (!person || preposition)
}

// actsBetween reports a verb between a trade that is joined to another name and a mention: "Ex-Anderlecht-verdediger helpt Patro".
func (r *reading) actsBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if t := &r.tokens[i]; !t.has(capital) && !t.is(wAt|wAnd|wArticle|wRole|wCoach|wParticle) && t.before&comma == 0 {
			return true
		}
	}
	return false
}

// letGo reports "die Gent liet gaan", "dont le Standard ne voulait plus": somebody is told of by
// the club that did not keep him or did not want him.
func (r *reading) letGo(m *mention) bool {
	if r.tokens[m.first].field != inTitle {
		return false
	}
	whom := false
	r.back(m, 4, func(_ int, t *token) bool {
		whom = t.among(r.words.relatives)
		return !whom && (t.is(wArticle|wAt|wAnd) || t.has(capital))
	})
	if !whom {
		return false
	}
	for i := int(m.last) + 1; i < min(int(m.last)+6, r.fields[inTitle].to) && r.tokens[i].before&(comma|colon|stop) == 0; i++ {
		if r.tokens[i].among(r.words.shedding) {
			return true
		}
	}
	return false
}

// coachedThere reports the club of which the lead says that somebody was the coach, who is so no more: "Walter Meeuws was dit seizoen
// even trainer van Lommel".
func (r *reading) coachedThere(m *mention) bool {
	const reach = 9
	if r.tokens[m.first].field != inLead || !r.reaches(m, wCoach, 2) || r.coachOfToday(m) {
		return false
	}
	return r.reachesWord(m, r.words.wasThen, reach)
}

// playedThere reports the old clubs of somebody, told by a clause with its verb at the end: "die nog voor Antwerp en KV
// Mechelen uitkwam".
func (r *reading) playedThere(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.language != dutch || !r.clubBefore(m) {
		return false
	}
	n, first := r.listLength(r.number(m))
	whom, once := false, false
	r.back(&r.mentions[first], 4, func(_ int, t *token) bool {
		once = once || t.among(r.words.formerTimes)
		whom = t.among(r.words.relatives)
		return !whom && !t.has(capital)
	})
	if !whom || !once {
		return false
	}
	next := r.after(&r.mentions[first+n-1])
	return next != nil && next.before == space && next.among(r.words.playedThen)
}

// missedOut reports the club that somebody might have gone to: "speler die naar Anderlecht kon", "qui aurait pu
// rejoindre le Standard". It is no subject beside the club that he does go to.
func (r *reading) missedOut(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	return r.tokens[m.first].field == inTitle && ahead != nil && ahead.among(r.words.visits) && next != nil && next.before == space &&
		next.among(r.words.coulds) && r.clubBefore(m)
}

// metAgain reports the old club of a coach in a headline that tells their match: "Leko klopt ex-club
// Standard", "Still doet ex-club Charleroi pijn".
func (r *reading) metAgain(m *mention) bool {
	ahead, k := r.ahead(m), r.titleCoach()
	if r.tokens[m.first].field != inTitle || ahead == nil || !ahead.among(r.words.sides) || k < 0 || r.mentions[k].first > m.first {
		return false
	}
	return (r.titleHas(wWins) || r.titleSays(r.words.hurting)) && !r.speech() || r.visitsOld(m)
}

// visitsOld reports the old club to which a coach goes with his team: "met La Louvière naar zijn ex-club Charleroi", "op bezoek
// bij ex-club Charleroi".
func (r *reading) visitsOld(m *mention) bool {
	return r.clubBefore(m) && (r.towardsOld(m) || r.reachesWord(m, r.words.trips, 6) || r.reachesWord(m, r.words.grounds, 6))
}

// towardsOld reports where somebody goes whom the club once had: "keert terug naar zijn ex-club Charleroi".
func (r *reading) towardsOld(m *mention) bool {
	const reach = 5
	ahead := r.ahead(m)
	if ahead == nil || !ahead.among(r.words.sides) {
		return false
	}
	i, from := int(m.first)-2, r.fields[r.tokens[m.first].field].from
	for i > max(from, int(m.first)-reach) && !r.tokens[i].is(wAt) && !r.tokens[i].has(capital) {
		i--
	}
	return i >= from && r.tokens[i].word != 0 && (r.tokens[i].word == r.words.naar || r.tokens[i].word == r.words.vers)
}

// onceTheirs reports a club in somebody's words in a headline that calls him an ex of it:
// "“Bij Anderlecht was ik een nummer”: ex-paars-wit bloeit open".
func (r *reading) onceTheirs(m *mention) bool {
	if t := &r.tokens[m.first]; t.field != inTitle || !t.has(doubleQuoted) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o != m && o.subject == m.subject && r.tokens[o.first].field == inTitle && !r.tokens[o.first].has(doubleQuoted) && r.formerly(o, false) {
			return true
		}
	}
	return false
}

// justDismissed reports the club with which a headline ends that has dismissed somebody: "Le directeur sportif licencié par
// Anderlecht". What comes behind a club is what he does next, unless it is told of the club: "Maes remercié par Virton, qui …".
func (r *reading) justDismissed(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.onlyIn(inTitle, m) || r.reaches(m, wAfter, reachFormer) {
		return false
	}
	if next := r.after(m); next != nil && !next.before.ends() && next.before&(dash|semicolon) == 0 && next.word != r.words.qui {
		return false
	}
	by := r.preposition(m)
	return by != nil && by.word == r.words.par && r.reachesWord(m, r.words.dismissal, 3)
}

// partsWith reports the club at the head of a headline which goes on, behind a comma, with the coach who has just left it: "Remercié par
// le Beerschot, Kuyt a un mot pour les supporters".
func (r *reading) partsWith(m *mention) bool {
	next, k := r.after(m), r.titleCoach()
	if k < 0 || next == nil || next.before&(comma|colon) == 0 || !r.onlyIn(inTitle, m) {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return int(r.mentions[k].first) <= int(m.last)+3 && r.mentions[k].first > m.last && !s.employed(r.at) && r.linked(&r.mentions[k], m)
}

// coachDiscussed reports a club whose coach of the day the headline names: "ex-doelman van
// Anderlecht vindt dat Vítor Bruno weg moet" is about the club of today.
func (r *reading) coachDiscussed(m *mention) bool {
	if r.tokens[m.first].field != inTitle {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject >= 0 && r.tokens[o.first].field == inTitle && r.reg.subjects[o.subject].coach() &&
			r.reg.subjects[o.subject].tenure(r.at) == r.reg.subjects[m.subject].topic {
			return true
		}
	}
	return false
}

// identifies reports "Antwerp-icoon Goots", "Genk-fan Brecel": the club only says who
// somebody is; "Antwerp-verleden" says where he was, "Club Brugge-target" who lost him to the
// other club of the headline.
func (r *reading) identifies(m *mention) bool {
	next := r.after(m)
	if next == nil || !next.joined(hyphen) {
		return false
	}
	switch i := int(m.last) + 2; {
	case next.among(r.words.bygone):
		return true
	case next.among(r.words.sought):
		return !r.onlyIn(inTitle, m)
	default:
		return next.is(wIdentity) && !(r.onlyIn(inTitle, m) && r.titleSays(r.words.contracts)) && i < r.fields[next.field].to && r.tokens[i].has(capital) && r.tokens[i].before&^space == 0
	}
}

// cheersFor reports the club of which the lead calls somebody a supporter: "Le président des Métallos, supporter du Standard, …".
func (r *reading) cheersFor(m *mention) bool {
	found := false
	if r.tokens[m.first].field != inLead {
		return false
	}
	r.back(m, 3, func(_ int, t *token) bool {
		found = t.is(wIdentity) && t.before&comma != 0
		return !found && t.is(wAt|wArticle)
	})
	return found
}

// pastOfCoach reports a club in a headline about a coach who served it once and works
// elsewhere now: "Vrancken koos na ontgoochelingen bij Genk".
func (r *reading) pastOfCoach(m *mention) bool {
	ahead := r.ahead(m)
	if r.tokens[m.first].field != inTitle || ahead == nil || !ahead.among(r.words.employers) {
		return false
	}
	if r.onlyGround(m) || r.scoreIn(inTitle) || r.titleHas(wWins|wHedge|wOfficial|wOpponent|wDerby) || r.coachDiscussed(m) {
		return false // where he goes, or where his team plays
	}
	if r.stateOf(m) {
		return false
	}
	club := r.reg.subjects[m.subject].topic
	k := r.titleCoach()
	if k < 0 || r.mentions[k].first > m.first {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return s.employed(r.at) && s.served(club, r.at) && !s.servesAround(club, r.at) && !r.titleSays(r.words.returns)
}

// stateOf reports a club of which somebody says how it fares: "over de situatie bij Anderlecht", "sur la crise à Charleroi".
func (r *reading) stateOf(m *mention) bool {
	i, from := int(m.first)-2, r.fields[inTitle].from
	if i <= from || !r.tokens[i].among(r.words.predicaments) {
		return false
	}
	p := &r.tokens[i-1]
	return p.among(r.words.about) || p.is(wArticle) && i-2 >= from && r.tokens[i-2].among(r.words.about)
}

// outgrown reports the club that did not want somebody who does well at another behind a comma: "Bij Anderlecht
// afgeschreven, bij Westerlo onmisbaar", "Mislukt bij Club Brugge, maar trefzeker voor Charleroi".
func (r *reading) outgrown(m *mention) bool {
	f := r.fields[inTitle]
	ahead, next := r.ahead(m), r.after(m)
	if r.tokens[m.first].field != inTitle || ahead == nil || !ahead.is(wAt) || r.titleHas(wMarket|wOfficial) {
		return false
	}
	if !(next != nil && next.before&^space == 0 && next.among(r.words.discarded)) && !r.reachesWord(m, r.words.discarded, 3) {
		return false
	}
	over := false
	for i := int(m.last) + 1; i < f.to; i++ {
		over = over || r.tokens[i].before&(comma|colon) != 0
		if o := r.mentionAt(int32(i)); over && o != nil && r.meansClub(o) && o.subject != m.subject { //nolint:gosec // G115
			return true
		}
	}
	return false
}

// relativeOf reports the club of somebody whose kin the headline is about, who is at another: "Broer van
// Anderlecht-speler tekent bij Dender".
func (r *reading) relativeOf(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.onlyIn(inTitle, m) || !r.compound(m) {
		return false
	}
	return r.reaches(m, wKin, 3)
}

// kin reports "de zoon van", "le fils de" before a person, "Wilmots junior", or a bare surname under which
// the lead begins with "Le fils de l'ancien Diable".
func (r *reading) kin(m *mention) bool {
	if next := r.after(m); next != nil && next.before&^space == 0 && next.among(r.words.juniors) {
		return true
	}
	if r.tokens[m.first].field == inTitle && m.first == m.last && r.opensWithKin() {
		return true
	}
	found := false
	r.back(m, 4, func(_ int, t *token) bool {
		found = t.is(wKin)
		return !found && t.is(wAt|wCoach|wNation|wArticle|wFormer)
	})
	return found
}

// opensWithKin reports a lead that begins with somebody's family: "Le fils de l'ancien Diable".
func (r *reading) opensWithKin() bool {
	f := r.fields[inLead]
	return f.from+2 < f.to && r.tokens[f.from].is(wArticle) && r.tokens[f.from+1].is(wKin) && r.tokens[f.from+2].is(wAt)
}

// predecessor reports that a coach is only a point on the calendar ("sinds het
// vertrek van") or the owner of a team ("les hommes de").
func (r *reading) predecessor(m *mention) bool {
	if r.succeeded(m) || r.tokens[m.first].field == inLead && r.reaches(m, wSuccessor, 1) {
		return true
	}
	found := false
	r.back(m, 5, func(i int, t *token) bool {
		found = t.is(wPredecessor) && (!r.askedAfter(i) || r.otherCoachIn(m))
		return !found && (t.is(wAt|wArticle|wCoach|wNation|wBelgian|wOfficial|wFormer) || t.classes&^(wName|wPhrase) == 0 && !t.has(capital))
	})
	return found
}

// askedAfter reports "Qui pour succéder à" up to a token: the bench itself is the news.
func (r *reading) askedAfter(i int) bool {
	for k := i - 1; k >= max(r.fields[inTitle].from, i-5) && r.tokens[i].field == inTitle; k-- {
		if r.tokens[k].word != 0 && r.tokens[k].word == r.words.qui && r.tokens[k+1].among(r.words.ahead) {
			return true
		}
	}
	return false
}

// afterHis reports a coach whose departure only dates what another does: "Nach Leko-Abgang: De Mil kommt",
// "Cercle haalt topcoach binnen, uren na ontslag Riga", "Na vertrek Johnson: Lommel wint".
func (r *reading) afterHis(m *mention) bool {
	result := r.tokens[r.fields[inTitle].from].is(wAfter) && r.tellsWinner(inTitle)
	if r.tokens[m.first].field != inTitle || !r.otherCoachIn(m) && !r.hiddenBench() && !result {
		return false
	}
	if ahead, next := r.ahead(m), r.after(m); ahead != nil && ahead.is(wAfter) && next != nil {
		return next.joined(hyphen) && next.among(r.words.farewells)
	}
	found, after := false, false
	r.back(m, 4, func(_ int, t *token) bool {
		after = found && t.is(wAfter)
		found = found || t.among(r.words.farewells)
		return !after && (found || t.is(wAt|wArticle|wCoach))
	})
	return after
}

// anotherCoach reports a mention of a coach who is not the subject of another mention.
func (r *reading) anotherCoach(o, m *mention) bool {
	return o.subject >= 0 && o.subject != m.subject && r.reg.subjects[o.subject].coach()
}

// linked reports that a coach serves a club on the day, or served or will serve it within some weeks.
func (r *reading) linked(coach, club *mention) bool {
	return r.reg.subjects[coach.subject].servesAround(r.reg.subjects[club.subject].topic, r.at)
}

// otherCoachIn reports another coach in the headline.
func (r *reading) otherCoachIn(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && r.anotherCoach(o, m) {
			return true
		}
	}
	return false
}

// madeRoom reports the only coach of the lead, who had to go, under a headline about the new one: "Geraerts
// nieuwe coach van Kortrijk", and "Jonckheere kreeg vorige week zijn C4".
func (r *reading) madeRoom(m *mention) bool {
	if !r.newCoach() || !r.inLeadOf(m) || r.titleSays(r.words.dismissal) || r.otherCoachInLead(m) {
		return false
	}
	f := r.fields[inLead]
	for i := max(f.from, int(m.first)-5); i < min(f.to, int(m.last)+9); i++ {
		t := &r.tokens[i]
		if r.tokens[max(f.from, i-2)].among(r.words.since) {
			continue // "libre depuis son départ"
		}
		if (t.among(r.words.dismissal) || t.among(r.words.goneTo) || t.among(r.words.farewells)) && r.sameSentence(i, int(m.first)) {
			return true
		}
	}
	return false
}

// otherCoachInLead reports another coach in the lead, be it as an aside.
func (r *reading) otherCoachInLead(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; r.inLeadOf(o) && r.anotherCoach(o, m) {
			return true
		}
	}
	return false
}

// followed reports "Leko volgt Bölöni op", "Leko prend la place de Bölöni": the one who goes behind the one who comes.
func (r *reading) followed(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || !ahead.among(r.words.succeeds) && !r.relayed(m) || r.tokens[m.first].field != inTitle || r.askedAfter(int(m.first)-1) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; o.first < m.first && o.subject >= 0 && r.reg.subjects[o.subject].coach() {
			return true
		}
	}
	return false
}

// relayed reports "prend la relève de", "neemt de plaats in van" before a mention.
func (r *reading) relayed(m *mention) bool {
	return r.ahead(m).among(r.words.genitives) && r.reachesWord(m, r.words.relays, 3)
}

// succeeded reports "hij moet Leko opvolgen", "om Leko op te volgen", "om Leko te vervangen", "waar hij Leko
// opvolgt", "die Leko moet doen vergeten".
func (r *reading) succeeded(m *mention) bool {
	next := r.after(m)
	if next == nil || next.before&^space != 0 {
		return false
	}
	for i := int(m.last) + 1; i < min(int(m.last)+4, r.fields[next.field].to) && r.tokens[i].before&^space == 0; i++ {
		if r.tokens[i].among(r.words.forgetting) && r.tokens[i-1].among(r.words.hurts) {
			return true
		}
	}
	i, apart := int(m.last)+1, 0
	for i+1 < r.fields[next.field].to && apart < 2 && r.tokens[i].among(r.words.apart) {
		i, apart = i+1, apart+1
	}
	if apart == 2 {
		return r.tokens[i].among(r.words.following)
	}
	return r.tokens[i].among(r.words.takingOver)
}

// hiddenBench reports a headline that speaks of a coach it does not name right there.
func (r *reading) hiddenBench() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wCoach) && !t.joined(hyphen) && (i+1 == f.to || !r.tokens[i+1].has(capital)) {
			return true
		}
	}
	return false
}

// ownTeam reports a headline about a coach's team of the day that calls it his: "les
// hommes de Leko", "première victoire de l'ère Elsner au Standard".
func (r *reading) ownTeam(m *mention, s *subject) bool {
	if r.succeeded(m) {
		return false
	}
	club, ok := r.reg.byTopic[s.tenure(r.at)]
	if !ok || r.tokens[m.first].field != inTitle {
		return false
	}
	if r.titleHas(wSuccessor) {
		return r.trade(m) || s.tenure(r.at) == devilsTopic || r.titleNames(club) && r.headHunted(m)
	}
	return r.titleNames(club) || r.sideOf(m) && r.leadNamesFirst(club)
}

// sideOf reports "le onze de Simons", "de ploeg van Thorup": a coach's side in one word.
func (r *reading) sideOf(m *mention) bool {
	i := int(m.first) - 2
	if ahead := r.ahead(m); ahead == nil || !ahead.among(r.words.genitives) || i < r.fields[inTitle].from {
		return false
	}
	return r.tokens[i].among(r.words.sides) || r.tokens[i].among(r.words.squads) || r.tokens[i].among(r.words.belongings)
}

// leadNamesFirst reports that the first club of the lead is a coach's own: "Trois changements dans le onze de Simons", and
// "OHL modifie ses plans".
func (r *reading) leadNamesFirst(club int32) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; r.inLeadOf(m) && r.meansClub(m) {
			return m.subject == club
		}
	}
	return false
}

// headHunted reports the one coach of a headline, for whom his club already looks for another: "Antwerp kijkt uit naar
// opvolger van Compper". Where it has found him the new one is the news.
func (r *reading) headHunted(m *mention) bool {
	return !r.otherCoachIn(m) && r.titleSays(r.words.heirs) && !r.titleHas(wOfficial) && !r.gone(m.subject)
}

// doneBy reports "door" or "par" in front of a mention.
func (r *reading) doneBy(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.word != 0 && (ahead.word == r.words.door || ahead.word == r.words.par)
}

// agent reports "door Tedesco", "par Garcia": what he once did to another.
func (r *reading) agent(m *mention) bool {
	if r.titleHas(wNation) && r.reg.subjects[m.subject].tenure(r.at) == devilsTopic {
		return false // "Bondscoach verrast", and then who it was done by
	}
	return r.doneBy(m) && (r.fieldHas(r.tokens[m.first].field, wOnce) || r.otherCoachBehind(m))
}

// native reports "Le Carolo", "Le Brugeois" at the head of a sentence: one man of that town.
func (r *reading) native(m *mention) bool {
	ahead, t := r.ahead(m), &r.tokens[m.first]
	if r.language != french || ahead == nil || !ahead.is(wArticle) || !ahead.before.starts() || m.first != m.last {
		return false
	}
	text := r.text(t.field)[t.start:t.end]
	return strings.HasSuffix(text, "ois") || strings.HasSuffix(text, "olo")
}

// coachsOrigin reports "l'entraîneur carolo" of a coach who does not serve that town's club: it
// says where he is from.
func (r *reading) coachsOrigin(m *mention) bool {
	ahead := r.ahead(m)
	k := r.titleCoach()
	return k >= 0 && ahead != nil && ahead.is(wCoach) && r.language == french && !r.tokens[m.first].has(capital) &&
		!r.linked(&r.mentions[k], m)
}
