package subscriptions

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Errors that callers branch on.
var (
	// ErrNotFound: there is no such subscriber, story or checkpoint.
	ErrNotFound = errors.New("not found")
	// ErrHandled: the Mark was used before; the change was not made again.
	ErrHandled = errors.New("already handled")
	// ErrLeased: somebody else holds the lease.
	ErrLeased = errors.New("leased by another process")
	// ErrFull: the disk is full. Nothing was changed; try again later.
	ErrFull = errors.New("disk full")
	// ErrCorrupt: the database is damaged. Nothing was changed.
	ErrCorrupt = errors.New("database is damaged")
	// ErrBusy: another process held the database for too long. Nothing was changed;
	// try again.
	ErrBusy = errors.New("database is locked by another process")
	// ErrReadOnly: the database may not be written. Nothing was changed.
	ErrReadOnly = errors.New("database is read-only")
)

// Store keeps everything. It is safe for use by many goroutines. Every method
// that changes something does so in one transaction, through one write gate:
// first come, first served, and no method holds it for longer than a bounded
// number of rows.
type Store interface {
	Registry
	Archive
	Outbox
	DigestQueue
	Progress
	Upkeep
}

// Registry is who follows what. Commands use it.
type Registry interface {
	// Change runs fn in one write transaction and commits if fn returns nil. A
	// non-zero mark is recorded in the same transaction; a mark that was recorded
	// before makes Change return ErrHandled without running fn. fn must not wait
	// for anything outside, nor use the Store.
	Change(ctx context.Context, now time.Time, mark Mark, fn func(Tx) error) error
	// Find returns the subscriber at an address, or ErrNotFound.
	Find(ctx context.Context, at Address) (Subscriber, error)
	// Subscriptions lists what a subscriber follows, oldest first.
	Subscriptions(ctx context.Context, id SubscriberID) ([]Subscription, error)
	// Export returns all that is kept about a subscriber, as a value that
	// marshals to JSON. The reader is the person it is about.
	Export(ctx context.Context, id SubscriberID) (any, error)
}

// Mark names something from outside that must have its effects once: an update
// or an interaction. The zero Mark is none.
type Mark struct {
	// Stream is where it came from: "telegram:updates", "discord:interactions".
	Stream string
	// Sequence, if not zero, orders the stream: the stream's position becomes
	// Sequence+1, and a lower or equal Sequence counts as handled.
	Sequence int64
	// Key identifies it when the stream has no order. Keys are kept for a day.
	Key string
}

// Tx is one write transaction on the Registry.
type Tx interface {
	// Subscriber returns the subscriber at an address, or ErrNotFound.
	Subscriber(at Address) (Subscriber, error)
	// SaveSubscriber writes s, all fields. With ID zero it creates it and sets
	// s.ID. A changed Address moves the subscriber, see Settlement.Moved. A Rest that
	// begins drops what is owed, except RestAsked: then the queue waits for its end.
	// When Quiet changes, what is deferred is due: whoever deferred it looks again.
	SaveSubscriber(s *Subscriber) error
	// Subscriptions lists what a subscriber follows, oldest first.
	Subscriptions(id SubscriberID) ([]Subscription, error)
	// Follow writes a subscription, all fields, new or known.
	Follow(s Subscription) error
	// Unfollow ends subscriptions; no topics means all. What was owed only
	// because of them and is not out is cancelled.
	Unfollow(id SubscriberID, topics ...Topic) error
	// Retry opens a queue that waits after Postponed: the place can be written to again.
	Retry(id SubscriberID) error
	// Erase removes everything kept about a subscriber, queued deliveries too.
	Erase(id SubscriberID) error
}

// Archive is what was published. The poller writes it, commands read it.
type Archive interface {
	// Publish keeps one article and everything that follows from it, in one
	// transaction: the article, its tags, its story (new, or grown), its source's
	// checkpoint if given, and the debts: who is owed the story is recorded as a
	// route that Outbox.Route works off, the first range at once. Publishing a
	// Key that is known changes nothing and returns its article. Joining a story that
	// Prune has begun to remove begins a new one; the article returned says which.
	Publish(ctx context.Context, now time.Time, p Publication) (Article, error)
	// Known returns which of these keys are known, with their article ids.
	Known(ctx context.Context, keys []string) (map[string]ArticleID, error)
	// Stories returns these stories with their articles and tags; unknown ids
	// are left out.
	Stories(ctx context.Context, ids []StoryID) ([]Story, error)
	// Latest returns the newest stories that match, newest first.
	Latest(ctx context.Context, q StoryQuery) ([]Story, error)
	// Topics lists topics minted for this installation, with their names: coaches
	// a fan asked for by full name.
	Topics(ctx context.Context) (map[Topic]string, error)
	// MintTopic keeps a topic of this installation.
	MintTopic(ctx context.Context, t Topic, name string) error
}

// Publication is one article to keep.
type Publication struct {
	// Article without ID and Story.
	Article Article
	// Story is the story it joins, 0 for a new one.
	Story StoryID
	// Push says whether the story is owed to followers. An article that joins a
	// story widens its routes (new topics, languages, a firmer kind) if it is true.
	Push bool
	// Checkpoint, if set, is saved with it.
	Checkpoint *Checkpoint
}

// StoryQuery selects stories. Every set field narrows.
type StoryQuery struct {
	// Topics: about one of these. Mentions widens it to mentions.
	Topics   []Topic
	Mentions bool
	// Text: all of these words in title or lead, without regard to case and accents.
	Text string
	// URL: has an article with this canonical key or this address.
	URL string
	// Since: updated at or after. Before: strictly before, for paging.
	Since, Before time.Time
	Limit         int
}

