package bot

import (
	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// naming says what topics are called in one language.
type naming struct {
	topics *catalogue.Catalogue
	say    locale.Printer
}

// label is the name that stands by itself: on a button, above a list, in a line.
func (n naming) label(t subscriptions.Topic) string {
	if e, ok := n.topics.Entry(t); ok && e.RoleOf != "" {
		return n.say.Text("role.label", locale.Args{"topic": n.label(e.RoleOf)})
	}
	return n.topics.Name(t, n.say.Language())
}

// said is the name inside a sentence, with its article where it has one.
func (n naming) said(t subscriptions.Topic) string {
	if e, ok := n.topics.Entry(t); ok && e.RoleOf != "" {
		return n.say.Text("role.said", locale.Args{"topic": n.said(e.RoleOf)})
	}
	return n.topics.Said(t, n.say.Language())
}

// list joins the names of topics inside a sentence.
func (n naming) list(topics []subscriptions.Topic) string {
	names := make([]string, len(topics))
	for i, t := range topics {
		names[i] = n.said(t)
	}
	return n.say.List(names)
}
