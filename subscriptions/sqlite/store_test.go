package sqlite_test

import (
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
	"github.com/sjotbot/sjotbot/subscriptions/storetest"
)

// TestStore also looks at how SQLite carries out the statements that all of it ran:
// none may read through the deliveries, for there are ten million, nor through the
// subscribers or their digests.
func TestStore(t *testing.T) {
	t.Parallel()
	var stores []*sqlite.Store
	var mu sync.Mutex
	storetest.Run(t, func(t *testing.T) subscriptions.Store {
		store := open(t, filepath.Join(t.TempDir(), "sjotbot.db"))
		mu.Lock()
		defer mu.Unlock()
		stores = append(stores, store)
		return store
	})
	plans := filepath.Join(t.TempDir(), "plans.db")
	closeStore(t, open(t, plans))
	db := direct(t, plans)
	seen := map[string]bool{}
	for _, store := range stores {
		for _, statement := range store.Statements() {
			if !seen[statement] {
				seen[statement] = true
				noScan(t, db, statement)
			}
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d statements", len(seen))
	}
}

// noScan fails if a statement reads through all deliveries, digests or subscribers. Only
// the index of deliveries that wait may be read through.
func noScan(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+statement, make([]any, 300)...)
	if err != nil {
		t.Fatalf("%v: %s", err, statement)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(step, "SCAN") && slices.Contains([]string{"deliveries", "d", "a", "o", "digests", "subscribers", "s"}, strings.Fields(step)[1]) {
			t.Errorf("%s:\n%s", step, statement)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
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

// TestLongLine has a few followers on a platform stand in line with very many of
// another between them. No claim looks at all of those at once, and nobody is
// forgotten: neither the last, nor the one who stands just behind the first look.
func TestLongLine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes many rows")
	}
	store, file := crowd(t, 25_000, 0)
	defer closeStore(t, store)
	err := store.Change(t.Context(), evening(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		for _, id := range []string{"2", "1500", "3000", "25000"} {
			s, err := tx.Subscriber(subscriptions.Address{Platform: "telegram", ID: id})
			if err != nil {
				return err
			}
			s.Address.Platform = "discord"
			if err := tx.SaveSubscriber(&s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fanOut(t, store)
	var got []string
	claims := 0
	for ; len(got) < 4 && claims < 10; claims++ {
		next, err := store.NextDue(t.Context(), "discord")
		if err != nil || !next.Equal(evening()) {
			t.Fatalf("next due %v, %v", next, err)
		}
		parcels, err := store.Claim(t.Context(), evening(), subscriptions.ClaimRequest{Platform: "discord", Parcels: 5, PerParcel: 1, Lease: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range parcels {
			got = append(got, p.Subscriber.Address.ID)
		}
	}
	if !slices.Equal(got, []string{"2", "1500", "3000", "25000"}) || claims < 2 {
		t.Errorf("after %d claims: %v", claims, got)
	}
	if left := column(t, direct(t, file), `SELECT count(*) FROM fanouts f JOIN platforms p ON p.no = f.platform WHERE p.name = 'discord'`); left[0] != "0" {
		t.Errorf("%s lines are left", left[0])
	}
}

// TestPruneErasesOneByOne has a whole server leave at once. To erase one is as much work
// as one transaction may do: others get their turn in between.
func TestPruneErasesOneByOne(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	store := open(t, file)
	defer closeStore(t, store)
	join(t, store, 3)
	err := store.Change(t.Context(), evening(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		for _, id := range []string{"fan-0", "fan-1", "fan-2"} {
			s, err := tx.Subscriber(subscriptions.Address{Platform: "telegram", ID: id})
			if err != nil {
				return err
			}
			s.Rest = subscriptions.Rest{Reason: subscriptions.RestKicked, Since: evening()}
			if err := tx.SaveSubscriber(&s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	db := direct(t, file)
	for _, want := range []struct {
		left string
		more bool
	}{{"2", true}, {"1", true}, {"0", true}, {"0", false}} {
		more, err := store.Prune(t.Context(), evening().Add(time.Hour), 1_000)
		if err != nil {
			t.Fatal(err)
		}
		if left := column(t, db, `SELECT count(*) FROM subscribers`); left[0] != want.left || more != want.more {
			t.Errorf("%s are left, more %v; want %s, %v", left[0], more, want.left, want.more)
		}
	}
}

// TestPrivate: nobody else on the machine reads what the bot knows of persons, neither
// in the database and its log nor in a backup.
func TestPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the rights of a file are told otherwise")
	}
	dir := t.TempDir()
	file, backup := filepath.Join(dir, "bot.db"), filepath.Join(dir, "backup.db")
	s := open(t, file)
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, file + "-wal", file + "-reserve", backup} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if rights := info.Mode().Perm(); rights&0o077 != 0 {
			t.Errorf("%s has rights %o", filepath.Base(name), rights)
		}
	}
}
