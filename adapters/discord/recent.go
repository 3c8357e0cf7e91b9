package discord

import "sync"

// seenCap is how many interactions are remembered, a few minutes' worth at a
// hundred a second. Discord repeats an event within seconds.
const seenCap = 16_384

// recent remembers the last keys, so that what comes twice is answered once. It is
// safe for use by many goroutines.
type recent struct {
	mu   sync.Mutex
	keys map[string]struct{}
	ring []string
	next int
}

func newRecent(n int) *recent {
	return &recent{keys: make(map[string]struct{}, n), ring: make([]string, n)}
}

// first reports whether key is new, and remembers it.
func (r *recent) first(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.keys[key]; known {
		return false
	}
	delete(r.keys, r.ring[r.next])
	r.ring[r.next] = key
	r.keys[key] = struct{}{}
	r.next = (r.next + 1) % len(r.ring)
	return true
}
