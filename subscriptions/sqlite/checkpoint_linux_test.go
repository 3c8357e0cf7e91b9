package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestDiskFullInACheckpoint fills the disk when the log is about to be written back:
// the file would have to grow. The checkpoint stops half-way, and nothing is lost by
// it, neither at once nor after the next start.
func TestDiskFullInACheckpoint(t *testing.T) {
	t.Parallel()
	dir := ownDisk(t, "12m")
	if dir == "" {
		return
	}
	const fans, stories = 40, 25
	file, ballast := filepath.Join(dir, "sjotbot.db"), filepath.Join(dir, "ballast")
	store := open(t, file)
	join(t, store, fans)
	for i := range stories {
		_, err := store.Publish(t.Context(), evening(), subscriptions.Publication{Push: true, Article: subscriptions.Article{
			Key: fmt.Sprint("long-", i), Title: strings.Repeat("long ", 4000), Kind: subscriptions.Fact,
			Tags: []subscriptions.Tag{{Topic: benchTopic, Level: subscriptions.About}},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	sent := map[string]int{}
	out := claimAt(t, store, evening(), 10)
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, ballast)
	other := direct(t, file)
	if _, err := other.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err == nil {
		t.Fatal("the checkpoint went through: this does not test what it says")
	}
	if after, err := os.Stat(file); err != nil || after.Size() < info.Size() {
		t.Errorf("the file shrank from %d to %d (%v)", info.Size(), after.Size(), err)
	}
	settleSent(t, store, evening(), out, sent)
	closeStore(t, store)
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}

	// A start on the full disk reads what there is; with room again all goes on.
	store = open(t, file)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for parcels := claimAt(t, store, evening(), 100); len(parcels) > 0; parcels = claimAt(t, store, evening(), 100) {
		settleSent(t, store, evening(), parcels, sent)
	}
	closeStore(t, store)
	for what, n := range sent {
		if n != 1 {
			t.Errorf("%s was sent %d times", what, n)
		}
	}
	if want := fans * stories; len(sent) != want {
		t.Errorf("%d deliveries, want %d", len(sent), want)
	}
}
