package tagging

import (
	"github.com/sjotbot/sjotbot/subscriptions"
)

// owner reports the club of the man whom the lead of a rumour brings forward for the club of the headline:
// "Les Limbourgeois tiennent Daan Heymans, l'homme fort du Sporting Charleroi".
func (r *reading) owner(m *mention) bool {
	if r.titleCoach() >= 0 || !r.titleHas(wHedge|wMarket) || !r.reaches(m, wAt, 2) {
		return false
	}
	role := false
	from := r.fields[inLead].from
	for i := int(m.first) - 1; i > from && i >= int(m.first)-6; i-- {
		t := &r.tokens[i]
		role = role || t.is(wRole) && !t.is(wCoach)
		if t.before&^(space|apostrophe) != 0 {
			return role && t.before&comma != 0 && r.tokens[i-1].has(capital) && !r.besides(i-1)
		}
	}
	return false
}

// pursued reports the club of the player whom the club of the headline is after at the head of the lead: "OHL zou
// dicht bij de komst van Konan N'Dri van KAS Eupen staan".
func (r *reading) pursued(k int) bool {
	m := &r.mentions[k]
	ahead := r.preposition(m)
	if k == 0 || ahead == nil || !ahead.is(wAt) || r.titleCoach() >= 0 || !r.firstSentence(m) {
		return false
	}
	p := &r.mentions[k-1]
	if n, _ := r.listLength(k); n > 1 || !r.meansClub(p) || !r.isAbout(p.subject) || !r.opensLead(p) || r.besides(int(m.first)-2) {
		return false
	}
	for i := p.last + 1; i <= m.first; i++ {
		if r.tokens[i].before&(comma|colon|semicolon) != 0 {
			return false
		}
	}
	i := m.first - 2
	if r.tokens[m.first-1].is(wArticle) && !r.tokens[m.first-1].is(wAt) {
		i--
	}
	return i > p.last+1 && r.tokens[i].has(capital)
}

// dealtOver reports the club of the man over whom there are talks: "een akkoord over Adem Zorgane van Charleroi", "bij Geoffry Hairemans (27)
// van Antwerp terechtgekomen".
func (r *reading) dealtOver(m *mention) bool {
	of, from := r.preposition(m), r.fields[r.tokens[m.first].field].from
	if of == nil || !of.among(r.words.genitives) || r.titleCoach() >= 0 || !r.firstSentence(m) || !r.titleHas(wHedge|wMarket) {
		return false
	}
	i := int(m.first) - 1
	for i > from && &r.tokens[i] != of {
		i--
	}
	if i--; i > from && r.tokens[i].has(number) && r.tokens[i].has(bracketed) {
		i-- // "Geoffry Hairemans (27)"
	}
	names := 0
	for ; i > from && (r.tokens[i].has(capital) || names > 0 && r.tokens[i].is(wParticle)) && r.mentionAt(int32(i)) == nil && !r.tokens[i].is(wRole|wCoach|wPundit); i-- { //nolint:gosec // G115
		names++
	}
	return names >= 2 && (r.tokens[i].is(wAt) || r.tokens[i].among(r.words.about)) && !r.tokens[i].is(wAgainst|wAfter) && r.tokens[i+1].before == space
}

// besides reports a name, of which token i is the last, that stands only beside another: "Outre Sandy Walsh".
func (r *reading) besides(i int) bool {
	from := r.fields[r.tokens[i].field].from
	for i > from && r.tokens[i].has(capital) && !r.tokens[i].among(r.words.besides) {
		i--
	}
	return r.tokens[i].among(r.words.besides)
}

// comesFrom reports "Le troisième transfert vient de Courtrai", "Hij komt van Lierse".
func (r *reading) comesFrom(m *mention) bool {
	from := r.preposition(m)
	return from != nil && from.among(r.words.genitives) && r.reachesWord(m, r.words.comes, 3)
}

