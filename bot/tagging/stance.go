package tagging

// The names of the rules that make a mention an aside. They are part of the
// evidence, and of the answer to "why".
const (
	ruleFormer      = "former"
	ruleIdentity    = "who somebody is"
	ruleBeaten      = "opponent of before"
	ruleBracket     = "in brackets"
	ruleCompared    = "compared with"
	ruleOpponent    = "next opponent"
	ruleCandidates  = "one of a list"
	ruleReaction    = "opponent in a reaction"
	rulePredecessor = "point of reference"
	ruleKin         = "family"
	rulePoll        = "choice of a poll"
	ruleNotYet      = "not a coach yet"
	ruleNoLonger    = "no coach any more"
	ruleTown        = "where it happened"
	ruleCalledUp    = "club of who was called up"
	ruleQuoted      = "named by who speaks"
)

// How many words a rule looks back. Between "voormalig" and its club stand a
// trade and a preposition or two; a comparison can hold a person as well.
const (
	reachFormer   = 6
	reachCompared = 7
	reachNear     = 3
)

// takeStances decides for each mention how it stands in its sentence.
func (r *reading) takeStances() {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 {
			continue
		}
		rule := r.stanceRule(m)
		if rule == "" && r.reg.subjects[m.subject].club() && r.afterTheirs(k) {
			rule = ruleBeaten
		}
		if rule == "" {
			rule = r.inherited(k)
		}
		if (rule == ruleOpponent || rule == ruleReaction || rule == ruleQuoted || rule == ruleBeaten) && r.coachDiscussed(m) {
			rule = "" // his own: "blikt vooruit naar de wedstrijd OH Leuven tegen KV Kortrijk"
		}
		if r.excused(m, rule) || rule == ruleOpponent && r.stepsIn(m) {
			rule = ""
		}
		if rule != "" {
			m.stance, m.rule = aside, rule
		}
	}
}

// stepsIn reports a coach with his trade behind a comma, who takes over after the match to come is told: "geveld voor duel tegen
// Charleroi, T2 Milicevic neemt over".
func (r *reading) stepsIn(m *mention) bool {
	ahead := r.ahead(m)
	return r.reg.subjects[m.subject].coach() && ahead != nil && (ahead.is(wCoach) || ahead.among(r.words.assistants)) && ahead.before&comma != 0 && r.comesAfter(m)
}

// excused reports an aside that is a subject all the same: the rival of a derby to come, and any club
// that the headline of a round-up names.
func (r *reading) excused(m *mention, rule string) bool {
	switch rule {
	case ruleFormer:
		return r.reg.subjects[m.subject].club() && r.ownPast(m) && r.derbyRival(m) && r.reg.subjects[r.mentions[r.titleCoach()].subject].employed(r.at)
	case ruleOpponent, ruleReaction, ruleQuoted:
		return r.derbyRival(m) || r.tokens[m.first].field == inTitle && (r.titleSays(r.words.lineups) || rule == ruleOpponent && r.tickerHead()) // those of both
	case ruleIdentity, ruleCandidates, ruleCompared, ruleCalledUp:
		if rule == ruleCompared && r.nobodyOpens(r.tokens[m.first].field) {
			return true
		}
		return r.tokens[m.first].field == inTitle && r.reg.subjects[m.subject].club() && r.titleHas(wRoundup)
	}
	return false
}

