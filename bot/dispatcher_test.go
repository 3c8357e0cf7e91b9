package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

var errPlatform = errors.New("the platform said no")

// once answers the first send with a receipt, and lets the platform decide about
// the next ones.
func once(r bot.Receipt) func(subscriptions.Address, bot.Message, int) (bot.Receipt, bool) {
	answered := false
	return func(subscriptions.Address, bot.Message, int) (bot.Receipt, bool) {
		was := answered
		answered = true
		return r, !was
	}
}

// TestWhatThePlatformSaid is the table of receipts: how often a message is tried,
// when the reader has it, and what becomes of the subscriber.
func TestWhatThePlatformSaid(t *testing.T) {
	for name, c := range map[string]struct {
		first bot.Receipt
		// requests and sent are after five minutes.
		requests, sent int
		// earliest and latest bound when the story arrived.
		earliest, latest time.Duration
		rest             subscriptions.RestReason
		reason           string
	}{
		"sent":                        {first: bot.Receipt{Result: bot.ResultSent, Reference: "7"}, requests: 1, sent: 0},
		"a limit of this place":       {first: bot.Receipt{Result: bot.ResultRetry, After: 5 * time.Second}, requests: 2, sent: 1, earliest: 5 * time.Second, latest: 6 * time.Second},
		"a limit longer than a claim": {first: bot.Receipt{Result: bot.ResultRetry, After: 2 * time.Minute}, requests: 2, sent: 1, earliest: 2 * time.Minute, latest: 125 * time.Second},
		"a limit of the platform":     {first: bot.Receipt{Result: bot.ResultRetry, After: 35 * time.Second, Everywhere: true}, requests: 2, sent: 1, earliest: 35 * time.Second, latest: 38 * time.Second},
		"down":                        {first: bot.Receipt{Result: bot.ResultRetry}, requests: 2, sent: 1, earliest: 100 * time.Millisecond, latest: time.Minute},
		"unanswered":                  {first: bot.Receipt{Result: bot.ResultUnknown}, requests: 2, sent: 1, earliest: 100 * time.Millisecond, latest: time.Minute},
		"blocked":                     {first: bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestBlocked}, requests: 1, rest: subscriptions.RestBlocked, reason: "blocked"},
		"unreachable for no reason":   {first: bot.Receipt{Result: bot.ResultUnreachable}, requests: 1, rest: subscriptions.RestUnreachable, reason: "unreachable"},
		"refused":                     {first: bot.Receipt{Result: bot.ResultRefused}, requests: 1, reason: bot.DroppedRefused},
		"halted":                      {first: bot.Receipt{Result: bot.ResultHalted}, requests: 2, sent: 1, earliest: 45 * time.Second, latest: time.Minute},
		"an unknown result":           {first: bot.Receipt{Result: "odd"}, requests: 2, sent: 1, earliest: 30 * time.Second, latest: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{})
				s := b.follow(1, nil, "club/genk")
				c.first.Err = errPlatform
				b.platform.Script(once(c.first))
				b.start()
				started := time.Now()
				story := b.publish("club/genk", "Genk wint")[0]
				time.Sleep(5 * time.Minute)
				if got := b.platform.Requests(); got != c.requests {
					t.Errorf("%d requests, want %d\n%s", got, c.requests, b.logs)
				}
				sent := b.platform.Sent()
				if len(sent) != c.sent {
					t.Fatalf("%d sent, want %d\n%s", len(sent), c.sent, b.logs)
				}
				if len(sent) > 0 {
					if d := sent[0].At.Sub(started); d < c.earliest || d > c.latest {
						t.Errorf("sent after %s, want %s to %s", d, c.earliest, c.latest)
					}
				}
				b.expectEnd(s, story, c.reason)
				now, err := b.store.Find(t.Context(), s.Address)
				if err != nil || now.Rest.Reason != c.rest {
					t.Errorf("rest %q (%v), want %q", now.Rest.Reason, err, c.rest)
				}
			})
		})
	}
}

// expectEnd checks that a delivery ended: sent, or dropped with a reason.
func (b *bench) expectEnd(s subscriptions.Subscriber, story subscriptions.StoryID, reason string) {
	b.t.Helper()
	states, err := b.store.Delivery(b.t.Context(), s.ID, story)
	if err != nil || len(states) != 1 {
		b.t.Fatalf("delivery: %v, %v", states, err)
	}
	want := subscriptions.Sent
	if reason != "" {
		want = subscriptions.Dropped
	}
	if st := states[0]; st.Pending || st.Outcome != want || st.Reason != reason {
		b.t.Errorf("delivery ended as %q (%q), pending %v; want %q (%q)", st.Outcome, st.Reason, st.Pending, want, reason)
	}
}

