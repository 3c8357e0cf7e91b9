package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

const (
	// answerCap is the most of an answer that is read. The largest we ask for, the
	// registered commands in four languages, is about 50 kB.
	answerCap = 1 << 20
	// messageCut is the most of Discord's own words that a log line repeats.
	messageCut = 120
	// callTimeout is how long one request may take.
	callTimeout = 15 * time.Second
)

// call is one request to the API.
type call struct {
	// name says what it does, for errors and logs. The path is never shown: it
	// may hold the token of an interaction.
	name   string
	method string
	path   string // below api_url, with its leading slash
	body   any    // marshalled to JSON; nil for none
	file   *bot.File
	// bucket is the key under which the route is paced; empty for none.
	bucket string
	// interaction: the route is authorised by a token in its path. Such routes are
	// exempt from the global limit, and a 401 there says nothing of the bot's token.
	interaction bool
}

// answer is what became of a call.
type answer struct {
	status int // 0 when none came
	header http.Header
	body   []byte
	// left: the request was on the wire when err happened, so it may have been carried out.
	left bool
	err  error // no answer; nil when there is a status
}

// ok reports whether the platform carried the call out.
func (a answer) ok() bool { return a.status >= 200 && a.status < 300 }

// problem is the body of a refusal.
type problem struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	// Of a 429.
	RetryAfter *float64 `json:"retry_after"` // nil when not told
	Global     bool     `json:"global"`
	// Errors tells which fields of a form are wrong.
	Errors json.RawMessage `json:"errors"`
}

// problem decodes a refusal; ok is false when it is not Discord's JSON: a
// proxy or Cloudflare answered.
func (a answer) problem() (p problem, ok bool) {
	if err := json.Unmarshal(a.body, &p); err != nil {
		return problem{}, false
	}
	return p, true
}

// rest sends calls through a discordgo session, one attempt each.
type rest struct {
	session *discordgo.Session
	base    string // api_url without a trailing slash
	token   string
	budget  *budget
	now     func() time.Time
}

func newREST(base, token string, transport http.RoundTripper, b *budget, now func() time.Time) (*rest, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.User != nil {
		return nil, errors.New("[discord] api_url is not an http or https address")
	}
	session, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("new session: %w", err)
	}
	session.LogLevel = -1                                                    // it would write to stderr by itself
	session.UserAgent = "DiscordBot (https://github.com/sjotbot/sjotbot, 1)" // the form Discord asks for
	session.Client = &http.Client{
		Transport: recorder{transport},
		// A redirect would carry the token to another server.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &rest{session: session, base: strings.TrimRight(base, "/"), token: token, budget: b, now: now}, nil
}

// newTransport returns the transport used when the configuration gives none.
// Go's default keeps two idle connections a host, which costs a handshake for
// almost every message of a broadcast.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns = 128
	t.MaxIdleConnsPerHost = 128
	t.ResponseHeaderTimeout = callTimeout
	// Over HTTP/2, which Discord speaks, all calls share a connection, and a call that
	// runs out of time leaves it to the next: one that died without a word would keep
	// the bot away until the system gives it up, after a quarter of an hour.
	t.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second}
	return t
}

// do sends a call once. What the answer says of limits is noted before it returns.
func (r *rest) do(ctx context.Context, c call) answer {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var a answer
	contentType, body, err := encode(c)
	if err != nil {
		return answer{err: fmt.Errorf("%s: encode: %w", c.name, err)}
	}
	landed := r.budget.departs(c, r.now())
	// The library's own limiter never waits when it is fresh, and never lives
	// longer than the request.
	bucket := discordgo.NewRatelimiter().LockBucket("")
	_, err = r.session.RequestWithLockedBucket(c.method, r.base+c.path, contentType, body, bucket, 0,
		discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0),
		discordgo.WithContext(context.WithValue(ctx, recordKey{}, &a)))
	if a.status == 0 {
		a.err = fmt.Errorf("%s: %w", c.name, bare(err))
	}
	now := r.now()
	landed(now)
	r.budget.observe(c, a, now)
	return a
}

// fetch sends a call and decodes its answer into v, if v is not nil.
func (r *rest) fetch(ctx context.Context, c call, v any) error {
	a := r.do(ctx, c)
	if err := r.refusal(c, a); err != nil {
		return err
	}
	if v == nil {
		return nil
	}
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("%s: the answer is not what Discord documents", c.name)
	}
	return nil
}

// refusal is the error of an answer; nil if the call was carried out.
func (r *rest) refusal(c call, a answer) error {
	if a.err != nil {
		return a.err
	}
	if a.ok() {
		return nil
	}
	e := &refusedError{Call: c.name, Status: a.status}
	if p, ok := a.problem(); ok {
		e.Code, e.Message = p.Code, clean(strings.ReplaceAll(p.Message, r.token, "[token]"), false)
		e.Message = runes(e.Message, messageCut)
		e.Fields = wrongFields(p.Errors)
	} else {
		e.Message = "not Discord's JSON"
	}
	return e
}

// refusedError is an answer that is not a success.
type refusedError struct {
	Call    string
	Status  int
	Code    int // Discord's own; 0 for none
	Message string
	Fields  string // the fields of the form that were wrong, without their values
}

func (e *refusedError) Error() string {
	s := fmt.Sprintf("%s: HTTP %d", e.Call, e.Status)
	if e.Code != 0 {
		s += fmt.Sprintf(", code %d", e.Code)
	}
	if e.Message != "" {
		s += ", " + e.Message
	}
	if e.Fields != "" {
		s += " (" + e.Fields + ")"
	}
	return s
}

// bare strips a *url.Error, whose text is the whole address.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	if err == nil {
		return errors.New("no answer")
	}
	return err
}

// encode returns a call's body. Discord refuses a content type without a body.
func encode(c call) (contentType string, body []byte, err error) {
	if c.body == nil {
		return "", nil, nil
	}
	if c.file != nil {
		return discordgo.MultipartBodyWithJSON(c.body, []*discordgo.File{{
			Name: c.file.Name, ContentType: "application/octet-stream", Reader: bytes.NewReader(c.file.Data),
		}})
	}
	body, err = json.Marshal(c.body)
	return "application/json", body, err
}

// recordKey is the context key of the answer that a recorder fills in.
type recordKey struct{}

// recorder is the transport under the session. It writes down what really
// happened, which the library's errors tell only in part, reads a bounded body and
// notes whether the request had left.
type recorder struct{ base http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (t recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	a, ok := req.Context().Value(recordKey{}).(*answer)
	if !ok {
		return nil, errors.New("a request that is not ours")
	}
	var left atomic.Bool // the hook is called by the transport's own goroutine
	trace := &httptrace.ClientTrace{WroteHeaders: func() { left.Store(true) }}
	res, err := t.base.RoundTrip(req.WithContext(httptrace.WithClientTrace(req.Context(), trace)))
	a.left = left.Load()
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, answerCap))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	a.status, a.header, a.body = res.StatusCode, res.Header, body
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, nil
}
