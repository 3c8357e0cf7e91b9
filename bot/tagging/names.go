package tagging

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// subject is something that a name can mean: an entry of the catalogue, or a
// player of a squad.
type subject struct {
	entry  catalogue.Entry
	person *catalogue.Person // a player; entry is then the team he plays for
	topic  subscriptions.Topic
	youth  int32 // the club's U23 side, -1 for none
	women  int32
	parent int32
	first  uint32 // the word of a coach's first name
	// places are, by tenure, the word that names an employer abroad, 0 for none.
	places []uint32
	// foreign are phrases that speak for another bearer of its names.
	foreign cue
}

func (s *subject) club() bool   { return s.person == nil && s.topic.Type() == "club" }
func (s *subject) coach() bool  { return s.person == nil && s.topic.Type() == "coach" }
func (s *subject) team() bool   { return s.person == nil && s.topic.Type() == "team" }
func (s *subject) player() bool { return s.person != nil }

// senior reports a club's own first team, as opposed to a U23 or women's side.
func (s *subject) senior() bool { return s.club() && s.entry.Side == subscriptions.ScopeAbout }

// claim is one subject's right to a name.
type claim struct {
	subject  int32
	safety   catalogue.Safety
	part     catalogue.Part
	language language
	stadium  bool
}

// decoy is what a phrase is that only looks like one of our names.
type decoy uint8

const (
	noDecoy     decoy = iota
	otherBearer       // what it is nobody says
	otherClub
	otherSport
	notSport
	otherPerson
)

// name is a phrase of the trie.
type name struct {
	text   string
	all    []claim            // as the catalogue gives them
	byLang [languages][]claim // those that count in a language
	rule   int32              // of a shared name, -1 for none
	decoy  decoy
	// capitalAt is the word that must be written with a capital, -1 for none
	// ("blauw-zwart"). In "'t Kuipje" it is the second.
	capitalAt int
}

// rare reports a name that is no ordinary word: it needs no capital where nothing has one.
func (n *name) rare() bool {
	for i := range n.all {
		if c := &n.all[i]; c.safety == catalogue.Safe || c.safety == catalogue.Football {
			return true
		}
	}
	return false
}

// coachName reports a name that a coach bears.
func (reg *register) coachName(name int32) bool {
	all := reg.names[name].all
	return len(all) > 0 && reg.subjects[all[0].subject].coach()
}

// clubName reports a name that a club bears.
func (reg *register) clubName(name int32) bool {
	all := reg.names[name].all
	return len(all) > 0 && reg.subjects[all[0].subject].club()
}

// rule is a catalogue.Rule with its words looked up.
type rule struct {
	def  int32
	word bool // the name is an ordinary word as well
	both bool // the name is that of a meeting, and means all who claim it
	cues []cue
}

type cue struct {
	words   []uint32
	phrases [][]uint32
	subject int32
}

// register is all names of a catalogue in one trie.
type register struct {
	lex      *lexicon
	trie     *trie
	names    []name
	rules    []rule
	subjects []subject
	byTopic  map[subscriptions.Topic]int32
	coachOf  func(club subscriptions.Topic, at time.Time) (subscriptions.Topic, bool)
	mint     func(fullName string) (catalogue.Entry, error)
	devils   int32 // the men's national team, -1 when the catalogue lacks it
	asOf     time.Time
}

// The national teams that rules ask for: the men's and the women's.
const (
	devilsTopic subscriptions.Topic = "team/rode-duivels"
	flamesTopic subscriptions.Topic = "team/red-flames"
)

