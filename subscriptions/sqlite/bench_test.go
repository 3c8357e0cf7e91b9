package sqlite_test

import (
	"database/sql"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// history is how many ended deliveries a benchmark "with history" starts from.
// The plan asks for ten million: go test -bench FanOut -benchtime 1x -history 10000000
func historyFlag() func() int64 {
	n := flag.Int64("history", 300_000, "ended deliveries that benchmarks with a history start from")
	return func() int64 { return *n }
}

// benchTopic is followed by everybody in a benchmark.
const benchTopic subscriptions.Topic = "club/of-all"

// crowd opens a store with followers of benchTopic, and with ended deliveries of
// stories before. Both are written by SQL: they are what was there before.
func crowd(b testing.TB, followers, history int64) (*sqlite.Store, string) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "sjotbot.db")
	store := open(b, file)
	var first subscriptions.Subscriber
	err := store.Change(b.Context(), evening(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		first = subscriptions.Subscriber{Address: subscriptions.Address{Platform: "telegram", ID: "1"}, Cadence: subscriptions.Instant}
		if err := tx.SaveSubscriber(&first); err != nil {
			return err
		}
		return tx.Follow(subscriptions.Subscription{Subscriber: first.ID, Topic: benchTopic, Cadence: subscriptions.Instant})
	})
	if err != nil {
		b.Fatal(err)
	}
	db := direct(b, file)
	for _, statement := range []string{
		// The others are like the first.
		`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
			INSERT INTO subscribers SELECT i, platform, i, also, shared, language, cadence, digest_minute, digest_days, next_digest,
			quiet_from, quiet_to, spoilers, rest, rest_since, rest_until, muted_sources, created_at, silent_until, wakes_at, defers_to
			FROM n, subscribers s WHERE s.id = 1 AND ?1 > 1`,
		`INSERT INTO addresses SELECT platform, address, id FROM subscribers WHERE id > 1 AND ?1 = ?1 ORDER BY platform, address`,
		`INSERT INTO subscriptions SELECT s.topic, b.id, s.platform, s.alert_kinds, s.digest_kinds, s.languages, s.scopes, s.since,
			s.silent_until, s.cadence, s.filter, s.muted_until, s.created_at
			FROM subscribers b, subscriptions s WHERE s.subscriber_id = 1 AND b.id > 1 AND ?1 = ?1`,
	} {
		if _, err := db.ExecContext(b.Context(), statement, followers); err != nil {
			b.Fatal(err)
		}
	}
	for done := int64(0); done < history; done += followers {
		story := publishOne(b, store, "history")
		_, err := db.ExecContext(b.Context(), `INSERT OR REPLACE INTO deliveries (story_id, lane, subscriber_id, platform, topic, ended_at, outcome, reference)
			SELECT ?, 0, subscriber_id, platform, topic, 1, 'sent', 'telegram:123456' FROM subscriptions ORDER BY subscriber_id LIMIT ?`,
			story, min(followers, history-done))
		if err != nil {
			b.Fatal(err)
		}
		for _, statement := range []string{
			`DELETE FROM routes`,
			`DELETE FROM fanouts`,
			`DELETE FROM deliveries WHERE ended_at IS NULL AND story_id = (SELECT max(id) FROM stories)`,
		} {
			if _, err := db.ExecContext(b.Context(), statement); err != nil {
				b.Fatal(err)
			}
		}
	}
	if _, err := db.ExecContext(b.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		b.Fatal(err)
	}
	return store, file
}

// evening is an instant.
func evening() time.Time { return time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC) }

