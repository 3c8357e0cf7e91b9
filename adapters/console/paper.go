package console

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/sjotbot/sjotbot/bot"
)

// paper is what messages are written on.
type paper struct {
	out    io.Writer
	colour bool
	// err is what the last write met.
	err error
}

// The colours of ECMA-48.
const (
	bold  = "\x1b[1m"
	faint = "\x1b[2m"
	cyan  = "\x1b[36m"
	plain = "\x1b[0m"
)

func (p *paper) raw(text string) { _, p.err = io.WriteString(p.out, text) }

// line writes one line or several; empty text writes nothing.
func (p *paper) line(text string) {
	if text = printable(text); text != "" {
		p.raw(text + "\n")
	}
}

func (p *paper) dim(text string) { p.style(faint, text) }

// style writes a line in a style.
func (p *paper) style(code, text string) {
	if text = printable(text); text == "" {
		return
	}
	p.raw(p.styled(code, text) + "\n")
}

func (p *paper) styled(style, text string) string {
	if !p.colour {
		return text
	}
	return style + text + plain
}

// printable drops what could steer the terminal: text comes from publishers too.
func printable(text string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text), "\n ")
}

// message writes a message; offer numbers its choices.
func (p *paper) message(m bot.Message, offer func(choice) int) {
	p.style(bold, m.Title)
	p.line(m.Text)
	group := ""
	for _, item := range m.Items {
		if item.Group != group && item.Group != "" {
			p.style(bold, item.Group)
		}
		group = item.Group
		p.item(item, offer)
	}
	p.dim(m.Footer)
	for _, row := range m.Buttons {
		p.row(row, offer)
	}
	p.raw("\n")
}

// item writes one story: on one line, or on several. Of a hidden one the address
// is hidden too: it often tells the result.
func (p *paper) item(item bot.Item, offer func(choice) int) {
	title, lead := label(item)+item.Title, item.Lead
	if item.Spoiler {
		hidden := strings.TrimSpace(title + "\n" + strings.TrimSpace(lead+"\n"+item.URL))
		title, lead, item.URL = "▒▒▒▒▒▒▒▒ ["+strconv.Itoa(offer(choice{hidden: hidden}))+"]", "", ""
	}
	from := strings.Trim(item.Publisher+", "+item.Age, ", ")
	if item.Compact {
		p.line("• " + title)
		p.dim("  " + strings.TrimSpace(from+"  "+item.URL))
		return
	}
	p.line(title)
	p.line(lead)
	p.dim(from)
	p.dim(item.URL)
}

func label(item bot.Item) string {
	if item.Label == "" {
		return ""
	}
	return item.Label + " "
}

// row writes a row of buttons with their numbers.
func (p *paper) row(row []bot.Button, offer func(choice) int) {
	var shown []string
	for _, b := range row {
		tick := ""
		if b.Chosen {
			tick = "✓ "
		}
		n := strconv.Itoa(offer(choice{button: b}))
		shown = append(shown, p.styled(cyan, "["+n+"]")+" "+printable(tick+b.Text))
	}
	if len(shown) > 0 {
		p.raw(strings.Join(shown, "   ") + "\n")
	}
}