func (r *reading) stanceRule(m *mention) string {
	s := &r.reg.subjects[m.subject]
	t := &r.tokens[m.first]
	if s.coach() || s.player() {
		return r.personStance(m, s)
	}
	switch {
	case r.offersChoice() && m.subject != r.reg.devils:
		return rulePoll
	case t.has(bracketed) && r.formerly(m, false):
		return ruleFormer
	case t.has(bracketed) && !r.bracketSentence(m) && !r.behindItsCoach(m) && !r.behindHidden(m) && !r.speakersClub(m) && !r.movesFrom(m) && !r.soughtAt(m) && !r.ofProtagonist(m):
		return ruleBracket
	case r.formerly(m, false) && !r.coachDiscussed(m) && !r.metAgain(m) && !(r.towardsOld(m) && !r.titleHas(wSays)) && !r.justDismissed(m) && !r.partsWith(m),
		s.club() && (r.pastOfCoach(m) || r.letGo(m) || r.playedThere(m) || r.missedOut(m) || r.onceTheirs(m) || r.leftBefore(m) || r.coachedThere(m)):
		return ruleFormer
	case s.club() && (r.identifies(m) || r.cheersFor(m) || r.townsman(m)):
		return ruleIdentity
	case s.club() && (r.lastOpponent(m) || r.beatenBefore(m) || r.theirSetback(m)):
		return ruleBeaten
	case r.compared(m) && !r.neitherOf(m), r.denied(m), s.club() && (r.isNot(m) || r.noneOf(m)), r.onlyBetter(m), r.than(m) && (m.subject != r.reg.devils || r.reaches(m, wAt, 2)):
		return ruleCompared // "als Rode Duivel" is what he is, "dan bij de Duivels" is not
	case r.nextUp(m):
		return ruleOpponent
	case r.candidate(m), s.club() && r.outbid(m):
		return ruleCandidates
	case s.club() && r.hostsDevils(m):
		return ruleTown
	case s.club() && (r.reaction(m) || r.toldByOther(m) || r.afterThem(m)):
		return ruleReaction
	case s.club() && (r.toMeet(m) || r.squadFor(m)):
		return ruleOpponent
	case s.club() && r.punished(m):
		return ruleTown
	case s.club() && r.coachsOrigin(m):
		return ruleIdentity
	case s.club() && r.watched(m):
		return ruleTown
	case s.club() && (r.awayGround(m) || r.inTheirTown(m) || r.lentGround(m) || r.badMemory(m)):
		return ruleTown
	case s.club() && r.calledUp(m):
		return ruleCalledUp
	case s.club() && (r.sidelined(m) || r.clubBehind(m) || r.meanwhile(m)):
		return ruleOpponent
	case s.club() && r.ownPast(m):
		return ruleFormer
	case s.club() && r.relativeOf(m):
		return ruleKin
	case s.club() && r.outgrown(m):
		return ruleFormer
	case s.club() && (r.measured(m) || r.drawnLevel(m) || r.emulated(m) || r.pressed(m) || r.likewise(m) || r.exemplary(m)):
		return ruleCompared
	case s.club() && r.onlyQuoted(m):
		return ruleQuoted
	case s.club() && r.onlyGround(m) && (s.youth >= 0 && r.named(s.youth, nil) || s.women >= 0 && r.named(s.women, nil)):
		return ruleTown
	}
	return ""
}

func (r *reading) personStance(m *mention, s *subject) string {
	t := &r.tokens[m.first]
	switch {
	case s.coach() && s.notYet(r.at) && !r.trade(m):
		return ruleNotYet
	case s.coach() && s.noLonger(r.at) && (r.titleNames(m.subject) && !r.trade(m) && !r.movesBench(m) || r.amongPundits(m)):
		return ruleNoLonger
	case r.offersChoice():
		return rulePoll
	case t.has(bracketed):
		return ruleBracket
	case r.kin(m):
		return ruleKin
	case r.likened(m) && !r.ownTeam(m, s), r.than(m), r.runnerUp(m), r.newOne(m), r.denied(m) && r.otherCoachMeant(m),
		s.coach() && r.measuresHim(m):
		return ruleCompared
	case r.formerly(m, true):
		return ruleFormer
	case s.coach() && t.field == inTitle && (r.shortlisted(m) || r.oneOf(m)):
		return ruleCandidates
	case s.coach() && (r.afterHis(m) || r.followed(m) || r.alreadyTold(m) || r.makesWay(m)):
		return rulePredecessor
	case s.coach() && r.doneBy(m) && (r.benchChange() || r.titleCoach() < 0 && r.handedTo(m)):
		return "" // "trainerswissel", and "hij wordt opgevolgd door De Boeck"
	case s.coach() && (r.predecessor(m) && !r.ownTeam(m, s) && !(t.field == inTitle && s.tenure(r.at) == devilsTopic) || r.agent(m)):
		return rulePredecessor
	}
	return ""
}

// movesBench reports a headline that speaks of coaches, or of somebody who is hired, comes, goes or stays: it may
// be about a bench after all. What he himself presents says nothing of that.
func (r *reading) movesBench(m *mention) bool {
	if r.opines(m) {
		return false
	}
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		if r.tokens[i].is(wHires) && !(r.tokens[m.last].field == inTitle && i == int(m.last)+1) {
			return true
		}
	}
	return r.titleHas(wCoach|wNation|wSuccessor|wTakeover) || r.titleSays(r.words.returns) || r.titleSays(r.words.parting) || r.benchStory()
}

