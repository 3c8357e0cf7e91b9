package main

import (
	"database/sql"
	"flag"
	"strings"
	"testing"
	"time"
)

// longLocks is a flag for the long form:
//
//	go test ./cmd/sjotbot -run TestLocked -args -long-locks
var longLocks = flag.Bool("long-locks", false, "hold the database for 9 and 60 s too")

// TestLockedDatabase has another program hold the database. Who gives a command
// meanwhile is answered when it is free, within ten seconds without an apology; a
// story that appears meanwhile comes afterwards, once.
func TestLockedDatabase(t *testing.T) {
	t.Parallel()
	locks := []time.Duration{time.Second}
	if *longLocks {
		locks = append(locks, 9*time.Second, time.Minute)
	}
	for _, d := range locks {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			h := openHouse(t)
			fan := h.telegram.Chat(9001).Speaking("nl")
			fan.Says("/volg malinwa")
			fan.Sees()
			h.awaitFirstRead()

			unlock := h.lock()
			began := time.Now()
			h.news("een", "KV Mechelen stelt nieuwe aanvaller voor")
			other := h.telegram.Chat(9002).Speaking("nl")
			other.Says("/volg westerlo")
			_ = pause(t.Context(), d-time.Since(began))
			if n := len(fan.News()); n > 0 {
				t.Errorf("%d messages that nobody could have written down", n)
			}
			unlock()

			h.untilWithin(90*time.Second, "the story", func() bool { return timesIn(fan, "nieuwe aanvaller") == 1 })
			h.untilWithin(90*time.Second, "an answer", func() bool { return len(other.Messages()) > 0 })
			if got := other.Messages()[0].Text; d < 10*time.Second && !strings.Contains(got, "Westerlo") {
				t.Errorf("the answer is %q", got)
			}
			h.news("twee", "KV Mechelen verkoopt doelman aan Westerlo")
			h.untilWithin(90*time.Second, "the second story", func() bool { return timesIn(fan, "verkoopt doelman") == 1 })
			if n := timesIn(fan, "nieuwe aanvaller"); n != 1 {
				t.Errorf("the first story came %d times", n)
			}
		})
	}
}

// lock holds the database as another program can.
func (h *house) lock() (unlock func()) {
	h.t.Helper()
	db, err := sql.Open("sqlite", "file:"+h.database+"?_txlock=immediate&_pragma=busy_timeout(10000)")
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = db.Close() })
	tx, err := db.BeginTx(h.t.Context(), nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return func() {
		if err := tx.Rollback(); err != nil {
			h.t.Error(err)
		}
	}
}
