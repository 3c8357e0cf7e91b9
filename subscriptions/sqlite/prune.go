package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Prune implements subscriptions.Upkeep. Ended deliveries go with their story:
// without them it could be owed a second time. On a full disk it gives up the
// reserve, for a DELETE needs room too.
func (s *Store) Prune(ctx context.Context, before time.Time, limit int) (more bool, err error) {
	err = s.writeAnyhow(ctx, "prune", func(tx queries) error {
		left, err := pruneStories(ctx, tx, millis(before), limit)
		if err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM marks WHERE (stream, key) IN (SELECT stream, key FROM marks WHERE at < ? LIMIT ?)`,
			`DELETE FROM digests WHERE (subscriber_id, date) IN (SELECT subscriber_id, date FROM digests WHERE released_at < ? LIMIT ?)`,
			`DELETE FROM leases WHERE name IN (SELECT name FROM leases WHERE until < ? LIMIT ?)`,
		} {
			if left <= 0 {
				break
			}
			done, err := tx.ExecContext(ctx, statement, millis(before), left)
			if err != nil {
				return err
			}
			n, err := done.RowsAffected()
			if err != nil {
				return err
			}
			left -= int(n)
		}
		left, err = forgetLeft(ctx, tx, millis(before), left)
		more = left <= 0
		return err
	})
	return more, err
}

// pruneStories removes old stories with all that hangs on them, at most limit
// rows, and returns how much of limit is left. A story that is still owed to
// somebody stays.
func pruneStories(ctx context.Context, q queries, before int64, limit int) (left int, err error) {
	var story subscriptions.StoryID
	for left = limit; left > 0; {
		story, err = one[subscriptions.StoryID](ctx, q, `SELECT id FROM stories y WHERE id > ? AND updated_at < ?
			AND NOT EXISTS (SELECT 1 FROM routes r WHERE r.story_id = y.id) ORDER BY id LIMIT 1`, story, before)
		if errors.Is(err, sql.ErrNoRows) {
			return left, nil
		}
		if err != nil {
			return 0, err
		}
		if left, err = pruneStory(ctx, q, story, left); err != nil {
			return 0, err
		}
	}
	return left, nil
}

func pruneStory(ctx context.Context, q queries, story subscriptions.StoryID, left int) (int, error) {
	if _, err := q.ExecContext(ctx, `UPDATE stories SET pruning = 1 WHERE id = ? AND NOT pruning`, story); err != nil {
		return 0, err
	}
	for _, lane := range []subscriptions.Lane{subscriptions.LaneAlert, subscriptions.LaneDigest} {
		done, err := q.ExecContext(ctx, `DELETE FROM deliveries WHERE story_id = ?1 AND lane = ?2 AND subscriber_id IN (
			SELECT subscriber_id FROM deliveries WHERE story_id = ?1 AND lane = ?2 AND ended_at IS NOT NULL LIMIT ?3)`, story, lane, left)
		if err != nil {
			return 0, err
		}
		n, err := done.RowsAffected()
		if err != nil {
			return 0, err
		}
		if left -= int(n); left <= 0 {
			return 0, nil
		}
	}
	owed, err := one[bool](ctx, q, `SELECT EXISTS (SELECT 1 FROM deliveries WHERE story_id = ?)`, story)
	if err != nil || owed {
		return left, err
	}
	return left - 1, exec(ctx, q, []string{
		`DELETE FROM fanouts WHERE story_id = ?`,
		`DELETE FROM articles WHERE story_id = ?`,
		`DELETE FROM story_topics WHERE story_id = ?`,
		`DELETE FROM stories WHERE id = ?`,
	}, story)
}
