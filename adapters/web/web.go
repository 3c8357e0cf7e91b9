// Package web shows the operator how the bot does: a page for a person, /healthz
// for what restarts it, /metrics for what draws graphs of it. It only reads, needs
// no account, and shows nothing of any subscriber and no secret.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Config is what the pages show, fed by the program. Sources, Platforms, Stats and
// Check may be called by many goroutines.
type Config struct {
	Version string
	// Sources and Platforms return the state of the poller and the dispatcher.
	Sources   func() []bot.SourceStatus
	Platforms func() []bot.PlatformStatus
	// Stats counts what the store holds; Check verifies that it works.
	Stats  func(ctx context.Context) (subscriptions.Stats, error)
	Check  func(ctx context.Context) error
	Now    func() time.Time
	Logger *slog.Logger
}

// Server serves the operator's pages.
type Server struct {
	config  Config
	started time.Time

	mu   sync.Mutex
	last report
	at   time.Time
}

// New returns a server. Start it with [Server.Run], or mount [Server.Handler].
func New(c Config) *Server {
	return &Server{config: c, started: c.Now()}
}

const (
	// answerTime bounds the store's part of an answer.
	answerTime = 3 * time.Second
	// reportFor is how long one look at everything serves all who ask, so that
	// asking often costs nothing.
	reportFor = time.Second
	// stopTime is how long answers on their way may take when the bot stops.
	stopTime = 2 * time.Second
)

// Run serves on an address until ctx ends. An address that cannot be listened on
// is an error at once.
func (s *Server) Run(ctx context.Context, address string) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("web.listen: %w", err)
	}
	return s.Serve(ctx, listener)
}

// Serve serves on a listener until ctx ends, and closes it.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.config.Logger.Handler(), slog.LevelDebug),
	}
	s.config.Logger.InfoContext(ctx, "operator's page", slog.String("address", "http://"+listener.Addr().String()))
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close()
		}
	}()
	err := server.Serve(listener)
	if !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the operator's page: %w", err)
	}
	<-stopped
	return nil
}

// Handler returns the pages.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /metrics", s.metrics)
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET /style.css", style)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
	})
}

// report is one look at everything.
type report struct {
	Version   string
	Now       time.Time
	Uptime    time.Duration
	Sources   []bot.SourceStatus
	Platforms []bot.PlatformStatus
	Stats     *subscriptions.Stats // nil when the store did not tell
	// Failing are reasons why the bot does not do its work; Warnings are what is
	// wrong while it does.
	Failing, Warnings []string
}

// look returns a report that is at most a second old.
func (s *Server) look(ctx context.Context) report {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	if age := now.Sub(s.at); age >= 0 && age < reportFor {
		return s.last
	}
	// Others wait for this look, so it does not end with the one who asked.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime)
	defer cancel()
	r := report{
		Version: s.config.Version, Now: now, Uptime: now.Sub(s.started),
		Sources: s.config.Sources(), Platforms: s.config.Platforms(),
	}
	stats, err := s.config.Stats(ctx)
	if err == nil {
		r.Stats = &stats
	}
	r.judge(errors.Join(s.config.Check(ctx), err))
	s.last, s.at = r, now
	return r
}
