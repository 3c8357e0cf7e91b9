package tagging

import (
	"strings"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// mostEvidence is how many places are kept as evidence of one tag.
const mostEvidence = 3

// tags lists what was decided, with its evidence, those the item is about first.
func (r *reading) tags() []subscriptions.Tag {
	n := len(r.verdict) + len(r.minted)
	if n == 0 {
		return nil
	}
	tags := make([]subscriptions.Tag, 0, n)
	proofs := make([]subscriptions.Evidence, 0, n*mostEvidence)
	for _, level := range [...]subscriptions.Level{subscriptions.About, subscriptions.Mention} {
		for i := range r.verdict {
			v := &r.verdict[i]
			if v.level != level {
				continue
			}
			from := len(proofs)
			proofs = r.proofs(proofs, v)
			tags = append(tags, subscriptions.Tag{
				Topic: r.reg.subjects[v.subject].topic, Level: v.level, Scope: v.scope, Evidence: proofs[from:len(proofs):len(proofs)],
			})
		}
		for i := range r.minted {
			if m := &r.minted[i]; m.level == level {
				tags = append(tags, r.mintTag(m))
			}
		}
	}
	return tags
}

func (r *reading) mintTag(m *mint) subscriptions.Tag {
	scope := subscriptions.ScopeAbout
	if m.level == subscriptions.Mention {
		scope = subscriptions.ScopeMention
	}
	return subscriptions.Tag{
		Topic: m.topic, Level: m.level, Scope: scope,
		Evidence: []subscriptions.Evidence{r.evidence(&mention{first: m.first, last: m.last}, ruleIntroduced)},
	}
}

// proofs appends the evidence of a verdict: what decided, then other places that
// name the subject.
func (r *reading) proofs(dst []subscriptions.Evidence, v *verdict) []subscriptions.Evidence {
	from := len(dst)
	switch {
	case v.rule == ruleURL:
		dst = append(dst, r.urlEvidence(v.subject))
	case v.mention >= 0:
		dst = append(dst, r.evidence(&r.mentions[v.mention], v.rule))
	default: // a word that is no name: its token is kept as -1-i
		i := -1 - v.mention
		dst = append(dst, r.evidence(&mention{first: i, last: i}, v.rule))
	}
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.subject == v.subject && int32(k) != v.mention && len(dst)-from < mostEvidence { //nolint:gosec // G115
			dst = append(dst, r.evidence(m, m.rule))
		}
	}
	return dst
}

// urlEvidence names the part of the address that tells a subject, or the site where no address is given.
func (r *reading) urlEvidence(subject int32) subscriptions.Evidence {
	if r.item.URL == "" {
		return subscriptions.Evidence{Field: "source", Text: r.item.Source, Rule: ruleURL}
	}
	text, start, _ := r.addressPart(subject)
	if subject == r.reg.devils {
		text, start = r.devilsFolder()
	}
	for _, folder := range r.fixtureFolders() {
		if c := r.folderClaim(folder); text == "" && c != nil && c.subject == subject {
			text, start = folder, strings.Index(r.item.URL, "/"+folder+"/")+1
		}
	}
	return subscriptions.Evidence{Field: "url", Text: text, Start: start, Rule: ruleURL}
}

// devilsFolder returns the folder of the address under which a publisher files the national team, and
// where it stands; empty for none.
func (r *reading) devilsFolder() (text string, start int) {
	for _, folder := range [...]string{"/rode-duivels/", "/diables-rouges/", "/diablesrouges/"} {
		if i := strings.Index(r.item.URL, folder); i > 0 {
			return folder[1 : len(folder)-1], i + 1
		}
	}
	return "", 0
}

// addressClub returns the club that a folder or the host of the address names, -1
// for none.
func (r *reading) addressClub() int32 {
	_, _, subject := r.addressPart(-1)
	return subject
}

// addressPart finds a folder or host label that is exactly the name of a club (of
// one club, if wanted is not -1), and where it stands in the address.
func (r *reading) addressPart(wanted int32) (text string, start int, subject int32) {
	host, path := splitURL(r.item.URL)
	start = strings.Index(r.item.URL, "://") + len("://")
	if s, ok := r.reg.byTopic[r.source.club]; ok && (host != "" || r.item.URL == "") && (wanted < 0 || s == wanted) {
		return host, start, s
	}
	if first, _, ok := strings.Cut(host, "."); ok && strings.Contains(first, "-") {
		if s := r.folderClub(first); s >= 0 && (wanted < 0 || s == wanted) {
			return first, start, s
		}
	}
	start += len(host)
	path = strings.TrimRight(path, "/")
	for strings.Contains(path, "/") {
		folder, rest, _ := strings.Cut(path, "/")
		if s := r.folderClub(folder); s >= 0 && (wanted < 0 || s == wanted) {
			return folder, start, s
		}
		start, path = start+len(folder)+1, rest
	}
	return "", 0, -1
}

// fixtureFolders returns the folders of the two sides in the address of a match's page: behind the
// calendar and the round.
func (r *reading) fixtureFolders() []string {
	_, path := splitURL(r.item.URL)
	for _, calendar := range [...]string{"/kalender/", "/calendrier/"} {
		if _, rest, ok := strings.Cut(path, calendar); ok {
			if parts := strings.Split(strings.Trim(rest, "/"), "/"); len(parts) == 4 {
				return parts[1:3]
			}
		}
	}
	return nil
}

// folderClub looks a folder up among the names of clubs that are no words.
func (r *reading) folderClub(folder string) int32 {
	if c := r.folderClaim(folder); c != nil && c.safety != catalogue.Word {
		return c.subject
	}
	return -1
}

// folderClaim looks a folder up among the names that are one club's, nil for none.
func (r *reading) folderClaim(folder string) *claim {
	if folder == "" || len(folder) > 60 || strings.ContainsAny(folder, "0123456789") {
		return nil
	}
	node := int32(0)
	for word := range strings.SplitSeq(folder, "-") {
		id := r.lex.ids[word]
		next, ok := r.reg.trie.steps[step{node, id}]
		if id == 0 || !ok {
			return nil
		}
		node = next
	}
	e := r.reg.trie.ends[node]
	if e == 0 {
		return nil
	}
	claims := r.reg.names[e-1].byLang[r.language]
	if len(claims) != 1 || !r.reg.subjects[claims[0].subject].club() || claims[0].safety == catalogue.Shared {
		return nil
	}
	return &claims[0]
}
