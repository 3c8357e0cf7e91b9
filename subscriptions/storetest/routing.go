package storetest

import (
	"fmt"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func routingTests() []test {
	return []test{
		{"a new story is owed to each follower of its topics, once", owedOnce},
		{"cadence chooses the lane", lanes},
		{"only what asks for both is in both lanes", bothLanes},
		{"an article that joins brings the story to new followers only", joining},
		{"whatever the order in which articles join, a story is owed once", anyOrder},
		{"a held story that an alert reaches comes at once", hasten},
		{"a released digest line is not told again as an alert", releasedIsTold},
		{"following gives nothing old", nothingOld},
		{"following between two articles of a story gives nothing old", nothingOldJoining},
		{"filters of kinds", kinds},
		{"a firmer kind widens a story", firmerKind},
		{"filters of languages", languages},
		{"what is not told in the first language waits for the digest", firstLanguage},
		{"scopes", scopes},
		{"a muted topic is silent until then", mutedTopic},
		{"a muted publisher is not heard unless another tells it", mutedSource},
		{"a resting subscriber gets nothing new", resting},
		{"withheld articles are owed to nobody", withheld},
		{"a large fan-out goes in ranges and can be resumed", ranges},
		{"a follow during a fan-out gets nothing of it", followDuringRoute},
	}
}

func owedOnce(w *world) {
	w.follower("ann", subscriptions.Instant, genk, gent)
	w.follower("bob", subscriptions.Instant, genk)
	w.follower("cid", subscriptions.Instant, bruges)
	story := w.news(genk, gent)
	w.sameSet("sent", w.drain(), alert("ann", story), alert("bob", story))
	w.sameSet("sent again", w.drain())
}

func lanes(w *world) {
	w.follower("now", subscriptions.Instant, genk)
	later := w.follower("later", subscriptions.InDigest, genk)
	story := w.news(genk)
	w.sameSet("sent", w.drain(), alert("now", story))
	same(w, "held", w.held(later), []subscriptions.StoryID{story})
}

func bothLanes(w *world) {
	both := w.follower("both", subscriptions.Both, genk)
	mixed := w.person("mixed")
	w.follow(mixed, genk, cadence(subscriptions.Instant))
	w.follow(mixed, gent, cadence(subscriptions.InDigest))
	story := w.news(genk, gent)
	w.sameSet("sent", w.drain(), alert("both", story), alert("mixed", story))
	same(w, "held for both", w.held(both), []subscriptions.StoryID{story})
	same(w, "held for mixed", w.held(mixed), nil)
}

func joining(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	w.follower("bob", subscriptions.Instant, gent)
	story := w.news(genk)
	w.sameSet("first", w.drain(), alert("ann", story))
	w.joins(story, nil, genk, gent)
	w.sameSet("joined", w.drain(), alert("bob", story))
	w.joins(story, func(a *subscriptions.Article) { a.Language = "fr" }, genk, gent)
	w.sameSet("joined again", w.drain())
}

// anyOrder lets three articles with different topics and languages join in all
// orders, with sends in between or not.
func anyOrder(w *world) {
	articles := []struct {
		language string
		topics   []subscriptions.Topic
	}{{"nl", []subscriptions.Topic{genk}}, {"fr", []subscriptions.Topic{genk, gent}}, {"de", []subscriptions.Topic{gent, bruges}}}
	for i, order := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		for _, between := range []bool{false, true} {
			who := fmt.Sprintf("all-%d-%v", i, between)
			s := w.follower(who, subscriptions.Instant, genk, gent)
			w.follow(s, bruges, cadence(subscriptions.InDigest))
			french := w.person(fmt.Sprintf("french-%d-%v", i, between))
			w.follow(french, genk, func(f *subscriptions.Subscription) { f.Filter.Languages = []string{"fr"} })
			var story subscriptions.StoryID
			var got []delivery
			for _, n := range order {
				story = w.joins(story, func(a *subscriptions.Article) { a.Language = articles[n].language }, articles[n].topics...).Story
				if between {
					got = append(got, w.drain()...)
				}
			}
			got = append(got, w.drain()...)
			w.sameSet(fmt.Sprintf("order %v, sends between %v", order, between), got, alert(who, story), alert(french.Address.ID, story))
			same(w, "held", w.held(s), nil)
			w.change(func(tx subscriptions.Tx) error {
				if err := tx.Erase(french.ID); err != nil {
					return err
				}
				return tx.Erase(s.ID)
			})
		}
	}
}

