package tagging

// listed reports that a mention follows another in a list: only a comma, "en", "en later" or
// an article between.
func (r *reading) listed(p, m *mention) bool {
	if r.tokens[p.first].field != r.tokens[m.first].field || m.first-p.last > 4 {
		return false
	}
	joint := false
	for i := p.last + 1; i <= m.first; i++ {
		t := &r.tokens[i]
		if t.before&(semicolon|colon|opensParen|closesParen|dash) != 0 || t.before.ends() || t.before&comma != 0 && r.onlyGround(p) && !r.onlyGround(m) {
			return false // "Au Bosuil, l'Antwerp et Anderlecht"
		}
		if i == p.last+1 && i < m.first && t.before&comma != 0 && t.among(r.words.relatives) && r.language != german {
			return false // "van Club Brugge, dat van KV Mechelen verloor"
		}
		joint = joint || t.before&(comma|ampersand) != 0
		if i == m.first {
			break
		}
		if t.is(wAnd) || t.among(r.words.ors) || joint && t.among(r.words.thens) {
			joint = true
			continue
		}
		if !t.is(wArticle|wAt|wParticle|wFormer) && t.end-t.start > 2 && !(joint && t.among(r.words.evens) && r.tokens[i-1].among(r.words.ors)) {
			return false
		}
	}
	return joint
}

// listLength returns how many of our names stand in one list with mention k, and the first of
// them.
func (r *reading) listLength(k int) (n, first int) {
	first = k
	for first > 0 && r.mentions[first-1].subject >= 0 && r.listed(&r.mentions[first-1], &r.mentions[first]) {
		first--
	}
	n = 1
	for i := first; i+1 < len(r.mentions) && r.mentions[i+1].subject >= 0 && r.listed(&r.mentions[i], &r.mentions[i+1]); i++ {
		n++
	}
	return n, first
}

// inherited gives the later members of a list the stance of the first: "passé par
// Genk, Gand et Malines".
func (r *reading) inherited(k int) string {
	if k == 0 {
		return ""
	}
	m, p := &r.mentions[k], &r.mentions[k-1]
	if p.subject < 0 || p.stance != aside || !r.listed(p, m) {
		return ""
	}
	if next := r.after(m); r.behindComma(m) && next != nil && next.before&^space == 0 && !next.is(wAnd) {
		return "" // "springt over Beerschot, Lierse verliest": a clause of its own
	}
	if p.rule == ruleCompared && r.opensSentence(p) && r.tokens[m.first].before&comma != 0 && !(r.reg.subjects[m.subject].coach() && r.inNames(m)) {
		return "" // "Comme Anderlecht, Charleroi réduit": the second is the subject
	}
	switch p.rule {
	case ruleFormer, ruleCompared, ruleCandidates, rulePredecessor, ruleOpponent:
		return p.rule
	}
	return ""
}

// behindComma reports a comma in front of a mention or of its article: "Genk, le Standard".
func (r *reading) behindComma(m *mention) bool {
	if r.tokens[m.first].before&comma != 0 {
		return true
	}
	ahead := r.ahead(m)
	return ahead != nil && ahead.is(wArticle) && !ahead.is(wAt) && ahead.before&comma != 0
}

// shortlisted reports coaches in a list of who might come: "Vrancken, Hayen, Mazzù: wie wordt de nieuwe
// coach van Standard?", "Mazzù et Hasi sur la liste".
func (r *reading) shortlisted(m *mention) bool {
	switch n := r.coachesListed(m); {
	case r.asksForCoach() && (n >= 2 || r.inNames(m)), r.inNames(m) && endsAsking(r.headline) && r.titleSays(r.words.whoms):
		return true
	case n >= 3:
		return r.titleHas(wHedge|wCandidates) || endsAsking(r.headline)
	case n == 2:
		return r.titleHas(wHedge|wCandidates) && r.newCoach() || r.titleSays(r.words.lists)
	}
	return false
}

