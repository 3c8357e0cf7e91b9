package tagging

import (
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// Every name is read in a text as the catalogue reads it in what a fan types.
func TestFoldsAgree(t *testing.T) {
	t.Parallel()
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	lex := &lexicon{folds: newFolds()}
	for _, e := range c.Entries() {
		for _, n := range e.Names {
			if folded := strings.Join(lex.split(n.Text), " "); !catalogue.SameName(folded, n.Text) {
				t.Errorf("%q is read as %q", n.Text, folded)
			}
		}
	}
}
