package tagging

import (
	"slices"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// weighNames adds what the names of headline and lead say for football, or against it.
func (r *reading) weighNames() {
	for i := range r.mentions {
		if r.tokens[r.mentions[i].first].field == inBody {
			break
		}
		r.weighName(i)
		r.weighMeeting(i)
	}
}

// weighName adds what one name says by itself.
func (r *reading) weighName(i int) {
	s, m := &r.sport, &r.mentions[i]
	n := &r.reg.names[m.name]
	switch n.decoy {
	case otherSport:
		s.other += pointsName
	case notSport:
		s.outside += pointsSure
	case otherClub:
		s.football += pointsSure
	case noDecoy, otherBearer, otherPerson:
	}
	switch {
	case r.sure(m) && r.onlyGround(m):
		s.football += pointsSure // other things happen there as well
		s.ground += pointsSure
	case r.tokens[m.first].field == inTitle && r.playersOf(m):
		s.football += 2 * pointsName // whatever they do: "Spelers van Gent delen soep uit"
		if !r.sure(m) {
			s.common += 2*pointsName - pointsSure // "Beerschot-doelman": in goal for hockey too
		}
	case r.sure(m), r.coachAndClub(m), r.apposed(m), r.fansBarred(m):
		s.football += pointsName
	case r.compound(m), r.manOf(m), r.weeksWithout(m), r.takesOn(m), r.playsAt(m):
		s.football += pointsName
		s.common += pointsName - pointsSure
	case r.matchAgainst(m):
		s.football += pointsName
		s.common += pointsName
	case n.decoy == otherPerson, r.writtenDevils(m), r.drawn(m), n.rule >= 0 && r.reg.rules[n.rule].both, r.asked(m):
		s.football += pointsSure
	case !r.repeats(i):
		// Hockey and basketball clubs bear these names too: against another
		// sport they weigh nothing.
		points := r.nameMeans(i)
		s.football += points
		if !r.namesPerson(m) {
			s.weak += points
		}
	}
}

// weighMeeting adds what a name says together with the others: that two of them play each other, or that somebody goes from one to
// the other.
func (r *reading) weighMeeting(i int) {
	s, m := &r.sport, &r.mentions[i]
	if k := i + 1; k < len(r.mentions) && r.notation(m, &r.mentions[k]) && !r.townsAtOdds(m, &r.mentions[k]) {
		s.football += pointsName
		s.common += pointsName
		if r.titleSays(r.words.calledOff) {
			s.football += pointsSure // by police, mayors, storms
		}
	}
	if i > 0 && r.clubAgainstClub(i) && !r.townsAtOdds(&r.mentions[i-1], m) {
		s.football += pointsSure
		s.common += pointsSure
	}
	if i > 0 && r.opensAgainst(i) {
		s.football += pointsSure
		if !r.after(&r.mentions[0]).among(r.words.absent) {
			s.weak += pointsSure // but "Patro zonder Bauer naar Virton" is surely a match
		}
	}
	if r.manMoves(i) {
		s.football += pointsName
		s.weak += pointsName
	}
	if i > 0 && r.clubBeatsClub(i) {
		s.football += pointsName
		s.weak += pointsName
	}
}

// nameMeans is what a name that is not sure says for football: a nickname that is
// nothing else is as good as a word of football; a town counts when it does what
// a club does ("Genk betaalt"), a second name of the same club makes it sure, and
// a coach's surname is a hint.
func (r *reading) nameMeans(i int) int {
	m := &r.mentions[i]
	claims := r.claims(m)
	if len(claims) == 0 {
		return 0
	}
	points := 0
	s := &r.reg.subjects[claims[0].subject]
	next := r.after(m)
	acts := next != nil && next.before&^space == 0 && (next.is(wWins|wMarket|wHedge) || claims[0].safety == catalogue.Word && next.is(wHires|wOfficial)) && !r.titleHas(wPrize)
	proper := r.tokens[m.last].has(capital)
	capital := proper || r.tokens[m.first].has(capital)
	colours := r.tokens[m.last].before&ampersand != 0 // "Mauve & Blanc"
	place := (r.tokens[m.first].is(wPlace) || r.tokens[m.last].is(wPlace)) && !colours
	switch {
	case s.coach(), s.player():
		if claims[0].safety == catalogue.Football && !(len(claims) == 1 && r.anotherFirstName(m)) {
			points = pointsWeak
			if r.clubInTitle(i) || s.coach() && s.employed(r.at) && next != nil && next.before&colon != 0 && r.tokens[m.first].before.starts() {
				points = pointsSure // "Gand : Delorge opéré", "Leko: …"
			}
			if s.coach() && s.employed(r.at) && next != nil && next.before&^space == 0 && next.is(wSays|wTeamwork|wOfficial|wHedge) && capital {
				points = pointsSure // "Hasi kiest": a rare name, and what a coach does
			}
			if s.coach() && s.tenure(r.at).Type() == "club" && capital && r.sport.outside == 0 && (r.teamBusiness() || r.staysOn()) {
				points = pointsSure // "Wie moet er bij Leko in doel?"
			}
		}
		return points
	case claims[0].safety == catalogue.Football && capital && !place:
		points = pointsSure + pointsWeak // a nickname that is nothing else
		if r.onlyGround(m) {
			return points
		}
	case acts && capital && !place:
		points = pointsSure
	case acts && capital && next.is(wWins) && !next.is(wBall) && r.sport.outside == 0:
		points = pointsSure // a town may yield too: one more word must speak of sport
	case acts && capital:
		points = pointsWeak
	case claims[0].safety == catalogue.Word && proper && (r.language == french && r.articled(m) || r.labels(m)):
		points = pointsSure // "le Standard", with a capital that the word would not have, "Union : …"
	case r.atClub(m) && capital && r.tokens[m.first].field == inTitle && r.sport.outside == 0:
		points = pointsSure
	case claims[0].safety != catalogue.Football && capital && !r.tokens[m.first].before.starts():
		points = pointsWeak
	}
	for k := range i {
		o := &r.mentions[k]
		if theirs := r.claims(o); o.name != m.name && len(theirs) > 0 && claimed(theirs, claims[0].subject) && len(claims) == 1 && !(r.municipal(m) && r.municipal(o) && !r.titleHas(wWins)) {
			if r.onlyGround(m) || r.besideNickname(m, o) {
				return points + pointsName // a club beside its own ground or its colours
			}
			return points + pointsSure
		}
	}
	return points
}

// besideNickname reports a club in a text that begins with its nickname or its colours: "De malaise bij
// paars-wit: …", and "Anderlecht". In "Kerels stappen door Kortrijk" the town makes no club of the word.
func (r *reading) besideNickname(m, o *mention) bool {
	last := &r.tokens[o.last]
	return !r.municipal(o) && !last.is(wPlace) && last.word != r.tokens[m.last].word && !(r.municipal(m) && r.tokens[o.first].before.starts())
}

// clubInTitle reports a name of the headline, besides a mention, that can be a club's.
func (r *reading) clubInTitle(i int) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if k == i || r.tokens[m.first].field != inTitle || !r.tokens[m.first].has(capital) {
			continue
		}
		if claims := r.claims(m); len(claims) > 0 && r.reg.subjects[claims[0].subject].club() {
			return true
		}
	}
	return false
}

