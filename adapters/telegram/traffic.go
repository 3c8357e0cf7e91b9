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

// wait returns how long p must be left alone to stay within what one chat may get.
func (t *traffic) wait(p place, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	times := t.chats[p.chat]
	if len(times) == 0 {
		return 0
	}
	d := times[len(times)-1].Add(everyMessage).Sub(now)
	if p.shared() && len(times) == groupQuota {
		d = max(d, times[0].Add(groupWindow).Sub(now))
	}
	return max(d, 0)
}

// holds remembers what Telegram ordered to wait, for answers, which do not ask the
// budget.
type holds struct {
	mu    sync.Mutex
	until map[string]time.Time // by place key; "" is everyone
}

// cautious is how long after an order to wait is over answers keep to the pace of a
// broadcast. Until Telegram objects they go out as they come.
const cautious = 10 * time.Minute

func (h *holds) hold(key string, now, until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.until == nil {
		h.until = map[string]time.Time{}
	}
	maps.DeleteFunc(h.until, func(_ string, until time.Time) bool { return now.Sub(until) > cautious })
	if until.After(h.until[key]) {
		h.until[key] = until
	}
}

// wait returns how long nothing may be written to key.
func (h *holds) wait(key string, now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return max(h.until[""].Sub(now), h.until[key].Sub(now), 0)
}

// caution reports whether answers to key, or to everyone when it is empty, should
// keep to the pace.
func (h *holds) caution(key string, now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	until, ordered := h.until[key]
	return ordered && now.Sub(until) < cautious
}
