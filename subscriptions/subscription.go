package subscriptions

import (
	"strings"
	"time"
)

// Topic is something that can be followed: "club/club-brugge",
// "coach/ivan-leko", "team/rode-duivels". Topics are minted by the catalogue and
// opaque elsewhere; an id is for ever.
type Topic string

// Type returns the part before the slash: "club", "coach", "team".
func (t Topic) Type() string {
	typ, _, _ := strings.Cut(string(t), "/")
	return typ
}

// ID returns the part after the slash.
func (t Topic) ID() string {
	_, id, _ := strings.Cut(string(t), "/")
	return id
}

// Cadence says when the stories of a subscription come.
type Cadence string

// The cadences. Both means: at once, and again as a line of the digest.
const (
	Instant  Cadence = "instant"
	InDigest Cadence = "digest"
	Both     Cadence = "both"
)

// Subscription says that a subscriber follows a topic.
type Subscription struct {
	Subscriber SubscriberID
	Topic      Topic
	Cadence    Cadence
	Filter     Filter
	// MutedUntil silences the topic until then; zero is not muted. Stories that
	// come meanwhile are not owed.
	MutedUntil time.Time
	CreatedAt  time.Time
}

// Filter narrows or widens a subscription. The zero Filter is the default:
// every kind at once, every language, stories about the topic itself only.
type Filter struct {
	Rumours  Policy
	Quotes   Policy
	Roundups Policy
	// Languages are the article languages wanted; empty means all.
	Languages []string
	// First, if set, is the language that goes first: a story that nobody tells in
	// it is kept for the digest, and comes at once when somebody does after all.
	First string
	// Scopes are the wider circles wanted besides stories about the topic.
	Scopes []Scope
	// Loud lets stories of this topic through in quiet hours; with Big only those
	// that many publishers tell.
	Loud, Big bool
}

// Policy says what happens to stories of one kind.
type Policy string

// The policies. Now follows the subscription's cadence.
const (
	Now        Policy = ""
	OnlyDigest Policy = "digest"
	Never      Policy = "never"
)

// Scope is how a story reaches a topic.
type Scope string

// The scopes. ScopeAbout is always wanted; the others only by Filter.Scopes.
const (
	ScopeAbout   Scope = ""        // the story is about the topic
	ScopeMention Scope = "mention" // the story only mentions it
	ScopeYouth   Scope = "youth"   // it is about the club's U23 side
	ScopeWomen   Scope = "women"   // it is about the club's women's side
	ScopeSquad   Scope = "squad"   // it is about a player of the current squad, unflagged
)
