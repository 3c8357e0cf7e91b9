package bot

import (
	"strings"

	"github.com/sjotbot/sjotbot/bot/locale"
)

// text answers with one sentence.
func (r *request) text(key string, args locale.Args) Reply {
	return Reply{Message: Message{Text: r.say.Text(key, args)}}
}

// private answers with one sentence to the person alone.
func (r *request) private(key string, args locale.Args) Reply {
	reply := r.text(key, args)
	reply.Private = true
	return reply
}

// here returns the key of a sentence that speaks of the reader in a private
// place, and of the place in a shared one.
func (r *request) here(key string) string {
	if r.command.Place.Shared {
		return key + "-here"
	}
	return key
}

// slash writes a command as the reader would type it: "/volg".
func (r *request) slash(name string) string {
	return "/" + r.commands.specs[name].Names[r.say.Language()]
}

// paragraphs joins sentences that stand on their own.
func paragraphs(sentences ...string) string {
	kept := sentences[:0]
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, "\n\n")
}

// longestButton is the most bytes that a button's command may have, see [Button].
const longestButton = 60

// button returns a button that gives a command. One whose command does not fit is
// empty, and left out of a row.
func button(text, name string, args ...string) Button {
	line := strings.TrimSpace(name + " " + strings.Join(args, " "))
	if len(line) > longestButton {
		return Button{}
	}
	return Button{Text: text, Command: line}
}

// rows lays buttons out, several in a row, without the empty ones.
func rows(perRow int, buttons ...Button) [][]Button {
	var out [][]Button
	for _, b := range buttons {
		if b == (Button{}) {
			continue
		}
		if len(out) == 0 || len(out[len(out)-1]) == perRow {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], b)
	}
	return out
}
