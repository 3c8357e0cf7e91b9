package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

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

// A caller may wait for the answer to one line before it writes the next, be the line
// good or bad.
func TestAnswersComeOneByOne(t *testing.T) {
	t.Parallel()
	tagger := testTagger(t)
	for name, run := range map[string]func(context.Context, io.Reader, io.Writer, *tagging.Tagger) error{
		"identify": identify, "cluster": cluster,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				in, lines := io.Pipe()
				answers, out := io.Pipe()
				go func() { out.CloseWithError(run(t.Context(), in, out, tagger)) }()
				read := bufio.NewReader(answers)
				for _, line := range []string{`{"id":"a","title":"Genk wint"}`, `{"id":"b"}`, `not JSON`, `{"id":"c","title":"Gent wint"}`} {
					if _, err := fmt.Fprintln(lines, line); err != nil {
						t.Fatal(err)
					}
					if _, err := read.ReadString('\n'); err != nil {
						t.Fatalf("the answer to %s: %v", line, err)
					}
				}
				if err := lines.Close(); err != nil {
					t.Fatal(err)
				}
				if _, err := read.ReadString('\n'); !errors.Is(err, io.EOF) {
					t.Errorf("after the last line: %v, want the end", err)
				}
			})
		})
	}
}

// Ctrl-C ends what waits for a line that does not come.
func TestInputThatNeverComes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		in, lines := io.Pipe()
		defer lines.Close()
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- eachLine(ctx, in, func(line []byte, _ bool) error {
				t.Errorf("a line %q", line)
				return nil
			})
		}()
		synctest.Wait()
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want that it was stopped", err)
		}
	})
}

// What evaluate prints, with figures that were measured and figures that could not
// be.
func TestEvaluate(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]string{
		"evaluate": `{"id":"1","lang":"nl","source":"voetbalkrant.com","title":"Genk haalt doelman","labels":{"clubs":["genk"]},"kind":"fact"}
{"id":"2","lang":"nl","source":"voetbalkrant.com","title":"Gent haalt spits","labels":{"clubs":["genk"]},"kind":"fact"}
`,
		"evaluate-stories": `{"id":"1","title":"Genk haalt doelman","notes":"dup-group:doelman; x"}
{"id":"2","title":"Genk haalt doelman","notes":"dup-group:doelman"}
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "items.jsonl")
			write(t, file, lines)
			var out bytes.Buffer
			if err := evaluate(t.Context(), []string{file}, &out, testTagger(t), true); err != nil {
				t.Fatal(err)
			}
			compareGolden(t, name, out.Bytes())
		})
	}
}

// Files without labels would score full marks.
func TestEvaluateNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	labelled, empty, plain := filepath.Join(folder, "labelled.jsonl"), filepath.Join(folder, "empty.jsonl"), filepath.Join(folder, "plain.jsonl")
	write(t, labelled, `{"id":"1","title":"Genk haalt doelman","labels":{"clubs":["genk"]}}`)
	write(t, empty, "\n")
	write(t, plain, `{"id":"1","title":"Genk haalt doelman","kind":"fact","notes":"x"}`)
	tests := map[string]struct {
		files []string
		want  string
	}{
		"an empty file":       {[]string{empty}, "no labelled items in " + empty},
		"no labels":           {[]string{plain}, "no labelled items in " + plain},
		"one of two":          {[]string{labelled, plain}, "no labelled items in " + plain},
		"a file that is away": {[]string{empty + "x"}, empty + "x"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, diagnostics bytes.Buffer
			p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
			status := p.main(t.Context(), append([]string{"evaluate"}, tt.files...))
			if status != exitFailed || out.Len() > 0 || !strings.Contains(diagnostics.String(), tt.want) {
				t.Errorf("exit status %d, stdout %q, stderr %q; want %q", status, &out, &diagnostics, tt.want)
			}
		})
	}
}
