package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Types of interactions and of answers to them.
const (
	typeCommand      = 2
	typeComponent    = 3
	typeAutocomplete = 4

	answerMessage     = 4
	answerDefer       = 5
	answerDeferUpdate = 6
	answerUpdate      = 7
	answerChoices     = 8
)

// User is a person.
type User struct {
	ID     string
	Name   string
	Locale string

	server *Server
	direct *Channel
	closed bool
}

// User makes a person who uses Discord in a language ("nl", "fr", "en-GB").
func (s *Server) User(name, locale string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := &User{ID: s.newID(), Name: name, Locale: locale, server: s}
	s.users[u.ID] = u
	return u
}

func (u *User) object() map[string]any {
	return map[string]any{"id": u.ID, "username": u.Name, "discriminator": "0", "global_name": u.Name}
}

// Direct is the channel of direct messages between the person and the bot.
func (u *User) Direct() *Channel {
	u.server.mu.Lock()
	defer u.server.mu.Unlock()
	return u.server.direct(u)
}

// CloseDirect closes the person's direct messages, or opens them again.
func (u *User) CloseDirect(closed bool) {
	u.server.mu.Lock()
	defer u.server.mu.Unlock()
	u.closed = closed
}

// command is a registered command.
type command struct {
	Name    string            `json:"name"`
	Names   map[string]string `json:"name_localizations"`
	Options []struct {
		Name         string `json:"name"`
		Type         int    `json:"type"`
		Required     bool   `json:"required"`
		Autocomplete bool   `json:"autocomplete"`
		Choices      []struct {
			Value string `json:"value"`
		} `json:"choices"`
	} `json:"options"`
}

// createdADay is how many commands a bot may create in a day. A test is shorter.
const createdADay = 200