// labels reports a name that a headline begins with and a colon follows.
func (r *reading) labels(m *mention) bool {
	next := r.after(m)
	return next != nil && next.field == inTitle && next.before&colon != 0 && int(m.first) == r.fields[inTitle].from
}

// articled reports a name with an article before it or in it: "le Cercle".
func (r *reading) articled(m *mention) bool {
	if m.last > m.first {
		return r.tokens[m.first].is(wArticle)
	}
	ahead := r.ahead(m)
	return ahead != nil && ahead.is(wArticle) && r.tokens[m.first].before&^(space|apostrophe) == 0
}

// playersOf reports the players of a club, by their trade on the field or as such: "Spelers van Gent",
// "Genk-spelers", "le gardien du Standard".
func (r *reading) playersOf(m *mention) bool {
	next := r.after(m)
	if next != nil && next.joined(hyphen) && next.among(r.words.players) {
		return true
	}
	i, from := int(m.first)-1, r.fields[r.tokens[m.first].field].from
	if i > from && r.tokens[i].is(wAt|wArticle) && r.tokens[m.first].before&^(space|apostrophe) == 0 {
		i--
	}
	if i > from && r.tokens[i].is(wAt|wArticle) {
		i-- // "les joueurs de l'Union"
	}
	return i >= from && r.tokens[i+1].before&^space == 0 && r.tokens[i].among(r.words.players) && r.tokens[m.last].has(capital)
}

