package storetest

import (
	"fmt"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func mergeTests() []test {
	return []test{
		{"a moved subscriber is found at the new address, with all he had", moved},
		{"moving to an address that is taken makes the two one", movedToTaken},
		{"linking an address makes the two one", linked},
		{"what one has received the other is not owed", receivedOnce},
		{"a merge during a fan-out loses nothing", mergeDuringRoute},
		{"a merge while both have a parcel out", mergeBothOut},
		{"a merge forgets what was known of the one who is no more", mergeFacts},
		{"a merge does not take over the other's silence", mergeResting},
		{"a merge goes on with the digest that only one has", mergeDigest},
		{"a merge that leaves nothing in a parcel does not stop the queue", mergeEmptiesParcel},
	}
}

func moved(w *world) {
	ann := w.follower("group", subscriptions.Instant, genk)
	first := w.news(genk)
	p := w.claim()[0]
	to := on(telegram, "supergroup")
	w.settle(subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Postponed, Until: w.now, Moved: &to})
	same(w, "id", w.find(to).ID, ann.ID)
	_, err := w.store.Find(w.ctx(), on(telegram, "group"))
	w.fails("the old address", err, subscriptions.ErrNotFound)
	second := w.news(genk)
	same(w, "sent", w.drain(), []delivery{alert("supergroup", first), alert("supergroup", second)})
}

func movedToTaken(w *world) {
	old := w.follower("group", subscriptions.Instant, genk, gent)
	taken := w.follower("supergroup", subscriptions.Instant, gent, bruges)
	one, two, three := w.news(genk), w.news(gent), w.news(bruges)
	var p subscriptions.Parcel
	for _, c := range w.claim() {
		if c.Subscriber.ID == old.ID {
			p = c
		} else {
			w.settle(subscriptions.Settlement{Parcel: c.ID, Outcome: subscriptions.Postponed, Until: w.now})
		}
	}
	to := on(telegram, "supergroup")
	w.settle(subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Postponed, Until: w.now, Moved: &to})
	same(w, "id", w.find(to).ID, taken.ID)
	same(w, "sent", w.drain(), []delivery{alert("supergroup", one), alert("supergroup", two), alert("supergroup", three)})
	subs, err := w.store.Subscriptions(w.ctx(), taken.ID)
	w.must(err)
	same(w, "subscriptions", len(subs), 3)
	// The same notice again changes nothing.
	w.settle(subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Postponed, Until: w.now, Moved: &to})
	story := w.news(gent, genk, bruges)
	same(w, "the next", w.drain(), []delivery{alert("supergroup", story)})
}

func linked(w *world) {
	phone := w.person("phone", func(s *subscriptions.Subscriber) { s.Also = []subscriptions.Address{on("console", "desk")} })
	w.follow(phone, genk)
	w.follow(phone, gent, cadence(subscriptions.InDigest))
	both := w.news(genk, gent)
	held := w.news(gent)
	ann := w.person("ann", func(s *subscriptions.Subscriber) { s.Address = on(discord, "ann"); s.Language = "fr" })
	w.follow(ann, genk, cadence(subscriptions.InDigest))
	ann.Also = []subscriptions.Address{phone.Address}
	w.save(&ann)
	for _, at := range []subscriptions.Address{ann.Address, phone.Address, on("console", "desk")} {
		got := w.find(at)
		same(w, "id", got.ID, ann.ID)
		same(w, "language", got.Language, "fr")
	}
	subs, err := w.store.Subscriptions(w.ctx(), ann.ID)
	w.must(err)
	got := map[subscriptions.Topic]subscriptions.Cadence{}
	for _, s := range subs {
		got[s.Topic] = s.Cadence
	}
	same(w, "subscriptions", got, map[subscriptions.Topic]subscriptions.Cadence{genk: subscriptions.InDigest, gent: subscriptions.InDigest})
	same(w, "old subscriber", w.claim(), nil)
	parcels := w.claimSome(discord, 10, 10)
	same(w, "owed", list(parcels), []delivery{alert("ann", both)})
	same(w, "sent to", parcels[0].Subscriber.Address, ann.Address)
	same(w, "held", w.held(ann), []subscriptions.StoryID{held})
	// Found under each, sent to only at one.
	story := w.news(genk)
	same(w, "held", w.held(ann), []subscriptions.StoryID{held, story})
}

func receivedOnce(w *world) {
	one := w.follower("one", subscriptions.Instant, genk)
	two := w.follower("two", subscriptions.Instant, genk)
	first, second := w.news(genk), w.news(genk)
	for _, p := range w.claimSome(telegram, 10, 1) {
		if p.Subscriber.ID == one.ID {
			w.settle(sent(p))
		} else {
			w.settle(subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Postponed, Until: w.now})
		}
	}
	two.Also = []subscriptions.Address{one.Address}
	w.save(&two)
	same(w, "first", w.states(two, first)[0].Outcome, subscriptions.Sent)
	same(w, "sent", w.drain(), []delivery{alert("two", second)})
	w.joins(first, nil, genk, gent)
	same(w, "joined", w.drain(), nil)
}

