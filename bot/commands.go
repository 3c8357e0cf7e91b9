package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// CommandsConfig is what [Commands] works with. All fields are needed.
type CommandsConfig struct {
	Registry  subscriptions.Registry
	Archive   subscriptions.Archive
	Outbox    subscriptions.Outbox
	Digests   subscriptions.DigestQueue
	Progress  subscriptions.Progress
	Directory *Directory
	Locale    *locale.Locale
	Composer  *Composer
	Now       func() time.Time
	Logger    *slog.Logger
}

// Commands carries out what people ask. It implements [Handler], and is safe for
// use by many goroutines.
type Commands struct {
	CommandsConfig
	specs      map[string]Spec
	order      []Spec
	table      map[string]action
	vocabulary *vocabulary
	// elsewhere are names, folded, of football that cannot be followed here.
	elsewhere map[string]bool
	questions questions
}

// action carries out one command. A [refusal] it returns is said to the person;
// any other error is logged, and the person is told to try again.
type action func(ctx context.Context, r *request) (Reply, error)

// NewCommands returns the commands of [Specs].
func NewCommands(cfg CommandsConfig) *Commands {
	c := &Commands{CommandsConfig: cfg, order: Specs(cfg.Locale), specs: map[string]Spec{}}
	for _, s := range c.order {
		c.specs[s.Name] = s
	}
	c.vocabulary = newVocabulary(cfg.Locale, c.order)
	c.elsewhere = map[string]bool{}
	for _, name := range tagging.Elsewhere() {
		c.elsewhere[fold(name)] = true
	}
	c.questions.open = map[subscriptions.Address]openQuestion{}
	c.table = map[string]action{
		"start": c.start, "help": c.help, "language": c.language, "privacy": c.privacy,
		"follow": c.follow, "unfollow": c.unfollow, "following": c.following,
		"news": c.news, "search": c.search, "why": c.why, "preview": c.preview,
		"digest": c.digest, "quiet": c.quiet, "rumours": c.rumours, "spoilers": c.spoilers, "mute": c.mute,
		"export": c.export, "forget": c.forget, "link": c.link,
		courtesy: c.courtesy, farewell: c.farewell, declined: c.declined, unasked: c.unasked, notUndone: c.notUndone, ignored: c.ignored,
	}
	return c
}