// manOf reports "le gardien du Standard", "stadion Union": a man or a thing of a club whose name is no town.
func (r *reading) manOf(m *mention) bool {
	claims := r.claims(m)
	if len(claims) != 1 || !r.reg.subjects[claims[0].subject].club() || !r.tokens[m.last].has(capital) || r.tokens[m.last].is(wPlace) {
		return false
	}
	i, from := int(m.first)-1, r.fields[r.tokens[m.first].field].from
	if i > from && r.tokens[i].is(wAt|wArticle) && r.tokens[m.first].before&^(space|apostrophe) == 0 {
		i--
	}
	return i >= from && r.tokens[i+1].before&^space == 0 && r.tokens[i].is(wRole) && r.tokens[i].is(wBall|wMarket|wFootball)
}

// atClub reports a name behind "bij": what happens in a town happens "in Gent", what happens at the club "bij Gent".
func (r *reading) atClub(m *mention) bool {
	ahead := r.ahead(m)
	return ahead != nil && ahead.word != 0 && ahead.word == r.words.bij && r.tokens[m.first].before == space
}

// playsAt reports the club that a man by name, with whom the headline begins, is at: "Ivo Rodrigues blijft langer bij Gent".
func (r *reading) playsAt(m *mention) bool {
	from := r.fields[inTitle].from
	return r.atClub(m) && r.tokens[m.first].field == inTitle && r.namesClub(m) && r.sport.outside == 0 && r.nameLength(from) >= 2 && from+2 < int(m.first)
}

// weeksWithout reports a name at the head of the headline that is without a man for weeks: "Westerlo weken zonder aanvoerder",
// "Courtrai plusieurs mois sans Jan Peeters". Towns are without water for days.
func (r *reading) weeksWithout(m *mention) bool {
	f, lasts := r.fields[inTitle], false
	if !r.opensHeadline(m) || !r.namesClub(m) || r.sport.outside > 0 {
		return false
	}
	for i := int(m.last) + 1; i+1 < min(int(m.last)+5, f.to) && r.tokens[i].before == space; i++ {
		t, man := &r.tokens[i], &r.tokens[i+1]
		lasts = lasts || t.among(r.words.spans)
		if lasts && t.among(r.words.without) {
			return man.is(wRole) && man.is(wBall|wMarket|wFootball) || r.nameLength(i+1) >= 2
		}
	}
	return false
}

