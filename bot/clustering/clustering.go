// Package clustering tells which articles tell the same story.
//
// A [Window] holds the recent articles. For a new one it finds the few that could
// tell the same, through inverted indexes, and judges each pair on what both
// texts say, in the order of how sure it makes:
//
//   - the same article of the same publisher, its headline moved or not;
//   - the same headline;
//   - the same text, re-printed or edited;
//   - the same event in other words or another language: the topics, the people,
//     the numbers, the sort of event, and the time between them.
//
// Two stories joined by mistake mean that a fan never hears of the second; one
// story told twice only means that he reads it twice. So in doubt they stay apart.
//
// Everything here is pure and bounded: no I/O, no clock, and a cost that does not
// grow with the number of articles.
package clustering

import (
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Relation says how an article stands to what was told before.
type Relation string

// The relations.
const (
	// RelationNew: nothing like it was told.
	RelationNew Relation = "new"
	// RelationSame: it tells an event that was told, and joins its story.
	RelationSame Relation = "same"
	// RelationFollowUp: it tells what came of an event that was told (a rumour became
	// official, a preview became a result). It is a story of its own.
	RelationFollowUp Relation = "follow-up"
)

// Placement is where an article belongs.
type Placement struct {
	// Story is the story it joins; 0 if it starts one, as follow-ups do.
	Story    subscriptions.StoryID
	Relation Relation
	// Article is the one it is the same as or follows; zero for RelationNew.
	Article subscriptions.Article
	// Why is the rule that decided, in a word or two, for the operator's log.
	Why string
}

// The bounds of a Window.
const (
	// maxAge is how long an article can be joined: events are reported for a day
	// or two, re-prints come up to three days later.
	maxAge = 72 * time.Hour
	// maxArticles bounds the memory, at about 2 kB each.
	maxArticles = 20_000
)

// Window holds the recent articles. It is safe for use by many goroutines; but
// whoever places an article must add it before the next one is placed, or two
// tellings of one event that arrive together become two stories.
type Window struct {
	mu      sync.Mutex
	lexicon lexicon
	index   index
}

// New returns an empty window.
func New() *Window {
	return &Window{lexicon: newLexicon(), index: newIndex()}
}

// Place says where an article belongs, as of now. It does not add it.
func (w *Window) Place(a subscriptions.Article, now time.Time) Placement {
	f := w.lexicon.read(a)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.index.forget(now.Add(-maxAge))
	best := verdict{relation: RelationNew}
	var match *features
	for _, candidate := range w.index.candidates(f) {
		v := w.judge(f, candidate)
		if v.better(best) {
			best, match = v, candidate
		}
	}
	p := Placement{Relation: best.relation, Why: best.why}
	if match != nil {
		p.Article = match.article
		if best.relation == RelationSame {
			p.Story = match.article.Story
		}
	}
	return p
}

// Add puts a published article, with its Story, into the window. Refill the
// window after a start from the store, the oldest first.
func (w *Window) Add(a subscriptions.Article) {
	f := w.lexicon.read(a)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.index.add(f)
}
