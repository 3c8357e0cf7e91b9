package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// The names of the rules about the national team.
const (
	ruleDevils     = "the national team"
	ruleFlagged    = "a player flagged as an international"
	ruleTournament = "a player and the national team's tournament"
	ruleBelgium    = "Belgium as a team"
	ruleNation     = "the national coach"
	ruleHistory    = "the national team of the past"
)

// judgeDevils decides about the men's national team: its own news, its coach's,
// and that of a player whom headline or lead calls a Rode Duivel. It never means
// the under-21s, the women, other sports, other countries or Manchester United.
func (r *reading) judgeDevils() {
	if r.reg.devils < 0 {
		return
	}
	if r.othersDevils() {
		r.dropDevils()
		r.squadMentions()
		return
	}
	player := r.squadPlayer()
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject != r.reg.devils || m.stance == aside && !r.nextOfOthers(m) || r.besideYouth(m) {
			continue
		}
		if r.onceDevil(m) || r.kinOfDevil(m) || r.besideDevil(m, player) {
			continue
		}
		if r.othersTeam(m) {
			m.subject = -1 // "de Franse nationale ploeg"
			continue
		}
		switch f := r.tokens[m.first].field; {
		case player < 0 && r.singular(m) && (r.retired() || r.countedCaps(m) || r.onceAndNow(m)):
			r.mentioned(r.reg.devils, ruleFormer, k)
		case r.history(), f == inTitle && player < 0 && r.onceTheirCoach():
			r.mentioned(r.reg.devils, ruleHistory, k)
		case f == inTitle:
			r.about(r.reg.devils, ruleDevils, k)
		case f == inLead && r.flagged(m, player):
			r.about(r.reg.devils, ruleFlagged, k)
		}
	}
	if r.history() {
		return
	}
	if player >= 0 && !r.titleHas(wYouth) && (r.playsForCountry() || r.staysInternational(player) || r.nationalInLead(player)) {
		r.about(r.reg.devils, ruleTournament, player)
	}
	r.judgeNationalCoach()
	r.judgeFederation()
	r.judgeSuccession()
	r.judgeBelgium()
	r.squadMentions()
	r.judgeSelector()
}

// staysInternational reports a player of the squad in a headline about his future as an international:
// "Courtois bevestigt dat hij nog doorgaat als international".
func (r *reading) staysInternational(player int) bool {
	return r.tokens[r.mentions[player].first].field == inTitle && r.titleSays(r.words.capped)
}

// playsForCountry reports a tournament, a camp, a call-up, a match against a country or the national coach, in an item
// that names a player of the squad.
func (r *reading) playsForCountry() bool {
	return r.tournament() || r.atCamp() || r.capped() || r.leadPlays() || r.meetsCountry() || r.leadFacesCountry() ||
		r.titleHas(wCallUp) && r.titleHas(wCountry) || r.squadInTitle() && r.leadNamesSelector()
}

// nationalInLead reports a player of the squad in the headline and the national coach, of no country in
// particular, in the lead: "Courtois laat deur op een kier", and "hij ontbrak telkens bij de bondscoach".
func (r *reading) nationalInLead(player int) bool {
	return r.tokens[r.mentions[player].first].field == inTitle && r.leadHas(wNation) && !r.leadHas(wCountry|wNationality) && !r.titleHas(wForeign|wCountry) && !r.othersCoach()
}

// flagged reports that a name of the national team in the lead says what the headline is
// about: a player it names, or nobody else.
func (r *reading) flagged(m *mention, player int) bool {
	switch {
	case player < 0 && r.leftDevils(), player < 0 && r.outOfPicture(m):
		return false
	case player >= 0 && r.tokens[r.mentions[player].first].field == inTitle, r.singular(m), r.aboutCoachOf(devilsTopic):
		return true
	case r.facesDevils(m):
		return true
	case r.otherCountry() && !r.titleHas(wBelgium|wNation):
		return false
	}
	return (r.subjectless() || r.firstSentence(m) && r.benchless()) && !r.othersCoach()
}

// benchless reports a headline about nobody but coaches who serve no club on the day, and a lead that
// begins with the national team and has no club: "René Vandereycken blikt vooruit op EK", and "over de doelmannen van de
// Rode Duivels".
func (r *reading) benchless() bool {
	for i := range r.verdict {
		s := &r.reg.subjects[r.verdict[i].subject]
		if r.verdict[i].level == subscriptions.About && r.verdict[i].subject != r.reg.devils && (!s.coach() || s.tenure(r.at) != "") {
			return false
		}
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field != inBody && r.meansClub(o) {
			return false
		}
	}
	return true
}

