package discordtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options says how a Server behaves. The zero Options is Discord as documented,
// without the specification.
type Options struct {
	// Token is the bot's token; empty is a made-up one.
	Token string
	// Schema checks every request against Discord's specification; nil does not.
	Schema *Schema
	// GlobalRate is how many requests a second are allowed over all routes, 0 is 50;
	// negative is no limit.
	GlobalRate int
	// ChannelRate is how many messages a channel takes in ChannelWindow; 0 is 5 in
	// 5 seconds, negative is no limit.
	ChannelRate   int
	ChannelWindow time.Duration
	// AckWithin is how long the first answer to an interaction may take, 0 is 3 s;
	// TokenFor how long its token lives, 0 is 15 minutes.
	AckWithin, TokenFor time.Duration
	// Heartbeat is the interval that the gateway asks for, 0 is 41.25 s.
	Heartbeat time.Duration
	// NonceFor is how long a nonce is remembered, 0 is 5 minutes.
	NonceFor time.Duration
	// IdentifyEvery is the least time between two identifies, 0 is 5 s, negative
	// is none; IdentifyLimit how many a day, 0 is 1000.
	IdentifyEvery time.Duration
	IdentifyLimit int
	// Shards is how many shards the API recommends, 0 is 1.
	Shards int
	// InvalidLimit is how many invalid requests in ten minutes lead to a ban, 0
	// is 10 000.
	InvalidLimit int
	// Prefix is the path before the API's routes, empty is "/api/v10".
	Prefix string
	// Chaos breaks requests at random; the zero Chaos does not.
	Chaos Chaos
	// Listener is what it serves on; nil is a port of loopback. One in memory goes
	// with fake time.
	Listener net.Listener
}

// Server is a Discord on loopback. Its methods may be used by many goroutines.
type Server struct {
	options Options
	http    *httptest.Server

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced whenever something happens
	ended    chan struct{} // closed by Close
	findings []string
	counts   map[string]int // requests by route
	stats    Stats
	lastID   int64

	applicationID string
	botID         string
	users         map[string]*User
	guilds        map[string]*Guild
	channels      map[string]*Channel
	interactions  map[string]*interaction // by token
	byID          map[string]*interaction
	commands      map[string]command
	created       int // commands that were not there before

	nonces  map[string]nonce
	limits  limits
	faults  []*fault
	dice    *rand.Rand // for the chaos
	gateway gatewaySide
}

// Stats counts what limits and sends came to.
type Stats struct {
	Messages int // created, repetitions under one nonce not counted
	Repeated int // answered with the earlier message of the same nonce
	// Unanswered counts requests that were carried out and whose answer was spoilt.
	Unanswered int
	// Limited counts 429s by scope: "user", "shared", "global", "ban".
	Limited map[string]int
	// Within counts requests during a lock-out that the bot had been told of.
	Within  int
	Invalid int // 401, 403 and 429 that Discord counts
}

// NewServer starts a Discord. Close it.
func NewServer(o Options) *Server {
	setDefaults(&o)
	s := &Server{
		options: o, changed: make(chan struct{}), ended: make(chan struct{}), counts: map[string]int{},
		users: map[string]*User{}, guilds: map[string]*Guild{}, channels: map[string]*Channel{},
		interactions: map[string]*interaction{}, byID: map[string]*interaction{}, commands: map[string]command{}, nonces: map[string]nonce{},
	}
	s.dice = rand.New(rand.NewPCG(o.Chaos.Seed, 1))
	s.stats.Limited = map[string]int{}
	s.applicationID, s.botID = s.newID(), s.newID()
	s.gateway.sessions = map[string]*session{}
	if o.Listener == nil {
		s.http = httptest.NewServer(s.routes())
		return s
	}
	s.http = &httptest.Server{Listener: o.Listener, Config: &http.Server{Handler: s.routes(), ReadHeaderTimeout: time.Minute}}
	s.http.Start()
	return s
}

func setDefaults(o *Options) {
	set := func(v *int, n int) {
		if *v == 0 {
			*v = n
		}
	}
	wait := func(v *time.Duration, d time.Duration) {
		if *v == 0 {
			*v = d
		}
	}
	if o.Token == "" {
		o.Token = "MTk4NjIyNDgzNDcxOTI1MjQ4.discordtest.not-a-real-token"
	}
	if o.Prefix == "" {
		o.Prefix = "/api/v10"
	}
	set(&o.GlobalRate, 50)
	set(&o.ChannelRate, 5)
	wait(&o.ChannelWindow, 5*time.Second)
	wait(&o.AckWithin, 3*time.Second)
	wait(&o.TokenFor, 15*time.Minute)
	wait(&o.Heartbeat, 41250*time.Millisecond)
	wait(&o.NonceFor, 5*time.Minute)
	wait(&o.IdentifyEvery, 5*time.Second)
	set(&o.IdentifyLimit, 1000)
	set(&o.Shards, 1)
	set(&o.InvalidLimit, 10_000)
}

