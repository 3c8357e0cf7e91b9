package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
)

const (
	// wikidataEndpoint is the public SPARQL service.
	wikidataEndpoint = "https://query.wikidata.org/sparql"
	// wikidataAgent says who asks, as the service's user-agent policy wants it.
	wikidataAgent = "sjotbot/1 (+https://github.com/sjotbot/sjotbot)"
	// maxWikidata bounds an answer; a real one is some hundred kB.
	maxWikidata = 16 << 20
	// maxLabel bounds a name that comes from outside.
	maxLabel = 120
)

// Q216022 is the Belgian Pro League, Q166776 Belgium's men's team; P118 league,
// P286 head coach, P54 member of a sports team, P580 start, P582 end.
const (
	coachQuery = `SELECT ?club ?clubLabel ?coach ?coachLabel ?from WHERE {
  { ?club wdt:P118 wd:Q216022 . } UNION { VALUES ?club { wd:Q166776 } }
  ?club p:P286 ?s . ?s ps:P286 ?coach .
  OPTIONAL { ?s pq:P580 ?from }
  FILTER NOT EXISTS { ?s pq:P582 ?end }
  SERVICE wikibase:label { bd:serviceParam wikibase:language "nl,fr,en,de". }
} LIMIT 2000`
	squadQuery = `SELECT ?player ?playerLabel ?from ?to WHERE {
  ?player p:P54 ?s . ?s ps:P54 wd:Q166776 .
  OPTIONAL { ?s pq:P580 ?from }
  OPTIONAL { ?s pq:P582 ?to }
  SERVICE wikibase:label { bd:serviceParam wikibase:language "nl,fr,en,de". }
} LIMIT 5000`
	// nationalTeam is the item of the men's team, whose label is not its name here.
	nationalTeam = "Q166776"
)

// wikidata asks a SPARQL endpoint.
type wikidata struct {
	endpoint *url.URL
	client   *http.Client
}

// post says that Wikidata has a person as the present coach of a club.
type post struct {
	club, clubItem   string
	coach, coachItem string
	from             time.Time // zero: unknown
}

// player says that Wikidata has a person as a player of the national team.
type player struct {
	name, item string
	from, to   time.Time // zero: unknown, or still
}

func newWikidata(endpoint string) (*wikidata, error) {
	address, err := url.Parse(endpoint)
	if err != nil || address.Host == "" || (address.Scheme != "https" && address.Scheme != "http") {
		return nil, fmt.Errorf("--endpoint %q: want an http or https address", endpoint)
	}
	return &wikidata{endpoint: address, client: &http.Client{}}, nil
}

// coaches returns who is head coach now, of the first division and the national
// team. A club may have several, where nobody wrote down the end of the former.
func (w *wikidata) coaches(ctx context.Context) ([]post, error) {
	rows, err := w.query(ctx, coachQuery)
	return posts(rows), err
}

func posts(rows []binding) []post {
	var posts []post
	for _, r := range rows {
		p := post{
			club: r.text("clubLabel"), clubItem: r.item("club"),
			coach: r.text("coachLabel"), coachItem: r.item("coach"), from: r.date("from"),
		}
		if p.clubItem != "" && p.coachItem != "" {
			posts = append(posts, p)
		}
	}
	return posts
}

// squad returns everybody who plays or played for the national team.
func (w *wikidata) squad(ctx context.Context) ([]player, error) {
	rows, err := w.query(ctx, squadQuery)
	return players(rows), err
}

func players(rows []binding) []player {
	var players []player
	for _, r := range rows {
		p := player{name: r.text("playerLabel"), item: r.item("player"), from: r.date("from"), to: r.date("to")}
		if p.item != "" {
			players = append(players, p)
		}
	}
	return players
}

// query asks one question. It does not retry: a person runs it, and is told why
// it failed.
func (w *wikidata) query(ctx context.Context, question string) ([]binding, error) {
	address := *w.endpoint
	values := address.Query()
	values.Set("query", question)
	values.Set("format", "json")
	address.RawQuery = values.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", w.endpoint.Host, err)
	}
	request.Header.Set("User-Agent", wikidataAgent)
	request.Header.Set("Accept", "application/sparql-results+json")
	response, err := w.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", w.endpoint.Host, cause(err))
	}
	defer func() { _ = response.Body.Close() }() // only read
	if response.StatusCode != http.StatusOK {
		wait := ""
		if after := response.Header.Get("Retry-After"); after != "" {
			wait = fmt.Sprintf(", come back after %q s", after)
		}
		return nil, fmt.Errorf("ask %s: status %d%s", w.endpoint.Host, response.StatusCode, wait)
	}
	return readBindings(response.Body)
}

// cause drops the address from an error of the client: it holds the whole query.
func cause(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// readBindings reads an answer in the SPARQL 1.1 JSON results format.
func readBindings(body io.Reader) ([]binding, error) {
	raw, err := io.ReadAll(io.LimitReader(body, maxWikidata+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(raw) > maxWikidata {
		return nil, fmt.Errorf("read the answer: larger than %d MB", maxWikidata>>20)
	}
	var answer struct {
		Results *struct {
			Bindings []binding `json:"bindings"`
		} `json:"results"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if answer.Results == nil {
		return nil, errors.New("read the answer: no results in it")
	}
	return answer.Results.Bindings, nil
}

// binding is one row of an answer.
type binding map[string]struct {
	Value string `json:"value"`
}

// text returns a name, fit for a terminal: no control characters, not endless.
func (b binding) text(name string) string {
	text := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, b[name].Value)
	if runes := []rune(text); len(runes) > maxLabel {
		text = string(runes[:maxLabel])
	}
	return strings.TrimSpace(text)
}

// item returns the Q number at the end of an item's address, or nothing.
func (b binding) item(name string) string {
	item := b[name].Value[strings.LastIndexByte(b[name].Value, '/')+1:]
	digits, ok := strings.CutPrefix(item, "Q")
	if !ok || digits == "" || len(digits) > 12 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return item
}

// date returns the day of a point in time, zero when there is none.
func (b binding) date(name string) time.Time {
	text, _, _ := strings.Cut(b[name].Value, "T")
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return at
}
