package feed

import (
	"bytes"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"github.com/sjotbot/sjotbot/bot"
)

// maxEntries is the most entries taken from one document. The longest real feeds
// have 100.
const maxEntries = 500

var (
	errNotFeed    = errors.New("not a feed")
	errBrokenFeed = errors.New("not a feed: broken markup")
)

// Feed is what a feed says.
type Feed struct {
	Format  string // "rss", "atom", "rdf" or "json"
	Entries []bot.Entry
}

// ParseFeed reads an RSS, Atom, RDF or JSON feed in UTF-8. Links are resolved
// against base; dates in words are read as of now. A feed without items is a feed.
func ParseFeed(doc []byte, base *url.URL, now time.Time) (Feed, error) {
	doc = withoutControls(doc)
	format, err := sniff(doc)
	if err != nil {
		return Feed{}, err
	}
	parsed, err := parseGuarded(doc)
	if err != nil {
		return Feed{}, errBrokenFeed
	}
	f := Feed{Format: format}
	for _, item := range parsed.Items[:min(len(parsed.Items), maxEntries)] {
		if e, ok := entryOf(item, base, now); ok {
			if e.Language == "" {
				e.Language = languageCode(parsed.Language)
			}
			// A feed dates what is new: a number does not vouch for an undated item.
			e.Number = 0
			f.Entries = append(f.Entries, e)
		}
	}
	f.Entries = separate(f.Entries)
	return f, nil
}

// sniff recognises the format by the first element and refuses what would hurt a
// parser.
func sniff(doc []byte) (format string, err error) {
	start := bytes.TrimLeft(doc, " \t\r\n\x00")
	if len(start) == 0 {
		return "", errEmpty
	}
	if start[0] == '{' {
		return "json", guardJSON(doc)
	}
	for len(start) > 0 && start[0] == '<' {
		if bytes.HasPrefix(start, []byte("<!")) || bytes.HasPrefix(start, []byte("<?")) {
			if isHTMLDoctype(start) {
				return "", errHTML
			}
			size, _ := (&tagCounter{}).markup(start)
			start = bytes.TrimLeft(start[size:], " \t\r\n")
			continue
		}
		_, local, prefixed := bytes.Cut(tagName(start[1:]), []byte(":"))
		if !prefixed {
			local = tagName(start[1:])
		}
		switch strings.ToLower(string(local)) {
		case "rss":
			return "rss", guardXML(doc)
		case "rdf":
			return "rdf", guardXML(doc)
		case "feed":
			return "atom", guardXML(doc)
		}
		if looksLikeHTML(start) {
			return "", errHTML
		}
		return "", errNotFeed
	}
	if looksLikeHTML(start) {
		return "", errHTML
	}
	return "", errNotFeed
}

func isHTMLDoctype(doc []byte) bool {
	return len(doc) >= 14 && bytes.EqualFold(doc[:14], []byte("<!doctype html"))
}

func looksLikeHTML(doc []byte) bool {
	head := bytes.ToLower(doc[:min(len(doc), 4096)])
	for _, tag := range []string{"<html", "<head", "<body", "<div", "<h1", "<h2", "<p>", "<p ", "<ul", "<article", "<main", "<a ", "<pre"} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	return false
}

// parseGuarded keeps a parser's panic on this side of the wall.
func parseGuarded(doc []byte) (f *gofeed.Feed, err error) {
	defer func() {
		if recover() != nil {
			err = errBrokenFeed
		}
	}()
	return gofeed.NewParser().Parse(bytes.NewReader(doc))
}

// entryOf turns an item into an entry; false if it says nothing.
func entryOf(item *gofeed.Item, base *url.URL, now time.Time) (bot.Entry, bool) {
	text := plainText(item.Content)
	e := bot.Entry{
		ID:        strings.TrimSpace(item.GUID),
		URL:       itemLink(item, base),
		Title:     cleanTitle(item.Title),
		Lead:      cleanLead(item.Description),
		Body:      cleanBody(text),
		Section:   section(item.Categories),
		Image:     itemImage(item, base),
		Language:  itemLanguage(item),
		Published: itemDate(item, now),
		Reactions: reactions(item.Extensions),
	}
	if e.Lead == "" {
		e.Lead = cleanLead(firstParagraph(text))
	}
	if e.Title == "" {
		e.Title = cleanTitle(firstSentence(e.Lead))
	}
	if e.Title == "" {
		return bot.Entry{}, false
	}
	return identified(e), true
}

