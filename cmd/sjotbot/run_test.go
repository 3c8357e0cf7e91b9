package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// house is the whole program running against platforms and papers on loopback.
type house struct {
	t        *testing.T
	papers   *papers
	telegram *telegramtest.Server
	discord  *discordtest.Server
	config   string
	database string
	log      *buffer
	stop     context.CancelFunc
	ended    chan int
}

// buffer is a log that can be read while it is written.
type buffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// openHouse starts the platforms and the papers, writes the configuration, and
// runs the program.
func openHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, log: &buffer{}}
	h.telegram = telegramtest.New(t, telegramtest.Options{})
	h.discord = newDiscord(t, discordtest.Options{})
	h.papers = &papers{items: map[string][]dated{}}
	press := httptest.NewServer(h.papers)
	t.Cleanup(press.Close)
	h.papers.print(item{"tribune", "old", "KV Mechelen traint op zondag", "De A-kern van Malinwa traint zondag."}, time.Now().Add(-time.Hour))

	h.database = filepath.Join(t.TempDir(), "sjotbot.db")
	h.config = writeConfig(t, fmt.Sprintf(`
database = %q
[telegram]
api_url = %q
[discord]
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
`, h.database, h.telegram.URL, h.discord.URL(), press.URL))
	h.start()
	t.Cleanup(func() { h.end() })
	return h
}

// newDiscord starts a Discord that ends with the test. Requests are checked against the
// published specification, if it is there; what is found fails the test.
func newDiscord(t *testing.T, o discordtest.Options) *discordtest.Server {
	t.Helper()
	if path, found := discordtest.FindSchema(); !found {
		t.Log("SKIPPED: requests are not checked against Discord's specification: it is not here")
	} else if schema, err := discordtest.LoadSchema(path); err != nil {
		t.Fatal(err)
	} else {
		o.Schema = schema
	}
	s := discordtest.NewServer(o)
	t.Cleanup(func() {
		s.Close()
		for _, f := range s.Findings() {
			t.Errorf("discordtest: %s", f)
		}
	})
	return s
}

func (h *house) start() {
	h.startWith(func(k string) string {
		switch k {
		case "SJOTBOT_TELEGRAM_TOKEN":
			return telegramtest.Token
		case "SJOTBOT_DISCORD_TOKEN":
			return h.discord.Token()
		}
		return ""
	})
}

func (h *house) startWith(getenv func(string) string) {
	ctx, stop := context.WithCancel(context.Background())
	h.stop, h.ended = stop, make(chan int, 1)
	p := program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: h.log, getenv: getenv}
	go func() { h.ended <- p.main(ctx, []string{"--config", h.config}) }()
}

// end stops the program as Ctrl-C does and returns its exit status.
func (h *house) end() int {
	h.t.Helper()
	h.stop()
	select {
	case status := <-h.ended:
		h.ended <- status
		return status
	case <-time.After(10 * time.Second):
		h.t.Fatal("the program did not end within 10 s")
		return -1
	}
}

// awaitFirstRead waits until the source was read once: what appears afterwards is
// news.
func (h *house) awaitFirstRead() {
	h.t.Helper()
	h.until("the first read", func() bool {
		store, err := sqlite.Open(h.t.Context(), h.database, slog.New(slog.DiscardHandler))
		if err != nil {
			return false
		}
		defer store.Close()
		c, err := store.Checkpoint(h.t.Context(), "de-tribune")
		return err == nil && !c.Read.IsZero()
	})
}

func (h *house) until(what string, done func() bool) {
	h.t.Helper()
	h.untilWithin(20*time.Second, what, done)
}

func (h *house) untilWithin(d time.Duration, what string, done func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), d)
	defer cancel()
	for !done() {
		if pause(ctx, 50*time.Millisecond) != nil {
			h.t.Fatalf("waited in vain for %s; the log:\n%s", what, h.log)
		}
	}
}

func TestNewsReachesItsFollowersOnceOnBothPlatforms(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	fan := h.telegram.Chat(7001).Speaking("nl")
	fan.Says("/volg malinwa")
	if got := fan.Sees().Text; !strings.Contains(got, "KV Mechelen") {
		t.Errorf("the answer does not name the club: %q", got)
	}
	supportrice := h.discord.User("Supportrice", "fr")
	var reply discordtest.Reply
	h.until("Discord's commands", func() bool {
		var err error
		reply, err = supportrice.Slash(supportrice.Direct(), "follow", "topic=malines")
		return err == nil
	})
	if !strings.Contains(reply.Text(), "Mechelen") && !strings.Contains(reply.Text(), "Malines") {
		t.Errorf("the answer does not name the club: %q", reply.Text())
	}
	h.awaitFirstRead()

	h.papers.print(item{"tribune", "elders", "Genk verlengt contract van jeugdtrainer", "Racing Genk gaat door met zijn jeugdtrainer."}, time.Now())
	appeared := time.Now()
	h.papers.print(item{"tribune", "doelman", "KV Mechelen mist doelman tegen Westerlo", "De keeper van Malinwa is geblesseerd aan de schouder."}, appeared)

	if got := fan.Sees().Text; !strings.Contains(got, "mist doelman") {
		t.Errorf("on Telegram the fan got %q", got)
	}
	t.Logf("from the feed to Telegram in %v, the poll interval of 1 s included", time.Since(appeared).Round(time.Millisecond))
	h.until("the story on Discord", func() bool { return timesOnDiscord(supportrice, "mist doelman") == 1 })

	// A second story shows that nothing else came in between, and nothing twice.
	h.papers.print(item{"tribune", "stadion", "KV Mechelen vernieuwt hoofdtribune", "Malinwa begint in de zomer aan de werken."}, time.Now())
	if got := fan.Sees().Text; !strings.Contains(got, "hoofdtribune") {
		t.Errorf("then the fan got %q", got)
	}
	h.until("the second story on Discord", func() bool { return timesOnDiscord(supportrice, "hoofdtribune") == 1 })
	if n := timesOnDiscord(supportrice, "mist doelman"); n != 1 {
		t.Errorf("the first story came %d times on Discord", n)
	}
	if n := timesOnDiscord(supportrice, "jeugdtrainer"); n != 0 {
		t.Error("a story about another club came on Discord")
	}
	if status := h.end(); status != exitDone {
		t.Errorf("exit status %d", status)
	}
	for _, secret := range []string{telegramtest.Token, h.discord.Token()} {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("a token is in the log")
		}
	}
}

