package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/clustering"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// publisher turns entries into articles: it works out what one is about and which
// story it tells, and writes it to the store. It is safe for use by many
// goroutines.
type publisher struct {
	store  PollerStore
	topics func() *catalogue.Catalogue
	now    func() time.Time
	logger *slog.Logger

	// placing is held from finding an article's story to adding it to the window:
	// two tellings of one event that arrive together are one story.
	placing sync.Mutex
	window  *clustering.Window

	mu     sync.Mutex
	desk   *desk
	failed map[string]int // pages that could not be read, by entry key
}

func newPublisher(cfg PollerConfig) *publisher {
	return &publisher{
		store: cfg.Store, topics: cfg.Topics, now: cfg.Now, logger: cfg.Logger,
		window: clustering.New(), failed: map[string]int{},
	}
}

const (
	// recent is how far back articles are joined to stories after a start.
	recent = 72 * time.Hour
	// recentStories bounds that; it is several days of all Belgian football.
	recentStories = 2000
)

// warm fills the window with the recent articles, oldest first.
func (p *publisher) warm(ctx context.Context) error {
	stories, err := p.store.Latest(ctx, subscriptions.StoryQuery{Since: p.now().Add(-recent), Limit: recentStories})
	if err != nil {
		return fmt.Errorf("latest stories: %w", err)
	}
	for _, s := range slices.Backward(stories) {
		for _, a := range s.Articles {
			p.window.Add(a)
		}
	}
	return nil
}

// publish keeps an entry as an article and reports whether its story is owed to
// followers. The checkpoint, if given, is saved with it.
func (p *publisher) publish(ctx context.Context, profile SourceProfile, e Entry, withheld string, c *subscriptions.Checkpoint) (bool, error) {
	a := p.article(ctx, profile, e)
	a.Withheld = withheld
	if withheld == "" && len(a.Tags) == 0 {
		a.Withheld = subscriptions.WithheldNoTopic
	}
	p.placing.Lock()
	defer p.placing.Unlock()
	placement := p.place(ctx, a)
	if a.Withheld == "" {
		a.Withheld = known(a, placement)
	}
	kept, err := p.store.Publish(ctx, p.now(), subscriptions.Publication{
		Article: a, Story: placement.Story, Push: a.Withheld == "", Checkpoint: c,
	})
	if err != nil {
		return false, fmt.Errorf("publish article: %w", err)
	}
	if kept.Source != a.Source {
		// Another list had it meanwhile, so that nothing was saved: this one is read too.
		return false, p.checkpoint(ctx, c)
	}
	p.window.Add(kept)
	if a.Withheld == "" {
		p.logger.InfoContext(ctx, "story published", slog.String("source", profile.Name), slog.Int64("story", int64(kept.Story)),
			slog.String("relation", string(placement.Relation)), slog.String("why", placement.Why), slog.Int("topics", len(a.Tags)))
	}
	return a.Withheld == "", nil
}

// checkpoint saves a checkpoint by itself, if there is one.
func (p *publisher) checkpoint(ctx context.Context, c *subscriptions.Checkpoint) error {
	if c == nil {
		return nil
	}
	if err := p.store.SaveCheckpoint(ctx, *c); err != nil {
		return fmt.Errorf("save checkpoint: %w", err)
	}
	return nil
}

// known says why an article is not pushed that its own source had before under
// another identity: a site that renames its articles brings no news.
func known(a subscriptions.Article, placement clustering.Placement) string {
	before := placement.Article
	if placement.Relation != clustering.RelationSame || before.Source != a.Source || before.Withheld == subscriptions.WithheldNoTopic {
		return ""
	}
	return before.Withheld
}

// place finds the story of an article. One that cannot be placed starts its own.
func (p *publisher) place(ctx context.Context, a subscriptions.Article) (placement clustering.Placement) {
	defer func() {
		if cause := recover(); cause != nil {
			p.logger.ErrorContext(ctx, "cannot place an article", slog.String("source", a.Source), slog.Any("cause", cause))
			placement = clustering.Placement{}
		}
	}()
	return p.window.Place(a, p.now())
}

// article returns an entry as an article, without its story.
func (p *publisher) article(ctx context.Context, profile SourceProfile, e Entry) subscriptions.Article {
	now := p.now()
	language := e.Language
	if language == "" {
		language = profile.Language
	}
	a := subscriptions.Article{
		Key: e.Key, Source: profile.Name, Publisher: profile.Publisher, URL: e.URL,
		Title: cut(e.Title, longestTitle), Lead: cut(e.Lead, longestKeptLead), Language: language,
		Published: e.Published, Seen: now, Kind: subscriptions.Other, Reactions: e.Reactions,
	}
	if a.Published.After(now) {
		a.Published = now
	}
	if webAddress(e.Image) {
		a.Image = e.Image
	}
	p.classify(ctx, &a, profile, e)
	return a
}

// The most that is kept of an article, for search: more than any headline needs, and
// of the lead.
const (
	longestTitle    = 300
	longestKeptLead = 600
)

// classify sets what an article is about, its kind and whether it gives a result
// away. An article that cannot be read is about nothing.
func (p *publisher) classify(ctx context.Context, a *subscriptions.Article, profile SourceProfile, e Entry) {
	defer func() {
		if cause := recover(); cause != nil {
			p.logger.ErrorContext(ctx, "cannot tag an article", slog.String("source", a.Source), slog.Any("cause", cause))
			a.Tags = nil
		}
	}()
	d := p.today()
	d.read(a, profile, e)
}

// today returns the desk for the catalogue as it is now.
func (p *publisher) today() *desk {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.topics(); p.desk == nil || p.desk.catalogue != c {
		p.desk = newDesk(c)
	}
	return p.desk
}

// patience is how many readings an entry waits for its page.
const patience = 3

// giveUp notes that the page of an entry could not be read, and reports whether
// it should be published without.
func (p *publisher) giveUp(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failed[key]++
	if p.failed[key] < patience {
		return false
	}
	delete(p.failed, key)
	return true
}

// forgive forgets that a page could not be read.
func (p *publisher) forgive(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.failed, key)
}
