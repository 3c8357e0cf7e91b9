package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestClockJumps: a wall clock that jumps brings no flood, loses nothing that comes
// afterwards and stalls nothing.
func TestClockJumps(t *testing.T) {
	for name, jump := range map[string]time.Duration{
		"an hour ahead": time.Hour, "an hour back": -time.Hour, "a day ahead": 24 * time.Hour,
		"a day back": -24 * time.Hour, "thirty years back": -30 * 365 * 24 * time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				paper := newPublisher("krant", time.Second)
				b := newBench(t, bottest.Limits{}, paper)
				var offset atomic.Int64
				b.now = func() time.Time { return time.Now().Add(time.Duration(offset.Load())).Round(0) }
				b.follow(1, nil, "club/genk")
				for i := range 20 {
					paper.bring(entry("Genk oefent "+words(i), b.now().Add(-time.Duration(i)*time.Minute)))
				}
				b.start()
				time.Sleep(3 * time.Second)
				paper.bring(entry("Genk ontslaat zijn trainer", b.now()))
				for range 60 { // a busy disk may put it off; what a jump does to messages on their way is another test
					if time.Sleep(time.Second); len(b.titles(1)) > 0 {
						break
					}
				}
				offset.Store(int64(jump))
				time.Sleep(30 * time.Second)
				if got := b.titles(1); !slices.Equal(got, []string{"Genk ontslaat zijn trainer"}) {
					t.Fatalf("after the jump: %q", got)
				}
				paper.bring(entry("Genk vindt een nieuwe doelman", b.now()))
				time.Sleep(2 * time.Minute)
				if got := b.titles(1); len(got) != 2 {
					t.Errorf("what came after the jump: %q\n%s", got, b.logs)
				}
			})
		})
	}
}

// TestClockJumpsWhileSending: a wall clock that jumps while much is on its way makes
// leases end early, or late. What this process is about to send it does not send
// twice, and nothing is lost.
func TestClockJumpsWhileSending(t *testing.T) {
	for name, jump := range map[string]time.Duration{
		"two minutes ahead": 2 * time.Minute, "an hour ahead": time.Hour, "an hour back": -time.Hour,
		"a day back": -24 * time.Hour, "to 1970": -30 * 365 * 24 * time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				limits := bottest.Limits{Rate: 10, Latency: 200 * time.Millisecond}
				if jump < 0 {
					// The bubble has no clock but this one. Of two, a pacer uses the one that
					// does not jump; here it would wait for the jump to be over.
					limits = bottest.Limits{Latency: 4 * time.Second}
				}
				b := newBench(t, limits)
				var offset atomic.Int64
				b.now = func() time.Time { return time.Now().Add(time.Duration(offset.Load())).Round(0) }
				for n := range 300 {
					b.follow(n, nil, "club/genk")
				}
				b.start()
				b.publish("club/genk", "a")
				time.Sleep(5*time.Second + 50*time.Millisecond)
				offset.Store(int64(jump))
				time.Sleep(3 * time.Minute)
				if got, repeats := len(b.platform.Sent()), b.platform.Repeats(); got-repeats != 300 || repeats != 0 {
					t.Errorf("%d messages, %d repeats; want 300 and none\n%+v", got, repeats, b.dispatcher.Status())
				}
			})
		})
	}
}

// TestMachineSleeps: a machine that is closed while much waits to be sent sends nothing of
// that when it is opened hours later.
func TestMachineSleeps(t *testing.T) {
	outside := time.Now() // in a bubble it has no clock that could stand still
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 1})
		began := time.Now()
		var slept atomic.Int64
		b.now = func() time.Time {
			awake := time.Since(began)
			return twoClocks(t, outside.Add(awake), time.Now().Add(time.Duration(slept.Load())))
		}
		for n := range 40 {
			b.follow(n, nil, "club/genk")
		}
		b.start()
		b.publish("club/genk", "a")
		time.Sleep(5*time.Second + 500*time.Millisecond)
		before := len(b.platform.Sent())
		slept.Store(int64(8 * time.Hour))
		time.Sleep(time.Minute)
		if got := len(b.platform.Sent()) - before; before == 0 || got > 1 {
			t.Errorf("%d were sent hours late, after %d in time", got, before)
		}
		if late := int(b.dispatcher.Status()[0].Dropped[bot.DroppedLate]); late+len(b.platform.Sent()) != 40 {
			t.Errorf("%d sent and %d late, of 40", len(b.platform.Sent()), late)
		}
	})
}

