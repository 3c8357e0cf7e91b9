package tagging

// A stranger is a full name that nobody of the catalogue bears. Here are those whom headline and lead together make a
// coach, where neither has name and trade side by side.

// unveiled returns where the full name begins with which the lead tells the coach of whom the headline speaks without a name:
// "Genk stelt nieuwe trainer voor", "De Deen Voornaam Naam tekent tot 2028"; "Genk ontslaat trainer", "Voornaam Naam won
// maar één keer"; -1 if it does not.
func (r *reading) unveiled() int {
	if r.titleCoach() >= 0 || !r.announcesBench() {
		return -1
	}
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject >= 0 && r.tokens[m.first].field == inLead && r.reg.subjects[m.subject].coach() && !r.comesBefore(m) {
			return -1
		}
	}
	f := r.fields[inLead]
	from := f.from
	for from < f.to && r.tokens[from].is(wArticle|wNationality) {
		from++
	}
	n := r.nameLength(from)
	next := from + n
	if n >= 2 && next < f.to && r.tokens[next].has(number) && r.tokens[next].has(bracketed) {
		next++ // "Voornaam Naam (44) volgt …"
	}
	if n < 2 || next >= f.to {
		return -1
	}
	if t := &r.tokens[next]; t.before&^(space|closesParen|apostrophe) == 0 && !t.has(capital) && !t.is(wSays|wAnd|wAt|wOpinion) && !t.among(r.words.wanting) {
		return from
	}
	for k := next; k < min(next+appointMost, f.to) && !r.tokens[k].before.ends(); k++ {
		if r.tokens[k].is(wOfficial|wTakeover|wSuccessor) || r.tokens[k].among(r.words.contracts) {
			return from
		}
	}
	return -1
}

// announcesBench reports a headline that tells of a new coach or assistant of one of our clubs, or of one who must go, and does not
// name him.
func (r *reading) announcesBench() bool {
	f := r.fields[inTitle]
	parts := r.titleSays(r.words.dropping)
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if assists := t.among(r.words.assistants); !assists && (!t.is(wCoach) || r.several(i)) || !r.ourBench(i) {
			continue
		} else if _, fresh := r.tradePhrase(i); assists || fresh || parts && r.keepsNameBack(i) {
			return true
		}
	}
	return false
}

// comesBefore reports a coach only as the one whom another succeeds: "Voornaam Naam volgt Hasi op".
func (r *reading) comesBefore(m *mention) bool {
	near := false
	r.back(m, 3, func(_ int, t *token) bool {
		near = t.is(wSuccessor|wPredecessor|wAfter) || t.among(r.words.succeeds)
		return !near && (t.is(wArticle|wAt|wCoach) || t.has(capital))
	})
	return near || m.stance == aside
}

// calledCoach returns where the stranger of a headline that parts with him, or has him come or stay, begins, when the lead calls him
// by his trade from its first words: "Genk ontslaat Voornaam Naam", "De coach won maar één keer"; -1 for none.
func (r *reading) calledCoach() int {
	if !r.clubInHeadline() || r.titleCoach() >= 0 || !r.leadOpensWithTrade() {
		return -1
	}
	if !r.titleSays(r.words.dropping) && !r.titleSays(r.words.dismissal) && !r.titleSays(r.words.farewells) && !r.titleSays(r.words.succeeds) {
		return -1
	}
	return r.titleStranger()
}

// leadOpensWithTrade reports a lead that begins with the trade of a coach: "De coach", "L'entraîneur français", "De 44-jarige
// trainer".
func (r *reading) leadOpensWithTrade() bool {
	const reach = 5
	f := r.fields[inLead]
	if f.from == f.to || !r.tokens[f.from].is(wArticle) {
		return false
	}
	for i := f.from + 1; i < min(f.from+reach, f.to); i++ {
		t := &r.tokens[i]
		if t.is(wCoach) {
			return !r.several(i) && !(i+1 < f.to && (r.tokens[i+1].joined(hyphen) || r.tokens[i+1].is(wAt)))
		}
		if t.before&^(space|apostrophe|hyphen) != 0 || t.is(wVerb|wSays|wAt) || t.has(capital) {
			return false
		}
	}
	return false
}

// successor returns where the stranger of a headline begins who comes after one of our coaches: "Voornaam Naam volgt Hasi op", "Prénom
// Nom succède à Hasi"; -1 for none. Whom he succeeds is his point of reference.
func (r *reading) successor() int {
	from := r.titleStranger()
	if from < 0 || from != r.fields[inTitle].from {
		return -1
	}
	end := from + r.nameLength(from)
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field != inTitle || m.subject < 0 || !r.reg.subjects[m.subject].coach() || int(m.first) > end+2 {
			continue
		}
		if t := &r.tokens[end]; t.among(r.words.succeeds) || t.is(wSuccessor) {
			m.stance, m.rule = aside, rulePredecessor
			return from
		}
	}
	return -1
}

// titleStranger returns where the one full name of the headline begins that is nobody's of the catalogue, -1 for none or several. A
// competition or a country is no person.
func (r *reading) titleStranger() int {
	found := -1
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		n := r.nameLength(i)
		if n < 2 {
			continue
		}
		known := false
		for k := i; k < i+n; k++ {
			known = known || r.mentionAt(int32(k)) != nil || r.tokens[k].is(wLeague|wTournament|wCountry|wFootball|wForeign) //nolint:gosec // G115
		}
		if known || found >= 0 {
			return -1
		}
		found = i
		i += n - 1
	}
	return found
}

// bySurname returns where the full name begins, in the lead, of the man whose trade and surname stand in the headline: "Trainer Naam weg
// bij Lierse", "Voornaam Naam en Lierse …"; -1 for none.
func (r *reading) bySurname() int {
	f := r.fields[inTitle]
	told := false
	for i := f.from; i+1 < f.to; i++ {
		told = told || r.tokens[i].is(wCoach) && !r.several(i) && r.tokens[i+1].before == space && r.tokens[i+1].has(capital) && r.mentionAt(int32(i+1)) == nil && r.ourBench(i) //nolint:gosec // G115
	}
	if !told {
		return -1
	}
	for i := r.fields[inLead].from; i < r.fields[inLead].to; i++ {
		if n := r.nameLength(i); n >= 2 && r.surnameInTitle(i+n-1) {
			return i
		}
	}
	return -1
}