// takesOn reports a name at the head of the headline that gets a footballer, by his people or his trade, or keeps a man by
// name: "Gent haalt Deen", "Malines recrute un gardien danois", "Genk verlengt met Peeters".
func (r *reading) takesOn(m *mention) bool {
	verb, f := r.after(m), r.fields[inTitle]
	if verb == nil || verb.before != space || !verb.is(wOfficial|wHires|wDone) && !verb.among(r.words.dealing) ||
		!r.opensHeadline(m) || !r.namesClub(m) || r.sport.outside > 0 {
		return false
	}
	for i := int(m.last) + 2; i < min(int(m.last)+6, f.to) && r.tokens[i].before&^(space|apostrophe) == 0; i++ {
		switch t, last := &r.tokens[i], i+1 == f.to || r.tokens[i+1].before&^space != 0; {
		case t.among(r.words.footballers):
			return true
		case t.is(wNationality):
			return last || r.tokens[i+1].among(r.words.footballers)
		case t.has(capital):
			return verb.among(r.words.contracts) && (last || r.nameLength(i) >= 2)
		case !t.is(wArticle | wAt):
			return false
		}
	}
	return false
}

// asked reports the club of a poll whose name is no town's: "POLL. Is Standard nog te redden?"
func (r *reading) asked(m *mention) bool {
	return r.tokens[m.first].field == inTitle && r.namesClub(m) && !r.tokens[m.last].is(wPlace) && r.sport.outside == 0 && r.isPoll()
}

// apposed reports a name that is called a club right behind it: "Virton, le club de Flavio Becca, …".
func (r *reading) apposed(m *mention) bool {
	i := int(m.last) + 1
	return i+1 < r.fields[r.tokens[m.last].field].to && r.namesClub(m) && r.tokens[i].before&comma != 0 && r.tokens[i].is(wArticle) && r.tokens[i+1].among(r.words.sides)
}

// matchAgainst reports the club that a match is played against: "laat bekermatch tegen Anderlecht niet
// doorgaan".
func (r *reading) matchAgainst(m *mention) bool {
	i := int(m.first) - 1
	if i > 0 && r.tokens[i].is(wArticle) {
		i--
	}
	return i > r.fields[r.tokens[m.first].field].from && r.namesClub(m) && r.tokens[i].is(wAgainst) && r.tokens[i-1].is(wFootball|wBall) && r.tokens[i].before&^space == 0
}

// fansBarred reports the club whose supporters may not come: "De burgemeester weert fans van Seraing", "Geen supporters van Gent".
func (r *reading) fansBarred(m *mention) bool {
	return r.namesClub(m) && r.fieldSays(r.tokens[m.first].field, r.words.barring) && r.reachesWord(m, r.words.fans, 2)
}

// namesClub reports a name with a capital that can be none but one club's.
func (r *reading) namesClub(m *mention) bool {
	claims := r.claims(m)
	return len(claims) == 1 && r.reg.subjects[claims[0].subject].club() && r.tokens[m.last].has(capital)
}

func (r *reading) namesPerson(m *mention) bool {
	claims := r.claims(m)
	return len(claims) > 0 && (r.reg.subjects[claims[0].subject].coach() || r.reg.subjects[claims[0].subject].player())
}

// townsAtOdds reports two towns in a text with words of other news: "Gent tegen Brugge: strijd om studenten",
// "Charleroi - Liège : le duel des aéroports".
func (r *reading) townsAtOdds(a, b *mention) bool {
	return r.sport.outside > 0 && !r.titleSays(r.words.calledOff) && r.bareTown(a) && r.bareTown(b) && !r.titleHas(wFootball) && !r.leadHas(wFootball)
}

// clubAgainstClub reports a name behind "tegen" that can be a club's, in a text that
// names another one before: each may be a town, but towns do not play one another.
func (r *reading) clubAgainstClub(i int) bool {
	m := &r.mentions[i]
	claims := r.claims(m)
	if len(claims) == 0 || !r.reg.subjects[claims[0].subject].club() || !r.reaches(m, wAgainst|wOpponent, 2) {
		return false
	}
	for k := range i {
		if theirs := r.claims(&r.mentions[k]); len(theirs) > 0 && r.reg.subjects[theirs[0].subject].club() && theirs[0].subject != claims[0].subject {
			return true
		}
	}
	return false
}

