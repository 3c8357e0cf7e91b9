package feed

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/sjotbot/sjotbot/bot"
)

// The least of an article page: shorter runs of text are teasers.
const (
	minParagraph = 60
	minArticle   = 300
)

// findArticle returns the article that a page is, nil for a list, and how many
// blocks it takes.
func findArticle(d *goquery.Document, blocks []block, base *url.URL, now time.Time) (*bot.Entry, int) {
	meta := readMeta(d, base, now)
	start, title := findTitle(blocks, meta.title)
	if start < 0 {
		return nil, 0
	}
	paragraphs, end := readParagraphs(blocks, start, title)
	size := 0
	for _, p := range paragraphs {
		if len(p) >= minParagraph {
			size += len(p)
		}
	}
	if size == 0 || size < minArticle && !meta.isArticle {
		return nil, 0
	}
	e := bot.Entry{
		Title: cleanTitle(title), Lead: cleanLead(paragraphs[0]), Body: joinParagraphs(paragraphs[1:]),
		Image: meta.image, Section: meta.section, Published: meta.published,
	}
	if base != nil {
		e.URL = base.String()
	}
	if meta.canonical != "" {
		e.URL = meta.canonical
	}
	if e.Published.IsZero() {
		e.Published = visibleDate(blocks[:end], start, now)
	}
	e = identified(e)
	return &e, end
}

// findTitle returns the index behind the headline of the article, and the
// headline; -1 if the page has none. Pages print it more than once.
func findTitle(blocks []block, wanted string) (int, string) {
	for i, b := range blocks {
		if b.zone == zoneFrame || b.link != "" {
			continue
		}
		text := foldTitle(b.text)
		same := wanted != "" && (text == foldTitle(wanted) || len(text) > minHeadline && strings.HasPrefix(foldTitle(wanted), text))
		plain := wanted == "" && len(b.text) >= minHeadline && len(b.text) <= 250 && strings.Contains(b.text, " ")
		if same || b.heading == 1 || plain && !isEndMark(b.text) {
			return behindRepeats(blocks, i), b.text
		}
	}
	return -1, ""
}

// behindRepeats skips further prints of the headline that follow closely.
func behindRepeats(blocks []block, first int) int {
	last := first
	for i := first + 1; i < min(first+8, len(blocks)); i++ {
		if foldTitle(blocks[i].text) == foldTitle(blocks[first].text) {
			last = i
		}
	}
	return last + 1
}

// readParagraphs collects the article's text from a block on, and returns the
// index behind it.
func readParagraphs(blocks []block, from int, title string) ([]string, int) {
	var paragraphs []string
	end := from
	for i := from; i < len(blocks); i++ {
		b := blocks[i]
		if startsList(blocks, i) || isEndMark(b.text) && b.zone != zoneFrame {
			break
		}
		if b.zone != zoneMain || b.link != "" || isCrossLink(b.text) || isCredit(b.text) ||
			printedDate(b.text) != "" || b.time != "" || isCount(b.text) || foldTitle(b.text) == foldTitle(title) {
			continue
		}
		if len(paragraphs) == 0 && len(b.text) < minParagraph {
			continue // labels, author and share buttons before the lead
		}
		paragraphs = append(paragraphs, b.text)
		end = i + 1
	}
	for last := len(paragraphs) - 1; last > 0 && (isReaderQuestion(paragraphs[last]) || len(paragraphs[last]) < 40 && !endsSentence(paragraphs[last])); last-- {
		paragraphs = paragraphs[:last]
	}
	return paragraphs, end
}

func endsSentence(s string) bool {
	return strings.HasSuffix(strings.TrimRight(s, `"”’'»)`), ".") || strings.HasSuffix(s, "!")
}

// startsList reports whether other articles' headlines begin here: a headline, a
// teaser that is cut, a number.
func startsList(blocks []block, i int) bool {
	return i+2 < len(blocks) && len(blocks[i].text) < 200 && !isCut(blocks[i].text) &&
		isCut(blocks[i+1].text) && (isCount(blocks[i+2].text) || blocks[i].link != "")
}

// visibleDate finds the date that is printed with an article: above its text.
func visibleDate(blocks []block, start int, now time.Time) time.Time {
	for i := max(0, start-6); i < min(start+8, len(blocks)); i++ {
		b := blocks[i]
		if b.zone == zoneAside || b.link != "" {
			continue
		}
		if b.time != "" || printedDate(b.text) != "" {
			if t := blockDate(b, now); !t.IsZero() {
				return t
			}
		}
	}
	return time.Time{}
}