// TestMovedPlace: the message follows, and so does everything after it.
func TestMovedPlace(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		b.follow(1, nil, "club/genk")
		b.platform.Script(func(to subscriptions.Address, _ bot.Message, _ int) (bot.Receipt, bool) {
			return bot.Receipt{Result: bot.ResultMoved, Moved: place(2), Err: errPlatform}, to == place(1)
		})
		b.start()
		b.publish("club/genk", "een")
		time.Sleep(10 * time.Second)
		b.publish("club/genk", "twee")
		time.Sleep(10 * time.Second)
		if got := b.titles(2); !slices.Equal(got, []string{"een", "twee"}) {
			t.Errorf("the new place got %q", got)
		}
		if got := b.platform.Requests(); got != 3 {
			t.Errorf("%d requests, want 3: one to the old address", got)
		}
	})
}

// TestRepeatsHaveTheSameKey: what may have been sent is sent again under its key,
// so that a platform that knows keys shows it once.
func TestRepeatsHaveTheSameKey(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		for n := range 20 {
			b.follow(n, nil, "club/genk")
		}
		b.platform.Script(func(to subscriptions.Address, m bot.Message, attempt int) (bot.Receipt, bool) {
			if attempt == 0 {
				b.platform.Accept(to, m)
				return bot.Receipt{Result: bot.ResultUnknown, Err: errPlatform}, true
			}
			return bot.Receipt{}, false
		})
		b.start()
		b.publish("club/genk", "een")
		time.Sleep(5 * time.Minute)
		if sent, repeats := len(b.platform.Sent()), b.platform.Repeats(); sent != 40 || repeats != 20 {
			t.Errorf("%d accepted of which %d repeats; want 40 and 20", sent, repeats)
		}
		for _, s := range b.platform.Sent() {
			if len(s.Message.Key) == 0 || len(s.Message.Key) > 25 {
				t.Errorf("key %q", s.Message.Key)
			}
		}
	})
}

// TestNeverAnsweredMessageEnds: while others are answered, a message that never is
// does not come for ever.
func TestNeverAnsweredMessageEnds(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		bad := b.follow(1, nil, "club/genk")
		b.follow(2, nil, "club/stvv")
		b.platform.Script(func(to subscriptions.Address, m bot.Message, _ int) (bot.Receipt, bool) {
			return bot.Receipt{Result: bot.ResultUnknown, Err: errPlatform}, to == place(1)
		})
		b.start()
		story := b.publish("club/genk", "een")[0]
		for n := range 60 {
			time.Sleep(10 * time.Second)
			b.publish("club/stvv", fmt.Sprint("ander ", n))
		}
		time.Sleep(time.Minute)
		b.expectEnd(bad, story, bot.DroppedUnanswered)
		if got := len(b.platform.SentTo(place(2))); got == 0 {
			t.Error("the other place got nothing")
		}
	})
}

// TestBundle: few stories come one by one, many as one message, and one that the
// platform refuses does not take the others with it.
func TestBundle(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		b.follow(1, nil, "club/genk")
		b.publish("club/genk", "a", "b", "c")
		b.start()
		time.Sleep(5 * time.Second)
		if got := b.titles(1); !slices.Equal(got, []string{"a", "b", "c"}) {
			t.Fatalf("few: %q", got)
		}
		b.stop()
		b.publish("club/genk", "d", "e", "f", "slecht", "g")
		b.platform.Script(func(_ subscriptions.Address, m bot.Message, _ int) (bot.Receipt, bool) {
			return bot.Receipt{Result: bot.ResultRefused, Err: errPlatform}, strings.Contains(titlesOf(m), "slecht")
		})
		b.start()
		time.Sleep(20 * time.Second)
		if got := b.titles(1)[3:]; !slices.Equal(got, []string{"d", "e", "f", "g"}) {
			t.Errorf("after the bundle was refused: %q\n%s", got, b.logs)
		}
		b.platform.Script(nil)
		b.stop()
		b.publish("club/genk", "h", "i", "j", "k", "l")
		b.start()
		time.Sleep(20 * time.Second)
		if got := b.titles(1)[7:]; !slices.Equal(got, []string{"h | i | j | k | l"}) {
			t.Errorf("many: %q", got)
		}
	})
}

