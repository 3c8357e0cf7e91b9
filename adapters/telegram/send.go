package telegram

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// sendTimeout bounds one call that writes a message, whatever the caller's context.
const sendTimeout = 30 * time.Second

// Platform returns "telegram".
func (b *Bot) Platform() subscriptions.Platform { return Platform }

// Reserve asks the budget for one message: over all chats, for the chat, and for
// what Telegram ordered to wait.
func (b *Bot) Reserve(to subscriptions.Address, now time.Time) (wait time.Duration, everyone bool) {
	p, err := parsePlace(to)
	if err != nil {
		return 0, false // Send says what is wrong
	}
	return b.pacer.Reserve(p.key(), p.spacing(), now)
}

// Send sends one message that Split returned. When Telegram cannot make sense of its
// form, it goes out once more as plain text, without the buttons that are links.
func (b *Bot) Send(ctx context.Context, to subscriptions.Address, m bot.Message) bot.Receipt {
	p, err := parsePlace(to)
	if err != nil {
		return bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestGone, Err: err}
	}
	b.topics.met(p)
	return b.send(ctx, p, m, 0)
}

// send sends m to p, as a reply to a message of that chat unless replyTo is 0.
func (b *Bot) send(ctx context.Context, p place, m bot.Message, replyTo int) bot.Receipt {
	params := placeParams(p, replyTo)
	params.AddBool("disable_notification", m.Silent)
	return b.write(ctx, "sendMessage", p, m, params)
}

// edit replaces the bot's message id in p by m.
func (b *Bot) edit(ctx context.Context, p place, id int, m bot.Message) bot.Receipt {
	params := tgbotapi.Params{"chat_id": p.key(), "message_id": strconv.Itoa(id)}
	r := b.write(ctx, "editMessageText", p, m, params)
	var e *apiError
	if errors.As(r.Err, &e) && e.says("message is not modified") {
		return bot.Receipt{Result: bot.ResultSent, Reference: strconv.Itoa(id)}
	}
	return r
}

// placeParams returns the parameters that say where a message goes.
func placeParams(p place, replyTo int) tgbotapi.Params {
	params := tgbotapi.Params{"chat_id": p.key()}
	params.AddNonZero("message_thread_id", p.thread)
	if replyTo != 0 {
		params["reply_parameters"] = encoded(map[string]any{"message_id": replyTo, "allow_sending_without_reply": true})
	}
	return params
}

var errNothingToSend = errors.New("telegram: a message without text")

// write calls a method that takes a text, and classifies what came of it.
func (b *Bot) write(ctx context.Context, method string, p place, m bot.Message, params tgbotapi.Params) bot.Receipt {
	text := rendered(m, false)
	if text.units == 0 {
		return bot.Receipt{Result: bot.ResultRefused, Err: errNothingToSend}
	}
	params["text"] = text.String()
	params["parse_mode"] = "HTML"
	params["link_preview_options"] = preview(m)
	params.AddNonEmpty("reply_markup", keyboard(m.Buttons))
	r := b.deliver(ctx, method, p, params)
	if isMarkup(r.Err) {
		b.log.Warn("the form of a message was refused, sending plain text", "platform", Platform, "error", r.Err)
		params["text"] = cut(rendered(m, true).String(), maxUnits, "\n")
		params["link_preview_options"] = noPreview
		delete(params, "parse_mode")
		delete(params, "reply_markup")
		params.AddNonEmpty("reply_markup", keyboard(withoutLinks(m.Buttons)))
		b.pacer.Spend(p.key(), p.spacing(), b.now())
		r = b.deliver(ctx, method, p, params)
	}
	return r
}

// deliver makes one call that writes to p. It is the one place where what Telegram
// said about limits and places is taken note of.
func (b *Bot) deliver(ctx context.Context, method string, p place, params tgbotapi.Params) bot.Receipt {
	return b.receipt(ctx, p, func(sent *message) error {
		ctx, cancel := context.WithTimeout(ctx, sendTimeout)
		defer cancel()
		return b.client.call(ctx, method, params, sent)
	})
}

func (b *Bot) receipt(ctx context.Context, p place, call func(sent *message) error) bot.Receipt {
	departed := b.now()
	b.traffic.sending(p, departed)
	landed := b.pacer.Departs(departed)
	var sent message
	err := call(&sent)
	landed(b.now())
	if err == nil {
		b.rights.changed(p.chat, false)
		return bot.Receipt{Result: bot.ResultSent, Reference: strconv.Itoa(sent.ID)}
	}
	r := classify(err, p)
	var e *apiError
	switch {
	case errors.As(err, &e) && e.code == http.StatusTooManyRequests:
		r.Everywhere = b.hold(ctx, p, r.After)
	case r.Rest == subscriptions.RestNoRight && !e.says("TOPIC_CLOSED"): // that is one topic's
		b.rights.changed(p.chat, true)
	}
	return r
}

// hold keeps messages from p, or from everyone, until after has passed. Telegram
// does not say what was too much; it reports whether it means everyone.
func (b *Bot) hold(ctx context.Context, p place, after time.Duration) bool {
	now := b.now()
	everywhere := !b.traffic.crowded(p, now) && !b.slowed(ctx, p, after)
	key := p.key()
	if everywhere {
		key = ""
	}
	b.pacer.Hold(key, now.Add(after))
	b.holds.hold(key, now, now.Add(after))
	return everywhere
}

// slowed reports whether a group's own slow mode explains that p must wait for so long.
// Telegram orders that in the words of any other limit, and it may be an hour.
func (b *Bot) slowed(ctx context.Context, p place, after time.Duration) bool {
	if !p.shared() || b.holds.wait("", b.now()) > 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout/2)
	defer cancel()
	var c chat
	err := b.client.call(ctx, "getChat", tgbotapi.Params{"chat_id": p.key()}, &c)
	return err == nil && c.SlowMode > 0 && after <= time.Duration(c.SlowMode)*time.Second
}

// preview chooses what is shown under the text: the picture of a story that stands
// alone, and nothing otherwise. A preview of the article itself would repeat the
// headline, and would give a hidden result away.
func preview(m bot.Message) string {
	if len(m.Items) == 1 {
		it := m.Items[0]
		if image := webAddress(it.Image); image != "" && !it.Compact && !it.Spoiler {
			return encoded(map[string]any{"url": image, "prefer_small_media": true})
		}
	}
	return noPreview
}

const noPreview = `{"is_disabled":true}`
