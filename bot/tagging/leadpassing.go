package tagging

import "github.com/sjotbot/sjotbot/subscriptions"

// inPassing reports a coach of whom the lead tells no more than that he is gone, or what the news of
// others means for him.
func (r *reading) inPassing(k int, l *leadReading) bool {
	m := &r.mentions[k]
	switch {
	case r.movedOn(m):
		return (l.clubs > 0 || !r.lonely(k)) && (!l.hiddenCoach || l.foundCoach)
	case l.hiddenCoach:
		return false
	case r.looksOn(m), r.paidBefore(m):
		return l.clubs+l.others > 0
	case r.reaches(m, wCoach, 1) && r.reachesWord(m, r.words.sides, 6) && !r.coachesSubject(&r.reg.subjects[m.subject]):
		return true // "Burnley, de ploeg van oud-Anderlecht-coach Vincent Kompany"
	case r.keepsSeatWarm(m), r.selectsInPassing(m), r.detailOfMany(), r.wentBefore(m):
		return true
	case r.teamNews(m) && r.coachesSubject(&r.reg.subjects[m.subject]):
		return true
	case r.befallen(m):
		return l.clubs+l.others > 0 || r.squadPlayer() >= 0
	case (l.clubs > 0 || l.hidden) && r.toPlayer(m):
		return true
	}
	return (l.clubs > 0 || l.hidden) && r.playersDeal() && !r.wantsPlayer(m) && !r.judgedAlone(m)
}

// toPlayer reports a coach who does something to the player of whom the headline tells: "Verhuurde Genkie scoort weer", and "Thorup
// kan hem terugroepen"; not one of whose bench it speaks.
func (r *reading) toPlayer(m *mention) bool {
	if r.titleCoach() >= 0 || r.titleHas(wCoach|wNation) || r.benchStory() || r.titleSays(r.words.parting) || !r.tokens[m.first].before.starts() {
		return false
	}
	for i := int(m.last) + 1; i < min(int(m.last)+6, r.fields[r.tokens[m.last].field].to) && r.tokens[i].before&^(space|apostrophe) == 0; i++ {
		if r.tokens[i].among(r.words.him) && !r.tokens[i-1].is(wAt) {
			return true
		}
	}
	return false
}

// befallen reports a coach of whom the lead tells what he has to put up with or may do: "Vrancken moet nog
// even wachten op zijn internationals". Who is missing for his match, and that he must go, is his news.
func (r *reading) befallen(m *mention) bool {
	if r.titleSays(r.words.absent) || r.tellsWinner(inTitle) || r.scoreIn(inTitle) {
		return false
	}
	if (r.opensLead(m) || r.tokens[m.first].before.starts()) && r.ownLot(m) {
		return false
	}
	i := int(m.last) + 1
	return i+1 < r.fields[r.tokens[m.last].field].to && r.tokens[i].before&^space == 0 && r.tokens[i].among(r.words.musts) && !r.tokens[i+1].among(r.words.away)
}

// selectsInPassing reports the national coach in the lead of news about a club, "Genk zonder Rode Duivels", and "Bondscoach Garcia
// selecteerde niemand", or of who is missing from his team. Under a headline of the selection he is at work.
func (r *reading) selectsInPassing(m *mention) bool {
	if r.reg.subjects[m.subject].tenure(r.at) != devilsTopic || r.titleHas(wNation|wCoach) {
		return false
	}
	return r.isAboutClub() || (r.squadInTitle() || r.calledDevil()) && r.sentenceSays(int(m.last), r.words.missing)
}

// detailOfMany reports a headline of three clubs or more and how they fared: what befalls a coach in the lead is a detail.
func (r *reading) detailOfMany() bool {
	clubs, _ := r.titleSubjects()
	return clubs >= 3 && r.titleHas(wWins) && r.titleCoach() < 0 && !r.titleHas(wCoach)
}

// wentBefore reports who had to go before the one of whom the sentence tells: "Na Wim De Decker moet nu ook de sportief directeur weg".
func (r *reading) wentBefore(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.is(wAfter) && r.tokens[m.first].before == space && r.sentenceSays(int(m.last), r.words.alsos)
}

// keepsSeatWarm reports who takes over for the time being from the coach whom the headline is about: "de assistenten Jonckheere en Bataille
// nemen over", "Andersen und Kohnen übernehmen vorerst".
func (r *reading) keepsSeatWarm(m *mention) bool {
	if r.titleCoach() < 0 || r.titleHas(wSuccessor|wHires) || r.newCoach() {
		return false
	}
	return r.reachesWord(m, r.words.seconds, 3) || r.coachesListed(m) == 2 && r.sentenceSays(int(m.last), r.words.forNow) ||
		r.sentenceSays(int(m.last), r.words.interims)
}

