package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func registryTests() []test {
	return []test{
		{"a subscriber comes back as it was saved", subscriberRoundTrip},
		{"who was never saved is not found", subscriberUnknown},
		{"a subscription comes back as it was saved", subscriptionRoundTrip},
		{"wrong subscriptions are refused", wrongSubscriptions},
		{"a change that fails changes nothing", changeFails},
		{"a change that panics changes nothing and stops nobody", changePanics},
		{"a change whose time is up changes nothing and stops nobody", changeCancelled},
		{"a sequence is handled once", sequences},
		{"a key is handled once within a day", keys},
		{"export tells everything", exportAll},
		{"erase leaves nothing", eraseAll},
	}
}

func subscriberRoundTrip(w *world) {
	s := subscriptions.Subscriber{
		Address: on(discord, "1"), Also: []subscriptions.Address{on(telegram, "2"), on(telegram, "3")},
		Shared: true, Language: "de", Cadence: subscriptions.Both,
		Digest:     subscriptions.DigestTime{Minute: 7*60 + 30, Days: 1<<time.Monday | 1<<time.Friday},
		NextDigest: w.now.Add(time.Hour), Quiet: subscriptions.Quiet{From: 22 * 60, To: 7 * 60}, Spoilers: true,
		Rest:         subscriptions.Rest{Reason: subscriptions.RestAsked, Since: w.now, Until: w.now.Add(time.Minute)},
		MutedSources: []string{"courant", "it's"}, CreatedAt: w.now,
	}
	w.save(&s)
	if s.ID == 0 {
		w.Fatal("no id was set")
	}
	for _, at := range []subscriptions.Address{on(discord, "1"), on(telegram, "2"), on(telegram, "3")} {
		same(w, at.String(), w.find(at), s)
	}
	s = subscriptions.Subscriber{ID: s.ID, Address: on(discord, "1"), Also: []subscriptions.Address{on(telegram, "3")}, Language: "nl", CreatedAt: w.now}
	w.save(&s)
	same(w, "with fewer fields", w.find(on(discord, "1")), s)
	_, err := w.store.Find(w.ctx(), on(telegram, "2"))
	w.fails("unlinked address", err, subscriptions.ErrNotFound)
	w.change(func(tx subscriptions.Tx) error {
		inside, err := tx.Subscriber(on(telegram, "3"))
		same(w, "inside a change", inside, s)
		return err
	})
}

func subscriberUnknown(w *world) {
	w.person("ann")
	_, err := w.store.Find(w.ctx(), on(telegram, "bob"))
	w.fails("find", err, subscriptions.ErrNotFound)
	_, err = w.store.Find(w.ctx(), on(discord, "ann"))
	w.fails("find on another platform", err, subscriptions.ErrNotFound)
	_, err = w.store.Export(w.ctx(), 99)
	w.fails("export", err, subscriptions.ErrNotFound)
	for what, fn := range map[string]func(tx subscriptions.Tx) error{
		"find":  func(tx subscriptions.Tx) error { _, err := tx.Subscriber(on(telegram, "bob")); return err },
		"erase": func(tx subscriptions.Tx) error { return tx.Erase(99) },
		"save": func(tx subscriptions.Tx) error {
			return tx.SaveSubscriber(&subscriptions.Subscriber{ID: 99, Address: on(telegram, "x")})
		},
		"follow": func(tx subscriptions.Tx) error {
			return tx.Follow(subscriptions.Subscription{Subscriber: 99, Topic: genk, Cadence: subscriptions.Instant})
		},
	} {
		w.fails(what, w.store.Change(w.ctx(), w.now, subscriptions.Mark{}, fn), subscriptions.ErrNotFound)
	}
}

