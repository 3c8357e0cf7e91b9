package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
	_ "time/tzdata" // digests are in Europe/Brussels, also where the machine knows no zones
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), stopSignals()...)
	context.AfterFunc(ctx, func() { time.AfterFunc(oneBreath, stop) })
	status := program{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv,
	}.main(ctx, os.Args[1:])
	stop()
	os.Exit(status)
}

// oneBreath is how long more signals count as the first one: some programs send it to
// the process and to its group. Who sends another one later ends a program that cannot
// stop by itself, because it waits for a file that nobody writes, say.
const oneBreath = time.Second

// stopSignals are those that ask the program to stop: Ctrl-C, SIGTERM, and the end of
// its terminal, unless it was started to outlive it.
func stopSignals() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

// program is one run of the command: what it reads, writes and knows of its
// surroundings. Tests run it with their own.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
}

// subcommand is one line of the program's table of subcommands.
type subcommand struct {
	name  string
	args  string // as shown in the usage
	flags string // that it takes beside --config
	about string
	help  string // the page of --help
	run   func(p program, ctx context.Context, c call) error
}

// call is a subcommand as it was called.
type call struct {
	config   string        // --config
	errors   bool          // evaluate --errors
	endpoint string        // catalogue propose --endpoint
	timeout  time.Duration // catalogue propose --timeout
	args     []string      // what is no flag
}

func subcommands() []subcommand {
	return []subcommand{
		{"run", "", "", "run the bot (the default): every platform with a token; without one, chat in the terminal", helpRun, program.run},
		{"check", "", "", "check the configuration, the database, each token and each source", helpCheck, program.check},
		{"identify", "", "", "say what articles are about: JSON lines from stdin to stdout", helpIdentify, program.identify},
		{"cluster", "", "", "say which articles tell one story: JSON lines from stdin to stdout", helpCluster, program.cluster},
		{"evaluate", "FILE…", "errors", "score identify and cluster on labelled JSON lines", helpEvaluate, program.evaluate},
		{"catalogue", "check|show|propose", "endpoint timeout", "validate the catalogue, look a name up in it, propose changes", helpCatalogue, program.catalogue},
		{"demo", "", "", "an invented match day, offline and without accounts", helpDemo, program.demo},
		{"backup", "FILE", "", "copy the database while the bot runs", helpBackup, program.backup},
		{"version", "", "", "print the version", helpVersion, program.version},
	}
}

// usageError is wrong usage: the program exits with status 2.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// errStopped is told after one of stopSignals, where that left something undone.
var errStopped = errors.New("stopped before it was done")

// main runs one subcommand and returns the exit status.
func (p program) main(ctx context.Context, args []string) int {
	cmd, c, err := parse(args)
	written := &results{w: p.stdout}
	switch {
	case errors.Is(err, flag.ErrHelp) && cmd.help == "":
		p.usage(written)
		err = nil
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(written, cmd.help)
	case err == nil && cmd.name == "run": // its chat asks whether stdout is a terminal
		err = cmd.run(p, ctx, c)
	case err == nil:
		p.stdout = written
		err = cmd.run(p, ctx, c)
	}
	if err == nil {
		err = written.err
	}
	if err == nil {
		return exitDone
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errStopped
	}
	fmt.Fprintln(p.stderr, "sjotbot:", err)
	if _, ok := errors.AsType[usageError](err); ok {
		fmt.Fprintln(p.stderr, "sjotbot --help shows how to use it.")
		return exitUsage
	}
	if _, ok := errors.AsType[*ConfigError](err); ok {
		return exitUsage
	}
	return exitFailed
}

// results is a stdout that remembers what went wrong: who prints a line need not ask,
// and a result that nobody got is still no success.
type results struct {
	w   io.Writer
	err error
}

// Write writes, and keeps the first error.
func (r *results) Write(b []byte) (int, error) {
	n, err := r.w.Write(b)
	if r.err == nil {
		r.err = err
	}
	return n, err
}

// parse finds the subcommand and its flags, which may stand before or after it. For
// who asks for help the error is flag.ErrHelp, with the subcommand if one was named.
func parse(args []string) (subcommand, call, error) {
	c, given, err := parseFlags(args)
	help := errors.Is(err, flag.ErrHelp)
	if err != nil && !help {
		return subcommand{}, c, usageError{err.Error()}
	}
	words := c.args
	if len(words) > 0 && words[0] == "help" {
		help, words = true, words[1:]
	}
	if help && len(words) == 0 {
		return subcommand{}, c, flag.ErrHelp
	}
	name := "run"
	if len(words) > 0 {
		name, words = words[0], words[1:]
	}
	c.args = words
	for _, s := range subcommands() {
		if s.name != name {
			continue
		}
		if help {
			return s, c, flag.ErrHelp
		}
		return s, c, s.accept(given, words)
	}
	return subcommand{}, c, usageError{fmt.Sprintf("there is no subcommand %q", name)}
}

// accept refuses flags and words that the subcommand does nothing with.
func (s subcommand) accept(flags, words []string) error {
	for _, name := range flags {
		if name != "config" && !slices.Contains(strings.Fields(s.flags), name) {
			return usageError{fmt.Sprintf("%s takes no --%s", s.name, name)}
		}
	}
	if s.args == "" && len(words) > 0 {
		return usageError{fmt.Sprintf("%s takes no argument, got %q", s.name, strings.Join(words, " "))}
	}
	return nil
}

// parseFlags reads the flags, wherever they stand, and the other words. Given are the
// names of the flags that were there.
func parseFlags(args []string) (c call, given []string, err error) {
	flags := flag.NewFlagSet("sjotbot", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.config, "config", "", "")
	flags.BoolVar(&c.errors, "errors", false, "")
	flags.StringVar(&c.endpoint, "endpoint", wikidataEndpoint, "")
	flags.DurationVar(&c.timeout, "timeout", time.Minute, "")
	for err = flags.Parse(args); err == nil && flags.NArg() > 0; err = flags.Parse(args) {
		c.args, args = append(c.args, flags.Arg(0)), flags.Args()[1:]
	}
	flags.Visit(func(f *flag.Flag) { given = append(given, f.Name) })
	return c, given, err
}

func (p program) usage(w io.Writer) {
	fmt.Fprintln(w, "sjotbot brings Belgian football news to those who follow a club, a coach or the Rode Duivels.")
	fmt.Fprintln(w, "\nUsage: sjotbot [--config FILE] [subcommand]")
	fmt.Fprintln(w)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range subcommands() {
		fmt.Fprintf(tw, "  %s\t%s\n", strings.TrimSpace(s.name+" "+s.args), s.about)
	}
	_ = tw.Flush()
	fmt.Fprintln(w, "\n--config FILE  the configuration; default config.toml in the working directory, if it is there")
	fmt.Fprintln(w, "--errors       with evaluate: list the items that came out wrong")
	fmt.Fprintln(w, "\nsjotbot SUBCOMMAND --help says more of each, with an example.")
	fmt.Fprintln(w, "\nTokens come from SJOTBOT_TELEGRAM_TOKEN and SJOTBOT_DISCORD_TOKEN, or from the configuration.")
	fmt.Fprintln(w, "Exit status: 0 done, 1 failed, 2 wrong usage or configuration.")
}
