package tagging

// sport is what decides whether an item is about football at all. The names of
// clubs are also those of towns, hockey clubs and basketball clubs, so this comes
// before any of them is believed.
type sport struct {
	football int // points for football
	other    int // points for another sport
	outside  int // points for other news
	weak     int // of football's points, those that other sports may share
	common   int // and those of words that make football of a text unless it has another sport's
	ground   int // and those of grounds, at which other things happen
	section  section
	verdict  sportVerdict
}

type sportVerdict uint8

const (
	unclear sportVerdict = iota // names that need football stay mute
	isFootball
	isNews  // other news: only names that are surely a club's count
	isOther // another sport
)

// Points. Their sizes matter only against one another: one sure word makes
// football of a text about which nothing else is known, two words of other news
// unmake it, the publisher's own rubric is worth three sure words.
const (
	pointsSure     = 2 // a word of football, of another sport or of other news
	pointsWeak     = 1 // a word of sport
	pointsName     = 3 // a name that is surely a club's, or a compound like Genk-spits
	pointsSection  = 6
	pointsScore    = 2
	footballEnough = 2
	weakMost       = 3 // weak words add no more than this
	outsideMost    = 3 // nor words of other news, when there is football to outweigh
	bodyMost       = 4 // nor do words of the body
)

func (r *reading) football() bool { return r.sport.verdict == isFootball }

// decideSport weighs rubric, words, names and scores.
func (r *reading) decideSport() {
	s := &r.sport
	s.section = r.sectionOf()
	switch {
	case s.section == footballSection:
		s.football += pointsSection
	case s.section == otherSportSection:
		s.other += 2 * pointsSection
	case s.section == newsSection && r.source.scope != "football":
		s.outside += pointsSection / 2
	}
	if r.source.scope == "football" {
		s.football += pointsSection
	}
	if r.otherSportLabel() {
		s.other += 2 * pointsSection
	}
	r.weighWords()
	r.weighNames()
	if r.stampedOfficial() {
		s.football += pointsSure
	}
	if s.football-s.weak-s.ground > r.sectionPoints()*2 {
		// Police and mayors are part of football news; its own words decide.
		s.outside = min(s.outside, outsideMost)
	}
	for _, sc := range r.scores {
		switch {
		case sc.basket:
			s.other += 2 * pointsSure
		case sc.handball && r.fieldHas(r.tokens[sc.token].field, wWins):
			s.other += 2 * pointsSure
		case sc.valid && s.other == 0: // hockey has the same scores
			s.football += pointsScore
		}
	}
	switch {
	case r.otherSportWins():
		s.verdict = isOther
	case s.football-s.outside >= r.enough():
		s.verdict = isFootball
	case s.outside > s.football:
		s.verdict = isNews
	}
}

// otherSportWins reports that what speaks for another sport outweighs what speaks for football and nothing else. One word
// does not outweigh a sure name, "Club Brugge haalt dokter bij wielerploeg", but it does a rubric.
func (r *reading) otherSportWins() bool {
	s := &r.sport
	football := s.football - s.weak - s.common - r.sectionPoints()
	return s.other > 0 && (s.other > football || s.other == football && football == r.sectionPoints())
}

// otherSportLabel reports "Handbal: …", "BNXT League : …": the headline says itself what it is about,
// whatever rubric it stands in.
func (r *reading) otherSportLabel() bool {
	f := r.fields[inTitle]
	for i := f.from + 1; i < min(f.to, f.from+labelMost+1); i++ {
		if r.tokens[i].before&(colon|stop) != 0 {
			return r.tokens[i-1].is(wOtherSport) && !r.tokens[i-1].has(doubleQuoted)
		}
	}
	return false
}

// stampedOfficial reports "OFFICIEEL: …", "Officiel : …": so the sports pages head what is signed.
func (r *reading) stampedOfficial() bool {
	f := r.fields[inTitle]
	return f.from+1 < f.to && r.tokens[f.from].among(r.words.officially) && r.tokens[f.from+1].before&colon != 0
}

// enough is how many points make football of a text: more when they are all of
// words and names that other news has as well ("Virton: un joueur de loto gagne").
func (r *reading) enough() int {
	if r.sport.football > r.sport.weak {
		return footballEnough
	}
	return footballEnough + 1
}

