package telegram

import (
	"errors"
	"net/http"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// verdict is what one of Telegram's refusals means.
type verdict struct {
	phrase string // found in the description, without regard to case
	rest   subscriptions.RestReason
}

// verdicts lists the refusals that speak of the place and not of the message. The
// phrases are those of the Bot API server and of the methods under it; the first
// that is found counts.
func verdicts() []verdict {
	return []verdict{
		{"blocked by the user", subscriptions.RestBlocked},
		{"user is deactivated", subscriptions.RestGone},
		{"can't initiate conversation", subscriptions.RestClosed},
		{"can't send messages to bots", subscriptions.RestGone},
		{"bot was kicked", subscriptions.RestKicked},
		{"bot is not a member", subscriptions.RestKicked},
		{"group chat was deleted", subscriptions.RestGone},
		{"group chat was deactivated", subscriptions.RestGone},
		{"chat not found", subscriptions.RestGone},
		{"user not found", subscriptions.RestGone},
		{"PEER_ID_INVALID", subscriptions.RestGone},
		{"USER_DEACTIVATED", subscriptions.RestGone},
		{"message thread not found", subscriptions.RestGone},
		{"TOPIC_DELETED", subscriptions.RestGone},
		{"TOPIC_ID_INVALID", subscriptions.RestGone},
		{"TOPIC_CLOSED", subscriptions.RestNoRight},
		{"not enough rights", subscriptions.RestNoRight},
		{"have no rights", subscriptions.RestNoRight},
		{"need administrator rights", subscriptions.RestNoRight},
		{"CHAT_WRITE_FORBIDDEN", subscriptions.RestNoRight},
		{"CHAT_SEND_PLAIN_FORBIDDEN", subscriptions.RestNoRight},
		{"CHAT_ADMIN_REQUIRED", subscriptions.RestNoRight},
		{"CHAT_RESTRICTED", subscriptions.RestNoRight},
		{"CHANNEL_PRIVATE", subscriptions.RestKicked},
	}
}

// classify says what an error of a call that writes to p means for the message.
//
//	answer                                   result
//	no connection was made                   retry
//	the request left, no answer              unknown
//	2xx that is not the Bot API's, 504       unknown: it may have been carried out
//	other answers that are not the Bot API's retry: something stands in between
//	401, 404                                 halted: the token is not valid
//	429                                      retry after retry_after
//	5xx                                      retry
//	migrate_to_chat_id                       moved
//	403 and verdicts                         unreachable
//	413 and any other 400                    refused: this message, always
func classify(err error, p place) bot.Receipt {
	var e *apiError
	if !errors.As(err, &e) {
		return bot.Receipt{Result: bot.ResultRefused, Err: err}
	}
	r := bot.Receipt{Err: err}
	switch {
	case e.code == 0 && !e.left:
		r.Result = bot.ResultRetry
	case e.status == http.StatusGatewayTimeout,
		e.code == 0 && (e.status == 0 || e.status/100 == 2):
		r.Result = bot.ResultUnknown
	case e.code == 0:
		r.Result = bot.ResultRetry
	case e.code == http.StatusUnauthorized, e.code == http.StatusNotFound:
		r.Result = bot.ResultHalted
	case e.code == http.StatusTooManyRequests, e.retryAfter > 0:
		r.Result, r.After = bot.ResultRetry, e.retryAfter
	case e.code >= 500:
		r.Result = bot.ResultRetry
	case e.migrateTo != 0:
		r.Result, r.Moved = bot.ResultMoved, place{chat: e.migrateTo, thread: p.thread}.address()
	default:
		r.Result, r.Rest = bot.ResultRefused, refusal(e)
		if r.Rest != subscriptions.RestNone {
			r.Result = bot.ResultUnreachable
		}
	}
	return r
}

// refusal returns why a place cannot be written to; RestNone when the refusal is
// about the message.
func refusal(e *apiError) subscriptions.RestReason {
	for _, v := range verdicts() {
		if e.says(v.phrase) {
			return v.rest
		}
	}
	if e.code == http.StatusForbidden {
		return subscriptions.RestUnreachable
	}
	return subscriptions.RestNone
}

// isMarkup reports whether Telegram could not make sense of the form of a message:
// its entities, a button, the address of its preview. That is worth one attempt in
// the plainest form.
func isMarkup(err error) bool {
	var e *apiError
	return errors.As(err, &e) && e.code == http.StatusBadRequest &&
		e.says("can't parse entities", "ENTITIES_TOO_LONG", "ENTITY_", "BUTTON_", "keyboard", "REPLY_MARKUP", "WEBPAGE_", "wrong HTTP URL")
}
