package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// nextOfOthers reports the national team as the next opponent of somebody who is no club's: "Kazachstan vol
// vertrouwen voor match tegen Rode Duivels".
func (r *reading) nextOfOthers(m *mention) bool {
	return m.rule == ruleOpponent && r.subjectless() && r.tokens[m.first].field != inBody
}

// facesDevils reports the national team in the lead as the opponent of whom the headline is about: "Italië zonder
// Donnarumma", and "mist het duel met de Rode Duivels".
func (r *reading) facesDevils(m *mention) bool {
	if r.singular(m) || !r.subjectless() || r.history() || r.othersCoach() {
		return false
	}
	return r.reachesWord(m, r.words.foes, 3) || r.reaches(m, wAgainst|wOpponent, 4) || r.reachesWord(m, r.words.hosting, 4) || r.reachesWord(m, r.words.meetings, 4) || r.reachesWord(m, r.words.games, 4)
}

// belgiansPlay reports a headline about Belgium that tells of a match without the other side, and a lead that has
// it, its score or a player: "België onderuit in Rome", and "Italië won met 2-1".
func (r *reading) belgiansPlay(i int) bool {
	f := r.fields[inTitle]
	if i > f.from+1 || i >= f.to || !r.subjectless() || r.titleHasSide() || r.titleHas(wForeign) || r.titleSays(r.words.continental) {
		return false
	}
	people := r.tokens[i].among(r.words.belgians)
	k := r.squadPlayer()
	other := r.leadHas(wCountry)
	if r.titleHas(wWins) {
		return other || k >= 0 || r.scoreIn(inLead) || r.leadNamesSelector()
	}
	return !people && other && r.leadHas(wWins)
}

// leadNamesSelector reports the national coach of the day in the lead.
func (r *reading) leadNamesSelector() bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.inLeadOf(m) && r.reg.subjects[m.subject].coach() && r.reg.subjects[m.subject].tenure(r.at) == devilsTopic {
			return true
		}
	}
	return false
}

// capped reports how often a player of the squad in the headline has played for his country: "Vanaken fête sa 40e
// sélection", "eerste cap voor Godts".
func (r *reading) capped() bool {
	if !r.squadInTitle() {
		return false
	}
	f := r.fields[inTitle]
	for i := f.from + 1; i < f.to; i++ {
		if r.tokens[i].among(r.words.caps) && r.ordinal(i-1) {
			return true
		}
	}
	return false
}

// ordinal reports a number, in figures or as "eerste".
func (r *reading) ordinal(i int) bool {
	t := &r.tokens[i]
	text := r.text(t.field)[t.start:t.end]
	return t.among(r.words.firsts) || strings.IndexByte("0123456789", text[0]) >= 0
}

// leadFacesCountry reports a player of the squad in the headline and another country as opponent in the lead:
// "Tielemans, capitaine courage", and "il a joué blessé face à l'Italie".
func (r *reading) leadFacesCountry() bool {
	return r.squadInTitle() && !r.titleHas(wForeign) && r.faces(wCountry)
}

// facesBelgium reports a headline about nobody of ours and Belgium as the opponent in the lead: "Mbappé out", and
// "speelt niet tegen België".
func (r *reading) facesBelgium() bool {
	return r.subjectless() && !r.titleHas(wForeign|wWomen|wYouth) && !r.leadHas(wWomen|wYouth) && r.faces(wBelgium)
}

// faces reports a word of a class, with or without its article, behind "tegen" or "in de groep van" in the lead.
func (r *reading) faces(c class) bool {
	f := r.fields[inLead]
	for i := f.from + 1; i < f.to; i++ {
		if !r.tokens[i].is(c) {
			continue
		}
		before := i - 1
		if before > f.from && r.tokens[before].is(wArticle) {
			before--
		}
		if t := &r.tokens[before]; t.is(wAgainst) && !t.among(r.words.ahead) || before > f.from && t.among(r.words.genitives) && r.tokens[before-1].among(r.words.groups) {
			return true // nor "in de groep van België"
		}
	}
	return false
}

// ourFederation reports the Belgian federation in a field: "KBVB", "l'Union belge", "de voetbalbond".
func (r *reading) ourFederation(in field) bool {
	f := r.fields[in]
	for i := f.from; i < f.to; i++ {
		if r.federationAt(i) {
			return true
		}
	}
	return false
}

