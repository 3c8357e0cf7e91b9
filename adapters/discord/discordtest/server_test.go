package discordtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/sjotbot/sjotbot/adapters/discord/discordtest"
)

// bot is a bot written by hand, so that it can do what ours never would.
type bot struct {
	*testing.T
	srv   *discordtest.Server
	token string
}

func newBot(t *testing.T, o discordtest.Options) *bot {
	t.Helper()
	if path, found := discordtest.FindSchema(); found && o.Schema == nil {
		s, err := discordtest.LoadSchema(path)
		if err != nil {
			t.Fatal(err)
		}
		o.Schema = s
	}
	srv := discordtest.NewServer(o)
	t.Cleanup(srv.Close)
	return &bot{t, srv, srv.Token()}
}

// do sends a request and returns the status, the code of the refusal and the
// headers.
func (b *bot) do(method, path, body string) (status, code int, header http.Header) {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, b.srv.URL()+path, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+b.token)
	req.Header.Set("User-Agent", "DiscordBot (https://sjotbot.example, 1)")
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	var problem struct{ Code int }
	_ = json.Unmarshal(raw, &problem)
	return res.StatusCode, problem.Code, res.Header
}

func message(fields string) string {
	return `{"allowed_mentions":{"parse":[]}` + fields + `}`
}

// TestRefusedForms: each of these is refused, and found.
func TestRefusedForms(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{GlobalRate: -1, ChannelRate: -1})
	channel := b.srv.Guild("g").Channel("c")
	embed := func(n int, fields string) string {
		return `,"embeds":[` + strings.TrimSuffix(strings.Repeat(`{`+fields+`},`, n), ",") + `]`
	}
	button := func(n int, fields string) string {
		return `,"content":"x","components":[{"type":1,"components":[` + strings.TrimSuffix(strings.Repeat(`{"type":2,`+fields+`},`, n), ",") + `]}]`
	}
	for name, body := range map[string]string{
		"no word on mentions":      `{"content":"x"}`,
		"everyone is mentioned":    `{"content":"x","allowed_mentions":{"parse":["everyone"]}}`,
		"empty":                    message(``),
		"blank":                    message(`,"content":"  \n"`),
		"content too long":         message(`,"content":"` + strings.Repeat("x", 2001) + `"`),
		"content too long, 🙂":      message(`,"content":"` + strings.Repeat("🙂", 1001) + `"`),
		"nonce too long":           message(`,"content":"x","enforce_nonce":true,"nonce":"` + strings.Repeat("n", 26) + `"`),
		"enforced without nonce":   message(`,"content":"x","enforce_nonce":true`),
		"eleven embeds":            message(embed(11, `"title":"x"`)),
		"an empty embed":           message(embed(1, `"color":1`)),
		"title too long":           message(embed(1, `"title":"`+strings.Repeat("x", 257)+`"`)),
		"description too long":     message(embed(1, `"description":"`+strings.Repeat("x", 4097)+`"`)),
		"embeds too long":          message(embed(2, `"description":"`+strings.Repeat("x", 3001)+`"`)),
		"an address that is none":  message(embed(1, `"title":"x","url":"javascript:alert(1)"`)),
		"a picture that is none":   message(embed(1, `"title":"x","thumbnail":{"url":"foto.jpg"}`)),
		"six buttons":              message(button(6, `"style":2,"label":"x","custom_id":"x"`)),
		"two buttons, one id":      message(button(2, `"style":2,"label":"x","custom_id":"x"`)),
		"a button without a label": message(button(1, `"style":2,"custom_id":"x"`)),
		"a button with a long id":  message(button(1, `"style":2,"label":"x","custom_id":"`+strings.Repeat("x", 101)+`"`)),
		"a link with an id":        message(button(1, `"style":5,"label":"x","custom_id":"x"`)),
		"a button with an address": message(button(1, `"style":2,"label":"x","url":"https://x.example"`)),
		"a file that is not sent":  message(`,"content":"x","attachments":[{"id":"0","filename":"x"}]`),
	} {
		before := len(b.srv.Findings())
		if status, code, _ := b.do(http.MethodPost, "/channels/"+channel.ID+"/messages", body); status != 400 || code != 50035 && code != 50006 {
			t.Errorf("%s: HTTP %d, code %d", name, status, code)
		}
		if len(b.srv.Findings()) == before {
			t.Errorf("%s: no finding", name)
		}
	}
	if n := len(channel.Messages()); n != 0 {
		t.Errorf("%d messages", n)
	}
	if status, code, _ := b.do(http.MethodPost, "/channels/"+channel.ID+"/messages", `{"content":`); status != 400 || code != 50109 {
		t.Errorf("broken JSON: HTTP %d, code %d", status, code)
	}
}

