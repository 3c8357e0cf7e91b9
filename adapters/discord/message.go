package discord

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

// Discord's limits, from the reference of "create message" and "embed limits".
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedTotal  = 6000 // all texts of all embeds of a message
	maxTitle       = 256
	maxDescription = 4096
	maxAuthor      = 256
	maxRows        = 5
	maxInRow       = 5
	maxLabel       = 80
	maxCustomID    = 100
	maxButtonURL   = 512
)

// Our own limits, well inside those, so that any single item fits.
const (
	leadCap   = 1000
	footerCap = 256
	linkCap   = 1500 // a masked link's address; a longer one is left out
)

// payload is the body of a message, new or edited. The library's struct has no
// nonce, and leaves out what an edit must be able to empty.
type payload struct {
	Content         string                           `json:"content"`
	Embeds          []*discordgo.MessageEmbed        `json:"embeds"`
	Components      []discordgo.MessageComponent     `json:"components"`
	AllowedMentions discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags           `json:"flags,omitempty"`
	Attachments     []attachment                     `json:"attachments,omitempty"`
	Nonce           string                           `json:"nonce,omitempty"`
	EnforceNonce    bool                             `json:"enforce_nonce,omitempty"`
}

// attachment names an uploaded file.
type attachment struct {
	ID       string `json:"id"` // its number among the files, as text
	Filename string `json:"filename"`
}

// render writes a message as Discord shows it: title and text as content, an
// embed in the topic's colour for each story, one embed for each group of one-line
// stories. A message that Split returned renders within every limit.
func render(m bot.Message) payload {
	p := payload{
		Content:    content(m),
		Embeds:     embeds(m.Items),
		Components: rows(m.Buttons),
		// Nobody is ever pinged, whatever a headline says.
		AllowedMentions: nobody(),
	}
	if m.Silent {
		p.Flags |= discordgo.MessageFlagsSuppressNotifications
	}
	if n := len(p.Embeds); n > 0 && m.Footer != "" {
		addFooter(p.Embeds[n-1], m.Footer)
	}
	if p.Content == "" && len(p.Embeds) == 0 {
		p.Content = "…" // buttons alone are not a message
	}
	return p
}

// content is title, text and, where no embed carries it, the footer.
func content(m bot.Message) string {
	var parts []string
	if title := heading(m.Title); title != "" {
		parts = append(parts, title)
	}
	if text := clean(m.Text, true); text != "" {
		parts = append(parts, escapeText(text))
	}
	if footer := clean(m.Footer, false); footer != "" && len(m.Items) == 0 {
		parts = append(parts, "-# "+escapeText(shorten(footer, footerCap, escapeText)))
	}
	return strings.Join(parts, "\n")
}

func heading(title string) string {
	title = clean(title, false)
	if title == "" {
		return ""
	}
	return "**" + escape(shorten(title, maxTitle, escape)) + "**"
}

// embeds writes items, whole stories alone and one-line stories by group.
func embeds(items []bot.Item) []*discordgo.MessageEmbed {
	l := layout{embeds: []*discordgo.MessageEmbed{}}
	for _, it := range items {
		l.add(it)
	}
	return l.embeds
}

// layout is items written so far, in order.
type layout struct {
	embeds []*discordgo.MessageEmbed
	last   bot.Item // the item before
}

// add writes one more item.
func (l *layout) add(it bot.Item) {
	first := len(l.embeds) == 0 || it.Group != l.last.Group
	together := !first && it.Compact && l.last.Compact
	l.last = it
	if !it.Compact {
		l.embeds = append(l.embeds, story(it, first))
		return
	}
	text := line(it)
	if together {
		box := l.embeds[len(l.embeds)-1]
		if units(box.Description)+1+units(text) <= maxDescription {
			box.Description += "\n" + text
			if box.Color != colour(it) {
				box.Color = 0
			}
			return
		}
	}
	box := &discordgo.MessageEmbed{Description: text, Color: colour(it)}
	if first {
		box.Title = escape(shorten(clean(it.Group, false), maxTitle, escape))
	}
	l.embeds = append(l.embeds, box)
}

