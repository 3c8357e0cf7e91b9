package console_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/console"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// screen is what the console writes on; tests wait for it to say something.
type screen struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{}
}

func newScreen() *screen { return &screen{wrote: make(chan struct{}, 1)} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.wrote <- struct{}{}:
	default:
	}
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// until waits for text and returns all that was written up to it since the last call.
func (s *screen) until(t testing.TB, text string) string {
	t.Helper()
	for timeout := time.After(20 * time.Second); ; {
		s.mu.Lock()
		before, after, found := strings.Cut(s.text.String(), text)
		if found {
			s.text.Reset()
			s.text.WriteString(after)
			s.mu.Unlock()
			return before
		}
		s.mu.Unlock()
		select {
		case <-s.wrote:
		case <-timeout:
			t.Fatalf("the console never wrote %q, but:\n%s", text, s)
		}
	}
}

// marked answers a line that no person types, so that a test knows that all before
// it was answered; everything else is for the real core.
type marked struct{ bot.Handler }

const mark = "that was all"

func (m marked) Handle(ctx context.Context, c bot.Command) bot.Reply {
	if c.Args == mark {
		return bot.Reply{Message: bot.Message{Text: mark}}
	}
	return m.Handler.Handle(ctx, c)
}

// keyboard is a person in front of a console.
type keyboard struct {
	screen *screen
	keys   *io.PipeWriter
	seen   string // the last answer with its numbers
}

func newKeyboard(t testing.TB, language string) *keyboard {
	t.Helper()
	in, keys := io.Pipe()
	k := &keyboard{screen: newScreen(), keys: keys}
	c := console.New(console.Config{In: in, Out: k.screen, Language: language})
	w := newWorld(t)
	ended := make(chan error, 1)
	go func() { ended <- c.Run(context.WithoutCancel(t.Context()), marked{w.Commands}) }()
	t.Cleanup(func() {
		keys.Close()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	k.line(t, mark)
	k.screen.until(t, mark+"\n") // after the greeting
	return k
}

func newWorld(t testing.TB) *bottest.World {
	t.Helper()
	logs := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sjotbot.db"), logs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return bottest.NewWorld(t, store, logs)
}

func (k *keyboard) line(t testing.TB, line string) {
	t.Helper()
	if _, err := io.WriteString(k.keys, line+"\n"); err != nil {
		t.Fatal(err)
	}
}

// numbered finds the buttons: "[3] Text".
var numbered = regexp.MustCompile(`(?m)\[(\d+)\] (.+?)(?:   |$)`)

// Do implements bottest.Driver.
func (k *keyboard) Do(t testing.TB, turn bottest.Turn) bottest.Answer {
	t.Helper()
	line := turn.Line
	if turn.Button != "" {
		for _, m := range numbered.FindAllStringSubmatch(k.seen, -1) {
			if m[2] == turn.Button {
				line = m[1]
			}
		}
		if line == "" {
			t.Fatalf("no button %q in:\n%s", turn.Button, k.seen)
		}
	}
	k.line(t, line)
	k.line(t, mark)
	answer := bottest.Answer{Text: k.screen.until(t, mark+"\n")}
	if len(numbered.FindAllString(answer.Text, -1)) > 0 {
		k.seen = answer.Text
	}
	for _, m := range numbered.FindAllStringSubmatch(answer.Text, -1) {
		answer.Buttons = append(answer.Buttons, m[2])
	}
	if strings.Contains(answer.Text, "sjotbot.json") {
		answer.File = "sjotbot.json"
	}
	return answer
}

func TestConversations(t *testing.T) {
	t.Parallel()
	for _, c := range bottest.Conversations(t) {
		if c.Shared {
			continue // there is one person at a terminal
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.Hold(t, newKeyboard(t, c.Language))
		})
	}
}

// silent is a core that answers nothing worth reading.
type silent struct{}

func (silent) Handle(_ context.Context, c bot.Command) bot.Reply {
	return bot.Reply{Message: bot.Message{Text: "said: " + c.Name + c.Args}}
}
func (silent) Complete(context.Context, bot.Completion) []bot.Choice { return nil }
func (silent) Notice(context.Context, bot.Notice) error              { return nil }

// TestPipe reads a pipe to its end, as in: echo genk | sjotbot.
func TestPipe(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"lines":             {"/volg genk\n\nlijst\n", "said: start\n\nsaid: /volg genk\n\nsaid: lijst\n\n"},
		"no last line end":  {"genk", "said: start\n\nsaid: genk\n\n"},
		"nothing":           {"", "said: start\n\n"},
		"windows":           {"genk\r\n", "said: start\n\nsaid: genk\n\n"},
		"exit":              {"genk\nexit\nlater\n", "said: start\n\nsaid: genk\n\n"},
		"what steers":       {"\x1b[31mrood\x07\n", "said: start\n\nsaid: [31mrood\n\n"},
		"an endless line":   {strings.Repeat("x", 70_000) + "\ngenk\n", "said: start\n\nsaid: " + strings.Repeat("x", 64<<10) + "\n\nsaid: genk\n\n"},
		"a number of none":  {"7\n", "said: start\n\nsaid: 7\n\n"},
		"not even text":     {"\xff\xfe\n", "said: start\n\nsaid: \ufffd\ufffd\n\n"},
		"a number too long": {"99999999999999999999\n", "said: start\n\nsaid: 99999999999999999999\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			c := console.New(console.Config{In: strings.NewReader(tc.in), Out: &out})
			if err := c.Run(t.Context(), silent{}); err != nil {
				t.Fatal(err)
			}
			if out.String() != tc.want {
				t.Errorf("got %.300q, want %.300q", out.String(), tc.want)
			}
		})
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	in, keys := io.Pipe()
	defer keys.Close()
	out := newScreen()
	c := console.New(console.Config{In: in, Out: out})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, silent{}) }()
	out.until(t, "said: start")
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("got %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("Run goes on")
	}
}

