package tagging

// liveReport reports a running report of a match: "LIVE: …", "Rechtstreeks: …", in French "Direct : …", "En direct : …" and
// "(direct, 1-0)"; not "un concurrent direct".
func (r *reading) liveReport() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if t.among(r.words.live) {
			return true
		}
		if !t.among(r.words.directs) {
			continue
		}
		label := i == f.from && f.to > i+1 && r.tokens[i+1].before&(colon|dash) != 0
		if label || t.has(bracketed) || i > f.from && r.tokens[i-1].among(r.words.ens) {
			return true
		}
	}
	return false
}

// tickerHead reports a headline that begins with "LIVE": it is of the match as it is played, and of both sides.
func (r *reading) tickerHead() bool {
	f := r.fields[inTitle]
	return f.from+1 < f.to && r.tokens[f.from].among(r.words.live) && r.tokens[f.from+1].before&(colon|stop|dash) != 0
}

// drawsLevel reports "brengt OHL op gelijke hoogte met", "remet Louvain à hauteur de" in a live report, which tells of a
// goal in the match of the two.
func (r *reading) drawsLevel(i int) bool {
	return r.tokens[i].field == inTitle && r.liveReport() && i > 0 && (r.tokens[i].among(r.words.levels) || r.tokens[i-1].among(r.words.levels))
}

// tickerOf reports the other side in the lead of a live report: "Vanavond ontvangt KV Mechelen
// titelfavoriet Club Brugge".
func (r *reading) tickerOf(k int) bool {
	m := &r.mentions[k]
	if !r.liveReport() || !r.firstSentence(m) {
		return false
	}
	if k > 0 && r.notation(&r.mentions[k-1], m) || k+1 < len(r.mentions) && r.notation(m, &r.mentions[k+1]) {
		return true // "Le coup d'envoi de Westerlo - Anderlecht"
	}
	f := r.fields[inLead]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.among(r.words.hosting) || t.among(r.words.trips) || i > f.from && t.among(r.words.visits) && r.tokens[i-1].among(r.words.comings) {
			return true
		}
	}
	return false
}

// opensTicker reports the first of two clubs at the head of a sentence of the lead of a live report: "OH Leuven en Westerlo
// krijgen vanavond een kans".
func (r *reading) opensTicker(m *mention) bool {
	return r.liveReport() && r.inLeadOf(m) && (r.opensSentence(m) || r.behindGround(m))
}

// behindGround reports a club behind the ground with which its sentence begins: "Au Bosuil, l'Antwerp et Anderlecht se
// disputent une place en finale".
func (r *reading) behindGround(m *mention) bool {
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.last >= m.first || m.first-o.last > 2 || !r.opensSentence(o) || !r.onlyGround(o) {
			continue
		}
		if r.tokens[o.last+1].before&comma != 0 {
			return true
		}
	}
	return false
}
