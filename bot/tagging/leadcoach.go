package tagging

import (
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// judgeLeadCoach decides about a coach whom only the lead names: he is a subject
// when the headline keeps his name back, when it is about nobody, or when the
// lead opens with him and he serves its club.
func (r *reading) judgeLeadCoach(k int, s *subject, l *leadReading) {
	m := &r.mentions[k]
	none := l.clubs+l.others == 0
	asked := r.hiddenBench() && r.coachesSubject(s) // "Is het tijd voor een nieuwe trainer bij OHL?"
	if (r.kind == subscriptions.Roundup || r.isPoll() && !asked) && !(none && r.lonely(k)) {
		return // a list of everybody is about nobody, and a choice too
	}
	if r.inPassing(k, l) || r.madeRoom(m) || r.stoodIn(m) || r.oneOfPair(k) {
		return
	}
	switch {
	case l.former >= 0 && s.served(r.reg.subjects[l.former].topic, r.at):
		r.about(m.subject, ruleHidden, k)
		l.former = -1
	case l.hiddenCoach && !l.foundCoach && !r.inNames(m) && !r.outgoing(m) && !r.newElsewhere(m) && !(r.newCoach() && r.inOfficeLong(s)):
		r.about(m.subject, ruleHidden, k)
		l.foundCoach = true
	case r.newCoach() && r.titleCoach() < 0 && !r.inNames(m) && m.stance == plain && r.movesAtSubject(s) && !r.inOfficeLong(s) && r.aloneAt(k, s.tenure(r.at)):
		r.about(m.subject, ruleHidden, k)
	case r.newCoach() && r.titleCoach() < 0 && m.stance == plain && r.itsCoach(m) && (!s.employed(r.at) || r.coachesSubject(s)):
		r.about(m.subject, ruleHidden, k) // of whose new job the catalogue does not know yet
	case l.coachOf >= 0 && s.servesAround(r.reg.subjects[l.coachOf].topic, r.at):
		r.about(m.subject, ruleHidden, k)
	case (r.titleHas(wSuccessor) || r.titleSays(r.words.vacancies) || r.seeksCoach()) && !r.speech() && r.newcomer(k) && !r.titleNames(m.subject), r.standsIn(m):
		r.about(m.subject, ruleHidden, k)
	case none && (r.firstSentence(m) || r.opensSentence(m) && r.acts(m) && !r.newCoach()) && (r.lonely(k) && (!r.ofWhom(m) || r.servesPlace(s)) || r.opensWithList(k)):
		r.about(m.subject, ruleLead, k)
	case r.titleCoach() < 0 && (l.clubs == 0 && r.firstSentence(m) || r.titleSays(r.words.trios)) && r.counted(k):
		r.about(m.subject, ruleHidden, k)
	case r.opensLead(m) && r.lonely(k) && (none || r.servesSubject(s) || r.speech() && r.acts(m)), r.proposed(m):
		r.about(m.subject, ruleLead, k)
	case r.titleCoach() < 0 && r.isAboutClub() && r.opensLead(m) && r.lonely(k) && r.acts(m):
		r.about(m.subject, ruleLead, k) // "Beerschot kiest voor bekend gezicht", and "Hernan Losada keert terug"
	case r.viewOf(m), r.spokenAbout(m), r.pointedAt(m.subject) && r.firstSentence(m) && r.movesAtSubject(s):
		r.about(m.subject, ruleLead, k)
	case r.judgedAlone(m) && (r.firstSentence(m) || r.movesAtSubject(s) && r.titleCoach() < 0):
		r.about(m.subject, ruleLead, k) // "Vorige week kwam de aanstelling van Ivan Leko"
	case r.hisMatter(m) && r.titleCoach() < 0 && r.coachesSubject(s) && r.lonely(k):
		r.about(m.subject, ruleLead, k)
	case r.outcoached(k) && r.coachesSubject(s):
		r.about(m.subject, ruleLead, k)
	case (r.onlyResult() || r.speaksLater(m)) && r.coachesSubject(s):
		r.about(m.subject, ruleLead, k) // "De mannen van Lee Johnson winnen"
	case (r.benchChange() || r.benchStory()) && r.objectOfHiring(m), r.swappedIn(m):
		r.about(m.subject, ruleHidden, k) // "Trainerswissel in Lier", and "Lierse ontslaat Sven Vandenbroeck en haalt Peter Maes"
	case r.onlyPredecessors() && r.isAboutClub() && (r.lonely(k) && r.handedTo(m) || r.newCoach() && r.chosen(m)):
		r.about(m.subject, ruleHidden, k)
	case r.actsForSubject(k, s), r.takesOver(m), r.movesAtSubject(s) && (r.benchChange() || r.comesAfter(m) && r.fewCoaches()):
		r.about(m.subject, ruleLead, k)
	case (r.atHelm(m) || r.newlyIntroduced(m)) && r.isAboutClub() && r.lonely(k), r.praised(m):
		r.about(m.subject, ruleLead, k)
	case r.unnamedSpeaker() && r.coachesSubject(s) && r.lonely(k) && !r.withCompany(m):
		r.about(m.subject, ruleLead, k)
	}
}

// itsCoach reports what the lead calls somebody behind a comma: "José Jeunechamps, son quatrième entraîneur", "Peter Maes, de nieuwe
// T1".
func (r *reading) itsCoach(m *mention) bool {
	next := r.after(m)
	if next == nil || next.before&comma == 0 {
		return false
	}
	for i := int(m.last) + 1; i < min(int(m.last)+5, r.fields[next.field].to); i++ {
		t := &r.tokens[i]
		switch {
		case t.is(wCoach):
			return true
		case !t.is(wArticle) && !t.among(r.words.another) && !r.countedTrade(i):
			return false
		}
	}
	return false
}

// newElsewhere reports the coach of another club, which stands in his sentence, under a headline about the new coach of one that it
// names: "Ook Genk stelt nieuwe coach voor", and "Antwerp bevestigde dat Jonas De Roeck komt".
func (r *reading) newElsewhere(m *mention) bool {
	if !r.newCoach() || !r.clubInHeadline() || r.movesAtSubject(&r.reg.subjects[m.subject]) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.meansClub(o) && o.last+1 < m.first && r.linked(m, o) && r.sameSentence(int(o.first), int(m.first)) {
			return true
		}
	}
	return false
}

