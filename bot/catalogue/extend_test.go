package catalogue_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func TestExtend(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	more, err := c.Extend("mine.toml", strings.NewReader("\ufeff"+`
as_of = "2027-01-05"

[[club]] # a new one
id = "sk-dorp"
label.nl = "SK Dorp"
division = "outside"
safe.any = ["SK Dorp"]
football.nl = ["Dorpelingen"]

[[club]] # in the place of the one that stands
id = "lommel"
label.nl = "Nieuw Lommel"
division = "second"
safe.any = ["Nieuw Lommel"]

[[club]] # added to the one that stands
id = "genk"
adds = true
stadiums = ["Mijnstadion"]
safe.any = ["Mijnwerkers van Genk"]

[[coach]]
id = "jan-modaal"
name = "Jan Modaal"
surname = "Modaal"
tenures = [{ club = "genk", from = "2027-01-02" }]

[[squad]]
team = "red-flames"
players = [{ name = "Tessa Voorbeeld", short = ["Voorbeeld"], from = "2026" }]

[[shared]]
name = "Mijnwerkers"
claims = ["club/genk", "club/patro-eisden"]
default = "club/genk"

[[guard]]
is = "other"
phrases = ["Dorp op school"]
`))
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]subscriptions.Topic{
		"dorpelingen":          "club/sk-dorp",
		"nieuw lommel":         "club/lommel",
		"mijnwerkers van genk": "club/genk",
		"krc genk":             "club/genk",
		"modaal":               "coach/jan-modaal",
	} {
		if f := more.Find(query); f.Entry == nil || f.Entry.Topic != want {
			t.Errorf("Find(%s) = %+v, want %s", query, f, want)
		}
	}
	if f := more.Find("soevereinstadion"); f.Entry != nil {
		t.Errorf("a name of the entry that was replaced is still found: %s", f.Entry.Topic)
	}
	if f := more.Find("mijnwerkers"); len(f.Candidates) != 2 {
		t.Errorf("Find(mijnwerkers) = %+v, want two candidates", f)
	}
	genk, _ := more.Entry("club/genk")
	if genk.Stadiums[0] != "Mijnstadion" || genk.Division != "first" {
		t.Errorf("genk after adding: %+v", genk)
	}
	if coach, _ := more.Coach("club/genk", date(t, "2027-02-01")); coach != "coach/jan-modaal" {
		t.Errorf("coach of Genk = %s", coach)
	}
	if flames, _ := more.Entry("team/red-flames"); len(flames.Squad) != 1 {
		t.Errorf("squad of the Red Flames = %+v", flames.Squad)
	}
	if !slices.ContainsFunc(more.Guards(), func(g catalogue.Guard) bool { return g.Phrase == "Dorp op school" }) {
		t.Error("the guard is missing")
	}
	if f := c.Find("dorpelingen"); f.Entry != nil {
		t.Error("Extend changed the catalogue it was called on")
	}
}

