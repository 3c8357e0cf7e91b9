package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestMintTakesNobodysName: whom a fan adds must not take the name of a club, a
// player or a coach, for that mutes them for everybody.
func TestMintTakesNobodysName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, language, said, answer string
		added                        map[subscriptions.Topic]string
	}{
		{"a club in Dutch", "nl", "/volg mint Club Brugge", "“Club Brugge” ken ik, maar niet als coach.", nil},
		{"a club in French", "fr", "/suivre mint Zulte Waregem", "Je connais « Zulte Waregem », mais pas comme coach.", nil},
		{"a player in German", "de", "/folgen mint Kevin De Bruyne", "„Kevin De Bruyne“ kenne ich, aber nicht als Trainer.", nil},
		{"a stadium in English", "en", "/follow mint jan breydel", "I know “Jan Breydel”, but not as a coach.", nil},
		{"a player, looked up", "en", "/follow kevin de bruyne", "Players cannot be followed, the team can.", nil},
		{"a player, without a command", "nl", "Kevin De Bruyne", "Spelers kan je niet volgen, de ploeg wel.", nil},
		{"another name of a coach", "en", "/follow mint Philip Clement", "You now follow Philippe Clement.", nil},
		{"no full name", "en", "/follow mint Jan", "does not look like a first name and a surname", nil},
		{
			"nobody's name", "en", "/follow mint Jan Modaal", "You now follow Jan Modaal.",
			map[subscriptions.Topic]string{"coach/jan-modaal": "Jan Modaal"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			p := newPerson(w, test.language, false)
			if got := p.say(t, test.said); !strings.Contains(got, test.answer) {
				t.Errorf("got %q, want %q in it", got, test.answer)
			}
			for _, b := range p.buttons {
				if strings.HasPrefix(b.Command, "follow mint") {
					t.Errorf("offers %q", b.Command)
				}
			}
			added, err := w.Store.Topics(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if test.added == nil {
				test.added = map[subscriptions.Topic]string{}
			}
			if diff := cmp.Diff(test.added, added); diff != "" {
				t.Errorf("added to the archive (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOpenDirectoryHeals opens archives that hold what may not be added any more.
func TestOpenDirectoryHeals(t *testing.T) {
	t.Parallel()
	base, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		topic   subscriptions.Topic
		added   string
		title   string
		want    subscriptions.Topic // has the news
		remains bool                // what was added stands
	}{
		{"a club", "coach/club-brugge", "Club Brugge", "Club Brugge wint met 2-0", "club/club-brugge", false},
		{"a club in another spelling", "coach/zulte-waregem", "Zulte Waregem", "Zulte Waregem wint met 2-0", "club/zulte-waregem", false},
		{"a club with a letter that is read over", "coach/clubþ-brugge", "Clubþ Brugge", "Club Brugge wint met 2-0", "club/club-brugge", false},
		{"another name of a coach", "coach/philip-clement", "Philip Clement", "Philip Clement wordt coach van Club Brugge", "coach/philippe-clement", false},
		{"no name at all", "coach/x", "x", "Club Brugge wint met 2-0", "club/club-brugge", false},
		{"nobody's name", "coach/jan-modaal", "Jan Modaal", "Jan Modaal wordt coach van Club Brugge", "coach/jan-modaal", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			store := world(t).Store
			if err := store.MintTopic(t.Context(), test.topic, test.added); err != nil {
				t.Fatal(err)
			}
			directory, err := bot.OpenDirectory(t.Context(), base, store)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := directory.Catalogue().Entry(test.topic); ok != test.remains {
				t.Errorf("%s stands: %v, want %v", test.topic, ok, test.remains)
			}
			result := tagging.New(directory.Catalogue()).Tag(tagging.Item{
				Language: "nl", Source: "sporza.be", URL: "https://sporza.be/voetbal/1", Title: test.title,
			})
			var got []subscriptions.Topic
			for _, tag := range result.Tags {
				got = append(got, tag.Topic)
			}
			if !slices.Contains(got, test.want) {
				t.Errorf("%q has tags %v, want %s", test.title, got, test.want)
			}
		})
	}
}

// TestRefreshKeepsTheCatalogue: who derives something from the catalogue does so
// anew whenever it is another one, so it must stay while nothing was added.
func TestRefreshKeepsTheCatalogue(t *testing.T) {
	t.Parallel()
	base, err := catalogue.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	store := world(t).Store
	for topic, name := range map[subscriptions.Topic]string{"coach/club-brugge": "Club Brugge", "coach/jan-modaal": "Jan Modaal"} {
		if err := store.MintTopic(t.Context(), topic, name); err != nil {
			t.Fatal(err)
		}
	}
	directory, err := bot.OpenDirectory(t.Context(), base, store)
	if err != nil {
		t.Fatal(err)
	}
	before := directory.Catalogue()
	if err := directory.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if directory.Catalogue() != before {
		t.Error("another catalogue, though nothing was added")
	}
	if _, err := directory.Mint(t.Context(), "Piet Modaal"); err != nil {
		t.Fatal(err)
	}
	if directory.Catalogue() == before {
		t.Error("the same catalogue, though a coach was added")
	}
}
