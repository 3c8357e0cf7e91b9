package telegram

import (
	"net/http"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Writers is how many answers are on their way at the same time.
const Writers = writers

// HTML returns a message as it is sent.
func HTML(m bot.Message) string { return rendered(m, false).String() }

// PlainText returns a message as it is sent when its markup was refused.
func PlainText(m bot.Message) string { return rendered(m, true).String() }

// Preview returns the link_preview_options of a message.
func Preview(m bot.Message) string { return preview(m) }

// Keyboard returns the reply_markup of buttons.
func Keyboard(rows [][]bot.Button) string { return keyboard(rows) }

// Units counts as Telegram does.
func Units(s string) int { return units(s) }

// Split is (*Bot).Split.
func Split(m bot.Message) []bot.Message { return split(m) }

// Classify classifies an answer of the Bot API.
func Classify(status, code int, description string, retryAfter time.Duration, migrateTo int64, left bool, to subscriptions.Address) bot.Receipt {
	p, err := parsePlace(to)
	if err != nil {
		return bot.Receipt{Err: err}
	}
	return classify(&apiError{status: status, code: code, description: description, retryAfter: retryAfter, migrateTo: migrateTo, left: left}, p)
}

// ParseAddress parses an address and mints it again.
func ParseAddress(a subscriptions.Address) (subscriptions.Address, error) {
	p, err := parsePlace(a)
	return p.address(), err
}

// DecodeUpdates returns how many updates of a poll decode, how many do not, and the
// next offset.
func DecodeUpdates(raw []byte) (good, spoiled, nameless int, next int64, err error) {
	b, err := decodeUpdates(raw)
	for _, u := range b.updates {
		u.lane()
	}
	return len(b.updates), len(b.spoiled), b.nameless, b.next(), err
}

// NewTransport returns the transport that a Bot makes when it is given none.
func NewTransport() *http.Transport { return newTransport() }
