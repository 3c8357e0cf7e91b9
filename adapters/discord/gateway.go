package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// The operations of the gateway that we send or understand.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// Close codes. Those that end the session make the next connection identify; those
// that are fatal end the program, because the next try would end the same way and
// cost an identify.
const (
	closeDecode          = 4002
	closeNotAuthed       = 4003
	closeBadToken        = 4004
	closeBadSequence     = 4007
	closeSessionTimedOut = 4009
	closeBadShard        = 4010
	closeNeedShards      = 4011
	closeBadVersion      = 4012
	closeBadIntents      = 4013
	closeNotAllowed      = 4014
	// closeResumable is ours: any code but 1000 and 1001 keeps the session.
	closeResumable = 4900
)

// messageCap is the largest gateway message that is read. A server with the most
// channels and threads Discord allows is about 2 MB without its members.
const messageCap = 16 << 20

// errToken is the refusal of the token, wherever it is met.
var errToken = errors.New("the token was refused: check [discord] token or SJOTBOT_DISCORD_TOKEN")

// fatal returns the error that ends the program for a close code, nil for the
// codes that a new connection mends.
func fatal(code int) error {
	switch code {
	case closeBadToken:
		return errToken
	case closeBadShard, closeNeedShards:
		return fmt.Errorf("the gateway refused our sharding (close code %d): the bot is in more servers than [discord] api_url told", code)
	case closeBadVersion:
		return fmt.Errorf("the gateway no longer speaks version %s (close code %d): a newer sjotbot is needed", gatewayVersion, code)
	case closeBadIntents, closeNotAllowed:
		return fmt.Errorf("the gateway refused our intents (close code %d): the application of [discord] token may not use the Guilds intent", code)
	}
	return nil
}

const gatewayVersion = "10"

// tempo are the gateway's and the interactions' times; tests make them short.
type tempo struct {
	handshake  time.Duration // dial and upgrade
	hello      time.Duration // from the upgrade to the Hello
	ready      time.Duration // from identify or resume to READY or RESUMED
	backoffMin time.Duration
	backoffMax time.Duration
	healthy    time.Duration // a connection that lived this long clears the back-off
	invalidMin time.Duration // pause after an invalid session, documented as 1 to 5 s
	invalidMax time.Duration
	identify   time.Duration // between two identifies: five seconds, and what the way there may vary
	accept     time.Duration // how long Discord accepts the first answer to an interaction
	deferAfter time.Duration // an interaction that is not answered by then is deferred
	handle     time.Duration // the most time a command may take
	farewell   time.Duration // a command's time to finish when the program ends
	lease      time.Duration // of the gateway, between processes
	ack        time.Duration // from a heartbeat to its acknowledgement
}

func defaultTempo() tempo {
	return tempo{
		handshake: 10 * time.Second, hello: 15 * time.Second, ready: 30 * time.Second,
		backoffMin: time.Second, backoffMax: 40 * time.Second, healthy: time.Minute,
		invalidMin: time.Second, invalidMax: 5 * time.Second, identify: 5500 * time.Millisecond,
		accept: 3 * time.Second, deferAfter: time.Second, handle: time.Minute, farewell: 5 * time.Second,
		lease: 10 * time.Second, ack: 10 * time.Second,
	}
}

// packet is one gateway message.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s"`
	Type string          `json:"t"`
}

// gatewayInfo is what the API says of its gateway.
type gatewayInfo struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Starts starts `json:"session_start_limit"`
}

// gateway keeps one shard connected until its context ends or the platform says
// that it will never work.
type gateway struct {
	rest  *rest
	token string
	dial  func(ctx context.Context, network, addr string) (net.Conn, error)
	log   *slog.Logger
	tempo tempo
	gate  *identifyGate
	shard [2]int
	// event receives each dispatched event, in order. It must not wait.
	event func(name string, data json.RawMessage)

	// The session, to be resumed.
	session   string
	seq       int64
	resumeURL string
}

// run connects again and again. It returns nil when ctx ends.
func (g *gateway) run(ctx context.Context) error {
	backoff := g.tempo.backoffMin
	for {
		started := time.Now()
		err := g.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			if end := fatal(closed.Code); end != nil {
				return end
			}
			switch closed.Code {
			case closeNotAuthed, closeBadSequence, closeSessionTimedOut, closeDecode:
				g.forget()
			}
		}
		if errors.Is(err, errToken) {
			return err
		}
		if time.Since(started) >= g.tempo.healthy {
			backoff = g.tempo.backoffMin
		}
		wait := backoff/2 + rand.N(backoff) // jitter: half to one and a half
		backoff = min(2*backoff, g.tempo.backoffMax)
		g.log.WarnContext(ctx, "discord gateway disconnected", "shard", g.shard[0], "error", err, "again_in", wait, "resume", g.session != "")
		if !sleep(ctx, wait) {
			return nil
		}
	}
}

// forget drops the session: the next connection identifies.
func (g *gateway) forget() { g.session, g.seq, g.resumeURL = "", 0, "" }

