package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// side returns whom a mention of a club means in a text about youth or women, and
// the scope in which the club itself is then told of it.
func (r *reading) side(m *mention) (subject int32, scope subscriptions.Scope) {
	s := &r.reg.subjects[m.subject]
	if !s.senior() {
		return m.subject, subscriptions.ScopeAbout
	}
	switch {
	case r.aboutWomen() && !(s.women >= 0 && r.titleNames(s.women)), r.sideElsewhere(s.women, m), r.womenInLead(m), r.nicknamed(s.women, m):
		return s.women, subscriptions.ScopeWomen
	case r.youngMatch(m):
		return -1, subscriptions.ScopeYouth // the boys have no topic of their own
	case r.youthAt(m), r.sideElsewhere(s.youth, m) && !r.clubsBusiness(), r.behindSide(s.youth, m), r.nicknamed(s.youth, m):
		return s.youth, subscriptions.ScopeYouth
	}
	return m.subject, subscriptions.ScopeAbout
}

// nicknamed reports a nickname of the club behind a colon, in front of which the headline names its side: "RSCA Futures :
// les Mauves battus", "Club NXT: blauw-zwart onderuit".
func (r *reading) nicknamed(side int32, m *mention) bool {
	t, ahead := &r.tokens[m.first], r.ahead(m)
	if side < 0 || t.field != inTitle || t.has(capital) && !t.is(wArticle) && (ahead == nil || !ahead.is(wArticle)) {
		return false
	}
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.first >= m.first || o.subject != side {
			continue
		}
		for i := o.last + 1; i <= m.first; i++ {
			if r.tokens[i].before&colon != 0 {
				return true
			}
		}
	}
	return false
}

// aboutWomen reports a text about women's football.
func (r *reading) aboutWomen() bool {
	if strings.Contains(r.path, "vrouwenvoetbal") || strings.Contains(r.path, "football-feminin") || strings.Contains(r.item.Source, "vrouwenvoetbal") {
		return true
	}
	if r.superLeague() || r.titlePhrase(r.words.super, r.words.league) && r.leadHas(wWomen) {
		return true
	}
	n := 0
	for i := range r.fields[inLead].to {
		t := &r.tokens[i]
		if t.is(wWomenLeague) || t.is(wWomen) && !t.quoted() && (t.field == inTitle || i-r.fields[inLead].from < 2) {
			return true // in the headline, or where the lead begins: "Les femmes de Louvain"
		}
		if t.is(wWomen) {
			n++
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && r.reg.subjects[m.subject].entry.Side == subscriptions.ScopeWomen && r.tokens[m.first].field != inBody {
			if r.tokens[m.first].field == inTitle {
				return true
			}
			n++
		}
	}
	return n >= 2
}

// womenInLead reports a club of the headline whose women the lead names right away: "de vrouwen van OH
// Leuven".
func (r *reading) womenInLead(m *mention) bool {
	if r.tokens[m.first].field != inTitle {
		return false
	}
	for k := range r.mentions {
		if o := &r.mentions[k]; o.subject == m.subject && r.inLeadOf(o) {
			return r.reaches(o, wWomen, 2)
		}
	}
	return false
}

// superLeague reports "Super League : …" in front of a headline: in Belgium that is the
// women's first division.
func (r *reading) superLeague() bool {
	f := r.fields[inTitle]
	return f.to-f.from > 2 && r.tokens[f.from].word != 0 && r.tokens[f.from].word == r.words.super &&
		r.tokens[f.from+1].word == r.words.league && r.tokens[f.from+2].before&(colon|dash) != 0
}

// titlePhrase reports two words of the headline, one right behind the other.
func (r *reading) titlePhrase(a, b uint32) bool {
	for i := r.fields[inTitle].from; i+1 < r.fields[inTitle].to; i++ {
		if r.tokens[i].word != 0 && r.tokens[i].word == a && r.tokens[i+1].word == b {
			return true
		}
	}
	return false
}

// secondTeam reports the B of "Antwerp B"; "B." is somebody's first name.
func (r *reading) secondTeam(t *token) bool {
	text := r.text(t.field)
	return t.before&^space == 0 && text[t.start:t.end] == "B" && !strings.HasPrefix(text[t.end:], ".")
}

// youthAt reports a word of youth right at the club: "Genk U23", "de beloften van
// Anderlecht", "Gent-beloften".
func (r *reading) youthAt(m *mention) bool {
	if next := r.after(m); next != nil && (next.is(wYouth) || r.secondTeam(next)) && next.before&(comma|stop|colon|semicolon) == 0 {
		return true
	}
	if ahead := r.ahead(m); ahead != nil && ahead.word != 0 && ahead.word == r.words.jong && ahead.has(capital) {
		return true // "Jong KV"
	}
	if r.ownYoungsters(m) {
		return false
	}
	found := false
	r.back(m, 2, func(_ int, t *token) bool {
		found = t.is(wYouth)
		return !found && t.is(wAt|wArticle)
	})
	return found && !r.onlyGround(m) // "de jeugd van Neerpede" has no topic of its own
}

// ownYoungsters reports the club whose coach uses its young men in the first team: "Simons mise sur les jeunes d'OHL".
func (r *reading) ownYoungsters(m *mention) bool {
	k := r.titleCoach()
	if k < 0 || r.tokens[m.first].field != inTitle || r.mentions[k].first > m.first || r.titleHas(wWins) || r.scoreIn(inTitle) {
		return false
	}
	return r.reg.subjects[r.mentions[k].subject].tenure(r.at) == r.reg.subjects[m.subject].topic
}

// youngMatch reports a club in a headline about a match of boys: "Les U19 de Charleroi battent
// Genk", "Youth League : …". Sides of under 23 meet first teams, those of under 21 their like.
func (r *reading) youngMatch(m *mention) bool {
	f := r.fields[inTitle]
	if r.tokens[m.first].field != inTitle {
		return false
	}
	match := r.titleHas(wWins) || r.scoreIn(inTitle)
	for i := f.from; i+1 < f.to; i++ {
		t, next := &r.tokens[i], &r.tokens[i+1]
		league := t.word != 0 && t.word == r.words.league && i > f.from && r.tokens[i-1].is(wYouth)
		if (t.among(r.words.ages) && !next.joined(hyphen) || league) && (match || next.before&colon != 0) {
			return true
		}
	}
	return false
}

// sideInTitle reports that the headline names a club only by its U23 or women's side.
func (r *reading) sideInTitle(subject int32) bool {
	s := &r.reg.subjects[subject]
	found := s.women >= 0 && r.titleNames(s.women)
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject != subject || r.tokens[m.first].field != inTitle {
			continue
		}
		if _, scope := r.side(m); scope == subscriptions.ScopeAbout {
			return false
		}
		found = true
	}
	return found
}

