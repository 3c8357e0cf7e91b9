package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// mention is a name in the text.
type mention struct {
	first, last int32 // tokens
	name        int32
	subject     int32 // whom it means, -1 for nobody
	rule        string
	stance      stance
	adopted     bool // resolved by what else the text says, not by itself
}

// stance is how a mention stands in its sentence.
type stance uint8

const (
	plain stance = iota
	aside        // only mentioned, by the rule in mention.rule
)

// sure reports a name that is its club, team or coach wherever it stands.
func (r *reading) sure(m *mention) bool {
	claims := r.claims(m)
	return len(claims) == 1 && claims[0].safety == catalogue.Safe
}

// claims returns who claims a name in the language of the text.
func (r *reading) claims(m *mention) []claim { return r.reg.names[m.name].byLang[r.language] }

// compound reports a name that is joined to a trade of football: "Genk-spits",
// "Patro-trainer", or to its own agent: "STVV'er".
func (r *reading) compound(m *mention) bool {
	claims := r.claims(m)
	if len(claims) == 0 || claims[0].part != catalogue.PartNone {
		return false
	}
	next := r.after(m)
	switch {
	case next == nil || !next.is(wRole|wCoach) || r.proper(next):
		return false
	case r.language == english && next.before == space:
		return r.tokens[m.last].has(capital) // "Anderlecht supporters"
	case r.language == german && claims[0].safety == catalogue.Word && !r.belgianPublisher():
		return false // "Union-Stürmer": of Berlin
	}
	return next.joined(hyphen)
}

// proper reports a capital inside a sentence, the mark of a name; in German every noun has one.
func (r *reading) proper(t *token) bool {
	return t.has(capital) && r.language != german && !t.before.starts()
}

// after returns the token behind a mention, nil at the end of its field.
func (r *reading) after(m *mention) *token {
	i := int(m.last) + 1
	if i >= r.fields[r.tokens[m.last].field].to {
		return nil
	}
	return &r.tokens[i]
}

// ahead returns the token in front of a mention, nil at the beginning of its field.
func (r *reading) ahead(m *mention) *token {
	i := int(m.first) - 1
	if i < r.fields[r.tokens[m.first].field].from {
		return nil
	}
	return &r.tokens[i]
}

// resolve finds whom each mention means. Sure names come first, because what
// they mean decides about the others.
func (r *reading) resolve() {
	for pass := range 4 {
		for k := range r.mentions {
			m := &r.mentions[k]
			n := &r.reg.names[m.name]
			if m.subject >= 0 || len(r.claims(m)) == 0 {
				continue
			}
			switch pass {
			case 0:
				r.resolveSafe(m)
			case 1, 3: // again: "in Charleroi" waits for the other side of its match
				r.resolvePlace(m, n)
			case 2:
				r.resolveShared(m, n)
			}
		}
		if pass == 1 || pass == 3 {
			r.resolvePeople()
		}
	}
}

// take gives a mention its meaning.
func (r *reading) take(m *mention, subject int32, rule string) {
	m.subject, m.rule = subject, rule
}

func (r *reading) resolveSafe(m *mention) {
	if r.sport.verdict == isOther || r.onlyGround(m) && (r.sport.verdict != isFootball && r.sport.outside > 0 || r.nearGround(m)) {
		return
	}
	if r.sure(m) && !r.namesake(m) {
		r.take(m, r.claims(m)[0].subject, "safe name")
	}
}

// nearGround reports "vlak bij de Planet Group Arena": something else happened there.
func (r *reading) nearGround(m *mention) bool {
	near := false
	r.back(m, 4, func(_ int, t *token) bool {
		near = t.among(r.words.near)
		return !near && t.is(wArticle|wAt|wInside)
	})
	return near
}

