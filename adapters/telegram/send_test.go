package telegram_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func at(id string) subscriptions.Address {
	return subscriptions.Address{Platform: telegram.Platform, ID: id}
}

func text(s string) bot.Message { return bot.Message{Text: s} }

// TestSend: what the server makes of a message, through the wire.
func TestSend(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		arrange func(*telegramtest.Server)
		to      string
		message bot.Message
		want    bot.Result
		rest    subscriptions.RestReason
		moved   string
		calls   int
	}{
		"private":       {arrange: func(s *telegramtest.Server) { s.Chat(1) }, to: "1", want: bot.ResultSent, calls: 1},
		"group":         {arrange: func(s *telegramtest.Server) { s.Group(-1, "g") }, to: "-1", want: bot.ResultSent, calls: 1},
		"topic":         {arrange: func(s *telegramtest.Server) { s.Forum(-1, "f", 4) }, to: "-1/4", want: bot.ResultSent, calls: 1},
		"topic closed":  {arrange: func(s *telegramtest.Server) { s.Forum(-1, "f", 4).CloseTopic(4) }, to: "-1/4", want: bot.ResultUnreachable, rest: subscriptions.RestNoRight, calls: 1},
		"topic deleted": {arrange: func(s *telegramtest.Server) { s.Forum(-1, "f", 4).DeleteTopic(4) }, to: "-1/4", want: bot.ResultUnreachable, rest: subscriptions.RestGone, calls: 1},
		"nobody":        {to: "99", want: bot.ResultUnreachable, rest: subscriptions.RestGone, calls: 1},
		"blocked":       {arrange: func(s *telegramtest.Server) { s.Chat(1).Blocks() }, to: "1", want: bot.ResultUnreachable, rest: subscriptions.RestBlocked, calls: 1},
		"kicked":        {arrange: func(s *telegramtest.Server) { s.Group(-1, "g").Kicks() }, to: "-1", want: bot.ResultUnreachable, rest: subscriptions.RestKicked, calls: 1},
		"muted":         {arrange: func(s *telegramtest.Server) { s.Channel(-1, "c").Mutes() }, to: "-1", want: bot.ResultUnreachable, rest: subscriptions.RestNoRight, calls: 1},
		"migrated":      {arrange: func(s *telegramtest.Server) { s.Group(-1, "g").Migrates(-1001, false) }, to: "-1", want: bot.ResultMoved, moved: "-1001", calls: 1},
		"no address":    {to: "x", want: bot.ResultUnreachable, rest: subscriptions.RestGone},
		"nothing in it": {arrange: func(s *telegramtest.Server) { s.Chat(1) }, to: "1", message: bot.Message{Text: " \u202e "}, want: bot.ResultRefused},
		"502":           {arrange: broken(telegramtest.Fault{Kind: telegramtest.BadGateway}), to: "1", want: bot.ResultRetry, calls: 1},
		"500":           {arrange: broken(telegramtest.Fault{Kind: telegramtest.ServerError}), to: "1", want: bot.ResultRetry, calls: 1},
		"null":          {arrange: broken(telegramtest.Fault{Kind: telegramtest.Null}), to: "1", want: bot.ResultUnknown, calls: 1},
		"page":          {arrange: broken(telegramtest.Fault{Kind: telegramtest.Page}), to: "1", want: bot.ResultUnknown, calls: 1},
		"truncated":     {arrange: broken(telegramtest.Fault{Kind: telegramtest.Truncated}), to: "1", want: bot.ResultUnknown, calls: 1},
		"reset before":  {arrange: broken(telegramtest.Fault{Kind: telegramtest.ResetBefore}), to: "1", want: bot.ResultUnknown, calls: 1},
		"reset after":   {arrange: broken(telegramtest.Fault{Kind: telegramtest.ResetAfter}), to: "1", want: bot.ResultUnknown, calls: 1},
		"markup":        {arrange: broken(telegramtest.Fault{Kind: telegramtest.Refused, Times: 1, Code: 400, Description: "Bad Request: can't parse entities: x"}), to: "1", want: bot.ResultSent, calls: 2},
		"markup, twice": {arrange: broken(telegramtest.Fault{Kind: telegramtest.Refused, Code: 400, Description: "Bad Request: can't parse entities: x"}), to: "1", want: bot.ResultRefused, calls: 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, telegramtest.Options{}, echo)
			if test.arrange != nil {
				test.arrange(b.server)
			}
			m := test.message
			if m.Text == "" {
				m = text("Goal!")
			}
			r := b.bot.Send(t.Context(), at(test.to), m)
			if r.Result != test.want || r.Rest != test.rest || r.Moved.ID != test.moved {
				t.Errorf("receipt %+v", r)
			}
			if sent := r.Result == bot.ResultSent; sent != (r.Reference != "") || sent != (r.Err == nil) {
				t.Errorf("receipt %+v", r)
			}
			if r.Err != nil && (strings.Contains(r.Err.Error(), "AAtest") || strings.Contains(r.Err.Error(), "Goal")) {
				t.Errorf("the error tells too much: %v", r.Err)
			}
			if n := b.server.Counts().Requests["sendMessage"]; n != test.calls {
				t.Errorf("%d calls, want %d", n, test.calls)
			}
		})
	}
}

