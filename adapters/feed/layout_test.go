package feed_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot"
)

// Invented list pages, one of each layout that news sites use, with the same two
// or three headlines.
func TestParsePageLayouts(t *testing.T) {
	t.Parallel()
	const (
		head1, head2 = "Bezembinders halen nieuwe doelman", "'Trainer Kanaries op weg naar buitenland'"
		lead1, lead2 = "De club uit de kempen stelde donderdag een nieuwe doelman voor, die eerder in ...", "Het zou een verrassing zijn, maar de trainer van de Kanaries voert gesprekken met ..."
	)
	both := []bot.Entry{
		{URL: "https://krant.example/news/5002/doelman", Key: "krant.example/5002", Title: head1, Lead: lead1, Number: 5002, Reactions: 13},
		{URL: "https://krant.example/news/5001/trainer", Key: "krant.example/5001", Title: head2, Lead: lead2, Number: 5001, Reactions: 7},
	}
	bare := []bot.Entry{
		{URL: both[0].URL, Key: both[0].Key, Title: head1, Number: 5002},
		{URL: both[1].URL, Key: both[1].Key, Title: head2, Number: 5001},
	}
	dated := []bot.Entry{both[0], both[1]}
	dated[0].Published = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	dated[1].Published = time.Date(2026, 11, 22, 17, 30, 0, 0, time.UTC)
	bareDated := []bot.Entry{bare[0], bare[1]}
	bareDated[0].Published, bareDated[1].Published = dated[0].Published, dated[1].Published
	l := strings.NewReplacer("H1", head1, "H2", head2, "L1", lead1, "L2", lead2, "U1", "/news/5002/doelman?utm_source=home", "U2", "/news/5001/trainer").Replace
	tests := map[string]struct {
		body string
		want []bot.Entry
	}{
		"articles with a heading that links": {l(`<article><h2><a href="U1">H1</a></h2><p>L1</p><span>13</span><span>13</span></article>
			<article><h2><a href="U2">H2</a></h2><p>L2</p><span>7</span><span>7</span></article>`), both},
		"cards that are one link": {l(`<ul><li><a href="U1"><img src="/a.jpg" alt="foto"><h3>H1</h3><p>L1</p><span>13</span><span>13</span></a></li>
			<li><a href="U2"><h3>H2</h3><p>L2</p><span>7</span></a></li></ul>`), both},
		"cards with a category before the headline": {l(`<div class="card"><a href="/club/bezem" >Bezembinders</a><a href="U1"><h3>H1</h3></a><div>L1</div><b>13</b></div>
			<div class="card"><a href="/club/kanarie">Kanaries</a><a href="U2"><h3>H2</h3></a><div>L2</div><b>7</b></div>`), both},
		"flat, one after another":         {l(`<h3><a href="U1">H1</a></h3><p>L1</p><i>13</i><i>13</i><h3><a href="U2">H2</a></h3><p>L2</p><i>7</i><i>7</i>`), both},
		"plain list of links":             {l(`<ul><li><a href="U1">H1</a></li><li><a href="U2">H2</a></li></ul>`), bare},
		"table":                           {l(`<table><tr><td>13</td><td><a href="U1">H1</a><br>L1</td></tr><tr><td>7</td><td><a href="U2">H2</a><br>L2</td></tr></table>`), both},
		"headline and read more":          {l(`<div><h2><a href="U1">H1</a></h2><p>L1</p><em>13</em><a href="U1">Lees meer</a></div><div><h2><a href="U2">H2</a></h2><p>L2</p><em>7</em><a href="U2">Lees meer</a></div>`), both},
		"dates before and behind":         {l(`<div><time datetime="2026-11-23T10:00:00+01:00">10:00</time><h2><a href="U1">H1</a></h2><p>L1</p><em>13</em></div><div><h2><a href="U2">H2</a></h2><p>L2</p><em>7</em><span>gisteren om 18:30</span></div>`), dated},
		"dates with a label":              {l(`<div><h2><a href="U1">H1</a></h2><span>Gepubliceerd op 23 november 2026 om 10:00</span><em>13</em><p>L1</p></div><div><h2><a href="U2">H2</a></h2><span>Publié le 22/11/2026 à 18h30, mis à jour à 19h00</span><p>L2</p><em>7</em></div>`), dated},
		"dates with reactions, no teaser": {l(`<div><h2><a href="U1">H1</a></h2><p>maandag 23 november 2026 om 10:00 | 13 reacties</p></div><div><h2><a href="U2">H2</a></h2><p>22/11/2026 à 18h30 • 7 réactions</p></div>`), bareDated},
		"twice on the page": {l(`<section><h2><a href="U1">H1</a></h2></section><section><h2><a href="U1">H1</a></h2><p>L1</p><u>13</u></section>
			<section><h2><a href="U2">H2</a></h2><p>L2</p><u>7</u></section>`), both},
		"a label above each headline": {l(`<ul><li><a href="U1"><div>Jupiler Pro League</div><div>H1</div><div>L1</div><div>13</div></a></li>
			<li><a href="U2"><div>Jupiler Pro League</div><div>H2</div><div>L2</div><div>7</div></a></li></ul>`), both},
		"a time before each headline": {l(`<ul><li><span>10:30</span> <a href="U1">H1</a></li><li><span class="hour">9u05</span><a href="U2">H2</a></li></ul>`), bare},
		"links before other things": {l(`<div class="item"><a href="U1">H1</a><div>L1</div><span class="comments">13</span></div>
			<div class="item"><a href="U2">H2</a><div class="share">Deel dit</div><div>L2</div><span class="comments">7</span></div>`), both},
		"within navigation and adverts": {l(`<nav><a href="/x/1">Alle nieuws van de eerste klasse</a></nav><div class="menu"><a href="/y/1">Alle nieuws van de tweede klasse</a></div>
			<article><h2><a href="U1">H1</a></h2><p>L1</p><s>13</s></article><div><a href="https://winkel.example/schoenen-nu">Nieuwe schoenen nu met korting</a></div>
			<article><h2><a href="U2">H2</a></h2><p>L2</p><s>7</s></article><footer><a href="/over-ons/wie">Wie zijn wij en wat doen wij</a></footer>`), both},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page, err := feed.ParsePage([]byte("<html><body><h1>Krant</h1>"+tc.body+"</body></html>"), mustURL(t, "https://krant.example/"), noon())
			if err != nil {
				t.Fatal(err)
			}
			if page.Article != nil {
				t.Errorf("taken for an article: %+v", page.Article)
			}
			if diff := cmp.Diff(tc.want, page.Entries, cmpopts.IgnoreFields(bot.Entry{}, "Image", "Section")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What leads to an article with a number is a headline, though lines that stand around
// articles begin so too.
func TestParsePageHeadlinesThatBeginLikeTrimmings(t *testing.T) {
	t.Parallel()
	const link = "/news/5002/shirt"
	for name, tc := range map[string]struct{ body, want string }{
		"a photo":                {`<h2><a href="` + link + `">FOTO: zo ziet het nieuwe shirt eruit</a></h2>`, "FOTO: zo ziet het nieuwe shirt eruit"},
		"reactions":              {`<li><a href="` + link + `">Reacties na de derby: "Schande"</a></li>`, `Reacties na de derby: "Schande"`},
		"a table":                {`<h3><a href="` + link + `">Stand van zaken bij de Kanaries</a></h3>`, "Stand van zaken bij de Kanaries"},
		"a preposition":          {`<a href="` + link + `"><h3>Door rood tegen de Kanaries</h3><p>De club moet zaterdag zonder haar kapitein ...</p></a>`, "Door rood tegen de Kanaries"},
		"a credit in the card":   {`<a href="` + link + `"><div>Foto: © Foto Nieuws</div><div>Bezembinders tonen nieuw shirt</div></a>`, "Bezembinders tonen nieuw shirt"},
		"a call in the card":     {`<h2><a href="` + link + `">Bezembinders tonen nieuw shirt</a></h2><p><a href="` + link + `">Reageer op dit artikel</a></p>`, "Bezembinders tonen nieuw shirt"},
		"a call to read on":      {`<p><a href="` + link + `">Lees het volledige artikel</a></p>`, ""},
		"a section":              {`<h2><a href="/nieuws/alle">Meer nieuws over de Kanaries</a></h2>`, ""},
		"a section of the table": {`<p><a href="/klassement/eerste-klasse">Klassement van de eerste klasse</a></p>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page, err := feed.ParsePage([]byte("<html><body><h1>Krant</h1><div>"+tc.body+"</div></body></html>"), mustURL(t, "https://krant.example/"), noon())
			if err != nil {
				t.Fatal(err)
			}
			if n := len(page.Entries); n != min(len(tc.want), 1) || n == 1 && page.Entries[0].Title != tc.want {
				t.Errorf("got %+v, want %q", page.Entries, tc.want)
			}
		})
	}
}

// An address is read as a browser reads it: it needs no slash.
func TestParsePageRelativeLinks(t *testing.T) {
	t.Parallel()
	for href, want := range map[string]string{
		"derby.html":                         "https://krant.example/voetbal/derby.html",
		"?id=12":                             "https://krant.example/voetbal/?id=12",
		"../sport/derby":                     "https://krant.example/sport/derby",
		"//m.krant.example/voetbal/derby":    "https://m.krant.example/voetbal/derby",
		" https://krant.example/sport/derby": "https://krant.example/sport/derby",
		"#reacties":                          "",
		"javascript:void(0)":                 "",
		"mailto:red@krant.example":           "",
	} {
		page, err := feed.ParsePage([]byte(`<html><body><ul><li><a href="`+href+`">Bezembinders winnen de derby</a></li></ul></body></html>`), mustURL(t, "https://krant.example/voetbal/"), noon())
		if err != nil {
			t.Fatal(err)
		}
		if n := len(page.Entries); n != min(len(want), 1) || n == 1 && page.Entries[0].URL != want {
			t.Errorf("%s: got %v, want %q", href, page.Entries, want)
		}
	}
}

const story = `De Bezembinders hebben zaterdag op eigen veld gewonnen van de Kanaries, die nochtans als favoriet naar de Kempen kwamen.
De thuisploeg kwam al na tien minuten op voorsprong via de nieuwe spits, die een verre uittrap van zijn doelman handig meenam.
Na de rust drongen de bezoekers aan, maar het slotoffensief leverde niets meer op dan een bal tegen de paal.`

func article(head, above, within, below string) string {
	p := strings.Split(story, "\n")
	return "<html><head><title>Bezembinders winnen de derby | Krant</title>" + head + "</head><body><nav><a href='/'>Krant</a></nav><main><h1>Bezembinders winnen de derby</h1>" +
		above + "<p><strong>" + p[0] + "</strong></p><p>" + p[1] + "</p>" + within + "<p>" + p[2] + "</p>" + below + "</main></body></html>"
}

// The date of an article page, wherever it is said.
func TestParsePageArticleDates(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		head, above string
		want        time.Time
	}{
		"none":             {"", "", time.Time{}},
		"JSON-LD":          {`<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"x","datePublished":"2026-11-23T10:00:00+01:00"}</script>`, "", at},
		"JSON-LD, a graph": {`<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],"datePublished":"2026-11-23T10:00:00+01:00"}]}</script>`, "", at},
		"JSON-LD, broken":  {`<script type="application/ld+json">{"@type":"NewsArticle",</script><meta property="article:published_time" content="2026-11-23T09:00:00Z">`, "", at},
		"JSON-LD, a list":  {`<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2026-11-23T10:00:00+01:00"}]}</script>`, "", time.Time{}},
		"JSON-LD, several": {`<script type="application/ld+json">[{"@type":"NewsArticle","datePublished":"2026-11-23T10:00:00+01:00"},{"@type":"NewsArticle","datePublished":"2026-11-20T10:00:00+01:00"}]</script>
			<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-19T10:00:00+01:00"}</script><meta name="date" content="2026-11-18">`, "", at},
		"JSON-LD, within":  {`<script type="application/ld+json">{"@type":"WebPage","datePublished":"2019-01-01","mainEntity":{"@type":"NewsArticle","datePublished":"2026-11-23T10:00:00+01:00"}}</script>`, "", at},
		"meta":             {`<meta property="article:published_time" content="2026-11-23T09:00:00Z">`, "", at},
		"time element":     {"", `<time datetime="2026-11-23T09:00:00Z">vanochtend</time>`, at},
		"Dutch":            {"", `<div>door Jan Janssens</div><div>Gepubliceerd op 23 november 2026 om 10:00</div>`, at},
		"French":           {"", `<div>Publié le 23/11/2026 à 10h00</div>`, at},
		"relative":         {"", `<span>2 uur geleden</span>`, at},
		"Dutch, changed":   {"", `<div>Gepubliceerd: maandag 23 november 2026, 10:00 | Laatst bijgewerkt: 23 november 2026, 11:00</div>`, at},
		"French, changed":  {"", `<div>Publié le 23/11/2026 à 10h00 - Mis à jour le 23/11/2026 à 11h00</div>`, at},
		"French, modified": {"", `<p>Publié le lundi 23 novembre 2026 à 10h00, modifié le lundi 23 novembre 2026 à 11h00</p>`, at},
		"French, brackets": {"", `<p>Publié le lundi 23 novembre 2026 à 10h00 (mis à jour le lundi 23 novembre 2026 à 11h00)</p>`, at},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page, err := feed.ParsePage([]byte(article(tc.head, tc.above, "", "")), mustURL(t, "https://krant.example/voetbal/derby"), noon())
			if err != nil || page.Article == nil {
				t.Fatalf("got %+v, %v", page, err)
			}
			if !page.Article.Published.Equal(tc.want) {
				t.Errorf("got %v, want %v", page.Article.Published, tc.want)
			}
			if lead, _, _ := strings.Cut(story, "\n"); page.Article.Lead != lead {
				t.Errorf("lead %q", page.Article.Lead)
			}
		})
	}
}

