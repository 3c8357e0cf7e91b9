package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/tagging"
)

// TestHelp holds the page of every subcommand, as --help shows it.
func TestHelp(t *testing.T) {
	t.Parallel()
	var pages bytes.Buffer
	for _, args := range append([][]string{{"--help"}}, helpOfEach()...) {
		page := helpPage(t, args...)
		if len(args) > 1 && !strings.HasPrefix(page, "Usage: sjotbot "+args[0]) && args[0] != "run" {
			t.Errorf("%q does not begin with its usage:\n%s", args, page)
		}
		for _, part := range []string{"\nReads ", "\nPrints ", "\nExample"} {
			if len(args) > 1 && !strings.Contains(page, part) {
				t.Errorf("%q does not say what the README promises, %q:\n%s", args, strings.TrimSpace(part), page)
			}
		}
		for line := range strings.Lines(page) {
			if n := len([]rune(line)); n > 140 {
				t.Errorf("%q: a line of %d characters: %s", args, n, line)
			}
		}
		fmt.Fprintf(&pages, "$ sjotbot %s\n%s\n", strings.Join(args, " "), page)
	}
	compareGolden(t, "help", pages.Bytes())
}

// TestResultsThatCannotBeWritten: on a full disk, or with nobody who reads, a
// subcommand has failed, whatever it prints.
func TestResultsThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"--help"}, {"run", "--help"}, {"version"}, {"catalogue", "check"}, {"catalogue", "show", "genk"}, {"identify"},
	} {
		nobody, full := io.Pipe()
		_ = nobody.CloseWithError(errors.New("no space left on device"))
		var diagnostics bytes.Buffer
		p := program{stdin: strings.NewReader(`{"id":"1","title":"Genk wint"}`), stdout: full, stderr: &diagnostics, getenv: noEnv}
		if status := p.main(t.Context(), args); status != exitFailed || !strings.Contains(diagnostics.String(), "no space left") {
			t.Errorf("%q: exit status %d, says %q", args, status, &diagnostics)
		}
	}
}

func helpOfEach() [][]string {
	var all [][]string
	for _, s := range subcommands() {
		all = append(all, []string{s.name, "--help"})
	}
	return all
}

// Help is given in whatever way it is asked for, and needs no configuration.
func TestWaysToAskForHelp(t *testing.T) {
	t.Parallel()
	check := helpPage(t, "check", "--help")
	for _, args := range [][]string{
		{"check", "-h"},
		{"help", "check"},
		{"--config", "/nowhere/x.toml", "check", "--help"},
		{"check", "--config", "/nowhere/x.toml", "--help"},
		{"check", "more", "--help"},
	} {
		if page := helpPage(t, args...); page != check {
			t.Errorf("%q shows\n%s", args, page)
		}
	}
	catalogue := helpPage(t, "catalogue", "--help")
	for _, args := range [][]string{
		{"help", "catalogue"},
		{"catalogue", "show", "--help"},
		{"--config", "/nowhere/x.toml", "catalogue", "-h"},
	} {
		if page := helpPage(t, args...); page != catalogue {
			t.Errorf("%q shows\n%s", args, page)
		}
	}
	if page := helpPage(t, "help"); page != helpPage(t, "-h") {
		t.Errorf("help alone shows\n%s", page)
	}
}

func helpPage(t *testing.T, args ...string) string {
	t.Helper()
	var out, diagnostics bytes.Buffer
	p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &diagnostics, getenv: noEnv}
	if status := p.main(t.Context(), args); status != exitDone || diagnostics.Len() > 0 {
		t.Errorf("%q: exit status %d, %q", args, status, &diagnostics)
	}
	return out.String()
}

// What the pages give as an example is read as it stands there.
func TestHelpExamples(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"identify", "cluster", "evaluate"} {
		lines := slices.Collect(strings.Lines(helpPage(t, page, "--help")))
		i := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, `  {"id"`) })
		if i < 0 {
			t.Errorf("%s shows no line of its input", page)
			continue
		}
		if rec, err := tagging.ParseRecord([]byte(lines[i])); err != nil || (rec.Labels != nil) != (page == "evaluate") {
			t.Errorf("%s: %s has labels %v, %v", page, lines[i], rec.Labels, err)
		}
		var out bytes.Buffer
		if err := identify(t.Context(), strings.NewReader(lines[i]), &out, testTagger(t)); err != nil || !strings.Contains(out.String(), "club/") {
			t.Errorf("%s: %s gives %s, %v", page, lines[i], &out, err)
		}
	}
}

// The file in catalogue's page is sound, and changes what it says.
func TestHelpCatalogueFile(t *testing.T) {
	t.Parallel()
	_, text, found := strings.Cut(helpPage(t, "catalogue", "--help"), "with a file like\n")
	if !found {
		t.Fatal("the page shows no file")
	}
	file := filepath.Join(t.TempDir(), "mine.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out := helpPage(t, "catalogue", "check", file) // any call without a fault
	for _, want := range []string{"~ club/genk ", "+ coach/jan-modaal ", "\nsound: "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
