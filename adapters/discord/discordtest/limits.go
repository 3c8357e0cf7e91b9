package discordtest

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// limits are the rate limits, and what a bot was told of them.
type limits struct {
	accepted  []time.Time // within the last second, oldest first
	lockedTil time.Time   // a global lock-out the bot was told of
	channels  map[string]*window
	invalids  []time.Time
	bannedTil time.Time
}

type window struct {
	start  time.Time
	count  int
	locked time.Time // told to wait until then
}

// banFor is how long an address is banned that made too many invalid requests.
const banFor = time.Hour

// before applies what limits all requests. Call it with the server's lock held.
func (l *limits) before(s *Server, in *request, r route) (reply, bool) {
	now := time.Now()
	if now.Before(l.bannedTil) {
		s.stats.Within++
		s.stats.Limited["ban"]++
		return reply{status: http.StatusTooManyRequests, raw: "<html><title>Access denied | discord.com used Cloudflare to restrict access</title></html>"}, true
	}
	if r.open || s.options.GlobalRate < 0 {
		return reply{}, false
	}
	if now.Before(l.lockedTil) {
		s.stats.Within++
		return l.global(s, l.lockedTil.Sub(now)), true
	}
	// Discord does not say how it counts a second; no second may hold more is the
	// strictest way.
	for len(l.accepted) > 0 && now.Sub(l.accepted[0]) >= time.Second {
		l.accepted = l.accepted[1:]
	}
	if len(l.accepted) >= s.options.GlobalRate {
		l.lockedTil = now.Add(time.Second)
		return l.global(s, time.Second), true
	}
	l.accepted = append(l.accepted, now)
	return reply{}, false
}

// global is the documented answer to too many requests over all routes: no
// header says when it ends but Retry-After, in whole seconds.
func (l *limits) global(s *Server, wait time.Duration) reply {
	s.stats.Limited["global"]++
	l.invalid(s)
	return reply{
		status: http.StatusTooManyRequests,
		header: http.Header{
			"Retry-After": {whole(wait)}, "X-Ratelimit-Global": {"true"}, "X-Ratelimit-Scope": {"global"},
		},
		body: map[string]any{"message": "You are being rate limited.", "retry_after": wait.Seconds(), "global": true},
	}
}

// channel applies the limit of a channel and returns its headers. Call it with
// the server's lock held.
func (l *limits) channel(s *Server, id string) (http.Header, *reply) {
	if s.options.ChannelRate < 0 {
		return nil, nil
	}
	if l.channels == nil {
		l.channels = map[string]*window{}
	}
	now := time.Now()
	w := l.channels[id]
	if w == nil || now.Sub(w.start) >= s.options.ChannelWindow {
		w = &window{start: now}
		l.channels[id] = w
	}
	left := w.start.Add(s.options.ChannelWindow).Sub(now)
	header := http.Header{
		"X-Ratelimit-Bucket": {"b" + id}, "X-Ratelimit-Limit": {strconv.Itoa(s.options.ChannelRate)},
		"X-Ratelimit-Reset-After": {fmt.Sprintf("%.3f", left.Seconds())},
		"X-Ratelimit-Reset":       {fmt.Sprintf("%.3f", float64(now.Add(left).UnixMilli())/1000)},
	}
	if w.count >= s.options.ChannelRate {
		if now.Before(w.locked) {
			s.stats.Within++
		}
		w.locked = now.Add(left)
		s.stats.Limited["user"]++
		l.invalid(s)
		header.Set("X-RateLimit-Remaining", "0")
		header.Set("X-RateLimit-Scope", "user")
		header.Set("Retry-After", whole(left))
		return nil, &reply{status: http.StatusTooManyRequests, header: header, body: map[string]any{
			"message": "You are being rate limited.", "retry_after": left.Seconds(), "global": false,
		}}
	}
	w.count++
	header.Set("X-RateLimit-Remaining", strconv.Itoa(s.options.ChannelRate-w.count))
	return header, nil
}

// invalid counts a request that Discord counts as invalid, and bans at the
// limit. Call it with the server's lock held.
func (l *limits) invalid(s *Server) {
	now := time.Now()
	s.stats.Invalid++
	l.invalids = append(l.invalids, now)
	for len(l.invalids) > 0 && now.Sub(l.invalids[0]) > 10*time.Minute {
		l.invalids = l.invalids[1:]
	}
	if len(l.invalids) >= s.options.InvalidLimit {
		s.found("%d invalid requests in ten minutes: banned", len(l.invalids))
		l.bannedTil = now.Add(banFor)
	}
}

func whole(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }
