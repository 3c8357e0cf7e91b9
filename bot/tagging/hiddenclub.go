package tagging

import "strings"

// hiddenClub reports a headline that keeps a Belgian club's name back.
func (r *reading) hiddenClub() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if !t.is(wHidden) || r.ended(int32(i)) || r.begun(int32(i)) || r.begun(int32(i+1)) && i+1 < f.to { //nolint:gosec // G115
			continue // "rode lantaarn Lokeren" keeps nothing back
		}
		if r.labelled(i) {
			continue
		}
		if i > f.from {
			// "Griekse topclub", "club uit de Bundesliga": somebody abroad.
			if p := &r.tokens[i-1]; p.word != 0 && p.word == r.words.geen || p.has(capital) && !t.has(capital) && !p.is(wBelgian) && !p.before.starts() && !p.among(r.words.belgianLeagues) {
				continue
			}
		}
		if words, _, _ := r.singleSpan(); t.quoted() && words < f.to-f.from {
			continue // somebody's words; but a whole headline in quotes is hearsay's style
		}
		return true
	}
	return false
}

// labelled reports what the headline says that its club is, or is no more: "Le Beerschot n'est plus un club de D1A", "Westerlo
// blijft eersteklasser".
func (r *reading) labelled(i int) bool {
	const reach = 6 // "est plus un club de D1A": a phrase counts at its last word
	f := r.fields[inTitle]
	for k := i - 1; k > max(f.from, i-reach) && r.tokens[k+1].before&^(space|apostrophe) == 0; k-- {
		if r.tokens[k].among(r.words.states) {
			return r.clubAhead(k)
		}
	}
	return false
}

// hiddenRest reports clubs in general, of which no name is kept back: "STVV is terug en JPL-topclubs bibberen".
func (r *reading) hiddenRest() bool {
	if !r.titleOpensWithClub() {
		return false
	}
	for i := r.fields[inTitle].from; i < r.fields[inTitle].to; i++ {
		t := &r.tokens[i]
		if text := r.text(t.field)[t.start:t.end]; t.is(wHidden) && strings.HasSuffix(text, "clubs") && (i == r.fields[inTitle].from || !r.tokens[i-1].among(r.words.counts)) {
			return true
		}
	}
	return false
}

// pairKeptBack returns the first of the two clubs that a headline counts and the lead names, -1 if it names no such two: "Twee
// Belgische clubs willen middenvelder", and "Antwerp en Genk". A longer list beside them are others.
func (r *reading) pairKeptBack() int {
	pair := -1
	if !r.countsTwo() {
		return pair
	}
	for k := range r.mentions {
		if n, first := r.listLength(k); r.inLeadOf(&r.mentions[k]) && n == 2 && first == k && r.meansClub(&r.mentions[k]) && r.meansClub(&r.mentions[k+1]) {
			if pair >= 0 {
				return -1
			}
			pair = k
		}
	}
	return pair
}

// countsTwo reports a headline that keeps two names back: "deze twee topclubs", "deux clubs belges".
func (r *reading) countsTwo() bool {
	to := r.fields[inTitle].to
	for i := r.fields[inTitle].from; i+1 < to; i++ {
		const clubs = wHidden | wLeague | wCoefficient
		if r.tokens[i].among(r.words.counts) && (r.tokens[i+1].is(clubs) || i+2 < to && r.tokens[i+2].is(clubs)) {
			return true
		}
	}
	return false
}
