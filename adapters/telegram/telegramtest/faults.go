package telegramtest

import (
	"math/rand/v2"
	"net/http"
	"time"
)

// FaultKind is a way in which a request goes wrong.
type FaultKind string

// The kinds. Where it says "after", the server has carried the request out before it
// goes wrong.
const (
	BadGateway  FaultKind = "502"          // a proxy's page
	ServerError FaultKind = "500"          // the Bot API's own error
	TooMany     FaultKind = "429"          // retry_after, Fault.RetryAfter
	TooManyPage FaultKind = "429-html"     // the same from a proxy, as a page
	NullBefore  FaultKind = "null-before"  // 200 with null, nothing done
	Null        FaultKind = "null"         // 200 with null, after
	Page        FaultKind = "html"         // 200 with a page, after
	Truncated   FaultKind = "truncated"    // an answer cut in half, after
	ResetBefore FaultKind = "reset-before" // the connection breaks, nothing done
	ResetAfter  FaultKind = "reset-after"  // the connection breaks, all done
	StallBefore FaultKind = "stall-before" // no answer, nothing done
	StallAfter  FaultKind = "stall-after"  // no answer, all done
	Slow        FaultKind = "slow"         // Fault.Delay, then as usual
	Refused     FaultKind = "refused"      // Fault.Code and Fault.Description
)

// Fault breaks requests.
type Fault struct {
	Method string // empty: any but getUpdates
	Kind   FaultKind
	// Times is how many requests it breaks; 0 means all until it is replaced.
	Times int
	// Skip lets that many pass first.
	Skip int

	Delay       time.Duration
	RetryAfter  int // seconds
	Code        int
	Description string
}

// Break orders a fault. Faults are used in the order in which they were ordered.
func (s *Server) Break(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Mend takes all faults back, and the chaos.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.chaos = nil, nil
}

// Chaos breaks a share of all writing requests, by kind; for crash and load tests.
type Chaos struct {
	Seed   uint64
	Shares map[FaultKind]float64 // 0.01 is one in a hundred
}

type chaos struct {
	rand   *rand.Rand
	shares []share
}

type share struct {
	kind FaultKind
	of   float64
}

func newChaos(c Chaos) *chaos {
	if len(c.Shares) == 0 {
		return nil
	}
	ch := &chaos{rand: rand.New(rand.NewPCG(c.Seed, 1))}
	for _, kind := range []FaultKind{BadGateway, ServerError, TooMany, TooManyPage, NullBefore, Null, Page, Truncated, ResetBefore, ResetAfter, StallBefore, StallAfter, Slow} {
		if of := c.Shares[kind]; of > 0 {
			ch.shares = append(ch.shares, share{kind, of})
		}
	}
	return ch
}

// fault returns what goes wrong with the next request of a method; nil for nothing.
// The lock is held.
func (s *Server) fault(method string) *Fault {
	for i, f := range s.faults {
		if f.Method != method && (f.Method != "" || method == "getUpdates") {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			}
		}
		return f
	}
	if s.chaos == nil || method == "getUpdates" {
		return nil
	}
	x := s.chaos.rand.Float64()
	for _, sh := range s.chaos.shares {
		if x -= sh.of; x < 0 {
			return &Fault{Kind: sh.kind, RetryAfter: 1, Delay: 50 * time.Millisecond}
		}
	}
	return nil
}

const proxyPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n"

// suffer carries a request out with a fault.
func (s *Server) suffer(q request, f *Fault) reply {
	if f == nil {
		return s.carryOut(q)
	}
	switch f.Kind {
	case BadGateway:
		return reply{status: http.StatusBadGateway, body: []byte(proxyPage), html: true}
	case TooManyPage:
		return reply{status: http.StatusTooManyRequests, body: []byte("<html><body>Slow down</body></html>"), html: true}
	case ServerError:
		return refuse(http.StatusInternalServerError, "Internal Server Error").reply()
	case TooMany:
		s.mu.Lock()
		s.counts.Limited++
		s.mu.Unlock()
		return tooMany(f.RetryAfter).reply()
	case Refused:
		return refuse(f.Code, f.Description).reply()
	case NullBefore:
		return reply{status: http.StatusOK, body: []byte("null")}
	case ResetBefore:
		return reply{broken: true}
	case StallBefore:
		s.stall(q)
		return reply{broken: true}
	case Slow:
		t := time.NewTimer(f.Delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-q.ctx.Done():
		case <-s.done:
		}
		return s.carryOut(q)
	case Null, Page, Truncated, ResetAfter, StallAfter:
		return s.spoil(q, f.Kind)
	}
	return s.carryOut(q)
}

// spoil carries a request out and spoils the answer.
func (s *Server) spoil(q request, kind FaultKind) reply {
	a := s.carryOut(q)
	if a.status == http.StatusOK {
		s.mu.Lock()
		s.counts.Unanswered++
		s.mu.Unlock()
	}
	if kind == StallAfter {
		s.stall(q)
	}
	spoilt := map[FaultKind]reply{
		Null:      {status: http.StatusOK, body: []byte("null")},
		Page:      {status: http.StatusOK, body: []byte("<html><body>Sign in to the network</body></html>"), html: true},
		Truncated: {status: http.StatusOK, body: a.body[:len(a.body)/2]},
	}
	if r, ok := spoilt[kind]; ok {
		return r
	}
	return reply{broken: true}
}

// stall waits until the caller gives up.
func (s *Server) stall(q request) {
	select {
	case <-q.ctx.Done():
	case <-s.done:
	}
}
