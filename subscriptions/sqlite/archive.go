package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const selectArticle = `SELECT a.id, a.story_id, a.key, a.source, a.publisher, a.url, a.title, a.lead, a.image,
	a.language, a.published, a.seen, a.kind, a.result, a.reactions, a.tags, a.withheld FROM articles a `

func scanArticle(rows *sql.Rows) (subscriptions.Article, error) {
	var a subscriptions.Article
	var published, seen int64
	var tags string
	err := rows.Scan(&a.ID, &a.Story, &a.Key, &a.Source, &a.Publisher, &a.URL, &a.Title, &a.Lead, &a.Image,
		&a.Language, &published, &seen, &a.Kind, &a.Result, &a.Reactions, &tags, &a.Withheld)
	if err != nil {
		return a, err
	}
	a.Published, a.Seen = instant(published), instant(seen)
	return a, json.Unmarshal([]byte(tags), &a.Tags)
}

// Publish implements subscriptions.Archive.
func (s *Store) Publish(ctx context.Context, now time.Time, p subscriptions.Publication) (subscriptions.Article, error) {
	var article subscriptions.Article
	err := s.write(ctx, "publish", func(tx queries) error {
		known, err := collect(ctx, tx, scanArticle, selectArticle+`WHERE a.key = ?`, p.Article.Key)
		if err != nil {
			return err
		}
		if len(known) > 0 {
			article = known[0]
			return nil
		}
		if p.Checkpoint != nil {
			if err := saveCheckpoint(ctx, tx, *p.Checkpoint); err != nil {
				return err
			}
		}
		article, err = publish(ctx, tx, p, millis(now))
		if err != nil || !p.Push {
			return err
		}
		_, err = route(ctx, tx, millis(now), routeRange)
		return err
	})
	if err != nil {
		return subscriptions.Article{}, err
	}
	return article, nil
}

