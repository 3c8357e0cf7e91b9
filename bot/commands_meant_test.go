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

// TestUnmute lifts a mute, and does not ask for how long.
func TestUnmute(t *testing.T) {
	t.Parallel()
	for _, test := range []said{
		{name: "a topic", language: "en", lines: []string{"follow genk", "mute genk 2h", "unmute genk"}, want: "You hear everything about KRC Genk again."},
		{name: "in Dutch", language: "nl", lines: []string{"volg genk", "demp genk 2u", "ontdemp genk"}, want: "Je hoort weer alles over KRC Genk."},
		{name: "the list says so", language: "nl", lines: []string{"volg genk", "demp genk 2u", "ontdemp genk", "/lijst"}, want: "• KRC Genk\n"},
		{name: "in French", language: "fr", lines: []string{"suivre genk", "/reactiver genk"}, want: "Tu entends à nouveau tout sur le KRC Genk."},
		{name: "in German", language: "de", lines: []string{"folgen genk", "entstummen genk"}, want: "Du hörst wieder alles über KRC Genk."},
		{name: "everything", language: "en", lines: []string{"follow genk", "mute all 2h", "unmute all"}, want: "You hear everything again."},
		{name: "nothing named", language: "nl", lines: []string{"volg genk", "demp genk 2u", "ontdemp"}, want: "Je hoort weer alles."},
		{name: "one that is not followed", language: "nl", lines: []string{"volg genk", "ontdemp gent"}, want: "Je volgt KAA Gent niet."},
		{name: "a paper", language: "nl", lines: []string{"volg genk", "demp source 1", "ontdemp source Het Dagblad"}, want: "Van Het Dagblad hoor je weer alles."},
		{name: "one, while everything is muted", language: "nl", lines: []string{"volg genk", "demp alles 2u", "ontdemp genk"}, want: "Alles is gedempt tot"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.hold(t)
		})
	}
}

// TestMuteForNoTime refuses lengths that are none, and says what one can type.
func TestMuteForNoTime(t *testing.T) {
	t.Parallel()
	for _, test := range []said{
		{name: "negative", language: "nl", lines: []string{"volg genk", "demp genk -1 dag"}, want: "/demp genk 2u"},
		{name: "negative in front", language: "nl", lines: []string{"volg genk", "demp -1 dag genk"}, want: "/demp genk 2u"},
		{name: "a negative week for all", language: "en", lines: []string{"follow genk", "mute all -2 weeks"}, want: "/mute genk 2h"},
		{name: "none", language: "fr", lines: []string{"suivre genk", "sourdine genk 0 heures"}, want: "/sourdine genk 2h"},
		{name: "for ever", language: "de", lines: []string{"folgen genk", "stumm genk 999 Monate"}, want: "/stumm genk 2 Std"},
		{name: "nothing was muted", language: "nl", lines: []string{"volg genk", "demp genk -1 dag", "/lijst"}, want: "• KRC Genk\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.hold(t)
		})
	}
}
