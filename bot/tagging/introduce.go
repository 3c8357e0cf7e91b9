package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// ruleIntroduced is the rule of a coach whom the catalogue does not know.
const ruleIntroduced = "introduced by name and trade"

// mint is a coach whom the text introduces: "Antwerp-coach Voornaam Naam".
type mint struct {
	topic       subscriptions.Topic
	first, last int32
	level       subscriptions.Level
}

// introduce looks for coaches that the catalogue does not know: a full name
// beside the trade of a coach and one of our clubs or teams.
func (r *reading) introduce() {
	if r.sport.verdict != isFootball {
		return
	}
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		if !t.is(wCoach|wNation|wSuccessor) && !t.among(r.words.assistants) || r.proper(t) && !t.among(r.words.chief) && !t.among(r.words.assistants) {
			continue
		}
		if from := r.appointed(i); from >= 0 {
			r.introduceAt(from)
			continue
		}
		switch {
		case t.is(wSuccessor) && !t.is(wCoach):
		case t.joined(hyphen) && r.ended(int32(i-1)): //nolint:gosec // G115
			// "Antwerp-coach Voornaam Naam"
			if r.clubEnds(int32(i - 1)) { //nolint:gosec // G115
				r.introduceIn(t.field, i+1)
			}
		case r.clubFollows(i):
			// "Prénom Nom, l'entraîneur de Westerlo", "trainer van Gent Voornaam Naam"
			if from := r.nameBefore(i); from >= 0 {
				r.introduceAt(from)
			} else if k := r.clubFollowing(i); k < r.fields[t.field].to && r.tokens[k].before&colon == 0 {
				r.introduceAt(k) // behind a colon somebody speaks: "L'entraîneur de Gand : …"
			}
		default:
			// "coach Voornaam Naam (Westerlo)", "trainer Voornaam Naam van Gent", "Gent
			// ontslaat trainer Voornaam Naam"
			if n := r.nameLength(i + 1); n >= 2 && i+1 < r.fields[t.field].to && r.coachOfOurs(i, i+1+n) {
				r.introduceAt(i + 1)
			} else if from := r.nameBefore(i); from >= 0 && r.newCoach() && r.clubInHeadline() {
				r.introduceAt(from)
			}
		}
	}
	for _, from := range [...]int{r.unveiled(), r.caretaker(), r.calledCoach(), r.successor(), r.bySurname()} {
		if from >= 0 {
			r.introduceAt(from)
		}
	}
}

// coachOfOurs reports that the man named between a trade and a token coaches one of our clubs or teams.
func (r *reading) coachOfOurs(i, end int) bool {
	if r.otherCoaching(i) {
		return false
	}
	f := r.tokens[i].field
	return r.clubNear(f, end) || r.dismisses(i) || r.awaited(f) || r.ownBench(i, end) ||
		r.opensField(i) && r.ourBench(i) || r.clubInHeadline() && r.surnameInTitle(end-1)
}

// otherCoaching reports a trade that only sounds like a head coach's: "physical coach", "mental coach".
func (r *reading) otherCoaching(i int) bool {
	return i > r.fields[r.tokens[i].field].from && r.tokens[i].before&^(space|hyphen) == 0 && r.tokens[i-1].among(r.words.bodyAndMind)
}

// dismisses reports that the trade at a token is that of somebody whom one of our
// clubs hires or dismisses in the same clause.
func (r *reading) dismisses(i int) bool {
	f := r.fields[r.tokens[i].field]
	act := false
	for k := i; k >= f.from; k-- {
		t := &r.tokens[k]
		if t.before&hyphen != 0 && k == i {
			return false // "Ajax-trainer"
		}
		act = act || t.is(wOfficial|wHires)
		if act && k < i && r.clubEnds(int32(k)) { //nolint:gosec // G115
			return true
		}
		if t.before&(comma|colon|semicolon|stop|opens|closes) != 0 {
			return false
		}
	}
	return false
}

