//go:build unix

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// lowerBound is the least time in which a platform's own limits let these messages
// through, given by their number in each chat: all of them at the rate over all
// chats, and those of the fullest chat at the limit of a chat. Nothing of our own,
// neither headroom nor latency, is in it.
func lowerBound(perChat []int, rate, chatLimit int, within time.Duration) time.Duration {
	total, fullest := 0, 0
	for _, n := range perChat {
		total += n
		fullest = max(fullest, n)
	}
	return max(time.Duration(total-1)*time.Second/time.Duration(rate), time.Duration((fullest-1)/chatLimit)*within)
}

// TestHotChats: 200 chats are owed ten stories each, among 6 000 that are owed one,
// all at once. As it is they get one bundle each. With bundles cut into a message a
// story, which shows the scheduler alone, nobody waits for those chats and they wait
// for nobody. Either way all is over within 1.15 of the least time that the
// platform's limits allow for the messages that were sent. Without -args -load there
// are a fifth of those chats and of the others.
//
//	go test ./cmd/sjotbot -run TestHotChats -v -args -load
func TestHotChats(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		plan plan
		// messages is how many a hot chat gets.
		messages int
	}{
		"bundled on Telegram": {plan{telegram: 1000}, 1},
		"bundled on Discord":  {plan{discord: 50}, 1},
		"cut on Telegram":     {plan{telegram: 1000, cut: true}, 10},
		"cut on Discord":      {plan{discord: 50, cut: true}, 10},
	} {
		t.Run(name, func(t *testing.T) {
			onFakeTime(t, func(t *testing.T) { hotChats(t, c.plan, c.messages) })
		})
	}
}

func hotChats(t *testing.T, p plan, messages int) {
	t.Helper()
	const stories = 10
	hot, others := 40, 1200
	if *load {
		hot, others = 200, 6000
	}
	p.network, p.latency = &pipes{}, 60*time.Millisecond
	s := newRig(t, p)
	platform, rate, chatLimit, within := telegram.Platform, p.telegram, 1, time.Second
	fans := func(n int, what follows) { s.telegramFans(n, what) }
	if p.discord > 0 {
		platform, rate, chatLimit, within = discord.Platform, p.discord, 5, 5*time.Second
		fans = s.discordFans
	}
	fans(others/2, follows{"club/genk": subscriptions.Instant})
	fans(hot, follows{"club/gent": subscriptions.Instant})
	fans(others/2, follows{"club/genk": subscriptions.Instant})
	var names []string
	for i := range stories {
		names = append(names, fmt.Sprintf("speler-%03d", i))
		s.publish("club/gent", names[i])
	}
	s.publish("club/genk", "de-aanvoerder")
	s.queue()
	began := time.Now()
	s.start()
	s.until(func() bool { return s.owed() == 0 }, 500*time.Millisecond, time.Hour)
	var perChat []int
	var took time.Duration
	fullest := 0
	for _, d := range s.everyone(platform) {
		perChat = append(perChat, len(d.texts))
		fullest = max(fullest, len(d.texts))
		for _, at := range d.dates {
			took = max(took, at.Sub(began))
		}
		all := strings.Join(d.texts, "\n")
		if !strings.Contains(all, names[0]) {
			names := []string{"de-aanvoerder"}
			d.expect(t, names)
			continue
		}
		d.expect(t, names)
	}
	bound := lowerBound(perChat, rate, chatLimit, within)
	t.Logf("%d chats were owed %d stories and got %d messages, %d others got one: %s, %.3f of the lower bound %s",
		hot, stories, fullest, others, took.Round(time.Millisecond), took.Seconds()/bound.Seconds(), bound)
	if took > bound*115/100 {
		t.Errorf("it took %s, want at most 1.15 of %s", took, bound)
	}
	if fullest != messages {
		t.Errorf("a hot chat got %d messages, want %d", fullest, messages)
	}
	if tr := s.wires[platform].traffic(); tr.lockOuts > 0 {
		t.Errorf("%d lock-outs", tr.lockOuts)
	}
}

