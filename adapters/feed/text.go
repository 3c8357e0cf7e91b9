package feed

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// The most runes kept of each part. A story is told by title and lead; the body
// only helps to understand it.
const (
	maxTitle    = 400
	maxLead     = 1500
	maxBodyText = 20_000
)

// What publishers put around their text.
var (
	agencyPrefix  = regexp.MustCompile(`^\((?i:belga|afp|anp|dpa|reuters)\)\s*[-–—:]?\s*`)
	wordpressTail = regexp.MustCompile(`(?i)\s*The post .{1,200} appeared first on .{1,80}$`)
	readOnTail    = regexp.MustCompile(`(?i)[\s>»›→|-]*\b(?:lees (?:meer|verder|het volledige artikel)|meer lezen|lire (?:la suite|plus)|en savoir plus|read more|continue reading|weiterlesen|mehr lesen)\b[\s.…>»›→]*$`)
	crossLink     = regexp.MustCompile(`(?i)^(?:>+\s*|»\s*|→\s*)?(?:lees ook|lees meer|lees verder|lees:|bekijk ook|ook interessant|lire aussi|[àa] lire aussi|[àa] lire [ée]galement|lire [ée]galement|read also|read more|also read|lesen sie auch|mehr zum thema)\b`)
	credit        = regexp.MustCompile(`(?i)^(?:foto'?s?|photos?|bild|beeld|©|\(c\))\s*[:©]|^©|^(?:door|par|von|by|auteur|redactie)\b(?:\s+[\p{L}.'-]+){0,5}\s*$|^(?:lees dit artikel met|abonneer|abonnez-vous|vous d[ée]sirez lire la suite|enkel voor abonnees|r[ée]serv[ée] aux abonn[ée]s|deel dit|partager|share this|volg ons|suivez-nous|reageer|commenter)`)
	endMark       = regexp.MustCompile(`(?i)^(?:meest recent|meest gelezen|meest besproken|recent nieuws|laatste nieuws|net binnen|meer (?:sport)?nieuws|meer over|meer artikels|popul(?:air|airste artikels?)|gerelateerd|aanbevolen|misschien ook interessant|reacties?|word fan van|klassement|stand(?:en)?|uitslagen|kalender|les plus lus|plus d'actualit[ée]s?|plus d'infos|plus sur|derni[eè]res (?:news|infos|actualit[ée]s)|[àa] la une|sur le m[eê]me sujet|recommand[ée]s?|commentaires?|classement|r[ée]sultats|most read|latest news|related|comments|neueste|meistgelesen)\b`)
)

