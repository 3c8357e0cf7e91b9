package tagging

import "strings"

// speechQuotes reports somebody's words in the headline: double quotes or
// guillemets around a sentence, or single quotes in a newspaper.
func (r *reading) speechQuotes() bool {
	f := r.fields[inTitle]
	n := 0
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if !t.has(doubleQuoted) {
			n = 0
			continue
		}
		n++
		if n >= quoteLeast || t.before&opens != 0 && i == f.to-1 && i > f.from && t.before&colon != 0 {
			return true
		}
		if n == 2 && i == f.to-1 && r.tokens[i-1].before&(colon|question) != 0 {
			return true
		}
	}
	if r.source.quotes == "quote" || r.source.quotes == "" {
		words, _, _ := r.singleSpan()
		return words >= quoteLeast && (r.source.quotes == "quote" || !r.football())
	}
	return false
}

// saidFirst reports a headline in which a person says something before anything is
// left open: "De Roeck reageert op mogelijk ontslag".
func (r *reading) saidFirst() bool {
	f := r.fields[inTitle]
	person := false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		switch {
		case t.is(wHedge) && !t.is(wSays) || t.before&question != 0:
			return false
		case t.is(wSays):
			return person
		}
		person = person || t.has(capital) && !t.before.starts() || r.titleCoach() >= 0
	}
	return false
}

// reported reports a verb of saying in the headline.
func (r *reading) reported() bool {
	return r.football() && (r.titleHas(wSays) && !r.fansAct() || r.viewOfCoach() || r.viewOfMan() || r.coachConfirms() || r.sparesNobody())
}

// sparesNobody reports "spaart zijn spelers niet"; who "spaart sterkhouders" says nothing.
func (r *reading) sparesNobody() bool {
	f, spares := r.fields[inTitle], false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if spares && t.among(r.words.denials) {
			return true
		}
		spares = spares || t.among(r.words.sparing)
	}
	return false
}

// viewOfCoach reports "Pour Hein Vanhaezebrouck, …", "Union : pour Hubert, …": what follows is what he thinks.
func (r *reading) viewOfCoach() bool {
	k := r.titleCoach()
	if k < 0 {
		return false
	}
	ahead, next := r.ahead(&r.mentions[k]), r.after(&r.mentions[k])
	return ahead != nil && ahead.among(r.words.views) && ahead.before.starts() && next != nil && next.before&comma != 0
}

// analysed reports a lead that opens with a pundit: then the news is what he
// said, whatever the headline's verb.
func (r *reading) analysed() bool {
	f := r.fields[inLead]
	for i := f.from; i < min(f.from+3, f.to); i++ {
		if r.football() && r.tokens[i].is(wPundit) {
			return true
		}
	}
	return false
}

// interviewed reports a headline about a person alone, with a lead that says
// where he spoke.
func (r *reading) interviewed() bool {
	if !r.leadHas(wInterview) {
		return false
	}
	person := false
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || r.tokens[m.first].field != inTitle {
			continue
		}
		if r.meansClub(m) {
			return false
		}
		person = true
	}
	return person
}

// answered reports a question in the headline and somebody's answer behind it: "Vertrekt Englebert bij Luik? Dit is
// zijn antwoord".
func (r *reading) answered() bool {
	if !r.football() {
		return false
	}
	f := r.fields[inTitle]
	asked := false
	for i := f.from + 1; i < f.to; i++ {
		asked = asked || r.tokens[i].before&question != 0
		if asked && (r.tokens[i].is(wSays) || r.tokens[i].among(r.words.answers)) {
			return true
		}
	}
	return false
}

// coachColon reports a headline that begins with a coach and a colon: "Martinez: winnen tegen Tsjechië hoeft niet".
func (r *reading) coachColon() bool {
	k := r.titleCoach()
	if k < 0 || int(r.mentions[k].first) != r.fields[inTitle].from {
		return false
	}
	next := r.after(&r.mentions[k])
	return next != nil && next.before&colon != 0 && !r.settled() // "Clement: Norwich appoint …"
}

// ownWords reports somebody's words behind a colon, in a headline that has lost its quotation marks: "Onur Cinel blijft
// rustig: we zijn op de goede weg".
func (r *reading) ownWords() bool {
	f := r.fields[inTitle]
	self, beside := false, false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		beside = beside || i > f.from && t.before&colon != 0
		self = self || t.among(r.words.ourselves) && beside
	}
	return self && beside && r.football()
}

