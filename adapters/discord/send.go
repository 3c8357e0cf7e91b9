package discord

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Send implements bot.Messenger. A message that Discord refuses for its form is
// sent once more without embeds and buttons.
func (b *Bot) Send(ctx context.Context, to subscriptions.Address, m bot.Message) bot.Receipt {
	channel, err := parseAddress(to)
	if err != nil {
		return bot.Receipt{Result: bot.ResultUnreachable, Rest: subscriptions.RestGone, Err: err}
	}
	if wait := b.budget.guard(b.now()); wait > 0 {
		return b.guarded(wait)
	}
	receipt, v := b.post(ctx, to.ID, channel, render(m), m.Key)
	if v.plain {
		return b.sendPlain(ctx, to, m, receipt)
	}
	return receipt
}

// errNoMessage: a success without a message.
var errNoMessage = errors.New("create message: the answer is not what Discord documents")

// errGuard: we stopped by ourselves before the platform would ban us.
var errGuard = errors.New("too many refused requests in ten minutes; waiting")

func (b *Bot) guarded(wait time.Duration) bot.Receipt {
	if b.budget.isHalted(b.now()) {
		return bot.Receipt{Result: bot.ResultHalted, Err: errToken}
	}
	return bot.Receipt{Result: bot.ResultRetry, After: wait, Everywhere: true, Err: errGuard}
}

// post creates one message.
func (b *Bot) post(ctx context.Context, bucket, channel string, p payload, key string) (bot.Receipt, verdict) {
	if key != "" {
		p.Nonce, p.EnforceNonce = nonceOf(channel, key), true
	}
	c := call{
		name: "create message", method: http.MethodPost,
		path: "/channels/" + channel + "/messages", bucket: bucket, body: p,
	}
	a := b.rest.do(ctx, c)
	v := judge(a)
	receipt := bot.Receipt{Result: v.result, After: v.after, Everywhere: v.everywhere, Rest: v.rest, Err: b.rest.refusal(c, a)}
	switch {
	case v.result == bot.ResultSent:
		receipt.Reference = channel + "/" + messageID(a)
	case v.result == bot.ResultHalted:
		receipt.Err = errToken
	case receipt.Err == nil:
		receipt.Err = errNoMessage
	}
	return receipt, v
}

// sendPlain sends a refused message as text. Once a part went out, one that is refused
// is left out: repeating the others is worse than a gap. One that must wait brings the
// whole message again, and the nonces keep the others from being shown twice.
func (b *Bot) sendPlain(ctx context.Context, to subscriptions.Address, m bot.Message, refused bot.Receipt) bot.Receipt {
	channel, err := parseAddress(to)
	if err != nil {
		return refused
	}
	for i, text := range plain(m) {
		p := payload{Content: text, AllowedMentions: nobody(), Flags: render(bot.Message{Silent: m.Silent}).Flags}
		key := m.Key
		if key != "" {
			key += "/plain/" + strconv.Itoa(i+1)
		}
		b.budget.pacer.Spend(to.ID, bot.Spacing{}, b.now())
		receipt, v := b.post(ctx, to.ID, channel, p, key)
		switch {
		case v.plain && i == 0:
			return refused // its cause says more
		case v.plain:
			b.log.WarnContext(ctx, "a part of a message was left out", "address", to.ID, "error", receipt.Err)
			continue
		case receipt.Result != bot.ResultSent:
			return receipt
		}
		refused = receipt
	}
	return refused
}
