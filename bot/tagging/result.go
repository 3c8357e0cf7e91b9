package tagging

// givesAway reports that title or lead tell how a match ended: a score, or a
// verb or noun of winning or losing that is not a wish, a prospect or a prize.
// Subscribers with the spoiler switch on see such a story covered.
func (r *reading) givesAway() bool {
	if r.sport.verdict == isOther || r.sport.verdict == isNews {
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
			if won && !withheld && t.before&question == 0 {
				return true
			}
			won, withheld = false, false
		}
		if won && !withheld && t.is(wAnd) {
			return true // "rekent af met Westerlo en kan weer ademen"
		}
		withheld = withheld || t.is(wWithheld)
		if !t.is(wWins) || t.has(doubleQuoted) || r.proper(t) {
			continue
		}
		if r.played(i) {
			return true
		}
		won = true
	}
	return won && !withheld && !(f == inTitle && endsAsking(r.headline)) || r.clubActsOnClub(f) || f == inTitle && r.twoClubs()
}

// twoClubs reports a headline with two clubs that speaks of no transfer, fixture,
// official act, trouble or absentee: what is left is how their match went, in words that
// nobody can list ("Gand se fait rejoindre par Dender").
func (r *reading) twoClubs() bool {
	const other = wMarket | wOfficial | wWithheld | wHedge | wSays | wElsewhere | wOpponent | wFixture | wFormer | wPoll | wRoundup | wOpinion | wCompares | wLeft | wRole
	first := int32(-1)
	second := false
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.tokens[m.first].field != inTitle || m.stance == aside {
			continue
		}
		// "in Charleroi" is a town here, and still where the match was.
		club := m.subject
		if claims := r.claims(m); club < 0 && len(claims) == 1 && r.town(m) {
			club = claims[0].subject
		}
		if club < 0 || !r.reg.subjects[club].club() {
			continue
		}
		second = second || first >= 0 && club != first
		first = club
	}
	return second && !r.titleHas(other) && !r.titleSays(r.words.absentees) && !r.speech() && !r.titleMatch()
}

// played reports "na de zege", "après la victoire" at a word of winning.
func (r *reading) played(i int) bool {
	f := r.fields[r.tokens[i].field]
	for k := i - 1; k >= max(f.from, i-3); k-- {
		if r.tokens[k+1].before&(comma|stop|colon|semicolon) != 0 {
			return false
		}
		if r.tokens[k].is(wAfter) || r.tokens[i].is(wWins) && (r.tokens[k].among(r.words.about) || r.gladOf(k, f.from)) {
			return true
		}
	}
	return false
}

// clubActsOnClub reports two clubs with one verb between: "Les Loups dévorent les
// Zèbres". Headlines invent such verbs by the dozen; those that are no match ("Gent
// loot Genk", "Genk wil Gent-spits") are known words.
func (r *reading) clubActsOnClub(f field) bool {
	for k := 0; k+1 < len(r.mentions); k++ {
		a, b := &r.mentions[k], &r.mentions[k+1]
		if r.tokens[a.first].field != f || r.tokens[b.first].field != f || !r.meansClub(a) || !r.meansClub(b) || r.compound(b) {
			continue
		}
		if n := b.first - a.last - 1; n < 1 || n > 2 || n == 2 && !r.tokens[b.first-1].is(wArticle) {
			continue
		}
		verb := &r.tokens[a.last+1]
		known := wAnd | wAgainst | wAt | wInside | wArticle | wHedge | wOfficial | wWithheld | wMarket | wSays | wFormer | wLeft | wThan | wCompares | wRole
		if verb.before&^space == 0 && r.tokens[b.first].before&^(space|apostrophe) == 0 && !verb.is(known) && !verb.has(capital) && !verb.has(number) {
			return true
		}
	}
	return false
}

func (r *reading) meansClub(m *mention) bool {
	return m.subject >= 0 && r.reg.subjects[m.subject].club()
}

// gladOf reports "tevreden met", "content du" in front of a match: it is over.
func (r *reading) gladOf(k, from int) bool {
	t := &r.tokens[k]
	return (t.among(r.words.with) || r.language == french && t.among(r.words.genitives)) && (t.is(wSays) || k > from && r.tokens[k-1].is(wSays))
}
