package tagging

import (
	"strings"
	"unicode"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// findKind says what sort of news an item is. The order matters: a poll or a
// round-up is one whatever it quotes; an official act wins over hedges; the
// publisher's own quote marks win over words; and what hedges is a rumour before
// it is anything else, because a rumour must never be called a fact.
func (r *reading) findKind() subscriptions.Kind {
	switch {
	case r.isPoll():
		return subscriptions.Poll
	case r.isRoundup():
		return subscriptions.Roundup
	case r.declared():
		return subscriptions.Fact
	case r.hearsayQuotes():
		return subscriptions.Rumour
	case r.opinionPiece():
		return subscriptions.Other
	case r.attributed():
		return subscriptions.Rumour
	case r.actBeforeWords():
		return subscriptions.Fact
	case r.speechQuotes() && !r.townsWords(), r.answered():
		return subscriptions.Quote
	case r.overheard():
		return subscriptions.Rumour
	}
	switch hedge := r.hedged(); {
	case hedge == openly && r.saidFirst():
		return subscriptions.Quote
	case hedge == openly:
		return subscriptions.Rumour
	case r.playedBeforeWords():
		return subscriptions.Fact
	case r.reported():
		return subscriptions.Quote
	case hedge == softly:
		return subscriptions.Rumour
	case r.analysed(), r.interviewed(), r.coachSees(), r.onlookerSees(), r.coachColon(), r.ownWords():
		return subscriptions.Quote
	case r.speculates(), r.undone(), r.supposedInLead():
		return subscriptions.Rumour
	case r.feature(), r.wonders(), r.source.scope == "magazine" && !r.tellsAct():
		return subscriptions.Other
	case r.leadOpensSpeech():
		return subscriptions.Quote
	}
	return subscriptions.Fact
}

// tellsAct reports a headline that says what somebody did or how a match ended.
func (r *reading) tellsAct() bool {
	return r.scoreIn(inTitle) || r.titleHas(wOfficial|wDone|wHires|wWins|wLeft|wDestination|wLeague|wPrize) || r.titleSays(r.words.returns) || r.leadHas(wOfficial)
}

// isPoll reports a headline that begins with "POLL" or a lead that asks for
// votes. The question under every article of some sites is none.
func (r *reading) isPoll() bool {
	for f := inTitle; f <= inLead; f++ {
		for i := r.fields[f].from; i < min(r.fields[f].from+2, r.fields[f].to); i++ {
			if r.tokens[i].is(wPoll) {
				return true
			}
		}
	}
	return r.pollBehind()
}

// pollBehind reports a question in the headline and the call to answer it behind: "…? Stem mee".
func (r *reading) pollBehind() bool {
	f := r.fields[inTitle]
	asked := f.to
	for i := f.from + 1; i < f.to; i++ {
		if r.tokens[i].before&question != 0 {
			asked = i
		}
		if i >= asked && i < asked+4 && r.tokens[i].is(wPoll) {
			return true
		}
	}
	return false
}

// declared reports a headline that begins with an official cue: "OFFICIEEL",
// "Officiel :", "BREAKING".
func (r *reading) declared() bool {
	if r.stamp&wOfficial != 0 {
		return true
	}
	f := r.fields[inTitle]
	for i := f.from; i < min(f.from+2, f.to); i++ {
		t := &r.tokens[i]
		if !t.is(wOfficial) {
			continue
		}
		if t.has(shouted) && !t.quoted() {
			return true
		}
		if i+1 < f.to && t.before&begins != 0 && r.tokens[i+1].before&(colon|stop) != 0 && r.tokens[i+1].before&question == 0 {
			return true
		}
	}
	return false
}

// quoteLeast is how many words in single quotes are more than a nickname or a
// title.
const quoteLeast = 3

// hearsayQuotes reports the house style of the transfer sites: a headline, or its
// end, in single quotes.
func (r *reading) hearsayQuotes() bool {
	if r.source.quotes == "quote" {
		return false
	}
	words, end, verb := r.singleSpan()
	if words < quoteLeast || !end {
		return false
	}
	return r.source.quotes == "rumour" || r.football() && r.item.Source != "" && r.source.quotes == "" && verb
}

// singleSpan measures the longest span in single quotes of the headline: its
// words, whether it ends the headline, and whether a verb stands in it.
func (r *reading) singleSpan() (words int, end, verb bool) {
	f := r.fields[inTitle]
	n, v := 0, false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if !t.has(singleQuoted) || t.has(doubleQuoted) {
			n, v = 0, false
			continue
		}
		n++
		v = v || t.is(wVerb|wBall|wOfficial|wHedge)
		if n >= words {
			words, end, verb = n, i == f.to-1, v
		}
	}
	return words, end, verb
}

