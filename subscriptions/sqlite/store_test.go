package sqlite_test

import (
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
	"github.com/sjotbot/sjotbot/subscriptions/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) subscriptions.Store { return open(t, filepath.Join(t.TempDir(), "sjotbot.db")) })
}

// open opens a store in a file.
func open(t testing.TB, file string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return store
}
