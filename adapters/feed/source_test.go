package feed_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// noon is when the tests happen.
func noon() time.Time { return time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC) }

// serve starts a publisher on loopback.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

func newSource(t *testing.T, url string, kind feed.Kind) *feed.Source {
	t.Helper()
	s, err := feed.New(feed.Config{Name: "proef", URL: url, Kind: kind, Language: "nl"}, feed.Options{Version: "1.2.3", Now: noon})
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return s
}

// rss writes a feed of items given as title, link, date.
func rss(items ...[3]string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Proefkrant</title>`)
	for _, item := range items {
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s</link><pubDate>%s</pubDate></item>`, item[0], item[1], item[2])
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
}

func TestFetchReadsAFeed(t *testing.T) {
	t.Parallel()
	var asked *http.Request
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r
		w.Header().Set("ETag", `"7"`)
		w.Header().Set("Cache-Control", "public, max-age=120")
		fmt.Fprint(w, rss([3]string{"Bezembinders winnen de derby", "https://krant.example/voetbal/derby~a1b2c3d4/?utm_source=rss", "Mon, 23 Nov 2026 10:30:00 +0100"}))
	})
	got, err := newSource(t, at, feed.KindFeed).Fetch(t.Context(), subscriptions.Checkpoint{Failures: 2})
	if err != nil {
		t.Fatal(err)
	}
	want := bot.Reading{
		Format:   "rss",
		FreshFor: 2 * time.Minute,
		Entries: []bot.Entry{{
			URL: "https://krant.example/voetbal/derby~a1b2c3d4/", Key: "krant.example~a1b2c3d4", Title: "Bezembinders winnen de derby",
			Section: "voetbal", Language: "nl", Published: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
		}},
		Checkpoint: subscriptions.Checkpoint{Source: "proef", ETag: `"7"`, Failures: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reading (-want +got):\n%s", diff)
	}
	if ua := asked.UserAgent(); ua != "sjotbot/1.2.3 (+https://github.com/sjotbot/sjotbot)" {
		t.Errorf("User-Agent %q", ua)
	}
}

func TestFetchIsConditional(t *testing.T) {
	t.Parallel()
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"7"` && r.Header.Get("If-Modified-Since") == "Mon, 23 Nov 2026 09:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, rss())
	})
	since := subscriptions.Checkpoint{Source: "proef", ETag: `"7"`, LastModified: "Mon, 23 Nov 2026 09:00:00 GMT", Highest: 9}
	got, err := newSource(t, at, feed.KindFeed).Fetch(t.Context(), since)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Unchanged || got.Checkpoint != since {
		t.Errorf("got %+v", got)
	}
}

// Some servers name what is no compression.
func TestFetchReadsWhatIsNotCompressed(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"identity", "Identity", "utf-8"} {
		if _, err := newSource(t, serve(t, encoded(name)), feed.KindFeed).Fetch(t.Context(), subscriptions.Checkpoint{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFetchErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		handler http.HandlerFunc
		reason  string
		after   time.Duration
		gone    bool
	}{
		"server error":     {handler: status(503, ""), reason: "HTTP 503"},
		"too many, wait":   {handler: status(429, "90"), reason: "HTTP 429", after: 90 * time.Second},
		"wait until":       {handler: status(503, "Mon, 23 Nov 2026 11:10:00 GMT"), reason: "HTTP 503", after: 10 * time.Minute},
		"wait for ever":    {handler: status(503, "99999999999"), reason: "HTTP 503", after: 24 * time.Hour},
		"not found":        {handler: status(404, ""), reason: "HTTP 404", gone: true},
		"gone":             {handler: status(410, ""), reason: "HTTP 410", gone: true},
		"forbidden":        {handler: status(403, ""), reason: "HTTP 403"},
		"HTML":             {handler: text(`<!DOCTYPE html><html><body><h1>Onderhoud</h1></body></html>`), reason: "not a feed: HTML"},
		"empty":            {handler: text(""), reason: "empty"},
		"white space":      {handler: text("\n\n"), reason: "empty"},
		"plain text":       {handler: text("Even geduld."), reason: "not a feed"},
		"too large":        {handler: text("<rss>" + strings.Repeat("x", 5<<20)), reason: "larger than 4 MiB"},
		"redirect to file": {handler: redirect("file:///etc/passwd"), reason: "redirected to something that is not http"},
		"redirect inside":  {handler: redirect("http://169.254.169.254/latest/meta-data/"), reason: "leads to a private address"},
		"redirect loop":    {handler: redirect("/again"), reason: "more than 5 redirects"},
		"nothing changed":  {handler: status(304, ""), reason: "HTTP 304"},
		"compression":      {handler: encoded("br"), reason: "in a compression that was not asked for"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newSource(t, serve(t, tc.handler), feed.KindFeed).Fetch(t.Context(), subscriptions.Checkpoint{})
			var fe *bot.FetchError
			if !errors.As(err, &fe) {
				t.Fatalf("got %v", err)
			}
			if fe.Reason != tc.reason || fe.RetryAfter != tc.after || fe.Gone != tc.gone {
				t.Errorf("got %q, after %v, gone %v", fe.Reason, fe.RetryAfter, fe.Gone)
			}
		})
	}
}

func status(code int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(code)
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

func encoded(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", name)
		fmt.Fprint(w, rss())
	}
}
