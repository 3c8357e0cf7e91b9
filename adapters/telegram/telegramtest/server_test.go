package telegramtest_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
)

// answer is an answer of the Bot API.
type answer struct {
	OK          bool
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
}

// call calls a method; pairs are names and values.
func call(t *testing.T, s *telegramtest.Server, transport http.RoundTripper, method string, pairs ...string) (answer, error) {
	t.Helper()
	return callAs(t, s, transport, telegramtest.Token, method, pairs...)
}

func callAs(t *testing.T, s *telegramtest.Server, transport http.RoundTripper, token, method string, pairs ...string) (answer, error) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/bot"+token+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := (&http.Client{Transport: transport}).Do(r)
	if err != nil {
		return answer{}, err
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return answer{}, err
	}
	var a answer
	err = json.Unmarshal(body, &a)
	return a, err
}

// start starts a server whose findings do not fail the test.
func start(t *testing.T, o telegramtest.Options) *telegramtest.Server {
	t.Helper()
	s, err := telegramtest.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestRefusals: the server refuses what the real one refuses.
func TestRefusals(t *testing.T) {
	t.Parallel()
	private := func(s *telegramtest.Server) { s.Chat(1) }
	tests := map[string]struct {
		arrange func(*telegramtest.Server)
		token   string
		method  string
		params  []string
		code    int
		says    string
	}{
		"revoked token":       {token: "123456789:other", method: "getMe", code: 401, says: "Unauthori"},
		"token of no form":    {token: "other", method: "getMe", code: 404, says: "Not Found"},
		"unknown method":      {method: "sendMesage", code: 404, says: "Not Found"},
		"no chat":             {method: "sendMessage", params: []string{"text", "x"}, code: 400, says: "chat not found"},
		"unknown chat":        {method: "sendMessage", params: []string{"chat_id", "5", "text", "x"}, code: 400, says: "chat not found"},
		"no text":             {arrange: private, method: "sendMessage", params: []string{"chat_id", "1"}, code: 400, says: "text is empty"},
		"only spaces":         {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", " \n"}, code: 400, says: "text is empty"},
		"too long":            {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", strings.Repeat("x", 4097)}, code: 400, says: "too long"},
		"too long in units":   {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", strings.Repeat("😀", 2049)}, code: 400, says: "too long"},
		"unbalanced":          {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "parse_mode", "HTML", "text", "<b>x"}, code: 400, says: "can't parse entities"},
		"crossed":             {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "parse_mode", "HTML", "text", "<b><i>x</b></i>"}, code: 400, says: "can't parse entities"},
		"unknown tag":         {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "parse_mode", "HTML", "text", "<h1>x</h1>"}, code: 400, says: "unsupported start tag"},
		"end without start":   {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "parse_mode", "HTML", "text", "x</b>"}, code: 400, says: "unexpected end tag"},
		"bare less-than":      {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "parse_mode", "HTML", "text", "1 < 2"}, code: 400, says: "can't parse entities"},
		"empty keyboard":      {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", "x", "reply_markup", `{"inline_keyboard":null}`}, code: 400, says: "keyboard"},
		"button without text": {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", "x", "reply_markup", `{"inline_keyboard":[[{"text":"","callback_data":"x"}]]}`}, code: 400, says: "button"},
		"long callback data":  {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", "x", "reply_markup", `{"inline_keyboard":[[{"text":"x","callback_data":"` + strings.Repeat("é", 33) + `"}]]}`}, code: 400, says: "BUTTON_DATA_INVALID"},
		"button to nowhere":   {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", "x", "reply_markup", `{"inline_keyboard":[[{"text":"x","url":"javascript:1"}]]}`}, code: 400, says: "BUTTON_URL_INVALID"},
		"reply to nothing":    {arrange: private, method: "sendMessage", params: []string{"chat_id", "1", "text", "x", "reply_parameters", `{"message_id":7}`}, code: 400, says: "replied not found"},
		"blocked":             {arrange: func(s *telegramtest.Server) { s.Chat(1).Blocks() }, method: "sendMessage", params: []string{"chat_id", "1", "text", "x"}, code: 403, says: "blocked by the user"},
		"kicked":              {arrange: func(s *telegramtest.Server) { s.Channel(-1, "c").Kicks() }, method: "sendMessage", params: []string{"chat_id", "-1", "text", "x"}, code: 403, says: "kicked from the channel chat"},
		"moved":               {arrange: func(s *telegramtest.Server) { s.Group(-1, "g").Migrates(-1001, false) }, method: "sendMessage", params: []string{"chat_id", "-1", "text", "x"}, code: 400, says: "upgraded"},
		"topic gone":          {arrange: func(s *telegramtest.Server) { s.Forum(-1, "f", 2) }, method: "sendMessage", params: []string{"chat_id", "-1", "message_thread_id", "3", "text", "x"}, code: 400, says: "thread not found"},
		"topic closed":        {arrange: func(s *telegramtest.Server) { s.Forum(-1, "f", 3).CloseTopic(3) }, method: "sendMessage", params: []string{"chat_id", "-1", "message_thread_id", "3", "text", "x"}, code: 400, says: "TOPIC_CLOSED"},
		"edit of nothing":     {arrange: private, method: "editMessageText", params: []string{"chat_id", "1", "message_id", "9", "text", "x"}, code: 400, says: "to edit not found"},
		"unknown press":       {method: "answerCallbackQuery", params: []string{"callback_query_id", "x"}, code: 400, says: "query is too old"},
		"command in capitals": {method: "setMyCommands", params: []string{"commands", `[{"command":"Volg","description":"x"}]`}, code: 400, says: "BOT_COMMAND_INVALID"},
		"unknown inline":      {method: "answerInlineQuery", params: []string{"inline_query_id", "x", "results", "[]"}, code: 400, says: "query is too old"},
		"webhook set":         {arrange: func(s *telegramtest.Server) { s.SetWebhook(true) }, method: "getUpdates", code: 409, says: "webhook"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, telegramtest.Options{NoListener: true})
			if test.arrange != nil {
				test.arrange(s)
			}
			token := test.token
			if token == "" {
				token = telegramtest.Token
			}
			a, err := callAs(t, s, s.Transport(), token, test.method, test.params...)
			if err != nil || a.OK || a.Code != test.code || !strings.Contains(a.Description, test.says) {
				t.Errorf("%+v, %v", a, err)
			}
		})
	}
}

// TestMisspelt: a parameter that does not exist is found, with and without the
// description of the Bot API.
func TestMisspelt(t *testing.T) {
	t.Parallel()
	s := start(t, telegramtest.Options{NoListener: true})
	s.Chat(1)
	if _, err := call(t, s, s.Transport(), "sendMessage", "chat_id", "1", "text", "x", "disable_web_page_preview", "true"); err != nil {
		t.Fatal(err)
	}
	if f := s.Findings(); len(f) != 1 || !strings.Contains(f[0], "disable_web_page_preview") {
		t.Errorf("%v", f)
	}
}

// TestSpec: the description finds what is wrong with a request.
func TestSpec(t *testing.T) {
	t.Parallel()
	spec, err := telegramtest.FindSpec()
	if errors.Is(err, telegramtest.ErrNoSpec) {
		t.Skip("the description of the Bot API is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		method string
		params url.Values
		finds  string // empty: nothing
	}{
		"fine":              {"sendMessage", url.Values{"chat_id": {"1"}, "text": {"x"}, "reply_markup": {`{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}`}}, ""},
		"removed parameter": {"sendMessage", url.Values{"chat_id": {"1"}, "text": {"x"}, "reply_to_message_id": {"4"}}, "unknown parameter reply_to_message_id"},
		"unknown method":    {"getChatMembersCount", nil, "no such method"},
		"missing":           {"sendMessage", url.Values{"text": {"x"}}, "chat_id is missing"},
		"null":              {"sendMessage", url.Values{"chat_id": {"1"}, "text": {"x"}, "entities": {"null"}}, "entities"},
		"not a number":      {"sendMessage", url.Values{"chat_id": {"1"}, "text": {"x"}, "message_thread_id": {"x"}}, "message_thread_id"},
		"not a boolean":     {"sendMessage", url.Values{"chat_id": {"1"}, "text": {"x"}, "disable_notification": {"1"}}, "disable_notification"},
		"too long":          {"sendMessage", url.Values{"chat_id": {"1"}, "text": {strings.Repeat("x", 4097)}}, "4097"},
		"length after tags": {"sendMessage", url.Values{"chat_id": {"1"}, "parse_mode": {"HTML"}, "text": {"<b>" + strings.Repeat("x", 4096) + "</b>"}}, ""},
		"nested misspelt":   {"sendMessage", url.Values{"chat_id": {"1"}, "text": {"x"}, "link_preview_options": {`{"disabled":true}`}}, "unknown parameter disabled"},
		"nested bytes":      {"sendMessage", url.Values{"chat_id": {"1"}, "text": {"x"}, "reply_markup": {`{"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("b", 65) + `"}]]}`}}, "callback_data"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := strings.Join(spec.Check(test.method, test.params, nil), "; ")
			if test.finds == "" && found != "" || !strings.Contains(found, test.finds) {
				t.Errorf("found %q, want %q", found, test.finds)
			}
		})
	}
}

// TestLongPoll: polls are held, updates come again until they are confirmed, and a
// second poll ends the first.
func TestLongPoll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := start(t, telegramtest.Options{NoListener: true})
		poll := func(pairs ...string) []struct {
			ID int64 `json:"update_id"`
		} {
			a, err := call(t, s, s.Transport(), "getUpdates", pairs...)
			if err != nil || !a.OK {
				t.Errorf("%+v, %v", a, err)
			}
			var list []struct {
				ID int64 `json:"update_id"`
			}
			if err := json.Unmarshal(a.Result, &list); err != nil {
				t.Error(err)
			}
			return list
		}
		began := time.Now()
		if got := poll("timeout", "30"); len(got) != 0 || time.Since(began) != 30*time.Second {
			t.Errorf("%v after %v", got, time.Since(began))
		}
		c := s.Chat(1)
		first := c.Says("een")
		c.Says("twee")
		for range 2 {
			if got := poll("offset", "0"); len(got) != 2 {
				t.Errorf("%v, want both again", got)
			}
		}
		if got := poll("timeout", "0", "offset", jsonNumber(first+1)); len(got) != 1 || got[0].ID != first+1 {
			t.Errorf("%v, want the second", got)
		}
		if got := poll("limit", "1"); len(got) != 1 {
			t.Errorf("%v", got)
		}
		poll("offset", jsonNumber(first+2))
		if n := s.Unconfirmed(); n != 0 {
			t.Errorf("%d unconfirmed", n)
		}
		c.Says("drie")
		if got := poll("allowed_updates", `["callback_query"]`); len(got) != 0 {
			t.Errorf("%v, want none of this kind", got)
		}

		conflict := make(chan answer)
		go func() {
			a, err := call(t, s, s.Transport(), "getUpdates", "timeout", "30")
			if err != nil {
				t.Error(err)
			}
			conflict <- a
		}()
		synctest.Wait()
		poll("timeout", "1")
		if a := <-conflict; a.Code != 409 || s.Counts().Conflicts != 1 {
			t.Errorf("%+v", a)
		}
	})
}

