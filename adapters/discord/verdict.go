package discord

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// verdict is what an answer to "create message" means for the bot.
type verdict struct {
	result bot.Result
	rest   subscriptions.RestReason // with ResultUnreachable
	after  time.Duration            // with ResultRetry
	// everywhere: not only this place is concerned.
	everywhere bool
	// plain: the same message may be accepted without embeds and components.
	plain bool
}

// outage is how long to wait when something between us and Discord answers in
// its place.
const outage = 30 * time.Second

// byCode is the table of Discord's own error codes. They are documented under
// "JSON error codes" of the API's reference.
func byCode(code int) (verdict, bool) {
	switch code {
	// The person.
	case 50007, // cannot send messages to this user: direct messages closed, or blocked
		50278: // no server in common any more
		return verdict{result: bot.ResultUnreachable, rest: subscriptions.RestClosed}, true
	case 10013, // unknown user
		50033: // invalid recipient
		return verdict{result: bot.ResultUnreachable, rest: subscriptions.RestGone}, true

	// The place.
	case 10003: // unknown channel: deleted
		return verdict{result: bot.ResultUnreachable, rest: subscriptions.RestGone}, true
	case 10004: // unknown guild
		return verdict{result: bot.ResultUnreachable, rest: subscriptions.RestKicked}, true
	case 50001, // missing access: cannot see the channel, or is no longer there
		50013,  // missing permissions
		50083,  // thread is archived and we may not wake it
		160005: // thread is locked
		return verdict{result: bot.ResultUnreachable, rest: subscriptions.RestNoRight}, true
	case 50008, // cannot send messages in a non-text channel
		50009, // the channel's verification level is too high
		50024, // not possible on this type of channel
		40007: // banned from this guild
		return verdict{result: bot.ResultUnreachable, rest: subscriptions.RestUnreachable}, true

	// The message.
	case 50035, // invalid form body
		50006,  // empty message: its embeds were taken away
		50109,  // not valid JSON
		40005,  // too large
		40094,  // too many follow-ups
		200000, // refused by the server's AutoMod
		200001,
		240000: // refused by the filter of harmful links
		return verdict{result: bot.ResultRefused, plain: true}, true

	// The moment.
	case 40003: // opening direct messages too fast
		return verdict{result: bot.ResultRetry, after: time.Minute}, true
	case 20016, 20028, 20029, // write limits of a channel or a server
		40004,  // sending is disabled for a while
		40006,  // switched off for a while
		40062,  // the service is rate limited
		130000: // overloaded
		return verdict{result: bot.ResultRetry}, true
	case 40333: // Cloudflare blocks all that we send, in Discord's own form
		return verdict{result: bot.ResultRetry, after: outage, everywhere: true}, true
	}
	return verdict{}, false
}

// judge says what an answer to "create message" means: first by Discord's code,
// then by status.
func judge(a answer) verdict {
	p, known := a.problem()
	switch {
	case a.status == 0 && a.left:
		// It left and no answer came. The same nonce makes the repetition harmless.
		return verdict{result: bot.ResultUnknown}
	case a.status == 0:
		return verdict{result: bot.ResultRetry}
	case a.ok() && messageID(a) != "":
		return verdict{result: bot.ResultSent}
	case a.ok():
		// A success that is not Discord's: a proxy, a broken body.
		return verdict{result: bot.ResultUnknown}
	case a.status == http.StatusTooManyRequests:
		l := limitOf(a)
		return verdict{result: bot.ResultRetry, after: l.after, everywhere: l.everywhere}
	case a.status == http.StatusUnauthorized && known:
		return verdict{result: bot.ResultHalted}
	case a.status >= 500:
		// It may have been carried out before it failed.
		return verdict{result: bot.ResultUnknown}
	case a.status < 400, !known:
		// A redirect, or an error page: not Discord, so no word on the place.
		return verdict{result: bot.ResultRetry, after: outage, everywhere: true}
	}
	if v, ok := byCode(p.Code); ok {
		return v
	}
	switch a.status {
	case http.StatusForbidden:
		return verdict{result: bot.ResultUnreachable, rest: subscriptions.RestUnreachable}
	case http.StatusNotFound:
		// "404: Not Found" without a code is a wrong api_url, not a deleted channel.
		return verdict{result: bot.ResultRetry, after: outage, everywhere: true}
	case http.StatusRequestTimeout:
		return verdict{result: bot.ResultRetry}
	}
	return verdict{result: bot.ResultRefused, plain: true}
}

// messageID returns the id of the message in an answer, "" if there is none.
func messageID(a answer) string {
	var m struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(a.body, &m) != nil {
		return ""
	}
	return m.ID
}
