package feed_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// site is an invented publisher with a list page, two articles, and what else a
// test gives it.
type site struct {
	robots, feed string
	asked        atomic.Int64
	robotsAsked  atomic.Int64
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	switch r.URL.Path {
	case "/robots.txt":
		s.robotsAsked.Add(1)
		if s.robots == "" {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, s.robots)
	case "/":
		link := ""
		if s.feed != "" {
			link = `<link rel="alternate" type="application/rss+xml" href="/rss">`
		}
		fmt.Fprint(w, `<html><head>`+link+`</head><body><h1>Krant</h1>
			<article><h2><a href="/news/5002/doelman">Bezembinders halen nieuwe doelman</a></h2><p>De club stelde donderdag een nieuwe ...</p></article>
			<article><h2><a href="/news/5001/derby">Bezembinders winnen de derby</a></h2></article></body></html>`)
	case "/rss":
		fmt.Fprint(w, s.feed)
	case "/news/5001/derby":
		fmt.Fprint(w, article(`<meta property="article:published_time" content="2026-11-23T09:00:00Z">`, "", "", ""))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func TestPageSource(t *testing.T) {
	t.Parallel()
	s := &site{}
	source := newSource(t, serve(t, s.ServeHTTP), feed.KindPage)
	got, err := source.Fetch(t.Context(), subscriptions.Checkpoint{Highest: 5001})
	if err != nil {
		t.Fatal(err)
	}
	if got.Format != "page" || len(got.Entries) != 2 || got.Checkpoint.Highest != 5002 {
		t.Fatalf("got %+v", got)
	}
	if e := got.Entries[0]; e.Number != 5002 || !e.Published.IsZero() || e.Language != "nl" {
		t.Errorf("got %+v", e)
	}
	full, err := source.Complete(t.Context(), got.Entries[1])
	if err != nil {
		t.Fatal(err)
	}
	if full.Published.IsZero() || !strings.HasPrefix(full.Lead, "De Bezembinders hebben") || !strings.HasPrefix(full.Body, "De thuisploeg") || full.Key != got.Entries[1].Key {
		t.Errorf("completed: %+v", full)
	}
	// A page that is gone leaves the entry as it was.
	same, err := source.Complete(t.Context(), got.Entries[0])
	if err == nil || same.Title != got.Entries[0].Title {
		t.Errorf("got %+v, %v", same, err)
	}
	// Entries of another site, and complete ones, are not asked about.
	before := s.asked.Load()
	for _, e := range []bot.Entry{{URL: "https://elders.example/x/y"}, {URL: got.Entries[1].URL, Published: time.Now(), Body: "x"}, {}} {
		if _, err := source.Complete(t.Context(), e); err != nil {
			t.Error(err)
		}
	}
	if s.asked.Load() != before {
		t.Error("asked for nothing")
	}
	if s.robotsAsked.Load() != 1 {
		t.Errorf("robots.txt was asked %d times", s.robotsAsked.Load())
	}
}

func TestPageSourceObeysRobots(t *testing.T) {
	t.Parallel()
	for rules, ok := range map[string]bool{
		"User-agent: *\nDisallow: /":                                   false,
		"User-agent: sjotbot\nDisallow: /":                             false,
		"User-agent: *\nDisallow: /\n\nUser-agent: sjotbot\nDisallow:": true,
		"User-agent: *\nDisallow: /prive/":                             true,
		"":                                                             true,
		"<html>not found</html>":                                       true,
	} {
		source := newSource(t, serve(t, (&site{robots: rules}).ServeHTTP), feed.KindPage)
		_, err := source.Fetch(t.Context(), subscriptions.Checkpoint{})
		if (err == nil) != ok || err != nil && err.Error() != "robots.txt forbids it" {
			t.Errorf("%q: got %v", rules, err)
		}
	}
	if _, err := newSource(t, serve(t, (&site{robots: "User-agent: *\nDisallow: /"}).ServeHTTP), feed.KindAuto).Fetch(t.Context(), subscriptions.Checkpoint{}); err == nil {
		t.Error("kind auto: a forbidden page was read")
	}
	// What the list may be read for, its articles may not.
	source := newSource(t, serve(t, (&site{robots: "User-agent: *\nDisallow: /news/"}).ServeHTTP), feed.KindPage)
	got, err := source.Fetch(t.Context(), subscriptions.Checkpoint{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := source.Complete(t.Context(), got.Entries[1]); err == nil {
		t.Error("a forbidden page was read")
	}
}

// An item that its feed does not date is dated by its page; a dated one is not
// looked up, whether the configuration says that it is a feed or the answer does.
func TestFeedSourceLooksUpDates(t *testing.T) {
	t.Parallel()
	for _, kind := range []feed.Kind{feed.KindFeed, feed.KindAuto} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := &site{feed: rss([3]string{"Bezembinders winnen de derby", "/news/5001/derby", ""}, [3]string{"Bezembinders halen nieuwe doelman", "/news/5002/doelman", "Mon, 23 Nov 2026 10:30:00 +0100"})}
			source := newSource(t, serve(t, s.ServeHTTP)+"/rss", kind)
			got, err := source.Fetch(t.Context(), subscriptions.Checkpoint{})
			if err != nil || len(got.Entries) != 2 || got.Entries[0].Number != 0 {
				t.Fatalf("got %+v, %v", got, err)
			}
			before := s.asked.Load()
			for i, want := range []time.Time{time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)} {
				full, err := source.Complete(t.Context(), got.Entries[i])
				if err != nil || !full.Published.Equal(want) {
					t.Errorf("got %+v, %v", full, err)
				}
			}
			if n := s.asked.Load() - before; n != 2 {
				t.Errorf("%d requests, want robots.txt and one page", n)
			}
		})
	}
}

