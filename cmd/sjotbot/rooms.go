package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// rooms is the house put together: what every subcommand that works with the
// database needs, wired once.
type rooms struct {
	config    Config
	logger    *slog.Logger
	now       func() time.Time
	store     *sqlite.Store
	directory *bot.Directory
	locale    *locale.Locale
	composer  *bot.Composer
	sources   []bot.Source
	holder    string // names this process in leases
}

// openRooms opens the database and loads the data. The caller closes it.
func openRooms(ctx context.Context, cfg Config, logger *slog.Logger, now func() time.Time) (*rooms, error) {
	cat, err := loadCatalogue(cfg.Catalogue.File)
	if err != nil {
		return nil, err
	}
	loc, err := locale.Load()
	if err != nil {
		return nil, fmt.Errorf("load sentences: %w", err)
	}
	sources, err := openSources(cfg, logger, now)
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, cfg.Database, logger)
	if err != nil {
		return nil, err
	}
	directory, err := bot.OpenDirectory(ctx, cat, store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &rooms{
		config: cfg, logger: logger, now: now, store: store,
		directory: directory, locale: loc, sources: sources,
		composer: bot.NewComposer(directory.Catalogue, loc),
		holder:   rand.Text(),
	}, nil
}

func (r *rooms) close() error { return r.store.Close() }

// loadCatalogue returns the built-in topics with the file's on top.
func loadCatalogue(file string) (*catalogue.Catalogue, error) {
	cat, err := catalogue.Builtin()
	if err != nil {
		return nil, fmt.Errorf("load catalogue: %w", err)
	}
	if file == "" {
		return cat, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, &ConfigError{Key: "catalogue.file", Want: causeOf(err)}
	}
	defer f.Close()
	cat, err = cat.Extend(file, f)
	if err != nil {
		return nil, &ConfigError{Want: err.Error()} // it names the file and the line
	}
	return cat, nil
}

// openSources makes a source of each entry of the configuration, or of the
// built-in list when there is none.
func openSources(cfg Config, logger *slog.Logger, now func() time.Time) ([]bot.Source, error) {
	list := feed.Defaults()
	if len(cfg.Sources) > 0 {
		list = feedConfigs(cfg.Sources)
	}
	var sources []bot.Source
	for _, s := range list {
		if s.Interval == 0 {
			s.Interval = time.Duration(cfg.Polling.Interval)
		}
		source, err := feed.New(s, feed.Options{Version: buildVersion(), Logger: logger, Now: now})
		if err != nil {
			return nil, fmt.Errorf("source %q: %w", s.Name, err)
		}
		sources = append(sources, source)
	}
	return sources, nil
}

func feedConfigs(sources []SourceConfig) []feed.Config {
	var list []feed.Config
	for _, s := range sources {
		list = append(list, feed.Config{
			Name: s.Name, Publisher: s.Publisher, URL: s.URL, Kind: feed.Kind(s.Kind),
			Language: s.Language, Quotes: bot.QuoteStyle(s.Quotes), Interval: time.Duration(s.Interval),
		})
	}
	return list
}

// newLogger writes diagnostics for the operator.
func newLogger(w io.Writer, level, fallback string) *slog.Logger {
	if level == "" {
		level = fallback
	}
	var l slog.Level
	// validate has seen the level; anything else stays at info.
	_ = l.UnmarshalText([]byte(level))
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: l}))
}

// errTwice is what the second of two programs on one database says.
var errTwice = errors.New("another sjotbot is running on this database; stop it first, or give this one its own")

// alone runs fn as the only program on the database.
func (r *rooms) alone(ctx context.Context, fn func(context.Context) error) error {
	release, err := r.store.Own(ctx, r.now())
	if errors.Is(err, subscriptions.ErrLeased) {
		return errTwice
	}
	if err != nil {
		return err
	}
	return errors.Join(fn(ctx), release())
}

// pause waits, or returns the context's error when it ends first.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
