package tagging

// appointed returns where the full name begins of the man who becomes, of one of our clubs,
// what the trade at a token says, -1 if nobody does: "Genk stelt Voornaam Naam aan als
// nieuwe trainer", "Le Standard nomme Prénom Nom entraîneur", "Voornaam Naam (ex-Genk) is de
// nieuwe trainer", "Genk heeft een nieuwe trainer: Voornaam Naam".
func (r *reading) appointed(i int) int {
	if !r.ourBench(i) {
		return -1
	}
	phrase, fresh := r.tradePhrase(i)
	if from := r.becomes(phrase, fresh); from >= 0 && (!r.tokens[i].is(wSuccessor) || r.tokens[i].is(wCoach)) {
		return from // "als vervanger van" may be a player's
	}
	if fresh || r.tokens[i].is(wSuccessor) {
		return r.presented(i)
	}
	return -1
}

// ourBench reports that a trade's employer is one of our clubs: one stands in its sentence,
// or in the headline, and no other employer behind the trade ("trainer van Ajax") or before
// it ("Ajax-trainer").
func (r *reading) ourBench(i int) bool {
	t := &r.tokens[i]
	f := r.fields[t.field]
	if t.joined(hyphen) && r.tokens[i-1].has(capital) {
		return false
	}
	if k := i + 2; k < f.to && !t.is(wSuccessor) && r.tokens[i+1].is(wAt) && r.tokens[i+1].before&^space == 0 {
		if r.tokens[k].is(wArticle) && k+1 < f.to {
			k++
		}
		if r.tokens[k].has(capital) && r.tokens[k].before&^(space|apostrophe) == 0 && !r.clubStarts(int32(k)) { //nolint:gosec // G115
			return false
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if r.meansClub(m) && m.stance == plain && (r.tokens[m.first].field == inTitle || r.sameSentence(int(m.first), i)) {
			return true
		}
	}
	return false
}

// tradePhrase returns where the words begin that belong to a trade, "de nieuwe", "son
// nouvel", and whether they say that it is a new man's.
func (r *reading) tradePhrase(i int) (from int, fresh bool) {
	begin := r.fields[r.tokens[i].field].from
	if i > begin && r.tokens[i].joined(hyphen) {
		i-- // "interim-trainer"
	}
	for i > begin && r.tokens[i].before&^space == 0 && !r.proper(&r.tokens[i-1]) {
		t := &r.tokens[i-1]
		isNew := t.among(r.words.another)
		if !isNew && !t.is(wArticle|wParticle|wBelgian) && !t.among(r.words.possessives) && !t.among(r.words.chief) {
			break
		}
		fresh = fresh || isNew
		i--
	}
	return i, fresh
}

// appointMost is how many words may stand between a name and what he becomes: "Voornaam Naam
// gaat vanaf maandag aan de slag als trainer".
const appointMost = 7

// becomes returns where the full name begins to which a trade's words belong that begin at
// a token.
func (r *reading) becomes(phrase int, fresh bool) int {
	begin := r.fields[r.tokens[phrase].field].from
	k := phrase - 1
	if k <= begin || r.tokens[phrase].before&^(space|closesParen) != 0 {
		return -1
	}
	t := &r.tokens[k]
	switch {
	case t.among(r.words.asWhat), t.among(r.words.relatives) && r.tokens[k-1].among(r.words.asWhat): // "als", "en tant que"
		for n := 0; n < appointMost && k > begin; n++ {
			if m := r.mentionAt(int32(k - 1)); m != nil && m.subject >= 0 && r.namesPerson(m) { //nolint:gosec // G115
				if k = int(m.first); k <= begin || !r.tokens[k-1].is(wSuccessor) && !r.tokens[k-1].among(r.words.succeeds) {
					return -1
				}
				continue // "volgt Ivan Leko op als"
			}
			if from := r.nameEnding(k - 1); from >= 0 {
				return from
			}
			if r.tokens[k].before&(comma|colon|semicolon|stop|opens|closes) != 0 {
				return -1
			}
			k--
		}
	case t.among(r.words.copulas), t.among(r.words.notAnymore), t.is(wOfficial|wHires) && !t.has(capital):
		for k > begin && !r.tokens[k].has(capital) && (r.tokens[k].among(r.words.copulas) || r.tokens[k].among(r.words.notAnymore) || r.tokens[k].is(wOfficial|wHires)) {
			k-- // "est officiellement nommé", "n'est plus"
		}
		return r.nameEnding(k)
	case !fresh:
		if from := r.nameEnding(k); from > begin && r.tokens[from-1].is(wOfficial|wHires) && r.tokens[from].before&^space == 0 {
			return from // "nomme Prénom Nom entraîneur"
		}
	default:
		return r.nameEnding(k) // "Voornaam Naam nieuwe trainer Genk"
	}
	return -1
}

// nameEnding returns where a person's full name begins that ends at a token, or before the
// bracket that does ("Voornaam Naam (50)"), -1 for none.
func (r *reading) nameEnding(end int) int {
	begin := r.fields[r.tokens[max(end, 0)].field].from
	if end+1 < len(r.tokens) && r.tokens[end+1].before&closesParen != 0 {
		for end > begin && r.tokens[end].before&opensParen == 0 {
			end--
		}
		end--
	}
	for from := max(begin, end-3); from < end; from++ {
		if n := r.nameLength(from); n > 0 && from+n-1 == end {
			return from
		}
	}
	return -1
}

// presented returns where a full name begins that is told behind a new man's trade: "nouvel
// entraîneur : Prénom Nom", "nieuwe trainer van Genk heet Voornaam Naam".
func (r *reading) presented(i int) int {
	f := r.fields[r.tokens[i].field]
	for k := i + 1; k < min(i+appointMost, f.to); k++ {
		t := &r.tokens[k]
		if t.before.ends() {
			return -1
		}
		told := k == i+1 && t.before == space && !r.tokens[i].is(wSuccessor) || t.before&(colon|comma|dash) != 0 ||
			r.tokens[k-1].among(r.words.copulas) || r.tokens[k-1].among(r.words.called)
		if told && r.nameLength(k) >= 2 {
			return k
		}
		if t.before&comma != 0 {
			return -1 // "Nouvel entraîneur, nouveaux visages : …"
		}
	}
	return -1
}

// sameSentence reports that no sentence ends between two tokens.
func (r *reading) sameSentence(a, b int) bool {
	if r.tokens[a].field != r.tokens[b].field {
		return false
	}
	for i := min(a, b) + 1; i <= max(a, b); i++ {
		if r.tokens[i].before.ends() {
			return false
		}
	}
	return true
}

// sameClause reports that neither a sentence ends between two tokens nor a clause at a semicolon.
func (r *reading) sameClause(a, b int) bool {
	if !r.sameSentence(a, b) {
		return false
	}
	for i := min(a, b) + 1; i <= max(a, b); i++ {
		if r.tokens[i].before&semicolon != 0 {
			return false
		}
	}
	return true
}

// ownBench reports that the man between two tokens, named with his trade, is the coach of a
// club that the clause begins with ("Genk gaat in zee met trainer Voornaam Naam"), or who
// comes or goes there ("Trainer Voornaam Naam stapt op bij Genk").
func (r *reading) ownBench(i, end int) bool {
	if !r.ourBench(i) {
		return false
	}
	f := r.fields[r.tokens[i].field]
	for k := i; k >= f.from; k-- {
		if m := r.mentionAt(int32(k)); m != nil && r.meansClub(m) && m.stance == plain { //nolint:gosec // G115
			ahead := r.ahead(m)
			return r.tokens[m.first].before.starts() || ahead.before.starts() && ahead.among(r.words.another) // "New Antwerp head coach"
		}
		if t := &r.tokens[k]; t.before&colon != 0 && k > f.from && r.clubEnds(int32(k-1)) { //nolint:gosec // G115
			return r.labels(r.mentionAt(int32(k - 1))) //nolint:gosec // G115 // "Virton : le T1 Prénom Nom démissionne"
		} else if k < i && t.has(capital) || t.before&(comma|colon|semicolon|stop|opens|closes|opensParen) != 0 {
			break
		}
	}
	moves := false
	for k := end; k < min(end+appointMost, f.to) && r.tokens[k].before&^(space|apostrophe) == 0; k++ {
		moves = moves || r.tokens[k].is(wOfficial|wLeft)
		if m := r.mentionAt(int32(k)); m != nil { //nolint:gosec // G115
			return moves && r.meansClub(m) && m.stance == plain
		}
	}
	return false
}

// opensField reports a trade that its field begins with, but for the words that belong to it:
// "Interimcoach Voornaam Naam", "L'entraîneur intérimaire Prénom Nom".
func (r *reading) opensField(i int) bool {
	from, _ := r.tradePhrase(i)
	return from == r.fields[r.tokens[i].field].from
}

// caretaker returns where the full name begins of the man who, in the lead, sits on the bench for which the headline finds a
// caretaker: "Antwerp stelt interim aan", "Voornaam Naam zit zondag tegen Gent op de bank"; -1 for none.
func (r *reading) caretaker() int {
	if !r.caretakers() || r.titleCoach() >= 0 || !r.clubInHeadline() {
		return -1
	}
	f := r.fields[inLead]
	for i := f.from; i < f.to; i++ {
		if n := r.nameLength(i); n >= 2 && r.takesBench(int32(i), int32(i+n-1)) { //nolint:gosec // G115
			return i
		} else if n > 0 {
			i += n - 1
		}
	}
	return -1
}

// clubInHeadline reports a headline that names one of our clubs as more than an aside.
func (r *reading) clubInHeadline() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; r.tokens[m.first].field == inTitle && r.meansClub(m) && m.stance == plain {
			return true
		}
	}
	return false
}
