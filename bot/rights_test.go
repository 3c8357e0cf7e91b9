package bot_test

import (
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestRightComesBack: a place that may not be written to is tried now and then, for many a
// right is missing for a minute or a night; what it is owed comes when it may. Only one
// that refuses for a day is put to rest.
func TestRightComesBack(t *testing.T) {
	for name, c := range map[string]struct {
		closed time.Duration
		// most is how often it may be tried in vain.
		most   int64
		titles []string // a story is published every four hours
		rest   subscriptions.RestReason
	}{
		"for a minute": {closed: time.Minute, most: 1, titles: []string{"0", "4", "8", "12", "16", "20", "24", "28"}},
		"for a night":  {closed: 9*time.Hour + time.Minute, most: 12, titles: []string{"4", "8", "12", "16", "20", "24", "28"}},
		"for ever":     {closed: 1000 * time.Hour, most: 30, rest: subscriptions.RestNoRight},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				b := newBench(t, bottest.Limits{})
				var skipped atomic.Int64 // hours are long on fake time too
				b.now = func() time.Time { return time.Now().Add(time.Duration(skipped.Load())) }
				s := b.follow(1, nil, "club/genk")
				opens := b.now().Add(c.closed)
				var refused atomic.Int64
				b.platform.Script(func(subscriptions.Address, bot.Message, int) (bot.Receipt, bool) {
					shut := b.now().Before(opens)
					if shut {
						refused.Add(1)
					}
					return bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestNoRight, Err: errPlatform}, shut
				})
				b.start()
				for minutes := 0; minutes < 30*60; minutes += 10 {
					if minutes%(4*60) == 0 {
						b.publishAt(b.now(), "club/genk", strconv.Itoa(minutes/60))
					}
					time.Sleep(4 * time.Second)
					skipped.Add(int64(10*time.Minute - 4*time.Second))
					if now, err := b.store.Find(t.Context(), s.Address); err != nil || minutes < 23*60 && now.Rest.Reason != "" {
						t.Fatalf("after %d minutes: %+v, %v", minutes, now.Rest, err)
					}
				}
				if diff := cmp.Diff(c.titles, b.titles(1)); diff != "" {
					t.Errorf("what came (-want +got)\n%s\n%s", diff, b.logs)
				}
				if n := refused.Load(); n == 0 || n > c.most {
					t.Errorf("tried %d times in vain, want at most %d", n, c.most)
				}
				if now, err := b.store.Find(t.Context(), s.Address); err != nil || now.Rest.Reason != c.rest {
					t.Errorf("rest %+v, %v; want %q", now.Rest, err, c.rest)
				}
			})
		})
	}
}

// TestBackIsTriedAgain: what waits because the place may not be written to comes at once
// when it may.
func TestBackIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", true)
	p.say(t, "/volg genk")
	w.Publish(t, subscriptions.Article{
		Key: "wait", URL: "https://dagblad.example/wait", Title: "Genk wacht", Language: "nl", Kind: subscriptions.Fact, Published: w.Now(),
		Tags: []subscriptions.Tag{{Topic: "club/genk", Level: subscriptions.About}},
	})
	claim := func() []subscriptions.Parcel {
		t.Helper()
		parcels, err := w.Store.Claim(t.Context(), w.Now(), subscriptions.ClaimRequest{
			Platform: p.place.Address.Platform, Parcels: 10, PerParcel: 10, Lease: time.Minute,
		})
		if err != nil {
			t.Fatal(err)
		}
		return parcels
	}
	w.Wait(time.Minute)
	out := claim()
	if len(out) != 1 {
		t.Fatalf("%d parcels, want 1", len(out))
	}
	err := w.Store.Settle(t.Context(), w.Now(), []subscriptions.Settlement{
		{Parcel: out[0].ID, Outcome: subscriptions.Postponed, Until: w.Now().Add(time.Hour)},
	})
	if err != nil || len(claim()) != 0 {
		t.Fatalf("it does not wait: %v", err)
	}
	if err := w.Commands.Notice(t.Context(), bot.Notice{Kind: bot.NoticeBack, Address: p.place.Address}); err != nil {
		t.Fatal(err)
	}
	if again := claim(); len(again) != 1 {
		t.Errorf("%d parcels when it is back, want 1", len(again))
	}
}
