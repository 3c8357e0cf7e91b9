package bot_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/locale"
)

// TestBadInput gives the bot what people give it when things go wrong, in every
// language, and compares what it answers with a file: one helpful sentence each.
func TestBadInput(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	for _, language := range locale.Languages() {
		fmt.Fprintf(&said, "== %s\n", language)
		w := world(t)
		names := map[string]string{}
		for _, s := range bot.Specs(w.Locale) {
			names[s.Name] = s.Names[language]
		}
		p := newPerson(w, language, false)
		p.say(t, "/follow genk")
		for _, bad := range []struct {
			name, command, args string
			pressed             bool
			missing             []string // rights
		}{
			{name: "no such hour", command: "digest", args: "25:99"},
			{name: "an hour as one writes it", command: "digest", args: "8u30"},
			{name: "no such quiet hours", command: "quiet", args: "25:99"},
			{name: "unknown club", command: "follow", args: "blablabla"},
			{name: "empty search", command: "search"},
			{name: "4 000 characters", command: "follow", args: strings.Repeat("genk ", 800)},
			{name: "4 000 characters to search", command: "search", args: strings.Repeat("é", 4000)},
			{name: "markup and emoji", command: "follow", args: "<b>@everyone</b> **x** [y](z) ⚽"},
			{name: "markup to search", command: "search", args: "<i>kwantum</i> *_~`"},
			{name: "button of a story of last year", command: "+why", args: "987654", pressed: true},
			{name: "button that is no more", command: "+share", args: "12", pressed: true},
			{name: "settings of what is not followed", command: "following", args: "club/gent rumours never", pressed: true},
			{name: "link of nowhere", command: "why", args: "https://elders.example/1"},
			{name: "no way of rumours", command: "rumours", args: "soms"},
			{name: "no such language", command: "language", args: "klingon"},
			{name: "no such command", command: "xyzzy"},
			{name: "channel where the bot may not speak", command: "follow", args: "gent", missing: []string{"right.send-messages", "right.embed-links"}},
			{name: "a club abroad", command: "follow", args: "Real Madrid"},
			{name: "a paper for a while", command: "mute", args: "Het Dagblad 2h"},
			{name: "one name of two", command: "unfollow", args: "genk, blabla"},
			{name: "all, by a button", command: "unfollow", args: "all?", pressed: true},
		} {
			line := "/" + bad.command
			if name, ok := names[bad.command]; ok {
				line = "/" + name
			}
			if bad.pressed {
				line = bad.command
			}
			place := p.place
			place.Missing = bad.missing
			r := w.Commands.Handle(t.Context(), bot.Command{
				Place: place, Language: language, Args: strings.TrimSpace(line + " " + bad.args), Pressed: bad.pressed,
			})
			answer := r.Message.Text
			if n := utf8.RuneCountInString(answer); n == 0 || n > 220 {
				t.Errorf("%s, %s: an answer of %d characters: %q", language, bad.name, n, answer)
			}
			var buttons []string
			for _, b := range slices.Concat(r.Message.Buttons...) {
				buttons = append(buttons, "["+label(b)+"]")
			}
			fmt.Fprintf(&said, "%s: %s\n", bad.name, strings.ReplaceAll(strings.TrimSpace(answer+"\n"+strings.Join(buttons, " ")), "\n", "\n    "))
		}
	}
	golden(t, filepath.Join("testdata", "bad-input.txt"), said.String())
}
