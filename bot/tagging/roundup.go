package tagging

func (r *reading) isRoundup() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if r.tokens[i].is(wRoundup) && !r.tokens[i].quoted() && !r.labelOfOne(i) {
			return true
		}
	}
	return r.manyClubs() || r.manyResults() || r.manyClauses() || r.rubric() || r.countedMen()
}

// labelOfOne reports the label of the market's news before a headline of one clause, which is no round-up: "Transfernieuws: Club
// Brugge denkt aan Deen".
func (r *reading) labelOfOne(i int) bool {
	f := r.fields[inTitle]
	if i != f.from || !r.tokens[i].is(wMarket) || i+1 == f.to || r.tokens[i+1].before&colon == 0 {
		return false
	}
	for k := i + 2; k < f.to; k++ {
		if r.tokens[k].before&(comma|semicolon|stop) != 0 || r.tokens[k].is(wAnd) {
			return false
		}
	}
	return true
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
	return n > 4 || n == 4 && !r.titleHas(wWins) // two matches are two facts
}

func (r *reading) namedBefore(k int) bool {
	for i := range k {
		if r.mentions[i].subject == r.mentions[k].subject {
			return true
		}
	}
	return false
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

// countedMen reports a list of men that a headline of no club promises: "Deze 11 Belgen trekken de grens over".
func (r *reading) countedMen() bool {
	const many = 5
	f := r.fields[inTitle]
	for i := f.from; i+2 < f.to; i++ {
		count := &r.tokens[i+1]
		if r.tokens[i].among(r.words.these) && (count.has(number) && count.value >= many || count.among(r.words.tens)) &&
			(r.tokens[i+2].is(wBelgian) || r.tokens[i+2].among(r.words.players)) {
			return !r.clubInTitle(-1)
		}
	}
	return false
}

// listedBefore reports a club of the list with which the lead of a round-up begins: "Standard, Bruges, Charleroi : les coups des
// dernières heures".
func (r *reading) listedBefore(k int) bool {
	n, first := r.listLength(k)
	if n < 2 || !r.opensLead(&r.mentions[first]) {
		return false
	}
	next := r.after(&r.mentions[first+n-1])
	return next != nil && next.before&colon != 0
}
