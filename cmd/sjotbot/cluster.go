package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/sjotbot/sjotbot/adapters/feed"
	"github.com/sjotbot/sjotbot/bot/clustering"
	"github.com/sjotbot/sjotbot/bot/tagging"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// clustered is what cluster says of one article.
type clustered struct {
	ID       string              `json:"id"`
	Story    string              `json:"story"`
	Relation clustering.Relation `json:"relation"`
	// Of is the article that it is the same as or follows.
	Of  string `json:"of,omitempty"`
	Why string `json:"why,omitempty"`
}

// cluster reads articles in order of arrival, one JSON line each, and writes which
// story each joins. It stores and sends nothing.
func cluster(ctx context.Context, in io.Reader, out io.Writer, tagger *tagging.Tagger) error {
	c := newClusterer(tagger)
	err := answerLines(ctx, in, out, func(rec tagging.Record) any { return c.place(rec) })
	if err != nil {
		return fmt.Errorf("cluster: %w", err)
	}
	return nil
}

// clusterer places articles of a file as the poller would place them.
type clusterer struct {
	tagger  *tagging.Tagger
	window  *clustering.Window
	stories subscriptions.StoryID
	// ids are the input's names of the articles, by number.
	ids []string
	// last is when the last dated article was published; one without a date
	// arrives then.
	last time.Time
}

func newClusterer(tagger *tagging.Tagger) *clusterer {
	return &clusterer{tagger: tagger, window: clustering.New()}
}

// place tags one article, finds its story and adds it.
func (c *clusterer) place(rec tagging.Record) clustered {
	a := c.article(rec)
	// A file need not be in order of date, so nothing is forgotten for its age;
	// what is too far apart is still not joined.
	p := c.window.Place(a, time.Time{})
	a.Story = p.Story
	if a.Story == 0 {
		c.stories++
		a.Story = c.stories
	}
	c.window.Add(a)
	answer := clustered{ID: rec.ID, Story: "s" + strconv.FormatInt(int64(a.Story), 10), Relation: p.Relation, Why: p.Why}
	if p.Article.ID > 0 {
		answer.Of = c.ids[p.Article.ID-1]
	}
	return answer
}

func (c *clusterer) article(rec tagging.Record) subscriptions.Article {
	item := rec.Item()
	if !item.Published.IsZero() {
		c.last = item.Published
	}
	c.ids = append(c.ids, rec.ID)
	result := c.tagger.Tag(item)
	a := subscriptions.Article{
		ID: subscriptions.ArticleID(len(c.ids)), Source: item.Source, URL: item.URL,
		Title: item.Title, Lead: item.Lead, Language: item.Language,
		Published: item.Published, Seen: c.last, Kind: result.Kind, Result: result.Result, Tags: result.Tags,
	}
	if item.URL != "" {
		a.Key = feed.Identify(item.URL, "", item.Title).Key
	}
	return a
}