func newRegister(c *catalogue.Catalogue, lex *lexicon, decoys map[string][]string) *register {
	reg := &register{lex: lex, trie: newTrie(), byTopic: map[subscriptions.Topic]int32{}, coachOf: c.Coach, mint: c.Mint, devils: -1}
	for _, e := range c.Entries() {
		if e.RoleOf != "" {
			continue
		}
		reg.byTopic[e.Topic] = int32(len(reg.subjects)) //nolint:gosec // G115: some hundred entries
		reg.subjects = append(reg.subjects, subject{entry: e, topic: e.Topic, youth: -1, women: -1, parent: -1})
		if e.AsOf.After(reg.asOf) {
			reg.asOf = e.AsOf
		}
	}
	if i, ok := reg.byTopic[devilsTopic]; ok {
		reg.devils = i
	}
	entries := len(reg.subjects)
	for i := range entries {
		reg.relate(int32(i)) //nolint:gosec // G115
	}
	for i := range entries {
		reg.enter(int32(i)) //nolint:gosec // G115
	}
	for _, r := range c.Rules() {
		reg.share(r)
	}
	for i := range entries {
		reg.lookalikes(&reg.subjects[i].entry)
	}
	kinds := map[string]decoy{"football": otherClub, "sport": otherSport, "elsewhere": notSport, "other": notSport}
	for _, kind := range slices.Sorted(maps.Keys(decoys)) {
		for _, p := range decoys[kind] {
			reg.decoy(p, kinds[kind])
		}
	}
	for _, g := range c.Guards() {
		reg.decoy(g.Phrase, kinds[g.Is])
	}
	reg.settle()
	return reg
}

// relate links a side to its parent club.
func (reg *register) relate(i int32) {
	e := &reg.subjects[i].entry
	p, ok := reg.byTopic[e.Parent]
	if e.Parent == "" || !ok {
		return
	}
	reg.subjects[i].parent = p
	switch e.Side {
	case subscriptions.ScopeYouth:
		reg.subjects[p].youth = i
	case subscriptions.ScopeWomen:
		reg.subjects[p].women = i
	case subscriptions.ScopeAbout, subscriptions.ScopeMention, subscriptions.ScopeSquad:
	}
}

// enter adds all names of a subject.
func (reg *register) enter(i int32) {
	e := reg.subjects[i].entry
	for _, t := range e.Tenures {
		reg.subjects[i].places = append(reg.subjects[i].places, reg.place(t.Place))
	}
	stadiums := map[string]bool{}
	for _, s := range e.Stadiums {
		stadiums[s] = true
	}
	for _, n := range e.Names {
		if words := reg.lex.split(n.Text); n.Part == catalogue.PartFull && reg.subjects[i].first == 0 && len(words) > 1 {
			reg.subjects[i].first = reg.lex.id(words[0])
		}
		if n.Safety == catalogue.Weak || n.Safety == catalogue.Shared || reg.trade(n.Text) {
			continue
		}
		reg.claim(n.Text, claim{
			subject: i, safety: n.Safety, part: n.Part, language: languageOf(n.Language), stadium: stadiums[n.Text],
		})
		if !stadiums[n.Text] {
			reg.compound(i, n)
		}
	}
	for _, w := range e.Foreign {
		if ids := reg.lex.phrase(reg.lex.split(w)); len(ids) > 0 {
			reg.subjects[i].foreign.phrases = append(reg.subjects[i].foreign.phrases, ids)
		}
	}
	for k := range e.Squad {
		p := &e.Squad[k]
		j := int32(len(reg.subjects)) //nolint:gosec // G115
		reg.subjects = append(reg.subjects, subject{entry: e, person: p, youth: -1, women: -1, parent: i})
		for _, n := range p.Names {
			if n.Safety != catalogue.Weak {
				reg.claim(n.Text, claim{subject: j, safety: n.Safety, part: n.Part, language: languageOf(n.Language)})
			}
		}
	}
}

// lookalikes enters what an entry says it is not. All names are entered before: a decoy that is
// somebody's name stays that.
func (reg *register) lookalikes(e *catalogue.Entry) {
	for _, p := range e.Not {
		reg.decoy(p, otherBearer)
	}
	for _, p := range e.Lookalikes {
		reg.decoy(p, otherPerson)
	}
	for i := range e.Squad {
		for _, p := range e.Squad[i].Lookalikes {
			reg.decoy(p, otherPerson)
		}
	}
}

