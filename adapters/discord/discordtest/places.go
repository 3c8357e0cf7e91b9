package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Types of channels.
const (
	TextChannel  = 0
	DirectType   = 1
	PublicThread = 11
	ForumChannel = 15
)

// Permissions.
const (
	ManageServer  int64 = 1 << 5
	ViewChannel   int64 = 1 << 10
	SendMessages  int64 = 1 << 11
	EmbedLinks    int64 = 1 << 14
	SendInThreads int64 = 1 << 38
)

// Guild is a server.
type Guild struct {
	ID   string
	Name string

	server   *Server
	left     bool // the bot is not a member
	channels []*Channel
	managers map[string]bool
}

// Channel is a place to write: a text channel, a thread or forum post, or direct
// messages.
type Channel struct {
	ID   string
	Name string
	Type int

	server   *Server
	guild    *Guild // nil for direct messages
	parent   *Channel
	person   *User // of direct messages
	deleted  bool
	denied   int64 // permissions that the bot lacks here
	refusal  *reply
	messages []*Message
}

type nonce struct {
	channel *Channel
	message *Message
	at      time.Time
}

// Guild makes a server that the bot is in.
func (s *Server) Guild(name string) *Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID += 1 << 22 // a millisecond on, so that servers spread over the shards
	g := &Guild{ID: s.newID(), Name: name, server: s, managers: map[string]bool{}}
	s.guilds[g.ID] = g
	for _, ses := range s.gateway.sessions {
		s.push(ses, "GUILD_CREATE", g.event())
	}
	return g
}

func (s *Server) sortedGuilds() []*Guild {
	var all []*Guild
	for _, g := range s.guilds {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *Guild) int { return strings.Compare(a.ID, b.ID) })
	return all
}

func (g *Guild) event() map[string]any {
	channels, threads := []any{}, []any{}
	for _, c := range g.channels {
		entry := map[string]any{"id": c.ID, "type": c.Type, "name": c.Name, "guild_id": g.ID}
		if c.parent != nil {
			threads = append(threads, entry)
		} else {
			channels = append(channels, entry)
		}
	}
	return map[string]any{"id": g.ID, "name": g.Name, "channels": channels, "threads": threads, "members": []any{}}
}

// shard is Discord's formula.
func (g *Guild) shard(of int) int {
	n, _ := strconv.ParseUint(g.ID, 10, 64)
	return int((n >> 22) % uint64(of))
}

// Channel makes a text channel.
func (g *Guild) Channel(name string) *Channel { return g.add(name, TextChannel, nil) }

// Forum makes a forum, whose posts are threads.
func (g *Guild) Forum(name string) *Channel { return g.add(name, ForumChannel, nil) }

// Thread makes a thread in a channel, or a post in a forum.
func (c *Channel) Thread(name string) *Channel { return c.guild.add(name, PublicThread, c) }

func (g *Guild) add(name string, kind int, parent *Channel) *Channel {
	s := g.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Channel{ID: s.newID(), Name: name, Type: kind, server: s, guild: g, parent: parent}
	s.channels[c.ID] = c
	g.channels = append(g.channels, c)
	event := "CHANNEL_CREATE"
	if parent != nil {
		event = "THREAD_CREATE"
	}
	_ = s.broadcast(g, event, c.event()) // a bot that is not there reads it at its start
	return c
}

func (c *Channel) event() map[string]any {
	e := map[string]any{"id": c.ID, "type": c.Type, "name": c.Name, "guild_id": c.guild.ID}
	if c.parent != nil {
		e["parent_id"] = c.parent.ID
	}
	return e
}

// Delete deletes the channel or thread.
func (c *Channel) Delete() {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c.deleted = true
	c.guild.channels = slices.DeleteFunc(c.guild.channels, func(o *Channel) bool { return o == c })
	event := "CHANNEL_DELETE"
	if c.parent != nil {
		event = "THREAD_DELETE"
	}
	_ = s.broadcast(c.guild, event, c.event())
}

// Kick removes the bot from the server; Add adds it again.
func (g *Guild) Kick() {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.left = true
	_ = g.server.broadcast(g, "GUILD_DELETE", map[string]any{"id": g.ID})
}

// Add adds the bot to the server it was kicked from.
func (g *Guild) Add() {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.left = false
	_ = g.server.broadcast(g, "GUILD_CREATE", g.event())
}

// Outage makes the server unavailable, as Discord's own outages do.
func (g *Guild) Outage() {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	_ = g.server.broadcast(g, "GUILD_DELETE", map[string]any{"id": g.ID, "unavailable": true})
}

