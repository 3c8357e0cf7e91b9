package storetest

import (
	"fmt"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

func archiveTests() []test {
	return []test{
		{"an article comes back as it was published", articleRoundTrip},
		{"a known key changes nothing", knownKey},
		{"known keys", knownKeys},
		{"articles join a story", storyGrows},
		{"joining a story that is not there fails", noStory},
		{"a checkpoint is saved with its article, or not at all", checkpointWithArticle},
		{"stories come in the order asked", storiesInOrder},
		{"latest by topic", latestByTopic},
		{"latest by words", latestByWords},
		{"latest by address", latestByURL},
		{"latest pages", latestPages},
		{"minted topics", mintedTopics},
		{"a wrong scope is refused whole", wrongScope},
	}
}

func articleRoundTrip(w *world) {
	p := subscriptions.Publication{Article: subscriptions.Article{
		Key: "k", Source: "s", Publisher: "P", URL: "https://p.example/1", Title: "T \x00 é 𝄞", Lead: "L", Image: "https://p.example/i",
		Language: "fr", Published: w.now.Add(-time.Minute), Seen: w.now, Kind: subscriptions.Quote, Result: true, Reactions: 12,
		Withheld: subscriptions.WithheldStale,
		Tags: []subscriptions.Tag{
			{Topic: genk, Level: subscriptions.About, Evidence: []subscriptions.Evidence{{Field: "title", Text: "T", Start: 3, Rule: "r"}}},
			{Topic: gent, Level: subscriptions.Mention, Scope: subscriptions.ScopeYouth},
		},
	}}
	got := w.publish(p)
	want := p.Article
	want.ID, want.Story = got.ID, got.Story
	same(w, "returned", got, want)
	stories, err := w.store.Stories(w.ctx(), []subscriptions.StoryID{got.Story})
	w.must(err)
	same(w, "stories", stories, []subscriptions.Story{{ID: got.Story, Articles: []subscriptions.Article{want}, Created: w.now, Updated: w.now}})
}

func knownKey(w *world) {
	w.follower("ann", subscriptions.Instant, genk)
	p := w.article(genk)
	first := w.publish(p)
	w.drain()
	p.Article.Title, p.Article.Tags = "Another", nil
	p.Checkpoint = &subscriptions.Checkpoint{Source: "courant"}
	w.pass(time.Hour)
	again := w.publish(p)
	same(w, "article", again, first)
	same(w, "sent", w.drain(), nil)
	_, err := w.store.Checkpoint(w.ctx(), "courant")
	w.fails("checkpoint", err, subscriptions.ErrNotFound)
	stories, err := w.store.Stories(w.ctx(), []subscriptions.StoryID{first.Story})
	w.must(err)
	same(w, "updated", stories[0].Updated, w.now.Add(-time.Hour))
}

func knownKeys(w *world) {
	a := w.publish(w.article(genk))
	got, err := w.store.Known(w.ctx(), []string{a.Key, "unknown", `it's "odd"`})
	w.must(err)
	same(w, "known", got, map[string]subscriptions.ArticleID{a.Key: a.ID})
	many := make([]string, 50_000)
	for i := range many {
		many[i] = fmt.Sprintf("many-%d", i)
	}
	got, err = w.store.Known(w.ctx(), append(many, a.Key))
	w.must(err)
	same(w, "among many", got, map[string]subscriptions.ArticleID{a.Key: a.ID})
	got, err = w.store.Known(w.ctx(), nil)
	w.must(err)
	same(w, "none", got, map[string]subscriptions.ArticleID{})
}

func storyGrows(w *world) {
	first := w.publish(w.article(genk))
	created := w.now
	w.pass(time.Hour)
	second := w.joins(first.Story, nil, gent)
	stories, err := w.store.Stories(w.ctx(), []subscriptions.StoryID{first.Story})
	w.must(err)
	same(w, "stories", stories, []subscriptions.Story{{
		ID: first.Story, Articles: []subscriptions.Article{first, second}, Created: created, Updated: w.now,
	}})
}

func noStory(w *world) {
	p := w.article(genk)
	p.Story = 99
	_, err := w.store.Publish(w.ctx(), w.now, p)
	w.fails("publish", err, subscriptions.ErrNotFound)
	known, err := w.store.Known(w.ctx(), []string{p.Article.Key})
	w.must(err)
	same(w, "known", len(known), 0)
}

func checkpointWithArticle(w *world) {
	p := w.article(genk)
	p.Checkpoint = &subscriptions.Checkpoint{Source: "courant", ETag: `"1"`, Read: w.now}
	w.publish(p)
	got, err := w.store.Checkpoint(w.ctx(), "courant")
	w.must(err)
	same(w, "checkpoint", got, *p.Checkpoint)
	p = w.article(genk)
	p.Story = 99
	p.Checkpoint = &subscriptions.Checkpoint{Source: "gazette"}
	_, err = w.store.Publish(w.ctx(), w.now, p)
	w.fails("publish", err, subscriptions.ErrNotFound)
	_, err = w.store.Checkpoint(w.ctx(), "gazette")
	w.fails("checkpoint", err, subscriptions.ErrNotFound)
}

func storiesInOrder(w *world) {
	a, b, c := w.news(genk), w.news(genk), w.news(genk)
	got, err := w.store.Stories(w.ctx(), []subscriptions.StoryID{c, 99, a, b, a})
	w.must(err)
	same(w, "stories", idsOf(got), []subscriptions.StoryID{c, a, b})
}

func idsOf(stories []subscriptions.Story) []subscriptions.StoryID {
	var ids []subscriptions.StoryID
	for _, s := range stories {
		ids = append(ids, s.ID)
	}
	return ids
}

// latest returns the ids that a query finds.
func (w *world) latest(q subscriptions.StoryQuery) []subscriptions.StoryID {
	w.Helper()
	found, err := w.store.Latest(w.ctx(), q)
	w.must(err)
	return idsOf(found)
}

func latestByTopic(w *world) {
	one := w.news(genk)
	w.pass(time.Second)
	two := w.news(gent)
	w.pass(time.Second)
	p := w.article(bruges)
	p.Article.Tags = append(p.Article.Tags, subscriptions.Tag{Topic: genk, Level: subscriptions.Mention})
	p.Push = false // what is not pushed can be read all the same
	three := w.publish(p).Story
	type ids = []subscriptions.StoryID
	type topics = []subscriptions.Topic
	same(w, "genk", w.latest(subscriptions.StoryQuery{Topics: topics{genk}}), ids{one})
	same(w, "genk, mentioned", w.latest(subscriptions.StoryQuery{Topics: topics{genk}, Mentions: true}), ids{three, one})
	same(w, "two topics", w.latest(subscriptions.StoryQuery{Topics: topics{genk, gent}}), ids{two, one})
	same(w, "all", w.latest(subscriptions.StoryQuery{}), ids{three, two, one})
	same(w, "unknown", w.latest(subscriptions.StoryQuery{Topics: topics{"club/none"}}), nil)
	w.pass(time.Second)
	w.joins(one, nil, gent)
	same(w, "after joining", w.latest(subscriptions.StoryQuery{Topics: topics{gent}}), ids{one, two})
}

func latestByWords(w *world) {
	p := w.article(genk)
	p.Article.Title, p.Article.Lead = "Kévin Vandendriessche schorst zichzelf", "Ook L'Antwerp (1-0) rouwt"
	story := w.publish(p).Story
	w.news(gent)
	for text, found := range map[string]bool{
		"kevin": true, "KÉVIN schorst": true, "vanden": true, "driessche": false, "antwerp kevin": true,
		"1-0": true, "kevin gent": false, "%": false, "'": false, "": true, "schorst'; DROP": false,
	} {
		got := w.latest(subscriptions.StoryQuery{Text: text, Topics: []subscriptions.Topic{genk}})
		var want []subscriptions.StoryID
		if found {
			want = []subscriptions.StoryID{story}
		}
		same(w, fmt.Sprintf("%q", text), got, want)
	}
}

func latestByURL(w *world) {
	a := w.publish(w.article(genk))
	w.news(genk)
	same(w, "address", w.latest(subscriptions.StoryQuery{URL: a.URL}), []subscriptions.StoryID{a.Story})
	same(w, "key", w.latest(subscriptions.StoryQuery{URL: a.Key}), []subscriptions.StoryID{a.Story})
	same(w, "unknown", w.latest(subscriptions.StoryQuery{URL: "https://none.example"}), nil)
}

func latestPages(w *world) {
	var want []subscriptions.StoryID
	for range 5 {
		want = append([]subscriptions.StoryID{w.news(genk)}, want...)
		w.pass(time.Minute)
	}
	var got []subscriptions.StoryID
	q := subscriptions.StoryQuery{Limit: 2}
	for {
		page, err := w.store.Latest(w.ctx(), q)
		w.must(err)
		if len(page) == 0 {
			break
		}
		got = append(got, idsOf(page)...)
		q.Before = page[len(page)-1].Updated
	}
	same(w, "pages", got, want)
	same(w, "since", w.latest(subscriptions.StoryQuery{Since: w.now.Add(-2 * time.Minute)}), want[:2])
}

func mintedTopics(w *world) {
	w.news(genk) // a topic of a story is not minted
	w.must(w.store.MintTopic(w.ctx(), "coach/an-example", "An Example"))
	w.must(w.store.MintTopic(w.ctx(), genk, "Genk"))
	w.must(w.store.MintTopic(w.ctx(), genk, "KRC Genk"))
	got, err := w.store.Topics(w.ctx())
	w.must(err)
	same(w, "topics", got, map[subscriptions.Topic]string{"coach/an-example": "An Example", genk: "KRC Genk"})
}

func wrongScope(w *world) {
	p := w.article(genk)
	p.Article.Tags = append(p.Article.Tags, subscriptions.Tag{Topic: gent, Level: subscriptions.Mention, Scope: "galaxy"})
	if _, err := w.store.Publish(w.ctx(), w.now, p); err == nil {
		w.Error("an unknown scope was published")
	}
	same(w, "latest", w.latest(subscriptions.StoryQuery{}), nil)
}