// compound adds what Dutch makes of a club's name in one word, where others write a
// hyphen: "Antwerpfans", "Gentspeler", "Genkvrouwen". It is surely the club, where football is. Not so
// "Clubvoorzitter", who is any club's, nor what is made of an adjective or a people
// ("Genkse", "Kanaries"), which nobody writes.
func (reg *register) compound(i int32, n catalogue.Name) {
	l := languageOf(n.Language)
	if !reg.subjects[i].senior() || l != anyLanguage && l != dutch || n.Text == "Club" ||
		strings.ContainsAny(n.Text, " -'’.") || strings.HasSuffix(n.Text, "s") || strings.HasSuffix(n.Text, "se") {
		return
	}
	for _, end := range strings.Fields(compoundEnds) {
		reg.claim(n.Text+end, claim{subject: i, safety: catalogue.Football, language: dutch})
	}
	if women := reg.subjects[i].women; women >= 0 {
		for _, end := range strings.Fields(womenEnds) {
			reg.claim(n.Text+end, claim{subject: women, safety: catalogue.Football, language: dutch})
		}
	}
}

// place returns the word that tells an employer from others: the first of more
// than three letters ("Norwich" of "Norwich City", "Hilal" of "Al-Hilal").
func (reg *register) place(employer string) uint32 {
	for _, w := range reg.lex.split(employer) {
		if len(w) > 3 && w != "real" && w != "racing" && w != "sporting" && w != "club" && w != "union" {
			return reg.lex.id(w)
		}
	}
	return 0
}

// trade reports a name that is the trade of a national coach: devils.go decides
// whose coach is meant.
func (reg *register) trade(text string) bool {
	words := reg.lex.split(text)
	return len(words) > 0 && len(words) <= 2 && reg.lex.words[reg.lex.ids[words[0]]].in(anyLanguage)&wNation != 0
}

// phrase returns the name of these words, new or known.
func (reg *register) phrase(text string) *name {
	words := reg.lex.split(text)
	if len(words) == 0 {
		return nil
	}
	ids := reg.lex.phrase(words)
	n, isNew := reg.trie.add(ids, int32(len(reg.names))) //nolint:gosec // G115
	if isNew {
		reg.names = append(reg.names, name{
			text: strings.Join(words, " "), rule: -1, capitalAt: reg.lex.capitalAt(text),
		})
	}
	reg.lex.words[ids[0]].senses[anyLanguage] |= wName
	reg.lex.words[ids[len(ids)-1]].possessive = true
	return &reg.names[n]
}

func (reg *register) claim(text string, c claim) {
	if n := reg.phrase(text); n != nil {
		n.all = append(n.all, c)
	}
}

// settle works out, for each name and language, who claims it: each subject
// once, by what the catalogue says for that language, or else for every
// language. A safe name is safe in every language: a French site also writes
// "KV Mechelen".
func (reg *register) settle() {
	for i := range reg.names {
		n := &reg.names[i]
		for l := range languages {
			for _, exact := range [...]bool{true, false} {
				for _, c := range n.all {
					fits := c.language == l
					if !exact {
						fits = c.language == anyLanguage || c.safety == catalogue.Safe
					}
					if fits && !claimed(n.byLang[l], c.subject) {
						n.byLang[l] = append(n.byLang[l], c)
					}
				}
			}
		}
	}
}

func claimed(claims []claim, subject int32) bool {
	for i := range claims {
		if claims[i].subject == subject {
			return true
		}
	}
	return false
}

// decoy enters a phrase that hides our names inside it. A phrase that is a name
// itself stays one.
func (reg *register) decoy(text string, d decoy) {
	if n := reg.phrase(text); n != nil && len(n.all) == 0 {
		n.decoy, n.capitalAt = d, -1
	}
}

