package tagging

import (
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Item is what the tagger reads of an article. Only the title is needed; what
// is missing makes the answer more careful, not wrong.
type Item struct {
	// Language is a tag ("nl", "fr-BE"); empty is worked out from the words.
	Language string
	// Source is the publisher's host or name. Hosts that write about nothing but
	// football are known, see sources.txt.
	Source string
	// Section is the publisher's rubric, if the feed says it.
	Section string
	URL     string
	Title   string
	Lead    string
	Body    string
	// Published decides which job a coach had; zero means today's, by the
	// catalogue's date.
	Published time.Time
	// Quotes is what single quotes in a headline of this source mean: "rumour",
	// "quote", or "" for what sources.txt says of its host.
	Quotes string
}

// Result is what the tagger made of an Item.
type Result struct {
	// Tags are the topics, those it is about first, each once.
	Tags []subscriptions.Tag
	Kind subscriptions.Kind
	// Result says that title or lead give away how a match ended.
	Result bool
	// Football says that the item is about football.
	Football bool
	// Players are the ids of the squad's players that are named, flagged or not.
	Players []string
}

// Tag returns the tag of a topic and whether the item has it.
func (r Result) Tag(t subscriptions.Topic) (subscriptions.Tag, bool) {
	for _, tag := range r.Tags {
		if tag.Topic == t {
			return tag, true
		}
	}
	return subscriptions.Tag{}, false
}
