//go:build unix

package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// plan says what a rig is like. A rate of 0 leaves a platform out.
type plan struct {
	network           network
	telegram, discord int // messages a second that are permitted
	latency, grace    time.Duration
	letters           int // how many requests a wire keeps
	// cut makes a message of each story in a bundle.
	cut bool
	// lax platforms enforce nothing.
	lax bool
}

// rig is the real store, dispatcher and adapters, over HTTP, before platforms
// that enforce their limits.
type rig struct {
	testing.TB
	rooms      *rooms
	dispatcher *bot.Dispatcher
	log        *buffer

	telegram    *telegramtest.Server
	telegramBot *telegram.Bot
	discord     *discordtest.Server
	wires       map[subscriptions.Platform]*wire
	chats       []*telegramtest.Chat
	users       []*discordtest.User
}

func newRig(t testing.TB, p plan) *rig {
	t.Helper()
	s := &rig{TB: t, log: &buffer{}, wires: map[subscriptions.Platform]*wire{}}
	logger := slog.New(slog.NewTextHandler(s.log, nil))
	cfg := defaultConfig()
	cfg.Database = filepath.Join(t.TempDir(), "rig.db")
	var err error
	if s.rooms, err = openRooms(context.WithoutCancel(t.Context()), cfg, logger, time.Now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.rooms.close() })
	var messengers []bot.Messenger
	if p.telegram > 0 {
		messengers = append(messengers, s.openTelegram(p, logger))
	}
	if p.discord > 0 {
		messengers = append(messengers, s.openDiscord(p, logger))
	}
	if p.cut {
		for i, m := range messengers {
			messengers[i] = cutter{m}
		}
	}
	s.dispatcher = bot.NewDispatcher(bot.DispatcherConfig{
		Store: s.rooms.store, Messengers: messengers, Composer: s.rooms.composer, Holder: "rig", Now: time.Now, Logger: logger,
	})
	return s
}

// cutter is a messenger in whose messages there is room for one story.
type cutter struct{ bot.Messenger }

// Split implements [bot.Messenger].
func (c cutter) Split(m bot.Message) []bot.Message {
	var parts []bot.Message
	for i := range m.Items {
		part := m
		part.Items = m.Items[i : i+1]
		parts = append(parts, part)
	}
	return parts
}

func (s *rig) openTelegram(p plan, logger *slog.Logger) bot.Messenger {
	s.Helper()
	limits := telegramtest.RealLimits()
	limits.Everyone.Messages = p.telegram
	if p.lax {
		limits = telegramtest.Limits{}
	}
	server, err := telegramtest.Start(telegramtest.Options{Limits: limits, Listener: p.network.listen(s, "telegram")})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(server.Close)
	s.telegram = server
	s.telegramBot, err = telegram.New(telegram.Config{
		Token: telegramtest.Token, APIURL: server.URL, Rate: float64(p.telegram), Progress: s.rooms.store,
		Logger: logger, Transport: s.wire(telegram.Platform, p),
	})
	if err != nil {
		s.Fatal(err)
	}
	return s.telegramBot
}

func (s *rig) openDiscord(p plan, logger *slog.Logger) bot.Messenger {
	s.Helper()
	s.discord = discordtest.NewServer(discordtest.Options{GlobalRate: p.discord, Listener: p.network.listen(s, "discord")})
	s.Cleanup(s.discord.Close)
	b, err := discord.New(discord.Config{
		Token: s.discord.Token(), APIURL: s.discord.URL(), Rate: float64(p.discord), Progress: s.rooms.store,
		Logger: logger, Transport: s.wire(discord.Platform, p), Dial: p.network.dial,
	})
	if err != nil {
		s.Fatal(err)
	}
	return b
}

func (s *rig) wire(platform subscriptions.Platform, p plan) *wire {
	transport := &http.Transport{DialContext: p.network.dial, MaxIdleConnsPerHost: 512}
	s.Cleanup(transport.CloseIdleConnections)
	w := newWire(transport, p.latency, p.grace, p.letters)
	s.wires[platform] = w
	return w
}

// follows is what somebody follows, and how.
type follows map[subscriptions.Topic]subscriptions.Cadence

// telegramFans makes n people on Telegram who follow something.
func (s *rig) telegramFans(n int, what follows) []*telegramtest.Chat {
	s.Helper()
	var chats []*telegramtest.Chat
	var places []subscriptions.Address
	for range n {
		id := int64(10_000 + len(s.chats))
		c := s.telegram.Chat(id)
		s.chats, chats = append(s.chats, c), append(chats, c)
		places = append(places, subscriptions.Address{Platform: telegram.Platform, ID: strconv.FormatInt(id, 10)})
	}
	s.follow(places, what)
	return chats
}

// discordFans makes n people on Discord who follow something.
func (s *rig) discordFans(n int, what follows) {
	s.Helper()
	var places []subscriptions.Address
	for range n {
		u := s.discord.User("fan"+strconv.Itoa(len(s.users)), "nl")
		s.users = append(s.users, u)
		places = append(places, subscriptions.Address{Platform: discord.Platform, ID: "dm/" + u.Direct().ID})
	}
	s.follow(places, what)
}

