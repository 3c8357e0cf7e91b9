package feed

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/sjotbot/sjotbot/bot"
)

// The bounds of one request.
const (
	// fetchTimeout is for all of a fetch: names, redirects, headers, body, parsing.
	fetchTimeout = 15 * time.Second
	// maxBody is the most bytes of a document, after decompression. The largest
	// real feeds (100 items with full text) stay under 2 MB.
	maxBody = 4 << 20
	// maxHeader is the most bytes of response headers.
	maxHeader = 64 << 10
	maxHops   = 5
	// maxWait caps what Retry-After and Cache-Control may ask for.
	maxWait = 24 * time.Hour
)

// agent is our name in robots.txt and at the start of the User-Agent.
const agent = "sjotbot"

// Errors with a reason for the operator. None holds an address: it may hold a key.
var (
	errTooLarge    = errors.New("larger than 4 MiB")
	errEmpty       = errors.New("empty")
	errHops        = errors.New("more than 5 redirects")
	errScheme      = errors.New("redirected to something that is not http")
	errPrivate     = errors.New("leads to a private address")
	errHTML        = errors.New("not a feed: HTML")
	errNoHeadlines = errors.New("no headlines found on the page")
	errForbidden   = errors.New("robots.txt forbids it")
	errEncoding    = errors.New("in a compression that was not asked for")
)

// validators make a request conditional.
type validators struct{ ETag, LastModified string }

// document is what a request brought.
type document struct {
	Body       []byte // UTF-8; nil if Unchanged
	URL        *url.URL
	Unchanged  bool
	Validators validators
	FreshFor   time.Duration
}

// statusError is an answer that is not a document.
type statusError struct {
	code  int
	after time.Duration
}

func (e *statusError) Error() string { return "HTTP " + strconv.Itoa(e.code) }

// client makes polite, bounded requests on behalf of one source.
type client struct {
	http      *http.Client
	userAgent string
	now       func() time.Time
}

func newClient(source *url.URL, o Options) *client {
	version := o.Version
	if version == "" {
		version = "dev"
	}
	transport := o.Transport
	if transport == nil {
		transport = guardedTransport(source)
	}
	return &client{
		http:      &http.Client{Transport: transport, CheckRedirect: checkRedirect},
		userAgent: agent + "/" + version + " (+https://github.com/sjotbot/sjotbot)",
		now:       o.Now,
	}
}

func checkRedirect(r *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxHops:
		return errHops
	case r.URL.Scheme != "http" && r.URL.Scheme != "https":
		return errScheme
	}
	return nil
}

// get requests a document.
func (c *client) get(ctx context.Context, u *url.URL, v validators) (document, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return document{}, err
	}
	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5")
	if v.ETag != "" {
		req.Header.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		req.Header.Set("If-Modified-Since", v.LastModified)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return document{}, err
	}
	defer resp.Body.Close()
	doc := document{
		URL: resp.Request.URL,
		Validators: validators{
			ETag: bounded(resp.Header.Get("ETag")), LastModified: bounded(resp.Header.Get("Last-Modified")),
		},
		FreshFor: freshFor(resp.Header),
	}
	switch {
	case resp.StatusCode == http.StatusNotModified && v != validators{}:
		doc.Unchanged = true
		return doc, nil
	case resp.StatusCode != http.StatusOK:
		return document{}, &statusError{resp.StatusCode, retryAfter(resp.Header, c.now())}
	case isCompressed(resp.Header):
		// gzip is undone by the transport; nothing else was asked for.
		return document{}, errEncoding
	}
	raw, err := readBounded(resp.Body)
	if err != nil {
		return document{}, err
	}
	doc.Body = toUTF8(raw, resp.Header.Get("Content-Type"))
	return doc, nil
}

// isCompressed reports an encoding of the body. Some servers name what is none.
func isCompressed(h http.Header) bool {
	switch strings.ToLower(h.Get("Content-Encoding")) {
	case "", "identity", "utf-8":
		return false
	}
	return true
}

func readBounded(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	switch {
	case err != nil:
		return nil, err
	case len(raw) > maxBody:
		return nil, errTooLarge
	case strings.TrimSpace(string(raw[:min(len(raw), 64)])) == "" && len(raw) <= 64:
		return nil, errEmpty
	}
	return raw, nil
}

