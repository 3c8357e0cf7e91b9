package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
)

// Limits of completion.
const (
	maxChoices    = 25
	maxChoiceName = 100
)

// callback is the first answer to an interaction, due within three seconds.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// patience is how often an answer to a person is tried, and patienceFor the
// longest that it waits in between. A person waits no longer either.
const (
	patience    = 3
	patienceFor = 5 * time.Second
)

// patient sends a call that a person waits for: a limit or a hiccup of the
// platform is waited out, within reason. v may be nil.
func (b *Bot) patient(ctx context.Context, c call, v any) error {
	for try := 1; ; try++ {
		if !c.interaction {
			if wait := b.budget.guard(b.now()); wait > 0 {
				return fmt.Errorf("%s: %w", c.name, errGuard)
			}
			// A broadcast makes room for it.
			b.budget.pacer.Spend(c.bucket, bot.Spacing{}, b.now())
		}
		a := b.rest.do(ctx, c)
		err := b.rest.refusal(c, a)
		wait := time.Duration(try) * 250 * time.Millisecond
		switch {
		case err == nil && v != nil:
			if json.Unmarshal(a.body, v) != nil {
				return fmt.Errorf("%s: the answer is not what Discord documents", c.name)
			}
			return nil
		case err == nil:
			return nil
		case a.status == http.StatusTooManyRequests:
			wait = limitOf(a).after
		case try > 1 && hasCode(err, codeAcknowledged):
			return nil // an earlier try arrived, though we did not hear so
		case a.status != 0 && a.status < 500:
			return err
		}
		if try == patience || wait > patienceFor || !sleep(ctx, wait) {
			return err
		}
	}
}

// callbackCall is the first answer; hookCall what may follow within 15 minutes.
func callbackCall(i interaction, cb callback, file *bot.File) call {
	return call{
		name: "answer an interaction", method: http.MethodPost, interaction: true,
		path: "/interactions/" + i.ID + "/" + i.Token + "/callback", body: cb, file: file,
	}
}

func hookCall(i interaction, method, below string, p any, file *bot.File) call {
	return call{
		name: "complete the answer to an interaction", method: method, interaction: true,
		path: "/webhooks/" + i.ApplicationID + "/" + i.Token + below, body: p, file: file,
	}
}

// choices answers a half-typed argument. The list is always there, or the
// person sees an error.
func choices(list []bot.Choice) callback {
	type choice struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	out := []choice{}
	for _, c := range list {
		name := shorten(clean(c.Label, false), maxChoiceName, plainly)
		if name == "" || c.Value == "" || units(c.Value) > maxChoiceName {
			continue
		}
		if out = append(out, choice{name, c.Value}); len(out) == maxChoices {
			break
		}
	}
	return callback{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: map[string]any{"choices": out},
	}
}

// replying is how one reply is written: its parts, and what becomes of the
// message under a pressed button.
type replying struct {
	parts  []payload
	file   *bot.File
	update bool // the first part replaces the message under the button
	hidden bool // only the person sees it
	sorry  bool // it is the apology
}

// lay decides how a reply is written. ok is false when there is nothing to say.
func (i interaction) lay(r bot.Reply) (replying, bool) {
	m := r.Message
	empty := m.Title == "" && m.Text == "" && len(m.Items) == 0 && len(m.Buttons) == 0 && m.Footer == ""
	// In direct messages there is nobody else, and what is hidden does not last.
	// Where only the person installed the bot, the others never asked for it.
	kind := i.kind()
	out := replying{file: r.File, hidden: kind == byPerson || kind == inServer && (r.Private || i.hidden())}
	switch {
	case !empty:
	case r.Toast != "":
		m.Text, out.hidden = r.Toast, true
	case r.File != nil:
		m.Text = r.File.Name
	default:
		return out, false
	}
	// What only one person may see cannot replace what all see. Under a message
	// that only he sees it can.
	out.update = i.pressed() && !empty && !r.Beside && (!out.hidden || i.hidden())
	for _, part := range split(m) {
		p := render(part)
		p.Flags &^= discordgo.MessageFlagsSuppressNotifications // an answer is no message
		out.parts = append(out.parts, p)
	}
	return out, true
}

