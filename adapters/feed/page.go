package feed

import (
	"bytes"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/sjotbot/sjotbot/bot"
)

var errBrokenPage = errors.New("not a page: broken markup")

// Page is what an HTML page says.
type Page struct {
	// Article is the article that the page is; nil for a list.
	Article *bot.Entry
	// Entries are the headlines that lead elsewhere: a list page's items, or the
	// sidebar of an article.
	Entries []bot.Entry
	// Feed is the page's own feed, if it links to one.
	Feed *url.URL
}

// ParsePage reads an HTML page in UTF-8 of any layout. Links are resolved against
// base; dates in words are read as of now.
//
// It looks at a page as a reader does: as a run of blocks of text. A block that is
// a link and as long as a headline is a headline; what stands with it in the same
// card, up to the next headline, is its teaser, its date and its number of
// reactions.
func ParsePage(doc []byte, base *url.URL, now time.Time) (Page, error) {
	if len(bytes.TrimSpace(doc)) == 0 {
		return Page{}, errEmpty
	}
	if !looksLikeHTML(doc) && !bytes.Contains(doc, []byte("</")) {
		doc = []byte("<pre>" + html.EscapeString(string(doc)) + "</pre>") // plain text
	}
	if err := guardHTML(doc); err != nil {
		return Page{}, err
	}
	root, err := html.Parse(bytes.NewReader(doc))
	if err != nil {
		return Page{}, errBrokenPage
	}
	d := goquery.NewDocumentFromNode(root)
	if href, ok := d.Find("base[href]").First().Attr("href"); ok {
		if u := resolve(base, href); u != nil && base != nil && sameSite(u, base) {
			base = u
		}
	}
	blocks := readBlocks(root, base)
	p := Page{Feed: feedLink(d, base)}
	article, taken := findArticle(d, blocks, base, now)
	p.Article = article
	p.Entries = listEntries(blocks[taken:], base, now)
	if article != nil {
		p.Entries = without(p.Entries, article.Key)
	}
	return p, nil
}