// arrival reports a headline that is no more than hearsay, or somebody's words, and yet brings a man to a club
// in it: "Ganvoula op weg naar Antwerp?", and in the lead "vertrekt bij Anderlecht".
func (r *reading) arrival(m *mention) bool {
	if r.titleCoach() >= 0 || !r.firstSentence(m) || len(r.scores) > 0 {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.tokens[o.first].field == inTitle && r.meansClub(o) {
			return !r.onlyGround(o) && (r.titleHas(wHedge|wMarket) || r.reaches(o, wAt, 2))
		}
	}
	return false
}

// reunited reports the club of a man who meets the one that he left: "De flankaanvaller van Antwerp treft zondag
// zijn ex-club".
func (r *reading) reunited(m *mention) bool {
	if !r.firstSentence(m) || !r.reaches(m, wAt, 2) || !r.reaches(m, wRole, 3) {
		return false
	}
	for i := int(m.last) + 1; i < r.fields[inLead].to; i++ {
		if t := &r.tokens[i]; t.among(r.words.possessives) {
			for j := i + 1; j < min(i+4, r.fields[inLead].to); j++ {
				if r.tokens[j].is(wFormer) {
					return true
				}
			}
		}
	}
	return false
}

// manOnMarket reports the club of the man of whose transfer the headline speaks: "Transfer naar Genk op de tocht", and
// "De spits van Dender twijfelt nog".
func (r *reading) manOnMarket(m *mention) bool {
	if !r.titleHas(wMarket) || r.titleHas(wCoach|wRoundup) || r.titleCoach() >= 0 {
		return false
	}
	opens := &r.tokens[r.fields[inLead].from]
	return opens.is(wArticle) && opens.word != r.words.geen && r.opensWithMan(m)
}

// dealtWith reports the only club of the lead, under a headline of a club abroad, when its sentence
// tells of a player and a move: "PSV legt Belg vast", and "De middenvelder komt over van Westerlo".
func (r *reading) dealtWith(k int) bool {
	m := &r.mentions[k]
	ahead := r.ahead(m)
	if ahead == nil || !r.onlyClub(m) || r.titleHas(wWins) || len(r.scores) > 0 || r.titleCoach() >= 0 ||
		r.fieldHas(inLead, wOnce) || !ahead.is(wAt|wLeft|wDestination) && !ahead.among(r.words.dealing) {
		return false
	}
	for i := r.fields[inLead].from; i < r.fields[inLead].to; i++ {
		if t := &r.tokens[i]; t.is(wRole|wLeft|wDestination|wMarket|wOfficial) || t.among(r.words.dealing) {
			return true
		}
	}
	return false
}

// dealsWithPlayer reports the club at the head of the lead under a headline of the deal of a player of the national
// team: "Rode Duivel Seys tekent bij tot 2030", and "Club beloont zijn flankverdediger".
func (r *reading) dealsWithPlayer(m *mention) bool {
	return r.kind == subscriptions.Fact && r.titleHas(wOfficial|wMarket) && r.acts(m)
}

// devilMoves reports the only club of the lead under a headline of the move of a player of the national team: "Un Diable
// Rouge pisté par Naples", and "l'ailier de Genk"; "Rode Duivel terug naar de Pro League?", and "in beeld bij Club Brugge".
func (r *reading) devilMoves(m *mention) bool {
	if r.titleCoach() >= 0 || !r.devilInTitle() || !r.firstSentence(m) || !r.onlyClub(m) || r.titleHas(wCallUp|wTournament|wWins) {
		return false
	}
	if r.speech() || r.reaches(m, wAgainst|wOpponent, 3) {
		return false
	}
	return r.titleHas(wHedge|wMarket|wLeft|wOfficial|wCandidates) && (r.owns(m) || r.opensLead(m) || r.reaches(m, wLeft, 3)) ||
		r.titleSays(r.words.returns) && (r.opensLead(m) || r.reaches(m, wAt, 2))
}