// twoClocks is what time.Now returns on a machine that slept: differences are taken by the
// clock that stood still meanwhile, and all else by the one on the wall.
func twoClocks(t *testing.T, still, wall time.Time) time.Time {
	t.Helper()
	const seconds = 30 // the bit where they begin in the first word, which is that of the wall
	both := still
	*(*uint64)(unsafe.Pointer(&both)) += uint64(wall.Unix()-still.Unix()) << seconds
	if both.Unix() != wall.Unix() || both.Sub(still) != 0 {
		t.Fatal("package time keeps its two clocks in another way")
	}
	return both
}

// TestManyUnwritten: more messages were on their way than one transaction settles
// when the store failed for longer than their claims. None is sent again.
func TestManyUnwritten(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Latency: 4 * time.Second})
		for n := range 300 {
			b.follow(n, nil, "club/genk")
		}
		broken := &brokenStore{Store: b.store}
		b.wrap = func(subscriptions.Store) subscriptions.Store { return broken }
		b.start()
		b.publish("club/genk", "a")
		time.Sleep(3 * time.Second)
		broken.set(subscriptions.ErrBusy)
		time.Sleep(2 * time.Minute)
		if got := len(b.platform.Sent()); got < 250 {
			t.Fatalf("only %d were on their way", got)
		}
		broken.set(nil)
		time.Sleep(time.Minute)
		if got, repeats := len(b.platform.Sent()), b.platform.Repeats(); got != 300 || repeats != 0 {
			t.Errorf("%d messages, %d repeats; want 300 and none", got, repeats)
		}
	})
}

// TestKilledWhileTheStoreIsSlow: a machine that is starved takes long to write down what
// was sent. However long, a process that is killed then has few messages sent again.
func TestKilledWhileTheStoreIsSlow(t *testing.T) {
	for _, rate := range []int{30, 100} {
		for _, slow := range []time.Duration{300 * time.Millisecond, 10 * time.Second} {
			t.Run(fmt.Sprintf("%d a second, %s", rate, slow), func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					const latency = 30 * time.Millisecond
					b := newBench(t, bottest.Limits{Rate: rate, Latency: latency})
					followers := 4 * rate
					for n := range followers {
						b.follow(n, nil, "club/genk")
					}
					store := &slowStore{mortalStore: mortalStore{Store: b.store}}
					b.wrap = func(subscriptions.Store) subscriptions.Store { return store }
					b.start()
					b.publish("club/genk", "a")
					time.Sleep(1500 * time.Millisecond)
					store.delay.Store(int64(slow))
					time.Sleep(slow - time.Millisecond)
					store.dead.Store(true)
					b.stop()
					b.wrap = nil
					b.start()
					time.Sleep(100 * time.Second)
					if got := len(b.platform.Sent()) - b.platform.Repeats(); got != followers {
						t.Errorf("%d of %d were told", got, followers)
					}
					// What was on its way, and a fifth of a second's messages.
					most := rate*int(latency/time.Millisecond)/1000 + 1 + max(rate/5, 8)
					if got := b.platform.Repeats(); got == 0 || got > most {
						t.Errorf("%d repeats, want at most %d", got, most)
					}
				})
			})
		}
	}
}

// slowStore is a store of a process that can die, which takes long to settle.
type slowStore struct {
	mortalStore
	delay atomic.Int64
}

func (s *slowStore) Settle(ctx context.Context, now time.Time, list []subscriptions.Settlement) error {
	time.Sleep(time.Duration(s.delay.Load()))
	return s.mortalStore.Settle(ctx, now, list)
}

// TestOperatorIsToldThatNothingIsSent: a store that takes everything but what was sent
// stops the sending, and the status says so until it is over.
func TestOperatorIsToldThatNothingIsSent(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 30})
		for n := range 300 {
			b.follow(n, nil, "club/genk")
		}
		store := &unsettledStore{Store: b.store}
		store.failure.set(subscriptions.ErrCorrupt)
		b.wrap = func(subscriptions.Store) subscriptions.Store { return store }
		b.start()
		b.publish("club/genk", "a")
		for range 60 {
			time.Sleep(time.Second)
			if st := b.dispatcher.Status()[0]; st.State != bot.PlatformStoreFails || !strings.Contains(st.Reason, "damaged") {
				t.Fatalf("while it fails: %+v", st)
			}
		}
		store.failure.set(nil)
		time.Sleep(30 * time.Second)
		if st := b.dispatcher.Status()[0]; st.State != bot.PlatformSending || st.Reason != "" || st.Sent != 300 {
			t.Errorf("afterwards: %+v", st)
		}
	})
}