// teamNews reports a coach of whom the lead tells no more than who is missing and who is back: "Riemer mist zijn
// internationals", "Deila récupère Zinckernagel", "Geraerts est privé de Machida".
func (r *reading) teamNews(m *mention) bool {
	i := int(m.last) + 1
	if i+1 >= r.fields[r.tokens[m.last].field].to || r.tokens[i].before&^space != 0 {
		return false
	}
	return r.tokens[i].among(r.words.selections) || r.tokens[i].among(r.words.copulas) && r.tokens[i+1].among(r.words.without) ||
		r.tokens[i].among(r.words.musts) && r.sentenceSays(i, r.words.missing)
}

// sentenceSays reports one of a few words behind a token in its sentence.
func (r *reading) sentenceSays(i int, words []uint32) bool {
	for k := i + 1; k < r.fields[r.tokens[i].field].to && !r.tokens[k].before.ends(); k++ {
		if r.tokens[k].among(words) {
			return true
		}
	}
	return false
}

// ownLot reports that the sentence behind a coach tells of his own job or task: "Vrancken moet vrezen voor zijn job",
// "Vrancken devra composer sans ses latéraux".
func (r *reading) ownLot(m *mention) bool {
	for i := int(m.last) + 1; i < r.fields[r.tokens[m.last].field].to && !r.tokens[i].before.ends(); i++ {
		if r.tokens[i].among(r.words.lots) {
			return true
		}
	}
	return false
}

// playersDeal reports a headline about the move or the contract of a player, of which his coach is no
// more than a witness: "Genk wil in de buidel tasten voor spits", and "Thorup kent hem nog uit Kopenhagen".
func (r *reading) playersDeal() bool {
	if r.titleCoach() >= 0 || r.titleHas(wCoach|wNation) || r.titleHas(wTeamwork) && !r.titleHas(wOfficial|wHedge|wMarket) || r.speech() || r.titleSays(r.words.absent) || r.benchStory() {
		return false
	}
	if r.kind == subscriptions.Fact {
		return r.titleHas(wMarket|wRole) && r.titleHas(wOfficial) || r.titleSays(r.words.deals)
	}
	return r.kind == subscriptions.Rumour && (r.titleHas(wMarket|wRole) || r.titleSays(r.words.exits))
}

// benchStory reports a headline about who leaves a bench or who comes to it.
func (r *reading) benchStory() bool {
	return r.titleSays(r.words.dismissal) || r.titleSays(r.words.benchChange) || r.titleHas(wSuccessor)
}

// wantsPlayer reports a coach who says something himself ("liet Clement weten") or asks for a player ("Beale
// zoekt al weken een spits", "Beale est à la recherche d'un buteur"), or whose own contract the lead tells.
func (r *reading) wantsPlayer(m *mention) bool {
	next := r.after(m)
	if verb := r.behindTrade(m); r.speaks(m) || verb != nil && verb.is(wSays) {
		return true
	}
	if next != nil && next.before&^space == 0 && (next.among(r.words.wanting) || next.among(r.words.wishes) || next.among(r.words.prefers)) {
		return true
	}
	for i := int(m.last) + 1; i < min(int(m.last)+6, r.fields[r.tokens[m.last].field].to); i++ {
		if r.tokens[i].is(wCoach|wSays) || r.tokens[i].among(r.words.quests) || i == int(m.last)+2 && r.tokens[i].among(r.words.prefers) {
			return true
		}
	}
	return false
}

// movedOn reports a coach who has left, in a story that goes on with those who stay: "David Hubert
// vertrok naar Union, onder Mazzu gaat het beter". A headline about a departure is about his.
func (r *reading) movedOn(m *mention) bool {
	i, to := int(m.last)+1, r.fields[r.tokens[m.last].field].to
	if i+2 >= to || r.titleHas(wLeft) || r.titleSays(r.words.parting) || r.benchStory() {
		return false
	}
	if r.tokens[i].before&^space != 0 || !r.tokens[i].among(r.words.goneTo) {
		return false
	}
	for k := i + 1; k+1 < min(i+5, to) && r.tokens[k].before&^space == 0; k++ {
		if r.tokens[k].is(wAt|wDestination) && r.tokens[k+1].has(capital) {
			return true // "vertrok in oktober naar Union"
		}
	}
	return false
}

// ofWhom reports a name behind a preposition with no trade between, or that of "één van de verrassingen
// van bondscoach Martinez": somebody else does something with him.
func (r *reading) ofWhom(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil {
		return false
	}
	if ahead.is(wCoach | wNation) {
		return (r.besideTrade(m) || r.reachesWord(m, r.words.sides, 6)) && !r.titleSays(r.words.dismissal)
	}
	return ahead.is(wAt) && !r.tokens[m.first].before.starts()
}
