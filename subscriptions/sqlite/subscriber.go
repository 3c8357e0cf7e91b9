package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	subscriberColumns = `s.id, p.name, s.address, s.also, s.shared, s.language, s.cadence,
	s.digest_minute, s.digest_days, s.next_digest, s.quiet_from, s.quiet_to, s.spoilers,
	s.rest, s.rest_since, s.rest_until, s.muted_sources, s.created_at`
	selectSubscriber = `SELECT ` + subscriberColumns + ` FROM subscribers s JOIN platforms p ON p.no = s.platform `
)

// readSubscriber is scanSubscriber for collect.
func readSubscriber(rows *sql.Rows) (subscriptions.Subscriber, error) { return scanSubscriber(rows) }

// scanSubscriber reads subscriberColumns, and more columns after them. It reads into
// plain types: a claim does this for every parcel, and database/sql is slow with
// named ones.
func scanSubscriber(rows *sql.Rows, more ...any) (subscriptions.Subscriber, error) {
	var platform, address, also, language, cadence, rest, muted string
	var id, days, nextDigest, restSince, restUntil, createdAt int64
	var s subscriptions.Subscriber
	err := rows.Scan(append([]any{
		&id, &platform, &address, &also, &s.Shared, &language, &cadence,
		&s.Digest.Minute, &days, &nextDigest, &s.Quiet.From, &s.Quiet.To, &s.Spoilers,
		&rest, &restSince, &restUntil, &muted, &createdAt,
	}, more...)...)
	if err != nil {
		return s, err
	}
	s.ID = subscriptions.SubscriberID(id)
	s.Address = subscriptions.Address{Platform: subscriptions.Platform(platform), ID: address}
	s.Language, s.Cadence = language, subscriptions.Cadence(cadence)
	s.Digest.Days = subscriptions.Weekdays(days)
	s.NextDigest, s.CreatedAt = instant(nextDigest), instant(createdAt)
	s.Rest = subscriptions.Rest{Reason: subscriptions.RestReason(rest), Since: instant(restSince), Until: instant(restUntil)}
	return s, errors.Join(readList(also, &s.Also), readList(muted, &s.MutedSources))
}

// readList reads a list from JSON; most lists are empty.
func readList[T any](text string, list *[]T) error {
	if text == "null" {
		return nil
	}
	return json.Unmarshal([]byte(text), list)
}

func findSubscriber(ctx context.Context, q queries, at subscriptions.Address) (subscriptions.Subscriber, error) {
	found, err := collect(ctx, q, readSubscriber, selectSubscriber+`WHERE s.id = (
		SELECT a.subscriber_id FROM addresses a JOIN platforms p ON p.no = a.platform
		WHERE p.name = ? AND a.address = ?)`, at.Platform, at.ID)
	if err != nil {
		return subscriptions.Subscriber{}, err
	}
	if len(found) == 0 {
		return subscriptions.Subscriber{}, subscriptions.ErrNotFound
	}
	return found[0], nil
}

func loadSubscriber(ctx context.Context, q queries, id subscriptions.SubscriberID) (subscriptions.Subscriber, error) {
	found, err := collect(ctx, q, readSubscriber, selectSubscriber+`WHERE s.id = ?`, id)
	if err != nil {
		return subscriptions.Subscriber{}, err
	}
	if len(found) == 0 {
		return subscriptions.Subscriber{}, subscriptions.ErrNotFound
	}
	return found[0], nil
}

// platformNo returns the number of a platform, a new one if need be.
func platformNo(ctx context.Context, q queries, name subscriptions.Platform) (int64, error) {
	no, err := one[int64](ctx, q, `SELECT no FROM platforms WHERE name = ?`, string(name))
	if !errors.Is(err, sql.ErrNoRows) {
		return no, err
	}
	added, err := q.ExecContext(ctx, `INSERT INTO platforms (name) VALUES (?)`, string(name))
	if err != nil {
		return 0, err
	}
	return added.LastInsertId()
}

// topicNo returns the number of a topic, a new one if need be.
func topicNo(ctx context.Context, q queries, t subscriptions.Topic) (int64, error) {
	if _, err := q.ExecContext(ctx, `INSERT INTO topics (topic) VALUES (?) ON CONFLICT DO NOTHING`, t); err != nil {
		return 0, err
	}
	return one[int64](ctx, q, `SELECT no FROM topics WHERE topic = ?`, t)
}

// silentUntil is when a rest ends.
func silentUntil(r subscriptions.Rest) int64 {
	switch {
	case r.Reason == subscriptions.RestNone:
		return 0
	case r.Reason != subscriptions.RestAsked, r.Until.IsZero():
		return forever
	}
	return r.Until.UnixMilli()
}

