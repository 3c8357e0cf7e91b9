package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// PollerStore is what the poller needs of the store.
type PollerStore interface {
	subscriptions.Archive
	subscriptions.Progress
}

// PollerConfig is what a [Poller] works with. All fields are needed but Published.
type PollerConfig struct {
	Sources []Source
	Store   PollerStore
	// Topics returns the catalogue as it is now.
	Topics func() *catalogue.Catalogue
	// MaxAge is the age beyond which an article is not pushed any more.
	MaxAge time.Duration
	// Holder names this process in leases.
	Holder string
	// Published is called after a story was published that is owed to followers.
	Published func()
	Now       func() time.Time
	Logger    *slog.Logger
}

// Poller reads the sources, each at its own pace, and publishes what is new. A
// source that is slow or fails never holds up another.
type Poller struct {
	PollerConfig
	publisher *publisher
	leases    Leases
	slots     chan struct{}

	mu     sync.Mutex
	status map[string]SourceStatus
}

const (
	// atOnce is the most sources that are read at the same time: it bounds memory,
	// and is more than the sources that a sane configuration has.
	atOnce = 32
	// fetchTime bounds one reading with the pages it needs; a source's own limits
	// are stricter.
	fetchTime = 2 * time.Minute
	// perReading is the most new entries taken from one reading. The rest is still
	// new at the next, so that nothing is lost. A first reading is taken whole, for at
	// the next its rest would be news.
	perReading = 100
)

// NewPoller returns a Poller. Start it with [Poller.Run].
func NewPoller(cfg PollerConfig) *Poller {
	if cfg.Published == nil {
		cfg.Published = func() {}
	}
	p := &Poller{
		PollerConfig: cfg,
		publisher:    newPublisher(cfg),
		leases:       Leases{cfg.Store, cfg.Holder, cfg.Now},
		slots:        make(chan struct{}, atOnce),
		status:       map[string]SourceStatus{},
	}
	for _, s := range cfg.Sources {
		profile := s.Profile()
		p.status[profile.Name] = SourceStatus{Name: profile.Name, Publisher: profile.Publisher}
	}
	return p
}

// Run reads the sources until ctx ends.
func (p *Poller) Run(ctx context.Context) error {
	if err := p.publisher.warm(ctx); err != nil && ctx.Err() == nil {
		return fmt.Errorf("read recent stories: %w", err)
	}
	var running sync.WaitGroup
	for _, s := range p.Sources {
		running.Go(func() { p.follow(ctx, s) })
	}
	running.Wait()
	return nil
}

// follow reads one source for ever.
func (p *Poller) follow(ctx context.Context, s Source) {
	if err := p.moved(ctx, s.Profile()); err != nil && ctx.Err() == nil {
		p.Logger.ErrorContext(ctx, "cannot tell whether a source moved", slog.Any("error", err))
	}
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case p.slots <- struct{}{}:
		}
		started := p.Now()
		next := p.turn(ctx, s)
		<-p.slots
		wait(ctx, next-max(p.Now().Sub(started), 0)) // a clock may go back meanwhile
	}
}

// moved begins a source anew that the configuration has at another address than before: what was
// known of the old one, when to come back above all, says nothing of this one.
func (p *Poller) moved(ctx context.Context, profile SourceProfile) error {
	fact := "source-address/" + profile.Name
	before, err := p.Store.Value(ctx, fact)
	if err != nil || before == profile.Address {
		return err
	}
	if before != "" {
		if err := p.Store.SaveCheckpoint(ctx, subscriptions.Checkpoint{Source: profile.Name}); err != nil {
			return err
		}
		p.Logger.InfoContext(ctx, "source moved", slog.String("source", profile.Name))
	}
	return p.Store.SetValue(ctx, fact, profile.Address)
}

// turn reads a source if it is time and nobody else does, and returns how long
// after the start of this turn the next one is.
func (p *Poller) turn(ctx context.Context, s Source) time.Duration {
	profile := s.Profile()
	next := profile.Interval
	err := p.leases.Hold(ctx, "source:"+profile.Name, func(ctx context.Context) {
		since, err := p.checkpoint(ctx, profile.Name)
		if err != nil {
			next = p.storeFailed(ctx, profile, err)
			return
		}
		if early := p.early(since, profile); early > 0 {
			p.show(since, nil)
			next = early
			return
		}
		next = p.read(ctx, s, since)
	})
	switch {
	case err == nil || ctx.Err() != nil:
		return next
	case errors.Is(err, subscriptions.ErrLeased):
		// Another process reads it. Should that die, we are here soon.
		return min(next, leaseTime)
	default:
		return p.storeFailed(ctx, profile, err)
	}
}

