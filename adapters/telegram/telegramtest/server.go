package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token is the token that a Server accepts unless Options name another.
const Token = "123456789:AAtest-token-that-is-no-token-0123456"

// Options say what a Server is like. The zero value is a server without limits.
type Options struct {
	// Token is the bot's; empty means [Token].
	Token string
	// Username is the bot's; empty means "sjotbot_test_bot".
	Username string
	// Limits are enforced; the zero value enforces none.
	Limits Limits
	// Spec, if set, checks every request; see [Server.Findings].
	Spec *Spec
	// Chaos makes requests fail at random.
	Chaos Chaos
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// NoListener serves only [Server.Transport], without a socket: what a test with
	// fake time needs.
	NoListener bool
	// Listener is what it serves on; nil is a port of loopback. One in memory goes
	// with fake time too.
	Listener net.Listener
}

// Server is a Bot API server. It is safe for use by many goroutines.
type Server struct {
	// URL is what to give the bot as api_url.
	URL string

	options Options
	http    *http.Server
	tb      testing.TB
	done    chan struct{}

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced whenever something happened
	chats    map[int64]*room
	lastID   int // of messages
	updates  []queued
	updateID int64
	allowed  map[string]bool // allowed_updates, nil for all
	poller   chan struct{}   // closed when another poll takes over
	webhook  bool
	presses  map[string]*Press
	inline   map[string]*Inline
	menus    map[string][]Command
	limiter  limiter
	faults   []*Fault
	chaos    *chaos
	counts   Counts
	findings []string
}

// Counts is what a Server counted.
type Counts struct {
	Requests map[string]int // by method
	// Messages are those that were accepted.
	Messages int
	// Limited are requests refused with 429; DuringLockOut those of them that came
	// while a retry_after was running.
	Limited, DuringLockOut int
	// Conflicts are polls that met another poll.
	Conflicts int
	// BadToken are requests with a token that is not the bot's.
	BadToken int
	// Unanswered are messages that were accepted and whose answer never arrived.
	Unanswered int
}

// New starts a Server that ends with the test. Requests are checked against the
// published description of the Bot API, if it is there; what it finds fails the test.
func New(tb testing.TB, o Options) *Server {
	tb.Helper()
	if o.Spec == nil {
		spec, err := FindSpec()
		switch {
		case errors.Is(err, ErrNoSpec):
			tb.Log("telegramtest: requests are not checked against the description of the Bot API: it is not here")
		case err != nil:
			tb.Fatalf("telegramtest: %v", err)
		}
		o.Spec = spec
	}
	s, err := Start(o)
	if err != nil {
		tb.Fatalf("telegramtest: %v", err)
	}
	s.tb = tb
	tb.Cleanup(func() {
		s.Close()
		for _, f := range s.Findings() {
			tb.Errorf("telegramtest: %s", f)
		}
	})
	return s
}

// Start starts a Server. The caller closes it.
func Start(o Options) (*Server, error) {
	if o.Token == "" {
		o.Token = Token
	}
	if o.Username == "" {
		o.Username = "sjotbot_test_bot"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		URL:      "http://telegram.invalid",
		options:  o,
		done:     make(chan struct{}),
		changed:  make(chan struct{}),
		chats:    map[int64]*room{},
		presses:  map[string]*Press{},
		inline:   map[string]*Inline{},
		menus:    map[string][]Command{},
		updateID: 1000,
		limiter:  limiter{limits: o.Limits},
		chaos:    newChaos(o.Chaos),
		counts:   Counts{Requests: map[string]int{}},
	}
	if o.NoListener {
		return s, nil
	}
	l := o.Listener
	if l == nil {
		var err error
		if l, err = new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0"); err != nil {
			return nil, fmt.Errorf("listen: %w", err)
		}
	}
	s.URL = "http://" + l.Addr().String()
	s.http = &http.Server{Handler: http.HandlerFunc(s.serveHTTP), ReadHeaderTimeout: time.Minute}
	go func() { _ = s.http.Serve(l) }()
	return s, nil
}

// Close ends the server and all polls that it holds.
func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.done:
		return
	default:
	}
	close(s.done)
	s.touch()
	if s.http != nil {
		_ = s.http.Close()
	}
}

// Counts returns what was counted so far.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counts
	c.Requests = map[string]int{}
	for method, n := range s.counts.Requests {
		c.Requests[method] = n
	}
	return c
}

// Findings returns what was wrong with the requests, by the published description
// of the Bot API.
func (s *Server) Findings() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.findings...)
}

// touch wakes everyone who waits for something to happen. The lock is held.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// reply is what a request gets.
type reply struct {
	status int
	body   []byte
	html   bool
	broken bool // the connection is reset instead
}