// Handle implements [Handler].
func (c *Commands) Handle(ctx context.Context, cmd Command) (reply Reply) {
	r := &request{commands: c, command: cmd, now: c.Now(), say: c.Locale.Printer(cmd.Language)}
	defer func() {
		if cause := recover(); cause != nil {
			c.Logger.ErrorContext(ctx, "command panicked", slog.String("command", r.name),
				slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
			reply = r.private("error.try-again", nil)
		}
	}()
	reply, err := c.handle(ctx, r)
	if err != nil {
		reply = c.explain(ctx, r, err)
	}
	if r.beside {
		// Under a story in a channel: what one reader asks is not for all to read.
		reply.Beside, reply.Private = true, reply.Private || cmd.Place.Shared
	}
	return reply
}

func (c *Commands) handle(ctx context.Context, r *request) (Reply, error) {
	if err := r.find(ctx); err != nil {
		return Reply{}, err
	}
	reply, err := c.run(ctx, r)
	var no *refusal
	if err != nil && !errors.As(err, &no) {
		return Reply{}, err
	}
	if errMark := r.close(ctx); errMark != nil {
		if errors.Is(errMark, subscriptions.ErrHandled) {
			return Reply{}, errMark
		}
		// The answer is right all the same; at worst it is given twice.
		c.Logger.ErrorContext(ctx, "mark of a command not kept", slog.String("command", r.name), slog.Any("error", errMark))
	}
	if r.command.Name == "" { // a command with a name comes from where no lines are typed
		r.question.undo = r.undo
		c.questions.put(r.command.Place.Address, r.question, r.now)
	}
	return reply, err
}

// explain turns an error into an answer.
func (c *Commands) explain(ctx context.Context, r *request, err error) Reply {
	var no *refusal
	switch {
	case errors.Is(err, subscriptions.ErrHandled):
		return Reply{Repeated: true}
	case errors.As(err, &no):
		if len(no.args) == 0 && len(no.buttons) == 0 { // else they are in the place's language
			r.speakToPerson()
		}
		reply := r.private(no.key, no.args)
		reply.Message.Buttons = no.buttons
		return reply
	default:
		c.Logger.ErrorContext(ctx, "command failed", slog.String("command", r.name),
			slog.String("platform", string(r.command.Place.Address.Platform)), slog.Any("error", err))
		r.speakToPerson()
		return r.private("error.try-again", nil)
	}
}

// longestArgument is the most that any command can make sense of, in bytes.
const longestArgument = 500

// run finds the command and carries it out.
func (c *Commands) run(ctx context.Context, r *request) (Reply, error) {
	if err := r.parse(); err != nil {
		return Reply{}, err
	}
	if len(r.args) > longestArgument {
		return Reply{}, refuse("error.too-long", nil)
	}
	act, ok := c.table[r.name]
	if !ok {
		act = c.lookUp
	}
	if c.specs[r.name].Personal {
		r.speakToPerson()
	}
	if c.specs[r.name].Manage {
		if err := r.permit(ctx); err != nil {
			return Reply{}, err
		}
	}
	r.oneThing()
	reply, err := act(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	return c.withLeftover(r, reply), nil
}

// request is one command under way.
type request struct {
	commands *Commands
	command  Command
	// name and args as parsed; name is empty for free text.
	name, args string
	// beside is true for a button under a story.
	beside bool
	now    time.Time
	// subscriber is zero when the place is not known yet.
	subscriber subscriptions.Subscriber
	// say speaks the language of the place; of the person while it has none.
	say locale.Printer
	// permitted is true once the platform said that the person may manage the place.
	permitted bool
	// marked is true once the command's mark is recorded.
	marked bool
	// question is what the answer asks, if a yes or a no will do.
	question openQuestion
	// undo takes back what the command did, if something does.
	undo Button
	// then is the command that was typed behind this one.
	then Button
	// leftover is what was named and the command could do nothing with.
	leftover leftover
}

// parse finds the command's name and argument.
func (r *request) parse() error {
	v := r.commands.vocabulary
	if r.command.Name != "" {
		name, ok := v.command(r.command.Name)
		if !ok {
			return refuse("error.unknown-command", nil)
		}
		r.name, r.args = name, v.argument(r.command.Name, r.optionArgs(name))
		return nil
	}
	line := typed(r.command.Args)
	if r.command.Pressed {
		line, r.beside = strings.CutPrefix(line, "+")
	}
	if !r.command.Pressed && (r.asks(line) || r.wishes(line)) {
		return nil
	}
	word, rest := line, ""
	if i := strings.IndexAny(line, " \n"); i >= 0 {
		word, rest = line[:i], strings.ReplaceAll(strings.TrimSpace(line[i:]), "\n", ", ")
	}
	if name, ok := v.command(word); ok {
		r.name, r.args = name, v.argument(word, rest)
		return nil
	}
	_, errNumber := strconv.Atoi(line)
	switch {
	case r.command.Pressed && errNumber == nil: // where buttons have numbers, one that stands nowhere
		return refuse("error.no-button", locale.Args{"number": line})
	case r.command.Pressed:
		return refuse("error.old-button", nil)
	case strings.HasPrefix(word, "/"):
		return r.unknownCommand(word, strings.TrimSpace(rest))
	case r.answers(line):
		return nil
	}
	if r.command.Overheard && len(line) > longestArgument {
		r.name = ignored
		return nil
	}
	r.args = line
	if _, ok := webLink(line); ok { // nothing else can be done with one
		r.name = "why"
	}
	return nil
}

// typed is a text as somebody types it. What is pasted may have marks in it that nobody
// sees, and spaces of another kind.
func typed(text string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case unicode.IsSpace(c):
			return ' '
		case unicode.In(c, unicode.Cf, unicode.Cc):
			return -1
		}
		return c
	}, strings.ToValidUTF8(text, "")))
}

