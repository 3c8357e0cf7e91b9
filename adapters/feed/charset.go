package feed

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// toUTF8 decodes a document. What reads as UTF-8 is taken for UTF-8, whatever the
// labels say: text in another charset practically never does, and wrong labels are
// common. Otherwise the header, the XML declaration and the meta tag are asked, in
// this order, and windows-1252 is the last resort.
func toUTF8(raw []byte, contentType string) []byte {
	label := bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if isUTF8(label) && !bytes.ContainsRune(label[:min(len(label), 512)], 0) {
		return withoutDeclaration(bytes.ToValidUTF8(label, []byte("\uFFFD")))
	}
	enc, name, certain := charset.DetermineEncoding(raw[:min(len(raw), 1024)], contentType)
	if !certain || name == "utf-8" {
		if declared := declaredEncoding(raw); declared != nil {
			enc = declared
		} else if name == "utf-8" {
			enc, _ = charset.Lookup("windows-1252")
		}
	}
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		text = raw
	}
	return withoutDeclaration(bytes.ToValidUTF8(bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF")), []byte("\uFFFD")))
}

// isUTF8 reports text in UTF-8, though a letter may be cut in two here and there, as
// publishers do who count a teaser in bytes.
func isUTF8(text []byte) bool {
	whole, broken := 0, 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case size > 1:
			whole++
		case r == utf8.RuneError:
			broken++
		}
		text = text[size:]
	}
	return broken == 0 || broken < whole
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']`)

// declaredEncoding returns the encoding of the XML declaration, nil if there is
// none that is not UTF-8.
func declaredEncoding(raw []byte) encoding.Encoding {
	m := xmlEncoding.FindSubmatch(raw[:min(len(raw), 512)])
	if m == nil {
		return nil
	}
	enc, name := charset.Lookup(string(m[1]))
	if name == "utf-8" {
		return nil
	}
	return enc
}

// withoutDeclaration drops the XML declaration, whose encoding no longer holds.
func withoutDeclaration(text []byte) []byte {
	body := bytes.TrimLeft(text, " \t\r\n")
	if !bytes.HasPrefix(body, []byte("<?xml")) {
		return text
	}
	if end := bytes.Index(body[:min(len(body), 512)], []byte("?>")); end >= 0 {
		return body[end+2:]
	}
	return text
}
