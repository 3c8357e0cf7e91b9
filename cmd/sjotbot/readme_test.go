package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/locale"
)

var update = flag.Bool("update", false, "write golden files, and the README's tables, anew")

// TestReadmeCommands keeps the README's table of commands the one that the bot has.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	loc, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("..", "..", "README.md")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	start := strings.Index(text, "<!-- commands:")
	begin := start + strings.Index(text[start:], "-->\n") + len("-->\n")
	end := strings.Index(text, "<!-- end -->")
	if start < 0 || end < begin {
		t.Fatal("README.md has no place for the table of commands")
	}
	want := "\n" + commandTable(bot.Specs(loc)) + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(text[:begin]+want+text[end:]), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, text[begin:end]); diff != "" {
		t.Errorf("README.md (-table +README): run with -update\n%s", diff)
	}
}

// TestReadmeFeatures sees to it that each row of the README's table of features
// names a test or a conversation that exists.
func TestReadmeFeatures(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	data, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(data), "<!-- features:")
	table, _, ended := strings.Cut(table, "<!-- end features -->")
	if !found || !ended {
		t.Fatal("README.md has no table of features")
	}
	shown := regexp.MustCompile(`\[([\w-]+)\]\(([^)]+)\)`)
	features := 0
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| | ") {
			continue
		}
		features++
		proofs := shown.FindAllStringSubmatch(line, -1)
		if len(proofs) == 0 {
			t.Errorf("nothing shows this: %s", line)
		}
		for _, p := range proofs {
			name, path := p[1], filepath.FromSlash(p[2])
			text, err := os.ReadFile(filepath.Join(root, path))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			isTest := strings.HasSuffix(path, "_test.go") && strings.Contains(string(text), "\nfunc "+name+"(")
			isConversation := strings.HasSuffix(path, filepath.Join("conversations", name+".txt"))
			if !isTest && !isConversation {
				t.Errorf("%s is no test in %s", name, path)
			}
		}
	}
	if features < 10 {
		t.Errorf("%d features", features)
	}
}

// commandTable is the table of commands in Markdown.
func commandTable(specs []bot.Spec) string {
	var b strings.Builder
	b.WriteString("| nl | fr | de | en | what it does |\n|---|---|---|---|---|\n")
	for _, s := range specs {
		b.WriteString("|")
		for _, lang := range locale.Languages() {
			b.WriteString(" `/" + s.Names[lang] + "` |")
		}
		b.WriteString(" " + s.Descriptions["en"] + " |\n")
	}
	return b.String()
}
