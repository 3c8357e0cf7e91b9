package catalogue_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzFind(f *testing.F) {
	c := withLongNames(f)
	for _, ask := range queries(f) {
		f.Add(ask.query)
	}
	f.Add(strings.Repeat("é", 5000))
	f.Add("\xff\x00 coach van")
	f.Add("max")
	f.Add("xyloxylo")
	f.Fuzz(func(t *testing.T, query string) {
		found := c.Find(query)
		if found.Entry != nil && len(found.Candidates) > 0 {
			t.Errorf("Find(%q) is certain and asks all the same", query)
		}
		for _, e := range found.Candidates {
			if _, ok := c.Entry(e.Topic); !ok {
				t.Errorf("Find(%q) offers %s, which does not exist", query, e.Topic)
			}
		}
	})
}

func FuzzComplete(f *testing.F) {
	c := withLongNames(f)
	f.Add("genk", "nl", 3)
	f.Add("entraîneur de la gan", "fr", 25)
	f.Add("\xff’", "", -1)
	f.Add("max", "nl", 5)
	f.Add(strings.Repeat("xylo", 11), "nl", 5)
	f.Fuzz(func(t *testing.T, typed, language string, limit int) {
		limit = min(limit, 100)
		found := c.Complete(typed, language, limit)
		if len(found) > max(limit, 0) {
			t.Errorf("Complete(%q, %d) returned %d entries", typed, limit, len(found))
		}
		seen := map[string]bool{}
		for _, e := range found {
			if seen[string(e.Topic)] {
				t.Errorf("Complete(%q) offers %s twice", typed, e.Topic)
			}
			seen[string(e.Topic)] = true
		}
	})
}

func FuzzMint(f *testing.F) {
	c := builtin(f)
	for _, name := range []string{"Jan Modaal", "Zoë d'Haese", "of Genk", "\xff", "A B C D E F", "Club Brugge", "Philip Clement", "Clubþ Brugge"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		e, err := c.Mint(name)
		if err != nil {
			return
		}
		if id := e.Topic.ID(); id == "" || !utf8.ValidString(id) || strings.ContainsAny(id, " /\n") {
			t.Errorf("Mint(%q) made %q", name, e.Topic)
		}
		if _, ok := c.With(e).Entry(e.Topic); !ok {
			t.Errorf("Mint(%q) made %s, whose name is taken", name, e.Topic)
		}
		again, err := c.Mint(c.With(e).Name(e.Topic, "nl"))
		if err != nil || again.Topic != e.Topic {
			t.Errorf("Mint of the name of %s = %s, %v", e.Topic, again.Topic, err)
		}
	})
}

func FuzzExtend(f *testing.F) {
	c := builtin(f)
	f.Add("[[club]]\nid = \"x\"\nlabel.nl = \"X\"\ndivision = \"first\"\nsafe.any = [\"Xx\"]\n")
	f.Add("[[coach]]\nid = \"x-y\"\nname = \"X Y\"\ntenures = [{ club = \"genk\", from = \"2024-05-02\", to = \"2024-06\" }]\n")
	f.Add("[[squad]]\nteam = \"red-flames\"\nplayers = [{ name = \"A B\" }]\n[[shared]]\nname=\"q\"\nclaims=[\"club/genk\"]")
	f.Fuzz(func(t *testing.T, file string) {
		more, err := c.Extend("fuzz.toml", strings.NewReader(file))
		if err != nil {
			return
		}
		if len(more.Entries()) < len(c.Entries()) {
			t.Error("extending lost entries")
		}
		more.Find("genk")
	})
}
