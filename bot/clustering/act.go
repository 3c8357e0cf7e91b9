package clustering

import (
	"slices"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// The times within which one act is told. What a scan shows of an injury is news
// of its own.
const (
	actTold  = 12 * time.Hour
	harmTold = 6 * time.Hour
)

// sameAct reports whether both headlines tell that the same was done to the same
// man by the same club. That is one event, whatever else the texts say: a man is
// not signed, sacked or hurt twice a day.
func sameAct(a, b *features, apart time.Duration) bool {
	shared, limit := a.acts&b.acts, actTold
	if shared&harm != 0 {
		limit = harmTold
	}
	switch {
	case shared == 0 || apart > limit || stageOf(a) != reported || stageOf(b) != reported,
		a.aside|b.aside != 0 || (a.acts^b.acts)&harm != 0,
		// Who is back was hurt.
		shared&harm != 0 && a.titleConcepts["return"] != b.titleConcepts["return"],
		// The newcomer who scores on his first evening.
		shared&(parting|harm) == 0 && (a.tellsOfMatch() || b.tellsOfMatch()):
		return false
	}
	return sameSide(a, b) && sameMan(a, b) && !meetsStranger(a, b) && !meetsStranger(b, a)
}

// tellsScan reports whether a tells that somebody is out, or for how long, of whom b
// knew only that he was hurt.
func tellsScan(a, b *features) bool {
	if !a.leads(injury) || !b.leads(injury) || a.at.Sub(b.at) <= harmTold || b.tellsHowLong() {
		return false
	}
	return a.tellsHowLong() || a.titleConcepts["out"] && !b.concepts["out"]
}

func (f *features) tellsHowLong() bool {
	for _, c := range []concept{"weeks", "months", "season"} {
		if f.concepts[c] {
			return true
		}
	}
	return false
}

func (f *features) tellsOfMatch() bool {
	for _, c := range []concept{"win", "lose", "tie", "goal", "debut"} {
		if f.titleConcepts[c] {
			return true
		}
	}
	return false
}

// isSide reports whether a topic is a club or a team.
func isSide(t subscriptions.Topic) bool { return t.Type() != "coach" }

// sameSide reports one club or team for both; a coach may stand for his.
func sameSide(a, b *features) bool {
	if slices.ContainsFunc(a.about, func(t subscriptions.Topic) bool { return isSide(t) && slices.Contains(b.about, t) }) {
		return true
	}
	return sharedPerson(a, b) && (!slices.ContainsFunc(a.about, isSide) || !slices.ContainsFunc(b.about, isSide))
}

// sameMan reports whether both headlines name one man, and one of the texts names
// him in full.
func sameMan(a, b *features) bool {
	for name, m := range a.men {
		n, ok := b.men[name]
		if ok && !(m.of && n.of) && len(a.given[name])+len(b.given[name]) > 0 && !otherGiven(a, b, name) {
			return true
		}
	}
	return false
}

// otherGiven reports two first names with one surname: brothers. "Alex" and
// "Alexander" are one.
func otherGiven(a, b *features, name string) bool {
	x, y := a.given[name], b.given[name]
	for _, s := range x {
		for _, t := range y {
			if s == t || len(s) >= 3 && len(t) >= 3 && s[:3] == t[:3] {
				return false
			}
		}
	}
	return len(x) > 0 && len(y) > 0
}

// namedInFull reports whether both headlines name one man and both texts his first
// name.
func namedInFull(a, b *features) bool {
	for name := range a.men {
		if _, ok := b.men[name]; ok && slices.ContainsFunc(a.given[name], func(s string) bool { return slices.Contains(b.given[name], s) }) {
			return true
		}
	}
	return false
}

// areBrothers reports headlines about two men with one surname.
func areBrothers(a, b *features) bool {
	for name := range a.men {
		if _, ok := b.men[name]; ok && otherGiven(a, b, name) {
			return true
		}
	}
	return false
}

// meetsStranger reports whether a's headline names somebody of whom b says nothing,
// other than where a man comes from.
func meetsStranger(a, b *features) bool {
	for name, m := range a.men {
		if _, ok := b.men[name]; m.sure && !m.of && !ok && !b.names[name] && !b.starts[name] {
			return true
		}
	}
	return false
}

// otherAct reports headlines that do not tell the same of a man: one is sacked and
// one is appointed, one goes and one does not, one is hired and so is another.
func otherAct(a, b *features) bool {
	differ := a.aside ^ b.aside
	switch {
	case stageOf(a) != reported || stageOf(b) != reported || a.acts|b.acts == 0:
		return false
	case differ&after != 0:
		return true
	case a.acts == 0 || b.acts == 0:
		return a.told != 0 && b.told != 0 && a.told&b.told == 0
	case (a.acts|b.acts)&harm == 0 && a.acts&b.acts == 0, differ&unhurt != 0:
		return true
	case differ&denied != 0 && a.acts&b.acts&^harm != 0:
		// "Geen Vanaken" is how an injury is told.
		return true
	}
	return meetsStranger(a, b) && a.tellsMore(b) || meetsStranger(b, a) && b.tellsMore(a)
}

// contradict reports one headline with a "not" and one without, of what is otherwise
// the same. An injury is told either way: "geen Vanaken" is "Vanaken out".
func contradict(a, b *features) bool {
	return (a.aside^b.aside)&denied != 0 && a.acts == b.acts && similarity(a.titleStems, b.titleStems) >= .5
}

// tellsMore reports whether a headline tells what another does not: of one more
// man, or of an act.
func (f *features) tellsMore(than *features) bool {
	return f.aside&another != 0 || slices.ContainsFunc(f.deeds, func(a act) bool { return a&than.acts == 0 })
}

// step is how far a deal has come. A headline can tell several.
type step uint8

const (
	wanted step = 1 << iota
	refused
	agreed
	tested
	done
)

// stepsOf returns the steps that a headline of the market tells.
func stepsOf(f *features) step {
	var s step
	if f.official {
		s |= done
	}
	for c := range f.titleConcepts {
		switch c {
		case "interest", "bid", "talk":
			s |= wanted
		case "refuse":
			s |= refused
		case "agree":
			s |= agreed
		case "medical":
			s |= tested
		case "sign", "bind":
			s |= done
		}
	}
	return s
}

// otherStep reports headlines that tell how far one deal has come, of which one is
// further.
func otherStep(a, b *features) bool {
	s, t := stepsOf(a), stepsOf(b)
	return s != 0 && t != 0 && (s&t == 0 || (s^t)&refused != 0) && a.leads(transfer) && b.leads(transfer)
}

// otherInstance reports headlines of one ban of which one tells that it is demanded,
// or that there is an appeal, and the other does not.
func otherInstance(a, b *features) bool {
	differ := func(c concept) bool { return a.titleConcepts[c] != b.titleConcepts[c] }
	return a.leads(ban) && b.leads(ban) && (differ("demand") || differ("appeal"))
}

// furtherStep reports whether a is further than b.
func furtherStep(a, b *features) bool {
	return otherStep(a, b) && stepsOf(a) > stepsOf(b)
}