func hasten(w *world) {
	s := w.person("ann")
	w.follow(s, genk, cadence(subscriptions.InDigest))
	w.follow(s, gent, cadence(subscriptions.Instant))
	story := w.news(genk)
	same(w, "held", w.held(s), []subscriptions.StoryID{story})
	w.sameSet("sent", w.drain())
	w.joins(story, nil, genk, gent)
	same(w, "held after joining", w.held(s), nil)
	w.sameSet("sent after joining", w.drain(), alert("ann", story))
}

func releasedIsTold(w *world) {
	s := w.person("ann")
	w.follow(s, genk, cadence(subscriptions.InDigest))
	w.follow(s, gent, cadence(subscriptions.Instant))
	story := w.news(genk)
	n, err := w.store.ReleaseDigest(w.ctx(), w.now, subscriptions.DigestRelease{Subscriber: s.ID})
	w.must(err)
	same(w, "released", n, 1)
	w.joins(story, nil, gent)
	w.sameSet("sent", w.drain(), inDigest("ann", story))
	w.joins(story, nil, genk)
	w.sameSet("sent again", w.drain())
}

func nothingOld(w *world) {
	w.news(genk)
	w.follower("ann", subscriptions.Instant, genk)
	w.follower("bob", subscriptions.InDigest, genk)
	w.route()
	w.sameSet("sent", w.drain())
	story := w.news(genk)
	w.sameSet("the next", w.drain(), alert("ann", story))
	// Ending and beginning again begins anew.
	ann := w.find(on(telegram, "ann"))
	w.change(func(tx subscriptions.Tx) error { return tx.Unfollow(ann.ID, genk) })
	missed := w.news(genk)
	w.follow(ann, genk)
	w.joins(missed, nil, genk)
	w.sameSet("missed", w.drain())
	// Saving a subscription again does not.
	w.follow(ann, genk, func(f *subscriptions.Subscription) { f.Filter.Loud = true })
	story = w.news(genk)
	w.sameSet("after a change", w.drain(), alert("ann", story))
}

func nothingOldJoining(w *world) {
	story := w.news(genk)
	w.follower("ann", subscriptions.Instant, genk)
	w.follower("bob", subscriptions.Instant, gent)
	w.joins(story, func(a *subscriptions.Article) { a.Language = "fr" }, genk)
	w.sameSet("the topic was there before", w.drain())
	w.joins(story, nil, gent)
	w.sameSet("the topic is new", w.drain(), alert("bob", story))
}

func kinds(w *world) {
	filters := map[string]subscriptions.Filter{
		"all":     {},
		"never":   {Rumours: subscriptions.Never, Quotes: subscriptions.Never, Roundups: subscriptions.Never},
		"digests": {Rumours: subscriptions.OnlyDigest, Quotes: subscriptions.OnlyDigest, Roundups: subscriptions.OnlyDigest},
	}
	people := map[string]subscriptions.Subscriber{}
	for name, filter := range filters {
		people[name] = w.person(name)
		w.follow(people[name], genk, func(f *subscriptions.Subscription) { f.Filter = filter })
	}
	for _, c := range []struct {
		kind   subscriptions.Kind
		alerts []string
		held   []string
	}{
		{subscriptions.Fact, []string{"all", "never", "digests"}, nil},
		{subscriptions.Other, []string{"all", "never", "digests"}, nil},
		{subscriptions.Poll, []string{"all", "never", "digests"}, nil},
		{subscriptions.Rumour, []string{"all"}, []string{"digests"}},
		{subscriptions.Quote, []string{"all"}, []string{"digests"}},
		{subscriptions.Roundup, []string{"all"}, []string{"digests"}},
	} {
		p := w.article(genk)
		p.Article.Kind = c.kind
		story := w.publish(p).Story
		var want []delivery
		for _, name := range c.alerts {
			want = append(want, alert(name, story))
		}
		w.sameSet(string(c.kind), w.drain(), want...)
		for name, s := range people {
			held := w.held(s)
			isHeld := len(held) > 0 && held[len(held)-1] == story
			wantHeld := len(c.held) > 0 && c.held[0] == name
			same(w, fmt.Sprintf("%s held for %s", c.kind, name), isHeld, wantHeld)
		}
	}
}

