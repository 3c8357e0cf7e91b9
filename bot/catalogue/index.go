package catalogue

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// index is what look-up and completion search: two sorted lists, of whole names
// and of their words, each with what stands behind it. A sorted list is a trie
// that needs no pointers: neighbours share their beginnings.
type index struct {
	entries []ranked
	names   []indexed
	keys    postings // of whole names
	words   postings // of single words
	popular []int    // entries, most popular first; no role topics
}

// ranked is what orders an entry among equal matches.
type ranked struct {
	popular int
	label   string
}

// indexed is one name of one entry.
type indexed struct {
	entry    int
	language string
}

// postings are sorted, distinct terms and the names in which each stands.
type postings struct {
	terms []string
	names [][]int32
}

// The tiers of a match, best first. A name of another language than the asker's
// comes just after the same match in his own.
const (
	tierExact     = 0
	tierBare      = 2 // but for articles and club letters
	tierPrefix    = 4 // the name begins so
	tierWords     = 6 // its words begin so, in any order
	tierNear      = 8 // the whole name, with a typing error
	tierNearWords = 12
	noMatch       = 1 << 14
)

func newIndex(entries []Entry) *index {
	x := &index{}
	keys, words := map[string][]int32{}, map[string][]int32{}
	for i, e := range entries {
		x.entries = append(x.entries, ranked{e.Popular, e.label("nl")})
		if e.RoleOf == "" {
			x.popular = append(x.popular, i)
		}
		seen := map[string]bool{}
		for _, n := range e.Names {
			folded := fold(n.Text)
			key := joined(folded)
			if seen[key] {
				continue
			}
			seen[key] = true
			id := int32(len(x.names))
			x.names = append(x.names, indexed{i, n.Language})
			keys[key] = append(keys[key], id)
			if short := joined(bare(folded)); short != key {
				keys[short] = append(keys[short], id)
			}
			for _, w := range folded {
				if at := words[w]; len(at) == 0 || at[len(at)-1] != id {
					words[w] = append(words[w], id)
				}
			}
		}
	}
	x.keys, x.words = newPostings(keys), newPostings(words)
	slices.SortStableFunc(x.popular, x.compare)
	return x
}

func newPostings(names map[string][]int32) postings {
	p := postings{terms: make([]string, 0, len(names))}
	for term := range names {
		p.terms = append(p.terms, term)
	}
	slices.Sort(p.terms)
	for _, term := range p.terms {
		p.names = append(p.names, names[term])
	}
	return p
}

// compare orders entries by popularity, then by name.
func (x *index) compare(a, b int) int {
	return cmp.Or(
		cmp.Compare(x.entries[b].popular, x.entries[a].popular),
		strings.Compare(x.entries[a].label, x.entries[b].label),
	)
}

// named returns the entries that have exactly this name, most popular first.
func (x *index) named(words []string) []int {
	key := joined(words)
	at, ok := slices.BinarySearch(x.keys.terms, key)
	if !ok || key == "" {
		return nil
	}
	var entries []int
	for _, n := range x.keys.names[at] {
		if e := x.names[n].entry; !slices.Contains(entries, e) {
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, x.compare)
	return entries
}

// search scores the entries that resemble the query.
func (x *index) search(q query, language string) *scores {
	s := &scores{index: x, language: language, best: make([]int16, len(x.entries))}
	for i := range s.best {
		s.best[i] = noMatch
	}
	for i, words := range [][]string{q.words, q.bare} {
		if i == 0 || len(words) < len(q.words) {
			s.wholeNames(joined(words), tierBare*i)
		}
	}
	s.byWords(q.bare)
	slices.SortFunc(s.found, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.best[a], s.best[b]), s.compare(a, b), cmp.Compare(a, b))
	})
	return s
}

// scores are what a search found: the best tier of each entry.
type scores struct {
	*index
	language string
	best     []int16 // by entry
	found    []int   // entries, best first
}

// foremost returns the entries that match as well as the best one.
func (s *scores) foremost() []int {
	for i, e := range s.found {
		if s.best[e]/2 > s.best[s.found[0]]/2 {
			return s.found[:i]
		}
	}
	return s.found
}

func (s *scores) hit(name int32, tier int) {
	n := s.names[name]
	if n.language != "" && n.language != s.language {
		tier++
	}
	if s.best[n.entry] == noMatch {
		s.found = append(s.found, n.entry)
	}
	s.best[n.entry] = min(s.best[n.entry], int16(tier))
}

// wholeNames scores names that are, begin with or resemble the key.
func (s *scores) wholeNames(key string, offset int) {
	s.keys.near(key, typos(key), func(term, errors int, whole bool) {
		if errors > 0 && !whole && len(key) < minUnfinished {
			return
		}
		tier := offset
		switch {
		case errors == 0 && whole:
			tier += tierExact
		case errors == 0:
			tier += tierPrefix
		case whole:
			tier += tierNear + 2*errors - 2
		default:
			tier += tierNear + 2*errors
		}
		for _, n := range s.keys.names[term] {
			s.hit(n, tier)
		}
	})
}

