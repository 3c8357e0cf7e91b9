package discord

import (
	"net/http"
	"testing"
	"time"
)

func answerWith(status int, body string, pairs ...string) answer {
	a := answer{status: status, body: []byte(body), header: http.Header{}}
	for i := 0; i < len(pairs); i += 2 {
		a.header.Set(pairs[i], pairs[i+1])
	}
	return a
}

// TestBudgetLearns: what an answer says of limits holds back what it speaks of, and
// nothing else.
func TestBudgetLearns(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		answer      answer
		same, other time.Duration // how long the same bucket and another one wait
	}{
		"room left":                       {answerWith(200, `{"id":"1"}`, "X-RateLimit-Remaining", "1", "X-RateLimit-Reset-After", "4"), 0, 0},
		"the last of the window":          {answerWith(200, `{"id":"1"}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "4.25"), 4250 * time.Millisecond, 0},
		"the last, not told for how long": {answerWith(200, `{"id":"1"}`, "X-RateLimit-Remaining", "0"), 0, 0},
		"route limit":                     {answerWith(429, `{"retry_after":2}`, "X-RateLimit-Scope", "user"), 2 * time.Second, 0},
		"shared limit":                    {answerWith(429, `{"retry_after":2}`, "X-RateLimit-Scope", "shared"), 2 * time.Second, 0},
		"global limit":                    {answerWith(429, `{"retry_after":3,"global":true}`), 3 * time.Second, 3 * time.Second},
		"ban":                             {answerWith(429, `<html>`, "Retry-After", "60"), time.Minute, time.Minute},
		"refused token":                   {answerWith(401, `{}`), haltFor, haltFor},
		"server error":                    {answerWith(500, `{}`), 0, 0},
	} {
		b := newBudget(50)
		b.observe(call{bucket: "a"}, tt.answer, now)
		if got, _ := b.reserve("a", now); got != tt.same {
			t.Errorf("%s: the same channel waits %v, want %v", name, got, tt.same)
		}
		b = newBudget(50)
		b.observe(call{bucket: "a"}, tt.answer, now)
		if got, _ := b.reserve("b", now); got != tt.other {
			t.Errorf("%s: another channel waits %v, want %v", name, got, tt.other)
		}
	}
	if haltFor >= time.Minute {
		t.Errorf("a refused token holds for %v, and back-off after a failure stays under a minute", haltFor)
	}
	b := newBudget(50)
	b.observe(call{interaction: true}, answerWith(401, `{"code":50027}`), now)
	if got, _ := b.reserve("a", now); got != 0 {
		t.Errorf("after the token of an interaction ended: %v", got)
	}
}

// TestInvalidGuard: a broadcast to twenty thousand dead channels stays below what
// Discord bans for, at every moment, and does not stop for good.
func TestInvalidGuard(t *testing.T) {
	t.Parallel()
	b := newBudget(50)
	now := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)
	var refused []time.Time
	for len(refused) < 20_000 {
		if wait, _ := b.reserve("c", now); wait > 0 {
			now = now.Add(wait)
			continue
		}
		refused = append(refused, now)
		b.observe(call{bucket: "c"}, answerWith(403, `{"code":50001}`), now)
		if n := len(refused); n > invalidLimit && now.Sub(refused[n-1-invalidLimit]) < invalidWindow {
			t.Fatalf("more than %d invalid requests within %v", invalidLimit, invalidWindow)
		}
	}
	if d := refused[len(refused)-1].Sub(refused[0]); d > 40*time.Minute {
		t.Errorf("twenty thousand took %v", d)
	}
	for _, status := range []int{401, 403, 429} {
		b = newBudget(50)
		for range invalidGuard {
			b.observe(call{interaction: true}, answerWith(status, `{}`), now)
		}
		if b.guard(now) == 0 {
			t.Errorf("%d is not counted", status)
		}
		if b.guard(now.Add(invalidWindow)) != 0 {
			t.Errorf("%d is counted for ever", status)
		}
	}
	b = newBudget(50)
	for range invalidGuard {
		b.observe(call{}, answerWith(429, `{}`, "X-RateLimit-Scope", "shared"), now)
	}
	if b.guard(now) != 0 {
		t.Error("a shared limit is counted as invalid")
	}
}
