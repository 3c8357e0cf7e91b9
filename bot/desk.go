package bot

import (
	"slices"
	"strings"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// desk reads articles with one catalogue: it says what they are about.
type desk struct {
	catalogue *catalogue.Catalogue
	roles     []catalogue.Entry // the topics "the coach of a club"
}

func newDesk(c *catalogue.Catalogue) *desk {
	d := &desk{catalogue: c}
	for _, e := range c.Entries() {
		if e.RoleOf != "" {
			d.roles = append(d.roles, e)
		}
	}
	return d
}

// read sets an article's tags, kind and result.
func (d *desk) read(a *subscriptions.Article, _ SourceProfile, _ Entry) {
	a.Kind = subscriptions.Fact
	for _, e := range d.catalogue.Entries() {
		for _, n := range e.Names {
			if n.Safety != catalogue.Weak && strings.Contains(a.Title, n.Text) {
				a.Tags = append(a.Tags, subscriptions.Tag{Topic: e.Topic, Level: subscriptions.About})
				break
			}
		}
	}
	a.Tags = d.withRoles(*a)
}

// withRoles returns the tags of an article and those of the roles that its people
// have on its date: who follows the coach of a club, whoever he is.
func (d *desk) withRoles(a subscriptions.Article) []subscriptions.Tag {
	at := a.Published
	if at.IsZero() {
		at = a.Seen
	}
	tags := a.Tags
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
