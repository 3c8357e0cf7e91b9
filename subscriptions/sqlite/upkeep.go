package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Backup implements subscriptions.Upkeep. The copy appears under its name when it
// is whole and on the disk.
func (s *Store) Backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("backup: %s: %w", file, fs.ErrExist)
	}
	draft := file + "-part"
	if err := begin(draft); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	_, err := s.readers.ExecContext(ctx, `VACUUM INTO ?`, draft)
	if err == nil {
		err = keep(draft, file)
	}
	if err != nil {
		_ = os.Remove(draft) // may not have been made
		return wrap("backup", err)
	}
	return nil
}

// private is how files are made: what they hold is about persons. SQLite gives a log
// the rights of its file.
const private fs.FileMode = 0o600

// begin makes an empty draft, for SQLite to fill: where that fails it is no fault of
// the database, as SQLite would have it.
func begin(draft string) error {
	if err := os.Remove(draft); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, private)
	if err != nil {
		return err
	}
	return f.Close()
}

// keep syncs a finished draft and gives it its name.
func keep(draft, file string) error {
	f, err := os.OpenFile(draft, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(draft, file); err != nil {
		return err
	}
	return syncDir(filepath.Dir(file))
}

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
