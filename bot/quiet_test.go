package bot_test

import (
	"slices"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestQuietHours: nothing comes, then one bundle; a loud topic passes; a digest
// makes no sound.
func TestQuietHours(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		// The bubble begins at midnight UTC: one o'clock in Brussels.
		s := b.follow(1, func(s *subscriptions.Subscriber, sub *subscriptions.Subscription) {
			s.Quiet = subscriptions.Quiet{From: 22 * 60, To: 70}
			sub.Filter.Loud = sub.Topic == "team/rode-duivels"
		}, "club/genk", "team/rode-duivels")
		b.start()
		b.publish("club/genk", "a", "b")
		time.Sleep(time.Minute)
		b.publish("team/rode-duivels", "luid")
		time.Sleep(time.Minute)
		b.publish("club/genk", "c", "d")
		time.Sleep(7 * time.Minute)
		if got := b.titles(1); !slices.Equal(got, []string{"luid"}) {
			t.Fatalf("in quiet hours: %q\n%s", got, b.logs)
		}
		time.Sleep(2 * time.Minute) // past ten past one in Brussels
		if got := b.titles(1); !slices.Equal(got, []string{"luid", "a | b | c | d"}) {
			t.Errorf("after quiet hours: %q", got)
		}
		if at := b.platform.Sent()[1].At.In(bot.Brussels()); at.Hour() != 1 || at.Minute() != 10 {
			t.Errorf("the bundle came at %s", at)
		}
		b.expectEnd(s, 1, "")
	})
}

// TestBigNewsInQuietHours: of a topic that lets big news through, a story comes when
// enough publishers tell it, be it long after the first; what stays small comes with
// the rest, in one bundle.
func TestBigNewsInQuietHours(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		b.follow(1, func(s *subscriptions.Subscriber, sub *subscriptions.Subscription) {
			s.Quiet = subscriptions.Quiet{From: 22 * 60, To: 90} // it is one o'clock in Brussels
			sub.Filter.Loud, sub.Filter.Big = sub.Topic == "team/rode-duivels", true
		}, "club/genk", "team/rode-duivels")
		b.start()
		b.publish("club/genk", "a")
		ids := b.publish("team/rode-duivels", "groot", "klein")
		time.Sleep(12 * time.Minute)
		if got := b.titles(1); len(got) > 0 {
			t.Fatalf("told by one: %q\n%s", got, b.logs)
		}
		b.joins(ids[0], "team/rode-duivels", "groot", "tribune")
		b.joins(ids[0], "team/rode-duivels", "groot", "gazet")
		time.Sleep(9 * time.Minute)
		if got := b.titles(1); !slices.Equal(got, []string{"groot"}) {
			t.Fatalf("told by three: %q\n%s", got, b.logs)
		}
		time.Sleep(10 * time.Minute)
		if got := b.titles(1); !slices.Equal(got, []string{"groot", "a", "klein"}) && !slices.Equal(got, []string{"groot", "a | klein"}) {
			t.Errorf("after quiet hours: %q", got)
		}
	})
}
