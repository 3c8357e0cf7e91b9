package telegram

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// lane names the chat, or the person, whose updates must be handled in order.
func (u update) lane() int64 {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID
	case u.ChannelPost != nil:
		return u.ChannelPost.Chat.ID
	case u.CallbackQuery != nil && u.CallbackQuery.Message != nil:
		return u.CallbackQuery.Message.Chat.ID
	case u.CallbackQuery != nil:
		return u.CallbackQuery.From.ID
	case u.InlineQuery != nil:
		return u.InlineQuery.From.ID
	case u.MyChatMember != nil:
		return u.MyChatMember.Chat.ID
	}
	return 0
}

// mark makes the effects of an update count once. It is a key and not a position in
// the stream, because updates of different chats are handled at the same time and
// their ids may start anew.
func (u update) mark() subscriptions.Mark {
	return subscriptions.Mark{Stream: stream, Key: strconv.FormatInt(u.ID, 10)}
}

// receive turns an update into a command or a notice, has it handled, and queues the
// answer. An update of no concern does nothing.
func (b *Bot) receive(ctx context.Context, u update, h bot.Handler, answers *answers) error {
	switch {
	case u.Message != nil:
		return b.receiveMessage(ctx, u, u.Message, h, answers)
	case u.ChannelPost != nil:
		return b.receiveMessage(ctx, u, u.ChannelPost, h, answers)
	case u.CallbackQuery != nil:
		b.receivePress(ctx, u, u.CallbackQuery, h, answers)
	case u.InlineQuery != nil:
		return b.receiveInline(ctx, u.InlineQuery, h)
	case u.MyChatMember != nil:
		return b.receiveStanding(ctx, u, u.MyChatMember, h, answers)
	}
	return nil
}

func (b *Bot) receiveMessage(ctx context.Context, u update, m *message, h bot.Handler, answers *answers) error {
	switch {
	case m.MigrateTo != 0:
		return b.moved(ctx, u, m.Chat.ID, m.MigrateTo, h)
	case m.MigrateFrom != 0:
		return b.moved(ctx, u, m.MigrateFrom, m.Chat.ID, h)
	case m.TopicReopened != nil:
		return notify(ctx, h, bot.Notice{Mark: u.mark(), Kind: bot.NoticeBack, Address: m.place().address()})
	}
	line, overheard, ok := b.line(m)
	if !ok {
		return nil
	}
	p := m.place()
	b.topics.met(p)
	c := bot.Command{
		Mark: u.mark(),
		Place: bot.Place{
			Address: p.address(),
			Shared:  p.shared(),
			Missing: b.rights.missing(p.chat),
		},
		Args:      line,
		Overheard: overheard,
		MayManage: b.mayManage(m),
	}
	a := answer{place: p, thread: m.thread(), told: len(c.Place.Missing) > 0}
	if m.From != nil && m.Sender == nil {
		c.Language, a.asker, a.lang = m.From.LanguageCode, m.From.ID, m.From.LanguageCode
	}
	if p.shared() && m.Chat.Type != "channel" {
		a.replyTo = m.ID
	}
	a.reply = h.Handle(ctx, c)
	answers.queue(a)
	return nil
}

// receivePress handles a pressed button: the command it carries.
func (b *Bot) receivePress(ctx context.Context, u update, q *callbackQuery, h bot.Handler, answers *answers) {
	p := place{chat: q.From.ID}
	a := answer{place: p, asker: q.From.ID, lang: q.From.LanguageCode, query: q.ID, unseen: q.Message == nil}
	c := bot.Command{Mark: u.mark(), Args: q.Data, Language: q.From.LanguageCode, Pressed: true}
	if m := q.Message; m != nil {
		p = m.place()
		a.place, a.thread, a.channel = p, m.thread(), m.Chat.Type == "channel"
		c.Place.Missing = b.rights.missing(p.chat)
		a.told = len(c.Place.Missing) > 0
		c.MayManage = b.mayManage(&message{Chat: m.Chat, From: &q.From})
	}
	c.Place.Address, c.Place.Shared = p.address(), p.shared()
	a.reply = h.Handle(ctx, c)
	if m := q.Message; m != nil {
		switch {
		case a.reply.Beside, a.reply.Private && p.shared() && len(a.reply.Message.Buttons) == 0:
			a.replyTo = m.ID // what all may press stays
		case m.Date != 0: // one that Telegram still shows us
			a.under = m.ID
		}
	}
	answers.queue(a)
}

// receiveStanding handles a change of what the bot may do in a chat.
func (b *Bot) receiveStanding(ctx context.Context, u update, c *memberChange, h bot.Handler, answers *answers) error {
	n := bot.Notice{Kind: bot.NoticeBack, Reason: c.rest()}
	b.rights.changed(c.Chat.ID, n.Reason == subscriptions.RestNoRight)
	if n.Reason != subscriptions.RestNone {
		n.Kind = bot.NoticeRemoved
	}
	if err := b.tellAll(ctx, u, c.Chat.ID, n, h); err != nil {
		return err
	}
	if n.Kind == bot.NoticeBack && c.entered() {
		b.greet(ctx, u, c, h, answers)
	}
	return nil
}

