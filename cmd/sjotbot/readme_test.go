package main

import (
	"flag"
	"os"
	"path/filepath"
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
