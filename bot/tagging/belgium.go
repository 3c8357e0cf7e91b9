package tagging

import (
	"github.com/sjotbot/sjotbot/subscriptions"
)

// judgeBelgium takes "België" for the team beside a tournament or a match, never
// beside coefficients or the economy.
func (r *reading) judgeBelgium() {
	if r.sport.verdict != isFootball || r.titleHas(wWomen|wYouth|wCoefficient) {
		return
	}
	if r.facesBelgium() {
		r.decide(r.reg.devils, subscriptions.About, subscriptions.ScopeAbout, ruleBelgium, -1-r.fields[inTitle].from)
		return
	}
	f := r.fields[inTitle]
	if r.subjectless() && !r.titleHas(wForeign) && (r.leadHas(wTournament) || r.titleHas(wTournament|wCountry) || r.titleSays(r.words.draws) || r.titleSays(r.words.homes)) {
		f.to = min(r.fields[inLead].from+1, r.fields[inLead].to) // "België treft Egypte op het WK"
	}
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		people := t.among(r.words.belgians) && (i == r.fields[inTitle].from || t.is(wBelgium) || r.titleHas(wNation) && r.titleHas(wOpponent|wAgainst)) && !r.titleSays(r.words.abroad)
		if !t.is(wBelgium) && !people {
			continue
		}
		for k := range r.fields[inLead].to {
			if r.tokens[k].is(wCoefficient) {
				return
			}
		}
		if i > f.from && r.tokens[i-1].is(wInside) || i > f.from+1 && r.tokens[i-1].is(wAt) && r.tokens[i-2].among(r.words.trophies) {
			continue // "in België", "Coupe de Belgique"
		}
		if r.tournament() || r.belgiumPlays(i, people) || r.drawOf(i) || r.opponentSays(i) || i > f.from && r.tokens[i-1].among(r.words.genitives) && r.squadInTitle() {
			r.decide(r.reg.devils, subscriptions.About, subscriptions.ScopeAbout, ruleBelgium, -1-i)
			return
		}
	}
}

// belgiumPlays reports a match of Belgium, or of its people, at token i: by its score or by what the headline tells.
func (r *reading) belgiumPlays(i int, people bool) bool {
	if r.plays(i) || r.belgiansPlay(i) || r.scoreIn(inTitle) && !r.titleHasSide() {
		return true
	}
	return r.scoreIn(inLead) && (people || i >= r.fields[inLead].from && r.titleHas(wCountry))
}

// drawOf reports Belgium in a headline about a draw when the lead begins with another country, or a group:
// "Un tirage qui fait réagir : voici comment les adversaires de la Belgique voient le groupe G".
func (r *reading) drawOf(i int) bool {
	return r.tokens[i].field == inTitle && r.titleSays(r.words.draws) && r.leadHas(wCountry) && !r.titleHasSide()
}

// opponentSays reports Belgium in the words of somebody whom the lead calls a national coach: "Spalletti:
// “België is favoriet”", and "De Italiaanse bondscoach".
func (r *reading) opponentSays(i int) bool {
	if r.tokens[i].field != inTitle || !r.leadHas(wNation|wNationality) && !r.titleHas(wNation) {
		return false
	}
	f := r.fields[inTitle]
	for k := i - 1; k >= max(f.from, i-3); k-- {
		if t := &r.tokens[k]; t.is(wAgainst|wFixture|wOpponent) && !t.is(wAt) {
			return true // "avant d'affronter la Belgique"
		}
	}
	return r.tokens[i].has(doubleQuoted) && (r.leadHas(wNation|wRole) || r.titleHas(wNation))
}

// squadInTitle reports a player of the squad in the headline: "wie volgt Courtois op in het doel van
// België?"
func (r *reading) squadInTitle() bool {
	k := r.squadPlayer()
	return k >= 0 && r.tokens[r.mentions[k].first].field == inTitle
}

// atCamp reports the place where the national team trains.
func (r *reading) atCamp() bool {
	return r.titleOrLeadSays(r.words.camps)
}

// leadPlays reports a match of Belgium in the lead: with another country, or "Les Belges jouent
// vendredi".
func (r *reading) leadPlays() bool {
	f := r.fields[inLead]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wBelgium) && (r.plays(i) || t.among(r.words.belgians) && i+1 < f.to && r.tokens[i+1].among(r.words.playing)) {
			return true
		}
	}
	return false
}

// meetsCountry reports a headline with a player of the squad and another country as opponent: "Lukaku
// begint op de bank tegen Wales".
func (r *reading) meetsCountry() bool {
	if !r.squadInTitle() || r.titleHas(wForeign) {
		return false
	}
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wCountry) {
			for k := i - 1; k >= max(f.from, i-4); k-- {
				if r.tokens[k].is(wAgainst | wOpponent) {
					return true
				}
			}
		}
	}
	return false
}

// plays reports a match of Belgium and another country: "België - Wales", "België wint
// van Wales", "la France affronte la Belgique".
func (r *reading) plays(i int) bool {
	f := r.fields[r.tokens[i].field]
	for _, step := range [...]int{1, -1} {
		meets := false
		for k := i + step; k >= f.from && k < f.to && max(k-i, i-k) <= playsReach; k += step {
			t := &r.tokens[k]
			if r.tokens[max(k, k-step)].before&(comma|colon|stop|semicolon) != 0 {
				break
			}
			if t.is(wCountry) || t.is(wNationality) && t.has(capital) {
				if meets || k == i+step && r.tokens[max(k, i)].before&(hyphen|dash) != 0 {
					return true
				}
				break
			}
			meets = meets || t.is(wAgainst|wWins|wFixture)
		}
	}
	return false
}

// playsReach is how many words lie between two countries that meet, at most:
// "Les Belges ont battu le pays de Galles".
const playsReach = 9
