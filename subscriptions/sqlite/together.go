package sqlite

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// togetherLimit is how many changes one transaction carries. What comes behind them
// waits ten milliseconds at most.
const togetherLimit = 32

// errPanicked undoes a change whose function panicked; nobody sees it.
var errPanicked = errors.New("panicked")

// changes are those that wait at the gate. Whoever passes it first carries out the
// others too, in one transaction: a thousand people who ask at once then do not wait
// for the disk a thousand times.
type changes struct {
	mu      sync.Mutex
	waiting []*change
}

// change is one call of Change.
type change struct {
	ctx  context.Context //nolint:containedctx // it is the call's own
	mark subscriptions.Mark
	now  time.Time
	fn   func(subscriptions.Tx) error

	done     chan struct{} // closed when the rest is known
	err      error
	panicked any
}

// Change implements subscriptions.Registry.
func (s *Store) Change(ctx context.Context, now time.Time, mark subscriptions.Mark, fn func(subscriptions.Tx) error) error {
	c := &change{ctx: ctx, mark: mark, now: now, fn: fn, done: make(chan struct{})}
	s.changes.add(c)
	err := s.gate.Acquire(ctx, 1)
	if err == nil {
		defer s.gate.Release(1)
		if others, mine := s.changes.take(c, togetherLimit-1); mine {
			s.together(ctx, append([]*change{c}, others...))
		}
	} else if s.changes.withdraw(c) {
		return wrap("change", err)
	}
	<-c.done // another call may be carrying it out
	if c.panicked != nil {
		panic(c.panicked)
	}
	return wrap("change", c.err)
}

// together carries out changes inside the gate. One that fails takes nothing of the
// others with it, unless the file itself fails.
func (s *Store) together(ctx context.Context, list []*change) {
	each := (*change).alone
	if len(list) > 1 {
		ctx, each = context.WithoutCancel(ctx), (*change).beside
	}
	err := s.writer.transact(ctx, func(tx queries) error {
		for _, c := range list {
			if err := each(c, tx); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range list {
		if c.err == nil {
			c.err = err
		}
		close(c.done)
	}
}

// alone carries out a change that has its transaction to itself.
func (c *change) alone(tx queries) error {
	c.carryOut(tx)
	return c.err
}

// beside carries out a change among others. It returns an error when the whole
// transaction is lost.
func (c *change) beside(tx queries) error {
	if c.err = c.ctx.Err(); c.err != nil {
		return nil
	}
	ctx := context.WithoutCancel(c.ctx)
	if _, err := tx.ExecContext(ctx, `SAVEPOINT beside`); err != nil {
		return err
	}
	if c.recovering(tx); c.err != nil {
		// SQLite may have undone everything by itself, on a full disk for one.
		if _, err := tx.ExecContext(ctx, `ROLLBACK TO beside`); err != nil {
			return c.err
		}
	}
	_, err := tx.ExecContext(ctx, `RELEASE beside`)
	return err
}

// recovering is carryOut for a change among others: if its function panics, only its
// own call of Change does.
func (c *change) recovering(tx queries) {
	defer func() {
		if c.panicked = recover(); c.panicked != nil {
			c.err = errPanicked
		}
	}()
	c.carryOut(tx)
}

func (c *change) carryOut(tx queries) {
	ctx := context.WithoutCancel(c.ctx)
	if c.err = useMark(ctx, tx, c.mark, millis(c.now)); c.err == nil {
		c.err = c.fn(&registryTx{ctx: ctx, q: tx, now: millis(c.now)})
	}
}

func (l *changes) add(c *change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, c)
}

// withdraw takes c back, and reports whether nobody has begun it.
func (l *changes) withdraw(c *change) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.waiting, c)
	if i < 0 {
		return false
	}
	l.waiting = slices.Delete(l.waiting, i, i+1)
	return true
}

// take hands out up to limit others of those that wait, for the caller of c to carry
// out; none, and false, if somebody has begun c itself.
func (l *changes) take(c *change, limit int) (others []*change, mine bool) {
	if !l.withdraw(c) {
		return nil, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	n := min(limit, len(l.waiting))
	others = slices.Clone(l.waiting[:n])
	l.waiting = slices.Delete(l.waiting, 0, n)
	return others, true
}
