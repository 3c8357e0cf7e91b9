//go:build unix

package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"text/tabwriter"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

var (
	hours = flag.Int("hours", 2, "how many hours TestSoak simulates; the long form is 24")
	soak  = flag.Duration("soak", 0, "how long TestSoakOnTheClock runs; the long form is 10m, with -race")
)

// TestSoak lets the whole program live for hours of fake time, with feeds, commands,
// digests, faults and lost connections, and weighs it every hour: nothing grows that
// has no reason to, and nobody misses a story. The long form:
//
//	go test ./cmd/sjotbot -run 'TestSoak$' -v -timeout 0 -args -hours 24
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("long on fake time; not in -short")
	}
	// Not in parallel: it weighs the process.
	synctest.Test(t, func(t *testing.T) {
		newSoak(t, &pipes{}, time.Minute, 5*time.Minute).live(time.Duration(*hours)*time.Hour, time.Hour)
	})
}

// TestSoakOnTheClock is the same with sockets and on the real clock, for the race
// detector:
//
//	go test -race ./cmd/sjotbot -run TestSoakOnTheClock -v -timeout 0 -args -soak 10m
func TestSoakOnTheClock(t *testing.T) {
	if *soak == 0 {
		t.Skip("minutes of real time: run it with -args -soak 10m")
	}
	newSoak(t, loopback{}, 200*time.Millisecond, time.Second).live(*soak, *soak/10)
}

// soaked is a program in the soak test, and those around it.
type soaked struct {
	*testing.T
	rooms    *rooms
	step     time.Duration
	telegram *telegramtest.Server
	discord  *discordtest.Server
	papers   *papers
	users    []*discordtest.User
	log      buffer
	rand     *rand.Rand
	printed  []item
	got      map[string]map[string]int // how often each follower got each story
	digests  int
	weighed  []weight
}

// weight is what the program is like at one moment.
type weight struct {
	at               time.Duration
	goroutines, fds  int
	heap, file, wal  int64 // bytes
	stories, answers int
}

const (
	soakFans  = 30 // on Telegram; the first ten get digests
	soakUsers = 15 // on Discord
	firstFan  = 10_000
)

func newSoak(t *testing.T, n network, step, interval time.Duration) *soaked {
	t.Helper()
	s := &soaked{T: t, rand: rand.New(rand.NewPCG(*seed, 4)), step: step, got: map[string]map[string]int{}}
	logger := slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	var err error
	s.telegram, err = telegramtest.Start(telegramtest.Options{Limits: telegramtest.RealLimits(), Listener: n.listen(t, "telegram")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.telegram.Close)
	s.discord = discordtest.NewServer(discordtest.Options{Listener: n.listen(t, "discord"), IdentifyEvery: -1, AckWithin: time.Minute})
	t.Cleanup(s.discord.Close)
	s.papers = &papers{items: map[string][]dated{}, newest: 50}
	press := n.listen(t, "press")
	server := &http.Server{Handler: s.papers, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(press) }()
	t.Cleanup(func() { _ = server.Close() })

	cfg := defaultConfig()
	cfg.Database, cfg.Web.Listen = filepath.Join(t.TempDir(), "soak.db"), ""
	if s.rooms, err = openRooms(context.WithoutCancel(t.Context()), cfg, logger, time.Now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.rooms.close() })
	transport := &http.Transport{DialContext: n.dial, MaxIdleConnsPerHost: 64, IdleConnTimeout: 30 * time.Second}
	t.Cleanup(transport.CloseIdleConnections)
	source, err := feed.New(feed.Config{
		Name: "de-tribune", Publisher: "De Tribune", URL: "http://" + press.Addr().String() + "/tribune",
		Kind: feed.KindFeed, Language: "nl", Quotes: bot.QuotesRumour, Interval: interval,
	}, feed.Options{Transport: transport, Logger: logger, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	s.rooms.sources = []bot.Source{source}
	s.run(s.platforms(transport, n, logger))
	return s
}

func (s *soaked) platforms(transport http.RoundTripper, n network, logger *slog.Logger) map[string]platform {
	s.Helper()
	specs := bot.Specs(s.rooms.locale)
	tg, err := telegram.New(telegram.Config{
		Token: telegramtest.Token, APIURL: s.telegram.URL, Progress: s.rooms.store, Holder: s.rooms.holder,
		Specs: specs, Logger: logger, Transport: transport,
	})
	if err != nil {
		s.Fatal(err)
	}
	dc, err := discord.New(discord.Config{
		Token: s.discord.Token(), APIURL: s.discord.URL(), Progress: s.rooms.store, Holder: s.rooms.holder,
		Specs: specs, Logger: logger, Transport: transport, Dial: n.dial,
	})
	if err != nil {
		s.Fatal(err)
	}
	return map[string]platform{"telegram": tg, "discord": dc}
}

func (s *soaked) run(platforms map[string]platform) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.Context()))
	var running sync.WaitGroup
	running.Go(func() {
		if err := s.rooms.serve(ctx, platforms); err != nil {
			s.Errorf("serve: %v", err)
		}
	})
	s.Cleanup(func() { cancel(); running.Wait() })
}

