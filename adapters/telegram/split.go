package telegram

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/sjotbot/sjotbot/bot"
)

// Title and footer are ours and short; these bounds only keep a mistake from making
// a message that cannot be cut.
const (
	maxTitleUnits  = 256
	maxFooterUnits = 1024
	// maxPieceUnits leaves room for the title above the first piece of a long text.
	maxPieceUnits = maxUnits - maxTitleUnits - len("\n\n")
)

// Split cuts a message into messages within Telegram's limits: the title stands
// above the first, the footer and the buttons under the last. An item is never cut
// in two; one that is too long by itself loses the end of its lead, then of its
// title. A message without anything to read gives none.
func (b *Bot) Split(m bot.Message) []bot.Message { return split(m) }

func split(m bot.Message) []bot.Message {
	c := cutter{key: m.Key, silent: m.Silent}
	c.now = bot.Message{Title: shortened(clean(m.Title), maxTitleUnits)}
	for _, piece := range pieces(cleanText(m.Text)) {
		c.add(bot.Message{Text: piece})
	}
	for _, it := range m.Items {
		c.add(bot.Message{Items: []bot.Item{fitted(it)}})
	}
	c.add(bot.Message{Footer: shortened(cleanText(m.Footer), maxFooterUnits)})
	c.finish()
	if n := len(c.done); n > 0 {
		c.done[n-1].Buttons = m.Buttons
	}
	return c.done
}

// cutter puts parts of a message together for as long as they fit.
type cutter struct {
	key    string
	silent bool
	now    bot.Message
	done   []bot.Message
}

// add puts part at the end of the message being made, or of a new one.
func (c *cutter) add(part bot.Message) {
	whole := joinedMessage(c.now, part)
	if !rendered(whole, false).fits() {
		c.finish()
		whole = part
	}
	c.now = whole
}

// finish ends the message being made, if there is anything in it.
func (c *cutter) finish() {
	if rendered(c.now, true).Len() == 0 {
		return
	}
	c.now.Silent = c.silent
	c.now.Key = c.key
	if n := len(c.done); n > 0 && c.key != "" {
		c.now.Key += "." + strconv.Itoa(n)
	}
	c.done = append(c.done, c.now)
	c.now = bot.Message{}
}

// joinedMessage returns a followed by b, as one message.
func joinedMessage(a, b bot.Message) bot.Message {
	if a.Text != "" && b.Text != "" {
		a.Text += "\n\n" + b.Text
	} else {
		a.Text += b.Text
	}
	a.Items = append(a.Items[:len(a.Items):len(a.Items)], b.Items...)
	a.Footer += b.Footer
	return a
}

// pieces cuts a text into paragraphs, and a paragraph that is too long for one
// message at a line, a word, or anywhere.
func pieces(text string) []string {
	var all []string
	for _, paragraph := range strings.Split(text, "\n\n") {
		paragraph = strings.TrimSpace(paragraph)
		for units(paragraph) > maxPieceUnits {
			head := cut(paragraph, maxPieceUnits, "\n")
			all = append(all, strings.TrimSpace(head))
			paragraph = strings.TrimSpace(paragraph[len(head):])
		}
		if paragraph != "" {
			all = append(all, paragraph)
		}
	}
	return all
}

// fitted returns an item that fits a message of its own.
func fitted(it bot.Item) bot.Item {
	it.Group = shortened(clean(it.Group), maxTitleUnits)
	it.Label = shortened(clean(it.Label), maxTitleUnits)
	it.Publisher = shortened(clean(it.Publisher), maxTitleUnits)
	it.Age = shortened(clean(it.Age), maxTitleUnits)
	it.Title, it.Lead = clean(beginning(it.Title)), clean(beginning(it.Lead))
	for {
		over := rendered(bot.Message{Items: []bot.Item{it}}, false).units - maxUnits
		part := &it.Lead
		if it.Lead == "" {
			part = &it.Title
		}
		if over <= 0 || *part == "" {
			return it
		}
		*part = shortened(*part, units(*part)-over)
	}
}

// beginning returns as much of s as can count, so that the rest of something huge is
// not looked at again and again. A unit takes four bytes at most.
func beginning(s string) string { return s[:min(len(s), 4*maxUnits)] }

// shortened returns s within limit units, cut at a word and marked with an ellipsis.
func shortened(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	if limit < 1 {
		return ""
	}
	return strings.TrimRight(cut(s, limit-1, " "), " \n,;:-") + "…"
}

// cut returns the longest beginning of s within limit units that ends before one of
// separator, then before a space, or, when neither is in its second half, anywhere
// between two characters.
func cut(s string, limit int, separator string) string {
	n, end := 0, len(s)
	for i, r := range s {
		n += max(utf16.RuneLen(r), 1)
		if n > limit {
			end = i
			break
		}
	}
	head := s[:end]
	for _, sep := range []string{separator, " "} {
		if i := strings.LastIndex(head, sep); i > len(head)/2 {
			return head[:i]
		}
	}
	return head
}