// What stands in and around an article and is not its text.
func TestParsePageArticleText(t *testing.T) {
	t.Parallel()
	p := strings.Split(story, "\n")
	doc := article("", `<div class="social-share"><a href="https://x.example">Deel dit artikel met vrienden</a></div><p>door Jan Janssens</p><p>Foto: © Fotobureau</p>`,
		`<p>LEES OOK: <a href="/voetbal/ander">Kanaries zoeken nieuwe trainer na vertrek</a></p><blockquote>An embedded message in another language, about something else entirely.</blockquote><p>Lire aussi : autre chose</p>`,
		`<p>Wie was voor jou de beste man op het veld?</p><div class="poll"><p>Stem hier op de man van de match van zaterdag</p></div>
		<h2>Meest recent</h2><div><h3><a href="/voetbal/kanaries-weer">Kanaries blijven hangen in onderste helft</a></h3><p>De Kanaries verloren ook de tweede match van de week en zakken weg in ...</p><span>4</span></div>`)
	page, err := feed.ParsePage([]byte(doc), mustURL(t, "https://krant.example/voetbal/derby"), noon())
	if err != nil || page.Article == nil {
		t.Fatalf("got %+v, %v", page, err)
	}
	a := page.Article
	if a.Title != "Bezembinders winnen de derby" || a.Lead != p[0] || a.Body != p[1]+"\n"+p[2] {
		t.Errorf("title %q\nlead %q\nbody %q", a.Title, a.Lead, a.Body)
	}
	if len(page.Entries) != 1 || page.Entries[0].Title != "Kanaries blijven hangen in onderste helft" || page.Entries[0].Reactions != 4 {
		t.Errorf("headlines %+v", page.Entries)
	}
}

