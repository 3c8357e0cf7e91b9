package bot_test

import (
	"bytes"
	"context"
	"flag"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

var update = flag.Bool("update", false, "write the golden files anew") //nolint:gochecknoglobals // a flag

// world returns a bot on a real database.
func world(t testing.TB) *bottest.World {
	t.Helper()
	logs := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sjotbot.db"), logs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return bottest.NewWorld(t, store, logs)
}

// person talks with the commands directly, without any platform.
type person struct {
	world    *bottest.World
	place    bot.Place
	language string
	buttons  []bot.Button // under the last answer that had any
	last     bot.Reply
}

func newPerson(w *bottest.World, language string, shared bool) *person {
	return &person{world: w, language: language, place: bot.Place{
		Address: subscriptions.Address{Platform: "test", ID: "41"}, Shared: shared,
	}}
}

// talk says lines, or presses buttons where they stand in brackets, and returns the last answer.
func (p *person) talk(t testing.TB, lines ...string) (got bottest.Answer) {
	t.Helper()
	for _, line := range lines {
		turn := bottest.Turn{Line: line}
		if strings.HasPrefix(line, "[") {
			turn = bottest.Turn{Button: strings.Trim(line, "[]")}
		}
		got = p.Do(t, turn)
	}
	return got
}

// Do implements bottest.Driver.
func (p *person) Do(t testing.TB, turn bottest.Turn) bottest.Answer {
	t.Helper()
	cmd := bot.Command{Place: p.place, Language: p.language, Args: turn.Line}
	if p.place.Shared {
		cmd.MayManage = func(context.Context) (bool, error) { return !turn.Visitor, nil }
	}
	if turn.Button != "" {
		i := slices.IndexFunc(p.buttons, func(b bot.Button) bool { return label(b) == turn.Button })
		if i < 0 {
			t.Fatalf("no button %q", turn.Button)
		}
		cmd.Args, cmd.Pressed = p.buttons[i].Command, true
	}
	p.last = p.world.Commands.Handle(t.Context(), cmd)
	checkReply(t, turn, p.last)
	a := bottest.Answer{Text: text(p.last)}
	if len(p.last.Message.Buttons) > 0 {
		p.buttons = slices.Concat(p.last.Message.Buttons...)
	}
	for _, b := range slices.Concat(p.last.Message.Buttons...) {
		a.Buttons = append(a.Buttons, label(b))
	}
	return a
}

// say types a line and returns the answer's text.
func (p *person) say(t testing.TB, line string) string {
	t.Helper()
	return p.Do(t, bottest.Turn{Line: line}).Text
}

func label(b bot.Button) string {
	if b.Chosen {
		return "✓ " + b.Text
	}
	return b.Text
}

// text writes a reply as it stands in a conversation.
func text(r bot.Reply) string {
	var lines []string
	add := func(line string) {
		if line != "" {
			lines = append(lines, line)
		}
	}
	add(r.Message.Title)
	add(r.Message.Text)
	for _, item := range r.Message.Items {
		add(item.Group)
		title := item.Title
		if item.Label != "" {
			title = item.Label + " " + title
		}
		if item.Spoiler {
			title = "(spoiler) " + title
		}
		add(title)
		if !item.Compact {
			add(item.Lead)
		}
		add(item.Publisher + ", " + item.Age)
	}
	add(r.Message.Footer)
	if r.File != nil {
		add("(" + r.File.Name + ")")
	}
	return strings.Join(lines, "\n")
}

// checkReply finds what no reply may do.
func checkReply(t testing.TB, turn bottest.Turn, r bot.Reply) {
	t.Helper()
	if strings.TrimSpace(text(r)) == "" {
		t.Errorf("%s: an empty answer", turn)
	}
	if strings.ContainsAny(r.Message.Text+r.Message.Title+r.Message.Footer+r.Toast, "{}") && !strings.ContainsAny(turn.Line, "{}") {
		t.Errorf("%s: a placeholder is left in %q", turn, r.Message.Text)
	}
	if len(r.Message.Buttons) > 5 {
		t.Errorf("%s: %d rows of buttons; a message has room for 5", turn, len(r.Message.Buttons))
	}
	if utf8.RuneCountInString(r.Toast) > 200 {
		t.Errorf("%s: a toast of %d characters; Telegram takes 200", turn, utf8.RuneCountInString(r.Toast))
	}
	for _, row := range r.Message.Buttons {
		if len(row) == 0 || len(row) > 5 {
			t.Errorf("%s: a row of %d buttons", turn, len(row))
		}
		for _, b := range row {
			switch {
			case b.Text == "" || b.Command == "" && b.URL == "":
				t.Errorf("%s: an empty button %+v", turn, b)
			case len(b.Command) > 60:
				t.Errorf("%s: the button %q has a command of %d bytes", turn, b.Text, len(b.Command))
			}
		}
	}
}

// TestConversations compares each conversation with its file, answer by answer.
func TestConversations(t *testing.T) {
	t.Parallel()
	for _, c := range bottest.Conversations(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("bottest", "conversations", c.Name+".txt")
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := newPerson(world(t), c.Language, c.Shared)
			var got bytes.Buffer
			header, _, _ := strings.Cut(string(want), "\n\n")
			got.WriteString(header + "\n")
			for _, turn := range c.Turns {
				answer := p.Do(t, turn)
				got.WriteString("\n" + turn.String() + "\n" + answer.Text + "\n")
				for _, row := range p.last.Message.Buttons {
					texts := make([]string, len(row))
					for i, b := range row {
						texts[i] = "[" + label(b) + "]"
					}
					got.WriteString(strings.Join(texts, " ") + "\n")
				}
			}
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
				t.Errorf("the conversation went differently (-want +got; -update writes it anew):\n%s", diff)
			}
		})
	}
}

// TestConversationsUseEveryCommand: what every platform is held to is all there is.
func TestConversationsUseEveryCommand(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	w := world(t)
	for _, c := range bottest.Conversations(t) {
		for _, turn := range c.Turns {
			word, _, _ := strings.Cut(strings.TrimPrefix(turn.Line, "/"), " ")
			used[word] = used[word] || !c.Typing
		}
	}
	for _, s := range bot.Specs(w.Locale) {
		names := append(slices.Collect(maps.Values(s.Names)), s.Name)
		if !slices.ContainsFunc(names, func(name string) bool { return used[name] }) {
			t.Errorf("no conversation uses %s", s.Name)
		}
	}
}

func readFile(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
