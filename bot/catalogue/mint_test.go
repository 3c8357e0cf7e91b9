package catalogue_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestMintOfAKnownName: who is added under a name that tags would take it from its
// bearer, for everybody who follows him.
func TestMintOfAKnownName(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	zoe, err := c.Mint("Zoë d'Haese")
	if err != nil {
		t.Fatal(err)
	}
	c = c.With(zoe)
	for _, test := range []struct {
		name, asked string
		want        subscriptions.Topic // empty: taken
	}{
		{"a club", "Club Brugge", ""},
		{"a club in another spelling", "Zulte Waregem", ""},
		{"a club with a letter that a text is read without", "Clubþ Brugge", ""},
		{"a club in wide letters", "Ｃlub Brugge", ""},
		{"a national team", "Rode Duivels", ""},
		{"a stadium that two clubs share", "Jan Breydel", ""},
		{"a player of the squad", "Kevin De Bruyne", ""},
		{"a player in another spelling", "kevin debruyne", ""},
		{"a player's surname", "De Bruyne", ""},
		{"a coach's surname", "Van Bommel", ""},
		{"a coach", "Philippe Clement", "coach/philippe-clement"},
		{"another full name of a coach", "Philip Clement", "coach/philippe-clement"},
		{"a coach who was added", "Zoë D Haese", "coach/zoe-dhaese"},
		{"a namesake of a coach", "Jan Van Bommel", "coach/jan-van-bommel"},
		{"a namesake of a player", "Rudy De Bruyne", "coach/rudy-de-bruyne"},
		{"a namesake of a stadium", "Pieter Breydel", "coach/pieter-breydel"},
		{"letters of another alphabet", "Јован Иванов", "coach/јован-иванов"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e, err := c.Mint(test.asked)
			if test.want == "" {
				if !errors.Is(err, catalogue.ErrTaken) || !errors.Is(err, catalogue.ErrNotAName) {
					t.Errorf("Mint(%q) = %s, %v; want ErrTaken, which is an ErrNotAName", test.asked, e.Topic, err)
				}
				return
			}
			if err != nil || e.Topic != test.want {
				t.Errorf("Mint(%q) = %s, %v; want %s", test.asked, e.Topic, err, test.want)
			}
		})
	}
}

// TestMintMakesNobodyAnew goes through every name that tags.
func TestMintMakesNobodyAnew(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	var texts []string
	for _, e := range c.Entries() {
		for _, n := range e.Names {
			if n.Safety != catalogue.Weak {
				texts = append(texts, n.Text)
			}
		}
		for _, p := range e.Squad {
			for _, n := range p.Names {
				if n.Safety != catalogue.Weak {
					texts = append(texts, n.Text)
				}
			}
		}
	}
	for _, r := range c.Rules() {
		texts = append(texts, r.Name)
	}
	for _, text := range texts {
		if e, err := c.Mint(text); err == nil && e.Minted {
			t.Errorf("Mint(%q) makes %s", text, e.Topic)
		}
	}
}

// TestMintReturnsEveryCoach: a coach's full name is his, even where he was in the
// squad as well, or a side is called so.
func TestMintReturnsEveryCoach(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, e := range c.Entries() {
		for _, n := range e.Names {
			if n.Part != catalogue.PartFull {
				continue
			}
			if got, err := c.Mint(n.Text); err != nil || got.Topic != e.Topic {
				t.Errorf("Mint(%q) = %s, %v; want %s", n.Text, got.Topic, err, e.Topic)
			}
		}
	}
}

// TestWithLeavesOutTakenNames: what was added before its name was known to be
// somebody's must not stay in the way of him.
func TestWithLeavesOutTakenNames(t *testing.T) {
	t.Parallel()
	added := func(topic subscriptions.Topic, name string) catalogue.Entry {
		return catalogue.Entry{
			Topic: topic, Label: map[string]string{"nl": name}, Minted: true,
			Names: []catalogue.Name{
				{Text: name, Safety: catalogue.Safe, Part: catalogue.PartFull},
				{Text: "Genk", Safety: catalogue.Weak, Part: catalogue.PartSurname}, // weak: takes nothing
			},
		}
	}
	for _, test := range []struct {
		name  string
		added []catalogue.Entry
		want  []subscriptions.Topic
	}{
		{"a club's name", []catalogue.Entry{added("coach/club-brugge", "Club Brugge")}, nil},
		{"a player's name", []catalogue.Entry{added("coach/kevin-de-bruyne", "Kevin De Bruyne")}, nil},
		{"a shared name", []catalogue.Entry{added("coach/jan-breydel", "Jan Breydel")}, nil},
		{"another name of a coach", []catalogue.Entry{added("coach/philip-clement", "Philip Clement")}, nil},
		{"nobody's name", []catalogue.Entry{added("coach/jan-modaal", "Jan Modaal")}, []subscriptions.Topic{"coach/jan-modaal"}},
		{
			"one among others",
			[]catalogue.Entry{added("coach/jan-modaal", "Jan Modaal"), added("coach/club-brugge", "Club Brugge"), added("coach/piet-modaal", "Piet Modaal")},
			[]subscriptions.Topic{"coach/jan-modaal", "coach/piet-modaal"},
		},
		{
			"one name twice",
			[]catalogue.Entry{added("coach/zoe-dhaese", "Zoë d'Haese"), added("coach/zoe-d-haese", "Zoë D Haese")},
			[]subscriptions.Topic{"coach/zoe-dhaese"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []subscriptions.Topic
			for _, e := range builtin(t).With(test.added...).Entries() {
				if e.Minted {
					got = append(got, e.Topic)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("added (-want +got):\n%s", diff)
			}
		})
	}
}

// The beginning of a headline about a club is nobody's name.
func TestMintNoHeadline(t *testing.T) {
	t.Parallel()
	c := builtin(t)
	for _, asked := range []string{"Genk Wint", "Club Brugge Wint", "Union Berlin"} {
		if e, err := c.Mint(asked); !errors.Is(err, catalogue.ErrNotAName) || errors.Is(err, catalogue.ErrTaken) {
			t.Errorf("Mint(%q) = %s, %v; want ErrNotAName", asked, e.Topic, err)
		}
	}
}
