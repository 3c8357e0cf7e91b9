package telegramtest

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// room is a chat as the server knows it.
type room struct {
	id       int64
	kind     string // private, group, supergroup, channel
	title    string
	forum    bool
	members  map[int64]string // status by user; absent is "member"
	movedTo  int64
	refusal  *apiReply // what every message to it gets
	standing string    // what the bot is in it; empty is a member
	topics   map[int]topicState
	messages []*Message // of the bot, as they stand
	byID     map[int]int
	said     map[int]bool // ids of people's messages
	log      []entry
}

type topicState int

const (
	topicNone topicState = iota
	topicOpen
	topicClosed
)

// entry is one line of a transcript.
type entry struct {
	kind    string // "said", "sent", "edited", "pressed", "toast"
	thread  int
	who     string
	text    string
	message *Message
}

// Message is a message of the bot as it stands in a chat.
type Message struct {
	ID, Thread int
	Chat       int64
	Date       time.Time
	// Text is what is read, Shown the same with its formatting: *bold*, _italic_,
	// ||spoiler||, [link](address). Markup is what the bot sent.
	Text, Shown, Markup string
	Hidden              []string // behind spoilers
	Links               []string
	Buttons             [][]Button
	Preview             string // link_preview_options
	Silent              bool
	ReplyTo             int
	Document            *Document
	// Edits counts how often it was edited. Old messages cannot be.
	Edits int
	Old   bool
}

// Button is a button under a message.
type Button struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

// Document is a file that the bot sent.
type Document struct {
	Field, Name string
	Data        []byte
}

func (r *room) keep(m *Message) {
	r.byID[m.ID] = len(r.messages)
	r.messages = append(r.messages, m)
	r.log = append(r.log, entry{kind: "sent", thread: m.Thread, message: m})
}

func (r *room) replace(m *Message) {
	r.messages[r.byID[m.ID]] = m
	r.log = append(r.log, entry{kind: "edited", thread: m.Thread, message: m})
}

func (r *room) message(id int) *Message {
	if i, ok := r.byID[id]; ok {
		return r.messages[i]
	}
	return nil
}

func (r *room) describe() map[string]any {
	d := map[string]any{"id": r.id, "type": r.kind}
	if r.kind == "private" {
		d["first_name"] = r.title
	} else {
		d["title"] = r.title
	}
	if r.forum {
		d["is_forum"] = true
	}
	return d
}

// Chat is a chat seen by one person: what they say, press and see. Its methods are
// for one goroutine at a time.
type Chat struct {
	server   *Server
	room     *room
	person   int64
	language string
	thread   int
	read     int // entries of the log that Sees has passed
}

func (s *Server) chat(id int64, kind, title string) *Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.chats[id]
	if r == nil {
		r = &room{id: id, kind: kind, title: title, members: map[int64]string{}, topics: map[int]topicState{}, byID: map[int]int{}, said: map[int]bool{}}
		s.chats[id] = r
	}
	c := &Chat{server: s, room: r, person: id, language: "nl", read: len(r.log)}
	if id < 0 {
		c.person = 7001
	}
	return c
}

// Chat returns the private chat of a person, who speaks Dutch.
func (s *Server) Chat(person int64) *Chat { return s.chat(person, "private", "Fan") }

// Group returns a group with the bot in it; id is below zero. The person in it is an
// ordinary member.
func (s *Server) Group(id int64, title string) *Chat { return s.chat(id, "group", title) }

// Channel returns a channel with the bot as an administrator; id is below zero.
func (s *Server) Channel(id int64, title string) *Chat { return s.chat(id, "channel", title) }

// Forum returns a supergroup with topics; id is below zero.
func (s *Server) Forum(id int64, title string, topics ...int) *Chat {
	c := s.chat(id, "supergroup", title)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.room.forum = true
	for _, t := range topics {
		c.room.topics[t] = topicOpen
	}
	return c
}

// As returns the chat as another person sees it.
func (c *Chat) As(person int64) *Chat {
	other := *c
	other.person = person
	return &other
}

// Speaking returns the chat with the person's app in another language.
func (c *Chat) Speaking(language string) *Chat {
	other := *c
	other.language = language
	return &other
}

