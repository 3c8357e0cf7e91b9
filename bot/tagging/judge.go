package tagging

import (
	"github.com/sjotbot/sjotbot/subscriptions"
)

// verdict is what was decided about one subject.
type verdict struct {
	subject int32
	level   subscriptions.Level
	scope   subscriptions.Scope
	rule    string
	mention int32 // the mention that decided; -1-i for token i where none did
}

// The names of the rules that make a subject what the item is about.
const (
	ruleTitle     = "named in the headline"
	ruleHidden    = "the headline keeps the name back, the lead tells it"
	ruleLead      = "the lead is about it"
	ruleLeft      = "the other end of a move"
	ruleDerby     = "the other side of the match"
	ruleURL       = "the address is filed under it"
	ruleCoachClub = "the club of the coach"
	ruleMention   = "named"
	ruleSide      = "its youth or women's side"
	ruleInOffice  = "the coach of that club on that day"
	ruleSquad     = "a player of the squad"
)

// decide records a verdict; a subject keeps its highest level.
func (r *reading) decide(subject int32, level subscriptions.Level, scope subscriptions.Scope, rule string, mention int) {
	if subject < 0 || r.reg.subjects[subject].player() {
		return // a player is nobody's topic
	}
	if at := r.slot[subject]; at > 0 {
		v := &r.verdict[at-1]
		if v.level == subscriptions.Mention && (level == subscriptions.About || v.scope == subscriptions.ScopeMention && scope != subscriptions.ScopeMention) {
			v.level, v.scope, v.rule, v.mention = level, scope, rule, int32(mention) //nolint:gosec // G115
		}
		return
	}
	r.verdict = append(r.verdict, verdict{subject, level, scope, rule, int32(mention)}) //nolint:gosec // G115
	r.slot[subject] = int32(len(r.verdict))                                             //nolint:gosec // G115
}

func (r *reading) about(subject int32, rule string, mention int) {
	r.decide(subject, subscriptions.About, subscriptions.ScopeAbout, rule, mention)
}

func (r *reading) mentioned(subject int32, rule string, mention int) {
	r.decide(subject, subscriptions.Mention, subscriptions.ScopeMention, rule, mention)
}

func (r *reading) isAbout(subject int32) bool {
	at := r.slot[subject]
	return at > 0 && r.verdict[at-1].level == subscriptions.About
}

// judge decides what is the subject and what is only mentioned. Headline before
// lead before body; everything named is at least a mention. The kind is found between the
// stances, which it needs, and the subjects, which need it.
func (r *reading) judge() {
	if r.sport.verdict == isOther {
		r.kind = r.findKind()
		return
	}
	r.takeStances()
	r.kind = r.findKind()
	r.introduce()
	r.judgeTitle()
	r.judgePromotion()
	r.judgeMeeting()
	clubs, others := r.titleSubjects()
	r.judgeLead(clubs, others)
	r.judgeDevils()
	r.judgeAddress()
	r.judgeCoachClub()
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || r.reg.subjects[m.subject].player() {
			continue
		}
		rule := m.rule
		if m.stance == plain {
			rule = ruleMention
		}
		r.mentioned(m.subject, rule, k)
	}
}

// aboutMention makes the subject of a mention what the item is about, or its side.
func (r *reading) aboutMention(k int, rule string) {
	m := &r.mentions[k]
	subject, scope := r.side(m)
	if scope == subscriptions.ScopeAbout {
		r.about(m.subject, rule, k)
		return
	}
	if subject >= 0 {
		r.about(subject, rule, k)
	}
	r.decide(m.subject, subscriptions.Mention, scope, ruleSide, k)
}

func (r *reading) judgeTitle() {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || m.stance == aside || r.tokens[m.first].field != inTitle {
			continue
		}
		switch s := &r.reg.subjects[m.subject]; {
		case s.player(), m.subject == r.reg.devils:
		case s.coach():
			r.about(m.subject, ruleTitle, k)
		default:
			r.aboutMention(k, ruleTitle)
		}
	}
}

