package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/adapters/console"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// demo plays an invented match day through the real house: papers on loopback are
// polled, their articles tagged, published and sent to a fan in the terminal. Only
// the clock is not real, so that an afternoon takes less than a minute.
func (p program) demo(ctx context.Context, _ call) error { return p.playDemo(ctx, readingTime) }

// readingTime is how long the demo rests after each scene.
const readingTime = 1200 * time.Millisecond

// playDemo rests after each scene, and long enough for what should not come to come.
func (p program) playDemo(ctx context.Context, rest time.Duration) error {
	dir, err := os.MkdirTemp("", "sjotbot-demo-")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer os.RemoveAll(dir)
	stage, err := newStage(ctx, p.stdout, rest)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer stage.close()

	cfg := defaultConfig()
	cfg.Database = filepath.Join(dir, "demo.db")
	cfg.Web.Listen = ""
	cfg.Polling.Interval = Duration(time.Second)
	for key, s := range demoPublishers() {
		s.URL = stage.url + "/" + key
		cfg.Sources = append(cfg.Sources, s)
	}
	r, err := openRooms(ctx, cfg, newLogger(p.stderr, "", "warn"), stage.clock.now)
	if err != nil {
		return err
	}
	defer r.close()

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	fan := console.New(console.Config{In: stage.typed, Out: stage.screen, Language: "nl"})
	go func() { served <- r.serve(ctx, map[string]platform{"console": fan}) }()
	err = stage.play(ctx, r.store)
	stop()
	return errors.Join(err, <-served)
}

// stage is where the demo plays: its clock, its papers, and the fan's terminal.
type stage struct {
	rest   time.Duration // after each scene
	clock  *demoClock
	papers *papers
	url    string
	server *http.Server
	screen *screen
	typed  *io.PipeReader // what the console reads
	hands  *io.PipeWriter // what the fan types
}

func newStage(ctx context.Context, out io.Writer, rest time.Duration) (*stage, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &stage{
		rest: rest, clock: newDemoClock(), url: "http://" + listener.Addr().String(), screen: newScreen(out),
	}
	s.papers = &papers{items: map[string][]dated{}}
	s.typed, s.hands = io.Pipe()
	s.server = &http.Server{Handler: s.papers, ReadHeaderTimeout: time.Second}
	go func() { _ = s.server.Serve(listener) }()
	for _, it := range demoYesterday() {
		s.papers.print(it, s.clock.now().Add(-20*time.Hour))
	}
	return s, nil
}

func (s *stage) close() {
	_ = s.hands.Close()
	_ = s.server.Close()
}

// sceneTimeout is how long the demo waits for what must happen. It is never
// reached when all is well; a scene takes a second or two.
const sceneTimeout = 30 * time.Second

// play goes through the scenes.
func (s *stage) play(ctx context.Context, store subscriptions.Store) error {
	for _, p := range demoPublishers() {
		err := s.until(ctx, "the papers to be read", func() bool {
			c, err := store.Checkpoint(ctx, p.Name)
			return err == nil && !c.Read.IsZero()
		})
		if err != nil {
			return err
		}
	}
	for _, sc := range demoScenes() {
		if err := s.playScene(ctx, store, sc); err != nil {
			return err
		}
	}
	s.screen.narrate("", "That was the demo. `sjotbot` alone starts the real bot.")
	return nil
}

