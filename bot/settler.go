package bot

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// settleWindow is how long settlements wait for others: measured, 10 ms add
	// nothing to what a crash repeats.
	settleWindow = 5 * time.Millisecond
	// settleBatch is the most in one transaction.
	settleBatch = 200
	// settleLast is how long the last settlements may take at the end.
	settleLast = 2 * time.Second
)

// settler writes settlements down, many at once, in order. While the store fails
// it keeps them and tries again, and nothing must be sent.
type settler struct {
	store    subscriptions.Outbox
	counters *counters
	now      func() time.Time
	logger   *slog.Logger
	added    chan struct{}
	// settled is poked after settlements were written.
	settled chan struct{}

	mu      sync.Mutex
	queue   []subscriptions.Settlement
	sent    int // settlements in the queue of what the platform has
	failing bool
}

func newSettler(store subscriptions.Outbox, c *counters, now func() time.Time, logger *slog.Logger) *settler {
	return &settler{
		store: store, counters: c, now: now, logger: logger,
		added: make(chan struct{}, 1), settled: make(chan struct{}, 1),
	}
}

// add queues a settlement. It never blocks.
func (s *settler) add(st subscriptions.Settlement) {
	s.mu.Lock()
	s.queue = append(s.queue, st)
	if st.Outcome == subscriptions.Sent {
		s.sent++
	}
	s.mu.Unlock()
	poke(s.added)
}

// works reports whether what is sent can be written down.
func (s *settler) works() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.failing
}

// repeatable returns how many messages the platform has that would be sent again if
// the process died now.
func (s *settler) repeatable() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent
}

// unwritten returns the parcels that have settlements in the queue.
func (s *settler) unwritten() map[subscriptions.ParcelID]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make(map[subscriptions.ParcelID]bool, len(s.queue))
	for _, st := range s.queue {
		ids[st.Parcel] = true
	}
	return ids
}

// run writes until ctx ends, and then what is left, if the store takes it in time.
func (s *settler) run(ctx context.Context) {
	for failures := 0; ctx.Err() == nil; {
		sleepUnless(ctx, time.Hour, s.added)
		wait(ctx, settleWindow)
		for ctx.Err() == nil && !s.empty() {
			if err := s.write(ctx); err == nil {
				failures = 0
				continue
			} else if ctx.Err() == nil {
				failures++
				pause := storeBackOff(failures)
				s.counters.state(PlatformStoreFails, err.Error(), s.now().Add(pause))
				s.logger.ErrorContext(ctx, "cannot write down what was sent; nothing is sent until that works",
					slog.Any("error", err), slog.Duration("again", pause))
				wait(ctx, pause)
			}
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLast)
	defer cancel()
	for !s.empty() {
		if err := s.write(last); err != nil {
			s.logger.ErrorContext(last, "stopped before all that was sent was written down: some may be sent again", slog.Any("error", err))
			return
		}
	}
}

func (s *settler) empty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue) == 0
}

// write settles one batch from the front of the queue.
func (s *settler) write(ctx context.Context) error {
	s.mu.Lock()
	batch := s.queue[:min(len(s.queue), settleBatch)]
	s.mu.Unlock()
	err := s.store.Settle(ctx, s.now(), batch)
	s.mu.Lock()
	if err == nil {
		for _, st := range batch {
			if st.Outcome == subscriptions.Sent {
				s.sent--
			}
		}
		s.queue = s.queue[len(batch):]
		if len(s.queue) == 0 {
			s.queue = nil
		}
	}
	// After a failure leases may have ended: it works again when all is written.
	s.failing = err != nil || s.failing && s.queue != nil
	s.mu.Unlock()
	if err == nil {
		poke(s.settled)
	}
	return err
}
