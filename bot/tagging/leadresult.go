package tagging

import "github.com/sjotbot/sjotbot/subscriptions"

// beaten reports the loser right behind the winner's verb in the lead of a
// headline that tells of a win.
func (r *reading) beaten(m *mention) bool {
	if next := r.after(m); next != nil && next.is(wWins) && next.before&^space == 0 && m.first > 0 && (r.ended(m.first-1) || r.tokens[m.first-1].among(r.words.sides)) && r.onlyResult() {
		return true // "ziet paars-wit Zulte Waregem kloppen", "zag zijn ploeg OHL kloppen"
	}
	if ahead, next := r.ahead(m), r.after(m); ahead != nil && ahead.among(r.words.passives) && next != nil && next.is(wWins) && r.firstSentence(m) && !r.speech() {
		return true // "Pas in de verlengingen werd Seraing geklopt"
	}
	if i := int(m.last) + 2; i < r.fields[inLead].to && r.tokens[i].is(wWins) && r.after(m).among(r.words.apart) && r.firstSentence(m) && r.tellsWinner(inTitle) {
		return true // "volstond om Eupen te vloeren"
	}
	if r.tokens[m.first].before&colon != 0 && r.onlyResult() {
		return true // "Edward Still respire : Courtrai est battu 2-0"
	}
	return (r.tellsWinner(inTitle) || r.onlyResult()) && r.firstSentence(m) && r.reaches(m, wWins, 1) || r.onlyResult() && r.beatenBy(m)
}

// wonFor reports the club that somebody wins a match for: "bezorgt Union de zege", "offre la victoire à l'Union".
func (r *reading) wonFor(m *mention) bool {
	ahead, next := r.preposition(m), r.after(m)
	if !r.onlyClub(m) || ahead == nil {
		return false
	}
	i := int(m.last) + 2
	return ahead.is(wAt) && r.reaches(m, wWins, 3) || next != nil && next.is(wArticle) && i < r.fields[next.field].to && r.tokens[i].is(wWins)
}

// onlyResult reports a lead of one short sentence that tells nothing but how the match
// ended which the headline is about: "Les Canaris chantent", "Saint-Trond bat Gand 2-0."
func (r *reading) onlyResult() bool { return r.shortResult() && r.kind == subscriptions.Fact }

// shortResult is onlyResult without asking for the kind of the item, which is found only
// when all stances are taken.
func (r *reading) shortResult() bool {
	f := r.fields[inLead]
	if f.to == f.from || f.to-f.from > shortLead || r.otherBusiness() || r.lastMatch() {
		return false
	}
	if r.titleHas(wHedge|wOfficial|wLeague|wOpponent) || r.titleHas(wSays) && (r.titleCoach() >= 0 || r.speech()) {
		return false
	}
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if t.is(wAfter|wWithheld) && t.word != r.words.door && !r.scoreBefore(i) || i > f.from && t.before&(stop|semicolon|comma) != 0 && t.before&abbreviates == 0 {
			return false
		}
	}
	clubs := 0
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject >= 0 && r.tokens[m.first].field == inLead && r.meansClub(m) && !r.namedBefore(k) {
			clubs++
		}
	}
	return clubs <= 2 && (r.tellsWinner(inLead) || r.scoreIn(inLead)) && r.goesOn()
}

// scoreBefore reports what came before the end of the match: another score, "wint na 0-2 nog met 3-2", or more time, "na
// strafschoppen".
func (r *reading) scoreBefore(i int) bool {
	if i+1 == r.fields[inLead].to {
		return false
	}
	switch next := &r.tokens[i+1]; {
	case next.among(r.words.overtimes):
		return true
	case !next.has(number):
		return false
	}
	n := 0
	for _, sc := range r.scores {
		if sc.valid && int(sc.token) > i && r.sameSentence(int(sc.token), i) {
			n++
		}
	}
	return n == 2
}

// otherBusiness reports a headline that asks about a club or tells what it does off the pitch, under which the last match
// is only where the lead begins: "Nieuwe sponsor voor OHL", "Crisisberaad bij Antwerp", "Kan Mazzù het tij keren?".
func (r *reading) otherBusiness() bool {
	if r.scoreIn(inTitle) || r.titleHas(wDerby|wWins) {
		return false
	}
	return r.titleSays(r.words.business) || r.titleSays(r.words.penalties) || r.newCoach() || endsAsking(r.headline) && r.titleCoach() >= 0
}