// direct opens the file beside the store.
func direct(tb testing.TB, file string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_pragma=journal_mode(WAL)&_pragma=cache_size(-32768)")
	if err != nil {
		tb.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

var serial atomic.Int64

// publishOne publishes a new story about benchTopic, and leaves the rest of its
// routes.
func publishOne(tb testing.TB, store *sqlite.Store, kind string) subscriptions.StoryID {
	tb.Helper()
	a, err := store.Publish(tb.Context(), evening(), subscriptions.Publication{Push: true, Article: subscriptions.Article{
		Key: fmt.Sprintf("%s-%d", kind, serial.Add(1)), Title: "A title", Language: "nl", Kind: subscriptions.Fact,
		Tags: []subscriptions.Tag{{Topic: benchTopic, Level: subscriptions.About}},
	}})
	if err != nil {
		tb.Fatal(err)
	}
	return a.Story
}

// fanOut publishes a story and routes it to the end.
func fanOut(tb testing.TB, store *sqlite.Store) {
	tb.Helper()
	publishOne(tb, store, "news")
	for more := true; more; {
		var err error
		if more, err = store.Route(tb.Context(), evening(), 10_000); err != nil {
			tb.Fatal(err)
		}
	}
}

// bare is the baseline: one INSERT … SELECT of the same rows, with every column of
// ours, into a table that has the key that makes a story unique for a subscriber, and
// nothing else. The table is the fastest that has such a key: like ours it is the
// B-tree of the key, which begins with the story, so that the rows are appended. (With
// a rowid and a key that begins with the subscriber the baseline takes twice as long.)
// Its followers are a list of numbers; nobody is asked what he wants.
func bare(b *testing.B, file string) time.Duration {
	b.Helper()
	db := direct(b, filepath.Join(filepath.Dir(file), "bare.db"))
	for _, statement := range []string{
		`CREATE TABLE IF NOT EXISTS followers (subscriber_id INTEGER PRIMARY KEY)`,
		`CREATE TABLE IF NOT EXISTS outbox (
			story_id INTEGER NOT NULL, lane INTEGER NOT NULL, subscriber_id INTEGER NOT NULL, platform INTEGER NOT NULL, topic INTEGER NOT NULL,
			queued INTEGER, due_at INTEGER, ended_at INTEGER, outcome TEXT, reason TEXT, reference TEXT,
			PRIMARY KEY (story_id, lane, subscriber_id)) WITHOUT ROWID`,
		`ATTACH DATABASE '` + file + `' AS store`,
		`INSERT OR IGNORE INTO followers SELECT subscriber_id FROM store.subscriptions`,
		`DETACH DATABASE store`,
		`PRAGMA wal_checkpoint(TRUNCATE)`,
	} {
		if _, err := db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	_, err := db.ExecContext(b.Context(), `INSERT INTO outbox (story_id, lane, subscriber_id, platform, topic, due_at)
		SELECT ?, 0, subscriber_id, 1, 1, ? FROM followers`, serial.Add(1), evening().UnixMilli())
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func BenchmarkFanOut(b *testing.B) {
	for _, history := range []bool{false, true} {
		for _, followers := range []int64{10_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("followers=%d/history=%v", followers, history), func(b *testing.B) {
				var before int64
				if history {
					before = historySize()
				}
				store, file := crowd(b, followers, before)
				defer closeStore(b, store)
				var ours, theirs time.Duration
				b.ResetTimer()
				for b.Loop() {
					start := time.Now()
					fanOut(b, store)
					ours += time.Since(start)
					b.StopTimer()
					theirs += bare(b, file)
					b.StartTimer()
				}
				rows := float64(followers) * float64(b.N)
				b.ReportMetric(rows/ours.Seconds(), "rows/s")
				b.ReportMetric(rows/theirs.Seconds(), "bare-rows/s")
				b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio")
			})
		}
	}
}

func closeStore(tb testing.TB, store *sqlite.Store) {
	tb.Helper()
	if err := store.Close(); err != nil {
		tb.Error(err)
	}
}

// BenchmarkFollowDuringFanOut measures how long a follow command's write takes
// while a story goes to a million followers.
func BenchmarkFollowDuringFanOut(b *testing.B) {
	store, _ := crowd(b, 1_000_000, 0)
	defer closeStore(b, store)
	var waits []time.Duration
	b.ResetTimer()
	for b.Loop() {
		var routing sync.WaitGroup
		done := make(chan struct{})
		routing.Go(func() { fanOut(b, store); close(done) })
		for i := 0; ; i++ {
			select {
			case <-done:
			default:
				start := time.Now()
				err := store.Change(b.Context(), evening(), subscriptions.Mark{Stream: "telegram:updates", Sequence: serial.Add(1)}, func(tx subscriptions.Tx) error {
					return tx.Follow(subscriptions.Subscription{Subscriber: subscriptions.SubscriberID(1 + i%1000), Topic: "club/other", Cadence: subscriptions.Instant})
				})
				if err != nil {
					b.Fatal(err)
				}
				waits = append(waits, time.Since(start))
				time.Sleep(time.Millisecond)
				continue
			}
			break
		}
		routing.Wait()
	}
	slices.Sort(waits)
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(len(waits))/float64(b.N), "writes/op")
}

// BenchmarkClaimSettle claims and settles in batches of 100. The baseline does the
// same with two bare statements on a table that holds nothing but a queue.
func BenchmarkClaimSettle(b *testing.B) {
	const followers = 50_000
	for _, history := range []bool{false, true} {
		b.Run(fmt.Sprintf("history=%v", history), func(b *testing.B) {
			var before int64
			if history {
				before = historySize()
			}
			store, file := crowd(b, followers, before)
			defer closeStore(b, store)
			deliveries := 0
			var ours, theirs time.Duration
			for b.Loop() {
				b.StopTimer()
				fanOut(b, store)
				b.StartTimer()
				start := time.Now()
				deliveries += sendAll(b, store)
				ours += time.Since(start)
				b.StopTimer()
				theirs += bareQueue(b, file, followers)
				b.StartTimer()
			}
			if deliveries != followers*b.N {
				b.Fatalf("%d deliveries", deliveries)
			}
			b.ReportMetric(float64(deliveries)/ours.Seconds(), "deliveries/s")
			b.ReportMetric(float64(deliveries)/theirs.Seconds(), "bare-deliveries/s")
			b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio")
		})
	}
}

// bareQueue is the baseline of BenchmarkClaimSettle.
func bareQueue(b *testing.B, file string, rows int) time.Duration {
	b.Helper()
	db := direct(b, filepath.Join(filepath.Dir(file), fmt.Sprintf("queue-%d.db", serial.Add(1))))
	for _, statement := range []string{
		`CREATE TABLE queue (id INTEGER PRIMARY KEY, subscriber_id INTEGER NOT NULL, due_at INTEGER, reference TEXT)`,
		`CREATE INDEX due ON queue (due_at, id) WHERE due_at IS NOT NULL`,
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO queue SELECT i, i, 1, NULL FROM n`, rows),
	} {
		if _, err := db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	for done := 0; done < rows; {
		ids := claimBare(b, db)
		settleBare(b, db, ids)
		done += len(ids)
	}
	return time.Since(start)
}

func claimBare(b *testing.B, db *sql.DB) (ids []int64) {
	b.Helper()
	claimed, err := db.QueryContext(b.Context(), `UPDATE queue SET due_at = 1000000 WHERE id IN
		(SELECT id FROM queue WHERE due_at <= 1 ORDER BY due_at, id LIMIT 100) RETURNING id`)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = claimed.Close() }()
	for claimed.Next() {
		var id int64
		if err := claimed.Scan(&id); err != nil {
			b.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := claimed.Err(); err != nil {
		b.Fatal(err)
	}
	return ids
}

func settleBare(b *testing.B, db *sql.DB, ids []int64) {
	b.Helper()
	tx, err := db.BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	settle, err := tx.PrepareContext(b.Context(), `UPDATE queue SET due_at = NULL, reference = ? WHERE id = ?`)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = settle.Close() }()
	for _, id := range ids {
		if _, err := settle.ExecContext(b.Context(), "telegram:123456", id); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// sendAll claims and settles until nothing is due.
func sendAll(tb testing.TB, store *sqlite.Store) (n int) {
	tb.Helper()
	for {
		parcels, err := store.Claim(tb.Context(), evening(), subscriptions.ClaimRequest{Platform: "telegram", Parcels: 100, PerParcel: 10, Lease: time.Minute})
		if err != nil {
			tb.Fatal(err)
		}
		if len(parcels) == 0 {
			return n
		}
		settlements := make([]subscriptions.Settlement, len(parcels))
		for i, p := range parcels {
			n += len(p.Stories)
			settlements[i] = subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Sent, Reference: "telegram:123456"}
		}
		if err := store.Settle(tb.Context(), evening(), settlements); err != nil {
			tb.Fatal(err)
		}
	}
}

var historySize = historyFlag()