// behindDate is how a line goes on that says when an article was changed, or how many
// reacted, too.
var behindDate = regexp.MustCompile(`(?i)[\s,|•·–(-]*(?:(?:mis à jour|modifié|laatst|bijgewerkt|gewijzigd|aangepast|updated|last|aktualisiert|zuletzt).*|\d{1,5} (?:reacties?|réactions?|commentaires?|comments?|kommentare?)\)?)$`)

// printedDate returns the date of a line that says when an article was published and
// nothing of what it is about; "" for any other line.
func printedDate(line string) string {
	date := behindDate.ReplaceAllString(withoutDateLabel(line), "")
	if !isDateLine(date) {
		return ""
	}
	return date
}

// withoutDateLabel drops what stands before a printed date.
func withoutDateLabel(s string) string {
	for _, label := range []string{"gepubliceerd", "geplaatst", "publié", "publie", "mis à jour", "laatst bijgewerkt", "bijgewerkt", "published", "veröffentlicht"} {
		if rest, ok := strings.CutPrefix(strings.ToLower(s), label); ok {
			rest = strings.TrimLeft(rest, " :")
			for _, word := range []string{"op ", "le ", "on ", "am "} {
				rest = strings.TrimPrefix(rest, word)
			}
			return rest
		}
	}
	return s
}

// pageMeta is what a page says of itself to machines.
type pageMeta struct {
	title, image, section, canonical string
	published                        time.Time
	isArticle                        bool
}

func readMeta(d *goquery.Document, base *url.URL, now time.Time) pageMeta {
	content := func(names ...string) string {
		for _, name := range names {
			if v, ok := d.Find(`meta[property="` + name + `"], meta[name="` + name + `"], meta[itemprop="` + name + `"]`).First().Attr("content"); ok && v != "" {
				return squeeze(v, maxTitle)
			}
		}
		return ""
	}
	m := pageMeta{
		title:     content("og:title", "twitter:title"),
		section:   content("article:section"),
		isArticle: content("og:type") == "article",
	}
	if u := resolve(base, content("og:image", "twitter:image")); u != nil {
		m.image = u.String()
	}
	if u := resolve(base, d.Find(`link[rel="canonical"]`).First().AttrOr("href", "")); u != nil && base != nil && sameSite(u, base) && strings.Trim(u.Path, "/") != "" {
		m.canonical = u.String()
	}
	dates := []string{content("article:published_time", "datePublished", "og:published_time", "date", "dc.date", "DC.date.issued", "publish-date", "pubdate", "parsely-pub-date", "sailthru.date")}
	var linked []string
	d.Find(`script[type="application/ld+json"]`).Each(func(i int, s *goquery.Selection) {
		if i < 10 {
			readLinkedData(s.Text(), &m, &linked)
		}
	})
	for _, s := range append(linked, dates...) {
		if t, ok := ParseDate(s, now); ok && m.published.IsZero() {
			m.published = plausible(t, now)
		}
	}
	return m
}

// readLinkedData takes headline and dates from JSON-LD, wherever in it the article
// stands. Of several articles the first is the page's own: others are related to it.
func readLinkedData(text string, m *pageMeta, dates *[]string) {
	if len(text) > 256<<10 || guardJSON([]byte(text)) != nil {
		return
	}
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return
	}
	visitLinkedData(value, 0, func(object map[string]any) {
		m.isArticle = true
		if date, ok := object["datePublished"].(string); ok {
			*dates = append(*dates, date)
		}
		if name, ok := object["headline"].(string); ok && m.title == "" {
			m.title = squeeze(plainText(name), maxTitle)
		}
	})
}

// visitLinkedData calls fn for each object that is an article of its own: not for
// those of a list.
func visitLinkedData(value any, depth int, fn func(map[string]any)) {
	if depth > 4 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v[:min(len(v), 50)] {
			visitLinkedData(item, depth+1, fn)
		}
	case map[string]any:
		if isArticleType(v["@type"]) {
			fn(v)
			return
		}
		for _, part := range []string{"@graph", "mainEntity"} {
			if inner, ok := v[part]; ok {
				visitLinkedData(inner, depth+1, fn)
			}
		}
	}
}

func isArticleType(t any) bool {
	switch v := t.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "BlogPosting") || v == "Report"
	case []any:
		for _, item := range v {
			if isArticleType(item) {
				return true
			}
		}
	}
	return false
}
