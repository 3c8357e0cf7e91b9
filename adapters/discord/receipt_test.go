package discord_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/discord"
	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestReceipts: what each answer of the platform means.
func TestReceipts(t *testing.T) {
	t.Parallel()
	specification := schema(t)
	header := func(pairs ...string) http.Header {
		h := http.Header{}
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	refusal := func(status, code int) discordtest.Fault {
		return discordtest.Fault{Status: status, Body: `{"message":"no","code":` + strconv.Itoa(code) + `}`}
	}
	for name, tt := range map[string]struct {
		fault discordtest.Fault
		want  bot.Receipt
	}{
		"route limit": {
			discordtest.Fault{Status: 429, Header: header("X-RateLimit-Scope", "user", "Retry-After", "2", "X-RateLimit-Reset-After", "1.2"), Body: `{"message":"slow","retry_after":1.234,"global":false}`},
			bot.Receipt{Result: bot.ResultRetry, After: 1234 * time.Millisecond},
		},
		"shared limit": {
			discordtest.Fault{Status: 429, Header: header("X-RateLimit-Scope", "shared", "Retry-After", "35"), Body: `{"message":"slow","retry_after":35,"global":false}`},
			bot.Receipt{Result: bot.ResultRetry, After: 35 * time.Second},
		},
		"global limit, documented form": {
			discordtest.Fault{Status: 429, Header: header("X-RateLimit-Global", "true", "Retry-After", "65"), Body: `{"message":"slow","retry_after":64.57,"global":true}`},
			bot.Receipt{Result: bot.ResultRetry, After: 64570 * time.Millisecond, Everywhere: true},
		},
		"global limit, told in the body alone": {
			discordtest.Fault{Status: 429, Body: `{"message":"slow","retry_after":2282,"global":true}`},
			bot.Receipt{Result: bot.ResultRetry, After: 2282 * time.Second, Everywhere: true},
		},
		"limit without a word on how long": {
			discordtest.Fault{Status: 429, Header: header("X-RateLimit-Scope", "user"), Body: `{}`}, bot.Receipt{Result: bot.ResultRetry, After: 5 * time.Second},
		},
		"limit with nonsense": {
			discordtest.Fault{Status: 429, Header: header("Retry-After", "-3"), Body: `{"retry_after":-1}`}, bot.Receipt{Result: bot.ResultRetry, After: 5 * time.Second},
		},
		"limit for a year": {
			discordtest.Fault{Status: 429, Body: `{"retry_after":1e300}`}, bot.Receipt{Result: bot.ResultRetry, After: 24 * time.Hour},
		},
		"ban by Cloudflare": {
			discordtest.Fault{Status: 429, Body: "<html>banned</html>"}, bot.Receipt{Result: bot.ResultRetry, After: 45 * time.Second, Everywhere: true},
		},
		"ban by Cloudflare that says how long": {
			discordtest.Fault{Status: 429, Header: header("Retry-After", "600"), Body: "<html>banned</html>"},
			bot.Receipt{Result: bot.ResultRetry, After: 10 * time.Minute, Everywhere: true},
		},
		"ban in JSON": {
			discordtest.Fault{Status: 429, Body: `{"message":"You are being blocked from accessing our API temporarily due to exceeding our rate limits frequently.","code":0}`},
			bot.Receipt{Result: bot.ResultRetry, After: 45 * time.Second, Everywhere: true},
		},
		"500":             {refusal(500, 0), bot.Receipt{Result: bot.ResultUnknown}},
		"502 in HTML":     {discordtest.Fault{Status: 502, Body: "<html>bad gateway</html>"}, bot.Receipt{Result: bot.ResultUnknown}},
		"503":             {refusal(503, 0), bot.Receipt{Result: bot.ResultUnknown}},
		"200 in HTML":     {discordtest.Fault{Status: 200, Body: "<html>log in</html>"}, bot.Receipt{Result: bot.ResultUnknown}},
		"200 null":        {discordtest.Fault{Status: 200, Body: "null"}, bot.Receipt{Result: bot.ResultUnknown}},
		"redirect":        {discordtest.Fault{Status: 302, Header: header("Location", "https://elsewhere.example/"), Body: "<html>"}, bot.Receipt{Result: bot.ResultRetry, After: 30 * time.Second, Everywhere: true}},
		"403 in HTML":     {discordtest.Fault{Status: 403, Body: "<html>blocked</html>"}, bot.Receipt{Result: bot.ResultRetry, After: 30 * time.Second, Everywhere: true}},
		"403 in JSON":     {refusal(403, 40333), bot.Receipt{Result: bot.ResultRetry, After: 30 * time.Second, Everywhere: true}},
		"wrong api_url":   {refusal(404, 0), bot.Receipt{Result: bot.ResultRetry, After: 30 * time.Second, Everywhere: true}},
		"connection lost": {discordtest.Fault{Reset: true}, bot.Receipt{Result: bot.ResultUnknown}},
		"reset after it was carried out": {
			discordtest.Fault{Reset: true, After: true}, bot.Receipt{Result: bot.ResultUnknown},
		},
		"token refused":       {refusal(401, 0), bot.Receipt{Result: bot.ResultHalted}},
		"direct closed":       {refusal(403, 50007), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestClosed}},
		"no server in common": {refusal(403, 50278), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestClosed}},
		"unknown channel":     {refusal(404, 10003), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestGone}},
		"unknown server":      {refusal(404, 10004), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestKicked}},
		"unknown person":      {refusal(404, 10013), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestGone}},
		"missing access":      {refusal(403, 50001), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestNoRight}},
		"missing permissions": {refusal(403, 50013), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestNoRight}},
		"thread locked":       {refusal(400, 160005), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestNoRight}},
		"another 403":         {refusal(403, 99999), bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestUnreachable}},
		"opening too fast":    {refusal(400, 40003), bot.Receipt{Result: bot.ResultRetry, After: time.Minute}},
		"write limit":         {refusal(400, 20028), bot.Receipt{Result: bot.ResultRetry}},
		"overloaded":          {refusal(400, 130000), bot.Receipt{Result: bot.ResultRetry}},
		"form refused":        {refusal(400, 50035), bot.Receipt{Result: bot.ResultRefused}},
		"by AutoMod":          {refusal(400, 200000), bot.Receipt{Result: bot.ResultRefused}},
		"another 400":         {refusal(400, 12345), bot.Receipt{Result: bot.ResultRefused}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, discordtest.Options{Schema: specification})
			channel := w.srv.Guild("g").Channel("c")
			w.srv.Inject("create message", -1, tt.fault)
			got := w.bot.Send(t.Context(), address("channel", channel.ID), bot.Message{Key: "k", Text: "geheim van de trainer"})
			if got.Err == nil {
				t.Error("no cause for the log")
			} else if s := got.Err.Error(); strings.Contains(s, w.srv.Token()) || strings.Contains(s, "geheim") || strings.Contains(s, channel.ID) {
				t.Errorf("the cause tells too much: %s", s)
			}
			got.Err = nil
			if got != tt.want {
				t.Errorf("receipt = %+v\nwant      %+v", got, tt.want)
			}
			// An outage ends: the same message is then in the channel once, whatever came before.
			if tt.want.Result == bot.ResultUnknown {
				w.srv.Heal()
				if r := w.bot.Send(t.Context(), address("channel", channel.ID), bot.Message{Key: "k", Text: "geheim van de trainer"}); r.Result != bot.ResultSent {
					t.Errorf("afterwards: %+v", r)
				}
				if n := len(channel.Messages()); n != 1 {
					t.Errorf("%d messages, want 1", n)
				}
			}
			w.clean()
		})
	}
}

