package tagging

// Here are the coaches whom a lead names and who do nothing in it: they look on, they had to go before, or they have an
// opinion for a living.

// looksOn reports a coach who sees somebody of his leave the field, in words that nobody speaks: "Bovendien zag Wouter
// Vrancken zijn aanvoerder uitvallen", "Mario Kohnen a vu son gardien sortir".
func (r *reading) looksOn(m *mention) bool {
	to := r.fields[r.tokens[m.last].field].to
	ahead, i := r.ahead(m), int(m.last)+1
	sees := ahead != nil && r.tokens[m.first].before == space && r.sight(ahead)
	for ; !sees && i < min(int(m.last)+6, to) && r.tokens[i].before&^(space|apostrophe) == 0; i++ {
		sees = r.sight(&r.tokens[i])
	}
	if !sees || r.leadQuotes() {
		return false
	}
	for ; i < to && !r.tokens[i].before.ends() && r.tokens[i].before&semicolon == 0; i++ {
		if r.tokens[i].among(r.words.limping) || r.tokens[i].among(r.words.injuries) {
			return true
		}
	}
	return false
}

// sight reports a word of seeing.
func (r *reading) sight(t *token) bool { return t.among(r.words.seeing) || t.among(r.words.saw) }

// paidBefore reports a coach who had to go before whoever the item is about: "waarvoor Wim De Decker al het gelag betaalde",
// "Kohnen werd eerder ontslagen", "Lars Friis avait déjà payé les pots cassés".
func (r *reading) paidBefore(m *mention) bool {
	to := r.fields[r.tokens[m.last].field].to
	already, earlier := false, false
	for i := int(m.last) + 1; i < to && !r.tokens[i].before.ends() && r.tokens[i].before&semicolon == 0; i++ {
		t := &r.tokens[i]
		if (already || earlier) && t.among(r.words.paying) || earlier && (t.among(r.words.dismissal) || t.among(r.words.goneTo)) {
			return true
		}
		already = already || t.among(r.words.alreadys)
		earlier = earlier || t.among(r.words.earlier)
	}
	return false
}

// amongPundits reports one of a list of people whose trade is to have an opinion: "analisten Jan Mulder en Gert Verheyen".
func (r *reading) amongPundits(m *mention) bool {
	f := r.fields[r.tokens[m.first].field]
	for i := int(m.first) - 1; i >= f.from && r.tokens[i+1].before&^(space|comma) == 0; i-- {
		t := &r.tokens[i]
		if t.is(wPundit) {
			return true
		}
		if !t.has(capital) && !t.is(wAnd|wParticle) {
			return false
		}
	}
	return false
}
