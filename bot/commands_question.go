package bot

import (
	"context"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// questions are those put to places that wait for a yes or a no. They are kept in
// memory: the buttons under a question answer it also after a restart.
type questions struct {
	mu   sync.Mutex
	open map[subscriptions.Address]openQuestion
}

// openQuestion is what yes and no mean, as the buttons that say the same. A no
// without a button leaves things as they are. A question that wants something else
// ("how long?") has the command that takes it as argument, and tells what is one. Of an
// answer that says what was done, undo takes it back.
type openQuestion struct {
	yes, no Button
	undo    Button
	command string
	fits    func(r *request, said string) bool
	until   time.Time
}

const (
	// openFor is how long a question can be answered in words. Somebody's "yes" of
	// tomorrow is no answer to it.
	openFor = time.Hour
	// mostOpen bounds how many are kept; above it the buttons have to do.
	mostOpen = 10_000
)

// put keeps a place's question in the stead of the one before. One that nothing can
// answer is none: something else was said since.
func (q *questions) put(at subscriptions.Address, question openQuestion, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.open, at)
	if question.yes == (Button{}) && question.fits == nil && question.undo == (Button{}) {
		return
	}
	if len(q.open) >= mostOpen {
		for address, old := range q.open {
			if !old.until.After(now) {
				delete(q.open, address)
			}
		}
	}
	if len(q.open) < mostOpen {
		question.until = now.Add(openFor)
		q.open[at] = question
	}
}

// at returns the question that is open at a place.
func (q *questions) at(place subscriptions.Address, now time.Time) (openQuestion, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	question, ok := q.open[place]
	return question, ok && question.until.After(now)
}

// Names of what is no command but answered all the same, or left alone; see Commands.table.
const (
	courtesy  = "courtesy"
	farewell  = "farewell"
	declined  = "declined"
	unasked   = "unasked"
	notUndone = "not-undone"
	ignored   = "ignored"
)

// answers reads a line that is no command as an answer: to the question that is
// open, to the bot's kindness, as a greeting, or as the language to speak. It reports
// false for any other line.
func (r *request) answers(line string) bool {
	v := r.commands.vocabulary
	said := plainWords(line)
	question, open := r.commands.questions.at(r.command.Place.Address, r.now)
	undoes, mayUndo := v.means(said, "undo"), open && question.undo != (Button{})
	wants := open && question.fits != nil
	open = open && question.yes != (Button{})
	no := v.means(said, "no") || undoes && open
	line = strings.TrimRight(line, " .!")
	language, spoken := v.language(strings.Join(v.beforeTail(strings.Fields(said), "please"), " "))
	switch {
	case undoes && mayUndo:
		r.press(question.undo)
	case wants && question.fits(r, line):
		r.press(Button{Command: question.command + " " + line})
	case wants && v.means(said, "no"):
		r.name = declined
	case open && (v.means(said, "yes") || said == plainWords(question.yes.Text)):
		r.press(question.yes)
	case open && question.no == (Button{}) && no:
		r.name = declined
	case open && (no || said == plainWords(question.no.Text) && said != ""):
		r.press(question.no)
	case undoes:
		r.name = notUndone
	case v.means(said, "yes"), v.means(said, "no"):
		r.name = unasked
	case v.means(said, "thanks"):
		r.name = courtesy
	case v.means(said, "bye"):
		r.name = farewell
	case v.means(said, "hello"):
		r.name, r.args = "start", ""
	case spoken:
		r.name, r.args = "language", language
	default:
		return false
	}
	return true
}

// asks reads a line as what people ask in so many words: what they follow, what the bot
// can do, the latest news, on a topic or on all, to hear less or nothing, or not to see
// results. Such a line may begin with a word that is a command ("mijn lijst").
func (r *request) asks(line string) bool {
	v := r.commands.vocabulary
	said := v.afterLead(v.beforeTail(strings.Fields(plainWords(line)), "please"), "please")
	wanted := v.afterLead(said, "want")
	means := func(meaning string) bool {
		return v.means(strings.Join(said, " "), meaning) || v.means(strings.Join(wanted, " "), meaning)
	}
	switch {
	case means("my-list"):
		r.name = "following"
	case means("abilities"):
		r.name = "help"
	case means("latest"):
		r.name = "news"
	case means("fewer"):
		r.name = "digest"
	case means("hide"):
		r.name, r.args = "spoilers", "on"
	case means("peace"):
		r.name, r.args = "unfollow", askUnfollowAll
	default:
		if rest := v.afterLead(wanted, "latest"); len(rest) < len(wanted) {
			r.name, r.args = "news", strings.Join(rest, " ")
		}
	}
	return r.name != ""
}

