package discord

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot"
)

const (
	// invalidLimit is how many invalid requests (401, 403, 429 but for a shared
	// one) Discord allows an address in invalidWindow before Cloudflare bans it.
	invalidLimit  = 10_000
	invalidWindow = 10 * time.Minute
	// invalidGuard is where we stop sending by ourselves, and invalidSlots how
	// finely the window is kept.
	invalidGuard = invalidLimit * 8 / 10
	invalidSlots = 60
	// haltFor is how long nothing is sent after the token was refused. It is a
	// pause and no end, so that a mistake of the platform heals: the core tries again
	// within a minute, and must not be held back then.
	haltFor = 45 * time.Second
	// retryDefault is used when a 429 does not say how long, and banDefault when
	// it did not come from Discord itself.
	retryDefault = 5 * time.Second
	banDefault   = 45 * time.Second
	retryCap     = 24 * time.Hour
)

// budget is what may be sent when. It learns from every answer.
type budget struct {
	pacer *bot.Pacer

	mu      sync.Mutex
	invalid [invalidSlots]invalidSlot
	halted  time.Time
}

type invalidSlot struct {
	number int64 // which slot of time this is
	count  int
}

func newBudget(rate float64) *budget { return &budget{pacer: bot.NewPacer(rate)} }

// reserve asks for the right to make one request of a bucket now, as
// bot.Messenger does. A bucket has no spacing of its own: Discord says in its headers what it
// allows.
func (b *budget) reserve(bucket string, now time.Time) (wait time.Duration, everyone bool) {
	if wait := b.guard(now); wait > 0 {
		return wait, true
	}
	return b.pacer.Reserve(bucket, bot.Spacing{}, now)
}

// departs notes a request that counts towards the global limit: answers to
// interactions do not. Call what it returns when the request is over.
func (b *budget) departs(c call, now time.Time) (landed func(time.Time)) {
	if c.interaction {
		return func(time.Time) {}
	}
	return b.pacer.Departs(now)
}

// guard returns how long to wait so that invalid requests stay below Discord's
// limit, or until a refused token is tried again.
func (b *budget) guard(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.halted.After(now) {
		return b.halted.Sub(now)
	}
	if b.invalidCount(now) < invalidGuard {
		return 0
	}
	return invalidWindow / invalidSlots
}

func (b *budget) isHalted(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.halted.After(now)
}

func slotNumber(now time.Time) int64 {
	return now.UnixNano() / int64(invalidWindow/invalidSlots)
}

func (b *budget) invalidCount(now time.Time) int {
	current, sum := slotNumber(now), 0
	for _, s := range b.invalid {
		// A slot of the future counts too: the clock was set back.
		if s.number > current-invalidSlots {
			sum += s.count
		}
	}
	return sum
}

func (b *budget) countInvalid(now time.Time) {
	n := slotNumber(now)
	s := &b.invalid[n%invalidSlots]
	if s.number != n {
		*s = invalidSlot{number: n}
	}
	s.count++
}

// observe learns from an answer: who must wait, and whether the request counts
// as invalid.
func (b *budget) observe(c call, a answer, now time.Time) {
	switch a.status {
	case 0:
		return
	case http.StatusTooManyRequests:
		l := limitOf(a)
		switch {
		case l.everywhere:
			b.pacer.Hold("", now.Add(l.after))
		case c.bucket != "":
			b.pacer.Hold(c.bucket, now.Add(l.after))
		}
		if l.scope == "shared" {
			return
		}
	case http.StatusUnauthorized, http.StatusForbidden:
	default:
		b.exhausted(c, a, now)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.countInvalid(now)
	if _, ours := a.problem(); ours && a.status == http.StatusUnauthorized && !c.interaction {
		b.halted = now.Add(haltFor)
	}
}

// exhausted holds a bucket that has nothing left until it is filled again.
func (b *budget) exhausted(c call, a answer, now time.Time) {
	if c.bucket == "" || a.header.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	if after, ok := seconds(a.header.Get("X-RateLimit-Reset-After")); ok {
		b.pacer.Hold(c.bucket, now.Add(after))
	}
}

// limit is what a 429 says.
type limit struct {
	after time.Duration
	scope string // "user", "shared", "global", or "" when not told
	// everywhere: all requests must wait, not only those of this route.
	everywhere bool
}

// limitOf reads a 429. The documented global one carries no
// X-RateLimit-Reset-After, only the body and perhaps X-RateLimit-Global; one that is not
// JSON, or of which neither body nor headers say what is limited, is a ban of the whole
// address.
func limitOf(a answer) limit {
	l := limit{scope: a.header.Get("X-RateLimit-Scope"), after: retryDefault}
	p, ok := a.problem()
	banned := !ok || p.RetryAfter == nil && l.scope == ""
	if banned {
		l.after = banDefault
	}
	l.everywhere = banned || p.Global || l.scope == "global" || a.header.Get("X-RateLimit-Global") != ""
	told := []string{a.header.Get("X-RateLimit-Reset-After"), a.header.Get("Retry-After")}
	if p.RetryAfter != nil {
		told = append([]string{strconv.FormatFloat(*p.RetryAfter, 'f', -1, 64)}, told...)
	}
	for _, text := range told {
		if after, ok := seconds(text); ok && after > 0 {
			l.after = after
			break
		}
	}
	return l
}

// seconds reads a number of seconds, rounded up to a millisecond.
func seconds(text string) (time.Duration, bool) {
	s, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(s) || s < 0 {
		return 0, false
	}
	if s > retryCap.Seconds() {
		return retryCap, true
	}
	return time.Duration(math.Ceil(s*1000)) * time.Millisecond, true
}
