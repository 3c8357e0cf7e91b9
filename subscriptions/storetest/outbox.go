package storetest

import (
	"fmt"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func outboxTests() []test {
	return []test{
		{"nothing is claimed when nothing is due", nothingDue},
		{"a parcel tells who, what and why", parcelContents},
		{"stories come oldest first and no more than asked", parcelOrder},
		{"a subscriber never has two parcels out", oneParcel},
		{"a lease that ends gives the same parcel again, whole", leaseEnds},
		{"a partly settled parcel comes again with the rest", partlySettled},
		{"a parcel that comes again brings its plan along", planned},
		{"alerts before digests", alertsFirst},
		{"the longest due first", longestFirst},
		{"a story with many followers does not starve another", fairStories},
		{"a subscriber with a long queue does not starve another", fairSubscribers},
		{"platforms do not mix", platforms},
		{"postponed: the whole queue waits", postponed},
		{"postponed: no story is younger for it", postponedAge},
		{"deferred: waits alone, others pass", deferred},
		{"deferred: until the quiet hours are others", deferredAnew},
		{"uncertain: waits, and keeps its id", uncertain},
		{"sent and dropped are kept for why", ended},
		{"a rest drops what is owed", restDrops},
		{"a rest that was asked for keeps what is owed", restAskedKeeps},
		{"a rest that was asked for can be made shorter", restShortened},
		{"a rest that was asked for is not forgotten for a verdict", restRemembered},
		{"settling twice changes nothing", settleTwice},
		{"unfollowing cancels what was owed for it alone", unfollowCancels},
		{"unfollowing does not stall the rest of the queue", unfollowStalls},
		{"a clock that jumped forward and back does not stall", clockJump},
		{"next due", nextDue},
	}
}

func nothingDue(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	same(w, "claimed", w.claim(), nil)
	next, err := w.store.NextDue(w.ctx(), telegram)
	w.must(err)
	same(w, "next due", next, time.Time{})
}

func parcelContents(w *world) {
	ann := w.person("ann", func(s *subscriptions.Subscriber) {
		s.Language, s.Spoilers, s.Quiet = "fr", true, subscriptions.Quiet{From: 60, To: 120}
	})
	w.follow(ann, genk)
	w.follow(ann, gent)
	one, two := w.news(genk, bruges, gent), w.news(gent)
	got := w.claim()
	same(w, "parcels", got, []subscriptions.Parcel{{
		ID: got[0].ID, Subscriber: w.find(on(telegram, "ann")), Lane: subscriptions.LaneAlert,
		Stories: []subscriptions.StoryID{one, two},
		Topics:  [][]subscriptions.Topic{{genk, gent}, {gent}},
		Due:     []time.Time{w.now, w.now},
	}})
}

func parcelOrder(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	var stories []subscriptions.StoryID
	for range 7 {
		stories = append(stories, w.news(genk))
		w.pass(time.Second)
	}
	var got []subscriptions.StoryID
	for range 3 {
		parcels := w.claimSome(telegram, 10, 3)
		same(w, "parcels", len(parcels), 1)
		got = append(got, parcels[0].Stories...)
		w.settle(sent(parcels[0]))
	}
	same(w, "stories", got, stories)
	same(w, "rest", w.claim(), nil)
}

func oneParcel(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk)
	w.follow(ann, gent, cadence(subscriptions.InDigest))
	first := w.news(genk)
	held := w.news(gent)
	out := w.claim()
	w.sameSet("out", list(out), alert("ann", first))
	second := w.news(genk)
	_, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: ann.ID})
	w.must(err)
	same(w, "while it is out", w.claim(), nil)
	same(w, "while it is out, again", w.claim(), nil)
	w.settle(sent(out[0]))
	same(w, "afterwards", w.drain(), []delivery{alert("ann", second), inDigest("ann", held)})
}

func leaseEnds(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	stories := []subscriptions.StoryID{w.news(genk), w.news(genk), w.news(genk)}
	first := w.claimSome(telegram, 10, 2)
	same(w, "stories", first[0].Stories, stories[:2])
	w.pass(lease - time.Millisecond)
	same(w, "before its end", w.claimSome(telegram, 10, 5), nil)
	w.pass(time.Millisecond)
	for attempts := range 3 {
		again := w.claimSome(telegram, 10, 5)
		first[0].Attempts = attempts + 1
		same(w, "at its end", again, first)
		w.pass(lease)
	}
	// It can be settled as before.
	w.settle(sent(first[0]))
	same(w, "rest", w.drain(), []delivery{alert("ann", stories[2])})
}

