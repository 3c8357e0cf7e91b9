package bot

import (
	"slices"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// desk reads articles with one catalogue: it says what they are about.
type desk struct {
	catalogue *catalogue.Catalogue
	tagger    *tagging.Tagger
	roles     []catalogue.Entry // the topics "the coach of a club"
}

func newDesk(c *catalogue.Catalogue) *desk {
	d := &desk{catalogue: c, tagger: tagging.New(c)}
	for _, e := range c.Entries() {
		if e.RoleOf != "" {
			d.roles = append(d.roles, e)
		}
	}
	return d
}

// read sets an article's tags, kind and result. The text is read as the source
// gave it, not as it is kept.
func (d *desk) read(a *subscriptions.Article, profile SourceProfile, e Entry) {
	r := d.tagger.Tag(tagging.Item{
		Language: a.Language, Source: profile.Name, Section: e.Section, URL: e.URL,
		Title: e.Title, Lead: e.Lead, Body: e.Body, Published: a.Published, Quotes: string(profile.SingleQuotes),
	})
	a.Kind, a.Result, a.Tags = r.Kind, r.Result, r.Tags
	a.Tags = d.withRoles(*a)
}

// withRoles returns the tags of an article and those of the roles that its people
// have on its date: who follows the coach of a club, whoever he is.
func (d *desk) withRoles(a subscriptions.Article) []subscriptions.Tag {
	at := a.Published
	if at.IsZero() {
		at = a.Seen
	}
	tags := slices.Clone(a.Tags)
	for _, role := range d.roles {
		coach, ok := d.catalogue.Coach(role.RoleOf, at)
		if !ok {
			continue
		}
		i := slices.IndexFunc(a.Tags, func(t subscriptions.Tag) bool { return t.Topic == coach })
		if i >= 0 {
			tag := a.Tags[i]
			tag.Topic = role.Topic
			tags = append(tags, tag)
		}
	}
	return tags
}