// opines reports who says or thinks something about a bench in the headline that begins with him: "Staelens spreekt klare
// taal over nieuwe trainer", "Verheyen ziet ideale trainer voor Gent".
func (r *reading) opines(m *mention) bool {
	next := r.after(m)
	return r.tokens[m.first].field == inTitle && r.tokens[m.first].before.starts() && next != nil && next.before&^space == 0 &&
		!next.has(capital) && (next.is(wSays) || next.among(r.words.opining))
}

// runnerUp reports who comes behind the winner of a prize: "prix d'entraîneur de l'année devant
// Blessin et Geraerts".
func (r *reading) runnerUp(m *mention) bool {
	ahead := r.ahead(m)
	return r.tokens[m.first].field == inTitle && ahead != nil && ahead.among(r.words.ahead) && r.titleHas(wPrize)
}

// back walks from a mention towards the beginning of its clause, at most n
// words, and stops where a mark ends the clause or fn says so.
func (r *reading) back(m *mention, n int, fn func(i int, t *token) (more bool)) {
	from := r.fields[r.tokens[m.first].field].from
	gap := r.tokens[m.first].before
	for i := int(m.first) - 1; i >= from && n > 0; i, n = i-1, n-1 {
		if gap&(comma|colon|semicolon|question|dash|opens|closes|opensParen|closesParen) != 0 || gap.ends() {
			return
		}
		t := &r.tokens[i]
		if !fn(i, t) {
			return
		}
		gap = t.before
	}
}

// reaches reports a word of a class within n words before a mention.
func (r *reading) reaches(m *mention, c class, n int) bool {
	found := false
	r.back(m, n, func(_ int, t *token) bool {
		found = t.is(c)
		return !found
	})
	return found
}

// reachesWord reports one of a few words within n words before a mention.
func (r *reading) reachesWord(m *mention, words []uint32, n int) bool {
	found := false
	r.back(m, n, func(_ int, t *token) bool {
		found = t.among(words)
		return !found
	})
	return found
}

// compared reports a word of comparison before a mention, with no other name between, and no verb to which
// it is the subject: "Net als vorig jaar heeft Gent …".
func (r *reading) compared(m *mention) bool {
	found := false
	r.back(m, reachCompared, func(i int, t *token) bool {
		found = t.is(wCompares) && !r.knockedOut(i) && !r.drawsLevel(i) && !r.counts(i+1)
		return !found && !t.is(wAfter) && !r.ended(int32(i)) && !(r.language == dutch && t.among(r.words.modals)) //nolint:gosec // G115
	})
	return found
}

// counts reports a number at a token: "meer dan 20 jaar", "plus de vingt ans" compares nobody.
func (r *reading) counts(i int) bool {
	t := &r.tokens[i]
	return t.has(number) || t.among(r.words.numerals) || t.among(r.words.tens)
}

// knockedOut reports "se qualifie au détriment de", which tells of a match and compares nobody.
func (r *reading) knockedOut(i int) bool {
	f := r.fields[r.tokens[i].field]
	if i == f.from || !r.tokens[i-1].among(r.words.detriment) {
		return false
	}
	for k := i; k >= f.from && !(k < i && r.tokens[k+1].before.ends()); k-- {
		if r.tokens[k].is(wWins) {
			return true
		}
	}
	return false
}

// likened reports a word of comparison before a person, with no other name between: "doet denken
// aan het werk van Kompany".
func (r *reading) likened(m *mention) bool {
	found := false
	r.back(m, reachNear+1, func(i int, t *token) bool {
		found = t.is(wCompares) && !r.ownRecipe(i, m)
		return !found && !t.has(capital)
	})
	return found
}

// ownRecipe reports a headline that begins with what works for the one coach whom it names: "La recette de Francky Dury",
// "Het recept van Thorup om weer te winnen".
func (r *reading) ownRecipe(i int, m *mention) bool {
	f := r.fields[inTitle]
	return r.tokens[i].field == inTitle && i > f.from && i-f.from <= 2 && r.tokens[i-1].among(r.words.yardsticks) && !r.otherCoachIn(m)
}