func jsonNumber(n int64) string {
	b, err := json.Marshal(n)
	if err != nil {
		return ""
	}
	return string(b)
}

// TestLimits: the limits of everyone, of a chat and of a group are enforced, and a
// lock-out lasts.
func TestLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := start(t, telegramtest.Options{NoListener: true, Limits: telegramtest.RealLimits()})
		send := func(id string) answer {
			a, err := call(t, s, s.Transport(), "sendMessage", "chat_id", id, "text", "x")
			if err != nil {
				t.Error(err)
			}
			return a
		}
		for i := range int64(40) {
			s.Chat(i + 1)
		}
		s.Group(-1, "g")
		if a := send("1"); !a.OK {
			t.Error(a)
		}
		if a := send("1"); a.Code != 429 || a.Parameters.RetryAfter != 5 {
			t.Errorf("a second message within a second: %+v", a)
		}
		time.Sleep(4 * time.Second)
		if a := send("1"); a.Code != 429 || a.Parameters.RetryAfter != 1 {
			t.Errorf("a message during a lock-out: %+v", a)
		}
		if a := send("2"); !a.OK {
			t.Errorf("another chat: %+v", a)
		}
		time.Sleep(2 * time.Second)
		for i := range 20 {
			if a := send("-1"); !a.OK {
				t.Errorf("message %d in a group: %+v", i, a)
			}
			time.Sleep(time.Second)
		}
		if a := send("-1"); a.Code != 429 {
			t.Errorf("message 21 in a minute: %+v", a)
		}
		for i := range int64(31) {
			a := send(jsonNumber(i + 3))
			if (i < 30) != a.OK {
				t.Errorf("message %d to everyone: %+v", i, a)
			}
		}
		if c := s.Counts(); c.Limited != 4 || c.DuringLockOut != 1 {
			t.Errorf("%+v", c)
		}
		time.Sleep(10 * time.Second)
		s.LockOut(0, 35*time.Second)
		if a := send("1"); a.Code != 429 || a.Parameters.RetryAfter != 35 {
			t.Errorf("%+v", a)
		}
	})
}

