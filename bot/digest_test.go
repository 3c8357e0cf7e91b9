package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// digestBook is a DigestQueue that notes what was released.
type digestBook struct {
	subscribers []subscriptions.Subscriber
	released    map[subscriptions.SubscriberID][]release
}

type release struct {
	date string
	at   time.Time
	skip bool
}

func (b *digestBook) DueDigests(_ context.Context, now time.Time, limit int) ([]subscriptions.Subscriber, error) {
	var due []subscriptions.Subscriber
	for _, s := range b.subscribers {
		if !s.NextDigest.After(now) && len(due) < limit {
			due = append(due, s)
		}
	}
	return due, nil
}

func (b *digestBook) ReleaseDigest(_ context.Context, now time.Time, r subscriptions.DigestRelease) (int, error) {
	for i := range b.subscribers {
		if b.subscribers[i].ID == r.Subscriber {
			b.subscribers[i].NextDigest = r.Next
		}
	}
	b.released[r.Subscriber] = append(b.released[r.Subscriber], release{r.Date, now, r.Skip})
	return 1, nil
}

func (b *digestBook) Held(context.Context, subscriptions.SubscriberID) ([]subscriptions.StoryID, error) {
	return nil, nil
}

// TestDigestChangedMeanwhile: who sets another hour, or has himself erased, while the
// digests of his hour are released keeps his word, and holds up nobody.
func TestDigestChangedMeanwhile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		store := openStore(t, filepath.Join(t.TempDir(), "sjotbot.db"))
		began, later := time.Now(), time.Now().Add(3*time.Hour)
		fans := make([]subscriptions.Subscriber, 3)
		save := func(change func(tx subscriptions.Tx) error) {
			if err := store.Change(t.Context(), time.Now(), subscriptions.Mark{}, change); err != nil {
				t.Error(err)
			}
		}
		save(func(tx subscriptions.Tx) error {
			for i := range fans {
				fans[i] = subscriptions.Subscriber{Address: subscriptions.Address{Platform: "test", ID: strconv.Itoa(i)}, NextDigest: began}
				if err := tx.SaveSubscriber(&fans[i]); err != nil {
					return err
				}
			}
			return nil
		})
		queue := &interruptedQueue{DigestQueue: store, meanwhile: func() {
			save(func(tx subscriptions.Tx) error {
				fans[0].NextDigest = later
				return errors.Join(tx.SaveSubscriber(&fans[0]), tx.Erase(fans[1].ID))
			})
		}}
		logs := &logBook{}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		clock := bot.NewDigestClock(bot.DigestClockConfig{Store: queue, Now: time.Now, Logger: slog.New(slog.NewTextHandler(logs, nil))})
		if err := clock.Run(ctx); err != nil {
			t.Error(err)
		}
		if s, err := store.Find(t.Context(), fans[0].Address); err != nil || !s.NextDigest.Equal(later) {
			t.Errorf("set to another hour: next %v, want %v; %v", s.NextDigest, later, err)
		}
		if s, err := store.Find(t.Context(), fans[2].Address); err != nil || !s.NextDigest.After(began) {
			t.Errorf("behind who was erased: next %v, %v", s.NextDigest, err)
		}
		if text := logs.String(); text != "" {
			t.Errorf("logged: %s", text)
		}
	})
}

// interruptedQueue is a queue in which something happens behind the first look.
type interruptedQueue struct {
	subscriptions.DigestQueue
	meanwhile func()
}

func (q *interruptedQueue) DueDigests(ctx context.Context, now time.Time, limit int) ([]subscriptions.Subscriber, error) {
	due, err := q.DigestQueue.DueDigests(ctx, now, limit)
	q.meanwhile()
	q.meanwhile = func() {}
	return due, err
}

// TestDigestOncePerDate: over two years, with the clock changes and a restart every
// few days, each local date has one digest at its hour.
func TestDigestOncePerDate(t *testing.T) {
	long(t)
	inBubble(t, func(t *testing.T) {
		book := &digestBook{released: map[subscriptions.SubscriberID][]release{}}
		minutes := []int{0, 2 * 60, 2*60 + 30, 3 * 60, 8 * 60, 18*60 + 30, 23*60 + 59}
		for i, m := range minutes {
			d := subscriptions.DigestTime{Minute: m}
			book.subscribers = append(book.subscribers, subscriptions.Subscriber{
				ID: subscriptions.SubscriberID(i + 1), Digest: d, NextDigest: bot.NextDigest(d, time.Now()),
			})
		}
		// The clock looks every minute of the bubble, which is ten minutes here: two
		// years of minutes would take long.
		began := time.Now()
		now := func() time.Time { return began.Add(10 * time.Since(began)) }
		for run := 0; now().Before(began.AddDate(2, 0, 0)); run++ {
			ctx, cancel := context.WithTimeout(context.Background(), 9*time.Hour+time.Duration(run)*time.Minute)
			clock := bot.NewDigestClock(bot.DigestClockConfig{Store: book, Now: now, Logger: slog.New(slog.DiscardHandler)})
			if err := clock.Run(ctx); err != nil {
				t.Error(err)
			}
			cancel()
			time.Sleep(18 * time.Minute) // three hours down: caught up, once
		}
		days := int(now().Sub(began).Hours() / 24)
		for i, m := range minutes {
			got := book.released[subscriptions.SubscriberID(i+1)]
			checkDates(t, fmt.Sprintf("%02d:%02d", m/60, m%60), m, got, days)
		}
	})
}