// resolvePlace handles names of clubs and teams that need football, or that are
// words.
func (r *reading) resolvePlace(m *mention, n *name) {
	claims := r.claims(m)
	if len(claims) != 1 || claims[0].part != catalogue.PartNone || claims[0].safety == catalogue.Shared {
		return
	}
	c := &claims[0]
	if r.reg.subjects[c.subject].player() {
		return
	}
	switch c.safety {
	case catalogue.Football:
		if r.sport.verdict == isFootball && !r.foreignBearer(m, c.subject) && !(r.town(m) && !r.playedIn(m) && !r.townsClub(m) && !r.filedUnder(m, c.subject)) {
			r.take(m, c.subject, "name in football")
		}
	case catalogue.Word:
		if r.sport.verdict == isFootball && !r.foreignBearer(m, c.subject) && r.wordIsClub(m, c) {
			r.take(m, c.subject, "word as a name")
		}
	case catalogue.Safe, catalogue.Shared, catalogue.Weak:
	}
}

// foreignBearer reports that the text speaks of somebody else who bears the
// name: "Köpenick" makes Union a club of Berlin, and so does "De Berlijners", unless
// ours is named otherwise or plays in Europe. Where a side goes is not where it is from. For the
// national team the rules of devils.go decide.
func (r *reading) foreignBearer(m *mention, subject int32) bool {
	abroad := &r.reg.subjects[subject].foreign
	if subject == r.reg.devils || len(abroad.phrases) == 0 || r.vouchedFor(m, subject) || r.titleOrLeadSays(r.words.nights) {
		return false
	}
	for i := range r.tokens {
		if r.spellsCue(i, abroad) && r.mentionAt(int32(i)) == nil && !r.visitedPlace(i) { //nolint:gosec // G115
			return true
		}
	}
	return false
}

// vouchedFor reports that the text names a club by another of its names, or its coach of the day.
func (r *reading) vouchedFor(m *mention, subject int32) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.name == m.name {
			continue
		}
		for _, c := range r.claims(o) {
			if s := &r.reg.subjects[c.subject]; c.subject == subject || s.coach() && s.tenure(r.at) == r.reg.subjects[subject].topic {
				return true
			}
		}
	}
	return false
}

// visitedPlace reports a place to which somebody goes, or in a headline where he is: "Union wint in Berlijn".
func (r *reading) visitedPlace(i int) bool {
	t := &r.tokens[i]
	if i == r.fields[t.field].from || t.before&^space != 0 {
		return false
	}
	p := &r.tokens[i-1]
	return p.among(r.words.bound) || t.field == inTitle && p.is(wInside|wAt)
}

// town reports a place, by its preposition: "in Gent", "stad Antwerpen". In
// a text that is surely about football, "in Gent" is where they play.
func (r *reading) town(m *mention) bool {
	if r.civic(m) || r.provincial(m) {
		return true
	}
	ahead := r.ahead(m)
	if ahead == nil || r.tokens[m.first].before&(comma|colon|semicolon|stop|opens) != 0 || r.joinedToName(m) || r.onlyGround(m) {
		return false
	}
	return ahead.is(wInside) || ahead.is(wAt) && m.first >= 2 && r.tokens[m.first-2].among(r.words.courts)
}

// provincial reports a town in a text about its amateurs: "Un joueur agressé à Seraing", in P4.
func (r *reading) provincial(m *mention) bool {
	if !r.bareTown(m) {
		return false
	}
	for i := range r.fields[inLead].to {
		if t := &r.tokens[i]; t.among(r.words.provinces) && !t.quoted() {
			return true
		}
	}
	return false
}

// civic reports a town's adjective before a word of other news or of its amateurs: "Brugse
// gemeenteraad", "Genkse provincialer".
func (r *reading) civic(m *mention) bool {
	next := r.after(m)
	if next == nil || !next.is(wElsewhere) && !next.among(r.words.authorities) && !next.among(r.words.courts) && !next.among(r.words.amateurs) || next.before&^space != 0 || next.has(capital) {
		return false
	}
	if k := r.number(m); k > 0 && r.matched(&r.mentions[k-1], m) {
		return false // "Beerschot - Lierse arrêté"
	}
	last := &r.tokens[m.last]
	return strings.HasSuffix(r.text(last.field)[last.start:last.end], "se")
}

