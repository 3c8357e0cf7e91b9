package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// DigestClockConfig is what a [DigestClock] works with. All fields are needed but
// Released.
type DigestClockConfig struct {
	Store subscriptions.DigestQueue
	// Released is called after digests became due.
	Released func()
	Now      func() time.Time
	Logger   *slog.Logger
}

// DigestClock releases the held deliveries of each subscriber at his hour, once
// for each local date and hour. A digest that was missed is caught up once, if it is not
// too late.
type DigestClock struct {
	DigestClockConfig
}

// NewDigestClock returns a DigestClock. Start it with [DigestClock.Run].
func NewDigestClock(cfg DigestClockConfig) *DigestClock {
	if cfg.Released == nil {
		cfg.Released = func() {}
	}
	return &DigestClock{cfg}
}

const (
	// digestsAtOnce is how many subscribers are released between two looks.
	digestsAtOnce = 500
	// digestTooLate is when a missed digest is yesterday's news.
	digestTooLate = 12 * time.Hour
	// digestLook is how often the clock is looked at: one that was set, or a machine
	// that slept, is noticed within seconds.
	digestLook = 5 * time.Second
)

// Run releases digests until ctx ends.
func (d *DigestClock) Run(ctx context.Context) error {
	failures := 0
	for {
		err := d.release(ctx)
		pause := d.untilTick()
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			failures++
			pause = storeBackOff(failures)
			d.Logger.ErrorContext(ctx, "cannot release digests", slog.Any("error", err), slog.Duration("again", pause))
		default:
			failures = 0
		}
		wait(ctx, pause)
	}
}

// untilTick returns the time to the next look: at a full minute, when digests are
// due, or before.
func (d *DigestClock) untilTick() time.Duration {
	now := d.Now()
	return min(digestLook, now.Truncate(time.Minute).Add(time.Minute).Sub(now))
}

// release releases all digests that are due.
func (d *DigestClock) release(ctx context.Context) error {
	for ctx.Err() == nil {
		now := d.Now()
		due, err := d.Store.DueDigests(ctx, now, digestsAtOnce)
		if err != nil {
			return err
		}
		released := 0
		for _, s := range due {
			n, err := d.Store.ReleaseDigest(ctx, now, digestOf(s, now))
			if err != nil && !errors.Is(err, subscriptions.ErrNotFound) { // he may have been erased meanwhile
				return err
			}
			released += n
		}
		if released > 0 {
			d.Released()
		}
		if len(due) < digestsAtOnce {
			return nil
		}
	}
	return nil
}

// digestOf returns the release of a due digest. After a long absence only the
// last one missed counts, and it carries all that was held since. One that would have
// to wait for the end of a mute for too long leaves all to the next.
func digestOf(s subscriptions.Subscriber, now time.Time) subscriptions.DigestRelease {
	at := s.NextDigest
	for {
		next := NextDigest(s.Digest, at)
		if next.IsZero() || next.After(now) {
			break
		}
		at = next
	}
	return subscriptions.DigestRelease{
		Subscriber: s.ID, Date: digestDate(at), Due: s.NextDigest, Next: NextDigest(s.Digest, now),
		Skip: at.After(now) || later(now, s.Rest.Until).Sub(at) >= digestTooLate,
	}
}
