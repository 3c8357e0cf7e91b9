// Package telegram brings the bot to Telegram: private chats, groups, channels,
// forum topics and inline mode.
//
// A [Bot] is two things. It is a bot.Messenger: the dispatcher asks it for the
// right to send (Reserve) and hands it messages (Send), and it says what Telegram
// made of each. And it listens (Run): a long poll brings updates, each becomes a
// bot.Command or a bot.Notice for the bot.Handler, and the reply is written back to
// the chat it came from.
//
// # An update counts once
//
// Every update carries its id as the key of its mark, and the store records that
// key together with what the update changed. So a repeated update changes nothing,
// however often and in whatever order it comes. The offset that the poll goes on
// from is only a bookmark: it moves when all updates of a batch were handled, and a
// crash before that brings the batch again. Ids may start anew after a quiet week
// (Bot API, Update.update_id); a bookmark that follows the server survives that.
//
// # Answers and broadcasts
//
// Answers to people are written by one lane per chat, in order, at once: they spend
// from the budget of messages without asking it, and the broadcast makes room. Both
// obey what Telegram orders with retry_after; after such an order answers keep to the
// pace for a while. Telegram does not say whose limit was hit: it is taken for the
// chat's when the chat got more than a chat may or is in slow mode, and for the whole
// bot's otherwise.
//
// # The library
//
// Package telegram-bot-api carries the calls (MakeRequest and UploadFiles) and their
// encoding. Its typed configurations and its update channel end at Bot API 5.5, put
// the token in errors, know no context and confirm updates before they are handled;
// this package has its own small types and its own loop instead.
package telegram
