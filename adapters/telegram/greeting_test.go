package telegram_test

import (
	"testing"
	"time"

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

// A group that becomes a supergroup is told of as one that the bot is brought into, before
// or after it is told what it was. It knows the bot already.
func TestNoGreetingInASupergroupThatWasAGroup(t *testing.T) {
	t.Parallel()
	for name, migrates := range map[string]func(*telegramtest.Server){
		"told first": func(s *telegramtest.Server) {
			s.Group(-75, "g").Migrates(-1075, true).Adds()
		},
		"told afterwards": func(s *telegramtest.Server) {
			s.Forum(-1075, "g").Adds()
			time.Sleep(time.Second)
			s.Group(-75, "g").Migrates(-1075, true)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
				b.run(t)
				migrates(b.server)
				time.Sleep(time.Minute)
				if got := b.server.Forum(-1075, "g").Messages(); len(got) != 0 {
					t.Errorf("it said %q", got[0].Text)
				}
			})
		})
	}
	t.Run("a supergroup that was none", func(t *testing.T) {
		t.Parallel()
		inTime(t, telegramtest.Options{}, echo, func(t *testing.T, b *bench) {
			b.run(t)
			c := b.server.Forum(-1076, "g")
			c.Adds()
			if m := c.Sees(); m.Text != "/start" {
				t.Errorf("got %q", m.Text)
			}
		})
	})
}
