package bot_test

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// bench is the whole pipeline on a real store, between invented publishers and an
// invented platform. Its clock is the bubble's, see [testing/synctest].
type bench struct {
	t        *testing.T
	store    *sqlite.Store
	platform *bottest.Platform
	sources  []*publisher
	logs     *logBook
	// wrap, if set, stands between the pipeline and the store.
	wrap func(subscriptions.Store) subscriptions.Store
	// messenger, if set, is the platform as the pipeline reaches it.
	messenger bot.Messenger
	// now is the clock of the pipeline; time.Now if it is nil.
	now func() time.Time
	// pollOnly leaves out the sending, for tests of many hours.
	pollOnly bool
	// holder names the process; "test" if it is empty.
	holder string

	poller     *bot.Poller
	dispatcher *bot.Dispatcher
	stop       func()
}

// inBubble runs a test on fake time.
func inBubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

func newBench(t *testing.T, limits bottest.Limits, sources ...*publisher) *bench {
	t.Helper()
	b := &bench{t: t, sources: sources, logs: &logBook{}}
	b.store = openStore(t, filepath.Join(t.TempDir(), "sjotbot.db"))
	b.platform = bottest.NewPlatform("test", limits, time.Now)
	return b
}

func openStore(t testing.TB, file string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(context.WithoutCancel(t.Context()), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// start starts the pipeline; it stops with the test, or by b.stop.
func (b *bench) start() {
	b.t.Helper()
	topics, err := catalogue.Builtin()
	if err != nil {
		b.t.Fatal(err)
	}
	l, err := locale.Load()
	if err != nil {
		b.t.Fatal(err)
	}
	var store subscriptions.Store = b.store
	if b.wrap != nil {
		store = b.wrap(store)
	}
	holder := cmp.Or(b.holder, "test")
	if b.now == nil {
		b.now = time.Now
	}
	messenger := b.messenger
	if messenger == nil {
		messenger = b.platform
	}
	current := func() *catalogue.Catalogue { return topics }
	logger := slog.New(slog.NewTextHandler(b.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b.dispatcher = bot.NewDispatcher(bot.DispatcherConfig{
		Store: store, Messengers: []bot.Messenger{messenger}, Composer: bot.NewComposer(current, l),
		Holder: holder, Now: b.now, Logger: logger,
	})
	var sources []bot.Source
	for _, s := range b.sources {
		sources = append(sources, s)
	}
	b.poller = bot.NewPoller(bot.PollerConfig{
		Sources: sources, Store: store, Topics: current, MaxAge: 24 * time.Hour, Holder: holder,
		Published: b.dispatcher.Wake, Now: b.now, Logger: logger,
	})
	clock := bot.NewDigestClock(bot.DigestClockConfig{Store: store, Released: b.dispatcher.Wake, Now: b.now, Logger: logger})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	runs := []func(context.Context) error{b.poller.Run, b.dispatcher.Run, clock.Run}
	if b.pollOnly {
		runs = runs[:1]
	}
	for _, run := range runs {
		running.Go(func() {
			if err := run(ctx); err != nil {
				b.t.Errorf("run: %v", err)
			}
		})
	}
	b.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
	})
	b.t.Cleanup(b.stop)
}

// place is the address of a subscriber.
func place(n int) subscriptions.Address {
	return subscriptions.Address{Platform: "test", ID: fmt.Sprintf("chat-%d", n)}
}

// follow makes a subscriber who follows topics; change adapts him.
func (b *bench) follow(n int, change func(*subscriptions.Subscriber, *subscriptions.Subscription), topics ...subscriptions.Topic) subscriptions.Subscriber {
	b.t.Helper()
	s := subscriptions.Subscriber{Address: place(n), Language: "nl", Cadence: subscriptions.Instant, CreatedAt: time.Now()}
	err := b.store.Change(b.t.Context(), time.Now(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		subs := make([]subscriptions.Subscription, len(topics))
		for i, topic := range topics {
			subs[i] = subscriptions.Subscription{Topic: topic, Cadence: subscriptions.Instant, CreatedAt: time.Now()}
			if change != nil {
				change(&s, &subs[i])
			}
		}
		if err := tx.SaveSubscriber(&s); err != nil {
			return err
		}
		for _, sub := range subs {
			sub.Subscriber = s.ID
			if err := tx.Follow(sub); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// publish publishes stories about a topic without a source.
func (b *bench) publish(topic subscriptions.Topic, titles ...string) []subscriptions.StoryID {
	b.t.Helper()
	return b.publishAt(time.Now(), topic, titles...)
}

// publishAt is publish at an instant of the bench's own clock.
func (b *bench) publishAt(now time.Time, topic subscriptions.Topic, titles ...string) []subscriptions.StoryID {
	b.t.Helper()
	var ids []subscriptions.StoryID
	for _, title := range titles {
		kept, err := b.store.Publish(b.t.Context(), now, subscriptions.Publication{Push: true, Article: subscriptions.Article{
			Key: "direct " + title, Source: "direct", Publisher: "De Krant", URL: "https://krant.example/" + strings.ReplaceAll(title, " ", "-"),
			Title: title, Language: "nl", Published: now, Seen: now, Kind: subscriptions.Fact,
			Tags: []subscriptions.Tag{{Topic: topic, Level: subscriptions.About}},
		}})
		if err != nil {
			b.t.Fatal(err)
		}
		ids = append(ids, kept.Story)
	}
	if b.dispatcher != nil {
		b.dispatcher.Wake()
	}
	return ids
}

// joins adds another publisher's article to a story.
func (b *bench) joins(story subscriptions.StoryID, topic subscriptions.Topic, title, source string) {
	b.t.Helper()
	_, err := b.store.Publish(b.t.Context(), time.Now(), subscriptions.Publication{Push: true, Story: story, Article: subscriptions.Article{
		Key: source + " " + title, Source: source, Publisher: source, URL: "https://" + source + ".example/" + title,
		Title: title, Language: "nl", Published: time.Now(), Seen: time.Now(), Kind: subscriptions.Fact,
		Tags: []subscriptions.Tag{{Topic: topic, Level: subscriptions.About}},
	}})
	if err != nil {
		b.t.Fatal(err)
	}
}

// titles returns what a place was sent, one string a message.
func (b *bench) titles(n int) []string {
	var all []string
	for _, m := range b.platform.SentTo(place(n)) {
		all = append(all, titlesOf(m))
	}
	return all
}

func titlesOf(m bot.Message) string {
	var titles []string
	for _, i := range m.Items {
		titles = append(titles, i.Title)
	}
	return strings.Join(titles, " | ")
}

// publisher is an invented source.
type publisher struct {
	profile bot.SourceProfile

	mu       sync.Mutex
	entries  []bot.Entry // newest first, as publishers list them
	err      error
	delay    time.Duration
	freshFor time.Duration
	fetches  int
	complete func(context.Context, bot.Entry) (bot.Entry, error)
}

func newPublisher(name string, interval time.Duration) *publisher {
	return &publisher{profile: bot.SourceProfile{Name: name, Publisher: strings.ToUpper(name), Language: "nl", SingleQuotes: bot.QuotesRumour, Interval: interval}}
}

func (p *publisher) Profile() bot.SourceProfile { return p.profile }

func (p *publisher) Fetch(ctx context.Context, since subscriptions.Checkpoint) (bot.Reading, error) {
	p.mu.Lock()
	p.fetches++
	delay, err, entries, freshFor := p.delay, p.err, append([]bot.Entry(nil), p.entries...), p.freshFor
	p.mu.Unlock()
	if delay > 0 {
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return bot.Reading{}, ctx.Err()
		}
	}
	if err != nil {
		return bot.Reading{}, err
	}
	next := since
	for _, e := range entries {
		next.Highest = max(next.Highest, e.Number)
	}
	return bot.Reading{Entries: entries, Checkpoint: next, FreshFor: freshFor, Format: "rss"}, nil
}

func (p *publisher) Complete(ctx context.Context, e bot.Entry) (bot.Entry, error) {
	p.mu.Lock()
	complete := p.complete
	p.mu.Unlock()
	if complete == nil {
		return e, nil
	}
	return complete(ctx, e)
}

// bring puts entries on top of the list.
func (p *publisher) bring(entries ...bot.Entry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entries = append(entries, p.entries...)
}

func (p *publisher) change(f func(*publisher)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(p)
}

func (p *publisher) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fetches
}

// entry is a story about Genk by a title.
func entry(title string, published time.Time) bot.Entry {
	slug := strings.ReplaceAll(strings.ToLower(title), " ", "-")
	return bot.Entry{
		Key: "https://krant.example/voetbal/" + slug, URL: "https://krant.example/voetbal/" + slug,
		Title: title, Section: "voetbal", Language: "nl", Published: published,
	}
}

// logBook keeps what the operator reads.
type logBook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logBook) count(words string) int { return strings.Count(l.String(), words) }

// failure is an error that may be set while others read it.
type failure struct {
	mu  sync.Mutex
	err error
}

func (v *failure) set(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.err = err
}

func (v *failure) get() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.err
}

// timeout is a context of its own that ends after d.
func timeout(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), d)
}