// awaited reports the lead of a headline that looks for a successor at one of our clubs.
func (r *reading) awaited(f field) bool {
	if f != inLead || !r.titleHas(wSuccessor) {
		return false
	}
	for k := range r.mentions {
		if m := &r.mentions[k]; r.meansClub(m) && r.tokens[m.first].field == inTitle {
			return true
		}
	}
	return false
}

// clubEnds reports that a mention of one of our clubs or teams ends at a token.
func (r *reading) clubEnds(token int32) bool {
	m := r.mentionAt(token)
	return m != nil && m.last == token && m.subject >= 0 && (r.reg.subjects[m.subject].club() || r.reg.subjects[m.subject].team())
}

// clubFollowing returns the token behind the club that follows a trade with only
// a preposition and an article between, 0 if none does.
func (r *reading) clubFollowing(i int) int {
	f := r.fields[r.tokens[i].field]
	for k := i + 1; k < min(i+5, f.to); k++ {
		t := &r.tokens[k]
		if t.before&(comma|colon|semicolon|stop|opens) != 0 {
			return 0
		}
		for j := range r.mentions {
			if m := &r.mentions[j]; m.first == int32(k) && m.subject >= 0 && r.clubEnds(m.last) { //nolint:gosec // G115
				return int(m.last) + 1
			}
		}
		if !t.is(wAt|wArticle|wParticle) && !t.among(r.words.chief) && t.end-t.start > 2 {
			return 0
		}
	}
	return 0
}

func (r *reading) clubFollows(i int) bool { return r.clubFollowing(i) > 0 }

// clubNear reports one of our clubs within three words from a token on, in
// brackets or behind a preposition.
func (r *reading) clubNear(f field, from int) bool {
	for k := from; k < min(from+3, r.fields[f].to); k++ {
		for j := range r.mentions {
			if m := &r.mentions[j]; m.first == int32(k) && m.subject >= 0 && r.clubEnds(m.last) { //nolint:gosec // G115
				return true
			}
		}
		if t := &r.tokens[k]; !t.is(wAt|wArticle) && t.before&opensParen == 0 {
			return false
		}
	}
	return false
}

// nameLength counts the words of a person's full name from a token on: two to
// four words with capitals, particles between them included; 0 if it is none.
func (r *reading) nameLength(from int) int {
	if from < 0 || from >= len(r.tokens) || r.tokens[from].is(wArticle|wParticle|wNationality|wRole|wPundit) {
		return 0
	}
	if word := r.tokens[from].word; word != 0 && (word == r.words.door || word == r.words.par) {
		return 0
	}
	f := r.fields[r.tokens[from].field]
	n, capitals := 0, 0
	for i := from; i < f.to && n < 5; i++ {
		t := &r.tokens[i]
		if i > from && t.before&^(space|hyphen|apostrophe) != 0 {
			break
		}
		switch {
		case t.has(capital) && !t.has(shouted) && !r.clubStarts(int32(i)): //nolint:gosec // G115
			if t.is(wCoach|wNation|wArticle|wForeign|wOfficial|wSays|wLeague|wTournament) && !t.is(wParticle) || t.word != 0 && t.word == r.words.league {
				return 0 // "nieuwe coach: Jupiler Pro League wacht"
			}
			capitals++
			if !t.is(wParticle) {
				n = i - from + 1 // a name does not end with "De"
			}
		case t.is(wParticle) && n > 0:
		default:
			i = f.to
		}
	}
	if capitals < 2 || capitals > 4 {
		return 0
	}
	return n
}

func (r *reading) clubStarts(token int32) bool {
	m := r.mentionAt(token)
	return m != nil && m.first == token && m.subject >= 0 && !r.reg.subjects[m.subject].coach()
}

