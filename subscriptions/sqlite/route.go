package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// routeRange is the most followers that one transaction routes to. Publish routes
// to the first ones by itself, so that a small fan-out is done with it. A range takes
// one to two milliseconds, and a follow command beside a fan-out waits for one; with
// smaller ranges the fan-out is slower (a tenth at 1 000), with larger ones no faster.
const routeRange = 2_000

// widen notes what a new article adds to its story, and the routes that it makes
// necessary. Only pushed articles count for routes.
func widen(ctx context.Context, q queries, a subscriptions.Article, push bool) error {
	var fresh []int64 // topics that reach further than before
	for _, tag := range a.Tags {
		no, further, err := addTopic(ctx, q, a, tag, push)
		if err != nil {
			return err
		}
		if further {
			fresh = append(fresh, no)
		}
	}
	if !push {
		return nil
	}
	firmer, err := addPushed(ctx, q, a)
	if err != nil {
		return err
	}
	if firmer {
		fresh, err = collect(ctx, q, scalar[int64], `SELECT topic FROM story_topics WHERE story_id = ? AND since > 0`, a.Story)
		if err != nil {
			return err
		}
	}
	for _, topic := range fresh {
		_, err := q.ExecContext(ctx, `INSERT OR REPLACE INTO routes (lane, story_id, topic, position) VALUES (0, ?1, ?2, 0), (1, ?1, ?2, 0)`,
			a.Story, topic)
		if err != nil {
			return err
		}
	}
	return nil
}

// addTopic adds one tag to the article's story, and reports whether the story now
// reaches the topic in a way that it did not.
func addTopic(ctx context.Context, q queries, a subscriptions.Article, tag subscriptions.Tag, push bool) (no int64, further bool, err error) {
	scope := tag.Scope
	if tag.Level != subscriptions.About && scope == subscriptions.ScopeAbout {
		scope = subscriptions.ScopeMention
	}
	bit, err := scopeBit(scope)
	if err != nil {
		return 0, false, err
	}
	if no, err = topicNo(ctx, q, tag.Topic); err != nil {
		return 0, false, err
	}
	before, err := one[int64](ctx, q, `SELECT scopes FROM story_topics WHERE story_id = ? AND topic = ?`, a.Story, no)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, false, err
	}
	var since subscriptions.ArticleID
	if !push {
		bit = 0
	} else {
		since = a.ID
	}
	_, err = q.ExecContext(ctx, `INSERT INTO story_topics (story_id, topic, about, scopes, since) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET about = max(about, excluded.about), scopes = scopes | excluded.scopes,
			since = CASE since WHEN 0 THEN excluded.since ELSE since END`,
		a.Story, no, tag.Level == subscriptions.About, bit, since)
	return no, bit&^before != 0, err
}

// addPushed brings the story's kind and languages up to date, and reports whether
// that, or a publisher whom somebody may not have muted, lets it reach more
// followers of the topics it already had.
func addPushed(ctx context.Context, q queries, a subscriptions.Article) (firmer bool, err error) {
	var kind, languages int64
	err = row(ctx, q, `SELECT kind, languages FROM stories WHERE id = ?`, a.Story)(&kind, &languages)
	if err != nil {
		return false, err
	}
	kinds, err := collect(ctx, q, scalar[subscriptions.Kind], `SELECT DISTINCT kind FROM articles WHERE story_id = ? AND pushed`, a.Story)
	if err != nil {
		return false, err
	}
	var story subscriptions.Story
	for _, k := range kinds {
		story.Articles = append(story.Articles, subscriptions.Article{Kind: k})
	}
	newKind, newLanguages := kindBit(story.Kind()), languages|languageBit(a.Language)
	_, err = q.ExecContext(ctx, `UPDATE stories SET kind = ?, languages = ? WHERE id = ?`, newKind, newLanguages, a.Story)
	if err != nil || newKind != kind || newLanguages != languages {
		return true, err
	}
	return one[bool](ctx, q, `SELECT NOT EXISTS (SELECT 1 FROM articles WHERE story_id = ?1 AND pushed AND source = ?2 AND id <> ?3)
		AND EXISTS (SELECT 1 FROM articles a JOIN muted_sources m ON m.source = a.source WHERE a.story_id = ?1 AND a.pushed)`,
		a.Story, a.Source, a.ID)
}

