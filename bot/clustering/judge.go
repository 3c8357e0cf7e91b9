package clustering

import (
	"slices"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// verdict is what one pair was found to be.
type verdict struct {
	relation Relation
	score    float64
	why      string
}

// better orders verdicts: the same event before a follow-up before nothing.
func (v verdict) better(o verdict) bool {
	if rank(v.relation) != rank(o.relation) {
		return rank(v.relation) > rank(o.relation)
	}
	return v.relation != RelationNew && v.score > o.score
}

func rank(r Relation) int {
	switch r {
	case RelationSame:
		return 2
	case RelationFollowUp:
		return 1
	case RelationNew:
	}
	return 0
}

// judge compares an article with an earlier one.
func (w *Window) judge(a, b *features) verdict {
	apart := a.at.Sub(b.at).Abs()
	if apart > maxAge {
		return verdict{relation: RelationNew}
	}
	same := similarity(a.stems, b.stems)
	switch {
	case a.article.Key != "" && a.article.Key == b.article.Key:
		if moved(a, b, same) {
			return verdict{relation: RelationNew}
		}
		return verdict{RelationSame, 100, "same article"}
	case disjointTopics(a, b), differentScores(a, b), otherLineup(a, b), otherDay(a, b, apart):
		return verdict{relation: RelationNew}
	case reprint(a, b, same):
		return verdict{RelationSame, 10 + same, "same text"}
	case sameAct(a, b, apart):
		return verdict{RelationSame, 5, "same act"}
	case w.lexicon.sameUnnamed(a, b, apart):
		return verdict{RelationSame, 4, "same unnamed man"}
	case differentNames(a, b):
		return verdict{relation: RelationNew}
	case sameTitle(a, b, same, apart):
		return verdict{RelationSame, 50, "same headline"}
	}
	return w.judgeEvent(a, b, apart)
}

// moved reports whether one page's headline went over to another story.
func moved(a, b *features, same float64) bool {
	if disjointTopics(a, b) {
		return true
	}
	return same < .15 && differentNames(a, b)
}

// differentScores reports two results: two matches.
func differentScores(a, b *features) bool {
	return len(a.scores) > 0 && len(b.scores) > 0 && !overlap(a.scores, b.scores)
}

// otherDay reports headlines of what is on today, on two days.
func otherDay(a, b *features, apart time.Duration) bool {
	return a.today && b.today && apart > 12*time.Hour
}

// differentNames reports headlines about different people: each names somebody
// of whom the other article says nothing at all, or they name two brothers. In the
// market, where the club matters as much as the player, and on the list of the
// injured what stands first in the headline counts too; elsewhere it is a name if it
// is said to do something.
func differentNames(a, b *features) bool {
	return namesUnknownTo(a, b) && namesUnknownTo(b, a) || areBrothers(a, b)
}

// namesUnknownTo reports whether a's headline names somebody unknown to b.
func namesUnknownTo(b, a *features) bool {
	first := a.leads(transfer) && b.leads(transfer) || a.leads(injury) && b.leads(injury)
	return unknownName(a.titleNames, b) || first && unknownName(a.titleStarts, b) || meetsStranger(a, b)
}

func unknownName(names map[string]bool, f *features) bool {
	for name := range names {
		if !f.names[name] && !f.starts[name] {
			return true
		}
	}
	return false
}

func disjointTopics(a, b *features) bool {
	if len(a.about) == 0 || len(b.about) == 0 {
		return false
	}
	return !slices.ContainsFunc(a.about, func(t subscriptions.Topic) bool { return slices.Contains(b.about, t) })
}

// sameTitle accepts one headline in two papers. Some headlines come back every
// day ("Alle uitslagen"): those are one only within hours.
func sameTitle(a, b *features, same float64, apart time.Duration) bool {
	if a.title == "" || a.title != b.title || otherLead(a, b) || tellsScan(a, b) {
		return false
	}
	limit := 36 * time.Hour
	if isRecurring(a) {
		limit = 6 * time.Hour
	}
	return apart <= limit && (same >= .2 || apart <= 6*time.Hour)
}

// otherLead reports texts under a headline that keeps back whom it is about, as
// "Slecht nieuws voor Standard" does, of which each tells of its own man or event.
func otherLead(a, b *features) bool {
	for _, m := range a.men {
		if m.sure {
			return false
		}
	}
	return eventFit(a, b) == conflict || knowsStranger(a, b) && knowsStranger(b, a)
}

// knowsStranger reports whether a names somebody of whom b says nothing.
func knowsStranger(a, b *features) bool {
	for name := range a.allNames() {
		if !b.names[name] && !b.starts[name] {
			return true
		}
	}
	return false
}

func isRecurring(f *features) bool {
	switch f.article.Kind {
	case subscriptions.Roundup, subscriptions.Poll:
		return true
	case subscriptions.Fact, subscriptions.Rumour, subscriptions.Quote, subscriptions.Other:
	}
	return len(f.names) == 0 && len(f.about) == 0
}

// reprint accepts the same text, edited. Of short texts more must agree, as a few
// words are shared by any two stories of one club; of short statements the headlines
// too, as two come from one press conference. More must agree of texts under
// headlines about different people or clubs, as some are made to a pattern, or of
// which one denies the other.
func reprint(a, b *features, same float64) bool {
	n := min(len(a.stems), len(b.stems))
	if differentNames(a, b) || differentSides(a, b) || contradict(a, b) {
		return n >= 15 && same >= .65
	}
	switch {
	case n >= 40:
		return same >= .30
	case n >= 15:
		return same >= .45
	case n >= 6:
		if stageOf(a) == quoted && stageOf(b) == quoted && similarity(a.subject(), b.subject()) < .4 {
			return false
		}
		return same >= .60 && similarity(a.titleStems, b.titleStems) > 0
	}
	return false
}

// similarity is the share of words that both texts have (Jaccard). Both are sorted.
func similarity(a, b []uint32) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			both++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	all := len(a) + len(b) - both
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

func overlap[K comparable](a, b map[K]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}