// TestPartsAreSettledOneByOne: what arrived of a long message is not sent again.
func TestPartsAreSettledOneByOne(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		b.platform.PerMessage(2)
		b.follow(1, nil, "club/genk")
		b.publish("club/genk", "a", "b", "c", "d", "e")
		b.platform.Script(func(_ subscriptions.Address, m bot.Message, attempt int) (bot.Receipt, bool) {
			if strings.Contains(titlesOf(m), "c") && attempt < 2 {
				return bot.Receipt{Result: bot.ResultUnknown, Err: errPlatform}, true
			}
			return bot.Receipt{}, false
		})
		b.start()
		time.Sleep(3 * time.Minute)
		all := strings.Join(b.titles(1), " | ")
		if all != "a | b | c | d | e" {
			t.Errorf("got %q", b.titles(1))
		}
	})
}

// TestPlatformDown: an outage costs few requests, nothing is lost, and within a
// minute of its end all flows.
func TestPlatformDown(t *testing.T) {
	long(t)
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 30})
		for n := range 200 {
			b.follow(n, nil, "club/genk")
		}
		var down atomic.Bool
		down.Store(true)
		b.platform.Script(func(subscriptions.Address, bot.Message, int) (bot.Receipt, bool) {
			return bot.Receipt{Result: bot.ResultRetry, Err: errPlatform}, down.Load()
		})
		b.start()
		b.publish("club/genk", "a")
		time.Sleep(time.Hour)
		if got := b.platform.Requests(); got > 200 {
			t.Errorf("%d requests in an hour of outage", got)
		}
		b.publish("club/genk", "b")
		down.Store(false)
		time.Sleep(time.Minute + 200*2*time.Second/30)
		for n := range 200 {
			if got := b.titles(n); !slices.Equal(got, []string{"a", "b"}) {
				t.Fatalf("chat %d got %q\n%+v", n, got, b.dispatcher.Status())
			}
		}
	})
}

// TestLockout: while the platform shuts us out nothing is tried.
func TestLockout(t *testing.T) {
	for _, d := range []time.Duration{time.Second, 35 * time.Second, 2282 * time.Second} {
		t.Run(d.String(), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{Rate: 1000})
				for n := range 500 {
					b.follow(n, nil, "club/genk")
				}
				var until time.Time
				during, told := 0, 0
				b.platform.Script(func(subscriptions.Address, bot.Message, int) (bot.Receipt, bool) {
					now := time.Now()
					switch {
					case told == 0 && len(b.platform.Sent()) == 100:
						until = now.Add(d)
						told++
					case now.Before(until):
						during++
					default:
						return bot.Receipt{}, false
					}
					return bot.Receipt{Result: bot.ResultRetry, Everywhere: true, After: until.Sub(now), Err: errPlatform}, true
				})
				b.start()
				b.publish("club/genk", "a")
				time.Sleep(d + 10*time.Second)
				if got := len(b.platform.Sent()); got != 500 {
					t.Errorf("%d sent, want 500\n%+v", got, b.dispatcher.Status())
				}
				// Those in flight when it said so.
				if during > 1 {
					t.Errorf("%d requests during the lock-out", during)
				}
			})
		})
	}
}

// TestPanics: a messenger that panics is logged and tried again, later.
func TestPanics(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		b.follow(1, nil, "club/genk")
		b.platform.Script(func(_ subscriptions.Address, _ bot.Message, attempt int) (bot.Receipt, bool) {
			if attempt < 2 {
				panic("a bug")
			}
			return bot.Receipt{}, false
		})
		b.start()
		b.publish("club/genk", "a")
		time.Sleep(5 * time.Minute)
		if got := b.titles(1); !slices.Equal(got, []string{"a"}) {
			t.Errorf("got %q\n%s", got, b.logs)
		}
		if got := b.platform.Requests(); got != 3 {
			t.Errorf("%d requests, want 3", got)
		}
		if b.logs.count("messenger panicked") != 2 {
			t.Errorf("log:\n%s", b.logs)
		}
	})
}

// TestStop: a stop in full flight loses nothing, repeats nothing and takes less
// than ten seconds.
func TestStop(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 50, Latency: 2 * time.Second})
		for n := range 400 {
			b.follow(n, nil, "club/genk")
		}
		b.start()
		b.publish("club/genk", "a")
		time.Sleep(3*time.Second + 500*time.Millisecond)
		began := time.Now()
		b.stop()
		if d := time.Since(began); d > 10*time.Second {
			t.Errorf("stopped after %s", d)
		}
		before := len(b.platform.Sent())
		if before == 0 || before == 400 {
			t.Fatalf("%d sent before the stop: not in full flight", before)
		}
		b.start()
		time.Sleep(20 * time.Second)
		if got := len(b.platform.Sent()); got != 400 {
			t.Errorf("%d messages, want 400", got)
		}
		if got := b.platform.Repeats(); got != 0 {
			t.Errorf("%d repeats", got)
		}
	})
}

