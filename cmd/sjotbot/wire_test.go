package main

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// wire is the way to one platform. It takes its time, and counts what the program
// does after it was told to wait: only here is it known what the program knew when
// a request set out.
type wire struct {
	base http.RoundTripper
	// latency is the mean time there and back; it varies by a third of it either way.
	latency time.Duration
	// grace is how soon after a refusal a request may still set out: none on fake
	// time, where nothing happens between reading and obeying.
	grace time.Duration

	mu     sync.Mutex
	counts traffic
	told   time.Time // when the last refusal arrived
	until  time.Time // what it asked for
	keep   int
	kept   []letter
}

// traffic is what a wire counted.
type traffic struct {
	requests int
	// lockOuts are refusals with 429 that began a time of waiting; defied are
	// requests that set out in such a time. To listen on is no offence.
	lockOuts, defied int
}

// letter is a request as it was sent, to be sent again by other means.
type letter struct {
	url    string
	header http.Header
	body   []byte
}

// newWire returns a wire whose first requests are kept as letters.
func newWire(base http.RoundTripper, latency, grace time.Duration, keep int) *wire {
	return &wire{base: base, latency: latency, grace: grace, keep: keep}
}

// RoundTrip implements [http.RoundTripper].
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := w.setOut(r)
	if err != nil {
		return nil, err
	}
	out := r.Clone(r.Context())
	out.Body, out.GetBody = io.NopCloser(bytes.NewReader(body)), nil
	w.travel(r)
	res, err := w.base.RoundTrip(out)
	w.travel(r)
	if err == nil && res.StatusCode == http.StatusTooManyRequests {
		err = w.refused(res)
	}
	return res, err
}

func (w *wire) setOut(r *http.Request) ([]byte, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts.requests++
	now := time.Now()
	listens := strings.HasSuffix(r.URL.Path, "/getUpdates")
	if now.Before(w.until) && now.After(w.told.Add(w.grace)) && !listens {
		w.counts.defied++
	}
	if len(w.kept) < w.keep {
		w.kept = append(w.kept, letter{r.URL.String(), r.Header.Clone(), body})
	}
	return body, nil
}

// travel is half of the way.
func (w *wire) travel(r *http.Request) {
	if w.latency == 0 {
		return
	}
	t := time.NewTimer(w.latency/3 + rand.N(w.latency/3))
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	}
}

// refused takes note of a 429. Both platforms say in the body how long to wait.
// Whom it is about is not asked: in these tests nobody gets more than he may, so it
// is about everyone.
func (w *wire) refused(res *http.Response) error {
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	var said struct {
		RetryAfter float64 `json:"retry_after"`
		Parameters struct {
			RetryAfter float64 `json:"retry_after"`
		} `json:"parameters"`
	}
	_ = json.Unmarshal(body, &said) // a page says nothing
	wait := time.Duration(max(said.RetryAfter, said.Parameters.RetryAfter) * float64(time.Second))
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if !now.Before(w.until) {
		w.counts.lockOuts++
	}
	w.told, w.until = now, now.Add(wait)
	return nil
}

func (w *wire) traffic() traffic {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.counts
}

func (w *wire) letters() []letter {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]letter(nil), w.kept...)
}
