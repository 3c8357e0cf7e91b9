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
	var parcels []subscriptions.Parcel
	err := s.gated(ctx, "claim", func() error {
		// Without the reserve there is no certainty that what is sent can be settled.
		if err := s.reserve.fill(); err != nil {
			return err
		}
		if err := s.ids.provide(ctx, s.writer, r.Parcels); err != nil {
			return err
		}
		// It need not wait for the disk. What a power failure takes back was in flight,
		// and is claimed again.
		return s.writer.transactSoon(ctx, func(tx queries) (err error) {
			c := claim{q: tx, now: millis(now), lease: millis(now.Add(r.Lease)), request: r, store: s}
			parcels, err = c.run(ctx)
			return err
		})
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
	lines      []*fanout // of the lane that is claimed; none for digests
	windows    int       // passed without meeting anybody
	chosen     []subscriptions.Subscriber
	taken      map[subscriptions.SubscriberID]bool // those chosen
}

// run returns the parcels it handed out, in order.
func (c *claim) run(ctx context.Context) ([]subscriptions.Parcel, error) {
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
	var parcels []subscriptions.Parcel
	for _, lane := range []subscriptions.Lane{subscriptions.LaneAlert, subscriptions.LaneDigest} {
		back, err := c.again(ctx, lane, c.request.Parcels-len(parcels))
		if err != nil {
			return nil, err
		}
		parcels = append(parcels, back...)
		fresh, err := c.fresh(ctx, lane, c.request.Parcels-len(parcels))
		if err != nil {
			return nil, err
		}
		parcels = append(parcels, fresh...)
	}
	return parcels, nil
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
		FROM deliveries d INDEXED BY deliveries_queued WHERE d.subscriber_id = subscribers.id
		AND d.queued = 1 AND d.due_at < -?2), 0)
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
			FROM json_each(?1) j CROSS JOIN deliveries d INDEXED BY deliveries_queued ON d.subscriber_id = j.value
			WHERE d.queued = 1 AND d.due_at < 0 AND d.due_at >= -?2 GROUP BY d.subscriber_id, d.lane) w
		WHERE deliveries.story_id = w.story AND deliveries.lane = w.lane AND deliveries.subscriber_id = w.subscriber`, ids, now)
	return err
}

// again hands out parcels whose lease has ended. One whose subscriber rests or
// waits is put off until that ends.
func (c *claim) again(ctx context.Context, lane subscriptions.Lane, limit int) ([]subscriptions.Parcel, error) {
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
	if err != nil {
		return nil, err
	}
	return loadParcels(ctx, c.q, ids)
}

// fresh makes new parcels of what is due.
func (c *claim) fresh(ctx context.Context, lane subscriptions.Lane, limit int) ([]subscriptions.Parcel, error) {
	if limit <= 0 {
		return nil, nil
	}
	var err error
	if c.lines = nil; lane == subscriptions.LaneAlert {
		if c.lines, err = c.fanouts(ctx); err != nil {
			return nil, err
		}
	}
	c.chosen, c.taken = nil, map[subscriptions.SubscriberID]bool{}
	if err := c.choose(ctx, lane, limit); err != nil {
		return nil, err
	}
	parcels, err := c.handOut(ctx, lane)
	if err != nil {
		return nil, err
	}
	return parcels, c.saveLines(ctx)
}

// choose picks subscribers who have something due and whose queue is open, fairly
// between the stories.
func (c *claim) choose(ctx context.Context, lane subscriptions.Lane, limit int) error {
	// When all the stories it looked at turn out to be closed, there may be others.
	for range roundLimit {
		heads, err := c.heads(ctx, lane)
		if err != nil {
			return err
		}
		seen := len(heads)
		turns := c.store.turnsOf(queue{c.request.Platform, lane}, heads)
		for len(heads) > 0 && len(c.chosen) < limit {
			share := turns.share(heads, limit-len(c.chosen))
			var open []head
			for _, h := range heads {
				empty, err := c.take(ctx, lane, h, share[h.story])
				if err != nil {
					return err
				}
				if !empty {
					open = append(open, h)
				}
			}
			heads = open
		}
		if seen < headLimit || len(c.chosen) >= limit {
			break
		}
		ids := make([]subscriptions.SubscriberID, len(c.chosen))
		for i, s := range c.chosen {
			ids[i] = s.ID
		}
		if err := c.putOff(ctx, ids); err != nil {
			return err
		}
	}
	return nil
}

// roundLimit bounds the work of one claim when all queues it meets are closed.
const roundLimit = 20

// head is a story with something due, and since when.
type head struct {
	story  subscriptions.StoryID
	due    int64
	queued bool    // something of it is due by itself
	line   *fanout // may be nil
}

// headLimit bounds how many stories one claim looks at.
const headLimit = 300

// heads returns the stories with something due, the longest due first. It leaps
// through the index from story to story.
func (c *claim) heads(ctx context.Context, lane subscriptions.Lane) ([]head, error) {
	heads, err := collect(ctx, c.q, func(rows *sql.Rows) (head, error) {
		h := head{queued: true}
		return h, rows.Scan(&h.story, &h.due)
	}, `WITH RECURSIVE step (story) AS (
			SELECT * FROM (SELECT story_id FROM deliveries
				WHERE platform = ?1 AND lane = ?2 AND queued = 1 AND due_at > 0 ORDER BY story_id LIMIT 1)
			UNION ALL
			SELECT (SELECT d.story_id FROM deliveries d WHERE d.platform = ?1 AND d.lane = ?2 AND d.queued = 1 AND d.due_at > 0
				AND d.story_id > step.story ORDER BY d.story_id LIMIT 1)
			FROM step WHERE step.story IS NOT NULL LIMIT ?3)
		SELECT story, (SELECT d.due_at FROM deliveries d WHERE d.platform = ?1 AND d.lane = ?2 AND d.queued = 1 AND d.due_at > 0
			AND d.story_id = step.story ORDER BY d.due_at LIMIT 1)
		FROM step WHERE story IS NOT NULL`, c.platform, lane, headLimit)
	at := map[subscriptions.StoryID]int{}
	for i, h := range heads {
		at[h.story] = i
	}
	for _, f := range c.lines {
		if i, ok := at[f.story]; ok {
			heads[i].line, heads[i].due = f, min(heads[i].due, f.due)
		} else if !f.ended {
			heads = append(heads, head{story: f.story, due: f.due, line: f})
		}
	}
	slices.SortStableFunc(heads, func(a, b head) int { return cmp.Compare(a.due, b.due) })
	return heads[:min(len(heads), headLimit)], err
}

// take picks up to want subscribers with this story due. Those whose queue is
// closed are put off, so that they are met once. It reports whether the story has
// no more.
func (c *claim) take(ctx context.Context, lane subscriptions.Lane, h head, want int) (empty bool, err error) {
	if want == 0 {
		return false, nil
	}
	want += len(c.chosen)
	if h.queued {
		if err := c.takeQueued(ctx, lane, h.story, want); err != nil {
			return false, err
		}
	}
	// One that has come far past others is gone on with by the next claim.
	if len(c.chosen) < want && h.line != nil && !h.line.ended && c.windows < windowLimit {
		if err := c.walk(ctx, h.line, want); err != nil {
			return false, err
		}
	}
	return len(c.chosen) < want && (h.line == nil || h.line.ended || c.windows == windowLimit), nil
}

// subscriberMet are the columns that meet reads.
const subscriberMet = subscriberColumns + `, ` + closed

// meet looks at the next subscriber with something due. It chooses him if he was not
// chosen before, and if he is shut, his queue closed, it says so.
func (c *claim) meet(rows *sql.Rows) (id subscriptions.SubscriberID, shut bool, err error) {
	s, err := scanSubscriber(rows, &shut)
	if err == nil && !shut && !c.taken[s.ID] {
		c.taken[s.ID] = true
		c.chosen = append(c.chosen, s)
	}
	return s.ID, shut, err
}

// takeQueued chooses until want are chosen, of those to whom the story is due by
// itself.
func (c *claim) takeQueued(ctx context.Context, lane subscriptions.Lane, story subscriptions.StoryID, want int) error {
	var closed []subscriptions.SubscriberID
	err := each(ctx, c.q, func(rows *sql.Rows) (bool, error) {
		id, shut, err := c.meet(rows)
		if shut {
			closed = append(closed, id)
		}
		return len(c.chosen) == want, err
	}, `SELECT `+subscriberMet+` FROM deliveries d INDEXED BY deliveries_due
		CROSS JOIN subscribers s ON s.id = d.subscriber_id CROSS JOIN platforms p ON p.no = s.platform
		WHERE d.platform = ?2 AND d.lane = ?3 AND d.story_id = ?4 AND d.queued = 1 AND d.due_at > 0
		ORDER BY d.due_at, d.subscriber_id`, c.now, c.platform, int64(lane), int64(story))
	if err != nil {
		return err
	}
	return c.putOff(ctx, closed)
}

// putOff sends the closed queues of these subscribers to sleep. A rest wakes them
// at its end; a parcel that is out, when it is settled.
func (c *claim) putOff(ctx context.Context, subscribers []subscriptions.SubscriberID) error {
	if len(subscribers) == 0 {
		return nil
	}
	ids := jsonOf(subscribers)
	// Due in the future is left of a clock that was ahead; asleep it would be deferred.
	_, err := c.q.ExecContext(ctx, `UPDATE deliveries SET due_at = -min(due_at, ?2)
		WHERE subscriber_id IN (SELECT value FROM json_each(?1)) AND queued = 1 AND due_at > 0`, ids, c.now)
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
	next, err := one[int64](ctx, s.readers, `WITH p AS (SELECT no FROM platforms WHERE name = ?1)
		SELECT coalesce(min(at), ?2) FROM (
		SELECT (SELECT due_at FROM deliveries WHERE platform = p.no AND lane = 0 AND queued = 1 AND due_at > 0 ORDER BY story_id, due_at LIMIT 1) AS at FROM p
		UNION ALL SELECT (SELECT due_at FROM deliveries WHERE platform = p.no AND lane = 1 AND queued = 1 AND due_at > 0 ORDER BY story_id, due_at LIMIT 1) FROM p
		UNION ALL SELECT due_at FROM p CROSS JOIN fanouts f ON f.platform = p.no WHERE `+standing+`
		UNION ALL SELECT (SELECT min(lease_until) FROM parcels WHERE platform = p.no) FROM p
		UNION ALL SELECT (SELECT min(wakes_at) FROM subscribers WHERE platform = p.no AND wakes_at > 0) FROM p
		UNION ALL SELECT (SELECT min(defers_to) FROM subscribers WHERE platform = p.no AND defers_to > 0) FROM p)`,
		p, int64(forever), window)
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
