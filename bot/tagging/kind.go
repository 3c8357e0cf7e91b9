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
	case r.speechQuotes(), r.answered():
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
	case r.analysed(), r.interviewed(), r.coachSees(), r.coachColon(), r.ownWords():
		return subscriptions.Quote
	case r.feature(), r.wonders():
		return subscriptions.Other
	case r.leadOpensSpeech():
		return subscriptions.Quote
	}
	return subscriptions.Fact
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

func (r *reading) isRoundup() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(wRoundup) && !r.tokens[i].quoted() {
			return true
		}
	}
	return r.manyClubs() || r.manyResults() || r.manyClauses() || r.rubric()
}

// manyClauses reports three pieces of news between semicolons.
func (r *reading) manyClauses() bool {
	f, n := r.fields[inTitle], 0
	for i := f.from + 1; i < f.to; i++ {
		if t := &r.tokens[i]; t.before&semicolon != 0 && !t.quoted() {
			n++
		}
	}
	return n >= 2
}

// manyResults reports two scores or more among three clubs or more: the evening of a
// division. A headline with one club is about that one, with two about their match.
func (r *reading) manyResults() bool {
	scores := 0
	for i := range r.scores {
		if s := &r.scores[i]; s.valid && r.tokens[s.token].field != inBody {
			scores++
		}
	}
	if scores < 2 {
		return false
	}
	clubs, inHeadline := 0, 0
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field == inBody || !r.meansClub(m) || r.namedBefore(k) {
			continue
		}
		clubs++
		if r.tokens[m.first].field == inTitle {
			inHeadline++
		}
	}
	return clubs >= 3 && inHeadline != 1 && inHeadline != 2
}

// manyClubs reports a headline that names four clubs or more: it sums up.
func (r *reading) manyClubs() bool {
	n := 0
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field == inTitle && r.meansClub(m) && m.stance == plain && !r.namedBefore(k) {
			n++
		}
	}
	return n >= 4
}

func (r *reading) namedBefore(k int) bool {
	for i := range k {
		if r.mentions[i].subject == r.mentions[k].subject {
			return true
		}
	}
	return false
}

// declared reports a headline that begins with an official cue: "OFFICIEEL",
// "Officiel :", "BREAKING".
func (r *reading) declared() bool {
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
	title, soft, market, asks := false, false, false, false
	lead, leadSoft, leadMarket, leadDeal := false, false, false, false
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		if t.field == inTitle {
			market = market || t.is(wMarket)
			asks = asks || t.before&question != 0
			if t.is(wHedge) && !t.has(doubleQuoted) && !r.followsUp(i) {
				soft = true
				title = title || !t.is(wSoft)
			}
			continue
		}
		leadMarket = leadMarket || t.is(wMarket)
		leadDeal = leadDeal || t.is(wMarket) && !t.is(wRole)
		if t.is(wHedge) && !t.has(doubleQuoted) {
			leadSoft = true
			lead = lead || !t.is(wSoft)
		}
	}
	ends := endsAsking(r.item.Title)
	asks = asks || ends
	leaves := false
	if f := r.fields[inTitle]; f.to > f.from {
		leaves = r.tokens[f.from].among(r.words.parting)
		if r.tokens[f.from].is(wOpinion) || r.titleSays(r.words.live) {
			asks, ends = false, false // "Comment la RAAL s'est métamorphosée ?" is asked to be told
		}
	}
	switch {
	case title:
		return openly
	case asks && leaves:
		return softly // "Vertrekt Burgess bij Union?"
	case soft && (market || asks || leadDeal && !r.settled()), asks && (market || lead) || ends && leadMarket, lead && market && !r.settled():
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
	return endsAsking(r.item.Title) && !r.titleSays(r.words.live) && !r.titleMatch() && len(r.scores) == 0
}

// endsAsking reports a headline that ends with a question mark, whatever a site writes behind it: blanks,
// quotation marks, its own name behind a bar.
func endsAsking(title string) bool {
	if i := strings.LastIndex(title, " | "); i > 0 {
		title = title[:i]
	}
	return strings.HasSuffix(strings.TrimRightFunc(title, func(c rune) bool { return unicode.IsSpace(c) || c == '\'' || c == '"' }), "?")
}

