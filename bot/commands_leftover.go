package bot

import (
	"slices"

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

// withLeftover adds to an answer what the command could do nothing with: no name is
// passed over in silence.
func (c *Commands) withLeftover(r *request, reply Reply) Reply {
	said, more := []string{reply.Message.Text}, [][]Button(nil)
	if strange := r.leftover.strange; len(strange) > 0 {
		names := r.topicNames(strange...)
		said = append(said, r.say.Text(r.here("unfollow.not-followed"), locale.Args{"topics": names}))
		if len(strange) == 1 && r.leftover.command != "unfollow" {
			more = rows(1, button(r.say.Text("button.follow", locale.Args{"topic": names}), "follow", string(strange[0])))
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
