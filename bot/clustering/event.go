package clustering

import (
	"slices"
	"strconv"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// The thresholds of judgeEvent, set on the labelled pairs in testdata.
const (
	sameEvent    = 4.0
	relatedEvent = 3.0
	// wellKnown is what it counts that a man is named in full by both, where one does
	// not say where he plays, and that a match is put off: as much as one more club.
	wellKnown = .8
)

// judgeEvent judges two texts that do not resemble one another: another paper's
// words, or another language.
func (w *Window) judgeEvent(a, b *features, apart time.Duration) verdict {
	topics, names := sharedTopics(a, b), w.sharedNames(a, b)
	inFull := namedInFull(a, b)
	if topics == 0 && names < 2 && !inFull || apart > 48*time.Hour {
		return verdict{relation: RelationNew}
	}
	if topics == 0 && inFull || topics > 1 && putOff(a, b) {
		topics += wellKnown
	}
	score := topics + names + sharedNumbers(a, b) + sharedConcepts(a, b) + timeScore(apart)
	related := score
	if a.article.Language == b.article.Language {
		// Clubs and people have counted already; but what comes of it is told of them.
		texts := 3 * similarity(a.stems, b.stems)
		score += texts + 3*similarity(a.subject(), b.subject())
		related += texts + 3*similarity(a.titleStems, b.titleStems)
	}
	if isLaterStage(a, b) && related >= relatedEvent && !a.at.Before(b.at) {
		return verdict{RelationFollowUp, related, "later stage"}
	}
	known := names > 0 || sharedPerson(a, b) || sameMatch(a, b) || topics > 1 && betweenClubs(a, b) || ofOneFine(a, b)
	if !known || stageOf(a) != stageOf(b) || differentSides(a, b) || otherAct(a, b) || otherStep(a, b) || otherInstance(a, b) || hurtIsAnother(a, b) || hurtIsAnother(b, a) || otherMen(a, b) || contradict(a, b) || !fits(a, b, score, apart) {
		return verdict{relation: RelationNew}
	}
	return verdict{RelationSame, score / 10, "same event"}
}

// betweenClubs reports what two clubs are enough to know it by: whom one drew, that
// their match is put off, who was arrested at it.
func betweenClubs(a, b *features) bool {
	return a.leads(draw) && b.leads(draw) || putOff(a, b)
}

// ofOneFine reports headlines of a fine of the same sum, which makes it known as a name
// does. Elsewhere sums are round, and many are the same.
func ofOneFine(a, b *features) bool {
	return a.titleConcepts["fine"] && b.titleConcepts["fine"] && overlap(a.amounts, b.amounts) && a.aside == b.aside
}

// putOff reports headlines of a match that is put off, or of arrests at it.
func putOff(a, b *features) bool {
	both := func(c concept) bool { return a.titleConcepts[c] && b.titleConcepts[c] }
	return both("postponed") || both("arrests")
}

// otherLineup reports that one tells who will probably play and the other who does.
func otherLineup(a, b *features) bool {
	return a.leads(preview) && b.leads(preview) && a.titleConcepts["likely"] != b.titleConcepts["likely"]
}

// fits reports whether the score is enough for how well the events agree.
func fits(a, b *features, score float64, apart time.Duration) bool {
	switch {
	case stageOf(a) == quoted:
		return sameSubject(a, b) && score+1 >= sameEvent
	case (a.leads(match) || b.leads(match)) && !sameMatch(a, b):
		// Without the same result in both, a match is told by who won it.
		return apart <= 12*time.Hour && decidedAlike(a, b) && score >= sameEvent
	}
	switch eventFit(a, b) {
	case agree:
		return score+1 >= sameEvent
	case partly:
		return score >= sameEvent
	case unknown:
		return score >= sameEvent+1.5
	case conflict:
	}
	return false
}

// sameSubject reports whether two statements speak of the same thing, and not only
// come from the same mouth.
func sameSubject(a, b *features) bool {
	if overlap(a.amounts, b.amounts) {
		return true
	}
	if a.article.Language == b.article.Language && similarity(a.subject(), b.subject()) >= .25 {
		return true
	}
	for c := range a.titleConcepts {
		if b.concepts[c] && !isScenery(c) {
			return true
		}
	}
	return false
}

// subject returns the words of the headline but for the people and clubs: the speaker
// and his club are in every headline of his.
func (f *features) subject() []uint32 {
	men := map[uint32]bool{}
	for name := range f.men {
		men[hash(stem(name))] = true
	}
	return slices.DeleteFunc(slices.Clone(f.titleStems), func(s uint32) bool { return men[s] || f.own[s] })
}

// isScenery reports what is in every second statement.
func isScenery(c concept) bool {
	switch c {
	case "coach", "match", "season", "year", "training", "weeks", "months", "captain":
		return true
	}
	return isTrade(c)
}

// decidedAlike reports whether both headlines tell of a match that was won, drawn,
// or the end of a cup run. One side's victory is the other's defeat.
func decidedAlike(a, b *features) bool {
	won := func(f *features) bool { return f.titleConcepts["win"] || f.titleConcepts["lose"] }
	return won(a) && won(b) || a.titleConcepts["tie"] && b.titleConcepts["tie"] ||
		a.titleConcepts["eliminate"] && b.titleConcepts["eliminate"]
}

// differentSides reports two matches, or two clubs that want one coach: each article
// is about a side that the other is not about.
func differentSides(a, b *features) bool {
	extra := func(a, b *features) bool {
		return slices.ContainsFunc(a.about, func(t subscriptions.Topic) bool { return isSide(t) && !slices.Contains(b.about, t) })
	}
	return extra(a, b) && extra(b, a)
}

// stage is the manner of telling. Two manners are two stories.
type stage int

const (
	reported stage = iota
	rumoured
	expected
	quoted
	discussed
	collected
)

func stageOf(f *features) stage {
	switch f.article.Kind {
	case subscriptions.Quote:
		return quoted
	case subscriptions.Rumour:
		return rumoured
	case subscriptions.Other:
		return discussed
	case subscriptions.Roundup, subscriptions.Poll:
		return collected
	case subscriptions.Fact:
	}
	if f.leads(preview) && len(f.scores) == 0 {
		return expected
	}
	return reported
}

// isLaterStage reports whether a tells what came of what b told.
func isLaterStage(a, b *features) bool {
	switch {
	case stageOf(b) == rumoured:
		return stageOf(a) == reported && eventFit(a, b) != conflict
	case stageOf(b) == expected:
		return stageOf(a) == reported && (a.leads(match) || len(a.scores) > 0)
	}
	return a.leads(comeback) && b.leads(injury) || tellsScan(a, b) || furtherStep(a, b)
}

func (f *features) leads(e event) bool { return len(f.events) > 0 && f.events[0] == e }

// fit says whether two articles can tell of the same sort of event.
type fit int

const (
	unknown fit = iota
	agree       // the main event of both, or the same result
	partly      // the main event of one
	conflict
)

func eventFit(a, b *features) fit {
	found := unknown
	switch {
	case len(a.events) == 0 || len(b.events) == 0:
	case a.events[0] == b.events[0]:
		return agree
	case a.leads(injury) && b.leads(comeback) || a.leads(comeback) && b.leads(injury):
		// Who is back was hurt, and every text of it says so.
		return conflict
	case slices.Contains(b.events, a.events[0]) || slices.Contains(a.events, b.events[0]):
		found = partly
	default:
		// Also with the same result in both: what the fans made of it, say.
		return conflict
	}
	if sameMatch(a, b) {
		return agree
	}
	return found
}

// hurtIsAnother reports two headlines of one man of which only b's tells of an injury,
// while the text of a tells it of somebody whom b does not know: who gets his chance
// because the keeper is hurt is not hurt himself.
func hurtIsAnother(a, b *features) bool {
	return a.leads(injury) && b.leads(injury) && !a.eventInTitle && b.eventInTitle && namesOneMan(a, b) && knowsStranger(a, b)
}

// otherMen reports headlines of the market that name no more than where somebody comes
// from, while each text names a man of its own.
func otherMen(a, b *features) bool {
	if !a.leads(transfer) || !b.leads(transfer) || !knowsStranger(a, b) || !knowsStranger(b, a) {
		return false
	}
	for name := range a.allNames() {
		if (b.names[name] || b.starts[name]) && !(a.men[name].of && b.men[name].of) {
			return false
		}
	}
	return true
}

func namesOneMan(a, b *features) bool {
	for name := range a.men {
		if _, ok := b.men[name]; ok {
			return true
		}
	}
	return false
}

// sameMatch reports the same result of the same teams, as the news of both. A text
// can name a result only to say what came of it: a fine, an injury, a lucky penalty.
func sameMatch(a, b *features) bool {
	return overlap(a.scores, b.scores) && sharedTopics(a, b) > 0 && a.tellsResult() && b.tellsResult()
}

// tellsResult reports whether the headline tells how a match ended, or tells nothing
// but who played.
func (f *features) tellsResult() bool {
	if f.scoreInTitle {
		return true
	}
	for _, c := range []concept{"win", "lose", "tie", "goal", "eliminate"} {
		if f.titleConcepts[c] {
			return true
		}
	}
	sides := 0
	for _, t := range f.about {
		if isSide(t) {
			sides++
		}
	}
	return sides > 1 && !f.eventInTitle
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
			sum += 1.5
		default:
			sum += .8
		}
	}
	return min(sum, 2.5)
}

// sharedPerson reports whether both are about one and the same person.
func sharedPerson(a, b *features) bool {
	return slices.ContainsFunc(a.about, func(t subscriptions.Topic) bool {
		return t.Type() == "coach" && slices.Contains(b.about, t)
	})
}

// sharedNames weighs the people in both: one who is everywhere tells less.
func (w *Window) sharedNames(a, b *features) float64 {
	sum := 0.0
	for name := range a.allNames() {
		sure := a.names[name] || b.names[name]
		if !b.names[name] && !b.starts[name] || !sure && w.isWord(name, a, b) || otherGiven(a, b, name) {
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

// isWord reports whether what begins a sentence in both articles is an ordinary
// word: it stands somewhere without its capital.
func (w *Window) isWord(name string, a, b *features) bool {
	return a.lower[name] || b.lower[name] || w.index.lower[name] > 0
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
		// This year and the next are in every second text.
		if year := strconv.Itoa(a.at.Year()); b.numbers[n] && n != year && n != strconv.Itoa(a.at.Year()+1) {
			sum += .4
		}
	}
	return min(sum, 3)
}

func sharedConcepts(a, b *features) float64 {
	sum := 0.0
	for c := range a.concepts {
		if b.concepts[c] {
			sum += .4
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
