package discord

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// listened returns a connection to a gateway that takes everything and says nothing.
func listened(t *testing.T) *connection {
	t.Helper()
	ours, theirs := net.Pipe()
	go func() {
		req, err := http.ReadRequest(bufio.NewReader(theirs))
		if err != nil {
			t.Error(err)
			return
		}
		sum := sha1.Sum([]byte(req.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		_, _ = io.WriteString(theirs, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "+
			base64.StdEncoding.EncodeToString(sum[:])+"\r\n\r\n")
		_, _ = io.Copy(io.Discard, theirs)
	}()
	dialer := websocket.Dialer{NetDialContext: func(context.Context, string, string) (net.Conn, error) { return ours, nil }}
	conn, res, err := dialer.DialContext(t.Context(), "ws://gateway.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return &connection{conn: conn}
}

// TestBeatOnDemand: a heartbeat that the gateway asks for while the acknowledgement of
// another is looked for is not taken for one that was not acknowledged.
func TestBeatOnDemand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const every, ack = 40 * time.Second, 10 * time.Second
		c := listened(t)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			c.beat(ctx, every, ack)
		}()
		for began := time.Now(); time.Since(began) < 5*every; {
			if err := c.sendBeat(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(700 * time.Millisecond)
			c.ack()
			time.Sleep(400 * time.Millisecond)
		}
		cancel()
		<-ended
		if c.cause != nil {
			t.Errorf("the connection was given up: %v", c.cause)
		}
		c.close(websocket.CloseNormalClosure)
	})
}
