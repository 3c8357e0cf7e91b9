package tagging

// reaction reports the opponent in a one-sided piece: a headline with somebody's
// words, in which the club stands behind "tegen" or "na … bij" and somebody else
// of ours comes first.
func (r *reading) reaction(m *mention) bool {
	t := &r.tokens[m.first]
	if t.field != inTitle {
		return false
	}
	if r.decider(m) || r.metAgain(m) || r.weighed(m) {
		return false
	}
	if r.jointly() && !r.erases(m) {
		return false
	}
	if r.lastStraw(m) || r.lostBefore(m) || r.punditSaw(m) || r.discussedAfter(m) || !t.quoted() && (r.opposes(m) || r.aftermath(m) || r.gameAt(m)) && r.othersCoachBefore(m) {
		return true
	}
	if !r.opposes(m) && !r.aftermath(m) {
		return r.placed(m) && r.rated(m) || r.defeatThere(m) || r.clubBefore(m) && r.copes(m)
	}
	if t.quoted() {
		return r.onlyOpposed(m) && r.leadHasOther(m)
	}
	if r.rated(m) || r.followUp(m) || r.clubBefore(m) && r.aftermath(m) && r.titleSays(r.words.incidents) || r.saidBehind(m) || r.behindMatch(m) && r.alone(m) && r.leadHasOther(m) {
		return true // "Gerommel na nederlaag tegen Anderlecht", and in the lead who was beaten
	}
	if !r.speech() || r.toldMatch(m) {
		return false
	}
	if r.behindMatch(m) && r.othersQuoted(m) {
		return true // "euphorique après la victoire contre le Standard : “… à Charleroi”"
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first >= m.first || r.tokens[o.first].field != inTitle {
			break
		}
		if o.subject >= 0 && o.subject != m.subject {
			return true
		}
	}
	return r.onlyIn(inTitle, m) && r.leadHasOther(m)
}

// discussedAfter reports the opponent of the match after which a coach without a club speaks of one side: "Vanhaezebrouck
// mist alternatief bij Genk na 0-2 tegen Union".
func (r *reading) discussedAfter(m *mention) bool {
	k := r.titleCoach()
	if k < 0 || r.mentions[k].first > m.first || r.tokens[m.first].quoted() || r.reg.subjects[r.mentions[k].subject].employed(r.at) {
		return false
	}
	return r.clubBefore(m) && r.aftermath(m) && r.opposes(m) && !r.joinedToName(m)
}

// weighed reports the other side of a match to come whose odds a pundit gives: "Vanhaezebrouck geeft Genk weinig kans tegen
// Club Brugge: “…”".
func (r *reading) weighed(m *mention) bool {
	k := r.titleCoach()
	if k < 0 || !r.clubBefore(m) || !r.reaches(m, wAgainst, 2) || r.behindMatch(m) || r.reg.subjects[r.mentions[k].subject].employed(r.at) {
		return false
	}
	for i := r.fields[inTitle].from; i < int(m.first); i++ {
		if t := &r.tokens[i]; t.among(r.words.odds) && !t.quoted() {
			return true
		}
	}
	return false
}

// onlyOpposed reports a headline that names no clubs but whom somebody meets: "“Tegen Union en Genk moeten we iets extra
// brengen”".
func (r *reading) onlyOpposed(m *mention) bool {
	n, first := r.listLength(r.number(m))
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field != inTitle || o.subject == m.subject || !r.meansClub(o) || k >= first && k < first+n {
			continue
		}
		if !r.opposes(o) {
			return false
		}
	}
	return true
}