// TestFaults: each fault goes wrong in its own way, before or after the work.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := map[telegramtest.FaultKind]struct {
		done   bool // the message was accepted
		broken bool // the caller got an error instead of an answer of the Bot API
	}{
		telegramtest.BadGateway: {false, true}, telegramtest.ServerError: {false, false}, telegramtest.TooMany: {false, false},
		telegramtest.Null: {true, false}, telegramtest.Page: {true, true}, telegramtest.Truncated: {true, true},
		telegramtest.ResetBefore: {false, true}, telegramtest.ResetAfter: {true, true},
		telegramtest.StallBefore: {false, true}, telegramtest.StallAfter: {true, true},
	}
	for kind, test := range tests {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := start(t, telegramtest.Options{})
			s.Chat(1)
			s.Break(telegramtest.Fault{Method: "sendMessage", Kind: kind, Times: 1, RetryAfter: 3})
			transport := telegramtest.LoopbackTransport()
			if kind == telegramtest.StallBefore || kind == telegramtest.StallAfter {
				transport.ResponseHeaderTimeout = time.Second // a busy machine is no stall
			}
			a, err := call(t, s, transport, "sendMessage", "chat_id", "1", "text", "x")
			if (err != nil) != test.broken || a.OK {
				t.Errorf("%+v, %v", a, err)
			}
			if n := s.Counts().Messages; (n == 1) != test.done {
				t.Errorf("%d messages accepted", n)
			}
			if n := s.Counts().Unanswered; (n == 1) != test.done {
				t.Errorf("%d messages unanswered", n)
			}
			if a, err := call(t, s, telegramtest.LoopbackTransport(), "sendMessage", "chat_id", "1", "text", "y"); err != nil || !a.OK {
				t.Errorf("after the fault: %+v, %v", a, err)
			}
		})
	}
}

