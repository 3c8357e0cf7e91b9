package tagging

// givesAway reports that title or lead tell how a match ended: a score, or a
// verb or noun of winning or losing that is not a wish, a prospect or a prize.
// Subscribers with the spoiler switch on see such a story covered.
func (r *reading) givesAway() bool {
	if r.sport.verdict == isOther {
		return false
	}
	for _, s := range r.scores {
		if s.valid && r.tokens[s.token].field != inBody {
			return true
		}
	}
	for f := inTitle; f <= inLead; f++ {
		if r.tellsWinner(f) {
			return true
		}
	}
	return false
}

// tellsWinner looks for a winner's verb in a field, sentence by sentence.
func (r *reading) tellsWinner(f field) bool {
	from := r.fields[f].from
	won, withheld := false, false
	for i := from; i < r.fields[f].to; i++ {
		t := &r.tokens[i]
		if i > from && t.before&(stop|colon|semicolon) != 0 && t.before&abbreviates == 0 {
			if won && !withheld {
				return true
			}
			won, withheld = false, false
		}
		won = won || t.is(wWins) && !t.has(capital|doubleQuoted) || t.is(wWins) && t.has(capital) && t.before.starts() && !t.has(doubleQuoted)
		withheld = withheld || t.is(wWithheld)
	}
	return won && !withheld
}