func broken(f telegramtest.Fault) func(*telegramtest.Server) {
	return func(s *telegramtest.Server) {
		s.Chat(1)
		f.Method = "sendMessage"
		s.Break(f)
	}
}

// TestSendParameters: what a person gets is what the message means.
func TestSendParameters(t *testing.T) {
	t.Parallel()
	b := newBench(t, telegramtest.Options{}, echo)
	c := b.server.Forum(-1, "f", 4).Topic(4)
	if r := b.bot.Send(t.Context(), at("-1/4"), alert()); r.Result != bot.ResultSent {
		t.Fatal(r)
	}
	m := c.Sees()
	got := []any{m.Thread, m.Silent, m.Preview, len(m.Buttons), m.Links}
	want := []any{4, true, `{"prefer_small_media":true,"url":"https://bal.example/7.jpg"}`, 2, []string{"https://bal.example/artikel?id=7&x=1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRefusedButton: an article whose address Telegram does not take is sent without
// the button that leads there.
func TestRefusedButton(t *testing.T) {
	t.Parallel()
	b := newBench(t, telegramtest.Options{}, echo)
	broken(telegramtest.Fault{Kind: telegramtest.Refused, Times: 1, Code: 400, Description: "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL"})(b.server)
	c := b.server.Chat(1)
	if r := b.bot.Send(t.Context(), at("1"), alert()); r.Result != bot.ResultSent {
		t.Fatal(r)
	}
	want := [][]telegramtest.Button{{{Text: "Waarom?", Data: "+why 7"}, {Text: "Demp", Data: "+mute club/genk"}}}
	m := c.Sees()
	if diff := cmp.Diff(want, m.Buttons); diff != "" || m.Preview != `{"is_disabled":true}` || len(m.Links) != 0 {
		t.Errorf("%s, preview %s, links %v", diff, m.Preview, m.Links)
	}
}

// TestSendEnds: a call ends soon after its context, and tells whether the request left.
func TestSendEnds(t *testing.T) {
	t.Parallel()
	t.Run("a server that does not answer", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, telegramtest.Options{NoListener: true}, echo)
			broken(telegramtest.Fault{Kind: telegramtest.StallAfter})(b.server)
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			began := time.Now()
			r := b.bot.Send(ctx, at("1"), text("x"))
			if r.Result != bot.ResultUnknown || !errors.Is(r.Err, context.DeadlineExceeded) || time.Since(began) != 3*time.Second {
				t.Errorf("%+v after %v", r, time.Since(began))
			}
			began = time.Now()
			if r := b.bot.Send(t.Context(), at("1"), text("x")); r.Result != bot.ResultUnknown || time.Since(began) > time.Minute {
				t.Errorf("%+v after %v", r, time.Since(began))
			}
		})
	})
	t.Run("no server", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, echo)
		// As the system says it. A port that is really closed may be another test's by now.
		b.config.Transport = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
		}}
		b.restart(t)
		if r := b.bot.Send(t.Context(), at("1"), text("x")); r.Result != bot.ResultRetry || !errors.Is(r.Err, syscall.ECONNREFUSED) {
			t.Errorf("%+v", r)
		}
	})
	t.Run("a context that ended", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, echo)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if r := b.bot.Send(ctx, at("1"), text("x")); r.Result != bot.ResultRetry {
			t.Errorf("%+v", r)
		}
	})
}