// greet says in a group what it is, as if whoever brought it there had asked. A
// channel is not greeted: all its readers would get it. Nor is a supergroup that was a
// group, where the bot is no newcomer.
func (b *Bot) greet(ctx context.Context, u update, c *memberChange, h bot.Handler, answers *answers) {
	p := place{chat: c.Chat.ID}
	mark := u.mark()
	mark.Key += "/greeting"
	answers.queue(answer{place: p, asker: c.From.ID, lang: c.From.LanguageCode, entry: c.Chat.Type == "supergroup", reply: h.Handle(ctx, bot.Command{
		Mark: mark, Place: bot.Place{Address: p.address(), Shared: true}, Args: "/start", Language: c.From.LanguageCode,
		MayManage: b.mayManage(&message{Chat: c.Chat, From: &c.From}),
	})})
}

// entered reports that the bot was brought into a group in which it was not.
func (c *memberChange) entered() bool {
	outside := c.Old.Status == "left" || c.Old.Status == "kicked"
	return outside && (c.Chat.Type == "group" || c.Chat.Type == "supergroup")
}

// tellAll hands over a notice about a chat, and about each of its topics.
func (b *Bot) tellAll(ctx context.Context, u update, chat int64, n bot.Notice, h bot.Handler) error {
	var failed []error
	for _, thread := range append([]int{0}, b.topics.of(chat)...) {
		p := place{chat: chat, thread: thread}
		n.Address, n.Mark = p.address(), u.mark()
		if thread != 0 {
			n.Mark.Key += "/" + strconv.Itoa(thread)
		}
		failed = append(failed, notify(ctx, h, n))
	}
	return errors.Join(failed...)
}

// rest returns why the bot cannot post in the chat after the change.
func (c *memberChange) rest() subscriptions.RestReason {
	switch c.New.Status {
	case "kicked", "left":
		if c.Chat.Type == "private" {
			return subscriptions.RestBlocked
		}
		return subscriptions.RestKicked
	case "restricted":
		if !c.New.IsMember {
			return subscriptions.RestKicked
		}
		if !c.New.CanSend {
			return subscriptions.RestNoRight
		}
	case "administrator":
		if c.Chat.Type == "channel" && !c.New.CanPost {
			return subscriptions.RestNoRight
		}
	case "member":
		// In a channel only administrators post.
		if c.Chat.Type == "channel" {
			return subscriptions.RestNoRight
		}
	}
	return subscriptions.RestNone
}

// moved tells that a group became a supergroup, with a new id. Telegram says so on
// both sides, in either order; each says the same.
func (b *Bot) moved(ctx context.Context, u update, from, to int64, h bot.Handler) error {
	b.upgrades.note(to)
	return notify(ctx, h, bot.Notice{
		Mark:    u.mark(),
		Kind:    bot.NoticeMoved,
		Address: place{chat: from}.address(),
		Moved:   place{chat: to}.address(),
	})
}

// notify hands a notice over. One that was handled before is no failure.
func notify(ctx context.Context, h bot.Handler, n bot.Notice) error {
	if err := h.Notice(ctx, n); err != nil && !errors.Is(err, subscriptions.ErrHandled) {
		return err
	}
	return nil
}

// line returns what a message asks of the bot, as a line for the core: a command
// without the bot's name in it, or, where nobody else is spoken to, any text. What was
// overheard may be for somebody else. It returns false when the message is not for the bot.
func (b *Bot) line(m *message) (line string, overheard, ok bool) {
	text := strings.TrimSpace(m.Text)
	if text == "" {
		text = strings.TrimSpace(m.Caption)
	}
	private := m.Chat.Type == "private"
	switch {
	case text == "", m.ViaBot != nil, m.IsAutomaticForward, m.Chat.IsDirectMessages:
		return "", false, false
	case m.From != nil && m.From.IsBot && m.Sender == nil:
		return "", false, false
	case strings.HasPrefix(text, "/"):
		line, named, ok := b.command(text)
		return line, !named && !private, ok
	case strings.HasPrefix(text, "@"):
		name := text[1:]
		if i := strings.IndexAny(name, " \n\t,:"); i >= 0 {
			name = name[:i]
		}
		if rest := strings.TrimLeft(text[1+len(name):], " \n\t,:"); b.isMe(name) && rest != "" {
			return rest, false, true
		}
	}
	return text, !private, private || m.Chat.Type != "channel" && b.answersMe(m)
}

// command returns "/volg genk" for "/volg@ourbot genk", and whether that names the bot; ok
// is false when it names another.
func (b *Bot) command(text string) (line string, named, ok bool) {
	word, rest := text, ""
	if i := strings.IndexAny(text, " \n\t"); i >= 0 {
		word, rest = text[:i], strings.TrimSpace(text[i:])
	}
	word, name, named := strings.Cut(word, "@")
	if word == "/" || named && !b.isMe(name) {
		return "", named, false
	}
	return joined(" ", word, rest), named, true
}

// isMe reports whether name is the bot's user name.
func (b *Bot) isMe(name string) bool {
	me := b.self.Load()
	return me != nil && strings.EqualFold(name, me.Username)
}

// answersMe reports whether a message replies to one of the bot. In a topic every
// message replies to the one that opened it, which says nothing.
func (b *Bot) answersMe(m *message) bool {
	me, to := b.self.Load(), m.ReplyTo
	return me != nil && to != nil && to.TopicCreated == nil && to.From != nil && to.From.ID == me.ID
}