// Topic returns one topic of a forum.
func (c *Chat) Topic(thread int) *Chat {
	other := *c
	other.thread = thread
	return &other
}

// Manager makes the person an administrator of the chat.
func (c *Chat) Manager() *Chat {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.room.members[c.person] = "administrator"
	return c
}

func (c *Chat) describePerson() map[string]any {
	return map[string]any{"id": c.person, "is_bot": false, "first_name": "Fan", "language_code": c.language}
}

// Says writes a message, and returns the id of its update.
func (c *Chat) Says(text string) int64 { return c.SaysWith(text, nil) }

// SaysWith writes a message with more fields than usual.
func (c *Chat) SaysWith(text string, fields map[string]any) int64 {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID++
	m := map[string]any{"message_id": s.lastID, "date": s.options.Now().Unix(), "chat": c.room.describe(), "text": text}
	kind := "message"
	if c.room.kind == "channel" {
		kind = "channel_post"
		m["sender_chat"] = c.room.describe()
	} else {
		m["from"] = c.describePerson()
	}
	if c.thread != 0 {
		m["message_thread_id"], m["is_topic_message"] = c.thread, true
	}
	if word, _, _ := strings.Cut(text, " "); strings.HasPrefix(word, "/") {
		m["entities"] = []any{map[string]any{"type": "bot_command", "offset": 0, "length": len(word)}}
	}
	for k, v := range fields {
		m[k] = v
	}
	c.room.said[s.lastID] = true
	c.room.log = append(c.room.log, entry{kind: "said", thread: c.thread, who: c.name(), text: text})
	return s.push(kind, m)
}

func (c *Chat) name() string {
	if c.room.kind == "private" || c.room.kind == "channel" {
		return c.room.title
	}
	return strconv.FormatInt(c.person, 10)
}

// Press is a button that was pressed.
type Press struct {
	chat     *Chat
	room     *room
	thread   int
	answered bool
	expired  bool
	toast    string
	alert    bool
}

// Presses presses a button: the one of the newest message whose text contains label.
// Without such a button the test fails.
func (c *Chat) Presses(label string) *Press {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(c.room.messages) - 1; i >= 0; i-- {
		m := c.room.messages[i]
		if m.Thread != c.thread {
			continue
		}
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Data != "" && strings.Contains(b.Text, label) {
					return c.press(m, b)
				}
			}
		}
	}
	c.fail("no button %q in %s", label, c.room.title)
	return &Press{chat: c}
}

func (c *Chat) press(m *Message, b Button) *Press {
	s := c.server
	d := s.describe(c.room, m)
	if m.Old {
		d = map[string]any{"chat": c.room.describe(), "message_id": m.ID, "date": 0}
	}
	c.room.log = append(c.room.log, entry{kind: "pressed", thread: c.thread, who: c.name(), text: b.Text})
	return c.pushPress(map[string]any{"message": d}, b.Data)
}

// PressesInline presses a button under a message that was sent in inline mode, which
// the bot does not see.
func (c *Chat) PressesInline(data string) *Press {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.pushPress(map[string]any{"inline_message_id": "inline-1"}, data)
}

func (c *Chat) pushPress(fields map[string]any, data string) *Press {
	s := c.server
	p := &Press{chat: c, room: c.room, thread: c.thread}
	id := "press-" + itoa(len(s.presses)+1)
	s.presses[id] = p
	q := map[string]any{"id": id, "from": c.describePerson(), "chat_instance": "1", "data": data}
	for k, v := range fields {
		q[k] = v
	}
	s.push("callback_query", q)
	return p
}

// Toast waits until the press is answered, and returns what was shown and whether it
// had to be confirmed.
func (p *Press) Toast() (text string, alert bool) {
	if !p.chat.server.wait(func() bool { return p.answered }) {
		p.chat.fail("the press was not answered")
	}
	p.chat.server.mu.Lock()
	defer p.chat.server.mu.Unlock()
	return p.toast, p.alert
}

// Expire makes Telegram forget the press.
func (p *Press) Expire() {
	p.chat.server.mu.Lock()
	defer p.chat.server.mu.Unlock()
	p.expired = true
}

// patience is how long the other side waits for the bot.
const patience = 10 * time.Second

