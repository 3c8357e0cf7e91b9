package tagging

// undone reports talk of the market in which nothing is done yet, whatever verb it has: "Kopers voor Beveren staan aan te
// schuiven".
func (r *reading) undone() bool {
	if !r.football() || r.titleHas(wOpinion) || r.done() {
		return false
	}
	return r.titleDeal() || r.sought() || r.abroadTalk() || r.leadGossip()
}

// supposedInLead reports what only the lead says may be so: "STVV heeft knoop doorgehakt", and "een beslissing zou er weleens kunnen
// komen". Of matches, injuries and what is official such words are no gossip.
func (r *reading) supposedInLead() bool {
	if !r.football() || r.settled() || r.fitness() || len(r.scores) > 0 || r.titleHas(wWins|wOpinion) || r.titleMatch() {
		return false
	}
	for i := r.fields[inLead].from; i < r.fields[inLead].to; i++ {
		if t := &r.tokens[i]; t.is(wOpen) && t.among(r.words.conditionals) && !t.has(doubleQuoted) {
			return true
		}
	}
	return false
}

// titleDeal reports a word of transfers, contracts and benches in the headline that is no man's trade: "Onzekerheid over
// contract van Raskin".
func (r *reading) titleDeal() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		deal := r.tokens[i].is(wMarket) && !r.tokens[i].is(wCoach) && !r.footballer(i)
		if deal && !r.aided(i) && !r.clubComes(i) || r.caseOf(i) {
			return true
		}
	}
	return false
}

// sought reports a footballer behind the club or the man with whom the headline begins, "Sevilla lust Genk-middenvelder
// wel", unless a coach has him already: "Vítor Bruno promeut un gardien".
func (r *reading) sought() bool {
	f := r.fields[inTitle]
	if k := r.titleCoach(); k >= 0 && r.opensHeadline(&r.mentions[k]) || r.opensHeadlineWith(wCoach|wNation) {
		return false
	}
	for i := f.from + 2; i < f.to; i++ {
		if r.footballer(i) && !r.aided(i) {
			return !r.formerTitle()
		}
	}
	return false
}

// abroadTalk reports one of our clubs, a footballer or a player of the national team beside a club, a country or a people
// abroad, in a headline of no match: "Un Buffalo dans le carnet de Benfica".
func (r *reading) abroadTalk() bool {
	switch {
	case !r.titleHas(wForeign|wNationality|wCountry) && !r.foreignLeague(), r.formerTitle(), r.titleSays(r.words.hosting), r.titleSays(r.words.draws),
		r.titleHas(wNation | wBelgium | wTournament | wElsewhere | wAgainst), r.titleSays(r.words.nights), r.titleSays(r.words.continental):
		return false
	}
	return r.clubInTitle(-1) || r.sought() || r.squadInTitle()
}

// foreignLeague reports a league abroad in the headline: "een revelatie uit de Bundesliga", "Premier League".
func (r *reading) foreignLeague() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		before := &r.tokens[max(f.from, i-1)]
		if before.word != 0 && (before.word == r.words.super || before.word == r.words.pro) {
			continue // "Pro League", "Super League"
		}
		if r.tokens[i].among(r.words.competitions) && !before.among(r.words.nights) {
			return true
		}
	}
	return false
}

// caseOf reports a case that bears a man's name: "doorbraak in dossier-Tresoldi".
func (r *reading) caseOf(i int) bool {
	next := i + 1
	if !r.tokens[i].among(r.words.dossiers) || next == r.fields[inTitle].to {
		return false
	}
	t := &r.tokens[next]
	return t.has(capital) && t.before&^(space|hyphen) == 0 && !t.is(wFootball|wTournament) && r.mentionAt(int32(next)) == nil //nolint:gosec // G115
}

// leadGossip reports talk of a deal in the lead, under a headline that says less: "Drukte in Westerlo", and "Ajax volgt de
// flankaanvaller".
func (r *reading) leadGossip() bool {
	f := r.fields[inLead]
	hedged, deal := false, false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if t.has(doubleQuoted) {
			return false
		}
		hedged = hedged || t.is(wHedge)
		deal = deal || t.is(wMarket|wForeign|wNationality) && !t.is(wCoach) || r.footballer(i)
	}
	return hedged && deal
}

// footballer reports the trade of one who plays: "spits", "ailier"; "avant" alone is a preposition.
func (r *reading) footballer(i int) bool {
	t := &r.tokens[i]
	return t.among(r.words.footballers) && t.word != r.words.avant || t.among(r.words.prospects)
}

