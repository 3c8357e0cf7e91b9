package tagging

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Record is one article as a JSON line, the form that identify, cluster and
// evaluate read. Only ID and Title must be there. ParseArticle and ParseRecord
// give it.
type Record struct {
	ID        string
	Language  string
	Source    string
	Section   string
	URL       string
	Title     string
	Teaser    string
	Body      string
	Published string

	// What a person says it is about; only in labelled files.
	Labels  *Labels
	Passing *Labels
	Kind    subscriptions.Kind
	Basis   string
	Notes   string
}

// Labels are the topics of a labelled record, ids without their type.
type Labels struct {
	Clubs       []string `json:"clubs"`
	Coaches     []string `json:"coaches"`
	RodeDuivels bool     `json:"rode_duivels"`
	Teams       []string `json:"teams"`
}

// Topics returns the labels as topics.
func (l *Labels) Topics() []subscriptions.Topic {
	if l == nil {
		return nil
	}
	var topics []subscriptions.Topic
	for _, id := range l.Clubs {
		topics = append(topics, subscriptions.Topic("club/"+id))
	}
	for _, id := range l.Coaches {
		topics = append(topics, subscriptions.Topic("coach/"+id))
	}
	for _, id := range l.Teams {
		topics = append(topics, subscriptions.Topic("team/"+id))
	}
	if l.RodeDuivels {
		topics = append(topics, devilsTopic)
	}
	return topics
}

// ParseArticle reads one line of what is to be tagged. Whatever is no part of the
// article is ignored, labels too, so that an operator's own files need no washing.
// When it fails, the ID is set if it could be read.
func ParseArticle(line []byte) (Record, error) {
	rec, err := parse(line, (*Record).readArticle)
	if err != nil {
		return rec, fmt.Errorf("read article: %w", err)
	}
	return rec, nil
}

// ParseRecord reads one line with its labels, if it has any: there a wrong one
// would spoil the figures, and is an error. When it fails, the ID is set if it
// could be read.
func ParseRecord(line []byte) (Record, error) {
	rec, err := parse(line, (*Record).readArticle, (*Record).readLabels)
	if err != nil {
		return rec, fmt.Errorf("read record: %w", err)
	}
	return rec, nil
}

func parse(line []byte, read ...func(*Record, map[string]json.RawMessage) error) (Record, error) {
	if !utf8.Valid(line) {
		line = []byte(toValid(line))
	}
	keys, err := readKeys(line)
	if err != nil {
		return Record{ID: IDOf(line)}, err
	}
	var rec Record
	for _, fn := range read {
		if err := fn(&rec, keys); err != nil {
			return Record{ID: IDOf(line)}, err
		}
	}
	return rec, nil
}

// readKeys takes an object apart, so that each key can be named when its value is
// not what it should be.
func readKeys(line []byte) (map[string]json.RawMessage, error) {
	var keys map[string]json.RawMessage
	err := json.Unmarshal(line, &keys)
	if err == nil && keys != nil {
		return keys, nil
	}
	// Only a decoder of streams tells an early end from other mistakes.
	if errors.Is(json.NewDecoder(bytes.NewReader(line)).Decode(&keys), io.ErrUnexpectedEOF) {
		return nil, errors.New("the line ends before its JSON object does")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return nil, fmt.Errorf("not JSON at character %d: %w", utf8.RuneCount(line[:syntax.Offset]), err)
	}
	return nil, fmt.Errorf(`expected an object like {"id":"1","title":"Genk wint"}, got %s`, typeOf(line))
}

// IDOf reads the id of a line that is cut off or otherwise wrong, as far as it can
// be told, so that whoever sent many lines knows which one was refused.
func IDOf(line []byte) string {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if begin, err := d.Token(); err != nil || begin != json.Delim('{') {
		return ""
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return ""
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return ""
		}
		if key != "id" {
			continue
		}
		var id string
		if json.Unmarshal(value, &id) == nil {
			return id
		}
		if typeOf(value) == "a number" {
			return string(value)
		}
		return ""
	}
	return ""
}

func (rec *Record) readArticle(keys map[string]json.RawMessage) error {
	for _, k := range []struct {
		name     string
		into     *string
		required bool
	}{
		{"id", &rec.ID, true},
		{"title", &rec.Title, true},
		{"lang", &rec.Language, false},
		{"source", &rec.Source, false},
		{"url", &rec.URL, false},
		{"teaser", &rec.Teaser, false},
		{"body", &rec.Body, false},
		{"published", &rec.Published, false},
	} {
		if err := readText(keys, k.name, k.into); err != nil {
			return err
		}
		if k.required && *k.into == "" {
			return fmt.Errorf("%s: is missing", k.name)
		}
	}
	// A hint that few files have; what others call a section is no mistake.
	_ = readText(keys, "section", &rec.Section)
	return nil
}

func (rec *Record) readLabels(keys map[string]json.RawMessage) error {
	return cmp.Or(
		readTopics(keys, "labels", &rec.Labels),
		readTopics(keys, "passing", &rec.Passing),
		readText(keys, "kind", (*string)(&rec.Kind)),
		readText(keys, "text_basis", &rec.Basis),
		readText(keys, "notes", &rec.Notes),
	)
}

func readText(keys map[string]json.RawMessage, key string, into *string) error {
	value, ok := keys[key]
	if !ok || json.Unmarshal(value, into) == nil {
		return nil
	}
	return fmt.Errorf("%s: expected text in quotes, got %s", key, typeOf(value))
}

func readTopics(keys map[string]json.RawMessage, key string, into **Labels) error {
	value, ok := keys[key]
	if !ok || json.Unmarshal(value, into) == nil {
		return nil
	}
	const want = `{"clubs":["genk"],"coaches":["ivan-leko"],"teams":[],"rode_duivels":false}`
	if got := typeOf(value); got != "an object" {
		return fmt.Errorf("%s: expected an object like %s, got %s", key, want, got)
	}
	return fmt.Errorf("%s: expected lists of ids, as in %s", key, want)
}

// typeOf names the type of a JSON value, in words for who wrote it.
func typeOf(value []byte) string {
	switch value = bytes.TrimSpace(value); {
	case len(value) == 0:
		return "nothing"
	case value[0] == '{':
		return "an object"
	case value[0] == '[':
		return "a list"
	case value[0] == '"':
		return "text"
	case value[0] == 't', value[0] == 'f':
		return "true or false"
	case value[0] == 'n':
		return "null"
	}
	return "a number"
}

func toValid(line []byte) string {
	out := make([]rune, 0, len(line))
	for _, r := range string(line) {
		out = append(out, r)
	}
	return string(out)
}

// Item returns what the tagger reads of a record.
func (rec Record) Item() Item {
	published, _ := ParseDate(rec.Published)
	return Item{
		Language: rec.Language, Source: rec.Source, Section: rec.Section, URL: rec.URL,
		Title: rec.Title, Lead: rec.Teaser, Body: rec.Body, Published: published,
	}
}

// ParseDate reads a date as precisely as it is given: RFC 3339, or a civil date
// of which the day and the month may be missing, with remarks behind it
// ("2026-01/03 (approx.)" is January 2026). A month is taken at its middle, a
// year too: jobs of coaches are then right more often than at the edge.
func ParseDate(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	for _, form := range [...]struct {
		layout string
		add    int // days
	}{{"2006-01-02", 0}, {"2006-01", 14}, {"2006", 181}} {
		if len(s) < len(form.layout) {
			continue
		}
		if t, err := time.Parse(form.layout, s[:len(form.layout)]); err == nil {
			return t.AddDate(0, 0, form.add), true
		}
	}
	return time.Time{}, false
}
