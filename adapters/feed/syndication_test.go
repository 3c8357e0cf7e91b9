package feed_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot"
)

func TestParseFeedFormats(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	want := bot.Entry{
		ID: "https://krant.example/voetbal/derby", URL: "https://krant.example/voetbal/derby", Key: "krant.example/voetbal/derby",
		Title: "Derby & drama: ‘Bezems’ winnen", Lead: "De Bezembinders wonnen de derby.", Section: "voetbal", Published: at,
	}
	for format, doc := range map[string]string{
		"rss": `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "y">]><rss version="2.0"><channel><item>
			<title>Derby &amp;amp; drama: ‘Bezems’ winnen</title><link> /voetbal/derby </link><guid>https://krant.example/voetbal/derby</guid>
			<description><![CDATA[<p><img src="data:,"> De Bezembinders wonnen de derby. <a href="#">Lees meer</a></p>]]></description>
			<pubDate>Mon, 23 Nov 2026 10:30:00</pubDate></item></channel></rss>`,
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Derby &amp;amp; drama: ‘Bezems’ winnen</title>
			<id>https://krant.example/voetbal/derby</id><link rel="alternate" href="https://krant.example/voetbal/derby"/>
			<summary>De Bezembinders wonnen de derby.</summary><published>2026-11-23T10:30:00+01:00</published></entry></feed>`,
		"rdf": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<channel/><item><title>Derby &amp; drama: ‘Bezems’ winnen</title><link>https://krant.example/voetbal/derby</link>
			<description>(Belga) De Bezembinders wonnen de derby.</description><dc:date>2026-11-23T09:30:00Z</dc:date></item></rdf:RDF>`,
		"json": `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"https://krant.example/voetbal/derby","url":"https://krant.example/voetbal/derby",
			"title":"Derby & drama: ‘Bezems’ winnen","summary":"De Bezembinders wonnen de derby.","date_published":"2026-11-23T10:30:00+01:00"}]}`,
	} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			got, err := feed.ParseFeed([]byte(strings.TrimPrefix(doc, `<?xml version="1.0"?>`)), mustURL(t, "https://krant.example/rss"), noon())
			if err != nil {
				t.Fatal(err)
			}
			for i := range got.Entries {
				got.Entries[i].ID = want.ID // RDF has none
			}
			if diff := cmp.Diff(feed.Feed{Format: format, Entries: []bot.Entry{want}}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What careless publishers do to the identity of their items.
func TestParseFeedIdentity(t *testing.T) {
	t.Parallel()
	item := func(title, link, guid string) string {
		return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid>%s</guid></item>", title, link, guid)
	}
	tests := map[string]struct {
		items []string
		want  int
	}{
		"one guid for all":            {[]string{item("Eerste kop", "https://a.example/1", "x"), item("Tweede kop", "https://a.example/2", "x")}, 2},
		"one link for all":            {[]string{item("Eerste kop", "https://a.example/lijst", "1"), item("Tweede kop", "https://a.example/lijst", "2")}, 2},
		"the front page for all":      {[]string{item("Eerste kop", "https://a.example", "1"), item("Tweede kop", "https://a.example", "2")}, 2},
		"an item twice":               {[]string{item("Eerste kop", "https://a.example/1", "x"), item("Eerste kop!", "https://a.example/1?utm_source=x", "y")}, 1},
		"a numbered article reworded": {[]string{item("Live: derby", "https://a.example/live~a1b2c3d4", "x"), item("Verslag van de derby", "https://a.example/verslag~a1b2c3d4", "y")}, 1},
		"a year before the slug":      {[]string{item("Eerste kop", "https://a.example/news/2026/eerste", "x"), item("Tweede kop", "https://a.example/news/2026/tweede", "y")}, 2},
		"nothing to say":              {[]string{item("", "https://a.example/1", "x")}, 0},
		"no link, no guid":            {[]string{item("Eerste kop", "", ""), item("Tweede kop", "", "")}, 2},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := feed.ParseFeed([]byte("<rss><channel>"+strings.Join(tc.items, "")+"</channel></rss>"), nil, noon())
			if err != nil {
				t.Fatal(err)
			}
			keys := map[string]bool{}
			for _, e := range f.Entries {
				keys[e.Key] = true
			}
			if len(keys) != tc.want || len(f.Entries) != tc.want {
				t.Errorf("got %d entries, keys %v", len(f.Entries), keys)
			}
		})
	}
}

// An item keeps its identity when a new one comes before it, and does not take that of
// the one before.
func TestParseFeedOneLinkForAll(t *testing.T) {
	t.Parallel()
	const page = "https://a.example/live"
	read := func(titles ...string) map[string]string {
		var items [][3]string
		for i, title := range titles {
			items = append(items, [3]string{title, page + "#" + strconv.Itoa(len(titles)-i), ""})
		}
		f, err := feed.ParseFeed([]byte(rss(items...)), nil, noon())
		if err != nil || len(f.Entries) != len(titles) {
			t.Fatalf("got %v, %v", f, err)
		}
		keys := map[string]string{}
		for _, e := range f.Entries {
			keys[e.Title] = e.Key
		}
		return keys
	}
	before, after := read("Tweede kop", "Eerste kop"), read("Derde kop", "Tweede kop", "Eerste kop")
	if after["Tweede kop"] != before["Tweede kop"] || after["Derde kop"] == before["Tweede kop"] {
		t.Errorf("got %v, before %v", after, before)
	}
}

