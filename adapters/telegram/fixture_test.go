package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// facts is a subscriptions.Progress of which only Value and SetValue are used; it
// outlives a Bot, as the store outlives a process.
type facts struct {
	subscriptions.Progress
	mu     sync.Mutex
	values map[string]string
	broken bool
}

func (f *facts) Value(_ context.Context, name string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.values[name], nil
}

// breaks makes the disk full, or mends it.
func (f *facts) breaks(broken bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = broken
}

func (f *facts) SetValue(_ context.Context, name, value string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken {
		return subscriptions.ErrFull
	}
	if f.values == nil {
		f.values = map[string]string{}
	}
	f.values[name] = value
	return nil
}

// core is a bot.Handler that keeps what it was asked and answers with what a test
// wants. Like the real one it remembers marks.
type core struct {
	mu       sync.Mutex
	answer   func(bot.Command) bot.Reply
	commands []bot.Command
	notices  []bot.Notice
	handled  map[subscriptions.Mark]int
	repeated int
	changed  chan struct{}
}

func newCore(answer func(bot.Command) bot.Reply) *core {
	return &core{answer: answer, handled: map[subscriptions.Mark]int{}, changed: make(chan struct{}, 10_000)}
}

// echo answers every command with its own words.
func echo(c bot.Command) bot.Reply {
	return bot.Reply{Message: bot.Message{Text: strings.TrimSpace(c.Name + " " + c.Args)}}
}

func (h *core) Handle(_ context.Context, c bot.Command) bot.Reply {
	h.mu.Lock()
	if c.Mark != (subscriptions.Mark{}) {
		if h.handled[c.Mark]++; h.handled[c.Mark] > 1 {
			h.repeated++
			h.mu.Unlock()
			return bot.Reply{Repeated: true}
		}
	}
	h.commands = append(h.commands, c)
	h.mu.Unlock()
	h.changed <- struct{}{}
	return h.answer(c)
}

func (h *core) Complete(context.Context, bot.Completion) []bot.Choice { return nil }

func (h *core) Notice(_ context.Context, n bot.Notice) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.handled[n.Mark]++; h.handled[n.Mark] > 1 {
		h.repeated++
		return subscriptions.ErrHandled
	}
	h.notices = append(h.notices, n)
	h.changed <- struct{}{}
	return nil
}

// sees waits until the core was called n times in all since it last waited.
func (h *core) sees(t *testing.T, n int) {
	t.Helper()
	for range n {
		select {
		case <-h.changed:
		case <-time.After(10 * time.Second):
			t.Fatal("nothing reached the core")
		}
	}
}

func (h *core) lastCommand() bot.Command {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.commands) == 0 {
		return bot.Command{}
	}
	return h.commands[len(h.commands)-1]
}

func (h *core) lastNotice() bot.Notice {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.notices) == 0 {
		return bot.Notice{}
	}
	return h.notices[len(h.notices)-1]
}

func (h *core) allNotices() []bot.Notice {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.notices)
}

func (h *core) counts() (commands, notices, repeated int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.commands), len(h.notices), h.repeated
}

// journal collects log lines.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// bench is a bot between a server and a core.
type bench struct {
	server *telegramtest.Server
	core   *core
	// handler is what the bot calls: core, unless a test wants another.
	handler bot.Handler
	bot     *telegram.Bot
	facts   *facts
	log     *journal
	config  telegram.Config
}

func newBench(t *testing.T, o telegramtest.Options, answer func(bot.Command) bot.Reply) *bench {
	t.Helper()
	b := &bench{server: telegramtest.New(t, o), core: newCore(answer), facts: &facts{}, log: &journal{}}
	b.handler = b.core
	token := o.Token
	if token == "" {
		token = telegramtest.Token
	}
	b.config = telegram.Config{
		Token: token, APIURL: b.server.URL, Progress: b.facts,
		Logger:    slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Transport: telegramtest.LoopbackTransport(),
	}
	if o.NoListener {
		b.config.Transport = b.server.Transport()
	}
	b.restart(t)
	t.Cleanup(func() {
		if secret := "AAtest-token-that-is-no-token"; strings.Contains(b.log.String(), secret) {
			t.Errorf("the log holds the token:\n%s", b.log)
		}
	})
	return b
}

// restart makes a new Bot, as a new process does.
func (b *bench) restart(t *testing.T) {
	t.Helper()
	var err error
	if b.bot, err = telegram.New(b.config); err != nil {
		t.Fatal(err)
	}
}

// run runs the bot until the test ends or stop is called, which waits for it.
func (b *bench) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	running := b.bot
	go func() { ended <- running.Run(ctx, b.handler) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("Run did not end")
		}
	})
	t.Cleanup(stop)
	return stop
}