// soughtFrom reports the club of the man whom the club in front of it is after, under a headline that names neither: "L'Antwerp
// lorgne un ailier de Courtrai".
func (r *reading) soughtFrom(k int) bool {
	p, m := &r.mentions[k-1], &r.mentions[k]
	if !r.meansClub(m) || !r.opensLead(p) || !r.firstSentence(m) || m.stance == aside || !r.onlyTwo(p, m) || r.titleCoach() >= 0 || len(r.scores) > 0 {
		return false
	}
	wants := false
	for i := p.last + 1; i < m.first; i++ {
		t := &r.tokens[i]
		if t.before&(comma|colon|semicolon) != 0 || t.before.ends() {
			return false
		}
		wants = wants || t.is(wHedge|wMarket|wCandidates) || t.among(r.words.wanting) || t.among(r.words.dealing)
	}
	return wants && r.owns(m)
}

// wantedAbroad reports the only club of the lead, whose man a coach abroad wants in the headline: "Spileers dans le viseur de
// Kompany", and "le défenseur du Club de Bruges".
func (r *reading) wantedAbroad(m *mention) bool {
	k := r.titleCoach()
	if k < 0 || !r.titleHas(wCandidates|wHedge|wMarket) || !r.firstSentence(m) || !r.onlyClub(m) || !r.owns(m) {
		return false
	}
	s := &r.reg.subjects[r.mentions[k].subject]
	return r.kind == subscriptions.Rumour && s.employed(r.at) && s.tenure(r.at) == ""
}

// devilInTitle reports a headline that calls somebody a player of the national team.
func (r *reading) devilInTitle() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; m.subject == r.reg.devils && m.stance == plain && r.tokens[m.first].field == inTitle && r.singular(m) {
			return true
		}
	}
	return false
}

// dealsToo reports the club at the head of the lead that does its half of the deal in the headline:
// "Antwerp laat aanvaller gaan", and "Kortrijk huurt hem".
func (r *reading) dealsToo(m *mention) bool {
	next := r.after(m)
	return r.kind == subscriptions.Fact && (r.opensLead(m) || r.opensSentence(m)) && next != nil && next.before&^(space|apostrophe) == 0 && r.titleHas(wRole|wMarket) &&
		(next.among(r.words.dealing) || next.end-next.start == 1 && int(m.last)+2 < len(r.tokens) && r.tokens[m.last+2].among(r.words.dealing))
}

// otherEnd returns the club that somebody goes to who leaves the one of mention k in the same sentence, or comes from who goes
// to it, -1 for none: "quitte le Lierse pour le KV Malines", "Kortrijk haalt Jan Claes weg bij Westerlo".
func (r *reading) otherEnd(k int) int {
	leaves := r.reaches(&r.mentions[k], wLeft, 3) || r.reachesWord(&r.mentions[k], r.words.leavings, 6)
	for i := k + 1; i < len(r.mentions); i++ {
		m := &r.mentions[i]
		if !r.inLeadOf(m) || !r.firstSentence(m) {
			break
		}
		if m.stance == plain && r.meansClub(m) && m.subject != r.mentions[k].subject && (leaves && r.reaches(m, wAt, 2) || r.reaches(m, wDestination|wLeft, 2)) {
			return i
		}
	}
	return -1
}

// interested reports a sentence about who would have liked to have a player: a
// list in it is a list of the interested, unless they meet each other.
func (r *reading) interested(k int) bool {
	m, hoped := &r.mentions[k], false
	for i := int(m.last) + 1; i < r.fields[r.tokens[m.last].field].to; i++ {
		t := &r.tokens[i]
		if t.before.ends() {
			break
		}
		if t.among(r.words.eachOther) {
			return false
		}
		hoped = hoped || t.is(wHedge|wCandidates) && !t.among(r.words.according)
	}
	return hoped
}

// left reports the club that somebody leaves for the one in the headline.
func (r *reading) left(m *mention) bool {
	return (r.kind == subscriptions.Fact || r.arrival(m)) && (r.reaches(m, wLeft, 4) || r.comesFrom(m))
}

