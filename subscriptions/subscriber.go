package subscriptions

import (
	"fmt"
	"time"
)

// Platform names a chat platform: "telegram", "discord", "console". The names
// are constants of the adapters; here they only tell addresses apart.
type Platform string

// Address is a place that stories can be sent to: a platform and that
// platform's own id of the place. Only the adapter that minted it parses ID.
type Address struct {
	Platform Platform
	ID       string
}

// String returns "platform:id", for logs.
func (a Address) String() string { return fmt.Sprintf("%s:%s", a.Platform, a.ID) }

// SubscriberID identifies a subscriber in one Store. It is never reused.
type SubscriberID int64

// Subscriber is a place where stories go: a Discord user, channel or thread; a
// Telegram chat, group, channel or forum topic; the console.
type Subscriber struct {
	ID SubscriberID
	// Address is where stories are sent.
	Address Address
	// Also are other addresses of the same person, linked by him: found under
	// each, sent to only at Address. When Address or one of Also already belongs
	// to another subscriber, saving makes the two one: subscriptions are united
	// (the saved one's settings win, unless only the other has a digest), and what
	// was owed to both is owed once.
	Also []Address
	// Shared is true for a place with more than one reader, where only those
	// who manage it may change its subscriptions.
	Shared bool
	// Language is the language the bot speaks there: "nl", "fr", "de" or "en".
	Language string
	// Cadence is what a new subscription gets.
	Cadence Cadence
	// Digest is when held stories are released.
	Digest DigestTime
	// NextDigest is the instant of the next digest, computed by the core from
	// Digest; zero when none is due. The store only compares it.
	NextDigest time.Time
	// Quiet is when nothing makes a sound.
	Quiet Quiet
	// Spoilers hides stories that give a result away behind the platform's
	// spoiler.
	Spoilers bool
	// Rest says why nothing is sent at present; the empty Rest means that
	// stories flow. A resting subscriber gets no new deliveries.
	Rest Rest
	// MutedSources are publishers (Source names) this subscriber never hears.
	MutedSources []string
	CreatedAt    time.Time
}

// DigestTime is a wall-clock minute in Europe/Brussels and the days it counts
// for. Days with no bit set means every day.
type DigestTime struct {
	Minute int // minutes since local midnight, 0..1439
	Days   Weekdays
}

// Weekdays is a set of days: bit n is time.Weekday(n).
type Weekdays uint8

// Has reports whether d is in the set. The empty set holds every day.
func (w Weekdays) Has(d time.Weekday) bool { return w == 0 || w&(1<<d) != 0 }

// Quiet is a span of the local day in minutes since midnight, From included, To
// excluded; it may wrap past midnight. The zero value is "never".
type Quiet struct{ From, To int }

// On reports whether there are quiet hours at all.
func (q Quiet) On() bool { return q.From != q.To }

// Contains reports whether the local minute of the day lies in the quiet hours.
func (q Quiet) Contains(minute int) bool {
	if q.From <= q.To {
		return q.From <= minute && minute < q.To
	}
	return minute >= q.From || minute < q.To
}

// RestReason says why a subscriber rests.
type RestReason string

// The reasons to rest. All but RestAsked are verdicts of the platform and end
// when the person or the place comes back.
const (
	RestNone        RestReason = ""
	RestAsked       RestReason = "asked"       // the subscriber asked for silence (mute of everything)
	RestBlocked     RestReason = "blocked"     // the person blocked the bot
	RestClosed      RestReason = "closed"      // the person's direct messages are closed
	RestKicked      RestReason = "kicked"      // the bot was removed from the place
	RestGone        RestReason = "gone"        // the chat, channel, topic or account no longer exists
	RestNoRight     RestReason = "no-right"    // the bot lacks the right to post there
	RestUnreachable RestReason = "unreachable" // any other lasting refusal
)

// Rest is a pause of a subscriber.
type Rest struct {
	Reason RestReason
	Since  time.Time
	// Until is when a rest that was asked for ends; zero is never. A verdict of the
	// platform lasts until the place comes back: its Until is that of a rest that was
	// asked for before, of which the remainder then follows.
	Until time.Time
}

// Over returns a verdict of the platform as it comes over the rest that there is: an
// end that was asked for is kept.
func (r Rest) Over(before Rest) Rest {
	if r.Until.IsZero() {
		r.Until = before.Until
	}
	return r
}

// Back returns what a verdict of the platform leaves of the rest that was asked for
// before, when the place comes back.
func (r Rest) Back(now time.Time) Rest {
	if !r.Until.After(now) {
		return Rest{}
	}
	return Rest{Reason: RestAsked, Since: r.Since, Until: r.Until}
}
