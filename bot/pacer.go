package bot

import (
	"sync"
	"time"
)

// Pacer is a budget of messages on one platform: a rate over all places, a
// spacing for each place, and pauses that the platform ordered. Broadcasts ask
// with Reserve and wait; answers to people only Spend, so that they never stand
// behind a broadcast, and the broadcast makes room for them. What is sent either way
// is told to Departs.
//
// Adapters own one each. It is safe for use by many goroutines.
type Pacer struct {
	mu       sync.Mutex
	interval time.Duration // between two messages over all places
	idle     time.Duration // what a pause earns of catchUp
	next     time.Time     // when the next may go
	held     time.Time     // nothing before this
	window   window
	places   map[string]*place
	swept    time.Time
}

type place struct {
	next   time.Time
	recent []time.Time // sends within the window, for quotas; oldest first
}

// Spacing is the budget of one place.
type Spacing struct {
	// Every is the least time between two messages.
	Every time.Duration
	// Quota is the most messages within Window; 0 is no quota.
	Quota  int
	Window time.Duration
}

// Headroom is the share of a platform's limit that a Pacer uses. At the limit
// itself the edge of the platform's window is hit and punished: measured, 0.95
// gets 0.945 of the permitted rate through, 1.0 only 0.42.
const Headroom = 0.955

// catchUp is how much lateness is made good. Without it every late timer, and every
// stall of a busy machine, lowers the rate; the window sees to it that no second
// holds more than the limit all the same.
const catchUp = 100 * time.Millisecond

// slack is how many messages the window must keep free before a pause earns a catch-up:
// so many may come into a second by the jitter of the way. At 30 a second it keeps none
// free, and a burst at the end of a lock-out would be the next one.
const slack = 5

// NewPacer returns a Pacer for a limit of rate messages a second.
func NewPacer(rate float64) *Pacer {
	p := &Pacer{
		interval: time.Duration(float64(time.Second) / (rate * Headroom)),
		window:   newWindow(rate),
		places:   map[string]*place{},
	}
	if rate-float64(p.window.limit) >= slack {
		p.idle = catchUp
	}
	return p
}

// Reserve takes the right to send one message to key now and returns 0, or
// returns how long to wait before asking again, as [Messenger] does. It tells a key's
// own wait first: the others may go meanwhile.
func (p *Pacer) Reserve(key string, s Spacing, now time.Time) (wait time.Duration, everyone bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if pl := p.places[key]; pl != nil {
		if at := pl.free(s, now); at.After(now) {
			return at.Sub(now), false
		}
	}
	if at := later(p.next, p.held); at.After(now) {
		return at.Sub(now), true
	}
	if wait := p.window.room(now); wait > 0 {
		return wait, true
	}
	p.spend(key, s, now)
	return 0, false
}

// Departs notes that a message sets out that Reserve allowed or Spend noted. The
// function that it returns must be called when the platform has answered, or will not.
func (p *Pacer) Departs(at time.Time) (landed func(at time.Time)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.window.depart(at)
	return func(now time.Time) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.window.land(at, now)
	}
}

// longestDebt is the most that answers delay a broadcast. Platforms count messages
// by the second; what was sent before is forgiven.
const longestDebt = time.Second

// Spend notes a message that is sent without asking: an answer to a person.
func (p *Pacer) Spend(key string, s Spacing, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spend(key, s, now)
	p.window.answered = now
	if forgiven := now.Add(max(longestDebt, p.interval)); p.next.After(forgiven) {
		p.next = forgiven
	}
}

// Hold forbids messages to key until then; an empty key means to anyone. A
// platform's retry-after comes here.
func (p *Pacer) Hold(key string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if key == "" {
		p.held = later(p.held, until)
		return
	}
	pl := p.place(key)
	pl.next = later(pl.next, until)
}

func (p *Pacer) spend(key string, s Spacing, now time.Time) {
	// A late caller does not earn a burst: what he missed is lost, but for catchUp. Who
	// comes later still was idle or shut out.
	if now.Sub(p.next) > catchUp {
		p.next = now.Add(-p.idle)
	}
	p.next = p.next.Add(p.interval)
	p.window.allow(now)
	pl := p.place(key)
	pl.next = later(pl.next, now.Add(s.Every))
	if s.Quota > 0 {
		pl.recent = append(pl.recent, now)
		if over := len(pl.recent) - s.Quota; over > 0 {
			pl.recent = append(pl.recent[:0], pl.recent[over:]...)
		}
	}
	p.sweep(now)
}

func (p *Pacer) place(key string) *place {
	pl := p.places[key]
	if pl == nil {
		pl = &place{}
		p.places[key] = pl
	}
	return pl
}

// free returns when the place may next be written to.
func (pl *place) free(s Spacing, now time.Time) time.Time {
	if s.Quota > 0 && len(pl.recent) >= s.Quota {
		return later(pl.next, pl.recent[len(pl.recent)-s.Quota].Add(s.Window))
	}
	return pl.next
}

// sweepEvery is how often places that are free again are forgotten.
const sweepEvery = time.Minute

func (p *Pacer) sweep(now time.Time) {
	if now.Sub(p.swept) < sweepEvery {
		return
	}
	p.swept = now
	for key, pl := range p.places {
		idle := len(pl.recent) == 0 || now.Sub(pl.recent[len(pl.recent)-1]) > time.Hour
		if idle && pl.next.Before(now) {
			delete(p.places, key)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
