package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

var (
	kills = flag.Int("kills", 12, "how often TestCrash kills the program")
	seed  = flag.Uint64("seed", 1, "the seed of TestCrash's random moments")
)

// TestCrash kills the real program with SIGKILL at random moments while news comes
// in and platforms fail, and then counts what every follower got. The promise: no
// story lost, no story twice on Discord, and on Telegram, which has no key to
// recognise a repetition by, only those twice that were on their way at a kill or
// whose answer the platform swallowed. The long form:
//
//	go test ./cmd/sjotbot -run TestCrash -timeout 0 -args -kills 1000
func TestCrash(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills a real program; not in -short")
	}
	c := newCrash(t, 25, true)
	for i := range *kills {
		c.round(i)
	}
	c.settle()
	c.verify()
}

// crash is one run of the crash test.
type crash struct {
	t        *testing.T
	rand     *rand.Rand
	program  string
	config   string
	database string
	papers   *papers
	telegram *telegramtest.Server
	discord  *discordtest.Server
	chats    []*telegramtest.Chat
	users    []*discordtest.User
	joined   []int64 // chats that followed while the program was dying
	stories  []item
	killed   []time.Time
	log      buffer
	// followers is how many there are on each platform.
	followers int
	// firsts is how long each program took to bring its first story.
	firsts []time.Duration
}

// newCrash builds the program and prepares a world for it with so many followers on
// each platform. In chaos a request in twelve fails, in every way.
func newCrash(t *testing.T, followers int, chaos bool) *crash {
	t.Helper()
	c := &crash{t: t, rand: rand.New(rand.NewPCG(*seed, 2)), followers: followers}
	dir := t.TempDir()
	c.program = buildProgram(t, dir)
	c.platforms(chaos)
	c.papers = &papers{items: map[string][]dated{}, newest: 400}
	press := httptest.NewServer(c.papers)
	t.Cleanup(press.Close)

	c.database = filepath.Join(dir, "crash.db")
	c.config = writeConfig(t, fmt.Sprintf(`
database = %q
[telegram]
token = %q
api_url = %q
rate = 1000
[discord]
token = %q
api_url = %q
[web]
listen = ""
[polling]
interval = "1s"
[[sources]]
name = "de-tribune"
publisher = "De Tribune"
url = "%s/tribune"
kind = "feed"
language = "nl"
quotes = "rumour"
`, c.database, telegramtest.Token, c.telegram.URL, c.discord.Token(), c.discord.URL(), press.URL))
	c.follow()
	return c
}

