// Package bottest is the proof that a [bot.Messenger] keeps its promises, and the
// means to test the core without a platform.
//
// [RunMessenger] is the conformance suite: an adapter runs it against the fake of
// its platform, and [RunDeadConnection] against a network that fails. [Samples] are the messages that every adapter must be able to
// render; adapters keep golden files of them. [Platform] is a Messenger in memory
// that enforces limits, answers with scripted faults and records what it was sent.
package bottest