// onceTheirCoach reports a headline about somebody who coached the national team once,
// and whose story the lead does not make one about the team of today.
func (r *reading) onceTheirCoach() bool {
	k := r.titleCoach()
	if k < 0 || r.titleHas(wNation|wHedge|wTournament) || r.leadNamesDevils() {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return s.served(devilsTopic, r.at) && !s.servesAround(devilsTopic, r.at)
}

func (r *reading) leadNamesDevils() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == r.reg.devils && m.stance == plain && r.tokens[m.first].field == inLead {
			return true
		}
	}
	return false
}

// kinOfDevil reports "broertje van Rode Duivel", "la sœur d'un Diable": somebody else is meant.
func (r *reading) kinOfDevil(m *mention) bool { return r.singular(m) && r.kin(m) }

// besideDevil reports "coéquipier de plusieurs Diables", "de ploeg van Rode Duivel Batshuayi" in the lead:
// somebody else is meant, or a club, unless the headline names that player.
func (r *reading) besideDevil(m *mention, player int) bool {
	if r.tokens[m.first].field != inLead || player >= 0 && r.tokens[r.mentions[player].first].field == inTitle {
		return false
	}
	found, of := false, false
	r.back(m, 5, func(_ int, t *token) bool {
		found = of && (t.among(r.words.mates) || t.among(r.words.sides))
		of = of || t.is(wAt)
		return !found && !t.is(wVerb|wSays)
	})
	return found
}

// onceDevil reports "die al Rode Duivel was". With an article before it, "de Rode
// Duivel was" is about who is one.
func (r *reading) onceDevil(m *mention) bool {
	next, ahead := r.after(m), r.ahead(m)
	return next != nil && next.is(wOnce) && next.before&^space == 0 && (ahead == nil || !ahead.is(wArticle))
}

// onceAndNow reports "Van Rode Duivel tot cafébaas": what somebody was before he became something else.
func (r *reading) onceAndNow(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	return ahead != nil && ahead.before.starts() && ahead.among(r.words.genitives) && next != nil && next.before == space && (next.among(r.words.through) || next.word == r.words.a)
}

// dropDevils takes back what the names of the national team meant.
func (r *reading) dropDevils() {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == r.reg.devils {
			m.subject = -1
		}
	}
}

// othersDevils reports that "Rode Duivels" are somebody else's: Manchester
// United's, or the women's or another sport's.
func (r *reading) othersDevils() bool {
	if r.aboutWomen() {
		flames, ok := r.reg.byTopic[flamesTopic]
		return !ok || !r.titleNames(flames) || !r.titleCallsDevils()
	}
	if r.titleHas(wOtherSport) && r.titleOrLeadSays(r.words.indoor) || r.selectionOfOtherSport() {
		return true // "Belgische futsalploeg plaatst zich", and "de Red Devils"
	}
	if r.onePlayer() {
		return false // "tweede Rode Duivel": a Belgian of theirs
	}
	united, belgian, english := false, false, r.onlyEnglish()
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		united = united || t.is(wUnited)
		// "Belgische fans van The Red Devils" are United's, "Belgian Red Devils" are not.
		belgian = belgian || t.is(wNation|wTournament|wBelgium) || t.is(wBelgian) && (!english || r.begun(int32(i+1))) //nolint:gosec // G115
	}
	theirMatch := r.titleHas(wWins) && r.titleHas(wUnited|wDerby) // one of ours plays for them
	return united && !belgian && !r.calledDevil() && (r.squadPlayer() < 0 || english || theirMatch)
}

// selectionOfOtherSport reports "la sélection belge de hockey", "nationale ploeg van het volleybal".
func (r *reading) selectionOfOtherSport() bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		i, to := int(m.last)+1, r.fields[r.tokens[m.last].field].to
		if m.subject != r.reg.devils || i == to || !r.tokens[i].among(r.words.genitives) {
			continue
		}
		if i++; i < to && r.tokens[i].is(wArticle) {
			i++
		}
		if i < to && r.tokens[i].is(wOtherSport) {
			return true
		}
	}
	return false
}

