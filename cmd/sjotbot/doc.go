// Command sjotbot brings Belgian football news to the people who care: a fan
// follows a club, a coach or the Rode Duivels, and gets every story about them,
// once, in Discord, Telegram or the terminal.
//
// Run it without a subcommand to run the bot; see sjotbot --help.
package main
