package telegram

import (
	"context"
	"sync"
	"time"
)

// upgrades remembers which supergroups were groups before. Of these Telegram also says
// that the bot was brought in, although it was there all along.
type upgrades struct {
	mu    sync.Mutex
	known map[int64]bool
}

// upgradeTold is how long it may take until Telegram has told both, in either order.
const upgradeTold = 2 * time.Second

// note notes that a group became the supergroup.
func (u *upgrades) note(supergroup int64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.known == nil {
		u.known = map[int64]bool{}
	}
	u.known[supergroup] = true
}

// await reports whether the supergroup, just entered, was a group. It waits until
// Telegram would have said so.
func (u *upgrades) await(ctx context.Context, supergroup int64) bool {
	pause(ctx, upgradeTold)
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.known[supergroup]
}
