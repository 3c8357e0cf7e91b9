package feed_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// A publisher that sends one byte a second, of its headers or of its body, or
// that never ends, frees the worker after 15 seconds.
func TestFetchSlowPublishers(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	for name, answer := range map[string]struct{ atOnce, slowly string }{
		"slow headers": {"", "HTTP/1.1 200 OK\r\nX-Slow: " + strings.Repeat("x", 100)},
		"slow body":    {head, strings.Repeat("1\r\nx\r\n", 100)},
		"never ending": {head + strings.Repeat("1\r\nx\r\n", 100), strings.Repeat(" ", 100)},
		"silence":      {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, err := feed.New(feed.Config{URL: "http://traag.example/rss"}, feed.Options{Transport: &http.Transport{
					DialContext: func(context.Context, string, string) (net.Conn, error) {
						ours, theirs := net.Pipe()
						go dribble(theirs, answer.atOnce, answer.slowly)
						return ours, nil
					},
				}})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				_, err = s.Fetch(t.Context(), subscriptions.Checkpoint{})
				var fe *bot.FetchError
				if !errors.As(err, &fe) || fe.Reason != "no complete answer within 15 s" {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start); took != 15*time.Second {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

// dribble answers a request, the second part a byte a second, until the other
// side hangs up.
func dribble(c net.Conn, atOnce, slowly string) {
	defer c.Close()
	// An answer before the request is another fault.
	buf := make([]byte, 4096)
	if _, err := c.Read(buf); err != nil {
		return
	}
	hungUp := make(chan struct{})
	go func() {
		defer close(hungUp)
		for {
			if _, err := c.Read(buf); err != nil {
				return
			}
		}
	}()
	if _, err := c.Write([]byte(atOnce)); err != nil {
		return
	}
	for i := range len(slowly) {
		select {
		case <-time.After(time.Second):
		case <-hungUp:
			return
		}
		if _, err := c.Write([]byte{slowly[i]}); err != nil {
			return
		}
	}
	<-hungUp
}

func TestFetchBoundsTheBody(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 24 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var sent atomic.Int64
	tests := map[string]struct {
		handler http.HandlerFunc
		reason  string
	}{
		"gzip bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		}, "larger than 4 MiB"},
		"100 MB": {func(w http.ResponseWriter, _ *http.Request) {
			block := bytes.Repeat([]byte("<rss>"), 1<<14)
			for range 1250 {
				n, err := w.Write(block)
				if err != nil {
					return
				}
				sent.Add(int64(n))
			}
		}, "larger than 4 MiB"},
		"shorter than promised": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, rss())
		}, "the answer ended too early"},
		"broken gzip": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "no gzip at all")
		}, "gzip: invalid header"},
		"headers without end": {func(w http.ResponseWriter, _ *http.Request) {
			for i := range 200 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 1000))
			}
		}, "connection failed"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newSource(t, serve(t, tc.handler), feed.KindFeed).Fetch(t.Context(), subscriptions.Checkpoint{})
			if err == nil || name != "headers without end" && err.Error() != tc.reason {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Cleanup(func() {
		if n := sent.Load(); n > 50<<20 {
			t.Errorf("%d bytes were sent before we hung up", n)
		}
	})
}