// URL is the address to give a bot as its api_url.
func (s *Server) URL() string { return s.http.URL + s.options.Prefix }

// Token is the token to give a bot.
func (s *Server) Token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.options.Token
}

// ResetToken makes the bot's token worthless, as its owner can.
func (s *Server) ResetToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.Token = "reset " + strconv.FormatInt(time.Now().UnixNano(), 36)
}

// ApplicationID is the application's own id.
func (s *Server) ApplicationID() string { return s.applicationID }

// Close hangs up on everybody.
func (s *Server) Close() {
	s.mu.Lock()
	select {
	case <-s.ended:
	default:
		close(s.ended)
	}
	s.gateway.hangUp()
	s.mu.Unlock()
	s.http.CloseClientConnections()
	s.http.Close()
}

// Forget forgets what was said and asked so far, so that a test of many hours does
// not measure this server's memory. Nobody may be waiting for an answer.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.channels {
		c.messages = nil
	}
	clear(s.interactions)
	clear(s.byID)
	clear(s.nonces)
	for _, ses := range s.gateway.sessions {
		ses.events = nil
	}
}

// Findings lists what a well-behaved bot would not have done.
func (s *Server) Findings() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.findings...)
}

// Stats returns the counts so far.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.stats
	st.Limited = map[string]int{}
	for k, v := range s.stats.Limited {
		st.Limited[k] = v
	}
	return st
}

// Requests returns how many requests of a route came: "create message",
// "interaction callback" and so on, as named in the table of routes.
func (s *Server) Requests(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[route]
}

// Wait waits until done returns true, and reports whether it did within the
// time. It is asked again whenever something happens at the server.
func (s *Server) Wait(within time.Duration, done func() bool) bool {
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return true
		}
		select {
		case <-changed:
		case <-timeout.C:
			return done()
		}
	}
}

// happened wakes those who wait. Call it with the lock held.
func (s *Server) happened() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// found keeps a finding. Call it with the lock held.
func (s *Server) found(format string, args ...any) {
	if len(s.findings) < 1000 {
		s.findings = append(s.findings, fmt.Sprintf(format, args...))
	}
	s.happened()
}

// newID mints an id as Discord does: its time and a counter. Call it with the lock
// held or before others can.
func (s *Server) newID() string {
	const epoch = 1420070400000
	id := (time.Now().UnixMilli() - epoch) << 22
	s.lastID = max(id, s.lastID+1)
	return strconv.FormatInt(s.lastID, 10)
}

// request is one request, read and checked for its token.
type request struct {
	*http.Request
	name  string
	vars  func(string) string
	body  []byte // the JSON of it, also of a form with files
	files []File
}

// File is an uploaded file.
type File struct {
	Name string
	Data []byte
}

// reply is what a handler answers.
type reply struct {
	status int
	header http.Header
	body   any // marshalled; nil is no body
	raw    string
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

// refuse is Discord's form of an error.
func refuse(status, code int, message string) reply {
	return reply{status: status, body: map[string]any{"code": code, "message": message}}
}

// handler answers a request. It is called with the server's lock held.
type handler func(*request) reply

// route is one route of the API. template is its path in the specification.
type route struct {
	name, method, template string
	handle                 handler
	// open: authorised by a token in the path; exempt from the global limit.
	open bool
}

func (s *Server) table() []route {
	return []route{
		{"gateway", http.MethodGet, "/gateway", s.getGateway, false},
		{"gateway bot", http.MethodGet, "/gateway/bot", s.getGatewayBot, false},
		{"current user", http.MethodGet, "/users/@me", s.getUser, false},
		{"current application", http.MethodGet, "/applications/@me", s.getApplication, false},
		{"register commands", http.MethodPut, "/applications/{application_id}/commands", s.putCommands, false},
		{"open dm", http.MethodPost, "/users/@me/channels", s.openDM, false},
		{"create message", http.MethodPost, "/channels/{channel_id}/messages", s.createMessage, false},
		{"interaction callback", http.MethodPost, "/interactions/{interaction_id}/{interaction_token}/callback", s.callback, true},
		{"follow up", http.MethodPost, "/webhooks/{webhook_id}/{webhook_token}", s.followUp, true},
		{"edit original", http.MethodPatch, "/webhooks/{webhook_id}/{webhook_token}/messages/@original", s.editOriginal, true},
		{"delete original", http.MethodDelete, "/webhooks/{webhook_id}/{webhook_token}/messages/@original", s.deleteOriginal, true},
	}
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.table() {
		mux.HandleFunc(r.method+" "+s.options.Prefix+r.template, func(w http.ResponseWriter, req *http.Request) { s.serve(w, req, r) })
	}
	mux.HandleFunc("/gateway-socket", s.socket)
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) {
		s.mu.Lock()
		s.found("unknown route: %s %s", req.Method, redactPath(req.URL.Path))
		s.mu.Unlock()
		write(w, refuse(http.StatusNotFound, 0, "404: Not Found"))
	})
	return mux
}