// Route implements subscriptions.Outbox.
func (s *Store) Route(ctx context.Context, now time.Time, limit int) (more bool, err error) {
	// Asked every few seconds for what others published: mostly nothing.
	if more, err = one[bool](ctx, s.readers, `SELECT EXISTS (SELECT 1 FROM routes)`); err != nil || !more {
		return false, wrap("route", err)
	}
	// A range that was not saved is worked off again from its last position.
	err = s.writeSoon(ctx, "route", func(tx queries) error {
		more, err = route(ctx, tx, millis(now), min(limit, routeRange))
		return err
	})
	return more, err
}

// route works off routes, the oldest story's alerts first, until it has looked at
// limit followers. It reports whether there is more to do.
func route(ctx context.Context, q queries, now int64, limit int) (more bool, err error) {
	for limit > 0 {
		r, err := nextRange(ctx, q, limit)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if r.last > r.first {
			if err := r.insert(ctx, q, now); err != nil {
				return false, err
			}
		}
		if err := r.finish(ctx, q, r.followers < limit); err != nil {
			return false, err
		}
		limit -= max(r.followers, 1)
	}
	return one[bool](ctx, q, `SELECT EXISTS (SELECT 1 FROM routes)`)
}

// span is a range of one route: the followers of a topic after first up to last.
type span struct {
	lane        subscriptions.Lane
	story       subscriptions.StoryID
	topic       int64
	first, last int64
	followers   int
	// The story, as far as routing asks.
	kind, languages, scopes, since int64
}

// nextRange returns the next range of at most limit followers.
func nextRange(ctx context.Context, q queries, limit int) (span, error) {
	var r span
	err := row(ctx, q, `SELECT r.lane, r.story_id, r.topic, r.position, y.kind, y.languages, st.scopes, st.since
		FROM routes r JOIN stories y ON y.id = r.story_id
		JOIN story_topics st ON st.story_id = r.story_id AND st.topic = r.topic
		ORDER BY r.lane, r.story_id, r.topic LIMIT 1`)(
		&r.lane, &r.story, &r.topic, &r.first, &r.kind, &r.languages, &r.scopes, &r.since)
	if err != nil {
		return r, err
	}
	who := ` FROM subscriptions WHERE topic = ? AND subscriber_id > ? `
	if r.lane == subscriptions.LaneDigest {
		// Left to itself SQLite reads through all followers: the key is as selective.
		who = ` FROM subscriptions INDEXED BY subscriptions_digest WHERE topic = ? AND subscriber_id > ? AND digest_kinds <> 0 `
	}
	// Leaping over limit-1 rows costs a quarter of counting them.
	r.last, err = one[int64](ctx, q, `SELECT subscriber_id`+who+`ORDER BY subscriber_id LIMIT 1 OFFSET ?`, r.topic, r.first, limit-1)
	if err == nil {
		r.followers = limit
		return r, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return r, err
	}
	err = row(ctx, q, `SELECT count(*), coalesce(max(subscriber_id), 0)`+who, r.topic, r.first)(&r.followers, &r.last)
	return r, err
}

// finish saves the position, or removes the route when it is done.
func (r span) finish(ctx context.Context, q queries, done bool) error {
	if done {
		_, err := q.ExecContext(ctx, `DELETE FROM routes WHERE lane = ? AND story_id = ? AND topic = ?`, r.lane, r.story, r.topic)
		return err
	}
	_, err := q.ExecContext(ctx, `UPDATE routes SET position = ? WHERE lane = ? AND story_id = ? AND topic = ?`, r.last, r.lane, r.story, r.topic)
	return err
}

// reached says which subscriptions of the range are owed the story. The parameters
// are those of span.args.
const reached = ` s.topic = ?2 AND s.subscriber_id > ?3 AND s.subscriber_id <= ?4
	AND s.languages & ?6 AND s.scopes & ?7 AND s.since < ?8 AND s.silent_until <= ?9 `