// press carries out a button's command.
func (r *request) press(b Button) {
	name, args, _ := strings.Cut(b.Command, " ")
	r.name, r.args = name, args
}

// plainWords is a line as it is compared with words: without what stands around it,
// a full stop or a smile.
func plainWords(line string) string {
	return fold(strings.TrimFunc(line, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }))
}

// expect notes that the answer is a question, and which buttons say yes and no. In a
// shared place a "yes" may be said to anybody: there the buttons answer alone.
func (r *request) expect(yes, no Button) {
	if !r.command.Place.Shared {
		r.question = openQuestion{yes: yes, no: no}
	}
}

// await notes that the answer asks for the argument of a command, and what is one. In a
// shared place it may be said to anybody, as a yes.
func (r *request) await(command string, fits func(r *request, said string) bool) {
	if !r.command.Place.Shared {
		r.question = openQuestion{command: command, fits: fits}
	}
}

// undoable returns the button that takes back what was done. "Undo" is understood too, also
// where the command is too long for a button.
func (r *request) undoable(name string, args ...string) Button {
	if joined := strings.Join(args, " "); !r.command.Place.Shared && len(joined) <= longestArgument {
		r.undo = Button{Command: name + " " + joined}
	}
	return button(r.say.Text("button.undo", nil), name, args...)
}

// What answers the questions of the commands: a language, on or off, an hour, hours, a
// length of time, what is followed, words to look for.

func isLanguage(r *request, said string) bool {
	_, ok := r.commands.vocabulary.language(said)
	return ok
}

func isPolicy(r *request, said string) bool {
	_, rest, ok := r.commands.vocabulary.policy(said)
	return ok && rest == ""
}

func isSwitch(r *request, said string) bool {
	v := r.commands.vocabulary
	return v.means(fold(said), "on") || v.means(fold(said), "off")
}

func isDigest(r *request, said string) bool {
	_, ok := r.commands.vocabulary.digest(said, r.say.Language())
	return ok && !r.isYesOrNo(said)
}

func isQuiet(r *request, said string) bool {
	_, ok := r.commands.vocabulary.quiet(said)
	return ok && !r.isYesOrNo(said)
}

func isLength(r *request, said string) bool {
	v := r.commands.vocabulary
	_, isTime := v.until(said, r.say.Language(), r.now)
	_, isSpan := v.span(fold(said))
	return isTime || isSpan
}

func isNames(r *request, said string) bool {
	w := r.lookUpAll(said)
	return r.everything(said) || len(w.certain) > 0 && len(w.open) == 0
}

func isSought(r *request, said string) bool {
	v, words := r.commands.vocabulary, plainWords(said)
	return words != "" && !r.isYesOrNo(said) && !v.means(words, "thanks") && !v.means(words, "bye") && !v.means(words, "hello")
}

func (r *request) isYesOrNo(said string) bool {
	v, words := r.commands.vocabulary, plainWords(said)
	return v.means(words, "yes") || v.means(words, "no")
}

// courtesy answers who says thank you.
func (c *Commands) courtesy(_ context.Context, r *request) (Reply, error) {
	return r.text("answer.welcome", nil), nil
}

// farewell answers who takes his leave.
func (c *Commands) farewell(_ context.Context, r *request) (Reply, error) {
	return r.text("answer.farewell", nil), nil
}

// declined answers a no to a question that changes nothing.
func (c *Commands) declined(_ context.Context, r *request) (Reply, error) {
	return r.text("answer.declined", nil), nil
}

// unasked answers a yes or a no to nothing that the bot asked.
func (c *Commands) unasked(_ context.Context, r *request) (Reply, error) {
	if r.command.Overheard {
		return Reply{}, nil
	}
	reply := r.private("answer.unasked", locale.Args{"help": r.slash("help")})
	reply.Message.Buttons = rows(row, button(r.say.Text("button.menu", nil), "follow"), button(r.say.Text("button.help", nil), "help"))
	return reply, nil
}

// notUndone answers who wants something undone that cannot be, or is long ago.
func (c *Commands) notUndone(_ context.Context, r *request) (Reply, error) {
	reply := r.private("answer.not-undone", locale.Args{"following": r.slash("following")})
	reply.Message.Buttons = rows(row, button(r.say.Text("button.following", nil), "following"), button(r.say.Text("button.help", nil), "help"))
	return reply, nil
}

// ignored keeps silent about what people say to one another.
func (c *Commands) ignored(context.Context, *request) (Reply, error) { return Reply{}, nil }