// TestBudget: the rate over all chats, the second of a chat, the minute of a group.
func TestBudget(t *testing.T) {
	t.Parallel()
	b := newBench(t, telegramtest.Options{}, echo)
	now := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)
	take := func(id string, until time.Time) int {
		n := 0
		for at0 := now; at0.Before(until); {
			wait, _ := b.bot.Reserve(at(id), at0)
			if wait == 0 {
				n++
				wait = time.Millisecond
			}
			at0 = at0.Add(wait)
		}
		now = until.Add(time.Hour)
		return n
	}
	if n := take("5", now.Add(60*time.Second)); n < 55 || n > 60 {
		t.Errorf("%d messages a minute in a private chat", n)
	}
	if n := take("-5", now.Add(60*time.Second)); n != 20 {
		t.Errorf("%d messages a minute in a group", n)
	}
	// The topics of a forum share the budget of the group.
	n := 0
	for i, end := now, now.Add(time.Minute); i.Before(end); i = i.Add(500 * time.Millisecond) {
		for _, id := range []string{"-6/1", "-6/2", "-6"} {
			if wait, _ := b.bot.Reserve(at(id), i); wait == 0 {
				n++
			}
		}
	}
	if n != 20 {
		t.Errorf("%d messages a minute in a forum", n)
	}
}

// TestPace: at full speed the server's limits are never touched, and nearly all of
// what they allow is used.
func TestPace(t *testing.T) {
	t.Parallel()
	for _, rate := range []int{30, 1000} {
		t.Run(strconv.Itoa(rate), func(t *testing.T) {
			t.Parallel()
			limits := telegramtest.RealLimits()
			limits.Everyone.Messages = rate
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, telegramtest.Options{NoListener: true, Limits: limits}, echo)
				b.config.Rate = float64(rate)
				b.restart(t)
				to := make([]subscriptions.Address, 2*rate)
				for i := range to {
					to[i] = at(strconv.Itoa(i + 1))
					b.server.Chat(int64(i + 1))
				}
				const seconds = 5
				n := broadcast(b, to, seconds*time.Second)
				if share := float64(n) / float64(seconds*rate); share < 0.94 {
					t.Errorf("%.3f of the permitted rate", share)
				}
				if c := b.server.Counts(); c.Limited != 0 {
					t.Errorf("%d messages beyond the limit", c.Limited)
				}
			})
		})
	}
}

// TestLimited: a refusal because of limits holds what it is about, and only that.
func TestLimited(t *testing.T) {
	t.Parallel()
	t.Run("everyone", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, echo)
		broken(telegramtest.Fault{Kind: telegramtest.TooMany, Times: 1, RetryAfter: 2282})(b.server)
		r := b.bot.Send(t.Context(), at("1"), text("x"))
		if r.Result != bot.ResultRetry || !r.Everywhere || r.After != 2282*time.Second {
			t.Errorf("%+v", r)
		}
		if wait, _ := b.bot.Reserve(at("2"), time.Now()); wait < 2280*time.Second {
			t.Errorf("another chat waits %v", wait)
		}
	})
	t.Run("one chat", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, echo)
		broken(telegramtest.Fault{Kind: telegramtest.TooMany, Times: 1, Skip: 1, RetryAfter: 30})(b.server)
		b.bot.Send(t.Context(), at("1"), text("x"))
		r := b.bot.Send(t.Context(), at("1"), text("too soon"))
		if r.Result != bot.ResultRetry || r.Everywhere || r.After != 30*time.Second {
			t.Errorf("%+v", r)
		}
		if wait, _ := b.bot.Reserve(at("1"), time.Now()); wait < 29*time.Second {
			t.Errorf("the chat waits %v", wait)
		}
		if wait, _ := b.bot.Reserve(at("2"), time.Now()); wait > time.Second {
			t.Errorf("another chat waits %v", wait)
		}
	})
}