func TestParsePageRefusesHostileDocuments(t *testing.T) {
	t.Parallel()
	const size = 4 << 20
	for name, doc := range map[string]string{
		"nested":        "<html>" + strings.Repeat("<div>", size/5),
		"nested inline": "<html>" + strings.Repeat("<b><i>", 20_000),
		"tiny elements": "<html>" + strings.Repeat("<p>", size/3),
		"attributes":    "<html><p " + strings.Repeat(`a="" `, size/5) + ">",
		"open quote":    "<html><p a='" + strings.Repeat("<div>", size/5),
		"empty":         " \n ",
	} {
		t.Run(name, func(t *testing.T) {
			if page, err := feed.ParsePage([]byte(doc), mustURL(t, "https://krant.example/"), noon()); err == nil && len(page.Entries) > 0 {
				t.Errorf("got %d entries", len(page.Entries))
			}
		})
	}
}

// Pages that are made to be slow: one link many times, many links in deep nesting,
// endless text. Cards without a bound once made the first of them take minutes.
func TestParsePageStaysQuick(t *testing.T) {
	t.Parallel()
	const link = "<p>x<a href='/q/w'>een kop van de dag over voetbal</a></p>"
	var links strings.Builder
	for i := range 14_000 {
		fmt.Fprintf(&links, "<li><a href='/q/w%d'>een kop van de dag nummer %d</a></li>", i, i)
	}
	for name, doc := range map[string]string{
		"one link, deep":    strings.Repeat("<div>", 480) + strings.Repeat(link, 14_000),
		"many links, deep":  strings.Repeat("<div>", 480) + links.String(),
		"a long article":    "<h1>Een kop van de dag</h1>" + strings.Repeat("<p>"+strings.Repeat("lorem ipsum ", 300)+"</p>", 1_000),
		"one line, no ends": strings.Repeat("<a href='/q/w'>een kop van de dag over voetbal", 20_000),
	} {
		page, err := feed.ParsePage([]byte("<html><body>"+doc), mustURL(t, "https://krant.example/"), noon())
		if err == nil && len(page.Entries) > 500 {
			t.Errorf("%s: %d entries", name, len(page.Entries))
		}
		if a := page.Article; a != nil && len(a.Body) > 100_000 {
			t.Errorf("%s: a body of %d bytes", name, len(a.Body))
		}
	}
}

func FuzzParsePage(f *testing.F) {
	f.Add([]byte(article("", "<time>2 uur geleden</time>", "<p>LEES OOK: x</p>", "<h2>Meest recent</h2>")))
	f.Add([]byte(`<ul><li><a href="/news/5002/doelman"><h3>Bezembinders halen nieuwe doelman</h3><p>De club stelde ...</p><span>13</span></a></li></ul>`))
	f.Add([]byte(`<pre>Een kop van de dag` + "\n" + `Een teaser ...` + "\n12\n12\n</pre>"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		page, err := feed.ParsePage(doc, mustURL(t, "https://krant.example/lijst"), noon())
		if err != nil {
			return
		}
		for _, e := range page.Entries {
			if e.Key == "" || e.Title == "" {
				t.Errorf("entry without key or title: %+v", e)
			}
		}
	})
}
