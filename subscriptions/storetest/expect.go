package storetest

import (
	"cmp"
	"errors"
	"slices"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// same compares two values; an empty list is like none.
func same[T any](w *world, what string, got, want T) {
	w.Helper()
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		w.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// sameSet compares deliveries without regard to order.
func (w *world) sameSet(what string, got []delivery, want ...delivery) {
	w.Helper()
	order := func(a, b delivery) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Lane, b.Lane), cmp.Compare(a.Story, b.Story))
	}
	got, want = slices.Clone(got), slices.Clone(want)
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	same(w, what, got, want)
}

// fails checks that err is the sentinel.
func (w *world) fails(what string, err, sentinel error) {
	w.Helper()
	if !errors.Is(err, sentinel) {
		w.Errorf("%s: got error %v, want %v", what, err, sentinel)
	}
}

// held returns the stories held for a subscriber.
func (w *world) held(s subscriptions.Subscriber) []subscriptions.StoryID {
	w.Helper()
	ids, err := w.store.Held(w.ctx(), s.ID)
	w.must(err)
	return ids
}

// states returns what became of a story for a subscriber.
func (w *world) states(s subscriptions.Subscriber, story subscriptions.StoryID) []subscriptions.DeliveryState {
	w.Helper()
	states, err := w.store.Delivery(w.ctx(), s.ID, story)
	w.must(err)
	return states
}
