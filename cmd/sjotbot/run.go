package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os/signal"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sjotbot/sjotbot/adapters/console"
	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/web"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// platform is a chat adapter as the program sees it.
type platform interface {
	bot.Messenger
	// Run serves people until the context ends.
	Run(ctx context.Context, h bot.Handler) error
	// Check says in a few words who the bot is there.
	Check(ctx context.Context) (string, error)
}

// run is the bot, until it is stopped: that is what it waits for, and no error at
// whatever moment it comes.
func (p program) run(ctx context.Context, c call) error {
	err := p.serve(ctx, c)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// serve serves every platform that has a token, or the terminal.
func (p program) serve(ctx context.Context, c call) error {
	cfg, err := loadConfig(c.config, p.getenv)
	if err != nil {
		return err
	}
	fallback := "info"
	if cfg.inTerminal() {
		fallback = "warn" // nothing but the chat on the screen
	} else {
		signal.Ignore(syscall.SIGPIPE) // who read the log may be gone; messages are on their way
	}
	logger := newLogger(p.stderr, cfg.Log.Level, fallback)
	r, err := openRooms(ctx, cfg, logger, time.Now)
	if err != nil {
		return err
	}
	defer func() {
		if err := r.close(); err != nil {
			logger.Error("the database was not closed cleanly", "error", err)
		}
	}()
	platforms, err := p.openPlatforms(r)
	if err != nil {
		return err
	}
	return r.serve(ctx, platforms)
}

// inTerminal reports whether no platform has a token, so that the chat is here.
func (c *Config) inTerminal() bool { return c.Telegram.Token == "" && c.Discord.Token == "" }

// openPlatforms makes the adapters. It reaches for no network.
func (p program) openPlatforms(r *rooms) (map[string]platform, error) {
	cfg, specs := r.config, bot.Specs(r.locale)
	platforms := map[string]platform{}
	if cfg.Telegram.Token != "" {
		b, err := telegram.New(telegram.Config{
			Token: string(cfg.Telegram.Token), APIURL: cfg.Telegram.APIURL, Rate: cfg.Telegram.Rate,
			Progress: r.store, Holder: r.holder, Specs: specs, Logger: r.logger, Now: r.now,
			Lacking: func(language string, rights []string) string {
				return bot.MissingRights(r.locale.Printer(language), rights)
			},
		})
		if err != nil {
			return nil, &ConfigError{Want: err.Error()} // it names the setting
		}
		platforms["telegram"] = b
	}
	if cfg.Discord.Token != "" {
		b, err := discord.New(discord.Config{
			Token: string(cfg.Discord.Token), APIURL: cfg.Discord.APIURL, Rate: cfg.Discord.Rate,
			Progress: r.store, Holder: r.holder, Specs: specs, Logger: r.logger, Now: r.now,
			Apology: func(language string) string { return r.locale.Printer(language).Text("error.try-again", nil) },
		})
		if err != nil {
			return nil, &ConfigError{Want: "discord: " + err.Error()}
		}
		platforms["discord"] = b
	}
	if len(platforms) == 0 {
		platforms["console"] = console.New(console.Config{In: p.stdin, Out: p.stdout, Hint: r.locale.Printer("").Text("console.hint", nil)})
	}
	return platforms, nil
}

// errEnded ends the program without an error: the chat in the terminal is over.
var errEnded = errors.New("ended")

// serve runs the house, alone on its database, until the context ends, the
// terminal's chat is over, or no platform is left.
func (r *rooms) serve(ctx context.Context, platforms map[string]platform) error {
	return r.alone(ctx, func(ctx context.Context) error { return r.work(ctx, platforms) })
}

func (r *rooms) work(ctx context.Context, platforms map[string]platform) error {
	var messengers []bot.Messenger
	for _, name := range slices.Sorted(maps.Keys(platforms)) { // the operator's page keeps the order
		messengers = append(messengers, platforms[name])
	}
	dispatcher := bot.NewDispatcher(bot.DispatcherConfig{
		Store: r.store, Messengers: messengers, Composer: r.composer,
		Holder: r.holder, Now: r.now, Logger: r.logger,
	})
	poller := bot.NewPoller(bot.PollerConfig{
		Sources: r.sources, Store: r.store, Topics: r.directory.Catalogue,
		MaxAge: time.Duration(r.config.Delivery.MaxAge), Holder: r.holder,
		Published: dispatcher.Wake, Now: r.now, Logger: r.logger,
	})
	clock := bot.NewDigestClock(bot.DigestClockConfig{
		Store: r.store, Released: dispatcher.Wake, Now: r.now, Logger: r.logger,
	})
	upkeep := bot.NewUpkeep(bot.UpkeepConfig{
		Store: r.store, MaxAge: time.Duration(r.config.Delivery.MaxAge), Now: r.now, Logger: r.logger,
	})
	commands := bot.NewCommands(bot.CommandsConfig{
		Registry: r.store, Archive: r.store, Outbox: r.store, Digests: r.store, Progress: r.store,
		Directory: r.directory, Locale: r.locale, Composer: r.composer, Now: r.now, Logger: r.logger,
	})

	stopped := &stoppages{reasons: map[subscriptions.Platform]string{}}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return poller.Run(ctx) })
	g.Go(func() error { return dispatcher.Run(ctx) })
	g.Go(func() error { return clock.Run(ctx) })
	g.Go(func() error { return upkeep.Run(ctx) })
	g.Go(func() error { return r.servePlatforms(ctx, platforms, commands, stopped) })
	g.Go(func() error { r.servePage(ctx, poller, dispatcher, stopped); return nil })
	r.logger.InfoContext(ctx, "sjotbot is running", "sources", len(r.sources), "database", r.config.Database)
	if err := g.Wait(); err != nil && !errors.Is(err, errEnded) && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// servePage shows the operator how things are. News goes on without it: an address
