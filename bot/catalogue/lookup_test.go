package catalogue_test

import (
	"bufio"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// asked is one line of testdata/queries.tsv.
type asked struct {
	query string
	topic subscriptions.Topic
}

func queries(t testing.TB) []asked {
	t.Helper()
	file, err := os.Open("testdata/queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []asked
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		query, topic, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("no tab in %q", line)
		}
		all = append(all, asked{query, subscriptions.Topic(topic)})
	}
	return all
}

func topics(entries []catalogue.Entry) []subscriptions.Topic {
	var all []subscriptions.Topic
	for _, e := range entries {
		all = append(all, e.Topic)
	}
	return all
}

// TestCompleteFindsWhatFansMean holds the promise of the look-up: the right topic
// in the top three for at least 98 of 100 queries.
func TestCompleteFindsWhatFansMean(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	all := queries(t)
	if len(all) < 400 {
		t.Fatalf("%d queries, want at least 400", len(all))
	}
	missed := 0
	for _, ask := range all {
		if _, ok := c.Entry(ask.topic); !ok {
			t.Errorf("%q: topic %s does not exist", ask.query, ask.topic)
		}
		if found := topics(c.Complete(ask.query, "nl", 3)); !slices.Contains(found, ask.topic) {
			missed++
			t.Logf("%q: %v, want %s", ask.query, found, ask.topic)
		}
	}
	share := 1 - float64(missed)/float64(len(all))
	t.Logf("%d queries, %.1f %% in the top three", len(all), 100*share)
	if share < 0.98 {
		t.Errorf("%.1f %% of the queries in the top three, want 98 %%", 100*share)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, test := range []struct {
		query string
		want  subscriptions.Topic // certain
		among []subscriptions.Topic
	}{
		{query: "Club Brugge", want: "club/club-brugge"},
		{query: "  CLUB   brugge!! ", want: "club/club-brugge"},
		{query: "malinwa", want: "club/mechelen"},
		{query: "l’Union", want: "club/union-sg"},
		{query: "d'Anderlecht", want: "club/anderlecht"},
		{query: "fc genk", want: "club/genk"},
		{query: "zultewaregem", want: "club/zulte-waregem"},
		{query: "Mazzu", want: "coach/felice-mazzu"},
		{query: "hein", want: "coach/hein-vanhaezebrouck"},
		{query: "diables rouges", want: "team/rode-duivels"},
		{query: "coach van de Buffalo's", want: "coach/of-gent"},
		{query: "entraîneur de Malines", want: "coach/of-mechelen"},
		{query: "entraîneur des Diables Rouges", want: "coach/of-rode-duivels"},
		{query: "dem Trainer des FC Brügge", want: "coach/of-club-brugge"},
		{query: "den Roten Teufeln", want: "team/rode-duivels"},
		{query: "dem KRC Genk", want: "club/genk"},
		{query: "trainer de mil", want: "coach/rik-de-mil"},
		{query: "bondscoach", want: "coach/of-rode-duivels"},
		{query: "paars-wit", among: []subscriptions.Topic{"club/anderlecht", "club/beerschot", "club/patro-eisden"}},
		{query: "brugge", among: []subscriptions.Topic{"club/club-brugge", "club/cercle-brugge"}},
		{query: "luik", among: []subscriptions.Topic{"club/standard", "club/rfc-liege"}},
		{query: "still", among: []subscriptions.Topic{"coach/will-still", "coach/edward-still"}},
		{query: "kv", among: []subscriptions.Topic{"club/mechelen", "club/kortrijk"}},
		{query: "vanhazebrouck", among: []subscriptions.Topic{"coach/hein-vanhaezebrouck"}},
		{query: "Anderlehct", among: []subscriptions.Topic{"club/anderlecht"}},
		{query: ""},
		{query: "🎉 <b>"},
		{query: "real madrid"},
		{query: "union berlin"},
		{query: strings.Repeat("qxz ", 1000)},
	} {
		f := c.Find(test.query)
		var got subscriptions.Topic
		if f.Entry != nil {
			got = f.Entry.Topic
		}
		if diff := cmp.Diff(test.among, topics(f.Candidates)); got != test.want || diff != "" {
			t.Errorf("Find(%.40q) = %q, want %q; candidates (-want +got):\n%s", test.query, got, test.want, diff)
		}
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, test := range []struct {
		typed string
		want  []subscriptions.Topic
	}{
		{"", []subscriptions.Topic{"club/club-brugge", "team/rode-duivels", "club/anderlecht"}},
		{"krc genk", []subscriptions.Topic{"club/genk", "club/jong-genk", "club/genk-women"}},
		{"coach", []subscriptions.Topic{"coach/of-club-brugge", "coach/of-rode-duivels", "coach/of-anderlecht"}},
		{"coach beers", []subscriptions.Topic{"coach/of-beerschot"}},
		{"qqqq", []subscriptions.Topic{}},
	} {
		got := topics(c.Complete(test.typed, "nl", 3))
		if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Complete(%q) (-want +got):\n%s", test.typed, diff)
		}
	}
	if got := c.Complete("genk", "nl", 0); len(got) != 0 {
		t.Errorf("Complete with limit 0 returned %d entries", len(got))
	}
	if got := c.Complete("", "nl", -1); len(got) != 0 {
		t.Errorf("Complete with a negative limit returned %d entries", len(got))
	}
}

// TestCompleteWithLongNames types the beginning of names that are longer than what
// the look-up compares.
func TestCompleteWithLongNames(t *testing.T) {
	t.Parallel()
	c := withLongNames(t)
	for _, test := range []struct {
		name, typed string
		want        subscriptions.Topic
	}{
		{"a short beginning", "max", "coach/maximiliaan-alexander-vanderstraeten-vandenbroucke"},
		{"one with a typing error", "maximilaan", "coach/maximiliaan-alexander-vanderstraeten-vandenbroucke"},
		{"a short word of sixty letters", "xyl", "club/long"},
		{"as long as is compared", strings.Repeat("xylo", 10), "club/long"},
		{"longer than is compared", strings.Repeat("xylo", 15), "club/long"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := topics(c.Complete(test.typed, "nl", 5)); !slices.Contains(got, test.want) {
				t.Errorf("Complete(%q) = %v, want %s among them", test.typed, got, test.want)
			}
		})
	}
}

