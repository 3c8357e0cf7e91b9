package clustering

import (
	"slices"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// The thresholds of judgeEvent, set on the labelled pairs in testdata.
const (
	sameEvent    = 4.0
	relatedEvent = 3.0
)

// judgeEvent judges two texts that do not resemble one another: another paper's
// words, or another language.
func (w *Window) judgeEvent(a, b *features, same float64, apart time.Duration) verdict {
	topics := sharedTopics(a, b)
	names := w.sharedNames(a, b)
	if topics == 0 && names < 2 || apart > 48*time.Hour {
		return verdict{relation: RelationNew}
	}
	score := topics + names + sharedNumbers(a, b) + sharedConcepts(a, b) + timeScore(apart)
	if a.article.Language == b.article.Language {
		score += 6 * same
	}
	fit := eventFit(a, b)
	switch {
	case stageOf(a) != stageOf(b) || fit == conflict:
		if score >= relatedEvent && names > 0 && fit != conflict && !a.at.Before(b.at) {
			return verdict{RelationFollowUp, score, "later stage"}
		}
		return verdict{relation: RelationNew}
	case names == 0 && !sameMatch(a, b):
		return verdict{relation: RelationNew}
	case fit == agree && score >= sameEvent, fit == unknown && score >= sameEvent+1.5:
		return verdict{RelationSame, score / 10, "same event"}
	}
	return verdict{relation: RelationNew}
}

// stage is how far an event has come. Its stages are stories of their own.
type stage int

const (
	happened stage = iota
	rumoured
	expected
	discussed
	restored
)

func stageOf(f *features) stage {
	switch {
	case f.article.Kind == subscriptions.Quote:
		return discussed
	case f.article.Kind == subscriptions.Rumour:
		return rumoured
	case f.leads(preview) && len(f.scores) == 0:
		return expected
	case f.leads(comeback):
		return restored
	}
	return happened
}

func (f *features) leads(e event) bool { return len(f.events) > 0 && f.events[0] == e }

// fit says whether two articles can tell of the same sort of event.
type fit int

const (
	unknown fit = iota
	agree
	conflict
)

func eventFit(a, b *features) fit {
	switch {
	case sameMatch(a, b):
		return agree
	case len(a.events) == 0 || len(b.events) == 0:
		return unknown
	case slices.Contains(b.events, a.events[0]) || slices.Contains(a.events, b.events[0]):
		return agree
	}
	return conflict
}

// sameMatch reports the same result of the same teams.
func sameMatch(a, b *features) bool {
	return overlap(a.scores, b.scores) && sharedTopics(a, b) > 0
}

// sharedTopics weighs the topics that both are about. A person tells more than a
// club, and two clubs more than one.
func sharedTopics(a, b *features) float64 {
	sum := 0.0
	for _, t := range a.about {
		if !slices.Contains(b.about, t) {
			continue
		}
		switch t.Type() {
		case "coach":
			sum += 1.2
		default:
			sum += .8
		}
	}
	return min(sum, 2)
}

// sharedNames weighs the people in both: one who is everywhere tells less.
func (w *Window) sharedNames(a, b *features) float64 {
	sum := 0.0
	for name := range a.allNames() {
		sure := a.names[name] || b.names[name]
		if !b.names[name] && !b.starts[name] || !sure && a.article.Language == b.article.Language {
			continue
		}
		weight := 1.5
		switch n := w.index.named[name]; {
		case n > 40:
			weight = .7
		case n > 10:
			weight = 1.1
		}
		if !sure {
			weight *= .8
		}
		sum += weight
	}
	return min(sum, 4)
}

func sharedNumbers(a, b *features) float64 {
	sum := 0.0
	if overlap(a.scores, b.scores) {
		sum += 2
	}
	if overlap(a.amounts, b.amounts) {
		sum += 1.2
	}
	for n := range a.numbers {
		if b.numbers[n] && !strings.HasPrefix(n, "202") {
			sum += .4
		}
	}
	return min(sum, 3)
}

func sharedConcepts(a, b *features) float64 {
	sum := 0.0
	for c := range a.concepts {
		if b.concepts[c] {
			sum += .5
		}
	}
	return min(sum, 2)
}

func timeScore(apart time.Duration) float64 {
	switch {
	case apart <= 4*time.Hour:
		return .5
	case apart <= 12*time.Hour:
		return 0
	case apart <= 24*time.Hour:
		return -.5
	}
	return -1.5
}