// lastMatch reports a lead that begins with the match of before: "Le Kavé reste sur un nul contre La Gantoise", "speelde vorige
// speeldag gelijk".
func (r *reading) lastMatch() bool {
	const beginning = 6
	f := r.fields[inLead]
	for i := f.from + 1; i < min(f.to, f.from+beginning); i++ {
		t, p := &r.tokens[i], &r.tokens[i-1]
		if t.among(r.words.sinces) && p.among(r.words.stands) || t.among(r.words.matchdays) && p.among(r.words.lasts) || t.among(r.words.lasts) && p.among(r.words.matchdays) {
			return true
		}
	}
	return false
}

// bareScore reports a lead of one short sentence that has the score of the match which the
// headline tells, and one club: "2-0 contre OHL à l'Easi Arena."
func (r *reading) bareScore() bool {
	f := r.fields[inLead]
	if f.to == f.from || f.to-f.from > shortLead || !r.scoreIn(inLead) || r.kind != subscriptions.Fact ||
		r.titleHas(wPrize|wYouth|wForeign|wAfter) || r.aboutWomen() || r.titleSays(r.words.trophies) || r.otherBusiness() || r.lastMatch() {
		return false
	}
	if clubs, _ := r.titleSubjects(); clubs == 0 || r.tokens[f.from].is(wArticle) && f.from+1 < f.to && r.tokens[f.from+1].has(number) {
		return false // "De 2-0 bij Union deed de bom ontploffen"
	}
	club := int32(-1)
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wAfter|wWithheld) && !r.scoreBefore(i) || i > f.from && t.before&(stop|semicolon|colon) != 0 && t.before&abbreviates == 0 && !t.has(number) {
			return false
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field != inLead || !r.meansClub(m) || r.titleNames(m.subject) {
			continue
		}
		if club >= 0 && club != m.subject {
			return false
		}
		club = m.subject
	}
	return club >= 0
}

// goesOn reports a lead that begins with a club of the headline, or with its coach: "De
// mannen van Lee Johnson". Under a headline without a club any may begin it.
func (r *reading) goesOn() bool {
	const beginning = 6
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field != inLead || m.subject < 0 {
			continue
		}
		s := &r.reg.subjects[m.subject]
		if int(m.first)-r.fields[inLead].from > beginning || s.team() || s.player() {
			return false
		}
		if s.coach() {
			club, ok := r.reg.byTopic[s.tenure(r.at)]
			return ok && r.titleNames(club)
		}
		return r.titleNames(m.subject) || !r.titleHasSide()
	}
	return false
}

// titleHasSide reports a club or a national team in the headline.
func (r *reading) titleHasSide() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject >= 0 && r.tokens[m.first].field == inTitle && (r.meansClub(m) || r.reg.subjects[m.subject].team()) {
			return true
		}
	}
	return false
}

// beatenBy reports the side by which another was beaten: "ont été battus 5-1 samedi soir par Genk".
func (r *reading) beatenBy(m *mention) bool {
	by := r.preposition(m)
	return by != nil && by.word != 0 && (by.word == r.words.par || by.word == r.words.door) && (r.wonAt(m) || r.reaches(m, wWins, 7))
}

// wonAt reports the host right behind a winner's verb, a score or a word of travel: "se sont imposés 0-2 à Lommel",
// "en déplacement à Westerlo", "ont sombré 5-1 samedi soir à Malines", "sur la pelouse de Genk".
func (r *reading) wonAt(m *mention) bool {
	i := int(m.first) - 2
	for i > r.fields[inLead].from && r.tokens[i].among(r.words.days) {
		i--
	}
	if i < r.fields[inLead].from {
		return false
	}
	if r.tokens[i].is(wWins) || r.tokens[i].among(r.words.trips) || r.tokens[i].among(r.words.grounds) && r.scoreIn(inLead) {
		return true
	}
	for _, s := range r.scores {
		if s.valid && int(s.token) <= i && i-int(s.token) <= 1 {
			return true
		}
	}
	return false
}