// fits reports whether what was written fits one message, with a footer under it.
func (l *layout) fits() bool {
	return len(l.embeds) <= maxEmbeds && weight(l.embeds)+footerCap+1 <= maxEmbedTotal
}

// story writes one story as an embed. The kind stands above the headline in words.
// A hidden one has neither title nor picture, which Discord cannot cover.
func story(it bot.Item, first bool) *discordgo.MessageEmbed {
	e := &discordgo.MessageEmbed{Color: colour(it)}
	above := clean(it.Label, false)
	if group := clean(it.Group, false); first && group != "" {
		above = strings.TrimSuffix(group+" · "+above, " · ")
	}
	if above != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: shorten(above, maxAuthor, plainly)}
	}
	if below := origin(it); below != "" {
		e.Footer = &discordgo.MessageEmbedFooter{Text: shorten(below, footerCap, plainly)}
	}
	title, lead := headline(it), clean(it.Lead, true)
	if lead != "" {
		lead = escape(shorten(lead, leadCap, escape))
	}
	if it.Spoiler {
		e.Description = covered("**" + link(title, masked(it.URL)) + "**")
		for _, paragraph := range strings.Split(lead, "\n") {
			if paragraph != "" {
				e.Description += "\n" + covered(paragraph)
			}
		}
		return e
	}
	e.Title, e.URL, e.Description = title, webAddress(it.URL), lead
	if image := webAddress(it.Image); image != "" {
		e.Thumbnail = &discordgo.MessageEmbedThumbnail{URL: image}
	}
	return e
}

// line writes one story as a line.
func line(it bot.Item) string {
	text := link(headline(it), masked(it.URL))
	if it.Spoiler {
		text = covered(text)
	}
	if label := clean(it.Label, false); label != "" {
		text = "**" + escape(shorten(label, maxLabel, escape)) + "** " + text
	}
	if below := origin(it); below != "" {
		text += " · " + escape(shorten(below, footerCap, escape))
	}
	return "• " + text
}

// headline is the title, or what there is instead, escaped and within an
// embed's title.
func headline(it bot.Item) string {
	title := clean(it.Title, false)
	if title == "" {
		title = clean(it.Publisher, false)
	}
	if title == "" {
		title = "…"
	}
	return escape(shorten(title, maxTitle, escape))
}

func covered(s string) string { return "||" + s + "||" }

func masked(address string) string {
	if address = webAddress(address); len(address) > linkCap {
		return ""
	}
	return address
}

func colour(it bot.Item) int { return it.Colour & 0xFFFFFF }

// origin says who wrote it, and when.
func origin(it bot.Item) string {
	publisher, age := clean(it.Publisher, false), clean(it.Age, false)
	if publisher == "" || age == "" {
		return publisher + age
	}
	return publisher + ", " + age
}

// addFooter puts the message's small print under the last embed: as a line of a
// list, else in the embed's own footer.
func addFooter(e *discordgo.MessageEmbed, footer string) {
	footer = clean(footer, false)
	if footer == "" {
		return
	}
	if e.Footer == nil {
		e.Footer = &discordgo.MessageEmbedFooter{}
	}
	text := shorten(footer, footerCap, plainly)
	if e.Footer.Text != "" {
		text = e.Footer.Text + "\n" + text
	}
	e.Footer.Text = text
}

// weight is what Discord counts of an embed towards maxEmbedTotal.
func weight(list []*discordgo.MessageEmbed) int {
	sum := 0
	for _, e := range list {
		sum += units(e.Title) + units(e.Description)
		if e.Author != nil {
			sum += units(e.Author.Name)
		}
		if e.Footer != nil {
			sum += units(e.Footer.Text)
		}
	}
	return sum
}

// nonceOf makes the nonce of a message to a channel. Discord compares nonces over
// all the messages of one author, so the channel is part of it.
func nonceOf(channel, key string) string {
	sum := sha256.Sum256([]byte(channel + "\x00" + key))
	return base64.RawURLEncoding.EncodeToString(sum[:18]) // 24 characters of 25
}
