package storetest

import (
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func digestTests() []test {
	return []test{
		{"held stories are released together, once for each date", releaseOnce},
		{"skipping releases nothing", releaseSkip},
		{"a digest that was set to another hour meanwhile is left alone", releaseChanged},
		{"outside the schedule", releaseNow},
		{"due digests, the longest due first", dueDigests},
		{"what is held while a digest is out waits for the next", heldMeanwhile},
		{"releasing for nobody fails", releaseNobody},
	}
}

// release releases a digest of a date, the next a day later.
func (w *world) release(s subscriptions.Subscriber, date string) int {
	w.Helper()
	n, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: s.ID, Date: date, Next: w.now.Add(24 * time.Hour)})
	w.must(err)
	return n
}

func releaseOnce(w *world) {
	ann := w.follower("ann", subscriptions.InDigest, genk)
	one, two := w.news(genk), w.news(genk)
	same(w, "not due", w.drain(), nil)
	same(w, "released", w.release(ann, "2026-11-23 18:30"), 2)
	same(w, "next", w.find(ann.Address).NextDigest, w.now.Add(24*time.Hour))
	parcels := w.claim()
	same(w, "together", list(parcels), []delivery{inDigest("ann", one), inDigest("ann", two)})
	w.settle(sent(parcels[0]))
	three := w.news(genk)
	w.pass(time.Hour)
	same(w, "the same date", w.release(ann, "2026-11-23 18:30"), 0)
	same(w, "next is set all the same", w.find(ann.Address).NextDigest, w.now.Add(24*time.Hour))
	same(w, "held", w.held(ann), []subscriptions.StoryID{three})
	same(w, "the next date", w.release(ann, "2026-11-24 18:30"), 1)
	same(w, "sent", w.drain(), []delivery{inDigest("ann", three)})
}

func releaseSkip(w *world) {
	ann := w.follower("ann", subscriptions.InDigest, genk)
	story := w.news(genk)
	next := w.now.Add(48 * time.Hour)
	n, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: ann.ID, Date: "2026-11-23 18:30", Next: next, Skip: true})
	w.must(err)
	same(w, "released", n, 0)
	same(w, "next", w.find(ann.Address).NextDigest, next)
	same(w, "held", w.held(ann), []subscriptions.StoryID{story})
}

func releaseChanged(w *world) {
	ann := w.follower("ann", subscriptions.InDigest, genk)
	story := w.news(genk)
	was := w.now
	ann.NextDigest = was.Add(3 * time.Hour)
	w.save(&ann)
	r := subscriptions.DigestRelease{Subscriber: ann.ID, Date: "2026-11-23 18:30", Due: was, Next: was.Add(24 * time.Hour)}
	n, err := w.store.ReleaseDigest(w.ctx(), w.now, r)
	w.must(err)
	same(w, "released", n, 0)
	same(w, "next", w.find(ann.Address).NextDigest, ann.NextDigest)
	same(w, "held", w.held(ann), []subscriptions.StoryID{story})
	r.Due = ann.NextDigest
	n, err = w.store.ReleaseDigest(w.ctx(), w.now, r)
	w.must(err)
	same(w, "released when it is due", n, 1)
	same(w, "the next", w.find(ann.Address).NextDigest, r.Next)
}

func releaseNow(w *world) {
	next := w.now.Add(time.Hour)
	ann := w.person("ann", func(s *subscriptions.Subscriber) { s.NextDigest = next })
	w.follow(ann, genk, cadence(subscriptions.InDigest))
	for range 2 { // as often as he asks
		story := w.news(genk)
		n, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: ann.ID})
		w.must(err)
		same(w, "released", n, 1)
		same(w, "sent", w.drain(), []delivery{inDigest("ann", story)})
	}
	same(w, "next", w.find(ann.Address).NextDigest, next)
}

func dueDigests(w *world) {
	for i, name := range []string{"cid", "ann", "bob", "none"} {
		w.person(name, func(s *subscriptions.Subscriber) {
			if name != "none" {
				s.NextDigest = w.now.Add(time.Duration(i) * time.Minute)
			}
		})
	}
	due := func(limit int) []string {
		list, err := w.store.DueDigests(w.ctx(), w.now, limit)
		w.must(err)
		var names []string
		for _, s := range list {
			names = append(names, s.Address.ID)
		}
		return names
	}
	same(w, "now", due(10), []string{"cid"})
	w.pass(time.Hour)
	same(w, "later", due(10), []string{"cid", "ann", "bob"})
	same(w, "limited", due(2), []string{"cid", "ann"})
	w.release(w.find(on(telegram, "cid")), "2026-11-23 18:30")
	same(w, "after a release", due(10), []string{"ann", "bob"})
	w.person("eve", func(s *subscriptions.Subscriber) { s.NextDigest = w.now.Add(subscriptions.FarthestDigest) })
	w.person("fay", func(s *subscriptions.Subscriber) { s.NextDigest = w.now.AddDate(1, 0, 0) })
	same(w, "of a clock that was ahead", due(10), []string{"ann", "bob", "fay"})
	same(w, "of that, limited", due(2), []string{"ann", "bob"})
}

func heldMeanwhile(w *world) {
	ann := w.follower("ann", subscriptions.InDigest, genk)
	one := w.news(genk)
	w.release(ann, "2026-11-23 18:30")
	p := w.claim()[0]
	two := w.news(genk)
	w.pass(lease)
	again := w.claim()
	same(w, "again", again[0].Stories, []subscriptions.StoryID{one})
	w.settle(sent(p))
	same(w, "held", w.held(ann), []subscriptions.StoryID{two})
	same(w, "sent", w.drain(), nil)
}

func releaseNobody(w *world) {
	_, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: 99, Date: "2026-11-23 18:30"})
	w.fails("release", err, subscriptions.ErrNotFound)
}