// plainText returns the text of a fragment of HTML: paragraphs on lines of their
// own, entities decoded, scripts and styles gone. Of some publishers the tags
// themselves are encoded once too often.
func plainText(fragment string) string {
	if !strings.ContainsAny(fragment, "<&") {
		return fragment
	}
	if !strings.Contains(fragment, "<") {
		fragment = html.UnescapeString(fragment)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if hidden == "" {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); {
			case tag == "script" || tag == "style" || tag == "iframe" || tag == "noscript":
				hidden = tag
			case isBlock(tag):
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch tag := string(name); {
			case tag == hidden:
				hidden = ""
			case isBlock(tag):
				b.WriteByte('\n')
			}
		case html.SelfClosingTagToken:
			if name, _ := z.TagName(); isBlock(string(name)) {
				b.WriteByte('\n')
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// isBlock reports whether a tag starts a line of its own.
func isBlock(tag string) bool {
	switch tag {
	case "p", "br", "div", "li", "ul", "ol", "tr", "td", "table", "blockquote", "section", "article", "main",
		"header", "footer", "aside", "nav", "figure", "figcaption", "hr", "dl", "dt", "dd", "pre", "form",
		"h1", "h2", "h3", "h4", "h5", "h6", "body", "button", "time", "details", "summary":
		return true
	}
	return false
}

// squeeze joins all white space, drops control and direction characters, and cuts
// at a number of runes.
func squeeze(s string, limit int) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case isInvisible(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			n++
			space = false
		}
		if n++; n > limit {
			return strings.TrimSpace(b.String()) + "…"
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isInvisible reports control and direction marks, which can make a headline say
// something else than it shows. The joiner of emoji stays.
func isInvisible(r rune) bool {
	switch r {
	case '\u200D':
		return false
	case '\u00AD', '\u200B', '\u200C', '\u200E', '\u200F', '\u2060', '\uFEFF', '\uFFFE', '\uFFFF':
		return true
	}
	return unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// cleanTitle returns a headline as plain text.
func cleanTitle(s string) string { return squeeze(twice(plainText(s)), maxTitle) }

// twice decodes what was encoded once too often: "&amp;#039;".
func twice(s string) string {
	if strings.Contains(s, "&") && strings.Contains(s, ";") {
		return html.UnescapeString(s)
	}
	return s
}

// cleanLead returns a teaser as plain text, without the agency's name before it,
// the call to read on behind it, and the lines that lead to other articles. A teaser
// that was cut stays cut.
func cleanLead(s string) string {
	s = squeeze(strings.Join(ownLines(twice(plainText(s))), " "), maxLead)
	s = agencyPrefix.ReplaceAllString(s, "")
	s = wordpressTail.ReplaceAllString(s, "")
	s = readOnTail.ReplaceAllString(s, "")
	return strings.TrimSpace(s)
}

// isCut reports whether a teaser was cut by its publisher.
func isCut(s string) bool {
	s = strings.TrimRight(s, " ]")
	return strings.HasSuffix(s, "...") || strings.HasSuffix(s, "…")
}

// cleanBody returns the paragraphs of an article, without what stands between
// them for other reasons.
func cleanBody(text string) string {
	paragraphs := ownLines(text)
	if end := slices.IndexFunc(paragraphs, isEndMark); end >= 0 {
		paragraphs = paragraphs[:end]
	}
	return joinParagraphs(paragraphs)
}

// ownLines returns the lines of a text that are the article's own.
func ownLines(text string) []string {
	var own []string
	// A rune takes up to four bytes, and what is beyond the bound is not kept.
	text = text[:min(len(text), 4*maxBodyText)]
	for line := range strings.SplitSeq(strings.ToValidUTF8(text, ""), "\n") {
		if line = squeeze(line, maxBodyText); line != "" && !isCrossLink(line) && !isCredit(line) {
			own = append(own, line)
		}
	}
	return own
}

func joinParagraphs(paragraphs []string) string {
	if last := len(paragraphs) - 1; last > 0 && isReaderQuestion(paragraphs[last]) {
		paragraphs = paragraphs[:last]
	}
	body := strings.Join(paragraphs, "\n")
	if r := []rune(body); len(r) > maxBodyText {
		return string(r[:maxBodyText])
	}
	return body
}

// isReaderQuestion recognises the question to the readers under an article.
func isReaderQuestion(line string) bool {
	return strings.HasSuffix(line, "?") && len(line) < 140
}

// isReadOn recognises a line that only calls to read on.
func isReadOn(line string) bool {
	return readOnTail.ReplaceAllString(line, "") == ""
}

// isCrossLink recognises a line that leads to another article.
func isCrossLink(line string) bool {
	return crossLink.MatchString(line)
}

// isCredit recognises a photographer's line, a byline or a paywall's call.
func isCredit(line string) bool {
	if len(line) > 120 {
		return false
	}
	return credit.MatchString(line)
}

// isEndMark recognises the heading of what follows an article on its page.
func isEndMark(line string) bool {
	if len(line) > 60 {
		return false
	}
	return endMark.MatchString(line)
}

// firstParagraph returns the first line that says something.
func firstParagraph(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); len(line) >= 40 && !isCrossLink(line) {
			return line
		}
	}
	return ""
}

func firstSentence(text string) string {
	if i := strings.IndexAny(text, ".!?"); i >= 20 && i < 200 {
		return text[:i+1]
	}
	return squeeze(text, 120)
}

// foldTitle reduces a headline to its letters and digits, without case and
// accents, so that a change of punctuation is none.
func foldTitle(title string) string {
	fold := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)))
	folded, _, err := transform.String(fold, strings.ToLower(title))
	if err != nil {
		folded = strings.ToLower(title)
	}
	words := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