func partlySettled(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	stories := []subscriptions.StoryID{w.news(genk), w.news(genk), w.news(genk)}
	first := w.claim()
	w.settle(subscriptions.Settlement{Parcel: first[0].ID, Stories: stories[:1], Outcome: subscriptions.Sent, Reference: "m"})
	same(w, "still out", w.claim(), nil)
	w.pass(lease)
	again := w.claim()
	same(w, "id", again[0].ID, first[0].ID)
	same(w, "stories", again[0].Stories, stories[1:])
	w.settle(
		subscriptions.Settlement{Parcel: first[0].ID, Stories: stories[1:2], Outcome: subscriptions.Sent, Reference: "m"},
		subscriptions.Settlement{Parcel: first[0].ID, Stories: stories[2:], Outcome: subscriptions.Dropped, Reason: "stale"},
	)
	same(w, "rest", w.drain(), nil)
}

func planned(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	w.follower("bob", subscriptions.Instant, genk)
	stories := []subscriptions.StoryID{w.news(genk), w.news(genk)}
	out := w.claim()
	plan := []byte("both in one")
	w.must(w.store.Plan(w.ctx(), map[subscriptions.ParcelID][]byte{out[0].ID: plan, 1 << 40: plan}))
	w.settle(subscriptions.Settlement{Parcel: out[0].ID, Stories: stories[:1], Outcome: subscriptions.Sent, Reference: "m"})
	w.pass(lease)
	again := w.claim()
	same(w, "plan", again[0].Plan, plan)
	same(w, "stories", again[0].Stories, stories[1:])
	same(w, "without", again[1].Plan, nil)
	w.settle(subscriptions.Settlement{Parcel: out[0].ID, Outcome: subscriptions.Postponed, Until: w.now}, sent(out[1]))
	fresh := w.claim()
	same(w, "stories of the next", fresh[0].Stories, stories[1:])
	same(w, "plan of the next", fresh[0].Plan, nil)
}

func alertsFirst(w *world) {
	later := w.follower("later", subscriptions.InDigest, genk)
	digest := w.news(genk)
	_, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: later.ID})
	w.must(err)
	w.pass(time.Hour)
	w.follower("now", subscriptions.Instant, gent)
	w.follow(later, gent)
	story := w.news(gent)
	same(w, "first", list(w.claimSome(telegram, 2, 5)), []delivery{alert("later", story), alert("now", story)})
	w.pass(lease)
	// An alert that comes back still goes first.
	parcels := w.claimSome(telegram, 2, 5)
	same(w, "again", list(parcels), []delivery{alert("later", story), alert("now", story)})
	w.settle(sent(parcels[0]), sent(parcels[1]))
	same(w, "then", w.drain(), []delivery{inDigest("later", digest)})
}

func longestFirst(w *world) {
	var want []delivery
	for i, name := range []string{"dee", "bob", "eve", "ann", "cid"} {
		topic := subscriptions.Topic(fmt.Sprintf("club/%d", i))
		w.follower(name, subscriptions.Instant, topic)
		want = append(want, alert(name, w.news(topic)))
		w.pass(time.Second)
	}
	var got []delivery
	for range want {
		got = append(got, list(w.claimSome(telegram, 1, 1))...)
	}
	same(w, "order", got, want)
}

// fairStories: whatever the size of the claims, a small story waits for about as
// many parcels of the large one as it has itself.
func fairStories(w *world) {
	for _, size := range []int{1, 7} {
		large, small := subscriptions.Topic(fmt.Sprintf("club/large-%d", size)), subscriptions.Topic(fmt.Sprintf("club/small-%d", size))
		for i := range 200 {
			w.follower(fmt.Sprintf("many-%d-%d", size, i), subscriptions.Instant, large)
		}
		for i := range 5 {
			w.follower(fmt.Sprintf("few-%d-%d", size, i), subscriptions.Instant, small)
		}
		w.news(large)
		for range 6 {
			for _, p := range w.claimSome(telegram, 5, 1) {
				w.settle(sent(p))
			}
		}
		w.pass(time.Second)
		story := w.news(small)
		claimed, few := 0, 0
		for few < 5 {
			parcels := w.claimSome(telegram, size, 1)
			if len(parcels) == 0 {
				w.Fatal("nothing was claimed while something was due")
			}
			for _, p := range parcels {
				claimed++
				if p.Stories[0] == story {
					few++
				}
				w.settle(sent(p))
			}
		}
		if claimed > 20 {
			w.Errorf("claims of %d: the small story was out after %d parcels, want at most 20", size, claimed)
		}
		w.drain()
	}
}