// saveSubscriber writes all fields, takes over whoever has one of the addresses,
// and brings what is repeated elsewhere in line.
func saveSubscriber(ctx context.Context, q queries, s *subscriptions.Subscriber, now int64) error {
	if s.Address.Platform == "" || s.Address.ID == "" {
		return errors.New("a subscriber needs an address")
	}
	platform, err := platformNo(ctx, q, s.Address.Platform)
	if err != nil {
		return err
	}
	var before subscriptions.Subscriber
	if s.ID == 0 {
		if err := insertSubscriber(ctx, q, s, platform); err != nil {
			return err
		}
	} else if before, err = loadSubscriber(ctx, q, s.ID); err != nil {
		return err
	}
	if err := claimAddresses(ctx, q, s, now); err != nil {
		return err
	}
	if err := updateSubscriber(ctx, q, *s, platform); err != nil {
		return err
	}
	if s.Quiet != before.Quiet {
		if err := deferNoMore(ctx, q, s.ID, now); err != nil {
			return err
		}
	}
	return settleRest(ctx, q, *s, before.Rest, now)
}

func insertSubscriber(ctx context.Context, q queries, s *subscriptions.Subscriber, platform int64) error {
	result, err := q.ExecContext(ctx, `INSERT INTO subscribers (platform, address, also, shared, language, cadence,
		digest_minute, digest_days, next_digest, quiet_from, quiet_to, spoilers, rest, rest_since, rest_until,
		muted_sources, created_at, silent_until)
		VALUES (?, ?, '', 0, '', '', 0, 0, 0, 0, 0, 0, '', 0, 0, '', ?, 0)`, platform, s.Address.ID, millis(s.CreatedAt))
	if err != nil {
		return err
	}
	id, err := result.LastInsertId()
	s.ID = subscriptions.SubscriberID(id)
	return err
}

// claimAddresses makes the addresses of s its own, merging in whoever had one.
// The other addresses of those come along.
func claimAddresses(ctx context.Context, q queries, s *subscriptions.Subscriber, now int64) error {
	if _, err := q.ExecContext(ctx, `DELETE FROM addresses WHERE subscriber_id = ?`, s.ID); err != nil {
		return err
	}
	// s.Also grows while it is walked.
	for i := -1; i < len(s.Also); i++ {
		a := s.Address
		if i >= 0 {
			a = s.Also[i]
		}
		platform, err := platformNo(ctx, q, a.Platform)
		if err != nil {
			return err
		}
		owner, err := one[subscriptions.SubscriberID](ctx, q,
			`SELECT subscriber_id FROM addresses WHERE platform = ? AND address = ?`, platform, a.ID)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err == nil && owner != s.ID {
			other, err := loadSubscriber(ctx, q, owner)
			if err != nil {
				return err
			}
			if err := merge(ctx, q, owner, s.ID, now); err != nil {
				return err
			}
			s.Also = unite(s.Also, s.Address, other.Also...)
			if s.NextDigest.IsZero() { // as merge has it
				s.Digest, s.NextDigest = other.Digest, other.NextDigest
			}
		}
		if _, err := q.ExecContext(ctx, `INSERT OR IGNORE INTO addresses (platform, address, subscriber_id) VALUES (?, ?, ?)`,
			platform, a.ID, s.ID); err != nil {
			return err
		}
	}
	return nil
}

func updateSubscriber(ctx context.Context, q queries, s subscriptions.Subscriber, platform int64) error {
	also, err := json.Marshal(s.Also)
	if err != nil {
		return err
	}
	muted, err := json.Marshal(s.MutedSources)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, `UPDATE subscribers SET platform = ?, address = ?, also = ?, shared = ?, language = ?,
		cadence = ?, digest_minute = ?, digest_days = ?, next_digest = ?, quiet_from = ?, quiet_to = ?, spoilers = ?,
		rest = ?, rest_since = ?, rest_until = ?, muted_sources = ?, created_at = ?, silent_until = ? WHERE id = ?`,
		platform, s.Address.ID, string(also), s.Shared, s.Language, s.Cadence, s.Digest.Minute, s.Digest.Days,
		millis(s.NextDigest), s.Quiet.From, s.Quiet.To, s.Spoilers, s.Rest.Reason, millis(s.Rest.Since),
		millis(s.Rest.Until), string(muted), millis(s.CreatedAt), silentUntil(s.Rest), s.ID)
	if err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, `DELETE FROM muted_sources WHERE subscriber_id = ?`, s.ID); err != nil {
		return err
	}
	for _, source := range s.MutedSources {
		if _, err := q.ExecContext(ctx, `INSERT OR IGNORE INTO muted_sources (source, subscriber_id) VALUES (?, ?)`, source, s.ID); err != nil {
			return err
		}
	}
	return repeatSubscriber(ctx, q, s.ID)
}