// TestPlacesThatRefuse: what the fake itself refuses is understood too.
func TestPlacesThatRefuse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{})
	g := w.srv.Guild("g")
	deleted, silent, hidden, forum := g.Channel("a"), g.Channel("b"), g.Channel("c"), g.Forum("d")
	left := w.srv.Guild("left").Channel("e")
	closed := w.srv.User("els", "nl")
	closed.Direct()
	deleted.Delete()
	silent.Deny(discordtest.SendMessages)
	hidden.Deny(discordtest.ViewChannel)
	closed.CloseDirect(true)
	locked := forum.Thread("f")
	locked.Deny(discordtest.SendInThreads)
	w.srv.Guild("left")
	for _, tt := range []struct {
		name string
		to   subscriptions.Address
		want subscriptions.RestReason
	}{
		{"deleted", address("channel", deleted.ID), subscriptions.RestGone},
		{"silent", address("channel", silent.ID), subscriptions.RestNoRight},
		{"hidden", address("channel", hidden.ID), subscriptions.RestNoRight},
		{"a forum itself", address("channel", forum.ID), subscriptions.RestUnreachable},
		{"a locked thread", address("channel", locked.ID), subscriptions.RestNoRight},
		{"closed direct messages", address("dm", closed.Direct().ID), subscriptions.RestClosed},
		{"never heard of", address("channel", "123"), subscriptions.RestGone},
		{"an address of another platform", subscriptions.Address{Platform: "telegram", ID: "12"}, subscriptions.RestGone},
		{"an address that is none", address("channel", "../users/@me"), subscriptions.RestGone},
	} {
		r := w.bot.Send(t.Context(), tt.to, bot.Message{Key: tt.name, Text: "x"})
		if r.Result != bot.ResultUnreachable || r.Rest != tt.want {
			t.Errorf("%s: %+v, want %q", tt.name, r, tt.want)
		}
	}
	if r := w.bot.Send(t.Context(), address("channel", left.ID), bot.Message{Key: "y", Text: "x"}); r.Result != bot.ResultSent {
		t.Errorf("a good channel among them: %+v", r)
	}
	w.clean()
}