// identified sets the identity of an entry, and its section if it has none.
func identified(e bot.Entry) bot.Entry {
	id := Identify(e.URL, e.ID, e.Title)
	e.Key, e.Number = id.Key, id.Number
	if id.URL != "" {
		e.URL = id.URL
	}
	if e.Section == "" {
		e.Section = pathSection(e.URL)
	}
	return e
}

func itemLink(item *gofeed.Item, base *url.URL) string {
	links := append([]string{item.Link}, item.Links...)
	// A guid such as "4711" is no address; one without a scheme has a slash.
	if strings.Contains(item.GUID, "/") {
		links = append(links, item.GUID)
	}
	for _, link := range links {
		if u := resolve(base, link); u != nil && (u.Path != "" || u.RawQuery != "") {
			return u.String()
		}
	}
	return ""
}

// resolve returns an absolute web address, or nil. A place on the page itself is none.
func resolve(base *url.URL, link string) *url.URL {
	link = strings.TrimSpace(link)
	if link == "" || link[0] == '#' || len(link) > 2000 {
		return nil
	}
	u, err := url.Parse(link)
	if err != nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	return u
}

func itemDate(item *gofeed.Item, now time.Time) time.Time {
	given := []string{item.Published, item.Updated}
	if item.DublinCoreExt != nil {
		given = append(given, item.DublinCoreExt.Date...)
	}
	for _, s := range given {
		if t, ok := ParseDate(s, now); ok && !plausible(t, now).IsZero() {
			return t
		}
	}
	return time.Time{}
}

// plausible drops a date that cannot be meant: before there were news sites, or
// more than a day ahead (embargoes and wrong clocks stay within hours).
func plausible(t, now time.Time) time.Time {
	if t.Year() < 1995 || t.After(now.Add(24*time.Hour)) {
		return time.Time{}
	}
	return t
}

func itemImage(item *gofeed.Item, base *url.URL) string {
	var given []string
	if item.Image != nil {
		given = append(given, item.Image.URL)
	}
	for _, e := range item.Enclosures {
		if strings.HasPrefix(e.Type, "image/") {
			given = append(given, e.URL)
		}
	}
	for _, name := range []string{"content", "thumbnail"} {
		for _, m := range item.Extensions["media"][name] {
			if kind := m.Attrs["medium"] + m.Attrs["type"]; kind == "" || strings.HasPrefix(kind, "image") {
				given = append(given, m.Attrs["url"])
			}
		}
	}
	for _, link := range given {
		if u := resolve(base, link); u != nil {
			return u.String()
		}
	}
	return ""
}

func itemLanguage(item *gofeed.Item) string {
	if item.DublinCoreExt != nil && len(item.DublinCoreExt.Language) > 0 {
		return languageCode(item.DublinCoreExt.Language[0])
	}
	return ""
}

func section(categories []string) string {
	var names []string
	for _, c := range categories[:min(len(categories), 6)] {
		if c = cleanTitle(c); c != "" {
			names = append(names, c)
		}
	}
	return strings.Join(names, ", ")
}

// reactions reads slash:comments.
func reactions(x ext.Extensions) int {
	for _, c := range x["slash"]["comments"] {
		if n, err := strconv.Atoi(strings.TrimSpace(c.Value)); err == nil && n > 0 {
			return n
		}
	}
	return 0
}

// separate tells entries apart that a careless publisher gave one identity (the
// same link or the same guid for all), and drops true repetitions. Each of them is
// known by its headline, the first too: its place goes to the next one that is new.
func separate(entries []bot.Entry) []bot.Entry {
	first := map[string]string{} // key to the title first seen under it
	shared := map[string]bool{}
	for _, e := range entries {
		title := foldTitle(e.Title)
		if known, ok := first[e.Key]; !ok {
			first[e.Key] = title
		} else if known != title && !hasOwnNumber(e.URL) {
			shared[e.Key] = true
		}
	}
	seen := map[string]bool{}
	kept := entries[:0]
	for _, e := range entries {
		if shared[e.Key] {
			e.Key += "#" + titleHash(e.Title)
		}
		if !seen[e.Key] {
			seen[e.Key] = true
			kept = append(kept, e)
		}
	}
	return kept
}