// connect lives through one connection and says how it ended.
func (g *gateway) connect(ctx context.Context) error {
	leave := func() {}
	address := g.resumeURL
	if g.session == "" || address == "" {
		info, err := g.rest.gatewayInfo(ctx)
		if err != nil {
			return err
		}
		if g.session == "" {
			if err := g.gate.enter(ctx, info, g.log); err != nil {
				return err
			}
			leave = sync.OnceFunc(g.gate.leave)
			defer leave()
		}
		address = info.URL
	}
	conn, err := g.open(ctx, address)
	if err != nil {
		g.resumeURL = "" // ask again where to go
		return err
	}
	c := &connection{conn: conn}
	// Closing is what ends a read; the close frame keeps or ends the session.
	stop := context.AfterFunc(ctx, func() { c.close(websocket.CloseNormalClosure) })
	defer stop()
	defer c.close(closeResumable)
	return g.converse(ctx, c, leave)
}

// open dials the gateway.
func (g *gateway) open(ctx context.Context, address string) (*websocket.Conn, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "ws" && u.Scheme != "wss") || u.Host == "" {
		return nil, errors.New("the API gave a gateway address that is none")
	}
	q := u.Query()
	q.Set("v", gatewayVersion)
	q.Set("encoding", "json")
	u.RawQuery = q.Encode()
	dialer := websocket.Dialer{NetDialContext: g.dial, Proxy: http.ProxyFromEnvironment, HandshakeTimeout: g.tempo.handshake}
	conn, res, err := dialer.DialContext(ctx, u.String(), nil)
	if res != nil && res.Body != nil {
		res.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("dial the gateway: %w", bare(err))
	}
	conn.SetReadLimit(messageCap)
	return conn, nil
}

// converse greets, identifies or resumes, and reads until the connection ends.
// introduced is called when others may identify.
func (g *gateway) converse(ctx context.Context, c *connection, introduced func()) error {
	beat, err := g.greet(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var beats sync.WaitGroup
	defer beats.Wait()
	defer cancel()
	c.seq(g.seq)
	beats.Go(func() { c.beat(ctx, beat, g.tempo.ack) })
	err = g.introduce(c)
	introduced()
	if err != nil {
		return err
	}
	// READY or RESUMED must come soon; afterwards an ACK comes with every beat, so
	// that silence for longer means a dead peer.
	quiet := g.tempo.ready
	for {
		p, err := c.read(quiet)
		if err != nil {
			return err
		}
		switch p.Op {
		case opDispatch:
			if p.Seq != nil {
				g.seq = *p.Seq
				c.seq(g.seq)
			}
			if p.Type == "READY" || p.Type == "RESUMED" {
				quiet = beat + g.tempo.hello
			}
			g.dispatch(p)
		case opHeartbeat:
			if err := c.sendBeat(); err != nil {
				return err
			}
		case opHeartbeatACK:
			c.ack()
		case opReconnect:
			return errors.New("the gateway asked to reconnect")
		case opInvalidSession:
			var resumable bool
			if json.Unmarshal(p.Data, &resumable) != nil || !resumable {
				g.forget()
			}
			sleep(ctx, g.tempo.invalidMin+rand.N(g.tempo.invalidMax-g.tempo.invalidMin+1))
			return errors.New("the gateway found the session invalid")
		}
	}
}

// greet waits for the Hello and returns the interval of heartbeats.
func (g *gateway) greet(c *connection) (time.Duration, error) {
	p, err := c.read(g.tempo.hello)
	if err != nil {
		return 0, fmt.Errorf("wait for the hello: %w", err)
	}
	var hello struct {
		Interval int64 `json:"heartbeat_interval"` // ms
	}
	if p.Op != opHello || json.Unmarshal(p.Data, &hello) != nil || hello.Interval <= 0 || hello.Interval > int64(time.Hour/time.Millisecond) {
		return 0, fmt.Errorf("the gateway began with operation %d instead of a hello", p.Op)
	}
	return time.Duration(hello.Interval) * time.Millisecond, nil
}

// introduce resumes the session, or identifies.
func (g *gateway) introduce(c *connection) error {
	if g.session != "" {
		return c.send(opResume, map[string]any{"token": g.token, "session_id": g.session, "seq": g.seq})
	}
	g.gate.used()
	return c.send(opIdentify, map[string]any{
		"token":      g.token,
		"intents":    discordgo.IntentsGuilds,
		"properties": map[string]string{"os": runtime.GOOS, "browser": "sjotbot", "device": "sjotbot"},
		"shard":      g.shard,
	})
}

// dispatch notes what belongs to the session and passes the event on.
func (g *gateway) dispatch(p packet) {
	if p.Type == "READY" {
		var ready struct {
			SessionID string `json:"session_id"`
			ResumeURL string `json:"resume_gateway_url"`
		}
		if json.Unmarshal(p.Data, &ready) == nil {
			g.session, g.resumeURL = ready.SessionID, ready.ResumeURL
		}
	}
	g.event(p.Type, p.Data)
}

// gatewayInfo asks the API where its gateway is.
func (r *rest) gatewayInfo(ctx context.Context) (gatewayInfo, error) {
	var info gatewayInfo
	err := r.fetch(ctx, call{name: "ask for the gateway", method: http.MethodGet, path: "/gateway/bot"}, &info)
	var refused *refusedError
	if errors.As(err, &refused) && refused.Status == http.StatusUnauthorized {
		return info, errToken
	}
	return info, err
}

// sleep waits for d and reports whether ctx still stands.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return ctx.Err() == nil
	}
}
