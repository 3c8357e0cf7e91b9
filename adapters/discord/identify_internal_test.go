package discord

import (
	"context"
	"log/slog"
	"testing"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// noted is a Progress that takes nothing after the end of the context, as a store.
type noted struct {
	subscriptions.Progress
	values map[string]string
}

func (n noted) Value(_ context.Context, name string) (string, error) { return n.values[name], nil }

func (n noted) SetValue(ctx context.Context, name, value string) error {
	if ctx.Err() == nil {
		n.values[name] = value
	}
	return ctx.Err()
}

// The next process must know of an identify that went out while this one ended, or it
// would come too soon after it.
func TestIdentifyAtTheEndIsNoted(t *testing.T) {
	t.Parallel()
	kept := noted{values: map[string]string{}}
	b := &Bot{config: Config{Progress: kept}, log: slog.New(slog.DiscardHandler)}
	ctx, cancel := context.WithCancel(t.Context())
	gate := b.newGate(ctx)
	cancel()
	gate.used()
	if kept.values[lastIdentified] == "" {
		t.Error("it is not noted")
	}
}
