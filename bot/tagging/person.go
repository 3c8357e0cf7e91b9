package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// resolvePeople finds the coaches and players behind full names, surnames and
// nicknames.
func (r *reading) resolvePeople() {
	if r.sport.verdict == isOther {
		return
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		n := &r.reg.names[m.name]
		claims := r.claims(m)
		if m.subject >= 0 || len(claims) == 0 || claims[0].part == catalogue.PartNone && !r.reg.subjects[claims[0].subject].player() {
			continue
		}
		r.resolvePerson(m, n)
	}
}

// resolvePerson weighs the bearers of a name against one another. The one who
// is named in full elsewhere wins; then the one whose club or trade stands in the
// text; a bare surname that is also a word needs one of these.
func (r *reading) resolvePerson(m *mention, n *name) {
	claims := r.claims(m)
	if claims[0].part == catalogue.PartSurname && (r.anotherFirstName(m) || r.namesakes(m) || r.relativePlays(m) || r.relativeToldLater(m)) {
		return
	}
	best, bestPoints, tie := int32(-1), 0, false
	for i := range claims {
		c := &claims[i]
		p := r.personPoints(m, n, c)
		switch {
		case p > bestPoints:
			best, bestPoints, tie = c.subject, p, false
		case p == bestPoints && p > 0:
			tie = true
		}
	}
	if best >= 0 && !tie {
		r.take(m, best, "person")
	}
}

// namesakes reports that the text gives the bearer of a bare surname another first
// name elsewhere, and none of ours: "Van Bommel scoort", and then "Thomas van Bommel".
func (r *reading) namesakes(m *mention) bool {
	another := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.name == m.name {
			another = another || o != m && r.anotherFirstName(o)
			continue
		}
		if r.tokens[o.last].word == r.tokens[m.last].word && (r.reg.names[o.name].decoy == otherPerson || r.namesOther(o, m)) {
			another = true
			continue
		}
		for _, c := range r.claims(m) {
			if claimed(r.claims(o), c.subject) {
				return false
			}
		}
	}
	return another
}

// relativePlays reports a headline with the surname of a coach of whom the catalogue knows a namesake, in which that one is
// meant: somebody scores, or the lead goes on with a player or a son. "Maes trapt Ajax voorbij PSV", and then "De flankspeler …".
// Not so where the headline speaks of somebody else too, or the text of his own side.
func (r *reading) relativePlays(m *mention) bool {
	s := &r.reg.subjects[r.claims(m)[0].subject]
	if len(s.entry.Lookalikes) == 0 || !s.coach() || r.tokens[m.first].field != inTitle || r.trade(m) || r.titleHas(wNation|wCoach) ||
		r.namedInFull(m) || r.servesNamed(s) || r.servesPlace(s) || r.othersInTitle(m) {
		return false
	}
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		if t := &r.tokens[i]; t.among(r.words.feats) && !t.quoted() {
			return true
		}
	}
	f := r.fields[inLead]
	for i := f.from; i < min(f.from+3, f.to); i++ {
		if t := &r.tokens[i]; t.is(wKin) || t.among(r.words.footballers) {
			return true
		}
	}
	return false
}

// relativeToldLater reports the surname of a coach in a headline under which the lead calls him somebody's family: "Jonge Ferrera
// debuteert", and "Zijn oom Yannick Ferrera keek toe".
func (r *reading) relativeToldLater(m *mention) bool {
	if r.tokens[m.first].field != inTitle || r.trade(m) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if !r.inLeadOf(o) || int(o.first)-2 < r.fields[inLead].from || !r.tokens[o.first-1].is(wKin) || !r.tokens[o.first-2].among(r.words.possessives) {
			continue
		}
		for _, c := range r.claims(m) {
			if claimed(r.claims(o), c.subject) {
				return true
			}
		}
	}
	return false
}

// othersInTitle reports a second person of the catalogue in the headline, or the national team in headline or lead.
func (r *reading) othersInTitle(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		claims := r.claims(o)
		if o == m || len(claims) == 0 || r.tokens[o.first].field == inBody {
			continue
		}
		if claims[0].subject == r.reg.devils || r.tokens[o.first].field == inTitle && r.namesPerson(o) && o.name != m.name {
			return true
		}
	}
	return false
}

// namesOther reports that a mention is the full name of somebody who is no bearer of
// the surname that another mention has.
func (r *reading) namesOther(full, surname *mention) bool {
	theirs := r.claims(full)
	return len(theirs) == 1 && theirs[0].part == catalogue.PartFull && !claimed(r.claims(surname), theirs[0].subject)
}