// actBeforeWords reports an act that is done, and somebody's words about it behind: "Kompany
// verlengt bij Bayern: “Ik ben trots”".
func (r *reading) actBeforeWords() bool {
	f := r.fields[inTitle]
	act := false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		switch {
		case t.has(doubleQuoted):
			return act && t.before&colon != 0
		case t.is(wSays | wHedge), t.before&(stop|question) != 0 && i > f.from:
			return false
		}
		act = act || t.among(r.words.acts) || r.newBench(i)
	}
	return false
}

// hedge is how unsure the outlet itself is.
type hedge uint8

const (
	sure hedge = iota
	softly
	openly
)

// hedged says how unsure the outlet is. Words of intention ("wil", "akkoord",
// "candidat") hedge only in talk of transfers and benches.
func (r *reading) hedged() hedge {
	if !r.football() || r.fitness() {
		return sure
	}
	title, soft, market, man, asks := false, false, false, false, false
	lead, leadSoft, leadMarket, leadDeal := false, false, false, false
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		if t.field == inTitle {
			market = market || t.is(wMarket) && !r.clubComes(i)
			man = man || r.footballer(i)
			asks = asks || t.before&question != 0
			if t.is(wHedge) && !t.has(doubleQuoted) && !t.has(bracketed) && !r.followsUp(i) {
				soft = true
				title = title || t.is(wOpen)
			}
			continue
		}
		leadMarket = leadMarket || t.is(wMarket)
		leadDeal = leadDeal || t.is(wMarket) && !t.is(wRole)
		if t.is(wHedge) && !t.has(doubleQuoted) {
			leadSoft = true
			lead = lead || t.is(wOpen)
		}
	}
	ends := endsAsking(r.headline)
	asks = asks || ends
	leaves := false
	if f := r.fields[inTitle]; f.to > f.from {
		leaves = r.tokens[f.from].among(r.words.parting)
		if r.tokens[f.from].is(wOpinion) || f.from+1 < f.to && r.tokens[f.from+1].is(wOpinion) || r.liveReport() {
			asks, ends = false, false // "Comment la RAAL s'est métamorphosée ?" is asked to be told
		}
	}
	switch {
	case title:
		return openly
	case !man && r.titleSays(r.words.confirming):
		return sure // "Lommel bevestigt grote plannen met miljoenen"
	case asks && leaves, soft && r.titleCoach() >= 0 && r.titleSays(r.words.exits):
		return softly // "Vertrekt Burgess bij Union?", "Hasi devrait finalement rester"
	case soft && (market || man || asks || leadDeal && !r.settled()), asks && (market || lead) || ends && leadMarket, lead && market && !r.settled():
		return softly
	case asks && leadSoft && market, lead && leadMarket && !r.settled():
		return softly
	}
	return sure
}

// wonders reports a question that the headline ends with and that no match of the hour answers: "Wat is
// er aan de hand bij Standard?"
func (r *reading) wonders() bool {
	if i := r.fields[inTitle].from + 2; i < r.fields[inTitle].to && r.tokens[i].before&colon != 0 {
		return false // the name of a column: "Under Review: …?"
	}
	return endsAsking(r.headline) && !r.liveReport() && !r.titleMatch() && len(r.scores) == 0 && !r.fitness() &&
		!(r.titleHas(wWins) && r.titleHas(wAgainst)) && !r.titleSays(r.words.meetings)
}