// expect fails the test unless somebody got these stories, each once and in order.
func (d delivered) expect(t *testing.T, names []string) {
	t.Helper()
	all, at := strings.Join(d.texts, "\n"), -1
	for _, name := range names {
		page := "tribune.example/" + name
		i := strings.Index(all, page)
		switch {
		case i < 0:
			t.Fatalf("%s did not get %s", d.who, name)
		case strings.Count(all, page+`"`)+strings.Count(all, page+")")+strings.Count(all, page+" ") > 1:
			t.Fatalf("%s got %s more than once: %q", d.who, name, d.texts)
		case i < at:
			t.Fatalf("%s got %s too early", d.who, name)
		}
		at = i
	}
}

// TestOverload is ten times of what can be sent: everybody is owed breaking news
// and a digest at the same moment. The news comes first, the digests come late but
// come, a story of a small club that breaks meanwhile does not wait for all that,
// and who asks is answered at once. With -args -load a hundred thousand of each.
//
//	go test ./cmd/sjotbot -run TestOverload -v -timeout 0 -args -load
func TestOverload(t *testing.T) {
	people := 3_000
	if *load {
		people = 100_000
	}
	onFakeTime(t, func(t *testing.T) { overload(t, people) })
}

func overload(t *testing.T, people int) {
	t.Helper()
	const rate, few = 30, 100
	s := newRig(t, plan{network: &pipes{}, telegram: rate, latency: 60 * time.Millisecond})
	s.telegramFans(people, follows{"club/genk": subscriptions.Instant, "club/gent": subscriptions.InDigest})
	s.telegramFans(few, follows{"club/stvv": subscriptions.Instant})
	s.publish("club/gent", "het-overzicht")
	s.queue()
	s.publish("club/genk", "het-nieuws")
	s.releaseDigests(people)
	s.queue()
	began := time.Now()
	s.start()
	answers := s.ask(t)
	half := time.Duration(people) * time.Second / rate / 2
	time.Sleep(half)
	broke := time.Now()
	s.publish("club/stvv", "de-kleine-club")
	s.until(func() bool { return s.owed() == 0 }, time.Minute, 24*time.Hour)
	waits := answers()

	var news, digests, small []time.Duration
	for _, d := range s.everyone(telegram.Platform)[:people+few] {
		for i, text := range d.texts {
			switch {
			case strings.Contains(text, "het-nieuws"):
				news = append(news, d.dates[i].Sub(began))
			case strings.Contains(text, "het-overzicht"):
				digests = append(digests, d.dates[i].Sub(began))
			case strings.Contains(text, "de-kleine-club"):
				small = append(small, d.dates[i].Sub(broke))
			}
		}
	}
	// What has to pass until the last news: it, the small club's and the answers.
	bound := time.Duration(people+few) * time.Second / (rate - 1)
	t.Logf("%d people, news and a digest for each, %d a second; the least time for the news is %s", people, rate, bound)
	t.Logf("news:          %s", quantiles(news))
	t.Logf("digests:       %s", quantiles(digests))
	t.Logf("small club:    %s, %d followers, from when it broke half-way through the news", quantiles(small), few)
	t.Logf("answers:       %s, a question a second", quantiles(waits))
	if len(news) != people || len(digests) != people || len(small) != few {
		t.Errorf("arrived: %d news, %d digests, %d of the small club; want %d, %d, %d", len(news), len(digests), len(small), people, people, few)
	}
	if p99 := news[len(news)*99/100]; p99 > bound*110/100 {
		t.Errorf("news p99 %s, want 1.1 of %s", p99, bound)
	}
	if first, last := digests[0], news[len(news)-1]; first < last {
		t.Errorf("the first digest came %s before the last news", last-first)
	}
	if slowest := small[len(small)-1]; slowest > 20*time.Second {
		t.Errorf("the small club's followers waited %s", slowest)
	}
	if p99 := waits[len(waits)*99/100]; p99 > time.Second {
		t.Errorf("answers p99 %s", p99)
	}
	if tr := s.wires[telegram.Platform].traffic(); tr.lockOuts > 0 {
		t.Errorf("%d lock-outs, %d requests during them", tr.lockOuts, tr.defied)
	}
}

// releaseDigests releases what is held for the first n subscribers.
func (s *rig) releaseDigests(n int) {
	s.Helper()
	for id := range n {
		_, err := s.rooms.store.ReleaseDigest(s.Context(), time.Now(), subscriptions.DigestRelease{Subscriber: subscriptions.SubscriberID(id + 1)})
		if err != nil {
			s.Fatal(err)
		}
	}
}

