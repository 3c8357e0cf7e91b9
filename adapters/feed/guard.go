package feed

import (
	"bytes"
	"errors"
)

// The bounds of one document. Real feeds stay under a depth of 12 and 20 000
// elements, real pages under 60 and 15 000. Parsers recurse by depth, and a
// goroutine stack that overflows ends the process: no recover can catch it.
const (
	maxDepth      = 200
	maxElements   = 60_000
	maxAttributes = 200 // of one element
	maxText       = 2 << 20
)

var (
	errDepth    = errors.New("nested too deeply")
	errElements = errors.New("too many elements")
	errAttrs    = errors.New("too many attributes")
	errText     = errors.New("a text is too long")
)

// guardXML passes over the raw tags of a document, without building anything, and
// refuses what would cost a parser too much. Unbalanced tags count as open.
func guardXML(doc []byte) error {
	g := tagCounter{}
	for len(doc) > 0 {
		open := bytes.IndexByte(doc, '<')
		if open < 0 {
			open = len(doc)
		}
		if open > maxText {
			return errText
		}
		doc = doc[open:]
		size, err := g.markup(doc)
		if err != nil {
			return err
		}
		doc = doc[size:]
	}
	return nil
}

// tagCounter counts what guardXML bounds.
type tagCounter struct {
	open     [][]byte // names, innermost last
	elements int
}

// markup reads one tag, comment or section at the start of doc and returns its
// size. An unfinished one reaches to the end.
func (g *tagCounter) markup(doc []byte) (int, error) {
	switch {
	case bytes.HasPrefix(doc, []byte("<![CDATA[")):
		size := until(doc, "]]>")
		if size > maxText {
			return 0, errText
		}
		return size, nil
	case bytes.HasPrefix(doc, []byte("<!--")):
		return until(doc, "-->"), nil
	case bytes.HasPrefix(doc, []byte("<?")):
		return until(doc, "?>"), nil
	case bytes.HasPrefix(doc, []byte("</")):
		size := until(doc, ">")
		g.close(tagName(doc[2:size]))
		return size, nil
	case bytes.HasPrefix(doc, []byte("<!")):
		return until(doc, ">"), nil
	}
	return g.element(doc)
}

func (g *tagCounter) element(doc []byte) (int, error) {
	if len(doc) == 0 {
		return 0, nil
	}
	size, attributes := tagSize(doc)
	if attributes > maxAttributes {
		return 0, errAttrs
	}
	if g.elements++; g.elements > maxElements {
		return 0, errElements
	}
	if size >= 2 && doc[size-2] == '/' {
		return size, nil
	}
	if g.open = append(g.open, tagName(doc[1:size])); len(g.open) > maxDepth {
		return 0, errDepth
	}
	return size, nil
}

// close ends the innermost element if it has this name. Parsers that are more
// forgiving close more; the guard may only count too much, never too little.
func (g *tagCounter) close(name []byte) {
	if last := len(g.open) - 1; last >= 0 && bytes.EqualFold(g.open[last], name) {
		g.open = g.open[:last]
	}
}

// tagSize returns the size of the start tag at the start of doc and how many
// attributes it has. A '>' within quotes does not end it.
func tagSize(doc []byte) (size, attributes int) {
	var quote byte
	for i, c := range doc {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '=':
			attributes++
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			// Attributes without a value are parted by space alone.
			if i+1 < len(doc) && isNameByte(doc[i+1]) && i > 0 && !bytes.ContainsRune(doc[max(0, i-1):i], '=') {
				attributes++
			}
		case c == '>':
			return i + 1, attributes / 2
		}
	}
	return len(doc), attributes / 2
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func tagName(tag []byte) []byte {
	if end := bytes.IndexAny(tag, " \t\r\n/>"); end >= 0 {
		return tag[:end]
	}
	return tag
}

// until returns the size of doc up to and including the mark, or all of it.
func until(doc []byte, mark string) int {
	if i := bytes.Index(doc, []byte(mark)); i >= 0 {
		return i + len(mark)
	}
	return len(doc)
}

// guardHTML bounds a page. Its tags need not balance, and the HTML parser bounds
// the depth itself, so only the number of parts is counted.
func guardHTML(doc []byte) error {
	elements := 0
	for len(doc) > 0 {
		open := bytes.IndexByte(doc, '<')
		if open < 0 {
			return nil
		}
		doc = doc[open:]
		if len(doc) < 2 || !isNameByte(doc[1]) {
			doc = doc[1:]
			continue
		}
		size, attributes := tagSize(doc)
		if attributes > maxAttributes {
			return errAttrs
		}
		if elements++; elements > maxElements {
			return errElements
		}
		// An unclosed quote would swallow the rest: go on behind the name, so
		// that what follows is counted all the same.
		if size > 64<<10 {
			size = 1
		}
		doc = doc[size:]
	}
	return nil
}

// guardJSON bounds depth and number of parts of a JSON feed.
func guardJSON(doc []byte) error {
	depth, parts, quoted := 0, 0, false
	for i := 0; i < len(doc); i++ {
		switch c := doc[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return errDepth
			}
			parts++
		case c == '}' || c == ']':
			depth--
		case c == ',':
			parts++
		}
		if parts > maxElements {
			return errElements
		}
	}
	return nil
}