func firmerKind(w *world) {
	never := w.person("never")
	w.follow(never, genk, func(f *subscriptions.Subscription) { f.Filter.Rumours = subscriptions.Never })
	digests := w.person("digests")
	w.follow(digests, genk, func(f *subscriptions.Subscription) { f.Filter.Rumours = subscriptions.OnlyDigest })
	w.follower("all", subscriptions.Instant, genk)
	p := w.article(genk)
	p.Article.Kind = subscriptions.Rumour
	story := w.publish(p).Story
	w.sameSet("rumour", w.drain(), alert("all", story))
	same(w, "held", w.held(digests), []subscriptions.StoryID{story})
	w.joins(story, nil, genk)
	w.sameSet("fact", w.drain(), alert("never", story), alert("digests", story))
	same(w, "held", w.held(digests), nil)
}

func languages(w *world) {
	w.follower("all", subscriptions.Instant, genk)
	french := w.person("french")
	w.follow(french, genk, func(f *subscriptions.Subscription) { f.Filter.Languages = []string{"fr", "de"} })
	story := w.news(genk)
	w.sameSet("Dutch", w.drain(), alert("all", story))
	w.joins(story, func(a *subscriptions.Article) { a.Language = "fr" }, genk)
	w.sameSet("French joined", w.drain(), alert("french", story))
}

func firstLanguage(w *world) {
	first := func(cadence subscriptions.Cadence, wanted ...string) func(*subscriptions.Subscription) {
		return func(f *subscriptions.Subscription) {
			f.Cadence, f.Filter.First, f.Filter.Languages = cadence, "fr", wanted
		}
	}
	people := map[string]subscriptions.Subscriber{}
	for name, set := range map[string]func(*subscriptions.Subscription){
		"instant": first(subscriptions.Instant), "digest": first(subscriptions.InDigest), "both": first(subscriptions.Both),
		"two": first(subscriptions.Instant, "fr", "nl"),
	} {
		people[name] = w.person(name)
		w.follow(people[name], genk, set)
	}
	held := func(step string, want map[string][]subscriptions.StoryID) {
		w.Helper()
		for name, s := range people {
			same(w, step+": held for "+name, w.held(s), want[name])
		}
	}
	in := func(language string) subscriptions.StoryID {
		p := w.article(genk)
		p.Article.Language = language
		return w.publish(p).Story
	}
	dutch := in("nl")
	w.sameSet("Dutch", w.drain())
	held("Dutch", map[string][]subscriptions.StoryID{"instant": {dutch}, "digest": {dutch}, "both": {dutch}, "two": {dutch}})
	german := in("de")
	w.sameSet("German", w.drain())
	held("German", map[string][]subscriptions.StoryID{"instant": {dutch, german}, "digest": {dutch, german}, "both": {dutch, german}, "two": {dutch}})
	w.joins(dutch, func(a *subscriptions.Article) { a.Language = "fr" }, genk)
	w.sameSet("French joined", w.drain(), alert("instant", dutch), alert("both", dutch), alert("two", dutch))
	held("French joined", map[string][]subscriptions.StoryID{"instant": {german}, "digest": {dutch, german}, "both": {dutch, german}})
	french := in("fr")
	w.sameSet("French", w.drain(), alert("instant", french), alert("both", french), alert("two", french))
	held("French", map[string][]subscriptions.StoryID{"instant": {german}, "digest": {dutch, german, french}, "both": {dutch, german, french}})
	// Unfollowing one topic leaves what another still asks for.
	w.follow(people["instant"], gent)
	w.change(func(tx subscriptions.Tx) error { return tx.Unfollow(people["instant"].ID, gent) })
	same(w, "held after unfollowing another", w.held(people["instant"]), []subscriptions.StoryID{german})
}

func scopes(w *world) {
	w.follower("about", subscriptions.Instant, genk)
	for _, scope := range []subscriptions.Scope{subscriptions.ScopeMention, subscriptions.ScopeYouth, subscriptions.ScopeWomen, subscriptions.ScopeSquad} {
		s := w.person(string(scope))
		w.follow(s, genk, func(f *subscriptions.Subscription) { f.Filter.Scopes = []subscriptions.Scope{scope} })
	}
	for _, c := range []struct {
		level subscriptions.Level
		scope subscriptions.Scope
		want  []string
	}{
		{subscriptions.About, subscriptions.ScopeAbout, []string{"about", "mention", "youth", "women", "squad"}},
		{subscriptions.Mention, subscriptions.ScopeMention, []string{"mention"}},
		{subscriptions.Mention, subscriptions.ScopeAbout, []string{"mention"}},
		{subscriptions.Mention, subscriptions.ScopeYouth, []string{"youth"}},
		{subscriptions.Mention, subscriptions.ScopeWomen, []string{"women"}},
		{subscriptions.Mention, subscriptions.ScopeSquad, []string{"squad"}},
	} {
		p := w.article()
		p.Article.Tags = []subscriptions.Tag{{Topic: genk, Level: c.level, Scope: c.scope}}
		story := w.publish(p).Story
		var want []delivery
		for _, name := range c.want {
			want = append(want, alert(name, story))
		}
		w.sameSet(fmt.Sprintf("%s %s", c.level, c.scope), w.drain(), want...)
	}
}