func fairSubscribers(w *world) {
	hot := w.follower("hot", subscriptions.Instant, genk)
	for range 50 {
		w.news(genk)
	}
	w.follower("ann", subscriptions.Instant, gent)
	story := w.news(gent)
	parcels := w.claimSome(telegram, 2, 10)
	same(w, "first claim", len(parcels), 2)
	same(w, "ann", list(parcels)[10], alert("ann", story))
	// His queue goes on, in order, with nothing lost.
	w.settle(sent(parcels[0]), sent(parcels[1]))
	count := 10
	for {
		more := w.claimSome(telegram, 2, 10)
		if len(more) == 0 {
			break
		}
		same(w, "parcels", len(more), 1)
		same(w, "whose", more[0].Subscriber.ID, hot.ID)
		count += len(more[0].Stories)
		w.settle(sent(more[0]))
	}
	same(w, "stories of hot", count, 50)
}

func platforms(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	other := w.person("ann", func(s *subscriptions.Subscriber) { s.Address = on(discord, "ann") })
	w.follow(other, genk)
	w.news(genk)
	same(w, "telegram", len(w.claim()), 1)
	got := w.claimSome(discord, 10, 10)
	same(w, "discord", len(got), 1)
	same(w, "address", got[0].Subscriber.Address, on(discord, "ann"))
	same(w, "console", w.claimSome("console", 10, 10), nil)
}

func postponed(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	w.follower("bob", subscriptions.Instant, gent)
	first, second := w.news(genk), w.news(genk)
	parcels := w.claimSome(telegram, 10, 1)
	until := w.now.Add(10 * time.Minute)
	w.settle(subscriptions.Settlement{Parcel: parcels[0].ID, Outcome: subscriptions.Postponed, Until: until})
	third := w.news(genk)
	other := w.news(gent)
	same(w, "only the other", w.drain(), []delivery{alert("bob", other)})
	w.pass(10*time.Minute - time.Millisecond)
	same(w, "before its end", w.claim(), nil)
	w.pass(time.Millisecond)
	again := w.claim()
	same(w, "all, in order", list(again), []delivery{alert("ann", first), alert("ann", second), alert("ann", third)})
	if again[0].ID == parcels[0].ID {
		w.Error("a parcel that was certainly not sent needs a new id")
	}
	w.settle(subscriptions.Settlement{Parcel: again[0].ID, Outcome: subscriptions.Postponed, Until: w.now.Add(time.Hour)})
	w.change(func(tx subscriptions.Tx) error { return tx.Retry(again[0].Subscriber.ID) })
	same(w, "when it is to be tried again", w.drain(), []delivery{alert("ann", first), alert("ann", second), alert("ann", third)})
}

// postponedAge: since when a story could have been sent does not change with how often
// that failed, whether it comes back in another parcel, or in the same one.
func postponedAge(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	var due []time.Time
	for range 2 {
		w.news(genk)
		due = append(due, w.now)
		w.pass(time.Minute)
	}
	for _, outcome := range []subscriptions.Outcome{
		subscriptions.Postponed, subscriptions.Postponed, subscriptions.Uncertain, subscriptions.Postponed, subscriptions.Postponed,
	} {
		parcels := w.claim()
		same(w, "parcels", len(parcels), 1)
		same(w, "due", parcels[0].Due, due)
		w.settle(subscriptions.Settlement{Parcel: parcels[0].ID, Outcome: outcome, Until: w.now.Add(time.Hour)})
		same(w, "meanwhile", w.claim(), nil)
		w.pass(time.Hour)
	}
}

