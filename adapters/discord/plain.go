package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

// plain writes a message as texts without embeds and buttons, for a place that
// refuses them. No item is left out; an item is cut only if it is longer than a text.
func plain(m bot.Message) []string {
	var paragraphs []string
	if title := heading(m.Title); title != "" {
		paragraphs = append(paragraphs, title)
	}
	for text := clean(m.Text, true); text != ""; {
		head := chunk(text, maxContent)
		paragraphs = append(paragraphs, escapeText(strings.TrimSpace(head)))
		text = strings.TrimSpace(text[len(head):])
	}
	for _, it := range m.Items {
		paragraphs = append(paragraphs, plainItem(it))
	}
	if footer := clean(m.Footer, false); footer != "" {
		paragraphs = append(paragraphs, "-# "+escapeText(shorten(footer, footerCap, escapeText)))
	}
	var texts []string
	for _, p := range paragraphs {
		if n := len(texts); n > 0 && units(texts[n-1])+1+units(p) <= maxContent {
			texts[n-1] += "\n" + p
			continue
		}
		texts = append(texts, p)
	}
	if len(texts) == 0 {
		return []string{"…"}
	}
	return texts
}

// plainItem writes one story in words. Of a hidden one the address is covered
// too: it often tells the result.
func plainItem(it bot.Item) string {
	text := "**" + headline(it) + "**"
	if address := webAddress(it.URL); address != "" && len(address) <= maxContent/2 {
		text += " <" + address + ">"
	}
	if it.Spoiler {
		text = covered(text)
	}
	if label := clean(it.Label, false); label != "" {
		text = escape(shorten(label, maxLabel, escape)) + " " + text
	}
	if below := origin(it); below != "" {
		text += " · " + escape(shorten(below, maxLabel, escape))
	}
	return text
}

// nobody is who is pinged by a message.
func nobody() discordgo.MessageAllowedMentions {
	return discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}
