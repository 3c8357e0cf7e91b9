package tagging

import (
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// hiddenCoach reports a headline that speaks of a coach without naming him.
func (r *reading) hiddenCoach() bool {
	f := r.fields[inTitle]
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && m.stance == plain && r.tokens[m.first].field == inTitle && r.reg.subjects[m.subject].coach() {
			return r.judgesColleague()
		}
	}
	for i := f.from; i < f.to; i++ {
		if r.keepsNameBack(i) {
			return true
		}
	}
	return false
}

// judgesColleague reports a coach of the league beside the one whom the headline names: "Georges
// Leekens onder de indruk van JPL-coach".
func (r *reading) judgesColleague() bool {
	f := r.fields[inTitle]
	for i := f.from + 1; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wCoach) && t.joined(hyphen) && r.tokens[i-1].among(r.words.leagues) && !r.begun(int32(i+1)) { //nolint:gosec // G115
			return true
		}
	}
	return false
}

// keepsNameBack reports a trade in the headline that wants a name: "Genk-coach: …", "zijn
// trainer", "ontslaat coach"; "nieuwe bondscoach" and "zonder trainer" want none.
func (r *reading) keepsNameBack(i int) bool {
	t, f := &r.tokens[i], r.fields[inTitle]
	switch {
	case !t.is(wCoach | wNation), r.several(i), i == f.from && t.has(shouted), t.joined(hyphen) && r.tokens[i-1].is(wForeign):
		return false
	case t.is(wNation):
		return r.belgianBench(i) && !(i > f.from && r.tokens[i-1].among(r.words.another))
	}
	return t.joined(hyphen) || r.ownCoach(i) || i+1 < f.to && r.wantsName(i+1) || r.namelessDismissal(i) || r.asCoach(i)
}

// wantsName reports what follows the trade of a coach whose name is kept back: a club, a verb,
// or "coach van …" where the headline hides the club or tells a dismissal.
func (r *reading) wantsName(i int) bool {
	t := &r.tokens[i]
	return r.begun(int32(i)) || t.is(wSays|wVerb) || t.is(wAt) && (r.hiddenClub() || r.titleSays(r.words.dismissal)) //nolint:gosec // G115
}

// several reports "trainers", "entraîneurs": no one of them is kept back.
func (r *reading) several(i int) bool {
	t := &r.tokens[i]
	return r.language != german && strings.HasSuffix(r.text(t.field)[t.start:t.end], "s")
}

// namelessDismissal reports the trade without a name in a headline that tells a dismissal:
// "ontslaat coach dan toch".
func (r *reading) namelessDismissal(i int) bool {
	return r.titleSays(r.words.dismissal) && (i+1 == r.fields[inTitle].to || !r.tokens[i+1].has(capital))
}

// asCoach reports "stelt oud-speler aan als T1": somebody is hired whom the headline does not name.
func (r *reading) asCoach(i int) bool {
	return i > r.fields[inTitle].from && r.tokens[i-1].among(r.words.asWhat) && r.titleHas(wHires|wOfficial)
}

// ownCoach reports "son entraîneur", "zijn trainer", "ce coach" in a headline.
func (r *reading) ownCoach(i int) bool {
	if i == r.fields[inTitle].from {
		return false
	}
	return r.tokens[i].before&^space == 0 && (r.tokens[i-1].among(r.words.possessives) || r.tokens[i-1].among(r.words.these))
}

// newCoach reports "nouvel entraîneur" in a headline: who he is the lead may tell or not, and it
// may name all others.
func (r *reading) newCoach() bool {
	f := r.fields[inTitle]
	for i := f.from + 1; i < f.to; i++ {
		if r.tokens[i].is(wCoach) && r.tokens[i-1].among(r.words.another) {
			return true
		}
	}
	return false
}

// inOfficeLong reports a coach who has served for months a club that the item is about: he is
// not the new one.
func (r *reading) inOfficeLong(s *subject) bool {
	const months = 90 * 24 * time.Hour
	for i := range s.entry.Tenures {
		t := &s.entry.Tenures[i]
		if club, ok := r.reg.byTopic[t.Club]; ok && t.Role != catalogue.Assistant && (r.titleNames(club) || r.isAbout(club)) && s.servesAround(t.Club, r.at) && t.At(r.at.Add(-months)) {
			return true
		}
	}
	return false
}