// TestSendPlain: a message that is refused for its form goes out as text, once.
func TestSendPlain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{ChannelRate: -1})
	channel := w.srv.Guild("g").Channel("c")
	m := bot.Message{Key: "k", Title: "Overzicht", Buttons: [][]bot.Button{{{Text: "Waarom", Command: "why 1"}}}}
	for i := range 30 {
		m.Items = append(m.Items, bot.Item{Title: strings.Repeat("Nieuws ", 12) + strconv.Itoa(i), URL: "https://sjotgazet.example/" + strconv.Itoa(i), Publisher: "De Sjotgazet", Spoiler: i == 3})
	}
	for range 2 {
		w.srv.Inject("create message", 1, discordtest.Fault{Status: 400, Body: `{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"…"}]}}}}}`})
		if r := w.bot.Send(t.Context(), address("channel", channel.ID), m); r.Result != bot.ResultSent {
			t.Fatalf("receipt = %+v", r)
		}
	}
	var all strings.Builder
	for _, seen := range channel.Messages() {
		if len(seen.Embeds) > 0 || len(seen.Rows) > 0 {
			t.Errorf("not plain: %+v", seen)
		}
		all.WriteString(seen.Content)
	}
	for i := range 30 {
		if n := strings.Count(all.String(), "/"+strconv.Itoa(i)+">"); n != 1 {
			t.Errorf("item %d is there %d times", i, n)
		}
	}
	if _, open := discordtest.Covered(all.String()); strings.Contains(open, "/3>") {
		t.Error("the address of a hidden story is open")
	}
	w.clean()
}

