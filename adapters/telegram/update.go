package telegram

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// The parts of Telegram's updates that the bot reads (Bot API 10.1). Fields that are
// absent or of no use here are left out.

// update is one thing that happened; exactly one of its parts is set.
type update struct {
	ID            int64          `json:"update_id"`
	Message       *message       `json:"message"`
	ChannelPost   *message       `json:"channel_post"`
	CallbackQuery *callbackQuery `json:"callback_query"`
	InlineQuery   *inlineQuery   `json:"inline_query"`
	MyChatMember  *memberChange  `json:"my_chat_member"`
}

// allowedUpdates are the kinds of update that are asked for.
func allowedUpdates() []string {
	return []string{"message", "channel_post", "callback_query", "inline_query", "my_chat_member"}
}

type user struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	Username     string `json:"username"`
	LanguageCode string `json:"language_code"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"` // private, group, supergroup, channel
	// IsDirectMessages marks the inbox of a channel, which cannot be written to
	// without naming one of its threads.
	IsDirectMessages bool `json:"is_direct_messages"`
	// SlowMode is how many seconds a group wants between two messages of one who does
	// not administer it; only getChat tells.
	SlowMode int `json:"slow_mode_delay"`
}

type message struct {
	ID       int    `json:"message_id"`
	Date     int64  `json:"date"` // 0: an inaccessible message
	ThreadID int    `json:"message_thread_id"`
	IsTopic  bool   `json:"is_topic_message"`
	From     *user  `json:"from"`
	Sender   *chat  `json:"sender_chat"` // who posted in the name of a chat
	Chat     chat   `json:"chat"`
	ViaBot   *user  `json:"via_bot"`
	Text     string `json:"text"`
	Caption  string `json:"caption"`

	ReplyTo            *message  `json:"reply_to_message"`
	IsAutomaticForward bool      `json:"is_automatic_forward"`
	MigrateTo          int64     `json:"migrate_to_chat_id"`
	MigrateFrom        int64     `json:"migrate_from_chat_id"`
	TopicCreated       *struct{} `json:"forum_topic_created"`
	TopicReopened      *struct{} `json:"forum_topic_reopened"`
}

type callbackQuery struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"` // nil under a message sent by inline mode
	Data    string   `json:"data"`
}

type inlineQuery struct {
	ID     string `json:"id"`
	From   user   `json:"from"`
	Query  string `json:"query"`
	Offset string `json:"offset"`
}

// memberChange says that the bot's own standing in a chat changed.
type memberChange struct {
	Chat chat   `json:"chat"`
	From user   `json:"from"`
	Old  member `json:"old_chat_member"`
	New  member `json:"new_chat_member"`
}

type member struct {
	User   user   `json:"user"`
	Status string `json:"status"` // creator, administrator, member, restricted, left, kicked
	// CanPost: an administrator of a channel may post.
	CanPost bool `json:"can_post_messages"`
	// CanSend: a restricted member may write.
	CanSend bool `json:"can_send_messages"`
	// IsMember: a restricted member is still in the chat.
	IsMember bool `json:"is_member"`
}

// administers reports whether the member may change what the chat follows.
func (m member) administers() bool { return m.Status == "creator" || m.Status == "administrator" }

// thread is the topic that a message is in; 0 for none. Without is_topic_message the
// field message_thread_id merely names a chain of replies.
func (m *message) thread() int {
	if !m.IsTopic {
		return 0
	}
	return max(m.ThreadID, 0)
}

// place is where a message is. A topic is a place of its own in a forum; a private
// chat with topics is still one person.
func (m *message) place() place {
	p := place{chat: m.Chat.ID}
	if p.shared() {
		p.thread = m.thread()
	}
	return p
}

// batch is what one poll brought.
type batch struct {
	updates []update
	// spoiled are the ids of updates that do not decode.
	spoiled []int64
	// nameless counts updates without even an id.
	nameless int
}

// decodeUpdates reads the result of getUpdates. One update that does not decode
// does not spoil the others.
func decodeUpdates(raw json.RawMessage) (batch, error) {
	var all []json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		return batch{}, fmt.Errorf("decode updates: %w", err)
	}
	var b batch
	for _, one := range all {
		var u update
		if err := json.Unmarshal(one, &u); err == nil && isID(u.ID) {
			b.updates = append(b.updates, u)
			continue
		}
		var name struct {
			ID int64 `json:"update_id"`
		}
		if err := json.Unmarshal(one, &name); err != nil || !isID(name.ID) {
			b.nameless++
			continue
		}
		b.spoiled = append(b.spoiled, name.ID)
	}
	return b, nil
}

// isID reports whether id can be one of an update: positive and 32 bits wide with
// Telegram, and in any case one that can be confirmed by the next.
func isID(id int64) bool { return id > 0 && id < math.MaxInt64 }

// empty reports whether the poll brought nothing at all.
func (b batch) empty() bool { return len(b.updates)+len(b.spoiled)+b.nameless == 0 }

// batch returns a batch with the one update that is too large, so that it is passed
// over. Its id stands in front.
func (e *tooLargeError) batch() (batch, error) {
	_, rest, _ := bytes.Cut(e.head, []byte(`"update_id":`))
	rest = bytes.TrimLeft(rest, " ")
	end := bytes.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if id, err := strconv.ParseInt(string(rest[:max(end, 0)]), 10, 64); err == nil && isID(id) {
		return batch{spoiled: []int64{id}}, nil
	}
	return batch{}, e
}

// next returns the offset that confirms the batch; 0 when it has no id at all.
func (b batch) next() int64 {
	var next int64
	for _, u := range b.updates {
		next = max(next, u.ID+1)
	}
	for _, id := range b.spoiled {
		next = max(next, id+1)
	}
	return next
}
