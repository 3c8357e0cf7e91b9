package clustering

import (
	"cmp"
	"slices"
	"time"
)

const (
	// rarest is how many of a text's rarest words it can be found by. Measured
	// on 100 000 texts: six find every re-print with up to a third of its words
	// changed.
	rarest = 6
	// perPosting bounds the articles kept under one word; the newest stay. It is
	// what keeps the cost flat.
	perPosting = 48
	// maxCandidates bounds the pairs that are judged for one article.
	maxCandidates = 64
)

// index finds the articles that could tell the same.
type index struct {
	// queue are the articles in order of arrival.
	queue []*features
	// postings lead from a word, a name, a title or a key to articles, the
	// newest last.
	postings map[key][]*features
	// count is in how many articles each word stands.
	count map[uint32]int
	// named is in how many articles each name stands; lower in how many a word
	// stands without a capital, so that it is no name.
	named, lower map[string]int
}

func newIndex() index {
	return index{postings: map[key][]*features{}, count: map[uint32]int{}, named: map[string]int{}, lower: map[string]int{}}
}

func (x *index) add(f *features) {
	if len(x.queue) >= maxArticles {
		x.drop()
	}
	x.queue = append(x.queue, f)
	for _, s := range f.stems {
		x.count[s]++
	}
	for name := range f.allNames() {
		x.named[name]++
	}
	for word := range f.lower {
		x.lower[word]++
	}
	f.postedUnder = x.keys(f)
	for _, k := range f.postedUnder {
		list := x.postings[k]
		if len(list) >= perPosting {
			list = append(list[:0], list[1:]...)
		}
		x.postings[k] = append(list, f)
	}
}

// forget drops the articles from before an instant.
func (x *index) forget(before time.Time) {
	for len(x.queue) > 0 && x.queue[0].arrived.Before(before) {
		x.drop()
	}
}

// drop forgets the oldest article.
func (x *index) drop() {
	f := x.queue[0]
	x.queue[0] = nil
	x.queue = x.queue[1:]
	for _, s := range f.stems {
		if x.count[s]--; x.count[s] <= 0 {
			delete(x.count, s)
		}
	}
	for name := range f.allNames() {
		if x.named[name]--; x.named[name] <= 0 {
			delete(x.named, name)
		}
	}
	for word := range f.lower {
		if x.lower[word]--; x.lower[word] <= 0 {
			delete(x.lower, word)
		}
	}
	for _, k := range f.postedUnder {
		list := slices.DeleteFunc(x.postings[k], func(g *features) bool { return g == f })
		if len(list) == 0 {
			delete(x.postings, k)
		} else {
			x.postings[k] = list
		}
	}
}

// key is something that an article can be found by.
type key struct {
	kind byte // 't'itle, 'k'ey, 'w'ord, 'n'ame, 's'core, 'e'vent, 'p'air of topics
	word uint32
	text string
}

// keys are what an article can be found by.
func (x *index) keys(f *features) []key {
	keys := []key{{kind: 't', text: f.title}}
	if f.article.Key != "" {
		keys = append(keys, key{kind: 'k', text: f.article.Key})
	}
	for _, s := range x.rarestOf(f.stems) {
		keys = append(keys, key{kind: 'w', word: s})
	}
	for name := range f.allNames() {
		keys = append(keys, key{kind: 'n', text: name})
	}
	about := f.about[:min(len(f.about), 4)]
	for score := range f.scores {
		for _, t := range about {
			keys = append(keys, key{kind: 's', text: score + " " + string(t)})
		}
	}
	for i, t := range about {
		for _, e := range f.events[:min(len(f.events), 2)] {
			keys = append(keys, key{kind: 'e', text: string(e) + " " + string(t)})
		}
		for _, u := range about[:i] {
			keys = append(keys, key{kind: 'p', text: string(min(t, u)) + " " + string(max(t, u))})
		}
	}
	return keys
}

func (x *index) rarestOf(stems []uint32) []uint32 {
	s := slices.Clone(stems)
	slices.SortFunc(s, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(x.count[a], x.count[b]), cmp.Compare(a, b))
	})
	return s[:min(len(s), rarest)]
}

// candidates returns the articles that share something with f, those that share
// most first.
func (x *index) candidates(f *features) []*features {
	shared := map[*features]int{}
	for _, k := range x.keys(f) {
		for _, g := range x.postings[k] {
			shared[g]++
		}
	}
	found := make([]*features, 0, len(shared))
	for g := range shared {
		found = append(found, g)
	}
	slices.SortFunc(found, func(a, b *features) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), b.at.Compare(a.at), cmp.Compare(a.article.Key, b.article.Key))
	})
	return found[:min(len(found), maxCandidates)]
}