func checkDates(t *testing.T, name string, minute int, got []release, days int) {
	t.Helper()
	if len(got) < days-1 || len(got) > days+1 {
		t.Errorf("%s: %d digests in %d days", name, len(got), days)
	}
	onTime := 0
	for i, r := range got {
		local := r.at.In(bot.Brussels())
		if r.skip {
			t.Errorf("%s: %s was skipped", name, r.date)
		}
		if i > 0 {
			day, _, _ := strings.Cut(r.date, " ")
			before, _, _ := strings.Cut(got[i-1].date, " ")
			last, _ := time.Parse(time.DateOnly, before)
			if want := last.AddDate(0, 0, 1).Format(time.DateOnly); day != want {
				t.Errorf("%s: after %s came %s", name, got[i-1].date, r.date)
			}
		}
		if late := (local.Hour()*60 + local.Minute() - minute + 24*60) % (24 * 60); late <= 10 {
			onTime++
		}
	}
	// The rest fell into a pause of three hours, or into the hour that is skipped.
	if onTime < days*90/100 {
		t.Errorf("%s: only %d of %d on time", name, onTime, len(got))
	}
}

// TestDigestTooLate: what was missed by more than half a day is skipped, and
// several missed ones are caught up as one. Skipped is also what would have to wait so
// long for the end of a mute: let go it would be dropped by then.
func TestDigestTooLate(t *testing.T) {
	for name, c := range map[string]struct {
		late  time.Duration
		muted time.Duration // from its hour on
		want  []release
	}{
		"an hour":               {late: time.Hour, want: []release{{date: "2000-01-02 08:00"}}},
		"half a day":            {late: 12 * time.Hour, want: []release{{date: "2000-01-02 08:00", skip: true}}},
		"three days, six hours": {late: 3*24*time.Hour + 6*time.Hour, want: []release{{date: "2000-01-05 08:00"}}},
		"muted for an hour":     {muted: time.Hour, want: []release{{date: "2000-01-02 08:00"}}},
		"muted for the day":     {muted: 16 * time.Hour, want: []release{{date: "2000-01-02 08:00", skip: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := subscriptions.DigestTime{Minute: 8 * 60}
				at := bot.NextDigest(d, time.Now().Add(24*time.Hour))
				fan := subscriptions.Subscriber{ID: 1, Digest: d, NextDigest: at}
				if c.muted > 0 {
					fan.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Until: at.Add(c.muted)}
				}
				book := &digestBook{released: map[subscriptions.SubscriberID][]release{}, subscribers: []subscriptions.Subscriber{fan}}
				time.Sleep(time.Until(at) + c.late)
				ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
				defer cancel()
				_ = bot.NewDigestClock(bot.DigestClockConfig{Store: book, Now: time.Now, Logger: slog.New(slog.DiscardHandler)}).Run(ctx)
				got := book.released[1]
				for i := range got {
					got[i].at = time.Time{}
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("released %v, want %v", got, c.want)
				}
				if next := book.subscribers[0].NextDigest; !next.After(time.Now()) || time.Until(next) > 25*time.Hour {
					t.Errorf("the next is at %s", next)
				}
			})
		})
	}
}

// digestAt has what a subscriber follows wait for a digest at a minute of the day; a bubble
// begins at the sixtieth.
func digestAt(minute int) func(*subscriptions.Subscriber, *subscriptions.Subscription) {
	return func(s *subscriptions.Subscriber, sub *subscriptions.Subscription) {
		s.Digest = subscriptions.DigestTime{Minute: minute}
		s.NextDigest = bot.NextDigest(s.Digest, time.Now())
		sub.Cadence = subscriptions.InDigest
	}
}