// TestExtendRefuses holds what an operator reads of a file that is wrong: where,
// and what.
func TestExtendRefuses(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, test := range []struct {
		name, file string
		want       []string
	}{
		{"no TOML", "[[club]\n", []string{"f.toml:1:"}},
		{"unknown key", "\n[[club]]\nid = \"x\"\ncolor = 3\n", []string{"f.toml:4: club.color: unknown key"}},
		{"unknown table", "[[clubs]]\nid = \"x\"\n", []string{"f.toml:1", "clubs"}},
		{"a number for a text", "[[club]]\nid = 3\n", []string{"f.toml:2:6: club.id: integer where text in quotes is wanted"}},
		{"a date without quotes", "as_of = 2026-11-23\n", []string{"f.toml:1:9: as_of: local date where text in quotes is wanted"}},
		{
			"a date of a tenure without quotes", "[[coach]]\nid = \"x-y\"\nname = \"X Y\"\ntenures = [{ club = \"genk\", from = 2026-11-23 }]\n",
			[]string{"f.toml:4:", "coach.tenures: local date where text in quotes is wanted"},
		},
		{"a role that is no text", "[[coach]]\nid = \"x-y\"\ntenures = [{ role = 1 }]\n", []string{"f.toml:3:", "integer where text in quotes is wanted"}},
		{"a text for a colour", "[[club]]\ncolour = \"red\"\n", []string{"club.colour: string where a whole number is wanted"}},
		{"a text for true", "[[club]]\nadds = \"true\"\n", []string{"club.adds: string where true or false is wanted"}},
		{"a text for a list", "[[guard]]\nphrases = \"x\"\n", []string{`guard.phrases: string where a list, like phrases = ["…"], is wanted`}},
		{"a number in a list", "[[guard]]\nphrases = [1]\n", []string{"guard.phrases: integer where text in quotes is wanted"}},
		{"names of no language", "[[club]]\nsafe = [\"X\"]\n", []string{`club.safe: array where a list for each language, like safe.any = ["…"], is wanted`}},
		{"one name for a list", "[[club]]\nsafe.any = \"X\"\n", []string{`club.safe.any: string where a list, like any = ["…"], is wanted`}},
		{"a label of no language", "[[club]]\nlabel = \"X\"\n", []string{`club.label: string where a text for each language, like label.nl = "…", is wanted`}},
		{"a number among tenures", "[[coach]]\ntenures = [1]\n", []string{"coach.tenures: integer where a table, { … }, is wanted"}},
		{"a text for tenures", "[[coach]]\ntenures = \"X\"\n", []string{"coach.tenures: string where a list of tables, like tenures = [{ … }], is wanted"}},
		{"no label", "[[club]]\nid = \"x\"\ndivision = \"first\"\n", []string{"f.toml:1", "label.nl is missing"}},
		{"no Dutch label", "[[club]]\nid = \"x\"\nlabel.fr = \"X\"\ndivision = \"first\"\n", []string{"label.nl is missing"}},
		{"bad id", "[[club]]\nid = \"FC X\"\nlabel.nl = \"X\"\ndivision = \"first\"\n", []string{`id = "FC X"`}},
		{"bad division", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"third\"\n", []string{`division = "third"`}},
		{"bad colour", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\ncolour = 0x1000000\n", []string{"colour"}},
		{"bad language", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\nsafe.es = [\"X\"]\n", []string{"safe.es: unknown language"}},
		{"name of nothing", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\nsafe.any = [\"!!\"]\n", []string{`"!!" is no name`}},
		{"coach of nothing", "[[coach]]\nid = \"x-y\"\nname = \" \"\n", []string{`f.toml:1: coach "x-y": " " is no name`}},
		{"surname of nothing", "[[coach]]\nid = \"x-y\"\nname = \"X Y\"\nsurname = \"!\"\n", []string{`f.toml:1: coach "x-y": "!" is no name`}},
		{
			"short name of nothing", "[[squad]]\nteam = \"red-flames\"\nplayers = [{ name = \"A B\", short = [\"\"] }]\n",
			[]string{`f.toml:1: player "A B": "" is no name`},
		},
		{"parent without side", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"u23\"\nparent = \"genk\"\n", []string{"parent and side"}},
		{"unknown parent", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"u23\"\nparent = \"nobody\"\nside = \"youth\"\n", []string{"parent club/nobody does not exist"}},
		{
			"duplicate id", "[[coach]]\nid = \"x-y\"\nname = \"X Y\"\n\n[[coach]]\nid = \"x-y\"\nname = \"X Y\"\n",
			[]string{`f.toml:5: id "x-y" of a coach stands at f.toml:1 already`},
		},
		{
			"a shared name twice", "[[shared]]\nname = \"Zwarte Wolf\"\nclaims = [\"club/genk\"]\n\n[[shared]]\nname = \"zwarte wolf\"\nlanguage = \"any\"\nclaims = [\"club/gent\"]\n",
			[]string{`f.toml:5: shared name "zwarte wolf" stands at f.toml:1 already`},
		},
		{
			"a squad twice", "[[squad]]\nteam = \"red-flames\"\nplayers = [{ name = \"A B\" }]\n[[squad]]\nteam = \"red-flames\"\nplayers = [{ name = \"C D\" }]\n",
			[]string{`f.toml:4: squad of team "red-flames" stands at f.toml:1 already`},
		},
		{
			"a name that two claim", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\nsafe.any = [\"malinwa\"]\n",
			[]string{`name "malinwa" is claimed by club/mechelen (clubs/first.toml:`, `and by club/x (f.toml:1)`, "[[shared]]"},
		},
		{
			"two new clubs with one name",
			"[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\nfootball.nl = [\"Grijze Wolf\"]\n[[club]]\nid = \"y\"\nlabel.nl = \"Y\"\ndivision = \"first\"\nword.any = [\"Grijze wolf\"]\n",
			[]string{"club/x", "club/y", "is claimed by"},
		},
		{
			"a shared name claimed outside its rule", "[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\nsafe.any = [\"Jan Breydel\"]\n",
			[]string{`name "Jan Breydel" of club/x (f.toml:1) has a [[shared]] rule`},
		},
		{
			"tenure that ends before it starts",
			"[[coach]]\nid = \"x-y\"\nname = \"X Y\"\ntenures = [{ club = \"genk\", from = \"2024-05-02\", to = \"2024-04\" }]\n",
			[]string{"f.toml:1", `coach "x-y"`, "it ends (2024-04) before it starts (2024-05-02)"},
		},
		{
			"no date", "[[coach]]\nid = \"x-y\"\nname = \"X Y\"\ntenures = [{ club = \"genk\", from = \"May 2024\" }]\n",
			[]string{`"May 2024" is no date`},
		},
		{
			"tenure nowhere", "[[coach]]\nid = \"x-y\"\nname = \"X Y\"\ntenures = [{ from = \"2024\" }]\n",
			[]string{"one of club, team or place"},
		},
		{
			"tenure at nobody", "[[coach]]\nid = \"x-y\"\nname = \"X Y\"\ntenures = [{ club = \"nobody\", from = \"2024\" }]\n",
			[]string{"coach/x-y (f.toml:1): tenure at club/nobody, which does not exist"},
		},
		{
			"unknown role", "[[coach]]\nid = \"x-y\"\nname = \"X Y\"\ntenures = [{ club = \"genk\", from = \"2024\", role = \"boss\" }]\n",
			[]string{`role = "boss"`},
		},
		{"adds to nothing", "[[club]]\nid = \"x\"\nadds = true\n", []string{"f.toml:1", "adds to club/x, which does not exist"}},
		{"id of a role", "[[coach]]\nid = \"of-genk\"\nname = \"Of Genk\"\n", []string{"kept for roles"}},
		{"squad of nobody", "[[squad]]\nteam = \"nobody\"\n", []string{"f.toml:1", `"nobody"`}},
		{"player twice", "[[squad]]\nteam = \"red-flames\"\nplayers = [{ name = \"A B\" }, { name = \"A B\" }]\n", []string{"stands twice"}},
		{
			"no safety of a short name", "[[squad]]\nteam = \"red-flames\"\nplayers = [{ name = \"A B\", short = [\"B\"], short_is = \"wird\" }]\n",
			[]string{`f.toml:1: player "A B": short_is = "wird": want safe, football, word or weak`},
		},
		{
			"no safety of a surname", "[[coach]]\nid = \"a-b\"\nname = \"A B\"\nsurname = \"B\"\nsurname_is = \"shared\"\n",
			[]string{`f.toml:1: coach "a-b": surname_is = "shared": want safe, football, word or weak`},
		},
		{
			"rule in a language that is none of ours", "[[shared]]\nname = \"Zwarte Wolf\"\nlanguage = \"vlaams\"\nclaims = [\"club/genk\"]\n",
			[]string{"f.toml:1", `shared name "Zwarte Wolf": language = "vlaams": want any, nl, fr, de or en`},
		},
		{
			"a name claimed outside its rule for any language",
			"[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\nsafe.nl = [\"Zwarte Wolf\"]\n[[shared]]\nname = \"Zwarte Wolf\"\nlanguage = \"any\"\nclaims = [\"club/genk\", \"club/gent\"]\n",
			[]string{`name "Zwarte Wolf" of club/x (f.toml:1) has a [[shared]] rule`},
		},
		{"rule without claim", "[[shared]]\nname = \"Zwarte Wolf\"\n", []string{`f.toml:1: shared name "Zwarte Wolf": nobody claims it`}},
		{
			"rule for nobody", "\n[[shared]]\nname = \"Zwarte Wolf\"\nclaims = [\"club/nobody\"]\n",
			[]string{`f.toml:2: shared name "Zwarte Wolf": club/nobody does not exist`},
		},
		{
			"two problems in one table", "[[club]]\nid = \"x\"\n",
			[]string{`f.toml:1: club "x" has no division`, "f.toml:1: label.nl is missing"},
		},
		{
			"rule that decides for an outsider", "[[shared]]\nname = \"Zwarte Wolf\"\nclaims = [\"club/genk\"]\ndefault = \"club/gent\"\n",
			[]string{"club/gent decides without a claim"},
		},
		{
			"meeting of one", "[[shared]]\nname = \"Wolfderby\"\nclaims = [\"club/genk\"]\nboth = true\n",
			[]string{"both = true wants two claims"},
		},
		{
			"meeting with a default", "[[shared]]\nname = \"Wolfderby\"\nclaims = [\"club/genk\", \"club/gent\"]\ndefault = \"club/gent\"\nboth = true\n",
			[]string{"no default and no cues"},
		},
		{"bad guard", "[[guard]]\nis = \"thing\"\nphrases = [\"x\"]\n", []string{"f.toml:1", `is = "thing"`}},
		{"bad date of the file", "as_of = \"today\"\n", []string{"f.toml", "as_of", `"today" is no date`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := c.Extend("f.toml", strings.NewReader(test.file))
			if err == nil {
				t.Fatalf("no error for:\n%s", test.file)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error does not say %q:\n%v", want, err)
				}
			}
		})
	}
}

// TestExtendTakesRulesByLanguage: a rule for "any" language is the same as one that
// names none.
func TestExtendTakesRulesByLanguage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, language, want string }{
		{"none", "", ""},
		{"any", `language = "any"`, ""},
		{"Dutch", `language = "nl"`, "nl"},
		{"English", `language = "en"`, "en"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := builtin(t).Extend("f.toml", strings.NewReader(
				"[[shared]]\nname = \"Zwarte Wolf\"\nclaims = [\"club/genk\", \"club/gent\"]\n"+test.language+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			rules := c.Rules()
			if got := rules[len(rules)-1]; got.Name != "Zwarte Wolf" || got.Language != test.want {
				t.Errorf("rule = %+v, want one of language %q", got, test.want)
			}
		})
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestExtendReadsCarefully(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	if _, err := c.Extend("broken.toml", brokenReader{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("broken reader: %v", err)
	}
	huge := io.LimitReader(endless{}, 1<<40)
	if _, err := c.Extend("huge.toml", huge); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("endless file: %v", err)
	}
	if _, err := c.Extend("empty.toml", strings.NewReader("")); err != nil {
		t.Errorf("empty file: %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '#'
	}
	return len(p), nil
}

// TestNewTenureEndsOldOnes: who adds the new job of a coach need not look for
// what it ends.
func TestNewTenureEndsOldOnes(t *testing.T) {
	t.Parallel()
	c, err := builtin(t).Extend("moves.toml", strings.NewReader(`
[[coach]]
id = "ivan-leko"
adds = true
tenures = [{ club = "genk", from = "2027-01-10" }]
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		club subscriptions.Topic
		at   string
		want subscriptions.Topic
	}{
		{"club/genk", "2027-01-09", "coach/jess-thorup"},
		{"club/genk", "2027-01-10", "coach/ivan-leko"},
		{"club/club-brugge", "2027-01-09", "coach/ivan-leko"},
		{"club/club-brugge", "2027-01-10", ""},
	} {
		if got, _ := c.Coach(test.club, date(t, test.at)); got != test.want {
			t.Errorf("coach of %s on %s = %q, want %q", test.club, test.at, got, test.want)
		}
	}
	for _, topic := range []subscriptions.Topic{"coach/ivan-leko", "coach/jess-thorup"} {
		e, _ := c.Entry(topic)
		open := 0
		for _, tenure := range e.Tenures {
			if tenure.At(date(t, "2027-02-01")) {
				open++
			}
		}
		if want := map[bool]int{true: 1, false: 0}[topic == "coach/ivan-leko"]; open != want {
			t.Errorf("%s has %d jobs, want %d", topic, open, want)
		}
	}
	leko, _ := c.Entry("coach/ivan-leko")
	if leko.Country != "HR" || leko.Label["nl"] != "Ivan Leko" {
		t.Errorf("adding a tenure changed the rest: %+v", leko)
	}
}