// feedLink returns the feed that a page offers, if it is on the same site.
func feedLink(d *goquery.Document, base *url.URL) *url.URL {
	var found *url.URL
	d.Find(`link[rel~="alternate"][href]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		switch s.AttrOr("type", "") {
		case "application/rss+xml", "application/atom+xml", "application/feed+json":
		default:
			return true
		}
		u := resolve(base, s.AttrOr("href", ""))
		if u == nil || base == nil || !sameSite(u, base) || strings.Contains(strings.ToLower(u.Path), "comment") {
			return true
		}
		found = u
		return false
	})
	return found
}

// zone is the part of a page that a block stands in.
type zone int

const (
	zoneMain  zone = iota
	zoneAside      // beside or under the article: lists of other headlines
	zoneFrame      // navigation and the like: never content
)

// block is one line of a page.
type block struct {
	text    string
	heading int // 1 to 6 for a heading, 0 for none
	link    string
	zone    zone
	time    string // the machine-readable form, of a time element
	image   string
	// node is the element that it stands in.
	node *html.Node
}

// blockReader walks a document and collects its blocks.
type blockReader struct {
	base   *url.URL
	blocks []block
	text   strings.Builder
	// linked counts the runes of text that stand in a link; it tells a headline
	// that links from a paragraph that holds a link.
	linked int
	link   string
	image  string
}

// walkState is what an element hands down to its children.
type walkState struct {
	heading int
	link    string
	zone    zone
	time    string
	node    *html.Node // the innermost element that starts a line
}

func readBlocks(root *html.Node, base *url.URL) []block {
	r := blockReader{base: base}
	r.walk(root, walkState{})
	r.flush(walkState{})
	return r.blocks
}

func (r *blockReader) walk(n *html.Node, s walkState) {
	around := s
	switch n.Type {
	case html.TextNode:
		r.addText(n, s)
		return
	case html.ElementNode:
		if !r.enter(n, &s) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	block := n.Type == html.ElementNode && (isBlock(n.Data) || standsAlone(n))
	if block {
		r.flush(around) // the text before it is none of its
		s.node = n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, s)
	}
	if block {
		r.flush(s)
	}
}

// enter updates the state for an element, false if it holds no text for a reader.
func (r *blockReader) enter(n *html.Node, s *walkState) bool {
	switch n.Data {
	case "head", "script", "style", "noscript", "template", "iframe", "svg", "select", "textarea", "object", "video", "audio":
		return false
	case "nav", "footer", "form", "dialog", "button", "menu":
		s.zone = zoneFrame
	case "aside":
		s.zone = max(s.zone, zoneAside)
	case "figcaption", "blockquote":
		// Captions and embedded messages are not the article's words, and their
		// links lead away from the site.
		s.zone = zoneFrame
	case "h1", "h2", "h3", "h4", "h5", "h6":
		s.heading = int(n.Data[1] - '0')
	case "time":
		s.time = attribute(n, "datetime")
	case "a":
		if u := resolve(r.base, attribute(n, "href")); u != nil {
			s.link = withoutTracking(u).String()
		}
	case "img":
		if u := resolve(r.base, attribute(n, "src")); u != nil && r.image == "" {
			r.image = u.String()
		}
	}
	s.zone = max(s.zone, namedZone(n))
	return !isHidden(n)
}

var (
	frameNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|social|share|sharing|footer|paywall|newsletter|advert|advertisement|comments?|poll|author-box|tags?)(?:$|[\s_-])`)
	asideNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:sidebar|related|recent|popular|most-?read|latest|recommended|meer|lees-?ook|aside|widget)(?:$|[\s_-])`)
)

// namedZone judges an element by its class and id.
func namedZone(n *html.Node) zone {
	if n.Data == "body" || n.Data == "html" || n.Data == "main" || n.Data == "article" {
		return zoneMain
	}
	names := attribute(n, "class") + " " + attribute(n, "id")
	switch {
	case len(names) > 400 || names == " ":
		return zoneMain
	case frameNames.MatchString(names):
		return zoneFrame
	case asideNames.MatchString(names):
		return zoneAside
	}
	return zoneMain
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func isHidden(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == "hidden" || a.Key == "aria-hidden" && a.Val == "true"
	})
}

// standsAlone reports an inline element that holds nothing but a number: counters
// that are printed side by side must not run together.
func standsAlone(n *html.Node) bool {
	c := n.FirstChild
	if c == nil || c.NextSibling != nil || c.Type != html.TextNode {
		return false
	}
	_, err := strconv.Atoi(strings.TrimSpace(c.Data))
	return err == nil
}

func (r *blockReader) addText(n *html.Node, s walkState) {
	lines := []string{n.Data}
	if n.Parent != nil && n.Parent.Data == "pre" {
		lines = strings.Split(n.Data, "\n")
	}
	for i, line := range lines {
		if i > 0 {
			r.flush(s)
		}
		if s.link != "" {
			r.link = s.link
			r.linked += len(strings.TrimSpace(line))
		}
		r.text.WriteString(line)
	}
}

// flush ends a block.
func (r *blockReader) flush(s walkState) {
	text := squeeze(r.text.String(), maxBodyText)
	link, linked := r.link, r.linked
	r.text.Reset()
	r.link, r.linked = "", 0
	if text == "" {
		return
	}
	if linked*10 < len(text)*8 {
		link = ""
	}
	r.blocks = append(r.blocks, block{
		text: text, heading: s.heading, link: link, zone: s.zone, time: s.time, image: r.image, node: s.node,
	})
	r.image = ""
}

// headline is one headline of a page with the blocks that belong to it.
type headline struct {
	at    int // index of its block
	end   int // index behind its last block
	start int // index of its first block
}

// listEntries finds the headlines that lead elsewhere.
func listEntries(blocks []block, base *url.URL, now time.Time) []bot.Entry {
	var entries []bot.Entry
	at := map[string]int{} // key to index in entries
	for _, h := range headlines(blocks, base) {
		e := entryOfCard(blocks, h, now)
		if e.Title == "" {
			continue
		}
		if i, ok := at[e.Key]; ok {
			entries[i] = richer(entries[i], e)
			continue
		}
		if len(entries) == maxEntries {
			break
		}
		at[e.Key] = len(entries)
		entries = append(entries, e)
	}
	return entries
}

// richer joins two appearances of one headline.
func richer(a, b bot.Entry) bot.Entry {
	if len(b.Lead) > len(a.Lead) {
		a.Lead = b.Lead
	}
	if a.Published.IsZero() {
		a.Published = b.Published
	}
	if a.Image == "" {
		a.Image = b.Image
	}
	a.Reactions = max(a.Reactions, b.Reactions)
	return a
}

const (
	// maxHeadlines bounds what is looked at: each may appear twice.
	maxHeadlines = 2 * maxEntries
	// maxCard is the most lines of a card before and behind its headline.
	maxCard = 12
)

// headlines finds the blocks that are headlines, and the card of each.
func headlines(blocks []block, base *url.URL) []headline {
	var found []headline
	labels := labelsOf(blocks)
	for i := 0; i < len(blocks) && len(found) < maxHeadlines; i++ {
		if labels[blocks[i].text] || !isHeadline(blocks, i, base) {
			continue
		}
		h := headline{at: i, start: i, end: i + 1}
		// A card that is one link as a whole: its headline is the heading in it,
		// or else its first line.
		if link := blocks[i].link; link != "" {
			for h.end < len(blocks) && blocks[h.end].link == link && blocks[h.end].text != blocks[h.at].text {
				if blocks[h.end].heading > 0 && blocks[h.at].heading == 0 && len(blocks[h.end].text) >= minHeadline {
					h.at = h.end
				}
				h.end++
			}
			i = h.end - 1
		}
		found = append(found, h)
	}
	cards := cardsOf(blocks, found)
	for i := range found {
		next := len(blocks)
		if i+1 < len(found) {
			next = found[i+1].start
		}
		if card := cards[i]; card != nil {
			extendWithin(blocks, &found[i], card)
		}
		if found[i].end-found[i].start == 1 || cards[i] == nil {
			found[i].end = flatEnd(blocks, found[i].end, next)
		}
	}
	return found
}

// labelsOf returns the lines that begin several cards which are one link each, above
// their headlines: a competition, say.
func labelsOf(blocks []block) map[string]bool {
	leads := map[string]string{} // line to the link that it is seen in first
	labels := map[string]bool{}
	for i, b := range blocks[:max(len(blocks)-1, 0)] {
		if b.link == "" || b.heading > 0 || blocks[i+1].link != b.link {
			continue
		}
		if first, ok := leads[b.text]; ok && first != b.link {
			labels[b.text] = true
		} else {
			leads[b.text] = b.link
		}
	}
	return labels
}

// minHeadline is the fewest bytes of a headline; shorter links are sections.
const minHeadline = 16

// isHeadline judges one block.
func isHeadline(blocks []block, i int, base *url.URL) bool {
	b := blocks[i]
	switch {
	case b.zone == zoneFrame, len(b.text) < minHeadline, len(b.text) > 300, strings.Count(b.text, " ") < 2,
		isCrossLink(b.text), isReadOn(b.text), isTrimming(blocks, i), printedDate(b.text) != "":
		return false
	case b.link != "":
		u, err := url.Parse(b.link)
		return err == nil && base != nil && sameSite(u, base) && isArticlePath(u, base)
	}
	// Without links: a headline, its cut teaser, its number of reactions.
	return i+2 < len(blocks) && blocks[i+1].link == "" && isCut(blocks[i+1].text) && isCount(blocks[i+2].text)
}

// isTrimming recognises a line that only stands around articles. What leads to an
// article with a number is its headline, though it begins like one ("FOTO: zo ziet het
// nieuwe shirt eruit", "Reacties na de derby"), unless it is one line of several that
// lead there.
func isTrimming(blocks []block, i int) bool {
	b := blocks[i]
	if !isEndMark(b.text) && !isCredit(b.text) {
		return false
	}
	alone := b.heading > 0 || i+1 == len(blocks) || blocks[i+1].link != b.link
	return !alone || !hasOwnNumber(b.link)
}

// isArticlePath leaves out the page itself, front pages, and files.
func isArticlePath(u, base *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	if path == "" && u.RawQuery == "" || strings.Trim(base.Path, "/") == path && u.RawQuery == base.RawQuery {
		return false
	}
	for _, ending := range []string{".jpg", ".jpeg", ".png", ".pdf", ".xml", ".mp4", ".webp", ".gif"} {
		if strings.HasSuffix(path, ending) {
			return false
		}
	}
	return !regexp.MustCompile(`(?i)^(?:tags?|auteurs?|author|login|privacy|contact|abo)/`).MatchString(path)
}

// cardsOf returns for each headline the largest element that holds no other
// headline; nil if there is none.
func cardsOf(blocks []block, found []headline) []*html.Node {
	const many = -1
	owner := map[*html.Node]int{}
	for i, h := range found {
		for n := blocks[h.at].node; n != nil; n = n.Parent {
			if o, ok := owner[n]; ok && o != i && blocks[found[max(o, 0)].at].link != blocks[h.at].link {
				owner[n] = many
			} else if !ok {
				owner[n] = i
			}
		}
	}
	cards := make([]*html.Node, len(found))
	for i, h := range found {
		for n := blocks[h.at].node; n != nil && owner[n] != many; n = n.Parent {
			cards[i] = n
		}
	}
	return cards
}

// extendWithin widens a headline to the blocks of its card.
func extendWithin(blocks []block, h *headline, card *html.Node) {
	for first := max(0, h.start-maxCard); h.start > first && within(blocks[h.start-1], card); {
		h.start--
	}
	for last := min(len(blocks), h.end+maxCard); h.end < last && within(blocks[h.end], card); {
		h.end++
	}
}

func within(b block, element *html.Node) bool {
	for n := b.node; n != nil; n = n.Parent {
		if n == element {
			return true
		}
	}
	return false
}

// flatEnd bounds a card in a layout without cards: up to the next headline or
// heading, and no further than a teaser with its trimmings.
func flatEnd(blocks []block, from, next int) int {
	end := min(next, from+6)
	for i := from; i < end; i++ {
		if blocks[i].heading > 0 || blocks[i].zone == zoneFrame || isEndMark(blocks[i].text) {
			return i
		}
	}
	return end
}

// entryOfCard turns a headline and its card into an entry.
func entryOfCard(blocks []block, h headline, now time.Time) bot.Entry {
	head := blocks[h.at]
	title := trailingCount.ReplaceAllString(leadingTime.ReplaceAllString(head.text, ""), "")
	e := bot.Entry{Title: cleanTitle(title), URL: head.link}
	for i := h.start; i < h.end; i++ {
		b := blocks[i]
		if e.Image == "" {
			e.Image = b.image
		}
		switch {
		case i == h.at:
		case b.time != "" || printedDate(b.text) != "":
			if e.Published.IsZero() {
				e.Published = blockDate(b, now)
			}
		case isCount(b.text):
			e.Reactions = max(e.Reactions, number(strings.TrimSpace(b.text)))
		case i > h.at && len(b.text) > len(e.Lead) && len(b.text) >= 30 && b.heading == 0 && !isCredit(b.text) && !isCrossLink(b.text):
			e.Lead = cleanLead(b.text)
		}
	}
	return identified(e)
}

// leadingTime is the time of day that a list prints before a headline.
var leadingTime = regexp.MustCompile(`(?i)^(?:[01]?\d|2[0-3])[:uh][0-5]\d\s*(?:[-–|:]\s*)?`)

// trailingCount is a number of reactions at the end of a headline.
var trailingCount = regexp.MustCompile(`\s+\(\d{1,5}\)$`)

func isCount(s string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return err == nil && n >= 0 && n < 100_000
}

var fullDate = regexp.MustCompile(`(?i)^(?:\p{L}{2,9}\.?,? )?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)?\.? \p{L}{3,9}\.?(?: \d{4})?)(?:[ ,|•·–-]*(?:om|à|at|um)? ?\d{1,2}[:uh.]\d{2}(?: uhr)?)?$|^\d{1,3} ?\p{L}{1,9}\.? geleden$|^il y a \d{1,3} ?\p{L}{1,9}\.?$|^\d{1,3} \p{L}{1,9} ago$|^vor \d{1,3} \p{L}{1,9}$|^(?:vandaag|gisteren|hier|aujourd['’]hui|today|yesterday|heute|gestern)(?:[ ,]*(?:om|à|at|um)? ?\d{1,2}[:uh.]\d{2}(?: uhr)?)?$`)

// isDateLine recognises a line that is a date and nothing else.
func isDateLine(s string) bool {
	return len(s) <= 45 && strings.ContainsAny(s, "0123456789vghatV") && fullDate.MatchString(s)
}

func blockDate(b block, now time.Time) time.Time {
	for _, s := range []string{b.time, printedDate(b.text), b.text} {
		if t, ok := ParseDate(s, now); ok {
			return plausible(t, now)
		}
	}
	return time.Time{}
}

func without(entries []bot.Entry, key string) []bot.Entry {
	kept := entries[:0]
	for _, e := range entries {
		if e.Key != key {
			kept = append(kept, e)
		}
	}
	return kept
}