// TestChaos: the share of requests that go wrong is the one that was asked for, and
// the same every time.
func TestChaos(t *testing.T) {
	t.Parallel()
	run := func() telegramtest.Counts {
		s := start(t, telegramtest.Options{NoListener: true, Chaos: telegramtest.Chaos{Seed: 7, Shares: map[telegramtest.FaultKind]float64{telegramtest.ServerError: 0.1, telegramtest.Null: 0.1}}})
		s.Chat(1)
		for range 500 {
			if _, err := call(t, s, s.Transport(), "sendMessage", "chat_id", "1", "text", "x"); err != nil {
				t.Fatal(err)
			}
		}
		return s.Counts()
	}
	a, b := run(), run()
	if a.Messages != b.Messages || a.Unanswered != b.Unanswered {
		t.Errorf("%+v and %+v", a, b)
	}
	if a.Messages < 420 || a.Messages > 480 || a.Unanswered < 20 || a.Unanswered > 80 {
		t.Errorf("%+v", a)
	}
}

// TestTransports: neither transport goes anywhere else.
func TestTransports(t *testing.T) {
	t.Parallel()
	s := start(t, telegramtest.Options{})
	for name, transport := range map[string]http.RoundTripper{"own": s.Transport(), "loopback": telegramtest.LoopbackTransport()} {
		for _, address := range []string{"http://192.0.2.1/", "http://telegram.example/", "https://[2001:db8::1]/"} {
			r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := transport.RoundTrip(r)
			if err == nil {
				_ = resp.Body.Close()
				t.Errorf("%s: %s was reached", name, address)
			}
		}
	}
}

// TestTranscript: a conversation reads like one.
func TestTranscript(t *testing.T) {
	t.Parallel()
	s := start(t, telegramtest.Options{NoListener: true})
	c := s.Chat(1)
	c.Says("/volg")
	must := func(method string, pairs ...string) {
		t.Helper()
		if a, err := call(t, s, s.Transport(), method, pairs...); err != nil || !a.OK {
			t.Fatalf("%+v, %v", a, err)
		}
	}
	must("sendMessage", "chat_id", "1", "parse_mode", "HTML", "text", "<b>Wie?</b>\n<tg-spoiler>3-1</tg-spoiler> <a href=\"https://x.example\">lees</a>",
		"reply_markup", `{"inline_keyboard":[[{"text":"Genk","callback_data":"follow club/genk"}]]}`)
	c.Presses("Genk")
	must("answerCallbackQuery", "callback_query_id", "press-1", "text", "Gedaan")
	must("editMessageText", "chat_id", "1", "message_id", "2", "text", "Je volgt KRC Genk.")
	want := `Fan: /volg
sjotbot:
    *Wie?*
    ||3-1|| [lees](https://x.example)
    [Genk]
Fan presses [Genk]
(Gedaan)
sjotbot, edited:
    Je volgt KRC Genk.
`
	if got := c.Transcript(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// FuzzParseHTML: whatever the bot sends, the server reads it or refuses it.
func FuzzParseHTML(f *testing.F) {
	for _, in := range []string{"<b>x</b>", "<a href=\"x\">y</a>", "<a href=x>", "&lt;&#39;&nbsp;&", "<", "</", "<>", "<tg-spoiler><b></b></tg-spoiler>", "<span class=\"tg-spoiler\">x</span>"} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		shown, entities, err := telegramtest.ParseHTML(in)
		if err == nil && (len(shown) > len(in) || entities > len(in)) {
			t.Errorf("%q became %q", in, shown)
		}
	})
}