// Outbox is what is owed. Only the dispatcher works it off; commands look up what
// became of a story.
type Outbox interface {
	// Route works off routes of published stories, at most limit deliveries, in
	// one transaction, and reports whether there is more. A crash resumes at the
	// stored position.
	Route(ctx context.Context, now time.Time, limit int) (more bool, err error)
	// Claim hands out due parcels: alerts before digests, the longest due first,
	// none to a subscriber who has a parcel out or whose queue waits. The result is
	// empty when nothing is due.
	Claim(ctx context.Context, now time.Time, r ClaimRequest) ([]Parcel, error)
	// Plan keeps with parcels that are out how they are going to be sent, many at
	// once: a parcel that comes back brings its plan along. It goes with the parcel.
	Plan(ctx context.Context, plans map[ParcelID][]byte) error
	// Settle records how claimed deliveries ended, many at once. Settling what
	// was settled or claimed again by another changes nothing.
	Settle(ctx context.Context, now time.Time, s []Settlement) error
	// NextDue returns when the next parcel of a platform may be claimed; zero if
	// nothing is owed.
	NextDue(ctx context.Context, p Platform) (time.Time, error)
	// Delivery returns what became of a story owed to a subscriber, one state per
	// lane; none if it was never owed.
	Delivery(ctx context.Context, id SubscriberID, story StoryID) ([]DeliveryState, error)
}

// DigestQueue releases held deliveries: at their hour by the digest clock, at once by
// the command.
type DigestQueue interface {
	// DueDigests returns up to limit subscribers whose NextDigest is not after
	// now, the longest due first, and then those whose is more than FarthestDigest
	// off: the clock went back since it was set.
	DueDigests(ctx context.Context, now time.Time, limit int) ([]Subscriber, error)
	// ReleaseDigest makes the held deliveries of a subscriber due, together, and
	// sets when the next digest is. A date that was released before, or
	// skip, releases nothing but still sets next. It returns how many were released.
	ReleaseDigest(ctx context.Context, now time.Time, r DigestRelease) (int, error)
	// Held returns the stories waiting for a subscriber's digest, oldest first.
	Held(ctx context.Context, id SubscriberID) ([]StoryID, error)
}

// FarthestDigest is how far off the next digest is at most: a week, and what the clocks
// change.
const FarthestDigest = 8 * 24 * time.Hour

// DigestRelease is one digest of one subscriber.
type DigestRelease struct {
	Subscriber SubscriberID
	// Date names it: the local civil date and hour, "2026-11-23 18:30". Empty releases
	// outside the schedule ("digest now") and leaves next alone.
	Date string
	// Due, if set, is the NextDigest by which it was found due. When the subscriber has
	// another by now nothing is released, nor set.
	Due  time.Time
	Next time.Time
	Skip bool
}

// Progress is how far we have read, and who reads.
type Progress interface {
	// Checkpoint returns how far a source was read, or ErrNotFound.
	Checkpoint(ctx context.Context, source string) (Checkpoint, error)
	// SaveCheckpoint writes it.
	SaveCheckpoint(ctx context.Context, c Checkpoint) error
	// Position returns the position of a Mark stream; 0 if none.
	Position(ctx context.Context, stream string) (int64, error)
	// Lease takes or renews a named lease for holder until now+ttl, or returns
	// ErrLeased. A ttl of zero gives it back.
	Lease(ctx context.Context, now time.Time, name, holder string, ttl time.Duration) error
	// Value and SetValue keep small facts of the program: a command hash, a
	// direct-message channel. Value returns "" when there is none. A fact about an
	// address has a name that ends with ":" and the address's id, one about a
	// subscriber a name from FactAbout: it is erased and exported with the subscriber.
	Value(ctx context.Context, name string) (string, error)
	SetValue(ctx context.Context, name, value string) error
}

// FactAbout returns the name of a fact about a subscriber: what and his number, which
// is not to be mistaken for the id of an address.
func FactAbout(what string, id SubscriberID) string { return fmt.Sprintf("%s:#%d", what, id) }

// Checkpoint is how far a source was read.
type Checkpoint struct {
	Source       string
	ETag         string
	LastModified string
	// Highest is the highest article number seen, for sources that number theirs.
	Highest int64
	// Read is when it was last read with success; zero means never, so that
	// everything found is from before our time.
	Read time.Time
	// Failures counts failures in a row; Reason is the last, Since the first.
	Failures int
	Reason   string
	Since    time.Time
	// Next is when it should be read again.
	Next time.Time
}

// Upkeep keeps the store in shape. The program uses it.
type Upkeep interface {
	// Prune removes what ended or was last touched before the given instant, at
	// most limit rows, and reports whether there is more. Subscribers whose place
	// was lost before then are erased: who blocked the bot or removed it.
	Prune(ctx context.Context, before time.Time, limit int) (more bool, err error)
	// Backup writes a consistent copy to a new file while the store is in use.
	Backup(ctx context.Context, file string) error
	// Stats counts, for the operator.
	Stats(ctx context.Context, now time.Time) (Stats, error)
	// Check verifies that the store can be read and written.
	Check(ctx context.Context) error
	// Close releases it. Nothing may be called afterwards.
	Close() error
}

// Stats are counts for the operator.
type Stats struct {
	SchemaVersion int64
	Subscribers   map[Platform]int64
	Resting       int64
	Subscriptions int64
	Articles      int64
	Stories       int64
	Pending       map[Platform]int64 // due or out
	Held          int64
	// OldestDue is the age of the longest due delivery; 0 if none.
	OldestDue time.Duration
}