// TestSlowMode: one group's slow mode is told in the words of a limit, and holds that
// group alone.
func TestSlowMode(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		slow       time.Duration
		fault      *telegramtest.Fault
		everywhere bool
	}{
		"slow mode":                     {slow: time.Hour},
		"a limit in a group":            {fault: &telegramtest.Fault{Kind: telegramtest.TooMany, Times: 1, RetryAfter: 2282}, everywhere: true},
		"a limit longer than slow mode": {slow: 10 * time.Second, fault: &telegramtest.Fault{Kind: telegramtest.TooMany, Times: 1, RetryAfter: 2282}, everywhere: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
				b.server.Forum(-7, "Fans")
				b.server.SlowMode(-7, tt.slow)
				if r := b.bot.Send(t.Context(), at("-7"), text("x")); r.Result != bot.ResultSent {
					t.Fatal(r)
				}
				time.Sleep(2 * time.Minute)
				if tt.fault != nil {
					broken(*tt.fault)(b.server)
				}
				r := b.bot.Send(t.Context(), at("-7"), text("y"))
				if r.Result != bot.ResultRetry || r.After < 30*time.Minute || r.Everywhere != tt.everywhere {
					t.Errorf("%+v", r)
				}
				if wait, _ := b.bot.Reserve(at("-7"), time.Now()); wait < 30*time.Minute {
					t.Errorf("the group waits %v", wait)
				}
				if wait, _ := b.bot.Reserve(at("2"), time.Now()); wait > 0 != tt.everywhere {
					t.Errorf("another chat waits %v", wait)
				}
			})
		})
	}
}

// TestDialsOnlyLoopback: the transport of the tests reaches nothing outside.
func TestDialsOnlyLoopback(t *testing.T) {
	t.Parallel()
	b, err := telegram.New(telegram.Config{Token: telegramtest.Token, Transport: telegramtest.LoopbackTransport()})
	if err != nil {
		t.Fatal(err)
	}
	r := b.Send(t.Context(), at("1"), text("x"))
	if r.Result != bot.ResultRetry || !strings.Contains(r.Err.Error(), "not loopback") {
		t.Errorf("%+v", r)
	}
}

// TestNoRedirect: an answer that points elsewhere is not followed, token and all.
func TestNoRedirect(t *testing.T) {
	t.Parallel()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int64
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		http.Redirect(w, r, "http://"+l.Addr().String()+"/elsewhere", http.StatusTemporaryRedirect)
	})}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	b, err := telegram.New(telegram.Config{Token: telegramtest.Token, APIURL: "http://" + l.Addr().String(), Transport: telegramtest.LoopbackTransport()})
	if err != nil {
		t.Fatal(err)
	}
	if r := b.Send(t.Context(), at("1"), text("x")); r.Result != bot.ResultRetry || asked.Load() != 1 {
		t.Errorf("%+v after %d requests", r, asked.Load())
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config telegram.Config
		want   string // empty: fine
	}{
		"fine":           {telegram.Config{Token: "1:x"}, ""},
		"no token":       {telegram.Config{}, "token"},
		"token of lines": {telegram.Config{Token: "1:secret\n"}, "token"},
		"no address":     {telegram.Config{Token: "1:x", APIURL: "localhost"}, "api_url"},
		"rate below 0":   {telegram.Config{Token: "1:x", Rate: -1}, "rate"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := telegram.New(test.config)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret")):
				t.Errorf("error %v, want one about %s", err, test.want)
			}
		})
	}
}
