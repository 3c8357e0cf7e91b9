package discord

import (
	"context"
	"log/slog"
	"time"
)

// starts is how many sessions Discord lets a bot start in a day.
type starts struct {
	Total          int   `json:"total"`
	Remaining      *int  `json:"remaining"`
	ResetAfter     int64 `json:"reset_after"` // ms
	MaxConcurrency int   `json:"max_concurrency"`
}

// keepBack is the share of a day's sessions that is never used, one in so many: at
// the last one Discord resets the token.
const keepBack = 50

// spacing returns how long after the one before an identify may come, and none when
// there are no more until the limit is reset. A bot that finds its sessions invalid
// again and again would use up a day's in half a day; when half are gone the others
// are spread over the rest of it.
func (s starts) spacing() (d time.Duration, none bool) {
	if s.Remaining == nil {
		return 0, false
	}
	left, reset := *s.Remaining-s.Total/keepBack, time.Duration(s.ResetAfter)*time.Millisecond
	switch {
	case left <= 0:
		return reset, true
	case left < s.Total/2:
		return reset / time.Duration(left), false
	}
	return 0, false
}

// identifyGate lets one shard at a time connect to identify, and spaces them:
// Discord allows max_concurrency identifies every five seconds and a thousand a day, and
// resets the token of a bot that wants more.
type identifyGate struct {
	turn  chan struct{} // holds one while nobody connects
	every time.Duration
	last  time.Time // guarded by the turn
	// remember keeps when the last one was over restarts; may be nil.
	remember func(time.Time)
}

func newIdentifyGate(every time.Duration) *identifyGate {
	gate := &identifyGate{turn: make(chan struct{}, 1), every: every}
	gate.turn <- struct{}{}
	return gate
}

// enter returns when an identify is allowed, or with ctx's error. Who entered
// must leave.
func (gate *identifyGate) enter(ctx context.Context, info gatewayInfo, log *slog.Logger) error {
	spacing, none := info.Starts.spacing()
	if none {
		log.ErrorContext(ctx, "discord allows no more sessions today; waiting", "wait", spacing)
		if !sleep(ctx, spacing) {
			return ctx.Err()
		}
		spacing = 0 // the limit was reset for all shards
	}
	select {
	case <-gate.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	at := gate.last.Add(max(spacing, gate.every/time.Duration(max(1, info.Starts.MaxConcurrency))))
	if !sleep(ctx, time.Until(at)) {
		gate.leave()
		return ctx.Err()
	}
	return nil
}

// used notes that an identify went out.
func (gate *identifyGate) used() {
	gate.last = time.Now()
	if gate.remember != nil {
		gate.remember(gate.last)
	}
}

// leave lets the next one in.
func (gate *identifyGate) leave() { gate.turn <- struct{}{} }
