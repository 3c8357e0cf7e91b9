package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// mortalStore is a store whose process can die: from then on nothing that it
// learns reaches the disk, as after a SIGKILL.
type mortalStore struct {
	subscriptions.Store
	dead atomic.Bool
}

var errDead = errors.New("the process is dead")

func (s *mortalStore) Settle(ctx context.Context, now time.Time, list []subscriptions.Settlement) error {
	if s.dead.Load() {
		return errDead
	}
	return s.Store.Settle(ctx, now, list)
}

// startMortal starts the pipeline as a process that kill ends.
func (b *bench) startMortal() (kill func()) {
	b.t.Helper()
	store := &mortalStore{Store: b.store}
	b.wrap = func(subscriptions.Store) subscriptions.Store { return store }
	b.start()
	return func() {
		store.dead.Store(true)
		b.stop()
	}
}

// shown returns what a reader sees on a platform that shows a repeated message once:
// for each key the first message that had it.
func (b *bench) shown(n int) []string {
	known := map[string]bool{}
	var all []string
	for _, m := range b.platform.SentTo(place(n)) {
		if !known[m.Key] {
			known[m.Key] = true
			all = append(all, titlesOf(m))
		}
	}
	return all
}

// TestKilledBetweenAcceptedAndSettled: a process dies after the platform accepted
// a message and before that was written down. Whatever changes until the next one
// sends again, on a platform that recognises a repeated key the reader sees every
// story, and sees it once.
func TestKilledBetweenAcceptedAndSettled(t *testing.T) {
	for name, c := range map[string]struct {
		stories    []string
		perMessage int
		refused    string // a message with this title and others is refused
		digest     bool
		dies       string // with the message that begins with this title
		meanwhile  func(*bench)
		want       []string
	}{
		"the tail of a bundle is short enough to come one by one": {
			stories: []string{"a", "b", "c", "d", "e"}, perMessage: 3, dies: "d",
			want: []string{"a | b | c", "d | e"},
		},
		"more fits in a message than before": {
			stories: []string{"a", "b", "c", "d", "e", "f"}, perMessage: 2, dies: "a",
			meanwhile: func(b *bench) { b.platform.PerMessage(6) },
			want:      []string{"a | b", "c | d", "e | f"},
		},
		"less fits in a message than before": {
			stories: []string{"a", "b", "c", "d", "e", "f"}, perMessage: 6, dies: "a",
			meanwhile: func(b *bench) { b.platform.PerMessage(2) },
			want:      []string{"a | b | c | d | e | f"},
		},
		"more stories came": {
			stories: []string{"a", "b", "c"}, perMessage: 20, dies: "c",
			meanwhile: func(b *bench) { b.publish("club/genk", "x", "y") },
			want:      []string{"a", "b", "c", "x", "y"},
		},
		"a refused bundle came one by one": {
			stories: []string{"a", "b", "slecht", "d", "e", "f"}, perMessage: 20, refused: "slecht", dies: "b",
			want: []string{"a", "b", "slecht", "d", "e", "f"},
		},
		"quiet hours began": {
			stories: []string{"a", "b"}, perMessage: 20, dies: "a",
			meanwhile: func(b *bench) { b.quieten(1) },
			want:      []string{"a", "b"},
		},
		"quiet hours began, of a bundle": {
			stories: []string{"a", "b", "c", "d", "e"}, perMessage: 3, dies: "d",
			meanwhile: func(b *bench) { b.quieten(1) },
			want:      []string{"a | b | c", "d | e"},
		},
		"another version's plan": {
			stories: []string{"a", "b", "c", "d"}, perMessage: 20, dies: "a",
			meanwhile: func(b *bench) {
				if err := b.store.Plan(b.t.Context(), map[subscriptions.ParcelID][]byte{1: []byte(`{"pages":[]}`)}); err != nil {
					b.t.Fatal(err)
				}
			},
			want: []string{"a | b | c | d"},
		},
		"a digest of several messages": {
			stories: []string{"a", "b", "c", "d", "e"}, perMessage: 2, digest: true, dies: "c",
			meanwhile: func(b *bench) { b.platform.PerMessage(20) },
			want:      []string{"a | b", "c | d", "e"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{})
				s := b.follow(1, func(_ *subscriptions.Subscriber, sub *subscriptions.Subscription) {
					if c.digest {
						sub.Cadence = subscriptions.InDigest
					}
				}, "club/genk")
				b.platform.PerMessage(c.perMessage)
				ids := b.publish("club/genk", c.stories...)
				if c.digest {
					b.routeAll()
					if _, err := b.store.ReleaseDigest(t.Context(), time.Now(), subscriptions.DigestRelease{Subscriber: s.ID}); err != nil {
						t.Fatal(err)
					}
				}
				died := make(chan struct{}, 1)
				b.platform.Script(func(to subscriptions.Address, m bot.Message, _ int) (bot.Receipt, bool) {
					titles := titlesOf(m)
					refused := c.refused != "" && strings.Contains(titles, c.refused) && len(m.Items) > 1
					switch {
					case refused:
						return bot.Receipt{Result: bot.ResultRefused, Err: errPlatform}, true
					case strings.HasPrefix(titles, c.dies) && len(died) == 0:
						died <- struct{}{}
						time.Sleep(time.Second) // until it is dead
						return b.platform.Accept(to, m), true
					}
					return bot.Receipt{}, false
				})
				kill := b.startMortal()
				time.Sleep(10 * time.Millisecond)
				for len(died) == 0 {
					time.Sleep(10 * time.Millisecond)
				}
				time.Sleep(100 * time.Millisecond) // what came before is settled
				kill()
				if c.meanwhile != nil {
					c.meanwhile(b)
				}
				b.wrap = nil
				b.start()
				time.Sleep(3 * time.Minute)
				if got := b.shown(1); !slices.Equal(got, c.want) {
					t.Errorf("the reader sees %q, want %q\n%s", got, c.want, b.logs)
				}
				if b.platform.Repeats() == 0 {
					t.Error("nothing was repeated: this does not test what it says")
				}
				for _, id := range ids {
					b.expectEnd(s, id, "")
				}
			})
		})
	}
}