// TestUnknownKeys: what Discord would ignore without a word is found.
func TestUnknownKeys(t *testing.T) {
	t.Parallel()
	path, found := discordtest.FindSchema()
	if !found {
		t.Skip("SKIPPED: unknown keys are not looked for: shared/specs is absent")
	}
	s, err := discordtest.LoadSchema(path)
	if err != nil {
		t.Fatal(err)
	}
	b := newBot(t, discordtest.Options{Schema: s})
	channel := b.srv.Guild("g").Channel("c")
	for _, body := range []string{
		message(`,"content":"x","silent":true`), message(`,"embeds":[{"title":"x","colour":1}]`),
		message(`,"content":"x","components":[{"type":1,"components":[{"type":2,"style":2,"label":"x","custom_id":"x","tooltip":"x"}]}]`),
	} {
		before := len(b.srv.Findings())
		b.do(http.MethodPost, "/channels/"+channel.ID+"/messages", body)
		if findings := b.srv.Findings(); len(findings) != before+1 || !strings.Contains(findings[before], "unknown key") {
			t.Errorf("%s: %q", body, findings)
		}
	}
}

func TestRefusedCommands(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{GlobalRate: -1})
	command := func(name, rest string) string { return `{"name":"` + name + `","description":"x"` + rest + `}` }
	option := func(name, rest string) string {
		return `{"type":3,"name":"` + name + `","description":"x"` + rest + `}`
	}
	for name, body := range map[string]string{
		"capitals":                  command("Volg", ""),
		"a space":                   command("volg nu", ""),
		"too long":                  command(strings.Repeat("v", 33), ""),
		"no description":            `{"name":"volg"}`,
		"twice":                     command("volg", "") + "," + command("volg", ""),
		"a localised name":          command("volg", `,"name_localizations":{"fr":"Suivre !"}`),
		"a locale that is none":     command("volg", `,"name_localizations":{"nl-BE":"volg"}`),
		"required after optional":   command("volg", `,"options":[`+option("a", "")+`,`+option("b", `,"required":true`)+`]`),
		"choices and completion":    command("volg", `,"options":[`+option("a", `,"autocomplete":true,"choices":[{"name":"x","value":"x"}]`)+`]`),
		"two options with one name": command("volg", `,"options":[`+option("a", "")+`,`+option("a", "")+`]`),
		"a hundred and one":         strings.TrimSuffix(strings.Repeat(command("volg", "")+",", 101), ","),
	} {
		before := len(b.srv.Findings())
		if status, _, _ := b.do(http.MethodPut, "/applications/"+b.srv.ApplicationID()+"/commands", "["+body+"]"); status != 400 || len(b.srv.Findings()) == before {
			t.Errorf("%s: HTTP %d", name, status)
		}
	}
	if status, code, _ := b.do(http.MethodPut, "/applications/1/commands", "[]"); status != 403 || code != 20012 {
		t.Errorf("another application: HTTP %d, code %d", status, code)
	}
}

