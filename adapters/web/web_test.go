package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/web"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func noon() time.Time { return time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC) }

// healthy is a bot that works: two sources, one platform.
func healthy() web.Config {
	return web.Config{
		Version: "1.2.3",
		Sources: func() []bot.SourceStatus {
			return []bot.SourceStatus{
				{Name: "krant", Publisher: "De Krant", Format: "rss", Read: noon().Add(-time.Minute), Next: noon().Add(4 * time.Minute), Entries: 30, Published: 12, Pushed: 5},
				{Name: "blad", Publisher: "Het <b>Blad</b>", Format: "page", Read: noon().Add(-2 * time.Minute)},
			}
		},
		Platforms: func() []bot.PlatformStatus {
			return []bot.PlatformStatus{{Platform: "telegram", State: bot.PlatformSending, Sent: 40, Stories: 44, Dropped: map[string]int64{"stale": 2}, LastSent: noon().Add(-3 * time.Hour)}}
		},
		Stats: func(context.Context) (subscriptions.Stats, error) {
			return subscriptions.Stats{
				SchemaVersion: 3, Subscribers: map[subscriptions.Platform]int64{"telegram": 7, "discord": 2}, Subscriptions: 21, Stories: 300, Articles: 410,
				Pending: map[subscriptions.Platform]int64{"telegram": 1}, Held: 4, OldestDue: 90 * time.Second,
			}, nil
		},
		Check:  func(context.Context) error { return nil },
		Now:    noon,
		Logger: slog.New(slog.DiscardHandler),
	}
}

func get(t *testing.T, c web.Config, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	web.New(c).Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody))
	return w
}