// eitherOf reports two clubs of which one will be the opponent of another: "Anderlecht kent tegenstander in bekerfinale:
// Union of Gent".
func (r *reading) eitherOf(m *mention) bool {
	n, first := r.listLength(r.number(m))
	a := &r.mentions[first]
	if r.tokens[m.first].field != inTitle || n != 2 {
		return false
	}
	if !r.inFinal(a) && (!r.clubBefore(a) || !r.titleSays(r.words.opponents) && !r.reaches(a, wAgainst, 2) && !r.reachesWord(a, r.words.awaiting, 2)) {
		return false
	}
	for i := a.last + 1; i < r.mentions[first+1].first; i++ {
		if r.tokens[i].among(r.words.ors) {
			return true
		}
	}
	return false
}

// inFinal reports the first of two clubs at the head of a headline that asks for the opponent of a coach who serves neither:
// "Anderlecht ou l'Antwerp en finale ? Hubert dévoile sa préférence".
func (r *reading) inFinal(a *mention) bool {
	k := r.titleCoach()
	if !r.opensHeadline(a) || k < 0 || !r.titleSays(r.words.finals) {
		return false
	}
	return r.worksElsewhere(&r.mentions[k], a) && r.worksElsewhere(&r.mentions[k], &r.mentions[r.number(a)+1])
}

// awaits reports the next opponent in a clause of its own: "Hasi heeft Anderlecht weer verenigd, maar Union wacht".
func (r *reading) awaits(m *mention) bool {
	next, ahead := r.after(m), r.ahead(m)
	if r.tokens[m.first].field != inTitle || next == nil || next.before&^space != 0 || !next.among(r.words.waits) || !r.clubBefore(m) {
		return false
	}
	return ahead != nil && ahead.among(r.words.turns) && !r.titleHas(wRoundup)
}

// comesNext reports the next visitor in a clause of time: "Kohnen schudt Charleroi wakker voor Genk op bezoek komt",
// "avant que Genk ne débarque".
func (r *reading) comesNext(m *mention) bool {
	ahead := r.preposition(m)
	if r.tokens[m.first].field != inTitle || ahead == nil || !r.clubBefore(m) && !r.othersCoachBefore(m) {
		return false
	}
	if !ahead.among(r.words.untils) && !(ahead.among(r.words.que) && m.first >= 2 && r.reachesWord(m, r.words.ahead, 3)) {
		return false
	}
	for i := int(m.last) + 1; i < min(int(m.last)+5, r.fields[inTitle].to) && r.tokens[i].before&^(space|apostrophe) == 0; i++ {
		if r.tokens[i].among(r.words.visiting) {
			return true
		}
	}
	return false
}

// threatened reports whom a club or a coach means to hurt: "Hayen wil Club Brugge een hak zetten", "Westerlo wil Genk pijn
// doen". Who did hurt another is told by a finite verb.
func (r *reading) threatened(m *mention) bool {
	if r.tokens[m.first].field != inTitle || !r.clubBefore(m) && !r.othersCoachBefore(m) || r.leadHas(wRole|wMarket|wHedge) {
		return false // "wil Charleroi een hak zetten", and both want the same striker
	}
	noun := false
	for i := int(m.last) + 1; i < min(int(m.last)+6, r.fields[inTitle].to) && r.tokens[i].before&(comma|colon|stop) == 0; i++ {
		if noun && r.tokens[i].among(r.words.hurts) {
			return true
		}
		noun = noun || r.tokens[i].among(r.words.hurting)
	}
	return false
}

// defeatThere reports where it was that the club of the lead lost or drew, of which the headline has only somebody's
// words: "Nederlaag in Charleroi zindert na: “Onaanvaardbaar”".
func (r *reading) defeatThere(m *mention) bool {
	return r.placed(m) && r.reaches(m, wWins, 2) && r.opensHeadlineWith(wWins) && r.speech() && r.alone(m) && r.leadHasOther(m)
}