// TestSend writes a story with everything in it.
func TestSend(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := console.New(console.Config{In: strings.NewReader(""), Out: &out})
	m := bot.Message{
		Title: "Overzicht", Footer: "En nog 2 berichten.",
		Items: []bot.Item{
			{Group: "KRC Genk", Label: "Gerucht:", Title: "Spits \x1b[2Jop komst", Lead: "Een bod.", URL: "https://a.example/1", Publisher: "A", Age: "zonet"},
			{Group: "KRC Genk", Title: "Kort", Compact: true, URL: "https://a.example/2", Publisher: "B", Age: "1 uur geleden"},
			{Group: "Standard", Title: "3-1 gewonnen", Spoiler: true, URL: "https://c.example/wint-met-3-1", Publisher: "C", Age: "gisteren"},
		},
		Buttons: [][]bot.Button{{{Text: "Dempen", Command: "+mute club/genk"}, {Text: "Lees", URL: "https://a.example/1"}, {Text: "Aan", Command: "x", Chosen: true}}},
	}
	want := `
Overzicht
KRC Genk
Gerucht: Spits [2Jop komst
Een bod.
A, zonet
https://a.example/1
• Kort
  B, 1 uur geleden  https://a.example/2
Standard
▒▒▒▒▒▒▒▒ [1]
C, gisteren
En nog 2 berichten.
[2] Dempen   [3] Lees   [4] ✓ Aan

`
	r := c.Send(t.Context(), console.Address(), m)
	if r.Result != bot.ResultSent || r.Reference == "" {
		t.Errorf("got %+v", r)
	}
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	if r := c.Send(t.Context(), subscriptions.Address{Platform: "console", ID: "you"}, m); r.Result != bot.ResultUnreachable {
		t.Errorf("another place: %+v", r)
	}
}

// TestNumbers presses what a story and an answer offered.
func TestNumbers(t *testing.T) {
	t.Parallel()
	in, keys := io.Pipe()
	out := newScreen()
	c := console.New(console.Config{In: in, Out: out})
	var asked []bot.Command
	h := funcHandler(func(cmd bot.Command) bot.Reply {
		asked = append(asked, cmd)
		return bot.Reply{Message: bot.Message{Text: "answer", Buttons: [][]bot.Button{{{Text: "One", Command: "one"}}}}}
	})
	ended := make(chan error, 1)
	go func() { ended <- c.Run(t.Context(), h) }()
	out.until(t, "[1] One\n")
	c.Send(t.Context(), console.Address(), bot.Message{
		Items:   []bot.Item{{Title: "2-0", Lead: "Twee goals", Spoiler: true}},
		Buttons: [][]bot.Button{{{Text: "Why", Command: "+why 1"}, {Text: "Site", URL: "https://a.example"}}},
	})
	out.until(t, "[3] Why   [4] Site\n")
	fmt.Fprintln(keys, "2") // the spoiler
	if got := out.until(t, "Twee goals\n"); !strings.Contains(got, "2-0") {
		t.Errorf("the spoiler shows %q", got)
	}
	fmt.Fprintln(keys, "4")
	out.until(t, "https://a.example\n")
	fmt.Fprintln(keys, "3")
	out.until(t, "[1] One\n")
	fmt.Fprintln(keys, "1")
	out.until(t, "[1] One\n")
	fmt.Fprintln(keys, "9") // none of those
	out.until(t, "[1] One\n")
	keys.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	var got []string
	for _, cmd := range asked[1:] {
		got = append(got, fmt.Sprintf("%s %v", cmd.Args, cmd.Pressed))
	}
	if strings.Join(got, ", ") != "+why 1 true, one true, 9 true" {
		t.Errorf("pressed %q", got)
	}
}

// TestHint says once how buttons are pressed: under the first that are shown.
func TestHint(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := console.New(console.Config{In: strings.NewReader("a\nb\n"), Out: &out, Hint: "Type 1 for the first."})
	err := c.Run(t.Context(), funcHandler(func(cmd bot.Command) bot.Reply {
		m := bot.Message{Text: cmd.Name + cmd.Args}
		if cmd.Args != "" {
			m.Buttons = [][]bot.Button{{{Text: "One", Command: "one"}}}
		}
		return bot.Reply{Message: m}
	}))
	if want := "start\n\na\n[1] One\n\nType 1 for the first.\n\nb\n[1] One\n\n"; err != nil || out.String() != want {
		t.Errorf("got %q, %v; want %q", out.String(), err, want)
	}
}

type funcHandler func(bot.Command) bot.Reply

func (f funcHandler) Handle(_ context.Context, c bot.Command) bot.Reply   { return f(c) }
func (funcHandler) Complete(context.Context, bot.Completion) []bot.Choice { return nil }
func (funcHandler) Notice(context.Context, bot.Notice) error              { return nil }

// failing is a closed terminal.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestSendToClosedTerminal(t *testing.T) {
	t.Parallel()
	c := console.New(console.Config{In: strings.NewReader(""), Out: failing{}})
	if r := c.Send(t.Context(), console.Address(), bot.Message{Text: "x"}); r.Result != bot.ResultRetry || r.Err == nil {
		t.Errorf("got %+v", r)
	}
}