// stoodIn reports who kept the bench warm for the coach of the headline, who speaks: "Haroun avait assuré l'intérim après
// le renvoi de Wils".
func (r *reading) stoodIn(m *mention) bool {
	if r.titleCoach() < 0 || !r.speech() {
		return false
	}
	for i := int(m.last) + 1; i < min(int(m.last)+8, r.fields[r.tokens[m.last].field].to) && !r.tokens[i].before.ends(); i++ {
		if r.tokens[i].among(r.words.interims) {
			return true
		}
	}
	return false
}

// outcoached reports the one of two coaches whom the other beats in the lead: "Edward Still a pris le dessus sur Mario Kohnen".
func (r *reading) outcoached(k int) bool {
	if k == 0 || !r.reaches(&r.mentions[k], wWins, 1) {
		return false
	}
	m, o := &r.mentions[k], &r.mentions[k-1]
	return o.subject >= 0 && r.inLeadOf(o) && r.reg.subjects[o.subject].coach() && r.sameSentence(int(o.first), int(m.first)) && r.acts(o)
}

// actsForSubject reports the coach of the club that the item is about who does
// something in the lead: "maar Wouter Vrancken blijft rustig". The coach of a
// national team must be called that: half of what is written about it names him.
func (r *reading) actsForSubject(k int, s *subject) bool {
	m := &r.mentions[k]
	if r.amongCandidates(m) || r.speech() && r.titleCoach() >= 0 && !(r.inClause(m) && r.punditSpeaks()) {
		return false
	}
	if r.acts(m) && r.titlePlace(s) {
		return true
	}
	for i := range s.entry.Tenures {
		topic := s.entry.Tenures[i].Club
		club, ok := r.reg.byTopic[topic]
		if !ok || !s.servesAround(topic, r.at) || !r.aloneAt(k, topic) {
			continue
		}
		acts := (r.acts(m) || r.speaks(m)) && s.tenure(r.at) == topic
		if club == r.reg.devils && r.titleNames(club) && acts && (r.trade(m) || r.saysSo(m) || r.selects(m) && r.tokens[m.first].before&semicolon == 0) {
			return true
		}
		if club != r.reg.devils && r.isAbout(club) && (r.trade(m) && !r.besideTrade(m) || acts) {
			return true
		}
	}
	return false
}

// punditSpeaks reports the words of a coach without a club in the headline: who is judged in them acts as well.
func (r *reading) punditSpeaks() bool {
	return !r.reg.subjects[r.mentions[r.titleCoach()].subject].employed(r.at)
}

// amongCandidates reports a name in a sentence that lists who is interested or may come.
func (r *reading) amongCandidates(m *mention) bool {
	f := r.fields[r.tokens[m.first].field]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(wCandidates) && r.sameClause(i, int(m.first)) {
			return true
		}
	}
	return false
}

