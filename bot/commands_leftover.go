package bot

import (
	"slices"
	"strings"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// leftover is what an argument names and its command could do nothing with: topics that
// are not followed, and names that are not certain, about which the buttons ask.
type leftover struct {
	command string
	strange []subscriptions.Topic
	open    []question
}

// leave returns those of the certain topics that are followed, and notes the rest.
func (r *request) leave(subs []subscriptions.Subscription, command string, w wanted) []subscriptions.Topic {
	r.leftover = leftover{command: command, open: w.open}
	var topics []subscriptions.Topic
	for _, t := range w.certain {
		if followed(subs, t) {
			topics = append(topics, t)
		} else {
			r.leftover.strange = append(r.leftover.strange, t)
		}
	}
	return topics
}

// oneThing leaves of "genk and mute standard", the argument of a command for topics, what
// stands before the next command, and notes that one.
func (r *request) oneThing() {
	v := r.commands.vocabulary
	if r.command.Pressed || r.command.Name != "" || !r.forTopics(r.name) || r.lookUp(r.args).Entry != nil {
		return
	}
	words := strings.Fields(strings.NewReplacer(",", " , ", ";", " , ").Replace(r.args))
	for i, w := range words {
		if i == 0 || i == len(words)-1 || w != "," && !v.means(fold(w), "and") {
			continue
		}
		rest := strings.Join(words[i+1:], " ")
		if name, args, ok := r.instruction(rest); ok {
			r.args, r.then = strings.Join(words[:i], " "), Button{Text: clip(rest), Command: strings.TrimSpace(name + " " + args)}
			return
		}
	}
}

// instruction reads a line as a command, or as a wish that is one.
func (r *request) instruction(line string) (name, args string, ok bool) {
	v := r.commands.vocabulary
	wish := request{commands: r.commands, say: r.say, now: r.now}
	if wish.wishes(line) {
		return wish.name, wish.args, true
	}
	word, rest, _ := strings.Cut(line, " ")
	name, ok = v.command(word)
	return name, v.argument(word, rest), ok
}

// forTopics reports whether a command takes topics.
func (r *request) forTopics(command string) bool {
	return slices.ContainsFunc(r.commands.specs[command].Options, func(o Option) bool { return o.Name == "topic" })
}

// withLeftover adds to an answer what the command could do nothing with: no name is
// passed over in silence.
func (c *Commands) withLeftover(r *request, reply Reply) Reply {
	said, more := []string{reply.Message.Text}, [][]Button(nil)
	if r.then != (Button{}) {
		said, more = append(said, r.say.Text("answer.one-thing", locale.Args{"command": r.then.Text})), rows(1, button(r.then.Text, r.then.Command))
		if r.question.fits == nil {
			r.expect(r.then, Button{})
		}
	}
	if strange := r.leftover.strange; len(strange) > 0 {
		names := r.topicNames(strange...)
		said = append(said, r.say.Text(r.here("unfollow.not-followed"), locale.Args{"topics": names}))
		if len(strange) == 1 && r.leftover.command != "unfollow" {
			more = append(more, rows(1, button(r.say.Text("button.follow", locale.Args{"topic": names}), "follow", string(strange[0])))...)
		}
	}
	if len(r.leftover.open) > 0 {
		asked := r.question
		question := c.ask(r, r.leftover.command, wanted{open: r.leftover.open}).Message
		if asked.fits != nil {
			r.question = asked
		}
		said, more = append(said, question.Text), append(more, question.Buttons...)
	}
	reply.Message.Text = paragraphs(said...)
	if len(more) > 0 {
		more = firstRows(more, pageRows/2)
		reply.Message.Buttons = slices.Concat(firstRows(reply.Message.Buttons, pageRows+1-len(more)), more)
	}
	return reply
}
