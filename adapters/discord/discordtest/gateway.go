package discordtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Conduct is how the gateway treats one connection. The zero Conduct is well.
type Conduct struct {
	NoHello    bool // accept and say nothing
	Reconnect  bool // op 7 as the first packet after identify or resume
	Invalid    bool // op 9 instead of READY or RESUMED; Resumable goes with it
	Resumable  bool
	Close      int  // close with this code after identify or resume
	NoACK      bool // take heartbeats and never acknowledge them
	HalfOpen   bool // after READY send nothing more and read nothing
	Garbage    bool // a packet that is not JSON
	FirstEvent any  // an event with this data and the type INTERACTION_CREATE after READY
}

// gatewaySide is the gateway. Guarded by the server's lock.
type gatewaySide struct {
	conducts   []Conduct
	sessions   map[string]*session
	conns      map[*socket]bool
	identified []time.Time
	resumed    int
	dialled    int
	beats      int
	twice      bool
}

// session survives its connections.
type session struct {
	id     string
	shard  int
	born   time.Time
	seq    int64
	events []event // all that were dispatched, for a replay
	socket *socket // nil while disconnected
}

type event struct {
	seq  int64
	name string
	data json.RawMessage
}

// replayCap is how many events a session keeps for a replay.
const replayCap = 10_000

// socket is one connection.
type socket struct {
	conn    *websocket.Conn
	conduct Conduct
	mu      sync.Mutex
	muted   bool
	hungUp  bool // we closed it: what the bot says to that is an echo
	session *session
}

// sendWithin is how long a slow bot may take to read a packet.
const sendWithin = time.Minute

func (c *socket) send(v any) {
	raw, err := json.Marshal(v)
	if err == nil {
		c.write(raw)
	}
}

// write sends a text; a bot that does not take it is hung up on.
func (c *socket) write(raw []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.muted {
		return
	}
	_ = c.conn.SetWriteDeadline(time.Now().Add(sendWithin))
	if err := c.conn.WriteMessage(websocket.TextMessage, raw); err != nil {
		_ = c.conn.Close()
	}
}

func (c *socket) close(code int) {
	c.mu.Lock()
	c.hungUp = true
	c.mu.Unlock()
	_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	_ = c.conn.Close()
}

// Conduct sets how the next connections are treated, one each; those after
// them are treated well.
func (s *Server) Conduct(next ...Conduct) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.conducts = append(s.gateway.conducts, next...)
}

// Connected returns how many shards are ready to receive events.
func (s *Server) Connected() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, ses := range s.gateway.sessions {
		if ses.socket != nil && !ses.socket.muted {
			n++
		}
	}
	return n
}

// Dialled, Identified and Resumed count connections and how they began.
func (s *Server) Dialled() int { s.mu.Lock(); defer s.mu.Unlock(); return s.gateway.dialled }

// Identified returns when the bot identified.
func (s *Server) Identified() []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]time.Time(nil), s.gateway.identified...)
}

// Resumed returns how many sessions were resumed.
func (s *Server) Resumed() int { s.mu.Lock(); defer s.mu.Unlock(); return s.gateway.resumed }

// Beats returns how many heartbeats came.
func (s *Server) Beats() int { s.mu.Lock(); defer s.mu.Unlock(); return s.gateway.beats }

// Twice makes every event be delivered twice.
func (s *Server) Twice(on bool) { s.mu.Lock(); defer s.mu.Unlock(); s.gateway.twice = on }

// Disconnect closes all connections with a code; 0 breaks them without one.
func (s *Server) Disconnect(code int) {
	s.eachSocket(func(c *socket) {
		if code == 0 {
			_ = c.conn.Close()
			return
		}
		c.close(code)
	})
}

// AskReconnect sends op 7 on all connections.
func (s *Server) AskReconnect() {
	s.eachSocket(func(c *socket) { c.send(map[string]any{"op": 7, "d": nil}) })
}

// Invalidate sends op 9 on all connections.
func (s *Server) Invalidate(resumable bool) {
	s.eachSocket(func(c *socket) { c.send(map[string]any{"op": 9, "d": resumable}) })
}

// AskHeartbeat sends op 1 on all connections.
func (s *Server) AskHeartbeat() {
	s.eachSocket(func(c *socket) { c.send(map[string]any{"op": 1, "d": nil}) })
}

// Send sends a raw text on all connections.
func (s *Server) Send(raw string) {
	s.eachSocket(func(c *socket) { c.write([]byte(raw)) })
}

// Silence makes all connections half open: alive to look at, and dead.
func (s *Server) Silence() {
	s.eachSocket(func(c *socket) {
		c.mu.Lock()
		c.muted = true
		c.mu.Unlock()
	})
}

