package tagging

import (
	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// resolveShared handles names that several claim: the claimant whom the text
// names otherwise takes it; else the cue; else the default.
func (r *reading) resolveShared(m *mention, n *name) {
	claims := r.claims(m)
	if r.sport.verdict != isFootball || claims[0].safety != catalogue.Shared || claims[0].part != catalogue.PartNone {
		return
	}
	if claims[0].subject == r.reg.devils {
		r.take(m, r.reg.devils, "shared name")
		return
	}
	if n.rule >= 0 && r.reg.rules[n.rule].both {
		return // judgeMeeting takes both
	}
	if n.rule >= 0 && r.reg.rules[n.rule].word && !r.sharedWord(m) || r.town(m) && !r.playedIn(m) && !r.townsClub(m) {
		return
	}
	switch found := r.namedClaimant(m, claims); {
	case found == -2 && !r.titleHas(wDerby) && r.otherClaimant(m, claims) >= 0:
		r.adopt(m, r.otherClaimant(m, claims))
	case found >= 0:
		r.adopt(m, found)
	case found == -1 && len(claims) == 1 && !r.tokens[m.first].before.starts() && r.tokens[m.first].has(capital) && r.belgianCompany(m) && !r.titleHas(wForeign):
		r.adopt(m, claims[0].subject) // "OHL bijt de tanden stuk op Wolven"
	case found == -1:
		if coached := r.coachedClaimant(claims); coached >= 0 {
			r.adopt(m, coached)
		} else if filed := r.addressClub(); filed >= 0 && claimed(claims, filed) {
			r.adopt(m, filed) // "au Sporting", and /charleroi/ in the address
		} else if n.rule >= 0 {
			r.adoptByCue(m, &r.reg.rules[n.rule])
		}
	}
}

// coachedClaimant returns the one claimant of a shared name whose coach of the day
// the text names, -1 if none or several are.
func (r *reading) coachedClaimant(claims []claim) int32 {
	found := int32(-1)
	for i := range claims {
		club := r.reg.subjects[claims[i].subject].topic
		for k := range r.mentions {
			m := &r.mentions[k]
			if m.subject < 0 || !r.reg.subjects[m.subject].coach() || r.reg.subjects[m.subject].tenure(r.at) != club {
				continue
			}
			if found >= 0 && found != claims[i].subject {
				return -1
			}
			found = claims[i].subject
		}
	}
	return found
}

// sharedWord reports a shared word in the place of a name, and not as the first
// half of another: "Racing Club", "Sporting Lissabon".
func (r *reading) sharedWord(m *mention) bool {
	next := r.after(m)
	if next != nil && next.has(capital) && r.language != german && next.before&^space == 0 && !r.begun(m.last+1) {
		return false
	}
	return true
}

// namedClaimant returns the one claimant of a shared name whom the text names
// otherwise; -1 if none is, -2 if several are.
func (r *reading) namedClaimant(m *mention, claims []claim) int32 {
	found := int32(-1)
	for i := range claims {
		switch s := claims[i].subject; {
		case !r.named(s, m):
		case found < 0:
			found = s
		default:
			return -2
		}
	}
	return found
}

// otherClaimant returns the one claimant of a shared name that the field of the
// mention does not name otherwise, -1 if there are several: in "KV haalt uit tegen de
// Kerels" KV is not Kortrijk.
func (r *reading) otherClaimant(m *mention, claims []claim) int32 {
	other := int32(-1)
	for i := range claims {
		s := claims[i].subject
		if !r.named(s, m) || r.namedIn(r.tokens[m.first].field, s) {
			continue
		}
		if other >= 0 {
			return -1
		}
		other = s
	}
	return other
}

func (r *reading) namedIn(f field, subject int32) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == subject && !m.adopted && r.tokens[m.first].field == f {
			return true
		}
	}
	return false
}

func (r *reading) adoptByCue(m *mention, ru *rule) {
	for i := range ru.cues {
		if r.hears(&ru.cues[i], m) {
			if ru.cues[i].subject >= 0 {
				r.adopt(m, ru.cues[i].subject)
			}
			return
		}
	}
	if ru.def >= 0 {
		r.adopt(m, ru.def)
	}
}

func (r *reading) adopt(m *mention, subject int32) {
	r.take(m, subject, "shared name")
	m.adopted = true
}

// hears reports whether a word of the cue stands in title, lead or body, outside the mention
// itself.
func (r *reading) hears(c *cue, m *mention) bool {
	h := r.hear(c)
	return h.first >= 0 && (h.first < m.first || h.last > m.last)
}

// hear searches an item for a cue: once, however often the name stands in it.
func (r *reading) hear(c *cue) heard {
	for _, h := range r.heard {
		if h.cue == c {
			return h
		}
	}
	h := heard{cue: c, first: -1, last: -1}
	for i := range r.tokens {
		if !r.spellsCue(i, c) {
			continue
		}
		h.last = int32(i) //nolint:gosec // G115
		if h.first < 0 {
			h.first = h.last
		}
	}
	r.heard = append(r.heard, h)
	return h
}

func (r *reading) spellsCue(i int, c *cue) bool {
	if r.tokens[i].among(c.words) {
		return true
	}
	for _, p := range c.phrases {
		if r.tokens[i].word == p[0] && r.spells(i, p) {
			return true
		}
	}
	return false
}

func (r *reading) spells(i int, phrase []uint32) bool {
	if i+len(phrase) > len(r.tokens) {
		return false
	}
	for k, w := range phrase {
		if r.tokens[i+k].word != w {
			return false
		}
	}
	return true
}