// opensAgainst reports the second of two names of clubs of which the first opens the headline and does
// something: "Mechelen zonder Servais naar Genk". Towns seldom do something with one another,
// and when they do it, they do it together.
func (r *reading) opensAgainst(i int) bool {
	m, first := &r.mentions[i], &r.mentions[0]
	ours, theirs := r.claims(m), r.claims(first)
	if r.tokens[m.first].field != inTitle || r.sport.outside > 0 || len(ours) == 0 || len(theirs) == 0 || claimed(theirs, ours[0].subject) || !r.opensSentence(first) ||
		!r.reg.subjects[ours[0].subject].club() || !r.reg.subjects[theirs[0].subject].club() || !r.tokens[m.first].has(capital) || !r.tokens[first.first].has(capital) {
		return false
	}
	verb := r.after(first)
	return verb != nil && verb.before == space && !verb.has(capital) && !verb.is(wAnd)
}

// manMoves reports the club of a man, by his trade, in a headline of a move that has another club: "Le gardien de Malines tout
// proche de Gand".
func (r *reading) manMoves(i int) bool {
	m := &r.mentions[i]
	f := r.fields[inTitle]
	k := int(m.first) - 2
	if r.tokens[m.first].field != inTitle || k < f.from || !r.namesClub(m) || !r.clubInTitle(i) || r.sport.outside > 0 || !r.tokens[k+1].is(wAt) {
		return false
	}
	return r.tokens[k].among(r.words.footballers) && r.titleHas(wMarket|wLeft|wDestination|wCandidates|wHedge|wOfficial)
}

// clubBeatsClub reports the names of two clubs with a winner's verb between, or behind
// both: "Les Loups dévorent les Campinois".
func (r *reading) clubBeatsClub(i int) bool {
	a, b := &r.mentions[i-1], &r.mentions[i]
	ours, theirs := r.claims(a), r.claims(b)
	if len(ours) == 0 || len(theirs) == 0 || claimed(theirs, ours[0].subject) || !r.reg.subjects[ours[0].subject].club() || !r.reg.subjects[theirs[0].subject].club() ||
		r.tokens[a.first].field != r.tokens[b.first].field || b.first-a.last > 9 ||
		r.municipal(a) && r.municipal(b) && (r.sport.outside > 0 || r.titleHas(wPrize|wCompares)) {
		return false
	}
	verb := &r.tokens[a.last+1]
	if verb.before&^space != 0 && !(verb.before&comma != 0 && verb.is(wWins)) || verb.has(capital) {
		return false // but "à Virton, battu à Eupen"
	}
	if verb.is(wAnd) { // "Standard en Genk delen de punten"
		if b.first-a.last > 6 {
			return false
		}
		for i := int(b.last) + 1; i < min(int(b.last)+4, r.fields[r.tokens[b.first].field].to); i++ {
			if r.tokens[i].is(wWins) {
				return !r.municipal(a) || !r.municipal(b)
			}
		}
		return false
	}
	wins := false
	for i := int(a.last) + 1; i < min(int(b.last)+9, r.fields[r.tokens[b.first].field].to); i++ {
		wins = wins || r.tokens[i].is(wWins)
	}
	return wins || b.first-a.last <= 3 && verb.classes&^(wName|wPhrase) == 0 && !r.municipal(a) && !r.municipal(b)
}

// municipal reports a name that is a town's, and not a nickname.
func (r *reading) municipal(m *mention) bool { return r.words.towns[r.tokens[m.last].word] }

// bareTown reports a name that is a town's and nothing more: "La Louvière" and "Saint-Trond", not "KV Kortrijk".
func (r *reading) bareTown(m *mention) bool {
	first := &r.tokens[m.first]
	return r.municipal(m) && (m.first == m.last || first.is(wArticle) || first.among(r.words.saints))
}

