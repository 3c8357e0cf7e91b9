package feed_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// allocated returns how many bytes f allocates in all, freed ones too: more than it
// ever holds. The test must not be parallel.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// peak returns the most that the heap grew by while f ran, as seen by looking all the
// time.
func peak(f func()) uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	look := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before, most := look(), uint64(0)
	done, looked := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(looked)
		for {
			select {
			case <-done:
				return
			default:
				most = max(most, look())
				runtime.Gosched()
			}
		}
	}()
	f()
	close(done)
	<-looked
	return max(most, before) - before
}

// mostTimes is how many times its size a document may cost.
const mostTimes = 8

// TestMemoryOfHostileDocuments: a document that is made to hurt costs little.
func TestMemoryOfHostileDocuments(t *testing.T) { //nolint:paralleltest // it weighs the process
	for name, doc := range hostileFeeds() {
		t.Run(name, func(t *testing.T) {
			body := []byte(doc)
			n := allocated(func() { _, _ = feed.ParseFeed(body, nil, noon()) })
			if n > mostTimes*uint64(len(body)) {
				t.Errorf("%d bytes for a body of %d", n, len(body))
			}
		})
	}
}

// TestMemoryOfALargeDocument: an honest document as large as is read does not cost
// much either, in a process that holds little else.
func TestMemoryOfALargeDocument(t *testing.T) { //nolint:paralleltest // it weighs the process
	var doc bytes.Buffer
	doc.WriteString("<rss version='2.0'><channel>")
	text := strings.Repeat("De bezembinders wonnen de derby. ", 450)
	for i := range 250 {
		fmt.Fprintf(&doc, "<item><title>Kop nummer %d van de dag</title><link>https://a.example/%d</link><description>%s</description></item>", i, i, text)
	}
	doc.WriteString("</channel></rss>")
	n := peak(func() {
		if f, err := feed.ParseFeed(doc.Bytes(), nil, noon()); err != nil || len(f.Entries) != 250 {
			t.Errorf("%d entries, %v", len(f.Entries), err)
		}
	})
	if n > mostTimes*uint64(doc.Len()) {
		t.Errorf("%d bytes for a body of %d", n, doc.Len())
	}
	t.Logf("%.2f times the body", float64(n)/float64(doc.Len()))
}

// TestMemoryOfHugeAnswers: an answer without end, and one that a thousandth of its size
// unpacks to, cost at most 40 MiB, the publisher's side of it included.
func TestMemoryOfHugeAnswers(t *testing.T) { //nolint:paralleltest // it weighs the process
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	block := bytes.Repeat([]byte("<rss>"), 1<<14)
	for range 1250 {
		if _, err := z.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, handler := range map[string]http.HandlerFunc{
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		},
		"100 MB": func(w http.ResponseWriter, _ *http.Request) {
			for range 1250 {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			source := newSource(t, serve(t, handler), feed.KindFeed)
			n := allocated(func() {
				if _, err := source.Fetch(t.Context(), subscriptions.Checkpoint{}); err == nil {
					t.Error("accepted")
				}
			})
			if n > 40<<20 {
				t.Errorf("%d MiB", n>>20)
			}
			t.Logf("%.1f MiB", float64(n)/(1<<20))
		})
	}
}
