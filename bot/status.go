package bot

import (
	"maps"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// SourceStatus is how a source does, for the operator.
type SourceStatus struct {
	Name      string
	Publisher string
	// Format is how it was read last: "rss", "page".
	Format string
	// Read is the last success, Next the next attempt.
	Read, Next time.Time
	// Failures counts failures in a row; Reason is the last, Since the first.
	Failures int
	Reason   string
	Since    time.Time
	// Entries is how many the last reading held; Published and Pushed count the
	// articles kept and those owed to followers since the start.
	Entries           int
	Published, Pushed int64
}

// PlatformState is what a platform's sender does.
type PlatformState string

// The states of a platform.
const (
	// PlatformSending: messages flow, or there are none.
	PlatformSending PlatformState = "sending"
	// PlatformWaiting: another process sends on this platform.
	PlatformWaiting PlatformState = "waiting"
	// PlatformPaused: the platform asked for a pause, or fails.
	PlatformPaused PlatformState = "paused"
	// PlatformHalted: nothing can be sent, or nobody is heard, until a person acts.
	PlatformHalted PlatformState = "halted"
	// PlatformStoreFails: what is sent could not be recorded, so nothing is.
	PlatformStoreFails PlatformState = "store-fails"
)

// PlatformStatus is how sending on one platform does, for the operator.
type PlatformStatus struct {
	Platform subscriptions.Platform
	State    PlatformState
	// Reason says why it does not send, in a line; Until when it tries again.
	Reason string
	Until  time.Time
	// Parked are claimed messages that wait for their turn, Flying those on their way.
	Parked, Flying int
	// Since the start of the process:
	Sent        int64            // messages that the platform has
	Stories     int64            // stories in them
	Retried     int64            // certainly not sent, tried again
	Unanswered  int64            // sent without an answer, tried again: possible duplicates
	Unreachable int64            // places that cannot be written to any more
	Dropped     map[string]int64 // stories not sent, by reason
	// LastSent is when the platform last took a message.
	LastSent time.Time
}

// counters keep a platform's status.
type counters struct {
	mu sync.Mutex
	s  PlatformStatus
}

func newCounters(p subscriptions.Platform) *counters {
	return &counters{s: PlatformStatus{Platform: p, State: PlatformWaiting, Dropped: map[string]int64{}}}
}

func (c *counters) change(f func(*PlatformStatus)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(&c.s)
}

func (c *counters) state(s PlatformState, reason string, until time.Time) {
	c.change(func(st *PlatformStatus) { st.State, st.Reason, st.Until = s, reason, until })
}

func (c *counters) load(parked, flying int) {
	c.change(func(st *PlatformStatus) { st.Parked, st.Flying = parked, flying })
}

func (c *counters) sent(stories int, at time.Time) {
	c.change(func(st *PlatformStatus) {
		st.Sent++
		st.Stories += int64(stories)
		st.LastSent = at
	})
}

func (c *counters) drop(reason string, stories int) {
	c.change(func(st *PlatformStatus) { st.Dropped[reason] += int64(stories) })
}

func (c *counters) retried()     { c.change(func(st *PlatformStatus) { st.Retried++ }) }
func (c *counters) unanswered()  { c.change(func(st *PlatformStatus) { st.Unanswered++ }) }
func (c *counters) unreachable() { c.change(func(st *PlatformStatus) { st.Unreachable++ }) }

func (c *counters) snapshot() PlatformStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.s
	s.Dropped = maps.Clone(c.s.Dropped)
	return s
}
