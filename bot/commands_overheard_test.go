package bot_test

import (
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/bot"
)

// TestOverheard: what people say to one another under a story, and commands for another
// bot, are not met with "I do not know that". What is for the bot is answered as ever.
func TestOverheard(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, line, want string }{
		{"a remark", "Wat een goal!", ""},
		{"a remark about a club", "Genk wint altijd", ""},
		{"a laugh", "haha", ""},
		{"a picture", "👍", ""},
		{"a yes to somebody else", "ja", ""},
		{"a long remark", strings.Repeat("wat een goal ", 50), ""},
		{"a command of another bot", "/ban", ""},
		{"one with an argument", "/poll genk of gent", ""},
		{"a command", "/volg gent", "Hier volgen we nu KAA Gent."},
		{"a command with a slip", "/volgg gent", "Bedoelde je /volg?"},
		{"a command without a slash", "volg gent", "Hier volgen we nu KAA Gent."},
		{"a name", "gent", "Gevonden: KAA Gent."},
		{"thanks", "bedankt", "Graag gedaan"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPerson(world(t), "nl", true)
			p.say(t, "/volg genk")
			r := p.world.Commands.Handle(t.Context(), bot.Command{Place: p.place, Language: "nl", Args: tc.line, Overheard: true})
			if got := text(r); !strings.Contains(got, tc.want) || (got == "") != (tc.want == "") {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if tc.want != "" {
				return
			}
			if got := p.say(t, tc.line); got == "" {
				t.Error("no answer when it is said to the bot")
			}
		})
	}
}
