package telegram_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sjotbot/sjotbot/adapters/telegram"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestClassify holds what each of Telegram's answers means, in its own words.
func TestClassify(t *testing.T) {
	t.Parallel()
	gone := func(rest subscriptions.RestReason) bot.Receipt {
		return bot.Receipt{Result: bot.ResultUnreachable, Rest: rest}
	}
	topic := subscriptions.Address{Platform: telegram.Platform, ID: "-42/7"}
	tests := map[string]struct {
		status, code int
		description  string
		after        time.Duration
		migrate      int64
		left         bool
		want         bot.Receipt
	}{
		"no connection":        {want: bot.Receipt{Result: bot.ResultRetry}},
		"no answer":            {left: true, want: bot.Receipt{Result: bot.ResultUnknown}},
		"200 with a page":      {status: 200, left: true, want: bot.Receipt{Result: bot.ResultUnknown}},
		"302":                  {status: 302, left: true, want: bot.Receipt{Result: bot.ResultRetry}},
		"403 of a firewall":    {status: 403, left: true, want: bot.Receipt{Result: bot.ResultRetry}},
		"404 of a proxy":       {status: 404, left: true, want: bot.Receipt{Result: bot.ResultRetry}},
		"502 page":             {status: 502, left: true, want: bot.Receipt{Result: bot.ResultRetry}},
		"504 page":             {status: 504, left: true, want: bot.Receipt{Result: bot.ResultUnknown}},
		"500":                  {status: 500, code: 500, description: "Internal Server Error", left: true, want: bot.Receipt{Result: bot.ResultRetry}},
		"401":                  {status: 401, code: 401, description: "Unauthorized", left: true, want: bot.Receipt{Result: bot.ResultHalted}}, //nolint:misspell // Telegram's words
		"404":                  {status: 404, code: 404, description: "Not Found", left: true, want: bot.Receipt{Result: bot.ResultHalted}},
		"429":                  {status: 429, code: 429, description: "Too Many Requests: retry after 35", after: 35 * time.Second, left: true, want: bot.Receipt{Result: bot.ResultRetry, After: 35 * time.Second}},
		"429 without a time":   {status: 429, code: 429, description: "Too Many Requests", left: true, want: bot.Receipt{Result: bot.ResultRetry}},
		"moved":                {status: 400, code: 400, description: "Bad Request: group chat was upgraded to a supergroup chat", migrate: -10042, left: true, want: bot.Receipt{Result: bot.ResultMoved, Moved: subscriptions.Address{Platform: telegram.Platform, ID: "-10042/7"}}},
		"blocked":              {status: 403, code: 403, description: "Forbidden: bot was blocked by the user", left: true, want: gone(subscriptions.RestBlocked)},
		"deactivated":          {status: 403, code: 403, description: "Forbidden: user is deactivated", left: true, want: gone(subscriptions.RestGone)},
		"never started":        {status: 403, code: 403, description: "Forbidden: bot can't initiate conversation with a user", left: true, want: gone(subscriptions.RestClosed)},
		"kicked from group":    {status: 403, code: 403, description: "Forbidden: bot was kicked from the group chat", left: true, want: gone(subscriptions.RestKicked)},
		"kicked from channel":  {status: 403, code: 403, description: "Forbidden: bot was kicked from the channel chat", left: true, want: gone(subscriptions.RestKicked)},
		"no member of channel": {status: 403, code: 403, description: "Forbidden: bot is not a member of the channel chat", left: true, want: gone(subscriptions.RestKicked)},
		"group deleted":        {status: 403, code: 403, description: "Forbidden: the group chat was deleted", left: true, want: gone(subscriptions.RestGone)},
		"403 of another kind":  {status: 403, code: 403, description: "Forbidden: for some new reason", left: true, want: gone(subscriptions.RestUnreachable)},
		"chat not found":       {status: 400, code: 400, description: "Bad Request: chat not found", left: true, want: gone(subscriptions.RestGone)},
		"peer":                 {status: 400, code: 400, description: "Bad Request: PEER_ID_INVALID", left: true, want: gone(subscriptions.RestGone)},
		"topic deleted":        {status: 400, code: 400, description: "Bad Request: message thread not found", left: true, want: gone(subscriptions.RestGone)},
		"topic closed":         {status: 400, code: 400, description: "Bad Request: TOPIC_CLOSED", left: true, want: gone(subscriptions.RestNoRight)},
		"no right in group":    {status: 400, code: 400, description: "Bad Request: not enough rights to send text messages to the chat", left: true, want: gone(subscriptions.RestNoRight)},
		"no right in channel":  {status: 400, code: 400, description: "Bad Request: need administrator rights in the channel chat", left: true, want: gone(subscriptions.RestNoRight)},
		"have no rights":       {status: 400, code: 400, description: "Bad Request: have no rights to send a message", left: true, want: gone(subscriptions.RestNoRight)},
		"write forbidden":      {status: 400, code: 400, description: "Bad Request: CHAT_WRITE_FORBIDDEN", left: true, want: gone(subscriptions.RestNoRight)},
		"too long":             {status: 400, code: 400, description: "Bad Request: message is too long", left: true, want: bot.Receipt{Result: bot.ResultRefused}},
		"markup":               {status: 400, code: 400, description: "Bad Request: can't parse entities: unclosed start tag", left: true, want: bot.Receipt{Result: bot.ResultRefused}},
		"413":                  {status: 413, code: 413, description: "Request Entity Too Large", left: true, want: bot.Receipt{Result: bot.ResultRefused}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := telegram.Classify(test.status, test.code, test.description, test.after, test.migrate, test.left, topic)
			got.Err = nil
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
