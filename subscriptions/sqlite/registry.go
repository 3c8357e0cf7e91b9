package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"reflect"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// markAge is how long the keys of marks are kept.
const markAge = 24 * time.Hour

// useMark records a mark, or returns ErrHandled.
func useMark(ctx context.Context, q queries, m subscriptions.Mark, now int64) error {
	if m.Sequence != 0 {
		position, err := position(ctx, q, m.Stream)
		if err != nil {
			return err
		}
		if m.Sequence < position {
			return subscriptions.ErrHandled
		}
		_, err = q.ExecContext(ctx, `INSERT INTO positions (stream, position) VALUES (?, ?)
			ON CONFLICT (stream) DO UPDATE SET position = excluded.position`, m.Stream, m.Sequence+1)
		if err != nil {
			return err
		}
	}
	if m.Key == "" {
		return nil
	}
	_, err := q.ExecContext(ctx, `DELETE FROM marks WHERE at < ?`, now-markAge.Milliseconds())
	if err != nil {
		return err
	}
	added, err := q.ExecContext(ctx, `INSERT OR IGNORE INTO marks (stream, key, at) VALUES (?, ?, ?)`, m.Stream, m.Key, now)
	if err != nil {
		return err
	}
	if n, err := added.RowsAffected(); n > 0 || err != nil {
		return err
	}
	return subscriptions.ErrHandled
}

// Find implements subscriptions.Registry.
func (s *Store) Find(ctx context.Context, at subscriptions.Address) (subscriptions.Subscriber, error) {
	found, err := findSubscriber(ctx, s.readers, at)
	return found, wrap("find subscriber", err)
}

// Subscriptions implements subscriptions.Registry.
func (s *Store) Subscriptions(ctx context.Context, id subscriptions.SubscriberID) ([]subscriptions.Subscription, error) {
	list, err := listSubscriptions(ctx, s.readers, id)
	return list, wrap("list subscriptions", err)
}

// registryTx is one write transaction on the registry. It lives within one call
// of Change, and so does its context.
type registryTx struct {
	ctx context.Context //nolint:containedctx // subscriptions.Tx is used inside one call
	q   queries
	now int64
}

// Subscriber implements subscriptions.Tx.
func (t *registryTx) Subscriber(at subscriptions.Address) (subscriptions.Subscriber, error) {
	found, err := findSubscriber(t.ctx, t.q, at)
	return found, wrap("find subscriber", err)
}

// SaveSubscriber implements subscriptions.Tx.
func (t *registryTx) SaveSubscriber(s *subscriptions.Subscriber) error {
	return wrap("save subscriber", saveSubscriber(t.ctx, t.q, s, t.now))
}

// Subscriptions implements subscriptions.Tx.
func (t *registryTx) Subscriptions(id subscriptions.SubscriberID) ([]subscriptions.Subscription, error) {
	list, err := listSubscriptions(t.ctx, t.q, id)
	return list, wrap("list subscriptions", err)
}

// Follow implements subscriptions.Tx.
func (t *registryTx) Follow(s subscriptions.Subscription) error {
	return wrap("follow", follow(t.ctx, t.q, s))
}

// Unfollow implements subscriptions.Tx.
func (t *registryTx) Unfollow(id subscriptions.SubscriberID, topics ...subscriptions.Topic) error {
	return wrap("unfollow", unfollow(t.ctx, t.q, id, topics, t.now))
}

// Retry implements subscriptions.Tx.
func (t *registryTx) Retry(id subscriptions.SubscriberID) error {
	return wrap("retry", openQueue(t.ctx, t.q, id, t.now))
}

// Erase implements subscriptions.Tx.
func (t *registryTx) Erase(id subscriptions.SubscriberID) error {
	return wrap("erase", eraseSubscriber(t.ctx, t.q, id))
}

func listSubscriptions(ctx context.Context, q queries, id subscriptions.SubscriberID) ([]subscriptions.Subscription, error) {
	return collect(ctx, q, func(rows *sql.Rows) (subscriptions.Subscription, error) {
		s := subscriptions.Subscription{Subscriber: id}
		var filter string
		var muted, created int64
		if err := rows.Scan(&s.Topic, &s.Cadence, &filter, &muted, &created); err != nil {
			return s, err
		}
		s.MutedUntil, s.CreatedAt = instant(muted), instant(created)
		if filter == "" {
			return s, nil
		}
		return s, json.Unmarshal([]byte(filter), &s.Filter)
	}, `SELECT t.topic, s.cadence, s.filter, s.muted_until, s.created_at
		FROM subscriptions s JOIN topics t ON t.no = s.topic
		WHERE s.subscriber_id = ? ORDER BY s.created_at, s.since, t.no`, id)
}