// nextUp reports a word of a match to come before a mention, with no other name between.
func (r *reading) nextUp(m *mention) bool {
	if r.playsIt(m) || r.writtenMatch(m) || r.tokens[m.first].field == inTitle && r.clubBefore(m) && r.titleSays(r.words.visitors) {
		return false // "recevra Seraing sans supporters visiteurs" is for the fans of both
	}
	if k := r.number(m); k+1 < len(r.mentions) && r.meansClub(&r.mentions[k+1]) && !r.tokens[r.mentions[k+1].first].before.starts() && r.matched(m, &r.mentions[k+1]) {
		return false // "kijkt uit naar de wedstrijd OH Leuven tegen Kortrijk"
	}
	found := false
	r.back(m, 5, func(i int, t *token) bool {
		found = t.is(wOpponent) && (!t.among(r.words.opponents) || !r.tokens[m.first-1].among(r.words.genitives) || r.tokens[m.first].field == inTitle && r.clubBefore(m))
		return !found && !t.is(wMarket|wAnd) && !r.ended(int32(i)) //nolint:gosec // G115
	})
	return found
}

// writtenMatch reports the first side of a match that the headline writes as one: "à quelques jours de Charleroi - Standard".
func (r *reading) writtenMatch(m *mention) bool {
	k := r.number(m) + 1
	if r.tokens[m.first].field != inTitle || k >= len(r.mentions) || r.tokens[r.mentions[k].first].field != inTitle {
		return false
	}
	return r.meansClub(&r.mentions[k]) && r.matched(m, &r.mentions[k])
}

// playsIt reports the club whose match it is: "met oog op bekermatch van Union".
func (r *reading) playsIt(m *mention) bool {
	ahead := r.preposition(m)
	match := false
	r.back(m, 3, func(_ int, t *token) bool {
		match = t.among(r.words.games)
		return !match && (t == ahead || t.is(wArticle))
	})
	return match && ahead.among(r.words.genitives)
}

// denied reports a name that only says who it is not: "Pas Anderlecht ni Charleroi : …".
func (r *reading) denied(m *mention) bool {
	ahead := r.ahead(m)
	if r.neitherOf(m) || ahead == nil || r.tokens[m.first].field == inBody || r.tokens[m.first].before&^space != 0 || !ahead.among(r.words.denials) {
		return false
	}
	return ahead.before.starts() || ahead.word == r.words.ni
}

// isNot reports the club that somebody says his own is not: "“Wij zijn Antwerp niet”", "“On n'est pas Anderlecht”", "Waarom Club geen
// Genk is".
func (r *reading) isNot(m *mention) bool {
	t, ahead, next := &r.tokens[m.first], r.ahead(m), r.after(m)
	if t.field == inTitle && ahead != nil && ahead.among(r.words.noes) && !r.neitherOf(m) && t.before == space && !t.quoted() && !r.compound(m) && r.clubBefore(m) {
		return true
	}
	if t.field != inTitle || !t.has(doubleQuoted) || ahead == nil {
		return false
	}
	return ahead.among(r.words.being) && next != nil && next.among(r.words.denials)
}

// neitherOf reports one of two subjects of a sentence that says what neither does: "Ni Dender ni Essevee n'ont souri",
// "Noch Johnson noch De Meyer heeft blessures". Before a mark they are answers that are wrong.
func (r *reading) neitherOf(m *mention) bool {
	for _, first := range [...]int{r.number(m) - 1, r.number(m)} {
		if first < 0 || first+1 >= len(r.mentions) || !r.norBetween(first, first+1) {
			continue
		}
		next := r.after(&r.mentions[first+1])
		return next != nil && next.before&^space == 0 && !next.has(capital) && !next.is(wAt|wAnd|wArticle|wAgainst)
	}
	return false
}

// norBetween reports "ni A ni B", "noch A noch B": nothing but the word and an article in front of each of two mentions.
func (r *reading) norBetween(a, b int) bool {
	one, other := r.preposition(&r.mentions[a]), r.preposition(&r.mentions[b])
	return one != nil && other != nil && one.among(r.words.nors) && one.word == other.word && r.mentions[b].first-r.mentions[a].last <= 3
}