// withLongNames is the catalogue with a coach of four long names, and a club whose
// name is one word of sixty letters.
func withLongNames(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, err := builtin(t).Extend("long.toml", strings.NewReader(
		"[[club]]\nid = \"long\"\nlabel.nl = \"Long\"\ndivision = \"outside\"\nsafe.any = [\""+strings.Repeat("xylo", 15)+"\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	coach, err := c.Mint("Maximiliaan Alexander Vanderstraeten Vandenbroucke")
	if err != nil {
		t.Fatal(err)
	}
	return c.With(coach)
}

// TestCompleteForgivesOneTypo misspells the names of the well-known once each, a
// letter missing, swapped, wrong or too many in turn.
func TestCompleteForgivesOneTypo(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	random := rand.New(rand.NewPCG(1, 2)) // the same errors every time
	asked, missed := 0, 0
	for _, e := range c.Entries() {
		for _, n := range e.Names {
			typed := []rune(n.Text)
			if e.Popular < 30 || n.Safety == catalogue.Weak || n.Safety == catalogue.Shared || len(typed) < 5 {
				continue
			}
			at := 1 + random.IntN(len(typed)-2)
			switch asked++; asked % 4 {
			case 0:
				typed = slices.Delete(typed, at, at+1)
			case 1:
				typed[at], typed[at+1] = typed[at+1], typed[at]
			case 2:
				typed[at] = 'a' + random.Int32N(26)
			default:
				typed = slices.Insert(typed, at, 'a'+random.Int32N(26))
			}
			if found := topics(c.Complete(string(typed), "nl", 3)); !slices.Contains(found, e.Topic) {
				missed++
				t.Logf("%q for %q: %v, want %s", string(typed), n.Text, found, e.Topic)
			}
		}
	}
	t.Logf("%d names with an error, %d not in the top three", asked, missed)
	if missed*50 > asked || asked < 500 {
		t.Errorf("%d of %d names with an error not in the top three, want at most one in fifty", missed, asked)
	}
}
