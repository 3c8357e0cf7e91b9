package tagging

// inRace reports a club of the first sentence of a lead under a headline about the race for a title or against the
// drop that names no club: "Imke Courtois mengt zich in het titeldebat", and "Club Brugge moet hopen". Whom another
// has to beat is none.
func (r *reading) inRace(k int) bool {
	m := &r.mentions[k]
	if !r.raceTitle() || r.titleHasSide() || m.stance != plain && m.rule != ruleCompared || !r.firstSentence(m) || r.aboutWomen() {
		return false
	}
	if r.reaches(m, wAgainst, 2) || r.reaches(m, wInside, 1) || r.reachesWord(m, r.words.denials, 2) {
		return false
	}
	ahead := r.ahead(m)
	return ahead == nil || !ahead.among(r.words.genitives) || ahead.among(r.words.ors)
}

// raceTitle reports a headline about a race of several clubs: "titelstrijd", "la course au maintien".
func (r *reading) raceTitle() bool {
	if r.titleSays(r.words.races) {
		return true
	}
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if !r.tokens[i].among(r.words.pursuits) {
			continue
		}
		for j := i + 1; j < min(i+4, f.to); j++ {
			if r.tokens[j].among(r.words.stakes) {
				return true
			}
		}
	}
	return false
}