// TestSendPlainTail: of a message that goes out as text, one text is refused too. The
// others count as sent: telling it all again would repeat them.
func TestSendPlainTail(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{ChannelRate: -1})
	channel := w.srv.Guild("g").Channel("c")
	m := bot.Message{Key: "k", Title: "Overzicht"}
	for i := range 45 {
		m.Items = append(m.Items, bot.Item{Title: strings.Repeat("Nieuws ", 12) + strconv.Itoa(i), URL: "https://sjotgazet.example/" + strconv.Itoa(i)})
	}
	harmful := discordtest.Fault{Status: 400, Body: `{"code":240000,"message":"This message contains a harmful link"}`}
	w.srv.Inject("create message", 1, harmful)
	w.srv.Inject("create message", 1, discordtest.Fault{Slow: true})
	w.srv.Inject("create message", 1, harmful)
	r := w.bot.Send(t.Context(), address("channel", channel.ID), m)
	seen := channel.Messages()
	if r.Result != bot.ResultSent || r.Reference == "" || len(seen) < 2 {
		t.Errorf("receipt %+v, %d messages", r, len(seen))
	}
	if len(seen) > 0 && !strings.Contains(seen[len(seen)-1].Content, "/44>") {
		t.Error("what follows the refused text is left out")
	}
}

// TestWithoutEmbedLinks: where Discord takes embeds away, the story still comes.
func TestWithoutEmbedLinks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{})
	channel := w.srv.Guild("g").Channel("c")
	channel.Deny(discordtest.EmbedLinks)
	r := w.bot.Send(t.Context(), address("channel", channel.ID), bot.Message{Key: "k", Items: []bot.Item{{Title: "Genk wint", URL: "https://sjotgazet.example/1"}}})
	if seen := channel.Messages(); r.Result != bot.ResultSent || len(seen) != 1 || !strings.Contains(seen[0].Content, "Genk wint") {
		t.Errorf("receipt %+v, channel %+v", r, seen)
	}
}

// TestHalted: once the token is refused nothing more is sent, so that no ban
// follows.
func TestHalted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{})
	channel := w.srv.Guild("g").Channel("c")
	token := w.srv.Token()
	w.srv.ResetToken()
	for range 20 {
		r := w.bot.Send(t.Context(), address("channel", channel.ID), bot.Message{Text: "x"})
		if r.Result != bot.ResultHalted || r.Err == nil || strings.Contains(r.Err.Error(), token) {
			t.Fatalf("receipt = %+v", r)
		}
	}
	if n := w.srv.Requests("create message"); n != 1 {
		t.Errorf("%d requests with a refused token, want 1", n)
	}
	if wait, _ := w.bot.Reserve(address("channel", channel.ID), time.Now()); wait <= 0 {
		t.Error("a refused token may still be used")
	}
}

// TestSendEnds: a send ends with its context, and says whether the request had left.
func TestSendEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.Options{})
	channel := w.srv.Guild("g").Channel("c")
	w.srv.Inject("create message", 1, discordtest.Fault{Wait: time.Hour, Status: 500})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		w.srv.Wait(5*time.Second, func() bool { return w.srv.Requests("create message") == 1 })
		cancel()
	}()
	r := w.bot.Send(ctx, address("channel", channel.ID), bot.Message{Text: "x"})
	if r.Result != bot.ResultUnknown || !errors.Is(r.Err, context.Canceled) {
		t.Errorf("after the request left: %+v", r)
	}
	if r := w.bot.Send(ctx, address("channel", channel.ID), bot.Message{Text: "x"}); r.Result != bot.ResultRetry {
		t.Errorf("before it left: %+v", r)
	}
	// As the system says it. A port that is really closed may be another test's by now.
	nobody, err := discord.New(discord.Config{
		Token: "t", APIURL: w.srv.URL(), Logger: slog.New(slog.DiscardHandler),
		Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r := nobody.Send(t.Context(), address("channel", channel.ID), bot.Message{Text: "x"}); r.Result != bot.ResultRetry || r.Everywhere {
		t.Errorf("nobody there: %+v", r)
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	if _, err := discord.New(discord.Config{}); err == nil || !strings.Contains(err.Error(), "SJOTBOT_DISCORD_TOKEN") {
		t.Errorf("without a token: %v", err)
	}
	for _, address := range []string{"discord.com", "ftp://discord.com", "https://", "https://user:pw@discord.com", "https://x/?token=y", "::"} {
		if _, err := discord.New(discord.Config{Token: "secret-token", APIURL: address}); err == nil || !strings.Contains(err.Error(), "api_url") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