// nameBefore returns where the full name begins that stands before a trade, with a
// comma and an article between, or a verb that says who he is: "Prénom Nom, l'entraîneur",
// "Prénom Nom est le nouvel entraîneur", or a bracket: "Voornaam Naam (trainer Gent)".
func (r *reading) nameBefore(i int) int {
	f := r.fields[r.tokens[i].field]
	end := i - 1
	for end >= f.from && !r.tokens[end].has(capital) && (r.tokens[end].is(wArticle|wParticle|wBelgian) || r.tokens[end].among(r.words.another) || r.countedTrade(end)) {
		end--
	}
	if was := r.wasBefore(end); was > f.from {
		end = was - 1
	} else if end > f.from && r.tokens[end].among(r.words.copulas) {
		end--
	} else if end < f.from || r.tokens[end+1].before&(comma|opensParen) == 0 {
		return -1
	}
	for from := max(f.from, end-3); from < end; from++ {
		if n := r.nameLength(from); n > 0 && from+n-1 == end {
			return from
		}
	}
	return -1
}

// wasBefore returns the verb by which the man of the headline once was what follows: "Naam: “…”", and "Voornaam Naam was dit seizoen
// even trainer van Lommel"; -1 for none.
func (r *reading) wasBefore(i int) int {
	const reach = 4
	f := r.fields[inLead]
	for k := i; k > max(f.from, i-reach) && !r.tokens[k].has(capital) && r.tokens[k].before == space; k-- {
		if r.tokens[k].among(r.words.wasThen) {
			if r.surnameInTitle(k - 1) {
				return k
			}
			break
		}
	}
	return -1
}

// countedTrade reports "son", "son quatrième", "hun derde" at a token in front of a trade.
func (r *reading) countedTrade(i int) bool {
	if r.tokens[i].among(r.words.possessives) {
		return true
	}
	return i > r.fields[r.tokens[i].field].from && r.tokens[i].among(r.words.ordinals) && r.tokens[i-1].among(r.words.possessives)
}

// introduceIn is introduceAt for a token that may lie beyond the field.
func (r *reading) introduceIn(f field, from int) {
	if from < r.fields[f].to {
		r.introduceAt(from)
	}
}

// introduceAt takes the full name that begins at a token for a coach, unless it is
// one that is known.
func (r *reading) introduceAt(from int) {
	n := r.nameLength(from)
	if n < 2 {
		return
	}
	last := from + n - 1
	for k := range r.mentions {
		m := &r.mentions[k]
		if int(m.last) >= from && int(m.first) <= last && (m.subject >= 0 || r.reg.names[m.name].decoy != noDecoy) {
			return
		}
	}
	first, end := &r.tokens[from], &r.tokens[last]
	e, err := r.reg.mint(r.text(first.field)[first.start:end.end])
	if err != nil || !e.Minted {
		return // no name of a person, or one of somebody we know
	}
	for _, m := range r.minted {
		if m.topic == e.Topic {
			return
		}
	}
	level := subscriptions.Mention
	if first.field == inTitle || from <= r.fields[inLead].from+2 || r.titleCoach() < 0 && (r.hiddenCoach() || r.caretakers() || r.newCoach() && len(r.minted) == 0 && r.sameSentence(r.fields[inLead].from, from)) || r.surnameInTitle(last) {
		level = subscriptions.About
	}
	r.minted = append(r.minted, mint{e.Topic, int32(from), int32(last), level}) //nolint:gosec // G115
}

// surnameInTitle reports the last word of a full name of the lead, with a capital and no name of ours, in the headline:
// "Naam: “We speelden als een team”".
func (r *reading) surnameInTitle(last int) bool {
	end := &r.tokens[last]
	surname := r.text(end.field)[end.start:end.end]
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		t := &r.tokens[i]
		if t.has(capital) && r.mentionAt(int32(i)) == nil && strings.EqualFold(r.item.Title[t.start:t.end], surname) { //nolint:gosec // G115
			return true
		}
	}
	return false
}

// players returns the ids of the squad's players who are named in headline or
// lead.
func (r *reading) players() []string {
	var ids []string
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || r.tokens[m.first].field == inBody {
			continue
		}
		s := &r.reg.subjects[m.subject]
		if !s.player() || s.person.ID == "" {
			continue
		}
		known := false
		for _, id := range ids {
			known = known || id == s.person.ID
		}
		if !known {
			ids = append(ids, s.person.ID)
		}
	}
	return ids
}