func TestHealth(t *testing.T) {
	t.Parallel()
	down := bot.SourceStatus{Name: "krant", Failures: 3, Reason: "HTTP 503", Since: noon().Add(-time.Hour)}
	tests := map[string]struct {
		change   func(*web.Config)
		code     int
		status   string
		reasons  []string
		warnings []string
	}{
		"all is well": {func(*web.Config) {}, 200, "ok", []string{}, []string{}},
		"one source is down": {
			func(c *web.Config) {
				c.Sources = func() []bot.SourceStatus { return []bot.SourceStatus{down, {Name: "blad"}} }
			},
			200, "degraded",
			[]string{},
			[]string{"source krant: HTTP 503 (3 times since 2026-11-23 10:00 UTC)"},
		},
		"all sources are down": {
			func(c *web.Config) { c.Sources = func() []bot.SourceStatus { return []bot.SourceStatus{down} } },
			503, "failing",
			[]string{"source krant: HTTP 503 (3 times since 2026-11-23 10:00 UTC)"},
			[]string{},
		},
		"the database is locked": {
			func(c *web.Config) {
				c.Check = func(context.Context) error { return errors.New("database is\nlocked") }
			},
			503, "failing",
			[]string{"database: database is locked"},
			[]string{},
		},
		"no figures": {
			func(c *web.Config) {
				c.Stats = func(context.Context) (subscriptions.Stats, error) {
					return subscriptions.Stats{}, subscriptions.ErrCorrupt
				}
			},
			503, "failing",
			[]string{"database: database is damaged"},
			[]string{},
		},
		"a platform needs a person": {
			func(c *web.Config) {
				c.Platforms = func() []bot.PlatformStatus {
					return []bot.PlatformStatus{{Platform: "discord", State: bot.PlatformHalted, Reason: "the token was revoked"}, {Platform: "telegram", State: bot.PlatformPaused, Reason: "too many requests"}}
				}
			},
			503, "failing",
			[]string{"platform discord: halted: the token was revoked"},
			[]string{"platform telegram: paused: too many requests"},
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := healthy()
			tc.change(&c)
			w := get(t, c, "/healthz")
			var got struct {
				Status            string
				Reasons, Warnings []string
			}
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if w.Code != tc.code || got.Status != tc.status {
				t.Errorf("got %d %s", w.Code, got.Status)
			}
			if diff := cmp.Diff([][]string{tc.reasons, tc.warnings}, [][]string{got.Reasons, got.Warnings}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	c := healthy()
	c.Sources = func() []bot.SourceStatus {
		return []bot.SourceStatus{{Name: "a\"b\\c\nd", Failures: 2, Read: noon(), Published: 12}}
	}
	body := get(t, c, "/metrics").Body.String()
	for _, want := range []string{
		`sjotbot_info{version="1.2.3",go="go`, "\nsjotbot_healthy 0\n", "\nsjotbot_uptime_seconds 0\n",
		`sjotbot_source_failures{source="a\"b\\c\nd"} 2`, `sjotbot_source_articles_total{source="a\"b\\c\nd"} 12`,
		`sjotbot_source_last_read_timestamp_seconds{source="a\"b\\c\nd"} 1.7954316e+09`,
		`sjotbot_messages_sent_total{platform="telegram"} 40`, `sjotbot_stories_dropped_total{platform="telegram",reason="stale"} 2`,
		`sjotbot_subscribers{platform="discord"} 2`, `sjotbot_deliveries_pending{platform="telegram"} 1`, "\nsjotbot_oldest_due_seconds 90\n",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	// Each sample stands under the head of its metric, and each head but once.
	heads := map[string]bool{}
	current := ""
	for line := range strings.Lines(body) {
		if name, ok := strings.CutPrefix(line, "# TYPE "); ok {
			current, _, _ = strings.Cut(name, " ")
			if heads[current] {
				t.Errorf("%s twice", current)
			}
			heads[current] = true
		} else if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, current) {
			t.Errorf("%q under %s", line, current)
		}
	}
}

// TestNoFigures: what the store did not tell is left out. A zero would be a figure: that
// nobody is subscribed, that nothing waits.
func TestNoFigures(t *testing.T) {
	t.Parallel()
	c := healthy()
	c.Stats = func(context.Context) (subscriptions.Stats, error) {
		return subscriptions.Stats{}, subscriptions.ErrCorrupt
	}
	for path, left := range map[string][]string{
		"/metrics": {"sjotbot_subscriptions ", "sjotbot_oldest_due_seconds ", "sjotbot_schema_version "},
		"/":        {"<dt>subscribers</dt>", "<dd>0</dd>"},
	} {
		body := get(t, c, path).Body.String()
		for _, figure := range left {
			if strings.Contains(body, figure) {
				t.Errorf("%s: %q", path, figure)
			}
		}
		if !strings.Contains(body, "telegram") {
			t.Errorf("%s: what is known is not there", path)
		}
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	c := healthy()
	w := get(t, c, "/")
	body := w.Body.String()
	for _, want := range []string{
		"<title>sjotbot: ok</title>", "1.2.3", "krant", "De Krant", "1 min ago", "in 4 min", "Het &lt;b&gt;Blad&lt;/b&gt;",
		`<span class="state sending">sending</span>`, "3 h ago", "<dd>9</dd>", "discord 2, telegram 7", "410 articles", "the oldest waits 1 min",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(body, "What is wrong") {
		t.Error("troubles without any")
	}
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("Content-Security-Policy %q", csp)
	}
	c.Sources = func() []bot.SourceStatus {
		return []bot.SourceStatus{{Name: "blad", Read: noon()}, {Name: "krant", Failures: 4, Reason: "not a feed: HTML", Since: noon().Add(-5 * 24 * time.Hour)}}
	}
	body = get(t, c, "/").Body.String()
	for _, want := range []string{"sjotbot: degraded", "not a feed: HTML, 4×, first 5 d ago", "What is wrong"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Index(body, `<th scope="row">krant`) > strings.Index(body, `<th scope="row">blad`) {
		t.Error("the failing source does not stand first")
	}
}

func TestOtherRequests(t *testing.T) {
	t.Parallel()
	h := web.New(healthy()).Handler()
	for request, want := range map[string]int{
		"GET /style.css": 200, "HEAD /healthz": 200, "GET /other": 404, "GET /..%2fetc/passwd": 404, "POST /": 405, "DELETE /metrics": 405,
	} {
		method, path, _ := strings.Cut(request, " ")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody))
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", request, w.Code, want)
		}
	}
}

// However often it is asked, the store is asked once a second.
func TestAskingOftenCostsNothing(t *testing.T) {
	t.Parallel()
	c := healthy()
	asked, now := 0, noon()
	c.Check = func(context.Context) error { asked++; return nil }
	c.Now = func() time.Time { return now }
	h := web.New(c).Handler()
	for i := range 100 {
		if i == 50 {
			now = now.Add(time.Second)
		}
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", http.NoBody))
	}
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

func TestServeUntilStopped(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test's listener
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	server := web.New(healthy())
	go func() { done <- server.Serve(ctx, listener) }()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/healthz", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Error(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	// A second one cannot have the same address.
	if err := web.New(healthy()).Run(t.Context(), address); err == nil || !strings.Contains(err.Error(), "web.listen") {
		t.Errorf("second server: %v", err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