// repeatSubscriber brings what other tables repeat of a subscriber in line with it.
func repeatSubscriber(ctx context.Context, q queries, id subscriptions.SubscriberID) error {
	return exec(ctx, q, []string{
		`UPDATE subscriptions SET platform = s.platform, silent_until = max(muted_until, s.silent_until)
			FROM subscribers s WHERE s.id = ?1 AND subscriptions.subscriber_id = ?1`,
		// In the line of the other platform he may have been passed.
		`UPDATE deliveries SET platform = s.platform, queued = 1 FROM subscribers s
			WHERE s.id = ?1 AND deliveries.platform <> s.platform
			AND (story_id, lane, subscriber_id) IN (SELECT story_id, lane, subscriber_id FROM owed WHERE subscriber_id = ?1)`,
		`UPDATE deliveries SET platform = s.platform FROM subscribers s
			WHERE s.id = ?1 AND deliveries.platform <> s.platform
			AND (story_id, lane, subscriber_id) IN (SELECT story_id, lane, subscriber_id FROM out WHERE subscriber_id = ?1)`,
		`UPDATE parcels SET platform = s.platform
			FROM subscribers s WHERE s.id = ?1 AND parcels.subscriber_id = ?1`,
	}, id)
}

// deferNoMore makes due what a subscriber's quiet hours deferred: they have changed, and
// the core looks at it anew.
func deferNoMore(ctx context.Context, q queries, id subscriptions.SubscriberID, now int64) error {
	return exec(ctx, q, []string{
		`UPDATE deliveries SET due_at = -?2 WHERE subscriber_id = ?1 AND queued = 1 AND due_at < -?2`,
		`UPDATE subscribers SET defers_to = 1 WHERE id = ?1 AND defers_to > 0`,
	}, id, now)
}

// settleRest makes the queue follow a rest that began, changed or ended. A place that
// cannot be reached is owed nothing more; one that asked for silence keeps what it
// is owed until the silence ends.
func settleRest(ctx context.Context, q queries, s subscriptions.Subscriber, before subscriptions.Rest, now int64) error {
	if s.Rest.Reason == before.Reason && s.Rest.Until.Equal(before.Until) {
		return nil
	}
	asked, until := s.Rest.Reason == subscriptions.RestAsked, silentUntil(s.Rest)
	switch {
	case until <= now, asked && until < silentUntil(before):
		return openQueue(ctx, q, s.ID, now)
	case asked:
		return nil // a claim that meets the queue puts it off
	}
	return dropOwed(ctx, q, s.ID, string(s.Rest.Reason), now)
}

// openQueue has the next claim look at a queue again: whatever it was put off for
// has ended, or ends earlier than it did.
func openQueue(ctx context.Context, q queries, id subscriptions.SubscriberID, now int64) error {
	return exec(ctx, q, []string{
		`UPDATE subscribers SET wakes_at = ?2 WHERE id = ?1`,
		`UPDATE parcels SET lease_until = ?2, put_off = 0 WHERE subscriber_id = ?1 AND put_off`,
	}, id, now)
}

// dropOwed ends all that a subscriber is owed, what is out too.
func dropOwed(ctx context.Context, q queries, id subscriptions.SubscriberID, reason string, now int64) error {
	const drop = `UPDATE deliveries SET queued = NULL, due_at = NULL, ended_at = ?3, outcome = 'dropped', reason = ?2
		WHERE (story_id, lane, subscriber_id) IN (SELECT story_id, lane, subscriber_id FROM `
	return exec(ctx, q, []string{
		drop + `owed WHERE subscriber_id = ?1)`,
		drop + `out WHERE subscriber_id = ?1)`,
		`DELETE FROM parcels WHERE subscriber_id = ?1`,
	}, id, reason, now)
}

// eraseSubscriber removes all traces.
func eraseSubscriber(ctx context.Context, q queries, id subscriptions.SubscriberID) error {
	s, err := loadSubscriber(ctx, q, id)
	if err != nil {
		return err
	}
	for _, a := range append([]subscriptions.Address{s.Address}, s.Also...) {
		// A fact about an address has a name that ends with it.
		if _, err := q.ExecContext(ctx, `DELETE FROM facts WHERE substr(name, -length(?1)) = ?1`, ":"+a.ID); err != nil {
			return fmt.Errorf("facts: %w", err)
		}
	}
	return removeSubscriber(ctx, q, id)
}

// removeSubscriber deletes every row of a subscriber. The deliveries' key begins
// with the story: one probe for each story and lane finds those that ended.
func removeSubscriber(ctx context.Context, q queries, id subscriptions.SubscriberID) error {
	return exec(ctx, q, []string{
		`DELETE FROM deliveries WHERE story_id IN (SELECT id FROM stories) AND lane IN (0, 1) AND subscriber_id = ?`,
		`DELETE FROM parcels WHERE subscriber_id = ?`,
		`DELETE FROM digests WHERE subscriber_id = ?`,
		`DELETE FROM subscriptions WHERE subscriber_id = ?`,
		`DELETE FROM muted_sources WHERE subscriber_id = ?`,
		`DELETE FROM addresses WHERE subscriber_id = ?`,
		`DELETE FROM subscribers WHERE id = ?`,
		`DELETE FROM facts WHERE substr(name, -length(?2)) = ?2`,
	}, id, subscriptions.FactAbout("", id))
}
