package storetest

import (
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Traces makes a subscriber who leaves traces in every corner of a store: two
// linked addresses, subscriptions, stories sent, out, due and held, a digest, a
// muted publisher, facts about an address and about himself.
func Traces(t *testing.T, store subscriptions.Store, now time.Time) subscriptions.Subscriber {
	t.Helper()
	w := &world{T: t, store: store, now: now, keys: 1_000_000}
	ann := w.person("900000000000000417", func(s *subscriptions.Subscriber) {
		s.Also = []subscriptions.Address{on(discord, "800000000000000417")}
		s.MutedSources = []string{"gazette"}
	})
	for _, topic := range []subscriptions.Topic{genk, gent} {
		w.follow(ann, topic)
	}
	w.follow(ann, bruges, cadence(subscriptions.InDigest))
	w.news(genk)
	for _, p := range w.claim() {
		w.settle(sent(p))
	}
	w.news(gent)
	w.claim()
	w.news(genk)
	w.news(bruges)
	_, err := store.ReleaseDigest(w.ctx(), now, subscriptions.DigestRelease{Subscriber: ann.ID, Date: "2026-11-23", Next: now.Add(time.Hour)})
	w.must(err)
	w.news(bruges)
	w.must(store.SetValue(w.ctx(), "discord:channel:"+ann.Address.ID, "5"))
	w.must(store.SetValue(w.ctx(), subscriptions.FactAbout("code", ann.ID), ann.Address.String()))
	return ann
}
