package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Settle implements subscriptions.Outbox. On a full disk it gives up the reserve:
// what was sent must be known, or it would be sent again.
func (s *Store) Settle(ctx context.Context, now time.Time, list []subscriptions.Settlement) error {
	return s.writeAnyhow(ctx, "settle", func(tx queries) error {
		return settle(ctx, tx, millis(now), list)
	})
}

// outParcel is a parcel that is out, with the stories still out in it.
type outParcel struct {
	subscriber subscriptions.SubscriberID
	lane       subscriptions.Lane
	stories    []subscriptions.StoryID
}

// ending is a delivery and how it ended, or until when it is put back.
type ending struct {
	story      subscriptions.StoryID
	lane       subscriptions.Lane
	subscriber subscriptions.SubscriberID
	settlement subscriptions.Settlement
}

// settle carries out many settlements with a few statements. What is rare, a rest
// or a move, comes after the others, one by one.
func settle(ctx context.Context, q queries, now int64, list []subscriptions.Settlement) error {
	out, err := parcelsOut(ctx, q, list)
	if err != nil {
		return err
	}
	b := batch{now: now, out: out}
	for _, s := range list {
		if err := b.add(s); err != nil {
			return err
		}
	}
	if err := b.write(ctx, q); err != nil {
		return err
	}
	for _, s := range list {
		p := out[s.Parcel]
		if p == nil {
			continue
		}
		if s.Rest.Reason != subscriptions.RestNone {
			if err := layToRest(ctx, q, p.subscriber, s.Rest, now); err != nil {
				return fmt.Errorf("rest: %w", err)
			}
		}
		if s.Moved != nil {
			if err := move(ctx, q, p.subscriber, *s.Moved, now); err != nil {
				return fmt.Errorf("move: %w", err)
			}
		}
	}
	return nil
}

// parcelsOut returns those of the settled parcels that are out.
func parcelsOut(ctx context.Context, q queries, list []subscriptions.Settlement) (map[subscriptions.ParcelID]*outParcel, error) {
	var ids []subscriptions.ParcelID
	for _, s := range list {
		ids = append(ids, s.Parcel)
	}
	slices.Sort(ids)
	parcels := map[subscriptions.ParcelID]*outParcel{}
	_, err := collect(ctx, q, func(rows *sql.Rows) (struct{}, error) {
		var id, subscriber, lane int64
		var stories string
		if err := rows.Scan(&id, &subscriber, &lane, &stories); err != nil {
			return struct{}{}, err
		}
		p := &outParcel{subscriber: subscriptions.SubscriberID(subscriber), lane: subscriptions.Lane(lane)}
		parcels[subscriptions.ParcelID(id)] = p
		return struct{}{}, json.Unmarshal([]byte(stories), &p.stories)
	}, `SELECT p.id, p.subscriber_id, p.lane, p.stories FROM json_each(?) j CROSS JOIN parcels p ON p.id = j.value`,
		jsonOf(slices.Compact(ids)))
	return parcels, err
}

// batch gathers what settlements ask for.
type batch struct {
	now    int64
	out    map[subscriptions.ParcelID]*outParcel
	ended  []ending
	back   []ending
	waits  map[subscriptions.SubscriberID]int64
	leases map[subscriptions.ParcelID]int64
	done   []subscriptions.ParcelID // nothing is out in these any more
	partly []subscriptions.ParcelID // less is out in these
	freed  []subscriptions.SubscriberID
	// deferred are whose deliveries were deferred one by one.
	deferred []subscriptions.SubscriberID
}

// add gathers one settlement. What is not out, or not any more, is left alone.
func (b *batch) add(s subscriptions.Settlement) error {
	p := b.out[s.Parcel]
	if p == nil || len(p.stories) == 0 {
		return nil
	}
	spoken := func(story subscriptions.StoryID) bool {
		return s.Stories == nil || slices.Contains(s.Stories, story)
	}
	if s.Outcome == subscriptions.Uncertain {
		if b.leases == nil {
			b.leases = map[subscriptions.ParcelID]int64{}
		}
		b.leases[s.Parcel] = max(millis(s.Until), b.now)
		return nil
	}
	var rest []subscriptions.StoryID
	for _, story := range p.stories {
		if !spoken(story) {
			rest = append(rest, story)
			continue
		}
		e := ending{story, p.lane, p.subscriber, s}
		switch s.Outcome {
		case subscriptions.Sent, subscriptions.Dropped:
			b.ended = append(b.ended, e)
		case subscriptions.Postponed, subscriptions.Deferred:
			b.back = append(b.back, e)
		case subscriptions.Uncertain: // returned above
		default:
			return fmt.Errorf("unknown outcome %q", s.Outcome)
		}
	}
	if s.Outcome == subscriptions.Deferred {
		b.deferred = append(b.deferred, p.subscriber)
	}
	if s.Outcome == subscriptions.Postponed {
		if b.waits == nil {
			b.waits = map[subscriptions.SubscriberID]int64{}
		}
		b.waits[p.subscriber] = max(b.waits[p.subscriber], millis(s.Until), b.now)
	}
	if len(rest) == 0 {
		b.done = append(b.done, s.Parcel)
		b.freed = append(b.freed, p.subscriber)
	} else if len(rest) < len(p.stories) {
		b.partly = append(b.partly, s.Parcel)
	}
	p.stories = rest
	return nil
}

