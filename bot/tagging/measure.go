package tagging

// measuresHim reports a coach in a headline of another one, who is no more than what that one is measured by.
func (r *reading) measuresHim(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.otherCoachApart(m) || r.neitherOf(m) {
		return false
	}
	return r.markOf(m) || r.cameBefore(m) || r.outdone(m) || r.failedAt(m) || r.noneOf(m) || r.passedOver(m) || r.kindOf(m)
}

// otherCoachApart reports another coach in the headline, outside the list in which a mention stands or in a clause
// behind it: "Après Deila et Leko, Euvrard dompte".
func (r *reading) otherCoachApart(m *mention) bool {
	n, first := r.listLength(r.number(m))
	for k := range r.mentions {
		o := &r.mentions[k]
		if (k < first || k >= first+n || r.ownClause(o)) && r.tokens[o.first].field == inTitle && r.anotherCoach(o, m) {
			return true
		}
	}
	return false
}

// ownClause reports a name behind a comma with a verb behind it, with which a clause begins.
func (r *reading) ownClause(m *mention) bool {
	next := r.after(m)
	return r.tokens[m.first].before&comma != 0 && next != nil && next.before&^space == 0 && !next.has(capital) && !next.is(wAnd|wAt)
}

// markOf reports "verbetert het record van Leko", "in de schaduw van Leko", "sur les pas de Leko".
func (r *reading) markOf(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.among(r.words.genitives) && r.reachesWord(m, r.words.yardsticks, 2)
}

// alreadyTold reports whom the same befell before: "Na Hayen verliest Club ook zijn sportief directeur".
func (r *reading) alreadyTold(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.cameBefore(m) {
		return false
	}
	for i := int(m.last) + 2; i < r.fields[inTitle].to; i++ {
		if r.tokens[i].among(r.words.alsos) {
			return true
		}
	}
	return false
}

// cameBefore reports the first of those to whom the same happened: "Na Leko en Hayen: ook Friis", "Après Leko, Euvrard
// dompte aussi Bruges".
func (r *reading) cameBefore(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.is(wAfter) && ahead.before.starts() && r.tokens[m.first].before&^space == 0
}

// outdone reports the one whom another equals or surpasses: "Friis overtreft Leko", "plus patient que Van Bommel".
func (r *reading) outdone(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || r.tokens[m.first].before&^(space|apostrophe) != 0 {
		return false
	}
	return ahead.among(r.words.outdoing) && !ahead.has(capital) || ahead.among(r.words.que) && r.reachesWord(m, r.words.degrees, 4)
}

// failedAt reports the one who could not do what the other can: "Waar Hayen faalde, slaagt Thorup", "Là où Hasi a échoué,
// Bruno réussit".
func (r *reading) failedAt(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	return ahead != nil && ahead.among(r.words.where) && (ahead.before.starts() || r.language == french) && next != nil && next.before&^(space|apostrophe) == 0
}

// noneOf reports "Geen Clement, geen Vanhaezebrouck: Gent houdt het bij De Mil", "Geen Gent, geen Genk: spits kiest voor Westerlo".
func (r *reading) noneOf(m *mention) bool {
	ahead, from := r.ahead(m), r.fields[inTitle].from
	if ahead == nil || r.tokens[m.first].before&^space != 0 || !ahead.among(r.words.noes) || !r.tokens[from].among(r.words.noes) {
		return false
	}
	if r.reg.subjects[m.subject].coach() {
		return r.otherCoachMeant(m)
	}
	if r.neitherOf(m) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject && !(r.ahead(o) != nil && r.ahead(o).among(r.words.noes)) {
			return true
		}
	}
	return false
}

// passedOver reports the one who was not taken: "Waarom Bruno en niet Vanhaezebrouck", "Préféré à Mazzù, Belhocine dirigera
// Dender", "Après avoir recalé Hayen".
func (r *reading) passedOver(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || ahead.has(capital) || r.tokens[m.first].before&^(space|apostrophe) != 0 {
		return false
	}
	i := int(m.first) - 2
	switch {
	case i < r.fields[inTitle].from:
		return false
	case ahead.among(r.words.noes):
		return r.tokens[i].is(wAnd)
	case ahead.is(wAt):
		return r.tokens[i].among(r.words.preferred)
	}
	return ahead.among(r.words.shedding) && r.reaches(m, wAfter, 3)
}

// kindOf reports a surname with an article, which stands for a kind of man: "ne sera pas le Mazzù du Standard".
func (r *reading) kindOf(m *mention) bool {
	ahead := r.ahead(m)
	return m.first == m.last && ahead != nil && ahead.is(wArticle) && !ahead.is(wAt) && !ahead.has(capital) && r.tokens[m.first].before == space
}

// asksForCoach reports a headline that asks who a coach will be: "Wie wordt de volgende trainer van Genk?", "Qui sur le
// banc du Standard ?".
func (r *reading) asksForCoach() bool {
	f := r.fields[inTitle]
	if f.from == f.to || !r.tokens[f.from].among(r.words.whoms) || !r.titleHas(wCoach|wSuccessor) && !r.titleSays(r.words.belongings) {
		return false
	}
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].before&question != 0 {
			return true
		}
	}
	return endsAsking(r.headline)
}
