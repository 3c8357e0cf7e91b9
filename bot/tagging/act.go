package tagging

import "strings"

// acts reports a name in the place of a subject, with a verb behind it.
func (r *reading) acts(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	if verb := r.behindTrade(r.headOfPair(m)); verb != nil && verb.is(wSays) && !verb.has(capital) && !verb.before.starts() {
		return true // "…, baalt Jacky Mathijssen", "reageerde trainer Vincent Kompany"
	}
	if ahead != nil && ahead.before&closes != 0 && !ahead.has(capital) && !ahead.is(wAt|wAnd) && r.tokens[m.first].before&^space == 0 {
		return true // "“…”, ziet Peter Maes"
	}
	if ahead != nil && r.language == dutch && r.tokens[m.first].before&^space == 0 && ahead.among(r.words.modals) && !ahead.has(capital) {
		return true // "Nu kan Joseph Oosting …"
	}
	if r.inClause(m) || r.withMen(m) {
		return true
	}
	if next != nil && next.has(number) && next.has(bracketed) && int(m.last)+2 < r.fields[next.field].to {
		next = &r.tokens[m.last+2] // "Bernd Hollerbach (50) a annoncé"
	}
	if r.described(m, next) || r.actsBehindClause(m) || r.askedOf(m) {
		return true
	}
	if next == nil || next.before&^(space|closesParen) != 0 || next.has(capital) {
		return false
	}
	has := r.language == french && r.text(next.field)[next.start:next.end] == "a" // and not "à"
	if next.is(wAnd) && !has {
		return r.actsWith(m)
	}
	if r.withHisOwn(ahead, next) {
		return true
	}
	if next.is(wArticle) && ahead != nil && ahead.among(r.words.gains) && r.language == dutch && r.tokens[m.first].before == space {
		return true // "Toen pakte Peter Maes een punt"
	}
	if next.is(wAt|wArticle|wInside|wAgainst) && !has {
		return false
	}
	if r.tokens[m.first].before.starts() {
		return true
	}
	if ahead != nil && ahead.is(wCoach|wNation) && ahead.before&^space == 0 && m.first >= 2 && !ahead.before.starts() && (r.tokens[m.first-2].among(r.words.genitives) || r.tokens[m.first-2].among(r.words.ahead)) {
		return false // "de promovendus van coach Lee Johnson kwam opzetten"
	}
	return ahead != nil && !ahead.is(wAt|wInside|wAgainst) && (ahead.word == 0 || ahead.word != r.words.par && ahead.word != r.words.door)
}

// headOfPair returns the first of two coaches before whom the verb of both stands, "ont reconnu Jess Thorup et Rik De Mil",
// and a mention itself if it is none of two.
func (r *reading) headOfPair(m *mention) *mention {
	if n, first := r.listLength(r.number(m)); n == 2 && r.coachesListed(m) == 2 {
		return &r.mentions[first]
	}
	return m
}

// withHisOwn reports the subject of an inverted clause by what is his behind it: "Op maandag ontvouwde Mo Messoudi zijn
// plannen".
func (r *reading) withHisOwn(ahead, next *token) bool {
	return r.language == dutch && next.among(r.words.possessives) && ahead != nil && !ahead.has(capital) &&
		!ahead.is(wAt|wAnd|wArticle|wCoach|wNation|wInside|wAgainst)
}

// described reports a name that begins the lead with who he is behind a comma: "Claude Makélélé, die de club al trainde,
// is kandidaat".
func (r *reading) described(m *mention, next *token) bool {
	return next != nil && next.before&comma != 0 && r.opensLead(m) && !next.has(capital) &&
		(next.among(r.words.relatives) || next.word != 0 && next.word == r.words.qui || next.is(wFormer|wCoach|wNation))
}

// actsBehindClause reports a name whose verb of saying stands behind a clause between commas: "Frédéric Frans, nu hoofdtrainer van Hasselt,
// haalt uit". With a second coach there any verb will do: "Mazzù, de retour chez les Zèbres, et Riemer doivent …".
func (r *reading) actsBehindClause(m *mention) bool {
	const longest = 9 // words of the clause
	next, to := r.after(m), r.fields[r.tokens[m.last].field].to
	if next == nil || next.before&comma == 0 || next.has(capital) {
		return false
	}
	for i := int(m.last) + 2; i < min(int(m.last)+longest, to) && !r.tokens[i].before.ends(); i++ {
		if t := &r.tokens[i]; t.before&comma != 0 {
			return t.is(wSays) && !t.has(capital) || t.is(wAnd) && r.coachActsAt(int32(i+1)) //nolint:gosec // G115
		}
	}
	return false
}