func (s *Server) putCommands(in *request) reply {
	if in.vars("application_id") != s.applicationID {
		return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	before := s.commands
	s.commands = map[string]command{}
	for _, c := range decode[[]command](in.body) {
		if _, known := before[c.Name]; !known {
			s.created++
		}
		s.commands[c.Name] = c
	}
	if s.created > createdADay {
		s.found("more than %d new commands in a day", createdADay)
		return refuse(http.StatusBadRequest, 30034, "Max number of daily application command creates has been reached (200)")
	}
	return ok(json.RawMessage(in.body))
}

// Commands returns the base names of the registered commands with their name in
// a locale.
func (s *Server) Commands(locale string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := map[string]string{}
	for _, c := range s.commands {
		names[c.Name] = c.Name
		if local := c.Names[locale]; local != "" {
			names[c.Name] = local
		}
	}
	return names
}

func (s *Server) getUser(*request) reply {
	return ok(map[string]any{"id": s.botID, "username": "sjotbot", "bot": true, "discriminator": "0"})
}

func (s *Server) getApplication(*request) reply {
	return ok(map[string]any{
		"id": s.applicationID, "name": "sjotbot", "description": "", "verify_key": strings.Repeat("0", 64), "flags": 0,
		"bot": map[string]any{"id": s.botID, "username": "sjotbot", "bot": true, "discriminator": "0"},
	})
}

// interaction is something a person did, and what the bot answered.
type interaction struct {
	id, token string
	kind      int
	at        time.Time
	user      *User
	channel   *Channel
	pressed   *Message // of a button

	answered int           // the type of the first answer; 0 is none yet
	done     chan struct{} // closed when the answer is whole
	hidden   bool          // the deferral was for the person alone
	original *Message
	further  []*Message
	choices  []Choice
	took     time.Duration
}

// Choice is a proposal while one types.
type Choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Reply is what a person got.
type Reply struct {
	// Messages are the answer and what followed; an updated message is the first.
	Messages []Message
	Updated  bool // the message with the button was replaced
	Deferred bool // "thinking…" came first
	Choices  []Choice
	// Took is the time to the first answer.
	Took time.Duration
}

// Text is all that the person reads of it.
func (r Reply) Text() string {
	var parts []string
	for _, m := range r.Messages {
		parts = append(parts, m.Text())
	}
	return strings.Join(parts, "\n")
}

// Where says in which way a command is used.
type Where struct {
	Channel *Channel
	// Installed: by the person's own install only; the bot is not where it is used.
	Installed bool
}

// Slash types a command with its options, as "name=value", and waits for the answer.
// The channel may be nil for direct messages.
func (u *User) Slash(in *Channel, name string, options ...string) (Reply, error) {
	return u.SlashIn(Where{Channel: in}, name, options...)
}

// SlashIn is Slash in any place.
func (u *User) SlashIn(at Where, name string, options ...string) (Reply, error) {
	data := map[string]any{"id": "1", "name": name, "type": 1}
	var list []any
	for _, o := range options {
		key, value, _ := strings.Cut(o, "=")
		list = append(list, map[string]any{"name": key, "type": 3, "value": value})
	}
	if list != nil {
		data["options"] = list
	}
	if err := u.server.usable(name, options); err != nil {
		return Reply{}, err
	}
	return u.do(at, typeCommand, data, nil)
}

// usable reports what Discord's client would refuse to send.
func (s *Server) usable(name string, options []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.commands[name]
	if !known {
		return fmt.Errorf("discordtest: there is no command %q", name)
	}
	given := map[string]string{}
	for _, o := range options {
		key, value, _ := strings.Cut(o, "=")
		given[key] = value
	}
	for _, o := range c.Options {
		value, is := given[o.Name]
		if !is && o.Required {
			return fmt.Errorf("discordtest: %s needs %s", name, o.Name)
		}
		fits := len(o.Choices) == 0 || !is
		for _, choice := range o.Choices {
			fits = fits || choice.Value == value
		}
		if !fits {
			return fmt.Errorf("discordtest: %s has no choice %q", o.Name, value)
		}
		delete(given, o.Name)
	}
	for key := range given {
		return fmt.Errorf("discordtest: %s has no option %q", name, key)
	}
	return nil
}

// Types types an option of a command so far, and returns what is proposed.
func (u *User) Types(in *Channel, name, option, typed string) ([]Choice, error) {
	data := map[string]any{"id": "1", "name": name, "type": 1, "options": []any{
		map[string]any{"name": option, "type": 3, "value": typed, "focused": true},
	}}
	r, err := u.do(Where{Channel: in}, typeAutocomplete, data, nil)
	return r.Choices, err
}

// Presses presses the button with this label under a message.
func (u *User) Presses(in *Channel, m Message, label string) (Reply, error) {
	for _, b := range m.Buttons() {
		if b.Label != label {
			continue
		}
		if b.URL != "" {
			return Reply{}, errors.New("discordtest: a link opens without the bot")
		}
		return u.do(Where{Channel: in}, typeComponent, map[string]any{"custom_id": b.CustomID, "component_type": 2}, &m)
	}
	return Reply{}, fmt.Errorf("discordtest: no button %q", label)
}

// answerWithin is how long a person waits for an answer to come whole.
const answerWithin = time.Minute

// ErrSilence: the bot did not answer; Discord shows "The application did not
// respond".
var ErrSilence = errors.New("discordtest: the application did not respond")

// do sends an interaction and waits until it is answered.
func (u *User) do(at Where, kind int, data map[string]any, pressed *Message) (Reply, error) {
	s := u.server
	s.mu.Lock()
	i, payload := s.newInteraction(u, at, kind, data, pressed)
	err := s.broadcast(i.channel.guild, "INTERACTION_CREATE", payload)
	s.mu.Unlock()
	if err != nil {
		return Reply{}, err
	}
	silence := time.NewTimer(answerWithin)
	defer silence.Stop()
	select {
	case <-i.done:
	case <-silence.C:
		return Reply{}, ErrSilence
	case <-s.ended:
		return Reply{}, ErrSilence
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return i.reply(), nil
}

// newInteraction makes an interaction and its event. Call it with the lock held.
func (s *Server) newInteraction(u *User, at Where, kind int, data map[string]any, pressed *Message) (*interaction, map[string]any) {
	channel := at.Channel
	if channel == nil {
		channel = s.direct(u)
	}
	i := &interaction{id: s.newID(), kind: kind, at: time.Now(), user: u, channel: channel, done: make(chan struct{})}
	i.token = "interaction-token-" + i.id
	s.interactions[i.token], s.byID[i.id] = i, i
	owner, context := map[string]any{"1": u.ID}, 1
	payload := map[string]any{
		"id": i.id, "application_id": s.applicationID, "type": kind, "token": i.token, "version": 1,
		"data": data, "channel_id": channel.ID, "locale": u.Locale, "entitlements": []any{},
		"channel":         map[string]any{"id": channel.ID, "type": channel.Type},
		"app_permissions": strconv.FormatInt(channel.permissions(), 10),
	}
	if channel.guild != nil {
		context = 0
		member := map[string]any{"user": u.object(), "roles": []any{}, "permissions": "0"}
		if channel.guild.managers[u.ID] {
			member["permissions"] = strconv.FormatInt(ManageServer|ViewChannel, 10)
		}
		payload["member"], payload["guild_id"], payload["guild_locale"] = member, channel.guild.ID, "en-US"
		if !at.Installed {
			owner = map[string]any{"0": channel.guild.ID}
		}
	} else {
		payload["user"] = u.object()
		if channel.person != u {
			context = 2
		}
	}
	payload["context"], payload["authorizing_integration_owners"] = context, owner
	if pressed != nil {
		i.pressed = s.message(channel, pressed.ID)
		payload["message"] = pressed.object(channel)
	}
	return i, payload
}

// message finds a message, also one for a single person.
func (s *Server) message(c *Channel, id string) *Message {
	for _, m := range c.messages {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// finish notes that the answer is whole. More may follow. Call it with the lock
// held.
func (i *interaction) finish() {
	select {
	case <-i.done:
	default:
		close(i.done)
	}
}

func (i *interaction) reply() Reply {
	r := Reply{Choices: i.choices, Took: i.took, Updated: i.answered == answerUpdate}
	r.Deferred = i.answered == answerDefer || i.answered == answerDeferUpdate
	if i.original != nil {
		r.Messages = append(r.Messages, *i.original)
	}
	for _, m := range i.further {
		r.Messages = append(r.Messages, *m)
	}
	return r
}

// callback is the first answer to an interaction.
func (s *Server) callback(in *request) reply {
	i := s.byID[in.vars("interaction_id")]
	now := time.Now()
	switch {
	case i == nil, i.token != in.vars("interaction_token"):
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	case i.answered != 0:
		s.found("interaction callback: a second answer")
		return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	case now.Sub(i.at) > s.options.AckWithin:
		s.found("interaction callback: after %v", now.Sub(i.at).Round(time.Millisecond))
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	cb := decode[struct {
		Type int `json:"type"`
		Data struct {
			Flags   int      `json:"flags"`
			Choices []Choice `json:"choices"`
		} `json:"data"`
	}](in.body)
	if !fits(i.kind, cb.Type) {
		s.found("interaction callback: an answer of type %d to an interaction of type %d", cb.Type, i.kind)
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	if cb.Type == answerUpdate && s.isGone(i) {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	i.answered, i.took = cb.Type, now.Sub(i.at)
	switch cb.Type {
	case answerMessage:
		i.original = newMessage(in)
		s.place(i, i.original)
		i.finish()
	case answerDefer:
		i.hidden = cb.Data.Flags&flagEphemeral != 0
	case answerUpdate:
		i.pressed.replace(newMessage(in))
		copied := *i.pressed
		i.original = &copied
		i.finish()
	case answerChoices:
		i.choices = cb.Data.Choices
		i.finish()
	}
	return reply{status: http.StatusNoContent}
}

// isGone reports whether the message under the pressed button was deleted.
func (s *Server) isGone(i *interaction) bool {
	return i.pressed == nil || s.message(i.channel, i.pressed.ID) == nil
}

// fits reports whether a type of answer is one for a type of interaction.
func fits(kind, answer int) bool {
	switch kind {
	case typeAutocomplete:
		return answer == answerChoices
	case typeCommand:
		return answer == answerMessage || answer == answerDefer
	case typeComponent:
		return answer != answerChoices
	}
	return answer == answerMessage
}

// place puts an answer into its channel.
func (s *Server) place(i *interaction, m *Message) {
	m.ID, m.Sent = s.newID(), time.Now()
	i.channel.messages = append(i.channel.messages, m)
}

// hook finds the interaction of a webhook route.
func (s *Server) hook(in *request) (*interaction, *reply) {
	i := s.interactions[in.vars("webhook_token")]
	var out reply
	switch {
	case in.vars("webhook_id") != s.applicationID || i == nil || i.answered == 0:
		s.found("%s: before the first answer, or for an interaction that is none", in.name)
		out = refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	case time.Since(i.at) > s.options.TokenFor:
		out = refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	default:
		return i, nil
	}
	return nil, &out
}

func (s *Server) followUp(in *request) reply {
	i, refused := s.hook(in)
	if refused != nil {
		return *refused
	}
	m := newMessage(in)
	s.place(i, m)
	i.further = append(i.further, m)
	i.finish()
	return ok(m.object(i.channel))
}

func (s *Server) editOriginal(in *request) reply {
	i, refused := s.hook(in)
	if refused != nil {
		return *refused
	}
	m := newMessage(in)
	if m.Flags != 0 {
		s.found("edit original: the flags %d cannot be set by an edit", m.Flags)
	}
	switch {
	case i.answered == answerDefer && i.original == nil:
		m.Ephemeral = i.hidden
		i.original = m
		s.place(i, m)
	case i.answered == answerDeferUpdate && s.isGone(i):
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	case i.pressed != nil:
		i.pressed.replace(m)
		copied := *i.pressed
		i.original = &copied
	case i.original != nil:
		i.original.replace(m)
	default:
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	i.finish()
	return ok(i.original.object(i.channel))
}

func (s *Server) deleteOriginal(in *request) reply {
	i, refused := s.hook(in)
	if refused != nil {
		return *refused
	}
	i.original = nil
	i.finish()
	return reply{status: http.StatusNoContent}
}

// Sends sends a slash command with any data at all, to the bot directly: what a
// client would never send.
func (u *User) Sends(in *Channel, data map[string]any) (Reply, error) {
	return u.do(Where{Channel: in}, typeCommand, data, nil)
}