// says reports a word with a capital in title or lead.
func (r *reading) says(word uint32) bool {
	for i := range r.fields[inLead].to {
		if word != 0 && r.tokens[i].word == word && r.tokens[i].has(capital) {
			return true
		}
	}
	return false
}

// personPoints says how much speaks for one bearer of a name; 0 is not enough.
func (r *reading) personPoints(m *mention, n *name, c *claim) int {
	s := &r.reg.subjects[c.subject]
	football := r.sport.verdict == isFootball
	points := 0
	if r.named(c.subject, m) {
		points += 8
	}
	if r.trade(m) && s.coach() {
		points += 4
	} else if s.coach() && football && r.speaksOfCoaches(m) && s.employed(r.at) {
		points++ // headline or lead speaks of coaches, and he is one on that day
	}
	if s.coach() && s.employed(r.at) && r.besideCoach(m) {
		points += 4
	}
	if c.part == catalogue.PartFirst && football && r.byFirstNameAlone(m) {
		points += 4
	}
	current := subscriptions.Topic("")
	if s.coach() {
		current = s.tenure(r.at)
		switch {
		case r.servesNamed(s), r.servesPlace(s):
			points += 4
		case current == devilsTopic && r.aboutNation():
			points += 4
		case football && r.tokens[m.first].field == inTitle && !s.employed(r.at) && r.benchVacant():
			points += 4
		case football && r.tokens[m.first].field == inTitle && !s.employed(r.at) && r.servedNamed(s) && (r.titleHas(wCoach) || r.leadHas(wCoach)):
			points += 4 // "Maes opnieuw coach van Lokeren"
		case football && r.atWork(m, current):
			points += 4
		}
	}
	if s.player() && !s.person.At(r.at) {
		points--
	}
	if n.rule >= 0 {
		for i := range r.reg.rules[n.rule].cues {
			k := &r.reg.rules[n.rule].cues[i]
			if r.hears(k, m) {
				if k.subject < 0 {
					return 0
				}
				if k.subject == c.subject {
					points += 4
				}
				break
			}
		}
	}
	switch c.safety {
	case catalogue.Safe:
		if r.namesake(m) {
			return 0
		}
		points += 6
	case catalogue.Football:
		if !football {
			return 0
		}
		points += 2
		if current != "" {
			points++
		}
	case catalogue.Word, catalogue.Shared:
		if !football && points < 8 {
			return 0
		}
		if current != "" && points > 0 {
			points++
		}
		if s.player() && football {
			points++
		}
	case catalogue.Weak:
		return 0
	}
	return points
}

// atWork reports the surname of a coach in office at one of ours, in a headline of a paper that writes of football which lets him speak or
// tells what coaches do, "Simons: “…”", "Bruno onder druk", and names no club whose man he could be as well.
func (r *reading) atWork(m *mention, club subscriptions.Topic) bool {
	if _, ours := r.reg.byTopic[club]; !ours || r.tokens[m.first].field != inTitle || r.source.scope != "football" && r.sport.section != footballSection || r.titleHas(wForeign|wCountry) || r.speaksOfClub() {
		return false
	}
	return r.opensHeadline(m) && r.speech() || r.titleHas(wTeamwork) || r.titleSays(r.words.coaching)
}

// speaksOfClub reports that headline or lead names a club, understood or not.
func (r *reading) speaksOfClub() bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if claims := r.claims(o); r.tokens[o.first].field != inBody && len(claims) > 0 && r.reg.subjects[claims[0].subject].club() {
			return true
		}
	}
	return false
}

// byFirstNameAlone reports somebody whom the headline calls by his first name: "Hein voorspelt", "Hein sabelt Genk neer".
func (r *reading) byFirstNameAlone(m *mention) bool {
	next := r.after(m)
	if next == nil || next.before&^space != 0 {
		return false
	}
	return next.is(wSays) || r.opensHeadline(m) && r.tokens[m.first].field == inTitle && !next.has(capital)
}

// benchVacant reports news of a bench that waits for somebody: "trainerszoektocht", "tussenpaus".
func (r *reading) benchVacant() bool {
	return r.titleOrLeadSays(r.words.vacancies)
}

// aboutNation reports that headline, lead or address speak of the national team: "/diablesrouges/".
func (r *reading) aboutNation() bool {
	folder, _ := r.devilsFolder()
	return folder != "" || r.titleHas(wNation|wTournament|wCallUp) || r.leadHas(wNation) || r.squadPlayer() >= 0
}

