package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func (c clubTOML) entry(asOf time.Time) (Entry, error) {
	e := Entry{
		Topic: subscriptions.Topic("club/" + c.ID), Label: c.Label, Said: c.Said, Not: c.Not, Foreign: c.Foreign,
		Division: c.Division, Side: subscriptions.Scope(c.Side), Country: country(c.Country, c.Adds),
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
	switch c.Division {
	case "first", "second", "u23", "women", "outside":
	case "":
		if !c.Adds {
			problems = append(problems, fmt.Errorf("club %q has no division", c.ID))
		}
	default:
		problems = append(problems, fmt.Errorf("club %q: division = %q: want first, second, u23, women or outside", c.ID, c.Division))
	}
	if s := e.Side; s != "" && s != subscriptions.ScopeYouth && s != subscriptions.ScopeWomen {
		problems = append(problems, fmt.Errorf("club %q: side = %q: want youth or women", c.ID, c.Side))
	}
	if (e.Parent == "") != (e.Side == "") {
		problems = append(problems, fmt.Errorf("club %q: parent and side belong together", c.ID))
	}
	return errors.Join(append(problems, checkColour(c.Colour), checkLabel(c.Label, c.Adds), checkWords("said", c.Said))...)
}

func (t teamTOML) entry(asOf time.Time) (Entry, error) {
	e := Entry{
		Topic: subscriptions.Topic("team/" + t.ID), Label: t.Label, Said: t.Said, Not: t.Not, Foreign: t.Foreign,
		Division: "national", Country: country(t.Country, t.Adds), Colour: t.Colour, Popular: t.Popular, AsOf: asOf,
	}
	var err error
	e.Names, err = t.names(PartNone)
	return e, errors.Join(err, checkID(t.ID), checkColour(t.Colour), checkLabel(t.Label, t.Adds), checkWords("said", t.Said))
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
	if err := checkSafety("surname_is", c.SurnameIs); err != nil {
		problems = append(problems, fmt.Errorf("coach %q: %w", c.ID, err))
	}
	if err := checkNames(e.Names); err != nil {
		problems = append(problems, fmt.Errorf("coach %q: %w", c.ID, err))
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
		if err := checkSafety("short_is", p.ShortIs); err != nil {
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
		if err := checkNames(person.Names); err != nil && person.ID != "" {
			problems = append(problems, fmt.Errorf("player %q: %w", p.Name, err))
		}
		persons = append(persons, person)
	}
	return persons, errors.Join(problems...)
}

// rule reads a shared name. Its language is checked here, because a rule for a
// language that nobody writes would be a rule for nothing, and nobody would notice.
func (r ruleTOML) rule() (Rule, error) {
	rule := Rule{
		Name: r.Name, Language: r.Language, Safety: firstOf(r.Safety, Football),
		Default: subscriptions.Topic(r.Default), Both: r.Both,
	}
	if nameKey(r.Name) == "" {
		return rule, errors.New("a shared name without a name")
	}
	if rule.Language == anyLanguage {
		rule.Language = ""
	}
	if rule.Language != "" && !slices.Contains(languages(), rule.Language) {
		return rule, fmt.Errorf("shared name %q: language = %q: want any, nl, fr, de or en", r.Name, r.Language)
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
		for _, language := range append([]string{anyLanguage}, languages()...) {
			for _, text := range class.by[language] {
				if nameKey(text) == "" {
					problems = append(problems, fmt.Errorf("%s.%s: %q is no name", class.safety, language, text))
				}
				names = append(names, Name{Text: text, Language: strings.TrimPrefix(language, anyLanguage), Safety: class.safety, Part: part})
			}
		}
		for language := range class.by {
			if language != anyLanguage && !slices.Contains(languages(), language) {
				problems = append(problems, fmt.Errorf("%s.%s: unknown language: want any, nl, fr, de or en", class.safety, language))
			}
		}
	}
	return names, errors.Join(problems...)
}

// nameKey is the form in which two names are the same name.
func nameKey(text string) string { return strings.Join(fold(text), " ") }

// checkNames refuses the names of a person by which nobody could be found.
func checkNames(names []Name) error {
	for _, n := range names {
		if nameKey(n.Text) == "" {
			return fmt.Errorf("%q is no name", n.Text)
		}
	}
	return nil
}

func checkID(id string) error {
	if id == "" || id != slug(id) {
		return fmt.Errorf("id = %q: want small letters and digits joined by hyphens", id)
	}
	return nil
}

// checkSafety checks how safe a part of a person's name is said to be, if anything is.
func checkSafety(key string, s Safety) error {
	switch s {
	case "", Safe, Football, Word, Weak:
		return nil
	default:
		return fmt.Errorf("%s = %q: want safe, football, word or weak", key, s)
	}
}

func checkColour(colour int) error {
	if colour < 0 || colour > 0xffffff {
		return fmt.Errorf("colour = %#x: want 0x000000 to 0xffffff", colour)
	}
	return nil
}

// checkLabel checks what messages call an entry; one that only adds may say
// nothing of it.
func checkLabel(label map[string]string, adds bool) error {
	if label["nl"] == "" && !adds {
		return errors.New("label.nl is missing: the other languages fall back to it")
	}
	return checkWords("label", label)
}

// checkWords checks one table of names by language.
func checkWords(table string, words map[string]string) error {
	for language, text := range words {
		if !slices.Contains(languages(), language) {
			return fmt.Errorf("%s.%s: unknown language: want nl, fr, de or en", table, language)
		}
		if nameKey(text) == "" {
			return fmt.Errorf("%s.%s: %q is no name", table, language, text)
		}
	}
	return nil
}

// anyLanguage is how the files write that something holds in every language.
const anyLanguage = "any"

// languages are those of the messages, the one that the others fall back to first.
func languages() []string { return []string{"nl", "fr", "de", "en"} }

// country is Belgium where a new entry does not say.
func country(said string, adds bool) string {
	if adds {
		return said
	}
	return firstOf(said, "BE")
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