func (s *rig) follow(places []subscriptions.Address, what follows) {
	s.Helper()
	now := time.Now()
	for len(places) > 0 {
		some := places[:min(len(places), 1000)]
		places = places[len(some):]
		err := s.rooms.store.Change(s.Context(), now, subscriptions.Mark{}, func(tx subscriptions.Tx) error {
			for _, at := range some {
				fan := subscriptions.Subscriber{Address: at, Language: "nl", Cadence: subscriptions.Instant, CreatedAt: now}
				if err := tx.SaveSubscriber(&fan); err != nil {
					return err
				}
				for topic, cadence := range what {
					if err := tx.Follow(subscriptions.Subscription{Subscriber: fan.ID, Topic: topic, Cadence: cadence, CreatedAt: now}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			s.Fatal(err)
		}
	}
}

// publish publishes a story about a topic.
func (s *rig) publish(topic subscriptions.Topic, name string) {
	s.Helper()
	now := time.Now()
	_, err := s.rooms.store.Publish(s.Context(), now, subscriptions.Publication{Push: true, Article: subscriptions.Article{
		Key: name, Source: "de-tribune", Publisher: "De Tribune", URL: "https://tribune.example/" + name,
		Title:    "Na de verloren topper wordt " + name + " voor weken buiten strijd gemeld",
		Lead:     "De aanvoerder liep in de slotfase een spierblessure op en mist zeker de volgende drie wedstrijden. De club hoopt dat hij na de interlandbreuk weer aansluit bij de groep.",
		Language: "nl", Published: now, Seen: now, Kind: subscriptions.Fact,
		Tags: []subscriptions.Tag{{Topic: topic, Level: subscriptions.About}},
	}})
	if err != nil {
		s.Fatal(err)
	}
	s.dispatcher.Wake()
}

// queue puts all that was published into the outbox.
func (s *rig) queue() {
	s.Helper()
	for more := true; more; {
		var err error
		if more, err = s.rooms.store.Route(s.Context(), time.Now(), 10_000); err != nil {
			s.Fatal(err)
		}
	}
}

// owed is how many deliveries have not ended.
func (s *rig) owed() (n int64) {
	s.Helper()
	stats, err := s.rooms.store.Stats(s.Context(), time.Now())
	if err != nil {
		s.Fatal(err)
	}
	for _, pending := range stats.Pending {
		n += pending
	}
	return n
}

// listen has Telegram's adapter answer people until the test ends, or stop is called.
func (s *rig) listen() (stop func()) {
	commands := bot.NewCommands(bot.CommandsConfig{
		Registry: s.rooms.store, Archive: s.rooms.store, Outbox: s.rooms.store, Digests: s.rooms.store, Progress: s.rooms.store,
		Directory: s.rooms.directory, Locale: s.rooms.locale, Composer: s.rooms.composer, Now: time.Now, Logger: s.rooms.logger,
	})
	return s.background(func(ctx context.Context) error { return s.telegramBot.Run(ctx, commands) })
}

// start starts the dispatcher; it ends with the test, or by stop.
func (s *rig) start() (stop func()) { return s.background(s.dispatcher.Run) }

func (s *rig) background(run func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.Context()))
	var running sync.WaitGroup
	running.Go(func() {
		if err := run(ctx); err != nil {
			s.Errorf("run: %v", err)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); running.Wait() })
	s.Cleanup(stop)
	return stop
}

// accepted is how many messages the platforms took.
func (s *rig) accepted() int {
	n := 0
	if s.telegram != nil {
		n += s.telegram.Counts().Messages
	}
	if s.discord != nil {
		n += s.discord.Stats().Messages
	}
	return n
}

// until looks every so often until something is done or the time is over, and tells
// now and then how far it is.
func (s *rig) until(done func() bool, every, within time.Duration) {
	s.Helper()
	for began, told := time.Now(), time.Now(); !done(); {
		if time.Since(began) > within {
			s.Errorf("not done after %s, %d messages; %+v; the log ends:\n%s", within, s.accepted(), s.dispatcher.Status(), tail(s.log.String(), 2000))
			return
		}
		if *load && time.Since(told) >= max(time.Minute, 100*every) {
			told = time.Now()
			s.Logf("%6d messages after %s", s.accepted(), time.Since(began).Round(time.Second))
		}
		time.Sleep(every)
	}
}

// delivered is what one person got, and when.
type delivered struct {
	who   string
	texts []string
	dates []time.Time
}

func (d *delivered) add(text string, at time.Time) {
	d.texts, d.dates = append(d.texts, text), append(d.dates, at)
}

// everyone returns what each person got on a platform.
func (s *rig) everyone(platform subscriptions.Platform) []delivered {
	var all []delivered
	if platform == telegram.Platform {
		for i, c := range s.chats {
			d := delivered{who: fmt.Sprint("chat ", i)}
			for _, m := range c.Messages() {
				d.add(m.Markup, m.Date)
			}
			all = append(all, d)
		}
		return all
	}
	for i, u := range s.users {
		d := delivered{who: fmt.Sprint("user ", i)}
		for _, m := range u.Direct().Messages() {
			text := []string{m.Text()}
			for _, e := range m.Embeds {
				text = append(text, e.URL)
			}
			d.add(strings.Join(text, " "), m.Sent)
		}
		all = append(all, d)
	}
	return all
}
