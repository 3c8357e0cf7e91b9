package bot_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/bot/bottest"
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
