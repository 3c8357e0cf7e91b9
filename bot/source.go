package bot

import (
	"context"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Source is a publisher we read. The poller calls it, one call at a time;
// adapters/feed implements it.
type Source interface {
	// Profile says who it is. It never changes.
	Profile() SourceProfile
	// Fetch reads what is new since the checkpoint and returns every entry it
	// finds (known ones too, unless the publisher said that nothing changed) with
	// the next checkpoint. It sets the checkpoint's validators and highest number;
	// the poller sets Read, Failures and Next. An error says in one line what is
	// wrong with the source; a [FetchError] says more. It must return soon after
	// ctx ends, and must not retain anything of the checkpoint.
	Fetch(ctx context.Context, since subscriptions.Checkpoint) (Reading, error)
	// Complete fills an entry that needs its page read (its text or its date),
	// for sources whose list says too little. It is called for an entry that is
	// new, a few readings long while it fails, and returns the entry as it is when
	// there is nothing to do.
	Complete(ctx context.Context, e Entry) (Entry, error)
}

// SourceProfile is what the configuration says of a source.
type SourceProfile struct {
	Name      string // unique in the configuration
	Address   string // where it is read; at another it is another source
	Publisher string // what a reader calls it
	Language  string
	// SingleQuotes is its house style: what a headline in single quotes means.
	SingleQuotes QuoteStyle
	Interval     time.Duration
}

// QuoteStyle is what single quotes around a headline mean to a publisher.
type QuoteStyle string

// The quote styles.
const (
	QuotesRumour QuoteStyle = "rumour"
	QuotesSpeech QuoteStyle = "quote"
)

// Reading is what one fetch brought.
type Reading struct {
	Entries []Entry
	// Unchanged: the publisher said that nothing is new (304).
	Unchanged  bool
	Checkpoint subscriptions.Checkpoint
	// FreshFor is how long the publisher said its answer holds (Cache-Control);
	// 0 if it did not. Reading again sooner brings nothing but load.
	FreshFor time.Duration
	// Format is how it was read: "rss", "atom", "rdf", "json", "page".
	Format string
}

// Entry is one item exactly as a source gave it, with markup removed.
type Entry struct {
	// ID is the publisher's own id, if it gives one.
	ID  string
	URL string
	// Key is the canonical identity by the publisher's rules (article number,
	// address without tracking); never empty.
	Key       string
	Title     string
	Lead      string
	Body      string
	Section   string // category or path section, as given
	Image     string
	Language  string
	Published time.Time // zero when unknown
	// Number is the publisher's growing article number; 0 if it has none.
	Number    int64
	Reactions int
}

// FetchError is a failed fetch that says when to come back.
type FetchError struct {
	// Reason is one line for the operator: "HTTP 503", "not a feed: HTML".
	Reason string
	// RetryAfter is what the publisher asked for; 0 if it did not.
	RetryAfter time.Duration
	// Gone: the publisher said that it will not come back (404, 410).
	Gone bool
	Err  error
}

func (e *FetchError) Error() string { return e.Reason }

// Unwrap returns the cause.
func (e *FetchError) Unwrap() error { return e.Err }
