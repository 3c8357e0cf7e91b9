package bottest

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
)

//go:embed conversations/*.txt
var conversationFiles embed.FS

// Conversation is a talk with the bot, as it stands in a file:
//
//	# what it shows
//	language: fr-BE
//	place: private    (or shared: a channel, a group)
//	needs: typing     (only for platforms where one types lines)
//
//	> /start
//	Bienvenue chez Sjotbot
//	[KRC Genk] [La Gantoise]
//
// A line after ">" is what the person who manages the place does: types it, or
// presses the button whose text is in brackets. After "visitor>" somebody without
// that right does it. What follows, up to the next, is the answer; text in
// brackets is a button, with "✓ " before the text when it is chosen. "(spoiler) "
// stands before what is hidden, and "(sjotbot.json)" for a file.
type Conversation struct {
	Name     string
	About    string
	Language string
	// Shared is true in a channel or group.
	Shared bool
	// Typing is true when only a platform where one types lines can hold it.
	Typing bool
	Turns  []Turn
}

// Turn is one thing that a person does, and the answer.
type Turn struct {
	// Visitor is true for a person who does not manage the place.
	Visitor bool
	// Line is what is typed; Button the text of the button that is pressed instead.
	Line, Button string
	// Answer holds lines of text, Buttons the texts of the buttons.
	Answer  []string
	Buttons []string
}

// Answer is what a person saw, whatever the platform.
type Answer struct {
	// Text is all that can be read in the message, without the platform's markup.
	Text string
	// Buttons are the texts of the buttons, as they are written on the platform.
	Buttons []string
	// File is the name of the file that came along, if any.
	File string
}

// Driver plays the person on one platform.
type Driver interface {
	// Do does what a turn says and returns the bot's answer to it.
	Do(t testing.TB, turn Turn) Answer
}

// Limited is a Driver of a platform where a person cannot do everything: on
// Discord nobody types a command that does not exist.
type Limited interface {
	Driver
	// Instead reports whether the platform has no way to do what a turn says. It
	// then did what comes to the same, if there is such a thing.
	Instead(t testing.TB, turn Turn) bool
}

// Conversations returns the conversations that every platform must be able to hold.
func Conversations(t testing.TB) []Conversation {
	t.Helper()
	files, err := conversationFiles.ReadDir("conversations")
	if err != nil {
		t.Fatal(err)
	}
	var list []Conversation
	for _, f := range files {
		text, err := conversationFiles.ReadFile(path.Join("conversations", f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		c, err := ParseConversation(string(text))
		if err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		c.Name = strings.TrimSuffix(f.Name(), ".txt")
		list = append(list, c)
	}
	return list
}

// Hold has a conversation through a driver and fails the test where an answer
// lacks a sentence or a button. A platform may say more, and in its own form.
func (c Conversation) Hold(t testing.TB, d Driver) {
	t.Helper()
	limited, _ := d.(Limited)
	for _, turn := range c.Turns {
		if limited != nil && limited.Instead(t, turn) {
			continue
		}
		got := d.Do(t, turn)
		for _, line := range turn.Answer {
			if !got.says(line) {
				t.Errorf("%s: after %q the answer lacks %q:\n%s", c.Name, turn, line, got.Text)
			}
		}
		for _, button := range turn.Buttons {
			if !slices.ContainsFunc(got.Buttons, func(b string) bool { return words(b) == words(button) }) {
				t.Errorf("%s: after %q there is no button %q among %q", c.Name, turn, button, got.Buttons)
			}
		}
	}
}

// says reports whether a line of a file can be found in what a person saw. The
// parts of a line about a story, "Rumour: title" or "paper, age", may stand apart.
func (a Answer) says(line string) bool {
	switch {
	case strings.HasPrefix(line, "(spoiler) "):
		return true // how a platform hides text is the adapter's own test
	case a.File != "" && line == "("+a.File+")":
		return true
	}
	said := words(a.Text)
	if strings.Contains(said, words(line)) {
		return true
	}
	for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ':' || r == ',' }) {
		if !strings.Contains(said, words(part)) {
			return false
		}
	}
	return true
}

// words makes lines of different layouts comparable: what is not a letter, a
// digit or punctuation of a sentence is a space.
func words(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '✓', '✅', '•', '*', '|', '-', '–', '«', '»', '\u00a0', '\u202f', '\u200b':
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// String returns the turn as it stands in a file.
func (turn Turn) String() string {
	who := ""
	if turn.Visitor {
		who = "visitor"
	}
	if turn.Button != "" {
		return fmt.Sprintf("%s> [%s]", who, turn.Button)
	}
	return fmt.Sprintf("%s> %s", who, turn.Line)
}

// ParseConversation reads the text of a conversation.
func ParseConversation(text string) (Conversation, error) {
	var c Conversation
	for n, line := range strings.Split(text, "\n") {
		who, did, does := strings.Cut(line, ">")
		switch {
		case does && (who == "" || who == "visitor"):
			c.Turns = append(c.Turns, newTurn(who, strings.TrimSpace(did)))
		case strings.HasPrefix(line, "#"):
			c.About = strings.TrimSpace(c.About + " " + strings.TrimPrefix(line, "#"))
		case len(c.Turns) == 0:
			if err := c.header(line); err != nil {
				return c, fmt.Errorf("line %d: %w", n+1, err)
			}
		default:
			turn := &c.Turns[len(c.Turns)-1]
			if buttons, ok := parseButtons(line); ok {
				turn.Buttons = append(turn.Buttons, buttons...)
			} else if line = strings.TrimSpace(line); line != "" {
				turn.Answer = append(turn.Answer, line)
			}
		}
	}
	return c, nil
}

func newTurn(who, did string) Turn {
	turn := Turn{Visitor: who == "visitor", Line: did}
	if buttons, ok := parseButtons(did); ok && len(buttons) == 1 {
		turn.Line, turn.Button = "", buttons[0]
	}
	return turn
}

func (c *Conversation) header(line string) error {
	name, value, ok := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch {
	case strings.TrimSpace(line) == "":
	case ok && name == "language":
		c.Language = value
	case ok && name == "place" && value == "shared":
		c.Shared = true
	case ok && name == "place" && value == "private":
	case ok && name == "needs" && value == "typing":
		c.Typing = true
	default:
		return fmt.Errorf("no header: %q", line)
	}
	return nil
}

// parseButtons reads "[one] [two]".
func parseButtons(line string) ([]string, bool) {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "[") || !strings.HasSuffix(line, "]") {
		return nil, false
	}
	var buttons []string
	for part := range strings.SplitSeq(strings.Trim(line, "[]"), "] [") {
		buttons = append(buttons, part)
	}
	return buttons, true
}