// viewOf reports "Volgens Peter Maes …", "Voor Peter Maes was …", "Pour Peter Maes, …": the sentence is
// what he thinks. Within a sentence "volgens" and his trade say so: "De ploeg kan volgens Vanhaezebrouck …", "Analist
// Stijn Vreven vond …".
func (r *reading) viewOf(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || r.tokens[m.first].before&^space != 0 {
		return false
	}
	return ahead.is(wPundit) || ahead.among(r.words.according) || ahead.before.starts() && ahead.among(r.words.views)
}

// spokenAbout reports a coach of whom somebody speaks at the head of the lead: "Patrick Goots over Peter Maes".
func (r *reading) spokenAbout(m *mention) bool {
	i := int(m.first) - 1
	if f := r.fields[inLead]; r.tokens[m.first].field != inLead || i <= f.from || i > f.from+3 || !r.tokens[i].among(r.words.about) {
		return false
	}
	n, _ := r.listLength(r.number(m))
	return r.tokens[i-1].has(capital) && r.tokens[i].before&^space == 0 && n <= 2
}

// pointedAt reports a coach who stands in the headline only as the predecessor or the chief of another:
// "Losada volgt Maes op", when the lead has more of him.
func (r *reading) pointedAt(subject int32) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == subject && r.tokens[m.first].field == inTitle && m.stance == aside && (m.rule == rulePredecessor || m.rule == ruleKin) {
			return true
		}
	}
	return false
}

// judgedAlone reports a coach of whom the lead judges, "lof voor Vrancken", with no others.
func (r *reading) judgedAlone(m *mention) bool {
	return (r.reaches(m, wJudged, 3) || r.calledTo(m)) && !r.withCompany(m) && !r.datedBy(m) && !r.inNames(m)
}

// calledTo reports a coach of whom the words behind his name say what he is held for: "Vanderhaeghe de grote schuldige", "Mazzù est le
// grand coupable".
func (r *reading) calledTo(m *mention) bool {
	const reach = 5
	for i := int(m.last) + 1; i < min(int(m.last)+reach, r.fields[r.tokens[m.last].field].to) && r.tokens[i].before == space; i++ {
		if r.tokens[i].among(r.words.blames) {
			return true
		}
	}
	return false
}

// speaksLater reports the coach whom the lead lets speak behind his name, by his trade or his nationality: "Les hommes de Leko
// ont buté. “Ça se gagne”, a regretté le Croate".
func (r *reading) speaksLater(m *mention) bool {
	f := r.fields[inLead]
	if !r.inLeadOf(m) || r.tokens[m.first].field != inLead || r.otherCoachInLead(m) {
		return false
	}
	for i := int(m.last) + 3; i < f.to; i++ {
		t, verb := &r.tokens[i], &r.tokens[i-2]
		if t.is(wNationality|wCoach) && t.before&^(space|apostrophe) == 0 && r.tokens[i-1].is(wArticle) && (verb.is(wSays) || verb.among(r.words.opining)) {
			return r.leadQuotes()
		}
	}
	return false
}

// leadQuotes reports somebody's words in the lead.
func (r *reading) leadQuotes() bool {
	for i := r.fields[inLead].from; i < r.fields[inLead].to; i++ {
		if r.tokens[i].has(doubleQuoted) {
			return true
		}
	}
	return false
}

// selects reports a name in front of what a coach of a national team does with his squad: "Tedesco maakte zijn keuze
// bekend", "Van Bommel n'appellera pas de remplaçant", "Martinez livrera son verdict".
func (r *reading) selects(m *mention) bool {
	for i := int(m.last) + 1; i < min(int(m.last)+6, r.fields[r.tokens[m.last].field].to) && r.tokens[i].before&^(space|apostrophe) == 0; i++ {
		if r.tokens[i].is(wCallUp) || r.tokens[i].among(r.words.selecting) {
			return true
		}
	}
	return false
}

// besideTrade reports "met trainer Walem", "dankzij coach Alexandersson": others do
// something with him.
func (r *reading) besideTrade(m *mention) bool {
	i := int(m.first) - 2
	from := r.fields[r.tokens[m.first].field].from
	if i >= from && r.tokens[i].is(wArticle) {
		i--
	}
	return i >= from && r.tokens[i+1].before&^space == 0 && r.tokens[i].is(wAt|wAfter) && !r.tokens[i].is(wCoach) && !r.reaches(m, wJudged, 3)
}