// write carries the batch out.
func (b *batch) write(ctx context.Context, q queries) error {
	if err := b.end(ctx, q); err != nil {
		return err
	}
	if err := b.putBack(ctx, q); err != nil {
		return err
	}
	for _, parcel := range b.partly {
		_, err := q.ExecContext(ctx, `UPDATE parcels SET stories = ? WHERE id = ?`, jsonOf(b.out[parcel].stories), int64(parcel))
		if err != nil {
			return err
		}
	}
	if len(b.done) > 0 {
		_, err := q.ExecContext(ctx, `DELETE FROM parcels WHERE id IN (SELECT value FROM json_each(?))`, jsonOf(b.done))
		if err != nil {
			return err
		}
		// A queue that waits wakes by itself.
		open := slices.DeleteFunc(b.freed, func(id subscriptions.SubscriberID) bool { _, waits := b.waits[id]; return waits })
		if err := wakeQueues(ctx, q, jsonOf(open), b.now); err != nil {
			return err
		}
	}
	for parcel, until := range b.leases {
		if _, err := q.ExecContext(ctx, `UPDATE parcels SET lease_until = ? WHERE id = ?`, until, parcel); err != nil {
			return err
		}
	}
	if len(b.deferred) > 0 {
		// The next claim looks at them, and finds out when the first is due.
		_, err := q.ExecContext(ctx, `UPDATE subscribers SET defers_to = 1 WHERE id IN (SELECT value FROM json_each(?))`, jsonOf(b.deferred))
		if err != nil {
			return err
		}
	}
	for subscriber, until := range b.waits {
		if _, err := q.ExecContext(ctx, `UPDATE subscribers SET wakes_at = max(wakes_at, ?) WHERE id = ?`, until, subscriber); err != nil {
			return err
		}
	}
	return nil
}

// putBack puts deliveries back to sleep. Those deferred are due at another time; those
// postponed remain due since when they were: how late they are does not change with how
// often sending them fails.
func (b *batch) putBack(ctx context.Context, q queries) error {
	for _, e := range b.back {
		var again int64
		if e.settlement.Outcome == subscriptions.Deferred {
			again = millis(e.settlement.Until)
		}
		_, err := q.ExecContext(ctx, `UPDATE deliveries SET queued = 1, due_at = -max(min(abs(due_at), ?), ?)
			WHERE story_id = ? AND lane = ? AND subscriber_id = ? AND ended_at IS NULL`,
			b.now, again, int64(e.story), int64(e.lane), int64(e.subscriber))
		if err != nil {
			return err
		}
	}
	return nil
}

// end ends deliveries.
func (b *batch) end(ctx context.Context, q queries) error {
	rows := make([][]any, len(b.ended))
	for i, e := range b.ended {
		var reference, reason any // each outcome has one of them
		if e.settlement.Outcome == subscriptions.Sent {
			reference = e.settlement.Reference
		} else {
			reason = e.settlement.Reason
		}
		rows[i] = []any{int64(e.story), int64(e.lane), int64(e.subscriber), string(e.settlement.Outcome), reason, reference}
	}
	return execRows(ctx, q, `UPDATE deliveries SET queued = NULL, due_at = NULL, ended_at = ?1,
			outcome = v.column4, reason = v.column5, reference = v.column6
		FROM (VALUES) v WHERE story_id = v.column1 AND lane = v.column2 AND subscriber_id = v.column3 AND ended_at IS NULL`, rows, b.now)
}

// layToRest puts a subscriber to rest and drops what he is owed.
func layToRest(ctx context.Context, q queries, id subscriptions.SubscriberID, r subscriptions.Rest, now int64) error {
	s, err := loadSubscriber(ctx, q, id)
	if errors.Is(err, subscriptions.ErrNotFound) {
		return nil // moved by another settlement of this batch
	}
	if err != nil {
		return err
	}
	r = r.Over(s.Rest)
	_, err = q.ExecContext(ctx, `UPDATE subscribers SET rest = ?2, rest_since = ?3, rest_until = ?4, silent_until = ?5 WHERE id = ?1`,
		id, r.Reason, millis(r.Since), millis(r.Until), silentUntil(r))
	if err != nil {
		return err
	}
	if err := repeatSubscriber(ctx, q, id); err != nil {
		return err
	}
	return dropOwed(ctx, q, id, string(r.Reason), now)
}

// move gives a subscriber a new address, or makes it one with whoever has that
// address already.
func move(ctx context.Context, q queries, id subscriptions.SubscriberID, to subscriptions.Address, now int64) error {
	s, err := loadSubscriber(ctx, q, id)
	if errors.Is(err, subscriptions.ErrNotFound) {
		return nil // moved by another settlement of this batch
	}
	if err != nil || s.Address == to {
		return err
	}
	other, err := findSubscriber(ctx, q, to)
	switch {
	case errors.Is(err, subscriptions.ErrNotFound):
		s.Address = to
		return saveSubscriber(ctx, q, &s, now)
	case err != nil:
		return err
	case other.ID == id: // it is one of his other addresses
		s.Also = slices.DeleteFunc(s.Also, func(a subscriptions.Address) bool { return a == to })
		s.Address = to
		return saveSubscriber(ctx, q, &s, now)
	}
	if err := merge(ctx, q, id, other.ID, now); err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, `DELETE FROM addresses WHERE subscriber_id = ?1 AND address = ?2
		AND platform = (SELECT no FROM platforms WHERE name = ?3)`, other.ID, s.Address.ID, s.Address.Platform); err != nil {
		return err
	}
	also, err := json.Marshal(unite(other.Also, other.Address, s.Also...))
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, `UPDATE subscribers SET also = ? WHERE id = ?`, string(also), other.ID)
	return err
}