// drawn reports the national team beside another country or one of its players in the
// headline, or where they play and train: "Duivels loten Spanje", "Kaarten voor Duivels op de Heizel".
func (r *reading) drawn(m *mention) bool {
	claims := r.claims(m)
	if len(claims) != 1 || claims[0].subject != r.reg.devils || r.tokens[m.first].field != inTitle {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if theirs := r.claims(o); len(theirs) > 0 && r.tokens[o.first].field == inTitle && r.tokens[o.first].has(capital) {
			if s := &r.reg.subjects[theirs[0].subject]; s.player() && s.parent == r.reg.devils {
				return true
			}
		}
	}
	return r.titleHas(wCountry|wTournament) || r.leadHas(wCountry) || r.titleSays(r.words.homes) || r.titleSays(r.words.camps)
}

// repeats reports a name that stood before.
func (r *reading) repeats(i int) bool {
	for k := range i {
		if r.mentions[k].name == r.mentions[i].name {
			return true
		}
	}
	return false
}

// writtenDevils reports the national team written as papers write it: two words with
// capitals, "Rode Duivels", or one in French, "Diables rouges". In quotation marks of its own it is the name of something.
func (r *reading) writtenDevils(m *mention) bool {
	claims, next := r.claims(m), r.after(m)
	if next != nil && next.before&closes != 0 && r.tokens[m.first].before&opens != 0 {
		return false
	}
	return len(claims) == 1 && claims[0].subject == r.reg.devils && m.last > m.first &&
		r.tokens[m.first].has(capital) && (r.tokens[m.last].has(capital) || r.language == french)
}

// notation reports two names of clubs as a match is written: "Charleroi -
// Standard".
func (r *reading) notation(a, b *mention) bool {
	if r.tokens[a.first].field != r.tokens[b.first].field || !r.matched(a, b) {
		return false
	}
	for _, m := range [...]*mention{a, b} {
		claims := r.claims(m)
		if len(claims) == 0 || !r.reg.subjects[claims[0].subject].club() {
			return false
		}
	}
	return true
}

// coachAndClub reports a coach's surname in a text that also has the name of the
// club he serves: neither alone is sure, but together they are no accident.
func (r *reading) coachAndClub(m *mention) bool {
	if claims := r.claims(m); len(claims) > 0 && claims[0].part == catalogue.PartSurname && r.anotherFirstName(m) {
		return false
	}
	for _, c := range r.claims(m) {
		s := &r.reg.subjects[c.subject]
		if !s.coach() || c.safety != catalogue.Football && (c.safety != catalogue.Word || r.aged(m)) && c.safety != catalogue.Shared {
			continue
		}
		bare := c.safety == catalogue.Shared && !r.trade(m) // one of the Stills: only beside the club of the day is it he
		if bare && (!r.tokens[m.last].has(capital) || r.sport.outside > 0) {
			continue
		}
		if !bare && (r.servesPlace(s) || r.besideOldClub(s)) {
			return true
		}
		for k := range r.mentions {
			for _, o := range r.claims(&r.mentions[k]) {
				club := r.reg.subjects[o.subject].topic
				if s.tenure(r.at) == club || c.safety == catalogue.Football && s.justLeft(club, r.at) {
					return true
				}
			}
		}
	}
	return false
}

// besideOldClub reports the nickname of a club that a coach once served, no town: "Vanhaezebrouck", and "les Buffalos".
func (r *reading) besideOldClub(s *subject) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if !r.tokens[m.last].is(wPlace) || r.municipal(m) || !r.tokens[m.last].has(capital) {
			continue
		}
		for _, o := range r.claims(m) {
			if club := &r.reg.subjects[o.subject]; club.club() && s.served(club.topic, r.at) {
				return true
			}
		}
	}
	return false
}

// aged reports a number in brackets behind a name: "Hubert (72)" is somebody's
// first name and age.
func (r *reading) aged(m *mention) bool {
	next, i := r.after(m), m.last+1
	if next == nil || !next.has(number) || next.before&opensParen == 0 {
		return false
	}
	return !slices.ContainsFunc(r.scores, func(s score) bool { return s.token == i }) // "prend la mesure de Kohnen (2-1)"
}
