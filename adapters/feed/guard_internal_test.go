package feed

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
)

// FuzzGuardXML holds the guard beside the tokenizer of the parser that it guards:
// what it lets through, the tokenizer must find harmless.
func FuzzGuardXML(f *testing.F) {
	for _, doc := range []string{
		"<rss><channel/></rss>", "<!--><?x --><a><a> ?>", `<!DOCTYPE a [<!ENTITY b "<">]><a>`, `<!x "<" ><a><a>`,
		"<a b='>'><c>", "<![CDATA[<a>]]><b>", "<?x a?><b c d e>", "<a\n\n\nb>", "<!-- - -- --><a>", `<!<!-- ">" --> '>'><a>`,
		strings.Repeat("<a>", 300), strings.Repeat("<a></b>", 300), "<a " + strings.Repeat("b ", 300) + ">", "<a " + strings.Repeat("b=c ", 300) + ">",
	} {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		doc = withoutControls(doc)
		if guardXML(doc) != nil {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(doc))
		d.Strict = false
		depth, elements := 0, 0
		for {
			token, err := d.Token()
			if err != nil {
				return
			}
			switch tok := token.(type) {
			case xml.StartElement:
				depth++
				elements++
				if depth > maxDepth || elements > maxElements || len(tok.Attr) > maxAttributes {
					t.Fatalf("let through: depth %d, %d elements, %d attributes", depth, elements, len(tok.Attr))
				}
			case xml.EndElement:
				depth--
			}
		}
	})
}
