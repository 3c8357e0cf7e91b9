package bot

import (
	"context"
	"log/slog"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// Retention is how long stories and ended deliveries are kept: as long as
	// people search the news, or ask why something came. Where older articles are still
	// pushed it is longer, for what a publisher lists after that has to be too old.
	Retention = 30 * 24 * time.Hour
	// upkeepFirst is how long after a start the store is pruned, when the rush is over and
	// the machine's clock is set, and upkeepEvery how often from then on.
	upkeepFirst = 5 * time.Minute
	upkeepEvery = time.Hour
	// pruneRange is how much one transaction removes, prunePause what others get
	// between two: nobody waits for it.
	pruneRange = 1000
	prunePause = 20 * time.Millisecond
)

// UpkeepConfig is what [Upkeep] works with. All fields are needed.
type UpkeepConfig struct {
	Store subscriptions.Upkeep
	// MaxAge is that of the [Poller].
	MaxAge time.Duration
	Now    func() time.Time
	Logger *slog.Logger
}

// Upkeep removes what is older than [Retention], and can not be pushed again, little by
// little.
type Upkeep struct {
	UpkeepConfig
}

// NewUpkeep returns an Upkeep. Start it with [Upkeep.Run].
func NewUpkeep(cfg UpkeepConfig) *Upkeep { return &Upkeep{cfg} }

// Run prunes the store soon after the start, and every hour until ctx ends.
func (u *Upkeep) Run(ctx context.Context) error {
	for pause := upkeepFirst; wait(ctx, pause); pause = upkeepEvery {
		if err := u.prune(ctx); err != nil && ctx.Err() == nil {
			u.Logger.ErrorContext(ctx, "cannot prune the store", slog.Any("error", err))
		}
	}
	return nil
}

func (u *Upkeep) prune(ctx context.Context) error {
	before := u.Now().Add(-Retention)
	// The date of an article may be ahead of when it was kept.
	if pushed := u.Now().Add(-u.MaxAge).Add(-farFuture); pushed.Before(before) {
		before = pushed
	}
	for more := true; more && ctx.Err() == nil; wait(ctx, prunePause) {
		var err error
		if more, err = u.Store.Prune(ctx, before, pruneRange); err != nil {
			return err
		}
	}
	return nil
}
