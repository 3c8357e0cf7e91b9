package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/tagging"
)

func testTagger(t *testing.T) *tagging.Tagger {
	t.Helper()
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return tagging.New(c)
}

// Identify answers each line in its place; a bad one costs only itself.
func TestIdentify(t *testing.T) {
	t.Parallel()
	in := strings.Join([]string{
		`{"id":"a","lang":"nl","source":"voetbalkrant.com","title":"Genk haalt doelman","unknown":1,"labels":"x","passing":[],"notes":5}`,
		``,
		`{"id":"b","title":7}`,
		`not JSON`,
		`{"id":"c"}`,
		`{"title":"Genk wint"}`,
		`{"id":7,"title":"Genk wint"}`,
		`{"id":"h","title":"…"`,
		`{"id":"d","title":"` + strings.Repeat("x", longestLine) + `"}`,
		`{"id":"e","lang":"fr","title":"Les pompiers de Charleroi en grève"}`,
	}, "\n")
	var out bytes.Buffer
	if err := identify(t.Context(), strings.NewReader(in), &out, testTagger(t)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		var a struct {
			identified
			Error string `json:"error"`
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		var what string
		switch {
		case a.Error != "":
			what = "error"
		case len(a.Topics) == 0:
			what = "none"
		default:
			what = string(a.Topics[0].Topic) + " " + string(a.Topics[0].Level) + " " + a.Topics[0].Evidence[0].Text
		}
		got = append(got, a.ID+": "+what)
	}
	want := "a: club/genk about Genk|b: error|: error|c: error|: error|7: error|h: error|d: error|e: none"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "labelled.jsonl")
	err := os.WriteFile(file, []byte(`{"id":"1","lang":"nl","source":"voetbalkrant.com","title":"Genk haalt doelman","labels":{"clubs":["genk"]},"kind":"fact"}
{"id":"2","lang":"nl","source":"voetbalkrant.com","title":"Gent haalt spits","labels":{"clubs":["genk"]},"kind":"fact"}
`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := evaluate(t.Context(), []string{file}, &out, testTagger(t), true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"precision 0.500  recall 0.500", "exact sets 0.500 (1 of 2)", "2: Gent haalt spits", "extra  [club/gent]", "stories 2 of 2 items"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q:\n%s", want, out.String())
		}
	}
	if err := evaluate(t.Context(), []string{file + "x"}, &out, testTagger(t), false); err == nil {
		t.Error("a file that is not there: no error")
	}
}
