package catalogue

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestNearAgreesWithTheFullTable compares the walk with the distance computed
// plainly, for every beginning of every term.
func TestNearAgreesWithTheFullTable(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	word := func(longest int) string {
		letters := make([]byte, 1+random.IntN(longest))
		for i := range letters {
			letters[i] = "abc"[random.IntN(3)]
		}
		return string(letters)
	}
	names := map[string][]int32{}
	for range 400 {
		names[word(9)] = nil
	}
	for range 40 { // far longer than any query, and than the table is high
		names[word(9)+strings.Repeat("abc", 20)] = nil
	}
	p := newPostings(names)
	for range 300 {
		query, allowed := word(9), random.IntN(3)
		type hit struct {
			errors int
			whole  bool
		}
		got := map[string]hit{}
		p.near(query, allowed, func(term, errors int, whole bool) {
			got[p.terms[term]] = hit{errors, whole}
		})
		for _, term := range p.terms {
			whole, begun := distance(term, query), len(query)
			for n := range len(term) + 1 {
				begun = min(begun, distance(term[:n], query))
			}
			want, wanted := hit{begun, false}, begun <= allowed
			if whole <= begun {
				want.whole = true
			}
			if found, ok := got[term]; ok != wanted || ok && found != want {
				t.Fatalf("near(%q, %d) of %q = %v %v, want %v %v", query, allowed, term, found, ok, want, wanted)
			}
		}
	}
}

// distance is the optimal string alignment distance, by the book.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 0
			if a[i-1] != b[j-1] {
				change = 1
			}
			rows[i][j] = slices.Min([]int{rows[i-1][j] + 1, rows[i][j-1] + 1, rows[i-1][j-1] + change})
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
