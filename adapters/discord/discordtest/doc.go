// Package discordtest is a Discord for tests, on loopback, in the manner of
// net/http/httptest: the REST API and the gateway of one application, the servers it is
// in, and the people there.
//
// It refuses what Discord refuses: a wrong token, an unknown route, a body that breaks
// the specification or a limit, a second answer to an interaction or one after three
// seconds, too many requests. Whatever a well-behaved bot would not have done is
// also kept as a finding ([Server.Findings]); a test ends with none.
//
// It needs no testing.TB, so that a program in another process can be tested against
// it: give that program [Server.URL] as its api_url and [Server.Token] as its token.
//
// The other side of a conversation is a [User]: he types a command, takes a
// proposal, presses a button, and reads a [Channel] as a person sees it. Faults of the
// platform are ordered with [Server.Inject] (REST) and [Server.Conduct] (gateway).
package discordtest