// titleCallsDevils reports the men's own name in the headline: "l'équipe nationale" may be the
// women's.
func (r *reading) titleCallsDevils() bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject == r.reg.devils && r.tokens[m.first].field == inTitle && !strings.Contains(r.reg.names[m.name].text, "national") {
			return true
		}
	}
	return false
}

// onlyEnglish reports that the national team goes by the name it shares with
// Manchester United, "Red Devils", and by no other.
func (r *reading) onlyEnglish() bool {
	found := false
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject != r.reg.devils {
			continue
		}
		if r.tokens[m.first].word != r.words.red {
			return false
		}
		found = true
	}
	return found
}

// calledDevil reports that somebody is called a Rode Duivel: one man, not a team.
func (r *reading) calledDevil() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == r.reg.devils && r.singular(m) {
			return true
		}
	}
	return false
}

// onePlayer reports that every name of the national team in the headline is that of
// one of its players, in talk of transfers.
func (r *reading) onePlayer() bool {
	found := false
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject != r.reg.devils || r.tokens[m.first].field != inTitle {
			continue
		}
		if !r.singular(m) {
			return false
		}
		found = true
	}
	return found && r.titleHas(wMarket|wHedge)
}

// retired reports that the text calls somebody a former international: then
// "un Diable" elsewhere in it is that one.
func (r *reading) retired() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == r.reg.devils && m.rule == ruleFormer {
			return true
		}
	}
	return false
}

// foreigner reports a text about a man of another country, or one that begins with that country:
// the national team in it is not ours. "De Senegalees stopt als international."
func (r *reading) foreigner() bool {
	if r.squadPlayer() >= 0 || r.devilsCoachInTitle() {
		return false
	}
	f := r.fields[inLead]
	found := false
	for i := range f.to {
		t := &r.tokens[i]
		if t.is(wBelgium | wBelgian) {
			return false
		}
		found = found || t.is(wNationality) && t.has(capital) && !(i > 0 && r.tokens[i-1].is(wAgainst)) ||
			t.is(wCountry) && i-f.from >= 0 && i-f.from < 2
	}
	return found
}

// othersTeam reports another country's adjective before a name of the national
// team that every country has: "de Franse nationale ploeg".
func (r *reading) othersTeam(m *mention) bool {
	if r.reg.names[m.name].capitalAt >= 0 {
		return false
	}
	ahead, next := r.ahead(m), r.after(m)
	if r.ofSeveral(ahead) {
		return r.squadPlayer() < 0
	}
	if r.foreigner() || ahead != nil && ahead.has(capital) && !ahead.is(wBelgian|wArticle|wAt) {
		return true
	}
	if f := r.fields[inLead]; r.tokens[m.first].field == inLead && !r.titleHas(wBelgium|wNation) {
		for i := f.from + 1; i < int(m.first); i++ {
			if r.tokens[i].is(wCountry) && r.tokens[i-1].is(wAt|wArticle) {
				return true // "één van de uitblinkers bij Engeland … voor de nationale ploeg"
			}
		}
	}
	return next != nil && next.is(wAt) && int(m.last)+2 < r.fields[next.field].to && r.tokens[m.last+2].has(capital) && !r.tokens[m.last+2].is(wBelgium)
}

// ofSeveral reports "hun", "leur", "ihre" and "their" in front of a name of the national team: each has his own.
func (r *reading) ofSeveral(ahead *token) bool {
	return ahead != nil && ahead.among(r.words.theirs)
}

// besideYouth reports "Rode Duivels U21", "les espoirs des Diables".
func (r *reading) besideYouth(m *mention) bool {
	return r.youthAt(m) || r.titleHas(wYouth) || r.tokens[m.first].field == inLead && r.leadHas(wYouth) && !r.titleNames(r.reg.devils)
}

// squadPlayer returns the mention of a player of the squad of the day in headline
// or lead, the headline's first, -1 for none.
func (r *reading) squadPlayer() int {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || m.stance == aside || r.tokens[m.first].field == inBody {
			continue
		}
		if s := &r.reg.subjects[m.subject]; s.player() && s.parent == r.reg.devils && s.person.At(r.at) {
			return k
		}
	}
	return -1
}

