package discordtest

import (
	"net/http"
	"time"
)

// Fault is something going wrong with a request.
type Fault struct {
	// Status and Body are the answer; Body that begins with "<" is sent as HTML.
	// Status 0 is no answer.
	Status int
	Header http.Header
	Body   string
	// Wait is how long the answer takes.
	Wait time.Duration
	// Slow: nothing goes wrong, but the request is carried out only after Wait.
	Slow bool
	// After: the request is carried out first, and only then goes wrong.
	After bool
	// Reset breaks the connection instead of answering.
	Reset bool
}

type fault struct {
	Fault
	route string
	left  int
}

// Inject makes the next n requests of a route go wrong; n < 0 is all of them. See
// Requests for the names of routes; an empty one is any.
func (s *Server) Inject(route string, n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{Fault: f, route: route, left: n})
}

// Chaos makes a share of a route's requests go wrong, each with one of Faults; for
// crash and load tests.
type Chaos struct {
	Seed   uint64
	Route  string
	Share  float64 // 0.01 is one in a hundred
	Faults []Fault
}

// Heal ends all faults, and the chaos.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.options.Chaos = nil, Chaos{}
}

// fault takes the next fault of a route. Call it with the lock held.
func (s *Server) fault(route string) *fault {
	for _, f := range s.faults {
		if f.left != 0 && (f.route == "" || f.route == route) {
			f.left--
			return f
		}
	}
	if c := s.options.Chaos; c.Share > 0 && c.Route == route && s.dice.Float64() < c.Share {
		return &fault{Fault: c.Faults[s.dice.IntN(len(c.Faults))]}
	}
	return nil
}

// pass reports whether the request is carried out.
func (f *fault) pass(w http.ResponseWriter, req *http.Request) bool {
	if f.After {
		return true
	}
	if f.Slow {
		f.linger(req)
		return true
	}
	f.spoil(w, req)
	return false
}

// linger takes its time.
func (f *fault) linger(req *http.Request) {
	if f.Wait <= 0 {
		return
	}
	select {
	case <-time.After(f.Wait):
	case <-req.Context().Done():
	}
}

// spoil gives the answer of the fault.
func (f *fault) spoil(w http.ResponseWriter, req *http.Request) {
	f.linger(req)
	if f.Reset || f.Status == 0 {
		panic(http.ErrAbortHandler) // what net/http offers to break a connection
	}
	for k, v := range f.Header {
		w.Header()[http.CanonicalHeaderKey(k)] = v
	}
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
		if len(f.Body) > 0 && f.Body[0] == '<' {
			w.Header().Set("Content-Type", "text/html")
		}
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body))
}
