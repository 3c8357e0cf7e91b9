package sqlite_test

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// moment is what was on the disk, and what had been answered, after one call.
type moment struct {
	file, log string
	published map[subscriptions.StoryID]bool
	sent      map[string]int // settled
	flying    map[string]int // sent, and not yet settled
}

// TestPowerLoss takes the power away at random points of random calls: of the log
// that the next call wrote only a part is there, and of the pages that a checkpoint
// wrote back only some. What had been answered is there, nothing is sent twice that
// was settled, and no story is fanned out by half.
func TestPowerLoss(t *testing.T) {
	t.Parallel()
	const fans = 40
	calls := 60
	if testing.Short() {
		calls = 20
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "sjotbot.db")
	store := open(t, file)
	defer closeStore(t, store)
	join(t, store, fans)
	checkpointer := direct(t, file)
	random := rand.New(rand.NewPCG(2026, 12))
	now := moment{published: map[subscriptions.StoryID]bool{}, sent: map[string]int{}}
	var out []subscriptions.Parcel
	look := func() moment {
		m := now
		m.file, m.log = contents(t, file), contents(t, file+"-wal")
		m.published, m.sent = maps.Clone(now.published), maps.Clone(now.sent)
		return m
	}
	before := look()
	for i := range calls {
		switch random.IntN(8) {
		case 0, 1, 2:
			now.published[publishOne(t, store, "power")] = true
		case 3, 4:
			out = append(out, claimAt(t, store, evening(), 20)...)
		case 5, 6:
			before.flying = map[string]int{}
			settleSent(t, store, evening(), out, before.flying)
			maps.Copy(now.sent, before.flying)
			out = nil
		default:
			if _, err := checkpointer.ExecContext(t.Context(), `PRAGMA wal_checkpoint(PASSIVE)`); err != nil {
				t.Fatal(err)
			}
		}
		after := look()
		survive(t, filepath.Join(dir, fmt.Sprint("loss-", i, ".db")), losePower(before, after, random), fans)
		before = after
	}
}

// losePower returns what is there when the power fails between two moments: the log
// is written from front to back, a checkpoint's pages in any order.
func losePower(before, after moment, random *rand.Rand) moment {
	same := 0
	for same < min(len(before.log), len(after.log)) && before.log[same] == after.log[same] {
		same++
	}
	lost := before
	cut := same + random.IntN(len(after.log)-same+1)
	lost.log = after.log[:cut] + before.log[min(cut, len(before.log)):]
	const page = 4096
	var mixed strings.Builder
	for at := 0; at < len(after.file); at += page {
		source := after.file
		if random.IntN(2) == 0 && at < len(before.file) {
			source = before.file
		}
		mixed.WriteString(source[at:min(at+page, len(source))])
	}
	lost.file = mixed.String()
	return lost
}

// survive opens what the power left and finishes the work.
func survive(t *testing.T, file string, m moment, fans int) {
	t.Helper()
	write(t, file, 0, m.file)
	write(t, file+"-wal", 0, m.log)
	store := open(t, file)
	defer closeStore(t, store)
	stories, err := store.Latest(t.Context(), subscriptions.StoryQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	there := map[subscriptions.StoryID]bool{}
	for _, y := range stories {
		there[y.ID] = true
	}
	for story := range m.published {
		if !there[story] {
			t.Errorf("story %d was published and is gone", story)
		}
	}
	for more := true; more; {
		if more, err = store.Route(t.Context(), evening(), 1000); err != nil {
			t.Fatal(err)
		}
	}
	later := evening().Add(time.Hour) // what was out comes again
	for parcels := claimAt(t, store, later, 100); len(parcels) > 0; parcels = claimAt(t, store, later, 100) {
		settleSent(t, store, later, parcels, m.sent)
	}
	for what, n := range m.sent {
		if n != 1 {
			t.Errorf("%s: sent %d times", what, n)
		}
	}
	maps.Copy(m.sent, m.flying) // those may have come again
	if want := fans * len(stories); len(m.sent) != want {
		t.Errorf("%d deliveries of %d stories, want %d", len(m.sent), len(stories), want)
	}
}

// TestKilledWhileCreating kills a process that makes new databases, at random moments.
// Each is there whole or not at all: the next start finds nothing damaged.
func TestKilledWhileCreating(t *testing.T) {
	t.Parallel()
	const asked = "SJOTBOT_TEST_CREATE"
	if dir := os.Getenv(asked); dir != "" {
		for i := 0; ; i++ {
			store, err := sqlite.Open(t.Context(), filepath.Join(dir, fmt.Sprint(i, ".db")), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			closeStore(t, store)
		}
	}
	random := rand.New(rand.NewPCG(2026, 13))
	for range kills() {
		dir := t.TempDir()
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledWhileCreating$")
		child.Env = append(os.Environ(), asked+"="+dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		for len(databases(t, dir)) == 0 {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(random.IntN(100_000)) * time.Microsecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait()
		made := len(databases(t, dir))
		for i := range made + 1 { // the last one may not have its name yet
			store := open(t, filepath.Join(dir, fmt.Sprint(i, ".db")))
			join(t, store, 1)
			closeStore(t, store)
		}
	}
}

func databases(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*.db"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