// onlyBetter reports "Alleen Club deed beter: …", the measure of another club.
func (r *reading) onlyBetter(m *mention) bool {
	ahead := r.preposition(m)
	if ahead == nil || ahead.field != inTitle || !ahead.before.starts() || !ahead.among(r.words.onlys) {
		return false
	}
	other := !r.onlyIn(inTitle, m) || r.leadHasOther(m)
	for i := int(m.last) + 1; i < r.fields[inTitle].to && r.tokens[i].before&(colon|comma) == 0; i++ {
		if t := &r.tokens[i]; t.among(r.words.better) || other && t.among(r.words.measures) {
			return true
		}
	}
	return false
}

// besideOnly reports the club that is measured by the one which opens the headline: "Alleen Union kreeg minder goals
// tegen dan STVV" is news of STVV.
func (r *reading) besideOnly(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; r.meansClub(o) && o.first < m.first && o.subject != m.subject && r.onlyBetter(o) {
			return true
		}
	}
	return false
}

// newOne reports "de nieuwe Philippe Clement", "c'est le nouveau Gerets", who is somebody else.
func (r *reading) newOne(m *mention) bool {
	ahead, from := r.ahead(m), r.fields[r.tokens[m.first].field].from
	if ahead == nil || !ahead.among(r.words.another) || r.tokens[m.first].before&^space != 0 || int(m.first)-2 < from || !r.tokens[m.first-2].is(wArticle) {
		return false
	}
	return m.last > m.first || int(m.first)-3 >= from && r.tokens[m.first-3].among(r.words.copulas)
}

// otherCoachBehind reports a coach behind a mention in its field: "Niet Still, wel Storck".
func (r *reading) otherCoachBehind(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first > m.last && r.tokens[o.first].field == r.tokens[m.first].field && r.anotherCoach(o, m) {
			return true
		}
	}
	return false
}

// otherCoachMeant reports a coach behind a mention who is not denied as well: "Ni Leko ni Hubert ne sourit" is about both.
func (r *reading) otherCoachMeant(m *mention) bool {
	for k := r.number(m) + 1; k < len(r.mentions); k++ {
		o := &r.mentions[k]
		if r.tokens[o.first].field != r.tokens[m.first].field {
			return false
		}
		if r.anotherCoach(o, m) && !r.denied(o) {
			return true
		}
	}
	return false
}

// both reports "zowel Dender als Standard", "tant Gand que Bruges": the second is no comparison.
func (r *reading) both(m *mention) bool {
	return r.reachesWord(m, r.words.both, 6)
}

// than reports a word of comparison right before the name, or with only a
// preposition or an article between.
func (r *reading) than(m *mention) bool {
	found := false
	r.back(m, 3, func(i int, t *token) bool {
		found = t.is(wThan) && !r.noMeasure(i)
		return !found && t.is(wAt|wArticle) && !t.is(wCoach)
	})
	return found && !r.both(m) && !r.besideOnly(m) && !r.inJob(m)
}

// noMeasure reports a word of comparison that compares nobody: "als" at the head of a sentence is an if, and "niemand minder
// dan", "wat als" are phrases of their own.
func (r *reading) noMeasure(i int) bool {
	t := &r.tokens[i]
	if t.word == r.words.als && t.before.starts() {
		return true
	}
	return i > 0 && (r.tokens[i-1].word == r.words.minder || r.tokens[i-1].word == r.words.wat) || r.then(i)
}

// nobodyOpens reports a field that begins with "niemand", "personne": "Personne ne court plus qu'Anderlecht" is about Anderlecht.
func (r *reading) nobodyOpens(f field) bool {
	from := r.fields[f].from
	return from < r.fields[f].to && r.tokens[from].among(r.words.nobody)
}

// inJob reports "als Genk-coach", "als Club-speler": what somebody is, and like nobody.
func (r *reading) inJob(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	return ahead != nil && ahead.word != 0 && ahead.word == r.words.als && r.compound(m) && next.is(wCoach) && r.coachDiscussed(m)
}

// then reports "dan" behind a name and its verb, which is a time and no comparison: "Club Brugge komt dan bij Cercle op
// bezoek".
func (r *reading) then(i int) bool {
	from := r.fields[r.tokens[i].field].from
	return r.language == dutch && i-2 >= from && r.tokens[i-1].among(r.words.modals) && r.tokens[i-1].before == space && r.ended(int32(i-2)) //nolint:gosec // G115
}

// titleNames reports that the headline names a subject.
func (r *reading) titleNames(subject int32) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == subject && r.tokens[m.first].field == inTitle {
			return true
		}
	}
	return false
}