// bounded drops a validator that is too long to keep.
func bounded(v string) string {
	if len(v) > 256 {
		return ""
	}
	return v
}

// freshFor is how long the publisher says that its answer will hold.
func freshFor(h http.Header) time.Duration {
	for directive := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		if strings.EqualFold(name, "max-age") {
			return seconds(strings.Trim(value, `"`))
		}
	}
	return 0
}

// retryAfter reads both forms of the header: seconds, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if d := seconds(v); d > 0 {
		return d
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), maxWait)
}

func seconds(v string) time.Duration {
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(min(n, int64(maxWait/time.Second))) * time.Second
}

// fetchError gives any failure of a fetch its line for the operator.
func fetchError(err error) *bot.FetchError {
	if fe, ok := errors.AsType[*bot.FetchError](err); ok {
		return fe
	}
	fe := &bot.FetchError{Reason: reason(err), Err: err}
	if status, ok := errors.AsType[*statusError](err); ok {
		fe.RetryAfter = status.after
		fe.Gone = status.code == http.StatusNotFound || status.code == http.StatusGone
	}
	// A failed request carries its address, which may hold a key.
	if u, ok := errors.AsType[*url.Error](err); ok {
		fe.Err = u.Err
	}
	return fe
}

func reason(err error) string {
	var (
		dns     *net.DNSError
		expired x509.CertificateInvalidError
		unknown x509.UnknownAuthorityError
		name    x509.HostnameError
		record  tls.RecordHeaderError
		timeout net.Error
		op      *net.OpError
		request *url.Error
	)
	switch {
	case errors.Is(err, errPrivate):
		return errPrivate.Error()
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.As(err, &dns):
		if dns.IsNotFound {
			return "DNS: no such host"
		}
		return "DNS: no answer"
	case errors.As(err, &expired) && expired.Reason == x509.Expired:
		return "TLS: certificate expired"
	case errors.As(err, &name):
		return "TLS: certificate of another host"
	case errors.As(err, &expired), errors.As(err, &unknown):
		return "TLS: certificate not trusted"
	case errors.As(err, &record):
		return "TLS: the server does not speak it"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("no complete answer within %d s", int(fetchTimeout/time.Second))
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.As(err, &op):
		return "connection failed: " + op.Err.Error()
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the answer ended too early"
	case errors.As(err, &request):
		return request.Err.Error()
	}
	return err.Error()
}

// guardedTransport dials no address inside the operator's network, whatever a
// name resolves to and wherever a redirect leads. Excepted is the configured
// source, if the configuration itself names a local one, and a configured proxy.
func guardedTransport(source *url.URL) *http.Transport {
	trusted := map[string]bool{}
	if isLocalName(source.Hostname()) {
		trusted[dialAddress(source)] = true
	}
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: source}); err == nil && proxy != nil {
		trusted[dialAddress(proxy)] = true
	}
	open := &net.Dialer{Timeout: fetchTimeout}
	guarded := &net.Dialer{Timeout: fetchTimeout, ControlContext: refusePrivate}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if trusted[strings.ToLower(address)] {
				return open.DialContext(ctx, network, address)
			}
			return guarded.DialContext(ctx, network, address)
		},
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    fetchTimeout,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           2,
		IdleConnTimeout:        30 * time.Second,
	}
}

// isLocalName reports whether a host can only be meant locally: a literal
// address, localhost, or a name without a dot as in a container network.
func isLocalName(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || !strings.Contains(host, ".")
}

// dialAddress is "host:port" as the transport dials it.
func dialAddress(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080"}[u.Scheme]
	}
	return strings.ToLower(net.JoinHostPort(u.Hostname(), port))
}

// refusePrivate is called with the address that is about to be dialled, after
// names were resolved, so that no name can hide it.
func refusePrivate(_ context.Context, _, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(ap.Addr().Unmap()) {
		return errPrivate
	}
	return nil
}

// isPublic reports whether an address belongs to the open internet. IPv6 forms
// that carry an IPv4 address inside are judged by that one.
func isPublic(a netip.Addr) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, reserved := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", // RFC 6890
		"64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", // NAT64 and 6to4 lead back to IPv4
	} {
		if netip.MustParsePrefix(reserved).Contains(a) {
			return false
		}
	}
	return true
}
