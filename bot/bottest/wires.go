package bottest

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// RunDeadConnection proves that an adapter which calls over a transport of its own is
// kept away for less than a minute by a connection that died without a word, as when a
// router restarts. Over HTTP/2 all calls share one, and a call that runs out of time does
// not end it. The adapter is made by connect, for a server that gives every call the same
// answer, and returns a call.
func RunDeadConnection(t *testing.T, answer string, transport func() *http.Transport,
	connect func(server string, over http.RoundTripper) (call func(context.Context) error, err error),
) {
	t.Helper()
	for name, http2 := range map[string]bool{"HTTP/1.1": false, "HTTP/2": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					_, _ = io.WriteString(w, answer)
				}))
				network := &wires{Listener: server.Listener, calls: make(chan net.Conn), done: make(chan struct{}), cut: make(chan struct{})}
				server.Listener, server.EnableHTTP2 = network, http2
				server.StartTLS()
				defer server.Close()
				over := transport()
				defer over.CloseIdleConnections()
				over.DialContext, over.TLSClientConfig = network.dial, server.Client().Transport.(*http.Transport).TLSClientConfig
				call, err := connect(server.URL, over)
				if err != nil {
					t.Fatal(err)
				}
				if err := call(t.Context()); err != nil {
					t.Fatal(err)
				}
				network.die()
				died := time.Now()
				for err = call(t.Context()); err != nil; err = call(t.Context()) {
					if away := time.Since(died); away > time.Minute {
						t.Fatalf("away for %v: %v", away, err)
					}
				}
			})
		})
	}
}

// wires is a network in memory on which connections can die without a word: what is
// written is taken, and nothing ever comes back.
type wires struct {
	net.Listener // only for its address

	calls chan net.Conn
	once  sync.Once
	done  chan struct{}

	mu  sync.Mutex
	cut chan struct{} // closed when the connections of the time die
}

func (w *wires) Accept() (net.Conn, error) {
	select {
	case c := <-w.calls:
		return c, nil
	case <-w.done:
		return nil, net.ErrClosed
	}
}

func (w *wires) Close() error {
	w.once.Do(func() { close(w.done) })
	return w.Listener.Close()
}

func (w *wires) dial(context.Context, string, string) (net.Conn, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	ours, theirs := net.Pipe()
	w.calls <- theirs
	return &wire{ours, w.cut}, nil
}

// die makes all connections die. Those dialled afterwards live.
func (w *wires) die() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.cut)
	w.cut = make(chan struct{})
}

type wire struct {
	net.Conn

	cut chan struct{}
}

func (w *wire) Write(p []byte) (int, error) {
	select {
	case <-w.cut:
		return len(p), nil
	default:
		return w.Conn.Write(p)
	}
}