// speaksOfCoaches reports that the headline speaks of coaches, or the lead does of whom the headline
// names: "Clement schrijft geschiedenis", and "Een Belgische trainer die …".
func (r *reading) speaksOfCoaches(m *mention) bool {
	return r.titleHas(wCoach|wNation) || r.tokens[m.first].field == inTitle && r.leadHas(wCoach)
}

// adult is the age under which nobody coaches.
const adult = 18

// namesake reports somebody who only bears a coach's name: with another trade before it ("schepen
// Jan Ceulemans"), as a child ("Timmy Simons (9)"), or in other news where nothing but the name is football.
func (r *reading) namesake(m *mention) bool {
	s := &r.reg.subjects[r.claims(m)[0].subject]
	if s.coach() && r.aged(m) && r.after(m).value < adult {
		return true
	}
	if !s.coach() || r.sport.verdict == isFootball || r.trade(m) {
		return false
	}
	if ahead := r.ahead(m); ahead != nil && r.tokens[m.first].before&^space == 0 && ahead.among(r.words.trades) {
		return true
	}
	return r.sport.verdict == isNews && r.sport.football <= pointsName && (r.titleHas(wElsewhere) || r.leadHas(wElsewhere))
}

// servesNamed reports that the text names a club or team that a coach serves on
// the day, or served or will serve within some weeks of it.
func (r *reading) servesNamed(s *subject) bool {
	for i := range s.entry.Tenures {
		if club := s.entry.Tenures[i].Club; club != "" && r.clubNamed(club) && s.servesAround(club, r.at) {
			return true
		}
	}
	return false
}

// servedNamed reports that the text names a club that a coach has served.
func (r *reading) servedNamed(s *subject) bool {
	for i := range s.entry.Tenures {
		if club := s.entry.Tenures[i].Club; club != "" && r.clubNamed(club) && s.served(club, r.at) {
			return true
		}
	}
	return false
}

// servesPlace reports that the text names the club abroad that a coach serves on
// the day.
func (r *reading) servesPlace(s *subject) bool {
	for i := range s.entry.Tenures {
		if w := s.places[i]; w != 0 && s.entry.Tenures[i].At(r.at) && r.says(w) {
			return true
		}
	}
	return false
}

// clubNamed reports whether the text names a club or team by a name that is
// already understood.
func (r *reading) clubNamed(t subscriptions.Topic) bool {
	i, ok := r.reg.byTopic[t]
	for k := range r.mentions {
		if ok && r.mentions[k].subject == i {
			return true
		}
	}
	return false
}

// trade reports that the person is called a coach right here: "coach Leko",
// "Genk-coach Thorup", "Hubert, l'entraîneur".
func (r *reading) trade(m *mention) bool {
	if ahead := r.ahead(m); ahead != nil && r.tokens[m.first].before&(comma|stop|colon) == 0 && ahead.is(wCoach|wNation) {
		return true
	}
	next := r.after(m)
	if next == nil || next.before&comma == 0 {
		return false
	}
	if ahead := r.ahead(m); ahead != nil && ahead.is(wCoach) && r.tokens[m.first].before&comma != 0 {
		return true // "leur coach, Jess Thorup, a"
	}
	for i := int(m.last) + 1; i < min(int(m.last)+5, r.fields[next.field].to); i++ {
		if r.tokens[i].is(wCoach | wNation) {
			return true
		}
	}
	return false
}

// namedInFull reports that a bearer of a surname is named in full elsewhere.
func (r *reading) namedInFull(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.name == m.name {
			continue
		}
		for _, c := range r.claims(o) {
			if c.part == catalogue.PartFull && claimed(r.claims(m), c.subject) {
				return true
			}
		}
	}
	return false
}

// bearerServes reports that a coach of a surname serves a club or team that the text
// names.
func (r *reading) bearerServes(m *mention) bool {
	for _, c := range r.claims(m) {
		if s := &r.reg.subjects[c.subject]; s.coach() && s.employed(r.at) && r.servesNamed(s) {
			return true
		}
	}
	return false
}

// besideCoach reports a surname in a list right behind a coach: "Hayen, Hubert en co".
func (r *reading) besideCoach(m *mention) bool {
	k := r.number(m)
	if k == 0 {
		return false
	}
	o := &r.mentions[k-1]
	return o.subject >= 0 && r.reg.subjects[o.subject].coach() && r.listed(o, m)
}

