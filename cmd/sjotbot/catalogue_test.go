package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

func catalogueRun(t *testing.T, args ...string) (string, error) {
	t.Helper()
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	_, asked, err := parse(append([]string{"catalogue"}, args...))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = runCatalogue(t.Context(), asked, c, &out, time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC))
	return out.String(), err
}

func TestCatalogueUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		nil,
		{"improve"},
		{"show"},
		{"show", ""},
		{"show", " ", ""},
		{"check", "a", "b"},
		{"propose", "now"},
		{"propose", "--endpoint", "ftp://x"},
		{"propose", "--endpoint", ":"},
		{"propose", "--timeout", "-1s"},
		{"propose", "--wrong"},
	} {
		out, err := catalogueRun(t, args...)
		if _, wrong := errors.AsType[usageError](err); !wrong || out != "" {
			t.Errorf("catalogue %q: %v, want wrong usage, and no result:\n%s", args, err, out)
		}
	}
	if out, err := catalogueRun(t, "help"); err != nil || !strings.HasPrefix(out, "Usage:") {
		t.Errorf("catalogue help = %q, %v", out, err)
	}
}

func TestCatalogueCheck(t *testing.T) {
	t.Parallel()
	out, err := catalogueRun(t, "check")
	if err != nil || !strings.HasPrefix(out, "sound: ") {
		t.Errorf("check = %q, %v", out, err)
	}
	folder := t.TempDir()
	good, bad := filepath.Join(folder, "good.toml"), filepath.Join(folder, "bad.toml")
	write(t, good, "[[club]]\nid = \"sk-dorp\"\nlabel.nl = \"SK Dorp\"\ndivision = \"outside\"\n\n[[coach]]\nid = \"ivan-leko\"\nadds = true\nfootball.any = [\"Ivan de Grote\"]\n")
	write(t, bad, "[[club]]\nid = \"sk-dorp\"\nlabel.nl = \"SK Dorp\"\ndivision = \"outside\"\nsafe.any = [\"Essevee\"]\n")
	out, err = catalogueRun(t, "check", good)
	if err != nil || !strings.HasPrefix(out, "~ coach/ivan-leko  Ivan Leko\n+ club/sk-dorp  SK Dorp\nsound: ") {
		t.Errorf("check good.toml = %q, %v", out, err)
	}
	if out, err = catalogueRun(t, "check", bad); err == nil || !strings.Contains(err.Error(), "and by club/sk-dorp ("+bad+":1)") {
		t.Errorf("check bad.toml = %q, %v", out, err)
	}
	if _, err = catalogueRun(t, "check", filepath.Join(folder, "none.toml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("check of a file that does not exist: %v", err)
	}
}

// TestCatalogueCheckOfRules: whom a shared name means, and what only looks like one of
// ours, is said by no entry.
func TestCatalogueCheckOfRules(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "rules.toml")
	write(t, file, `
[[shared]]
name = "Paars-Wit"
claims = ["club/anderlecht", "club/beerschot"]
default = "club/beerschot"

[[shared]]
name = "Zwarte Wolf"
language = "nl"
claims = ["club/genk"]

[[guard]]
is = "other"
phrases = ["Dorp op school", "Genk Jazz"]
`)
	out, err := catalogueRun(t, "check", file)
	changes, _, _ := strings.Cut(out, "sound: ")
	want := `~ club/anderlecht  RSC Anderlecht
~ club/genk  KRC Genk
~ club/beerschot  Beerschot
~ club/patro-eisden  Patro Eisden
~ shared name "Paars-Wit" (every language)
+ shared name "Zwarte Wolf" (nl)
+ not ours: Dorp op school
+ not ours: Genk Jazz
`
	if diff := cmp.Diff(want, changes); diff != "" || err != nil {
		t.Errorf("what changes (-want +got), %v:\n%s", err, diff)
	}
}