func (p *Poller) checkpoint(ctx context.Context, source string) (subscriptions.Checkpoint, error) {
	c, err := p.Store.Checkpoint(ctx, source)
	if errors.Is(err, subscriptions.ErrNotFound) {
		return subscriptions.Checkpoint{Source: source}, nil
	}
	if err != nil {
		return c, fmt.Errorf("checkpoint of %s: %w", source, err)
	}
	return c, nil
}

// early returns how long it is until a source should be read: after a restart, or
// after another process read it. A time too far off comes from a clock that
// jumped, and does not count.
func (p *Poller) early(c subscriptions.Checkpoint, profile SourceProfile) time.Duration {
	d := c.Next.Sub(p.Now())
	if c.Failures == 0 && d > 3*profile.Interval || d > longestAsked {
		return 0
	}
	return d
}

// storeFailed tells the operator and returns when to try again.
func (p *Poller) storeFailed(ctx context.Context, profile SourceProfile, err error) time.Duration {
	if ctx.Err() == nil {
		p.Logger.ErrorContext(ctx, "cannot read a source: the store fails", slog.String("source", profile.Name), slog.Any("error", err))
	}
	return min(profile.Interval, 10*time.Second)
}

// read makes one reading and returns the time to the next.
func (p *Poller) read(ctx context.Context, s Source, since subscriptions.Checkpoint) time.Duration {
	profile := s.Profile()
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	reading, err := fetch(ctx, s, since)
	if err != nil {
		return p.failed(ctx, profile, since, err)
	}
	again := jitter(interval(profile, reading))
	took, err := p.take(ctx, s, since, reading, again)
	if err != nil {
		return p.storeFailed(ctx, profile, err)
	}
	if since.Failures > 0 {
		p.Logger.InfoContext(ctx, "source is back", slog.String("source", profile.Name), slog.Duration("after", p.Now().Sub(since.Since)))
	}
	if took.published > 0 {
		p.Logger.InfoContext(ctx, "source read", slog.String("source", profile.Name),
			slog.Int("new", took.published), slog.Int("pushed", took.pushed))
	}
	return again
}

// interval is the time to the next reading. What a publisher says of how long its
// answer holds is believed up to twice the configured interval; intervals under a
// minute are for tests and are kept.
func interval(profile SourceProfile, r Reading) time.Duration {
	if profile.Interval < time.Minute {
		return profile.Interval
	}
	return max(profile.Interval, min(r.FreshFor, 2*profile.Interval))
}

// fetch calls a source; one that panics has failed.
func fetch(ctx context.Context, s Source, since subscriptions.Checkpoint) (r Reading, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &FetchError{Reason: "the reader of this source panicked", Err: fmt.Errorf("%v\n%s", cause, debug.Stack())}
		}
	}()
	return s.Fetch(ctx, since)
}

// failed marks a source as failing and returns when to try again. The operator is
// told once.
func (p *Poller) failed(ctx context.Context, profile SourceProfile, c subscriptions.Checkpoint, cause error) time.Duration {
	if context.Cause(ctx) != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return profile.Interval // we are stopping, or lost the lease: not the source's fault
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchTime)
	defer cancel()
	now := p.Now()
	if c.Failures == 0 {
		c.Since = now
		p.Logger.WarnContext(ctx, "source fails", slog.String("source", profile.Name), slog.Any("error", cause))
	}
	c.Failures++
	c.Reason = oneLine(cause.Error())
	again := backOff(profile.Interval, c.Failures, cause)
	c.Next = now.Add(again)
	if err := p.Store.SaveCheckpoint(ctx, c); err != nil {
		return p.storeFailed(ctx, profile, err)
	}
	p.show(c, nil)
	return again
}

const (
	// longestBackOff is the most that an ordinary failure delays a source whose
	// interval is shorter: it is back soon after it heals.
	longestBackOff = 5 * time.Minute
	// longestAway is the same for one that said it is gone.
	longestAway = time.Hour
	// longestAsked is the most that a Retry-After is believed.
	longestAsked = 24 * time.Hour
)

// backOff returns how long to leave a source alone after failures in a row.
func backOff(interval time.Duration, failures int, cause error) time.Duration {
	longest := max(interval, min(8*interval, longestBackOff))
	var fe *FetchError
	asked := errors.As(cause, &fe)
	if asked && fe.Gone {
		longest = max(interval, min(60*interval, longestAway))
	}
	d := jitter(min(interval<<min(failures-1, 16), longest))
	if asked && fe.RetryAfter > 0 {
		d = max(d, min(fe.RetryAfter, longestAsked))
	}
	return d
}

// jitter spreads intervals of minutes, so that sources are not all read at once
// and publishers do not see us on the dot. Short ones are for tests and are kept.
func jitter(d time.Duration) time.Duration {
	if d < time.Minute {
		return d
	}
	return d - d/10 + rand.N(d/5)
}

