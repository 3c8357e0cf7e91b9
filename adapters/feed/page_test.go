package feed_test

import (
	"html"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/adapters/feed"
)

// shared opens a file of real input, and skips the test where there is none.
func shared(t *testing.T, name string) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("SJOTBOT_SHARED"), "../../../shared", "../../../../shared"} {
		if dir == "" {
			continue
		}
		if text, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			return string(text)
		}
	}
	t.Skipf("no real input: %s is not here", name)
	return ""
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// A real article page, of which two thirds are something else, in the forms that
// a page can give its lines.
func TestParsePageRealArticle(t *testing.T) {
	t.Parallel()
	lines := strings.Split(shared(t, "seed/article.txt"), "\n")
	forms := map[string]string{
		"plain text":   strings.Join(lines, "\n"),
		"preformatted": "<html><body><pre>" + html.EscapeString(strings.Join(lines, "\n")) + "</pre></body></html>",
		"paragraphs":   "<html><body>" + each(lines, "<p>", "</p>") + "</body></html>",
		"breaks":       "<html><body>" + each(lines, "", "<br>") + "</body></html>",
		"divisions":    "<html><head><title>" + lines[0] + " | Voetbalnieuws</title></head><body><div>" + each(lines, "<div>", "</div>") + "</div></body></html>",
		"marked up":    markUp(lines),
	}
	for name, doc := range forms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page, err := feed.ParsePage([]byte(doc), mustURL(t, "https://www.voetbalnieuws.be/news/412345/borkelmans"), noon())
			if err != nil {
				t.Fatal(err)
			}
			a := page.Article
			if a == nil {
				t.Fatal("no article found")
			}
			if a.Title != lines[0] {
				t.Errorf("title %q", a.Title)
			}
			if !strings.HasPrefix(a.Lead, "Vital Borkelmans zoekt") || !strings.HasSuffix(a.Lead, "naar buiten.") {
				t.Errorf("lead %q", a.Lead)
			}
			if !strings.HasPrefix(a.Body, "Borkelmans laat weten") || !strings.HasSuffix(a.Body, "werkgever heeft gevonden.") {
				t.Errorf("body %q", a.Body)
			}
			if !a.Published.IsZero() {
				t.Errorf("dated %v, but it carries no date", a.Published)
			}
			if len(page.Entries) != 25 {
				t.Errorf("%d headlines beside it", len(page.Entries))
			}
			for _, e := range page.Entries {
				if !strings.HasSuffix(e.Lead, "...") || e.Reactions == 0 || !e.Published.IsZero() {
					t.Errorf("headline %+v", e)
				}
			}
		})
	}
}

func each(lines []string, open, end string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(open + html.EscapeString(line) + end + "\n")
	}
	return b.String()
}

// markUp gives the lines the elements that they have on their site.
func markUp(lines []string) string {
	var b strings.Builder
	b.WriteString("<html><head><title>x</title></head><body><nav><a href='/'>Home</a><a href='/transfers'>Alle transfers van de dag</a></nav><main><h1>" + html.EscapeString(lines[0]) + "</h1>")
	sidebar := false
	for i, line := range lines[1:] {
		line = html.EscapeString(line)
		switch {
		case line == "":
		case line == "Meest recent":
			sidebar = true
			b.WriteString("</main><aside><h2>" + line + "</h2>")
		case !sidebar:
			b.WriteString("<p>" + line + "</p>")
		case strings.HasSuffix(line, "..."):
			b.WriteString("<p>" + line + "</p>")
		case len(line) < 4:
			b.WriteString("<span>" + line + "</span>")
		case i < len(lines)-6:
			b.WriteString("<h3><a href='/news/4000" + string(rune('A'+i%26)) + "/x" + line[:3] + "'>" + line + "</a></h3>")
		}
	}
	b.WriteString("</aside></body></html>")
	return b.String()
}