// TestCatalogueCheckOfTheConfiguredFile: what FILE changes is told of the file that the
// configuration names already, too, and of the one that is to take its place.
func TestCatalogueCheckOfTheConfiguredFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	mine, unsound := filepath.Join(folder, "mine.toml"), filepath.Join(folder, "unsound.toml")
	write(t, mine, "[[club]]\nid = \"sk-dorp\"\nlabel.nl = \"SK Dorp\"\ndivision = \"outside\"\n")
	write(t, unsound, "[[club]]\nid = \"sk-dorp\"\n")
	for name, configured := range map[string]string{"the same": mine, "an unsound one": unsound} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := writeConfig(t, fmt.Sprintf("[catalogue]\nfile = %q\n", configured))
			var out, diagnostics strings.Builder
			p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
			status := p.main(t.Context(), []string{"catalogue", "check", mine, "--config", config})
			if status != exitDone || !strings.HasPrefix(out.String(), "+ club/sk-dorp  SK Dorp\nsound: ") {
				t.Errorf("exit status %d, stdout %q, stderr %q", status, out.String(), diagnostics.String())
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCatalogueShow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		want []string
	}{
		{"malinwa", []string{`club/mechelen  "Malinwa"  safe  every language`, "coach today: coach/fred-vanderbiest", "division: first"}},
		{"Brugse derby", []string{"their meeting, both at once: club/club-brugge, club/cercle-brugge", "asked to choose"}},
		{"paars-wit", []string{"rule for \"paars-wit\"", "else, with Kiel, Mannekes: club/beerschot", "else: club/anderlecht", "asked to choose", "club/anderlecht  RSC Anderlecht"}},
		{"ivan leko", []string{"club/club-brugge, head", "club/standard, head"}},
		{"Union", []string{"not ours: ", "Union Namur", "Union Berlin"}},
		{"bondscoach", []string{"coach/of-rode-duivels", "the coach of team/rode-duivels", "coach/mark-van-bommel"}},
	} {
		out, err := catalogueRun(t, "show", test.name)
		if err != nil {
			t.Errorf("show %s: %v", test.name, err)
		}
		for _, want := range test.want {
			if !strings.Contains(out, want) {
				t.Errorf("show %s does not say %q:\n%s", test.name, want, out)
			}
		}
	}
	if _, err := catalogueRun(t, "show", "qqqq"); err == nil {
		t.Error("show of a name that nobody has: no error")
	}
}

// row writes one row of a SPARQL answer, of names and values in turn.
func row(pairs ...string) string {
	fields := map[string]map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fields[pairs[i]] = map[string]string{"type": "literal", "value": pairs[i+1]}
	}
	line, err := json.Marshal(fields)
	if err != nil {
		panic(err) // strings in maps cannot fail
	}
	return string(line)
}

func sparql(rows ...string) string {
	return `{"head": {"vars": []}, "results": {"bindings": [` + strings.Join(rows, ",\n") + `]}}`
}

const entity = "http://www.wikidata.org/entity/"

// TestCataloguePropose holds what a person reads who reviews proposals. The
// server is on loopback; its persons are invented.
func TestCataloguePropose(t *testing.T) {
	t.Parallel()
	coaches := sparql(
		// nothing new, and a former coach whose end nobody wrote down
		row("club", entity+"Q1", "clubLabel", "Club Brugge KV", "coach", entity+"Q10", "coachLabel", "Ivan Leko", "from", "2025-12-08T00:00:00Z"),
		row("club", entity+"Q1", "clubLabel", "Club Brugge KV", "coach", entity+"Q11", "coachLabel", "Nicky Hayen", "from", "2024-03-18T00:00:00Z"),
		// a coach who is known elsewhere
		row("club", entity+"Q2", "clubLabel", "KRC Genk", "coach", entity+"Q12", "coachLabel", "Besnik Hasi", "from", "2026-11-28T00:00:00Z"),
		// a new person
		row("club", entity+"Q3", "clubLabel", "KVC Westerlo", "coach", entity+"Q13", "coachLabel", "Jan \u001bModaal", "from", "2026-11-20T00:00:00Z"),
		// older than ours, and without a date
		row("club", entity+"Q4", "clubLabel", "KAA Gent", "coach", entity+"Q14", "coachLabel", "Ivan Leko", "from", "2025-06-01T00:00:00Z"),
		row("club", entity+"Q5", "clubLabel", "RSC Anderlecht", "coach", entity+"Q15", "coachLabel", "Piet Modaal"),
		// a club we do not have, the national team, and rows that make no sense
		row("club", entity+"Q6", "clubLabel", "FC Nergens", "coach", entity+"Q16", "coachLabel", "Piet Modaal"),
		row("club", entity+"Q166776", "clubLabel", "voetbalploeg", "coach", entity+"Q17", "coachLabel", "Q17", "from", "2026-11-30T00:00:00Z"),
		row("club", "nonsense", "coach", entity+"Q18"),
		row("club", entity+"Q19"),
	)
	squad := sparql(
		row("player", entity+"Q20", "playerLabel", "Nieuwe Jongen", "from", "2026-10-01T00:00:00Z"),
		row("player", entity+"Q21", "playerLabel", "Oude Man", "from", "1999-10-01T00:00:00Z"),
		row("player", entity+"Q22", "playerLabel", "Axel Witsel", "from", "2008-01-01T00:00:00Z", "to", "2026-09-01T00:00:00Z"),
		row("player", entity+"Q23", "playerLabel", "Jeremy Doku", "from", "2020-01-01T00:00:00Z"),
	)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query().Get("query")
		if !strings.Contains(r.UserAgent(), "sjotbot") || r.URL.Query().Get("format") != "json" || r.URL.Query().Get("key") != "kept" {
			http.Error(w, "unknown caller", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "application/sparql-results+json")
		if strings.Contains(query, "P286") {
			fmt.Fprint(w, coaches)
		} else {
			fmt.Fprint(w, squad)
		}
	}))
	defer server.Close()
	out, err := catalogueRun(t, "propose", "--endpoint", server.URL+"/sparql?key=kept")
	if err != nil {
		t.Fatal(err)
	}
	const want = `~ club/genk  KRC Genk (Q2)
  - coach/jess-thorup since 2026-07-01
  + coach/besnik-hasi since 2026-11-28 by Wikidata (Q12)
    [[coach]]
    id = "besnik-hasi"
    adds = true
    tenures = [{ club = "genk", from = "2026-11-28" }]
~ club/westerlo  Westerlo (Q3)
  - coach/issame-charai since 2025-06-17
  + coach/jan-modaal, a new person "Jan Modaal", since 2026-11-20 by Wikidata (Q13)
    [[coach]]
    id = "jan-modaal"
    name = "Jan Modaal"
    tenures = [{ club = "westerlo", from = "2026-11-20" }]
? club "FC Nergens" (Q6) is not in the catalogue; its coach there: Piet Modaal
~ team/rode-duivels  Rode Duivels (Q166776)
  - coach/mark-van-bommel since 2026-08-01
  + "Q17", whose name is no full name, since 2026-11-30 by Wikidata (Q17)
+ team/rode-duivels  squad: Nieuwe Jongen (Q20), since 2026-10-01 by Wikidata
- team/rode-duivels  squad: Axel Witsel (Q22), until 2026-09-01 by Wikidata
6 proposals from 8 statements on coaches and 4 on players. Nothing was changed: check each before you write it into a file.
`
	if diff := cmp.Diff(want, out); diff != "" {
		t.Errorf("proposals (-want +got):\n%s", diff)
	}
	// What was proposed can be pasted.
	c, _ := catalogue.Builtin()
	pasted := "[[coach]]\nid = \"besnik-hasi\"\nadds = true\ntenures = [{ club = \"genk\", from = \"2026-11-28\" }]\n" +
		"[[coach]]\nid = \"jan-modaal\"\nname = \"Jan Modaal\"\ntenures = [{ club = \"westerlo\", from = \"2026-11-20\" }]\n"
	more, err := c.Extend("pasted.toml", strings.NewReader(pasted))
	if err != nil {
		t.Fatal(err)
	}
	if coach, _ := more.Coach("club/genk", time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)); coach != "coach/besnik-hasi" {
		t.Errorf("coach of Genk after pasting: %s", coach)
	}
}

