package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/adapters/telegram/telegramtest"
)

// timesIn counts the messages of a chat that say what.
func timesIn(c *telegramtest.Chat, what string) int {
	n := 0
	for _, m := range c.Messages() {
		n += strings.Count(m.Text, what)
	}
	return n
}

// news prints a story about KV Mechelen that is its title alone.
func (h *house) news(slug, title string) {
	h.papers.print(item{"tribune", slug, title, ""}, time.Now())
}

// TestGroupBecomesSupergroup: a group's id changes, and the program learns it from
// a refusal, from an update, or from both at once. The story comes once, to the new
// place, for at most one request too many.
func TestGroupBecomesSupergroup(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ announced, late bool }{
		"told by a refusal": {},
		"told by an update": {announced: true},
		"told by both":      {announced: true, late: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHouse(t)
			group := h.telegram.Group(-77, "Malinwa").As(5).Manager()
			group.Says("/volg@sjotbot_test_bot malinwa")
			group.Sees()
			h.awaitFirstRead()
			before := h.telegram.Counts().Requests["sendMessage"]
			var super *telegramtest.Chat
			if !c.late {
				super = group.Migrates(-1077, c.announced)
			}
			h.news("een", "KV Mechelen stelt nieuwe aanvaller voor")
			if c.late {
				// Slow enough for the update to arrive while the message is on its way.
				h.telegram.Break(telegramtest.Fault{Method: "sendMessage", Kind: telegramtest.Slow, Delay: time.Second, Times: 1})
				h.until("the message under way", func() bool { return h.telegram.Counts().Requests["sendMessage"] > before })
				super = group.Migrates(-1077, true)
			}
			h.until("the story in the supergroup", func() bool { return timesIn(super, "nieuwe aanvaller") > 0 })
			h.news("twee", "KV Mechelen verkoopt doelman aan Westerlo")
			h.until("the second story", func() bool { return timesIn(super, "verkoopt doelman") > 0 })
			if n := h.telegram.Counts().Requests["sendMessage"] - before; n > 3 {
				t.Errorf("%d requests for two stories", n)
			}
			if n := timesIn(super, "nieuwe aanvaller") + timesIn(group, "nieuwe aanvaller"); n != 1 {
				t.Errorf("the first story came %d times", n)
			}
		})
	}
}

// TestPlacesThatRefuse: in one chat of ten the bot is blocked, kicked, or the chat is
// gone. Each costs one request and rests; who comes back gets the news again.
func TestPlacesThatRefuse(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	const people = 30
	var chats []*telegramtest.Chat
	for i := range people {
		c := h.telegram.Chat(int64(8000 + i)).Speaking("nl")
		c.Says("/volg malinwa")
		chats = append(chats, c)
	}
	for _, c := range chats {
		c.Sees()
	}
	h.awaitFirstRead()
	chats[3].Refuses(403, "Forbidden: bot was blocked by the user")
	chats[13].Refuses(403, "Forbidden: user is deactivated")
	chats[23].Refuses(400, "Bad Request: chat not found")
	before := h.telegram.Counts().Requests["sendMessage"]
	for i, title := range []string{"KV Mechelen stelt nieuwe aanvaller voor", "KV Mechelen verkoopt doelman aan Westerlo"} {
		want := people - 3*i
		h.news(fmt.Sprint("n", i), title)
		last := chats[people-1]
		h.until(title, func() bool {
			return timesIn(last, title) > 0 && h.telegram.Counts().Requests["sendMessage"] >= before+want
		})
		before += want
	}
	chats[3].Unblocks()
	chats[3].Says("/start")
	chats[3].Sees()
	before++
	h.news("terug", "KV Mechelen opent nieuwe tribune")
	h.until("the story for who came back", func() bool { return timesIn(chats[3], "nieuwe tribune") == 1 })
	h.until("the story for all", func() bool { return timesIn(chats[people-1], "nieuwe tribune") == 1 })
	if n := h.telegram.Counts().Requests["sendMessage"] - before; n > people-2 {
		t.Errorf("%d requests for %d people", n, people-2)
	}
}