// lostBefore reports the opponent in a noun at the head of the headline, behind whose colon the loser goes on: "Zware
// nederlaag in Genk: Zulte Waregem zoekt antwoorden", "Succès à Malines : Euvrard félicite le Standard".
func (r *reading) lostBefore(m *mention) bool {
	f, next := r.fields[inTitle], r.after(m)
	if next == nil || next.before&colon == 0 || int(m.first)-f.from > 5 || !r.placed(m) {
		return false
	}
	lost, told := false, r.titleCoach() == r.number(m)+1 && (r.speech() || r.titleHas(wSays))
	for i := f.from; i < int(m.first); i++ {
		lost = lost || r.tokens[i].among(r.words.losses) || told && r.tokens[i].is(wWins)
	}
	return lost && r.otherBehind(m)
}

// otherBehind reports another club, or the coach of one, behind a mention in its field.
func (r *reading) otherBehind(m *mention) bool {
	for k := r.number(m) + 1; k < len(r.mentions); k++ {
		o := &r.mentions[k]
		if r.tokens[o.first].field == r.tokens[m.first].field && o.subject >= 0 && o.subject != m.subject && (r.meansClub(o) || r.worksElsewhere(o, m)) {
			return true
		}
	}
	return false
}

// jointly reports a headline that begins with a coach and his club, and tells what comes of their match: "Stijnen en Patro
// staan derde na zege bij Lokeren".
func (r *reading) jointly() bool {
	k := r.titleCoach()
	if k < 0 || r.speech() || r.titleHas(wSays) {
		return false
	}
	n, first := r.listLength(k)
	return n == 2 && r.reaches(&r.mentions[first+1], wAnd, 2) && (r.meansClub(&r.mentions[first]) || r.meansClub(&r.mentions[first+1]))
}

// punditSaw reports the other side of the match in which a coach without a club saw one of them: "Vanhaezebrouck a vu un
// Genk sans idées contre Dender".
func (r *reading) punditSaw(m *mention) bool {
	k := r.titleCoach()
	if k < 0 || r.mentions[k].first > m.first || !r.clubBefore(m) || !r.reaches(m, wAgainst, 2) || r.reg.subjects[r.mentions[k].subject].employed(r.at) {
		return false
	}
	for i := int(r.mentions[k].last) + 1; i < min(int(r.mentions[k].last)+3, int(m.first)); i++ {
		if r.tokens[i].among(r.words.saw) {
			return true
		}
	}
	return false
}

// opensHeadlineWith reports a word of a class at the head of the headline, but for an article or one word that says
// how it is: "Pijnlijke nederlaag".
func (r *reading) opensHeadlineWith(c class) bool {
	f := r.fields[inTitle]
	return f.from < f.to && r.tokens[f.from].is(c) || f.from+1 < f.to && r.tokens[f.from+1].is(c)
}

// decider reports the opponent of a match that decides what the headline tells of the other club in front of it:
// "Dender uitgeschakeld na verlies bij Zulte Waregem", "Lokeren verzekert zich van het behoud na zege tegen Luik".
func (r *reading) decider(m *mention) bool {
	if !r.behindMatch(m) || !r.clubBefore(m) {
		return false
	}
	for i := r.fields[inTitle].from; i < int(m.first); i++ {
		if t := &r.tokens[i]; t.among(r.words.settling) {
			return !t.quoted()
		}
	}
	return false
}

// othersCoachBefore reports a coach in front of a club in the headline that is not his.
func (r *reading) othersCoachBefore(m *mention) bool {
	coach := r.titleCoach()
	if coach < 0 || r.mentions[coach].first > m.first {
		return false
	}
	if r.matchInClause(m, r.mentions[coach].last) {
		return false
	}
	s, club := &r.reg.subjects[r.mentions[coach].subject], r.reg.subjects[m.subject].topic
	his := s.tenure(r.at)
	return his != "" && his != club && !s.servesAround(club, r.at)
}

// gameAt reports the opponent in "zwaar duel in Mechelen", "blikt vooruit op Anderlecht", "tegengoal in slotfase bij Lommel",
// of whom the lead does not tell.
func (r *reading) gameAt(m *mention) bool {
	ahead := r.preposition(m)
	if ahead == nil || !ahead.is(wInside) && !ahead.among(r.words.visits) || r.titleHas(wDerby) || r.treated(m) {
		return false
	}
	return r.reachesWord(m, r.words.games, 3) || r.reachesWord(m, r.words.previews, 2) || r.reachesWord(m, r.words.concessions, 4) || r.scoreOf(m)
}

