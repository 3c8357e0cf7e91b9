package catalogue_test

import (
	"testing"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

func builtin(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Builtin()
	if err != nil {
		t.Fatalf("built-in catalogue: %v", err)
	}
	return c
}

func TestBuiltinFinds(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	f := c.Find("club de bruges")
	if f.Entry == nil || f.Entry.Topic != "club/club-brugge" {
		t.Errorf("Find(club de bruges) = %+v", f)
	}
	if got := c.Name("club/club-brugge", "fr"); got != "Club de Bruges" {
		t.Errorf("Name = %q", got)
	}
}