// optionArgs writes named options as a typed argument, in the order of the table.
func (r *request) optionArgs(name string) string {
	parts := []string{typed(r.command.Args)}
	for _, o := range r.commands.specs[name].Options {
		parts = append(parts, typed(r.command.Options[o.Name]))
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// unknownCommand proposes the command that was probably meant. One that nothing is like
// may be another bot's.
func (r *request) unknownCommand(word, args string) error {
	if no, ok := r.similarCommand(word, args); ok {
		return no
	}
	if r.command.Overheard {
		r.name = ignored
		return nil
	}
	return refuse("error.unknown-command", nil)
}

// similarCommand returns the question whether a command was meant that is a slip
// of the finger away from word.
func (r *request) similarCommand(word, args string) (*refusal, bool) {
	typed, name, ok := r.commands.vocabulary.similar(word)
	if !ok {
		return nil, false
	}
	if own := r.commands.specs[name].Names[r.say.Language()]; own != "" && slip(fold(commandWord(word)), own) {
		typed = own // of several that are as near, the one he reads in the menus
	}
	no := refuse("error.similar-command", locale.Args{"command": "/" + typed})
	meant := button("/"+strings.TrimSpace(typed+" "+args), name, args)
	no.buttons = rows(1, meant)
	r.expect(meant, Button{})
	return no, true
}

// find looks the place up and chooses the language of the answer.
func (r *request) find(ctx context.Context) error {
	s, err := r.commands.Registry.Find(ctx, r.command.Place.Address)
	switch {
	case errors.Is(err, subscriptions.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("find subscriber: %w", err)
	}
	r.subscriber = s
	r.say = r.commands.Locale.Printer(s.Language)
	return nil
}

// speakToPerson chooses the person's own language, if it is one of ours, for an
// answer that is for him alone.
func (r *request) speakToPerson() {
	if r.command.Place.Shared && locale.Speaks(r.command.Language) {
		r.say = r.commands.Locale.Printer(r.command.Language)
	}
}

// known reports whether anything is kept about the place.
func (r *request) known() bool { return r.subscriber.ID != 0 }

// permit asks whether the person may change the place.
func (r *request) permit(ctx context.Context) error {
	if r.permitted || r.command.MayManage == nil {
		return nil
	}
	may, err := r.command.MayManage(ctx)
	if err != nil {
		return fmt.Errorf("ask whether the person may manage the place: %w", err)
	}
	if !may {
		return refuse("error.may-not-manage", nil)
	}
	r.permitted = true
	return nil
}

// change runs fn in one transaction on the subscriber of the place, who is created
// if need be, and saves him. The command's mark is recorded with it.
func (r *request) change(ctx context.Context, fn func(tx subscriptions.Tx, s *subscriptions.Subscriber) error) error {
	if err := r.permit(ctx); err != nil {
		return err
	}
	return r.write(ctx, func(tx subscriptions.Tx) error {
		s, err := tx.Subscriber(r.command.Place.Address)
		if errors.Is(err, subscriptions.ErrNotFound) {
			s, err = r.newcomer(), nil
			if err := tx.SaveSubscriber(&s); err != nil {
				return fmt.Errorf("create subscriber: %w", err)
			}
		}
		if err != nil {
			return fmt.Errorf("read subscriber: %w", err)
		}
		r.wake(&s)
		if err := fn(tx, &s); err != nil {
			return err
		}
		if err := tx.SaveSubscriber(&s); err != nil {
			return fmt.Errorf("save subscriber: %w", err)
		}
		r.subscriber = s
		return nil
	})
}

// write runs fn in one transaction, with the command's mark the first time.
func (r *request) write(ctx context.Context, fn func(subscriptions.Tx) error) error {
	mark := r.command.Mark
	if r.marked {
		mark = subscriptions.Mark{}
	}
	if err := r.commands.Registry.Change(ctx, r.now, mark, fn); err != nil {
		return fmt.Errorf("change subscriber: %w", err)
	}
	r.marked = true
	return nil
}

// close records the mark of a command that changed nothing, and wakes a
// subscriber whom the platform had called unreachable: he just wrote.
func (r *request) close(ctx context.Context) error {
	asleep := r.subscriber
	wakes := r.known() && r.wake(&asleep)
	if r.marked || r.command.Mark == (subscriptions.Mark{}) && !wakes {
		return nil
	}
	return r.write(ctx, func(tx subscriptions.Tx) error {
		if !wakes {
			return nil
		}
		s, err := tx.Subscriber(r.command.Place.Address)
		if errors.Is(err, subscriptions.ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read subscriber: %w", err)
		}
		r.wake(&s)
		return tx.SaveSubscriber(&s)
	})
}

// wake ends a rest that the platform imposed, and reports whether there was one.
// A rest that the person asked for goes on, also when the platform's came over it, and
// so does one for a right that is still missing.
func (r *request) wake(s *subscriptions.Subscriber) bool {
	if r.command.Place.Address != s.Address {
		return false // a linked place, which says nothing about the other
	}
	switch s.Rest.Reason {
	case subscriptions.RestNone, subscriptions.RestAsked:
		return false
	case subscriptions.RestNoRight:
		if len(r.command.Place.Missing) > 0 {
			return false
		}
	case subscriptions.RestBlocked, subscriptions.RestClosed, subscriptions.RestKicked,
		subscriptions.RestGone, subscriptions.RestUnreachable:
	}
	s.Rest = s.Rest.Back(r.now)
	return true
}

// defaultDigest is when a digest comes as long as nobody chose another hour.
const defaultDigest = 18*60 + 30

// newcomer returns a subscriber as he begins.
func (r *request) newcomer() subscriptions.Subscriber {
	return subscriptions.Subscriber{
		Address:   r.command.Place.Address,
		Shared:    r.command.Place.Shared,
		Language:  locale.Match(r.command.Language),
		Cadence:   subscriptions.Instant,
		Digest:    subscriptions.DigestTime{Minute: defaultDigest},
		CreatedAt: r.now,
	}
}

// subscriptions lists what the place follows.
func (r *request) subscriptions(ctx context.Context) ([]subscriptions.Subscription, error) {
	if !r.known() {
		return nil, nil
	}
	subs, err := r.commands.Registry.Subscriptions(ctx, r.subscriber.ID)
	if err != nil {
		return nil, fmt.Errorf("list subscriptions: %w", err)
	}
	return subs, nil
}

func (r *request) catalogue() *catalogue.Catalogue { return r.commands.Directory.Catalogue() }

func (r *request) naming() naming { return naming{r.catalogue(), r.say} }

// topicName returns what a topic is called, in the language of the answer, where
// the name stands by itself.
func (r *request) topicName(t subscriptions.Topic) string { return r.naming().label(t) }

// topicNames returns how topics are named inside a sentence.
func (r *request) topicNames(topics ...subscriptions.Topic) string { return r.naming().list(topics) }

// refusal is an error that the person can mend, as a sentence to him.
type refusal struct {
	key     string
	args    locale.Args
	buttons [][]Button
}

func (e *refusal) Error() string { return "refused: " + e.key }

func refuse(key string, args locale.Args) *refusal { return &refusal{key: key, args: args} }
