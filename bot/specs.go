package bot

import (
	"github.com/sjotbot/sjotbot/bot/locale"
)

// Specs returns the table of commands, in the order in which help shows them.
// Everything about commands comes from it: help, Discord's registration,
// Telegram's menus, completion and the README.
func Specs(l *locale.Locale) []Spec {
	topic := topicOption(l)
	onOff := []string{"on", "off"}
	return []Spec{
		spec(l, "start", menu),
		spec(l, "follow", menu|manage, topic),
		spec(l, "unfollow", menu|manage, topic),
		spec(l, "following", menu),
		spec(l, "news", menu, topic),
		spec(l, "search", menu, required(option(l, "text"))),
		spec(l, "digest", menu|manage, option(l, "time")),
		spec(l, "quiet", menu|manage, option(l, "hours")),
		spec(l, "rumours", menu|manage, option(l, "when", "now", "digest", "never"), topic),
		spec(l, "spoilers", menu|manage, option(l, "switch", onOff...)),
		spec(l, "mute", menu|manage, topic, option(l, "duration")),
		spec(l, "why", menu|personal, option(l, "story")),
		spec(l, "preview", 0, topic),
		spec(l, "language", menu|manage, option(l, "language", locale.Languages()...)),
		spec(l, "link", 0, option(l, "code")),
		spec(l, "export", manage),
		spec(l, "forget", manage),
		spec(l, "privacy", menu|personal),
		spec(l, "help", menu|personal),
	}
}

// trait is what the table says of a command beside its words.
type trait int

const (
	menu     trait = 1 << iota // shown in the short menu of a platform
	manage                     // changes a shared place
	personal                   // answers the person alone
)

// spec returns one record of the table, with its words from the locale.
func spec(l *locale.Locale, name string, traits trait, options ...Option) Spec {
	return Spec{
		Name:         name,
		Names:        words(l, "command."+name+".name"),
		Descriptions: words(l, "command."+name+".description"),
		Options:      options,
		Manage:       traits&manage != 0,
		Personal:     traits&personal != 0,
		Menu:         traits&menu != 0,
	}
}

// option returns one argument; choices, if any, are its only values.
func option(l *locale.Locale, name string, choices ...string) Option {
	o := Option{
		Name:         name,
		Names:        words(l, "option."+name+".name"),
		Descriptions: words(l, "option."+name+".description"),
	}
	for _, value := range choices {
		key := "choice." + value
		if name == "language" {
			key = "language." + value
		}
		o.Choices = append(o.Choices, OptionChoice{Value: value, Labels: words(l, key)})
	}
	return o
}

func topicOption(l *locale.Locale) Option {
	o := option(l, "topic")
	o.Complete = true
	return o
}

func required(o Option) Option {
	o.Required = true
	return o
}

// words returns one sentence in every language.
func words(l *locale.Locale, key string) map[string]string {
	m := map[string]string{}
	for _, lang := range locale.Languages() {
		m[lang] = l.Printer(lang).Text(key, nil)
	}
	return m
}
