// Package storetest is the proof that a subscriptions.Store keeps its promises.
// Every Store runs the same tests.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Run runs the conformance suite. open returns a new, empty Store; the suite
// closes it.
func Run(t *testing.T, open func(t *testing.T) subscriptions.Store) {
	t.Helper()
	for _, group := range []struct {
		name  string
		tests []test
	}{
		{"registry", registryTests()},
		{"archive", archiveTests()},
		{"routing", routingTests()},
		{"outbox", outboxTests()},
		{"chance", chanceTests()},
		{"merging", mergeTests()},
		{"digests", digestTests()},
		{"progress", progressTests()},
		{"upkeep", upkeepTests()},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, c := range group.tests {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.run(newWorld(t, open))
				})
			}
		})
	}
}

// test is one promise.
type test struct {
	name string
	run  func(w *world)
}

const (
	telegram subscriptions.Platform = "telegram"
	discord  subscriptions.Platform = "discord"

	genk   subscriptions.Topic = "club/genk"
	gent   subscriptions.Topic = "club/gent"
	bruges subscriptions.Topic = "club/club-brugge"
)

// world is a Store with a clock and people.
type world struct {
	*testing.T
	store subscriptions.Store
	now   time.Time
	keys  int
}

func newWorld(t *testing.T, open func(t *testing.T) subscriptions.Store) *world {
	t.Helper()
	store := open(t)
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &world{T: t, store: store, now: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)}
}

// ctx is the context of all calls.
func (w *world) ctx() context.Context { return w.Context() }

// must ends the test if err is not nil.
func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// pass lets time pass.
func (w *world) pass(d time.Duration) { w.now = w.now.Add(d) }

// change runs fn as an unmarked change.
func (w *world) change(fn func(tx subscriptions.Tx) error) {
	w.Helper()
	w.must(w.store.Change(w.ctx(), w.now, subscriptions.Mark{}, fn))
}

// on is an address.
func on(p subscriptions.Platform, id string) subscriptions.Address {
	return subscriptions.Address{Platform: p, ID: id}
}

// person makes a subscriber on Telegram, with changes.
func (w *world) person(id string, edits ...func(*subscriptions.Subscriber)) subscriptions.Subscriber {
	w.Helper()
	s := subscriptions.Subscriber{Address: on(telegram, id), Language: "nl", Cadence: subscriptions.Instant, CreatedAt: w.now}
	for _, edit := range edits {
		edit(&s)
	}
	w.save(&s)
	return s
}

// save saves a subscriber.
func (w *world) save(s *subscriptions.Subscriber) {
	w.Helper()
	w.change(func(tx subscriptions.Tx) error { return tx.SaveSubscriber(s) })
}

// find finds the subscriber at an address.
func (w *world) find(at subscriptions.Address) subscriptions.Subscriber {
	w.Helper()
	s, err := w.store.Find(w.ctx(), at)
	w.must(err)
	return s
}

// follow makes a subscription, with changes.
func (w *world) follow(s subscriptions.Subscriber, topic subscriptions.Topic, edits ...func(*subscriptions.Subscription)) {
	w.Helper()
	f := subscriptions.Subscription{Subscriber: s.ID, Topic: topic, Cadence: s.Cadence, CreatedAt: w.now}
	for _, edit := range edits {
		edit(&f)
	}
	w.change(func(tx subscriptions.Tx) error { return tx.Follow(f) })
}

// cadence is an edit of a subscription.
func cadence(c subscriptions.Cadence) func(*subscriptions.Subscription) {
	return func(s *subscriptions.Subscription) { s.Cadence = c }
}

// follower makes a person who follows topics.
func (w *world) follower(id string, c subscriptions.Cadence, topics ...subscriptions.Topic) subscriptions.Subscriber {
	w.Helper()
	s := w.person(id)
	for _, topic := range topics {
		w.follow(s, topic, cadence(c))
	}
	return s
}

