package telegramtest

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf16"
)

// parsed is a text after its markup was read.
type parsed struct {
	text string
	// shown is the text as a transcript shows it: *bold*, ||spoiler||, [link](address).
	shown string
	// entities counts the pieces of formatting.
	entities int
	// hidden is what stands behind spoilers.
	hidden []string
	links  []string
}

func (p parsed) units() int { return len(utf16.Encode([]rune(p.text))) }

// parseHTML reads text the way the Bot API does in HTML mode, and refuses what it refuses.
func parseHTML(in string) (parsed, error) {
	var p parsed
	var text, shown strings.Builder
	type open struct {
		name, after string
		start, at   int
	}
	var stack []open
	for i := 0; i < len(in); {
		switch in[i] {
		case '<':
			end := strings.IndexByte(in[i:], '>')
			if end < 0 {
				return p, fmt.Errorf("can't parse entities: unclosed start tag at byte offset %d", i)
			}
			tag := in[i+1 : i+end]
			if name, ok := strings.CutPrefix(tag, "/"); ok {
				if len(stack) == 0 {
					return p, fmt.Errorf("can't parse entities: unexpected end tag at byte offset %d", i)
				}
				top := stack[len(stack)-1]
				if strings.TrimSpace(name) != top.name {
					return p, fmt.Errorf("can't parse entities: unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", i, top.name, name)
				}
				stack = stack[:len(stack)-1]
				if top.after == "||" {
					p.hidden = append(p.hidden, text.String()[top.start:])
				}
				p.entities++
				shown.WriteString(top.after)
			} else {
				name, before, after, link, err := startTag(tag, i)
				if err != nil {
					return p, err
				}
				if link != "" {
					p.links = append(p.links, link)
				}
				shown.WriteString(before)
				stack = append(stack, open{name, after, text.Len(), i})
			}
			i += end + 1
		case '&':
			end := strings.IndexByte(in[i:], ';')
			if end > 0 && end < 12 && known(in[i:i+end+1]) {
				c := html.UnescapeString(in[i : i+end+1])
				text.WriteString(c)
				shown.WriteString(c)
				i += end + 1
				continue
			}
			fallthrough
		default:
			text.WriteByte(in[i])
			shown.WriteByte(in[i])
			i++
		}
	}
	if len(stack) > 0 {
		top := stack[len(stack)-1]
		return p, fmt.Errorf("can't parse entities: can't find end tag corresponding to start tag %q at byte offset %d", top.name, top.at)
	}
	p.text, p.shown = strings.TrimSpace(text.String()), strings.TrimSpace(shown.String())
	return p, nil
}

// startTag reads what stands between < and >, and says how a transcript shows it.
func startTag(tag string, at int) (name, before, after, link string, err error) {
	name, attributes, _ := strings.Cut(strings.TrimSpace(tag), " ")
	attributes = strings.TrimSpace(attributes)
	switch name {
	case "b", "strong":
		return name, "*", "*", "", nil
	case "i", "em":
		return name, "_", "_", "", nil
	case "u", "ins", "s", "strike", "del", "code", "pre", "blockquote":
		return name, "", "", "", nil
	case "tg-spoiler":
		return name, "||", "||", "", nil
	case "span":
		if attributes != `class="tg-spoiler"` {
			return "", "", "", "", fmt.Errorf("can't parse entities: tag \"span\" must have class \"tg-spoiler\" at byte offset %d", at)
		}
		return name, "||", "||", "", nil
	case "a":
		quoted, ok := strings.CutPrefix(attributes, "href=\"")
		if !ok || !strings.HasSuffix(quoted, "\"") {
			return "", "", "", "", fmt.Errorf("can't parse entities: unexpected attribute of \"a\" at byte offset %d", at)
		}
		link = html.UnescapeString(strings.TrimSuffix(quoted, "\""))
		return name, "[", "](" + link + ")", link, nil
	}
	return "", "", "", "", fmt.Errorf("can't parse entities: unsupported start tag %q at byte offset %d", name, at)
}

// known reports whether an entity is one that the Bot API reads: four names and all numbers.
func known(entity string) bool {
	switch entity {
	case "&lt;", "&gt;", "&amp;", "&quot;":
		return true
	}
	return strings.HasPrefix(entity, "&#") && html.UnescapeString(entity) != entity
}

// ParseHTML reads text the way the Bot API reads it in HTML mode. It returns what is
// shown and how many entities there are, or the refusal.
func ParseHTML(in string) (shown string, entities int, err error) {
	p, err := parseHTML(in)
	return p.text, p.entities, err
}
