package discord

import (
	"context"
	"net/http"
	"sync"
)

// seenCap is how many interactions are remembered, a few minutes' worth at a
// hundred a second. Discord repeats an event within seconds.
const seenCap = 16_384

// recent remembers the last keys, so that what comes twice is answered once. It is
// safe for use by many goroutines.
type recent struct {
	mu   sync.Mutex
	keys map[string]struct{}
	ring []string
	next int
}

func newRecent(n int) *recent {
	return &recent{keys: make(map[string]struct{}, n), ring: make([]string, n)}
}

// first reports whether key is new, and remembers it.
func (r *recent) first(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.keys[key]; known {
		return false
	}
	delete(r.keys, r.ring[r.next])
	r.ring[r.next] = key
	r.keys[key] = struct{}{}
	r.next = (r.next + 1) % len(r.ring)
	return true
}

// directCap is how many people's channels are remembered.
const directCap = 16_384

// directChannels remembers the channel of direct messages of people who use the
// bot where it is not a member. Only there it must be asked for.
type directChannels struct {
	mu sync.Mutex
	of map[string]string // person to channel
}

func (d *directChannels) get(person string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.of[person]
}

func (d *directChannels) put(person, channel string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of == nil || len(d.of) >= directCap {
		d.of = map[string]string{}
	}
	d.of[person] = channel
}

// directChannel returns the channel of direct messages with a person. Discord
// returns the same one each time; opening it tells the person nothing.
func (b *Bot) directChannel(ctx context.Context, person string) (string, error) {
	if channel := b.direct.get(person); channel != "" {
		return channel, nil
	}
	var channel struct {
		ID string `json:"id"`
	}
	c := call{
		name: "open a direct channel", method: http.MethodPost, path: "/users/@me/channels",
		body: map[string]string{"recipient_id": person},
	}
	if err := b.patient(ctx, c, &channel); err != nil {
		return "", err
	}
	b.direct.put(person, channel.ID)
	return channel.ID, nil
}