// singular reports "Rode Duivel", one player. In German one and many are alike, but for "Roter Teufel".
func (r *reading) singular(m *mention) bool {
	t := &r.tokens[m.last]
	if r.language == german {
		first := &r.tokens[m.first]
		return m.first < m.last && strings.HasSuffix(r.text(first.field)[first.start:first.end], "r")
	}
	text := r.text(t.field)[t.start:t.end]
	return !strings.HasSuffix(text, "s") && !strings.HasSuffix(text, "S")
}

// subjectless reports that the headline is about no club and no coach.
func (r *reading) subjectless() bool {
	for i := range r.verdict {
		if v := &r.verdict[i]; v.level == subscriptions.About && v.subject != r.reg.devils {
			return false
		}
	}
	return true
}

// othersCoach reports a headline about the national coach of another country. Whoever was
// one once ("voormalig bondscoach") is none.
func (r *reading) othersCoach() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(wNation) && !(i > f.from && r.tokens[i-1].is(wFormer)) {
			return !r.belgianBench(i)
		}
	}
	return false
}

// tournament reports a word of the national teams' business in headline or lead.
func (r *reading) tournament() bool {
	for i := range r.fields[inLead].to {
		if t := &r.tokens[i]; t.is(wTournament) && !r.besideOtherWorldCup(i) {
			return true
		}
	}
	return false
}

// besideOtherWorldCup reports "WK U20", "wereldbeker voor clubs", "Mondial des clubs".
func (r *reading) besideOtherWorldCup(i int) bool {
	for k := i + 1; k < min(i+4, r.fields[r.tokens[i].field].to); k++ {
		t := &r.tokens[k]
		if t.is(wYouth|wWomen) || t.among(r.words.clubs) && r.tokens[k-1].is(wAt|wArticle) {
			return true
		}
	}
	return false
}

// oldestYear is the first year of which a number can be a year of football.
const oldestYear = 1900

// history reports a tournament or a generation of the past: "het WK 1990", "de
// lichting van 1986".
func (r *reading) history() bool {
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		if !t.has(number) || t.value < oldestYear || int(t.value) >= r.at.Year()-1 || i == 0 {
			continue
		}
		if r.since(i) {
			continue // "voor het eerst sinds het WK 2018": of today
		}
		if p := &r.tokens[i-1]; p.is(wTournament) || i > 1 && r.tokens[i-2].is(wTournament) {
			return true
		}
	}
	return false
}

// since reports a year behind "sinds", "depuis": it measures how long ago something was.
func (r *reading) since(i int) bool {
	for k := i - 1; k >= max(0, i-8) && r.tokens[k].field == r.tokens[i].field; k-- {
		if r.tokens[k].among(r.words.since) {
			return true
		}
	}
	return false
}

// judgeFederation takes the federation's business with a tournament or the bench of the
// national team for that team's.
func (r *reading) judgeFederation() {
	if r.sport.verdict != isFootball || r.titleHas(wWomen|wYouth) || r.leadHas(wWomen|wYouth) || r.othersCoach() {
		return
	}
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		if !r.federationAt(i) {
			continue // nor "de Kameroense voetbalbond"
		}
		for k := range r.fields[t.field].to {
			if r.tokens[k].is(wNation) || r.tokens[k].is(wTournament) && !r.tokens[k].among(r.words.summons) && t.field == inTitle {
				r.decide(r.reg.devils, subscriptions.About, subscriptions.ScopeAbout, ruleNation, -1-k)
				return
			}
		}
	}
}

func hostOf(it *Item) string {
	if host, _ := splitURL(it.URL); host != "" || !strings.Contains(it.Source, ".") {
		return host
	}
	return it.Source
}

