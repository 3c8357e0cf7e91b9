package discord_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// works waits until the bot answers a person again.
func (w *world) works() {
	w.Helper()
	w.connected()
	r, err := w.srv.User("piet", "nl").Slash(nil, "follow", "topic=genk")
	if err != nil || r.Text() != "Je volgt KRC Genk." {
		w.Fatalf("answer %q, error %v\n%s", r.Text(), err, w.logs)
	}
}

func (w *world) connected() {
	w.Helper()
	if !w.srv.Wait(5*time.Second, func() bool { return w.srv.Connected() > 0 }) {
		w.Fatalf("not connected\n%s", w.logs)
	}
}

// TestGatewayBegins goes through what can meet a new connection.
func TestGatewayBegins(t *testing.T) {
	t.Parallel()
	for name, conduct := range map[string][]discordtest.Conduct{
		"no hello":                  {{NoHello: true}, {NoHello: true}},
		"reconnect first":           {{Reconnect: true}, {Reconnect: true}},
		"session invalid":           {{Invalid: true}, {Invalid: true}},
		"session invalid resumable": {{Invalid: true, Resumable: true}},
		"closed 4000":               {{Close: 4000}},
		"closed 4009":               {{Close: 4009}},
		"closed 1001":               {{Close: 1001}},
		"not JSON":                  {{Garbage: true}},
		"half open after READY":     {{HalfOpen: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond, Heartbeat: 200 * time.Millisecond})
			w.srv.Conduct(conduct...)
			w.run()
			if !w.srv.Wait(5*time.Second, func() bool { return w.srv.Dialled() > len(conduct) && w.srv.Connected() > 0 }) {
				t.Fatalf("%d connections, %d connected\n%s", w.srv.Dialled(), w.srv.Connected(), w.logs)
			}
			w.srv.Wait(5*time.Second, func() bool { return len(w.srv.Commands("nl")) > 0 })
			w.works()
			w.clean()
			if err := w.stop(); err != nil {
				t.Errorf("Run = %v", err)
			}
		})
	}
}

// TestGatewayGoesOn goes through what can meet a connection that stands.
func TestGatewayGoesOn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		do     func(*discordtest.Server)
		resume bool
	}{
		"broken":                    {func(s *discordtest.Server) { s.Disconnect(0) }, true},
		"closed 4000":               {func(s *discordtest.Server) { s.Disconnect(4000) }, true},
		"closed 1001":               {func(s *discordtest.Server) { s.Disconnect(1001) }, true},
		"sequence refused":          {func(s *discordtest.Server) { s.Disconnect(4007) }, false},
		"asked to reconnect":        {(*discordtest.Server).AskReconnect, true},
		"session invalid":           {func(s *discordtest.Server) { s.Invalidate(false) }, false},
		"session invalid resumable": {func(s *discordtest.Server) { s.Invalidate(true) }, true},
		"half open":                 {(*discordtest.Server).Silence, true},
		"not JSON":                  {func(s *discordtest.Server) { s.Send("\x00") }, true},
		"too large":                 {func(s *discordtest.Server) { s.Send(`{"op":0,"d":"` + strings.Repeat("x", 17<<20) + `"}`) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, discordtest.Options{Heartbeat: 200 * time.Millisecond})
			before := w.srv.Dialled()
			channel := w.srv.Guild("g").Channel("c")
			tt.do(w.srv)
			// News needs no gateway.
			if r := w.bot.Send(t.Context(), address("channel", channel.ID), bot.Message{Key: "k", Text: "Genk wint"}); r.Result != bot.ResultSent {
				t.Errorf("receipt = %+v", r)
			}
			// What happens meanwhile is replayed, or read from READY.
			if !w.srv.Wait(5*time.Second, func() bool { return w.srv.Dialled() > before && w.srv.Connected() > 0 }) {
				t.Fatalf("not back\n%s", w.logs)
			}
			w.works()
			resumed, identified := w.srv.Resumed() > 0, len(w.srv.Identified()) > 1
			if resumed != tt.resume || identified == tt.resume {
				t.Errorf("resumed %v, identified %d times; want a resume: %v\n%s", resumed, len(w.srv.Identified()), tt.resume, w.logs)
			}
			w.clean()
		})
	}
}

// TestGatewayReplays: what a person does while the connection is broken is
// answered when it is resumed.
func TestGatewayReplays(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	before := w.srv.Dialled()
	w.srv.Disconnect(0)
	w.srv.Wait(time.Second, func() bool { return w.srv.Connected() == 0 || w.srv.Dialled() > before })
	r, err := w.srv.User("piet", "nl").Slash(nil, "follow", "topic=genk")
	if err != nil || r.Text() != "Je volgt KRC Genk." {
		t.Errorf("answer %q, error %v", r.Text(), err)
	}
	w.clean()
}

