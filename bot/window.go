package bot

import (
	"math"
	"slices"
	"time"
)

const (
	// windowSpan is the second over which platforms count, and the 10 ms by which
	// two messages may come closer to each other on the way.
	windowSpan = time.Second + 10*time.Millisecond
	// lateAfter is how much longer than usual an answer may take before its message
	// counts as late. Measured over ways that freeze for up to 400 ms, 10 ms let no
	// second hold too much and 15 ms one in an hour; a way that merely varies by 8 ms
	// costs nothing.
	lateAfter = 10 * time.Millisecond
	// overdueLook is how soon at the latest to look again when there is no room.
	overdueLook = 10 * time.Millisecond
	// askedLately is how long after an answer the next ones are expected, and answers
	// how many places in a window are then kept free for them, at rates of which that
	// is not more than a tenth.
	askedLately  = 10 * time.Second
	answers      = 2
	leastReserve = 10 * answers
)

// window is what a platform has got within its last second, as far as we can know.
// Pacing alone knows when messages were allowed; after a stall, of this machine or on
// the way, many arrive at once and the platform sees a burst. So a message counts for
// a second from when it set out, or from as much later as its answer was late; and if
// there is no answer after a second, until there is one.
type window struct {
	limit    int
	allowed  []time.Time // when those were allowed that have not set out
	flying   []time.Time // when those set out that have no answer
	counted  []time.Time // from when each counts that has set out
	usual    usual
	answered time.Time // when somebody was last answered, which asks nobody
}

// fullAt is the share of a limit that a window holds at most, rounded up to a whole
// message: what is sent beside, to register commands say, finds room too.
const fullAt = 0.97

func newWindow(rate float64) window { return window{limit: max(int(math.Ceil(rate*fullAt)), 1)} }

// room returns how long to wait until one more message may break no limit, or until
// it is worth asking again. All lists of a window have the oldest first.
func (w *window) room(now time.Time) time.Duration {
	begin := now.Add(-windowSpan)
	w.allowed = w.allowed[before(w.allowed, begin):]
	w.counted = w.counted[before(w.counted, begin):]
	limit := w.limit
	if limit >= leastReserve && now.Sub(w.answered) < askedLately {
		limit -= answers
	}
	if len(w.allowed)+len(w.counted)+before(w.flying, begin) < limit {
		return 0
	}
	wait := overdueLook
	for _, list := range [][]time.Time{w.allowed, w.counted} {
		if len(list) > 0 {
			wait = min(wait, list[0].Sub(begin))
		}
	}
	return wait
}

// allow counts a message that may go.
func (w *window) allow(now time.Time) { w.allowed = insert(w.allowed, now) }

// depart notes that one of the messages that were allowed sets out.
func (w *window) depart(now time.Time) {
	if len(w.allowed) > 0 {
		w.allowed = w.allowed[1:]
	}
	w.counted = insert(w.counted, now)
	w.flying = insert(w.flying, now)
}

// land notes that a message that set out has its answer, or will have none.
func (w *window) land(departed, now time.Time) {
	if i := before(w.flying, departed); i > 0 {
		w.flying = slices.Delete(w.flying, i-1, i)
	}
	took := now.Sub(departed)
	usual := w.usual.learn(took, now)
	if took <= usual+lateAfter {
		return
	}
	if i := before(w.counted, departed); i > 0 {
		w.counted = slices.Delete(w.counted, i-1, i)
	}
	w.counted = insert(w.counted, now.Add(-usual))
}

// usual is how soon answers come when nothing holds them up: the soonest of the last
// ten to twenty seconds.
type usual struct {
	soonest, before time.Duration
	since           time.Time
}

const usualFor = 10 * time.Second

func (u *usual) learn(took time.Duration, now time.Time) time.Duration {
	if now.Sub(u.since) >= usualFor {
		*u = usual{soonest: took, before: u.soonest, since: now}
		if u.before == 0 {
			u.before = took
		}
	}
	u.soonest = min(u.soonest, took)
	return min(u.soonest, u.before)
}

// before returns how many of a list are not after an instant.
func before(list []time.Time, at time.Time) int {
	i, _ := slices.BinarySearchFunc(list, at, func(t, at time.Time) int {
		if t.After(at) {
			return 1
		}
		return -1
	})
	return i
}

func insert(list []time.Time, at time.Time) []time.Time {
	return slices.Insert(list, before(list, at), at)
}
