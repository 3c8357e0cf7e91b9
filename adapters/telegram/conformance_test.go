package telegram_test

import (
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/bot/bottest"
	"github.com/sjotbot/sjotbot/subscriptions"
	"github.com/sjotbot/sjotbot/subscriptions/sqlite"
)

// TestMessenger: the bot keeps what bot.Messenger promises.
func TestMessenger(t *testing.T) {
	t.Parallel()
	bottest.RunMessenger(t, func(t *testing.T) bottest.Bench {
		t.Helper()
		b := newBench(t, telegramtest.Options{}, echo)
		var places []subscriptions.Address
		for i := range 24 {
			id := int64(i + 1)
			if i%4 == 3 {
				id = -id
				b.server.Group(id, "Fans")
			} else {
				b.server.Chat(id)
			}
			places = append(places, at(strconv.FormatInt(id, 10)))
		}
		return bottest.Bench{
			Messenger: b.bot,
			Places:    places,
			Script:    func(to subscriptions.Address, f bottest.Fault) bool { return script(t, b, to, f) },
			Messages: func(where subscriptions.Address) []string {
				var all []string
				for _, m := range b.chat(t, where).Messages() {
					all = append(all, m.Text)
				}
				return all
			},
			Secret: telegramtest.Token,
		}
	})
}

// chat returns the chat at an address.
func (b *bench) chat(t *testing.T, where subscriptions.Address) *telegramtest.Chat {
	t.Helper()
	id, err := strconv.ParseInt(where.ID, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return b.server.Chat(id)
}

// script orders a fault of the conformance suite.
func script(t *testing.T, b *bench, to subscriptions.Address, f bottest.Fault) bool {
	t.Helper()
	c := b.chat(t, to)
	order := func(kind telegramtest.FaultKind) {
		b.server.Break(telegramtest.Fault{Method: "sendMessage", Kind: kind, Times: 1, RetryAfter: 2})
	}
	switch f {
	case bottest.FaultTooFast:
		// Telegram does not say whose limit it was: it is the chat's when the chat got
		// too much.
		if r := b.bot.Send(t.Context(), at("2"), text("before")); r.Result != bot.ResultSent {
			t.Fatal(r)
		}
		order(telegramtest.TooMany)
	case bottest.FaultTooFastAll:
		order(telegramtest.TooMany)
	case bottest.FaultTooFastWeb:
		order(telegramtest.TooManyPage)
	case bottest.FaultDown:
		order(telegramtest.ServerError)
	case bottest.FaultGarbage:
		order(telegramtest.BadGateway)
	case bottest.FaultNoAnswer:
		order(telegramtest.ResetAfter)
	case bottest.FaultBlocked:
		c.Blocks()
	case bottest.FaultKicked:
		c.Refuses(403, "Forbidden: bot was kicked from the supergroup chat")
	case bottest.FaultGone:
		c.Refuses(400, "Bad Request: chat not found")
	case bottest.FaultNoRight:
		c.Mutes()
	case bottest.FaultMoved:
		c.Migrates(-1009, false)
	case bottest.FaultMarkup:
		b.server.Break(telegramtest.Fault{Method: "sendMessage", Kind: telegramtest.Refused, Times: 1, Code: 400, Description: "Bad Request: can't parse entities: unsupported start tag"})
	case bottest.FaultRefused:
		b.server.Break(telegramtest.Fault{Method: "sendMessage", Kind: telegramtest.Refused, Times: 1, Code: 400, Description: "Bad Request: message is too long"})
	case bottest.FaultToken:
		b.server.Break(telegramtest.Fault{Method: "sendMessage", Kind: telegramtest.Refused, Times: 1, Code: 401, Description: "Unauthorized"}) //nolint:misspell // Telegram's words
	case bottest.FaultNonsense:
		// The server did not take the message; the answer does not say so.
		b.server.Break(telegramtest.Fault{Method: "sendMessage", Kind: telegramtest.NullBefore, Times: 1})
	default:
		return false
	}
	return true
}

// TestConversations: the conversations of the product, held on Telegram with the real
// commands and a real store.
func TestConversations(t *testing.T) {
	t.Parallel()
	for _, c := range bottest.Conversations(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
				store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sjotbot.db"), slog.New(slog.DiscardHandler))
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = store.Close() })
				world := bottest.NewWorld(t, store, b.config.Logger)
				b.config.Progress, b.config.Specs, b.handler = store, bot.Specs(world.Locale), world.Commands
				b.restart(t)
				b.run(t)
				chat := b.server.Chat(41).Speaking(c.Language)
				if c.Shared {
					chat = b.server.Group(-42, "Fans").Speaking(c.Language).Manager()
				}
				c.Hold(t, driver{chat})
			})
		})
	}
}

// driver plays the people in one chat.
type driver struct{ chat *telegramtest.Chat }

// visitor is somebody who does not manage the chat.
const visitor = 7002

// Do types or presses, and reads all that comes of it: messages, edited messages,
// files, words over the chat.
func (d driver) Do(_ testing.TB, turn bottest.Turn) bottest.Answer {
	who := d.chat
	if turn.Visitor {
		who = d.chat.As(visitor)
	}
	var a bottest.Answer
	if turn.Button != "" {
		press := who.Presses(turn.Button)
		synctest.Wait()
		a.Text, _ = press.Toast()
	} else {
		who.Says(turn.Line)
		synctest.Wait()
	}
	for _, m := range d.chat.News() {
		text := m.Text
		for _, hidden := range m.Hidden {
			text = strings.Replace(text, hidden, "(spoiler) "+hidden, 1)
		}
		a.Text += "\n" + text
		if m.Document != nil {
			a.Text += "\n(" + m.Document.Name + ")"
		}
		for _, row := range m.Buttons {
			for _, k := range row {
				a.Buttons = append(a.Buttons, k.Text)
			}
		}
	}
	return a
}
