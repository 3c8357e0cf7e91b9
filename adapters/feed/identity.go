package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// Identity is whose article something is.
type Identity struct {
	// Key is the same for every form of one article's address, and never empty.
	Key string
	// URL is the address without tracking; empty if there is none.
	URL string
	// Number is the publisher's growing article number; 0 if it has none.
	Number int64
}

// Identify finds the canonical identity of an article by the publishers' rules.
// Each of them rewrites slugs and headlines in place, so a number or id in the
// path is the identity where there is one; else the address; else the guid.
func Identify(link, guid, title string) Identity {
	u := resolve(nil, link)
	if u == nil {
		if guid = strings.TrimSpace(guid); guid != "" {
			return Identity{Key: "guid:" + shorten(guid)}
		}
		return Identity{Key: "title:" + titleHash(title)}
	}
	clean := withoutTracking(u)
	id := Identity{URL: clean.String()}
	site := siteName(clean)
	own, number := articleNumber(clean.Path)
	id.Number = number
	switch {
	case own != "" && isRolling(title):
		// A rolling page ("Zomertransfers JPL: …") keeps its id while the headline
		// moves to another club: each headline is an article.
		id.Key = site + own + "#" + titleHash(title)
	case own != "":
		id.Key = site + own
	case strings.Trim(clean.Path, "/") == "" && clean.RawQuery == "":
		// A link to the front page identifies nothing.
		id.Key = site + "#" + titleHash(title)
		if guid = strings.TrimSpace(guid); guid != "" && resolve(nil, guid) == nil {
			id.Key = site + "#" + shorten(guid)
		}
	default:
		id.Key = shorten(site + strings.TrimSuffix(clean.EscapedPath(), "/") + query(clean))
	}
	return id
}

// The publishers' numbers, each as it stands in the path:
//
//	hln.be, 7sur7.be        /section/slug~a6c3b3ea/
//	sporza.be, vrt.be       /nl/2026/07/17/slug~1784279414332/
//	voetbalnieuws.be        /news/412345/slug       (grows)
//	rtl.be                  /section/slug/article/712345   (grows)
//	nieuwsblad.be, hbvl.be  /section/slug/162437447.html, /cnt/dmf20190828_04581337
//	rtbf.be                 /article/slug-11234567
var (
	tildeNumber  = regexp.MustCompile(`~([0-9a-f]{7,9}|\d{7,16})$`)
	newsNumber   = regexp.MustCompile(`(?i)/(?:news|nieuws|article|artikel|actu)/(\d{3,12})(?:/[^/]*)?$`)
	fileNumber   = regexp.MustCompile(`/(\d{6,12})(?:\.html)?$`)
	mediahuisOld = regexp.MustCompile(`/(dm[a-z]\d{8}_\w{6,10})$`)
	rtbfNumber   = regexp.MustCompile(`/article/[^/]+-(\d{7,9})$`)
)

// articleNumber finds the number in a path, and whether it grows.
func articleNumber(path string) (own string, growing int64) {
	path = strings.TrimSuffix(path, "/")
	if m := tildeNumber.FindStringSubmatch(path); m != nil {
		return "~" + m[1], 0
	}
	if m := newsNumber.FindStringSubmatch(path); m != nil && !isDate(m[1]) {
		n, _ := strconv.ParseInt(m[1], 10, 64)
		return "/" + m[1], n
	}
	if m := fileNumber.FindStringSubmatch(path); m != nil && !isDate(m[1]) {
		return "/" + m[1], 0
	}
	if m := mediahuisOld.FindStringSubmatch(path); m != nil {
		return "/" + m[1], 0
	}
	if m := rtbfNumber.FindStringSubmatch(path); m != nil {
		return "-" + m[1], 0
	}
	return "", 0
}

// isDate reports a year or a day: many articles stand under it.
func isDate(number string) bool {
	if !strings.HasPrefix(number, "19") && !strings.HasPrefix(number, "20") {
		return false
	}
	_, err := time.Parse("20060102", number)
	return err == nil || len(number) == len("2006")
}

func hasOwnNumber(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	own, _ := articleNumber(u.Path)
	return own != ""
}

// isRolling reports whether a headline belongs to a page that is rewritten for
// the next transfer. Its label ends in a colon or, in capitals, in a full stop: "LIVE
// TRANSFERS. …".
func isRolling(title string) bool {
	label, _, ok := strings.Cut(title, ":")
	if capitals, _, stop := strings.Cut(title, ". "); stop && capitals == strings.ToUpper(capitals) {
		label, ok = capitals, true
	}
	label = strings.ToLower(label)
	return ok && (strings.Contains(label, "transfer") || strings.Contains(label, "mercato"))
}

// withoutTracking drops fragment, tracking parameters and credentials.
func withoutTracking(u *url.URL) *url.URL {
	clean := *u
	clean.Fragment, clean.RawFragment, clean.User = "", "", nil
	clean.Host = strings.ToLower(clean.Host)
	if clean.RawQuery == "" {
		return &clean
	}
	q := clean.Query()
	for name := range q {
		if isTracking(strings.ToLower(name)) {
			q.Del(name)
		}
	}
	clean.RawQuery = q.Encode()
	return &clean
}

func isTracking(parameter string) bool {
	for _, prefix := range []string{"utm_", "at_", "mc_", "ns_", "pk_", "mtm_", "hsa_"} {
		if strings.HasPrefix(parameter, prefix) {
			return true
		}
	}
	switch parameter {
	case "fbclid", "gclid", "dclid", "msclkid", "igshid", "xtor", "ref", "referrer", "referer", "cmpid", "cmp", "origin", "share", "from":
		return true
	}
	return false
}

// siteName is the host without what differs between a site's editions.
func siteName(u *url.URL) string {
	host := strings.ToLower(u.Host)
	for _, prefix := range []string{"www.", "m.", "amp."} {
		if rest, ok := strings.CutPrefix(host, prefix); ok && strings.Contains(rest, ".") {
			host = rest
		}
	}
	return host
}

// sameSite reports whether two addresses belong to one publisher: feeds and
// articles are often on different hosts of one domain.
func sameSite(a, b *url.URL) bool {
	return a.Host == b.Host || domain(a) == domain(b)
}

// domain is what a publisher registered; the whole host if it is an address or
// belongs to nobody.
func domain(u *url.URL) string {
	name, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	if err != nil || net.ParseIP(u.Hostname()) != nil {
		return strings.ToLower(u.Host)
	}
	return name
}

func query(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}

// shorten keeps keys to a length that an index likes.
func shorten(s string) string {
	if len(s) <= 200 {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return s[:120] + "…" + hex.EncodeToString(sum[:12])
}

func titleHash(title string) string {
	sum := sha256.Sum256([]byte(foldTitle(title)))
	return hex.EncodeToString(sum[:8])
}

// pathSection is the part of the path before the article's own: "sport/voetbal".
func pathSection(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	var names []string
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for _, part := range parts[:len(parts)-1] {
		if len(part) > 30 || strings.Count(part, "-") > 3 || strings.ContainsAny(part, "~.") {
			break
		}
		_, err := strconv.Atoi(part)
		if err == nil || len(part) <= 2 || part == "news" || part == "article" || part == "nieuws" {
			continue
		}
		names = append(names, part)
	}
	return strings.Join(names, "/")
}