// publish keeps a new article and notes the routes it makes necessary.
func publish(ctx context.Context, q queries, p subscriptions.Publication, now int64) (subscriptions.Article, error) {
	article := p.Article
	story, err := joinStory(ctx, q, p.Story, now)
	if err != nil {
		return article, err
	}
	article.Story = story
	tags, err := json.Marshal(article.Tags)
	if err != nil {
		return article, err
	}
	added, err := q.ExecContext(ctx, `INSERT INTO articles (story_id, key, source, publisher, url, title, lead, image, language,
			published, seen, kind, result, reactions, tags, withheld, pushed, words)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		story, article.Key, article.Source, article.Publisher, article.URL, article.Title, article.Lead, article.Image,
		article.Language, millis(article.Published), millis(article.Seen), article.Kind, article.Result,
		article.Reactions, string(tags), article.Withheld, p.Push, words(article.Title+" "+article.Lead))
	if err != nil {
		return article, err
	}
	id, err := added.LastInsertId()
	if err != nil {
		return article, err
	}
	article.ID = subscriptions.ArticleID(id)
	return article, widen(ctx, q, article, p.Push)
}

// joinStory returns the story to join: a new one for 0.
func joinStory(ctx context.Context, q queries, id subscriptions.StoryID, now int64) (subscriptions.StoryID, error) {
	if id != 0 {
		pruning, err := one[bool](ctx, q, `SELECT pruning FROM stories WHERE id = ?`, id)
		if err != nil {
			return 0, err
		}
		if !pruning {
			_, err := q.ExecContext(ctx, `UPDATE stories SET updated_at = max(updated_at, ?) WHERE id = ?`, now, id)
			return id, err
		}
	}
	added, err := q.ExecContext(ctx, `INSERT INTO stories (created_at, updated_at) VALUES (?1, ?1)`, now)
	if err != nil {
		return 0, err
	}
	fresh, err := added.LastInsertId()
	return subscriptions.StoryID(fresh), err
}

// Known implements subscriptions.Archive.
func (s *Store) Known(ctx context.Context, keys []string) (map[string]subscriptions.ArticleID, error) {
	known := map[string]subscriptions.ArticleID{}
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, wrap("known", err)
	}
	_, err = collect(ctx, s.readers, func(rows *sql.Rows) (struct{}, error) {
		var key string
		var id subscriptions.ArticleID
		err := rows.Scan(&key, &id)
		known[key] = id
		return struct{}{}, err
	}, `SELECT a.key, a.id FROM json_each(?) j JOIN articles a ON a.key = j.value`, string(list))
	return known, wrap("known", err)
}

// Stories implements subscriptions.Archive.
func (s *Store) Stories(ctx context.Context, ids []subscriptions.StoryID) ([]subscriptions.Story, error) {
	stories, err := loadStories(ctx, s.readers, ids)
	return stories, wrap("stories", err)
}

// loadStories returns stories in the order of ids, each once.
func loadStories(ctx context.Context, q queries, ids []subscriptions.StoryID) ([]subscriptions.Story, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found := map[subscriptions.StoryID]*subscriptions.Story{}
	_, err = collect(ctx, q, func(rows *sql.Rows) (struct{}, error) {
		var y subscriptions.Story
		var created, updated int64
		err := rows.Scan(&y.ID, &created, &updated)
		y.Created, y.Updated = instant(created), instant(updated)
		found[y.ID] = &y
		return struct{}{}, err
	}, `SELECT id, created_at, updated_at FROM stories WHERE id IN (SELECT value FROM json_each(?))`, string(list))
	if err != nil {
		return nil, err
	}
	articles, err := collect(ctx, q, scanArticle,
		selectArticle+`WHERE a.story_id IN (SELECT value FROM json_each(?)) ORDER BY a.id`, string(list))
	if err != nil {
		return nil, err
	}
	for _, a := range articles {
		if y := found[a.Story]; y != nil {
			y.Articles = append(y.Articles, a)
		}
	}
	var stories []subscriptions.Story
	for _, id := range ids {
		if y := found[id]; y != nil && len(y.Articles) > 0 {
			stories = append(stories, *y)
			delete(found, id)
		}
	}
	return stories, nil
}

// Latest implements subscriptions.Archive.
func (s *Store) Latest(ctx context.Context, q subscriptions.StoryQuery) ([]subscriptions.Story, error) {
	query, args, err := latestQuery(q)
	if err != nil {
		return nil, wrap("latest", err)
	}
	ids, err := collect(ctx, s.readers, scalar[subscriptions.StoryID], query, args...)
	if err != nil {
		return nil, wrap("latest", err)
	}
	return s.Stories(ctx, ids)
}

// latestLimit is the limit of a query that names none.
const latestLimit = 100

func latestQuery(q subscriptions.StoryQuery) (string, []any, error) {
	where := []string{"y.pruning = 0"}
	var args []any
	narrow := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	if len(q.Topics) > 0 {
		topics, err := json.Marshal(q.Topics)
		if err != nil {
			return "", nil, err
		}
		narrow(`y.id IN (SELECT st.story_id FROM topics t JOIN story_topics st ON st.topic = t.no
			WHERE t.topic IN (SELECT value FROM json_each(?)) AND st.about >= ?)`, string(topics), !q.Mentions)
	}
	// All the words in one article: a story has several, and they tell one event.
	if text := strings.Fields(words(q.Text)); len(text) > 0 {
		match := strings.Repeat(" AND instr(a.words, ?)", len(text))
		values := make([]any, len(text))
		for i, word := range text {
			values[i] = " " + word // from the beginning of a word
		}
		narrow(`EXISTS (SELECT 1 FROM articles a WHERE a.story_id = y.id`+match+`)`, values...)
	} else if strings.TrimSpace(q.Text) != "" {
		narrow("0") // no word in it can be found
	}
	if q.URL != "" {
		narrow(`y.id IN (SELECT story_id FROM articles WHERE key = ? UNION SELECT story_id FROM articles WHERE url = ?)`, q.URL, q.URL)
	}
	if !q.Since.IsZero() {
		narrow(`y.updated_at >= ?`, millis(q.Since))
	}
	if !q.Before.IsZero() {
		narrow(`y.updated_at < ?`, millis(q.Before))
	}
	limit := q.Limit
	if limit <= 0 {
		limit = latestLimit
	}
	query := `SELECT y.id FROM stories y WHERE ` + strings.Join(where, " AND ") + ` ORDER BY y.updated_at DESC, y.id DESC LIMIT ?`
	return query, append(args, limit), nil
}

// Topics implements subscriptions.Archive.
func (s *Store) Topics(ctx context.Context) (map[subscriptions.Topic]string, error) {
	minted := map[subscriptions.Topic]string{}
	_, err := collect(ctx, s.readers, func(rows *sql.Rows) (struct{}, error) {
		var topic subscriptions.Topic
		var name string
		err := rows.Scan(&topic, &name)
		minted[topic] = name
		return struct{}{}, err
	}, `SELECT topic, name FROM topics WHERE name IS NOT NULL`)
	return minted, wrap("topics", err)
}

// MintTopic implements subscriptions.Archive.
func (s *Store) MintTopic(ctx context.Context, t subscriptions.Topic, name string) error {
	if t == "" || name == "" {
		return wrap("mint topic", errors.New("a topic needs an id and a name"))
	}
	return s.write(ctx, "mint topic", func(tx queries) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO topics (topic, name) VALUES (?1, ?2)
			ON CONFLICT (topic) DO UPDATE SET name = excluded.name`, t, name)
		return err
	})
}
