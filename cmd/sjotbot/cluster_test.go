package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/tagging"
)

func builtinTagger(t testing.TB) *tagging.Tagger {
	t.Helper()
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return tagging.New(c)
}

func TestCluster(t *testing.T) {
	t.Parallel()
	in := strings.Join([]string{
		`{"id":"a","lang":"nl","source":"krant.example","url":"https://krant.example/voetbal/mignolet","title":"Mignolet weken out bij Club Brugge","teaser":"De doelman viel zaterdag uit met een spierblessure.","published":"2026-11-23T10:00:00Z"}`,
		`{"id":"b","lang":"fr","source":"journal.example","title":"Club de Bruges : Mignolet forfait pour plusieurs semaines","teaser":"Le gardien est touché à la cuisse.","published":"2026-11-23T11:00:00Z"}`,
		`{"id":"c","lang":"nl","title":"Club Brugge krijgt vergunning voor nieuw stadion","teaser":"De Vlaamse regering keurt de bouw goed.","published":"2026-11-23T11:30:00Z","unknown":1,"labels":"x"}`,
		`{"id":"d"}`, `{"id":"d2","title":"Club`, `no json`, ``,
		`{"id":"e","lang":"nl","url":"https://www.krant.example/voetbal/mignolet?utm_source=x","title":"Mignolet weken out bij Club Brugge"}`,
	}, "\n")
	var out bytes.Buffer
	if err := cluster(t.Context(), strings.NewReader(in), &out, builtinTagger(t)); err != nil {
		t.Fatal(err)
	}
	var got [][3]string
	for line := range strings.Lines(out.String()) {
		var answer struct{ ID, Story, Relation, Error string }
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Error != "" {
			answer.Relation = "error"
		}
		got = append(got, [3]string{answer.ID, answer.Story, answer.Relation})
	}
	want := [][3]string{{"a", "s1", "new"}, {"b", "s1", "same"}, {"c", "s2", "new"}, {"d", "", "error"}, {"d2", "", "error"}, {"", "", "error"}, {"e", "s1", "same"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, out.String())
	}
}

// An invented news day in two languages, through the tagger: what tells one story
// is mostly found, and two stories are never joined.
func TestClusterNewsDay(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/newsday.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	joined, apart := clusterLabelled(t, string(text))
	if joined < 16 {
		t.Errorf("%d tellings joined, %d not", joined, apart)
	}
}

// On real items, labelled by hand: what is marked as one story must be joined, and
// nothing else.
func TestClusterRealItems(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"eval/dev.jsonl", "eval/seed.jsonl"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			if _, apart := clusterLabelled(t, realInput(t, file)); apart > 0 {
				t.Errorf("%d tellings stay apart", apart)
			}
		})
	}
}

// clusterLabelled clusters labelled items and counts those that joined the story
// of their group, and those that did not. Joining another is an error.
func clusterLabelled(t *testing.T, text string) (joined, apart int) {
	t.Helper()
	c := newClusterer(builtinTagger(t))
	first := map[string]tagging.Record{} // the first article of each story
	groups := map[string]string{}        // the story of each dup-group
	for line := range strings.Lines(text) {
		rec, err := tagging.ParseRecord([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		answer, group := c.place(rec), dupGroup(rec.Notes)
		earlier, known := first[answer.Story]
		if known && (group == "" || dupGroup(earlier.Notes) != group) {
			t.Errorf("joined by mistake (%s):\n  %s\n  %s", answer.Why, earlier.Title, rec.Title)
		} else if !known {
			first[answer.Story] = rec
		}
		switch story, ok := groups[group]; {
		case group == "":
		case !ok:
			groups[group] = answer.Story
		case story == answer.Story:
			joined++
		default:
			apart++
			t.Logf("stays apart: %s", rec.Title)
		}
	}
	t.Logf("%d articles, %d stories, %d joined, %d stay apart", len(c.ids), c.stories, joined, apart)
	return joined, apart
}

// realInput reads a file of real items, and skips the test where there is none.
func realInput(t *testing.T, name string) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("SJOTBOT_SHARED"), "../../../shared", "../../../../shared"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); dir != "" && err == nil {
			return string(text)
		}
	}
	t.Skipf("no real input: %s is not here", name)
	return ""
}

// dupGroup returns the group of items that tell one story, from a label's notes.
func dupGroup(notes string) string {
	_, rest, _ := strings.Cut(notes, "dup-group:")
	group, _, _ := strings.Cut(rest, ";")
	return group
}