// live lets a time pass in steps, and weighs the program every so often.
func (s *soaked) live(total, every time.Duration) {
	s.settleIn()
	began := time.Now()
	weighed := began
	for i := 0; time.Since(began) < total; i++ {
		switch {
		case i%97 == 96:
			s.discord.Disconnect(0)
		case i%61 == 60:
			s.telegram.Break(telegramtest.Fault{Kind: telegramtest.BadGateway, Times: 3})
		case i%5 == 0:
			s.print()
		}
		s.talk(i)
		time.Sleep(s.step)
		if time.Since(weighed) >= every {
			weighed = time.Now()
			s.weigh(time.Since(began))
		}
	}
	// What is on its way may arrive; a poll and a back-off of either platform.
	time.Sleep(min(20*s.step, 10*time.Minute) + 50*time.Second)
	s.weigh(time.Since(began))
	s.report()
}

// settleIn has everybody follow, and waits for the first read of the paper.
func (s *soaked) settleIn() {
	s.papers.print(item{"tribune", "oud", "KV Mechelen traint op zondag", "De kern traint."}, time.Now().Add(-time.Hour))
	for i := range soakFans {
		chat := s.telegram.Chat(int64(firstFan + i))
		chat.Says("/volg kv mechelen, westerlo, cercle brugge")
		chat.Sees()
		if i < 10 {
			at := time.Now().In(bot.Brussels()).Add(time.Duration(10+10*i) * time.Minute)
			chat.Says("/overzicht " + at.Format("15:04"))
			chat.Sees()
		}
	}
	for i := range soakUsers {
		s.users = append(s.users, s.discord.User("fan"+strconv.Itoa(i), "nl"))
	}
	for i, u := range s.users {
		for try := 0; ; try++ {
			_, err := u.Slash(u.Direct(), "follow", "topic="+soakClubs()[i%3])
			if err == nil {
				break
			}
			if try == 100 {
				s.Fatal(err) // the commands are not registered
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	time.Sleep(5 * time.Second)
}

// soakClubs are those that everybody on Telegram follows, and on Discord every third.
func soakClubs() []string { return []string{"KV Mechelen", "Westerlo", "Cercle Brugge"} }

// print prints a story.
func (s *soaked) print() {
	n := len(s.printed)
	it := invented(s.rand, n, soakClubs()[n%3])
	s.printed = append(s.printed, it)
	s.papers.print(it, time.Now())
}

// talk has people ask something on both platforms.
func (s *soaked) talk(i int) {
	chat := s.telegram.Chat(int64(50_000 + i%40))
	chat.Says([]string{"/lijst", "/volg genk", "/nieuws genk", "/ontvolg genk", "/zoek verdediger", "/help"}[i%6])
	chat.Sees()
	if i%7 == 3 {
		u := s.users[i%len(s.users)]
		if _, err := u.Slash(u.Direct(), "following"); err != nil {
			s.Errorf("step %d: %v", i, err)
		}
	}
}

// weigh counts what people got since the last time, forgets it, and weighs what is left.
func (s *soaked) weigh(at time.Duration) {
	take := func(who, text string) {
		if strings.Contains(text, "verzicht") {
			s.digests++
			return
		}
		for _, page := range pagesIn(text) {
			if s.got[who] == nil {
				s.got[who] = map[string]int{}
			}
			s.got[who][page]++
		}
	}
	for i := range soakFans {
		for _, m := range s.telegram.Chat(int64(firstFan + i)).Messages() {
			take(fmt.Sprint("chat ", i), m.Markup)
		}
	}
	for i, u := range s.users {
		for _, m := range u.Direct().Messages() {
			text := []string{m.Content}
			for _, e := range m.Embeds {
				text = append(text, e.URL)
			}
			take(fmt.Sprint("user ", i), strings.Join(text, "\n"))
		}
	}
	s.telegram.Forget()
	s.discord.Forget()
	runtime.GC()
	runtime.GC() // the first fills the pools' victims
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	w := weight{
		at: at, goroutines: runtime.NumGoroutine(), fds: openFiles(), heap: int64(m.HeapAlloc),
		file: size(s.rooms.config.Database), wal: size(s.rooms.config.Database + "-wal"), stories: len(s.printed),
		answers: s.telegram.Counts().Messages,
	}
	s.weighed = append(s.weighed, w)
	if testing.Verbose() {
		s.Logf("%s: %+v", at.Round(time.Second), w)
	}
}

// pagesIn returns the addresses of stories in a message, each once.
func pagesIn(text string) []string {
	var pages []string
	for rest := text; ; {
		i := strings.Index(rest, "https://de-tribune.example/")
		if i < 0 {
			return pages
		}
		rest = rest[i:]
		page := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("\" )>\n", r) })[0]
		if len(pages) == 0 || pages[len(pages)-1] != page {
			pages = append(pages, page)
		}
		rest = rest[len(page):]
	}
}

// openFiles is how many files and sockets the process has open; 0 where that is not
// to be known.
func openFiles() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

func size(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.Size()
}

// report prints the weights, and fails the test for what has grown or is missing.
func (s *soaked) report() {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "after\tstories\tmessages\tgoroutines\tfiles\theap kB\tdatabase kB\tlog kB\t")
	for _, x := range s.weighed {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", x.at.Round(time.Second), x.stories, x.answers, x.goroutines, x.fds, x.heap>>10, x.file>>10, x.wal>>10)
	}
	_ = w.Flush()
	s.Logf("%d digests\n%s", s.digests, &b)
	first, last := s.weighed[0], s.weighed[len(s.weighed)-1]
	if last.goroutines > first.goroutines+10 {
		s.Errorf("%d goroutines, %d at first", last.goroutines, first.goroutines)
	}
	if last.fds > first.fds+10 {
		s.Errorf("%d open files, %d at first", last.fds, first.fds)
	}
	stories := int64(cmp.Or(last.stories-first.stories, 1))
	// The window of clustering and the database keep the stories themselves. On the real
	// clock something is under way at every moment: the least counts.
	third := (len(s.weighed) + 2) / 3
	if slope := (leastHeap(s.weighed[len(s.weighed)-third:]) - leastHeap(s.weighed[:third])) / stories; slope > 20<<10 {
		s.Errorf("the heap grew by %d kB a story", slope>>10)
	}
	if slope := (last.file - first.file) / stories; slope > 40<<10 {
		s.Errorf("the database grew by %d kB a story", slope>>10)
	}
	if last.wal > 64<<20 {
		s.Errorf("the log of the database has %d MB", last.wal>>20)
	}
	s.complete()
}

