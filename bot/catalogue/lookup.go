package catalogue

import (
	"slices"
	"strings"
)

const (
	// maxTyped is how much of what was typed is looked at; no name is longer.
	maxTyped = 200
	// maxWords bounds the words of a query.
	maxWords = 8
	// minQuery is how many letters resemble anything.
	minQuery = 2
	// maxCandidates is how many "did you mean" a person is asked to choose from.
	maxCandidates = 5
)

// Find looks up what a person typed: a name or a nickname in any language,
// without regard to case, accents, apostrophes, articles and "FC" or "KV".
// "coach of" a club, in any of the languages, finds the club's role topic.
func (c *Catalogue) Find(query string) Finding {
	q := parse(query)
	if len(q.words) == 0 {
		return Finding{}
	}
	if hits := c.exact(q); len(hits) == 1 {
		entry := c.entries[hits[0]]
		return Finding{Entry: &entry}
	} else if len(hits) > 1 {
		return Finding{Candidates: c.pick(hits, maxCandidates)}
	}
	if len(joined(q.words)) < minQuery {
		return Finding{}
	}
	found := c.index.search(q, "").foremost()
	return Finding{Candidates: c.pick(c.forRole(q, found), maxCandidates)}
}

// Complete returns the entries that may be meant by what was typed so far, best
// first: by name, by the beginnings of words in any order, and with a typing
// error. With nothing typed it returns the popular ones. Names of the given
// language win among equals.
func (c *Catalogue) Complete(typed, language string, limit int) []Entry {
	q := parse(typed)
	if len(q.words) == 0 && !q.role {
		return c.pick(c.index.popular, limit)
	}
	found := c.index.popular
	if len(q.words) > 0 {
		found = c.index.search(q, language).found
	}
	return c.pick(c.withRole(q, c.forRole(q, found)), limit)
}

// query is what was typed, folded.
type query struct {
	words []string // all of them, but for those that ask for a coach
	bare  []string // without articles and the letters before a club's name
	role  bool     // it asks for "the coach of"
}

func parse(text string) query {
	typed := fold(text[:min(len(text), maxTyped)]) // a letter cut in two folds to nothing
	typed = typed[:min(len(typed), maxWords)]
	q := query{words: typed}
	if slices.ContainsFunc(typed, isRoleWord) {
		q.role = true
		q.words = slices.DeleteFunc(slices.Clone(typed), func(w string) bool { return isRoleWord(w) || isFiller(w) })
	}
	if at := slices.IndexFunc(typed, isNationalRole); at >= 0 {
		q.role, q.words = true, typed[at:at+1]
	}
	q.bare = bare(q.words)
	return q
}

// isNationalRole says that the word alone asks for the coach of the national
// team; it is one of the team's names too.
func isNationalRole(w string) bool {
	switch w {
	case "bondscoach", "selectionneur", "nationaltrainer":
		return true
	}
	return false
}

// bare drops articles and club letters, unless nothing is left.
func bare(words []string) []string {
	rest := slices.DeleteFunc(slices.Clone(words), isAffix)
	if len(rest) == 0 {
		return words
	}
	return rest
}

func isRoleWord(w string) bool {
	switch w {
	case "coach", "trainer", "entraineur", "entraineurs", "hoofdcoach", "hoofdtrainer", "oefenmeester", "t1", "cheftrainer", "manager":
		return true
	}
	return false
}

func isFiller(w string) bool {
	switch w {
	case "van", "de", "du", "des", "d", "of", "von", "vom", "le", "the", "der", "dem", "den":
		return true
	}
	return false
}

func isAffix(w string) bool {
	switch w {
	case "de", "het", "t", "la", "le", "les", "l", "d", "the", "die", "der", "das", "dem", "den",
		"fc", "kv", "k", "r", "sk", "sv", "vc", "sc", "as", "aa", "kfc", "royal", "royale", "koninklijke":
		return true
	}
	return false
}

// exact returns the entries one of whose names is what was typed.
func (c *Catalogue) exact(q query) []int {
	for _, words := range [][]string{q.words, q.bare} {
		if hits := c.index.named(words); len(hits) > 0 {
			return c.forRole(q, hits)
		}
	}
	return nil
}

// forRole turns clubs into their role topics when the query asks for a coach; a
// coach stays who he is, and what has no role falls away.
func (c *Catalogue) forRole(q query, hits []int) []int {
	if !q.role {
		return hits
	}
	var roles []int
	for _, i := range hits {
		e := c.entries[i]
		role, ok := c.role(e)
		switch {
		case ok:
			roles = append(roles, role)
		case e.Topic.Type() == "coach" && len(q.words) > 0:
			roles = append(roles, i)
		}
	}
	return roles
}

// withRole adds the role topic of the best club at the end, so that people see
// that a club's coach can be followed as well.
func (c *Catalogue) withRole(q query, hits []int) []int {
	if q.role || len(hits) == 0 {
		return hits
	}
	if role, ok := c.role(c.entries[hits[0]]); ok && !slices.Contains(hits, role) {
		return append(slices.Clone(hits), role)
	}
	return hits
}

// role returns the role topic of a club or a team.
func (c *Catalogue) role(e Entry) (int, bool) {
	i, ok := c.at[roleTopic(e.Topic)]
	return i, ok && c.entries[i].RoleOf == e.Topic
}

// pick returns the first entries of a ranking.
func (c *Catalogue) pick(hits []int, limit int) []Entry {
	n := min(len(hits), max(limit, 0))
	entries := make([]Entry, 0, n)
	for _, i := range hits[:n] {
		entries = append(entries, c.entries[i])
	}
	return entries
}

// joined is the key of a name: its words without what parts them, so that
// "zultewaregem" and "Zulte-Waregem" are one.
func joined(words []string) string { return strings.Join(words, "") }

// SameName says that two spellings are one name to the look-up: without regard to
// case, accents, and what parts the words.
func SameName(a, b string) bool {
	key := joined(fold(a))
	return key != "" && key == joined(fold(b))
}
