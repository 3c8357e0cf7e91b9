package tagging

import (
	"slices"
	"strings"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// datelineMost is how many words a dateline has at most ("SINT-JANS-MOLENBEEK 12/11 (BELGA) - "), and an imprint
// ("Publié le 12 novembre 2026 à 10:23, mis à jour à 11:05. ").
const datelineMost = 14

// unwrapped drops from a field's words what a site or an agency writes around its copy: a rubric ("Voetbal - …"), a dateline
// ("BRUSSEL 12/11 (BELGA) - …"), a credit in front ("(Belga) …") or behind ("… (Belga)"), and who wrote it, when, and for
// whom ("Door Voornaam Naam. …"). Rules ask which words begin a lead and how many it has.
func (r *reading) unwrapped(tokens []token) []token {
	if n := len(tokens); n > 1 && r.credit(&tokens[n-1]) {
		tokens = tokens[:n-1]
	}
	from := 0
	for n := 1; n > 0; from += n {
		rest := tokens[from:]
		n = max(r.labelEnd(rest), r.datelineEnd(rest), r.imprintEnd(rest))
	}
	return withoutFirst(tokens, from)
}

// withoutFirst drops the first words of a field; with what is left it begins.
func withoutFirst(tokens []token, n int) []token {
	if n == 0 || n >= len(tokens) {
		return tokens
	}
	tokens[n].before = tokens[n].before&^(colon|stop|dash|semicolon|closesParen) | begins
	return slices.Delete(tokens, 0, n)
}

// acronymMost is how many letters a word in capitals has at most that is no place: "GENK - OHL reist af", not "GENK - STANDARD".
const acronymMost = 3

// labelMost is how many words a stamp, a rubric or the name of a site has at most: "| Het Nieuwsblad Mobile".
const labelMost = 4

// unlabelled drops from the headline's words what a site writes around it: that there is news, or something to see
// ("BREAKING: …", "… (video)"), the rubric ("Jupiler Pro League | …") and its own name ("… - Sporza"). Rules ask which
// words begin a headline, and which end it.
func (r *reading) unlabelled(tokens []token) []token {
	if n := r.labelEnd(tokens); n > 0 {
		for i := range tokens[:n] {
			r.stamp |= tokens[i].classes
			r.footballLabel = r.footballLabel || tokens[i].among(r.words.footballRubrics)
		}
		tokens = withoutFirst(tokens, n)
	}
	for i := len(tokens) - 1; i > 0 && len(tokens)-i <= labelMost; i-- {
		if tokens[i].before&(semicolon|dash|opensParen) != 0 && r.closing(tokens[i:]) {
			r.headline = strings.TrimRight(r.headline[:tokens[i].start], " \u00a0|•·–—-([")
			return tokens[:i]
		}
	}
	return tokens
}

// labelEnd returns how many words of a headline are a stamp or a rubric in front of it, 0 for none.
func (r *reading) labelEnd(tokens []token) int {
	for i := range tokens[:max(0, min(labelMost+1, len(tokens)-1))] {
		t := &tokens[i]
		if i > 0 && t.before&(colon|stop|dash|semicolon|closesParen) != 0 {
			if t.before&question != 0 || len(tokens) == 2 {
				return 0
			}
			return i
		}
		if !t.among(r.words.stamps) && !t.among(r.words.rubrics) && !t.among(r.words.footballRubrics) {
			return 0
		}
	}
	return 0
}

// closing reports words behind a headline that are no part of it: a stamp or a hint in brackets, a rubric, or the name of a
// site, of which we need not know all behind a bar.
func (r *reading) closing(tokens []token) bool {
	for i := range tokens {
		t := &tokens[i]
		known := t.among(r.words.stamps) || t.among(r.words.publishers) || t.among(r.words.rubrics) || t.among(r.words.footballRubrics)
		if !known && (tokens[0].before&semicolon == 0 || t.is(wName)) {
			return false
		}
	}
	return true
}

// unrepeated drops the headline from the beginning of a lead that repeats it as a sentence of
// its own: not "Genk wint" from "Genk wint met 2-0".
func (r *reading) unrepeated(f field, tokens []token) []token {
	title := strings.TrimSpace(r.item.Title)
	lead := strings.TrimLeft(r.text(f), " \t\n")
	if f != inLead || title == "" || !strings.HasPrefix(lead, title) {
		return tokens
	}
	const ends = ".!?…:|\n\r\"”»"
	rest := lead[len(title):]
	if rest != "" && strings.TrimLeft(rest, ends) == rest && strings.TrimRight(title, ends) == title {
		return tokens
	}
	end := len(r.text(f)) - len(rest)
	n := 0
	for n < len(tokens) && int(tokens[n].start) < end {
		n++
	}
	if n == len(tokens) {
		return tokens[:0]
	}
	return withoutFirst(tokens, n)
}

// datelineEnd returns where the copy begins behind dateline and credit, 0 where there is none. A dash alone makes a dateline
// only of a place in capitals ("GENK - De trainer"), not of a match: "Standard - Genk ouvre le bal".
func (r *reading) datelineEnd(tokens []token) int {
	credited, place := false, !r.surelyClub(tokens)
	for i := range tokens[:max(0, min(len(tokens)-1, datelineMost))] {
		t, next := &tokens[i], &tokens[i+1]
		credited = credited || r.credit(t) || dated(tokens, i)
		place = place && t.has(shouted)
		if next.before&dash != 0 && (credited || place && (!next.has(shouted) || next.end-next.start <= acronymMost || r.surelyClub(tokens[i+1:]))) || i == 0 && r.credit(t) {
			return i + 1
		}
		if next.before&(comma|colon|semicolon) != 0 {
			return 0
		}
	}
	return 0
}

// surelyClub reports words that begin with a name that no place bears: "KV MECHELEN".
func (r *reading) surelyClub(tokens []token) bool {
	p, n := r.reg.trie.longest(tokens)
	if n == 0 {
		return false
	}
	for _, c := range r.reg.names[p].all {
		if c.safety == catalogue.Safe {
			return true
		}
	}
	return false
}

// imprintEnd returns where the copy begins behind a sentence of who wrote it, when, or how long it takes to read, 0 where
// there is none: "Door Voornaam Naam. …", "Publié le 12 novembre à 10h23 - …", "Leestijd: 2 min. …".
func (r *reading) imprintEnd(tokens []token) int {
	const namesLeast = 2 // first name and surname
	imprint, names := false, 0
	for i := range tokens[:max(0, min(len(tokens), datelineMost))] {
		t := &tokens[i]
		if i > 0 && (t.before.ends() || t.before&(dash|semicolon) != 0) {
			if imprint || names >= namesLeast {
				return i
			}
			return 0
		}
		switch {
		case t.among(r.words.imprints), dated(tokens, i), r.clock(tokens, i):
			imprint = true
		case t.has(number), t.among(r.words.imprintFill), t.among(r.words.days):
		case i > 0 && tokens[0].among(r.words.authors) && (t.has(capital) || t.is(wAnd) || t.among(r.words.particles)):
			names++
		default:
			return 0
		}
	}
	return 0
}

// dated reports a date in figures that begins at a word: "12/11".
func dated(tokens []token, i int) bool {
	return tokens[i].has(number) && i+1 < len(tokens) && tokens[i+1].has(number) && tokens[i+1].before&slash != 0
}

// clock reports a time of day that begins at a word: "10:23", "10h23", "20u45".
func (r *reading) clock(tokens []token, i int) bool {
	t := &tokens[i]
	if t.has(number) {
		return i+1 < len(tokens) && tokens[i+1].has(number) && tokens[i+1].joined(colon)
	}
	text := r.text(t.field)[t.start:t.end]
	return t.value > 0 && text[0] <= '9' && strings.ContainsAny(text, "huHU")
}

// credit reports the name of an agency as it signs: "(Belga)", "BELGA".
func (r *reading) credit(t *token) bool {
	return t.shape&(bracketed|shouted) != 0 && t.among(r.words.agencies)
}