// article makes a publication about topics, to be pushed.
func (w *world) article(topics ...subscriptions.Topic) subscriptions.Publication {
	w.keys++
	p := subscriptions.Publication{Push: true, Article: subscriptions.Article{
		Key: fmt.Sprintf("key-%d", w.keys), Source: "courant", Publisher: "De Courant",
		URL: fmt.Sprintf("https://courant.example/%d", w.keys), Title: fmt.Sprintf("Title %d", w.keys),
		Language: "nl", Kind: subscriptions.Fact, Published: w.now, Seen: w.now,
	}}
	for _, topic := range topics {
		p.Article.Tags = append(p.Article.Tags, subscriptions.Tag{Topic: topic, Level: subscriptions.About})
	}
	return p
}

// publish publishes and routes to the end.
func (w *world) publish(p subscriptions.Publication) subscriptions.Article {
	w.Helper()
	a, err := w.store.Publish(w.ctx(), w.now, p)
	w.must(err)
	w.route()
	return a
}

// news publishes a new story about topics.
func (w *world) news(topics ...subscriptions.Topic) subscriptions.StoryID {
	w.Helper()
	return w.publish(w.article(topics...)).Story
}

// joins publishes an article that joins a story.
func (w *world) joins(story subscriptions.StoryID, edit func(*subscriptions.Article), topics ...subscriptions.Topic) subscriptions.Article {
	w.Helper()
	p := w.article(topics...)
	p.Story = story
	if edit != nil {
		edit(&p.Article)
	}
	return w.publish(p)
}

// route works off all routes.
func (w *world) route() {
	w.Helper()
	for more := true; more; {
		var err error
		more, err = w.store.Route(w.ctx(), w.now, 1000)
		w.must(err)
	}
}

// lease is how long claims hold.
const lease = time.Minute

// claimSome claims up to parcels of up to per stories on a platform.
func (w *world) claimSome(p subscriptions.Platform, parcels, per int) []subscriptions.Parcel {
	w.Helper()
	claimed, err := w.store.Claim(w.ctx(), w.now, subscriptions.ClaimRequest{Platform: p, Parcels: parcels, PerParcel: per, Lease: lease})
	w.must(err)
	return claimed
}

// claim claims all that is due on Telegram.
func (w *world) claim() []subscriptions.Parcel {
	w.Helper()
	return w.claimSome(telegram, 100, 100)
}

// settle settles.
func (w *world) settle(list ...subscriptions.Settlement) {
	w.Helper()
	w.must(w.store.Settle(w.ctx(), w.now, list))
}

// sent settles a whole parcel as sent.
func sent(p subscriptions.Parcel) subscriptions.Settlement {
	return subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Sent, Reference: fmt.Sprintf("message-%d", p.ID)}
}

// delivery is a story that came to somebody.
type delivery struct {
	To    string
	Lane  subscriptions.Lane
	Story subscriptions.StoryID
}

// list lists what is in parcels.
func list(parcels []subscriptions.Parcel) []delivery {
	var all []delivery
	for _, p := range parcels {
		for _, story := range p.Stories {
			all = append(all, delivery{p.Subscriber.Address.ID, p.Lane, story})
		}
	}
	return all
}

// drain sends all that is due on Telegram and returns it in order of sending.
func (w *world) drain() []delivery {
	w.Helper()
	var all []delivery
	for {
		parcels := w.claim()
		if len(parcels) == 0 {
			return all
		}
		all = append(all, list(parcels)...)
		for _, p := range parcels {
			w.settle(sent(p))
		}
	}
}

// alert and inDigest are deliveries in one of the lanes.
func alert(to string, story subscriptions.StoryID) delivery {
	return delivery{to, subscriptions.LaneAlert, story}
}

func inDigest(to string, story subscriptions.StoryID) delivery {
	return delivery{to, subscriptions.LaneDigest, story}
}