func subscriptionRoundTrip(w *world) {
	ann := w.person("ann")
	list := []subscriptions.Subscription{
		{Subscriber: ann.ID, Topic: gent, Cadence: subscriptions.Both, CreatedAt: w.now, MutedUntil: w.now.Add(time.Hour), Filter: subscriptions.Filter{
			Rumours: subscriptions.OnlyDigest, Quotes: subscriptions.Never, Roundups: subscriptions.OnlyDigest,
			Languages: []string{"fr", "nl"}, Scopes: []subscriptions.Scope{subscriptions.ScopeSquad, subscriptions.ScopeYouth}, Loud: true,
		}},
		{Subscriber: ann.ID, Topic: bruges, Cadence: subscriptions.InDigest, CreatedAt: w.now.Add(time.Second)},
		{Subscriber: ann.ID, Topic: genk, Cadence: subscriptions.Instant, CreatedAt: w.now.Add(2 * time.Second)},
	}
	write := func() {
		w.change(func(tx subscriptions.Tx) error {
			for i := range list {
				if err := tx.Follow(list[len(list)-1-i]); err != nil {
					return err
				}
			}
			inside, err := tx.Subscriptions(ann.ID)
			same(w, "inside a change", inside, list)
			return err
		})
		got, err := w.store.Subscriptions(w.ctx(), ann.ID)
		w.must(err)
		same(w, "subscriptions", got, list)
	}
	write()
	list[0].Filter, list[0].Cadence, list[0].MutedUntil = subscriptions.Filter{}, subscriptions.Instant, time.Time{}
	write()
	w.change(func(tx subscriptions.Tx) error { return tx.Unfollow(ann.ID, gent, "club/unknown") })
	list = list[1:]
	write()
}

func wrongSubscriptions(w *world) {
	ann := w.person("ann")
	for what, s := range map[string]subscriptions.Subscription{
		"cadence": {Cadence: "hourly"},
		"policy":  {Cadence: subscriptions.Instant, Filter: subscriptions.Filter{Quotes: "sometimes"}},
		"scope":   {Cadence: subscriptions.Instant, Filter: subscriptions.Filter{Scopes: []subscriptions.Scope{"galaxy"}}},
	} {
		s.Subscriber, s.Topic = ann.ID, genk
		err := w.store.Change(w.ctx(), w.now, subscriptions.Mark{}, func(tx subscriptions.Tx) error { return tx.Follow(s) })
		if err == nil || !strings.Contains(err.Error(), what) {
			w.Errorf("wrong %s: got error %v", what, err)
		}
	}
	err := w.store.Change(w.ctx(), w.now, subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		return tx.SaveSubscriber(&subscriptions.Subscriber{Language: "nl"})
	})
	if err == nil {
		w.Error("a subscriber without an address was saved")
	}
}

func changeFails(w *world) {
	failure := errors.New("no")
	mark := subscriptions.Mark{Stream: "s", Sequence: 5, Key: "k"}
	err := w.store.Change(w.ctx(), w.now, mark, func(tx subscriptions.Tx) error {
		s := subscriptions.Subscriber{Address: on(telegram, "ann")}
		if err := tx.SaveSubscriber(&s); err != nil {
			return err
		}
		return failure
	})
	w.fails("change", err, failure)
	_, err = w.store.Find(w.ctx(), on(telegram, "ann"))
	w.fails("find", err, subscriptions.ErrNotFound)
	w.must(w.store.Change(w.ctx(), w.now, mark, func(subscriptions.Tx) error { return nil }))
}

func changePanics(w *world) {
	func() {
		defer func() { same(w, "panic", recover(), any("oops")) }()
		_ = w.store.Change(w.ctx(), w.now, subscriptions.Mark{Stream: "s", Sequence: 5}, func(tx subscriptions.Tx) error {
			w.must(tx.SaveSubscriber(&subscriptions.Subscriber{Address: on(telegram, "ann")}))
			panic("oops")
		})
	}()
	_, err := w.store.Find(w.ctx(), on(telegram, "ann"))
	w.fails("find", err, subscriptions.ErrNotFound)
	w.person("bob")
	position, err := w.store.Position(w.ctx(), "s")
	w.must(err)
	same(w, "position", position, 0)
}

func changeCancelled(w *world) {
	ctx, cancel := context.WithCancel(w.ctx())
	err := w.store.Change(ctx, w.now, subscriptions.Mark{}, func(tx subscriptions.Tx) error {
		err := tx.SaveSubscriber(&subscriptions.Subscriber{Address: on(telegram, "ann")})
		cancel()
		return err
	})
	w.fails("change", err, context.Canceled)
	_, err = w.store.Find(w.ctx(), on(telegram, "ann"))
	w.fails("find", err, subscriptions.ErrNotFound)
	w.person("bob")
	err = w.store.SetValue(ctx, "name", "value")
	w.fails("before it begins", err, context.Canceled)
}