// namelessCoach returns the club of a coach whom the headline calls by nothing but his job:
// "L'entraîneur de l'Union sur le départ ?", -1 for none.
func (r *reading) namelessCoach() int32 {
	if r.titleCoach() >= 0 {
		return -1
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field != inTitle || m.stance != plain || !r.meansClub(m) || r.tokens[m.first].quoted() || r.newCoach() {
			continue
		}
		if ahead := r.ahead(m); ahead != nil && ahead.is(wAt) && r.reaches(m, wCoach, 2) || r.compound(m) && r.after(m).is(wCoach) {
			return m.subject
		}
	}
	return -1
}

// coachInOffice makes a subject of the coach whom neither headline nor lead names, under "Deze
// JPL-coach …": the one who serves, on the day, the only club that the lead names.
func (r *reading) coachInOffice() {
	club := -1
	for k := range r.mentions {
		m := &r.mentions[k]
		switch {
		case m.subject < 0 || r.tokens[m.first].field == inBody:
		case r.reg.subjects[m.subject].coach() || r.meansClub(m) && r.tokens[m.first].field == inTitle:
			return // with a name, or the trade of a club that the headline names: "Genk stelt nieuwe trainer voor"
		case r.meansClub(m) && m.stance == plain && club < 0:
			club = k
		}
	}
	if club < 0 || !r.isAbout(r.mentions[club].subject) {
		return
	}
	r.aboutInOffice(club)
}

// aboutInOffice makes a subject of who coaches, on the day, the club of a mention.
func (r *reading) aboutInOffice(club int) {
	if coach, ok := r.reg.coachOf(r.reg.subjects[r.mentions[club].subject].topic, r.at); ok {
		r.about(r.reg.byTopic[coach], ruleInOffice, club)
	}
}

// coachOfRole makes a subject of the coach whom the headline calls by his job and neither headline nor lead by name: "Antwerp-coach
// krijgt nog één kans". He is the one who coaches that club on the day.
func (r *reading) coachOfRole(club int32) {
	if club < 0 || len(r.minted) > 0 {
		return
	}
	at := -1
	for k := range r.mentions {
		m := &r.mentions[k]
		switch {
		case m.subject < 0 || r.tokens[m.first].field == inBody:
		case r.reg.subjects[m.subject].coach():
			return
		case m.subject == club && at < 0:
			at = k
		}
	}
	if at >= 0 {
		r.aboutInOffice(at)
	}
}

// byFirstNames makes subjects of the coaches whom the lead calls by their first names: two bearers of the surname in the headline, "Still
// of Still?", and "Edward ontvangt Will", or who has his club in brackets behind him, "Lars (Cercle Brugge) ontvangt Brian Priske".
func (r *reading) byFirstNames() {
	if r.titleCoach() < 0 {
		return
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if !r.meansClub(m) || !r.inLeadOf(m) || !r.tokens[m.first].has(bracketed) || r.tokens[m.first].before&opensParen == 0 {
			continue
		}
		topic, ok := r.reg.coachOf(r.reg.subjects[m.subject].topic, r.at)
		if coach := r.reg.byTopic[topic]; ok && r.tokens[m.first-1].word == r.reg.subjects[coach].first && r.mentionAt(m.first-1) == nil {
			r.about(coach, ruleInOffice, k)
			r.aboutMention(k, ruleCoachClub)
		}
	}
	k := r.titleCoach()
	claims := r.claims(&r.mentions[k])
	var bearers []int32
	for i := range claims {
		if s := &r.reg.subjects[claims[i].subject]; s.coach() && r.says(s.first) {
			bearers = append(bearers, claims[i].subject)
		}
	}
	if len(bearers) < 2 {
		return
	}
	for _, coach := range bearers {
		r.about(coach, ruleTitle, k)
		for i := range r.mentions { // "Yannick (RFC Luik) ontvangt Emilio"
			if m := &r.mentions[i]; r.meansClub(m) && r.inLeadOf(m) && r.tokens[m.first].before&opensParen != 0 && r.tokens[m.first-1].word == r.reg.subjects[coach].first {
				r.aboutMention(i, ruleCoachClub)
			}
		}
	}
}

// formerCoachOf returns the club in a headline that speaks of "un ancien coach
// d'Anderlecht" without naming him, -1 for none.
func (r *reading) formerCoachOf() int32 {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || m.stance != aside || m.rule != ruleFormer || r.tokens[m.first].field != inTitle || !r.reg.subjects[m.subject].club() {
			continue
		}
		if r.reaches(m, wCoach, 3) || r.compound(m) && r.after(m).is(wCoach) {
			return m.subject
		}
	}
	return -1
}

// benchChange reports a headline about a change of coach that names none.
func (r *reading) benchChange() bool {
	return r.titleSays(r.words.benchChange) && r.titleCoach() < 0
}
