package sqlite

import (
	"fmt"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Masks let one integer comparison in SQL say whether a subscription wants a
// story. The bits are kept in the file: a bit never changes its meaning.

// Any story fits a mask of all languages.
const anyLanguage = -1

// kindBit is the bit of a story's kind.
func kindBit(k subscriptions.Kind) int64 {
	switch k {
	case subscriptions.Fact:
		return 1
	case subscriptions.Rumour:
		return 2
	case subscriptions.Quote:
		return 4
	case subscriptions.Roundup:
		return 8
	case subscriptions.Poll:
		return 16
	case subscriptions.Other:
		return 32
	}
	return 32 // an unknown kind is like Other
}

const everyKind = 63

// languageBit is the bit of a language. The bot speaks four; all others share one.
func languageBit(language string) int64 {
	switch language {
	case "nl":
		return 1
	case "fr":
		return 2
	case "de":
		return 4
	case "en":
		return 8
	}
	return 16
}

// A subscription's mask has the languages that come at once in the low bits, and
// above them those that only a digest brings. Without a language that goes first
// the upper bits are empty, or all set as the lower are.
const laterShift = 8

// laneLanguages is the mask that a story's languages must meet in a lane: what may
// come at once may come in a digest as well.
func laneLanguages(lane subscriptions.Lane, languages int64) int64 {
	if lane == subscriptions.LaneDigest {
		return languages | languages<<laterShift
	}
	return languages
}

// scopeBit is the bit of a scope.
func scopeBit(s subscriptions.Scope) (int64, error) {
	switch s {
	case subscriptions.ScopeAbout:
		return 1, nil
	case subscriptions.ScopeMention:
		return 2, nil
	case subscriptions.ScopeYouth:
		return 4, nil
	case subscriptions.ScopeWomen:
		return 8, nil
	case subscriptions.ScopeSquad:
		return 16, nil
	}
	return 0, fmt.Errorf("unknown scope %q", s)
}

// wishes are the masks of one subscription.
type wishes struct{ alerts, digest, languages, scopes int64 }

// wishesOf turns a cadence and a filter into masks.
func wishesOf(s subscriptions.Subscription) (wishes, error) {
	now := int64(everyKind)
	var digestOnly int64
	f := s.Filter
	for _, p := range []struct {
		kind   subscriptions.Kind
		policy subscriptions.Policy
	}{{subscriptions.Rumour, f.Rumours}, {subscriptions.Quote, f.Quotes}, {subscriptions.Roundup, f.Roundups}} {
		switch p.policy {
		case subscriptions.Now:
		case subscriptions.OnlyDigest:
			now &^= kindBit(p.kind)
			digestOnly |= kindBit(p.kind)
		case subscriptions.Never:
			now &^= kindBit(p.kind)
		default:
			return wishes{}, fmt.Errorf("unknown policy %q", p.policy)
		}
	}
	w := wishes{digest: digestOnly, languages: anyLanguage, scopes: 1}
	switch s.Cadence {
	case subscriptions.Instant:
		w.alerts = now
		if f.First != "" {
			w.digest |= now // for the other languages
		}
	case subscriptions.InDigest:
		w.digest |= now
	case subscriptions.Both:
		w.alerts = now
		w.digest |= now
	default:
		return wishes{}, fmt.Errorf("unknown cadence %q", s.Cadence)
	}
	if len(f.Languages) > 0 {
		w.languages = 0
	}
	for _, l := range f.Languages {
		w.languages |= languageBit(l)
	}
	if f.First != "" {
		w.languages = w.languages&languageBit(f.First) | w.languages<<laterShift
	}
	for _, scope := range f.Scopes {
		bit, err := scopeBit(scope)
		if err != nil {
			return wishes{}, err
		}
		w.scopes |= bit
	}
	return w, nil
}