// askedOf reports the name of which a question asks something: "Heeft John van den Brom de gps?".
func (r *reading) askedOf(m *mention) bool {
	ahead := r.ahead(m)
	if ahead == nil || !ahead.before.starts() || !ahead.among(r.words.modals) && !ahead.among(r.words.copulas) || r.tokens[m.first].before != space {
		return false
	}
	to := r.fields[r.tokens[m.last].field].to
	for i := int(m.last) + 1; i < to; i++ {
		if b := r.tokens[i].before; b.ends() || b&question != 0 {
			return b&question != 0
		}
	}
	last := &r.tokens[to-1]
	return strings.HasPrefix(strings.TrimLeft(r.text(last.field)[last.end:], " \u00a0"), "?")
}

// inClause reports the subject of a Dutch clause with its verb at the end: "terwijl Peter Maes de
// veerkracht prees", "dat Peter Maes ook volgend seizoen blijft".
func (r *reading) inClause(m *mention) bool {
	ahead, next := r.ahead(m), r.after(m)
	return r.language == dutch && ahead != nil && next != nil && ahead.among(r.words.conjunctions) && r.tokens[m.first].before&^space == 0 &&
		next.before&^space == 0 && !next.has(capital) && (!next.is(wAnd) || next.among(r.words.alsos))
}

// actsWith reports the first of two coaches who do something together: "Rik De Mil en
// Michael Beale kruisen de degens".
func (r *reading) actsWith(m *mention) bool { return r.coachActsAt(m.last + 2) }

// coachActsAt reports a coach named at a token, with a verb behind him.
func (r *reading) coachActsAt(i int32) bool {
	o := r.mentionAt(i)
	if o == nil || o.first != i || o.subject < 0 || !r.reg.subjects[o.subject].coach() {
		return false
	}
	next := r.after(o)
	return next != nil && next.before&^space == 0 && !next.has(capital) && !next.is(wAt|wAnd|wArticle|wInside|wAgainst)
}

// withMen reports "Peter Maes en co. zijn", "Maes & co laten", at the head of a sentence.
func (r *reading) withMen(m *mention) bool { return r.opensSentence(m) && r.withCompany(m) }

// withCompany reports "Peter Maes en co", who stand for the team.
func (r *reading) withCompany(m *mention) bool {
	next, i := r.after(m), int(m.last)+1
	if next != nil && next.is(wAnd) {
		i++
	}
	return i < r.fields[r.tokens[m.last].field].to && r.tokens[i].among(r.words.companies)
}

// behindTrade returns the token in front of a name and of the trade that stands before it, nil
// at the beginning of the field or where a mark is between.
func (r *reading) behindTrade(m *mention) *token {
	from := r.fields[r.tokens[m.first].field].from
	for i := int(m.first); i > from && r.tokens[i].before&^(space|hyphen) == 0; i-- {
		t := &r.tokens[i-1]
		if mood := i-1 > from && i < int(m.first)+1 && !t.has(capital) && t.classes&^(wPhrase|wSays|wWins) == 0 && r.tokens[i-2].is(wArticle); mood {
			continue // "zei een aangeslagen Timmy Simons"
		}
		if !t.is(wCoach|wRole|wArticle|wNation) && !t.among(r.words.alsos) || t.is(wSays|wAt) {
			return t
		}
	}
	return nil
}

// speaks reports a name with somebody's words right behind it: "Dat weet ook Bernd
// Hollerbach: “…”".
func (r *reading) speaks(m *mention) bool {
	next := r.after(m)
	return next != nil && next.has(doubleQuoted) && !r.tokens[m.last].has(doubleQuoted) && next.before&(colon|stop|comma) != 0
}

// saysSo reports a name beside a verb of saying: "zegt Peter Maes", "Peter Maes livre son verdict".
func (r *reading) saysSo(m *mention) bool {
	verb, next := r.behindTrade(m), r.after(m)
	return verb != nil && verb.is(wSays) && !verb.has(capital) || next != nil && next.before&^space == 0 && next.is(wSays)
}
