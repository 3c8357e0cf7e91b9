package discord

import (
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestSessionsOfADay: a bot whose sessions are invalid as soon as they begin, for three
// days. It never identifies twice in five seconds, never uses up a day's sessions,
// and never stays away for long.
func TestSessionsOfADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const total, day = 1000, 24 * time.Hour
		gate := newIdentifyGate(defaultTempo().identify)
		began := time.Now()
		var all []time.Time
		opened, used := began, 0 // Discord's count, which begins anew a day after its first
		longest := time.Duration(0)
		for time.Since(began) < 3*day {
			if time.Since(opened) >= day {
				opened, used = time.Now(), 0
			}
			remaining := total - used
			info := gatewayInfo{Starts: starts{
				Total: total, Remaining: &remaining, MaxConcurrency: 1, ResetAfter: (day - time.Since(opened)).Milliseconds(),
			}}
			if err := gate.enter(t.Context(), info, slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
			gate.used()
			gate.leave()
			if n := len(all); n > 0 {
				gap := time.Since(all[n-1])
				longest = max(longest, gap)
				if gap < 5*time.Second {
					t.Fatalf("identify %d came %v after the one before", n, gap)
				}
			}
			all = append(all, time.Now())
			if used++; used >= total {
				t.Fatalf("%d identifies in a day", used)
			}
		}
		if longest > 5*time.Minute {
			t.Errorf("it stayed away for %v", longest)
		}
		t.Logf("%d identifies in three days, at most %v apart", len(all), longest)
	})
}

// TestSessionsSpentByShards: shards that find the day's sessions spent wait for the same
// reset, and not each for the one before it.
func TestSessionsSpentByShards(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const shards, reset = 3, 10 * time.Hour
		every := defaultTempo().identify
		gate := newIdentifyGate(every)
		remaining := 0
		info := gatewayInfo{Starts: starts{Total: 1000, Remaining: &remaining, MaxConcurrency: 1, ResetAfter: reset.Milliseconds()}}
		began := time.Now()
		var connecting sync.WaitGroup
		for range shards {
			connecting.Go(func() {
				if err := gate.enter(t.Context(), info, slog.New(slog.DiscardHandler)); err != nil {
					t.Error(err)
				}
				gate.used()
				gate.leave()
			})
		}
		connecting.Wait()
		if took, want := time.Since(began), reset+(shards-1)*every; took != want {
			t.Errorf("all identified after %v, want %v", took, want)
		}
	})
}