// anotherFirstName reports that a surname belongs to somebody else, whose first
// name stands before it: "Siebe Van der Heyden" is not Stephan. A word with a
// capital right before the surname is a first name unless it begins the sentence
// and is known as something else, or is a trade or a club; an office that no coach
// holds is another's too: "Beerschot-preses Vrancken".
func (r *reading) anotherFirstName(m *mention) bool {
	ahead := r.ahead(m)
	if ahead != nil && ahead.before.starts() && (r.namedInFull(m) || r.bearerServes(m)) {
		return false // "Succes Kompany", and Vincent Kompany or his club elsewhere
	}
	if ahead != nil && ahead.among(r.words.offices) && r.tokens[m.first].before&^space == 0 && !r.namedInFull(m) {
		return true
	}
	if ahead == nil || !ahead.has(capital) || r.tokens[m.first].before&^space != 0 || r.ended(m.first-1) {
		return false
	}
	if ahead.is(wCoach|wNation|wRole|wArticle|wBelgian|wHedge|wVerb|wAt|wAnd|wOfficial|wFormer) || ahead.has(number) {
		return false
	}
	if ahead.before.starts() && (ahead.classes&^(wName|wPhrase) != 0 || r.language == german || ahead.among(r.words.openers) || r.mood(ahead)) {
		return false
	}
	return !r.misspelt(ahead, m) && !strings.HasSuffix(r.lex.folds.word(r.text(ahead.field)[ahead.start:ahead.end]), townsman)
}

// mood reports how somebody feels, in front of whose surname a Dutch headline puts it: "Boze Vrancken", "Ontgoochelde Hayen". Of
// participles the prefix and the ending tell.
func (r *reading) mood(t *token) bool {
	const participle = 7 // letters at least
	if r.language != dutch {
		return false
	}
	if t.among(r.words.moods) {
		return true
	}
	word := strings.ToLower(r.text(t.field)[t.start:t.end])
	if len(word) < participle || !strings.HasSuffix(word, "de") && !strings.HasSuffix(word, "te") || t.among(r.words.girls) {
		return false
	}
	for _, prefix := range [...]string{"ge", "ont", "be", "ver", "teleurge", "aange", "uitge", "opge", "zelfver"} {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// townsman ends what Dutch calls somebody by his town: "Dilbekenaar Vercauteren".
const townsman = "enaar"

// misspelt reports a first name that is a bearer's but for one letter: "Niky Hayen".
func (r *reading) misspelt(ahead *token, m *mention) bool {
	given := r.lex.folds.word(r.text(ahead.field)[ahead.start:ahead.end])
	for _, c := range r.claims(m) {
		id := r.reg.subjects[c.subject].topic.ID()
		if p := r.reg.subjects[c.subject].person; p != nil {
			id = p.ID
		}
		if first, _, _ := strings.Cut(id, "-"); oneLetterOff(given, first) {
			return true
		}
	}
	return false
}

// shortName is how long a first name must be at least for a letter of it to be taken
// for an error: "Dean" is not "Jean", "Tom" is not "Tim".
const shortName = 4

// oneLetterOff reports two words that begin and end alike and differ by one letter that
// is missing or another. The last letter makes another name: "Nick" and "Nicky".
func oneLetterOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < shortName || len(b)-len(a) > 1 || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i < len(a) && len(a) == len(b) && swapped(a[i:], b[i:]) {
		return true
	}
	if a[len(a)-1] != b[len(b)-1] {
		return false
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// swapped reports two endings that differ in the order of their first two letters: "Alexandre" and
// "Alexander".
func swapped(a, b string) bool {
	return len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}

// surname reports a town that is part of somebody's name, by the particle with a capital in front of it: "Herwig Van Lommel".
// At the beginning of a sentence every word has a capital: there the man must speak, "Van Lommel: “…”", or stand
// elsewhere under this name.
func (r *reading) surname(i int, name int32) bool {
	f := r.fields[r.tokens[i].field]
	if i == f.from || r.tokens[i].before != space || !r.reg.clubName(name) {
		return false
	}
	particle := &r.tokens[i-1]
	if !particle.among(r.words.particles) || !particle.has(capital) || particle.has(shouted) {
		return false
	}
	if !particle.before.starts() {
		return true
	}
	return i+1 < f.to && r.tokens[i+1].before&colon != 0 || r.surnameElsewhere(i)
}

// surnameElsewhere reports that a town stands inside another sentence as a surname: "Sofie Van Genk wint", and then "Van Genk is trots".
func (r *reading) surnameElsewhere(i int) bool {
	for k := 1; k < r.fields[inLead].to; k++ {
		if k != i && r.tokens[k].word == r.tokens[i].word && r.tokens[k-1].word == r.tokens[i-1].word && r.tokens[k].before == space &&
			r.tokens[k-1].has(capital) && r.tokens[k-1].before == space {
			return true
		}
	}
	return false
}
