package bottest

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Limits are what a [Platform] enforces, and paces itself by.
type Limits struct {
	// Rate is the most messages in any second; 0 is no limit.
	Rate int
	// Every is the least time between two messages to one place; 0 is none.
	Every time.Duration
	// Latency is how long a send takes.
	Latency time.Duration
	// Lockout is how long a violation of Rate shuts everyone out.
	Lockout time.Duration
}

// Sent is a message that a [Platform] accepted.
type Sent struct {
	To      subscriptions.Address
	Message bot.Message
	At      time.Time
}

// Platform is a chat platform in memory with its Messenger in one. It enforces
// [Limits] as real platforms do, and answers as it is told.
type Platform struct {
	name   subscriptions.Platform
	limits Limits
	now    func() time.Time
	pacer  *bot.Pacer

	mu         sync.Mutex
	script     func(to subscriptions.Address, m bot.Message, attempt int) (bot.Receipt, bool)
	sent       []Sent
	keys       map[string]bool
	requests   int
	attempts   map[string]int
	window     []time.Time
	last       map[string]time.Time
	locked     time.Time
	violations int
	during     int
	perMessage int
}

// NewPlatform returns a platform with these limits.
func NewPlatform(name subscriptions.Platform, limits Limits, now func() time.Time) *Platform {
	p := &Platform{
		name: name, limits: limits, now: now,
		attempts: map[string]int{}, last: map[string]time.Time{}, keys: map[string]bool{}, perMessage: 20,
	}
	if limits.Rate > 0 {
		p.pacer = bot.NewPacer(float64(limits.Rate))
	}
	return p
}

// Script has answer decide about each message before the platform does. It gets
// how often this message was sent before to this place, and reports whether it
// answers. A receipt with ResultSent or ResultUnknown may be combined with
// [Platform.Accept].
func (p *Platform) Script(answer func(to subscriptions.Address, m bot.Message, attempt int) (bot.Receipt, bool)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.script = answer
}

// PerMessage sets how many items fit in a message; 20 at first.
func (p *Platform) PerMessage(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.perMessage = n
}

// Platform implements [bot.Messenger].
func (p *Platform) Platform() subscriptions.Platform { return p.name }

// Reserve implements [bot.Messenger].
func (p *Platform) Reserve(to subscriptions.Address, now time.Time) (wait time.Duration, everyone bool) {
	if p.pacer == nil {
		return 0, false
	}
	return p.pacer.Reserve(to.ID, bot.Spacing{Every: p.limits.Every}, now)
}

// Split implements [bot.Messenger].
func (p *Platform) Split(m bot.Message) []bot.Message {
	p.mu.Lock()
	n := p.perMessage
	p.mu.Unlock()
	if len(m.Items) <= n {
		return []bot.Message{m}
	}
	var parts []bot.Message
	for items := m.Items; len(items) > 0; {
		k := min(len(items), n)
		part := bot.Message{Key: m.Key, Items: items[:k], Silent: m.Silent}
		if len(parts) == 0 {
			part.Title, part.Text = m.Title, m.Text
		}
		items = items[k:]
		if len(items) == 0 {
			part.Footer, part.Buttons = m.Footer, m.Buttons
		}
		parts = append(parts, part)
	}
	return parts
}

// Send implements [bot.Messenger].
func (p *Platform) Send(ctx context.Context, to subscriptions.Address, m bot.Message) bot.Receipt {
	if p.pacer != nil {
		landed := p.pacer.Departs(p.now())
		defer func() { landed(p.now()) }()
	}
	if p.limits.Latency > 0 {
		t := time.NewTimer(p.limits.Latency)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return bot.Receipt{Result: bot.ResultUnknown, Err: ctx.Err()}
		}
	}
	if ctx.Err() != nil {
		return bot.Receipt{Result: bot.ResultRetry, Err: ctx.Err()}
	}
	r, answered := p.ask(to, m)
	if answered {
		return r
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if r, ok := p.enforce(to, now); !ok {
		if r.Everywhere && p.pacer != nil {
			p.pacer.Hold("", now.Add(r.After))
		}
		return r
	}
	return p.accept(to, m, now)
}

// ask asks the script, outside of the lock: it may panic or use the platform.
func (p *Platform) ask(to subscriptions.Address, m bot.Message) (bot.Receipt, bool) {
	p.mu.Lock()
	p.requests++
	key := to.String() + " " + m.Key
	attempt := p.attempts[key]
	p.attempts[key]++
	script := p.script
	p.mu.Unlock()
	if script == nil {
		return bot.Receipt{}, false
	}
	return script(to, m, attempt)
}

// enforce refuses what is too fast.
func (p *Platform) enforce(to subscriptions.Address, now time.Time) (bot.Receipt, bool) {
	if now.Before(p.locked) {
		p.during++
		return bot.Receipt{Result: bot.ResultRetry, Everywhere: true, After: p.locked.Sub(now), Err: errTooFast}, false
	}
	if p.limits.Rate > 0 {
		for len(p.window) > 0 && now.Sub(p.window[0]) >= time.Second {
			p.window = p.window[1:]
		}
		if len(p.window) >= p.limits.Rate {
			p.violations++
			p.locked = now.Add(p.limits.Lockout)
			return bot.Receipt{Result: bot.ResultRetry, Everywhere: true, After: p.limits.Lockout, Err: errTooFast}, false
		}
		p.window = append(p.window, now)
	}
	if last, ok := p.last[to.ID]; ok && now.Sub(last) < p.limits.Every {
		p.violations++
		return bot.Receipt{Result: bot.ResultRetry, After: p.limits.Every, Err: errTooFast}, false
	}
	p.last[to.ID] = now
	return bot.Receipt{}, true
}

var errTooFast = errors.New("too many requests")

// Accept takes a message as sent whatever the limits: for a script that accepts
// and does not answer.
func (p *Platform) Accept(to subscriptions.Address, m bot.Message) bot.Receipt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.accept(to, m, p.now())
}

func (p *Platform) accept(to subscriptions.Address, m bot.Message, now time.Time) bot.Receipt {
	p.sent = append(p.sent, Sent{To: to, Message: m, At: now})
	p.keys[to.String()+" "+m.Key] = true
	return bot.Receipt{Result: bot.ResultSent, Reference: strconv.Itoa(len(p.sent))}
}

// Sent returns the accepted messages, oldest first.
func (p *Platform) Sent() []Sent {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Sent(nil), p.sent...)
}

// SentTo returns the accepted messages of one place, oldest first.
func (p *Platform) SentTo(to subscriptions.Address) []bot.Message {
	var all []bot.Message
	for _, s := range p.Sent() {
		if s.To == to {
			all = append(all, s.Message)
		}
	}
	return all
}

// Repeats returns how many accepted messages had the key of an earlier one at the
// same place: a platform that knows messages by their key would not show them.
func (p *Platform) Repeats() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sent) - len(p.keys)
}

// Requests returns how many sends were tried.
func (p *Platform) Requests() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests
}

// Violations returns how many messages broke a limit, and how many were tried
// while everyone was shut out.
func (p *Platform) Violations() (broken, duringLockout int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.violations, p.during
}
