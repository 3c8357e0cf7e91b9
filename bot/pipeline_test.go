package bot_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestStoryReachesItsFollowers is the whole way, once: what was there before is not
// pushed, what appears is, to whom it concerns, once.
func TestStoryReachesItsFollowers(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		paper := newPublisher("krant", time.Second)
		paper.bring(entry("Genk haalt een nieuwe spits", time.Now().Add(-time.Hour)))
		b := newBench(t, bottest.Limits{Rate: 30}, paper)
		b.follow(1, nil, "club/genk")
		b.follow(2, nil, "club/stvv")
		b.start()
		time.Sleep(5 * time.Second)
		if got := b.platform.Sent(); len(got) != 0 {
			t.Fatalf("the first read pushed %d messages", len(got))
		}
		paper.bring(entry("Genk ontslaat zijn trainer", time.Now()))
		before := time.Now()
		synctest.Wait()
		time.Sleep(1100 * time.Millisecond)
		synctest.Wait()
		if got := b.titles(1); !slices.Equal(got, []string{"Genk ontslaat zijn trainer"}) {
			t.Fatalf("follower got %q after %s\n%s", got, time.Since(before), b.logs)
		}
		time.Sleep(time.Minute)
		if got := len(b.platform.Sent()); got != 1 {
			t.Errorf("%d messages in all, want 1", got)
		}
	})
}

// TestStoryWhileLooking: a story that appears while the sender looks for another, and
// does not see it, goes out at once all the same.
func TestStoryWhileLooking(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 30})
		b.follow(1, nil, "club/genk")
		var appeared time.Time
		b.wrap = func(s subscriptions.Store) subscriptions.Store {
			return &lookedAt{Store: s, afterwards: sync.OnceFunc(func() {
				appeared = time.Now()
				b.publish("club/genk", "a")
				time.Sleep(100 * time.Millisecond) // the answer is on its way when the sender is told
			})}
		}
		b.start()
		time.Sleep(10 * time.Second)
		if got := b.titles(1); !slices.Equal(got, []string{"a"}) {
			t.Fatalf("got %q", got)
		}
		if took := b.platform.Sent()[0].At.Sub(appeared); took > 500*time.Millisecond {
			t.Errorf("it went out after %s", took)
		}
	})
}

// lookedAt is a store in which something happens after it was asked what is due, and
// before the answer is there.
type lookedAt struct {
	subscriptions.Store
	afterwards func()
}

func (s *lookedAt) NextDue(ctx context.Context, p subscriptions.Platform) (time.Time, error) {
	next, err := s.Store.NextDue(ctx, p)
	s.afterwards()
	return next, err
}