// TestNonce: a message comes once under an enforced nonce.
func TestNonce(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{NonceFor: time.Hour})
	g := b.srv.Guild("g")
	channel, other := g.Channel("c"), g.Channel("d")
	body := message(`,"content":"x","nonce":"n","enforce_nonce":true`)
	for range 3 {
		b.do(http.MethodPost, "/channels/"+channel.ID+"/messages", body)
	}
	if n := len(channel.Messages()); n != 1 || b.srv.Stats().Repeated != 2 || len(b.srv.Findings()) != 0 {
		t.Errorf("%d messages, %+v, %q", n, b.srv.Stats(), b.srv.Findings())
	}
	b.do(http.MethodPost, "/channels/"+other.ID+"/messages", body)
	if len(other.Messages()) != 0 || len(b.srv.Findings()) != 1 {
		t.Errorf("one nonce in two channels: %q", b.srv.Findings())
	}
}

// TestCreatedCommands: two hundred new commands a day, and no more; what is registered
// again is not new.
func TestCreatedCommands(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{GlobalRate: -1})
	put := func(from, n int) (status, code int) {
		var list []string
		for i := range n {
			list = append(list, `{"name":"c`+strconv.Itoa(from+i)+`","description":"x"}`)
		}
		status, code, _ = b.do(http.MethodPut, "/applications/"+b.srv.ApplicationID()+"/commands", "["+strings.Join(list, ",")+"]")
		return status, code
	}
	for _, from := range []int{0, 0, 100, 100} {
		if status, _ := put(from, 100); status != 200 {
			t.Errorf("from %d: HTTP %d, %q", from, status, b.srv.Findings())
		}
	}
	if status, code := put(200, 1); status != 400 || code != 30034 || len(b.srv.Findings()) != 1 {
		t.Errorf("one too many: HTTP %d, code %d, %q", status, code, b.srv.Findings())
	}
}

// TestChaos: about the share that was asked for goes wrong, and the same with the
// same seed.
func TestChaos(t *testing.T) {
	t.Parallel()
	run := func() string {
		b := newBot(t, discordtest.Options{GlobalRate: -1, Chaos: discordtest.Chaos{
			Seed: 3, Route: "current user", Share: 0.2, Faults: []discordtest.Fault{{Status: 502, Body: "<html>"}, {Status: 500, After: true}},
		}})
		var broken strings.Builder
		for range 200 {
			status, _, _ := b.do(http.MethodGet, "/users/@me", "")
			broken.WriteString(strconv.Itoa(status) + " ")
		}
		if n := b.srv.Stats().Unanswered; n != strings.Count(broken.String(), "500") {
			t.Errorf("%d counted as carried out and not answered", n)
		}
		return broken.String()
	}
	first := run()
	if n := strings.Count(first, "50"); n < 20 || n > 60 {
		t.Errorf("%d of 200 were broken", n)
	}
	if again := run(); again != first {
		t.Error("the same seed broke others")
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{GlobalRate: 8, ChannelRate: 2, ChannelWindow: time.Hour, InvalidLimit: 10})
	g := b.srv.Guild("g")
	channel := g.Channel("c")
	post := func(c *discordtest.Channel) (int, http.Header) {
		status, _, header := b.do(http.MethodPost, "/channels/"+c.ID+"/messages", message(`,"content":"x"`))
		return status, header
	}
	for want := 1; want >= 0; want-- {
		if status, header := post(channel); status != 200 || header.Get("X-RateLimit-Remaining") != strconv.Itoa(want) || header.Get("X-RateLimit-Bucket") == "" {
			t.Errorf("HTTP %d, %v", status, header)
		}
	}
	if status, header := post(channel); status != 429 || header.Get("X-RateLimit-Scope") != "user" || header.Get("X-RateLimit-Reset-After") == "" {
		t.Errorf("over the channel's limit: HTTP %d, %v", status, header)
	}
	var status int
	var header http.Header
	for range 40 { // however slow the machine is, this is too much for one second
		if status, header = post(g.Channel("d")); status == 429 {
			break
		}
	}
	if status != 429 {
		t.Skip("SKIPPED: the machine is too slow to go over 8 requests a second")
	}
	if header.Get("X-RateLimit-Global") != "true" || header.Get("X-RateLimit-Reset-After") != "" || header.Get("Retry-After") == "" {
		t.Errorf("over the global limit: HTTP %d, %v", status, header)
	}
	b.token = "wrong"
	for range 200 {
		if status, header = post(channel); header.Get("Content-Type") == "text/html" {
			break
		}
	}
	if status != 429 || header.Get("Content-Type") != "text/html" || len(b.srv.Findings()) == 0 {
		t.Errorf("after ten invalid requests: HTTP %d, %v, %+v", status, header, b.srv.Stats())
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{})
	if status, _, _ := b.do(http.MethodGet, "/applications/@me", ""); status != 200 {
		t.Errorf("HTTP %d", status)
	}
	b.srv.ResetToken()
	if status, _, _ := b.do(http.MethodGet, "/applications/@me", ""); status != 401 || b.srv.Stats().Invalid != 1 {
		t.Errorf("with an old token: HTTP %d, %+v", status, b.srv.Stats())
	}
	if status, code, _ := b.do(http.MethodGet, "/guilds/1/members", ""); status != 404 || code != 0 || len(b.srv.Findings()) != 1 {
		t.Errorf("an unknown route: HTTP %d, %q", status, b.srv.Findings())
	}
}

