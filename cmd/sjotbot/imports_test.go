package main

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/sjotbot/sjotbot/"

// floors is the house: each package, and what it may import of ours outside its
// tests. A package that is not in it fails the test.
func floors() map[string][]string {
	const (
		tagging = "bot/tagging"
		cat     = "bot/catalogue"
		subs    = "subscriptions"
	)
	core := []string{subs, cat, tagging, "bot/clustering", "bot/locale"}
	return map[string][]string{
		// Floor 0
		subs:                             nil,
		"bot/locale":                     nil,
		"adapters/telegram/telegramtest": nil,
		"adapters/discord/discordtest":   nil,
		// Floor 1
		cat:                       {subs},
		tagging:                   {subs, cat},
		"bot/clustering":          {subs},
		"subscriptions/sqlite":    {subs},
		"subscriptions/storetest": {subs},
		// Floor 2
		"bot": core,
		// Floor 3: the core, and the vocabulary it speaks.
		"bot/bottest":       {"bot", subs, "bot/locale", cat},
		"adapters/telegram": {"bot", subs},
		"adapters/discord":  {"bot", subs},
		"adapters/console":  {"bot", subs},
		"adapters/feed":     {"bot", subs},
		"adapters/web":      {"bot", subs},
		// Floor 4
		"cmd/sjotbot": {"*"},
	}
}

func TestFloors(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	table := floors()
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
			return fs.SkipDir
		}
		pkg, err := build.ImportDir(path, 0)
		if err != nil {
			return nil // no Go files here
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		room := filepath.ToSlash(rel)
		seen[room] = true
		allowed, known := table[room]
		if !known {
			t.Errorf("%s is not in the table of floors: say where it belongs", room)
			return nil
		}
		for _, imp := range pkg.Imports {
			ours, ok := strings.CutPrefix(imp, module)
			if ok && !slices.Contains(allowed, ours) && !slices.Contains(allowed, "*") {
				t.Errorf("%s must not import %s", room, ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range table {
		if !seen[room] {
			t.Errorf("%s is in the table of floors but not in the tree", room)
		}
	}
}