// apiReply is an answer of the Bot API.
type apiReply struct {
	OK          bool             `json:"ok"`
	Result      any              `json:"result,omitempty"`
	ErrorCode   int              `json:"error_code,omitempty"`
	Description string           `json:"description,omitempty"`
	Parameters  *replyParameters `json:"parameters,omitempty"`
}

type replyParameters struct {
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter int   `json:"retry_after,omitempty"`
}

func result(v any) apiReply { return apiReply{OK: true, Result: v} }

func refuse(code int, description string) apiReply {
	return apiReply{ErrorCode: code, Description: description}
}

func (a apiReply) reply() reply {
	status := http.StatusOK
	if !a.OK {
		status = a.ErrorCode
	}
	body, err := json.Marshal(a)
	if err != nil {
		return reply{status: http.StatusInternalServerError, body: []byte(err.Error())}
	}
	return reply{status: status, body: body}
}

// request is one call of a method.
type request struct {
	ctx    context.Context //nolint:containedctx // it is the request's own
	method string
	params url.Values
	file   *Document
}

// serve carries out one HTTP request.
func (s *Server) serve(r *http.Request) reply {
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	req := request{ctx: r.Context(), method: method}
	if err := req.read(r); err != nil {
		return refuse(http.StatusBadRequest, "Bad Request: "+err.Error()).reply()
	}
	s.mu.Lock()
	s.counts.Requests[method]++
	if !ok || token != s.options.Token {
		s.counts.BadToken++
		s.mu.Unlock()
		if strings.Contains(token, ":") {
			return refuse(http.StatusUnauthorized, "Unauthorized").reply() //nolint:misspell // the server's words
		}
		return refuse(http.StatusNotFound, "Not Found").reply()
	}
	fault := s.fault(method)
	s.mu.Unlock()
	return s.suffer(req, fault)
}

// read takes the parameters from wherever they are.
func (q *request) read(r *http.Request) error {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		if err := r.ParseMultipartForm(64 << 20); err != nil {
			return err
		}
		for field, files := range r.MultipartForm.File {
			f, err := files[0].Open()
			if err != nil {
				return err
			}
			data, err := io.ReadAll(f)
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			q.file = &Document{Field: field, Name: files[0].Filename, Data: data}
		}
	} else if err := r.ParseForm(); err != nil {
		return err
	}
	q.params = r.Form
	return nil
}

// carryOut does what a method does, and checks the request on the way.
func (s *Server) carryOut(q request) reply {
	m, ok := methods()[q.method]
	if !ok {
		return refuse(http.StatusNotFound, "Not Found: method not found").reply()
	}
	if s.options.Spec != nil {
		if found := s.options.Spec.Check(q.method, q.params, q.file); len(found) > 0 {
			s.mu.Lock()
			s.findings = append(s.findings, found...)
			s.mu.Unlock()
		}
	}
	for name := range q.params {
		if !strings.Contains(" "+m.params+" ", " "+name+" ") {
			s.mu.Lock()
			s.findings = append(s.findings, q.method+": parameter "+name+" is not one that this server knows")
			s.mu.Unlock()
		}
	}
	if q.method == "getUpdates" {
		return s.getUpdates(q).reply()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := m.do(s, q)
	s.touch()
	return a.reply()
}

func (s *Server) serveHTTP(w http.ResponseWriter, r *http.Request) {
	a := s.serve(r)
	if a.broken {
		if h, ok := w.(http.Hijacker); ok {
			if conn, _, err := h.Hijack(); err == nil {
				if tcp, ok := conn.(*net.TCPConn); ok {
					_ = tcp.SetLinger(0) // a reset, not a friendly end
				}
				_ = conn.Close()
			}
		}
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if a.html {
		w.Header().Set("Content-Type", "text/html")
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// errReset is what a broken connection looks like without a socket.
var errReset = errors.New("connection reset by peer")

// Transport serves requests for the server without a socket and refuses all others.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ s *Server }

// RoundTrip serves r.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.String(), t.s.URL+"/") {
		return nil, fmt.Errorf("telegramtest: request to %s, which is not this server", r.URL.Host)
	}
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	replies := make(chan reply, 1)
	go func() { replies <- t.s.serve(r) }()
	select {
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case a := <-replies:
		if a.broken {
			return nil, errReset
		}
		return &http.Response{
			StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a.body)), Request: r,
		}, nil
	}
}

// LoopbackTransport returns a transport that dials nothing but loopback, so that a
// test that was not redirected cannot reach the real server.
func LoopbackTransport() *http.Transport {
	var d net.Dialer
	return &http.Transport{
		MaxIdleConnsPerHost: 128,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
				return nil, fmt.Errorf("telegramtest: dial of %s refused: not loopback", host)
			}
			return d.DialContext(ctx, network, address)
		},
	}
}