// belgianBench reports that "bondscoach" in a Belgian headline is Belgium's: not
// another country's ("bondscoach van Jordanië", "de Nederlandse bondscoach"), not
// the women's or the under-21s', not a former one, and not with a name that is no
// Belgian national coach's.
func (r *reading) belgianBench(i int) bool {
	f := r.fields[inTitle]
	if r.othersFederation() || r.foreigner() && !r.ourFederation(inTitle) && !r.hisNationality() {
		return false
	}
	if r.titleHas(wWomen | wYouth) {
		return false
	}
	if !r.titleHas(wBelgium) && !r.devilsCoachInTitle() {
		// Right before the trade it is the man's: "Zambia ontslaat Belgische bondscoach".
		belgian := r.titleHas(wBelgian)
		ours := belgian && !r.tokens[max(i-1, f.from)].is(wBelgian)
		belgian = belgian || r.ourFederation(inTitle) || r.ourFederation(inLead) || r.vacantBench()
		if r.otherCountry() && !r.titleNames(r.reg.devils) && !ours || r.titleCoach() >= 0 && !r.namesDevils() && !belgian {
			return false
		}
	}
	if i > f.from {
		p := &r.tokens[i-1]
		former := p.is(wFormer) || p.word != 0 && p.word == r.words.old && r.tokens[i].joined(hyphen)
		foreign := p.has(capital) && !p.is(wBelgian|wArticle) && p.before&begins == 0
		if former || foreign {
			return false
		}
		if (p.is(wCompares|wThan) || p.word != 0 && p.word == r.words.als) && !r.titleHas(wBelgium) && !r.vacantBench() {
			return false // "als bondscoach": somebody's job, anywhere
		}
	}
	for k := i + 1; k < min(i+4, f.to); k++ {
		t := &r.tokens[k]
		if t.before&(comma|colon|stop|semicolon|opens|closes|dash|opensParen) != 0 {
			break
		}
		if t.is(wNationality) {
			return false
		}
		if m := r.mentionAt(int32(k)); m != nil && m.subject >= 0 && r.reg.subjects[m.subject].player() { //nolint:gosec // G115
			break // "Bondscoach roept Godts op"
		}
		if t.has(capital) {
			return t.is(wBelgium) || r.meansNational(int32(k)) //nolint:gosec // G115
		}
		if t.is(wVerb|wSays|wOfficial) && !t.is(wAt) {
			break
		}
	}
	return true
}

// othersFederation reports "de Duitse voetbalbond", "la fédération turque" in headline or lead.
func (r *reading) othersFederation() bool {
	for i := 1; i < r.fields[inLead].to; i++ {
		t := &r.tokens[i]
		if t.field == r.tokens[i-1].field && (t.among(r.words.bonds) && r.foreignAdjective(i-1) || t.is(wNationality) && r.tokens[i-1].among(r.words.bonds)) {
			return true
		}
	}
	return false
}

// foreignAdjective reports a word with a capital that is no Belgian adjective.
func (r *reading) foreignAdjective(i int) bool {
	return r.tokens[i].has(capital) && !r.tokens[i].is(wBelgian|wArticle)
}

// otherCountry reports another country in the headline that is no opponent: not "tegen
// Kazachstan", "voor Italië".
func (r *reading) otherCountry() bool {
	f := r.fields[inTitle]
	opposed := false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		switch {
		case t.is(wAgainst | wOpponent), t.among(r.words.ahead):
			opposed = true
		case t.is(wCountry) && (!opposed || i+1 < f.to && r.tokens[i+1].joined(hyphen)):
			return true
		case !t.is(wCountry | wAnd | wArticle):
			opposed = false
		}
	}
	return false
}

// namesDevils reports that the item names the national team as more than an aside.
func (r *reading) namesDevils() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == r.reg.devils && m.stance == plain {
			return true
		}
	}
	return false
}

// devilsCoachInTitle reports a coach in the headline who serves the national team, or
// did until some weeks ago.
func (r *reading) devilsCoachInTitle() bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.tokens[m.first].field == inTitle && r.reg.subjects[m.subject].coach() && r.reg.subjects[m.subject].servesAround(devilsTopic, r.at) {
			return true
		}
	}
	return false
}

// meansNational reports that the name at a token is the national team's or that
// of a coach who served it.
func (r *reading) meansNational(token int32) bool {
	m := r.mentionAt(token)
	return m != nil && m.subject >= 0 && (m.subject == r.reg.devils || r.reg.subjects[m.subject].served(devilsTopic, r.at))
}

// scoreIn reports the score of a match in a field.
func (r *reading) scoreIn(f field) bool {
	for _, s := range r.scores {
		if s.valid && r.tokens[s.token].field == f {
			return true
		}
	}
	return false
}

// squadMentions makes an unflagged player of the squad reach those followers of
// the national team who asked for all news of its players.
func (r *reading) squadMentions() {
	if k := r.squadPlayer(); k >= 0 {
		r.decide(r.reg.devils, subscriptions.Mention, subscriptions.ScopeSquad, ruleSquad, k)
	}
}
