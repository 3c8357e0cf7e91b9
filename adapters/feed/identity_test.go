package feed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/feed"
)

func TestIdentify(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		link, guid, title string
		want              feed.Identity
	}{
		"id at the end, slug rewritten": {
			link: "https://www.hln.be/voetbal/live-gent-genk~a6c3b3ea/?utm_source=rss",
			want: feed.Identity{Key: "hln.be~a6c3b3ea", URL: "https://www.hln.be/voetbal/live-gent-genk~a6c3b3ea/"},
		},
		"mobile edition":           {link: "https://m.hln.be/voetbal/x~a6c3b3ea", want: feed.Identity{Key: "hln.be~a6c3b3ea", URL: "https://m.hln.be/voetbal/x~a6c3b3ea"}},
		"a long number at the end": {link: "https://sporza.be/nl/2026/07/17/keeper-weg~1784279414332/", title: "Keeper weg", want: feed.Identity{Key: "sporza.be~1784279414332", URL: "https://sporza.be/nl/2026/07/17/keeper-weg~1784279414332/"}},
		"a rolling page": {
			link: "https://sporza.be/nl/2026/07/17/x~1784279414332/", title: "Zomertransfers JPL: Gent haalt spits",
			want: feed.Identity{Key: "sporza.be~1784279414332#de8561046ec983c6", URL: "https://sporza.be/nl/2026/07/17/x~1784279414332/"},
		},
		"a growing number":        {link: "https://www.voetbalnieuws.be/news/412345/een-slug", want: feed.Identity{Key: "voetbalnieuws.be/412345", URL: "https://www.voetbalnieuws.be/news/412345/een-slug", Number: 412345}},
		"a growing number behind": {link: "https://www.rtl.be/sport/football/un-slug/article/712345", want: feed.Identity{Key: "rtl.be/712345", URL: "https://www.rtl.be/sport/football/un-slug/article/712345", Number: 712345}},
		"a date is no number":     {link: "https://krant.example/nieuws/2026/11/slug", want: feed.Identity{Key: "krant.example/nieuws/2026/11/slug", URL: "https://krant.example/nieuws/2026/11/slug"}},
		"a year is no number":     {link: "https://krant.example/nieuws/2026/genk-wint", want: feed.Identity{Key: "krant.example/nieuws/2026/genk-wint", URL: "https://krant.example/nieuws/2026/genk-wint"}},
		"a day is no number":      {link: "https://krant.example/article/20261123/genk-wint", want: feed.Identity{Key: "krant.example/article/20261123/genk-wint", URL: "https://krant.example/article/20261123/genk-wint"}},
		"a day is no file":        {link: "https://krant.example/uitslagen/20261123.html", want: feed.Identity{Key: "krant.example/uitslagen/20261123.html", URL: "https://krant.example/uitslagen/20261123.html"}},
		"a number like no day":    {link: "https://krant.example/news/20269923/slug", want: feed.Identity{Key: "krant.example/20269923", URL: "https://krant.example/news/20269923/slug", Number: 20269923}},
		"a numbered file":         {link: "https://www.hbvl.be/sport/voetbal/slug/162529809.html", want: feed.Identity{Key: "hbvl.be/162529809", URL: "https://www.hbvl.be/sport/voetbal/slug/162529809.html"}},
		"an old numbered file":    {link: "https://www.gva.be/cnt/dmf20190828_04581337", want: feed.Identity{Key: "gva.be/dmf20190828_04581337", URL: "https://www.gva.be/cnt/dmf20190828_04581337"}},
		"a number after the slug": {link: "https://www.rtbf.be/article/un-slug-11234567", want: feed.Identity{Key: "rtbf.be-11234567", URL: "https://www.rtbf.be/article/un-slug-11234567"}},
		"only a slug":             {link: "HTTPS://WWW.Krant.example/Nieuws/slug/#reacties", want: feed.Identity{Key: "krant.example/Nieuws/slug", URL: "https://www.krant.example/Nieuws/slug/"}},
		"a number in the query":   {link: "https://krant.example/artikel.php?utm_medium=rss&id=7&fbclid=x", want: feed.Identity{Key: "krant.example/artikel.php?id=7", URL: "https://krant.example/artikel.php?id=7"}},
		"the front page":          {link: "https://krant.example/", guid: "4711", want: feed.Identity{Key: "krant.example#4711", URL: "https://krant.example/"}},
		"no address":              {guid: "4711", want: feed.Identity{Key: "guid:4711"}},
		"a dangerous address":     {link: "javascript:alert(1)", guid: "4711", want: feed.Identity{Key: "guid:4711"}},
		"credentials":             {link: "https://user:secret@krant.example/a/b", want: feed.Identity{Key: "krant.example/a/b", URL: "https://krant.example/a/b"}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, feed.Identify(tc.link, tc.guid, tc.title)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A headline that is corrected stays the same article; one that moves does not.
func TestIdentifyRollingPage(t *testing.T) {
	t.Parallel()
	const page = "https://sporza.be/nl/2026/07/17/x~1784279414332/"
	for name, tc := range map[string]struct {
		first, second string
		same          bool
	}{
		"corrected":              {"Zomertransfers JPL: Gent haalt spits", "Zomertransfers JPL:  Gent haalt spits!", true},
		"moved":                  {"Zomertransfers JPL: Gent haalt spits", "Zomertransfers JPL: Genk verkoopt keeper", false},
		"moved, a stop behind":   {"LIVE TRANSFERS. Gent haalt spits", "LIVE TRANSFERS. Genk verkoopt keeper", false},
		"moved, in French":       {"Direct mercato : Gand engage un buteur", "Direct mercato : Genk vend son gardien", false},
		"a sentence is no label": {"Transfer afgerond. Gent haalt spits", "Transfer afgerond. Spits tekent in Gent", true},
		"a match is one page":    {"LIVE. Gent - Genk: 0-0", "LIVE. Gent - Genk: 1-0", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := feed.Identify(page, "", tc.first).Key, feed.Identify(page, "", tc.second).Key
			if (first == second) != tc.same {
				t.Errorf("%s, %s", first, second)
			}
		})
	}
}
