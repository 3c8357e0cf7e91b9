package bot

import (
	"cmp"
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// ranked is a story of a digest, under the topic where it stands.
type ranked struct {
	story subscriptions.Story
	topic subscriptions.Topic
	about bool // it is about the topic, and does not only mention it
}

// rank orders stories for a digest, best first: about before mention, official
// before rumour, many sources and many reactions before few, the reader's own
// language before others, new before old.
func (w writer) rank(owed []Owed) []ranked {
	list := make([]ranked, 0, len(owed))
	for _, o := range owed {
		list = append(list, rankOne(o))
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		return cmp.Or(
			first(a.about, b.about),
			cmp.Compare(weight(a.story.Kind()), weight(b.story.Kind())),
			cmp.Compare(sources(b.story), sources(a.story)),
			cmp.Compare(reactions(b.story), reactions(a.story)),
			first(w.tells(a.story), w.tells(b.story)),
			b.story.Updated.Compare(a.story.Updated),
		)
	})
	return list
}

// tells reports whether a story can be read in the reader's language.
func (w writer) tells(s subscriptions.Story) bool {
	return slices.ContainsFunc(s.Articles, func(a subscriptions.Article) bool { return a.Language == w.say.Language() })
}

// rankOne finds the topic under which a story stands: the first followed topic that
// it is about, else the first that brought it.
func rankOne(o Owed) ranked {
	r := ranked{story: o.Story}
	about := map[subscriptions.Topic]bool{}
	for _, t := range o.Story.Tags() {
		about[t.Topic] = t.Level == subscriptions.About
	}
	for _, t := range o.Topics {
		if r.topic == "" || about[t] && !r.about {
			r.topic, r.about = t, about[t]
		}
	}
	return r
}

// groups gathers ranked stories by topic; the topic with the best story is first.
func groups(list []ranked) [][]ranked {
	var all [][]ranked
	at := map[subscriptions.Topic]int{}
	for _, r := range list {
		i, ok := at[r.topic]
		if !ok {
			i = len(all)
			at[r.topic] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], r)
	}
	return all
}

// weight orders kinds by how sure and how new they are.
func weight(k subscriptions.Kind) int {
	switch k {
	case subscriptions.Fact:
		return 0
	case subscriptions.Quote:
		return 1
	case subscriptions.Rumour:
		return 2
	case subscriptions.Roundup:
		return 3
	case subscriptions.Poll, subscriptions.Other:
		return 4
	}
	return 4
}

// sources counts the publishers that tell a story.
func sources(s subscriptions.Story) int {
	seen := map[string]bool{}
	for _, a := range s.Articles {
		seen[a.Source] = true
	}
	return len(seen)
}

// reactions returns the most reactions that any article of a story has.
func reactions(s subscriptions.Story) int {
	most := 0
	for _, a := range s.Articles {
		most = max(most, a.Reactions)
	}
	return most
}
