package bot

import (
	"math/rand/v2"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Why a delivery was dropped, besides the reasons of a [subscriptions.Rest]. The
// words are kept with it and can be shown.
const (
	DroppedRefused    = "refused"    // the platform will never accept it
	DroppedLate       = "late"       // it waited too long to be news
	DroppedUnanswered = "unanswered" // sent many times, never answered
	DroppedBroken     = "broken"     // it cannot be composed or sent: our mistake
	DroppedGone       = "gone"       // the story is not kept any more
)

const (
	// longestRetry is the most that a failure without an answer to "when" delays.
	longestRetry = 45 * time.Second
	// mostUnanswered is how often a message is sent without an answer while others
	// are answered, before we believe that it arrived. Claims that a crash ended do
	// not count: they say nothing of the message.
	mostUnanswered = 8
	// mostBarred is how often a place where a right is missing is tried before it is put
	// to rest: for a day. Rights come back without anybody telling: a group is closed for
	// the night, a channel's permissions are put right.
	mostBarred = 27
	// soonBarred and longestBarred bound how long such a place is left alone in between.
	// Discord bans who is refused too often.
	soonBarred, longestBarred = 5 * time.Minute, time.Hour
	// haltedAgain is how often a halted platform is tried: a revoked token is not
	// spent by it, and a mistake of the platform heals.
	haltedAgain = 50 * time.Second
)

// step is what follows from a receipt.
type step int

const (
	stepNext    step = iota // settle it as sent, and go on with the parcel
	stepAgain               // the same message again after a delay: not sent
	stepUnclear             // the same message again after a delay: perhaps sent
	stepGiveUp              // drop this message, go on with the parcel
	stepRest                // the place cannot be written to: end the parcel
	stepMoved               // the place has another address
)

// verdict is what the core decides about a message, and whether it concerns the
// whole platform.
type verdict struct {
	step   step
	reason string        // with stepGiveUp
	delay  time.Duration // with stepAgain and stepUnclear
	// pause stops the platform for delay; halt also tells the operator.
	pause, halt bool
	// trouble counts against the platform's health.
	trouble bool
}

// history is what a verdict depends on besides the receipt.
type history struct {
	failures int  // failures in a row at this place since the start, this one included
	healthy  bool // the platform answered others in the meantime
	barred   int  // refusals in a row at this place, since the start, for want of a right, this one included
}

// decide is the one table of what follows from what a platform said. A message
// without an answer is sent again, on every platform: where the platform knows the
// message by its key, a repeat is not shown twice; where it cannot (Telegram), a
// goal told twice is better than a goal not told.
func decide(r Receipt, h history) verdict {
	switch r.Result {
	case ResultSent:
		return verdict{step: stepNext}
	case ResultRetry:
		v := verdict{step: stepAgain, delay: r.After, pause: r.Everywhere}
		if r.After <= 0 {
			v.delay, v.trouble = retryAfter(h.failures), true
		}
		return v
	case ResultUnreachable:
		if r.Rest == subscriptions.RestNoRight && h.barred < mostBarred {
			return verdict{step: stepAgain, delay: min(soonBarred<<min(h.barred-1, 4), longestBarred)}
		}
		return verdict{step: stepRest}
	case ResultMoved:
		return verdict{step: stepMoved}
	case ResultRefused:
		return verdict{step: stepGiveUp, reason: DroppedRefused}
	case ResultHalted:
		return verdict{step: stepAgain, delay: haltedAgain, pause: true, halt: true}
	case ResultUnknown:
		if h.failures >= mostUnanswered && h.healthy {
			return verdict{step: stepGiveUp, reason: DroppedUnanswered}
		}
		return verdict{step: stepUnclear, delay: retryAfter(h.failures), trouble: true}
	}
	// A result that the table does not know is a mistake of an adapter.
	return verdict{step: stepUnclear, delay: longestRetry, trouble: true}
}

// retryAfter is the delay after failures in a row: it doubles, up to a limit, and
// is spread so that not all come back at once.
func retryAfter(failures int) time.Duration {
	d := min(time.Second<<min(max(failures, 1)-1, 6), longestRetry)
	return d/2 + rand.N(d/2)
}

// outage is how long the platform is left alone after as many pauses without a
// success in between.
func outage(pauses int) time.Duration {
	return retryAfter(pauses)
}

// rest returns why a place is put to rest.
func rest(r Receipt, now time.Time) subscriptions.Rest {
	reason := r.Rest
	if reason == subscriptions.RestNone {
		reason = subscriptions.RestUnreachable
	}
	return subscriptions.Rest{Reason: reason, Since: now}
}