func (reg *register) share(r catalogue.Rule) {
	n := reg.phrase(r.Name)
	if n == nil {
		return
	}
	known := func(t subscriptions.Topic) int32 {
		if i, ok := reg.byTopic[t]; ok {
			return i
		}
		return -1
	}
	for _, t := range r.Claims {
		if i := known(t); i >= 0 {
			c := claim{subject: i, safety: catalogue.Shared, language: languageOf(r.Language)}
			if t.Type() == "coach" {
				c.part = catalogue.PartSurname
			}
			reg.claim(r.Name, c)
		}
	}
	out := rule{def: known(r.Default), word: r.Safety == catalogue.Word, both: r.Both}
	for _, c := range r.Cues {
		k := cue{subject: known(c.Topic)}
		for _, w := range c.Words {
			ids := reg.lex.phrase(reg.lex.split(w))
			if len(ids) == 1 {
				k.words = append(k.words, ids[0])
			} else if len(ids) > 1 {
				k.phrases = append(k.phrases, ids)
			}
		}
		out.cues = append(out.cues, k)
	}
	n = reg.phrase(r.Name)         // the table may have moved
	n.rule = int32(len(reg.rules)) //nolint:gosec // G115
	reg.rules = append(reg.rules, out)
}

// tenure returns the club or team that a coach serves on a day; empty if none
// that the catalogue knows.
func (s *subject) tenure(at time.Time) subscriptions.Topic {
	for i := range s.entry.Tenures {
		if t := &s.entry.Tenures[i]; t.At(at) {
			return t.Club
		}
	}
	return ""
}

// servesAround reports whether a coach serves a club or team on a day, or within
// two months of it: what is said of a coach who came or went is said around then.
func (s *subject) servesAround(club subscriptions.Topic, at time.Time) bool {
	const months = 60 * 24 * time.Hour
	for i := range s.entry.Tenures {
		t := &s.entry.Tenures[i]
		if t.Club == club && (t.At(at) || t.At(at.Add(-months)) || t.At(at.Add(months))) {
			return true
		}
	}
	return false
}

// justLeft reports whether a coach who has no job left a club in the days before: the news is of that still.
func (s *subject) justLeft(club subscriptions.Topic, at time.Time) bool {
	const days = 3 * 24 * time.Hour
	return !s.employed(at) && s.tenure(at.Add(-days)) == club
}

// swapped reports whether a coach left a club for another in the days before.
func (s *subject) swapped(club subscriptions.Topic, at time.Time) bool {
	const days = 4 * 24 * time.Hour
	now := s.tenure(at)
	return now != "" && now != club && s.tenure(at.Add(-days)) == club
}

// employed reports whether a coach has a job anywhere on a day.
func (s *subject) employed(at time.Time) bool {
	for i := range s.entry.Tenures {
		if s.entry.Tenures[i].At(at) {
			return true
		}
	}
	return false
}

// notYet reports a coach whose first job that the catalogue knows is more than a year away: he
// is a player still. Of years before it begins the catalogue knows too little to say so.
func (s *subject) notYet(at time.Time) bool {
	if at.Year() <= firstYear || len(s.entry.Tenures) == 0 {
		return false
	}
	for i := range s.entry.Tenures {
		if from := s.entry.Tenures[i].From; from.IsZero() || from.Before(at.AddDate(1, 0, 0)) {
			return false
		}
	}
	return true
}

// noLonger reports a man whose benches that the catalogue knows make up a year and a half at most, the last
// of them years ago: a pundit or a director by now. Who coached before the catalogue begins to know may have
// done so for long.
func (s *subject) noLonger(at time.Time) bool {
	const spell, years = 18 * 30 * 24 * time.Hour, 2
	var served time.Duration
	for i := range s.entry.Tenures {
		t := &s.entry.Tenures[i]
		if t.From.Year() <= firstYear || t.To.IsZero() || t.To.After(at.AddDate(-years, 0, 0)) {
			return false
		}
		served += t.To.Sub(t.From)
	}
	return served > 0 && served <= spell
}

// firstYear is the year from which the catalogue knows the coaches of the first division.
const firstYear = 2015

// served reports whether a coach served a club or team on a day or at any time before.
func (s *subject) served(club subscriptions.Topic, at time.Time) bool {
	for i := range s.entry.Tenures {
		if t := &s.entry.Tenures[i]; t.Club == club && !t.From.After(at) {
			return true
		}
	}
	return false
}