// bracketSentence reports a whole sentence or a match in brackets, which is more
// than an affiliation: "(direct, Union-Genk 1-0)".
func (r *reading) bracketSentence(m *mention) bool {
	n := 0
	for i := int(m.first); i >= r.fields[r.tokens[m.first].field].from && r.tokens[i].has(bracketed); i-- {
		n++
	}
	for i := int(m.last) + 1; i < r.fields[r.tokens[m.first].field].to && r.tokens[i].has(bracketed); i++ {
		n++
	}
	return n > 8
}

// owns reports the club of a man who is called by it: "Genk-bankzitter", "un joueur du Standard".
func (r *reading) owns(m *mention) bool {
	return r.compound(m) || r.reaches(m, wAt, 2) && r.reaches(m, wRole, 3)
}

// movesFrom reports the club in brackets behind somebody whom the headline moves to another:
// "Bayo (Gand) est prêté à Charleroi".
func (r *reading) movesFrom(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.titleHas(wHedge|wCandidates) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first > m.last && r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject && r.reaches(o, wDestination, 3) {
			return true
		}
	}
	return false
}

// ofProtagonist reports the club in brackets behind the man with whom a headline begins that names no other: "Peeters (Gent) drie
// weken out". Who is called up or gets a prize stands there for himself.
func (r *reading) ofProtagonist(m *mention) bool {
	return r.tokens[m.first].field == inTitle && r.labelsSpeaker(m) && r.onlyIn(inTitle, m) && !r.titleNames(r.reg.devils) &&
		!r.titleHas(wNation|wTournament|wCallUp|wPrize|wForeign|wYouth|wRoundup)
}

// soughtAt reports the club in brackets behind the player whom a club abroad wants: "Burnley sur Noah
// Sadiki (Anderlecht)".
func (r *reading) soughtAt(m *mention) bool {
	return r.tokens[m.first].field == inTitle && r.onlyIn(inTitle, m) && r.titleHas(wForeign) && !r.titleHas(wNation|wTournament|wCallUp|wWins)
}

// behindItsCoach reports "Thorup (Genk)", "Trainer Dave Mattheus (RSCA Women)": the club of the coach who is
// the subject.
func (r *reading) behindItsCoach(m *mention) bool {
	if f := r.fields[inTitle]; r.tokens[m.first].field == inTitle && r.tokens[f.from].is(wCoach) && r.tokens[f.from].before.starts() &&
		int(m.first)-f.from >= 2 && int(m.first)-f.from <= 5 && r.tokens[m.first].before&opensParen != 0 {
		return true
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.last == m.first-1 && o.subject >= 0 && r.tokens[o.first].field == inTitle {
			s := &r.reg.subjects[o.subject]
			return s.coach() && s.tenure(r.at) == r.reg.subjects[m.subject].topic
		}
	}
	return false
}

// behindHidden reports the club in brackets behind the coach whose name the headline keeps back: "JPL-coach in beeld in
// Duitsland", and "Lars Friis (Cercle)".
func (r *reading) behindHidden(m *mention) bool {
	k := r.number(m) - 1
	if k < 0 || !r.inLeadOf(m) || r.mentions[k].last != m.first-1 || r.mentions[k].subject < 0 || !r.hiddenCoach() {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return s.coach() && s.tenure(r.at) == r.reg.subjects[m.subject].topic
}

// opensSentence reports that at most one word stands before a mention in its
// sentence.
func (r *reading) opensSentence(m *mention) bool {
	if r.tokens[m.first].before.starts() {
		return true
	}
	ahead := r.ahead(m)
	return ahead != nil && ahead.before.starts()
}

// matched reports two clubs in match notation: "Gent-Genk", "Union – Anderlecht",
// "STVV vs Genk".
func (r *reading) matched(a, b *mention) bool {
	if b.first == a.last+1 {
		return r.tokens[b.first].before&(hyphen|dash) != 0
	}
	return b.first == a.last+2 && r.tokens[a.last+1].is(wAgainst) ||
		b.first == a.last+3 && r.tokens[a.last+1].is(wAgainst) && r.tokens[a.last+2].is(wArticle) && r.tokens[b.first].before&^(space|apostrophe) == 0
}

// speech reports somebody's words in the headline.
func (r *reading) speech() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].has(doubleQuoted) {
			return true
		}
	}
	return false
}
