package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Platform is the name of this platform in addresses.
const Platform subscriptions.Platform = "console"

// Address is the one place there is: the person at the keyboard.
func Address() subscriptions.Address {
	return subscriptions.Address{Platform: Platform, ID: "me"}
}

// Config is what a [Console] works with. In and Out are needed.
type Config struct {
	In  io.Reader
	Out io.Writer
	// Language is the person's, "fr-BE"; empty is the bot's default.
	Language string
	// Hint says how buttons are pressed here; it stands under the first that are
	// shown. Empty for one who knows.
	Hint string
}

// Console is a chat with one person. It implements bot.Messenger.
type Console struct {
	in       io.Reader
	language string
	// prompts is true when somebody sits there.
	prompts bool

	mu     sync.Mutex
	paper  paper
	sent   int
	hint   string // until it was given
	choice map[int]choice
	next   int // the number of the next choice
}

// choice is what a number stands for: a button, or hidden text to show.
type choice struct {
	button bot.Button
	hidden string
}

// New returns a Console.
func New(cfg Config) *Console {
	return &Console{
		in: cfg.In, language: cfg.Language, prompts: terminal(cfg.In),
		paper: paper{out: cfg.Out, colour: terminal(cfg.Out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"},
		hint:  cfg.Hint, choice: map[int]choice{}, next: 1,
	}
}

// terminal reports whether a stream is a terminal and not a file or a pipe.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Check says who the bot is here, for the program's check.
func (c *Console) Check(context.Context) (string, error) { return "this terminal", nil }

// Run greets the person and carries out what is typed, until the input ends, "exit"
// is typed or ctx ends. It returns nil in all these cases. The goroutine that
// waits for the keyboard may outlive it, as reading a terminal cannot be stopped.
func (c *Console) Run(ctx context.Context, h bot.Handler) error {
	c.answer(h.Handle(ctx, c.command(bot.Command{Name: "start"})))
	lines := make(chan string)
	failed := make(chan error, 1)
	go func() { failed <- read(ctx, c.in, lines) }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case line := <-lines:
			if word := strings.ToLower(line); word == "exit" || word == "quit" {
				return nil
			}
			c.enter(ctx, h, line)
		}
	}
}

// longestLine is the most of a line that is kept, in bytes; nobody types more.
const longestLine = 64 << 10

// read sends the lines of in until it ends.
func read(ctx context.Context, in io.Reader, lines chan<- string) error {
	r := bufio.NewReaderSize(in, longestLine)
	for {
		line, more, err := r.ReadLine()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read what is typed: %w", err)
		}
		text := strings.TrimSpace(string(line))
		for more && err == nil { // the rest of an endless line
			_, more, err = r.ReadLine()
		}
		select {
		case lines <- text:
		case <-ctx.Done():
			return nil
		}
	}
}

// enter carries out one typed line: a command, free text, or the number of a choice.
func (c *Console) enter(ctx context.Context, h bot.Handler, line string) {
	cmd := bot.Command{Args: line}
	if n, err := strconv.Atoi(line); err == nil {
		chosen, ok := c.take(n)
		switch {
		case !ok:
			cmd.Pressed = true // a button that is not there any more
		case chosen.hidden != "":
			c.show(func(p *paper) { p.line(chosen.hidden) })
			return
		case chosen.button.URL != "":
			c.show(func(p *paper) { p.line(chosen.button.URL) })
			return
		default:
			cmd = bot.Command{Args: chosen.button.Command, Pressed: true}
		}
	}
	if line == "" {
		c.show(func(*paper) {})
		return
	}
	c.answer(h.Handle(ctx, c.command(cmd)))
}

// command fills in what is the same for everything that is typed.
func (c *Console) command(cmd bot.Command) bot.Command {
	cmd.Place = bot.Place{Address: Address()}
	cmd.Language = c.language
	return cmd
}

func (c *Console) take(n int) (choice, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	chosen, ok := c.choice[n]
	return chosen, ok
}

// answer writes a reply. Its choices are counted from 1 again.
func (c *Console) answer(r bot.Reply) {
	if r.Repeated {
		return
	}
	c.show(func(p *paper) {
		if len(r.Message.Buttons) > 0 {
			clear(c.choice)
			c.next = 1
		}
		if r.Message.Text == "" && r.Message.Title == "" && len(r.Message.Items) == 0 {
			p.line(r.Toast)
		}
		p.message(r.Message, c.offer)
		if len(r.Message.Buttons) > 0 && c.hint != "" {
			p.dim(c.hint)
			p.raw("\n")
			c.hint = ""
		}
		if r.File != nil {
			p.dim(r.File.Name)
			p.line(string(r.File.Data))
		}
	})
}

// offer numbers a choice.
func (c *Console) offer(what choice) int {
	n := c.next
	c.choice[n] = what
	c.next++
	return n
}

// show writes to the paper, over the prompt if there is one, and prompts again.
func (c *Console) show(write func(*paper)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.prompts && c.paper.colour {
		c.paper.raw("\r\x1b[K")
	}
	write(&c.paper)
	if c.prompts {
		c.paper.raw("> ")
	}
}

// Platform implements bot.Messenger.
func (c *Console) Platform() subscriptions.Platform { return Platform }

// Reserve implements bot.Messenger: a terminal has no limits.
func (c *Console) Reserve(subscriptions.Address, time.Time) (time.Duration, bool) { return 0, false }

// Split implements bot.Messenger: a terminal takes anything.
func (c *Console) Split(m bot.Message) []bot.Message { return []bot.Message{m} }

// Send implements bot.Messenger.
func (c *Console) Send(_ context.Context, to subscriptions.Address, m bot.Message) bot.Receipt {
	if to != Address() {
		return bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestGone, Err: fmt.Errorf("no such place: %s", to)}
	}
	c.show(func(p *paper) {
		p.raw("\n")
		p.message(m, c.offer)
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.paper.err; err != nil {
		return bot.Receipt{Result: bot.ResultRetry, Err: fmt.Errorf("write to the terminal: %w", err)}
	}
	c.sent++
	return bot.Receipt{Result: bot.ResultSent, Reference: strconv.Itoa(c.sent)}
}
