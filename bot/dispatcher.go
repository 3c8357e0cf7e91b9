package bot

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// DispatcherStore is what the dispatcher needs of the store.
type DispatcherStore interface {
	subscriptions.Registry
	subscriptions.Archive
	subscriptions.Outbox
	subscriptions.Progress
}

// DispatcherConfig is what a [Dispatcher] works with. All fields are needed.
type DispatcherConfig struct {
	Store      DispatcherStore
	Messengers []Messenger
	Composer   *Composer
	// Holder names this process in leases.
	Holder string
	Now    func() time.Time
	Logger *slog.Logger
}

// Dispatcher sends what is owed: it routes published stories to their followers,
// and has one sender for each platform. It promises that every delivery is sent,
// and sent once unless the process dies or the platform does not answer between
// accepting a message and our writing that down.
type Dispatcher struct {
	DispatcherConfig
	leases  Leases
	senders []*sender
	routes  chan struct{}
}

// NewDispatcher returns a Dispatcher. Start it with [Dispatcher.Run].
func NewDispatcher(cfg DispatcherConfig) *Dispatcher {
	d := &Dispatcher{
		DispatcherConfig: cfg,
		leases:           Leases{cfg.Store, cfg.Holder, cfg.Now},
		routes:           make(chan struct{}, 1),
	}
	for _, m := range cfg.Messengers {
		d.senders = append(d.senders, newSender(cfg, m, d.leases))
	}
	return d
}

// Wake says that something may have to be sent: a story was published, or a digest
// released. It never blocks.
func (d *Dispatcher) Wake() { poke(d.routes) }

// Run sends until ctx ends. Then it claims nothing more, lets what is in flight
// finish for a few seconds, gives back the rest and returns.
func (d *Dispatcher) Run(ctx context.Context) error {
	var running sync.WaitGroup
	running.Go(func() { d.route(ctx) })
	for _, s := range d.senders {
		running.Go(func() { s.run(ctx) })
	}
	running.Wait()
	return nil
}

// Status returns how each platform does, in the order of Messengers.
func (d *Dispatcher) Status() []PlatformStatus {
	all := make([]PlatformStatus, len(d.senders))
	for i, s := range d.senders {
		all[i] = s.counters.snapshot()
	}
	return all
}

const (
	// routeRange is how many deliveries one transaction of a fan-out writes at most.
	// It bounds how long others wait for the write gate.
	routeRange = 2_000
	// lookAgain is how often we look for what another process published.
	lookAgain = 2 * time.Second
)

// route works off the routes of published stories.
func (d *Dispatcher) route(ctx context.Context) {
	failures, poked := 0, true
	for {
		more, err := d.Store.Route(ctx, d.Now(), routeRange)
		pause := lookAgain
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			failures++
			pause = storeBackOff(failures)
			d.Logger.ErrorContext(ctx, "cannot route stories to their followers", slog.Any("error", err), slog.Duration("again", pause))
		default:
			failures = 0
		}
		if poked || more {
			d.wakeSenders()
		}
		if more {
			poked = true // the last range has to be told too
			continue
		}
		poked = sleepUnless(ctx, pause, d.routes)
	}
}

func (d *Dispatcher) wakeSenders() {
	for _, s := range d.senders {
		poke(s.woken)
	}
}

// poke leaves a note in a channel that holds one.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// sleepUnless sleeps until d is over, ctx ends or something is poked, and reports
// whether it was poked.
func sleepUnless(ctx context.Context, d time.Duration, poked <-chan struct{}) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-poked:
		return true
	case <-ctx.Done():
	case <-t.C:
	}
	return false
}

// storeBackOff is how long to leave a failing store alone: it is ours, and being
// back soon after it heals matters more than sparing it.
func storeBackOff(failures int) time.Duration {
	return min(250*time.Millisecond<<min(failures-1, 6), 5*time.Second)
}
