// Package discord brings the bot to Discord: slash commands with completion,
// buttons, direct messages, channels, threads and forum posts, as a server
// install and as a user install.
//
// [Bot] is the whole of it. It implements bot.Messenger (Send, Split, Reserve)
// and runs the gateway (Run), from which interactions come.
//
// # What the library does, and what it does not
//
// Requests go through a discordgo session, and its constants and message
// structs are used throughout. Four of its parts are replaced, because they cannot be
// made safe from outside (discordgo v0.29.0):
//
//   - its rate limiter: it ignores the global limit, waits without regard to the
//     context and lets all interactions share one bucket. Every request takes a
//     fresh limiter, and budget paces in front of it;
//   - its payload structs where they lack a field (nonce, flags on edits, an empty
//     list of choices);
//   - its interaction decoding, which fails on components it does not know;
//   - its gateway connection: it hangs without a Hello, deadlocks when the first
//     packet asks to reconnect, answers an invalid session with an identify at
//     once and without end (each costs one of a thousand a day, after which the token is
//     reset), ignores the resume address and hides the close code. gateway speaks the
//     protocol itself over gorilla/websocket, the library discordgo uses.
//
// # Addresses
//
// "channel/<id>" is a channel, thread or forum post of a server; "dm/<id>" the
// channel of direct messages between the bot and one person. The person's own id is
// never kept: the channel is all that is needed to write to him.
//
// # Secrets
//
// The bot's token and the tokens of interactions are in no error and no log
// line: requests are named by what they do, never by their address.
package discord