func TestParseFeedText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ title, description, wantTitle, wantLead string }{
		"entities twice":     {"D&amp;amp;#039;Haene &amp;amp; co", "x &amp;lt; y is een lange genoeg zin.", "D'Haene & co", "x < y is een lange genoeg zin."},
		"tags twice":         {"&amp;lt;b&amp;gt;Kop&amp;lt;/b&amp;gt; van de dag", "<![CDATA[&lt;p&gt;De match gaat door.&lt;/p&gt;&lt;p&gt;Lees ook: iets anders&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;]]>", "Kop van de dag", "De match gaat door."},
		"emoji stay":         {"📷 Foto&#8217;s van de fandag 👨‍👩‍👧", "", "📷 Foto’s van de fandag 👨‍👩‍👧", ""},
		"direction marks":    {"Genk \u202egnikrow\u202c wint\u200b", "", "Genk gnikrow wint", ""},
		"agency":             {"Kop van de dag", "(Belga) De match gaat door.", "Kop van de dag", "De match gaat door."},
		"cut stays cut":      {"Kop van de dag", "De winterse transferperiode is los, heel wat ploegen in ...", "Kop van de dag", "De winterse transferperiode is los, heel wat ploegen in ..."},
		"read on, Dutch":     {"Kop van de dag", "De match gaat door. &lt;a href='#'&gt;Lees meer »&lt;/a&gt;", "Kop van de dag", "De match gaat door."},
		"read on, French":    {"Kop van de dag", "Le match aura lieu. Lire la suite...", "Kop van de dag", "Le match aura lieu."},
		"another article":    {"Kop van de dag", "&lt;p&gt;LEES OOK: Anderlecht zoekt coach&lt;/p&gt;&lt;p&gt;De match gaat door.&lt;/p&gt;&lt;p&gt;Foto: © Fotobureau&lt;/p&gt;&lt;p&gt;Iedereen komt.&lt;/p&gt;&lt;br/&gt;Lire aussi : Le Standard cherche un coach", "Kop van de dag", "De match gaat door. Iedereen komt."},
		"scripts":            {"Kop&lt;script&gt;alert(1)&lt;/script&gt; van de dag", "", "Kop van de dag", ""},
		"no title":           {"", "De match van zaterdag gaat gewoon door. De rest volgt.", "De match van zaterdag gaat gewoon door.", "De match van zaterdag gaat gewoon door. De rest volgt."},
		"a less-than sign":   {"Gent &lt; Brugge", "", "Gent < Brugge", ""},
		"a title of one MB":  {strings.Repeat("Genk wint. ", 100_000), "", strings.TrimSpace(strings.Repeat("Genk wint. ", 37)[:400]) + "…", ""},
		"lines and controls": {"Genk\n\twint\x01 weer", "", "Genk wint weer", ""},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := "<rss><channel><item><link>https://a.example/x</link><title>" + tc.title + "</title><description>" + tc.description + "</description></item></channel></rss>"
			f, err := feed.ParseFeed([]byte(doc), nil, noon())
			if err != nil || len(f.Entries) != 1 {
				t.Fatalf("got %v, %v", f, err)
			}
			e := f.Entries[0]
			if name == "a title of one MB" {
				if n := len([]rune(e.Title)); n > 401 {
					t.Errorf("a title of %d", n)
				}
				return
			}
			if e.Title != tc.wantTitle || e.Lead != tc.wantLead {
				t.Errorf("got %q, %q", e.Title, e.Lead)
			}
		})
	}
}

// The picture of an item is one: a film is not.
func TestParseFeedImages(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]string{
		`<media:content url="https://a.example/foto.jpg"/>`:                                                                "https://a.example/foto.jpg",
		`<media:content url="https://a.example/foto.jpg" medium="image"/>`:                                                 "https://a.example/foto.jpg",
		`<media:content url="https://a.example/film.mp4" type="video/mp4"/>`:                                               "",
		`<media:content url="https://a.example/film" medium="video"/>`:                                                     "",
		`<media:content url="https://a.example/film" medium="video"/><media:thumbnail url="https://a.example/still.jpg"/>`: "https://a.example/still.jpg",
	} {
		doc := `<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>Kop van de dag</title><link>https://a.example/x</link>` + media + `</item></channel></rss>`
		f, err := feed.ParseFeed([]byte(doc), nil, noon())
		if err != nil || len(f.Entries) != 1 {
			t.Fatalf("got %v, %v", f, err)
		}
		if got := f.Entries[0].Image; got != want {
			t.Errorf("%s: got %q, want %q", media, got, want)
		}
	}
}