// buildProgram makes the real program in a folder.
func buildProgram(t *testing.T, dir string) string {
	t.Helper()
	program := filepath.Join(dir, "sjotbot")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// platforms starts the two.
func (c *crash) platforms(chaos bool) {
	c.t.Helper()
	var t telegramtest.Options
	// A process that dies identifies anew each time; the pace of that is another test.
	d := discordtest.Options{IdentifyEvery: -1, IdentifyLimit: 1 << 30, NonceFor: time.Hour}
	if chaos {
		t.Chaos = telegramtest.Chaos{Seed: *seed, Shares: map[telegramtest.FaultKind]float64{
			telegramtest.BadGateway: 0.01, telegramtest.ServerError: 0.01, telegramtest.ResetBefore: 0.01, telegramtest.ResetAfter: 0.01,
			telegramtest.NullBefore: 0.01, telegramtest.Null: 0.01, telegramtest.Page: 0.01, telegramtest.Truncated: 0.01,
		}}
		d.Chaos = discordtest.Chaos{Seed: *seed, Route: "create message", Share: 0.08, Faults: []discordtest.Fault{
			{Status: 500, Body: "{}"},
			{Status: 502, Body: "<html>", After: true},
			{Reset: true},
			{Reset: true, After: true},
			{Status: 200, Body: "null"},
			{Status: 200, Body: "null", After: true},
			{Status: 200, Body: "<html>"},
			{Status: 200, Body: "<html>", After: true},
		}}
	}
	c.telegram, c.discord = telegramtest.New(c.t, t), newDiscord(c.t, d)
}

func (c *crash) clubs() []string { return []string{"KV Mechelen", "Westerlo", "Cercle Brugge"} }

// follow subscribes everyone to every club, in the database, as commands would, and
// marks the source as read before.
func (c *crash) follow() {
	ctx, now := c.t.Context(), time.Now()
	store := c.open()
	defer store.Close()
	err := store.SaveCheckpoint(ctx, subscriptions.Checkpoint{Source: "de-tribune", Read: now.Add(-time.Minute)})
	if err != nil {
		c.t.Fatal(err)
	}
	var addresses []subscriptions.Address
	for i := range c.followers {
		id := int64(10_000 + i)
		c.chats = append(c.chats, c.telegram.Chat(id))
		user := c.discord.User("fan"+strconv.Itoa(i), "nl")
		c.users = append(c.users, user)
		addresses = append(addresses,
			subscriptions.Address{Platform: "telegram", ID: strconv.FormatInt(id, 10)},
			subscriptions.Address{Platform: "discord", ID: "dm/" + user.Direct().ID})
	}
	err = store.Change(ctx, now, subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		for _, at := range addresses {
			s := subscriptions.Subscriber{Address: at, Language: "nl", Cadence: subscriptions.Instant, CreatedAt: now}
			if err := tx.SaveSubscriber(&s); err != nil {
				return err
			}
			for _, topic := range []subscriptions.Topic{"club/mechelen", "club/westerlo", "club/cercle-brugge"} {
				if err := tx.Follow(subscriptions.Subscription{Subscriber: s.ID, Topic: topic, Cadence: subscriptions.Instant, CreatedAt: now}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *crash) open() *sqlite.Store {
	c.t.Helper()
	store, err := sqlite.Open(c.t.Context(), c.database, slog.New(slog.DiscardHandler))
	if err != nil {
		c.t.Fatal(err)
	}
	return store
}

func (c *crash) start() *exec.Cmd {
	c.t.Helper()
	cmd := c.command()
	c.run(cmd)
	return cmd
}

func (c *crash) command() *exec.Cmd {
	cmd := exec.CommandContext(context.WithoutCancel(c.t.Context()), c.program, "--config", c.config)
	cmd.Stderr = &c.log
	return cmd
}

func (c *crash) run(cmd *exec.Cmd) {
	c.t.Helper()
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = cmd.Process.Kill() })
}

// round lets the program live for a random while, with news and a new follower, and
// kills it.
func (c *crash) round(i int) {
	cmd := c.start()
	for range 1 + c.rand.IntN(3) {
		c.publish()
	}
	id := int64(50_000 + i)
	c.telegram.Chat(id).Says("/volg eupen")
	c.joined = append(c.joined, id)
	c.live(time.Duration(100+c.rand.IntN(1100)) * time.Millisecond)
	c.killed = append(c.killed, time.Now())
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// live waits for so long, and notes when the first story came.
func (c *crash) live(d time.Duration) {
	before, began := c.discord.Stats().Messages, time.Now()
	for came := false; time.Since(began) < d; {
		if !came && c.discord.Stats().Messages > before {
			came = true
			c.firsts = append(c.firsts, time.Since(began))
		}
		if pause(c.t.Context(), 5*time.Millisecond) != nil {
			return
		}
	}
}

// publish prints a story that is like no other.
func (c *crash) publish() {
	it := invented(c.rand, len(c.stories), c.clubs()[c.rand.IntN(3)])
	c.stories = append(c.stories, it)
	c.papers.print(it, time.Now())
}

// invented is a story about a club that is like no other.
func invented(r *rand.Rand, number int, club string) item {
	word := func() string {
		var b strings.Builder
		for range 2 + r.IntN(2) {
			b.WriteByte("bdfgklmnprstvz"[r.IntN(14)])
			b.WriteByte("aeiou"[r.IntN(5)])
		}
		return b.String()
	}
	name := func() string { w := word(); return strings.ToUpper(w[:1]) + w[1:] }
	return item{
		publisher: "tribune", slug: fmt.Sprintf("v%05d", number),
		title: fmt.Sprintf("%s strikt verdediger %s %s van %s", club, name(), name(), name()),
		lead:  fmt.Sprintf("De verdediger komt over van %s %s en tekent bij %s tot 20%d. Zijn makelaar heet %s %s.", name(), name(), club, 28+r.IntN(6), name(), name()),
	}
}

// settle lets a last program bring everything to its end.
func (c *crash) settle() {
	cmd := c.start()
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	deadline := time.Now().Add(2*time.Minute + time.Duration(*kills)*100*time.Millisecond)
	for time.Now().Before(deadline) {
		if c.quiet() {
			return
		}
		if pause(c.t.Context(), time.Second/2) != nil {
			return
		}
	}
	c.t.Error("the last program did not get to the end of what was owed")
}

// quiet reports whether every story was read and nothing is owed any more.
func (c *crash) quiet() bool {
	store, err := sqlite.Open(c.t.Context(), c.database, slog.New(slog.DiscardHandler))
	if err != nil {
		return false // busy: the program is not done
	}
	defer store.Close()
	stats, err := store.Stats(c.t.Context(), time.Now())
	if err != nil || stats.Articles < int64(len(c.stories)) {
		return false
	}
	for _, n := range stats.Pending {
		if n > 0 {
			return false
		}
	}
	return true
}

// sighting is one message that showed a story to somebody.
type sighting struct {
	text string
	at   time.Time
}

// inFlight is how long before a kill a message may have been accepted that was not yet
// written down: an answer's way, the wait for other settlements, and a busy disk. On a
// machine that is too busy for that, as many messages may have followed it.
const (
	inFlight         = 300 * time.Millisecond
	inFlightMessages = 32
)

// unread is how long the platform may take to read what was sent before a kill, or how
// many messages that may be. The next program takes longer to begin.
const (
	unread         = 100 * time.Millisecond
	unreadMessages = 8
)

func (c *crash) verify() {
	store := c.open()
	defer store.Close()
	lost, discordTwice, telegramTwice := 0, 0, 0
	unexplained := map[sighting]bool{} // messages that were repeated far from any kill
	var latest time.Duration
	accepted := c.accepted()
	for _, it := range c.stories {
		pages := c.pages(store, it)
		for _, chat := range c.chats {
			seen := telegramSightings(chat, pages)
			switch n := len(seen); {
			case n == 0:
				lost++
			case n > 1:
				telegramTwice += n - 1
				for _, s := range seen[:n-1] {
					gap, messages := c.nearestKill(accepted, s.at)
					if gap > inFlight && messages > inFlightMessages {
						unexplained[s] = true
						continue
					}
					latest = max(latest, gap)
				}
			}
		}
		for _, user := range c.users {
			switch n := discordSightings(user, pages); {
			case n == 0:
				lost++
			case n > 1:
				discordTwice += n - 1
			}
		}
	}
	missed := c.unsubscribed(store)
	counts := c.telegram.Counts()
	stats := c.discord.Stats()
	c.t.Logf("%d kills, %d stories, %d deliveries: lost %d, Discord twice %d (repetitions recognised by nonce: %d; %d accepted and never answered)",
		len(c.killed), len(c.stories), 2*c.followers*len(c.stories), lost, discordTwice, stats.Repeated, stats.Unanswered)
	c.t.Logf("Telegram twice %d, %.2f a kill, in messages accepted at most %v before one; and %d messages of %d that the platform accepted and never answered",
		telegramTwice, float64(telegramTwice)/float64(max(1, len(c.killed))), latest.Round(time.Millisecond), len(unexplained), counts.Unanswered)
	if n := len(c.firsts); n > 0 {
		slices.Sort(c.firsts)
		c.t.Logf("%d programs lived to bring a story: the middle one after %v", n, c.firsts[n/2].Round(time.Millisecond))
	}
	c.t.Logf("follow commands given to a dying program: %d, lost %d", len(c.joined), missed)
	if lost > 0 || discordTwice > 0 || missed > 0 {
		c.t.Errorf("lost %d, Discord twice %d, follow commands lost %d; the log ends:\n%s", lost, discordTwice, missed, tail(c.log.String(), 3000))
	}
	if len(unexplained) > counts.Unanswered {
		c.t.Errorf("%d messages were repeated on Telegram without a kill, but only %d were not answered", len(unexplained), counts.Unanswered)
	}
	for _, secret := range []string{telegramtest.Token, c.discord.Token()} {
		if strings.Contains(c.log.String(), secret) {
			c.t.Error("a token is in the log")
		}
	}
}

// pages are the addresses of the articles that tell the same story as it.
func (c *crash) pages(store *sqlite.Store, it item) []string {
	found, err := store.Latest(c.t.Context(), subscriptions.StoryQuery{URL: it.url(), Limit: 1})
	if err != nil || len(found) != 1 {
		c.t.Errorf("%s was never read (%v)", it.url(), err)
		return []string{it.url()}
	}
	var pages []string
	for _, a := range found[0].Articles {
		if a.Withheld != "" {
			c.t.Errorf("%s was withheld: %s", a.URL, a.Withheld)
		}
		pages = append(pages, a.URL)
	}
	return pages
}

func showsOne(text string, pages []string) bool {
	return slices.ContainsFunc(pages, func(p string) bool { return strings.Contains(text, p) })
}

func telegramSightings(chat *telegramtest.Chat, pages []string) []sighting {
	var seen []sighting
	for _, m := range chat.Messages() {
		if showsOne(m.Markup+strings.Join(m.Links, " "), pages) {
			seen = append(seen, sighting{m.Markup, m.Date})
		}
	}
	slices.SortFunc(seen, func(a, b sighting) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return seen
}

// accepted returns when the platform accepted each message for a chat, in order.
func (c *crash) accepted() []time.Time {
	var times []time.Time
	for _, chat := range c.chats {
		for _, m := range chat.Messages() {
			times = append(times, m.Date)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

// between counts the times after one and before another.
func between(times []time.Time, from, to time.Time) int {
	first := sort.Search(len(times), func(i int) bool { return times[i].After(from) })
	last := sort.Search(len(times), func(i int) bool { return !times[i].Before(to) })
	return max(0, last-first)
}

func discordSightings(user *discordtest.User, pages []string) int {
	n := 0
	for _, m := range user.Direct().Messages() {
		text := []string{m.Content}
		for _, e := range m.Embeds {
			text = append(text, e.URL, e.Description)
		}
		if showsOne(strings.Join(text, " "), pages) {
			n++
		}
	}
	return n
}

// nearestKill is how long before a kill something happened, and how many messages the platform accepted in that time; 0
// for what it still had to read when the program was dead, and an hour if no kill followed.
func (c *crash) nearestKill(accepted []time.Time, at time.Time) (gap time.Duration, messages int) {
	i := sort.Search(len(c.killed), func(i int) bool { return !c.killed[i].Before(at) })
	if i > 0 {
		dead := c.killed[i-1]
		if at.Sub(dead) < unread || between(accepted, dead, at) < unreadMessages {
			return 0, 0
		}
	}
	if i == len(c.killed) {
		return time.Hour, len(accepted)
	}
	return c.killed[i].Sub(at), between(accepted, at, c.killed[i])
}

// unsubscribed counts follow commands without effect.
func (c *crash) unsubscribed(store *sqlite.Store) int {
	missed := 0
	for _, id := range c.joined {
		s, err := store.Find(c.t.Context(), subscriptions.Address{Platform: "telegram", ID: strconv.FormatInt(id, 10)})
		if err != nil {
			missed++
			continue
		}
		if list, err := store.Subscriptions(c.t.Context(), s.ID); err != nil || len(list) != 1 {
			missed++
		}
	}
	return missed
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }
