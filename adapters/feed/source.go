package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Kind says how a source is read.
type Kind string

// The kinds of source. Auto decides by what the address answers, and follows a
// page's own link to its feed.
const (
	KindAuto Kind = "auto"
	KindFeed Kind = "feed"
	KindPage Kind = "page"
)

// Config is what the configuration says of one source.
type Config struct {
	Name      string // unique; the host if empty
	URL       string
	Kind      Kind           // auto if empty
	Language  string         // of its articles; recognised by their words if empty
	Quotes    bot.QuoteStyle // what single quotes around a headline mean
	Publisher string         // what a reader calls it; Name if empty
	Interval  time.Duration  // between two reads; 0 leaves it to the poller
}

// Options are what all sources of a program share. The zero value works.
type Options struct {
	// Version stands in the User-Agent.
	Version string
	// Transport replaces the guarded one. Tests use it.
	Transport http.RoundTripper
	Logger    *slog.Logger
	Now       func() time.Time
}

// Source is one publisher. It implements [bot.Source] and is safe for use by many
// goroutines.
type Source struct {
	config Config
	url    *url.URL
	client *client
	robots *robots
	log    *slog.Logger
	now    func() time.Time

	mu sync.Mutex
	// full is when the document was last read in full, or the start; zero where that
	// is not known to be the document that the checkpoint is of. See fullReadEvery.
	full time.Time
	// listed is true while what is read is a list page, and no feed.
	listed bool
	// discovered is the feed that the configured page links to, in kind auto.
	discovered *url.URL
}

var _ bot.Source = (*Source)(nil)

// fullReadEvery is how often a publisher's "nothing changed" is not asked for:
// some servers answer 304 for ever.
const fullReadEvery = time.Hour

// New returns a source. The error names the key that is wrong.
func New(c Config, o Options) (*Source, error) {
	u, err := url.Parse(c.URL)
	switch {
	case err != nil:
		// The cause would repeat the address, which may hold a key.
		return nil, errors.New("url: not an address")
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, errors.New("url: expected http://… or https://…")
	}
	switch c.Kind {
	case "":
		c.Kind = KindAuto
	case KindAuto, KindFeed, KindPage:
	default:
		return nil, fmt.Errorf("kind: expected feed, page or auto, not %q", c.Kind)
	}
	switch c.Quotes {
	case "", bot.QuotesRumour, bot.QuotesSpeech:
	default:
		return nil, fmt.Errorf("quotes: expected rumour or quote, not %q", c.Quotes)
	}
	if c.Language != "" && languageCode(c.Language) != c.Language {
		return nil, fmt.Errorf("language: expected nl, fr, de or en, not %q", c.Language)
	}
	if c.Interval < 0 {
		return nil, errors.New("interval: must not be negative")
	}
	if c.Name == "" {
		c.Name = siteName(u)
	}
	if c.Publisher == "" {
		c.Publisher = c.Name
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	cl := newClient(u, o)
	s := &Source{
		config: c, url: u, client: cl, robots: newRobots(cl, o.Now),
		log: o.Logger.With("source", c.Name), now: o.Now,
	}
	if c.Kind != KindAuto {
		s.full = o.Now()
	}
	return s, nil
}

// Profile says who it is.
func (s *Source) Profile() bot.SourceProfile {
	return bot.SourceProfile{
		Name: s.config.Name, Address: s.url.String(), Publisher: s.config.Publisher, Language: s.config.Language,
		SingleQuotes: s.config.Quotes, Interval: s.config.Interval,
	}
}

// Fetch reads the feed or list page. Errors are *[bot.FetchError].
func (s *Source) Fetch(ctx context.Context, since subscriptions.Checkpoint) (bot.Reading, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	r, err := s.read(ctx, since)
	if err != nil {
		return bot.Reading{}, fetchError(err)
	}
	return r, nil
}

func (s *Source) read(ctx context.Context, since subscriptions.Checkpoint) (bot.Reading, error) {
	at, kind := s.target()
	if kind == KindPage {
		if err := s.robots.allow(ctx, at); err != nil {
			return bot.Reading{}, err
		}
	}
	ask := validators{ETag: since.ETag, LastModified: since.LastModified}
	if s.fullReadDue() {
		ask = validators{}
	}
	doc, err := s.client.get(ctx, at, ask)
	if err != nil {
		return bot.Reading{}, err
	}
	next := since
	next.Source = s.config.Name
	if doc.Unchanged {
		return bot.Reading{Unchanged: true, Checkpoint: next, FreshFor: doc.FreshFor}, nil
	}
	next.ETag, next.LastModified = doc.Validators.ETag, doc.Validators.LastModified
	entries, format, err := s.parse(doc, kind)
	var link *feedLinkError
	if errors.As(err, &link) {
		return s.discover(ctx, link, since, doc)
	}
	if err != nil {
		return bot.Reading{}, err
	}
	if format == "page" && kind == KindAuto {
		// Only now is it known to be a page.
		if err := s.robots.allow(ctx, at); err != nil {
			return bot.Reading{}, err
		}
	}
	s.noteFullRead(format)
	return s.reading(entries, format, next, doc.FreshFor), nil
}

// reading finishes entries with what the configuration knows.
func (s *Source) reading(entries []bot.Entry, format string, next subscriptions.Checkpoint, fresh time.Duration) bot.Reading {
	for i := range entries {
		e := &entries[i]
		e.Language = languageOf(*e, s.config.Language)
		next.Highest = max(next.Highest, e.Number)
	}
	return bot.Reading{Entries: entries, Checkpoint: next, Format: format, FreshFor: fresh}
}

// parse turns a document into entries. In kind auto, a page that links to a feed
// of its own is a *feedLinkError.
func (s *Source) parse(doc document, kind Kind) (entries []bot.Entry, format string, err error) {
	if kind != KindPage {
		f, err := ParseFeed(doc.Body, doc.URL, s.now())
		switch {
		case err == nil:
			return f.Entries, f.Format, nil
		case kind == KindFeed || !errors.Is(err, errHTML):
			return nil, "", err
		}
	}
	p, err := ParsePage(doc.Body, doc.URL, s.now())
	if err != nil {
		return nil, "", err
	}
	if kind == KindAuto && p.Feed != nil && !s.triedDiscovery() {
		return nil, "", &feedLinkError{to: p.Feed, page: p}
	}
	entries = p.Entries
	if p.Article != nil {
		entries = append([]bot.Entry{*p.Article}, entries...)
	}
	if len(entries) == 0 {
		return nil, "", errNoHeadlines
	}
	return entries, "page", nil
}

// discover reads the feed that a page links to and stays with it; if that fails,
// it stays with the page.
func (s *Source) discover(ctx context.Context, link *feedLinkError, since subscriptions.Checkpoint, page document) (bot.Reading, error) {
	next := since
	next.Source = s.config.Name
	doc, err := s.client.get(ctx, link.to, validators{})
	if err == nil {
		var f Feed
		if f, err = ParseFeed(doc.Body, doc.URL, s.now()); err == nil && len(f.Entries) > 0 {
			s.setDiscovered(link.to)
			s.noteFullRead(f.Format)
			next.ETag, next.LastModified = doc.Validators.ETag, doc.Validators.LastModified
			return s.reading(f.Entries, f.Format, next, doc.FreshFor), nil
		}
	}
	s.log.DebugContext(ctx, "the page's own feed cannot be read", "error", err)
	s.setDiscovered(s.url)
	entries, format, err := s.parse(page, KindPage)
	if err != nil {
		return bot.Reading{}, err
	}
	if err := s.robots.allow(ctx, s.url); err != nil {
		return bot.Reading{}, err
	}
	s.noteFullRead(format)
	next.ETag, next.LastModified = page.Validators.ETag, page.Validators.LastModified
	return s.reading(entries, format, next, page.FreshFor), nil
}

// Complete reads the page of an entry that lacks its date, or that came from a
// list page and lacks its text. What feeds say of an article is enough, and its
// page is often behind a wall.
func (s *Source) Complete(ctx context.Context, e bot.Entry) (bot.Entry, error) {
	if e.URL == "" || !e.Published.IsZero() && (e.Body != "" || !s.readsPages()) {
		return e, nil
	}
	u, err := url.Parse(e.URL)
	if err != nil || !sameSite(u, s.url) {
		return e, nil //nolint:nilerr // an address we will not open is nothing to do
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	if err := s.robots.allow(ctx, u); err != nil {
		return e, fetchError(err)
	}
	doc, err := s.client.get(ctx, u, validators{})
	if err != nil {
		return e, fetchError(err)
	}
	p, err := ParsePage(doc.Body, doc.URL, s.now())
	if err != nil {
		return e, fetchError(err)
	}
	if p.Article == nil {
		return e, nil
	}
	return completed(e, *p.Article), nil
}

// completed returns a list's entry with what its own page adds.
func completed(e, page bot.Entry) bot.Entry {
	if e.Published.IsZero() {
		e.Published = page.Published
	}
	if e.Lead == "" || isCut(e.Lead) && page.Lead != "" {
		e.Lead = page.Lead
	}
	if e.Body == "" {
		e.Body = page.Body
	}
	if e.Image == "" {
		e.Image = page.Image
	}
	if e.Section == "" {
		e.Section = page.Section
	}
	return e
}

// target returns what to read, and as what.
func (s *Source) target() (*url.URL, Kind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.config.Kind != KindAuto || s.discovered == nil:
		return s.url, s.config.Kind
	case s.discovered == s.url:
		return s.url, KindAuto
	default:
		return s.discovered, KindFeed
	}
}

func (s *Source) readsPages() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed
}

func (s *Source) triedDiscovery() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.discovered != nil
}

func (s *Source) setDiscovered(u *url.URL) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.discovered = u
}

func (s *Source) fullReadDue() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now().Sub(s.full).Abs() >= fullReadEvery
}

func (s *Source) noteFullRead(format string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.full, s.listed = s.now(), format == "page"
}

// feedLinkError says that a page has a feed of its own.
type feedLinkError struct {
	to   *url.URL
	page Page
}

func (e *feedLinkError) Error() string { return "a page with a feed of its own" }