// timesOnDiscord counts the direct messages whose story says what.
func timesOnDiscord(u *discordtest.User, what string) int {
	n := 0
	for _, m := range u.Direct().Messages() {
		for _, e := range m.Embeds {
			if strings.Contains(e.Title, what) {
				n++
			}
		}
	}
	return n
}

// TestRestartForgetsNothing stops the program between a follow and the story.
func TestRestartForgetsNothing(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	fan := h.telegram.Chat(7002).Speaking("fr")
	fan.Says("/suivre malines")
	fan.Sees()
	h.awaitFirstRead()
	if status := h.end(); status != exitDone {
		t.Fatalf("exit status %d; the log:\n%s", status, h.log)
	}
	h.papers.print(item{"tribune", "nacht", "KV Mechelen stelt nieuwe aanvaller voor", "De spits tekent bij Malinwa tot 2029."}, time.Now())
	h.start()
	if got := fan.Sees().Text; !strings.Contains(got, "nieuwe aanvaller") {
		t.Errorf("after the restart the fan got %q", got)
	}
}

func TestWrongTokenNamesTheSetting(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t, telegramtest.Options{})
	config := writeConfig(t, fmt.Sprintf("database = %q\n[web]\nlisten = \"\"\n[telegram]\ntoken = \"99:wrong\"\napi_url = %q\n[[sources]]\nname=\"x\"\nurl=\"http://127.0.0.1:1/\"\n",
		filepath.Join(t.TempDir(), "x.db"), server.URL))
	var log buffer
	status := program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &log, getenv: noEnv}.main(t.Context(), []string{"--config", config})
	if status != exitFailed {
		t.Errorf("exit status %d, want %d", status, exitFailed)
	}
	if got := log.String(); !strings.Contains(got, "SJOTBOT_TELEGRAM_TOKEN") || strings.Contains(got, "99:wrong") {
		t.Errorf("the log names the setting and hides the token? %q", got)
	}
}

// TestPlatformThatStopped has one platform refuse its token while the other goes on:
// /healthz says which, and what to do, before anything fails to be sent there. When the
// bot is stopped that is no failure any more.
func TestPlatformThatStopped(t *testing.T) {
	t.Parallel()
	telegram, discord := telegramtest.New(t, telegramtest.Options{}), newDiscord(t, discordtest.Options{})
	press := httptest.NewServer(&papers{items: map[string][]dated{}})
	t.Cleanup(press.Close)
	config := writeConfig(t, fmt.Sprintf(`
database = %q
[telegram]
token = "99:wrong"
api_url = %q
[discord]
token = %q
api_url = %q
[web]
listen = "127.0.0.1:0"
[[sources]]
name = "de-tribune"
url = "%s/tribune"
kind = "feed"
`, filepath.Join(t.TempDir(), "x.db"), telegram.URL, discord.Token(), discord.URL(), press.URL))
	h := &house{t: t, config: config, log: &buffer{}, discord: discord}
	h.startWith(noEnv)
	t.Cleanup(func() { h.end() })
	h.until("the platform to stop", func() bool { return strings.Contains(h.log.String(), "the platform stopped") })
	var page string
	h.until("the operator's page", func() bool {
		_, rest, ok := strings.Cut(h.log.String(), "address=")
		page, _, _ = strings.Cut(rest, "\n")
		return ok
	})
	var health string
	h.until("the reason", func() bool {
		response, err := http.Get(page + "/healthz") //nolint:noctx // ends with the program
		if err != nil {
			return false
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		health = string(body)
		return response.StatusCode == http.StatusServiceUnavailable
	})
	if !strings.Contains(health, "platform telegram: halted") || !strings.Contains(health, "SJOTBOT_TELEGRAM_TOKEN") || strings.Contains(health, "platform discord") {
		t.Errorf("/healthz does not say what to do about Telegram alone: %s", health)
	}
	if status := h.end(); status != exitDone {
		t.Errorf("exit status %d; the log:\n%s", status, h.log)
	}
}

func TestSecondProgramOnOneDatabaseRefuses(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "one.db")
	ctx := t.Context()
	store, err := sqlite.Open(ctx, file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	release, err := store.Own(ctx, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	second, err := sqlite.Open(ctx, file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	r := &rooms{store: second, now: time.Now}
	err = r.alone(ctx, func(context.Context) error { t.Error("the second program started"); return nil })
	if !errors.Is(err, errTwice) {
		t.Errorf("error %v, want %v", err, errTwice)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if err := r.alone(ctx, func(context.Context) error { return nil }); err != nil {
		t.Errorf("after the first has gone: %v", err)
	}
}
