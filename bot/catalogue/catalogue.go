package catalogue

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

//go:embed data/*/*.toml
var data embed.FS

// Catalogue is all that can be followed. It is immutable and safe for concurrent
// use; what changes it returns another one.
type Catalogue struct {
	draft   *draft
	entries []Entry
	at      map[subscriptions.Topic]int
	index   *index
	// coaches are the tenures of each club or team, with whose they are.
	coaches map[subscriptions.Topic][]held
	bearers bearers
}

// held is a tenure and its coach.
type held struct {
	Tenure
	coach subscriptions.Topic
}

// Builtin returns the catalogue that is compiled into the program.
func Builtin() (*Catalogue, error) {
	var documents []*document
	err := fs.WalkDir(data, "data", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".toml") {
			return err
		}
		file, err := data.Open(path)
		if err != nil {
			return fmt.Errorf("open built-in catalogue: %w", err)
		}
		defer func() { _ = file.Close() }() // embedded: closing cannot fail
		doc, err := decode(strings.TrimPrefix(path, "data/"), file)
		documents = append(documents, doc)
		return err
	})
	if err != nil {
		return nil, err
	}
	d := newDraft()
	if err := d.add(documents...); err != nil {
		return nil, err
	}
	return d.build()
}

// Extend returns the catalogue with an operator's file laid over it: an entry
// replaces the one of the same id (with adds = true it adds to it), others are
// new. Name stands in errors, which say file, line and key.
func (c *Catalogue) Extend(name string, r io.Reader) (*Catalogue, error) {
	doc, err := decode(name, r)
	if err != nil {
		return nil, err
	}
	d := c.draft.clone()
	if err := d.add(doc); err != nil {
		return nil, err
	}
	return d.build()
}

// With returns the catalogue with more entries, those that people of this
// installation had minted. An entry whose topic exists already is left out, and so
// is one with a name that tags and is another's: it would take the name from him,
// and the catalogue may have learnt of him since.
func (c *Catalogue) With(entries ...Entry) *Catalogue {
	d := c.draft.clone()
	taken := maps.Clone(c.bearers)
	added := false
	for _, e := range entries {
		if d.has(e.Topic) || taken.haveOneOf(e.Names) {
			continue
		}
		d.put(e, false)
		taken.add(e)
		added = true
	}
	if !added {
		return c
	}
	return d.assemble()
}

// build checks the draft as a whole and makes the catalogue.
func (d *draft) build() (*Catalogue, error) {
	if err := d.validate(); err != nil {
		return nil, err
	}
	return d.assemble(), nil
}

// assemble makes the catalogue of a draft that is sound.
func (d *draft) assemble() *Catalogue {
	c := &Catalogue{draft: d, at: map[subscriptions.Topic]int{}}
	var said []Entry
	for _, topic := range d.order {
		said = append(said, d.entries[topic])
	}
	coaches := coachesOf(said)
	for _, e := range said {
		e.Names = slices.Concat(labelNames(e), e.Names, d.sharedNames(e.Topic))
		e.Tenures = slices.Clone(e.Tenures)
		for i, t := range e.Tenures {
			e.Tenures[i].To = ended(coaches, e, t)
		}
		c.entries = append(c.entries, e)
	}
	c.coaches = coachesOf(c.entries)
	for _, e := range c.entries {
		if role, ok := roleOf(e); ok {
			c.entries = append(c.entries, role)
		}
	}
	for i, e := range c.entries {
		c.at[e.Topic] = i
	}
	c.index = newIndex(c.entries)
	c.bearers = bearersOf(c.entries)
	return c
}

// coachesOf lists who coached each club or team, for good or ad interim, latest
// first.
func coachesOf(entries []Entry) map[subscriptions.Topic][]held {
	coaches := map[subscriptions.Topic][]held{}
	for _, e := range entries {
		for _, t := range e.Tenures {
			if t.Club != "" && t.Role != Assistant {
				coaches[t.Club] = append(coaches[t.Club], held{t, e.Topic})
			}
		}
	}
	for _, tenures := range coaches {
		slices.SortStableFunc(tenures, func(a, b held) int { return b.From.Compare(a.From) })
	}
	return coaches
}