// scoreOf reports the score of which somebody thinks something, in front of the host: "geniet van 0-1 bij KV Mechelen".
func (r *reading) scoreOf(m *mention) bool {
	for i := range r.scores {
		if s := &r.scores[i]; s.valid && s.token > 0 && s.token == m.first-3 {
			t := &r.tokens[s.token-1]
			return t.among(r.words.genitives) || t.among(r.words.about) || t.is(wAfter)
		}
	}
	return false
}

// matchInClause reports that a clause of its own, behind a name, tells a club's match:
// "Taravel n'a pas de baguette magique : Anderlecht cale face à La Louvière".
func (r *reading) matchInClause(m *mention, name int32) bool {
	told, club := false, false
	for i := m.first; i > name; i-- {
		t := &r.tokens[i]
		told = told || i < m.first && t.is(wWins) && !t.quoted()
		if o := r.mentionAt(i); o != nil && o != m {
			club = club || r.meansClub(o)
		}
		if t.before&(colon|stop) != 0 {
			return told && club
		}
	}
	return false
}

// aftermath reports where it happened that somebody speaks of: "na 0-3 op de Freethiel".
func (r *reading) aftermath(m *mention) bool {
	if !r.placed(m) || r.reaches(m, wAnd, 1) {
		return false
	}
	found := false
	r.back(m, 9, func(_ int, t *token) bool {
		found = t.is(wAfter) || t.among(r.words.despite)
		return !found
	})
	return found && !r.justLeftBy(m)
}

// justLeftBy reports the club of these weeks of the coach in front of it who speaks of his farewell: "Milkon doorbreekt
// stilte na ontslag bij Dender: “…”".
func (r *reading) justLeftBy(m *mention) bool {
	k := r.titleCoach()
	if k < 0 || r.mentions[k].first > m.first || !r.reachesWord(m, r.words.farewells, 3) {
		return false
	}
	return r.linked(&r.mentions[k], m)
}

// followUp reports the opponent of before in a headline about what one side does or says about
// it: "Eupen remercie son entraîneur après la gifle reçue à Lokeren". What the match means for
// the table is news of both.
func (r *reading) followUp(m *mention) bool {
	if r.scoreIn(inTitle) || !((r.titleHas(wSays|wOfficial|wHires) || r.titleSays(r.words.fans)) && r.behindMatch(m)) && !r.copes(m) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; o.first < m.first && r.tokens[o.first].field == inTitle && o.subject >= 0 && o.subject != m.subject && r.meansClub(o) {
			return true
		}
	}
	return false
}

// copes reports the opponent of the match that one side digests: "STVV put moed uit zege op Genk", "Gent likt de wonden na
// nederlaag tegen Genk".
func (r *reading) copes(m *mention) bool {
	over := false
	r.back(m, 6, func(i int, t *token) bool {
		over = t.is(wWins) && i > r.fields[inTitle].from && r.drawnFrom(i-1)
		return !over
	})
	return over && r.titleSays(r.words.coping) || r.erases(m)
}

// erases reports the opponent of the match that one side wants to forget or to make good: "wil de afstraffing in Westerlo
// doorspoelen", "veut effacer la gifle reçue à Dender".
func (r *reading) erases(m *mention) bool {
	lost, verb := false, false
	r.back(m, 6, func(_ int, t *token) bool {
		verb = lost && t.among(r.words.erasing)
		lost = lost || t.is(wWins)
		return !verb
	})
	for i := int(m.last) + 1; lost && !verb && i < min(int(m.last)+4, r.fields[inTitle].to) && r.tokens[i].before&^space == 0; i++ {
		verb = r.tokens[i].among(r.words.erasing)
	}
	return verb
}