// playedIn reports that a match was won or lost in that town: then the town's
// club is the other side.
func (r *reading) playedIn(m *mention) bool {
	f := r.tokens[m.first].field
	if f == inBody || r.sharesTown(m) || !r.givesAway() || f == inLead && (r.titleHas(wSays) || !r.scoreIn(inLead) && !r.tellsWinner(inLead)) || r.civic(m) || r.provincial(m) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o != m && r.tokens[o.first].field == f && (f == inTitle || o.first < m.first && r.firstSentence(m)) && r.meansClub(o) && !claimed(r.claims(m), o.subject) {
			return true
		}
	}
	return false
}

// sharesTown reports the town of two clubs in a text that names the other one: "krijgt klap in Brugge: Cercle wint".
func (r *reading) sharesTown(m *mention) bool {
	for k := range r.mentions {
		claims, t := r.claims(&r.mentions[k]), &r.tokens[m.first]
		if m.first != m.last || len(claims) != 1 || claimed(r.claims(m), claims[0].subject) {
			continue
		}
		if strings.HasSuffix(string(r.reg.subjects[claims[0].subject].topic), "-"+strings.ToLower(r.text(t.field)[t.start:t.end])) {
			return true
		}
	}
	return false
}

// townsClub reports that a town in the headline stands for its club: "Simons verlengt
// in Leuven", or anything in a headline of a paper that writes of nothing but football,
// unless it is about a club abroad or the national team, who only play there. Anywhere it
// does so where the headline has the club's coach: "dat vergeten ze in Genk".
func (r *reading) townsClub(m *mention) bool {
	if r.tokens[m.first].field != inTitle {
		return r.tokens[m.first].field == inLead && (r.townOfCoach(m) || r.fansUnwelcome(inLead) && !r.civic(m))
	}
	if r.civic(m) || r.provincial(m) {
		return false
	}
	if r.titleHas(wRoundup) || r.townOfCoach(m) || r.offeredFrom(m) {
		return true
	}
	for k := range r.mentions {
		if claims := r.claims(&r.mentions[k]); len(claims) > 0 && claims[0].subject == r.reg.devils {
			return false
		}
	}
	if r.tokens[m.first].quoted() && r.sport.section == footballSection && r.aloneInHeadline(m) {
		return true // "“Ik blijf in Gent”: sterkhouder schept duidelijkheid"
	}
	if r.titleSays(r.words.vacancies) && !r.titleHas(wForeign) {
		return true // "Trainersuche in Genk"
	}
	if r.fansUnwelcome(inTitle) && !r.titleHas(wForeign) {
		return true // "Supporters Antwerp niet welkom in Mechelen"
	}
	return r.titleSays(r.words.contracts) || r.titleSays(r.words.dismissal) || r.source.scope == "football" && !r.titleHas(wForeign)
}

// offeredFrom reports the town from where an offer comes for a man of another club: "Standard krijgt bod uit Gent".
func (r *reading) offeredFrom(m *mention) bool {
	i := int(m.first) - 2
	return i > r.fields[inTitle].from && r.tokens[i+1].among(r.words.sources) && r.tokens[i].among(r.words.offers) && r.clubBefore(m)
}

// fansUnwelcome reports supporters who may not come: "Supporters Antwerp niet welkom in Mechelen".
func (r *reading) fansUnwelcome(f field) bool {
	return r.fieldSays(f, r.words.barring) && r.fieldSays(f, r.words.fans)
}

// filedUnder reports a town in the headline of an item that the publisher files under its club.
func (r *reading) filedUnder(m *mention, club int32) bool {
	return r.tokens[m.first].field == inTitle && !r.civic(m) && !r.provincial(m) && r.addressClub() == club
}

// aloneInHeadline reports that no other name of a club or team stands in the headline.
func (r *reading) aloneInHeadline(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if claims := r.claims(o); o != m && r.tokens[o.first].field == inTitle && len(claims) > 0 && claims[0].part == catalogue.PartNone {
			return false
		}
	}
	return true
}

