// Package bot is the shared core of sjotbot: it knows what to do, and leaves to
// adapters how it is done on a platform.
//
// # The way of a story
//
// One direction, each wall crossed once. A [Source] (adapters/feed) returns an
// [Entry]. The [Poller] drops what is known, asks package tagging what the rest is
// about and package clustering which story it tells, and publishes it to the
// store: article, story, checkpoint and debts in one transaction. The
// [Dispatcher] routes the debts to followers, claims what is due, composes a
// [Message] in the subscriber's language and hands it to the platform's
// [Messenger]; what the platform said is settled in the store. The [DigestClock]
// releases held deliveries at each subscriber's hour, and they go the same way.
//
// # The way of a command
//
// An adapter decodes an update or an interaction into a [Command]; [Commands]
// looks its name up in one table, carries it out in memory or in one short
// transaction, and returns a [Reply] that the adapter writes in its own markup. A
// pressed button carries a command as text, so there is one code path.
//
// # Walls
//
// The core never sees Discord, Telegram, HTTP or SQL. Its ports are declared
// here, [Source], [Messenger] and [Handler], and in package subscriptions, Store. An
// adapter classifies what happened, the core decides, the store remembers.
package bot
