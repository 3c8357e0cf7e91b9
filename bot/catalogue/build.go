package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// draft is a catalogue in the making: what the files say, before it is checked
// as a whole. Extending a catalogue is going back to its draft.
type draft struct {
	order   []subscriptions.Topic
	entries map[subscriptions.Topic]Entry
	rules   []Rule
	guards  []Guard
}

func newDraft() *draft {
	return &draft{entries: map[subscriptions.Topic]Entry{}}
}

func (d *draft) clone() *draft {
	c := &draft{order: slices.Clone(d.order), rules: slices.Clone(d.rules), guards: slices.Clone(d.guards)}
	c.entries = make(map[subscriptions.Topic]Entry, len(d.entries))
	for t, e := range d.entries {
		c.entries[t] = e
	}
	return c
}

// add reads documents into the draft. An entry replaces one of the same id that
// the draft had before; twice the same id within documents is an error.
func (d *draft) add(documents ...*document) error {
	seen := map[subscriptions.Topic]string{}
	var problems []error
	put := func(at string, e Entry, adds bool, err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", at, err))
			return
		}
		if first, twice := seen[e.Topic]; twice {
			problems = append(problems, fmt.Errorf("%s: id %q of a %s stands at %s already", at, e.Topic.ID(), e.Topic.Type(), first))
			return
		}
		seen[e.Topic] = at
		d.put(e, adds)
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
		problems = append(problems, d.addRest(doc)...)
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
func (d *draft) addRest(doc *document) []error {
	var problems []error
	for i, s := range doc.Squad {
		topic := subscriptions.Topic("team/" + s.Team)
		squad, err := s.persons()
		e, ok := d.entries[topic]
		if err == nil && !ok {
			err = fmt.Errorf("squad of team %q, which does not exist", s.Team)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", doc.at("squad", i), err))
			continue
		}
		e.Squad = squad
		d.entries[topic] = e
	}
	for i, r := range doc.Shared {
		rule, err := r.rule()
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", doc.at("shared", i), err))
			continue
		}
		d.rules = slices.DeleteFunc(d.rules, func(old Rule) bool {
			return nameKey(old.Name) == nameKey(rule.Name) && old.Language == rule.Language
		})
		d.rules = append(d.rules, rule)
	}
	for i, g := range doc.Guard {
		if !slices.Contains([]string{"football", "sport", "other"}, g.Is) {
			problems = append(problems, fmt.Errorf("%s: is = %q: want football, sport or other", doc.at("guard", i), g.Is))
			continue
		}
		for _, phrase := range g.Phrases {
			d.guards = append(d.guards, Guard{Phrase: phrase, Is: g.Is})
		}
	}
	return problems
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
	label := map[string]string{}
	for _, from := range []map[string]string{e.Label, more.Label} {
		for language, text := range from {
			label[language] = text
		}
	}
	e.Label = label
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

func (c clubTOML) entry(asOf time.Time) (Entry, error) {
	e := Entry{
		Topic: subscriptions.Topic("club/" + c.ID), Label: c.Label, Not: c.Not, Foreign: c.Foreign,
		Division: c.Division, Side: subscriptions.Scope(c.Side), Country: firstOf(c.Country, "BE"),
		Colour: c.Colour, Popular: c.Popular, Stadiums: c.Stadiums, AsOf: asOf,
	}
	if c.Parent != "" {
		e.Parent = subscriptions.Topic("club/" + c.Parent)
	}
	var err error
	e.Names, err = c.names(PartNone)
	return e, errors.Join(err, checkID(c.ID), c.check(e))
}

func (c clubTOML) check(e Entry) error {
	var problems []error
	if !c.Adds && len(e.Label) == 0 {
		problems = append(problems, fmt.Errorf("club %q has no label", c.ID))
	}
	switch c.Division {
	case "first", "second", "u23", "women", "outside":
	case "":
		if !c.Adds {
			problems = append(problems, fmt.Errorf("club %q has no division", c.ID))
		}
	default:
		problems = append(problems, fmt.Errorf("club %q: division = %q: want first, second, u23, women or outside", c.ID, c.Division))
	}
	switch e.Side {
	case subscriptions.ScopeAbout, subscriptions.ScopeYouth, subscriptions.ScopeWomen:
	default:
		problems = append(problems, fmt.Errorf("club %q: side = %q: want youth or women", c.ID, c.Side))
	}
	if (e.Parent == "") != (e.Side == "") {
		problems = append(problems, fmt.Errorf("club %q: parent and side belong together", c.ID))
	}
	return errors.Join(append(problems, checkColour(c.Colour), checkLabel(c.Label))...)
}

func (t teamTOML) entry(asOf time.Time) (Entry, error) {
	e := Entry{
		Topic: subscriptions.Topic("team/" + t.ID), Label: t.Label, Not: t.Not, Foreign: t.Foreign,
		Division: "national", Country: firstOf(t.Country, "BE"), Colour: t.Colour, Popular: t.Popular, AsOf: asOf,
	}
	var err, missing error
	e.Names, err = t.names(PartNone)
	if !t.Adds && len(t.Label) == 0 {
		missing = fmt.Errorf("team %q has no label", t.ID)
	}
	return e, errors.Join(err, missing, checkID(t.ID), checkColour(t.Colour), checkLabel(t.Label))
}

func (c coachTOML) entry(asOf time.Time) (Entry, error) {
	e := Entry{
		Topic: subscriptions.Topic("coach/" + c.ID), Not: c.Not, Foreign: c.Foreign,
		Lookalikes: c.Lookalike, Country: c.Country, Popular: c.Popular, AsOf: asOf,
	}
	var problems []error
	if c.Name == "" && !c.Adds {
		problems = append(problems, fmt.Errorf("coach %q has no name", c.ID))
	}
	if c.Name != "" {
		e.Label = map[string]string{"nl": c.Name}
		e.Names = append(e.Names, Name{Text: c.Name, Safety: Safe, Part: PartFull})
	}
	for _, full := range c.Also {
		e.Names = append(e.Names, Name{Text: full, Safety: Safe, Part: PartFull})
	}
	if c.Surname != "" {
		e.Names = append(e.Names, Name{Text: c.Surname, Safety: firstOf(c.SurnameIs, Football), Part: PartSurname})
	}
	for _, first := range c.First {
		e.Names = append(e.Names, Name{Text: first, Safety: Word, Part: PartFirst})
	}
	if s := firstOf(c.SurnameIs, Football); s != Safe && s != Football && s != Word && s != Weak {
		problems = append(problems, fmt.Errorf("coach %q: surname_is = %q: want safe, football, word or weak", c.ID, s))
	}
	nicknames, err := c.names(PartNickname)
	e.Names = append(e.Names, nicknames...)
	problems = append(problems, err, checkID(c.ID))
	for _, t := range c.Tenures {
		tenure, err := t.tenure()
		if err != nil {
			problems = append(problems, fmt.Errorf("coach %q: %w", c.ID, err))
		}
		e.Tenures = append(e.Tenures, tenure)
	}
	e.Tenures = sortTenures(e.Tenures)
	return e, errors.Join(problems...)
}

// sortTenures puts the latest first.
func sortTenures(tenures []Tenure) []Tenure {
	slices.SortStableFunc(tenures, func(a, b Tenure) int { return b.From.Compare(a.From) })
	return tenures
}

func (t tenureTOML) tenure() (Tenure, error) {
	tenure := Tenure{Place: t.Place, Role: firstOf(t.Role, Head)}
	where := firstOf(firstOf(t.Club, t.Team), t.Place)
	switch {
	case t.Club != "" && t.Team == "" && t.Place == "":
		tenure.Club = subscriptions.Topic("club/" + t.Club)
	case t.Team != "" && t.Club == "" && t.Place == "":
		tenure.Club = subscriptions.Topic("team/" + t.Team)
	case t.Place != "" && t.Club == "" && t.Team == "":
	default:
		return tenure, errors.New("a tenure names one of club, team or place")
	}
	switch tenure.Role {
	case Head, Interim, Assistant:
	default:
		return tenure, fmt.Errorf("tenure at %s: role = %q: want head, interim or assistant", where, t.Role)
	}
	from, to, rough, err := span(t.From, t.To)
	if err != nil {
		return tenure, fmt.Errorf("tenure at %s: %w", where, err)
	}
	if from.IsZero() {
		return tenure, fmt.Errorf("tenure at %s has no from", where)
	}
	tenure.From, tenure.To, tenure.Approximate = from, to, rough
	return tenure, nil
}

func (s squadTOML) persons() ([]Person, error) {
	var persons []Person
	var problems []error
	seen := map[string]bool{}
	for _, p := range s.Players {
		from, to, _, err := span(p.From, p.To)
		if err != nil {
			problems = append(problems, fmt.Errorf("player %q: %w", p.Name, err))
		}
		person := Person{ID: slug(p.Name), Name: p.Name, Lookalikes: p.Lookalikes, From: from, To: to, Tournament: p.Tournament}
		if person.ID == "" || seen[person.ID] {
			problems = append(problems, fmt.Errorf("player %q stands twice in the squad, or has no name", p.Name))
		}
		seen[person.ID] = true
		for _, full := range append([]string{p.Name}, p.Also...) {
			person.Names = append(person.Names, Name{Text: full, Safety: Safe, Part: PartFull})
		}
		for _, short := range p.Short {
			person.Names = append(person.Names, Name{Text: short, Safety: firstOf(p.ShortIs, Football), Part: PartSurname})
		}
		persons = append(persons, person)
	}
	return persons, errors.Join(problems...)
}

func (r ruleTOML) rule() (Rule, error) {
	rule := Rule{
		Name: r.Name, Language: r.Language, Safety: firstOf(r.Safety, Football),
		Default: subscriptions.Topic(r.Default),
	}
	if nameKey(r.Name) == "" {
		return rule, errors.New("a shared name without a name")
	}
	for _, c := range r.Claims {
		rule.Claims = append(rule.Claims, subscriptions.Topic(c))
	}
	for _, c := range r.Cues {
		rule.Cues = append(rule.Cues, Cue{Words: c.Words, Topic: subscriptions.Topic(c.Topic)})
	}
	return rule, nil
}

// names lists names from safest to weakest, by language in a fixed order.
func (n namesTOML) names(part Part) ([]Name, error) {
	var names []Name
	var problems []error
	for _, class := range []struct {
		safety Safety
		by     map[string][]string
	}{{Safe, n.Safe}, {Football, n.Football}, {Word, n.Word}, {Weak, n.Weak}} {
		for _, language := range []string{"any", "nl", "fr", "de", "en"} {
			for _, text := range class.by[language] {
				if nameKey(text) == "" {
					problems = append(problems, fmt.Errorf("%s.%s: %q is no name", class.safety, language, text))
				}
				names = append(names, Name{Text: text, Language: strings.TrimPrefix(language, "any"), Safety: class.safety, Part: part})
			}
		}
		for language := range class.by {
			if !slices.Contains([]string{"any", "nl", "fr", "de", "en"}, language) {
				problems = append(problems, fmt.Errorf("%s.%s: unknown language: want any, nl, fr, de or en", class.safety, language))
			}
		}
	}
	return names, errors.Join(problems...)
}

// nameKey is the form in which two names are the same name.
func nameKey(text string) string { return strings.Join(fold(text), " ") }

func checkID(id string) error {
	if id == "" || id != slug(id) {
		return fmt.Errorf("id = %q: want small letters and digits joined by hyphens", id)
	}
	return nil
}

func checkColour(colour int) error {
	if colour < 0 || colour > 0xffffff {
		return fmt.Errorf("colour = %#x: want 0x000000 to 0xffffff", colour)
	}
	return nil
}

func checkLabel(label map[string]string) error {
	for language, text := range label {
		if !slices.Contains([]string{"nl", "fr", "de", "en"}, language) {
			return fmt.Errorf("label.%s: unknown language: want nl, fr, de or en", language)
		}
		if nameKey(text) == "" {
			return fmt.Errorf("label.%s: %q is no name", language, text)
		}
	}
	if len(label) > 0 && label["nl"] == "" {
		return errors.New("label.nl is missing: the other languages fall back to it")
	}
	return nil
}

// span reads the two ends of a time; a missing end is open.
func span(from, to string) (start, end time.Time, rough bool, err error) {
	start, precision, err := day(from)
	if err != nil {
		return start, end, false, fmt.Errorf("from: %w", err)
	}
	rough = precision != "day" && from != ""
	end, precision, err = day(to)
	if err != nil {
		return start, end, false, fmt.Errorf("to: %w", err)
	}
	switch {
	case to == "":
		return start, end, rough, nil
	case precision == "month":
		end = end.AddDate(0, 1, -1)
	case precision == "year":
		end = end.AddDate(1, 0, -1)
	}
	if end.Before(start) {
		return start, end, false, fmt.Errorf("it ends (%s) before it starts (%s)", to, from)
	}
	return start, end, rough || precision != "day", nil
}

// day reads "2026-11-23", "2026-11" or "2026": a date as exactly as it is known.
func day(text string) (t time.Time, precision string, err error) {
	if text == "" {
		return time.Time{}, "", nil
	}
	for _, form := range []struct{ layout, precision string }{
		{time.DateOnly, "day"}, {"2006-01", "month"}, {"2006", "year"},
	} {
		if t, err = time.Parse(form.layout, text); err == nil {
			return t, form.precision, nil
		}
	}
	return time.Time{}, "", fmt.Errorf("%q is no date: want 2026-11-23, 2026-11 or 2026", text)
}