func sequences(w *world) {
	ran := 0
	use := func(stream string, n int64) error {
		return w.store.Change(w.ctx(), w.now, subscriptions.Mark{Stream: stream, Sequence: n}, func(subscriptions.Tx) error {
			ran++
			return nil
		})
	}
	position := func(want int64) {
		w.Helper()
		got, err := w.store.Position(w.ctx(), "updates")
		w.must(err)
		same(w, "position", got, want)
	}
	position(0)
	w.must(use("updates", 10))
	position(11)
	w.fails("the same", use("updates", 10), subscriptions.ErrHandled)
	w.fails("a lower one", use("updates", 9), subscriptions.ErrHandled)
	w.must(use("other", 9))
	w.must(use("updates", 15))
	position(16)
	same(w, "runs", ran, 3)
}

func keys(w *world) {
	ran := 0
	use := func(stream, key string) error {
		return w.store.Change(w.ctx(), w.now, subscriptions.Mark{Stream: stream, Key: key}, func(subscriptions.Tx) error {
			ran++
			return nil
		})
	}
	w.must(use("interactions", "a"))
	w.must(use("interactions", "b"))
	w.must(use("other", "a"))
	w.pass(24 * time.Hour)
	w.fails("within a day", use("interactions", "a"), subscriptions.ErrHandled)
	same(w, "runs", ran, 3)
	// A zero mark is none.
	w.must(use("", ""))
	w.must(use("", ""))
	same(w, "runs", ran, 5)
}

func exportAll(w *world) {
	ann := w.person("4711", func(s *subscriptions.Subscriber) { s.MutedSources = []string{"gazette"} })
	w.follow(ann, genk)
	w.follow(ann, gent, cadence(subscriptions.InDigest))
	w.news(genk)
	w.news(gent)
	for _, p := range w.claim() {
		w.settle(sent(p))
	}
	_, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: ann.ID, Date: "2026-11-23", Next: w.now.Add(time.Hour)})
	w.must(err)
	w.must(w.store.SetValue(w.ctx(), "telegram:greeting:4711", "hello"))
	w.must(w.store.SetValue(w.ctx(), subscriptions.FactAbout("code", ann.ID), "secret"))
	export, err := w.store.Export(w.ctx(), ann.ID)
	w.must(err)
	text, err := json.Marshal(export)
	w.must(err)
	for _, want := range []string{"4711", "gazette", string(genk), string(gent), "message-", "2026-11-23", "hello", "secret", `"sent"`} {
		if !strings.Contains(string(text), want) {
			w.Errorf("the export does not tell %q:\n%s", want, text)
		}
	}
}

// eraseAll erases somebody who has left traces everywhere. Which tables there are
// is the store's business: its own tests look into them.
func eraseAll(w *world) {
	ann := Traces(w.T, w.store, w.now)
	other := w.follower("other", subscriptions.Instant, genk)
	w.change(func(tx subscriptions.Tx) error { return tx.Erase(ann.ID) })
	for _, at := range append(ann.Also, ann.Address) {
		_, err := w.store.Find(w.ctx(), at)
		w.fails("find "+at.String(), err, subscriptions.ErrNotFound)
	}
	_, err := w.store.Export(w.ctx(), ann.ID)
	w.fails("export", err, subscriptions.ErrNotFound)
	got, err := w.store.Subscriptions(w.ctx(), ann.ID)
	w.must(err)
	same(w, "subscriptions", got, nil)
	for _, name := range []string{"discord:channel:" + ann.Address.ID, subscriptions.FactAbout("code", ann.ID)} {
		value, err := w.store.Value(w.ctx(), name)
		w.must(err)
		same(w, name, value, "")
	}
	w.pass(time.Hour)
	story := w.news(genk)
	w.sameSet("sent", w.drain(), alert("other", story))
	// An id is never used again.
	fresh := w.person("fresh")
	if fresh.ID <= other.ID || fresh.ID == ann.ID {
		w.Errorf("id %d was used again", fresh.ID)
	}
}
