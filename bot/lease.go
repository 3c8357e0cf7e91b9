package bot

import (
	"context"
	"errors"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// leaseTime is how long a lease outlives a process that died, so that another is
// at work within 20 seconds. It is renewed three times in that time.
const leaseTime = 15 * time.Second

// Leases takes named leases for this process: what may run only once. Adapters use
// it for what their platform allows one program only.
type Leases struct {
	Progress subscriptions.Progress
	// Holder names this process.
	Holder string
	Now    func() time.Time
}

// Hold runs fn while this process holds the lease, and gives it back afterwards.
// The context of fn ends when the lease is lost. It returns
// [subscriptions.ErrLeased] without running fn when somebody else has it.
func (l Leases) Hold(ctx context.Context, name string, fn func(context.Context)) error {
	if err := l.Progress.Lease(ctx, l.Now(), name, l.Holder, leaseTime); err != nil {
		return err
	}
	held, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		lose(l.renew(held, name))
	}()
	fn(held)
	lost := context.Cause(held)
	lose(nil)
	<-done
	if errors.Is(lost, subscriptions.ErrLeased) {
		return lost
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	// At worst the lease ends by itself.
	_ = l.Progress.Lease(ctx, l.Now(), name, l.Holder, 0)
	return nil
}

// renew keeps the lease until ctx ends, and returns why it could not. A store that
// fails for a moment does not lose a lease that still runs.
func (l Leases) renew(ctx context.Context, name string) error {
	tick := time.NewTicker(leaseTime / 3)
	defer tick.Stop()
	renewed := time.Now() // the lease runs by a clock that does not jump
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		err := l.Progress.Lease(ctx, l.Now(), name, l.Holder, leaseTime)
		switch {
		case err == nil:
			renewed = time.Now()
		case errors.Is(err, subscriptions.ErrLeased), time.Since(renewed) >= leaseTime:
			return err
		}
	}
}

// wait sleeps, and reports whether it slept to the end.
func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(max(d, 0))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
