package tagging

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Record is one article as a JSON line, the form that identify, cluster and
// evaluate read. Only ID and Title must be there.
type Record struct {
	ID        string `json:"id"`
	Language  string `json:"lang"`
	Source    string `json:"source"`
	Section   string `json:"section"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Teaser    string `json:"teaser"`
	Body      string `json:"body"`
	Published string `json:"published"`

	// What a person says it is about; only in labelled files.
	Labels  *Labels            `json:"labels"`
	Passing *Labels            `json:"passing"`
	Kind    subscriptions.Kind `json:"kind"`
	Basis   string             `json:"text_basis"`
	Notes   string             `json:"notes"`
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

// ParseRecord reads one line. When it fails, the ID is set if it could be read.
func ParseRecord(line []byte) (Record, error) {
	var rec Record
	if !utf8.Valid(line) {
		line = []byte(toValid(line))
	}
	if err := json.Unmarshal(line, &rec); err != nil {
		var only struct {
			ID string `json:"id"`
		}
		_ = json.Unmarshal(line, &only) // what can be told of a bad line
		return Record{ID: only.ID}, fmt.Errorf("read record: %w", err)
	}
	if rec.Title == "" && rec.Teaser == "" && rec.Body == "" {
		return rec, errors.New("read record: no title")
	}
	return rec, nil
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