// drawnFrom reports "na", "uit" or "op" at token i or in front of an article there: "moed uit de zege".
func (r *reading) drawnFrom(i int) bool {
	if t := &r.tokens[i]; t.is(wArticle) && !t.is(wAt|wAfter) && i > r.fields[t.field].from {
		i--
	}
	return r.tokens[i].is(wAfter) || r.tokens[i].among(r.words.sources)
}

// rated reports the opponent in the marks of one side's players: "Les notes d'Anderlecht après le
// naufrage à Malines".
func (r *reading) rated(m *mention) bool {
	if !r.titleHas(wOpinion) || !r.titleSays(r.words.marks) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; o.first < m.first && r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject {
			return true
		}
	}
	return false
}

// lastStraw reports the opponent of the match that cost somebody his job: "Nederlaag op Beerschot
// geeft doorslag: Muslic is niet langer trainer".
func (r *reading) lastStraw(m *mention) bool {
	bench := r.titleHas(wCoach|wHires|wOfficial) || r.titleCoach() >= 0
	return bench && r.reaches(m, wWins, 3) && (r.titleSays(r.words.straws) || r.costsJob(m))
}

// costsJob reports the opponent of the match that a coach behind it pays for: "Verlies tegen Standard kost Vandenbroeck de kop",
// "La défaite de trop à Gand pour Riga"; not what it costs his club.
func (r *reading) costsJob(m *mention) bool {
	k, f := r.titleCoach(), r.fields[inTitle]
	if k < 0 && !r.titleHas(wCoach) || k >= 0 && (r.mentions[k].first < m.first || r.linked(&r.mentions[k], m)) {
		return false
	}
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].among(r.words.costs) {
			return r.onlyIn(inTitle, m)
		}
	}
	return false
}

// behindMatch reports a club of a match that is over: "na de nederlaag tegen Gent".
func (r *reading) behindMatch(m *mention) bool {
	after := false
	r.back(m, 7, func(i int, t *token) bool {
		after = t.is(wWins) && r.played(i)
		return !after
	})
	return after
}

// toldMatch reports a headline that begins with a club and tells its match before anybody
// speaks: "AA Gent begint met thuiszege tegen Westerlo, Vanhaezebrouck: “…”". What comes "na"
// the match is told by one side.
func (r *reading) toldMatch(m *mention) bool {
	f := r.fields[inTitle]
	opens := -1
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field == inTitle && r.meansClub(o) && o.subject != m.subject && !r.compound(o) && int(o.first)-f.from <= 1 {
			opens = int(o.last)
		}
	}
	if opens < 0 {
		return false
	}
	told := false
	for i := opens + 1; i < int(m.first); i++ {
		t := &r.tokens[i]
		if t.is(wAfter) || t.quoted() || t.before&colon != 0 {
			return false
		}
		told = told || t.is(wWins)
	}
	return told
}

// othersQuoted reports that the headline has the other clubs only in somebody's words, and one at least.
func (r *reading) othersQuoted(m *mention) bool {
	quoted := false
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && o.subject != m.subject && r.meansClub(o) {
			if quoted = r.tokens[o.first].has(doubleQuoted); !quoted {
				return false
			}
		}
	}
	return quoted
}

// leadHasOther reports that the lead names another club: the one whose man speaks.
func (r *reading) leadHasOther(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o.subject != m.subject && r.meansClub(o) && r.inLeadOf(o) {
			return true
		}
	}
	return false
}

// alone reports the only name of a headline.
func (r *reading) alone(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; o != m && o.subject >= 0 && r.tokens[o.first].field == inTitle {
			return false
		}
	}
	return true
}

