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
	maxAttributes = 400 // of one element, white space included
	maxText       = 2 << 20
)

var (
	errDepth    = errors.New("nested too deeply")
	errElements = errors.New("too many elements")
	errAttrs    = errors.New("too many attributes")
	errText     = errors.New("a text is too long")
)

// guardXML passes over the raw tags of a document, without building anything, and
// refuses what would cost a parser too much. Unbalanced tags count as open. It
// must part markup from text exactly as encoding/xml does, which gofeed uses, or
// overestimate: FuzzGuardXML holds the two side by side. Control characters, which
// gofeed drops, must be gone already.
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
		return commentSize(doc), nil
	case bytes.HasPrefix(doc, []byte("<?")):
		return until(doc, "?>"), nil
	case bytes.HasPrefix(doc, []byte("</")):
		size := until(doc, ">")
		g.close(tagName(doc[2:size]))
		return size, nil
	case bytes.HasPrefix(doc, []byte("<!")):
		return directiveSize(doc), nil
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

// tagSize returns the size of the start tag at the start of doc and the most
// attributes that it can have. A '>' within quotes does not end it.
func tagSize(doc []byte) (size, attributes int) {
	var quote byte
	spaces := 0
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
			spaces++ // attributes without a value are parted by space alone
		case c == '>':
			return i + 1, max(attributes, spaces)
		}
	}
	return len(doc), max(attributes, spaces)
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

// directiveSize returns the size of a document type at the start of doc: it may
// hold declarations, quoted angle brackets, and comments.
func directiveSize(doc []byte) int {
	var quote byte
	depth := 0
	for i := len("<!"); i < len(doc); i++ {
		switch c := doc[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			if depth == 0 {
				return i + 1
			}
			depth--
		case bytes.HasPrefix(doc[i:], []byte("<!--")):
			i += commentSize(doc[i:]) - 1
		case c == '<':
			depth++
		}
	}
	return len(doc)
}

// commentSize returns the size of a comment at the start of doc. Its end cannot
// overlap its start.
func commentSize(doc []byte) int {
	return len("<!--") + until(doc[len("<!--"):], "-->")
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

// withoutControls drops the characters that XML does not allow.
func withoutControls(doc []byte) []byte {
	isControl := func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }
	if !bytes.ContainsFunc(doc, isControl) {
		return doc
	}
	return bytes.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, doc)
}