// TestStopWithSilentPlatform: a platform that does not answer does not hold up the end.
func TestStopWithSilentPlatform(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Latency: time.Hour})
		for n := range 100 {
			b.follow(n, nil, "club/genk")
		}
		b.start()
		b.publish("club/genk", "a")
		time.Sleep(time.Second)
		began := time.Now()
		b.stop()
		if d := time.Since(began); d > 10*time.Second {
			t.Errorf("stopped after %s", d)
		}
	})
}

// TestTwoProcesses: the second waits, says so, and takes over.
func TestTwoProcesses(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 30})
		for n := range 100 {
			b.follow(n, nil, "club/genk")
		}
		b.start()
		time.Sleep(time.Second)
		second := *b
		second.holder = "second"
		second.logs = &logBook{}
		second.start()
		b.publish("club/genk", "a")
		time.Sleep(10 * time.Second)
		if got := second.dispatcher.Status()[0].State; got != bot.PlatformWaiting {
			t.Errorf("the second is %q, want waiting", got)
		}
		if got := second.logs.count("not sending"); got != 1 {
			t.Errorf("it said so %d times", got)
		}
		b.publish("club/genk", "b")
		time.Sleep(time.Second)
		b.stop()
		time.Sleep(20 * time.Second)
		if got := len(b.platform.Sent()); got != 200 {
			t.Errorf("%d messages, want 200", got)
		}
		if got := b.platform.Repeats(); got != 0 {
			t.Errorf("%d repeats", got)
		}
	})
}

// TestNothingIsSentThatCannotBeWrittenDown: when the store fails sends stop, and
// nothing is repeated afterwards.
func TestNothingIsSentThatCannotBeWrittenDown(t *testing.T) {
	for name, failure := range map[string]error{"full": subscriptions.ErrFull, "other": errors.New("database is locked")} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{Rate: 30})
				for n := range 300 {
					b.follow(n, nil, "club/genk")
				}
				broken := &brokenStore{Store: b.store}
				b.wrap = func(subscriptions.Store) subscriptions.Store { return broken }
				b.start()
				b.publish("club/genk", "a")
				time.Sleep(2 * time.Second)
				broken.set(failure)
				time.Sleep(time.Second)
				before := len(b.platform.Sent())
				time.Sleep(10 * time.Minute)
				if got := len(b.platform.Sent()); got != before {
					t.Errorf("%d messages were sent while the store failed", got-before)
				}
				broken.set(nil)
				time.Sleep(30 * time.Second)
				if got := len(b.platform.Sent()); got != 300 {
					t.Errorf("%d messages, want 300\n%+v", got, b.dispatcher.Status())
				}
				if got := b.platform.Repeats(); got != 0 {
					t.Errorf("%d repeats", got)
				}
			})
		})
	}
}

// TestLate: what waited for hours behind others is not news any more.
func TestLate(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		s := b.follow(1, nil, "club/genk")
		old := b.publish("club/genk", "oud")[0]
		for {
			if more, err := b.store.Route(t.Context(), time.Now(), 100); err != nil || !more {
				break
			}
		}
		time.Sleep(7 * time.Hour)
		b.start()
		b.publish("club/genk", "vers")
		time.Sleep(10 * time.Second)
		if diff := cmp.Diff([]string{"vers"}, b.titles(1)); diff != "" {
			t.Error(diff)
		}
		b.expectEnd(s, old, bot.DroppedLate)
		if got := b.dispatcher.Status()[0].Dropped[bot.DroppedLate]; got != 1 {
			t.Errorf("%d counted as late", got)
		}
	})
}

// TestLateAfterAnOutage: what was tried in vain for hours is no more news than what
// waited behind it.
func TestLateAfterAnOutage(t *testing.T) {
	long(t)
	for name, answer := range map[string]bot.Receipt{
		"down":               {Result: bot.ResultRetry, Err: errPlatform},
		"a limit each time":  {Result: bot.ResultRetry, After: 10 * time.Minute, Err: errPlatform},
		"halted":             {Result: bot.ResultHalted, Err: errPlatform},
		"without an answer":  {Result: bot.ResultUnknown, Err: errPlatform},
		"locked out for all": {Result: bot.ResultRetry, After: 10 * time.Minute, Everywhere: true, Err: errPlatform},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{})
				fans := []subscriptions.Subscriber{b.follow(1, nil, "club/genk"), b.follow(2, nil, "club/genk")}
				var down atomic.Bool
				down.Store(true)
				b.platform.Script(func(subscriptions.Address, bot.Message, int) (bot.Receipt, bool) { return answer, down.Load() })
				old := b.publish("club/genk", "oud")[0]
				for range 7 { // tried now and then, for on fake time too seven hours are long
					b.start()
					time.Sleep(time.Minute)
					b.stop()
					time.Sleep(time.Hour)
				}
				b.start()
				b.publish("club/genk", "vers")
				time.Sleep(time.Minute)
				down.Store(false)
				time.Sleep(11 * time.Minute)
				for n, fan := range fans {
					if diff := cmp.Diff([]string{"vers"}, b.titles(n+1)); diff != "" {
						t.Errorf("place %d (-want +got)\n%s", n+1, diff)
					}
					b.expectEnd(fan, old, bot.DroppedLate)
				}
			})
		})
	}
}

