package subscriptions

import "time"

// Lane tells an alert from a line of a digest. A story is owed to a subscriber
// at most once in each lane; it is in both only when a subscription with the
// cadence Both asks for it.
type Lane int

// The lanes, the more urgent first.
const (
	LaneAlert  Lane = 0
	LaneDigest Lane = 1
)

// Parcel is what one claim hands out for one subscriber: deliveries of one lane
// to be sent together, oldest first. A subscriber never has two parcels out at
// once, so his stories stay in order.
//
// A parcel that was claimed and never settled comes back whole, under the same
// ID, when its lease ends: the ID and the order of its stories are what makes a
// repeated send recognisable. What it lacks was settled, or is gone. Only when the
// power failed may the last claims be forgotten; then their deliveries come back
// under other IDs.
type Parcel struct {
	ID         ParcelID
	Subscriber Subscriber
	Lane       Lane
	Stories    []StoryID
	// Topics are the followed topics that brought each story, by index of Stories.
	Topics [][]Topic
	// Due is since when each story could have been sent, by index of Stories. Sending
	// it in vain does not change that, only Deferred does. The dispatcher drops what is
	// hours late.
	Due []time.Time
	// Attempts counts earlier claims of this parcel.
	Attempts int
	// Plan is what Outbox.Plan kept with an earlier claim of it; nil if nothing.
	Plan []byte
}

// ParcelID names a claimed parcel in one Store; it is never reused.
type ParcelID int64

// ClaimRequest says what to claim.
type ClaimRequest struct {
	Platform Platform
	// Parcels is the most parcels to hand out; PerParcel the most stories in one.
	Parcels   int
	PerParcel int
	// Lease is how long the claim holds before the parcel may be claimed again.
	Lease time.Duration
}

// Outcome is how a claimed delivery ended.
type Outcome string

// The outcomes.
const (
	// Sent: the platform has it. Reference names the message there.
	Sent Outcome = "sent"
	// Postponed: certainly not sent; the subscriber's whole queue waits until Until,
	// due since when it was.
	Postponed Outcome = "postponed"
	// Uncertain: it may have been sent. As Postponed, but the parcel keeps its ID.
	Uncertain Outcome = "uncertain"
	// Deferred: not sent; these stories alone are due again at Until, and what
	// comes later may pass them (quiet hours, with a loud topic).
	Deferred Outcome = "deferred"
	// Dropped: it will not be sent, for Reason.
	Dropped Outcome = "dropped"
)

// Settlement says how some or all deliveries of a claimed parcel ended.
type Settlement struct {
	Parcel ParcelID
	// Stories are those it speaks of; nil means all of the parcel still out.
	Stories   []StoryID
	Outcome   Outcome
	Reference string    // with Sent
	Until     time.Time // with Postponed, Uncertain and Deferred
	Reason    string    // with Dropped: why, a word that can be shown later
	// Rest, if it has a reason, is a verdict of the platform: it puts the subscriber to
	// rest, see Rest.Over, and what he is still owed is dropped with that reason.
	Rest Rest
	// Moved, if set, is the subscriber's new address. When another subscriber
	// has it already the two become one: subscriptions are united and what was
	// owed to the old one is owed to the other, each story still once.
	Moved *Address
}

// DeliveryState is what became of a story owed to one subscriber, for "why".
type DeliveryState struct {
	Story     StoryID
	Lane      Lane
	Topics    []Topic
	Pending   bool
	Outcome   Outcome // when it ended
	Reason    string
	Reference string
	Due       time.Time // when pending
	Ended     time.Time
}
