package telegram_test

import (
	"testing"

	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
)

// Who brings the bot into a group sees at once that it is there and what it asks for.
// Nobody else is bothered: not the readers of a channel, nor a group in which it
// merely became an administrator, nor one that unblocked it.
func TestGreeting(t *testing.T) {
	t.Parallel()
	t.Run("added to a group", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, telegramtest.Options{}, echo)
		b.run(t)
		c := b.server.Group(-71, "Malinwa-vrienden")
		c.Adds()
		if m := c.Sees(); m.Text != "/start" {
			t.Errorf("got %q", m.Text)
		}
		if got := b.core.lastCommand(); !got.Place.Shared || got.Place.Address.ID != "-71" || got.MayManage == nil {
			t.Errorf("the core was asked %+v", got)
		}
	})
	for name, happens := range map[string]func(*telegramtest.Server) *telegramtest.Chat{
		"administrator of a group it was in": func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Group(-72, "g")
			c.Admits()
			return c
		},
		"added to a channel": func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Channel(-73, "c")
			c.Kicks()
			c.Admits()
			return c
		},
		"unblocked": func(s *telegramtest.Server) *telegramtest.Chat {
			c := s.Chat(74)
			c.Blocks()
			c.Unblocks()
			return c
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, telegramtest.Options{}, echo)
			b.run(t)
			c := happens(b.server)
			c.Says("/help@sjotbot_test_bot")
			if m := c.Sees(); m.Text != "/help" {
				t.Errorf("it said %q before it was asked", m.Text)
			}
		})
	}
}
