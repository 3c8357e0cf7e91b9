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

// Heal ends all faults.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// fault takes the next fault of a route. Call it with the lock held.
func (s *Server) fault(route string) *fault {
	for _, f := range s.faults {
		if f.left != 0 && (f.route == "" || f.route == route) {
			f.left--
			return f
		}
	}
	return nil
}

// pass reports whether the request is carried out.
func (f *fault) pass(w http.ResponseWriter, req *http.Request) bool {
	if f.After {
		return true
	}
	f.spoil(w, req)
	return false
}

// spoil gives the answer of the fault.
func (f *fault) spoil(w http.ResponseWriter, req *http.Request) {
	if f.Wait > 0 {
		select {
		case <-time.After(f.Wait):
		case <-req.Context().Done():
		}
	}
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
