package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func upkeepTests() []test {
	return []test{
		{"prune removes what is old and keeps what is owed", prune},
		{"a pruned story is not joined but told anew", pruneJoin},
		{"prune erases who left and did not come back", pruneLeft},
		{"stats", stats},
		{"check", check},
		{"backup writes a new file and never over an old one", backup},
	}
}

// pruneAll prunes in small steps, and returns how many there were.
func (w *world) pruneAll(before time.Time) int {
	w.Helper()
	for steps := 1; ; steps++ {
		more, err := w.store.Prune(w.ctx(), before, 3)
		w.must(err)
		if !more {
			return steps
		}
		if steps > 1000 {
			w.Fatal("prune does not end")
		}
	}
}

func prune(w *world) {
	for _, name := range []string{"ann", "bob", "cid", "dee"} {
		w.follower(name, subscriptions.Instant, genk)
	}
	later := w.follower("later", subscriptions.InDigest, gent)
	old := w.publish(w.article(genk))
	w.drain()
	held := w.news(gent)
	w.must(w.store.Lease(w.ctx(), w.now, "poll", "one", time.Minute))
	w.pass(48 * time.Hour)
	fresh := w.news(genk)
	w.drain()
	if steps := w.pruneAll(w.now.Add(-24 * time.Hour)); steps < 2 {
		w.Errorf("prune went over its limit: %d steps", steps)
	}
	same(w, "stories", w.latest(subscriptions.StoryQuery{}), []subscriptions.StoryID{fresh})
	known, err := w.store.Known(w.ctx(), []string{old.Key})
	w.must(err)
	same(w, "known", len(known), 0)
	same(w, "held", w.held(later), []subscriptions.StoryID{held})
	same(w, "the fresh one's delivery", len(w.states(w.find(on(telegram, "ann")), fresh)), 1)
	same(w, "the old one's delivery", len(w.states(w.find(on(telegram, "ann")), old.Story)), 0)
	stories, err := w.store.Stories(w.ctx(), []subscriptions.StoryID{held})
	w.must(err)
	same(w, "a held story can be told", len(stories), 1)
	w.release(later, "2026-11-25")
	same(w, "sent", w.drain(), []delivery{inDigest("later", held)})
	w.pruneAll(w.now.Add(time.Hour))
	same(w, "nothing is left", w.latest(subscriptions.StoryQuery{}), nil)
	subs, err := w.store.Subscriptions(w.ctx(), later.ID)
	w.must(err)
	same(w, "subscriptions stay", len(subs), 1)
}

func pruneJoin(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	w.follower("later", subscriptions.InDigest, genk)
	story := w.news(genk)
	w.drain()
	w.pass(48 * time.Hour)
	w.pruneAll(w.now)
	fresh := w.joins(story, nil, genk).Story
	if fresh == story {
		w.Error("an article joined a story whose deliveries are gone")
	}
	same(w, "sent", w.drain(), []delivery{alert("ann", fresh)})
}

func pruneLeft(w *world) {
	rests := map[string]subscriptions.RestReason{
		"here": subscriptions.RestNone, "asked": subscriptions.RestAsked, "no-right": subscriptions.RestNoRight, "closed": subscriptions.RestClosed,
		"blocked": subscriptions.RestBlocked, "kicked": subscriptions.RestKicked, "gone": subscriptions.RestGone,
		"unreachable": subscriptions.RestUnreachable, "linked": subscriptions.RestBlocked,
	}
	for name, reason := range rests {
		s := w.follower(name, subscriptions.Instant, genk)
		if reason != subscriptions.RestNone {
			s.Rest = subscriptions.Rest{Reason: reason, Since: w.now}
		}
		if name == "linked" {
			s.Also = []subscriptions.Address{on(discord, "elsewhere")}
		}
		w.save(&s)
	}
	stays := func(step string, want map[string]bool) {
		w.Helper()
		for name := range rests {
			_, err := w.store.Find(w.ctx(), on(telegram, name))
			same(w, step+": "+name+" is kept", err == nil, want[name])
		}
	}
	everybody := map[string]bool{}
	for name := range rests {
		everybody[name] = true
	}
	w.pruneAll(w.now)
	stays("at once", everybody)
	w.pass(time.Hour)
	w.pruneAll(w.now)
	stays("later", map[string]bool{"here": true, "asked": true, "no-right": true, "closed": true, "linked": true})
}

func stats(w *world) {
	ann := w.follower("ann", subscriptions.Instant, genk)
	w.follower("bob", subscriptions.Instant, genk)
	other := w.person("eve", func(s *subscriptions.Subscriber) { s.Address = on(discord, "eve") })
	w.follow(other, genk)
	w.follower("later", subscriptions.InDigest, genk)
	w.news(genk)
	w.claimSome(telegram, 1, 1)
	w.pass(time.Minute)
	w.news(gent)
	ann.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked}
	w.save(&ann)
	got, err := w.store.Stats(w.ctx(), w.now)
	w.must(err)
	if got.SchemaVersion < 1 {
		w.Errorf("schema version %d", got.SchemaVersion)
	}
	got.SchemaVersion = 0
	same(w, "stats", got, subscriptions.Stats{
		Subscribers: map[subscriptions.Platform]int64{telegram: 3, discord: 1}, Resting: 1, Subscriptions: 4,
		Articles: 2, Stories: 2, Pending: map[subscriptions.Platform]int64{telegram: 2, discord: 1}, Held: 1, OldestDue: time.Minute,
	})
}

func check(w *world) { w.must(w.store.Check(w.ctx())) }

func backup(w *world) {
	w.person("ann")
	file := filepath.Join(w.TempDir(), "it's a copy.db")
	w.must(w.store.Backup(w.ctx(), file))
	before, err := os.ReadFile(file)
	w.must(err)
	if len(before) == 0 {
		w.Error("the copy is empty")
	}
	w.person("bob")
	w.fails("over an old copy", w.store.Backup(w.ctx(), file), os.ErrExist)
	after, err := os.ReadFile(file)
	w.must(err)
	if string(before) != string(after) {
		w.Error("an old copy was written over")
	}
	err = w.store.Backup(w.ctx(), filepath.Join(w.TempDir(), "none", "copy.db"))
	w.fails("into no folder", err, os.ErrNotExist)
	if errors.Is(err, subscriptions.ErrReadOnly) {
		w.Errorf("into no folder: the database is blamed: %v", err)
	}
}
