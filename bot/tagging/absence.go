package tagging

// shortHanded reports "zonder Bauer naar Gent": who is missing for the next match is news
// of the one side. A derby, a match that has been played, and one that headline and lead
// are about are both clubs'.
func (r *reading) shortHanded(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.someoneMissing() && !r.backAgainst(m) || r.scoreIn(inTitle) || r.givesAway() || r.titleHas(wRoundup) || r.joinedToName(m) || r.treated(m) {
		return false
	}
	ahead, by := r.ahead(m), r.preposition(m)
	if by == nil || !by.is(wAgainst) && !ahead.among(r.words.visits) && !(by.among(r.words.ahead) && r.clubBefore(m)) {
		return false
	}
	if (by.is(wAgainst) && !by.among(r.words.ahead) || r.trip(m)) && r.onlyIn(inTitle, m) && r.titleCoach() < 0 && r.leadHasOther(m) {
		return true // "Spits geschorst voor topper tegen Genk", and in the lead whose
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first >= m.first || o.subject < 0 || o.subject == m.subject {
			continue
		}
		if s := &r.reg.subjects[o.subject]; s.club() || s.team() && r.singular(o) || s.coach() && s.employed(r.at) && !r.linked(o, m) {
			return r.tokens[o.first].field == inTitle
		}
	}
	return false
}

// backAgainst reports "mogelijk terug tegen Cercle", "de retour face à Genk", of somebody who has no name of ours.
func (r *reading) backAgainst(m *mention) bool {
	by, i := r.preposition(m), int(m.first)-2
	if by == nil || !by.is(wAgainst) || i <= r.fields[inTitle].from {
		return false
	}
	if r.tokens[m.first-1].is(wArticle) && by != &r.tokens[m.first-1] {
		i--
	}
	return r.tokens[i].among(r.words.returns) && !r.begun(int32(i-1)) //nolint:gosec // G115
}

// fellOut reports the opponent of a match in which one club lost a man: "Ito valt uit tegen Gent", "sort blessé contre Gand".
func (r *reading) fellOut(m *mention) bool {
	by := r.preposition(m)
	if r.tokens[m.first].field != inTitle || by == nil || !by.is(wAgainst) || r.scoreIn(inTitle) || !r.clubBefore(m) || r.treated(m) {
		return false
	}
	found := false
	r.back(m, 4, func(i int, t *token) bool {
		found = i > 0 && t.among(r.words.outs) && r.tokens[i-1].among(r.words.falls)
		return !found
	})
	return found
}

// someoneMissing reports a headline that tells who is not there, or is again, and not what: not "sans solution face à Genk", "zonder
// ideeën tegen Genk".
func (r *reading) someoneMissing() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.leftHome(i) || r.tokens[i].among(r.words.changes) {
			return true
		}
		if !r.tokens[i].among(r.words.absent) || i > f.from && r.tokens[i-1].is(wArticle) && r.language == dutch {
			continue // "gaat de mist in"
		}
		if !r.tokens[i].among(r.words.bare) {
			return true
		}
		for k := i + 1; k < min(i+4, f.to) && !r.tokens[k].is(wAgainst); k++ {
			if t := &r.tokens[k]; t.has(capital) || t.is(wRole|wCoach) || t.among(r.words.possessives) || t.among(r.words.numerals) || t.among(r.words.players) {
				return true
			}
		}
	}
	return false
}

// leftHome reports at token i that somebody does not travel with his team: "mag niet mee naar Gent".
func (r *reading) leftHome(i int) bool {
	t := &r.tokens[i]
	return i > r.fields[t.field].from && t.among(r.words.along) && t.before == space && r.tokens[i-1].among(r.words.denials)
}
