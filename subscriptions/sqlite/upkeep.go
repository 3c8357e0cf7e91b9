package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Backup implements subscriptions.Upkeep.
func (s *Store) Backup(ctx context.Context, file string) error { return backup(ctx, s.readers, file) }

// Stats implements subscriptions.Upkeep.
func (s *Store) Stats(ctx context.Context, now time.Time) (subscriptions.Stats, error) {
	st := subscriptions.Stats{Subscribers: map[subscriptions.Platform]int64{}, Pending: map[subscriptions.Platform]int64{}}
	err := s.stats(ctx, &st, millis(now))
	return st, wrap("stats", err)
}

func (s *Store) stats(ctx context.Context, st *subscriptions.Stats, now int64) error {
	var oldest int64
	err := row(ctx, s.readers, `SELECT
		(SELECT max(version_id) FROM goose_db_version WHERE is_applied),
		(SELECT count(*) FROM subscribers WHERE silent_until > ?1),
		(SELECT count(*) FROM subscriptions),
		(SELECT count(*) FROM articles),
		(SELECT count(*) FROM stories),
		(SELECT coalesce(min(due_at), 0) FROM owed WHERE due_at > 0)`, now)(
		&st.SchemaVersion, &st.Resting, &st.Subscriptions, &st.Articles, &st.Stories, &oldest)
	if err != nil {
		return err
	}
	if oldest > 0 {
		st.OldestDue = time.Duration(max(now-oldest, 0)) * time.Millisecond
	}
	_, err = collect(ctx, s.readers, func(rows *sql.Rows) (struct{}, error) {
		var name subscriptions.Platform
		var n int64
		err := rows.Scan(&name, &n)
		st.Subscribers[name] = n
		return struct{}{}, err
	}, `SELECT p.name, count(*) FROM subscribers s JOIN platforms p ON p.no = s.platform GROUP BY p.no`)
	if err != nil {
		return err
	}
	_, err = collect(ctx, s.readers, func(rows *sql.Rows) (struct{}, error) {
		var name subscriptions.Platform
		var pending, held int64
		err := rows.Scan(&name, &pending, &held)
		st.Pending[name] = pending
		st.Held += held
		return struct{}{}, err
	}, `SELECT p.name, count(d.due_at), count(*) - count(d.due_at)
		FROM (SELECT platform, due_at FROM owed UNION ALL SELECT platform, 0 FROM out) d
		JOIN platforms p ON p.no = d.platform GROUP BY p.no`)
	return err
}

// Check implements subscriptions.Upkeep. It fills the reserve when there is room
// again.
func (s *Store) Check(ctx context.Context) error {
	if _, err := one[int64](ctx, s.readers, `SELECT count(*) FROM platforms`); err != nil {
		return wrap("check reading", err)
	}
	if err := s.gated(ctx, "check writing", s.reserve.fill); err != nil {
		return err
	}
	return s.write(ctx, "check writing", func(tx queries) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO facts (name, value) VALUES ('check', 'ok')`)
		return err
	})
}

// Close implements subscriptions.Upkeep.
func (s *Store) Close() error {
	return wrap("close", errors.Join(s.readers.Close(), s.writer.close()))
}
