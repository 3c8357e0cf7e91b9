package bot

import (
	"container/heap"
	"time"
)

// queue orders the claimed jobs of one platform by when each may be tried: those
// that may go now by urgency, the others parked until their place may be written
// to again. Hot chats so wait without holding up anyone.
type queue struct {
	ready  jobs
	parked jobs
}

func newQueue() *queue {
	return &queue{
		ready:  jobs{before: func(a, b *job) bool { return urgent(a, b) }},
		parked: jobs{before: func(a, b *job) bool { return a.ready.Before(b.ready) }},
	}
}

// urgent orders alerts before digests, and otherwise as they were claimed.
func urgent(a, b *job) bool {
	if a.parcel.Lane != b.parcel.Lane {
		return a.parcel.Lane < b.parcel.Lane
	}
	return a.seq < b.seq
}

func (q *queue) len() int { return q.ready.Len() + q.parked.Len() }

// add puts a job among those that may go now.
func (q *queue) add(j *job) { heap.Push(&q.ready, j) }

// park keeps a job until it may be tried.
func (q *queue) park(j *job, until time.Time) {
	j.ready = until
	heap.Push(&q.parked, j)
}

// advance moves the jobs whose time has come among those that may go.
func (q *queue) advance(now time.Time) {
	for q.parked.Len() > 0 && !q.parked.list[0].ready.After(now) {
		q.add(heap.Pop(&q.parked).(*job))
	}
}

// next takes the most urgent job that may go, nil if there is none.
func (q *queue) next() *job {
	if q.ready.Len() == 0 {
		return nil
	}
	return heap.Pop(&q.ready).(*job)
}

// parkedUntil returns when the first parked job may be tried, zero if none is.
func (q *queue) parkedUntil() time.Time {
	if q.parked.Len() == 0 {
		return time.Time{}
	}
	return q.parked.list[0].ready
}

// drain takes the jobs of which drop says so, all of them if it is nil.
func (q *queue) drain(drop func(*job) bool) []*job {
	return append(q.ready.drain(drop), q.parked.drain(drop)...)
}

// jobs is a heap of jobs.
type jobs struct {
	list   []*job
	before func(a, b *job) bool
}

func (h *jobs) Len() int           { return len(h.list) }
func (h *jobs) Less(i, j int) bool { return h.before(h.list[i], h.list[j]) }
func (h *jobs) Swap(i, j int)      { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *jobs) Push(x any)         { h.list = append(h.list, x.(*job)) }

func (h *jobs) Pop() any {
	last := len(h.list) - 1
	j := h.list[last]
	h.list[last] = nil
	h.list = h.list[:last]
	return j
}

func (h *jobs) drain(drop func(*job) bool) []*job {
	var dropped []*job
	kept := h.list[:0]
	for _, j := range h.list {
		if drop == nil || drop(j) {
			dropped = append(dropped, j)
		} else {
			kept = append(kept, j)
		}
	}
	clear(h.list[len(kept):])
	h.list = kept
	heap.Init(h)
	return dropped
}