// wait waits until done, which is called with the lock held, and reports whether it
// came to that.
func (s *Server) wait(done func() bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		s.mu.Lock()
		ok, changed := done(), s.changed
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

func (c *Chat) fail(format string, args ...any) {
	if c.server.tb != nil {
		c.server.tb.Helper()
		c.server.tb.Errorf("telegramtest: "+format, args...)
	}
}

// Sees waits for the next message that the bot writes or edits here, and returns it
// as it then stands. After ten seconds the test fails, and it returns an empty one.
func (c *Chat) Sees() *Message {
	var seen *Message
	ok := c.server.wait(func() bool {
		for ; c.read < len(c.room.log); c.read++ {
			if e := c.room.log[c.read]; e.message != nil && e.thread == c.thread {
				seen = e.message
				c.read++
				return true
			}
		}
		return false
	})
	if !ok {
		c.fail("the bot wrote nothing in %s (%d)", c.room.title, c.room.id)
		return &Message{}
	}
	return seen
}

// News returns what the bot wrote or edited here since the person last looked, as it
// then stood, without waiting for more.
func (c *Chat) News() []*Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	var news []*Message
	for ; c.read < len(c.room.log); c.read++ {
		if e := c.room.log[c.read]; e.message != nil && e.thread == c.thread {
			news = append(news, e.message)
		}
	}
	return news
}

// Messages returns the bot's messages in the chat, all topics, as they stand.
func (c *Chat) Messages() []*Message {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return append([]*Message(nil), c.room.messages...)
}

// Forget forgets what was said, shown and pressed so far in all chats, so that a test
// of many hours does not measure this server's memory. Nobody may be waiting for
// anything, and a [Chat] must be asked for anew.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.chats {
		r.messages, r.log = nil, nil
		clear(r.byID)
		clear(r.said)
	}
	clear(s.presses)
	clear(s.inline)
}

// Forgets makes the bot's messages too old to be edited.
func (c *Chat) Forgets() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	for i, m := range c.room.messages {
		old := *m
		old.Old = true
		c.room.messages[i] = &old
	}
}

// Blocks makes the person block the bot. Unblocks ends it.
func (c *Chat) Blocks() {
	c.stands("kicked", nil, refuse(http.StatusForbidden, "Forbidden: bot was blocked by the user"))
}

// Adds brings the bot into the group, in which it was not.
func (c *Chat) Adds() {
	c.server.mu.Lock()
	c.room.standing = "left"
	c.server.mu.Unlock()
	c.stands("member", nil, apiReply{OK: true})
}

// Unblocks ends Blocks and Kicks.
func (c *Chat) Unblocks() { c.stands("member", nil, apiReply{OK: true}) }

// Kicks removes the bot from the group or channel.
func (c *Chat) Kicks() {
	c.stands("kicked", nil, refuse(http.StatusForbidden, "Forbidden: bot was kicked from the "+c.room.kind+" chat"))
}

// Mutes takes the bot's right to write; Admits gives it, as an administrator.
func (c *Chat) Mutes() {
	if c.room.kind == "channel" {
		c.stands("administrator", map[string]any{"can_post_messages": false}, bad("need administrator rights in the channel chat"))
		return
	}
	c.stands("restricted", map[string]any{"can_send_messages": false, "is_member": true}, bad("not enough rights to send text messages to the chat"))
}

// Admits makes the bot an administrator who may post.
func (c *Chat) Admits() {
	c.stands("administrator", map[string]any{"can_post_messages": true}, apiReply{OK: true})
}

// stands changes what the bot is in the chat, and tells it.
func (c *Chat) stands(status string, fields map[string]any, refusal apiReply) {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c.room.refusal = nil
	if !refusal.OK {
		c.room.refusal = &refusal
	}
	me := map[string]any{"id": s.botID(), "is_bot": true, "first_name": "Sjotbot"}
	now := map[string]any{"status": status, "user": me}
	for k, v := range fields {
		now[k] = v
	}
	s.push("my_chat_member", map[string]any{
		"chat": c.room.describe(), "from": c.describePerson(), "date": s.options.Now().Unix(),
		"old_chat_member": map[string]any{"status": cmp.Or(c.room.standing, "member"), "user": me}, "new_chat_member": now,
	})
	c.room.standing = status
}

