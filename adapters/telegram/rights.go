package telegram

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// rightSend is the right to write in a chat, as a key of the locale.
const rightSend = "right.send-messages"

// rights remembers where the bot may not post, and for a moment who manages what.
type rights struct {
	mu       sync.Mutex
	lacking  map[int64]bool // the chats where the bot may not write
	managers map[manager]standing
}

type manager struct{ chat, user int64 }

// standing is whether someone manages a chat, and until when that counts.
type standing struct {
	may   bool
	until time.Time
}

// managerMemory is how long it counts that someone manages a chat, or does not.
const managerMemory = 30 * time.Second

// missing returns what the bot lacks to post in a chat, as far as Telegram told.
func (r *rights) missing(chat int64) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lacking[chat] {
		return []string{rightSend}
	}
	return nil
}

// changed notes whether the bot lacks the right to write in a chat.
func (r *rights) changed(chat int64, lacking bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !lacking {
		delete(r.lacking, chat)
		return
	}
	if r.lacking == nil {
		r.lacking = map[int64]bool{}
	}
	r.lacking[chat] = true
}

// mayManage returns the question whether the sender of m may change the chat's
// subscriptions, for the core to ask when it matters; nil where everyone may.
func (b *Bot) mayManage(m *message) func(context.Context) (bool, error) {
	switch {
	case m.Chat.Type == "private":
		return nil
	case m.Chat.Type == "channel" && m.From == nil:
		// Only those who manage a channel post in it.
		return func(context.Context) (bool, error) { return true, nil }
	case m.Sender != nil:
		// An administrator who stays anonymous posts in the name of the group itself;
		// another chat's name says nothing about the person.
		own := m.Sender.ID == m.Chat.ID
		return func(context.Context) (bool, error) { return own, nil }
	case m.From == nil:
		return func(context.Context) (bool, error) { return false, nil }
	}
	who := manager{chat: m.Chat.ID, user: m.From.ID}
	return func(ctx context.Context) (bool, error) { return b.manages(ctx, who) }
}

// manages asks Telegram whether someone manages a chat, unless it told a moment ago.
func (b *Bot) manages(ctx context.Context, who manager) (bool, error) {
	now := b.now()
	if may, ok := b.rights.known(who, now); ok {
		return may, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout/2)
	defer cancel()
	may, err := b.administers(ctx, who)
	if err != nil {
		return false, err
	}
	b.rights.learn(who, may, now)
	return may, nil
}

// administers asks about one person. Where the bot is no administrator Telegram may
// refuse to speak of others, as in a group that hides its members. The list of
// administrators it shows to all who are there.
func (b *Bot) administers(ctx context.Context, who manager) (bool, error) {
	chat := strconv.FormatInt(who.chat, 10)
	var m member
	err := b.client.call(ctx, "getChatMember", tgbotapi.Params{"chat_id": chat, "user_id": strconv.FormatInt(who.user, 10)}, &m)
	var e *apiError
	if !errors.As(err, &e) || e.code != http.StatusBadRequest {
		return m.administers(), err
	}
	var all []member
	err = b.client.call(ctx, "getChatAdministrators", tgbotapi.Params{"chat_id": chat}, &all)
	return slices.ContainsFunc(all, func(m member) bool { return m.User.ID == who.user && m.administers() }), err
}

func (r *rights) known(who manager, now time.Time) (may, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.managers[who]
	return v.may, ok && now.Before(v.until)
}

func (r *rights) learn(who manager, may bool, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for w, v := range r.managers {
		if !now.Before(v.until) {
			delete(r.managers, w)
		}
	}
	if r.managers == nil {
		r.managers = map[manager]standing{}
	}
	r.managers[who] = standing{may: may, until: now.Add(managerMemory)}
}
