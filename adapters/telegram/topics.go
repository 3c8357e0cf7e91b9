package telegram

import (
	"slices"
	"sync"
)

// topics remembers which topics of forums the bot was spoken to in or wrote to.
// Telegram speaks of the whole forum when the bot is removed or comes back, and each
// topic may be a subscriber of its own. They are not kept beyond the process: a
// topic that is not remembered comes back when somebody speaks to the bot there.
type topics struct {
	mu    sync.Mutex
	known map[int64][]int // threads by chat
}

// met notes that p is in use.
func (t *topics) met(p place) {
	if p.thread == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if slices.Contains(t.known[p.chat], p.thread) {
		return
	}
	if t.known == nil {
		t.known = map[int64][]int{}
	}
	t.known[p.chat] = append(t.known[p.chat], p.thread)
}

// of returns the known topics of a chat.
func (t *topics) of(chat int64) []int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.known[chat])
}