// speakersClub reports "Verhaeghe (Club Brugge) over …": the club of who speaks in a
// headline that names no club otherwise, or that begins with him, or of who gives its words at the
// head of the lead.
func (r *reading) speakersClub(m *mention) bool {
	if !r.speech() && !r.titleHas(wSays) {
		return false
	}
	begins, heads := r.labelsSpeaker(m), r.tokens[m.first].field == inTitle
	if heads && begins || !heads && !(begins && r.speech()) {
		return heads
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if t := &r.tokens[o.first]; t.field == inTitle && r.meansClub(o) && !t.has(bracketed) && !r.opposes(o) && (heads || !t.quoted()) {
			return false
		}
	}
	return true
}

// labelsSpeaker reports the club behind the name that a field begins with, and what he says behind it: "Vitinho
// (Cercle) bevestigt dat …", not the first of a list.
func (r *reading) labelsSpeaker(m *mention) bool {
	from := r.behindWords(m)
	if n := int(m.first) - from; n < 1 || n > 4 || r.tokens[m.first].before&opensParen == 0 {
		return false
	}
	for i := from; i < int(m.first); i++ {
		if t := &r.tokens[i]; !t.has(capital) && !t.is(wParticle) || i > from && t.before&^(space|hyphen|apostrophe) != 0 {
			return false
		}
	}
	next := r.after(m)
	return next != nil && next.before&(closesParen|comma) == closesParen && (!next.is(wAnd) || next.among(r.words.alsos))
}

// behindWords returns where the name of who speaks begins in the field of a mention: behind his words and a colon, or at the beginning.
func (r *reading) behindWords(m *mention) int {
	from := r.fields[r.tokens[m.first].field].from
	for i := int(m.first) - 1; i > from; i-- {
		if r.tokens[i].before&colon != 0 {
			if r.tokens[i-1].has(doubleQuoted) {
				return i
			}
			break
		}
	}
	return from
}

// onlyQuoted reports a club that stands in the headline only in somebody's words,
// while another club, or another club's coach, stands outside them: whose man he is,
// or of whom he speaks.
func (r *reading) onlyQuoted(m *mention) bool {
	if t := &r.tokens[m.first]; t.field != inTitle || !t.has(doubleQuoted) {
		return false
	}
	if r.metInLead(m) {
		return false
	}
	if ahead := r.ahead(m); ahead != nil && ahead.word != 0 && (ahead.word == r.words.naar || ahead.word == r.words.vers) {
		return false // "Ik wil naar Genk"
	} else if ahead != nil && ahead.among(r.words.greetings) {
		return false // "Proficiat, Beerschot"
	}
	outside := false
	for k := range r.mentions {
		o := &r.mentions[k]
		t := &r.tokens[o.first]
		if t.field != inTitle || t.has(doubleQuoted) || o.subject < 0 {
			continue
		}
		if o.subject == m.subject {
			return false
		}
		outside = outside || r.meansClub(o) && !r.opposes(o) || r.worksElsewhere(o, m)
	}
	return outside
}

// metInLead reports a club of the headline whom the club or the coach meets that the lead begins with: "“Malines pourrait
// être le plus difficile”", and "Les Buffalos se rendent à Malines". Behind "tegen" and after the match it is one line.
func (r *reading) metInLead(m *mention) bool {
	if ahead := r.preposition(m); ahead != nil && ahead.is(wAgainst|wAfter) || r.tellsWinner(inLead) || r.scoreIn(inLead) {
		return false
	}
	opens := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if r.tokens[o.first].field != inLead || o.subject < 0 {
			continue
		}
		if opens && o.subject == m.subject {
			return r.sameSentence(r.fields[inLead].from, int(o.first)) && r.preposition(o) != nil
		}
		if opens = opens || r.opensLead(o) && o.subject != m.subject; !opens {
			return false
		}
	}
	return false
}

// worksElsewhere reports a coach who serves another club than the one mentioned.
func (r *reading) worksElsewhere(coach, club *mention) bool {
	s := &r.reg.subjects[coach.subject]
	if !s.coach() {
		return false
	}
	his := s.tenure(r.at)
	return his.Type() == "club" && his != r.reg.subjects[club.subject].topic
}
