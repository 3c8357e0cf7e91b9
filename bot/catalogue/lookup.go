package catalogue

import "strings"

// index is what look-up and completion search.
type index struct {
	entries []Entry
	exact   map[string][]int
}

func newIndex(entries []Entry) *index {
	x := &index{entries: entries, exact: map[string][]int{}}
	for i, e := range entries {
		for _, n := range e.Names {
			key := strings.Join(fold(n.Text), "")
			x.exact[key] = append(x.exact[key], i)
		}
	}
	return x
}

// Find looks up what a person typed: a name or a nickname in any language,
// without regard to case, accents and apostrophes.
func (c *Catalogue) Find(query string) Finding {
	hits := c.index.exact[strings.Join(fold(query), "")]
	if len(hits) == 1 {
		return Finding{Entry: &c.entries[hits[0]]}
	}
	var f Finding
	for _, i := range hits {
		f.Candidates = append(f.Candidates, c.entries[i])
	}
	return f
}

// Complete returns the entries that may be meant by what was typed so far, best
// first; with nothing typed the popular ones. Language chooses among equals.
func (c *Catalogue) Complete(typed, language string, limit int) []Entry {
	key := strings.Join(fold(typed), "")
	var found []Entry
	for _, e := range c.entries {
		for _, n := range e.Names {
			if len(found) < limit && strings.HasPrefix(strings.Join(fold(n.Text), ""), key) {
				found = append(found, e)
				break
			}
		}
	}
	return found
}