// first is the part that comes first, which names the file.
func (r replying) first() payload {
	p := r.parts[0]
	if r.file != nil {
		p.Attachments = []attachment{{ID: "0", Filename: r.file.Name}}
	}
	return p
}

// flags are the flags of a new message of the reply.
func (r replying) flags() discordgo.MessageFlags {
	if r.hidden {
		return discordgo.MessageFlagsEphemeral
	}
	return 0
}

// apology is what is said when there is nothing else to say.
func (b *Bot) apology(i interaction) replying {
	out, _ := i.lay(bot.Reply{Toast: b.config.Apology(i.Locale)})
	out.sorry = true
	return out
}

// answerNow writes a reply as the first answer and what follows it.
func (b *Bot) answerNow(ctx context.Context, i interaction, r replying) error {
	first := r.first()
	kind := discordgo.InteractionResponseChannelMessageWithSource
	if r.update {
		kind = discordgo.InteractionResponseUpdateMessage
	} else {
		first.Flags |= r.flags()
	}
	err := b.patient(ctx, callbackCall(i, callback{kind, first}, r.file), nil)
	switch {
	case r.update && hasCode(err, codeUnknownMessage):
		return b.answerNow(ctx, i, r.anew(i))
	case !r.sorry && refusedForm(err):
		b.log.WarnContext(ctx, "discord refused an answer", "error", err)
		return b.answerNow(ctx, i, b.apology(i))
	case err != nil:
		return err
	}
	return b.followUp(ctx, i, r)
}

// anew is the reply when the message that it should replace is deleted: it is said to
// the person alone.
func (r replying) anew(i interaction) replying {
	r.update, r.hidden = false, i.kind() != inDirect
	return r
}

// The codes of refusals for which an answer is not given up.
const (
	codeUnknownMessage = 10008 // the message to replace is deleted
	codeAcknowledged   = 40060 // the interaction has its first answer
)

func hasCode(err error, code int) bool {
	var refused *refusedError
	return errors.As(err, &refused) && refused.Code == code
}

// refusedForm reports whether it was the message that Discord refused, for what is in it.
func refusedForm(err error) bool {
	var refused *refusedError
	if !errors.As(err, &refused) {
		return false
	}
	v, _ := byCode(refused.Code)
	return v.result == bot.ResultRefused
}

// answerDeferred completes an answer that was put off.
func (b *Bot) answerDeferred(ctx context.Context, i interaction, r replying) error {
	if !i.pressed() && i.kind() != inDirect {
		r.hidden = true // as the deferral was
	}
	first := r.first()
	c := hookCall(i, http.MethodPatch, "/messages/@original", first, r.file)
	if i.pressed() && !r.update {
		// The original is the message with the button: it stays.
		first.Flags |= r.flags()
		c = hookCall(i, http.MethodPost, "", first, r.file)
	}
	err := b.patient(ctx, c, nil)
	switch {
	case i.pressed() && r.update && hasCode(err, codeUnknownMessage):
		return b.answerDeferred(ctx, i, r.anew(i))
	case !r.sorry && refusedForm(err):
		b.log.WarnContext(ctx, "discord refused an answer", "error", err)
		return b.answerDeferred(ctx, i, b.apology(i))
	case err != nil:
		return err
	}
	return b.followUp(ctx, i, r)
}

// followUp writes the parts after the first.
func (b *Bot) followUp(ctx context.Context, i interaction, r replying) error {
	for _, p := range r.parts[1:] {
		p.Flags |= r.flags()
		if err := b.patient(ctx, hookCall(i, http.MethodPost, "", p, nil), nil); err != nil {
			return err
		}
	}
	return nil
}

// deferral is the answer that more will come. In a server it is for the person
// alone: what is shown to all cannot be hidden afterwards.
func (i interaction) deferral() callback {
	if i.pressed() {
		return callback{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	cb := callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if i.kind() != inDirect {
		cb.Data = map[string]any{"flags": discordgo.MessageFlagsEphemeral}
	}
	return cb
}