// judgePromotion makes a club a subject of the headline in which one of its youngsters joins the first team:
// "Futures-talent mag mee met A-kern", "Thorup haalt 17-jarige van Jong Genk bij A-kern".
func (r *reading) judgePromotion() {
	if !r.joinsSeniors() {
		return
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || m.stance != plain || r.tokens[m.first].field != inTitle {
			continue
		}
		if s := &r.reg.subjects[m.subject]; s.entry.Side == subscriptions.ScopeYouth && s.parent >= 0 {
			r.about(s.parent, ruleSide, k)
		}
	}
}

// joinsSeniors reports "bij de A-kern", "rejoint le noyau A" in the headline: where somebody goes, and not of whom "les cadres
// du noyau A" are.
func (r *reading) joinsSeniors() bool {
	f := r.fields[inTitle]
	for i := f.from + 1; i+1 < f.to; i++ {
		t, next := &r.tokens[i], &r.tokens[i+1]
		dutch := t.word == r.words.a && next.joined(hyphen) && next.among(r.words.squads)
		french := t.among(r.words.squads) && next.word == r.words.a && next.has(capital)
		if dutch || french {
			ahead := &r.tokens[i-1]
			if dutch && ahead.is(wArticle) && i-2 >= f.from {
				ahead = &r.tokens[i-2]
			}
			return !ahead.among(r.words.genitives) && !ahead.is(wAnd)
		}
	}
	return false
}

// behindSide reports the parent in "de Futures van Anderlecht".
func (r *reading) behindSide(side int32, m *mention) bool {
	for k := range r.mentions {
		if o := &r.mentions[k]; side >= 0 && o.subject == side && o.last == m.first-2 && r.tokens[m.first-1].is(wAt) && r.tokens[m.first].before&^(space|apostrophe) == 0 {
			return true
		}
	}
	return false
}

// clubsBusiness reports a headline of what a club decides or deals: the lead may be about men of its U23, the club is its subject.
// "Anderlecht zal beslissing moeten nemen over twee talenten".
func (r *reading) clubsBusiness() bool {
	return (r.titleHas(wMarket|wOfficial|wHedge) || r.titleSays(r.words.business)) && !r.titleHas(wYouth|wWins) && !r.scoreIn(inTitle) && !r.titleMatch() && !r.sidesMeet()
}

// sidesMeet reports the U23 sides of two clubs in the lead.
func (r *reading) sidesMeet() bool {
	first := int32(-1)
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject < 0 || !r.inLeadOf(o) || r.reg.subjects[o.subject].entry.Side != subscriptions.ScopeYouth {
			continue
		}
		if first >= 0 && o.subject != first {
			return true
		}
		first = o.subject
	}
	return false
}

// sideElsewhere reports that the headline says only the club's name while the lead
// names its U23 or women's side: the headline means the side. "De coach van de RSCA
// Futures" is somebody who comes from there, and a lead that names the club by its own name
// as well means both.
func (r *reading) sideElsewhere(side int32, m *mention) bool {
	if side < 0 || r.tokens[m.first].field != inTitle || r.coachDiscussed(m) {
		return false
	}
	inLeadOnly := false
	for k := range r.mentions {
		o := &r.mentions[k]
		if o.subject == m.subject && r.tokens[o.first].field == inLead && r.sure(o) && !r.onlyGround(o) {
			return false
		}
		if o.subject == side {
			if r.tokens[o.first].field == inTitle {
				return false
			}
			inLeadOnly = inLeadOnly || r.tokens[o.first].field == inLead && !r.reaches(o, wCoach, 3)
		}
	}
	return inLeadOnly
}