// settled reports an act that is told as done in the headline.
func (r *reading) settled() bool { return r.titleHas(wOfficial) }

// attributed reports news, neither official nor a statement, that the lead gives as somebody else's from
// its first word: "Selon Sacha Tavolieri". When it is a coach's it is his opinion.
func (r *reading) attributed() bool {
	f := r.fields[inLead]
	if f.from == f.to || !r.football() || r.settled() || r.reported() {
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
	return r.football() && (r.titleHas(wSays) || r.viewOfCoach() || r.sparesNobody())
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

// viewOfCoach reports "Pour Hein Vanhaezebrouck, …": what follows is what he thinks.
func (r *reading) viewOfCoach() bool {
	f := r.fields[inTitle]
	if f.from == f.to || !r.tokens[f.from].among(r.words.views) {
		return false
	}
	k := r.titleCoach()
	if k < 0 || int(r.mentions[k].first) != f.from+1 {
		return false
	}
	next := r.after(&r.mentions[k])
	return next != nil && next.before&comma != 0
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

// opinionPiece reports a text that calls itself one.
func (r *reading) opinionPiece() bool {
	if r.opinionAddress() {
		return true
	}
	if f := r.fields[inLead]; f.to > f.from && r.tokens[f.from].is(wOpinion) {
		return true
	}
	f := r.fields[inTitle]
	return f.to > f.from && r.tokens[f.from].is(wOpinion) && f.to > f.from+1 && r.tokens[f.from+1].before&(colon|stop) != 0
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
		if t := &r.tokens[i]; t.is(wYouth|wWomen|wTournament|wForeign|wUnited|wCoefficient|wNation) || r.federationAt(i) || t.is(wBelgium) && r.plays(i) {
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
		for i := f.from; i < min(f.from+4, f.to); i++ {
			if r.tokens[i].is(wOpinion) {
				return true
			}
		}
		return false
	}
	return (r.source.scope == "news" || r.source.scope == "football") && r.sport.section != otherSportSection
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
	return next != nil && next.before&colon != 0
}

// speechLeast is how many words in quotation marks at the head of a lead are somebody's words and no title.
const speechLeast = 5

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

// fitness reports news of who is injured or fit again, in which "mogelijk" and "zou" are no gossip of the market.
func (r *reading) fitness() bool {
	if !r.titleOrLeadSays(r.words.injuries) && !r.outOfAction() {
		return false
	}
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		if t := &r.tokens[i]; t.is(wMarket) && !t.is(wRole) {
			return false
		}
	}
	return true
}

// outOfAction reports "buiten strijd", "aan de kant" in the headline.
func (r *reading) outOfAction() bool {
	f := r.fields[inTitle]
	for i := f.from + 1; i < f.to; i++ {
		if r.tokens[i].among(r.words.sidelines) && (r.tokens[i-1].is(wArticle) || r.tokens[i-1].among(r.words.outside)) {
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
	if !r.tokens[i].among(r.words.succeeds) || strings.Contains(r.item.Title, "?") && !endsAsking(r.item.Title) {
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

// rubric reports a headline that begins with the name of a competition and tells of two matches of it: "BNXT League:
// Mechelen pakt scalp, ook Oostende wint".
func (r *reading) rubric() bool {
	f := r.fields[inTitle]
	head := -1
	for i := f.from + 1; i < min(f.from+5, f.to); i++ {
		if r.tokens[i].before&colon != 0 {
			head = i
			break
		}
	}
	if head < 0 || !r.competition(head-1) || r.settled() || r.titleSays(r.words.winners) {
		return false
	}
	for i := head + 1; i < f.to; i++ {
		if t := &r.tokens[i]; t.before&comma != 0 && !t.quoted() && !t.has(bracketed) {
			return true
		}
	}
	return false
}

// competition reports a name of a competition that ends at a token: "Premier League", "Coupe de Belgique".
func (r *reading) competition(i int) bool {
	from := r.fields[inTitle].from
	if r.tokens[i].among(r.words.competitions) {
		return i > from && !r.tokens[i-1].among(r.words.nights) && !r.tokens[max(from, i-2)].among(r.words.nights)
	}
	return i > from+1 && r.tokens[i].is(wBelgium) && r.tokens[from].among(r.words.trophies)
}
