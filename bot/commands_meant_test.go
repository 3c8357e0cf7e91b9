package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot/bottest"
)

// said is what a fan types, line by line ("[…]" presses a button), and what the last
// answer has and lacks.
type said struct {
	name, language string
	lines          []string
	want           string
	not            string
	buttons        []string // some of them
}

// hold plays what was said in a world of its own.
func (s said) hold(t *testing.T) {
	t.Helper()
	p := newPerson(world(t), s.language, false)
	got := bottest.Answer{}
	for _, line := range s.lines {
		turn := bottest.Turn{Line: line}
		if strings.HasPrefix(line, "[") {
			turn = bottest.Turn{Button: strings.Trim(line, "[]")}
		}
		got = p.Do(t, turn)
	}
	if !strings.Contains(got.Text, s.want) {
		t.Errorf("got %q, want %q", got.Text, s.want)
	}
	if all := got.Text + " " + strings.Join(got.Buttons, " "); s.not != "" && strings.Contains(all, s.not) {
		t.Errorf("got %q, which has %q", all, s.not)
	}
	for _, b := range s.buttons {
		if !slices.Contains(got.Buttons, b) {
			t.Errorf("no button %q among %q", b, got.Buttons)
		}
	}
}

// TestForgetOfATopic: who wants one club gone does not want everything gone.
func TestForgetOfATopic(t *testing.T) {
	t.Parallel()
	for _, test := range []said{
		{name: "verwijder", language: "nl", lines: []string{"volg genk", "verwijder genk"}, want: "Je volgt KRC Genk niet meer."},
		{name: "supprimer", language: "fr", lines: []string{"suivre genk", "/supprimer genk"}, want: "KRC Genk", not: "effacer"},
		{name: "supprime", language: "fr", lines: []string{"suivre genk", "supprime genk"}, want: "KRC Genk", not: "effacer"},
		{name: "delete", language: "en", lines: []string{"follow genk", "/delete genk"}, want: "You no longer follow KRC Genk."},
		{name: "löschen", language: "de", lines: []string{"folgen genk", "löschen genk"}, want: "KRC Genk", not: "löschen"},
		{name: "wis", language: "nl", lines: []string{"volg genk, gent", "/wis genk, gent"}, want: "Je volgt KRC Genk en KAA Gent niet meer."},
		{name: "one that is not followed", language: "nl", lines: []string{"volg genk", "/wis gent"}, want: "Je volgt KAA Gent niet.", not: "Wis alles"},
		{name: "nobody's name", language: "nl", lines: []string{"volg genk", "/wis blabla"}, want: "“blabla” ken ik niet", not: "wis alles"},
		{name: "with nothing followed", language: "nl", lines: []string{"verwijder genk"}, want: "Je volgt nog niets."},
		{name: "everything", language: "nl", lines: []string{"volg genk", "verwijder alles"}, want: "Zal ik alles over jou wissen?"},
		{name: "the person", language: "nl", lines: []string{"volg genk", "vergeet mij"}, want: "Zal ik alles over jou wissen?"},
		{name: "his data", language: "en", lines: []string{"follow genk", "delete my data"}, want: "Shall I erase everything about you?"},
		{name: "no argument", language: "nl", lines: []string{"volg genk", "verwijder"}, want: "Zal ik alles over jou wissen?"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.hold(t)
		})
	}
}
