package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
	"github.com/sjotbot/sjotbot/subscriptions/storetest"
)

// populate fills a new database with followers and stories, some of them sent, and
// closes it.
func populate(t *testing.T, file string) {
	t.Helper()
	store := open(t, file)
	defer closeStore(t, store)
	join(t, store, 40)
	for range 10 {
		publishOne(t, store, "news")
	}
	sendAll(t, store)
	publishOne(t, store, "news")
}

// join makes n followers of benchTopic.
func join(tb testing.TB, store *sqlite.Store, n int) {
	tb.Helper()
	err := store.Change(tb.Context(), evening(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		for i := range n {
			s := subscriptions.Subscriber{Address: subscriptions.Address{Platform: "telegram", ID: fmt.Sprintf("fan-%d", i)}, Cadence: subscriptions.Instant}
			if err := tx.SaveSubscriber(&s); err != nil {
				return err
			}
			if err := tx.Follow(subscriptions.Subscription{Subscriber: s.ID, Topic: benchTopic, Cadence: subscriptions.Instant}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// TestDamaged opens damaged files. Each is refused with a cause and with advice,
// and not a byte of it is changed.
func TestDamaged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		damage func(t *testing.T, file string)
	}{
		{"an empty file", func(t *testing.T, file string) { truncate(t, file, 0) }},
		{"no database at all", func(t *testing.T, file string) { write(t, file, 0, strings.Repeat("not a database ", 1000)) }},
		{"half a file", func(t *testing.T, file string) {
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			truncate(t, file, info.Size()/2/4096*4096)
		}},
		{"pages overwritten", func(t *testing.T, file string) { write(t, file, 8*4096, strings.Repeat("\xa5", 12*4096)) }},
		{"the file gone, its log there", func(t *testing.T, file string) {
			write(t, file+"-wal", 0, "what was written last")
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "sjotbot.db")
			populate(t, file)
			c.damage(t, file)
			before := contents(t, file, file+"-wal")
			store, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
			if err == nil {
				closeStore(t, store)
				t.Fatal("it was opened")
			}
			if !errors.Is(err, subscriptions.ErrCorrupt) {
				t.Errorf("got error %v, want %v", err, subscriptions.ErrCorrupt)
			}
			for _, word := range []string{file, "backup", "aside"} {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("the error does not tell %q: %v", word, err)
				}
			}
			if err := sqlite.Copy(t.Context(), file, file+"-copy", slog.New(slog.DiscardHandler)); err == nil {
				t.Error("it was copied")
			}
			if after := contents(t, file, file+"-wal"); after != before {
				t.Error("the damaged file was changed")
			}
		})
	}
}

// TestTruncatedLog cuts the log of a store that was not closed. What is left is an
// earlier state, whole; SQLite knows a torn end by its checksums.
func TestTruncatedLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "sjotbot.db")
	store := open(t, file)
	defer closeStore(t, store)
	join(t, store, 40)
	var stories []subscriptions.StoryID
	for range 20 {
		stories = append(stories, publishOne(t, store, "news"))
	}
	info, err := os.Stat(file + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	for part := range int64(8) {
		t.Run(fmt.Sprintf("%d eighths", part), func(t *testing.T) {
			cut := filepath.Join(t.TempDir(), "cut.db")
			write(t, cut, 0, contents(t, file))
			write(t, cut+"-wal", 0, contents(t, file+"-wal")[:info.Size()*part/8+part])
			store := open(t, cut)
			defer closeStore(t, store)
			found, err := store.Stories(t.Context(), stories)
			if err != nil {
				t.Fatal(err)
			}
			for i, y := range found {
				if y.ID != stories[i] {
					t.Fatalf("story %d is there without the one before it", y.ID)
				}
			}
			// Each story is with all its debts, or not there.
			if sent := sendAll(t, store); sent != 40*len(found) {
				t.Errorf("%d stories with %d deliveries, want %d", len(found), sent, 40*len(found))
			}
		})
	}
}

func TestNewerSchema(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	populate(t, file)
	if _, err := direct(t, file).ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "9999") || !strings.Contains(err.Error(), "newer") {
		t.Errorf("got error %v", err)
	}
}