// destination reports the club that somebody goes to who leaves the one in the headline:
// "Harbaoui trekt naar Zulte Waregem".
func (r *reading) destination(m *mention) bool {
	return (r.kind != subscriptions.Rumour || r.hidesDestination()) && (r.reaches(m, wDestination, 2) || r.manGoes(m)) && !(r.speech() && r.travels(m))
}

// movesBehind reports a verb of leaving right behind a club: "zou naar Lommel trekken".
func (r *reading) movesBehind(m *mention) bool {
	next := r.after(m)
	return next != nil && next.before == space && next.among(r.words.moving)
}

// hidesDestination reports a headline that keeps back where somebody goes: "sterkhouder trekt naar 1B", "spits op weg naar JPL-club".
func (r *reading) hidesDestination() bool {
	f := r.fields[inTitle]
	for i := f.from; i+1 < f.to; i++ {
		if t := &r.tokens[i+1]; r.tokens[i].among(r.words.bound) && (t.is(wHidden) || t.among(r.words.belgianLeagues)) {
			return true
		}
	}
	return false
}

// manGoes reports the club to which somebody goes who stands between the verb and "naar": "laat Galarza naar Westerlo
// vertrekken", "trekt Igor Vetokele naar tweedeklasser Lommel". A coach who goes there with his team is none.
func (r *reading) manGoes(m *mention) bool {
	to := r.preposition(m)
	if to != nil && to.is(wHidden) && int(m.first)-2 >= r.fields[to.field].from {
		to = &r.tokens[m.first-2] // "naar tweedeklasser Lommel SK"
	}
	if to == nil || !to.among(r.words.bound) || to.before.starts() {
		return false
	}
	man, found := false, false
	r.back(m, 9, func(i int, t *token) bool {
		o := r.mentionAt(int32(i)) //nolint:gosec // G115
		switch {
		case t == to, t.is(wHidden|wArticle) && !man, t.among(r.words.according), t.among(r.words.modals) && !man && r.movesBehind(m):
		case t.has(capital) && (o == nil || o.subject < 0 || r.reg.subjects[o.subject].player()):
			man = true
		case man && t.is(wParticle):
		default:
			found = man && (t.among(r.words.sending) || r.movesBehind(m))
			return false
		}
		return true
	})
	return found
}

// travels reports the ground that a club goes to for its next match: "Essevee trekt naar Lierse", "De leider gaat naar
// Lommel". Behind the name or the trade of a person the same words tell a move: "De spits trekt naar Lierse".
func (r *reading) travels(m *mention) bool {
	ahead := r.ahead(m)
	i := int(m.first) - 3
	if ahead == nil || !ahead.among(r.words.visits) || i < r.fields[r.tokens[m.first].field].from || !r.tokens[i+1].among(r.words.travelling) {
		return false
	}
	o := r.mentionAt(int32(i))
	return !r.tokens[i].has(capital) && !r.tokens[i].is(wRole|wCoach) || o != nil && r.meansClub(o)
}

// newClub reports a club where no coach of the headline has served: it is the one whose name
// the headline keeps back.
func (r *reading) newClub(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject >= 0 && r.tokens[o.first].field == inTitle && r.reg.subjects[o.subject].coach() && r.reg.subjects[o.subject].served(r.reg.subjects[m.subject].topic, r.at) {
			return false
		}
	}
	return true
}

// yearBefore reports the number of a year that is over.
func (r *reading) yearBefore(n int) bool { return n > 1900 && n < r.at.Year() }

// leftLongAgo reports the only club of the lead when it tells how somebody left it: "Jashari verliet Club
// Brugge in de zomer van 2025", under a headline of what he does elsewhere.
func (r *reading) leftLongAgo(k int) bool {
	m := &r.mentions[k]
	if r.titleSays(r.words.returns) || !r.onlyClub(m) || r.hiddenClub() && r.titleHas(wOfficial) {
		return false
	}
	ahead := r.ahead(m)
	if ahead == nil || !ahead.is(wAt|wLeft) && !ahead.among(r.words.leftThen) && !ahead.among(r.words.ahead) {
		return false
	}
	went, then := false, false
	for i := r.fields[r.tokens[m.first].field].from; i < r.fields[r.tokens[m.first].field].to; i++ {
		t := &r.tokens[i]
		if i > r.fields[t.field].from && t.before.ends() {
			break
		}
		went, then = went || t.among(r.words.leftThen), then || t.among(r.words.pastTimes) || t.has(number) && r.yearBefore(int(t.value))
	}
	return went && then
}