func deferred(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	one, two := w.news(genk), w.news(genk)
	parcel := w.claim()[0]
	until := w.now.Add(time.Hour)
	w.settle(
		subscriptions.Settlement{Parcel: parcel.ID, Stories: []subscriptions.StoryID{one}, Outcome: subscriptions.Deferred, Until: until},
		subscriptions.Settlement{Parcel: parcel.ID, Stories: []subscriptions.StoryID{two}, Outcome: subscriptions.Sent},
	)
	same(w, "deferred", w.claim(), nil)
	next, err := w.store.NextDue(w.ctx(), telegram)
	w.must(err)
	same(w, "next due", next, until)
	w.pass(time.Minute)
	three := w.news(genk)
	same(w, "what passes", w.drain(), []delivery{alert("ann", three)})
	w.pass(time.Minute)
	four := w.news(genk)
	later := until.Add(time.Hour)
	w.settle(subscriptions.Settlement{Parcel: w.claim()[0].ID, Outcome: subscriptions.Deferred, Until: later})
	w.pass(until.Sub(w.now) - time.Millisecond)
	same(w, "just before", w.claim(), nil)
	w.pass(time.Millisecond)
	same(w, "at its time", w.drain(), []delivery{alert("ann", one)})
	next, err = w.store.NextDue(w.ctx(), telegram)
	w.must(err)
	same(w, "next due", next, later)
	w.pass(later.Sub(w.now))
	same(w, "the other", w.drain(), []delivery{alert("ann", four)})
}

// deferredAnew: what was deferred for quiet hours is claimed anew when those change, for
// the core to look at, but no sooner than the queue is open.
func deferredAnew(w *world) {
	ann := w.person("ann", func(s *subscriptions.Subscriber) { s.Quiet = subscriptions.Quiet{From: 60, To: 120} })
	w.follow(ann, genk)
	one, two := w.news(genk), w.news(genk)
	until := w.now.Add(time.Hour)
	w.settle(subscriptions.Settlement{Parcel: w.claim()[0].ID, Outcome: subscriptions.Deferred, Until: until})
	ann.Spoilers = true
	w.save(&ann)
	same(w, "after another change", w.claim(), nil)
	w.pass(time.Minute)
	ann.Quiet = subscriptions.Quiet{}
	w.save(&ann)
	parcel := w.claim()[0]
	same(w, "after quiet hours were switched off", list([]subscriptions.Parcel{parcel}), []delivery{alert("ann", one), alert("ann", two)})
	w.settle(subscriptions.Settlement{Parcel: parcel.ID, Stories: []subscriptions.StoryID{two}, Outcome: subscriptions.Deferred, Until: until})
	w.settle(subscriptions.Settlement{Parcel: parcel.ID, Outcome: subscriptions.Postponed, Until: w.now.Add(time.Minute)})
	ann.Quiet = subscriptions.Quiet{From: 60, To: 120}
	w.save(&ann)
	same(w, "while the queue waits", w.claim(), nil)
	w.pass(time.Minute)
	same(w, "afterwards", w.drain(), []delivery{alert("ann", one), alert("ann", two)})
}

func uncertain(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	first := w.news(genk)
	parcels := w.claim()
	w.settle(subscriptions.Settlement{Parcel: parcels[0].ID, Outcome: subscriptions.Uncertain, Until: w.now.Add(5 * time.Second)})
	second := w.news(genk)
	same(w, "before its end", w.claim(), nil)
	w.pass(5 * time.Second)
	parcels[0].Attempts = 1
	same(w, "at its end", w.claim(), parcels)
	same(w, "stories", parcels[0].Stories, []subscriptions.StoryID{first})
	w.settle(sent(parcels[0]))
	same(w, "then", w.drain(), []delivery{alert("ann", second)})
}

func ended(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk)
	one, two := w.news(genk), w.news(genk)
	due := w.now
	same(w, "pending", w.states(ann, one), []subscriptions.DeliveryState{{
		Story: one, Topics: []subscriptions.Topic{genk}, Pending: true, Due: due,
	}})
	p := w.claim()[0]
	w.pass(time.Second)
	w.settle(
		subscriptions.Settlement{Parcel: p.ID, Stories: []subscriptions.StoryID{one}, Outcome: subscriptions.Sent, Reference: "77"},
		subscriptions.Settlement{Parcel: p.ID, Stories: []subscriptions.StoryID{two}, Outcome: subscriptions.Dropped, Reason: "refused"},
	)
	same(w, "sent", w.states(ann, one), []subscriptions.DeliveryState{{
		Story: one, Topics: []subscriptions.Topic{genk}, Outcome: subscriptions.Sent, Reference: "77", Ended: w.now,
	}})
	same(w, "dropped", w.states(ann, two), []subscriptions.DeliveryState{{
		Story: two, Topics: []subscriptions.Topic{genk}, Outcome: subscriptions.Dropped, Reason: "refused", Ended: w.now,
	}})
	same(w, "never owed", w.states(ann, 999), nil)
	w.change(func(tx subscriptions.Tx) error { return tx.Unfollow(ann.ID) })
	same(w, "after unfollowing", w.states(ann, one)[0].Topics, []subscriptions.Topic{genk})
}