// unsettledStore is a store that fails to settle when told so.
type unsettledStore struct {
	subscriptions.Store
	failure failure
}

func (s *unsettledStore) Settle(ctx context.Context, now time.Time, list []subscriptions.Settlement) error {
	if err := s.failure.get(); err != nil {
		return err
	}
	return s.Store.Settle(ctx, now, list)
}

// TestHotChats: chats with many stories hold up nobody, and are not held up.
func TestHotChats(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 100, Every: time.Second, Latency: 50 * time.Millisecond, Lockout: time.Minute})
		topics := []subscriptions.Topic{"club/genk", "club/gent", "club/stvv"}
		const hot, others = 20, 740
		for n := range hot {
			b.follow(n, nil, topics...)
		}
		for n := range others {
			b.follow(hot+n, nil, topics[0])
		}
		b.start()
		time.Sleep(time.Second)
		began := time.Now()
		for _, topic := range topics {
			b.publish(topic, "over "+topic.ID())
		}
		time.Sleep(20 * time.Second)
		sent := b.platform.Sent()
		if len(sent) != hot*len(topics)+others {
			t.Fatalf("%d messages, want %d", len(sent), hot*len(topics)+others)
		}
		bound := time.Duration(len(sent)) * time.Second / 100
		if took := sent[len(sent)-1].At.Sub(began); took > bound*115/100 {
			t.Errorf("it took %s, the lower bound is %s", took, bound)
		}
		for n := range hot {
			if got := len(b.titles(n)); got != len(topics) {
				t.Errorf("hot chat %d got %d", n, got)
			}
		}
	})
}

// TestDeadProcess: what a process that was killed had claimed is sent by the next,
// within the promised time and under the same keys.
func TestDeadProcess(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{Rate: 30})
		for n := range 200 {
			b.follow(n, nil, "club/genk")
		}
		b.publish("club/genk", "a")
		b.routeAll()
		// The dead one: it holds the lease and some claims, and does nothing more.
		if err := b.store.Lease(t.Context(), time.Now(), "sender:test", "dead", 15*time.Second); err != nil {
			t.Fatal(err)
		}
		_, err := b.store.Claim(t.Context(), time.Now(), subscriptions.ClaimRequest{Platform: "test", Parcels: 50, PerParcel: 100, Lease: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		b.start()
		time.Sleep(20 * time.Second)
		if got := len(b.platform.Sent()); got == 0 {
			t.Error("not at work after 20 seconds")
		}
		time.Sleep(80 * time.Second)
		if got := len(b.platform.Sent()); got != 200 {
			t.Errorf("%d sent after 100 seconds, want 200", got)
		}
	})
}

// TestRestoredBackup: a bot that starts on a copy of a day ago, with alerts that were
// due then and a publisher that still lists the whole day, sends nothing of that. What
// appears afterwards is news.
func TestRestoredBackup(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		paper := newPublisher("krant", 10*time.Second)
		b := newBench(t, bottest.Limits{}, paper)
		for n := range 20 {
			b.follow(n, nil, "club/genk")
		}
		b.start()
		time.Sleep(time.Minute)
		b.stop()
		// Some alerts are owed when the copy is made.
		paper.bring(entry("Genk ontslaat zijn trainer", time.Now()))
		b.pollOnly = true
		b.start()
		time.Sleep(time.Minute)
		b.stop()
		copied := filepath.Join(t.TempDir(), "copy.db")
		if err := b.store.Backup(t.Context(), copied); err != nil {
			t.Fatal(err)
		}
		b.pollOnly = false
		b.start()
		for _, title := range []string{"Genk bouwt een stadion in Hasselt", "Genk verhoogt abonnementsprijzen met tien procent", "Verdediger van Genk scheurt kruisband"} {
			time.Sleep(time.Minute)
			paper.bring(entry(title, time.Now()))
		}
		time.Sleep(time.Minute)
		b.stop()
		before := len(b.platform.Sent())
		if before != 4*20 {
			t.Fatalf("%d messages on the day, want 80\n%s", before, b.logs)
		}
		time.Sleep(24 * time.Hour)
		b.store = openStore(t, copied)
		b.start()
		time.Sleep(10 * time.Minute)
		if got := len(b.platform.Sent()) - before; got != 0 {
			t.Errorf("%d old messages were sent from the copy", got)
		}
		paper.bring(entry("Genk vindt een nieuwe doelman", time.Now()))
		time.Sleep(time.Minute)
		if got := len(b.platform.Sent()) - before; got != 20 {
			t.Errorf("%d messages about what came afterwards, want 20", got)
		}
	})
}

