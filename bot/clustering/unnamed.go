package clustering

import (
	"slices"
	"strings"
	"time"
)

// The times within which a man without a name is taken for the same: hours, or half
// a day if both tell his price.
const (
	unnamedTold = 2 * time.Hour
	pricedTold  = 12 * time.Hour
)

// sameUnnamed reports headlines about one man whom nobody names yet: the same club
// does the same with "a Spanish midfielder". That is little to go by, so it must be
// told at once, and nothing else may differ.
func (l lexicon) sameUnnamed(a, b *features, apart time.Duration) bool {
	limit, priced := unnamedTold, overlap(a.amounts, b.amounts)
	if priced {
		limit = pricedTold
	}
	if apart > limit || !priced && len(a.amounts) > 0 && len(b.amounts) > 0 || len(a.about) != 1 || !slices.Equal(a.about, b.about) ||
		stageOf(a) != stageOf(b) || a.aside != b.aside || a.namesAnybody() || b.namesAnybody() {
		return false
	}
	people, trade := a.describesMan()
	otherPeople, otherTrade := b.describesMan()
	return people != "" && trade != "" && people == otherPeople && trade == otherTrade && l.sameMove(a, b)
}

func (f *features) namesAnybody() bool { return len(f.names)+len(f.men) > 0 }

// describesMan returns the one people and the one trade of the headline.
func (f *features) describesMan() (people, trade concept) {
	for c := range f.titleConcepts {
		into := &trade
		switch {
		case strings.HasPrefix(string(c), fromCountry):
			into = &people
		case !isTrade(c):
			continue
		}
		if *into != "" {
			return "", ""
		}
		*into = c
	}
	return people, trade
}

// isTrade reports what a player is on the field.
func isTrade(c concept) bool {
	switch c {
	case "keeper", "defender", "midfielder", "winger", "striker":
		return true
	}
	return false
}

// sameMove reports whether both headlines tell the same of the market.
func (l lexicon) sameMove(a, b *features) bool {
	for c := range a.titleConcepts {
		if l.events[c] == transfer && b.titleConcepts[c] {
			return true
		}
	}
	return false
}