// coachesSubject reports the coach of the day of a club that the item is about.
func (r *reading) coachesSubject(s *subject) bool {
	club, ok := r.reg.byTopic[s.tenure(r.at)]
	return ok && r.isAbout(club)
}

// takesOver reports the man who comes after the coach whom the headline is about.
func (r *reading) takesOver(m *mention) bool {
	if k := r.titleCoach(); k < 0 || r.kind == subscriptions.Rumour || r.kind == subscriptions.Quote && !r.titleHas(wHires) && !r.titleSays(r.words.dismissal) {
		return false
	}
	return r.comesAfter(m)
}

// comesAfter reports a name whose clause says that he comes after another: "Jordi Condom volgt op", "Michael Valkanis
// ist der neue Chefcoach".
func (r *reading) comesAfter(m *mention) bool {
	f := r.fields[r.tokens[m.first].field]
	for i := max(f.from, int(m.first)-2); i < min(f.to, int(m.last)+11); i++ {
		t := &r.tokens[i]
		if i > int(m.last) && (t.before.ends() || t.before&semicolon != 0) {
			return false
		}
		if t.is(wTakeover) {
			return true
		}
	}
	return false
}

// fewCoaches reports a lead that names two coaches at most besides those of the headline: three are examples, or
// candidates.
func (r *reading) fewCoaches() bool {
	var seen []int32
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.inLeadOf(m) && r.reg.subjects[m.subject].coach() && !r.titleNames(m.subject) && !slices.Contains(seen, m.subject) {
			seen = append(seen, m.subject)
		}
	}
	return len(seen) <= 2
}

// newcomer reports the one coach of the lead, but for those of the headline, who is
// no aside: under a headline that looks for a successor it is he.
func (r *reading) newcomer(k int) bool {
	for i := range r.mentions {
		o := &r.mentions[i]
		if i == k || o.subject < 0 || o.subject == r.mentions[k].subject || o.stance != plain || !r.inLeadOf(o) || r.cameBefore(o) {
			continue
		}
		if r.reg.subjects[o.subject].coach() && !r.titleNames(o.subject) {
			return false
		}
	}
	return !r.inNames(&r.mentions[k]) && !r.rumoured(&r.mentions[k])
}

// rumoured reports one of the names that do the rounds: "Les noms de Garcia et Henry circulent", "De Roeck
// serait sur la short list".
func (r *reading) rumoured(m *mention) bool {
	if r.reaches(m, wCandidates, 2) {
		return true
	}
	for i := int(m.last) + 1; i < min(int(m.last)+7, r.fields[r.tokens[m.last].field].to) && !r.tokens[i].before.ends() && r.tokens[i].before&semicolon == 0; i++ {
		if r.tokens[i].is(wCandidates) {
			return true
		}
	}
	return false
}

// oneOfPair reports one of two coaches who may come: "KV Mechelen heeft twee JPL-coaches op het oog", and "De Mil en Euvrard
// worden genoemd".
func (r *reading) oneOfPair(k int) bool {
	n, first := r.listLength(k)
	if r.kind != subscriptions.Rumour && !r.titleHas(wHedge) || n != 2 || !r.titleSays(r.words.counts) {
		return false
	}
	o := &r.mentions[first]
	if first == k {
		o = &r.mentions[k+1]
	}
	return r.reg.subjects[o.subject].coach()
}

// counted reports one of the two or three coaches whom the headline counts: "Twee trainers afgeschreven als bondscoach", and "Teklak sluit
// Maes en Kompany uit".
func (r *reading) counted(k int) bool {
	n := r.coachesListed(&r.mentions[k])
	if n != 2 && n != 3 {
		return false
	}
	counted := -1
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		switch t := &r.tokens[i]; {
		case n == 2 && (t.among(r.words.counts) || t.among(r.words.duos)), n == 3 && t.among(r.words.trios):
			counted = i
		case counted >= 0 && (t.is(wCoach) || t.among(r.words.benches)):
			return i-counted <= 2
		}
	}
	return false
}

// inNames reports a name in a list of three or more, of which we need not know all:
// "Lopetegui, Henry, Garcia en Hjulmand".
func (r *reading) inNames(m *mention) bool {
	f := r.fields[r.tokens[m.first].field]
	commas := 0
	for i := int(m.last) + 1; i < f.to && (r.tokens[i].has(capital) || r.tokens[i].is(wAnd|wParticle)); i++ {
		if b := r.tokens[i].before; b&comma != 0 || r.tokens[i].is(wAnd) {
			commas++
		} else if b&^space != 0 {
			break
		}
	}
	for i := int(m.first); i > f.from && (r.tokens[i-1].has(capital) || r.tokens[i-1].is(wAnd|wParticle)); i-- {
		if b := r.tokens[i].before; b&comma != 0 || r.tokens[i].is(wAnd) {
			commas++
		} else if b&^space != 0 {
			break
		}
	}
	return commas >= 2
}

