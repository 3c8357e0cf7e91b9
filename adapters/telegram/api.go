package telegram

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
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// maxAnswer is the most bytes read of one answer. A full batch of updates is
// 100 messages of at most 4096 characters with their surroundings.
const maxAnswer = 16 << 20

// client makes calls of the Bot API. It is safe for use by many goroutines.
type client struct {
	api   tgbotapi.BotAPI // a value, copied for each call
	http  *http.Client
	token string
}

// newClient returns a client of the server at apiURL. It makes no call.
func newClient(token, apiURL string, transport http.RoundTripper) (*client, error) {
	u, err := url.Parse(apiURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("telegram: [telegram] api_url %q is not an http or https address", apiURL)
	}
	if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r == '/' || r == '?' || r == '#' || r == '%' || r > '~' }) {
		return nil, errors.New("telegram: [telegram] token is empty or has characters that no token has")
	}
	c := &client{
		api:   tgbotapi.BotAPI{Token: token},
		token: token,
		http: &http.Client{
			Transport: transport,
			// A redirect would carry the token to another server.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	c.api.SetAPIEndpoint(strings.ReplaceAll(strings.TrimRight(apiURL, "/"), "%", "%%") + "/bot%s/%s")
	return c, nil
}

// newTransport returns a transport that keeps its connections, instead of the two
// per host of http.DefaultTransport.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns = 0
	t.MaxIdleConnsPerHost = 2 * writers // for answers, and as many messages of the dispatcher
	// Shorter than what servers keep, so that we seldom write to a connection that
	// the other side is closing.
	t.IdleConnTimeout = 30 * time.Second
	t.ResponseHeaderTimeout = 0 // long polls wait; contexts bound every call
	// Over HTTP/2, which Telegram speaks, all calls share a connection, and a call that
	// runs out of time leaves it to the next: one that died without a word would keep
	// the bot away until the system gives it up, after a quarter of an hour.
	t.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second}
	return t
}

// call makes one call and decodes its result into into, which may be nil. It
// returns an *apiError, and soon after ctx ends.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params, into any) error {
	return c.do(ctx, method, into, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.MakeRequest(method, params)
	})
}

// upload makes one call with a file as the parameter field.
func (c *client) upload(ctx context.Context, method string, params tgbotapi.Params, field, name string, data []byte, into any) error {
	files := []tgbotapi.RequestFile{{Name: field, Data: tgbotapi.FileBytes{Name: name, Bytes: data}}}
	return c.do(ctx, method, into, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.UploadFiles(method, params, files)
	})
}

func (c *client) do(ctx context.Context, method string, into any, make func(*tgbotapi.BotAPI) (*tgbotapi.APIResponse, error)) error {
	var trip trip
	api := c.api
	api.Client = doer(func(r *http.Request) (*http.Response, error) { return trip.do(c.http, r.WithContext(ctx)) })
	answer, err := make(&api)
	if err == nil && into != nil {
		err = json.Unmarshal(answer.Result, into)
	}
	if err == nil {
		return nil
	}
	e := &apiError{method: method, status: trip.status, left: trip.left.Load()}
	var refused *tgbotapi.Error
	switch {
	case errors.As(err, &refused) && (refused.Code != 0 || refused.Message != "" || trip.status >= 300):
		// UploadFiles leaves the code out; it always equals the status.
		e.code = refused.Code
		if e.code == 0 {
			e.code = trip.status
		}
		e.description = c.redact(refused.Message)
		e.retryAfter = time.Duration(refused.RetryAfter) * time.Second
		e.migrateTo = refused.MigrateToChatID
	case errors.As(err, &refused):
		e.cause = errNotAnAnswer
	default:
		e.cause = c.scrub(err)
	}
	return e
}

// tooLargeError: an answer has more than maxAnswer bytes.
type tooLargeError struct{ head []byte }

func (e *tooLargeError) Error() string {
	return "answer is larger than " + strconv.Itoa(maxAnswer) + " bytes"
}

// errNotAnAnswer: the server sent something that is not an answer of the Bot API: a
// proxy's page, null.
var errNotAnAnswer = errors.New("not an answer of the Bot API")

// doer lets a function be the library's HTTP client.
type doer func(*http.Request) (*http.Response, error)

// Do calls f.
func (f doer) Do(r *http.Request) (*http.Response, error) { return f(r) }

// trip is what became of one HTTP request.
type trip struct {
	left   atomic.Bool // a connection took it: the server may have acted on it
	status int         // 0 when no answer came
}

// do sends r and returns its answer with the whole body read. An answer that is not
// JSON is an error.
func (t *trip) do(h *http.Client, r *http.Request) (*http.Response, error) {
	r = r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { t.left.Store(true) },
	}))
	resp, err := h.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // nothing is lost with it
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	t.status = resp.StatusCode
	switch {
	case len(body) > maxAnswer:
		return nil, &tooLargeError{head: bytes.Clone(body[:1024])}
	case !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")):
		return nil, errNotAnAnswer
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// apiError is a call that did not succeed. Its text never holds the token.
type apiError struct {
	method      string
	status      int    // of HTTP; 0 when no answer came
	code        int    // the Bot API's error_code; 0 when the answer was not the Bot API's
	description string // as Telegram puts it
	retryAfter  time.Duration
	migrateTo   int64
	left        bool // the request left: it may have been carried out
	cause       error
}

func (e *apiError) Error() string {
	switch {
	case e.code != 0:
		return fmt.Sprintf("telegram %s: %d %s", e.method, e.code, e.description)
	case e.status != 0:
		return fmt.Sprintf("telegram %s: HTTP %d: %v", e.method, e.status, e.cause)
	default:
		return fmt.Sprintf("telegram %s: %v", e.method, e.cause)
	}
}

// Unwrap returns the cause, for errors.Is with a context's error.
func (e *apiError) Unwrap() error { return e.cause }

// says reports whether Telegram's description contains one of the phrases.
func (e *apiError) says(phrases ...string) bool {
	d := strings.ToLower(e.description)
	for _, p := range phrases {
		if strings.Contains(d, strings.ToLower(p)) {
			return true
		}
	}
	return false
}

// scrub returns err without the address it was about, which holds the token.
func (c *client) scrub(err error) error {
	var about *url.Error
	if errors.As(err, &about) {
		err = about.Err
	}
	if text := err.Error(); c.redact(text) != text {
		return errors.New(c.redact(text))
	}
	return err
}

// redact replaces the token, and its secret half, in a text from outside.
func (c *client) redact(text string) string {
	text = strings.ReplaceAll(text, c.token, "<token>")
	if _, secret, ok := strings.Cut(c.token, ":"); ok && len(secret) >= 8 {
		text = strings.ReplaceAll(text, secret, "<token>")
	}
	return text
}