// TestUpkeep: what is a month old goes, what is not stays, though the program never runs
// for an hour. Where older articles are pushed they stay: a publisher who lists one still
// would have it sent again.
func TestUpkeep(t *testing.T) {
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		maxAge time.Duration
		left   []string
	}{
		"of a day":         {maxAge: day, left: []string{"vers"}},
		"of a month":       {maxAge: bot.Retention, left: []string{"oud", "vers"}},
		"whatever its age": {maxAge: math.MaxInt64, left: []string{"oud", "vers"}},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{})
				ids := b.publish("club/genk", "oud")
				time.Sleep(bot.Retention + time.Hour)
				ids = append(ids, b.publish("club/genk", "vers")...)
				upkeep := bot.NewUpkeep(bot.UpkeepConfig{Store: b.store, MaxAge: c.maxAge, Now: time.Now, Logger: slog.New(slog.DiscardHandler)})
				ctx, cancel := timeout(50 * time.Minute)
				defer cancel()
				if err := upkeep.Run(ctx); err != nil {
					t.Fatal(err)
				}
				stories, err := b.store.Stories(t.Context(), ids)
				if err != nil {
					t.Fatal(err)
				}
				var left []string
				for _, s := range stories {
					left = append(left, s.Articles[0].Title)
				}
				if diff := cmp.Diff(c.left, left); diff != "" {
					t.Errorf("left (-want +got)\n%s", diff)
				}
			})
		})
	}
}

// TestPacer: no second holds more than the limit, whoever asks when, and late
// callers lose little.
func TestPacer(t *testing.T) {
	t.Parallel()
	for _, rate := range []int{1, 5, 30, 50, 1000} {
		t.Run(strconv.Itoa(rate), func(t *testing.T) {
			t.Parallel()
			p := bot.NewPacer(float64(rate))
			now := bottest.Noon()
			var sent []time.Time
			for n := 0; len(sent) < 20*rate; n++ {
				d, _ := p.Reserve(strconv.Itoa(n), bot.Spacing{}, now)
				if d == 0 {
					sent = append(sent, now)
					continue
				}
				// Timers are late by up to some milliseconds.
				now = now.Add(d + time.Duration(n%7)*time.Millisecond/2)
			}
			for i, at := range sent {
				if j := i + rate; j < len(sent) && sent[j].Sub(at) < time.Second {
					t.Fatalf("%d messages in %s", rate+1, sent[j].Sub(at))
				}
			}
			share := float64(len(sent)-1) / sent[len(sent)-1].Sub(sent[0]).Seconds() / float64(rate)
			if share < 0.94 {
				t.Errorf("%.3f of the rate is used", share)
			}
		})
	}
}

// TestPacerPlaces: the spacing and the quota of a place hold, and a hold of all
// holds all.
func TestPacerPlaces(t *testing.T) {
	t.Parallel()
	p := bot.NewPacer(1000)
	now := bottest.Noon()
	group := bot.Spacing{Every: time.Second, Quota: 3, Window: time.Minute}
	var sent []time.Duration
	for began := now; now.Sub(began) < 2*time.Minute; {
		if d, _ := p.Reserve("group", group, now); d > 0 {
			now = now.Add(d)
			continue
		}
		sent = append(sent, now.Sub(began))
	}
	want := []time.Duration{0, time.Second, 2 * time.Second, time.Minute, 61 * time.Second, 62 * time.Second}
	if !slices.Equal(sent, want) {
		t.Errorf("sent at %v, want %v", sent, want)
	}
	p.Hold("", now.Add(time.Hour))
	if d, everyone := p.Reserve("other", bot.Spacing{}, now); d != time.Hour || !everyone {
		t.Errorf("held for %s, want an hour", d)
	}
}