// TestCatalogueProposeFails: whatever the other side does, a person reads why.
func TestCatalogueProposeFails(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		want    string
	}{
		{"busy", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
		}, `status 429, come back after "30" s`},
		{"down", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, "status 502"},
		{"a page", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, "read the answer"},
		{"other JSON", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }, "no results in it"},
		{"endless", func(w http.ResponseWriter, _ *http.Request) {
			chunk := []byte(strings.Repeat(" ", 1<<20))
			for range maxWikidata>>20 + 2 {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}, "larger than 16 MB"},
		{"silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "deadline exceeded"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(test.handler)
			defer server.Close()
			timeout := "10s"
			if test.name == "silent" {
				timeout = "50ms"
			}
			out, err := catalogueRun(t, "propose", "--endpoint", server.URL, "--timeout", timeout)
			if err == nil || !strings.Contains(err.Error(), test.want) || out != "" {
				t.Errorf("propose = %q, %v; want an error that says %q", out, err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "SELECT") {
				t.Errorf("the error repeats the query: %v", err)
			}
		})
	}
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out strings.Builder
	if err := runCatalogue(ctx, call{args: []string{"propose"}, endpoint: "http://127.0.0.1:1", timeout: time.Minute}, c, &out, time.Now()); !errors.Is(err, context.Canceled) {
		t.Errorf("propose after Ctrl-C: %v", err)
	}
}

func FuzzWikidata(f *testing.F) {
	f.Add(sparql(row("club", entity+"Q2", "clubLabel", "KRC Genk", "coach", entity+"Q12", "coachLabel", "Jan Modaal", "from", "2026-11-28T00:00:00Z")))
	f.Add(`{"results": {"bindings": [{"club": null}]}}`)
	c, err := catalogue.Builtin()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		rows, err := readBindings(strings.NewReader(body))
		if err != nil {
			return
		}
		now := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		for _, proposal := range append(proposeCoaches(c, posts(rows), now), proposeSquad(c, players(rows), now)...) {
			if strings.ContainsAny(proposal, "\x00\x1b\r") {
				t.Errorf("control characters in %q", proposal)
			}
		}
	})
}

// A player of the squad who becomes a coach gets a topic of his own; what is no name gets none.
func TestCoachOf(t *testing.T) {
	t.Parallel()
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		topic subscriptions.Topic
		known bool
	}{
		"Ivan Leko":       {"coach/ivan-leko", true},
		"Kevin De Bruyne": {"coach/kevin-de-bruyne", false},
		"Jan Modaal":      {"coach/jan-modaal", false},
		"Q17":             {"", false},
	} {
		if topic, known := coachOf(c, name); topic != want.topic || known != want.known {
			t.Errorf("%s: %s, known %t; want %s, %t", name, topic, known, want.topic, want.known)
		}
	}
}