func mergeDuringRoute(w *world) {
	late := w.person("late") // the lowest id: a route passes it first
	var ids []subscriptions.Subscriber
	for _, name := range []string{"a", "b", "c", "d"} {
		ids = append(ids, w.follower(name, subscriptions.Instant, genk, gent))
	}
	last := ids[len(ids)-1]
	p := w.article(genk, gent)
	a, err := w.store.Publish(w.ctx(), w.now, p)
	w.must(err)
	_, err = w.store.Route(w.ctx(), w.now, 2)
	w.must(err)
	late.Also = []subscriptions.Address{last.Address}
	w.save(&late)
	w.route()
	w.sameSet("sent", w.drain(), alert("late", a.Story), alert("a", a.Story), alert("b", a.Story), alert("c", a.Story))
}

func mergeBothOut(w *world) {
	one := w.follower("one", subscriptions.Instant, genk)
	two := w.follower("two", subscriptions.Instant, gent)
	first, second := w.news(genk), w.news(gent)
	parcels := w.claim()
	same(w, "out", len(parcels), 2)
	two.Also = []subscriptions.Address{one.Address}
	w.save(&two)
	same(w, "one parcel is out", w.claim(), nil)
	w.pass(lease)
	same(w, "at the end of its lease", w.drain(), []delivery{alert("two", second), alert("two", first)})
	w.pass(time.Hour)
	same(w, "nothing more", w.drain(), nil)
}

func mergeEmptiesParcel(w *world) {
	one := w.follower("one", subscriptions.Instant, genk)
	two := w.follower("two", subscriptions.Instant, genk)
	w.news(genk)
	for _, p := range w.claim() {
		if p.Subscriber.ID == two.ID {
			w.settle(sent(p))
		}
	}
	two.Also = []subscriptions.Address{one.Address}
	w.save(&two)
	story := w.news(genk)
	w.pass(lease)
	same(w, "sent", w.drain(), []delivery{alert("two", story)})
}

// mergeResting links who is silent, with his queue and with a parcel put off, to who
// is not: the settings of the saved one win.
func mergeResting(w *world) {
	for _, c := range w.silences() {
		one := w.follower(c.name+"-one", subscriptions.Instant, genk)
		first := w.news(genk)
		if c.out {
			w.claim()
		}
		one.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: w.now, Until: c.until}
		w.save(&one)
		w.pass(lease)
		same(w, c.name+": resting", w.drain(), nil)
		two := w.follower(c.name, subscriptions.Instant, gent)
		two.Also = []subscriptions.Address{one.Address}
		w.save(&two)
		second := w.news(gent)
		same(w, c.name+": sent", w.drain(), []delivery{alert(c.name, first), alert(c.name, second)})
		w.change(func(tx subscriptions.Tx) error { return tx.Erase(two.ID) })
	}
}

// mergeDigest links places, and moves one to the other, of which one has a digest; who
// has one keeps it.
func mergeDigest(w *world) {
	eight, noon := subscriptions.DigestTime{Minute: 8 * 60, Days: 1}, subscriptions.DigestTime{Minute: 12 * 60}
	tomorrow, never := w.now.Add(24*time.Hour), time.Time{}
	for i, c := range []struct {
		from, into time.Time // when the next is
		want       subscriptions.DigestTime
		next       time.Time
	}{
		{tomorrow, never, eight, tomorrow}, {never, tomorrow, noon, tomorrow}, {tomorrow, w.now, noon, w.now},
	} {
		for how, merge := range map[string]func(from, into *subscriptions.Subscriber){
			"linked": func(from, into *subscriptions.Subscriber) {
				into.Also = []subscriptions.Address{from.Address}
				w.save(into)
			},
			"moved": func(from, into *subscriptions.Subscriber) {
				w.follow(*from, genk)
				w.news(genk)
				w.settle(subscriptions.Settlement{Parcel: w.claim()[0].ID, Outcome: subscriptions.Postponed, Until: w.now, Moved: &into.Address})
				w.drain()
			},
		} {
			name := fmt.Sprint(how, i)
			from := w.person(name+"-from", func(s *subscriptions.Subscriber) { s.Digest, s.NextDigest = eight, c.from })
			into := w.person(name+"-into", func(s *subscriptions.Subscriber) { s.Digest, s.NextDigest = noon, c.into })
			merge(&from, &into)
			got := w.find(into.Address)
			same(w, name+": digest", got.Digest, c.want)
			same(w, name+": next", got.NextDigest, c.next)
			w.change(func(tx subscriptions.Tx) error { return tx.Erase(into.ID) })
		}
	}
}

func mergeFacts(w *world) {
	one, two := w.person("one"), w.person("two")
	for _, s := range []subscriptions.Subscriber{one, two} {
		w.must(w.store.SetValue(w.ctx(), subscriptions.FactAbout("code", s.ID), s.Address.ID))
	}
	two.Also = []subscriptions.Address{one.Address}
	w.save(&two)
	for id, want := range map[subscriptions.SubscriberID]string{one.ID: "", two.ID: "two"} {
		value, err := w.store.Value(w.ctx(), subscriptions.FactAbout("code", id))
		w.must(err)
		same(w, "fact", value, want)
	}
}
