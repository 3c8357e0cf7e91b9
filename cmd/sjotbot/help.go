package main

// The pages of --help, one for each subcommand. Each says how it is called, what it
// reads and prints, and gives an example.

const helpRun = `Usage: sjotbot [run] [--config FILE]

Runs the bot until Ctrl-C or SIGTERM, on every platform that has a token. Without
any token one chats with it here, in the terminal.

Reads   the configuration, and the tokens from SJOTBOT_TELEGRAM_TOKEN and
        SJOTBOT_DISCORD_TOKEN if they are set
Prints  what it does on stderr; the chat, if it is here, on stdout

Example:
  SJOTBOT_TELEGRAM_TOKEN=… sjotbot run --config /etc/sjotbot.toml
`

const helpCheck = `Usage: sjotbot check [--config FILE]

Says in a line each whether the configuration, the database, each token and each
source work, "ok" or "FAIL". It sends nothing to anybody and makes no database; whether
one of an older version can be brought up to date it tries on a copy.

Reads   the configuration, the database, the platforms and the sources
Prints  a line for each; exit status 1 if any failed, 2 if the configuration is wrong

Example:
  sjotbot check --config /etc/sjotbot.toml
`

const helpIdentify = `Usage: sjotbot identify [--config FILE] < articles.jsonl

Says what articles are about, in the order of the input. It stores and sends nothing.

Reads   a JSON object a line on stdin. Its keys, all of them text:
          id, title        must be there
          lang             nl, fr, de or en; worked out when it is not there
          source           the publisher's host or name
          url, teaser, body
          published        2026-11-21T20:30:00Z or 2026-11-21; decides who was coach where
        Other keys are ignored.
Prints  a JSON object a line on stdout: id, topics (each with its level, "about" or
        "mention", and the evidence), kind, result, football, players;
        or id and error for a line that cannot be read

Example:
  sjotbot identify < articles.jsonl
with a line like
  {"id":"1","lang":"nl","title":"Malinwa haalt spits","published":"2026-11-21"}
`

const helpCluster = `Usage: sjotbot cluster [--config FILE] < articles.jsonl

Says which articles tell one story. It stores and sends nothing.

Reads   a JSON object a line on stdin, in order of arrival, with the keys that identify
        reads: id and title must be there; lang, source, url, teaser, body and published
        (2026-11-21T20:30:00Z) make it surer. Other keys are ignored.
Prints  a JSON object a line on stdout: id, story (equal for one story), relation ("new",
        "same" or "follow-up"), of (the id of the article that it joins), why;
        or id and error for a line that cannot be read

Example:
  sjotbot cluster < articles.jsonl
with a line like
  {"id":"1","lang":"nl","source":"hln.be","title":"Malinwa haalt spits","published":"2026-11-21T20:30:00Z"}
`

const helpEvaluate = `Usage: sjotbot evaluate [--config FILE] [--errors] FILE…

Scores identify and cluster on labelled articles, all files together.

Reads   a JSON object a line in each FILE, with the keys that identify reads and
          labels           what a push would be right for: the ids of clubs, coaches and
                           teams, and rode_duivels; empty for nothing
          kind             fact, rumour, quote, roundup, poll or other
          notes            "dup-group:NAME" marks the articles of one story;
                           "RD-borderline" keeps one apart, as a matter of taste
        A file in which nothing has labels or a dup-group is an error.
Prints  precision, recall and F1 by type of topic, exact sets, pushes about nothing, kinds
        and stories; "-" where there was nothing to measure on.
        With --errors also each article that came out wrong

Example:
  sjotbot evaluate --errors labelled.jsonl
with a line like
  {"id":"1","title":"Malinwa haalt spits","labels":{"clubs":["mechelen"],"coaches":[],"rode_duivels":false},"kind":"fact"}
`

// catalogueUsage is shown with a wrong call too: catalogue has subcommands of its own.
const catalogueUsage = `Usage: sjotbot catalogue [--config FILE] check [FILE]
       sjotbot catalogue [--config FILE] show NAME
       sjotbot catalogue [--config FILE] propose [--endpoint URL] [--timeout 60s]

check    validates the catalogue, or what the built-in one becomes with FILE laid over it
show     says all that is known of a name: who goes by it, how safe it is, which rules tell
propose  compares coaches and the squad with Wikidata and prints what may have changed;
         it changes nothing: a person reviews it
`

const helpCatalogue = catalogueUsage + `
Reads   the built-in catalogue with the file of the configuration laid over it, or FILE in
        its place. An entry of such a file takes the place of the one with its id, or adds
        to it with adds = true. bot/catalogue/data/README.md shows the form
Prints  what is sound and what FILE changes, what is known, or what may have changed; exit
        status 1 if FILE is not sound, nothing goes by the name, or Wikidata does not answer

Example:
  sjotbot catalogue check mine.toml
with a file like
  [[club]]
  id = "genk"
  adds = true
  safe.nl = ["De Mijnwerkers van Genk"]

  [[coach]]
  id = "jan-modaal"
  name = "Jan Modaal"
  surname = "Modaal"
  tenures = [{ club = "genk", from = "2026-11-20" }]
`

const helpDemo = `Usage: sjotbot demo

Plays an invented match day in half a minute, through the real bot, without network or
accounts.

Reads   nothing
Prints  the chat of a fan, as it would look in the terminal

Example:
  sjotbot demo
`

const helpBackup = `Usage: sjotbot backup [--config FILE] FILE

Copies the database to FILE, whole and as it is, also while the bot runs, and whatever version
wrote it. A FILE that is there already is not overwritten.

Reads   the database of the configuration
Prints  what was copied where

Example:
  sjotbot backup /backups/sjotbot-$(date +%F).db
To go back: stop the bot, move the database aside together with what is left of its -wal and
-shm files, and put the copy in its place.
`

const helpVersion = `Usage: sjotbot version

Reads   nothing
Prints  the version, the version of Go that built it, and the newest database schema it knows

Example:
  sjotbot version
`