// federationAt reports a name of the Belgian federation that ends at a token.
func (r *reading) federationAt(i int) bool {
	f := r.fields[r.tokens[i].field]
	if i > f.from && r.tokens[i].is(wBelgian) && r.tokens[i-1].among(r.words.unions) {
		return true
	}
	return r.tokens[i].among(r.words.federation) && !(i > f.from && r.foreignAdjective(i-1))
}

// leftDevils reports a headline about a coach who served the national team once, with another
// employer: "Garcia tekent bij Lyon".
func (r *reading) leftDevils() bool {
	k := r.titleCoach()
	if k < 0 || !r.titleHas(wForeign|wCountry) {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return s.served(devilsTopic, r.at) && s.tenure(r.at) != devilsTopic
}

// outOfPicture reports a lead about somebody whom the national team no longer calls up, under a headline of transfers: "Bij de Rode
// Duivels is hij uit beeld", "n'est plus appelé chez les Diables".
func (r *reading) outOfPicture(m *mention) bool {
	if !r.titleHas(wMarket | wHedge | wDestination | wLeft) {
		return false
	}
	f := r.fields[inLead]
	for i := f.from + 1; i < f.to && r.sameSentence(int(m.first), i); i++ {
		t, before := &r.tokens[i], &r.tokens[max(i-2, f.from)]
		if t.among(r.words.picture) && r.tokens[i-1].is(wInside) || t.among(r.words.chosen) && (r.tokens[i-1].among(r.words.noMore) || before.among(r.words.noMore)) {
			return true
		}
	}
	return false
}

// countedCaps reports "39-voudig Rode Duivel Lombaerts": so one is called who has stopped, unless he is a player of
// the squad.
func (r *reading) countedCaps(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.among(r.words.fold)
}

// judgeSuccession makes the national team the subject of a headline about who comes after its coach: "Preud'homme
// volgt Garcia op".
func (r *reading) judgeSuccession() {
	if !r.football() || !r.titleHas(wSuccessor|wPredecessor) && !r.titleSays(r.words.takingOver) && !r.titleSays(r.words.succeeds) {
		return
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || r.tokens[m.first].field != inTitle || !r.reg.subjects[m.subject].coach() || !r.reg.subjects[m.subject].servesAround(devilsTopic, r.at) {
			continue
		}
		if m.rule == rulePredecessor && r.benchOpen(m.subject) {
			r.about(r.reg.devils, ruleNation, k)
			return
		}
	}
}

// benchOpen reports that nobody but a coach has the national team on the day.
func (r *reading) benchOpen(coach int32) bool {
	topic, ok := r.reg.coachOf(devilsTopic, r.at)
	return !ok || r.reg.byTopic[topic] == coach
}

// hisNationality reports a lead that begins with the nationality of a national coach of no country in particular:
// "Bondscoach verrast", and "De Nederlander laat De Bruyne op de bank".
func (r *reading) hisNationality() bool {
	f := r.fields[inLead]
	return f.from+1 < f.to && r.tokens[f.from].is(wArticle) && r.tokens[f.from+1].is(wNationality) && !r.titleHas(wNationality|wCountry)
}

// townsman reports a town's man in the lead, in an item with a player of the squad: "Witsel blessé à Gérone", and
// "le Liégeois".
func (r *reading) townsman(m *mention) bool {
	ahead := r.ahead(m)
	return r.inLeadOf(m) && ahead != nil && ahead.among(r.words.singulars) && r.tokens[m.first].among(r.words.natives) && r.squadPlayer() >= 0
}

// otherSelector reports a national coach in the lead whom the catalogue knows with another country: "Le sélectionneur
// n'en démord pas", and "Marc Brys reste à la tête du Cameroun".
func (r *reading) otherSelector() bool {
	if !r.leadHas(wCountry) || r.titleCoach() >= 0 || r.namesDevils() {
		return false
	}
	for i := range r.verdict {
		if s := &r.reg.subjects[r.verdict[i].subject]; r.verdict[i].level == subscriptions.About && s.coach() && !s.servesAround(devilsTopic, r.at) {
			return true
		}
	}
	return false
}

// vacantBench reports talk of who will be national coach, in an item without another country: "Preud'homme topkandidaat
// als bondscoach".
func (r *reading) vacantBench() bool {
	lead := r.fields[inLead]
	return lead.to > lead.from && r.titleHas(wHedge|wSuccessor) && !r.titleHas(wCountry|wNationality) && !r.leadHas(wCountry|wNationality)
}