// TestGatewayHeartbeats: beats are sent, acknowledged ones keep the connection, and
// the server may ask for one.
func TestGatewayHeartbeats(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{Heartbeat: time.Second})
	w.srv.AskHeartbeat()
	if !w.srv.Wait(20*time.Second, func() bool { return w.srv.Beats() > 2 }) || w.srv.Dialled() > 1 {
		t.Errorf("%d heartbeats on %d connections\n%s", w.srv.Beats(), w.srv.Dialled(), w.logs)
	}
	w.works()
	w.clean()
}

// TestGatewayZombie: without acknowledgements the connection is left and resumed.
func TestGatewayZombie(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{Heartbeat: 30 * time.Millisecond, IdentifyEvery: 40 * time.Millisecond})
	w.srv.Conduct(discordtest.Conduct{NoACK: true})
	w.run()
	if !w.srv.Wait(5*time.Second, func() bool { return w.srv.Resumed() > 0 }) {
		t.Fatalf("a connection without acknowledgements was kept\n%s", w.logs)
	}
	if !strings.Contains(w.logs.String(), "did not answer a heartbeat") {
		t.Errorf("it was left for another reason\n%s", w.logs)
	}
	w.works()
	w.clean()
}

// TestGatewayEnds: where no new connection would help, Run ends and names the
// setting.
func TestGatewayEnds(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{
		4004: "SJOTBOT_DISCORD_TOKEN", 4010: "4010", 4011: "4011", 4012: "newer sjotbot", 4013: "intents", 4014: "intents",
	} {
		for _, first := range []bool{true, false} {
			w := newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond})
			if !first {
				w.srv.Conduct(discordtest.Conduct{})
			}
			w.srv.Conduct(discordtest.Conduct{Close: code}, discordtest.Conduct{Close: code})
			ended := make(chan error, 1)
			go func() { ended <- w.bot.Run(t.Context(), w.core) }()
			if !first {
				w.connected()
				w.srv.Disconnect(4000)
			}
			select {
			case err := <-ended:
				if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), w.srv.Token()) {
					t.Errorf("close code %d: Run = %v, want %q in it", code, err, want)
				}
			case <-time.After(5 * time.Second):
				t.Errorf("close code %d: Run goes on\n%s", code, w.logs)
			}
			if n := len(w.srv.Identified()); n > 1 {
				t.Errorf("close code %d: %d identifies", code, n)
			}
		}
	}
}

// TestIdentifiesAreSpaced: however bad the gateway is, identifies keep their
// distance, also over a restart.
func TestIdentifiesAreSpaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond})
	w.srv.Conduct(slices.Repeat([]discordtest.Conduct{{Invalid: true}}, 4)...)
	w.run()
	w.connected()
	_ = w.stop()
	w.bot = w.newBot()
	w.run()
	w.srv.Wait(5*time.Second, func() bool { return len(w.srv.Identified()) > 5 })
	times := w.srv.Identified()
	for i := 1; i < len(times); i++ {
		if d := times[i].Sub(times[i-1]); d < 40*time.Millisecond {
			t.Errorf("identify %d came %v after the one before", i, d)
		}
	}
	w.clean()
}

// TestNoSessionsLeft: when the day's sessions are spent the bot waits instead of
// having its token reset.
func TestNoSessionsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond, IdentifyLimit: 1})
	w.srv.Conduct(discordtest.Conduct{Invalid: true})
	w.run()
	w.srv.Wait(400*time.Millisecond, func() bool { return len(w.srv.Identified()) > 1 })
	if n := len(w.srv.Identified()); n != 1 {
		t.Errorf("%d identifies, want 1", n)
	}
	if !strings.Contains(w.logs.String(), "no more sessions today") {
		t.Errorf("the operator is not told:\n%s", w.logs)
	}
}

// TestShards: each shard Discord wants is connected, and guild events reach the
// bot by any.
func TestShards(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond, Shards: 3})
	w.run()
	if !w.srv.Wait(5*time.Second, func() bool { return w.srv.Connected() == 3 && len(w.srv.Commands("nl")) > 0 }) {
		t.Fatalf("%d shards\n%s", w.srv.Connected(), w.logs)
	}
	jan := w.srv.User("jan", "nl")
	for range 6 {
		if _, err := jan.Slash(w.srv.Guild("g").Channel("c"), "follow", "topic=genk"); err != nil {
			t.Error(err)
		}
	}
	w.clean()
}

