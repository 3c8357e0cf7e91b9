package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// fate is when a process dies: at which write to the store, and whether that one
// still reached the disk. Leases are not counted: they hold no news.
type fate struct {
	at      int
	reached bool

	mu     sync.Mutex
	armed  bool // writes count
	writes int
	dead   bool
	last   string // the write it died in
	died   chan struct{}
}

// befall carries a write out, unless the process is dead or dies of it.
func (f *fate) befall(name string, write func() error) error {
	f.mu.Lock()
	if f.dead {
		f.mu.Unlock()
		return errDead
	}
	if f.armed {
		f.writes++
	}
	dies := f.armed && f.writes == f.at
	if dies {
		f.dead, f.last = true, name
		close(f.died)
	}
	f.mu.Unlock()
	if !dies {
		return write()
	}
	if f.reached {
		_ = write() // nobody learns how it went
	}
	return errDead
}

// arm lets it count from now on.
func (f *fate) arm() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.armed = true
}

func (f *fate) isDead() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dead
}

// doomedStore is the store of a process with a fate.
type doomedStore struct {
	subscriptions.Store
	fate *fate
}

func (s doomedStore) Publish(ctx context.Context, now time.Time, p subscriptions.Publication) (a subscriptions.Article, err error) {
	err = s.fate.befall("publish", func() error { a, err = s.Store.Publish(ctx, now, p); return err })
	return a, err
}

func (s doomedStore) SaveCheckpoint(ctx context.Context, c subscriptions.Checkpoint) error {
	return s.fate.befall("checkpoint", func() error { return s.Store.SaveCheckpoint(ctx, c) })
}

func (s doomedStore) Route(ctx context.Context, now time.Time, limit int) (more bool, err error) {
	if s.fate.isDead() {
		return false, errDead
	}
	return s.Store.Route(ctx, now, limit)
}

func (s doomedStore) Claim(ctx context.Context, now time.Time, r subscriptions.ClaimRequest) (p []subscriptions.Parcel, err error) {
	err = s.fate.befall("claim", func() error { p, err = s.Store.Claim(ctx, now, r); return err })
	return p, err
}

func (s doomedStore) Plan(ctx context.Context, plans map[subscriptions.ParcelID][]byte) error {
	return s.fate.befall("plan", func() error { return s.Store.Plan(ctx, plans) })
}

func (s doomedStore) Settle(ctx context.Context, now time.Time, list []subscriptions.Settlement) error {
	return s.fate.befall("settle", func() error { return s.Store.Settle(ctx, now, list) })
}

func (s doomedStore) ReleaseDigest(ctx context.Context, now time.Time, r subscriptions.DigestRelease) (n int, err error) {
	err = s.fate.befall("digest", func() error { n, err = s.Store.ReleaseDigest(ctx, now, r); return err })
	return n, err
}

func (s doomedStore) Prune(ctx context.Context, before time.Time, limit int) (more bool, err error) {
	err = s.fate.befall("prune", func() error { more, err = s.Store.Prune(ctx, before, limit); return err })
	return more, err
}

// doomedPlatform is the platform as a process with a fate reaches it: what is on its
// way when it dies arrives, and nothing afterwards.
type doomedPlatform struct {
	bot.Messenger
	fate *fate
}

func (p doomedPlatform) Send(ctx context.Context, to subscriptions.Address, m bot.Message) bot.Receipt {
	if p.fate.isDead() {
		return bot.Receipt{Result: bot.ResultRetry, Err: errDead}
	}
	return p.Messenger.Send(ctx, to, m)
}

// TestKilledAtEveryWrite kills the pipeline at each of its writes, once before and
// once after that write reached the disk: while it publishes, claims, plans, settles,
// releases digests and prunes. The next process brings everything to everyone, and a
// reader on a platform that knows repeated keys sees each story once.
func TestKilledAtEveryWrite(t *testing.T) {
	t.Parallel()
	spared := &fate{} // counts the writes
	if !t.Run("spared", func(t *testing.T) { synctest.Test(t, func(t *testing.T) { testKilled(t, spared) }) }) {
		return
	}
	step := 1
	if testing.Short() {
		step = 9
	}
	var fates []*fate
	for at := 1; at <= spared.writes; at += step {
		for _, reached := range []bool{false, true} {
			f := &fate{at: at, reached: reached}
			fates = append(fates, f)
			t.Run(fmt.Sprintf("write %d, on disk %v", at, reached), func(t *testing.T) {
				inBubble(t, func(t *testing.T) { testKilled(t, f) })
			})
		}
	}
	t.Cleanup(func() {
		phases := map[string]int{}
		for _, f := range fates {
			phases[f.last]++
		}
		t.Logf("killed in %v", phases)
	})
}

func killedTitles() []string {
	return []string{
		"Genk bouwt een stadion in Hasselt", "Genk ontslaat zijn trainer", "Genk verhoogt abonnementsprijzen met tien procent",
		"Genk vindt een nieuwe doelman", "Verdediger van Genk scheurt kruisband",
	}
}

func testKilled(t *testing.T, f *fate) {
	t.Helper()
	f.died = make(chan struct{}) // of this bubble
	paper := newPublisher("krant", 20*time.Second)
	b := newBench(t, bottest.Limits{Latency: 30 * time.Millisecond}, paper)
	b.platform.PerMessage(2)
	b.publish("club/stvv", "oud")
	time.Sleep(bot.Retention + time.Hour) // there is something to prune
	digest := bot.NextDigest(subscriptions.DigestTime{}, time.Now())
	time.Sleep(time.Until(digest) - 70*time.Second)
	for n := range 4 {
		b.follow(n, func(s *subscriptions.Subscriber, sub *subscriptions.Subscription) {
			if n >= 2 {
				sub.Cadence, s.NextDigest = subscriptions.InDigest, digest
			}
		}, "club/genk")
	}
	b.wrap = func(s subscriptions.Store) subscriptions.Store { return doomedStore{s, f} }
	b.messenger = doomedPlatform{b.platform, f}
	b.start()
	b.live(f, paper)
	if f.isDead() {
		b.wrap, b.messenger = nil, nil
		b.start()
	}
	time.Sleep(100 * time.Second) // the promise of when all is sent again
	for n := range 4 {
		got := strings.Split(strings.Join(b.shown(n), " | "), " | ")
		slices.Sort(got)
		if !slices.Equal(got, killedTitles()) {
			t.Errorf("killed in %s: reader %d sees %q\n%s", f.last, n, b.shown(n), b.logs)
		}
	}
	// At most what was on its way comes again: a message to each.
	if n := b.platform.Repeats(); n > 4 || !f.isDead() && n > 0 {
		t.Errorf("killed in %s: %d repeats", f.last, n)
	}
}

// live has news come in until the process dies, or has done all it had to.
func (b *bench) live(f *fate, paper *publisher) {
	b.t.Helper()
	store := b.wrap(b.store)
	done := time.After(90 * time.Second)
	news := time.After(25 * time.Second)
	prune := time.NewTicker(13 * time.Second)
	defer prune.Stop()
	for {
		select {
		case <-f.died:
			b.stop()
			return
		case <-done:
			return
		case <-news:
			f.arm()
			paper.bring(killedEntries()...)
		case <-prune.C:
			_, _ = store.Prune(b.t.Context(), time.Now().Add(-bot.Retention), 1)
		}
	}
}

func killedEntries() []bot.Entry {
	var entries []bot.Entry
	for _, title := range killedTitles() {
		entries = append(entries, entry(title, time.Now()))
	}
	return entries
}