func leastHeap(list []weight) int64 {
	return slices.MinFunc(list, func(a, b weight) int { return cmp.Compare(a.heap, b.heap) }).heap
}

// complete checks that every follower got every story, once: in whichever of the
// articles that tell it.
func (s *soaked) complete() {
	told := map[subscriptions.StoryID]int{} // stories by the number of the club
	pages := map[string]subscriptions.StoryID{}
	for n, it := range s.printed {
		found, err := s.rooms.store.Latest(s.Context(), subscriptions.StoryQuery{URL: it.url(), Limit: 1})
		if err != nil || len(found) != 1 {
			s.Errorf("%s was never read (%v)", it.url(), err)
			continue
		}
		pages[it.url()], told[found[0].ID] = found[0].ID, n%3
	}
	for i := range soakFans - 10 {
		s.had(fmt.Sprint("chat ", 10+i), pages, told, func(int) bool { return true })
	}
	for i := range soakUsers {
		s.had(fmt.Sprint("user ", i), pages, told, func(club int) bool { return club == i%3 })
	}
	if s.digests == 0 {
		s.Error("no digest")
	}
}

func (s *soaked) had(who string, pages map[string]subscriptions.StoryID, told map[subscriptions.StoryID]int, follows func(club int) bool) {
	s.Helper()
	got := map[subscriptions.StoryID]int{}
	for page, n := range s.got[who] {
		got[pages[page]] += n
	}
	for story, club := range told {
		if follows(club) && got[story] != 1 || !follows(club) && got[story] != 0 {
			s.Errorf("%s got story %d %d times; the log ends:\n%s", who, story, got[story], tail(s.log.String(), 1000))
			return
		}
	}
}