func restDrops(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk)
	w.follow(ann, gent, cadence(subscriptions.InDigest))
	one, two, held := w.news(genk), w.news(genk), w.news(gent)
	p := w.claimSome(telegram, 1, 1)[0]
	w.settle(subscriptions.Settlement{
		Parcel: p.ID, Outcome: subscriptions.Dropped, Reason: "blocked",
		Rest: subscriptions.Rest{Reason: subscriptions.RestBlocked, Since: w.now},
	})
	same(w, "rest", w.find(on(telegram, "ann")).Rest, subscriptions.Rest{Reason: subscriptions.RestBlocked, Since: w.now})
	for _, story := range []subscriptions.StoryID{one, two, held} {
		state := w.states(ann, story)[0]
		same(w, "state", []any{state.Outcome, state.Reason, state.Pending}, []any{subscriptions.Dropped, "blocked", false})
	}
	w.news(genk)
	ann = w.find(on(telegram, "ann"))
	ann.Rest = subscriptions.Rest{}
	w.save(&ann)
	same(w, "when it is back", w.drain(), nil)
	same(w, "held", w.held(ann), nil)
	story := w.news(genk)
	same(w, "the next", w.drain(), []delivery{alert("ann", story)})
}

func restAskedKeeps(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk)
	story := w.news(genk)
	ann.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: w.now, Until: w.now.Add(time.Hour)}
	w.save(&ann)
	same(w, "resting", w.drain(), nil)
	w.pass(time.Hour)
	same(w, "afterwards", w.drain(), []delivery{alert("ann", story)})

	story = w.news(genk)
	parcel := w.claim()[0]
	ann.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: w.now}
	w.save(&ann)
	w.pass(lease)
	same(w, "out when the rest began", w.claim(), nil)
	w.pass(time.Hour)
	ann.Rest = subscriptions.Rest{}
	w.save(&ann)
	again := w.claim()
	same(w, "ended early", list(again), []delivery{alert("ann", story)})
	same(w, "same parcel", again[0].ID, parcel.ID)
}

// silence is a rest that somebody asked for; when it began a parcel of his was out, or not.
type silence struct {
	name  string
	until time.Time // zero is for ever
	out   bool
}

func (w *world) silences() []silence {
	day := w.now.Add(24 * time.Hour)
	return []silence{{"day", day, false}, {"day-out", day, true}, {"endless", time.Time{}, false}, {"endless-out", time.Time{}, true}}
}

// restShortened shortens rests that put off a queue, and a parcel that was out.
func restShortened(w *world) {
	for _, c := range w.silences() {
		fan := w.follower(c.name, subscriptions.Instant, genk)
		story := w.news(genk)
		if c.out {
			w.claim()
		}
		fan.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: w.now, Until: c.until}
		w.save(&fan)
		w.pass(lease)
		same(w, c.name+": resting", w.drain(), nil)
		fan.Rest.Until = w.now.Add(time.Hour)
		w.save(&fan)
		same(w, c.name+": still resting", w.drain(), nil)
		w.pass(time.Hour)
		same(w, c.name+": afterwards", w.drain(), []delivery{alert(c.name, story)})
		w.change(func(tx subscriptions.Tx) error { return tx.Erase(fan.ID) })
	}
}

// restRemembered has somebody ask for silence while a parcel of his is out, which the
// platform then refuses. The verdict lasts until he is back, and the silence to its end.
func restRemembered(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk)
	w.news(genk)
	p := w.claim()[0]
	until := w.now.Add(time.Hour)
	ann.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: w.now, Until: until}
	w.save(&ann)
	w.pass(time.Second)
	verdict := subscriptions.Rest{Reason: subscriptions.RestKicked, Since: w.now}
	w.settle(subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Dropped, Reason: "kicked", Rest: verdict})
	verdict.Until = until
	ann = w.find(on(telegram, "ann"))
	same(w, "rest", ann.Rest, verdict)
	w.save(&ann)
	back := ann.Rest.Back(w.now)
	same(w, "back before its end", back, subscriptions.Rest{Reason: subscriptions.RestAsked, Since: verdict.Since, Until: until})
	w.pass(time.Hour)
	w.news(genk)
	same(w, "owed while the verdict lasts", w.drain(), nil)
	same(w, "back after its end", ann.Rest.Back(w.now), subscriptions.Rest{})
}

