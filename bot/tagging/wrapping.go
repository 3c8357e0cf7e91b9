package tagging

import (
	"slices"
	"strings"
)

// datelineMost is how many words a dateline has at most: "SINT-JANS-MOLENBEEK 12/11 (BELGA) - ".
const datelineMost = 8

// withoutAgency drops from a field's words what an agency writes around its copy: a dateline
// ("BRUSSEL 12/11 (BELGA) - …"), its credit in front ("(Belga) …") or behind ("… (Belga)"). Rules
// ask which words begin a lead and how many it has.
func (r *reading) withoutAgency(tokens []token) []token {
	if n := len(tokens); n > 1 && r.credit(&tokens[n-1]) {
		tokens = tokens[:n-1]
	}
	if from := r.datelineEnd(tokens); from > 0 {
		tokens[from].before |= begins
		tokens = slices.Delete(tokens, 0, from)
	}
	return tokens
}

// unstamped drops from the headline's words what says that there is news, or something to see: "BREAKING: …",
// "VIDEO. …". Rules ask which words begin a headline.
func (r *reading) unstamped(tokens []token) []token {
	if len(tokens) < 3 || !tokens[0].among(r.words.stamps) || tokens[1].before&(colon|stop) == 0 || tokens[1].before&question != 0 {
		return tokens
	}
	r.stamp = tokens[0].classes
	tokens[1].before = tokens[1].before&^(colon|stop) | begins
	return slices.Delete(tokens, 0, 1)
}

// tailMost is how many words the name of a site or a hint behind a headline has at most: "| Het Nieuwsblad Mobile".
const tailMost = 4

// tailed reports that from a token on there is only what a site writes behind its headlines: its name behind a bar, or
// a hint in brackets, "(video)".
func (r *reading) tailed(i int) bool {
	const bar = semicolon
	to := r.fields[r.tokens[i].field].to
	return to-i <= tailMost && r.tokens[i].before&(bar|opensParen) != 0
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
	if n < len(tokens) {
		tokens[n].before |= begins
	}
	return slices.Delete(tokens, 0, n)
}

// datelineEnd returns where the copy begins behind dateline and credit, 0 where there is none. A
// dash alone is no dateline: "Standard - Genk ouvre le bal".
func (r *reading) datelineEnd(tokens []token) int {
	credited := false
	for i := range tokens[:max(0, min(len(tokens)-1, datelineMost))] {
		t := &tokens[i]
		dated := t.has(number) && tokens[i+1].has(number) && tokens[i+1].before&slash != 0
		credited = credited || r.credit(t) || dated
		next := tokens[i+1].before
		if credited && next&dash != 0 || i == 0 && r.credit(t) {
			return i + 1
		}
		if next&(comma|colon|semicolon) != 0 {
			return 0
		}
	}
	return 0
}

// credit reports the name of an agency as it signs: "(Belga)", "BELGA".
func (r *reading) credit(t *token) bool {
	return t.shape&(bracketed|shouted) != 0 && t.among(r.words.agencies)
}
