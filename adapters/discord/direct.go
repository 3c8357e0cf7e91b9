package discord

import (
	"context"
	"net/http"
	"sync"
)

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
