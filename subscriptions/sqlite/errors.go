package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// wrap names the operation that failed, and turns what SQLite and database/sql
// report into the errors that callers branch on. The cause stays in the chain.
func wrap(operation string, err error) error {
	if err == nil {
		return nil
	}
	if sentinel := sentinelOf(err); sentinel != nil && !errors.Is(err, sentinel) {
		return fmt.Errorf("%s: %w: %w", operation, sentinel, err)
	}
	return fmt.Errorf("%s: %w", operation, err)
}

func sentinelOf(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return subscriptions.ErrNotFound
	}
	var cause *sqlite.Error
	if !errors.As(err, &cause) {
		return nil
	}
	// The low byte is the primary result code, the rest refines it.
	switch cause.Code() & 0xff {
	case lib.SQLITE_FULL:
		return subscriptions.ErrFull
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return subscriptions.ErrCorrupt
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return subscriptions.ErrBusy
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		// The file is there, Open looked: what cannot be opened is the log beside it.
		return subscriptions.ErrReadOnly
	}
	return nil
}