// that is taken is only logged.
func (r *rooms) servePage(ctx context.Context, poller *bot.Poller, dispatcher *bot.Dispatcher, stopped *stoppages) {
	if r.config.Web.Listen == "" {
		return
	}
	page := web.New(web.Config{
		Version: buildVersion(), Sources: poller.Status,
		Platforms: func() []bot.PlatformStatus { return stopped.mark(dispatcher.Status()) },
		Stats:     func(ctx context.Context) (subscriptions.Stats, error) { return r.store.Stats(ctx, r.now()) },
		Check:     r.store.Check, Now: r.now, Logger: r.logger,
	})
	if err := page.Run(ctx, r.config.Web.Listen); err != nil && ctx.Err() == nil {
		r.logger.ErrorContext(ctx, "the operator's page is off", "error", err)
	}
}

// servePlatforms runs the adapters. One that fails for good, a revoked token say,
// does not take the others with it; when none is left the program ends. Once the bot
// is told to stop, such a failure is no longer one of the program.
func (r *rooms) servePlatforms(ctx context.Context, platforms map[string]platform, h bot.Handler, stopped *stoppages) error {
	ended := make(chan error, len(platforms))
	for name, p := range platforms {
		go func() {
			err := p.Run(ctx, h)
			if err != nil && ctx.Err() == nil {
				r.logger.ErrorContext(ctx, "the platform stopped", "platform", name, "error", err)
				stopped.add(p.Platform(), err)
				err = fmt.Errorf("%s: %w", name, err)
			}
			ended <- err
		}()
	}
	var last error
	for range platforms {
		if err := <-ended; err != nil {
			last = err
		}
	}
	if last != nil && ctx.Err() == nil {
		return last
	}
	return errEnded
}

// stoppages are the platforms that stopped for good, and why. Each needs a person, also
// while nothing is to be sent there.
type stoppages struct {
	mu      sync.Mutex
	reasons map[subscriptions.Platform]string
}

func (s *stoppages) add(p subscriptions.Platform, reason error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reasons[p] = reason.Error()
}

// mark shows the platforms that stopped as halted: their senders may not know yet.
func (s *stoppages) mark(platforms []bot.PlatformStatus) []bot.PlatformStatus {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range platforms {
		if reason, ok := s.reasons[platforms[i].Platform]; ok {
			platforms[i].State, platforms[i].Reason, platforms[i].Until = bot.PlatformHalted, reason, time.Time{}
		}
	}
	return platforms
}
