package discord_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// core is a bot.Handler whose answers a test decides.
type core struct {
	mu       sync.Mutex
	commands []bot.Command
	notices  []bot.Notice
	heard    chan struct{} // one for each notice
	handle   func(bot.Command) bot.Reply
	complete func(bot.Completion) []bot.Choice
}

func (c *core) Handle(ctx context.Context, cmd bot.Command) bot.Reply {
	c.mu.Lock()
	c.commands = append(c.commands, cmd)
	handle := c.handle
	c.mu.Unlock()
	if handle == nil {
		return bot.Reply{Message: bot.Message{Text: "Je volgt KRC Genk."}}
	}
	return handle(cmd)
}

func (c *core) Complete(_ context.Context, q bot.Completion) []bot.Choice {
	if c.complete == nil {
		return nil
	}
	return c.complete(q)
}

func (c *core) Notice(_ context.Context, n bot.Notice) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.notices = append(c.notices, n)
	c.heard <- struct{}{}
	return nil
}

// told waits until there were n notices, and returns them.
func (c *core) told(n int) []bot.Notice {
	for timeout := time.After(5 * time.Second); ; {
		c.mu.Lock()
		notices := append([]bot.Notice(nil), c.notices...)
		c.mu.Unlock()
		if len(notices) >= n {
			return notices
		}
		select {
		case <-c.heard:
		case <-timeout:
			return notices
		}
	}
}

func (c *core) asked() []bot.Command {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]bot.Command(nil), c.commands...)
}

// progress keeps what the adapter keeps, in memory.
type progress struct {
	subscriptions.Progress
	mu     sync.Mutex
	values map[string]string
	holder string
	until  time.Time
}

func (p *progress) Value(_ context.Context, name string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.values[name], nil
}

func (p *progress) SetValue(_ context.Context, name, value string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.values == nil {
		p.values = map[string]string{}
	}
	p.values[name] = value
	return nil
}

func (p *progress) Lease(_ context.Context, now time.Time, _, holder string, ttl time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holder != "" && p.holder != holder && now.Before(p.until) {
		return subscriptions.ErrLeased
	}
	p.holder, p.until = holder, now.Add(ttl)
	if ttl == 0 {
		p.holder = ""
	}
	return nil
}

// logs collects log lines.
type logs struct {
	mu    sync.Mutex
	b     bytes.Buffer
	wrote chan struct{} // holds one when something was written
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.wrote <- struct{}{}:
	default:
	}
	return l.b.Write(p)
}

// await waits for a line with this text.
func (l *logs) await(text string) bool {
	for timeout := time.After(10 * time.Second); !strings.Contains(l.String(), text); {
		select {
		case <-l.wrote:
		case <-timeout:
			return false
		}
	}
	return true
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// world is a Discord, a bot and its core.
type world struct {
	*testing.T
	srv      *discordtest.Server
	bot      *discord.Bot
	core     *core
	logs     *logs
	progress *progress
	stop     func() error // ends Run and returns its error
}

func specs() []bot.Spec {
	topic := bot.Option{
		Name: "topic", Names: map[string]string{"nl": "onderwerp", "fr": "sujet", "de": "thema"}, Complete: true,
		Descriptions: map[string]string{"en": "a club, a coach or a team", "nl": "een club, trainer of ploeg"},
	}
	when := bot.Option{
		Name: "switch", Names: map[string]string{"nl": "stand"}, Required: true,
		Descriptions: map[string]string{"en": "on or off", "nl": "aan of uit"},
		Choices: []bot.OptionChoice{
			{Value: "on", Labels: map[string]string{"en": "on", "nl": "aan"}},
			{Value: "off", Labels: map[string]string{"en": "off", "nl": "uit"}},
		},
	}
	spec := func(name, nl, fr, de string, options ...bot.Option) bot.Spec {
		return bot.Spec{
			Name: name, Names: map[string]string{"en": name, "nl": nl, "fr": fr, "de": de}, Options: options,
			Descriptions: map[string]string{"en": "does " + name, "nl": "doet " + nl},
		}
	}
	return []bot.Spec{
		spec("follow", "volg", "suivre", "folgen", topic),
		spec("spoilers", "spoilers", "spoilers", "spoiler", topic, when),
		spec("export", "export", "export", "export"),
	}
}

// schema loads the specification, or says that it is absent.
func schema(t testing.TB) *discordtest.Schema {
	t.Helper()
	s, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		t.Log("SKIPPED: requests are not checked against Discord's specification: shared/specs is absent")
	}
	return s
}

// loaded reads the specification once for all tests: it is a megabyte.
//
//nolint:gochecknoglobals // a cache of a file that never changes
var loaded = sync.OnceValues(func() (*discordtest.Schema, error) {
	path, found := discordtest.FindSchema()
	if !found {
		return nil, nil
	}
	return discordtest.LoadSchema(path)
})

// newWorld makes a Discord and a bot that is not running yet.
func newWorld(t *testing.T, o discordtest.Options) *world {
	t.Helper()
	if o.Schema == nil {
		o.Schema = schema(t)
	}
	if o.AckWithin == 0 {
		o.AckWithin = time.Minute // how busy the machine is, is not the question
	}
	w := &world{T: t, srv: discordtest.NewServer(o), core: &core{heard: make(chan struct{}, 1000)}, logs: &logs{wrote: make(chan struct{}, 1)}, progress: &progress{}}
	t.Cleanup(w.srv.Close)
	w.bot = w.newBot()
	t.Cleanup(func() {
		for _, secret := range []string{w.srv.Token(), "interaction-token-"} {
			if strings.Contains(w.logs.String(), secret) {
				t.Errorf("a token is in the log:\n%s", w.logs)
			}
		}
	})
	return w
}

func (w *world) newBot() *discord.Bot {
	w.Helper()
	b, err := discord.New(discord.Config{
		Token: w.srv.Token(), APIURL: w.srv.URL(), Rate: 50, Progress: w.progress, Holder: "this process", Specs: specs(),
		Logger:    slog.New(slog.NewTextHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Transport: discordtest.Transport(), Dial: discordtest.Dial,
	})
	if err != nil {
		w.Fatal(err)
	}
	b.Hurry()
	return b
}

// start runs the bot and waits until it is connected and its commands are known.
func start(t *testing.T, o discordtest.Options) *world {
	t.Helper()
	if o.IdentifyEvery == 0 {
		o.IdentifyEvery = 40 * time.Millisecond
	}
	w := newWorld(t, o)
	w.run()
	if !w.srv.Wait(5*time.Second, func() bool { return w.srv.Connected() > 0 && len(w.srv.Commands("nl")) == len(specs()) }) {
		t.Fatalf("the bot did not connect:\n%s", w.logs)
	}
	return w
}

// run starts Run with the test's own core.
func (w *world) run() { w.runs(w.core) }

// runs starts Run.
func (w *world) runs(core bot.Handler) {
	ctx, cancel := context.WithCancel(w.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.bot.Run(ctx, core) }()
	var once sync.Once
	var err error
	w.stop = func() error {
		once.Do(func() {
			cancel()
			select {
			case err = <-ended:
			case <-time.After(10 * time.Second):
				w.Errorf("Run did not end:\n%s", w.logs)
			}
		})
		return err
	}
	w.Cleanup(func() { _ = w.stop() })
}

// clean fails the test for everything a well-behaved bot would not have done.
func (w *world) clean() {
	w.Helper()
	for _, f := range w.srv.Findings() {
		w.Errorf("finding: %s", f)
	}
}
