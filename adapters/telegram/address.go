package telegram

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Platform is the platform of every address of this package.
const Platform subscriptions.Platform = "telegram"

// place is a chat, or one topic of a forum.
type place struct {
	chat   int64
	thread int // a forum topic; 0 for the chat itself
}

// address returns the place's address: "chat", or "chat/thread".
func (p place) address() subscriptions.Address {
	id := p.key()
	if p.thread != 0 {
		id += "/" + strconv.Itoa(p.thread)
	}
	return subscriptions.Address{Platform: Platform, ID: id}
}

// parsePlace is the inverse of address. It accepts nothing that address does not return.
func parsePlace(a subscriptions.Address) (place, error) {
	chat, thread, _ := strings.Cut(a.ID, "/")
	var p place
	p.chat, _ = strconv.ParseInt(chat, 10, 64)
	p.thread, _ = strconv.Atoi(thread)
	if p.chat == 0 || p.thread < 0 || p.address() != a {
		return place{}, fmt.Errorf("%q is not an address of Telegram", a)
	}
	return p, nil
}

// shared reports whether more than one person reads there: the ids of groups and
// channels are negative.
func (p place) shared() bool { return p.chat < 0 }

// key names the place in the budget of messages: all topics of a forum share one.
func (p place) key() string { return strconv.FormatInt(p.chat, 10) }

// Telegram's limits (Bots FAQ, "My bot is hitting limits"): one message a second in
// a chat, twenty a minute in a group. The spans are a little wider, because a
// message that waits on the way arrives closer to the next.
const (
	everyMessage = 1100 * time.Millisecond
	groupQuota   = 20
	groupWindow  = 62 * time.Second
)

// spacing is the budget of the place. A channel cannot be told from a supergroup by
// its id, and gets a group's.
func (p place) spacing() bot.Spacing {
	if p.shared() {
		return bot.Spacing{Every: everyMessage, Quota: groupQuota, Window: groupWindow}
	}
	return bot.Spacing{Every: everyMessage}
}
