package sqlite

import "github.com/sjotbot/sjotbot/subscriptions"

// queue is what Claim takes from.
type queue struct {
	platform subscriptions.Platform
	lane     subscriptions.Lane
}

// turns counts how often each story was served, so that stories take turns: the
// one served least goes next. It lives in memory; after a restart all begin
// anew, which costs no more than one round.
type turns map[subscriptions.StoryID]int

// turnsOf returns the turns of a queue, for these stories only. A story that is
// new begins level with the least served.
func (s *Store) turnsOf(q queue, heads []head) turns {
	before, now := s.turns[q], turns{}
	least := -1
	for _, h := range heads {
		if n, ok := before[h.story]; ok {
			now[h.story] = n
			if least < 0 || n < least {
				least = n
			}
		}
	}
	for _, h := range heads {
		if _, ok := now[h.story]; !ok {
			now[h.story] = max(least, 0)
		}
	}
	s.turns[q] = now
	return now
}

// share deals limit places among the stories, the least served first and the
// longest due among equals, and counts them.
func (t turns) share(heads []head, limit int) map[subscriptions.StoryID]int {
	share := map[subscriptions.StoryID]int{}
	if len(heads) == 0 {
		return share
	}
	for range limit {
		next := heads[0]
		for _, h := range heads[1:] {
			if t[h.story] < t[next.story] {
				next = h
			}
		}
		t[next.story]++
		share[next.story]++
	}
	return share
}
