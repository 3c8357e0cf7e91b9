package storetest

import (
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func progressTests() []test {
	return []test{
		{"a checkpoint comes back as it was saved", checkpointRoundTrip},
		{"one holds a lease", leases},
		{"values", values},
	}
}

func checkpointRoundTrip(w *world) {
	_, err := w.store.Checkpoint(w.ctx(), "courant")
	w.fails("unknown", err, subscriptions.ErrNotFound)
	c := subscriptions.Checkpoint{
		Source: "courant", ETag: `W/"x"`, LastModified: "yesterday", Highest: 1 << 40, Read: w.now,
		Failures: 3, Reason: "down", Since: w.now.Add(-time.Hour), Next: w.now.Add(time.Minute),
	}
	for range 2 {
		w.must(w.store.SaveCheckpoint(w.ctx(), c))
		got, err := w.store.Checkpoint(w.ctx(), "courant")
		w.must(err)
		same(w, "checkpoint", got, c)
		c = subscriptions.Checkpoint{Source: "courant"} // all fields, zero ones too
	}
}

func leases(w *world) {
	take := func(holder string, ttl time.Duration) error {
		return w.store.Lease(w.ctx(), w.now, "poll", holder, ttl)
	}
	w.must(take("one", time.Minute))
	w.fails("another", take("two", time.Minute), subscriptions.ErrLeased)
	w.must(w.store.Lease(w.ctx(), w.now, "other", "two", time.Minute))
	w.pass(30 * time.Second)
	w.must(take("one", time.Minute)) // renews
	w.pass(45 * time.Second)
	w.fails("after a renewal", take("two", time.Minute), subscriptions.ErrLeased)
	w.must(take("two", 0)) // gives back what it has not
	w.fails("not given back by another", take("two", time.Minute), subscriptions.ErrLeased)
	w.pass(15 * time.Second)
	w.must(take("two", time.Minute)) // it ended
	w.fails("the first", take("one", time.Minute), subscriptions.ErrLeased)
	w.must(take("two", 0))
	w.must(take("one", time.Minute))
}

func values(w *world) {
	get := func() string {
		v, err := w.store.Value(w.ctx(), "hash")
		w.must(err)
		return v
	}
	same(w, "none", get(), "")
	for _, v := range []string{"abc", "def", ""} {
		w.must(w.store.SetValue(w.ctx(), "hash", v))
		same(w, "value", get(), v)
	}
}
