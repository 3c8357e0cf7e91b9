package sqlite_test

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// However a write ends that its caller gave up, the next one is not in its way.
func TestGivenUpWritesLeaveNothingOpen(t *testing.T) {
	t.Parallel()
	store := open(t, filepath.Join(t.TempDir(), "sjotbot.db"))
	defer closeStore(t, store)
	now := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	save := func(ctx context.Context, i int) error {
		return store.Change(ctx, now, subscriptions.Mark{}, func(tx subscriptions.Tx) error {
			return tx.SaveSubscriber(&subscriptions.Subscriber{
				Address: subscriptions.Address{Platform: "telegram", ID: strconv.Itoa(i)}, Cadence: subscriptions.Instant,
			})
		})
	}
	for i := range 400 {
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		_ = save(ctx, i) // given up or not: both are right
		cancel()
		if err := save(t.Context(), i); err != nil {
			t.Fatalf("after %d given-up writes: %v", i+1, err)
		}
	}
}
