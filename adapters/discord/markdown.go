package discord

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// units counts a text as strictly as any part of Discord does: in UTF-16 units,
// which is never less than its characters.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// clean makes text from outside safe to lay out: valid UTF-8, no control
// characters and none that reverse the direction of what follows. Line breaks stay
// only if lines is true; runs of space become one.
func clean(s string, lines bool) string {
	var b strings.Builder
	b.Grow(len(s))
	space, breaks := false, 0
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '\n' && lines:
			breaks++
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsControl(r), '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069', r == '\uFEFF':
			continue
		}
		if b.Len() > 0 {
			switch {
			case breaks > 1:
				b.WriteString("\n\n")
			case breaks == 1:
				b.WriteByte('\n')
			case space:
				b.WriteByte(' ')
			}
		}
		space, breaks = false, 0
		b.WriteRune(r)
	}
	return b.String()
}

// escape makes plain text show as it is written. Nothing in it becomes markup, a
// mention or a link.
func escape(s string) string { return escapeAt(s, true) }

// escapeAt is escape for a part of a line, or for its beginning: only there do
// signs make a heading, a quotation or a list.
func escapeAt(s string, lineStart bool) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	number := false // only digits since the line began
	for i, r := range s {
		special := false
		switch r {
		case '\\', '*', '_', '~', '`', '|', '<', '[', ']':
			special = true
		case '>', '#', '-', '+':
			special = lineStart
		case '.', ')':
			special = number
		case '@':
			special = strings.HasPrefix(s[i:], "@everyone") || strings.HasPrefix(s[i:], "@here")
		case ':':
			special = strings.HasPrefix(s[i:], "://")
		}
		if special {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		number = (lineStart || number) && '0' <= r && r <= '9'
		lineStart = r == '\n' || lineStart && r == ' '
	}
	return b.String()
}

// escapeText is escape for our own sentences, where an address stays a link,
// without the preview that Discord would add.
func escapeText(s string) string {
	var b strings.Builder
	lineStart := true
	for len(s) > 0 {
		end := strings.IndexAny(s, " \n") + 1
		if end == 0 {
			end = len(s)
		}
		word := s[:end]
		bare := strings.TrimRight(word, " \n.,")
		if u := webAddress(bare); u != "" {
			b.WriteString("<" + u + ">" + word[len(bare):])
		} else {
			b.WriteString(escapeAt(word, lineStart))
		}
		lineStart = strings.HasSuffix(word, "\n")
		s = s[end:]
	}
	return b.String()
}

// urlCap is the longest address we write: what Discord allows in an embed.
const urlCap = 2048

// webAddress returns s as an address that Discord accepts, or "" if it is none.
// What would end a masked link or a bracketed one is percent-encoded, and so is what no
// URI may hold: a publisher's query comes as it was written.
func webAddress(s string) string {
	if len(s) > urlCap || !utf8.ValidString(s) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil {
		return ""
	}
	for _, r := range u.Host {
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>()[]|\"`, r) {
			return ""
		}
	}
	s = percentEncoded(u.String())
	if len(s) > urlCap {
		return ""
	}
	return s
}

func percentEncoded(address string) string {
	var b strings.Builder
	b.Grow(len(address))
	for _, c := range []byte(address) {
		if c <= ' ' || c > '~' || strings.IndexByte("()<>[]{}|\\^`*\"", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// link returns a masked link, or only the text when there is no address. text
// is escaped already.
func link(text, address string) string {
	if address == "" {
		return text
	}
	return "[" + text + "](" + address + ")"
}

// shorten cuts s at a word so that written(result) is at most limit units, and
// marks the cut. written is what escaping makes of it.
func shorten(s string, limit int, written func(string) string) string {
	if units(written(s)) <= limit {
		return s
	}
	for n := limit; n > 0; n -= max(1, n/16) {
		if short := cut(s, n) + "…"; units(written(short)) <= limit {
			return short
		}
	}
	return ""
}

// cut returns at most n runes of s, ending at a word if one ends in its second
// half.
func cut(s string, n int) string {
	head := runes(s, n)
	if len(head) < len(s) {
		if at := strings.LastIndexFunc(head, unicode.IsSpace); at > len(head)/2 {
			head = head[:at]
		}
	}
	return strings.TrimRightFunc(head, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) && r != ')' })
}

// runes returns the first n runes of s.
func runes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// plainly is the identity: what is written of a text that Discord shows without
// markup (the author and footer of an embed, the label of a button).
func plainly(s string) string { return s }
