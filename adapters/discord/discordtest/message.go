package discordtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

const (
	flagEphemeral = 1 << 6
	flagSilent    = 1 << 12
)

// Message is a message as a person sees it.
type Message struct {
	ID      string
	Content string
	Embeds  []Embed
	Rows    [][]Button
	Flags   int
	// Ephemeral: only the person who asked sees it. Silent: without a sound.
	Ephemeral, Silent bool
	Nonce             string
	Files             []File
	Sent              time.Time

	enforce    bool
	components json.RawMessage
	embeds     json.RawMessage
}

// Embed is the box under a message.
type Embed struct {
	Title       string `json:"title"`
	URL         string `json:"url"`
	Description string `json:"description"`
	Color       int    `json:"color"`
	Author      struct {
		Name string `json:"name"`
	} `json:"author"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Thumbnail struct {
		URL string `json:"url"`
	} `json:"thumbnail"`
	Image struct {
		URL string `json:"url"`
	} `json:"image"`
}

// Button is a button under a message.
type Button struct {
	Label    string `json:"label"`
	Style    int    `json:"style"`
	CustomID string `json:"custom_id"`
	URL      string `json:"url"`
}

// newMessage reads a message from a request, or from the data of a callback.
func newMessage(in *request) *Message {
	type form struct {
		Content    string          `json:"content"`
		Embeds     json.RawMessage `json:"embeds"`
		Components json.RawMessage `json:"components"`
		Flags      int             `json:"flags"`
		Nonce      string          `json:"nonce"`
		Enforce    bool            `json:"enforce_nonce"`
	}
	f := decode[form](in.body)
	if in.name == "interaction callback" {
		f = decode[struct {
			Data form `json:"data"`
		}](in.body).Data
	}
	m := &Message{
		Content: f.Content, Flags: f.Flags, Nonce: f.Nonce, Files: in.files, enforce: f.Enforce,
		Ephemeral: f.Flags&flagEphemeral != 0, Silent: f.Flags&flagSilent != 0,
		components: f.Components, embeds: f.Embeds,
		Embeds: decode[[]Embed](f.Embeds),
	}
	for _, row := range decode[[]struct {
		Components []Button `json:"components"`
	}](f.Components) {
		m.Rows = append(m.Rows, row.Components)
	}
	return m
}

// replace gives a message new contents.
func (m *Message) replace(with *Message) {
	m.Content, m.Embeds, m.Rows = with.Content, with.Embeds, with.Rows
	m.embeds, m.components, m.Files = with.embeds, with.components, with.Files
}

// object is the message as the API returns it.
func (m *Message) object(c *Channel) map[string]any {
	raw := func(r json.RawMessage) any {
		if len(r) == 0 {
			return []any{}
		}
		return r
	}
	flags := m.Flags
	if m.Ephemeral {
		flags |= flagEphemeral
	}
	return map[string]any{
		"id": m.ID, "channel_id": c.ID, "content": m.Content, "embeds": raw(m.embeds), "components": raw(m.components),
		"flags": flags, "type": 0, "timestamp": m.Sent.UTC().Format(time.RFC3339Nano), "nonce": m.Nonce,
		"author": map[string]any{"id": c.server.botID, "username": "sjotbot", "bot": true},
	}
}

// Buttons returns all buttons.
func (m Message) Buttons() []Button {
	var all []Button
	for _, row := range m.Rows {
		all = append(all, row...)
	}
	return all
}

// Text is all that a person reads, from top to bottom, markup included.
func (m Message) Text() string {
	var b strings.Builder
	put := func(s string) {
		if s != "" {
			fmt.Fprintln(&b, s)
		}
	}
	put(m.Content)
	for _, e := range m.Embeds {
		put(e.Author.Name)
		put(e.Title)
		put(e.Description)
		put(e.Footer.Text)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// ParseMessage reads the body of a message as a person would see it.
func ParseMessage(body []byte) Message {
	return *newMessage(&request{name: "create message", body: body})
}