// brokenStore is a store whose writes fail when told so.
type brokenStore struct {
	subscriptions.Store
	failure failure
}

func (s *brokenStore) set(err error) { s.failure.set(err) }

func (s *brokenStore) Settle(ctx context.Context, now time.Time, list []subscriptions.Settlement) error {
	if err := s.failure.get(); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return s.Store.Settle(ctx, now, list)
}

func (s *brokenStore) Claim(ctx context.Context, now time.Time, r subscriptions.ClaimRequest) ([]subscriptions.Parcel, error) {
	if err := s.failure.get(); err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	return s.Store.Claim(ctx, now, r)
}

func (s *brokenStore) Publish(ctx context.Context, now time.Time, p subscriptions.Publication) (subscriptions.Article, error) {
	if err := s.failure.get(); err != nil {
		return subscriptions.Article{}, fmt.Errorf("publish: %w", err)
	}
	return s.Store.Publish(ctx, now, p)
}

func (s *brokenStore) Lease(ctx context.Context, now time.Time, name, holder string, ttl time.Duration) error {
	if err := s.failure.get(); err != nil {
		return fmt.Errorf("lease: %w", err)
	}
	return s.Store.Lease(ctx, now, name, holder, ttl)
}

// TestSlowPlatform: at two messages a second no more is claimed than can soon be sent.
// What is claimed is lost for a minute to the next process if this one dies.
func TestSlowPlatform(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 2})
		for n := range 300 {
			b.follow(n, nil, "club/genk")
		}
		b.start()
		b.publish("club/genk", "a")
		for range 60 {
			time.Sleep(time.Second)
			if got := b.dispatcher.Status()[0].Parked; got > 64 {
				t.Fatalf("%d are claimed and wait", got)
			}
		}
		if got := len(b.platform.Sent()); got < 110 {
			t.Errorf("%d sent in a minute", got)
		}
	})
}

// TestLoad: at every rate at least 0.94 of what is permitted, without breaking a limit,
// on a disk that takes 80 ms to settle.
func TestLoad(t *testing.T) {
	long(t)
	for _, rate := range []int{30, 50, 1000} {
		t.Run(strconv.Itoa(rate), func(t *testing.T) {
			inBubble(t, func(t *testing.T) { testLoad(t, rate, min(20*rate, 3000)) })
		})
	}
}

func testLoad(t *testing.T, rate, followers int) {
	t.Helper()
	b := newBench(t, bottest.Limits{Rate: rate, Every: time.Second, Latency: 30 * time.Millisecond, Lockout: 5 * time.Second})
	for n := range followers {
		b.follow(n, nil, "club/genk")
	}
	store := &slowStore{mortalStore: mortalStore{Store: b.store}}
	store.delay.Store(int64(80 * time.Millisecond))
	b.wrap = func(subscriptions.Store) subscriptions.Store { return store }
	b.start()
	time.Sleep(2 * time.Second)
	began := time.Now()
	b.publish("club/genk", "a")
	time.Sleep(time.Duration(followers)*time.Second/time.Duration(rate)*11/10 + 2*time.Second)
	sent := b.platform.Sent()
	if len(sent) != followers {
		t.Fatalf("%d sent, want %d\n%+v", len(sent), followers, b.dispatcher.Status())
	}
	took := sent[len(sent)-1].At.Sub(began)
	share := float64(followers) / took.Seconds() / float64(rate)
	t.Logf("%d messages in %s: %.3f of the permitted rate", followers, took, share)
	if share < 0.94 {
		t.Errorf("share %.3f, want 0.94", share)
	}
	if broken, during := b.platform.Violations(); broken+during > 0 {
		t.Errorf("%d violations, %d requests during a lock-out", broken, during)
	}
}

// long marks a test of hours or years on fake time. It has nothing to tell the race
// detector, which makes it ten times slower, that a short one has not.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("long on fake time; not in -short")
	}
}