// ask has people on Telegram ask something every second until the returned function
// is called, which returns how long they waited, sorted.
func (s *rig) ask(t *testing.T) (end func() []time.Duration) {
	t.Helper()
	const people = 50
	stop := s.listen()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	var mu sync.Mutex
	var waits []time.Duration
	running.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for i := 0; ; i++ {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			chat := s.telegram.Chat(int64(1 + i%people))
			asked := time.Now()
			chat.Says("/lijst")
			running.Go(func() {
				wait := chat.Sees().Date.Sub(asked)
				mu.Lock()
				defer mu.Unlock()
				waits = append(waits, wait)
			})
		}
	})
	return func() []time.Duration {
		cancel()
		running.Wait()
		stop()
		slices.Sort(waits)
		return waits
	}
}

// quantiles sorts waits and shows them.
func quantiles(waits []time.Duration) string {
	if len(waits) == 0 {
		return "none"
	}
	slices.Sort(waits)
	at := func(percent int) time.Duration { return waits[(len(waits)-1)*percent/100].Round(time.Millisecond) }
	return fmt.Sprintf("p50 %s, p99 %s, last %s", at(50), at(99), at(100))
}

// BenchmarkCrowd is what a thousand people wait for who ask at once, half of them to
// follow and unfollow, while a story goes out to twenty thousand others from the same
// file: from the question to the answer at the platform, through sockets.
func BenchmarkCrowd(b *testing.B) {
	const people, followers = 1000, 20_000
	s := newRig(b, plan{network: loopback{}, telegram: 1000, lax: true})
	s.telegramFans(followers, follows{"club/genk": subscriptions.Instant})
	s.start()
	s.listen()
	var chats []*telegramtest.Chat
	for i := range people {
		chats = append(chats, s.telegram.Chat(int64(1+i)))
	}
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		s.publish("club/genk", fmt.Sprintf("speler-%03d", n))
		for s.owed() == 0 {
			time.Sleep(time.Millisecond) // until it is under way
		}
		before := s.accepted()
		asked := time.Now()
		for i, c := range chats {
			c.Says([]string{"/volg genk, gent", "/lijst", "/ontvolg gent", "/nieuws genk"}[i%4])
		}
		for _, c := range chats {
			took = append(took, c.Sees().Date.Sub(asked))
		}
		if s.accepted()-before == people {
			b.Error("nothing was broadcast meanwhile")
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "ms-p99")
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "ms-p50")
}

// TestStale: after six hours news is no news. What could not be sent by then is
// dropped and counted; the digests, which may be twelve hours late, come.
func TestStale(t *testing.T) {
	onFakeTime(t, func(t *testing.T) {
		const people, digests = 600, 200
		s := newRig(t, plan{network: &pipes{}, telegram: 30, latency: 60 * time.Millisecond})
		s.telegramFans(digests, follows{"club/gent": subscriptions.InDigest})
		s.telegramFans(people, follows{"club/genk": subscriptions.Instant})
		s.publish("club/gent", "het-overzicht")
		s.queue()
		s.publish("club/genk", "het-nieuws")
		s.releaseDigests(digests)
		s.queue()
		s.start()
		time.Sleep(10 * time.Second)
		s.telegram.LockOut(0, 6*time.Hour)
		s.until(func() bool { return s.owed() == 0 }, time.Minute, 8*time.Hour)
		got := map[string]int{}
		for _, d := range s.everyone(telegram.Platform) {
			for _, text := range d.texts {
				_, name, _ := strings.Cut(text, "tribune.example/")
				got[strings.FieldsFunc(name, func(r rune) bool { return r == '"' })[0]]++
			}
		}
		dropped := int(s.dispatcher.Status()[0].Dropped[bot.DroppedLate])
		t.Logf("%d of %d got the news before the platform closed for six hours, %d were dropped as late; %d of %d digests came", got["het-nieuws"], people, dropped, got["het-overzicht"], digests)
		if got["het-nieuws"] == 0 || dropped == 0 || got["het-nieuws"]+dropped != people {
			t.Errorf("%d news arrived and %d were dropped, want %d together", got["het-nieuws"], dropped, people)
		}
		if got["het-overzicht"] != digests {
			t.Errorf("%d digests, want %d", got["het-overzicht"], digests)
		}
		if tr := s.wires[telegram.Platform].traffic(); tr.lockOuts != 1 || tr.defied > 0 {
			t.Errorf("%d lock-outs, %d requests during them", tr.lockOuts, tr.defied)
		}
	})
}