// Refuses makes every message to the chat be refused, without telling the bot.
func (c *Chat) Refuses(code int, description string) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	a := refuse(code, description)
	c.room.refusal = &a
}

// Opens ends Refuses, without telling the bot.
func (c *Chat) Opens() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.room.refusal = nil
}

// Migrates turns the group into a supergroup with another id and returns it. If
// announced, both chats get the message that says so.
func (c *Chat) Migrates(to int64, announced bool) *Chat {
	next := c.server.chat(to, "supergroup", c.room.title)
	next.person, next.language = c.person, c.language
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, status := range c.room.members {
		next.room.members[id] = status
	}
	for t, state := range c.room.topics {
		next.room.topics[t] = state
	}
	c.room.movedTo = to
	if announced {
		s.lastID++
		s.push("message", map[string]any{"message_id": s.lastID, "date": s.options.Now().Unix(), "chat": c.room.describe(), "from": c.describePerson(), "migrate_to_chat_id": to})
		s.lastID++
		s.push("message", map[string]any{"message_id": s.lastID, "date": s.options.Now().Unix(), "chat": next.room.describe(), "from": c.describePerson(), "migrate_from_chat_id": c.room.id})
	}
	return next
}

// CloseTopic closes a topic of a forum, DeleteTopic removes it.
func (c *Chat) CloseTopic(thread int) { c.setTopic(thread, topicClosed) }

// DeleteTopic removes a topic of a forum.
func (c *Chat) DeleteTopic(thread int) { c.setTopic(thread, topicNone) }

func (c *Chat) setTopic(thread int, state topicState) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.room.topics[thread] = state
}

// ReopenTopic opens a topic again, and tells the bot.
func (c *Chat) ReopenTopic(thread int) {
	c.setTopic(thread, topicOpen)
	c.Topic(thread).SaysWith("", map[string]any{"forum_topic_reopened": map[string]any{}})
}

// Inline is what a person typed after the bot's name.
type Inline struct {
	chat     *Chat
	answered bool
	results  []InlineResult
	button   string
}

// InlineResult is one proposal.
type InlineResult struct {
	Type        string `json:"type"`
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"`
	Thumbnail   string `json:"thumbnail_url"`
	Content     struct {
		Text      string `json:"message_text"`
		ParseMode string `json:"parse_mode"`
	} `json:"input_message_content"`
}

// Types types a query after the bot's name, in any chat.
func (c *Chat) Types(query string) *Inline {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	in := &Inline{chat: c}
	id := "inline-" + itoa(len(s.inline)+1)
	s.inline[id] = in
	s.push("inline_query", map[string]any{"id": id, "from": c.describePerson(), "query": query, "offset": "", "chat_type": "sender"})
	return in
}

// Results waits for what the bot proposes; button is what stands above it.
func (in *Inline) Results() (results []InlineResult, button string) {
	if !in.chat.server.wait(func() bool { return in.answered }) {
		in.chat.fail("the inline query was not answered")
	}
	in.chat.server.mu.Lock()
	defer in.chat.server.mu.Unlock()
	return in.results, in.button
}

// Transcript returns the whole conversation as text, all topics.
func (c *Chat) Transcript() string {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	var b strings.Builder
	for _, e := range c.room.log {
		if c.thread != 0 && e.thread != c.thread {
			continue
		}
		switch e.kind {
		case "said":
			fmt.Fprintf(&b, "%s: %s\n", e.who, e.text)
		case "pressed":
			fmt.Fprintf(&b, "%s presses [%s]\n", e.who, e.text)
		case "toast":
			fmt.Fprintf(&b, "(%s)\n", e.text)
		case "sent":
			b.WriteString("sjotbot:\n" + indented(e.message))
		case "edited":
			b.WriteString("sjotbot, edited:\n" + indented(e.message))
		}
	}
	return b.String()
}

func indented(m *Message) string {
	var b strings.Builder
	for _, line := range strings.Split(m.Shown, "\n") {
		b.WriteString(strings.TrimRight("    "+line, " ") + "\n")
	}
	for _, row := range m.Buttons {
		b.WriteString("   ")
		for _, k := range row {
			b.WriteString(" [" + k.Text + "]")
		}
		b.WriteString("\n")
	}
	return b.String()
}
