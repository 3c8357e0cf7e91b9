package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
)

// Copy writes a consistent copy of a database to a new file, whatever its schema, and
// changes nothing in it. Others may work on it meanwhile.
func Copy(ctx context.Context, file, to string, logger *slog.Logger) error {
	db, err := look(file)
	if err == nil {
		defer func() { _ = db.Close() }() // it only reads
		err = quickCheck(ctx, db, logger)
	}
	if err != nil {
		return fmt.Errorf("open database %s: %w", file, advise(file, wrap("start", err)))
	}
	return backup(ctx, db, to)
}

// Schema returns the version of the schema that a database has, 0 if it has none of
// ours, and changes nothing in it.
func Schema(ctx context.Context, file string) (version int, err error) {
	db, err := look(file)
	if err != nil {
		return 0, wrap("schema", err)
	}
	defer func() { _ = db.Close() }() // it only reads
	ours, err := one[bool](ctx, db, `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'goose_db_version')`)
	if err == nil && ours {
		version, err = one[int](ctx, db, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`)
	}
	return version, wrap("schema", err)
}

// look opens a database that is there, whatever its schema, for reading.
func look(file string) (*sql.DB, error) {
	if err := inspect(file); err != nil {
		return nil, err
	}
	return connect(file, 1, reading)
}

// backup copies a database to a new file, which appears under its name when it is whole
// and on the disk.
func backup(ctx context.Context, db *sql.DB, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("backup: %s: %w", file, fs.ErrExist)
	}
	draft := file + "-part"
	if err := begin(draft); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	_, err := db.ExecContext(ctx, `VACUUM INTO ?`, draft)
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
