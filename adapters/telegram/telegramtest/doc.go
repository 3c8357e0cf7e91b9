// Package telegramtest is Telegram for tests: a Bot API server on loopback, in the
// manner of net/http/httptest, and the people on the other side of the chats.
//
// It refuses what the real server refuses: an unknown token, method or parameter, a
// parameter that is missing or out of range, markup that does not parse, a text that
// is too long, an empty keyboard, a chat that is not there, a person who blocked the
// bot, a group that moved, a topic that is closed or gone, a second poller, a press
// that is too old or answered before, and more messages than the limits allow. It
// holds polls, confirms updates by offset and delivers again what was not confirmed.
//
// [New] ties a server to a test, which fails when the bot made a request that the
// published description of the Bot API does not allow (see [Spec]). [Start] serves
// without a test, for programs that run in a process of their own.
//
// The other side is a [Chat]: it Says, Presses and Sees. What was said can be read
// back as a transcript.
//
// Everything that goes wrong on a network can be ordered with [Server.Break].
package telegramtest
