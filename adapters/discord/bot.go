package discord

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// DefaultAPIURL is Discord itself.
const DefaultAPIURL = "https://discord.com/api/v10"

// DefaultRate is Discord's global limit, in requests a second.
const DefaultRate = 50

// Config is what a Bot needs.
type Config struct {
	Token  string
	APIURL string  // empty is DefaultAPIURL
	Rate   float64 // requests a second over all routes; 0 is DefaultRate
	// Progress keeps the hash of the registered commands and the lease of the
	// gateway; nil keeps nothing.
	Progress subscriptions.Progress
	// Holder names this process among those that share one store: of them one runs the
	// gateway and the others stand by. Empty means that no other process uses the store.
	Holder string
	// Specs is the table of commands to register; none registers nothing.
	Specs []bot.Spec
	// Apology returns the sentence for a person whose request could not be
	// understood or carried out, in his language as Discord names it; nil is English.
	Apology func(language string) string
	Logger  *slog.Logger // nil is slog.Default
	// Transport carries requests and Dial the gateway's connection; nil is the
	// network.
	Transport http.RoundTripper
	Dial      func(ctx context.Context, network, addr string) (net.Conn, error)
	Now       func() time.Time // nil is time.Now
}

// Bot is the adapter. It is safe for use by many goroutines.
type Bot struct {
	config Config
	log    *slog.Logger
	now    func() time.Time
	rest   *rest
	budget *budget
	tempo  tempo

	seen   *recent // interactions, each once
	direct directChannels
	guilds guilds
	// busy holds a place for each interaction that is being answered.
	busy chan struct{}
	work sync.WaitGroup
}

var _ bot.Messenger = (*Bot)(nil)

// maxBusy is how many interactions are answered at the same time. Others wait,
// at most as long as Discord accepts an answer.
const maxBusy = 512

// New returns a Bot. It does not touch the network.
func New(c Config) (*Bot, error) {
	if c.Token == "" {
		return nil, errors.New("no token: set [discord] token or SJOTBOT_DISCORD_TOKEN")
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	if c.Rate <= 0 {
		c.Rate = DefaultRate
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if c.Transport == nil {
		c.Transport = newTransport()
	}
	if c.Dial == nil {
		c.Dial = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Apology == nil {
		c.Apology = func(string) string { return "Sorry, that did not work. Please try again." }
	}
	b := &Bot{
		config: c, log: c.Logger, now: c.Now, tempo: defaultTempo(),
		budget: newBudget(c.Rate), seen: newRecent(seenCap),
		busy: make(chan struct{}, maxBusy),
	}
	var err error
	if b.rest, err = newREST(c.APIURL, c.Token, c.Transport, b.budget, b.now); err != nil {
		return nil, err
	}
	return b, nil
}

// Platform implements bot.Messenger.
func (b *Bot) Platform() subscriptions.Platform { return Platform }

// Reserve implements bot.Messenger. Each channel is a bucket of Discord's own; what
// it allows is learned from its answers.
func (b *Bot) Reserve(to subscriptions.Address, now time.Time) (wait time.Duration, everyone bool) {
	return b.budget.reserve(to.ID, now)
}

// Check asks Discord who the token belongs to and returns its name.
func (b *Bot) Check(ctx context.Context) (string, error) {
	var app struct {
		Name string `json:"name"`
		Bot  *struct {
			Username string `json:"username"`
		} `json:"bot"`
	}
	err := b.rest.fetch(ctx, call{name: "ask for the current application", method: http.MethodGet, path: "/applications/@me"}, &app)
	var refused *refusedError
	switch {
	case errors.As(err, &refused) && refused.Status == http.StatusUnauthorized:
		return "", errToken
	case err != nil:
		return "", err
	case app.Bot != nil && app.Bot.Username != "":
		return "@" + app.Bot.Username, nil
	}
	return app.Name, nil
}
