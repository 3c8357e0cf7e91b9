package bot

import (
	"context"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Messenger sends messages on one platform. An adapter classifies what happened;
// the dispatcher decides what to do about it. It never retries by itself and
// never waits for a rate limit. It is safe for use by many goroutines.
type Messenger interface {
	Platform() subscriptions.Platform
	// Reserve asks for the right to send one message to an address now. Zero
	// means granted, and the budget is spent; anything else is how long to wait
	// before asking again, and nothing is spent: for this address, or if everyone is
	// true for any. It never blocks.
	Reserve(to subscriptions.Address, now time.Time) (wait time.Duration, everyone bool)
	// Send sends one message, which Split said fits, and says what the platform
	// made of it. It returns soon after ctx ends, with ResultUnknown if the
	// request had left.
	Send(ctx context.Context, to subscriptions.Address, m Message) Receipt
	// Split cuts a message into messages within the platform's limits, never
	// inside an item; a single item that is too long is shortened at a word. The
	// same message is always cut the same way.
	Split(m Message) []Message
}

// Result is what a platform made of a message.
type Result string

// The results, as an adapter classifies them.
const (
	// ResultSent: the platform has it.
	ResultSent Result = "sent"
	// ResultRetry: certainly not sent; Receipt.After says when to try again (a
	// rate limit, the platform is down, the request never left).
	ResultRetry Result = "retry"
	// ResultUnreachable: this place cannot be written to; Receipt.Rest says why. Not sent.
	// Where a right is missing it is tried now and then for a day, in case it comes back.
	ResultUnreachable Result = "unreachable"
	// ResultMoved: the place has a new address, Receipt.Moved. Not sent.
	ResultMoved Result = "moved"
	// ResultRefused: this message will never be accepted (its markup, even as
	// plain text; its length). Not sent.
	ResultRefused Result = "refused"
	// ResultUnknown: the request left and no answer came.
	ResultUnknown Result = "unknown"
	// ResultHalted: nothing can be sent on this platform until a person acts (the
	// token was revoked). Not sent.
	ResultHalted Result = "halted"
)

// Receipt is what became of one Send.
type Receipt struct {
	Result    Result
	Reference string        // the platform's id of the message, with ResultSent
	After     time.Duration // with ResultRetry; 0 lets the dispatcher choose
	// Everywhere says that After holds for the whole platform, not only for this
	// address.
	Everywhere bool
	Rest       subscriptions.RestReason // with ResultUnreachable
	Moved      subscriptions.Address    // with ResultMoved
	// Err is the cause, for the log. It holds no token and no text of a message.
	Err error
}

// Message is meaning, never markup: each adapter writes its own markup and obeys
// its own limits. Every string in it is plain text in the reader's language,
// except that what came from a publisher may hold anything and must be escaped.
type Message struct {
	// Key makes a repeated send recognisable where the platform can (Discord's
	// nonce). The same message to the same place has the same key. Empty for
	// answers.
	Key   string
	Title string
	// Text is one or more paragraphs, separated by a blank line.
	Text  string
	Items []Item
	// Footer is small print under the items.
	Footer  string
	Buttons [][]Button
	// Silent asks for no sound.
	Silent bool
}

// Item is one story in a message.
type Item struct {
	// Story is what it is about; 0 for none. Parts of a split digest are settled by it.
	Story subscriptions.StoryID
	// Group is a heading that stands above the first of consecutive items that
	// share it: the topic's name in a digest.
	Group string
	// Label marks the kind in words, as it stands before the title: "Rumour:",
	// "Rumeur :". Empty for facts.
	Label     string
	Title     string
	URL       string
	Lead      string
	Publisher string
	// Age is the time, in words of the reader's language.
	Age   string
	Image string
	// Colour is the topic's colour, 0xRRGGBB; 0 for none.
	Colour int
	// Spoiler hides title, lead and image until they are tapped.
	Spoiler bool
	// Compact asks for one line (digests and lists).
	Compact bool
}

// Button is a choice under a message. Pressing it is the same as typing its
// Command; a button with a URL opens it instead.
type Button struct {
	Text string
	// Command is a command line of base names, "follow club/genk", at most 60
	// bytes, so that it fits any platform's button. Under a story it begins with
	// "+", "+why 12": the answer then comes beside the message.
	Command string
	URL     string
	// Chosen marks a switch that is on.
	Chosen bool
}