// titlePlace reports that the headline names the club abroad that a coach serves on
// the day.
func (r *reading) titlePlace(s *subject) bool {
	f := r.fields[inTitle]
	for i := range s.entry.Tenures {
		w := s.places[i]
		if w == 0 || !s.entry.Tenures[i].At(r.at) {
			continue
		}
		for k := f.from; k < f.to; k++ {
			if r.tokens[k].word == w && r.tokens[k].has(capital) {
				return true
			}
		}
	}
	return false
}

// aloneAt reports that no other coach of these weeks of a club stands in headline or lead as
// more than an aside.
func (r *reading) aloneAt(k int, club subscriptions.Topic) bool {
	for i := range r.mentions {
		o := &r.mentions[i]
		if i == k || o.subject < 0 || o.subject == r.mentions[k].subject || o.stance != plain || !r.inLeadOf(o) && r.tokens[o.first].field != inTitle {
			continue
		}
		if s := &r.reg.subjects[o.subject]; s.coach() && s.servesAround(club, r.at) && !r.listed(o, &r.mentions[k]) && !r.listed(&r.mentions[k], o) {
			return false // but two who do it together are both meant
		}
	}
	return true
}

// movesAtSubject reports that a coach came to, or left, in these weeks a club that
// the item is about.
func (r *reading) movesAtSubject(s *subject) bool {
	for i := range s.entry.Tenures {
		club, ok := r.reg.byTopic[s.entry.Tenures[i].Club]
		if ok && r.isAbout(club) && s.servesAround(s.entry.Tenures[i].Club, r.at) {
			return true
		}
	}
	return false
}

// servesSubject reports that a coach serves, on the day, a club or team that the
// item names.
func (r *reading) servesSubject(s *subject) bool {
	i, ok := r.reg.byTopic[s.tenure(r.at)]
	return ok && (r.isAbout(i) || r.named(i, nil))
}

// opensWithList reports a list of coaches at the beginning of the lead, under a
// headline that speaks of coaches.
func (r *reading) opensWithList(k int) bool {
	if !r.titleHas(wCoach) && !r.titleSays(r.words.dismissal) {
		return false
	}
	first := k
	for first > 0 && r.inLeadOf(&r.mentions[first-1]) {
		first--
	}
	return r.opensLead(&r.mentions[first])
}

// hisMatter reports a first sentence that begins with something of a coach's: "De hand van Vreven wordt zichtbaar", "Le projet
// de Gillet tourne"; not with a man or a team of his.
func (r *reading) hisMatter(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || !ahead.among(r.words.genitives) || !r.firstSentence(m) {
		return false
	}
	i, from := int(m.first)-2, r.fields[r.tokens[m.first].field].from
	for ; i >= max(from, int(m.first)-7) && r.tokens[i+1].before&^(space|apostrophe) == 0; i-- {
		t := &r.tokens[i]
		if t.before.starts() {
			return (t.is(wArticle) || r.tokens[i+1].among(r.words.copulas)) && i < int(m.first)-2
		}
		if t.has(capital) || r.ofPeople(t) {
			return false
		}
	}
	return false
}

// ofPeople reports a word for a man or a team.
func (r *reading) ofPeople(t *token) bool {
	return t.is(wRole|wKin|wFormer|wCoach|wHidden) || t.among(r.words.sides) || t.among(r.words.players) || t.among(r.words.assistants) ||
		t.among(r.words.belongings)
}

// isAboutClub reports that the item is about a club.
func (r *reading) isAboutClub() bool {
	for i := range r.verdict {
		if v := &r.verdict[i]; v.level == subscriptions.About && r.reg.subjects[v.subject].club() {
			return true
		}
	}
	return false
}

// lonely reports that no other coach stands in the lead as more than an aside, but for those of
// the headline.
func (r *reading) lonely(k int) bool {
	for i := range r.mentions {
		o := &r.mentions[i]
		if i == k || o.subject < 0 || o.subject == r.mentions[k].subject || o.stance != plain || !r.inLeadOf(o) || r.cameBefore(o) {
			continue
		}
		if r.reg.subjects[o.subject].coach() && !r.titleNames(o.subject) {
			return false
		}
	}
	return true
}