// aided reports a man with whom, thanks to whom or without whom something happens, and what has happened before it: "Gent
// met jonge spits naar Lommel", "na het vertrek van Kums", "met de komst van".
func (r *reading) aided(i int) bool {
	const reach = 3
	f, with := r.fields[inTitle], r.footballer(i) || r.tokens[i].among(r.words.arrivals)
	for k := i - 1; k >= max(f.from, i-reach) && r.tokens[k+1].before&(comma|colon|stop) == 0; k-- {
		t := &r.tokens[k]
		if t.is(wAfter) || with && (t.among(r.words.with) || t.among(r.words.bare)) {
			return true
		}
		if t.has(capital) || t.is(wAt) || t.among(r.words.aims) {
			return false
		}
	}
	return false
}

// clubComes reports "komst PSG", "l'arrivée du Real": who comes is a side, to play.
func (r *reading) clubComes(i int) bool {
	to := r.fields[inTitle].to
	if !r.tokens[i].among(r.words.arrivals) || i+1 == to {
		return false
	}
	next := i + 1
	if next+1 < to && r.tokens[next].among(r.words.genitives) {
		next++
	}
	m := r.mentionAt(int32(next)) //nolint:gosec // G115
	return r.tokens[next].is(wForeign|wBelgium) || m != nil && m.subject >= 0 && !r.reg.subjects[m.subject].coach()
}

// speculates reports a question of the headline about where somebody goes, that nobody's acts answer: "Karetsas naar Real?
// Zoveel kost hij", "Courtois va-t-il prolonger ?"
func (r *reading) speculates() bool {
	if !r.football() || r.titleHas(wOpinion|wOfficial|wDone|wWins|wSays) || r.titleMatch() || r.liveReport() || r.fitness() {
		return false
	}
	f := r.fields[inTitle]
	asked, moves := endsAsking(r.headline), false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		asked = asked || i > f.from && t.before&question != 0
		moves = moves || t.is(wMarket|wLeft|wDestination|wSuccessor|wHedge) || t.among(r.words.returns) || t.among(r.words.exits) ||
			t.among(r.words.parting) || t.among(r.words.another) || t.word != 0 && (t.word == r.words.naar || t.word == r.words.vers)
	}
	return asked && moves
}

// done reports that the headline tells of an act, a match or a mishap, or the lead of an act or of what an officer says: "STVV
// haalt spits", "Genk-doelman pakt penalty".
func (r *reading) done() bool {
	if r.scoreIn(inTitle) || r.liveReport() || r.titleMatch() || r.fitness() || r.partsVerb() {
		return true
	}
	deal := r.titleDeal()
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		officer := i > 0 && t.is(wRole) && r.tokens[i-1].among(r.words.according)
		if t.is(wOfficial|wDone) || officer || t.field == inTitle && (r.happens(i) || t.among(r.words.absent) && !deal) {
			return true
		}
	}
	return false
}

// happens reports a word of the headline that tells of a match, a punishment, somebody's words or a contract that has its
// end: "prolonge jusqu'en 2028".
func (r *reading) happens(i int) bool {
	t := &r.tokens[i]
	switch {
	case t.is(wWins | wSays | wAfter | wTournament | wAgainst), t.among(r.words.pitch), t.among(r.words.penalties), t.among(r.words.costs):
		return true
	case t.among(r.words.redCards):
		return r.mentionAt(int32(i)) == nil //nolint:gosec // G115: and no "Rode Duivel"
	}
	return t.has(number) && t.end-t.start == 4 && r.until(i)
}

// partsVerb reports a Dutch or German verb of what is done whose other half ends its clause: "Eupen trekt doelman aan", "Gent
// laat spits gaan".
func (r *reading) partsVerb() bool {
	if r.language != dutch && r.language != german {
		return false
	}
	f, verb := r.fields[inTitle], false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		verb = verb && t.before&^(space|hyphen|apostrophe) == 0 || t.among(r.words.parted)
		if verb && t.among(r.words.halves) && (i+1 == f.to || r.tokens[i+1].before&^space != 0 || r.endsHalf(&r.tokens[i+1])) {
			return true
		}
	}
	return false
}

// endsHalf reports a word before which a clause can end: "trekt doelman aan uit Servië".
func (r *reading) endsHalf(t *token) bool {
	return t.is(wAt|wInside|wLeft|wDestination) || t.among(r.words.asWhat) || t.among(r.words.sources) ||
		t.among(r.words.through) || t.among(r.words.during)
}
