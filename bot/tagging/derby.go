package tagging

import "github.com/sjotbot/sjotbot/subscriptions"

// derbyAhead reports a derby that the headline is about, and not who misses it or what one side said
// after it.
func (r *reading) derbyAhead() bool {
	return r.titleHas(wDerby) && !r.afterwards() && !r.titleSays(r.words.absent)
}

// afterwards reports the words of one side about a derby that is over: "Euvrard après le choc
// wallon : …", "Derby perdu : Euvrard dit ses quatre vérités".
func (r *reading) afterwards() bool {
	if !r.speech() && !r.titleHas(wSays) || r.titleCoach() < 0 {
		return false
	}
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(wDerby) {
			return r.behindAfter(i) || i+1 < f.to && r.tokens[i+1].among(r.words.lost)
		}
	}
	return false
}

// behindAfter reports "après", "na" in front of a token in its clause: "après la défaite dans le derby".
func (r *reading) behindAfter(i int) bool {
	f := r.fields[r.tokens[i].field]
	for k := i - 1; k >= f.from && r.tokens[k+1].before&(comma|stop|colon|semicolon) == 0; k-- {
		if r.tokens[k].is(wAfter) || r.tokens[k].among(r.words.ahead) {
			return r.tokens[k].is(wAfter)
		}
	}
	return false
}

// derbyOfTwo reports the other side of a derby at the head of the lead, whoever speaks of it in the headline:
// "Zondag krijgen we nog eens een Clasico tussen Anderlecht en Standard".
func (r *reading) derbyOfTwo(k int) bool {
	n, first := r.listLength(k)
	m := &r.mentions[first]
	if r.affairOfOne() {
		return false
	}
	ahead, f := r.preposition(m), r.fields[inLead]
	if n != 2 || r.tokens[m.first].field != inLead || int(m.first)-f.from > shortLead || ahead == nil || !ahead.among(r.words.between) {
		return false
	}
	for i := f.from; i < int(m.first); i++ {
		if t := &r.tokens[i]; t.is(wDerby) || t.among(r.words.classics) {
			return r.isAbout(m.subject) || r.isAbout(r.mentions[first+1].subject)
		}
	}
	return false
}

// winsDerby reports the side that wins a derby at the head of the lead, under a headline that has the other: "Beerschot faalt
// vanop de stip", and "Lierse wint de derby met 1-0".
func (r *reading) winsDerby(m *mention) bool {
	next := r.after(m)
	if r.speech() || r.kind != subscriptions.Fact || next == nil || next.before&^space != 0 || !next.is(wWins) || !r.opensLead(m) {
		return false
	}
	for i := int(m.last) + 2; i < min(int(m.last)+6, r.fields[inLead].to); i++ {
		if r.tokens[i].is(wDerby) {
			return true
		}
	}
	return false
}

// derbyRival reports the opponent in a headline whose match headline or lead calls a derby that is to
// come: "Hubert avant le derby : « Anderlecht reste Anderlecht »". Both towns look forward to it, and
// not to what one club does "tijdens derby".
func (r *reading) derbyRival(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.titleSays(r.words.absent) || r.behindMatch(m) || r.meanwhile(m) {
		return false
	}
	for i := range r.fields[inLead].to {
		if r.tokens[i].is(wDerby) {
			return !r.played(i)
		}
	}
	return false
}

// duel reports the first of the two clubs of the match that a lead begins with: "De topper tussen Anderlecht en Union".
func (r *reading) duel(k int) bool {
	n, first := r.listLength(k)
	ahead, m := r.preposition(&r.mentions[k]), &r.mentions[k]
	if n != 2 || first != k || !r.meansClub(m) || !r.meansClub(&r.mentions[k+1]) || int(m.first)-r.fields[inLead].from > 5 || ahead == nil || !ahead.among(r.words.between) {
		return false
	}
	return r.reaches(m, wDerby, 3) || r.reachesWord(m, r.words.meetings, 3) || r.reachesWord(m, r.words.games, 3) || r.reachesWord(m, r.words.classics, 3)
}

// judgeBoth makes a subject of the second of two clubs when the lead speaks of both sides: "Das Heimspiel gegen
// Cercle Brügge ist für beide Clubs von Bedeutung", "Les deux équipes ont besoin de points".
func (r *reading) judgeBoth() {
	if !r.ofBoth() {
		return
	}
	one, other := -1, -1
	for k := range r.mentions {
		switch m := &r.mentions[k]; {
		case !r.meansClub(m) || r.tokens[m.first].field == inBody:
		case r.isAbout(m.subject):
			if one >= 0 && r.mentions[one].subject != m.subject {
				return
			}
			one = k
		case m.stance != plain || r.onlyGround(m) || other >= 0 && r.mentions[other].subject != m.subject:
			return
		default:
			other = k
		}
	}
	if one >= 0 && other >= 0 && r.inLeadOf(&r.mentions[other]) {
		r.aboutMention(other, ruleDerby)
	}
}

// ofBoth reports "beide clubs", "les deux équipes" in the lead.
func (r *reading) ofBoth() bool {
	from := r.fields[inLead].from
	for i := from + 1; i < r.fields[inLead].to; i++ {
		if pair := &r.tokens[i-1]; r.tokens[i].among(r.words.parties) && pair.among(r.words.pairs) {
			return !pair.among(r.words.counts) || i > from+1 && r.tokens[i-2].is(wArticle)
		}
	}
	return false
}