// TestDigestArrives is the whole way of a digest, on a real store: one message, at
// the minute, without what came at once; nothing to tell is no message.
func TestDigestArrives(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		next := bot.NextDigest(subscriptions.DigestTime{Minute: 70}, time.Now()) // in ten minutes
		b.follow(1, func(s *subscriptions.Subscriber, sub *subscriptions.Subscription) {
			digestAt(70)(s, sub)
			s.Quiet = subscriptions.Quiet{From: 22 * 60, To: 7 * 60}
		}, "club/genk", "club/stvv")
		b.follow(2, digestAt(70), "club/gent")
		b.start()
		b.publish("club/genk", "a", "b")
		b.publish("club/stvv", "c")
		time.Sleep(9 * time.Minute)
		if got := b.titles(1); len(got) != 0 {
			t.Fatalf("before its hour: %q", got)
		}
		time.Sleep(70 * time.Second)
		synctest.Wait()
		sent := b.platform.Sent()
		if len(sent) != 1 || len(sent[0].Message.Items) != 3 {
			t.Fatalf("at its hour: %q, and nothing to tell: %q\n%s", b.titles(1), b.titles(2), b.logs)
		}
		if at := sent[0].At.Sub(next); at < 0 || at > 5*time.Second {
			t.Errorf("it came %s after its minute", at)
		}
		m := sent[0].Message
		if !m.Silent {
			t.Error("it made a sound in quiet hours")
		}
		if m.Items[0].Group == "" || m.Items[0].Group == m.Items[2].Group || !m.Items[0].Compact {
			t.Errorf("items %+v", m.Items)
		}
	})
}

// TestDigestAtAnotherHour: who moves his digest to a later minute of a day that has had
// one gets it then, as he was told. What was shown is not shown again.
func TestDigestAtAnotherHour(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		fan := b.follow(1, digestAt(70), "club/genk")
		b.start()
		b.publish("club/genk", "a")
		time.Sleep(11 * time.Minute)
		digestAt(75)(&fan, &subscriptions.Subscription{})
		if err := b.store.Change(t.Context(), time.Now(), subscriptions.Mark{}, func(tx subscriptions.Tx) error { return tx.SaveSubscriber(&fan) }); err != nil {
			t.Fatal(err)
		}
		b.publish("club/genk", "b")
		time.Sleep(5 * time.Minute)
		if got := b.titles(1); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("got %q", got)
		}
	})
}

// TestDigestOfManyStories: who follows many topics, or reads once a week, gets one digest too.
func TestDigestOfManyStories(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		fan := b.follow(1, digestAt(70), "club/genk")
		b.start()
		for n := range 250 {
			b.publish("club/genk", fmt.Sprint("nummer ", n))
		}
		time.Sleep(12 * time.Minute)
		var headings []string
		for _, s := range b.platform.Sent() {
			if s.Message.Title != "" {
				headings = append(headings, s.Message.Title)
			}
		}
		if len(headings) != 1 {
			t.Errorf("it came as %q", headings)
		}
		if held, err := b.store.Held(t.Context(), fan.ID); err != nil || len(held) > 0 {
			t.Errorf("%d are held still, %v", len(held), err)
		}
	})
}

// TestDigestAfterAClockAhead: a machine whose clock was in the next year for a while does
// not put the digests off until then.
func TestDigestAfterAClockAhead(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		b := newBench(t, bottest.Limits{})
		b.follow(1, digestAt(70), "club/genk")
		var ahead atomic.Int64
		ahead.Store(int64(366 * 24 * time.Hour))
		b.now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())).Round(0) }
		b.start()
		time.Sleep(time.Minute)
		ahead.Store(0)
		b.publish("club/genk", "a")
		time.Sleep(8 * time.Minute)
		if got := b.titles(1); len(got) != 0 {
			t.Errorf("before its hour: %q", got)
		}
		time.Sleep(2 * time.Minute)
		if got := b.titles(1); !slices.Equal(got, []string{"a"}) {
			t.Errorf("at its hour: %q\n%s", got, b.logs)
		}
	})
}

// TestDigestAfterAnOutage: a digest that the platform did not take at its hour comes when
// it does, as one message; after more than a day it is the next one that comes.
func TestDigestAfterAnOutage(t *testing.T) {
	for hours, want := range map[int]string{3: "a | b", 14: "a | b", 22: "a | b", 25: "c | d"} {
		t.Run(fmt.Sprint(hours, " hours"), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{})
				b.follow(1, digestAt(65), "club/genk")
				var down atomic.Bool
				down.Store(true)
				b.platform.Script(func(subscriptions.Address, bot.Message, int) (bot.Receipt, bool) {
					return bot.Receipt{Result: bot.ResultRetry, Err: errPlatform}, down.Load()
				})
				b.start()
				b.publish("club/genk", "a", "b")
				time.Sleep(6 * time.Minute)
				b.publish("club/genk", "c", "d")
				b.stop()
				for range hours { // tried now and then, for on fake time too such a night is long
					time.Sleep(59 * time.Minute)
					b.start()
					time.Sleep(time.Minute)
					b.stop()
				}
				down.Store(false)
				b.start()
				time.Sleep(2 * time.Minute)
				if diff := cmp.Diff([]string{want}, b.titles(1)); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		})
	}
}
