package catalogue_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func builtin(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatalf("built-in catalogue: %v", err)
	}
	return c
}

func date(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestBuiltinIsWhole(t *testing.T) {
	t.Parallel()
	divisions := map[string]int{}
	for _, e := range builtin(t).Entries() {
		divisions[e.Division]++
		if e.AsOf.IsZero() {
			t.Errorf("%s has no date", e.Topic)
		}
		if e.RoleOf != "" {
			continue
		}
		if len(e.Names) == 0 {
			t.Errorf("%s has no name", e.Topic)
		}
		if e.Topic.Type() == "club" && e.Colour == 0 && !slices.Contains([]string{"lokeren", "roeselare", "eendracht-aalst", "olympic-charleroi", "diegem"}, e.Topic.ID()) {
			t.Errorf("%s has no colour, and is not black", e.Topic)
		}
		if e.Popular == 0 {
			t.Errorf("%s has no popularity", e.Topic)
		}
	}
	for division, want := range map[string]int{"first": 18, "second": 11} {
		if got := divisions[division]; got != want {
			t.Errorf("%d clubs in division %s, want %d", got, division, want)
		}
	}
}

// TestBuiltinHasAHeadCoachEverywhere holds the promise that the coach of each
// club of the first division, and of the national team, is known.
func TestBuiltinHasAHeadCoachEverywhere(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, e := range c.Entries() {
		if e.Division != "first" && e.Topic != "team/rode-duivels" {
			continue
		}
		coach, ok := c.Coach(e.Topic, e.AsOf)
		if !ok {
			t.Errorf("%s has no coach on %s", e.Topic, e.AsOf.Format(time.DateOnly))
			continue
		}
		if _, ok := c.Entry(coach); !ok {
			t.Errorf("coach %s of %s is not in the catalogue", coach, e.Topic)
		}
	}
}

func TestCoachAt(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, test := range []struct {
		club subscriptions.Topic
		at   string
		want subscriptions.Topic
	}{
		{"club/club-brugge", "2026-10-10", "coach/ivan-leko"},
		{"club/club-brugge", "2025-12-07", "coach/nicky-hayen"},
		{"club/club-brugge", "2018-03-01", "coach/ivan-leko"},
		{"club/club-brugge", "2016-05-01", "coach/michel-preudhomme"},
		{"club/anderlecht", "2021-11-01", "coach/vincent-kompany"},
		{"club/anderlecht", "2026-03-20", "coach/jeremy-taravel"},
		{"club/union-sg", "2025-10-12", ""},
		{"club/union-sg", "2025-10-14", "coach/david-hubert"},
		{"club/standard", "2025-08-26", "coach/mircea-rednic"},
		{"club/standard", "2025-08-27", "coach/vincent-euvrard"},
		{"team/rode-duivels", "2026-06-15", "coach/rudi-garcia"},
		{"team/rode-duivels", "2026-10-03", "coach/mark-van-bommel"},
		{"team/rode-duivels", "2018-07-10", "coach/roberto-martinez"},
		{"club/nobody", "2018-07-10", ""},
	} {
		if got, ok := c.Coach(test.club, date(t, test.at)); got != test.want || ok != (test.want != "") {
			t.Errorf("Coach(%s, %s) = %q, %v; want %q", test.club, test.at, got, ok, test.want)
		}
	}
}

func TestRoleTopics(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	role, ok := c.Entry("coach/of-club-brugge")
	if !ok || role.RoleOf != "club/club-brugge" || len(role.Names) != 0 {
		t.Fatalf("Entry(coach/of-club-brugge) = %+v, %v", role, ok)
	}
	if got := c.Name("coach/of-gent", "fr"); got != "La Gantoise" {
		t.Errorf("a role topic is called %q, not as its club", got)
	}
	if _, ok := c.Entry("coach/of-club-yla"); ok {
		t.Error("a women's side has a role topic, but nobody knows its coaches")
	}
}

func TestSaid(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, test := range []struct {
		topic          subscriptions.Topic
		language, want string
	}{
		{"team/rode-duivels", "nl", "de Rode Duivels"},
		{"team/rode-duivels", "fr", "les Diables Rouges"},
		{"team/rode-duivels", "de", "die Roten Teufel"},
		{"team/rode-duivels", "en", "the Red Devils"},
		{"club/union-sg", "nl", "Union SG"},
		{"club/union-sg", "fr", "l'Union Saint-Gilloise"},
		{"club/gent", "fr", "La Gantoise"},
		{"club/nobody", "fr", "nobody"},
	} {
		if got := c.Said(test.topic, test.language); got != test.want {
			t.Errorf("Said(%s, %s) = %q, want %q", test.topic, test.language, got, test.want)
		}
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, test := range []struct {
		topic    subscriptions.Topic
		language string
		want     string
	}{
		{"club/mechelen", "fr", "FC Malines"},
		{"club/mechelen", "xx", "KV Mechelen"},
		{"coach/michel-preudhomme", "de", "Michel Preud'homme"},
		{"coach/somebody-of-old", "nl", "somebody of old"},
	} {
		if got := c.Name(test.topic, test.language); got != test.want {
			t.Errorf("Name(%s, %s) = %q, want %q", test.topic, test.language, got, test.want)
		}
	}
}

func TestSquad(t *testing.T) {
	t.Parallel()
	team, _ := builtin(t).Entry("team/rode-duivels")
	tournament := 0
	for _, p := range team.Squad {
		if p.Tournament {
			tournament++
		}
		if p.ID == "kevin-de-bruyne" && !p.At(date(t, "2026-06-15")) {
			t.Error("De Bruyne was not in the picture at the World Cup")
		}
		if p.ID == "norman-bassette" && p.At(date(t, "2026-06-15")) {
			t.Error("Bassette was in the picture at the World Cup")
		}
	}
	if tournament != 26 {
		t.Errorf("%d players in the squad of the World Cup, want 26", tournament)
	}
}

func TestLookalikesAreOthers(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, e := range c.Entries() {
		for _, other := range e.Lookalikes {
			for _, n := range e.Names {
				if n.Part == catalogue.PartFull && n.Text == other {
					t.Errorf("%s is a lookalike of himself", e.Topic)
				}
			}
			if f := c.Find(other); f.Entry != nil {
				t.Errorf("lookalike %q of %s is found as %s", other, e.Topic, f.Entry.Topic)
			}
		}
	}
}

// TestSharedIDs checks that every id of the labelled files exists, where these
// files are at hand: beside the repository, or where SJOTBOT_SHARED points.
func TestSharedIDs(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob(filepath.Join(sharedFolder(t), "eval", "*.jsonl"))
	if len(files) == 0 {
		t.Skip("no labelled files beside the repository: ids not checked")
	}
	c := builtin(t)
	type labels struct {
		Clubs   []string `json:"clubs"`
		Coaches []string `json:"coaches"`
	}
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var item struct {
				ID      string `json:"id"`
				Labels  labels `json:"labels"`
				Passing labels `json:"passing"`
			}
			if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
				t.Fatalf("%s: %v", filepath.Base(path), err)
			}
			for _, club := range slices.Concat(item.Labels.Clubs, item.Passing.Clubs) {
				if _, ok := c.Entry(subscriptions.Topic("club/" + club)); !ok {
					t.Errorf("%s: no club %q", item.ID, club)
				}
			}
			for _, coach := range slices.Concat(item.Labels.Coaches, item.Passing.Coaches) {
				if _, ok := c.Entry(subscriptions.Topic("coach/" + coach)); !ok {
					t.Errorf("%s: no coach %q", item.ID, coach)
				}
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func sharedFolder(t *testing.T) string {
	t.Helper()
	if folder := os.Getenv("SJOTBOT_SHARED"); folder != "" {
		return folder
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for !exists(filepath.Join(root, "go.mod")) && filepath.Dir(root) != root {
		root = filepath.Dir(root)
	}
	if beside := filepath.Join(root, "..", "shared"); exists(beside) {
		return beside
	}
	return filepath.Join(root, "..", "..", "shared")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestMint(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, test := range []struct {
		name string
		want subscriptions.Topic // empty: refused
	}{
		{"Jan Modaal", "coach/jan-modaal"},
		{"  Zoë   d'Haese-Ümit ", "coach/zoe-dhaese-umit"},
		{"Jean-Louis St. Amand", "coach/jean-louis-st-amand"},
		{"IVAN LEKO", "coach/ivan-leko"},
		{"Ivan", ""},
		{"", ""},
		{"of Genk", ""},
		{"A B", ""},
		{"Jan <script>", ""},
		{"Jan Modaal 2", ""},
		{"- -", ""},
		{"wie wordt er nu eigenlijk de nieuwe coach", ""},
		{"Jan " + strings.Repeat("a", 80), ""},
		{"Jan \xff\xfe", ""},
		{"Jan 🎉", ""},
	} {
		e, err := c.Mint(test.name)
		if test.want == "" {
			if !errors.Is(err, catalogue.ErrNotAName) {
				t.Errorf("Mint(%q) = %s, %v; want ErrNotAName", test.name, e.Topic, err)
			}
			continue
		}
		if err != nil || e.Topic != test.want {
			t.Errorf("Mint(%q) = %s, %v; want %s", test.name, e.Topic, err, test.want)
		}
	}
}

func TestWithMinted(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	minted, err := c.Mint("Jan Modaal")
	if err != nil {
		t.Fatal(err)
	}
	leko, _ := c.Entry("coach/ivan-leko")
	leko.Names = nil
	with := c.With(minted, leko)
	if f := with.Find("modaal jan"); len(f.Candidates) != 1 || f.Candidates[0].Topic != "coach/jan-modaal" {
		t.Errorf("Find(modaal jan) = %+v", f)
	}
	if f := with.Find("Jan Modaal"); f.Entry == nil || f.Entry.Topic != "coach/jan-modaal" || !f.Entry.Minted {
		t.Errorf("Find(Jan Modaal) = %+v", f)
	}
	if f := with.Find("leko"); f.Entry == nil {
		t.Error("an entry of the catalogue was replaced by a minted one")
	}
	if f := c.Find("Jan Modaal"); f.Entry != nil {
		t.Error("With changed the catalogue it was called on")
	}
}

// TestNamesStandOnce keeps the files readable: in a language, an entry has a name
// once, at one safety.
func TestNamesStandOnce(t *testing.T) {
	t.Parallel()
	for _, e := range builtin(t).Entries() {
		for i, n := range e.Names {
			for _, m := range e.Names[:i] {
				sameLanguage := n.Language == m.Language || m.Language == ""
				if n.Text == m.Text && sameLanguage && n.Safety != catalogue.Weak {
					t.Errorf("%s has the name %q twice", e.Topic, n.Text)
				}
			}
		}
	}
}

// TestReadmeExample keeps the example of the data's README true.
func TestReadmeExample(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("data/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```toml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("no example in data/README.md")
	}
	c, err := builtin(t).Extend("README.md", strings.NewReader(example))
	if err != nil {
		t.Fatal(err)
	}
	if coach, _ := c.Coach("club/sk-dorp", date(t, "2026-12-01")); coach != "coach/jan-modaal" {
		t.Errorf("coach of the example = %q", coach)
	}
}

// TestGuardsAreNobodysName: a phrase that voids a name inside it cannot be the
// name of somebody else, who would lose it.
func TestGuardsAreNobodysName(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	phrases := map[string]string{}
	for _, g := range c.Guards() {
		phrases[g.Phrase] = "a guard"
	}
	for _, e := range c.Entries() {
		for _, p := range e.Not {
			phrases[p] = string(e.Topic)
		}
	}
	for _, e := range c.Entries() {
		for _, n := range e.Names {
			if by, ok := phrases[n.Text]; ok && n.Safety != catalogue.Weak {
				t.Errorf("%q is a name of %s, and void by %s", n.Text, e.Topic, by)
			}
		}
	}
}
