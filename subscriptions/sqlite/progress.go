package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Checkpoint implements subscriptions.Progress.
func (s *Store) Checkpoint(ctx context.Context, source string) (subscriptions.Checkpoint, error) {
	c := subscriptions.Checkpoint{Source: source}
	var read, since, next int64
	err := row(ctx, s.readers, `SELECT etag, last_modified, highest, read_at, failures, reason, failing_since, next_at
		FROM checkpoints WHERE source = ?`, source)(
		&c.ETag, &c.LastModified, &c.Highest, &read, &c.Failures, &c.Reason, &since, &next)
	if err != nil {
		return subscriptions.Checkpoint{}, wrap("checkpoint", err)
	}
	c.Read, c.Since, c.Next = instant(read), instant(since), instant(next)
	return c, nil
}

// SaveCheckpoint implements subscriptions.Progress.
func (s *Store) SaveCheckpoint(ctx context.Context, c subscriptions.Checkpoint) error {
	return s.write(ctx, "save checkpoint", func(tx queries) error { return saveCheckpoint(ctx, tx, c) })
}

func saveCheckpoint(ctx context.Context, q queries, c subscriptions.Checkpoint) error {
	_, err := q.ExecContext(ctx, `INSERT OR REPLACE INTO checkpoints
		(source, etag, last_modified, highest, read_at, failures, reason, failing_since, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Source, c.ETag, c.LastModified, c.Highest, millis(c.Read), c.Failures, c.Reason, millis(c.Since), millis(c.Next))
	return err
}

// Position implements subscriptions.Progress.
func (s *Store) Position(ctx context.Context, stream string) (int64, error) {
	p, err := position(ctx, s.readers, stream)
	return p, wrap("position", err)
}

// Lease implements subscriptions.Progress.
func (s *Store) Lease(ctx context.Context, now time.Time, name, holder string, ttl time.Duration) error {
	return s.write(ctx, "lease "+name, func(tx queries) error {
		if ttl <= 0 {
			_, err := tx.ExecContext(ctx, `DELETE FROM leases WHERE name = ? AND holder = ?`, name, holder)
			return err
		}
		taken, err := tx.ExecContext(ctx, `INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?3)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE leases.holder = excluded.holder OR leases.until <= ?4
				OR leases.until > ?3 /* longer than any lease lasts: the clock went back since */`, name, holder, millis(now.Add(ttl)), millis(now))
		if err != nil {
			return err
		}
		if n, err := taken.RowsAffected(); n > 0 || err != nil {
			return err
		}
		return subscriptions.ErrLeased
	})
}

// Value implements subscriptions.Progress.
func (s *Store) Value(ctx context.Context, name string) (string, error) {
	value, err := one[string](ctx, s.readers, `SELECT value FROM facts WHERE name = ?`, name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, wrap("value", err)
}

// SetValue implements subscriptions.Progress.
func (s *Store) SetValue(ctx context.Context, name, value string) error {
	return s.write(ctx, "set value", func(tx queries) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)`, name, value)
		return err
	})
}
