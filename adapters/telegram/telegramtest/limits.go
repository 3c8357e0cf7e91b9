package telegramtest

import (
	"math"
	"net/http"
	"time"
)

// Limits are the most messages that are accepted.
type Limits struct {
	Everyone Limit // over all chats
	Chat     Limit // in one chat
	Group    Limit // in one group or channel
	// LockOut is the retry_after that breaking a limit brings; at least a second.
	// Until it is over, nothing is accepted in that scope.
	LockOut time.Duration
}

// Limit is a number of messages within a span. The zero Limit is none.
type Limit struct {
	Messages int
	Within   time.Duration
}

// RealLimits are the limits that Telegram documents for bots that do not pay.
func RealLimits() Limits {
	return Limits{
		Everyone: Limit{30, time.Second},
		Chat:     Limit{1, time.Second},
		Group:    Limit{20, time.Minute},
		LockOut:  5 * time.Second,
	}
}

// limiter enforces limits over sliding windows.
type limiter struct {
	limits   Limits
	everyone window
	chats    map[int64]*chatWindows
}

type chatWindows struct {
	second, minute window
	slow           time.Duration // of its slow mode; 0 is off
	slowUntil      time.Time
}

type window struct {
	accepted []time.Time // oldest first
	locked   time.Time
}

// allow accepts one message to a chat, or says how long to wait; during says that a
// lock-out was running already.
func (l *limiter) allow(chat int64, now time.Time) (wait time.Duration, during bool) {
	c := l.chat(chat)
	scopes := []struct {
		*window
		Limit
	}{{&l.everyone, l.limits.Everyone}, {&c.second, l.limits.Chat}}
	if chat < 0 {
		scopes = append(scopes, struct {
			*window
			Limit
		}{&c.minute, l.limits.Group})
	}
	for _, s := range scopes {
		if now.Before(s.locked) {
			return s.locked.Sub(now), true
		}
	}
	if now.Before(c.slowUntil) {
		return c.slowUntil.Sub(now), false
	}
	for _, s := range scopes {
		if s.Messages == 0 {
			continue
		}
		for len(s.accepted) > 0 && now.Sub(s.accepted[0]) >= s.Within {
			s.accepted = s.accepted[1:]
		}
		if len(s.accepted) >= s.Messages {
			wait := max(l.limits.LockOut, time.Second)
			s.locked = now.Add(wait)
			return wait, false
		}
	}
	for _, s := range scopes {
		if s.Messages > 0 {
			s.accepted = append(s.accepted, now)
		}
	}
	c.slowUntil = now.Add(c.slow)
	return 0, false
}

// chat returns what was accepted in a chat.
func (l *limiter) chat(id int64) *chatWindows {
	if l.chats == nil {
		l.chats = map[int64]*chatWindows{}
	}
	if l.chats[id] == nil {
		l.chats[id] = &chatWindows{}
	}
	return l.chats[id]
}

// limited returns the refusal of a message that is too much, if it is. The lock is held.
func (s *Server) limited(chat int64) *apiReply {
	wait, during := s.limiter.allow(chat, s.options.Now())
	if wait <= 0 {
		return nil
	}
	s.counts.Limited++
	if during {
		s.counts.DuringLockOut++
	}
	seconds := int(math.Ceil(wait.Seconds()))
	return tooMany(seconds)
}

func tooMany(seconds int) *apiReply {
	a := refuse(http.StatusTooManyRequests, "Too Many Requests: retry after "+itoa(seconds))
	a.Parameters = &replyParameters{RetryAfter: seconds}
	return &a
}

// LockOut refuses everything written to a chat, or to every chat when it is 0, for d.
func (s *Server) LockOut(chat int64, d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	until := s.options.Now().Add(d)
	if chat == 0 {
		s.limiter.everyone.locked = until
		return
	}
	s.limiter.chat(chat).second.locked = until
}

// SlowMode lets a bot that is no administrator of a group write there once in d.
func (s *Server) SlowMode(group int64, d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limiter.chat(group).slow = d
}