// endsAsking reports a headline that ends with a question mark, whatever signs a site writes behind it.
func endsAsking(title string) bool {
	if i := strings.LastIndex(title, "? ("); i > 0 && strings.HasSuffix(title, ")") {
		return true
	}
	return strings.HasSuffix(strings.TrimRightFunc(title, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '?' }), "?")
}

// settled reports an act that is told as done in the headline.
func (r *reading) settled() bool { return r.titleHas(wOfficial) }

// attributed reports news, neither official nor a statement, that the lead gives as somebody else's from
// its first word: "Selon Sacha Tavolieri". When it is a coach's it is his opinion.
func (r *reading) attributed() bool {
	f := r.fields[inLead]
	if f.from == f.to || !r.football() || r.settled() {
		return false
	}
	believed := f.from+2 < f.to && r.tokens[f.from].word != 0 && r.tokens[f.from].word == r.words.a && r.tokens[f.from+2].among(r.words.believing)
	if believed {
		return true // "À en croire Sudpresse"
	}
	if r.reported() {
		return false
	}
	apres := f.from+1 < f.to && r.tokens[f.from+1].word == r.words.apres && r.tokens[f.from].among(r.words.employers) // "D'après L'Équipe"
	if !r.tokens[f.from].among(r.words.according) && !apres {
		return false
	}
	for k := range r.mentions {
		if m := &r.mentions[k]; int(m.first) == f.from+1 && m.subject >= 0 {
			return false
		}
	}
	return true
}

// overheard reports news of the market that the lead has from another paper, whatever
// the headline's verb: "Volgens Het Laatste Nieuws heeft Losada beslist".
func (r *reading) overheard() bool {
	if !r.football() || r.reported() || !r.titleHas(wMarket|wOfficial|wHires) && !r.leadHas(wMarket) {
		return false
	}
	f := r.fields[inLead]
	for i := f.from; i+1 < f.to; i++ {
		if !r.tokens[i].among(r.words.according) {
			continue
		}
		next := i + 1
		for next+1 < f.to && r.tokens[next].is(wArticle) && !r.tokens[next].has(capital) {
			next++
		}
		if r.tokens[next].has(capital) && !r.tokens[next].is(wRole|wCoach) && !r.begun(int32(next)) { //nolint:gosec // G115
			return true
		}
	}
	return false
}

// opinionPiece reports a text that calls itself one.
func (r *reading) opinionPiece() bool {
	if r.opinionAddress() {
		return true
	}
	if f := r.fields[inLead]; f.to > f.from && r.tokens[f.from].is(wOpinion) {
		return true
	}
	f := r.fields[inTitle]
	return f.to > f.from && r.tokens[f.from].is(wOpinion) && f.to > f.from+1 && r.tokens[f.from+1].before&(colon|stop) != 0 || r.namedColumn()
}

// namedColumn reports the name of a column with that of who writes it in front of a colon: "La chronique de Christophe Franken :".
func (r *reading) namedColumn() bool {
	const reach = 6
	f := r.fields[inTitle]
	for i := f.from + 2; i < min(f.from+reach, f.to); i++ {
		if t := &r.tokens[i]; t.before&colon != 0 {
			return r.tokens[f.from].is(wArticle) && r.tokens[f.from+1].is(wOpinion) || r.tokens[f.from].is(wOpinion) && r.tokens[f.from+1].among(r.words.genitives)
		}
	}
	return false
}

// onlySource reports that nothing but the publisher makes the item football: no
// name, no word of it. Football sites also write about television faces.
func (r *reading) onlySource() bool {
	for k := range r.mentions {
		if r.mentions[k].subject >= 0 {
			return false
		}
	}
	for i := range r.fields[inLead].to {
		if t := &r.tokens[i]; t.is(wYouth|wWomen|wTournament|wForeign|wUnited|wCoefficient|wNation|wDerby|wCallUp) || t.among(r.words.finals) || r.federationAt(i) || t.is(wBelgium) && r.plays(i) {
			return false
		}
	}
	return r.sport.football-r.sport.weak <= 2*r.sectionPoints()
}