// A date that cannot be meant is none.
func TestParseFeedDates(t *testing.T) {
	t.Parallel()
	for given, dated := range map[string]bool{
		"Mon, 23 Nov 2026 10:30:00 +0100": true,
		"Mon, 23 Nov 2026 14:30:00 +0100": true, // an embargo
		"Mon, 23 Nov 2062 10:30:00 +0100": false,
		"Thu, 01 Jan 1970 00:00:00 +0000": false,
		"binnenkort":                      false,
		"":                                false,
	} {
		f, err := feed.ParseFeed([]byte(rss([3]string{"Genk wint met ruime cijfers", "https://a.example/x", given})), nil, noon())
		if err != nil || len(f.Entries) != 1 {
			t.Fatalf("%q: %v, %v", given, f, err)
		}
		if got := !f.Entries[0].Published.IsZero(); got != dated {
			t.Errorf("%q: dated is %v", given, got)
		}
	}
}

// A date that cannot be meant does not hide one that can.
func TestParseFeedDatesInTurn(t *testing.T) {
	t.Parallel()
	for name, item := range map[string]string{
		"the epoch":  "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate><dc:date>2026-11-23T09:00:00Z</dc:date>",
		"the future": "<pubDate>Mon, 23 Nov 2062 10:00:00 +0100</pubDate><dc:date>2026-11-23T09:00:00Z</dc:date>",
	} {
		doc := `<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>Kop van de dag</title><link>https://a.example/x</link>` + item + `</item></channel></rss>`
		f, err := feed.ParseFeed([]byte(doc), nil, noon())
		if err != nil || len(f.Entries) != 1 || !f.Entries[0].Published.Equal(noon().Add(-2*time.Hour)) {
			t.Errorf("%s: got %v, %v", name, f, err)
		}
	}
}

// An empty feed is a feed: the first item of a new publisher is news.
func TestParseFeedEmpty(t *testing.T) {
	t.Parallel()
	if f, err := feed.ParseFeed([]byte(rss()[len(`<?xml version="1.0" encoding="UTF-8"?>`):]), nil, noon()); err != nil || len(f.Entries) != 0 {
		t.Errorf("got %v, %v", f, err)
	}
}

// Documents that would hurt a parser. Any one of them ends the process, or takes
// gigabytes, if it reaches one.
func hostileFeeds() map[string]string {
	const size = 4 << 20
	return map[string]string{
		"nested":              "<rss>" + strings.Repeat("<a>", size/3),
		"nested in an item":   "<rss><channel><item>" + strings.Repeat("<a>", size/3),
		"nested, mismatched":  "<rss>" + strings.Repeat("<a></b>", size/7),
		"nested in a comment": "<!-- x --><rss>" + strings.Repeat("<a b='>'>", size/9),
		"tiny items":          "<rss><channel>" + strings.Repeat("<item/>", size/7),
		"attributes":          "<rss " + strings.Repeat(`a="" `, size/5) + ">",
		"attributes, bare":    "<rss " + strings.Repeat(`a `, size/2) + ">",
		"one text":            "<rss><channel><item><title>" + strings.Repeat("x", size-100),
		"one section":         "<rss><channel><item><title><![CDATA[" + strings.Repeat("x", size-100) + "]]>",
		"nested Atom":         "<feed>" + strings.Repeat("<content type='xhtml'><div>", size/28),
		"nested JSON":         `{"version":"https://jsonfeed.org/version/1.1","items":` + strings.Repeat("[", size-100),
		"tiny JSON items":     `{"version":"https://jsonfeed.org/version/1.1","items":[` + strings.Repeat("{},", size/3-100) + "{}]}",
	}
}

func TestParseFeedRefusesHostileDocuments(t *testing.T) {
	t.Parallel()
	for name, doc := range hostileFeeds() {
		t.Run(name, func(t *testing.T) {
			if _, err := feed.ParseFeed([]byte(doc), nil, noon()); err == nil {
				t.Error("accepted")
			}
		})
	}
}

// An entity that stands for itself many times is not expanded.
func TestParseFeedEntityBomb(t *testing.T) {
	t.Parallel()
	doc := `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
		<rss><channel><item><title>Kop met &c; erin</title><link>https://a.example/x</link></item></channel></rss>`
	f, err := feed.ParseFeed([]byte(doc), nil, noon())
	if err == nil && len(f.Entries) == 1 && len(f.Entries[0].Title) > 100 {
		t.Errorf("expanded: %q", f.Entries[0].Title)
	}
}

func FuzzParseFeed(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.xml")
	for _, file := range files {
		if doc, err := os.ReadFile(file); err == nil {
			f.Add(doc)
		}
	}
	f.Add([]byte(rss([3]string{"Kop", "https://a.example/x", "Mon, 23 Nov 2026 10:30:00 +0100"})))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"x"}]}`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title></entry></feed>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		got, err := feed.ParseFeed(doc, nil, noon())
		if err != nil {
			return
		}
		for _, e := range got.Entries {
			if e.Key == "" || e.Title == "" {
				t.Errorf("entry without key or title: %+v", e)
			}
		}
	})
}