// Leave makes the bot no member without telling it: it happened while it was away.
func (g *Guild) Leave() {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.left = true
}

// Manager gives a person the right to manage the server.
func (g *Guild) Manager(u *User) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.managers[u.ID] = true
}

// Deny takes permissions from the bot in this channel.
func (c *Channel) Deny(permissions int64) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.denied |= permissions
}

// Refuse makes every message to the channel be refused with a status and one of
// Discord's codes.
func (c *Channel) Refuse(status, code int, message string) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	r := refuse(status, code, message)
	c.refusal = &r
}

// permissions are the bot's here.
func (c *Channel) permissions() int64 {
	return (ViewChannel | SendMessages | EmbedLinks | SendInThreads) &^ c.denied
}

// Messages returns what a person sees here, oldest first, without what is for
// one person alone.
func (c *Channel) Messages() []Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	var list []Message
	for _, m := range c.messages {
		if !m.Ephemeral {
			list = append(list, *m)
		}
	}
	return list
}

// Erase deletes a message, as a moderator can.
func (c *Channel) Erase(m Message) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.messages = slices.DeleteFunc(c.messages, func(other *Message) bool { return other.ID == m.ID })
}

func (s *Server) openDM(in *request) reply {
	u := s.users[decode[struct {
		Recipient string `json:"recipient_id"`
	}](in.body).Recipient]
	if u == nil {
		return refuse(http.StatusBadRequest, 50033, "Invalid Recipient(s)")
	}
	c := s.direct(u)
	return ok(map[string]any{"id": c.ID, "type": DirectType, "recipients": []any{u.object()}})
}

// direct returns the channel with a person. Call it with the server's lock held.
func (s *Server) direct(u *User) *Channel {
	if u.direct == nil {
		u.direct = &Channel{ID: s.newID(), Type: DirectType, server: s, person: u}
		s.channels[u.direct.ID] = u.direct
	}
	return u.direct
}

// createMessage is the way of an alert.
func (s *Server) createMessage(in *request) reply {
	c := s.channels[in.vars("channel_id")]
	switch {
	case c == nil, c.deleted:
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	case c.refusal != nil:
		return *c.refusal
	case c.guild != nil && (c.guild.left || c.permissions()&ViewChannel == 0):
		return refuse(http.StatusForbidden, 50001, "Missing Access")
	case c.Type == PublicThread && c.permissions()&SendInThreads == 0,
		c.Type == TextChannel && c.permissions()&SendMessages == 0:
		return refuse(http.StatusForbidden, 50013, "Missing Permissions")
	case c.Type == ForumChannel:
		return refuse(http.StatusBadRequest, 50008, "Cannot send messages in a non-text channel")
	case c.person != nil && c.person.closed:
		return refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
	}
	header, limited := s.limits.channel(s, c.ID)
	if limited != nil {
		return *limited
	}
	m := newMessage(in)
	if c.permissions()&EmbedLinks == 0 && c.guild != nil {
		m.Embeds = nil // Discord takes them away without a word
		if m.Content == "" {
			return refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
		}
	}
	out := s.post(c, m)
	out.header = header
	return out
}

// post puts a message into a channel, or finds the earlier one of its nonce.
func (s *Server) post(c *Channel, m *Message) reply {
	now := time.Now()
	if m.enforce && m.Nonce != "" {
		// Discord compares the nonces of one author; here each message has the
		// same one, so that two channels with one nonce are the bot's mistake.
		if before, known := s.nonces[m.Nonce]; known && now.Sub(before.at) <= s.options.NonceFor {
			if before.channel != c {
				s.found("create message: the nonce %s was used in another channel: the message is lost", m.Nonce)
			}
			s.stats.Repeated++
			return ok(before.message.object(before.channel))
		}
	}
	m.ID, m.Sent = s.newID(), now
	c.messages = append(c.messages, m)
	if m.Nonce != "" {
		s.nonces[m.Nonce] = nonce{c, m, now}
	}
	s.stats.Messages++
	return ok(m.object(c))
}

// Covered returns what of a text is behind spoilers, and as open what is not.
func Covered(text string) (covered, open string) {
	parts := strings.Split(strings.ReplaceAll(text, `\|`, "\x00"), "||")
	var in, out strings.Builder
	for i, p := range parts {
		if i%2 == 1 && i < len(parts)-1 {
			fmt.Fprintln(&in, p)
			continue
		}
		out.WriteString(p)
	}
	return in.String(), out.String()
}