// opinionAddress reports an address that files the text under opinion or long
// reads.
func (r *reading) opinionAddress() bool {
	if strings.Contains(r.path, "longread") && !r.settled() {
		return true
	}
	for _, part := range [...]string{"opinion", "opinie", "/column", "chronique", "edito", "/blog"} {
		if strings.Contains(r.path, part) {
			return true
		}
	}
	return false
}

// feature reports analysis, background, pictures, and what is not football on a
// general site.
func (r *reading) feature() bool {
	if r.football() && (r.titleHas(wOpinion) || r.history() || r.onlySource()) {
		return true
	}
	if r.football() {
		f := r.fields[inLead]
		for i := f.from; i < min(f.from+4, f.to) && !r.settled(); i++ {
			if r.tokens[i].is(wOpinion) {
				return true
			}
		}
		return false
	}
	return r.source.scope != "" || r.item.URL != ""
}

// speechLeast is how many words in quotation marks at the head of a lead are somebody's words and no title.
const speechLeast = 5

// fitness reports news of who is injured, suspended or fit again, in which "mogelijk" and "zou" are no gossip of the market.
func (r *reading) fitness() bool {
	if !r.injured() && !r.titleSays(r.words.penalties) && !r.outOfAction() {
		return false
	}
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		if t := &r.tokens[i]; t.is(wMarket) && !t.is(wRole) {
			return false
		}
	}
	return true
}

// injured reports an injury in the headline, or in the lead unless it is only why somebody is sought: "na het uitvallen van Roef".
func (r *reading) injured() bool {
	const reach = 2
	for i := range r.fields[inLead].to {
		if !r.tokens[i].among(r.words.injuries) {
			continue
		}
		reason := false
		for k := i - 1; k >= max(r.fields[inLead].from, i-reach); k-- {
			reason = reason || r.tokens[k].is(wAfter)
		}
		if !reason {
			return true
		}
	}
	return false
}

// outOfAction reports "buiten strijd", "aan de kant", "sur la touche" in the headline, and not "in de strijd om" a player.
func (r *reading) outOfAction() bool {
	f := r.fields[inTitle]
	for i := f.from + 1; i < f.to; i++ {
		before := i - 1
		if r.tokens[before].is(wArticle) && before > f.from {
			before--
		}
		if r.tokens[i].among(r.words.sidelines) && r.tokens[before].among(r.words.outside) && (i+1 == f.to || !r.tokens[i+1].among(r.words.aims)) {
			return true
		}
	}
	return false
}

// playedBeforeWords reports a match in the first clause of a headline, and who is glad or angry behind it: "Le Standard
// piégé à La Louvière : Still savoure, Euvrard fulmine".
func (r *reading) playedBeforeWords() bool {
	f := r.fields[inTitle]
	wins, clause := false, false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if t.has(doubleQuoted) {
			return false
		}
		clause = clause || wins && t.before&(comma|colon) != 0
		if t.is(wAfter) || t.before&question != 0 {
			return false
		}
		if t.is(wSays) {
			return clause && r.tokens[i-1].has(capital)
		}
		wins = wins || t.is(wWins)
	}
	return false
}

// followsUp reports "volgt" that goes on with "op": who succeeds somebody is no gossip.
func (r *reading) followsUp(i int) bool {
	if !r.tokens[i].among(r.words.succeeds) || strings.Contains(r.headline, "?") && !endsAsking(r.headline) {
		return false
	}
	for k := i + 1; k < min(i+7, r.fields[r.tokens[i].field].to) && r.tokens[k].before&(comma|colon|stop) == 0; k++ {
		if r.tokens[k].among(r.words.apart) {
			return true
		}
	}
	return false
}

// newBench reports a trade of the bench that somebody gets: "wordt nieuwe bondscoach", "est le nouvel entraîneur".
func (r *reading) newBench(i int) bool {
	from := r.fields[inTitle].from
	if i < from+2 || !r.tokens[i].is(wCoach|wNation) || !r.tokens[i-1].among(r.words.another) {
		return false
	}
	before := i - 2
	if before > from && r.tokens[before].is(wArticle) {
		before--
	}
	return r.tokens[before].among(r.words.copulas)
}