// oneOf reports coaches of whom it will be one: "Vrancken, Geraerts of Losada", "tussen Losada en
// Vreven", "Vrancken, Losada of toch een buitenlander?".
func (r *reading) oneOf(m *mention) bool {
	if r.coachesListed(m) < 2 {
		return false
	}
	n, first := r.listLength(r.number(m))
	a, b := &r.mentions[first], &r.mentions[first+n-1]
	if ahead := r.ahead(a); ahead != nil && ahead.among(r.words.between) && r.titleHas(wHedge) {
		return true
	}
	for i := a.last + 1; i < b.first; i++ {
		if r.tokens[i].among(r.words.ors) {
			return true
		}
	}
	next := r.after(b)
	return next != nil && next.among(r.words.ors) && r.titleHas(wHedge|wCandidates|wSuccessor)
}

// askedAmong reports a club of three or more among which the lead asks who will be the one: "Wie van Gent, Genk of Union
// pakt de beker?"
func (r *reading) askedAmong(k int) bool {
	n, first := r.listLength(k)
	a := &r.mentions[first]
	i := int(a.first) - 1
	if i > r.fields[inLead].from && r.tokens[i].is(wArticle) {
		i--
	}
	if n < 3 || !r.inLeadOf(a) || i <= r.fields[inLead].from || !r.tokens[i].among(r.words.whoAmong) {
		return false
	}
	return r.tokens[i-1].among(r.words.whoms) && (i-1 == r.fields[inLead].from || r.tokens[i-1].before.starts())
}

// coachesListed counts the coaches of the list in which a mention stands.
func (r *reading) coachesListed(m *mention) (n int) {
	n, first := r.listLength(r.number(m))
	for k := first; k < first+n; k++ {
		if o := &r.mentions[k]; o.subject < 0 || !r.reg.subjects[o.subject].coach() {
			return 0
		}
	}
	return n
}

// offersChoice reports a poll whose headline names what one may choose from: two
// clubs or two men. One alone is what the poll is about: "Moet de coach van Standard
// weg?"
func (r *reading) offersChoice() bool {
	if !r.isPoll() || r.titleMatch() {
		return false // the man of a match is asked for
	}
	club, coach, player := int32(-1), int32(-1), int32(-1)
	for k := range r.mentions {
		m := &r.mentions[k]
		t := &r.tokens[m.first]
		if t.field != inTitle {
			continue
		}
		if m.subject < 0 {
			if t.has(capital) && !(club >= 0 && claimed(r.claims(m), club)) {
				return true // a name that is not sure enough for a tag is an answer all the same
			}
			continue
		}
		first := &coach
		switch s := &r.reg.subjects[m.subject]; {
		case s.club():
			first = &club
		case s.player():
			first = &player
		case s.team():
			continue
		}
		if *first >= 0 && *first != m.subject {
			return true
		}
		*first = m.subject
	}
	return false
}

// candidate reports one of a list that nothing else makes a subject: not the only club that wants somebody, nor those among
// which it is asked who will be the one.
func (r *reading) candidate(m *mention) bool {
	if r.suitor(m) {
		return true
	}
	return r.reaches(m, wCandidates, 2) && !r.aimedAt(m) && !r.onlySuitor(m) && !r.twoSuitors(m) && !r.askedAmong(r.number(m)) &&
		!(r.owns(m) && r.suitorsBeside(m))
}

// suitor reports one of two clubs or more that want a man of another in the headline: "Charleroi,
// STVV en Cercle willen reservedoelman van Club Brugge".
func (r *reading) suitor(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.titleHas(wHedge|wCandidates) && !r.titleSays(r.words.wanting) || r.owns(m) {
		return false
	}
	n, first := r.listLength(r.number(m))
	if n < 2 || !r.reaches(&r.mentions[first+n-1], wAnd, 2) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; (k < first || k >= first+n) && r.tokens[o.first].field == inTitle && r.meansClub(o) && r.owns(o) {
			return true
		}
	}
	return false
}

