package tagging

// Here the lead tells of a bench: whom a club picks, and who left it.

// handedTo reports the man to whom a club gives its bench in the lead, or from whom it takes it: "le
// Standard a confié les clés à Gillet", "Lierse duidt Vreven aan", "Lommel neemt afscheid van Johnson".
func (r *reading) handedTo(m *mention) bool {
	return r.firstSentence(m) && (r.reachesWord(m, r.words.handing, 7) || r.chosen(m))
}

// chosen reports the man whom a club picks: "De keuze viel op Vreven", "a jeté son dévolu sur Gillet", "kwam uit bij
// Vreven", "Met Vreven haalt de club ervaring in huis", "C'est Gillet qui prendra place"; not "de eerste keuze van Vreven".
func (r *reading) chosen(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	if ahead == nil {
		return false
	}
	if next != nil && next.before&^space == 0 {
		if ahead.among(r.words.with) && ahead.before.starts() {
			return next.is(wHires) && !next.has(capital) || r.atHelm(m)
		}
		if next.among(r.words.relatives) || next.word != 0 && next.word == r.words.qui {
			return r.cleft(m)
		}
		if next.among(r.words.landing) && ahead.among(r.words.employers) {
			return true
		}
	}
	if ahead.among(r.words.employers) && r.reachesWord(m, r.words.landing, 2) {
		return !r.speech() // a pundit's thoughts land somewhere too
	}
	return !ahead.among(r.words.genitives) && r.reachesWord(m, r.words.choosing, 7)
}

// cleft reports a name with "C'est …", "C'est donc …", "Het is …" before it at the head of a sentence.
func (r *reading) cleft(m *mention) bool {
	is := false
	r.back(m, 3, func(_ int, t *token) bool {
		is = t.among(r.words.copulas)
		return !is && !t.has(capital)
	})
	return is
}

// atHelm reports "Avec Bruno Pinheiro à la barre", "Met Vreven aan het roer".
func (r *reading) atHelm(m *mention) bool {
	for i := int(m.last) + 1; i < min(int(m.last)+5, r.fields[r.tokens[m.last].field].to) && r.tokens[i].before&^(space|apostrophe) == 0; i++ {
		if r.tokens[i].among(r.words.helms) {
			return true
		}
	}
	return false
}

// proposed reports "Taravel als nieuwe trainer": the man himself is judged. Behind who names him, a place may stand between: "tipt
// Taravel bij Lierse als opvolger van Maes".
func (r *reading) proposed(m *mention) bool {
	const reach = 5
	f := r.fields[r.tokens[m.last].field]
	ahead := r.ahead(m)
	named := ahead != nil && ahead.among(r.words.opining) && r.tokens[m.first].before == space
	for as := int(m.last) + 1; as < min(int(m.last)+1+reach, f.to) && r.tokens[as].before&^space == 0; as++ {
		if !r.tokens[as].is(wThan) {
			if !named {
				return false
			}
			continue
		}
		for i := as + 1; i < min(as+4, f.to); i++ {
			if r.tokens[i].is(wCoach|wNation) || named && r.tokens[i].is(wSuccessor) {
				return true
			}
		}
	}
	return false
}

// swappedIn reports the coach whom a club takes for another: "ruilt Nicky Hayen in voor Ivan Leko".
func (r *reading) swappedIn(m *mention) bool {
	by := r.behindTrade(m)
	return by != nil && by.among(r.words.forMan) && r.reachesWord(m, r.words.swapping, 9) && r.isAboutClub()
}

// objectOfHiring reports whom a club takes or sends away: "ontslaat Sven Vandenbroeck", "haalt trainer Peter Maes".
func (r *reading) objectOfHiring(m *mention) bool {
	verb := r.behindTrade(m)
	return verb != nil && verb.is(wHires) && !verb.has(capital) && r.tokens[m.first].before == space
}

// onlyPredecessors reports a headline that names no coach but the one who is succeeded.
func (r *reading) onlyPredecessors() bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.tokens[m.first].field == inTitle && r.reg.subjects[m.subject].coach() && m.rule != rulePredecessor {
			return false
		}
	}
	return true
}

// outgoing reports a coach whose departure the lead begins with, under a headline that tells none, when it names another
// behind him: "Anderlecht zet coach uit JPL op zijn lijst", and "Het vertrek van Kompany is bevestigd. Still is in beeld".
func (r *reading) outgoing(m *mention) bool {
	return !r.benchStory() && r.reachesWord(m, r.words.farewells, 3) && r.otherCoachBehind(m)
}