// Names that resolve to, and redirects that lead to, the operator's own network.
func TestFetchDialsNothingPrivate(t *testing.T) {
	t.Parallel()
	var hits atomic.Int64
	inside := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(inside, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{
		inside, "http://localhost:" + port, "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port,
		"http://0.0.0.0:" + port, "http://127.1.2.3:" + port, "http://10.0.0.1", "http://192.168.1.1", "http://172.16.0.1",
		"http://169.254.169.254/latest", "http://[fe80::1]", "http://[fd00::1]", "http://100.64.0.1", "http://[64:ff9b::7f00:1]", "http://224.0.0.1",
	} {
		_, err := newSource(t, serve(t, redirect(target)), feed.KindFeed).Fetch(t.Context(), subscriptions.Checkpoint{})
		if err == nil || err.Error() != "leads to a private address" && err.Error() != "DNS: no such host" {
			t.Errorf("%s: got %v", target, err)
		}
	}
	if hits.Load() != 0 {
		t.Errorf("the inside was asked %d times", hits.Load())
	}
}

// The configured source itself may be local, and lead to itself.
func TestFetchFollowsRedirects(t *testing.T) {
	t.Parallel()
	for hops, ok := range map[int]bool{0: true, 1: true, 5: true, 6: false} {
		at := serve(t, func(w http.ResponseWriter, r *http.Request) {
			var n int
			if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err != nil || n == 0 {
				fmt.Fprint(w, rss([3]string{"Genk wint met ruime cijfers", "/x/y", ""}))
				return
			}
			http.Redirect(w, r, fmt.Sprintf("/%d", n-1), http.StatusMovedPermanently)
		})
		got, err := newSource(t, fmt.Sprintf("%s/%d", at, hops), feed.KindFeed).Fetch(t.Context(), subscriptions.Checkpoint{})
		if (err == nil) != ok || ok && len(got.Entries) != 1 {
			t.Errorf("%d hops: %v, %v", hops, got, err)
		}
	}
}

func TestFetchReasons(t *testing.T) {
	t.Parallel()
	closed := serve(t, func(http.ResponseWriter, *http.Request) {})
	tests := map[string]struct {
		failure error
		reason  string
	}{
		"no such host": {&net.DNSError{IsNotFound: true, Err: "x"}, "DNS: no such host"},
		"no DNS":       {&net.DNSError{IsTemporary: true, Err: "x"}, "DNS: no answer"},
		"expired":      {x509.CertificateInvalidError{Reason: x509.Expired}, "TLS: certificate expired"},
		"not trusted":  {x509.UnknownAuthorityError{}, "TLS: certificate not trusted"},
		"another host": {x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}, "TLS: certificate of another host"},
		"refused":      {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, "connection refused"},
		"reset":        {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, "connection failed: connection reset by peer"},
		"anything":     {errors.New("something broke"), "something broke"},
	}
	for name, tc := range tests {
		s, err := feed.New(feed.Config{URL: closed + "/?key=geheim"}, feed.Options{Transport: roundTripper(func(*http.Request) (*http.Response, error) { return nil, tc.failure })})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Fetch(t.Context(), subscriptions.Checkpoint{})
		var fe *bot.FetchError
		if !errors.As(err, &fe) || fe.Reason != tc.reason {
			t.Errorf("%s: got %v", name, err)
		}
		if text := fmt.Sprintf("%v %+v %v", err, err, errors.Unwrap(err)); strings.Contains(text, "geheim") {
			t.Errorf("%s: the key stands in %q", name, text)
		}
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestFetchCharsets(t *testing.T) {
	t.Parallel()
	const title = "Genkse élan: ‘Zaïre’ – Mbokani’s broer"
	doc := func(label string) string {
		return `<?xml version="1.0" encoding="` + label + `"?><rss version="2.0"><channel><item><title>` + title + `</title><link>https://a.example/x</link></item></channel></rss>`
	}
	windows := func(s string) string {
		out, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(doc("UTF-16"))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ body, contentType string }{
		"UTF-8":                          {doc("UTF-8"), "application/rss+xml; charset=utf-8"},
		"UTF-8 with a mark":              {"\uFEFF" + doc("UTF-8"), "application/rss+xml"},
		"UTF-8 labelled Latin-1":         {doc("ISO-8859-1"), "text/xml; charset=iso-8859-1"},
		"windows-1252, declared":         {windows(doc("windows-1252")), "text/xml"},
		"windows-1252 called Latin-1":    {windows(doc("ISO-8859-1")), "text/xml"},
		"windows-1252 labelled UTF-8":    {windows(doc("UTF-8")), "text/xml; charset=utf-8"},
		"windows-1252, by header":        {windows(strings.Replace(doc(""), ` encoding=""`, "", 1)), "text/xml; charset=windows-1252"},
		"windows-1252, labelled nowhere": {windows(strings.Replace(doc(""), ` encoding=""`, "", 1)), "text/xml"},
		"UTF-16":                         {utf16, "text/xml"},
		"UTF-8 with a letter cut in two": {strings.Replace(doc("UTF-8"), "</item>", "<description>Fran\xc3...</description></item>", 1), "text/xml; charset=utf-8"},
		"UTF-8 with a stray byte":        {strings.Replace(doc(""), "</item>", "<description>\x93</description></item>", 1), "text/xml"},
		"an unknown label":               {doc("klingon"), "text/xml; charset=klingon"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tc.contentType)
				fmt.Fprint(w, tc.body)
			})
			got, err := newSource(t, at, feed.KindAuto).Fetch(t.Context(), subscriptions.Checkpoint{})
			if err != nil || len(got.Entries) != 1 {
				t.Fatalf("got %v, %v", got, err)
			}
			if got.Entries[0].Title != title {
				t.Errorf("got %q", got.Entries[0].Title)
			}
		})
	}
}
