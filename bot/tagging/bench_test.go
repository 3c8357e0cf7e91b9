package tagging

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
)

// Title and lead of about four hundred characters, with names, a quotation and a
// score: what a feed brings. Written for this benchmark.
func benchItem() Item {
	return Item{
		Language: "nl", Source: "voetbalkrant.com", URL: "https://www.voetbalkrant.com/nieuws/2026-10-12/x",
		Title: `Leko ziet Club in slotfase winnen van Genk: "Dit was een avond om in te kaderen"`,
		Lead: "Club Brugge heeft de topper tegen KRC Genk met 2-1 gewonnen. De ploeg van trainer Ivan Leko keek lang tegen een achterstand aan, " +
			"maar Hans Vanaken en een invaller bezorgden blauw-zwart toch nog de drie punten. Volgende week trekt Club naar Anderlecht, " +
			"terwijl de Limburgers dan Standard ontvangen in de Cegeka Arena.",
	}
}

func builtin(tb testing.TB) *catalogue.Catalogue {
	tb.Helper()
	c, err := catalogue.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// lookUp is the bare look-up of names: the text cut, folded and run through the
// trie, and nothing decided.
func (t *Tagger) lookUp(r *reading, it *Item) {
	r.reset(t, it)
	r.read()
}

// nsPerOp returns what one call of fn costs, over some thousand calls.
func nsPerOp(fn func()) float64 {
	const calls = 3000
	for range calls / 10 {
		fn()
	}
	start := time.Now()
	for range calls {
		fn()
	}
	return float64(time.Since(start).Nanoseconds()) / calls
}

// BenchmarkTag reports a whole tagging beside the bare look-up of the same text in
// the same run.
func BenchmarkTag(b *testing.B) {
	tagger := New(builtin(b))
	item := benchItem()
	long := item
	long.Body = strings.Repeat(item.Lead+" ", 5<<10/len(item.Lead)+1)[:5<<10]
	for name, it := range map[string]Item{"title and lead": item, "5 kB body": long} {
		b.Run(name, func(b *testing.B) {
			r := new(reading)
			bare := nsPerOp(func() { tagger.lookUp(r, &it) })
			b.ReportAllocs()
			for b.Loop() {
				tagger.Tag(it)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/bare, "×look-up")
			b.ReportMetric(bare, "ns/look-up")
		})
	}
}

// BenchmarkNames reports a tagging with ten times as many names beside one with
// the built-in catalogue: the cost must not grow with the names.
func BenchmarkNames(b *testing.B) {
	few := New(builtin(b))
	many := New(tenfold(b))
	item := benchItem()
	base := nsPerOp(func() { few.Tag(item) })
	for b.Loop() {
		many.Tag(item)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/base, "×built-in")
	b.ReportMetric(float64(len(many.reg.names))/float64(len(few.reg.names)), "×names")
}

// tenfold returns the built-in catalogue with so many invented names that
// there are ten times as many, decoys and players included.
func tenfold(tb testing.TB) *catalogue.Catalogue {
	tb.Helper()
	c := builtin(tb)
	n := 0
	for _, e := range c.Entries() {
		n += len(e.Names)
	}
	var file strings.Builder
	file.WriteString("as_of = \"2026-11-23\"\n")
	for i := range 12 * n / 3 {
		fmt.Fprintf(&file, "\n[[club]]\nid = \"invented-%d\"\nlabel.nl = \"Invented %d\"\ndivision = \"outside\"\nsafe.any = [\"FC Invented%d\", \"Invented%d United\"]\nfootball.any = [\"Inv%d\"]\n", i, i, i, i, i)
	}
	more, err := c.Extend("invented.toml", strings.NewReader(file.String()))
	if err != nil {
		tb.Fatal(err)
	}
	return more
}

// A tagging may not allocate much: a poll brings hundreds of items.
func TestAllocations(t *testing.T) {
	tagger := New(builtin(t))
	item := benchItem()
	if n := testing.AllocsPerRun(200, func() { tagger.Tag(item) }); n > 25 {
		t.Errorf("%.0f allocations: want at most 25", n)
	}
}