// A page that offers a feed is read through it.
func TestAutoSourceFindsTheFeed(t *testing.T) {
	t.Parallel()
	s := &site{feed: rss([3]string{"Genk wint met ruime cijfers", "/voetbal/genk", "Mon, 23 Nov 2026 10:30:00 +0100"})}
	source := newSource(t, serve(t, s.ServeHTTP), feed.KindAuto)
	for range 2 {
		got, err := source.Fetch(t.Context(), subscriptions.Checkpoint{})
		if err != nil || got.Format != "rss" || len(got.Entries) != 1 {
			t.Fatalf("got %+v, %v", got, err)
		}
	}
	if n := s.asked.Load(); n != 3 {
		t.Errorf("%d requests, want the page once and the feed twice", n)
	}
	s = &site{feed: "Even geduld."}
	source = newSource(t, serve(t, s.ServeHTTP), feed.KindAuto)
	for range 2 {
		got, err := source.Fetch(t.Context(), subscriptions.Checkpoint{})
		if err != nil || got.Format != "page" || len(got.Entries) != 2 {
			t.Fatalf("broken feed: got %+v, %v", got, err)
		}
	}
}

// After a restart it is not known any more whether what was read last is the page or
// its feed: that the page did not change since says nothing of the feed.
func TestAutoSourceStartsInFull(t *testing.T) {
	t.Parallel()
	s := &site{feed: rss([3]string{"Genk wint met ruime cijfers", "/voetbal/genk", "Mon, 23 Nov 2026 10:30:00 +0100"})}
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Last-Modified", "Mon, 23 Nov 2026 09:00:00 GMT")
		s.ServeHTTP(w, r)
	})
	var since subscriptions.Checkpoint
	for range 2 {
		got, err := newSource(t, at, feed.KindAuto).Fetch(t.Context(), since)
		if err != nil || len(got.Entries) != 1 {
			t.Fatalf("got %+v, %v", got, err)
		}
		since = got.Checkpoint
	}
}

// Some servers say for ever that nothing changed.
func TestFetchAsksInFullEveryHour(t *testing.T) {
	t.Parallel()
	var conditional []bool
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		known := r.Header.Get("If-None-Match") != ""
		conditional = append(conditional, known)
		if known {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, rss())
	})
	now := noon()
	s, err := feed.New(feed.Config{URL: at, Kind: feed.KindFeed}, feed.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	since := subscriptions.Checkpoint{}
	for _, step := range []time.Duration{0, 5 * time.Minute, 50 * time.Minute, 10 * time.Minute, time.Minute} {
		now = now.Add(step)
		if _, err := s.Fetch(t.Context(), since); err != nil {
			t.Fatal(err)
		}
		since.ETag = "x"
	}
	if want := "[false true true false true]"; fmt.Sprint(conditional) != want {
		t.Errorf("conditional %v, want %s", conditional, want)
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	at := serve(t, text(rss(
		[3]string{"Genk wint met ruime cijfers", "https://a.example/voetbal/genk", "Mon, 23 Nov 2026 10:30:00 +0100"},
		[3]string{"Gent verliest met ruime cijfers", "https://a.example/voetbal/gent", "Sun, 22 Nov 2026 10:30:00 +0100"},
		[3]string{"Union speelt gelijk in Luik", "https://a.example/voetbal/union", ""})))
	r, err := newSource(t, at, feed.KindAuto).Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.String(), "rss, 3 items, 66% dated, newest 2026-11-23 10:30"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNewRefusesWrongConfiguration(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]feed.Config{
		"url: expected http://… or https://…":                {URL: "ftp://a.example"},
		"url: not an address":                                {URL: "http://a b\x7f"},
		`kind: expected feed, page or auto, not "html"`:      {URL: "https://a.example", Kind: "html"},
		`quotes: expected rumour or quote, not "gossip"`:     {URL: "https://a.example", Quotes: "gossip"},
		"interval: must not be negative":                     {URL: "https://a.example", Interval: -1},
		"language: expected nl, fr, de or en, not \"Dutch\"": {URL: "https://a.example", Language: "Dutch"},
	} {
		if _, err := feed.New(c, feed.Options{}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	names, urls := map[string]bool{}, map[string]bool{}
	for _, c := range feed.Defaults() {
		s, err := feed.New(c, feed.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if p := s.Profile(); p.Language == "" || p.SingleQuotes == "" || p.Publisher == "" || names[p.Name] || urls[c.URL] {
			t.Errorf("%+v", c)
		}
		names[c.Name], urls[c.URL] = true, true
	}
	if len(names) < 12 {
		t.Errorf("only %d sources", len(names))
	}
}
