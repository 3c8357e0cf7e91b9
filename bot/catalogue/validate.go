package catalogue

import (
	"errors"
	"fmt"
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// validate checks what only the whole can show: references, and names that more
// than one entry claims.
func (d *draft) validate() error {
	problems := d.validateReferences()
	problems = append(problems, d.validateRules()...)
	problems = append(problems, d.validateClaims()...)
	return errors.Join(problems...)
}

func (d *draft) validateReferences() []error {
	var problems []error
	for _, topic := range d.order {
		e := d.entries[topic]
		if isRoleID(topic) {
			problems = append(problems, fmt.Errorf("%s: ids that begin with of- are kept for roles", d.where(topic)))
		}
		if e.Parent != "" && !d.has(e.Parent) {
			problems = append(problems, fmt.Errorf("%s: parent %s does not exist", d.where(topic), e.Parent))
		}
		for _, t := range e.Tenures {
			if t.Club != "" && !d.has(t.Club) {
				problems = append(problems, fmt.Errorf("%s: tenure at %s, which does not exist", d.where(topic), t.Club))
			}
		}
	}
	return problems
}

// where names a topic and the place at which it is written down.
func (d *draft) where(topic subscriptions.Topic) string {
	if at := d.origin[topic]; at != "" {
		return fmt.Sprintf("%s (%s)", topic, at)
	}
	return string(topic)
}

func (d *draft) has(topic subscriptions.Topic) bool {
	_, ok := d.entries[topic]
	return ok
}

func (d *draft) validateRules() []error {
	var problems []error
	for _, r := range d.rules {
		if err := d.validateRule(r); err != nil {
			problems = append(problems, located(d.ruled[r.key()], err))
		}
	}
	return problems
}

func (d *draft) validateRule(r Rule) error {
	var problems []error
	bad := func(format string, args ...any) {
		problems = append(problems, fmt.Errorf("shared name %q: %s", r.Name, fmt.Sprintf(format, args...)))
	}
	if len(r.Claims) == 0 {
		bad("nobody claims it")
	}
	if r.Safety != Safe && r.Safety != Football && r.Safety != Word {
		bad("safety = %q: want safe, football or word", r.Safety)
	}
	if r.Both && (len(r.Claims) != 2 || r.Default != "" || len(r.Cues) > 0) {
		bad("both = true wants two claims, no default and no cues")
	}
	decides := []subscriptions.Topic{r.Default}
	for _, cue := range r.Cues {
		decides = append(decides, cue.Topic)
	}
	for _, topic := range r.Claims {
		if !d.has(topic) {
			bad("%s does not exist", topic)
		}
	}
	for _, topic := range decides {
		if topic != "" && !slices.Contains(r.Claims, topic) {
			bad("%s decides without a claim", topic)
		}
	}
	return errors.Join(problems...)
}

// claim is one entry's claim on a name.
type claim struct {
	topic    subscriptions.Topic
	language string
}

// validateClaims finds names that two entries claim, in a language they share,
// without a rule that tells them apart. Weak names never tag, and may be claimed
// by many.
func (d *draft) validateClaims() []error {
	var problems []error
	ruled := map[string][]string{} // languages of the rules of a name
	for _, r := range d.rules {
		key := nameKey(r.Name)
		ruled[key] = append(ruled[key], r.Language)
	}
	claims := map[string][]claim{}
	for _, topic := range d.order {
		for _, n := range d.entries[topic].Names {
			if n.Safety == Weak {
				continue
			}
			key := nameKey(n.Text)
			for _, language := range ruled[key] {
				if overlap(language, n.Language) {
					problems = append(problems, fmt.Errorf(
						"name %q of %s has a [[shared]] rule: name the claim there and not in the entry", n.Text, d.where(topic)))
				}
			}
			for _, other := range claims[key] {
				if other.topic != topic && overlap(other.language, n.Language) {
					problems = append(problems, fmt.Errorf(
						"name %q is claimed by %s and by %s: write a [[shared]] rule that tells them apart, or make it weak",
						n.Text, d.where(other.topic), d.where(topic)))
				}
			}
			claims[key] = append(claims[key], claim{topic, n.Language})
		}
	}
	return problems
}

// overlap says whether there is a language in which both names are used.
func overlap(a, b string) bool { return a == "" || b == "" || a == b }