// sectionPoints is what rubric and publisher alone gave to football. Words of
// another sport need not outweigh them: football sites write about other sports
// now and then, but three sure words of football are no accident.
func (r *reading) sectionPoints() int {
	n := 0
	if r.sport.section == footballSection {
		n += pointsSection
	}
	if r.source.scope == "football" {
		n += pointsSection
	}
	return n / 2
}

func (r *reading) weighWords() {
	s := &r.sport
	weak, body := 0, 0
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.classes&(wFootball|wBall|wForeign|wOtherSport|wElsewhere|wBelgium) == 0 {
			continue
		}
		if t.field == inBody {
			if t.is(wFootball) && body < bodyMost {
				body++
			}
			continue
		}
		switch {
		case t.is(wOtherSport):
			s.other += pointsName
			if t.has(doubleQuoted) {
				s.other -= pointsWeak // “Het was een bokswedstrijd”: so it felt
			}
			if t.among(r.words.play) {
				s.other += 2 * pointsSection
			}
		case t.is(wFootball):
			s.football += pointsSure
			if t.is(wBall) {
				s.common += pointsSure // hockey has its "speeldag" too
			}
		case t.is(wElsewhere):
			s.outside += pointsSure
		case t.is(wBall | wForeign):
			weak++
		case t.is(wBelgium) && r.plays(i):
			weak += pointsName // other teams of the country have matches too
		}
	}
	if r.titleHas(wBelgium) && !r.titleHas(wCoefficient) && s.outside == 0 && (r.squadInTitle() || r.titleHas(wTournament)) {
		s.football += pointsSure
		s.weak += pointsSure
	}
	if r.benchOfTown() {
		weak += pointsSure
	}
	if words, end, _ := r.singleSpan(); end && words == r.fields[inTitle].to && words >= quoteLeast {
		weak += 2 // a whole headline in single quotes: so the transfer sites write
	}
	if r.contractUntil() || r.pointsTaken() {
		weak += pointsSure
	}
	if r.signsAcross() {
		weak += pointsName
	}
	if r.priced() || r.titleHas(wForeign) && r.titleHas(wWins) && s.outside == 0 && r.clubInTitle(-1) { // "Barcelona te sterk voor Gent"
		weak += pointsName
	}
	s.weak += min(weak, weakMost) * pointsWeak
	s.football += s.weak + body
}

// The points that can be had in some rounds: three a round, so many in two rounds and in a season.
const (
	pointsRound = 3
	fewRounds   = 2
	mostRounds  = 40
)

// pointsTaken reports a headline with the points that a side took of those it could have: "19 op 21", "2/12".
func (r *reading) pointsTaken() bool {
	f := r.fields[inTitle]
	for i := f.from; i+1 < f.to; i++ {
		took, of := &r.tokens[i], &r.tokens[i+1]
		if i+2 < f.to && of.among(r.words.outOf) {
			of = &r.tokens[i+2]
		} else if !of.joined(slash) {
			continue
		}
		if r.counts(i) && of.among(r.words.roundPoints) {
			return true // "tien op twaalf"; four in ten are a survey
		}
		rounds := of.value / pointsRound
		if took.has(number) && of.has(number) && took.value <= of.value && of.value%pointsRound == 0 && rounds >= fewRounds && rounds <= mostRounds {
			return true
		}
	}
	return false
}

// contractUntil reports a headline with somebody's contract and the year it runs to, "Odjidja
// prolonge à Gand jusqu'en 2023": a sportsman's, of whatever sport. A town prolongs things too,
// but not at a town.
func (r *reading) contractUntil() bool {
	f := r.fields[inTitle]
	signed := false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if signed && t.has(number) && t.end-t.start == 4 && r.until(i) {
			return true
		}
		signed = signed || i > f.from && i+1 < f.to && t.among(r.words.contracts) &&
			r.tokens[i-1].has(capital) && r.tokens[i+1].is(wAt)
	}
	return false
}