func (s *Server) eachSocket(f func(*socket)) {
	s.mu.Lock()
	var all []*socket
	for c := range s.gateway.conns {
		all = append(all, c)
	}
	s.mu.Unlock()
	for _, c := range all {
		f(c)
	}
}

func (g *gatewaySide) hangUp() {
	for c := range g.conns {
		_ = c.conn.Close()
	}
}

func (s *Server) socketURL() string {
	return "ws" + strings.TrimPrefix(s.http.URL, "http") + "/gateway-socket"
}

func (s *Server) getGateway(*request) reply { return ok(map[string]any{"url": s.socketURL()}) }

func (s *Server) getGatewayBot(*request) reply {
	used := 0
	reset := time.Duration(0)
	for _, t := range s.gateway.identified {
		if left := 24*time.Hour - time.Since(t); left > 0 {
			used++
			reset = max(reset, left)
		}
	}
	return ok(map[string]any{
		"url": s.socketURL(), "shards": s.options.Shards,
		"session_start_limit": map[string]any{
			"total": s.options.IdentifyLimit, "remaining": max(0, s.options.IdentifyLimit-used),
			"reset_after": reset.Milliseconds(), "max_concurrency": 1,
		},
	})
}

// socket serves one connection.
func (s *Server) socket(w http.ResponseWriter, req *http.Request) {
	if req.URL.Query().Get("v") != "10" || req.URL.Query().Get("encoding") != "json" {
		s.mu.Lock()
		s.found("the gateway was dialled without v=10 and encoding=json")
		s.mu.Unlock()
	}
	var up websocket.Upgrader
	conn, err := up.Upgrade(w, req, nil)
	if err != nil {
		return
	}
	c := &socket{conn: conn}
	s.mu.Lock()
	s.gateway.dialled++
	if next := s.gateway.conducts; len(next) > 0 {
		c.conduct, s.gateway.conducts = next[0], next[1:]
	}
	if s.gateway.conns == nil {
		s.gateway.conns = map[*socket]bool{}
	}
	s.gateway.conns[c] = true
	s.happened()
	s.mu.Unlock()
	defer s.hungUp(c)
	if c.conduct.NoHello {
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				return
			}
		}
	}
	c.send(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": s.options.Heartbeat.Milliseconds()}})
	s.converse(c)
}

func (s *Server) hungUp(c *socket) {
	_ = c.conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.gateway.conns, c)
	if c.session != nil && c.session.socket == c {
		c.session.socket = nil
	}
	s.happened()
}

// converse reads what the bot sends.
func (s *Server) converse(c *socket) {
	sends, minute := 0, time.Now()
	for {
		_, raw, err := c.conn.ReadMessage()
		if err != nil {
			s.farewell(c, err)
			return
		}
		if now := time.Now(); now.Sub(minute) >= time.Minute {
			sends, minute = 0, now
		}
		if sends++; sends > 120 {
			s.mu.Lock()
			s.found("more than 120 gateway messages in a minute")
			s.mu.Unlock()
			c.close(4008)
			return
		}
		var p struct {
			Op   int             `json:"op"`
			Data json.RawMessage `json:"d"`
		}
		if json.Unmarshal(raw, &p) != nil || len(raw) > 4096 {
			c.close(4002)
			return
		}
		switch p.Op {
		case 1:
			s.mu.Lock()
			s.gateway.beats++
			s.happened()
			s.mu.Unlock()
			if !c.conduct.NoACK {
				c.send(map[string]any{"op": 11})
			}
		case 2:
			if !s.identify(c, p.Data) {
				return
			}
		case 6:
			if !s.resume(c, p.Data) {
				return
			}
		default:
			s.mu.Lock()
			s.found("gateway operation %d", p.Op)
			s.mu.Unlock()
			c.close(4001)
			return
		}
	}
}

// farewell ends the session of a bot that closed with 1000 or 1001; any other
// end leaves it to be resumed.
func (s *Server) farewell(c *socket, err error) {
	if !websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) {
		return
	}
	c.mu.Lock()
	echo := c.hungUp
	c.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.session != nil && !echo {
		delete(s.gateway.sessions, c.session.id)
	}
}

