package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// judgeSelector makes a subject of the national coach of the day whom the lead of news of his team names and then takes
// up: "De zorgen voor Martinez nemen toe. De bondscoach moet vrezen".
func (r *reading) judgeSelector() {
	if !r.isAbout(r.reg.devils) || r.titleCoach() >= 0 {
		return
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject < 0 || m.stance == aside || !r.inLeadOf(m) || r.reg.subjects[m.subject].tenure(r.at) != devilsTopic || !r.aloneAt(k, devilsTopic) {
			continue
		}
		if r.takenUp(m) {
			r.about(m.subject, ruleLead, k)
		}
	}
}

// takenUp reports a coach whom a later sentence takes up by his job: "Het wordt puzzelen voor Martinez.
// De bondscoach moet roteren".
func (r *reading) takenUp(m *mention) bool {
	to := r.fields[r.tokens[m.last].field].to
	for i := int(m.last) + 2; i+1 < to; i++ {
		if r.tokens[i].is(wNation|wCoach) && r.tokens[i-1].is(wArticle) && !r.tokens[i+1].has(capital) {
			return true
		}
	}
	return false
}

// judgeNationalCoach makes the national team the subject when its coach of the
// day is, and when a headline speaks of "de bondscoach" without a country.
func (r *reading) judgeNationalCoach() {
	for i := range r.verdict {
		v := r.verdict[i]
		s := &r.reg.subjects[v.subject]
		if v.level == subscriptions.About && s.coach() && (v.rule == ruleTitle || v.rule == ruleLead) && s.tenure(r.at) == devilsTopic {
			r.about(r.reg.devils, ruleNation, int(v.mention))
			return
		}
	}
	if r.sport.verdict != isFootball || strings.HasSuffix(hostOf(r.item), ".nl") && !r.titleHas(wBelgium) || r.otherSelector() {
		return
	}
	f := r.fields[inTitle]
	for i := f.from; i < f.to; i++ {
		if t := &r.tokens[i]; t.is(wNation) && r.belgianBench(i) {
			r.decide(r.reg.devils, subscriptions.About, subscriptions.ScopeAbout, ruleNation, -1-i)
			return
		}
	}
}