// outbid reports the club that comes too late for a man of another: "Antwerp haalt het van Standard in strijd om Dender-verdediger",
// "L'Antwerp double le Standard pour un défenseur de Dender".
func (r *reading) outbid(m *mention) bool {
	f := r.fields[inTitle]
	if r.tokens[m.first].field != inTitle || !r.clubBefore(m) || r.owns(m) || r.scoreIn(inTitle) || !r.outbids(m) || r.ahead(m).word == r.words.bij {
		return false
	}
	for i := int(m.last) + 1; i+1 < f.to && r.tokens[i].before&(comma|stop|semicolon) == 0; i++ {
		if r.tokens[i].before&colon != 0 {
			return r.manBehind(i - 1)
		}
		if r.tokens[i].among(r.words.bids) {
			return r.manBehind(i)
		}
	}
	return false
}

// outbids reports a word of beating another around a mention: "troeft … af", "est doublé par", "te snel af".
func (r *reading) outbids(m *mention) bool {
	for i := max(int(m.first)-4, r.fields[inTitle].from); i < min(int(m.last)+4, r.fields[inTitle].to); i++ {
		if r.tokens[i].among(r.words.outbidding) {
			return true
		}
	}
	return false
}

// manBehind reports a player within four words behind token i of the headline, or a club and his trade.
func (r *reading) manBehind(i int) bool {
	for k := i + 1; k < min(i+5, r.fields[inTitle].to) && (k == i+1 || r.tokens[k].before&colon == 0) && r.tokens[k].before&(comma|stop|semicolon) == 0; k++ {
		if t := &r.tokens[k]; t.is(wRole) && !t.is(wCoach) {
			return true
		}
	}
	return false
}

// suitorsBeside reports a list of clubs in the headline besides a mention.
func (r *reading) suitorsBeside(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o != m && r.tokens[o.first].field == inTitle && r.meansClub(o) {
			if n, first := r.listLength(k); n >= 2 && (r.number(m) < first || r.number(m) >= first+n) {
				return true
			}
		}
	}
	return false
}

// onlySuitor reports the one club of a headline that is interested, where no list is:
// "Transferdoelwit plots in beeld bij Anderlecht".
func (r *reading) onlySuitor(m *mention) bool {
	if r.tokens[m.first].field == inLead && r.onlyClub(m) && r.firstSentence(m) && r.sport.verdict == isFootball {
		return !r.reachesWord(m, r.words.rivalry, 3) // "L'avant-centre serait dans le viseur du Club de Bruges"
	}
	if r.tokens[m.first].field != inTitle || !r.reaches(m, wAt, 1) && !(r.doneBy(m) && r.clubBefore(m)) {
		return false
	}
	if r.reachesWord(m, r.words.rivalry, 3) {
		return false // "krijgt concurrentie van Union"
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; o.subject >= 0 && o.subject != m.subject && r.tokens[o.first].field == inTitle && r.meansClub(o) && r.reaches(o, wCandidates|wAnd, 3) {
			return false
		}
	}
	return true
}

// twoSuitors reports one of the only two clubs of a headline, who both want somebody: "Un milieu du Cerezo dans le viseur de
// Westerlo et de Saint-Trond" is what "Westerlo en STVV azen op middenvelder" is.
func (r *reading) twoSuitors(m *mention) bool {
	n, first := r.listLength(r.number(m))
	if r.tokens[m.first].field != inTitle || n != 2 || !r.reaches(&r.mentions[first], wAt, 2) || r.reachesWord(&r.mentions[first], r.words.rivalry, 3) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if (k < first || k >= first+n) && r.tokens[o.first].field == inTitle && r.meansClub(o) {
			return false
		}
	}
	return true
}

// aimedAt reports the club for which there are candidates: "Zijn er kandidaten om Antwerp over te nemen?".
func (r *reading) aimedAt(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.among(r.words.aims)
}