// TestPacerStalls: the way to the platform freezes now and then, so that what was
// sent meanwhile arrives at once, and in half of the runs people are answered without
// asking the pacer.
// Still no second holds more than the limit where the platform counts.
func TestPacerStalls(t *testing.T) {
	t.Parallel()
	for _, rate := range []int{30, 50, 1000} {
		for seed := range uint64(8) {
			asked := seed%2 == 0
			t.Run(fmt.Sprintf("%d a second, seed %d", rate, seed), func(t *testing.T) {
				t.Parallel()
				w := way{rand: rand.New(rand.NewPCG(seed, 3)), pacer: bot.NewPacer(float64(rate)), now: bottest.Noon()}
				began := w.now
				w.frozen[1] = began
				for answer := began; w.now.Sub(began) < time.Minute; {
					if asked && !w.now.Before(answer) {
						answer = w.now.Add(2*time.Second + w.vary(2*time.Second))
						w.pacer.Spend("fan", bot.Spacing{}, w.now)
						w.send()
					}
					d, _ := w.pacer.Reserve("broadcast", bot.Spacing{}, w.now)
					if d == 0 {
						w.send()
						continue
					}
					w.pass(min(d, 20*time.Millisecond))
				}
				slices.SortFunc(w.arrived, time.Time.Compare)
				for i, at := range w.arrived {
					if j := i + rate; j < len(w.arrived) && w.arrived[j].Sub(at) < time.Second {
						t.Fatalf("%d messages in %s, %s after the start", rate+1, w.arrived[j].Sub(at), at.Sub(began))
					}
				}
				if share := float64(len(w.arrived)) / 60 / float64(rate); share < 0.85 {
					t.Errorf("%.3f of the rate is used", share)
				}
			})
		}
	}
}

// way is the way to a platform that freezes for up to 400 ms every few seconds, and
// from a machine on which every tenth message sets out up to 100 ms after it might.
type way struct {
	rand    *rand.Rand
	pacer   *bot.Pacer
	now     time.Time
	frozen  [2]time.Time // the last freeze, from and until
	arrived []time.Time
	events  []event
}

// event is something that happens later.
type event struct {
	at time.Time
	do func()
}

// send sends a message now.
func (w *way) send() {
	departs := w.now
	if w.rand.IntN(10) == 0 {
		departs = departs.Add(w.vary(100 * time.Millisecond))
	}
	w.events = append(w.events, event{departs, func() {
		there := w.thaw(departs.Add(30*time.Millisecond + w.vary(8*time.Millisecond)))
		w.arrived = append(w.arrived, there)
		back := w.thaw(there.Add(30*time.Millisecond + w.vary(8*time.Millisecond)))
		landed := w.pacer.Departs(departs)
		w.events = append(w.events, event{back, func() { landed(back) }})
	}})
	w.pass(0)
}

// thaw is when something arrives that would arrive at an instant.
func (w *way) thaw(at time.Time) time.Time {
	for at.After(w.frozen[1].Add(3 * time.Second)) {
		from := w.frozen[1].Add(3*time.Second + w.vary(3*time.Second))
		w.frozen = [2]time.Time{from, from.Add(w.vary(400 * time.Millisecond))}
	}
	if at.After(w.frozen[0]) && at.Before(w.frozen[1]) {
		return w.frozen[1]
	}
	return at
}

func (w *way) vary(d time.Duration) time.Duration { return time.Duration(w.rand.Int64N(int64(d))) }

// pass lets time pass, and happen what is to happen in it.
func (w *way) pass(d time.Duration) {
	w.now = w.now.Add(max(d, time.Microsecond))
	for {
		slices.SortStableFunc(w.events, func(a, b event) int { return a.at.Compare(b.at) })
		if len(w.events) == 0 || w.events[0].at.After(w.now) {
			return
		}
		do := w.events[0].do
		w.events = w.events[1:]
		do()
	}
}

// TestPauseEarnsNoBurst: whoever was idle or shut out begins again at the pace, one
// message at a time; only a small lateness is made good.
func TestPauseEarnsNoBurst(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		pause time.Duration
		held  bool
		want  int // messages that may go at the first instant
	}{
		"a late timer":            {40 * time.Millisecond, false, 2},
		"an idle minute":          {time.Minute, false, 1},
		"shut out for five hours": {5 * time.Hour, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, now := bot.NewPacer(30), bottest.Noon()
			if wait, _ := p.Reserve("a", bot.Spacing{}, now); wait != 0 {
				t.Fatalf("the first message waits %s", wait)
			}
			begin := now.Add(time.Second / 30).Add(tt.pause)
			if tt.held {
				p.Hold("", begin)
			}
			got := 0
			for range 10 {
				if wait, _ := p.Reserve("a", bot.Spacing{}, begin); wait == 0 {
					got++
				}
			}
			if got != tt.want {
				t.Errorf("%d messages at once, want %d", got, tt.want)
			}
		})
	}
}
