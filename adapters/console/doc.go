// Package console is the bot in a terminal, with no account and no token.
//
// It reads lines and writes readable text. Buttons are numbered, and typing the
// number presses one. Stories are written as they come, also while somebody is
// typing. Where the input is no terminal it is read to its end, and the chat is
// over; where the output is no terminal it is plain text without colours.
package console