// gateway connects by hand.
type gateway struct {
	*bot
	conn *websocket.Conn
}

type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

func (b *bot) connect() *gateway {
	b.Helper()
	address := "ws" + strings.TrimPrefix(b.srv.URL(), "http")
	address = strings.TrimSuffix(address, "/api/v10") + "/gateway-socket?v=10&encoding=json"
	conn, res, err := websocket.DefaultDialer.DialContext(b.Context(), address, nil)
	if err != nil {
		b.Fatal(err)
	}
	res.Body.Close()
	b.Cleanup(func() { conn.Close() })
	g := &gateway{b, conn}
	g.next(10)
	return g
}

// next reads the next packet, which must be of an operation.
func (g *gateway) next(op int) packet {
	g.Helper()
	_ = g.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	var p packet
	if err := g.conn.ReadJSON(&p); err != nil {
		g.Fatal(err)
	}
	if p.Op != op {
		g.Fatalf("operation %d, want %d", p.Op, op)
	}
	return p
}

func (g *gateway) send(op int, data any) {
	g.Helper()
	if err := g.conn.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		g.Fatal(err)
	}
}

func (g *gateway) identify(token string) {
	g.Helper()
	g.send(2, map[string]any{"token": token, "intents": 1, "properties": map[string]string{"os": "x"}, "shard": []int{0, 1}})
}

// closed fails the test unless the server closes with a code.
func (g *gateway) closed(code int) {
	g.Helper()
	_ = g.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, _, err := g.conn.ReadMessage(); !websocket.IsCloseError(err, code) {
		g.Errorf("%v, want the close code %d", err, code)
	}
}

func TestGateway(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{IdentifyEvery: time.Hour, Heartbeat: time.Second})
	g := b.connect()
	g.identify("wrong")
	g.closed(4004)
	g = b.connect()
	g.send(3, nil)
	g.closed(4001)

	g = b.connect()
	g.identify(b.token)
	ready := g.next(0)
	var session struct {
		ID string `json:"session_id"`
	}
	if json.Unmarshal(ready.Data, &session) != nil || ready.Type != "READY" || session.ID == "" {
		t.Fatalf("READY = %+v", ready)
	}
	g.send(1, ready.Seq)
	g.next(11)

	g.conn.Close()
	b.srv.Wait(5*time.Second, func() bool { return b.srv.Connected() == 0 })
	b.srv.Guild("while it was away")
	g = b.connect()
	g.send(6, map[string]any{"token": b.token, "session_id": session.ID, "seq": ready.Seq})
	if p := g.next(0); p.Type != "GUILD_CREATE" {
		t.Errorf("replayed %s", p.Type)
	}
	if p := g.next(0); p.Type != "RESUMED" {
		t.Errorf("then %s", p.Type)
	}
	g = b.connect()
	g.send(6, map[string]any{"token": b.token, "session_id": "never", "seq": 1})
	if p := g.next(9); string(p.Data) != "false" {
		t.Errorf("an unknown session: %s", p.Data)
	}
	before := len(b.srv.Findings())
	g.identify(b.token)
	if g.next(9); len(b.srv.Findings()) == before {
		t.Error("two identifies within an hour are not found")
	}
}

