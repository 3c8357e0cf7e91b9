package feed

import (
	"context"
	"net/url"
	"regexp"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// robotsFor is how long a robots.txt is believed, as RFC 9309 recommends.
const robotsFor = 24 * time.Hour

// robots asks robots.txt before a page is read. Feeds are offered for reading and
// are not asked about.
type robots struct {
	client *client
	now    func() time.Time

	mu    sync.Mutex
	hosts map[string]robotsRules
}

type robotsRules struct {
	group *robotstxt.Group // nil allows everything
	read  time.Time
}

func newRobots(c *client, now func() time.Time) *robots {
	return &robots{client: c, now: now, hosts: map[string]robotsRules{}}
}

// allow returns errForbidden if the site does not want us to read the address. A
// robots.txt that cannot be read forbids nothing.
func (r *robots) allow(ctx context.Context, u *url.URL) error {
	rules, ok := r.known(u.Host)
	if !ok {
		rules = robotsRules{group: r.read(ctx, u), read: r.now()}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.keep(u.Host, rules)
	}
	if rules.group != nil && !rules.group.Test(u.RequestURI()) {
		return errForbidden
	}
	return nil
}

func (r *robots) known(host string) (robotsRules, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rules, ok := r.hosts[host]
	return rules, ok && r.now().Sub(rules.read).Abs() < robotsFor
}

func (r *robots) keep(host string, rules robotsRules) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hosts[host] = rules
}

// emptyDisallow is a rule that allows everything (RFC 9309). The library drops it,
// and would then apply the rules for everyone to those whom it exempts.
var emptyDisallow = regexp.MustCompile(`(?im)^[ \t]*disallow[ \t]*:[ \t]*\r?$`)

func (r *robots) read(ctx context.Context, u *url.URL) *robotstxt.Group {
	doc, err := r.client.get(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}, validators{})
	if err != nil {
		return nil
	}
	data, err := robotstxt.FromBytes(emptyDisallow.ReplaceAll(doc.Body, []byte("Allow: /")))
	if err != nil {
		return nil
	}
	return data.FindGroup(agent)
}