// ended returns the last day of a tenure. One without an end is over when the
// man has begun elsewhere, or his successor has: who adds the new tenure to a file
// need not look for the old one.
func ended(coaches map[subscriptions.Topic][]held, e Entry, t Tenure) time.Time {
	if !t.To.IsZero() || t.Role == Assistant {
		return t.To
	}
	for _, next := range slices.Backward(e.Tenures) {
		if next.Role != Assistant && next.From.After(t.From) {
			return next.From.AddDate(0, 0, -1)
		}
	}
	for _, next := range slices.Backward(coaches[t.Club]) {
		if next.From.After(t.From) {
			return next.From.AddDate(0, 0, -1)
		}
	}
	return time.Time{}
}

// labelNames are the labels that are not written down as names: people look for
// what they have seen, but a label alone says nothing of how safe it is.
func labelNames(e Entry) []Name {
	var names []Name
	for _, language := range languages() {
		text := e.Label[language]
		known := func(n Name) bool { return nameKey(n.Text) == nameKey(text) }
		if text != "" && !slices.ContainsFunc(e.Names, known) && !slices.ContainsFunc(names, known) {
			names = append(names, Name{Text: text, Safety: Weak})
		}
	}
	return names
}

// sharedNames are the names that rules give to a topic.
func (d *draft) sharedNames(topic subscriptions.Topic) []Name {
	var names []Name
	for _, r := range d.rules {
		if slices.Contains(r.Claims, topic) {
			names = append(names, Name{Text: r.Name, Language: r.Language, Safety: Shared})
		}
	}
	return names
}

// roleOf makes the topic "the coach of" a club or of the men's national team.
func roleOf(e Entry) (Entry, bool) {
	switch {
	case e.Topic.Type() == "club" && (e.Division == "first" || e.Division == "second"):
	case e.Topic.Type() == "team":
	default:
		return Entry{}, false
	}
	return Entry{
		Topic: roleTopic(e.Topic), RoleOf: e.Topic, Country: e.Country,
		Colour: e.Colour, AsOf: e.AsOf, Label: e.Label, Said: e.Said,
	}, true
}

// isRoleID says that the topic has the form of a role topic.
func isRoleID(topic subscriptions.Topic) bool {
	return strings.HasPrefix(string(topic), "coach/of-")
}

// roleTopic is the topic "the coach of" a club or a team.
func roleTopic(of subscriptions.Topic) subscriptions.Topic {
	return subscriptions.Topic("coach/of-" + of.ID())
}

// label returns the label in a language, else the Dutch one, else the id.
func (e Entry) label(language string) string {
	if text := firstOf(e.Label[language], e.Label["nl"]); text != "" {
		return text
	}
	return strings.ReplaceAll(e.Topic.ID(), "-", " ")
}

// Entry returns what is known of a topic.
func (c *Catalogue) Entry(topic subscriptions.Topic) (Entry, bool) {
	i, ok := c.at[topic]
	if !ok {
		return Entry{}, false
	}
	return c.entries[i], true
}

// Entries returns everything, in a stable order: as the files have it, and the
// role topics last. The caller must not change what the entries share.
func (c *Catalogue) Entries() []Entry { return slices.Clone(c.entries) }

// Rules returns how shared names are told apart, in the order of the files.
func (c *Catalogue) Rules() []Rule { return slices.Clone(c.draft.rules) }

// Guards returns the phrases that only look like names of ours.
func (c *Catalogue) Guards() []Guard { return slices.Clone(c.draft.guards) }

// Name returns what to call a topic in a language. A topic that the catalogue
// does not know (any more) is called by its id in words.
func (c *Catalogue) Name(topic subscriptions.Topic, language string) string {
	if i, ok := c.at[topic]; ok {
		return c.entries[i].label(language)
	}
	return Entry{Topic: topic}.label(language)
}

// Said returns how a topic is named inside a sentence in a language: with its
// article, where the language gives it one.
func (c *Catalogue) Said(topic subscriptions.Topic, language string) string {
	if i, ok := c.at[topic]; ok {
		return firstOf(c.entries[i].Said[language], c.entries[i].label(language))
	}
	return c.Name(topic, language)
}

// Coach returns who was head coach, for good or ad interim, of a club or a
// national team on the day of at.
func (c *Catalogue) Coach(club subscriptions.Topic, at time.Time) (subscriptions.Topic, bool) {
	for _, t := range c.coaches[club] {
		if t.At(at) {
			return t.coach, true
		}
	}
	return "", false
}
