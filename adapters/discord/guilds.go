package discord

import (
	"context"
	"encoding/json"
	"runtime/debug"
	"strconv"
	"sync"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// guilds knows which channels belong to which server, so that leaving a server
// is told for each of its channels. It holds about a hundred bytes a channel, where
// the library's state holds 37 kB a server. New threads are not kept: there is no end
// to them, and one that is written to tells by itself that it is gone.
type guilds struct {
	mu       sync.Mutex
	channels map[string]map[string]struct{}
	// expected are the servers that READY named: their GUILD_CREATE is no news.
	expected map[string]struct{}
	// told is closed when the last notice was passed on; nil before the first.
	told chan struct{}
}

// turn returns what the next notice has to wait for, and what it must close.
func (g *guilds) turn() (before <-chan struct{}, done chan<- struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	last, next := g.told, make(chan struct{})
	if last == nil {
		last = make(chan struct{})
		close(last)
	}
	g.told = next
	return last, next
}

// ready notes the servers that a shard's new session named, and returns those that it
// named no more: the bot left them while there was no session.
func (g *guilds) ready(shard [2]int, ids []string) (left []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	before := g.expected
	g.expected = map[string]struct{}{}
	for _, id := range ids {
		g.expected[id] = struct{}{}
	}
	for id := range before {
		_, named := g.expected[id]
		switch {
		case named:
		case ofShard(id, shard):
			left = append(left, id)
		default:
			g.expected[id] = struct{}{}
		}
	}
	return left
}

// ofShard reports by Discord's formula whether a shard hears of a server.
func ofShard(guild string, shard [2]int) bool {
	n, err := strconv.ParseUint(guild, 10, 64)
	return err == nil && shard[1] > 0 && (n>>22)%uint64(shard[1]) == uint64(shard[0])
}

// create notes a server and reports whether the bot was just added to it.
func (g *guilds) create(id string, channels []string) (added bool) {
	for _, c := range channels {
		g.add(id, c)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	_, known := g.expected[id]
	if g.expected == nil {
		g.expected = map[string]struct{}{}
	}
	g.expected[id] = struct{}{}
	return !known
}

func (g *guilds) add(guild, channel string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.channels == nil {
		g.channels = map[string]map[string]struct{}{}
	}
	if g.channels[guild] == nil {
		g.channels[guild] = map[string]struct{}{}
	}
	g.channels[guild][channel] = struct{}{}
}

// remove forgets a server and returns its channels.
func (g *guilds) remove(id string) []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	var list []string
	for c := range g.channels[id] {
		list = append(list, c)
	}
	delete(g.channels, id)
	delete(g.expected, id)
	return list
}

// removeChannel forgets one channel.
func (g *guilds) removeChannel(guild, channel string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.channels[guild], channel)
}

// guildEvent is what we read of the events about servers, channels and threads.
type guildEvent struct {
	ID          string `json:"id"`
	GuildID     string `json:"guild_id"`
	Unavailable bool   `json:"unavailable"`
	Shard       [2]int `json:"shard"`
	Guilds      []struct {
		ID string `json:"id"`
	} `json:"guilds"`
	Channels []struct {
		ID string `json:"id"`
	} `json:"channels"`
	Threads []struct {
		ID string `json:"id"`
	} `json:"threads"`
}

// places handles the events about servers, channels and threads.
func (h handler) places(ctx context.Context, name string, raw json.RawMessage) {
	var e guildEvent
	if err := json.Unmarshal(raw, &e); err != nil {
		h.log.WarnContext(ctx, "discord event does not decode", "event", name)
		return
	}
	switch name {
	case "READY":
		var ids []string
		for _, g := range e.Guilds {
			ids = append(ids, g.ID)
		}
		for _, id := range h.guilds.ready(e.Shard, ids) {
			h.tell(ctx, bot.NoticeRemoved, subscriptions.RestKicked, h.guilds.remove(id)...)
		}
	case "GUILD_CREATE":
		if e.Unavailable {
			return
		}
		var ids []string
		for _, c := range append(e.Channels, e.Threads...) {
			ids = append(ids, c.ID)
		}
		if h.guilds.create(e.ID, ids) {
			h.tell(ctx, bot.NoticeBack, "", ids...)
		}
	case "GUILD_DELETE":
		if e.Unavailable {
			return // an outage of Discord: the server is still ours
		}
		h.tell(ctx, bot.NoticeRemoved, subscriptions.RestKicked, h.guilds.remove(e.ID)...)
	case "CHANNEL_CREATE":
		h.guilds.add(e.GuildID, e.ID)
	case "CHANNEL_DELETE", "THREAD_DELETE":
		h.guilds.removeChannel(e.GuildID, e.ID)
		h.tell(ctx, bot.NoticeRemoved, subscriptions.RestGone, e.ID)
	}
}

// tell passes a notice on for each channel, without holding up the gateway. Notices
// keep their order: a server that was left and joined again must end as joined.
func (h handler) tell(ctx context.Context, kind bot.NoticeKind, reason subscriptions.RestReason, channels ...string) {
	if len(channels) == 0 {
		return
	}
	before, done := h.guilds.turn()
	h.work.Go(func() {
		defer close(done)
		defer func() {
			if cause := recover(); cause != nil {
				h.log.ErrorContext(ctx, "a notice panicked", "panic", cause, "stack", string(debug.Stack()))
			}
		}()
		ctx, cancel := h.finishing(ctx)
		defer cancel()
		<-before
		for _, id := range channels {
			if !validID(id) {
				continue
			}
			if err := h.core.Notice(ctx, bot.Notice{Kind: kind, Address: channelAddress(id), Reason: reason}); err != nil {
				h.log.WarnContext(ctx, "discord notice not kept", "error", err)
			}
		}
	})
}
