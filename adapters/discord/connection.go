package discord

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// writeTimeout is how long one message to the gateway may take.
const writeTimeout = 5 * time.Second

// connection is one websocket to the gateway: reads from one goroutine, writes
// from any.
type connection struct {
	conn *websocket.Conn

	mu      sync.Mutex
	last    int64 // sequence of the last event
	waiting bool  // nothing was acknowledged since the last beat that was due
	closed  bool
	cause   error // why we closed it ourselves
}

// errSilent: the peer did not acknowledge a heartbeat. Such a connection looks
// alive and is not.
var errSilent = errors.New("the gateway did not answer a heartbeat")

// read returns the next packet, or an error when none came within quiet.
func (c *connection) read(quiet time.Duration) (packet, error) {
	if err := c.conn.SetReadDeadline(time.Now().Add(quiet)); err != nil {
		return packet{}, err
	}
	kind, body, err := c.conn.ReadMessage()
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.cause != nil {
			return packet{}, c.cause
		}
		return packet{}, fmt.Errorf("read from the gateway: %w", err)
	}
	if kind == websocket.BinaryMessage {
		if body, err = inflate(body); err != nil {
			return packet{}, err
		}
	}
	var p packet
	if err := json.Unmarshal(body, &p); err != nil {
		return packet{}, errors.New("the gateway sent something that is not JSON")
	}
	return p, nil
}

// inflate unpacks a compressed message. We never ask for them.
func inflate(body []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the gateway sent a binary message that is not compressed JSON")
	}
	defer z.Close()
	body, err = io.ReadAll(io.LimitReader(z, messageCap))
	if err != nil {
		return nil, fmt.Errorf("inflate a gateway message: %w", err)
	}
	return body, nil
}

// send writes one packet.
func (c *connection) send(op int, data any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.write(op, data)
}

func (c *connection) write(op int, data any) error {
	if err := c.conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	if err := c.conn.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		return fmt.Errorf("write to the gateway: %w", err)
	}
	return nil
}

// seq notes the sequence that heartbeats carry.
func (c *connection) seq(n int64) {
	c.mu.Lock()
	c.last = n
	c.mu.Unlock()
}

// ack notes that the last heartbeat was acknowledged.
func (c *connection) ack() {
	c.mu.Lock()
	c.waiting = false
	c.mu.Unlock()
}

// sendBeat sends a heartbeat: one that is due, or one that the gateway asked for.
func (c *connection) sendBeat() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var last *int64 // null before the first event
	if c.last != 0 {
		last = &c.last
	}
	return c.write(opHeartbeat, last)
}

// beat sends heartbeats until ctx ends. One that is not acknowledged within ack
// closes the connection: Discord asks for that at the next beat at the latest.
func (c *connection) beat(ctx context.Context, every, ack time.Duration) {
	ack = min(ack, every)
	wait := rand.N(every) // all clients at once would be a stampede
	for sleep(ctx, wait) {
		c.mu.Lock()
		c.waiting = true
		c.mu.Unlock()
		if err := c.sendBeat(); err != nil {
			c.fail(err)
			return
		}
		if !sleep(ctx, ack) {
			return
		}
		c.mu.Lock()
		silent := c.waiting
		c.mu.Unlock()
		if silent {
			c.fail(errSilent)
			return
		}
		wait = every - ack
	}
}

// fail closes the connection and keeps why, so that the reader reports it.
func (c *connection) fail(cause error) {
	c.mu.Lock()
	c.cause = cause
	c.mu.Unlock()
	c.close(closeResumable)
}

// close says good-bye with a code and closes; only the first call counts.
func (c *connection) close(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	// A dead peer takes no farewell; the connection is closed either way.
	_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	_ = c.conn.Close()
}