// otherEndOf reports the one club that the lead names beside that of the headline, under a headline of somebody who comes, goes
// or is wanted: "Gent haalt Daan Peeters", and "Westerlo krijgt drie miljoen".
func (r *reading) otherEndOf(m *mention) bool {
	if !r.movesMan() || r.leadHas(wForeign|wTournament) || r.reaches(m, wAgainst|wOpponent|wInside|wAfter, 3) && !r.doneBy(m) ||
		r.reaches(m, wDestination, 2) || r.reachesWord(m, r.words.playedThen, 6) || r.reachesWord(m, r.words.offices, 5) {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; r.inLeadOf(o) && o.subject >= 0 && o.stance == plain && r.reg.subjects[o.subject].coach() {
			return false
		}
	}
	return r.onlyOther(m) && !r.meetsSomebody(m)
}

// onlyOther reports the one club that the lead names beside those of the headline.
func (r *reading) onlyOther(m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; r.inLeadOf(o) && r.meansClub(o) && o.subject != m.subject && !r.titleNames(o.subject) {
			return false
		}
	}
	return true
}

// meetsSomebody reports a sentence about a match around a mention.
func (r *reading) meetsSomebody(m *mention) bool {
	f := r.fields[r.tokens[m.first].field]
	from, to := int(m.first), int(m.last)+1
	for from > f.from && !r.tokens[from].before.ends() {
		from--
	}
	for to < f.to && !r.tokens[to].before.ends() {
		to++
	}
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		paid := i+1 < to && (r.tokens[i+1].has(number) || r.counts(i+1)) // "STVV ontvangt 2 miljoen"
		if t.among(r.words.hosting) && !paid || t.among(r.words.games) || t.among(r.words.trips) || t.among(r.words.grounds) || t.is(wAgainst|wOpponent) {
			return true
		}
	}
	return false
}

// movesMan reports a headline of one man who comes, goes or is wanted: by his trade or his name, there or at the head of the lead.
func (r *reading) movesMan() bool {
	if r.titleCoach() >= 0 || r.speech() || len(r.scores) > 0 || r.titleHas(wCoach|wNation|wRoundup|wOpponent|wAgainst) {
		return false
	}
	f, man, act := r.fields[inTitle], false, false
	market := r.kind == subscriptions.Rumour
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		market = market || t.is(wMarket|wLeft|wDestination) || t.among(r.words.dealing) || t.among(r.words.wanting) || t.among(r.words.moving) ||
			i > f.from && t.is(wRole) && r.tokens[i-1].among(r.words.another) // "Nieuwe doelman voor Beveren"
		act = act || t.is(wDone|wHires|wOfficial)
		man = man || r.namesMan(i)
	}
	if act && man {
		return true
	}
	lead := r.fields[inLead]
	for i := lead.from; i < lead.to && !(i > lead.from && r.tokens[i].before.ends()); i++ {
		man = man || r.namesMan(i)
	}
	return market && man
}

// namesMan reports the trade of a footballer at a token, or the name of somebody whom the catalogue does not know.
func (r *reading) namesMan(i int) bool {
	t := &r.tokens[i]
	if t.is(wRole) && !t.is(wCoach) {
		return true
	}
	if o := r.mentionAt(int32(i)); o != nil && o.subject >= 0 || !t.has(capital) { //nolint:gosec // G115
		return false
	}
	alone := t.classes&^(wName|wPhrase) == 0 && t.before&^(space|colon) == 0 && !t.before.starts()
	return r.nameLength(i) >= 2 || alone && r.language != german && !r.tokens[i-1].is(wInside)
}
