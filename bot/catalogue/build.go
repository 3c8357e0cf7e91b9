package catalogue

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// draft is a catalogue in the making: what the files say, before it is checked
// as a whole. Extending a catalogue is going back to its draft.
type draft struct {
	order   []subscriptions.Topic
	entries map[subscriptions.Topic]Entry
	origin  map[subscriptions.Topic]string // file:line, for errors
	rules   []Rule
	ruled   map[ruleKey]string // file:line of each rule, for errors
	guards  []Guard
}

// ruleKey is what two rules that take each other's place have in common.
type ruleKey struct{ name, language string }

func (r Rule) key() ruleKey { return ruleKey{nameKey(r.Name), r.Language} }

func (k ruleKey) String() string {
	if k.language == "" {
		return fmt.Sprintf("shared name %q", k.name)
	}
	return fmt.Sprintf("shared name %q of language %q", k.name, k.language)
}

func newDraft() *draft {
	return &draft{
		entries: map[subscriptions.Topic]Entry{}, origin: map[subscriptions.Topic]string{}, ruled: map[ruleKey]string{},
	}
}

func (d *draft) clone() *draft {
	return &draft{
		order: slices.Clone(d.order), entries: maps.Clone(d.entries), origin: maps.Clone(d.origin),
		rules: slices.Clone(d.rules), ruled: maps.Clone(d.ruled), guards: slices.Clone(d.guards),
	}
}

// places are those of all that documents hold, by what it is.
type places map[string]string

// enter notes where a thing stands; one that stands elsewhere too is an error.
func (p places) enter(what, at string) error {
	if first, twice := p[what]; twice {
		return fmt.Errorf("%s stands at %s already", what, first)
	}
	p[what] = at
	return nil
}

// add reads documents into the draft. An entry, a squad or a rule replaces the one that
// the draft had before; the same one twice within documents is an error.
func (d *draft) add(documents ...*document) error {
	seen := places{}
	var problems []error
	put := func(at string, e Entry, adds bool, err error) {
		if err == nil {
			err = seen.enter(fmt.Sprintf("id %q of a %s", e.Topic.ID(), e.Topic.Type()), at)
		}
		if err == nil && adds && !d.has(e.Topic) {
			err = fmt.Errorf("adds to %s, which does not exist", e.Topic)
		}
		if err != nil {
			problems = append(problems, located(at, err))
			return
		}
		d.put(e, adds)
		d.origin[e.Topic] = at
	}
	for _, doc := range documents {
		asOf, _, err := day(doc.AsOf)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: as_of: %w", doc.source, err))
		}
		for i, c := range doc.Club {
			e, err := c.entry(asOf)
			put(doc.at("club", i), e, c.Adds, err)
		}
		for i, t := range doc.Team {
			e, err := t.entry(asOf)
			put(doc.at("team", i), e, t.Adds, err)
		}
		for i, c := range doc.Coach {
			e, err := c.entry(asOf)
			put(doc.at("coach", i), e, c.Adds, err)
		}
	}
	for _, doc := range documents {
		problems = append(problems, d.addRest(doc, seen)...)
	}
	return errors.Join(problems...)
}

// located puts the place before each of the problems that err joins: each is a line.
func located(at string, err error) error {
	joined, ok := err.(interface{ Unwrap() []error }) //nolint:errorlint // err itself, not what it wraps
	if !ok {
		return fmt.Errorf("%s: %w", at, err)
	}
	var problems []error
	for _, problem := range joined.Unwrap() {
		problems = append(problems, located(at, problem))
	}
	return errors.Join(problems...)
}

// put sets an entry, or adds what it says to the one that stands.
func (d *draft) put(e Entry, adds bool) {
	old, stands := d.entries[e.Topic]
	if !stands {
		d.order = append(d.order, e.Topic)
	}
	switch {
	case stands && adds:
		e = old.plus(e)
	case stands:
		e.Squad = old.Squad // a squad is an entry of its own
	}
	d.entries[e.Topic] = e
}

// addRest reads what refers to entries: squads, shared names and guards.
func (d *draft) addRest(doc *document, seen places) []error {
	var problems []error
	note := func(at string, err error) {
		if err != nil {
			problems = append(problems, located(at, err))
		}
	}
	for i, s := range doc.Squad {
		at := doc.at("squad", i)
		note(at, d.addSquad(s, at, seen))
	}
	for i, r := range doc.Shared {
		at := doc.at("shared", i)
		note(at, d.addRule(r, at, seen))
	}
	for i, g := range doc.Guard {
		note(doc.at("guard", i), d.addGuard(g))
	}
	return problems
}

func (d *draft) addSquad(s squadTOML, at string, seen places) error {
	squad, err := s.persons()
	if err != nil {
		return err
	}
	topic := subscriptions.Topic("team/" + s.Team)
	e, ok := d.entries[topic]
	if !ok {
		return fmt.Errorf("squad of team %q, which does not exist", s.Team)
	}
	e.Squad = squad
	d.entries[topic] = e
	return seen.enter(fmt.Sprintf("squad of team %q", s.Team), at)
}

func (d *draft) addRule(r ruleTOML, at string, seen places) error {
	rule, err := r.rule()
	if err != nil {
		return err
	}
	d.rules = slices.DeleteFunc(d.rules, func(old Rule) bool { return old.key() == rule.key() })
	d.rules = append(d.rules, rule)
	d.ruled[rule.key()] = at
	return seen.enter(rule.key().String(), at)
}

func (d *draft) addGuard(g guardTOML) error {
	if !slices.Contains([]string{"football", "sport", "other"}, g.Is) {
		return fmt.Errorf("is = %q: want football, sport or other", g.Is)
	}
	for _, phrase := range g.Phrases {
		d.guards = append(d.guards, Guard{Phrase: phrase, Is: g.Is})
	}
	return nil
}

// plus returns the entry with what more says added.
func (e Entry) plus(more Entry) Entry {
	e.Names = slices.Concat(e.Names, more.Names)
	e.Not = slices.Concat(e.Not, more.Not)
	e.Foreign = slices.Concat(e.Foreign, more.Foreign)
	e.Lookalikes = slices.Concat(e.Lookalikes, more.Lookalikes)
	e.Tenures = sortTenures(slices.Concat(e.Tenures, more.Tenures))
	e.Stadiums = slices.Concat(more.Stadiums, e.Stadiums)
	e.Division = firstOf(more.Division, e.Division)
	e.Country = firstOf(more.Country, e.Country)
	e.Parent = firstOf(more.Parent, e.Parent)
	e.Side = firstOf(more.Side, e.Side)
	e.Colour = firstOf(more.Colour, e.Colour)
	e.Popular = firstOf(more.Popular, e.Popular)
	e.AsOf = firstOf(more.AsOf, e.AsOf)
	e.Label = maps.Clone(e.Label)
	maps.Copy(e.Label, more.Label)
	if len(more.Said) > 0 {
		e.Said = maps.Clone(e.Said)
		if e.Said == nil {
			e.Said = map[string]string{}
		}
		maps.Copy(e.Said, more.Said)
	}
	return e
}

// firstOf returns a unless it is zero, else b.
func firstOf[T comparable](a, b T) T {
	var zero T
	if a != zero {
		return a
	}
	return b
}