// took is what became of one reading.
type took struct{ published, pushed int }

// take publishes what is new in a reading, oldest first, and saves the checkpoint
// with the last of it. The next reading is after again.
func (p *Poller) take(ctx context.Context, s Source, since subscriptions.Checkpoint, r Reading, again time.Duration) (took, error) {
	var t took
	next := p.next(since, r, again)
	fresh, err := p.fresh(ctx, r.Entries)
	if err != nil {
		return t, err
	}
	judge := newJudge(since, s.Profile().Interval, p.Now(), p.MaxAge, fresh)
	whole := judge.firstRead() || len(fresh) <= perReading
	if !whole {
		fresh = fresh[:perReading]
		next.Read = since.Read // to the next reading the rest is as new as to this one
	}
	for i, e := range fresh {
		e, ok := p.complete(ctx, s, judge, e)
		if !ok {
			whole = false
			continue
		}
		var with *subscriptions.Checkpoint
		if i == len(fresh)-1 && whole {
			with = &next
		}
		pushed, err := p.publisher.publish(ctx, s.Profile(), e, judge.withheld(e), with)
		if err != nil {
			return t, err
		}
		t.published++
		if pushed {
			t.pushed++
		}
	}
	if t.pushed > 0 {
		p.Published()
	}
	if !whole {
		// What is left must be found again: the publisher may not say "unchanged".
		next.ETag, next.LastModified, next.Highest = since.ETag, since.LastModified, since.Highest
	}
	if !whole || len(fresh) == 0 {
		if err := p.Store.SaveCheckpoint(ctx, next); err != nil {
			return t, fmt.Errorf("save checkpoint: %w", err)
		}
	}
	p.show(next, func(st *SourceStatus) {
		st.Format = r.Format
		st.Published += int64(t.published)
		st.Pushed += int64(t.pushed)
		if !r.Unchanged {
			st.Entries = len(r.Entries)
		}
	})
	return t, nil
}

// next returns the checkpoint after a successful reading.
func (p *Poller) next(since subscriptions.Checkpoint, r Reading, again time.Duration) subscriptions.Checkpoint {
	now := p.Now()
	return subscriptions.Checkpoint{
		Source: since.Source, ETag: r.Checkpoint.ETag, LastModified: r.Checkpoint.LastModified,
		Highest: max(since.Highest, r.Checkpoint.Highest), Read: now, Next: now.Add(again),
	}
}

// fresh returns the entries that are not known, oldest first.
func (p *Poller) fresh(ctx context.Context, entries []Entry) ([]Entry, error) {
	entries = distinct(entries)
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.Key
	}
	if len(keys) == 0 {
		return nil, nil
	}
	known, err := p.Store.Known(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("known articles: %w", err)
	}
	fresh := slices.DeleteFunc(entries, func(e Entry) bool { _, ok := known[e.Key]; return ok })
	slices.Reverse(fresh) // publishers list the newest first
	if !slices.ContainsFunc(fresh, func(e Entry) bool { return e.Published.IsZero() }) {
		slices.SortStableFunc(fresh, func(a, b Entry) int { return a.Published.Compare(b.Published) })
	}
	return fresh, nil
}

// complete has an entry's page read where its fate depends on it. It reports
// false when the page could not be read and the entry should wait for the next
// reading.
func (p *Poller) complete(ctx context.Context, s Source, j *judge, e Entry) (Entry, bool) {
	if !j.worthReading(e) {
		return e, true
	}
	full, err := completeOne(ctx, s, e)
	if err == nil {
		full.Key = e.Key
		p.publisher.forgive(e.Key)
		return full, true
	}
	if ctx.Err() != nil {
		return e, false // its turn did not come
	}
	if p.publisher.giveUp(e.Key) {
		return e, true
	}
	p.Logger.WarnContext(ctx, "cannot read the page of an entry", slog.String("source", s.Profile().Name), slog.Any("error", err))
	return e, false
}

func completeOne(ctx context.Context, s Source, e Entry) (full Entry, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return s.Complete(ctx, e)
}

// show keeps what the operator is shown of a source.
func (p *Poller) show(c subscriptions.Checkpoint, change func(*SourceStatus)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	st := p.status[c.Source]
	st.Read, st.Next, st.Failures, st.Reason, st.Since = c.Read, c.Next, c.Failures, c.Reason, c.Since
	if change != nil {
		change(&st)
	}
	p.status[c.Source] = st
}

// Status returns how each source does, in the order of the configuration.
func (p *Poller) Status() []SourceStatus {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]SourceStatus, 0, len(p.Sources))
	for _, s := range p.Sources {
		all = append(all, p.status[s.Profile().Name])
	}
	return all
}
