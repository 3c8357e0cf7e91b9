package main

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"
)

// network is what lies between the program and the platforms in a test: loopback
// sockets, or memory, which is what fake time needs (a bubble of testing/synctest
// does not see that a socket is idle).
type network interface {
	listen(t testing.TB, name string) net.Listener
	dial(ctx context.Context, network, address string) (net.Conn, error)
}

// loopback is the network of the real clock. It reaches nothing else.
type loopback struct{}

func (loopback) listen(t testing.TB, _ string) net.Listener {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (loopback) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("a test dialled %s, which is not loopback", address)
	}
	return new(net.Dialer).DialContext(ctx, network, address)
}

// pipes is a network in memory: the same HTTP and WebSocket code runs over it.
type pipes struct {
	mu    sync.Mutex
	doors map[string]*door
}

func (p *pipes) listen(_ testing.TB, name string) net.Listener {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.doors == nil {
		p.doors = map[string]*door{}
	}
	d := &door{address: address(name + ".invalid:80"), calls: make(chan net.Conn), closed: make(chan struct{})}
	p.doors[d.address.String()] = d
	return d
}

func (p *pipes) dial(ctx context.Context, _, to string) (net.Conn, error) {
	p.mu.Lock()
	d := p.doors[to]
	p.mu.Unlock()
	if d == nil {
		return nil, fmt.Errorf("a test dialled %s, where nobody listens", to)
	}
	ours, theirs := net.Pipe()
	select {
	case d.calls <- theirs:
		return ours, nil
	case <-d.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// door is a listener of pipes.
type door struct {
	address address
	calls   chan net.Conn
	once    sync.Once
	closed  chan struct{}
}

// Accept implements [net.Listener].
func (d *door) Accept() (net.Conn, error) {
	select {
	case c := <-d.calls:
		return c, nil
	case <-d.closed:
		return nil, net.ErrClosed
	}
}

// Close implements [net.Listener].
func (d *door) Close() error {
	d.once.Do(func() { close(d.closed) })
	return nil
}

// Addr implements [net.Listener].
func (d *door) Addr() net.Addr { return d.address }

type address string

// Network implements [net.Addr].
func (address) Network() string { return "pipe" }

// String implements [net.Addr].
func (a address) String() string { return string(a) }
