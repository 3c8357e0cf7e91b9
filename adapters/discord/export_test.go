package discord

import (
	"net/http"
	"time"

	"github.com/sjotbot/sjotbot/bot"
)

// Hurry makes waits short, so that tests of them are quick. Only what is deferred
// keeps near its time: on a busy machine a quick answer must not count as a slow one.
func (b *Bot) Hurry() {
	b.tempo = tempo{
		handshake: 2 * time.Second, hello: time.Second, ready: time.Second,
		backoffMin: 5 * time.Millisecond, backoffMax: 40 * time.Millisecond, healthy: time.Minute,
		invalidMin: 5 * time.Millisecond, invalidMax: 20 * time.Millisecond, identify: 100 * time.Millisecond,
		accept: time.Minute, deferAfter: 1500 * time.Millisecond, handle: 10 * time.Second, farewell: time.Second,
		lease: 400 * time.Millisecond, ack: 10 * time.Second,
	}
}

// DefaultTempo tells the times that a Bot uses by itself.
func DefaultTempo() (backoffMax, identify, lease, deadPeer time.Duration) {
	t := defaultTempo()
	return t.backoffMax * 3 / 2, t.identify, t.lease, t.ack + t.backoffMin*3/2
}

// Rendered is the body that a message is written as.
func Rendered(m bot.Message) any { return render(m) }

// Defined is the body that a table of commands is registered as.
func Defined(specs []bot.Spec) any { return definitions(specs) }

// NewTransport returns the transport that a Bot makes when it is given none.
func NewTransport() *http.Transport { return newTransport() }