func mutedTopic(w *world) {
	s := w.person("ann")
	w.follow(s, genk, func(f *subscriptions.Subscription) { f.MutedUntil = w.now.Add(time.Hour) })
	w.news(genk)
	w.sameSet("muted", w.drain())
	w.pass(time.Hour)
	w.sameSet("what came meanwhile", w.drain())
	story := w.news(genk)
	w.sameSet("afterwards", w.drain(), alert("ann", story))
}

func mutedSource(w *world) {
	s := w.person("ann", func(s *subscriptions.Subscriber) { s.MutedSources = []string{"courant", "gazette"} })
	w.follow(s, genk)
	w.follower("bob", subscriptions.Instant, genk)
	story := w.news(genk)
	w.sameSet("one muted publisher", w.drain(), alert("bob", story))
	w.joins(story, func(a *subscriptions.Article) { a.Source = "gazette" }, genk)
	w.sameSet("two muted publishers", w.drain())
	w.joins(story, func(a *subscriptions.Article) { a.Source = "herald" }, genk)
	w.sameSet("another tells it", w.drain(), alert("ann", story))
}

func resting(w *world) {
	s := w.follower("ann", subscriptions.Instant, genk)
	s.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: w.now, Until: w.now.Add(time.Hour)}
	w.save(&s)
	w.news(genk)
	w.pass(time.Hour)
	w.sameSet("what came meanwhile", w.drain())
	story := w.news(genk)
	w.sameSet("when the rest has ended by itself", w.drain(), alert("ann", story))
	s.Rest = subscriptions.Rest{Reason: subscriptions.RestBlocked, Since: w.now}
	w.save(&s)
	w.news(genk)
	w.pass(1000 * time.Hour)
	w.sameSet("a rest without end", w.drain())
	s.Rest = subscriptions.Rest{}
	w.save(&s)
	story = w.news(genk)
	w.sameSet("when it came back", w.drain(), alert("ann", story))
}

func withheld(w *world) {
	w.follower("ann", subscriptions.Instant, genk, gent)
	p := w.article(genk)
	p.Push, p.Article.Withheld = false, subscriptions.WithheldFirstRead
	a := w.publish(p)
	w.sameSet("withheld", w.drain())
	// What is pushed later is owed for its own topics, by its own kind.
	w.joins(a.Story, nil, gent)
	w.sameSet("joined", w.drain(), alert("ann", a.Story))
}

func ranges(w *world) {
	const followers = 237
	want := make([]delivery, followers)
	p := w.article(genk, gent)
	for i := range followers {
		name := fmt.Sprintf("fan-%03d", i)
		s := w.person(name)
		w.follow(s, genk, cadence([]subscriptions.Cadence{subscriptions.Instant, subscriptions.Both}[i%2]))
		w.follow(s, gent, cadence(subscriptions.Instant))
		want[i].To = name
	}
	// Somebody else's large fan-out stands before it.
	a, err := w.store.Publish(w.ctx(), w.now, p)
	w.must(err)
	for more := true; more; {
		more, err = w.store.Route(w.ctx(), w.now, 10)
		w.must(err)
	}
	for i := range want {
		want[i].Story = a.Story
	}
	var got []delivery
	for {
		parcels := w.claimSome(telegram, 50, 10)
		if len(parcels) == 0 {
			break
		}
		got = append(got, list(parcels)...)
		for _, p := range parcels {
			w.settle(sent(p))
		}
	}
	w.sameSet("sent", got, want...)
}

func followDuringRoute(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	a, err := w.store.Publish(w.ctx(), w.now, w.article(genk))
	w.must(err)
	// Even if the route had not reached him yet.
	w.follower("bob", subscriptions.Instant, genk)
	w.joins(a.Story, nil, gent)
	w.sameSet("sent", w.drain(), alert("ann", a.Story))
}
