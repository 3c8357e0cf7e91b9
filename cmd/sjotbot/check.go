package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// checkTimeout is the most that check waits for one token or one source.
const checkTimeout = 20 * time.Second

// errCheckFailed ends check with status 1; the lines have said what failed.
var errCheckFailed = errors.New("not everything is in order")

// check says in one line each whether the configuration, the database, the tokens
// and the sources work.
func (p program) check(ctx context.Context, c call) error {
	cfg, err := loadConfig(c.config, p.getenv)
	if err != nil {
		return err
	}
	r, database, err := p.checkDatabase(ctx, cfg)
	if _, bad := errors.AsType[*ConfigError](err); bad {
		return err
	}
	out := &checklist{w: p.stdout}
	name := cmp.Or(c.config, defaultConfigFile)
	if c.config == "" && isAway(name) {
		name = "defaults: there is no " + name + " here"
	}
	out.line("configuration", name, nil)
	out.line("database", database, err)
	if r == nil {
		return errCheckFailed
	}

	platforms, err := p.openPlatforms(r)
	if err != nil {
		return err
	}
	for _, name := range []string{"telegram", "discord"} {
		p, on := platforms[name]
		if !on {
			out.line(name, "off: no token", nil)
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, checkTimeout)
		who, err := p.Check(ctx)
		cancel()
		out.line(name, who, err)
	}
	out.sources(ctx, r.sources)
	if out.failed {
		return errCheckFailed
	}
	return nil
}

// checkDatabase opens the rooms as run does, says what is in the database, and closes
// it: nothing else that is checked needs it. What run would make or change is tried
// beside it and taken away again: a check leaves nothing behind.
func (p program) checkDatabase(ctx context.Context, cfg Config) (r *rooms, found string, err error) {
	file := cfg.Database
	logger := newLogger(p.stderr, cfg.Log.Level, "error")
	var note string
	if away, schema := isAway(file) && isAway(file+"-wal"), schemaOf(ctx, file); away || schema < sqlite.SchemaVersion() {
		folder, err := os.MkdirTemp(filepath.Dir(file), filepath.Base(file)+"-check-")
		if err != nil {
			return nil, "", fmt.Errorf("make database %s: %w", file, err)
		}
		defer os.RemoveAll(folder)
		cfg.Database, note = filepath.Join(folder, filepath.Base(file)), " (not there yet; run makes it)"
		if !away {
			note = fmt.Sprintf(" (has schema %d until run brings it up to date; tried on a copy)", schema)
			if err := sqlite.Copy(ctx, file, cfg.Database, logger); err != nil {
				return nil, "", err
			}
		}
	}
	if reserve := file + "-reserve"; isAway(reserve) { // beside a copy that was put back
		defer os.Remove(reserve)
	}
	r, err = openRooms(ctx, cfg, logger, time.Now)
	if err != nil {
		return nil, "", err
	}
	stats, err := r.store.Stats(ctx, r.now())
	err = errors.Join(err, r.store.Check(ctx), r.close())
	return r, fmt.Sprintf("%s, schema %d, %d subscriptions%s", file, stats.SchemaVersion, stats.Subscriptions, note), err
}

// schemaOf returns the schema of a database. One that cannot be read has none that is
// older than ours: opening it says what is wrong.
func schemaOf(ctx context.Context, file string) int {
	schema, err := sqlite.Schema(ctx, file)
	if err != nil {
		return sqlite.SchemaVersion()
	}
	return schema
}

func isAway(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}

// checklist prints one line for each thing that was checked.
type checklist struct {
	w      io.Writer
	failed bool
}

func (l *checklist) line(what, found string, err error) {
	if err != nil {
		l.failed = true
		fmt.Fprintf(l.w, "FAIL  %-14s %s\n", what, oneLine(strings.TrimPrefix(err.Error(), what+": ")))
		return
	}
	fmt.Fprintf(l.w, "ok    %-14s %s\n", what, found)
}

// sources reads all sources at the same time and prints them in order.
func (l *checklist) sources(ctx context.Context, sources []bot.Source) {
	type result struct {
		found string
		err   error
	}
	results := make([]result, len(sources))
	var wg sync.WaitGroup
	for i, s := range sources {
		prober, ok := s.(interface {
			Probe(ctx context.Context) (feed.Report, error)
		})
		if !ok {
			continue
		}
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, checkTimeout)
			defer cancel()
			report, err := prober.Probe(ctx)
			if err == nil && report.Items == 0 {
				err = errors.New("reachable, but nothing in it")
			}
			results[i] = result{report.String(), err}
		})
	}
	wg.Wait()
	for i, s := range sources {
		l.line("source", s.Profile().Name+": "+results[i].found, prefixed(s.Profile().Name, results[i].err))
	}
}

func prefixed(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// oneLine keeps a check to its one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