func settleTwice(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk)
	story := w.news(genk)
	p := w.claim()[0]
	w.settle(sent(p))
	before := w.states(ann, story)
	w.pass(time.Second)
	w.settle(
		sent(p),
		subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Dropped, Reason: "late"},
		subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Postponed, Until: w.now.Add(time.Hour)},
		subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Uncertain, Until: w.now.Add(time.Hour)},
		subscriptions.Settlement{Parcel: p.ID + 1000, Outcome: subscriptions.Sent},
		subscriptions.Settlement{Parcel: p.ID, Stories: []subscriptions.StoryID{9999}, Outcome: subscriptions.Sent},
	)
	same(w, "state", w.states(ann, story), before)
	next := w.news(genk)
	same(w, "queue", w.drain(), []delivery{alert("ann", next)})
}

func unfollowCancels(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk, gent)
	w.follow(ann, bruges, cadence(subscriptions.InDigest))
	out := w.news(genk)
	parcel := w.claim()[0]
	alone, shared, held := w.news(genk), w.news(genk, gent), w.news(bruges)
	w.change(func(tx subscriptions.Tx) error { return tx.Unfollow(ann.ID, genk, bruges) })
	same(w, "held", w.held(ann), nil)
	same(w, "cancelled", w.states(ann, alone), nil)
	same(w, "cancelled", w.states(ann, held), nil)
	same(w, "out", len(w.states(ann, out)), 1)
	w.settle(sent(parcel))
	same(w, "sent", w.drain(), []delivery{alert("ann", shared)})
	// What was cancelled can still be owed for another topic.
	w.joins(alone, nil, gent)
	same(w, "joined", w.drain(), []delivery{alert("ann", alone)})
	w.change(func(tx subscriptions.Tx) error { return tx.Unfollow(ann.ID) })
	left, err := w.store.Subscriptions(w.ctx(), ann.ID)
	w.must(err)
	same(w, "all ended", left, nil)
}

func unfollowStalls(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk, gent)
	w.news(genk)
	w.news(genk)
	kept := w.news(gent)
	// His queue sleeps behind a parcel; when it wakes, its oldest is cancelled.
	p := w.claimSome(telegram, 1, 1)[0]
	same(w, "asleep", w.claim(), nil)
	w.settle(sent(p))
	w.change(func(tx subscriptions.Tx) error { return tx.Unfollow(ann.ID, genk) })
	same(w, "sent", w.drain(), []delivery{alert("ann", kept)})
}

func clockJump(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	w.pass(24 * time.Hour)
	story := w.news(genk)
	w.pass(-24 * time.Hour)
	same(w, "sent", w.drain(), []delivery{alert("ann", story)})
}

func nextDue(w *world) {
	next := func() time.Time {
		t, err := w.store.NextDue(w.ctx(), telegram)
		w.must(err)
		return t
	}
	ann := w.follower("ann", subscriptions.Instant, genk)
	w.follow(ann, gent, cadence(subscriptions.InDigest))
	w.news(gent)
	same(w, "held is not due", next(), time.Time{})
	w.news(genk)
	same(w, "due", next(), w.now)
	p := w.claim()[0]
	same(w, "out", next(), w.now.Add(lease))
	w.news(genk)
	same(w, "nothing to claim", w.claim(), nil)
	same(w, "behind the parcel", next(), w.now.Add(lease))
	until := w.now.Add(time.Hour)
	w.settle(subscriptions.Settlement{Parcel: p.ID, Outcome: subscriptions.Postponed, Until: until})
	same(w, "nothing to claim", w.claim(), nil)
	same(w, "postponed", next(), until)
	ann = w.find(ann.Address)
	ann.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked}
	w.save(&ann)
	w.pass(time.Hour)
	same(w, "resting", w.claim(), nil)
	same(w, "never", next(), time.Time{})
}