// identify begins a session and reports whether the connection goes on.
func (s *Server) identify(c *socket, raw json.RawMessage) bool {
	var d struct {
		Token      string            `json:"token"`
		Intents    *int64            `json:"intents"`
		Properties map[string]string `json:"properties"`
		Shard      [2]int            `json:"shard"`
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if json.Unmarshal(raw, &d) != nil || d.Intents == nil || len(d.Properties) == 0 {
		s.found("identify is malformed")
		c.close(4002)
		return false
	}
	if strings.TrimPrefix(d.Token, "Bot ") != s.options.Token {
		c.close(4004)
		return false
	}
	if *d.Intents & ^int64(1) != 0 {
		s.found("intents %d: only Guilds is needed", *d.Intents)
	}
	if d.Shard[1] != s.options.Shards {
		c.close(4010)
		return false
	}
	now := time.Now()
	early := false
	if n := len(s.gateway.identified); n > 0 && s.options.IdentifyEvery > 0 {
		early = now.Sub(s.gateway.identified[n-1]) < s.options.IdentifyEvery
	}
	s.gateway.identified = append(s.gateway.identified, now)
	if early {
		s.found("two identifies within %v", s.options.IdentifyEvery)
		c.send(map[string]any{"op": 9, "d": false})
		return true
	}
	if done, goOn := s.misbehave(c); done {
		return goOn
	}
	ses := &session{id: "session-" + s.newID(), shard: d.Shard[0], born: now, socket: c}
	c.session = ses
	s.gateway.sessions[ses.id] = ses
	guilds := []any{}
	for _, g := range s.sortedGuilds() {
		if !g.left {
			guilds = append(guilds, map[string]any{"id": g.ID, "unavailable": true})
		}
	}
	s.push(ses, "READY", map[string]any{
		"v": 10, "session_id": ses.id, "resume_gateway_url": s.socketURL(), "guilds": guilds, "shard": d.Shard,
		"user":        map[string]any{"id": s.botID, "username": "sjotbot", "bot": true},
		"application": map[string]any{"id": s.applicationID, "flags": 0},
	})
	for _, g := range s.sortedGuilds() {
		if !g.left {
			s.push(ses, "GUILD_CREATE", g.event())
		}
	}
	s.settled(c)
	return true
}

// resume goes on with a session and replays what was missed.
func (s *Server) resume(c *socket, raw json.RawMessage) bool {
	var d struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if json.Unmarshal(raw, &d) != nil {
		c.close(4002)
		return false
	}
	if strings.TrimPrefix(d.Token, "Bot ") != s.options.Token {
		c.close(4004)
		return false
	}
	if done, goOn := s.misbehave(c); done {
		return goOn
	}
	ses := s.gateway.sessions[d.SessionID]
	if ses == nil || d.Seq > ses.seq {
		c.send(map[string]any{"op": 9, "d": false})
		return true
	}
	s.gateway.resumed++
	c.session, ses.socket = ses, c
	for _, e := range ses.events {
		if e.seq > d.Seq {
			c.send(map[string]any{"op": 0, "s": e.seq, "t": e.name, "d": e.data})
		}
	}
	s.push(ses, "RESUMED", map[string]any{})
	s.settled(c)
	return true
}

// misbehave does what the connection's conduct says instead of a welcome.
func (s *Server) misbehave(c *socket) (done, goOn bool) {
	switch {
	case c.conduct.Close != 0:
		c.close(c.conduct.Close)
		return true, false
	case c.conduct.Reconnect:
		c.send(map[string]any{"op": 7, "d": nil})
		return true, true
	case c.conduct.Invalid:
		c.send(map[string]any{"op": 9, "d": c.conduct.Resumable})
		return true, true
	case c.conduct.Garbage:
		c.write([]byte("{"))
		return true, true
	}
	return false, false
}

// settled ends a welcome.
func (s *Server) settled(c *socket) {
	if c.conduct.HalfOpen {
		c.mu.Lock()
		c.muted = true
		c.mu.Unlock()
	}
	s.happened()
}

// push dispatches an event to a session. Call it with the server's lock held.
func (s *Server) push(ses *session, name string, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		s.found("discordtest: event %s: %v", name, err)
		return
	}
	times := 1
	if s.gateway.twice && name != "READY" && name != "RESUMED" {
		times = 2
	}
	for range times {
		ses.seq++
		e := event{ses.seq, name, raw}
		if name != "RESUMED" {
			ses.events = append(ses.events, e)
			if len(ses.events) > replayCap {
				ses.events = ses.events[len(ses.events)-replayCap:]
			}
		}
		if ses.socket != nil {
			ses.socket.send(map[string]any{"op": 0, "s": e.seq, "t": e.name, "d": e.data})
		}
	}
}

// broadcast dispatches an event of a guild (or, without one, of direct messages) to
// the shard that has it, and to every session of it. Call it with the lock held.
func (s *Server) broadcast(guild *Guild, name string, data any) error {
	shard := 0
	if guild != nil {
		shard = guild.shard(s.options.Shards)
	}
	var newest *session
	sent := false
	for _, ses := range s.gateway.sessions {
		if ses.shard != shard {
			continue
		}
		if newest == nil || ses.born.After(newest.born) {
			newest = ses
		}
		if ses.socket != nil {
			s.push(ses, name, data)
			sent = true
		}
	}
	switch {
	case newest == nil:
		return errors.New("discordtest: the bot was never connected")
	case !sent:
		s.push(newest, name, data) // replayed when it resumes
	}
	return nil
}
