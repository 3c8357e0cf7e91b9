package tagging

import (
	"bufio"
	_ "embed"
	"fmt"
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

//go:embed sources.txt
var sourceFile string

// source is what is known of a publisher.
type source struct {
	scope  string              // "football", "sport", "news", "magazine", "" when unknown
	quotes string              // "rumour", "quote", "" when unknown
	club   subscriptions.Topic // whose own site it is, if it is one's
}

func readSources() (map[string]source, error) {
	sources := map[string]source{}
	lines := bufio.NewScanner(strings.NewReader(sourceFile))
	for n := 1; lines.Scan(); n++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) != 3 && len(fields) != 4 {
			return sources, fmt.Errorf("sources.txt:%d: want host, scope, quotes and, for a club's own site, the club", n)
		}
		s := source{scope: fields[1], quotes: fields[2]}
		if len(fields) == 4 {
			s.club = subscriptions.Topic(fields[3])
		}
		if _, known := sources[fields[0]]; known {
			return sources, fmt.Errorf("sources.txt:%d: %s stands twice", n, fields[0])
		}
		sources[fields[0]] = s
	}
	return sources, lines.Err()
}

// sourceOf finds the publisher of an item by its address or, failing that, by
// the name of its source; "www.", "m." and other subdomains do not count unless
// the table names them.
func (t *Tagger) sourceOf(it *Item) source {
	if host, _ := splitURL(it.URL); host != "" {
		if s, ok := t.byHost(host); ok {
			return s
		}
	}
	s, _ := t.byHost(it.Source)
	return s
}

func (t *Tagger) byHost(host string) (source, bool) {
	for host != "" {
		if s, ok := t.sources[host]; ok {
			return s, true
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			break
		}
		host = rest
	}
	return source{}, false
}

// splitURL returns host and path, without parsing more than that.
func splitURL(url string) (host, path string) {
	if len(url) > maxTitle {
		url = url[:maxTitle]
	}
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return "", ""
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		return rest, ""
	}
	host, path = rest[:end], rest[end:]
	if cut := strings.IndexAny(path, "?#"); cut >= 0 {
		path = path[:cut]
	}
	return host, path
}

// otherSportHost reports a site that has another sport in its name: basketbalkrant.be.
func otherSportHost(host string) bool {
	for _, name := range [...]string{"basket", "hockey", "volley", "cycling", "wieler", "cyclisme", "tennis", "handbal"} {
		if strings.Contains(host, name) {
			return true
		}
	}
	return false
}