// TestOneOfTwoRuns: of two processes with one store, one is connected; the other
// takes over when the first goes.
func TestOneOfTwoRuns(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	second, err := discord.New(discord.Config{
		Token: w.srv.Token(), APIURL: w.srv.URL(), Progress: w.progress, Holder: "another process", Transport: discordtest.Transport(), Dial: discordtest.Dial,
	})
	if err != nil {
		t.Fatal(err)
	}
	second.Hurry()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- second.Run(ctx, w.core) }()
	if w.srv.Wait(300*time.Millisecond, func() bool { return w.srv.Connected() > 1 }) {
		t.Error("both are connected")
	}
	_ = w.stop()
	if !w.srv.Wait(5*time.Second, func() bool { return len(w.srv.Identified()) == 2 && w.srv.Connected() == 1 }) {
		t.Errorf("the second did not take over")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Run = %v", err)
	}
	w.clean()
}

// TestTempo: the promises that are made of the times.
func TestTempo(t *testing.T) {
	t.Parallel()
	backoff, identify, lease, dead := discord.DefaultTempo()
	if backoff > time.Minute || identify < 5*time.Second || lease+lease/10+identify > 20*time.Second {
		t.Errorf("longest back-off %v, identify every %v, lease %v", backoff, identify, lease)
	}
	// Discord asks for a heartbeat every 41.25 s: a peer that dies right after one is
	// found out after the next.
	if total := 41250*time.Millisecond + dead; total > time.Minute {
		t.Errorf("a dead connection is replaced after %v", total)
	}
}

func TestPlacesComeAndGo(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	g := w.srv.Guild("Genkies")
	first, second := g.Channel("een"), g.Channel("twee")
	post := g.Forum("forum").Thread("post")
	first.Delete()
	post.Delete()
	g.Outage()
	g.Kick()
	want := map[subscriptions.Address]subscriptions.RestReason{
		address("channel", first.ID): subscriptions.RestGone, address("channel", post.ID): subscriptions.RestGone,
		address("channel", second.ID): subscriptions.RestKicked,
	}
	got := map[subscriptions.Address]subscriptions.RestReason{}
	for _, n := range w.core.told(4) { // the forum itself is one of them
		if n.Kind == bot.NoticeRemoved {
			got[n.Address] = n.Reason
		}
	}
	for at, reason := range want {
		if got[at] != reason {
			t.Errorf("%v: told %q, want %q", at, got[at], reason)
		}
	}
	g.Add()
	back := w.core.told(5)
	if last := back[len(back)-1]; last.Kind != bot.NoticeBack {
		t.Errorf("after the bot was added again: %+v", last)
	}
	w.clean()
}

// TestLeftWhileAway: a server that the bot left while it had no session is missed in the
// next, by the shard that hears of it; when the bot is added again, that is news.
func TestLeftWhileAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{IdentifyEvery: 40 * time.Millisecond, Shards: 2})
	w.run()
	both := func() bool { return w.srv.Connected() == 2 }
	if !w.srv.Wait(5*time.Second, both) {
		t.Fatalf("not connected\n%s", w.logs)
	}
	left := w.srv.Guild("left")
	channel := left.Channel("nieuws")
	for _, name := range []string{"of the other shard", "of the same"} {
		w.srv.Guild(name).Channel("nieuws")
	}
	left.Leave()
	w.srv.Invalidate(false)
	if !w.srv.Wait(5*time.Second, func() bool { return len(w.srv.Identified()) == 4 && both() }) {
		t.Fatalf("not back\n%s", w.logs)
	}
	gone := bot.Notice{Kind: bot.NoticeRemoved, Address: address("channel", channel.ID), Reason: subscriptions.RestKicked}
	if diff := cmp.Diff([]bot.Notice{gone}, w.core.told(1)); diff != "" {
		t.Fatalf("in the new session (-want +got):\n%s", diff)
	}
	left.Add()
	back := bot.Notice{Kind: bot.NoticeBack, Address: gone.Address}
	if diff := cmp.Diff([]bot.Notice{gone, back}, w.core.told(2)); diff != "" {
		t.Errorf("after the bot was added again (-want +got):\n%s", diff)
	}
	w.clean()
}

// TestLeftAndJoinedAgain: what happens to a server in quick succession, as after a
// connection that is resumed, is told in that order.
func TestLeftAndJoinedAgain(t *testing.T) {
	t.Parallel()
	w := start(t, discordtest.Options{})
	g := w.srv.Guild("Genkies")
	const channels = 100
	for range channels {
		g.Channel("nieuws")
	}
	g.Kick()
	g.Add()
	last := map[subscriptions.Address]bot.NoticeKind{}
	for _, n := range w.core.told(2 * channels) {
		last[n.Address] = n.Kind
	}
	if len(last) != channels {
		t.Errorf("told of %d channels, want %d", len(last), channels)
	}
	for at, kind := range last {
		if kind != bot.NoticeBack {
			t.Errorf("%v: told %q last, want %q", at, kind, bot.NoticeBack)
		}
	}
	w.clean()
}
