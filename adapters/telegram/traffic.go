package telegram

import (
	"maps"
	"sync"
	"time"
)

// traffic remembers when chats were written to, to tell whose limit was hit.
type traffic struct {
	mu    sync.Mutex
	chats map[int64][]time.Time // oldest first, at most groupQuota
	swept time.Time
}

// sending notes a message to p.
func (t *traffic) sending(p place, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.chats == nil {
		t.chats = map[int64][]time.Time{}
	}
	times := append(t.chats[p.chat], now)
	if len(times) > groupQuota {
		times = append(times[:0], times[len(times)-groupQuota:]...)
	}
	t.chats[p.chat] = times
	if now.Sub(t.swept) > groupWindow {
		t.swept = now
		for chat, times := range t.chats {
			if now.Sub(times[len(times)-1]) > groupWindow {
				delete(t.chats, chat)
			}
		}
	}
}

// crowded reports whether p got more than one chat may: two messages within a
// second, or a group's quota within a minute. Then a refusal is about p alone. The
// dispatcher's messages are spaced and never crowd a chat, so a refusal of one of
// them is about the whole bot.
func (t *traffic) crowded(p place, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	times := t.chats[p.chat]
	if n := len(times); n >= 2 && times[n-1].Sub(times[n-2]) < time.Second {
		return true
	}
	return p.shared() && len(times) == groupQuota && now.Sub(times[0]) < time.Minute
}

// holds remembers what Telegram ordered to wait, for answers, which do not ask the
// budget.
type holds struct {
	mu      sync.Mutex
	until   map[string]time.Time // by place key; "" is everyone
	ordered time.Time            // when everyone was last told to wait
}

func (h *holds) hold(key string, now, until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.until == nil {
		h.until = map[string]time.Time{}
	}
	maps.DeleteFunc(h.until, func(_ string, until time.Time) bool { return !until.After(now) })
	if until.After(h.until[key]) {
		h.until[key] = until
	}
	if key == "" {
		h.ordered = now
	}
}

// wait returns how long nothing may be written to key.
func (h *holds) wait(key string, now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	var wait time.Duration
	for _, k := range []string{"", key} {
		wait = max(wait, h.until[k].Sub(now))
	}
	return wait
}

// cautious is how long after an order to wait answers take turns at the pace of a
// broadcast. Until Telegram objects they go out as they come.
const cautious = time.Minute

// caution reports whether answers should take turns.
func (h *holds) caution(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.ordered.IsZero() && now.Sub(h.ordered) < cautious+max(h.until[""].Sub(h.ordered), 0)
}
