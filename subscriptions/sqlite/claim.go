package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// closed says whether the queue of subscriber s is closed at an instant: after a
// postponed send, in a rest, and while something is out.
const closed = `(s.wakes_at > ?1 OR s.silent_until > ?1 OR EXISTS (SELECT 1 FROM parcels o WHERE o.subscriber_id = s.id))`

// Claim implements subscriptions.Outbox.
func (s *Store) Claim(ctx context.Context, now time.Time, r subscriptions.ClaimRequest) ([]subscriptions.Parcel, error) {
	// Without the reserve there is no certainty that what is sent can be settled.
	if err := s.reserve.fill(); err != nil {
		return nil, wrap("claim", err)
	}
	var parcels []subscriptions.Parcel
	err := s.write(ctx, "claim", func(tx queries) error {
		c := claim{q: tx, now: millis(now), lease: millis(now.Add(r.Lease)), request: r, store: s}
		ids, err := c.run(ctx)
		if err != nil || len(ids) == 0 {
			return err
		}
		parcels, err = loadParcels(ctx, tx, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	return parcels, nil
}

// claim is one call of Claim inside its transaction.
type claim struct {
	q          queries
	store      *Store
	request    subscriptions.ClaimRequest
	platform   int64
	now, lease int64
}

// run returns the ids of the parcels it handed out, in order.
func (c *claim) run(ctx context.Context) ([]int64, error) {
	var err error
	if c.platform, err = platformNo(ctx, c.q, c.request.Platform); err != nil {
		return nil, err
	}
	if err := c.wake(ctx); err != nil {
		return nil, err
	}
	if err := c.recall(ctx); err != nil {
		return nil, err
	}
	var ids []int64
	for _, lane := range []subscriptions.Lane{subscriptions.LaneAlert, subscriptions.LaneDigest} {
		back, err := c.again(ctx, lane, c.request.Parcels-len(ids))
		if err != nil {
			return nil, err
		}
		ids = append(ids, back...)
		fresh, err := c.fresh(ctx, lane, c.request.Parcels-len(ids))
		if err != nil {
			return nil, err
		}
		ids = append(ids, fresh...)
	}
	return ids, nil
}

// wakeLimit bounds how many queues one claim opens.
const wakeLimit = 1_000

// wake opens the queues whose time has come, for recall to look at. A queue that is
// still closed, for another reason, is put off again by take.
func (c *claim) wake(ctx context.Context) error {
	ids, err := collect(ctx, c.q, scalar[int64], `SELECT id FROM subscribers
		WHERE platform = ? AND wakes_at > 0 AND wakes_at <= ? ORDER BY wakes_at LIMIT ?`, c.platform, c.now, wakeLimit)
	if err != nil || len(ids) == 0 {
		return err
	}
	_, err = c.q.ExecContext(ctx, `UPDATE subscribers SET wakes_at = 0, defers_to = 1 WHERE id IN (SELECT value FROM json_each(?))`, jsonOf(ids))
	return err
}

// recall wakes deliveries that were deferred until now, and notes when the next
// ones of the same subscribers are due.
func (c *claim) recall(ctx context.Context) error {
	ids, err := collect(ctx, c.q, scalar[int64], `SELECT id FROM subscribers
		WHERE platform = ? AND defers_to > 0 AND defers_to <= ? ORDER BY defers_to LIMIT ?`, c.platform, c.now, wakeLimit)
	if err != nil || len(ids) == 0 {
		return err
	}
	_, err = c.q.ExecContext(ctx, `UPDATE subscribers SET defers_to = coalesce((SELECT min(-d.due_at)
		FROM deliveries d INDEXED BY deliveries_owed WHERE d.subscriber_id = subscribers.id
		AND d.ended_at IS NULL AND d.parcel IS NULL AND d.due_at < -?2), 0)
		WHERE id IN (SELECT value FROM json_each(?1))`, jsonOf(ids), c.now)
	if err != nil {
		return err
	}
	return wakeQueues(ctx, c.q, jsonOf(ids), c.now)
}

// wakeQueues wakes one delivery in each lane of these subscribers, the oldest: it
// stands for the others. Deferred ones sleep on.
func wakeQueues(ctx context.Context, q queries, ids string, now int64) error {
	_, err := q.ExecContext(ctx, `UPDATE deliveries SET due_at = -due_at FROM (
			SELECT min(d.story_id) AS story, d.lane AS lane, d.subscriber_id AS subscriber
			FROM json_each(?1) j CROSS JOIN deliveries d INDEXED BY deliveries_owed ON d.subscriber_id = j.value
			WHERE d.ended_at IS NULL AND d.parcel IS NULL AND d.due_at < 0 AND d.due_at >= -?2 GROUP BY d.subscriber_id, d.lane) w
		WHERE deliveries.story_id = w.story AND deliveries.lane = w.lane AND deliveries.subscriber_id = w.subscriber`, ids, now)
	return err
}

// again hands out parcels whose lease has ended. One whose subscriber rests or
// waits is put off until that ends.
func (c *claim) again(ctx context.Context, lane subscriptions.Lane, limit int) ([]int64, error) {
	_, err := c.q.ExecContext(ctx, `UPDATE parcels SET lease_until = max(s.wakes_at, s.silent_until), put_off = 1
		FROM subscribers s WHERE s.id = parcels.subscriber_id AND parcels.platform = ?1 AND parcels.lane = ?2
		AND parcels.lease_until <= ?3 AND max(s.wakes_at, s.silent_until) > ?3`, c.platform, lane, c.now)
	if err != nil || limit <= 0 {
		return nil, err
	}
	ids, err := collect(ctx, c.q, scalar[int64], `SELECT id FROM parcels WHERE platform = ? AND lane = ? AND lease_until <= ?
		ORDER BY lease_until, id LIMIT ?`, c.platform, lane, c.now, limit)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	_, err = c.q.ExecContext(ctx, `UPDATE parcels SET lease_until = ?1, attempts = attempts + 1, put_off = 0
		WHERE id IN (SELECT value FROM json_each(?2))`, c.lease, jsonOf(ids))
	return ids, err
}

// fresh makes new parcels of what is due.
func (c *claim) fresh(ctx context.Context, lane subscriptions.Lane, limit int) ([]int64, error) {
	if limit <= 0 {
		return nil, nil
	}
	chosen, err := c.choose(ctx, lane, limit)
	if err != nil || len(chosen) == 0 {
		return nil, err
	}
	ids, err := collect(ctx, c.q, scalar[int64], `INSERT INTO parcels (subscriber_id, platform, lane, lease_until, attempts)
		SELECT value, ?1, ?2, ?3, 0 FROM json_each(?4) WHERE true ORDER BY key RETURNING id`,
		c.platform, lane, c.lease, jsonOf(chosen))
	if err != nil {
		return nil, err
	}
	// The oldest stories of each, those asleep too, but not those deferred.
	_, err = c.q.ExecContext(ctx, `WITH n AS MATERIALIZED (
			SELECT p.id, d.story_id AS story, d.subscriber_id AS subscriber
			FROM json_each(?2) j CROSS JOIN parcels p ON p.id = j.value
			CROSS JOIN deliveries d INDEXED BY deliveries_owed ON d.subscriber_id = p.subscriber_id AND d.lane = ?1
			WHERE d.ended_at IS NULL AND (d.due_at > 0 OR d.due_at >= -?4) AND d.story_id <= coalesce((
				SELECT o.story_id FROM deliveries o INDEXED BY deliveries_owed
				WHERE o.subscriber_id = p.subscriber_id AND o.lane = ?1 AND o.ended_at IS NULL AND (o.due_at > 0 OR o.due_at >= -?4)
				ORDER BY o.story_id LIMIT 1 OFFSET ?3 - 1), d.story_id))
		UPDATE deliveries SET parcel = n.id, due_at = -abs(due_at) FROM n
		WHERE deliveries.story_id = n.story AND deliveries.lane = ?1 AND deliveries.subscriber_id = n.subscriber`,
		lane, jsonOf(ids), max(c.request.PerParcel, 1), c.now)
	return ids, err
}

// choose picks subscribers who have something due and whose queue is open, fairly
// between the stories.
func (c *claim) choose(ctx context.Context, lane subscriptions.Lane, limit int) ([]int64, error) {
	var chosen []int64
	taken := map[int64]bool{}
	// When all the stories it looked at turn out to be closed, there may be others.
	for range roundLimit {
		heads, err := c.heads(ctx, lane)
		if err != nil {
			return nil, err
		}
		seen := len(heads)
		turns := c.store.turnsOf(queue{c.request.Platform, lane}, heads)
		for len(heads) > 0 && len(chosen) < limit {
			share := turns.share(heads, limit-len(chosen))
			var open []head
			for _, h := range heads {
				got, empty, err := c.take(ctx, lane, h.story, share[h.story], taken)
				if err != nil {
					return nil, err
				}
				chosen = append(chosen, got...)
				if !empty {
					open = append(open, h)
				}
			}
			heads = open
		}
		if seen < headLimit || len(chosen) >= limit {
			break
		}
		if err := c.putOff(ctx, chosen); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

// roundLimit bounds the work of one claim when all queues it meets are closed.
const roundLimit = 20

// head is a story with something due, and since when.
type head struct {
	story subscriptions.StoryID
	due   int64
}

// headLimit bounds how many stories one claim looks at.
const headLimit = 300

// heads returns the stories with something due, the longest due first. It leaps
// through the index from story to story.
func (c *claim) heads(ctx context.Context, lane subscriptions.Lane) ([]head, error) {
	heads, err := collect(ctx, c.q, func(rows *sql.Rows) (h head, err error) {
		err = rows.Scan(&h.story, &h.due)
		return h, err
	}, `WITH RECURSIVE step (story) AS (
			SELECT * FROM (SELECT story_id FROM deliveries
				WHERE platform = ?1 AND lane = ?2 AND due_at > 0 ORDER BY story_id LIMIT 1)
			UNION ALL
			SELECT (SELECT d.story_id FROM deliveries d WHERE d.platform = ?1 AND d.lane = ?2 AND d.due_at > 0
				AND d.story_id > step.story ORDER BY d.story_id LIMIT 1)
			FROM step WHERE step.story IS NOT NULL LIMIT ?3)
		SELECT story, (SELECT d.due_at FROM deliveries d WHERE d.platform = ?1 AND d.lane = ?2 AND d.due_at > 0
			AND d.story_id = step.story ORDER BY d.due_at LIMIT 1)
		FROM step WHERE story IS NOT NULL`, c.platform, lane, headLimit)
	slices.SortStableFunc(heads, func(a, b head) int { return cmp.Compare(a.due, b.due) })
	return heads, err
}

// take picks up to want subscribers with this story due. Those whose queue is
// closed are put off, so that they are met once. It reports whether the story has
// no more.
func (c *claim) take(ctx context.Context, lane subscriptions.Lane, story subscriptions.StoryID, want int, taken map[int64]bool) (got []int64, empty bool, err error) {
	if want == 0 {
		return nil, false, nil
	}
	// Rows of subscribers taken before stay due until their parcel is made.
	limit, met := want+len(taken), 0
	var shut []int64
	_, err = collect(ctx, c.q, func(rows *sql.Rows) (struct{}, error) {
		var subscriber int64
		var isShut bool
		if err := rows.Scan(&subscriber, &isShut); err != nil {
			return struct{}{}, err
		}
		met++
		switch {
		case isShut:
			shut = append(shut, subscriber)
		case !taken[subscriber] && len(got) < want:
			taken[subscriber] = true
			got = append(got, subscriber)
		}
		return struct{}{}, nil
	}, `SELECT s.id, `+closed+` FROM deliveries d INDEXED BY deliveries_due CROSS JOIN subscribers s ON s.id = d.subscriber_id
		WHERE d.platform = ?2 AND d.lane = ?3 AND d.story_id = ?4 AND d.due_at > 0 ORDER BY d.due_at, d.subscriber_id LIMIT ?5`,
		c.now, c.platform, lane, story, limit)
	if err != nil || len(shut) == 0 {
		return got, met < limit, err
	}
	return got, met < limit, c.putOff(ctx, shut)
}

// putOff sends the closed queues of these subscribers to sleep. A rest wakes them
// at its end; a parcel that is out, when it is settled.
func (c *claim) putOff(ctx context.Context, subscribers []int64) error {
	ids := jsonOf(subscribers)
	// Due in the future is left of a clock that was ahead; asleep it would be deferred.
	_, err := c.q.ExecContext(ctx, `UPDATE deliveries SET due_at = -min(due_at, ?2)
		WHERE subscriber_id IN (SELECT value FROM json_each(?1)) AND ended_at IS NULL AND due_at > 0`, ids, c.now)
	if err != nil {
		return err
	}
	_, err = c.q.ExecContext(ctx, `UPDATE subscribers SET wakes_at = max(wakes_at, silent_until)
		WHERE id IN (SELECT value FROM json_each(?)) AND silent_until > ? AND silent_until < ?`, ids, c.now, int64(forever))
	return err
}

// Plan implements subscriptions.Outbox.
func (s *Store) Plan(ctx context.Context, plans map[subscriptions.ParcelID][]byte) error {
	return s.write(ctx, "plan", func(tx queries) error {
		for id, plan := range plans {
			if _, err := tx.ExecContext(ctx, `UPDATE parcels SET plan = ? WHERE id = ?`, plan, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// NextDue implements subscriptions.Outbox.
func (s *Store) NextDue(ctx context.Context, p subscriptions.Platform) (time.Time, error) {
	next, err := one[int64](ctx, s.readers, `SELECT coalesce(min(at), ?2) FROM (
		SELECT (SELECT due_at FROM deliveries WHERE platform = p.no AND lane = 0 AND due_at > 0 ORDER BY story_id, due_at LIMIT 1) AS at
			FROM platforms p WHERE p.name = ?1
		UNION ALL SELECT (SELECT due_at FROM deliveries WHERE platform = p.no AND lane = 1 AND due_at > 0 ORDER BY story_id, due_at LIMIT 1)
			FROM platforms p WHERE p.name = ?1
		UNION ALL SELECT (SELECT min(lease_until) FROM parcels WHERE platform = p.no) FROM platforms p WHERE p.name = ?1
		UNION ALL SELECT (SELECT min(wakes_at) FROM subscribers WHERE platform = p.no AND wakes_at > 0) FROM platforms p WHERE p.name = ?1
		UNION ALL SELECT (SELECT min(defers_to) FROM subscribers WHERE platform = p.no AND defers_to > 0) FROM platforms p WHERE p.name = ?1)`,
		p, int64(forever))
	return instant(next), wrap("next due", err)
}

// jsonOf writes a list of numbers for json_each.
func jsonOf[T ~int64](list []T) string {
	text, err := json.Marshal(list)
	if err != nil {
		return "[]" // numbers can always be written
	}
	return string(text)
}