func (r span) args(now int64) []any {
	return []any{r.story, r.topic, r.first, r.last, r.kind, laneLanguages(r.lane, r.languages), r.scopes, r.since, now}
}

// insert records the deliveries of the range.
func (r span) insert(ctx context.Context, q queries, now int64) error {
	unmuted, err := r.unmuted(ctx, q)
	if err != nil {
		return err
	}
	if r.lane == subscriptions.LaneDigest {
		// A story that came as an alert is not told again, unless he asked for both.
		_, err := q.ExecContext(ctx, `INSERT OR IGNORE INTO deliveries (story_id, lane, subscriber_id, platform, topic, queued)
			SELECT ?1, 1, s.subscriber_id, s.platform, ?2, 1 FROM subscriptions s INDEXED BY subscriptions_digest
			WHERE s.digest_kinds <> 0 AND s.digest_kinds & ?5 AND `+reached+unmuted+`
			AND (s.cadence = 'both' OR NOT EXISTS (SELECT 1 FROM deliveries a
				WHERE a.story_id = ?1 AND a.lane = 0 AND a.subscriber_id = s.subscriber_id))`, r.args(now)...)
		return err
	}
	inDigest, err := one[bool](ctx, q, `SELECT EXISTS (SELECT 1 FROM deliveries WHERE story_id = ? AND lane = 1)`, r.story)
	if err != nil {
		return err
	}
	var untold string
	if inDigest {
		if err := r.hasten(ctx, q, now, unmuted); err != nil {
			return err
		}
		untold = ` AND (s.cadence = 'both' OR NOT EXISTS (SELECT 1 FROM deliveries d
			WHERE d.story_id = ?1 AND d.lane = 1 AND d.subscriber_id = s.subscriber_id))`
	}
	lines, err := linesOf(ctx, q, r.story)
	if err != nil {
		return err
	}
	done, err := q.ExecContext(ctx, `INSERT OR IGNORE INTO deliveries (story_id, lane, subscriber_id, platform, topic, queued, due_at)
		SELECT ?1, 0, s.subscriber_id, s.platform, ?2, CASE WHEN s.subscriber_id <= ?10 THEN 1 END, ?9 FROM subscriptions s
		WHERE s.alert_kinds & ?5 AND `+reached+unmuted+untold, append(r.args(now), lines.passed)...)
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	if n == 0 || err != nil {
		return err
	}
	return lines.begin(ctx, q, r, now)
}

// hasten makes room for alerts where the story is held for a digest that has not
// been released: it now comes at once instead.
func (r span) hasten(ctx context.Context, q queries, now int64, unmuted string) error {
	_, err := q.ExecContext(ctx, `DELETE FROM deliveries WHERE story_id = ?1 AND lane = 1 AND subscriber_id > ?3 AND subscriber_id <= ?4
		AND queued = 1 AND due_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM deliveries a WHERE a.story_id = ?1 AND a.lane = 0 AND a.subscriber_id = deliveries.subscriber_id)
		AND EXISTS (SELECT 1 FROM subscriptions s WHERE s.subscriber_id = deliveries.subscriber_id
			AND s.cadence <> 'both' AND s.alert_kinds & ?5 AND `+reached+unmuted+`)`, r.args(now)...)
	return err
}

// unmuted is a condition that leaves out who has muted every publisher of the
// story; it is empty when nobody has muted any.
func (r span) unmuted(ctx context.Context, q queries) (string, error) {
	muted, err := one[bool](ctx, q, `SELECT EXISTS (SELECT 1 FROM articles a JOIN muted_sources m ON m.source = a.source
		WHERE a.story_id = ? AND a.pushed)`, r.story)
	if err != nil || !muted {
		return "", err
	}
	return ` AND EXISTS (SELECT 1 FROM articles p WHERE p.story_id = ?1 AND p.pushed
		AND NOT EXISTS (SELECT 1 FROM muted_sources m WHERE m.source = p.source AND m.subscriber_id = s.subscriber_id)) `, nil
}
