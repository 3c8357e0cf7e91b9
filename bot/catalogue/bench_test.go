package catalogue_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// larger is the catalogue with many times its names: invented clubs whose names
// look like those of Belgian ones.
func larger(t testing.TB, times int) *catalogue.Catalogue {
	t.Helper()
	c := builtin(t)
	var file strings.Builder
	entries := c.Entries()
	for n := range (times - 1) * len(entries) {
		e := entries[n%len(entries)]
		fmt.Fprintf(&file, "[[club]]\nid = \"copy-%d\"\nlabel.nl = \"Copy %d\"\ndivision = \"outside\"\nsafe.any = [", n, n)
		for i, name := range e.Names {
			if i > 0 {
				file.WriteString(", ")
			}
			fmt.Fprintf(&file, "%q", fmt.Sprintf("%c%s %x", 'A'+n%26, name.Text, n))
		}
		file.WriteString("]\n")
	}
	more, err := c.Extend("larger.toml", strings.NewReader(file.String()))
	if err != nil {
		t.Fatal(err)
	}
	return more
}

// BenchmarkComplete compares completion with looking at every name, and with a
// catalogue of ten times as many names. The limit of the product is 20 ms.
func BenchmarkComplete(b *testing.B) {
	one, ten := builtin(b), larger(b, 10)
	for _, typed := range []string{"c", "genk", "vanhaezebroeck", "clement philipe"} {
		b.Run("every-name/"+typed, func(b *testing.B) {
			for b.Loop() {
				everyName(one, typed)
			}
		})
		b.Run("index/"+typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				one.Complete(typed, "nl", 10)
			}
		})
		b.Run("index-10x/"+typed, func(b *testing.B) {
			for b.Loop() {
				ten.Complete(typed, "nl", 10)
			}
		})
	}
}

// BenchmarkQueries reports the mean and the slowest of the fans' queries, against
// the 20 ms within which a completion must be there.
func BenchmarkQueries(b *testing.B) {
	c, all := builtin(b), queries(b)
	var slowest time.Duration
	n := 0
	for b.Loop() {
		begin := time.Now()
		c.Complete(all[n%len(all)].query, "nl", 25)
		slowest = max(slowest, time.Since(begin))
		n++
	}
	b.ReportMetric(float64(slowest.Microseconds()), "slowest-µs")
}

// everyName is the baseline: is what was typed part of a name?
func everyName(c *catalogue.Catalogue, typed string) int {
	found := 0
	for _, e := range c.Entries() {
		for _, n := range e.Names {
			if strings.Contains(strings.ToLower(n.Text), typed) {
				found++
				break
			}
		}
	}
	return found
}

func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		builtin(b)
	}
}