func redactPath(path string) string {
	if len(path) > 60 {
		path = path[:60] + "…"
	}
	return path
}

// bodyCap is the largest request that is read; Discord's own is 10 MB of files.
const bodyCap = 12 << 20

// serve answers one request: faults, limits and token first, then the rules, then
// the route.
func (s *Server) serve(w http.ResponseWriter, req *http.Request, r route) {
	in, err := read(w, req)
	if err != nil {
		write(w, refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON."))
		return
	}
	in.name, in.vars = r.name, req.PathValue
	s.mu.Lock()
	s.counts[r.name]++
	s.happened()
	f := s.fault(r.name)
	s.mu.Unlock()
	if f != nil && !f.pass(w, req) {
		s.mu.Lock()
		s.happened()
		s.mu.Unlock()
		return
	}
	s.mu.Lock()
	out := s.answer(in, r)
	if f != nil && f.After && out.status < http.StatusBadRequest {
		s.stats.Unanswered++
	}
	s.happened()
	s.mu.Unlock()
	if f != nil && f.After {
		f.spoil(w, req)
		return
	}
	write(w, out)
}

// answer is what Discord says. Call it with the lock held.
func (s *Server) answer(in *request, r route) reply {
	if out, stop := s.limits.before(s, in, r); stop {
		return out
	}
	if !r.open && in.Header.Get("Authorization") != "Bot "+s.options.Token {
		return s.counted(refuse(http.StatusUnauthorized, 0, "401: "+http.StatusText(http.StatusUnauthorized)))
	}
	if agent := in.Header.Get("User-Agent"); !strings.HasPrefix(agent, "DiscordBot (") {
		s.found("%s: the User-Agent is not of the form DiscordBot (url, version)", r.name)
	}
	if problems := s.check(in, r); len(problems) > 0 {
		for _, p := range problems {
			s.found("%s: %s", r.name, p)
		}
		return formError(problems)
	}
	return s.counted(r.handle(in))
}

// counted counts an invalid request. Call it with the lock held.
func (s *Server) counted(out reply) reply {
	if out.status == http.StatusUnauthorized || out.status == http.StatusForbidden {
		s.limits.invalid(s)
	}
	return out
}

func read(w http.ResponseWriter, req *http.Request) (*request, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, bodyCap))
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	in := &request{Request: req, body: body}
	kind, params, _ := mime.ParseMediaType(req.Header.Get("Content-Type"))
	switch {
	case len(body) == 0:
		if kind != "" {
			return nil, errors.New("a content type without a body")
		}
		return in, nil
	case kind == "multipart/form-data":
		return in, in.unpack(params["boundary"])
	case kind != "application/json":
		return nil, errors.New("not JSON")
	}
	if !json.Valid(body) {
		return nil, errors.New("not JSON")
	}
	return in, nil
}

// unpack reads a form: payload_json and files.
func (in *request) unpack(boundary string) error {
	form := multipart.NewReader(bytes.NewReader(in.body), boundary)
	in.body = nil
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read a part: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("read a part: %w", err)
		}
		if part.FormName() == "payload_json" {
			in.body = data
			continue
		}
		in.files = append(in.files, File{Name: part.FileName(), Data: data})
	}
	if !json.Valid(in.body) {
		return errors.New("not JSON")
	}
	return nil
}

func write(w http.ResponseWriter, out reply) {
	for k, v := range out.header {
		w.Header()[k] = v
	}
	switch {
	case out.raw != "":
		if w.Header().Get("Content-Type") == "" {
			w.Header().Set("Content-Type", "text/html")
		}
		w.WriteHeader(out.status)
		_, _ = io.WriteString(w, out.raw)
	case out.body != nil:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(out.status)
		_ = json.NewEncoder(w).Encode(out.body)
	default:
		w.WriteHeader(out.status)
	}
}

// Dial dials loopback and refuses everything else, so that no test reaches the
// world by mistake.
func Dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("discordtest: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("discordtest: a test dialled %s, which is not loopback", host)
	}
	var d net.Dialer
	return d.DialContext(ctx, network, address)
}

// Transport returns a transport that uses Dial.
func Transport() *http.Transport {
	return &http.Transport{DialContext: Dial, MaxIdleConnsPerHost: 128}
}