// TestKilledInALongDigest: a digest has more stories than it shows, and the process dies
// in its last message. The next one sends that message as it was, and all are settled.
func TestKilledInALongDigest(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		s := b.follow(1, func(_ *subscriptions.Subscriber, sub *subscriptions.Subscription) {
			sub.Cadence = subscriptions.InDigest
		}, "club/genk")
		var titles []string
		for i := range 35 {
			titles = append(titles, fmt.Sprintf("verhaal %02d", i))
		}
		ids := b.publish("club/genk", titles...)
		b.routeAll()
		if _, err := b.store.ReleaseDigest(t.Context(), time.Now(), subscriptions.DigestRelease{Subscriber: s.ID}); err != nil {
			t.Fatal(err)
		}
		kill := b.startMortal()
		b.platform.Script(func(to subscriptions.Address, m bot.Message, _ int) (bot.Receipt, bool) {
			if m.Footer == "" {
				return bot.Receipt{}, false
			}
			time.Sleep(time.Second) // until it is dead
			return b.platform.Accept(to, m), true
		})
		time.Sleep(500 * time.Millisecond)
		kill()
		b.platform.Script(nil)
		b.wrap = nil
		b.start()
		time.Sleep(3 * time.Minute)
		sent := b.platform.SentTo(place(1))
		if len(sent) != 3 || titlesOf(sent[1]) != titlesOf(sent[2]) || sent[1].Key != sent[2].Key || sent[1].Footer != sent[2].Footer {
			t.Errorf("sent %q", b.titles(1))
		}
		for _, id := range ids {
			b.expectEnd(s, id, "")
		}
	})
}

// routeAll works off all routes.
func (b *bench) routeAll() {
	b.t.Helper()
	for more := true; more; {
		var err error
		if more, err = b.store.Route(b.t.Context(), time.Now(), 1000); err != nil {
			b.t.Fatal(err)
		}
	}
}

// quieten makes the whole day quiet hours of a subscriber, but for a minute.
func (b *bench) quieten(n int) {
	b.t.Helper()
	err := b.store.Change(b.t.Context(), time.Now(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		s, err := tx.Subscriber(place(n))
		if err != nil {
			return err
		}
		s.Quiet = subscriptions.Quiet{From: 12*60 + 1, To: 12 * 60}
		return tx.SaveSubscriber(&s)
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// TestUnansweredBundle: a bundle that never is answered was perhaps shown; its
// stories are not sent one by one.
func TestUnansweredBundle(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		b.follow(1, nil, "club/genk")
		b.follow(2, nil, "club/stvv")
		b.publish("club/genk", "a", "b", "c", "d", "e")
		b.platform.Script(func(to subscriptions.Address, m bot.Message, attempt int) (bot.Receipt, bool) {
			if to == place(1) && attempt == 0 {
				b.platform.Accept(to, m)
			}
			return bot.Receipt{Result: bot.ResultUnknown, Err: errPlatform}, to == place(1)
		})
		b.start()
		for range 60 {
			time.Sleep(10 * time.Second)
			b.publish("club/stvv", "ander "+time.Now().String())
		}
		if got := b.shown(1); !slices.Equal(got, []string{"a | b | c | d | e"}) {
			t.Errorf("the reader sees %q", got)
		}
	})
}