// townOfCoach reports the town, or the word, of the club that a coach in the headline serves; for a town
// in the headline the coach may stand in the lead.
func (r *reading) townOfCoach(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		titled := r.tokens[o.first].field == inTitle || r.tokens[m.first].field == inTitle && r.inLeadOf(o)
		if o.subject < 0 || !titled || !r.reg.subjects[o.subject].coach() {
			continue
		}
		if club, ok := r.reg.byTopic[r.reg.subjects[o.subject].tenure(r.at)]; ok && claimed(r.claims(m), club) {
			return true
		}
	}
	return false
}

// named reports whether another mention surely means a subject.
func (r *reading) named(subject int32, except *mention) bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m != except && m.subject == subject && !m.adopted {
			return true
		}
	}
	return false
}

// wordIsClub decides whether a word ("Club", "Union", "Standard") is written as
// the name of a club: with a capital that the sentence does not ask for, or at
// the beginning of a sentence in the place of a name; and not as the first half of
// another name.
func (r *reading) wordIsClub(m *mention, c *claim) bool {
	t := &r.tokens[m.first]
	if r.compound(m) {
		return true
	}
	if next := r.after(m); next != nil && r.language != german && next.has(capital) && !next.has(shouted) &&
		next.before&(comma|colon|semicolon|stop|dash|slash|opens|closes|opensParen|closesParen|hyphen) == 0 && !r.begun(m.last+1) {
		return false // "Club Deportivo", "Standard Chartered"
	}
	ahead := r.ahead(m)
	isClub := t.word == r.words.club
	if isClub && r.language != dutch && !r.named(c.subject, m) && !r.contracted(m) {
		return false
	}
	if r.language == german || r.language == english {
		return r.named(c.subject, m) || r.belgianCompany(m) || r.wordCompany(m) || r.townOfCoach(m) || !isClub && r.belgianPublisher()
	}
	if !t.before.starts() {
		if isClub && r.language == dutch && ahead != nil && ahead.is(wArticle) && !r.joinedToName(m) {
			return false // "de Club" is a noun with a stray capital
		}
		return true
	}
	// A capital that any word would have here: what follows must be what a club
	// does, or the text must name the club elsewhere.
	if r.named(c.subject, m) || r.joinedToName(m) || r.headsList(m) || r.townOfCoach(m) {
		return true
	}
	next := r.after(m)
	if next == nil {
		return !isClub
	}
	if isClub && t.before&(colon|comma) != 0 && next.is(wAt|wAgainst) && r.otherClub(m, c.subject) {
		return true // "…: Club naar Lissabon, Union ontvangt Bayern"
	}
	if isClub && r.someClub(m) {
		return false // "Club uit Limburg promoveert"
	}
	if isClub && r.leadOfAnother(m, c.subject) {
		return false // "Club verbiedt trommels in tribune", and in the lead which
	}
	if isClub {
		return (next.is(wVerb|wWins) || r.verbal(next)) && (r.source.scope == "football" || r.sport.section == footballSection || r.sport.football >= pointsName || r.titleHas(wMarket))
	}
	return true
}

// someClub reports a word that a headline begins with, and where it comes from: "Club uit Limburg". Out of a cup only the club
// of the name can be: "Club uit de Champions League".
func (r *reading) someClub(m *mention) bool {
	i := int(m.last) + 2
	next := r.after(m)
	if next == nil || next.before != space || !next.among(r.words.sources) || !next.is(wInside) || i >= r.fields[next.field].to {
		return false
	}
	t := &r.tokens[i]
	return t.has(capital) && t.before == space && !t.is(wFootball) && !t.among(r.words.nights)
}

// contracted reports French "au Club", "du Club", which is "le Club" behind a preposition.
func (r *reading) contracted(m *mention) bool {
	ahead := r.ahead(m)
	return r.language == french && ahead != nil && ahead.is(wAt) && ahead.is(wArticle) && r.tokens[m.first].before&^space == 0
}

