package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// DefaultAPIURL is Telegram's own server.
const DefaultAPIURL = "https://api.telegram.org"

// DefaultRate is the messages a second over all chats that Telegram allows a bot
// that does not pay (Bots FAQ).
const DefaultRate = 30

// Config is what a Bot needs.
type Config struct {
	// Token is what BotFather gave. It appears in no error and no log line.
	Token string
	// APIURL is the server of all calls; empty means DefaultAPIURL.
	APIURL string
	// Rate is the limit of messages a second over all chats; 0 means DefaultRate.
	// The bot stays a little below it.
	Rate float64
	// Progress keeps the bookmark of the updates and what the menus were set to.
	Progress subscriptions.Progress
	// Holder names this process among those that share one store: of them only one
	// listens at a time. Empty means that no other process uses the store.
	Holder string
	// Specs is the table of commands for Telegram's menus; none sets no menus.
	Specs []bot.Spec
	// Lacking returns the sentence that names the rights which the bot lacks in a
	// chat, for the person who asked it something there; nil says nothing.
	Lacking func(language string, rights []string) string
	// Logger gets what the operator should know. No text of a message is logged.
	Logger *slog.Logger
	// Transport makes the calls; nil means one made for it.
	Transport http.RoundTripper
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Bot is the bot on Telegram. It is a bot.Messenger, safe for use by many
// goroutines, and listens while Run runs.
type Bot struct {
	client   *client
	pacer    *bot.Pacer
	progress subscriptions.Progress
	holder   string
	specs    []bot.Spec
	lacking  func(language string, rights []string) string
	log      *slog.Logger
	now      func() time.Time
	turns    *rate.Limiter // of answers, while caution is due

	traffic  traffic
	holds    holds
	rights   rights
	topics   topics
	upgrades upgrades
	self     atomic.Pointer[user] // nil until Telegram told
}

var _ bot.Messenger = (*Bot)(nil)

// New returns a Bot. It makes no call; the error names the setting that is wrong.
func New(c Config) (*Bot, error) {
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	if c.Rate == 0 {
		c.Rate = DefaultRate
	}
	if c.Rate < 0 {
		return nil, errors.New("telegram: [telegram] rate is below zero")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Lacking == nil {
		c.Lacking = func(string, []string) string { return "" }
	}
	if c.Transport == nil {
		c.Transport = newTransport()
	}
	api, err := newClient(c.Token, c.APIURL, c.Transport)
	if err != nil {
		return nil, err
	}
	return &Bot{
		client:   api,
		pacer:    bot.NewPacer(c.Rate),
		progress: c.Progress,
		holder:   c.Holder,
		turns:    rate.NewLimiter(rate.Limit(c.Rate*bot.Headroom), 1),
		specs:    c.Specs,
		lacking:  c.Lacking,
		log:      c.Logger,
		now:      c.Now,
	}, nil
}

// callTimeout bounds a call that is answered at once.
const callTimeout = 10 * time.Second

// Check asks Telegram who the bot is and returns its name, "@sjotbot". Its error
// says what to do about it.
func (b *Bot) Check(ctx context.Context) (string, error) {
	me, err := b.me(ctx)
	if err != nil {
		return "", err
	}
	return "@" + me.Username, nil
}

func (b *Bot) me(ctx context.Context) (*user, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var me user
	err := b.client.call(ctx, "getMe", nil, &me)
	switch {
	case isTokenRefused(err):
		return nil, tokenRefused(err)
	case err != nil:
		return nil, err
	case me.ID == 0 || me.Username == "":
		return nil, errors.New("telegram: the server at [telegram] api_url did not say who the bot is")
	}
	return &me, nil
}

// isTokenRefused reports whether Telegram does not know the token: 401 for a
// revoked one, 404 for one that has not even the form.
func isTokenRefused(err error) bool {
	var e *apiError
	return errors.As(err, &e) && (e.code == http.StatusUnauthorized || e.code == http.StatusNotFound)
}

func tokenRefused(err error) error {
	return fmt.Errorf("telegram: the server does not accept the token; set [telegram] token or SJOTBOT_TELEGRAM_TOKEN to the one that BotFather shows: %w", err)
}

// drainTime is how long answers that were promised may take once Run is told to stop.
const drainTime = 5 * time.Second

// Run listens until ctx ends, and then returns nil when what was being handled is
// done. It waits out a server that is down; its error, if any, needs a person: the
// token is refused. Call it once.
func (b *Bot) Run(ctx context.Context, h bot.Handler) error {
	me, err := b.introduce(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	b.self.Store(me)
	b.log.Info("listening", "platform", Platform, "bot", "@"+me.Username)

	// Answers outlive ctx for a moment: what was handled should also be said.
	writing, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	answers, written := newAnswers(b, h, ctx.Done()), make(chan struct{})
	go func() {
		defer close(written)
		answers.run(writing)
	}()

	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { b.setMenus(ctx, me); return nil })
	g.Go(func() error { return b.listen(ctx, h, answers) })
	err = g.Wait()
	answers.close()
	late := time.AfterFunc(drainTime, giveUp)
	defer late.Stop()
	<-written
	return err
}

// introduce asks who the bot is until the server says so, or ctx ends. Without its
// name the bot cannot tell which commands in a group are meant for it.
func (b *Bot) introduce(ctx context.Context) (*user, error) {
	for failures := 1; ; failures++ {
		me, err := b.me(ctx)
		if err == nil || isTokenRefused(err) {
			return me, err
		}
		if ctx.Err() != nil {
			return nil, nil //nolint:nilnil // told to stop
		}
		b.log.Warn("asking who the bot is failed", "platform", Platform, "failures", failures, "error", err)
		pause(ctx, retryIn(err, failures))
	}
}

// maxBackOff is the longest pause after failures in a row; the product promises to
// stay under a minute.
const maxBackOff = 45 * time.Second

// retryIn returns how long to wait after so many failures in a row: what Telegram
// asked for, or twice as long each time, with jitter so that many bots do not come
// back together.
func retryIn(err error, failures int) time.Duration {
	var e *apiError
	if errors.As(err, &e) && e.retryAfter > 0 {
		return e.retryAfter
	}
	d := maxBackOff
	if failures < 8 {
		d = min(d, time.Second<<(failures-1)/2)
	}
	return d/2 + rand.N(d/2)
}

// pause waits for d or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
