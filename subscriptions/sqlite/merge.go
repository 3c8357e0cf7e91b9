package sqlite

import (
	"context"
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// unite adds addresses to a list, each once, without the main address.
func unite(list []subscriptions.Address, main subscriptions.Address, more ...subscriptions.Address) []subscriptions.Address {
	for _, a := range more {
		if a != main && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	return list
}

// How far a delivery came, for the choice between two of the same story. Sent
// beats all: the person has it. Dropped loses to what is still owed.
const (
	progressOfFrom = `CASE WHEN f.outcome = 'sent' THEN 3 WHEN f.ended_at IS NOT NULL THEN 0 WHEN f.queued = 0 THEN 2 ELSE 1 END`
	progressOfInto = `CASE WHEN deliveries.outcome = 'sent' THEN 3 WHEN deliveries.ended_at IS NOT NULL THEN 0 WHEN deliveries.queued = 0 THEN 2 ELSE 1 END`
)

// merge makes one subscriber of two. The settings of into stay, but that a digest which
// only from has goes on; subscriptions are united; what was owed to both is owed once.
func merge(ctx context.Context, q queries, from, into subscriptions.SubscriberID, now int64) error {
	// A line goes by subscribers, and these change.
	for _, id := range []subscriptions.SubscriberID{from, into} {
		if err := leaveLines(ctx, q, id); err != nil {
			return err
		}
	}
	if err := mergeParcels(ctx, q, from, into, now); err != nil {
		return err
	}
	err := exec(ctx, q, []string{
		`DELETE FROM deliveries WHERE subscriber_id = ?2 AND lane IN (0, 1) AND story_id IN (SELECT id FROM stories)
			AND EXISTS (SELECT 1 FROM deliveries f WHERE f.story_id = deliveries.story_id AND f.lane = deliveries.lane
				AND f.subscriber_id = ?1 AND ` + progressOfFrom + ` > ` + progressOfInto + `)`,
		`UPDATE OR IGNORE deliveries SET subscriber_id = ?2
			WHERE subscriber_id = ?1 AND lane IN (0, 1) AND story_id IN (SELECT id FROM stories)`,
		// A route that has passed the one may not have reached the other: work it
		// off again, which adds only what is missing.
		`UPDATE routes SET position = 0 WHERE topic IN (SELECT topic FROM subscriptions WHERE subscriber_id IN (?1, ?2))`,
		`UPDATE subscriptions SET since = min(subscriptions.since, f.since) FROM subscriptions f
			WHERE subscriptions.subscriber_id = ?2 AND f.subscriber_id = ?1 AND f.topic = subscriptions.topic`,
		`UPDATE OR IGNORE subscriptions SET subscriber_id = ?2 WHERE subscriber_id = ?1`,
		`UPDATE OR IGNORE digests SET subscriber_id = ?2 WHERE subscriber_id = ?1`,
		`UPDATE addresses SET subscriber_id = ?2 WHERE subscriber_id = ?1`,
		`UPDATE subscribers SET defers_to = max(subscribers.defers_to, f.defers_to) > 0 FROM subscribers f WHERE f.id = ?1 AND subscribers.id = ?2`,
		`UPDATE subscribers SET next_digest = f.next_digest, digest_minute = f.digest_minute, digest_days = f.digest_days
			FROM subscribers f WHERE f.id = ?1 AND subscribers.id = ?2 AND subscribers.next_digest = 0`,
	}, from, into)
	if err != nil {
		return err
	}
	if err := repeatSubscriber(ctx, q, into); err != nil {
		return err
	}
	if err := uniteLanes(ctx, q, into); err != nil {
		return err
	}
	if err := tidyParcel(ctx, q, into); err != nil {
		return err
	}
	if err := lookAgain(ctx, q, into, now); err != nil {
		return err
	}
	return removeSubscriber(ctx, q, from)
}

// leaveLines writes into each delivery of a subscriber whether it is out.
func leaveLines(ctx context.Context, q queries, id subscriptions.SubscriberID) error {
	return exec(ctx, q, []string{
		`UPDATE deliveries SET queued = 1 WHERE queued IS NULL
			AND (story_id, lane, subscriber_id) IN (SELECT story_id, lane, subscriber_id FROM owed WHERE subscriber_id = ?1)`,
		`UPDATE deliveries SET queued = 0
			WHERE (story_id, lane, subscriber_id) IN (SELECT story_id, lane, subscriber_id FROM out WHERE subscriber_id = ?1)`,
	}, id)
}

// mergeParcels leaves at most one parcel out for the two. The one of from stays
// out if it is the only one, else its deliveries are due again. What a rest of from put
// off is looked at again: into may not rest.
func mergeParcels(ctx context.Context, q queries, from, into subscriptions.SubscriberID, now int64) error {
	moved, err := q.ExecContext(ctx, `UPDATE OR IGNORE parcels SET subscriber_id = ?2,
		lease_until = CASE WHEN put_off THEN ?3 ELSE lease_until END, put_off = 0 WHERE subscriber_id = ?1`, from, into, now)
	if err != nil {
		return err
	}
	if n, err := moved.RowsAffected(); n > 0 || err != nil {
		return err
	}
	return exec(ctx, q, []string{
		`UPDATE deliveries SET queued = 1, due_at = abs(due_at)
			WHERE (story_id, lane, subscriber_id) IN (SELECT story_id, lane, subscriber_id FROM out WHERE subscriber_id = ?1)`,
		`DELETE FROM parcels WHERE subscriber_id = ?1`,
	}, from)
}

// tidyParcel takes out of a subscriber's parcel what is not out any more, because the
// other had it before. An empty one would keep his queue closed for ever.
func tidyParcel(ctx context.Context, q queries, id subscriptions.SubscriberID) error {
	return exec(ctx, q, []string{
		`UPDATE parcels SET stories = (SELECT json_group_array(j.value ORDER BY j.key) FROM json_each(parcels.stories) j
			CROSS JOIN deliveries d ON d.story_id = j.value AND d.lane = parcels.lane AND d.subscriber_id = parcels.subscriber_id
			WHERE d.queued = 0) WHERE subscriber_id = ?1`,
		`DELETE FROM parcels WHERE subscriber_id = ?1 AND stories = '[]'`,
	}, id)
}

// uniteLanes takes out of one lane what the other has, unless a subscription asks
// for both.
func uniteLanes(ctx context.Context, q queries, id subscriptions.SubscriberID) error {
	const noBoth = ` AND NOT EXISTS (SELECT 1 FROM subscriptions s JOIN story_topics st ON st.topic = s.topic
		WHERE s.subscriber_id = ?1 AND s.cadence = 'both' AND st.story_id = deliveries.story_id)`
	return exec(ctx, q, []string{
		`DELETE FROM deliveries WHERE subscriber_id = ?1 AND lane = 1 AND queued = 1 AND due_at IS NULL
			AND EXISTS (SELECT 1 FROM deliveries a WHERE a.story_id = deliveries.story_id AND a.lane = 0 AND a.subscriber_id = ?1)` + noBoth,
		`DELETE FROM deliveries WHERE subscriber_id = ?1 AND lane = 0 AND queued = 1
			AND EXISTS (SELECT 1 FROM deliveries d WHERE d.story_id = deliveries.story_id AND d.lane = 1 AND d.subscriber_id = ?1)` + noBoth,
	}, id)
}
