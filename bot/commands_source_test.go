package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// paperStory is a story of papers: the first begins it, the others tell it too.
func paperStory(t *testing.T, w *bottest.World, papers ...subscriptions.Article) {
	t.Helper()
	var story subscriptions.StoryID
	for _, a := range papers {
		a.Key, a.Title, a.Kind, a.Published, a.Seen = a.URL, "Genk", subscriptions.Fact, w.Now(), w.Now()
		a.Tags = []subscriptions.Tag{{Topic: "club/genk", Level: subscriptions.About}}
		kept, err := w.Store.Publish(t.Context(), w.Now(), subscriptions.Publication{Article: a, Story: story, Push: true})
		if err != nil {
			t.Fatal(err)
		}
		story = kept.Story
	}
}

// TestNeverThatPaper: the button under an explanation mutes the paper that it names,
// in all its feeds, and no other.
func TestNeverThatPaper(t *testing.T) {
	t.Parallel()
	gazette := subscriptions.Article{Source: "gazette", Publisher: "La Gazette", Language: "fr", URL: "https://gazette.example/1"}
	courant := subscriptions.Article{Source: "courant", Publisher: "De Courant", Language: "nl", URL: "https://courant.example/1"}
	devils := subscriptions.Article{Source: "courant-duivels", Publisher: "De Courant", Language: "nl", URL: "https://courant.example/2"}
	for name, tc := range map[string]struct {
		said  []string // "[…]" presses a button
		muted []string
		want  string
	}{
		"the one that is shown": {
			[]string{"waarom https://gazette.example/1", "[Nooit meer De Courant]"},
			[]string{"courant", "courant-duivels"},
			"Van De Courant hoor je niets meer.",
		},
		"pressed twice": {
			[]string{"waarom https://gazette.example/1", "[Nooit meer De Courant]", "mute source 7 courant"},
			[]string{"courant", "courant-duivels"},
			"Van De Courant hoor je niets meer.",
		},
		"by the name of one feed": {
			[]string{"demp source courant-duivels"},
			[]string{"courant", "courant-duivels"},
			"Van De Courant hoor je niets meer.",
		},
		"undone": {
			[]string{"waarom https://gazette.example/1", "[Nooit meer De Courant]", "[Ongedaan maken]"},
			nil, "Van De Courant hoor je weer alles.",
		},
		"listed once": {
			[]string{"demp source de courant", "lijst"},
			[]string{"courant", "courant-duivels"},
			"Nooit meer van: De Courant.",
		},
		"heard again from the list": {
			[]string{"demp source de courant", "lijst", "[Opnieuw De Courant]"},
			nil, "Van De Courant hoor je weer alles.",
		},
		"by its name alone": {
			[]string{"demp de courant"},
			[]string{"courant", "courant-duivels"},
			"Van De Courant hoor je niets meer.",
		},
		"by its name, said to be one": {
			[]string{"/demp de krant De Courant"},
			[]string{"courant", "courant-duivels"},
			"Van De Courant hoor je niets meer.",
		},
		"heard again by its name": {
			[]string{"demp de courant", "ontdemp de courant"},
			nil, "Van De Courant hoor je weer alles.",
		},
		"for a while": {
			[]string{"demp de courant 2u"},
			nil, "Wil je nooit meer iets van De Courant?",
		},
		"for a while, then for good": {
			[]string{"demp de courant 2u", "ja"},
			[]string{"courant", "courant-duivels"},
			"Van De Courant hoor je niets meer.",
		},
		"none of that name": {
			[]string{"demp krant De Pers"},
			nil, "Een krant of site met de naam “De Pers” ken ik niet.",
		},
		"a club before a paper": {
			[]string{"demp genk"},
			nil, "Hoelang wil je niets horen over KRC Genk?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world(t)
			p := newPerson(w, "nl", false)
			p.say(t, "volg genk")
			paperStory(t, w, gazette, courant)
			paperStory(t, w, devils)
			got := p.talk(t, tc.said...).Text
			if !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			s, err := w.Store.Find(t.Context(), p.place.Address)
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(s.MutedSources)
			if diff := cmp.Diff(tc.muted, s.MutedSources, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("muted (-want +got):\n%s", diff)
			}
		})
	}
}

// TestMutedPaperOfLongAgo: a paper that was not heard for long, thanks to the mute, is
// let through by the name that the list gives it, however it is typed.
func TestMutedPaperOfLongAgo(t *testing.T) {
	t.Parallel()
	w := world(t)
	p := newPerson(w, "nl", false)
	p.say(t, "volg genk")
	err := w.Store.Change(t.Context(), w.Now(), subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		s, err := tx.Subscriber(p.place.Address)
		if err != nil {
			return err
		}
		s.MutedSources = []string{"oude-gazet"}
		return tx.SaveSubscriber(&s)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.say(t, "ontdemp Oude-Gazet"), "Van oude-gazet hoor je weer alles."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