// judgeMeeting makes both sides subjects of a headline that calls their match by its
// name: "Brugse derby eindigt zonder winnaar".
func (r *reading) judgeMeeting() {
	if r.sport.verdict != isFootball {
		return
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		n := &r.reg.names[m.name]
		if n.rule < 0 || !r.reg.rules[n.rule].both || r.tokens[m.first].field != inTitle {
			continue
		}
		claims := r.claims(m)
		for i := range r.mentions {
			if o := &r.mentions[i]; r.meansClub(o) && !claimed(claims, o.subject) {
				if r.titleSays(r.words.draws) || r.titleSays(r.words.rounds) {
					break // "Loting: Brugse derby, Anderlecht naar Lommel"
				}
				return // of other clubs, or of another match that goes by the name
			}
		}
		for _, c := range claims {
			r.about(c.subject, ruleDerby, k)
		}
	}
}

// titleSubjects counts the clubs and the others the headline is about.
func (r *reading) titleSubjects() (clubs, others int) {
	for i := range r.verdict {
		if v := &r.verdict[i]; v.level == subscriptions.About {
			if r.reg.subjects[v.subject].coach() {
				others++
			} else {
				clubs++
			}
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject >= 0 && m.subject == r.reg.devils && m.stance == plain && r.tokens[m.first].field == inTitle && !r.othersDevils() {
			return clubs, others + 1
		}
	}
	return clubs, others
}

// coachServes reports that a coach the item is about served a club on its day.
func (r *reading) coachServes(club subscriptions.Topic) bool {
	for i := range r.verdict {
		v := &r.verdict[i]
		s := &r.reg.subjects[v.subject]
		if v.level == subscriptions.About && s.coach() && (s.tenure(r.at) == club || s.justLeft(club, r.at)) && !r.spokenOf(v) {
			return true
		}
	}
	return false
}

// spokenOf reports a coach who stands only in the words of another: "Euvrard : « Compper est un
// ami »". What the item tells of clubs goes with who speaks.
func (r *reading) spokenOf(v *verdict) bool {
	k := r.titleCoach()
	return v.mention >= 0 && k >= 0 && !r.matchOpensLead() && r.mentions[k].subject != v.subject &&
		r.tokens[r.mentions[v.mention].first].has(doubleQuoted) && !r.tokens[r.mentions[k].first].has(doubleQuoted)
}

// matchOpensLead reports a lead that begins with a match: "Club Brugge - Standard, de leider tegen …".
func (r *reading) matchOpensLead() bool {
	for k := range r.mentions {
		if m := &r.mentions[k]; r.inLeadOf(m) {
			return k+1 < len(r.mentions) && r.matched(m, &r.mentions[k+1])
		}
	}
	return false
}

// aboutCoachOf reports that a coach the item is about came from a club, or goes to
// it, in these weeks.
func (r *reading) aboutCoachOf(club subscriptions.Topic) bool {
	for i := range r.verdict {
		v := &r.verdict[i]
		s := &r.reg.subjects[v.subject]
		if v.level == subscriptions.About && s.coach() && s.servesAround(club, r.at) {
			return true
		}
	}
	return false
}

// judgeAddress uses a folder or host of the address that is a club's name, when
// the headline is about no club and the lead about no other.
func (r *reading) judgeAddress() {
	if r.sport.verdict != isFootball {
		return
	}
	r.judgeRubric()
	r.judgeFixturePage()
	subject := r.addressClub()
	if subject < 0 {
		return
	}
	if own, ok := r.reg.byTopic[r.source.club]; ok && own == subject && !r.aboutWomen() && !r.titleHas(wYouth) {
		r.about(subject, ruleURL, -1)
		return
	}
	for i := range r.verdict {
		if v := &r.verdict[i]; v.level == subscriptions.About && r.reg.subjects[v.subject].club() {
			return
		}
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject == subject && m.stance == aside {
			return // filed under the club that he left
		}
		if m.subject >= 0 && m.subject != subject && m.stance == plain && r.reg.subjects[m.subject].club() && !r.named(subject, nil) {
			return
		}
	}
	r.about(subject, ruleURL, -1)
}

// judgeFixturePage makes subjects of both sides of the match under which a site files its report,
// ".../kalender/speeldag-8/westerlo/standard/live-…", but for the words of one of them.
func (r *reading) judgeFixturePage() {
	if r.speech() || r.aboutWomen() {
		return
	}
	for _, folder := range r.fixtureFolders() {
		if c := r.folderClaim(folder); c != nil {
			r.about(c.subject, ruleURL, -1)
		}
	}
}

// judgeRubric takes what a publisher files under the national team, and what is about nobody else,
// for that team's.
func (r *reading) judgeRubric() {
	if r.reg.devils < 0 || r.aboutWomen() || r.titleHas(wYouth|wForeign) || r.leadHas(wYouth) || r.titleSays(r.words.abroad) {
		return
	}
	for i := range r.verdict {
		if v := &r.verdict[i]; v.level == subscriptions.About && !r.reg.subjects[v.subject].coach() {
			return
		}
	}
	if text, _ := r.devilsFolder(); text != "" {
		r.about(r.reg.devils, ruleURL, -1)
	}
}

// judgeCoachClub adds the club of the coach whom the headline names with the
// business of his team ("Leko wisselt vier keer"), when no club is named.
func (r *reading) judgeCoachClub() {
	business, opponents := r.teamBusiness() || r.staysOn() || r.hisTeam(), r.onlyOpponents() || r.titleCoach() >= 0 && r.titleSays(r.words.lineups)
	if r.sport.verdict != isFootball || !business && !opponents && !r.titleSays(r.words.absent) {
		return
	}
	for i := range r.verdict {
		if r.reg.subjects[r.verdict[i].subject].club() && !opponents {
			return
		}
	}
	for i := range r.verdict {
		v := r.verdict[i]
		s := &r.reg.subjects[v.subject]
		if v.level != subscriptions.About || !s.coach() || v.rule != ruleTitle && !(opponents && v.rule == ruleLead) || r.spokenOf(&v) {
			continue
		}
		if next := r.after(&r.mentions[v.mention]); !business && next != nil && next.among(r.words.absent) && !next.among(r.words.without) {
			continue // he is the one who is missing
		}
		if club, ok := r.reg.byTopic[s.tenure(r.at)]; ok && r.reg.subjects[club].club() {
			r.about(club, ruleCoachClub, int(v.mention))
		}
	}
}

// hisTeam reports a lead that begins with the team of the coach whom the headline names: "Zijn ploeg verloor van Dender",
// "Son équipe a battu Dender".
func (r *reading) hisTeam() bool {
	f := r.fields[inLead]
	return r.titleCoach() >= 0 && f.from+2 < f.to && r.tokens[f.from].among(r.words.possessives) && r.tokens[f.from+1].among(r.words.sides)
}

// onlyOpponents reports that all clubs of headline and lead are whom a coach's team meets.
func (r *reading) onlyOpponents() bool {
	if r.derbyOfCoach() {
		return true
	}
	found := false
	for k := range r.mentions {
		m := &r.mentions[k]
		if !r.meansClub(m) || r.tokens[m.first].field == inBody || m.adopted {
			continue
		}
		if !(r.tokens[m.first].field == inTitle && r.onlyGround(m)) && (m.stance != aside || m.rule != ruleOpponent && m.rule != ruleReaction && m.rule != ruleBeaten) {
			return false
		}
		found = true
	}
	return found
}

// staysOn reports a headline that tells until when somebody stays where he is: "Charaï blijft tot 2029 in de
// Kempen", "Mazzù prolonge jusqu'en 2028".
func (r *reading) staysOn() bool {
	f := r.fields[inTitle]
	stays := false
	for i := f.from; i < f.to; i++ {
		t := &r.tokens[i]
		if stays && t.has(number) && int(t.value) >= r.at.Year() && int(t.value) < r.at.Year()+10 && r.until(i) {
			return true
		}
		stays = stays || t.among(r.words.staying)
	}
	return false
}

// teamBusiness reports a headline about line-ups, squads, training, results.
func (r *reading) teamBusiness() bool {
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wTeamwork) && !t.is(wNation) {
			return true
		}
	}
	return false
}

// derbyOfCoach reports a headline of a coach, the derby to come and the one club that he meets in it:
// "Vincent Euvrard rend hommage à Charleroi avant le choc wallon".
func (r *reading) derbyOfCoach() bool {
	coach := r.titleCoach()
	if coach < 0 || !r.derbyAhead() {
		return false
	}
	rival := int32(-1)
	for k := range r.mentions {
		m := &r.mentions[k]
		if !r.meansClub(m) || r.tokens[m.first].field == inBody {
			continue
		}
		if rival >= 0 && rival != m.subject || r.linked(&r.mentions[coach], m) {
			return false
		}
		rival = m.subject
	}
	return rival >= 0 && r.titleNames(rival)
}
