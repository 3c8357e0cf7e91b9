package tagging

// owner reports the club of the man whom the lead of a rumour brings forward for the club of the headline:
// "Les Limbourgeois tiennent Daan Heymans, l'homme fort du Sporting Charleroi".
func (r *reading) owner(m *mention) bool {
	if r.titleCoach() >= 0 || !r.titleHas(wHedge|wMarket) || !r.reaches(m, wAt, 2) {
		return false
	}
	role := false
	from := r.fields[inLead].from
	for i := int(m.first) - 1; i > from && i >= int(m.first)-6; i-- {
		t := &r.tokens[i]
		role = role || t.is(wRole) && !t.is(wCoach)
		if t.before&^(space|apostrophe) != 0 {
			return role && t.before&comma != 0 && r.tokens[i-1].has(capital) && !r.besides(i-1)
		}
	}
	return false
}

// besides reports a name, of which token i is the last, that stands only beside another: "Outre Sandy Walsh".
func (r *reading) besides(i int) bool {
	from := r.fields[r.tokens[i].field].from
	for i > from && r.tokens[i].has(capital) && !r.tokens[i].among(r.words.besides) {
		i--
	}
	return r.tokens[i].among(r.words.besides)
}

// comesFrom reports "Le troisième transfert vient de Courtrai", "Hij komt van Lierse".
func (r *reading) comesFrom(m *mention) bool {
	from := r.preposition(m)
	return from != nil && from.among(r.words.genitives) && r.reachesWord(m, r.words.comes, 3)
}

// arrival reports a headline that is no more than hearsay, or somebody's words, and yet brings a man to a club
// in it: "Ganvoula op weg naar Antwerp?", and in the lead "vertrekt bij Anderlecht".
func (r *reading) arrival(m *mention) bool {
	if r.titleCoach() >= 0 || !r.firstSentence(m) || len(r.scores) > 0 {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && r.meansClub(o) {
			return !r.onlyGround(o) && (r.titleHas(wHedge|wMarket) || r.reaches(o, wAt, 2))
		}
	}
	return false
}

// reunited reports the club of a man who meets the one that he left: "De flankaanvaller van Antwerp treft zondag
// zijn ex-club".
func (r *reading) reunited(m *mention) bool {
	if !r.firstSentence(m) || !r.reaches(m, wAt, 2) || !r.reaches(m, wRole, 3) {
		return false
	}
	for i := int(m.last) + 1; i < r.fields[inLead].to; i++ {
		if t := &r.tokens[i]; t.among(r.words.possessives) {
			for j := i + 1; j < min(i+4, r.fields[inLead].to); j++ {
				if r.tokens[j].is(wFormer) {
					return true
				}
			}
		}
	}
	return false
}