// TestInteraction: one answer, in time, of a fitting type; the rest afterwards.
func TestInteraction(t *testing.T) {
	t.Parallel()
	b := newBot(t, discordtest.Options{TokenFor: time.Hour})
	u := b.srv.User("jan", "nl")
	if _, err := u.Slash(nil, "follow"); err == nil {
		t.Error("a command that is not registered was used")
	}
	b.do(http.MethodPut, "/applications/"+b.srv.ApplicationID()+"/commands", `[{"name":"follow","description":"x"}]`)
	g := b.connect()
	g.identify(b.token)
	g.next(0)
	got := make(chan discordtest.Reply, 1)
	go func() {
		r, err := u.Slash(nil, "follow")
		if err != nil {
			t.Error(err)
		}
		got <- r
	}()
	var i struct{ ID, Token string }
	if json.Unmarshal(g.next(0).Data, &i) != nil {
		t.Fatal("no interaction")
	}
	callback, hook := "/interactions/"+i.ID+"/"+i.Token+"/callback", "/webhooks/"+b.srv.ApplicationID()+"/"+i.Token
	say := message(`,"content":"x"`)
	for _, tt := range []struct {
		name, method, path, body string
		status, code             int
	}{
		{"more before the answer", http.MethodPost, hook, say, 404, 10015},
		{"a wrong token", http.MethodPost, "/interactions/" + i.ID + "/other/callback", `{"type":4,"data":` + say + `}`, 404, 10062},
		{"choices for a command", http.MethodPost, callback, `{"type":8,"data":{"choices":[]}}`, 400, 50035},
		{"no list of choices", http.MethodPost, callback, `{"type":8,"data":{}}`, 400, 50035},
		{"the answer", http.MethodPost, callback, `{"type":4,"data":` + say + `}`, 204, 0},
		{"a second one", http.MethodPost, callback, `{"type":4,"data":` + say + `}`, 400, 40060},
		{"more", http.MethodPost, hook, say, 200, 0},
		{"an edit", http.MethodPatch, hook + "/messages/@original", say, 200, 0},
		{"its end", http.MethodDelete, hook + "/messages/@original", "", 204, 0},
	} {
		if status, code, _ := b.do(tt.method, tt.path, tt.body); status != tt.status || code != tt.code {
			t.Errorf("%s: HTTP %d, code %d, want %d, %d\n%q", tt.name, status, code, tt.status, tt.code, b.srv.Findings())
		}
	}
	<-got
	late := newBot(t, discordtest.Options{AckWithin: time.Nanosecond})
	late.do(http.MethodPut, "/applications/"+late.srv.ApplicationID()+"/commands", `[{"name":"follow","description":"x"}]`)
	g = late.connect()
	g.identify(late.token)
	g.next(0)
	go func() { _, _ = late.srv.User("jan", "nl").Slash(nil, "follow") }()
	if json.Unmarshal(g.next(0).Data, &i) != nil {
		t.Fatal("no interaction")
	}
	if status, code, _ := late.do(http.MethodPost, "/interactions/"+i.ID+"/"+i.Token+"/callback", `{"type":4,"data":`+say+`}`); status != 404 || code != 10062 {
		t.Errorf("too late: HTTP %d, code %d", status, code)
	}
}

func TestDial(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"discord.com:443", "192.0.2.1:80", "[2001:db8::1]:80", "nonsense"} {
		if conn, err := discordtest.Dial(t.Context(), "tcp", address); err == nil {
			conn.Close()
			t.Errorf("%s was dialled", address)
		}
	}
}