// leadOfAnother reports a headline without another name and a lead that begins with another club, by
// its sure name, and never names this one.
func (r *reading) leadOfAnother(m *mention, subject int32) bool {
	if r.tokens[m.first].field != inTitle || !r.aloneInHeadline(m) || r.titleHas(wWins|wAgainst) {
		return false
	}
	opens := false
	for k := range r.mentions {
		o := &r.mentions[k]
		claims := r.claims(o)
		if o == m || len(claims) == 0 || claims[0].part != catalogue.PartNone || !r.reg.subjects[claims[0].subject].club() || claims[0].stadium {
			continue
		}
		if claimed(claims, subject) {
			return false
		}
		opens = opens || int(o.first) <= r.fields[inLead].from+1 && r.tokens[o.first].field == inLead
	}
	return opens
}

// otherClub reports another club in the field of a mention.
func (r *reading) otherClub(m *mention, subject int32) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		claims := r.claims(o)
		if r.tokens[o.first].field != r.tokens[m.first].field || len(claims) == 0 || claims[0].subject == subject {
			continue
		}
		if r.reg.subjects[claims[0].subject].club() {
			return true
		}
	}
	return false
}

// verbal reports a Dutch word that looks like a verb of the third person: "Club vangt".
func (r *reading) verbal(t *token) bool {
	const shortest = 4
	text := r.text(t.field)[t.start:t.end]
	return t.before&^space == 0 && !t.has(capital) && len(text) >= shortest && strings.HasSuffix(text, "t") && !t.is(wAt|wArticle|wAnd)
}

// headsList reports a word at the head of a list of clubs: "Club, Cercle en de stad".
func (r *reading) headsList(m *mention) bool {
	k := r.number(m) + 1
	if k == len(r.mentions) {
		return false
	}
	claims := r.claims(&r.mentions[k])
	return len(claims) > 0 && r.reg.subjects[claims[0].subject].club() && r.listed(m, &r.mentions[k])
}

// belgianCompany reports that another club of ours stands in the text: then a
// word that is also a German party or an English noun is the club.
func (r *reading) belgianCompany(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o != m && o.subject >= 0 && r.reg.subjects[o.subject].club() {
			return true
		}
	}
	return false
}

// wordCompany reports a second word that is the name of another club of ours: "Union siegt", and then
// "bei Standard".
func (r *reading) wordCompany(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		claims := r.claims(o)
		if o != m && len(claims) == 1 && claims[0].safety == catalogue.Word && r.reg.subjects[claims[0].subject].club() && !claimed(r.claims(m), claims[0].subject) && r.tokens[o.first].has(capital) {
			return true
		}
	}
	return false
}

// joinedToName reports a match notation: "Club-Gent", "Union - Anderlecht".
func (r *reading) joinedToName(m *mention) bool {
	if next := r.after(m); next != nil && next.before&(hyphen|dash) != 0 && r.begun(m.last+1) {
		return true
	}
	return r.tokens[m.first].before&(hyphen|dash) != 0 && r.ended(m.first-1)
}

// begun reports that a mention begins at a token; ended, that one ends there.
func (r *reading) begun(token int32) bool {
	m := r.mentionAt(token)
	return m != nil && m.first == token && len(r.claims(m)) > 0
}

func (r *reading) ended(token int32) bool {
	m := r.mentionAt(token)
	return m != nil && m.last == token && len(r.claims(m)) > 0
}

// heard is where a cue is heard in an item.
type heard struct {
	cue         *cue
	first, last int32 // tokens; -1 for nowhere
}

// belgianPublisher reports a site of the country, where "Union" in German or English is ours.
func (r *reading) belgianPublisher() bool {
	host := hostOf(r.item)
	for _, end := range [...]string{".be", "grenzecho.net", "belgieninfo.net", "brusselstimes.com", "belganewsagency.eu"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}
