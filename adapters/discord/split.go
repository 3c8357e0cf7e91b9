package discord

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/bot"
)

// Split implements bot.Messenger. Text is cut between paragraphs, lines, then
// words; items stay whole. The footer and the buttons stand under the last part,
// and every part but the first has a key of its own.
func (b *Bot) Split(m bot.Message) []bot.Message { return split(m) }

func split(m bot.Message) []bot.Message {
	texts := splitText(m)
	parts := make([]bot.Message, 0, len(texts))
	for i, text := range texts {
		part := bot.Message{Text: text, Silent: m.Silent}
		if i == 0 {
			part.Title = m.Title
		}
		parts = append(parts, part)
	}
	parts = splitItems(parts, m)
	last := &parts[len(parts)-1]
	last.Footer = m.Footer
	grid := layOut(m.Buttons)
	last.Buttons = grid[:min(maxRows, len(grid))]
	for start := maxRows; start < len(grid); start += maxRows {
		parts = append(parts, bot.Message{Silent: m.Silent, Buttons: grid[start:min(start+maxRows, len(grid))]})
	}
	for i := range parts {
		parts[i].Key = partKey(m.Key, i)
	}
	return parts
}

// partKey is the key of a part: each part is a message that may have to be
// repeated by itself.
func partKey(key string, i int) string {
	if key == "" || i == 0 {
		return key
	}
	return key + "/" + strconv.Itoa(i+1)
}

// splitItems hands the items out to parts: to the last that stands, then to new
// ones.
func splitItems(parts []bot.Message, m bot.Message) []bot.Message {
	var written layout
	for _, it := range m.Items {
		written.add(it)
		if last := &parts[len(parts)-1]; len(last.Items) == 0 || written.fits() {
			last.Items = append(last.Items, it)
			continue
		}
		parts = append(parts, bot.Message{Silent: m.Silent, Items: []bot.Item{it}})
		written = layout{}
		written.add(it)
	}
	return parts
}

// splitText cuts the text so that each part, with the title above the first and
// the footer under the last, fits a message's content. There is always one part.
func splitText(m bot.Message) []string {
	text := clean(m.Text, true)
	first := bot.Message{Title: m.Title, Text: text, Footer: m.Footer}
	if units(content(first)) <= maxContent {
		return []string{text}
	}
	var parts []string
	above := units(content(bot.Message{Title: m.Title})) + 1
	below := units(content(bot.Message{Footer: m.Footer})) + 1
	for text != "" {
		if above+units(escapeText(text))+below <= maxContent {
			return append(parts, text)
		}
		head := chunk(text, maxContent-above)
		if len(head) == len(text) { // it would fit, but for the footer
			head = chunk(text, maxContent-above-below)
		}
		parts = append(parts, strings.TrimSpace(head))
		text, above = strings.TrimSpace(text[len(head):]), 0
	}
	return parts
}

// chunk returns the head of s that fits limit units when written: whole
// paragraphs, else whole lines, else whole words, else runes.
func chunk(s string, limit int) string {
	head := runes(s, limit)
	for units(escapeText(head)) > limit {
		head = runes(head, utf8.RuneCountInString(head)*15/16)
	}
	if len(head) == len(s) {
		return s
	}
	for _, mark := range []string{"\n\n", "\n", " "} {
		if at := strings.LastIndex(head, mark); at > 0 && units(escapeText(head[:at])) <= limit {
			return head[:at]
		}
	}
	return head
}