// seatOpen reports a headline that looks for a coach, has found one or puts a caretaker on the bench, and tells nothing of the
// one who went: "Gent zoekt nieuwe coach", "Lierse kiest voor opvallende interimcoach".
func (r *reading) seatOpen() bool {
	if r.titleSays(r.words.dismissal) || r.titleSays(r.words.benchChange) || r.titleSays(r.words.dropping) {
		return false
	}
	return r.newCoach() || r.seeksCoach() || r.titleHas(wSuccessor) || r.caretakers() || r.titleSays(r.words.vacancies)
}

// caretakers reports a headline that speaks of who keeps a bench warm: "interimcoach", "un intérimaire"; not "interim-CEO".
func (r *reading) caretakers() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].among(r.words.interims) && !(i+1 < f.to && r.tokens[i+1].joined(hyphen) && !r.tokens[i+1].is(wCoach)) {
			return true
		}
	}
	return false
}

// seeksCoach reports "cherche un entraîneur", "zoekt trainer" in a headline.
func (r *reading) seeksCoach() bool {
	return r.titleHas(wCoach) && (r.titleSays(r.words.quests) || r.titleSays(r.words.wanting))
}

// makesWay reports a coach of whom the lead tells no more than that he went, under a headline about who comes after him:
// "Ivan Leko heeft AA Gent verlaten", "Antwerp zette Compper maandag op straat", "Les Zèbres se sont séparés de Kohnen".
func (r *reading) makesWay(m *mention) bool {
	if !r.inLeadOf(m) || !r.seatOpen() {
		return false
	}
	if r.reachesWord(m, r.words.dropping, 6) || r.reachesWord(m, r.words.farewells, 3) {
		return true
	}
	to := min(int(m.last)+9, r.fields[r.tokens[m.last].field].to)
	for i := int(m.last) + 1; i < to && !r.tokens[i].before.ends() && r.tokens[i].before&semicolon == 0; i++ {
		t := &r.tokens[i]
		if t.among(r.words.dropping) || t.among(r.words.leaving) && !(i+1 < to && r.tokens[i+1].word == r.words.naar) {
			return true // but not "op weg naar"
		}
	}
	return false
}

// gone reports a coach of the headline of whom the lead tells that he went: "Kortrijk vindt opvolger Still", and "KVK zette
// de samenwerking met Edward Still stop".
func (r *reading) gone(subject int32) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == subject && r.makesWay(m) {
			return true
		}
	}
	return false
}

// takesBench reports somebody who sits down on a bench in the clause behind his name, or in front of it: "John Stegeman zit
// zondag op de bank", "zondag leidt Will Still de ploeg", "Frank Defays dirigera l'équipe".
func (r *reading) takesBench(first, last int32) bool {
	f := r.fields[r.tokens[first].field]
	leads := false
	for i := int(first) - 1; i >= max(f.from, int(first)-5) && !r.tokens[i+1].before.ends() && r.tokens[i+1].before&semicolon == 0; i-- {
		leads = leads || r.tokens[i].among(r.words.leading)
	}
	for i := int(last) + 1; i < min(int(last)+11, f.to) && !r.tokens[i].before.ends() && r.tokens[i].before&semicolon == 0; i++ {
		t := &r.tokens[i]
		leads = leads || t.among(r.words.leading)
		if t.is(wTakeover) || (t.among(r.words.helms) || leads && t.among(r.words.squads)) && r.tokens[i-1].is(wArticle|wAt|wInside) {
			return true
		}
	}
	return false
}

// standsIn reports the man who takes the bench in the lead of a headline about a bench that names nobody: "Royal Antwerp stelt
// interim aan", and "John Stegeman zit zondag tegen Gent op de bank".
func (r *reading) standsIn(m *mention) bool {
	return r.titleCoach() < 0 && (r.benchStory() || r.caretakers()) && r.takesBench(m.first, m.last)
}

// datedBy reports a departure that goes before that of the coach of the headline: "Met het ontslag van Johnson is dit al het
// derde van de maand".
func (r *reading) datedBy(m *mention) bool {
	if k := r.titleCoach(); k < 0 || r.mentions[k].subject == m.subject || !r.reachesWord(m, r.words.farewells, 3) {
		return false
	}
	first := int(m.first)
	for first > r.fields[r.tokens[m.first].field].from && !r.tokens[first].before.starts() {
		first--
	}
	return r.tokens[first].is(wAfter) || r.tokens[first].among(r.words.with)
}