// byWords scores names in which every word of the query stands or begins one,
// in whatever order.
func (s *scores) byWords(words []string) {
	matched := make([]uint8, len(s.names)) // how many words so far
	errorsOf := make([]uint8, len(s.names))
	var last []int32
	for i, word := range words {
		last = last[:0]
		for _, allowed := range []int{0, typos(word)} {
			s.words.near(word, allowed, func(term, errors int, whole bool) {
				if errors > 0 && !whole && len(word) < minUnfinished {
					return
				}
				for _, n := range s.words.names[term] {
					if int(matched[n]) == i {
						matched[n]++
						errorsOf[n] += uint8(errors)
						last = append(last, n)
					}
				}
			})
			if allowed == typos(word) {
				break
			}
		}
	}
	for _, n := range last {
		tier := tierWords
		if e := int(errorsOf[n]); e > 0 {
			tier = tierNearWords + 2*e
		}
		s.hit(n, tier)
	}
}

// minUnfinished is how long a word must be to be taken for the beginning of a
// name with a typing error in it; any short word is that of some name.
const minUnfinished = 6

// typos is how many typing errors a word of that length may have.
func typos(word string) int {
	switch n := len(word); {
	case n < 4:
		return 0
	case n < 9:
		return 1
	default:
		return 2
	}
}

const (
	// maxKey and maxQuery bound the letters that are compared, so that the table
	// of distances has a fixed size.
	maxKey   = 48
	maxQuery = 40
)

// near visits every term within allowed typing errors of the query (a letter
// wrong, missing, too many, or two swapped: the optimal string alignment
// distance), or beginning with something that is; whole says that it is the whole
// term. It walks the sorted terms as if they were a trie: the rows of the table
// for a shared beginning are computed once, and a beginning that is too far off
// already is skipped with all that follows it.
func (p *postings) near(query string, allowed int, visit func(term, errors int, whole bool)) {
	t := newTable(query[:min(len(query), maxQuery)], uint8(allowed))
	previous := ""
	for i := 0; i < len(p.terms); {
		term := p.terms[i][:min(len(p.terms[i]), maxKey)]
		depth := shared(previous, term)
		alive := true
		for depth < len(term) && alive {
			depth++
			alive = t.extend(term, depth)
		}
		previous = term[:depth]
		if !alive {
			i = p.after(i, previous)
			continue
		}
		switch whole, begun := t.whole[depth], t.begun[depth]; {
		case whole <= t.allowed && whole <= begun:
			visit(i, int(whole), true)
		case begun <= t.allowed:
			visit(i, int(begun), false)
		}
		i++
	}
}

// table holds the distances between the beginnings of a term and those of the
// query. Only the band of cells that can stay within the allowed errors is
// computed; what is outside counts as too far.
type table struct {
	query   string
	allowed uint8
	rows    [maxKey + 1][maxQuery + 2]uint8
	whole   [maxKey + 1]uint8 // distance of the term's beginning of that length
	begun   [maxKey + 1]uint8 // least distance of any beginning up to that length
}

func newTable(query string, allowed uint8) *table {
	t := &table{query: query, allowed: allowed}
	for j := range len(query) + 1 {
		t.rows[0][j] = uint8(j)
	}
	t.whole[0], t.begun[0] = uint8(len(query)), uint8(len(query))
	return t
}

// extend computes the row of a term's first depth letters, the shorter ones being
// there, and says whether a term that begins so can still match.
func (t *table) extend(term string, depth int) bool {
	if depth > len(t.query)+int(t.allowed) {
		// The band has left the row, which has no cells so far out: the term is too
		// long to be the query, but may still begin with it.
		t.whole[depth], t.begun[depth] = t.allowed+1, t.begun[depth-1]
		return t.begun[depth] <= t.allowed
	}
	above, now := &t.rows[depth-1], &t.rows[depth]
	tooFar := t.allowed + 1
	from, to := max(1, depth-int(t.allowed)), min(len(t.query), depth+int(t.allowed))
	now[from-1] = tooFar
	if from == 1 {
		now[0] = uint8(depth)
	}
	low, letter := now[from-1], term[depth-1]
	for j := from; j <= to; j++ {
		change := above[j-1]
		if t.query[j-1] != letter {
			change++
		}
		now[j] = min(change, above[j]+1, now[j-1]+1)
		if depth > 1 && j > 1 && t.query[j-1] == term[depth-2] && t.query[j-2] == letter {
			now[j] = min(now[j], t.rows[depth-2][j-2]+1)
		}
		low = min(low, now[j], above[j-1]+1) // two swapped letters reach over a row
	}
	now[max(from, to+1)] = tooFar
	t.whole[depth] = tooFar
	if to == len(t.query) && from-1 <= to {
		t.whole[depth] = now[to]
	}
	t.begun[depth] = min(t.begun[depth-1], t.whole[depth])
	return low <= t.allowed || t.begun[depth] <= t.allowed
}

// after returns the first term after i that does not begin so.
func (p *postings) after(i int, beginning string) int {
	rest := p.terms[i:]
	return i + sort.Search(len(rest), func(k int) bool { return !strings.HasPrefix(rest[k], beginning) })
}

// shared is the length of the beginning that two terms have in common.
func shared(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
