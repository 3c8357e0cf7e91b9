package tagging

import (
	"github.com/sjotbot/sjotbot/subscriptions"
)

// retorts reports the club of whoever answers or attacks the one in the headline: "Matte Smets reageert op het
// spel van Union SG", and "KRC Genk verloor met 1-2", or "supporters van Genk".
func (r *reading) retorts(m *mention) bool {
	if r.kind != subscriptions.Quote || !r.titleSays(r.words.retorts) || r.titleCoach() >= 0 || !(r.opensLead(m) && r.acts(m) || r.owns(m)) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && r.meansClub(o) && r.opensHeadline(o) && !r.compound(o) {
			return false // "Club Brugge reageert", and the lead says on whom
		}
	}
	return true
}

// playerOpens reports a headline that begins with a player, under which the lead says whose man he is: "Vanaken lacht met
// Standard-fans", and "De aanvoerder van Club Brugge bleef rustig".
func (r *reading) playerOpens() bool {
	if len(r.mentions) == 0 {
		return false
	}
	m := &r.mentions[0]
	return m.subject >= 0 && r.opensHeadline(m) && r.reg.subjects[m.subject].player()
}

// titleQuotes reports a headline that has its clubs in somebody's words alone: "“Wij waren efficiënt, Eupen niet”".
func (r *reading) titleQuotes() bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && r.meansClub(o) && !r.tokens[o.first].has(doubleQuoted) {
			return false
		}
	}
	return true
}

// speakers reports the club of whoever speaks in the headline: the lead begins with it, or calls a man by
// it: "Le capitaine de Genk relativise".
func (r *reading) speakers(m *mention) bool {
	if r.kind != subscriptions.Quote || r.compound(m) || r.tokens[m.first].has(doubleQuoted) || r.enclosed(m) {
		return false
	}
	if ahead := r.preposition(m); ahead != nil && ahead.word == r.words.a && r.language == french {
		return false // "titulaires samedi à Saint-Trond"
	}
	return r.opensLead(m) && r.acts(m) || r.owns(m)
}

// enclosed reports a club in a clause between commas that says where somebody works: "Rik De Mil, nu bij Charleroi, …".
func (r *reading) enclosed(m *mention) bool {
	next, opened := r.after(m), false
	for i := int(m.first); i > r.fields[inLead].from && i > int(m.first)-4; i-- {
		opened = opened || r.tokens[i].before&comma != 0
	}
	return opened && next != nil && next.before&comma != 0
}

// unnamedSpeaker reports a headline of somebody's words that does not say whose: "“Een zware verliespost”: Cercle mist
// aanvoerder", where what stands outside the quotation marks names nobody but clubs and teams.
func (r *reading) unnamedSpeaker() bool {
	if !r.speech() || r.kind != subscriptions.Quote || r.titleCoach() >= 0 || r.titleHas(wPundit) {
		return false
	}
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if t.has(doubleQuoted) || !t.has(capital) || r.mentionAt(int32(i)) != nil { //nolint:gosec // G115
			continue
		}
		if !t.before.starts() || i+1 < f.to && (r.tokens[i+1].is(wSays) || r.tokens[i+1].has(capital) && !r.tokens[i+1].has(doubleQuoted)) {
			return false
		}
	}
	return true
}

// praised reports the coach of whom the coach of the headline speaks in so many words: "Hein Vanhaezebrouck prijst Timmy Simons".
func (r *reading) praised(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || ahead.before != space || !ahead.among(r.words.praises) || r.tokens[m.first].before != space || m.first < 2 {
		return false
	}
	o := r.mentionAt(m.first - 2)
	return o != nil && o.subject >= 0 && r.reg.subjects[o.subject].coach() && r.isAbout(o.subject)
}

// newlyIntroduced reports a coach behind the trade that is new for him: "la grande première du nouvel entraîneur, Edward Still".
func (r *reading) newlyIntroduced(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.is(wCoach) && r.tokens[m.first].before&comma != 0 && int(m.first)-2 >= r.fields[ahead.field].from && r.tokens[m.first-2].among(r.words.another)
}
