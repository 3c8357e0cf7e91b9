package tagging

// trie finds phrases of words. A word is its number in the lexicon, so a step
// costs one look-up in a map however many phrases there are, and a match can
// only begin and end where a word does.
type trie struct {
	steps map[step]int32
	ends  []int32 // by node: the phrase that ends there plus one, or 0
}

type step struct {
	node int32
	word uint32
}

func newTrie() *trie {
	return &trie{steps: map[step]int32{}, ends: []int32{0}}
}

// add enters a phrase and returns its number and whether it is new. Phrases of
// the same words are one.
func (t *trie) add(words []uint32, phrase int32) (int32, bool) {
	node := int32(0)
	for _, w := range words {
		next, ok := t.steps[step{node, w}]
		if !ok {
			next = int32(len(t.ends)) //nolint:gosec // G115: a trie of names has nothing like 2³¹ nodes
			t.ends = append(t.ends, 0)
			t.steps[step{node, w}] = next
		}
		node = next
	}
	if e := t.ends[node]; e != 0 {
		return e - 1, false
	}
	t.ends[node] = phrase + 1
	return phrase, true
}

// longest returns the longest phrase that begins at the first of these tokens,
// and how many tokens it takes; 0 if there is none.
func (t *trie) longest(tokens []token) (phrase int32, n int) {
	t.each(tokens, func(p int32, m int) { phrase, n = p, m })
	return phrase, n
}

// each calls fn for every phrase that begins at the first of these tokens, the shortest first,
// with how many tokens it takes.
func (t *trie) each(tokens []token, fn func(phrase int32, n int)) {
	node := int32(0)
	for i := range tokens {
		if tokens[i].word == 0 || i > 0 && tokens[i].before.breaks() {
			break
		}
		next, ok := t.steps[step{node, tokens[i].word}]
		if !ok {
			break
		}
		node = next
		if e := t.ends[node]; e != 0 {
			fn(e-1, i+1)
		}
	}
}
