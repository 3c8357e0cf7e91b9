package subscriptions

import "time"

// ArticleID identifies an article in one Store.
type ArticleID int64

// StoryID identifies a story in one Store.
type StoryID int64

// Kind is what sort of news an article is.
type Kind string

// The kinds, by the labelling rules of the product.
const (
	Fact    Kind = "fact"    // an event or an official act
	Rumour  Kind = "rumour"  // the outlet itself hedges
	Quote   Kind = "quote"   // the news is what somebody said
	Roundup Kind = "roundup" // many small items in one
	Poll    Kind = "poll"    // readers are asked
	Other   Kind = "other"   // analysis, opinion, feature, not football
)

// Level is how a topic stands in an article.
type Level string

// The levels.
const (
	About   Level = "about"
	Mention Level = "mention"
)

// Tag is a topic on an article.
type Tag struct {
	Topic Topic
	Level Level
	// Scope refines a mention: the parent club of a youth side that the article
	// is about carries ScopeYouth. An About tag has ScopeAbout; a plain mention
	// has ScopeMention.
	Scope    Scope
	Evidence []Evidence
}

// Evidence says why a tag was given: which words, where, by which rule.
type Evidence struct {
	Field string // "title", "lead", "body", "url", "source"
	Text  string // the words as they stand in the field
	Start int    // byte offset of Text in the field
	Rule  string // the rule's name
}

// Article is an entry we kept.
type Article struct {
	ID ArticleID
	// Key is the canonical identity: two entries with one key are one article.
	Key    string
	Source string // the Source's name in the configuration
	// Publisher is what a reader calls the source: "Sporza", "Voetbalkrant".
	Publisher string
	URL       string
	Title     string
	Lead      string
	Image     string
	Language  string
	// Published is zero when unknown.
	Published time.Time
	// Seen is when we first read it.
	Seen time.Time
	Kind Kind
	// Result is true when title, lead or image give a result away.
	Result bool
	// Reactions is the number of reactions that the publisher shows; 0 unknown.
	Reactions int
	Tags      []Tag
	Story     StoryID
	// Withheld says why the article was kept without being pushed: "" when it
	// was pushed, else one of the Withheld constants.
	Withheld string
}

// Why an article was not pushed.
const (
	WithheldFirstRead = "first-read" // it was there when the source was first read
	WithheldUndated   = "undated"    // no date, and not known to be new
	WithheldStale     = "stale"      // older than the configured age
	WithheldNoTopic   = "no-topic"   // about nothing that can be followed
)

// Story is the articles that tell one event.
type Story struct {
	ID StoryID
	// Articles in order of arrival; never empty.
	Articles []Article
	Created  time.Time
	Updated  time.Time
}

// Tags returns the union of the articles' tags, a topic once, at its highest
// level, in order of first appearance.
func (s Story) Tags() []Tag {
	var tags []Tag
	at := map[Topic]int{}
	for _, a := range s.Articles {
		for _, t := range a.Tags {
			i, ok := at[t.Topic]
			switch {
			case !ok:
				at[t.Topic] = len(tags)
				tags = append(tags, t)
			case tags[i].Level == Mention && t.Level == About:
				tags[i] = t
			}
		}
	}
	return tags
}

// Kind is the kind of the whole story: what its most certain article is. One
// publisher's fact ends another's rumour.
func (s Story) Kind() Kind {
	for _, k := range []Kind{Fact, Quote, Rumour, Roundup, Poll} {
		for _, a := range s.Articles {
			if a.Kind == k {
				return k
			}
		}
	}
	return Other
}