// priced reports a headline with an offer for a man or his transfer: "bod van 3 miljoen op Yuma Suzuki", "offre pour Jean Dupont",
// "duidelijk over transfer Van Damme".
func (r *reading) priced() bool {
	f, bid := r.fields[inTitle], -1
	for i := f.from; i+1 < f.to; i++ {
		t, next := &r.tokens[i], &r.tokens[i+1]
		switch {
		case t.among(r.words.offered):
			bid = i
		case bid >= 0 && i-bid <= bidReach && t.among(r.words.forMan) && r.nameLength(i+1) >= 2:
			return true
		}
		if t.among(r.words.transfers) && next.before == space && (next.is(wParticle) && next.has(capital) || r.nameLength(i+1) >= 2) && !next.is(wPlace) {
			return true
		}
	}
	return false
}

// bidReach is how many words may stand between an offer and the man it is for: "bod van 3 miljoen euro op".
const bidReach = 5

// signsAcross reports a headline in which somebody leaves one of our towns and signs at another: "quitte Saint-Trond et
// signe à Anderlecht".
func (r *reading) signsAcross() bool {
	if !r.titleHas(wLeft) {
		return false
	}
	towns, signed := 0, false
	for k := range r.mentions {
		m := &r.mentions[k]
		claims := r.claims(m)
		if r.tokens[m.first].field != inTitle || len(claims) == 0 || !r.reg.subjects[claims[0].subject].club() {
			continue
		}
		towns++
		signed = signed || r.reaches(m, wAt, 1) && r.reachesWord(m, r.words.signing, 2)
	}
	return towns >= 2 && signed
}

// until reports "tot" or "jusqu'en" before a token.
func (r *reading) until(i int) bool {
	for k := i - 1; k >= max(r.fields[r.tokens[i].field].from, i-2); k-- {
		if r.tokens[k].among(r.words.through) {
			return true
		}
	}
	return false
}

// benchOfTown reports a club that hires or dismisses a trainer in the headline: "Virton limoge son coach",
// "Henrik Solberg nieuwe coach van Genk". Other sports have trainers as well.
func (r *reading) benchOfTown() bool {
	f := r.fields[inTitle]
	trade, hires := false, r.titleHas(wHires|wOfficial|wSuccessor)
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		trade = trade || t.among(r.words.benches)
		hires = hires || t.among(r.words.another) || r.nameLength(i) >= 2
	}
	return trade && hires && r.sport.outside == 0 && r.clubInTitle(-1)
}

// score is two numbers that may be the result of a match.
type score struct {
	token    int32 // the first number
	valid    bool  // a football score
	basket   bool  // too high for football
	handball bool  // too high for football, too low for basketball: or somebody's age, or a year
}

// The highest number of a football score, and the lowest of a basketball score; between them are those of
// handball.
const (
	footballMost = 15
	basketLeast  = 40
	basketMost   = 180
)

// findScore looks at a number and the one joined to it: "2-1", "1:7". Dates,
// seasons ("2025-26"), formations ("4-3-3") and clock times are not scores.
func (r *reading) findScore(i int) {
	t := &r.tokens[i]
	if i+1 >= len(r.tokens) || i > 0 && r.tokens[i-1].field == t.field && r.tokens[i-1].has(number) && t.before&(hyphen|colon|dash|slash|stop) != 0 && t.before&space == 0 {
		return
	}
	next := &r.tokens[i+1]
	if next.field != t.field || !next.has(number) || next.before&(hyphen|colon|dash) == 0 || next.before&(slash|comma|stop|opens|closes|opensParen) != 0 {
		return
	}
	if next.before&space != 0 && next.before&dash == 0 {
		return
	}
	// The time of a kick-off: two figures behind a colon.
	if next.before&colon != 0 && next.end-next.start == 2 {
		return
	}
	if i+2 < len(r.tokens) {
		if third := &r.tokens[i+2]; third.field == t.field && third.has(number) && third.before&(hyphen|dash|slash|colon) != 0 && third.before&space == 0 {
			return // a formation or a date
		}
	}
	a, b := t.value, next.value
	s := score{token: int32(i)} //nolint:gosec // G115
	switch {
	case a <= footballMost && b <= footballMost && t.end-t.start <= 2 && next.end-next.start <= 2:
		s.valid = true
	case a >= basketLeast && b >= basketLeast && a <= basketMost && b <= basketMost:
		s.basket = true
	case a > footballMost && b > footballMost && a < basketLeast && b < basketLeast && b != a+1: // but "seizoen 26-27"
		s.handball = true
	default:
		return
	}
	r.scores = append(r.scores, s)
}