// follow writes a subscription. A new one counts from the newest article: nothing
// that was published before is owed.
func follow(ctx context.Context, q queries, s subscriptions.Subscription) error {
	w, err := wishesOf(s)
	if err != nil {
		return err
	}
	filter, err := filterText(s.Filter)
	if err != nil {
		return err
	}
	topic, err := topicNo(ctx, q, s.Topic)
	if err != nil {
		return err
	}
	done, err := q.ExecContext(ctx, `INSERT INTO subscriptions (topic, subscriber_id, platform, alert_kinds, digest_kinds,
			languages, scopes, since, silent_until, cadence, filter, muted_until, created_at)
		SELECT ?1, id, platform, ?3, ?4, ?5, ?6, (SELECT coalesce(max(id), 0) FROM articles),
			max(silent_until, ?9), ?7, ?8, ?9, ?10
		FROM subscribers WHERE id = ?2
		ON CONFLICT DO UPDATE SET alert_kinds = excluded.alert_kinds, digest_kinds = excluded.digest_kinds,
			languages = excluded.languages, scopes = excluded.scopes, silent_until = excluded.silent_until,
			cadence = excluded.cadence, filter = excluded.filter, muted_until = excluded.muted_until,
			created_at = excluded.created_at`,
		topic, s.Subscriber, w.alerts, w.digest, w.languages, w.scopes, s.Cadence, filter,
		millis(s.MutedUntil), millis(s.CreatedAt))
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); n > 0 || err != nil {
		return err
	}
	return subscriptions.ErrNotFound
}

// filterText is how a filter is kept: as JSON, and the zero Filter, which nearly all
// have, as nothing. Routing reads past it once for every follower.
func filterText(f subscriptions.Filter) (string, error) {
	if reflect.ValueOf(f).IsZero() {
		return "", nil
	}
	text, err := json.Marshal(f)
	return string(text), err
}

// unfollow ends subscriptions and cancels what nothing else asks for. A cancelled
// delivery leaves no row: the story may still be owed for another topic later.
func unfollow(ctx context.Context, q queries, id subscriptions.SubscriberID, topics []subscriptions.Topic, now int64) error {
	if len(topics) == 0 {
		if _, err := q.ExecContext(ctx, `DELETE FROM subscriptions WHERE subscriber_id = ?`, id); err != nil {
			return err
		}
	}
	for _, topic := range topics {
		_, err := q.ExecContext(ctx, `DELETE FROM subscriptions
			WHERE subscriber_id = ? AND topic = (SELECT no FROM topics WHERE topic = ?)`, id, topic)
		if err != nil {
			return err
		}
	}
	_, err := q.ExecContext(ctx, `DELETE FROM deliveries
		WHERE (story_id, lane, subscriber_id) IN (SELECT story_id, lane, subscriber_id FROM owed WHERE subscriber_id = ?1)
		AND NOT EXISTS (SELECT 1 FROM `+wanted+` WHERE st.story_id = deliveries.story_id AND s.subscriber_id = ?1 AND `+wants+`)`, id)
	if err != nil {
		return err
	}
	return lookAgain(ctx, q, id, now)
}

// lookAgain has the next claim wake a queue, after deliveries were taken out of it:
// the one that was awake may have been among them.
func lookAgain(ctx context.Context, q queries, id subscriptions.SubscriberID, now int64) error {
	_, err := q.ExecContext(ctx, `UPDATE subscribers SET wakes_at = ?2 WHERE id = ?1 AND wakes_at = 0
		AND EXISTS (SELECT 1 FROM deliveries d WHERE d.subscriber_id = ?1 AND d.queued = 1 AND d.due_at < 0)`, id, now)
	return err
}

// wanted and wants join a story to the subscriptions it is owed for.
const (
	wanted = `story_topics st JOIN stories y ON y.id = st.story_id JOIN subscriptions s ON s.topic = st.topic`
	wants  = `(s.alert_kinds | s.digest_kinds) & y.kind AND s.languages & (y.languages | y.languages << 8) AND s.scopes & st.scopes AND s.since < st.since`
)

// Export implements subscriptions.Registry.
func (s *Store) Export(ctx context.Context, id subscriptions.SubscriberID) (any, error) {
	export, err := s.export(ctx, id)
	if err != nil {
		return nil, wrap("export", err)
	}
	return export, nil
}

// position is how far a stream was read.
func position(ctx context.Context, q queries, stream string) (int64, error) {
	p, err := one[int64](ctx, q, `SELECT position FROM positions WHERE stream = ?`, stream)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return p, err
}
