package sqlite

import (
	"context"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// heldFor are the deliveries that wait for the digest of subscriber ?1.
const heldFor = `subscriber_id = ?1 AND lane = 1 AND queued = 1 AND due_at IS NULL`

// DueDigests implements subscriptions.DigestQueue.
func (s *Store) DueDigests(ctx context.Context, now time.Time, limit int) ([]subscriptions.Subscriber, error) {
	// Two queries, each of which finds its end of the index.
	due, err := collect(ctx, s.readers, readSubscriber, selectSubscriber+
		`WHERE s.next_digest > 0 AND s.next_digest <= ? ORDER BY s.next_digest, s.id LIMIT ?`, millis(now), limit)
	if err != nil || len(due) == limit {
		return due, wrap("due digests", err)
	}
	ahead, err := collect(ctx, s.readers, readSubscriber, selectSubscriber+
		`WHERE s.next_digest > 0 AND s.next_digest > ? ORDER BY s.next_digest, s.id LIMIT ?`, millis(now.Add(subscriptions.FarthestDigest)), limit-len(due))
	return append(due, ahead...), wrap("digests ahead", err)
}

// ReleaseDigest implements subscriptions.DigestQueue.
func (s *Store) ReleaseDigest(ctx context.Context, now time.Time, r subscriptions.DigestRelease) (int, error) {
	var released int64
	err := s.write(ctx, "release digest", func(tx queries) error {
		released = 0
		if _, err := loadSubscriber(ctx, tx, r.Subscriber); err != nil {
			return err
		}
		fresh := !r.Skip
		if r.Date != "" {
			set, err := tx.ExecContext(ctx, `UPDATE subscribers SET next_digest = ?1 WHERE id = ?2 AND (?3 = 0 OR next_digest = ?3)`,
				millis(r.Next), r.Subscriber, millis(r.Due))
			if err != nil {
				return err
			}
			if n, err := set.RowsAffected(); n == 0 || err != nil {
				return err
			}
			if fresh, err = useDate(ctx, tx, r, millis(now)); err != nil {
				return err
			}
		}
		if !fresh {
			return nil
		}
		done, err := tx.ExecContext(ctx, `UPDATE deliveries SET due_at = ?2 WHERE `+heldFor, r.Subscriber, max(millis(now), 1))
		if err != nil {
			return err
		}
		released, err = done.RowsAffected()
		return err
	})
	return int(released), err
}

// useDate notes the date of a scheduled digest, and reports whether it is to be
// released: not when it was before, nor when it is skipped.
func useDate(ctx context.Context, q queries, r subscriptions.DigestRelease, now int64) (bool, error) {
	if r.Skip {
		return false, nil
	}
	noted, err := q.ExecContext(ctx, `INSERT OR IGNORE INTO digests (subscriber_id, date, released_at) VALUES (?, ?, ?)`,
		r.Subscriber, r.Date, now)
	if err != nil {
		return false, err
	}
	n, err := noted.RowsAffected()
	return n > 0, err
}

// Held implements subscriptions.DigestQueue.
func (s *Store) Held(ctx context.Context, id subscriptions.SubscriberID) ([]subscriptions.StoryID, error) {
	held, err := collect(ctx, s.readers, scalar[subscriptions.StoryID],
		`SELECT story_id FROM deliveries INDEXED BY deliveries_queued WHERE `+heldFor+` ORDER BY story_id`, id)
	return held, wrap("held", err)
}