func (s *stage) playScene(ctx context.Context, store subscriptions.Store, sc scene) error {
	if sc.says != "" {
		s.screen.narrate(s.clock.label(sc.clock), sc.says)
	}
	mark := s.screen.mark()
	if sc.clock != "" {
		s.clock.jump(sc.clock)
	}
	if sc.types != "" {
		s.screen.echo(sc.types)
		mark = s.screen.mark()
		if _, err := io.WriteString(s.hands, sc.types+"\n"); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	if sc.appears != nil {
		s.papers.print(*sc.appears, s.clock.now())
		err := s.until(ctx, "the article to be read", func() bool {
			found, err := store.Latest(ctx, subscriptions.StoryQuery{URL: sc.appears.url(), Limit: 1})
			return err == nil && len(found) > 0
		})
		if err != nil {
			return err
		}
	}
	if sc.awaits != "" {
		if err := s.until(ctx, sc.awaits, func() bool { return strings.Contains(s.screen.since(mark), sc.awaits) }); err != nil {
			return err
		}
	}
	if err := pause(ctx, s.rest); err != nil {
		return err
	}
	if seen := strings.TrimSpace(s.screen.since(mark)); sc.quiet && seen != "" {
		return fmt.Errorf("demo: nothing should have come, but the fan saw: %s", seen)
	}
	return nil
}

func (s *stage) until(ctx context.Context, what string, done func() bool) error {
	for range int(sceneTimeout / (50 * time.Millisecond)) {
		if done() {
			return nil
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("demo: waited in vain for %s", what)
}

// demoClock runs like a real one and can be set forward.
type demoClock struct {
	mu    sync.Mutex
	day   time.Time // midnight, local
	base  time.Time
	since time.Time
}

func newDemoClock() *demoClock {
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		brussels = time.FixedZone("CET", 3600)
	}
	day := time.Date(2026, 11, 21, 0, 0, 0, 0, brussels)
	return &demoClock{day: day, base: day.Add(13*time.Hour + 50*time.Minute), since: time.Now()}
}

func (c *demoClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base.Add(time.Since(c.since))
}

// jump sets the clock to a time of the demo's day, written "15:04".
func (c *demoClock) jump(to string) {
	t, err := time.Parse("15:04", to)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.base = c.day.Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute)
	c.since = time.Now()
}

func (c *demoClock) label(clock string) string {
	if clock == "" {
		return c.now().Format("15:04")
	}
	return clock
}

func (it item) url() string {
	host := demoPublishers()[it.publisher].Name + ".example"
	return "https://" + host + "/" + it.slug
}

// papers serves the feeds of the demo's publishers.
type papers struct {
	mu     sync.Mutex
	items  map[string][]dated
	newest int // how many a feed holds; 0 is all
}

type dated struct {
	item
	at time.Time
}

func (p *papers) print(it item, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items[it.publisher] = append([]dated{{it, at}}, p.items[it.publisher]...)
}

// ServeHTTP serves one paper's RSS.
func (p *papers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	type rssItem struct {
		Title       string `xml:"title"`
		Link        string `xml:"link"`
		Description string `xml:"description"`
		PubDate     string `xml:"pubDate"`
	}
	type rss struct {
		XMLName xml.Name  `xml:"rss"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"channel>title"`
		Items   []rssItem `xml:"channel>item"`
	}
	key := strings.TrimPrefix(r.URL.Path, "/")
	p.mu.Lock()
	doc := rss{Version: "2.0", Title: demoPublishers()[key].Publisher}
	for i, d := range p.items[key] {
		if p.newest > 0 && i == p.newest {
			break
		}
		doc.Items = append(doc.Items, rssItem{d.title, d.url(), d.lead, d.at.Format(time.RFC1123Z)})
	}
	p.mu.Unlock()
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	_ = xml.NewEncoder(w).Encode(doc)
}

// screen is the fan's terminal: it passes everything on and remembers what the
// bot wrote.
type screen struct {
	mu   sync.Mutex
	out  io.Writer
	seen bytes.Buffer
}

func newScreen(out io.Writer) *screen { return &screen{out: out} }

// Write takes what the bot writes.
func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen.Write(b)
	return s.out.Write(b)
}

// narrate writes what the fan does not see.
func (s *screen) narrate(clock, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if clock != "" {
		text = clock + "  " + text
	}
	fmt.Fprintf(s.out, "\n── %s\n", text)
}

// echo writes what the fan types.
func (s *screen) echo(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintln(s.out, line)
}

func (s *screen) mark() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.Len()
}

func (s *screen) since(mark int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.seen.Bytes()[mark:])
}