// age takes a database back to the first schema; lines do what
// else differed then.
func age(t *testing.T, file string, lines ...string) {
	t.Helper()
	db := direct(t, file)
	for _, line := range append(lines,
		`DROP INDEX digests_released`, `DROP INDEX subscribers_rest`, `DELETE FROM goose_db_version WHERE version_id > 1`,
	) {
		if _, err := db.ExecContext(t.Context(), line); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOlderSchema: nobody's schema changes while he works with it, nor to look at it or
// to copy it.
func TestOlderSchema(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, copied := filepath.Join(dir, "sjotbot.db"), filepath.Join(dir, "copy.db")
	store := open(t, file)
	release, err := store.Own(t.Context(), evening())
	if err != nil {
		t.Fatal(err)
	}
	age(t, file)
	expect := func(file string, want int) {
		t.Helper()
		if got, err := sqlite.Schema(t.Context(), file); err != nil || got != want {
			t.Errorf("%s has schema %d, %v; want %d", filepath.Base(file), got, err, want)
		}
	}
	_, err = sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if !errors.Is(err, subscriptions.ErrLeased) || !strings.Contains(err.Error(), "stop that one first") {
		t.Errorf("opened beside another program: got error %v", err)
	}
	expect(file, 1)
	if err := sqlite.Copy(t.Context(), file, copied, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	expect(copied, 1)
	if err := release(); err != nil {
		t.Fatal(err)
	}
	closeStore(t, store)
	closeStore(t, open(t, file))
	expect(file, sqlite.SchemaVersion())
	expect(copied, 1)
}

func TestOpenFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, file := range map[string]string{"a folder": dir, "no folder": filepath.Join(dir, "none", "sjotbot.db")} {
		if _, err := sqlite.Open(t.Context(), file, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: got error %v", name, err)
		}
	}
	odd := filepath.Join(dir, "what? 100%#1 & é.db")
	populate(t, odd)
	if _, err := os.Stat(odd); err != nil {
		t.Errorf("an odd name: %v", err)
	}
}

// TestLocked has another process hold the database. A write waits for it; one that
// has no time left gives up, and nothing is changed.
func TestLocked(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	store := open(t, file)
	defer closeStore(t, store)
	other := direct(t, file)
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	hurried, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := store.SetValue(hurried, "name", "hurried"); err == nil {
		t.Error("a write went through a lock")
	}
	patient := make(chan error, 1)
	go func() { patient <- store.SetValue(t.Context(), "name", "patient") }()
	// Reading goes on meanwhile.
	if got, err := store.Value(t.Context(), "name"); err != nil || got != "" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-patient; err != nil {
		t.Errorf("a patient write: %v", err)
	}
	if got, err := store.Value(t.Context(), "name"); err != nil || got != "patient" {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestTwoStores has two stores work on one file: each delivery is claimed by one.
func TestTwoStores(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	one, two := open(t, file), open(t, file)
	defer closeStore(t, one)
	defer closeStore(t, two)
	join(t, one, 300)
	for range 5 {
		publishOne(t, one, "news")
	}
	var all sync.WaitGroup
	counts := make([]int, 2)
	for i, store := range []*sqlite.Store{one, two} {
		all.Go(func() { counts[i] = sendAll(t, store) })
	}
	all.Wait()
	if counts[0]+counts[1] != 5*300 {
		t.Errorf("sent %v, want 1500 together", counts)
	}
}

// TestRestore opens a backup: it is as it was, and what was out comes again.
func TestRestore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store := open(t, filepath.Join(dir, "sjotbot.db"))
	defer closeStore(t, store)
	join(t, store, 10)
	publishOne(t, store, "news")
	sendAll(t, store)
	publishOne(t, store, "news")
	out, err := store.Claim(t.Context(), evening(), subscriptions.ClaimRequest{Platform: "telegram", Parcels: 3, PerParcel: 1, Lease: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "copy.db")
	if err := store.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(copied + "-part"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the draft is still there")
	}
	sendAll(t, store)
	publishOne(t, store, "news")

	restored := open(t, copied)
	defer closeStore(t, restored)
	if n := sendAll(t, restored); n != 7 {
		t.Errorf("%d deliveries were due in the copy, want 7", n)
	}
	again, err := restored.Claim(t.Context(), evening().Add(time.Hour), subscriptions.ClaimRequest{Platform: "telegram", Parcels: 10, PerParcel: 9, Lease: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	if len(again) != len(out) || again[0].ID != out[0].ID {
		t.Errorf("out: %v, again: %v", out, again)
	}
}

// TestEraseEverywhere looks for an erased subscriber in every column of every
// table, and for his addresses in the bytes of the file.
func TestEraseEverywhere(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	store := open(t, file)
	// Ids that stand for nothing else: the subscriber's does not occur otherwise.
	db := direct(t, file)
	if _, err := db.ExecContext(t.Context(), `INSERT INTO sqlite_sequence (name, seq) VALUES ('subscribers', 417416)`); err != nil {
		t.Fatal(err)
	}
	ann := storetest.Traces(t, store, evening())
	if ann.ID != 417417 {
		t.Fatalf("id %d", ann.ID)
	}
	traces := func() (found []string) {
		tables := column(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
		for _, table := range tables {
			for _, name := range column(t, db, `SELECT name FROM pragma_table_info('`+table+`')`) {
				hits := column(t, db, fmt.Sprintf(`SELECT %q FROM %q WHERE instr(%[1]q, '00000000000417') OR instr(%[1]q, '417417')`, name, table))
				for range hits {
					found = append(found, table+"."+name)
				}
			}
		}
		return found
	}
	if before := traces(); len(before) < 10 {
		t.Fatalf("only these traces before: %v", before)
	}
	err := store.Change(t.Context(), evening(), subscriptions.Mark{}, func(tx subscriptions.Tx) error { return tx.Erase(ann.ID) })
	if err != nil {
		t.Fatal(err)
	}
	if after := traces(); len(after) > 0 {
		t.Errorf("traces after: %v", after)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	closeStore(t, store)
	if strings.Contains(contents(t, file), "00000000000417") {
		t.Error("the address is still in the file")
	}
}

// TestEraseCrowd erases so many that whole pages of the file become free. Nothing of
// them is in its bytes.
func TestEraseCrowd(t *testing.T) {
	t.Parallel()
	const mark = "00000000000417"
	file := filepath.Join(t.TempDir(), "sjotbot.db")
	store := open(t, file)
	crowd := make([]subscriptions.Subscriber, 300)
	change := func(fn func(tx subscriptions.Tx, s *subscriptions.Subscriber) error) {
		t.Helper()
		err := store.Change(t.Context(), evening(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
			for i := range crowd {
				if err := fn(tx, &crowd[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range crowd {
		crowd[i].Address = subscriptions.Address{Platform: "telegram", ID: fmt.Sprint(i, mark)}
	}
	change(func(tx subscriptions.Tx, s *subscriptions.Subscriber) error { return tx.SaveSubscriber(s) })
	closeStore(t, store)
	if n := strings.Count(contents(t, file), mark); n < len(crowd) {
		t.Fatalf("only %d addresses in the file before", n)
	}
	store = open(t, file)
	change(func(tx subscriptions.Tx, s *subscriptions.Subscriber) error { return tx.Erase(s.ID) })
	closeStore(t, store)
	if n := strings.Count(contents(t, file), mark); n > 0 {
		t.Errorf("%d addresses are still in the file", n)
	}
}

// column reads the first column of a query as text.
func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func truncate(t *testing.T, file string, size int64) {
	t.Helper()
	if err := os.Truncate(file, size); err != nil {
		t.Fatal(err)
	}
}

// write overwrites part of a file, or makes it.
func write(t *testing.T, file string, offset int64, text string) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte(text), offset)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// contents reads files; one that is not there is empty.
func contents(t *testing.T, files ...string) string {
	t.Helper()
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// TestOwnByAnotherName: a link to the file leads to the same database, whose owner is
// the same.
func TestOwnByAnotherName(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "real.db")
	link := filepath.Join(t.TempDir(), "link.db")
	store := open(t, file)
	defer closeStore(t, store)
	if err := os.Symlink(file, link); err != nil {
		t.Skip("no links here: ", err)
	}
	release, err := store.Own(t.Context(), evening())
	if err != nil {
		t.Fatal(err)
	}
	other := open(t, link)
	defer closeStore(t, other)
	if _, err := other.Own(t.Context(), evening()); !errors.Is(err, subscriptions.ErrLeased) {
		t.Errorf("by the link: %v, want %v", err, subscriptions.ErrLeased)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again, err := other.Own(t.Context(), evening())
	if err != nil {
		t.Fatalf("by the link, when the first is gone: %v", err)
	}
	if err := again(); err != nil {
		t.Error(err)
	}
}
