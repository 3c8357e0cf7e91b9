package telegram

import (
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/bot"
)

// The limits of one message. Text is counted in UTF-16 units after the entities
// are read (Bot API, sendMessage). Telegram silently drops the formatting after
// the hundredth entity, and answers ENTITIES_TOO_LONG when the addresses of links
// are too much together; the last figure stays well under that.
const (
	maxUnits     = 4096
	maxEntities  = 100
	maxLinkBytes = 8000
	maxURL       = 2000 // one address
)

// sheet is a message being written: Telegram's HTML, or plain text.
type sheet struct {
	strings.Builder
	plain bool
	// What counts against the limits.
	units, entities, linkBytes int
}

// fits reports whether the sheet is within every limit.
func (s *sheet) fits() bool {
	return s.units <= maxUnits && s.entities <= maxEntities && s.linkBytes <= maxLinkBytes
}

// text writes text that may hold anything.
func (s *sheet) text(t string) {
	s.units += units(t)
	if s.plain {
		s.WriteString(t)
		return
	}
	s.WriteString(html.EscapeString(t))
}

// tag writes what inside writes, within a tag.
func (s *sheet) tag(name string, inside func()) {
	if s.plain {
		inside()
		return
	}
	s.entities++
	s.WriteString("<" + name + ">")
	inside()
	s.WriteString("</" + name + ">")
}

// link writes text as a link; in plain text the address follows it.
func (s *sheet) link(address string, inside func()) {
	switch {
	case address == "":
		inside()
	case s.plain:
		inside()
		s.text(" " + address)
	default:
		s.entities++
		s.linkBytes += len(address)
		s.WriteString(`<a href="` + html.EscapeString(address) + `">`)
		inside()
		s.WriteString("</a>")
	}
}

// gap separates what follows from what was written, if anything was.
func (s *sheet) gap(g string) {
	if s.Len() > 0 {
		s.text(g)
	}
}

// write writes a whole message.
func (s *sheet) write(m bot.Message) {
	if t := clean(m.Title); t != "" {
		s.tag("b", func() { s.text(t) })
	}
	if t := cleanText(m.Text); t != "" {
		s.gap("\n\n")
		s.text(t)
	}
	var last bot.Item
	for i, it := range m.Items {
		s.separate(i, last, it)
		s.item(it)
		last = it
	}
	if t := cleanText(m.Footer); t != "" {
		s.gap("\n\n")
		s.tag("i", func() { s.text(t) })
	}
}

// separate writes what stands between two items: a blank line or a line's end, and
// the heading of a new group.
func (s *sheet) separate(i int, last, it bot.Item) {
	group := defused(clean(it.Group))
	switch {
	case group != "" && (i == 0 || defused(clean(last.Group)) != group):
		s.gap("\n\n")
		s.tag("b", func() { s.text(group) })
		s.text("\n")
	case i > 0 && last.Compact && it.Compact:
		s.text("\n")
	default:
		s.gap("\n\n")
	}
}

// item writes one story: a line when it is compact, else headline, lead and origin.
func (s *sheet) item(it bot.Item) {
	title, label, lead, address := clean(it.Title), clean(it.Label), clean(it.Lead), webAddress(it.URL)
	if address == "" {
		title = defused(title)
	}
	origin := defused(joined(", ", clean(it.Publisher), clean(it.Age)))
	if it.Compact {
		s.text("• ")
	}
	if label != "" {
		s.tag("i", func() { s.text(label) })
		s.text(" ")
	}
	s.hidden(it.Spoiler, func() {
		s.link(address, func() {
			if it.Compact {
				s.text(title)
				return
			}
			s.tag("b", func() { s.text(title) })
		})
	})
	if it.Compact {
		if origin != "" {
			s.text(" · " + origin)
		}
		return
	}
	if lead != "" {
		s.text("\n")
		s.hidden(it.Spoiler, func() { s.text(defused(lead)) })
	}
	if origin != "" {
		s.text("\n")
		s.tag("i", func() { s.text(origin) })
	}
}

// hidden writes what inside writes behind a spoiler, if there is one. Plain text
// has no spoilers, so there it is replaced.
func (s *sheet) hidden(spoiler bool, inside func()) {
	switch {
	case !spoiler:
		inside()
	case s.plain:
		s.text("▒▒▒▒▒")
	default:
		s.tag("tg-spoiler", inside)
	}
}

// rendered returns the text of a message, in HTML or as plain text.
func rendered(m bot.Message, plain bool) *sheet {
	s := &sheet{plain: plain}
	s.write(m)
	return s
}

// units returns the number of UTF-16 units of s, in which Telegram counts.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// clean returns one line of text from outside: valid, without control characters
// and without those that turn the direction of everything after them, spaces joined.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.Map(harmless, strings.ToValidUTF8(s, "\uFFFD"))), " ")
}

// cleanText is clean for several lines: it keeps their ends.
func cleanText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return harmless(r)
	}, s))
}

func harmless(r rune) rune {
	switch {
	case r == '\n', r == '\t', r == '\u2028', r == '\u2029':
		return ' '
	case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return -1
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// defused returns a publisher's text with a word joiner inside what Telegram would
// turn into a mention of a person or into a command that one tap sends. In the text
// of a link it does neither.
func defused(s string) string {
	var b strings.Builder
	last := ' '
	for _, r := range s {
		b.WriteRune(r)
		if (r == '@' || r == '/') && !unicode.IsLetter(last) && !unicode.IsDigit(last) {
			b.WriteRune('\u2060')
		}
		last = r
	}
	return b.String()
}

// webAddress returns an address that Telegram accepts in a link or a button; ""
// when it is not one.
func webAddress(address string) string {
	if len(address) > maxURL || !utf8.ValidString(address) || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || unicode.IsControl(r) }) {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}

// joined joins the parts that are not empty.
func joined(separator string, parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(separator)
		}
		b.WriteString(p)
	}
	return b.String()
}