// leadOpensSpeech reports a lead that begins with somebody's words, under a headline that tells of no act and no
// match: "Club leeft toe naar de topper", and "“Een positieve verrassing”, stelt Leko".
func (r *reading) leadOpensSpeech() bool {
	f := r.fields[inLead]
	if !r.football() || f.to-f.from <= speechLeast || r.settled() || r.titleHas(wWins) || r.titleSays(r.words.another) || r.titleSays(r.words.staying) {
		return false
	}
	for i := f.from; i < f.from+speechLeast; i++ {
		if !r.tokens[i].has(doubleQuoted) {
			return false
		}
	}
	return true
}

// coachSees reports a coach who sees something in a headline of no match and no deal: "Vanhaezebrouck ziet voordeel
// voor Genk".
func (r *reading) coachSees() bool {
	k := r.titleCoach()
	if k < 0 || r.mentions[k].stance == aside || r.titleHas(wWins|wOfficial) || r.scoreIn(inTitle) {
		return false
	}
	f, next := r.fields[inTitle], int(r.mentions[k].last)+1
	if next+quoteLeast >= f.to || !r.tokens[next].among(r.words.seeing) {
		return false
	}
	for i := next + quoteLeast - 1; i < f.to; i++ {
		if t := &r.tokens[i]; !t.has(capital) && !t.is(wArticle) && t.before&^space == 0 && strings.HasSuffix(r.text(inTitle)[t.start:t.end], "en") {
			return false // "ziet Raskin uitblinken"
		}
	}
	return true
}

// fansAct reports supporters who show or sing what they think: "Fans van Genk komen met boodschap op spandoek".
func (r *reading) fansAct() bool {
	f := r.fields[inTitle]
	for i := f.from; i < min(f.from+2, f.to); i++ {
		if r.tokens[i].among(r.words.fans) {
			return r.titleCoach() < 0
		}
	}
	return false
}

// viewOfMan reports "Voor Johan Boskamp is Leko de man", "Pour Philippe Albert, …": what follows is what he thinks.
func (r *reading) viewOfMan() bool {
	f := r.fields[inTitle]
	if f.to-f.from < 4 || !r.tokens[f.from].among(r.words.views) || r.tokens[f.from].among(r.words.according) {
		return false
	}
	end := r.manAt(f.from + 1)
	return end > f.from+2 && end < f.to && (r.tokens[end].before&comma != 0 || r.tokens[end].among(r.words.copulas))
}

// coachConfirms reports a coach who says that it is so: "De Roeck bevestigt interesse in Deense spits".
func (r *reading) coachConfirms() bool {
	k := r.titleCoach()
	if k < 0 {
		return false
	}
	next := r.after(&r.mentions[k])
	return next != nil && next.before&^space == 0 && next.among(r.words.confirming)
}

// onlookerSees reports a man known in football, and no coach, who sees or thinks something at the head of a clause: "Filip Joos
// ziet Genk kampioen worden", "Boskamp weet wie moet opvolgen".
func (r *reading) onlookerSees() bool {
	f := r.fields[inTitle]
	if !r.football() || r.titleHas(wOfficial) || r.scoreIn(inTitle) {
		return false
	}
	for i := f.from + 1; i+1 < f.to; i++ {
		name := &r.tokens[i-1]
		if r.tokens[i].among(r.words.opining) && r.tokens[i].before&^space == 0 && name.has(capital) && name.is(wFootball|wBall|wPundit) && !name.is(wCoach|wNation|wRole) && !name.among(r.words.competitions) && r.mentionAt(int32(i-1)) == nil { //nolint:gosec // G115
			return true
		}
	}
	return false
}

// townsWords reports the news of a town with somebody's words behind it: "Nieuwe brug in Lommel open: “Vlotter en veiliger”".
// Who alone stands before the colon speaks, and so does a town hall: "Schepen over nieuwe brug in Lommel: “…”".
func (r *reading) townsWords() bool {
	const clause = 5 // words that are more than who speaks
	f := r.fields[inTitle]
	if r.sport.verdict != isNews && r.sport.verdict != unclear || r.sport.section == sportSection || r.titleHas(wSays) || r.titleSays(r.words.authorities) {
		return false
	}
	for i := f.from + 1; i < f.to; i++ {
		if t := &r.tokens[i]; t.before&(colon|question) != 0 {
			return i-f.from >= clause && t.quoted() && t.before&colon != 0
		}
	}
	return false
}

// manAt returns where the name of a man ends that begins at a token, "Nathan De Cat", and the token itself if none does, or
// a coach's.
func (r *reading) manAt(i int) int {
	t, m := &r.tokens[i], r.mentionAt(int32(i)) //nolint:gosec // G115
	if !t.has(capital) || t.before&^space != 0 || t.is(wFootball|wTournament|wForeign|wCountry|wNationality|wBelgium) {
		return i
	}
	if m != nil && m.subject >= 0 && !r.reg.subjects[m.subject].player() {
		return i
	}
	return i + max(1, r.nameLength(i))
}
