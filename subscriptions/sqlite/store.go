package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"math"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Store is a subscriptions.Store in one SQLite file. Open makes one.
type Store struct {
	file    string
	logger  *slog.Logger
	writer  *writer             // used inside the gate
	readers *sql.DB             // several, for queries only
	gate    *semaphore.Weighted // of one: first come, first served
	changes changes
	reserve reserve         // used inside the gate
	turns   map[queue]turns // how often each story was served lately; used inside the gate
	ids     parcelIDs       // used inside the gate
}

var _ subscriptions.Store = (*Store)(nil)

// forever is later than any instant.
const forever = math.MaxInt64

// millis is how an instant is kept: Unix milliseconds, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant is the inverse of millis.
func instant(ms int64) time.Time {
	if ms == 0 || ms == forever {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// queries is what a connection and a transaction have in common.
type queries interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// write runs fn in one write transaction, and commits if it returns nil. It waits
// for its turn at the gate.
func (s *Store) write(ctx context.Context, operation string, fn func(queries) error) error {
	return s.gated(ctx, operation, func() error { return s.writer.transact(ctx, fn) })
}

// writeSoon is write for what may be done again if the power fails.
func (s *Store) writeSoon(ctx context.Context, operation string, fn func(queries) error) error {
	return s.gated(ctx, operation, func() error { return s.writer.transactSoon(ctx, fn) })
}

// gated runs fn inside the gate.
func (s *Store) gated(ctx context.Context, operation string, fn func() error) error {
	if err := s.gate.Acquire(ctx, 1); err != nil {
		return wrap(operation, err)
	}
	defer s.gate.Release(1)
	return wrap(operation, fn())
}

// writeAnyhow is write for what must succeed on a full disk too. It gives up the
// reserve to make room, and lets nobody take that before it has written.
func (s *Store) writeAnyhow(ctx context.Context, operation string, fn func(queries) error) error {
	return s.gated(ctx, operation, func() error {
		err := s.writer.transact(ctx, fn)
		if !errors.Is(sentinelOf(err), subscriptions.ErrFull) || !s.reserve.release() {
			return err
		}
		s.logger.WarnContext(ctx, "disk full: the reserve was given up; nothing is sent until there is room again", "operation", operation)
		return s.writer.transact(ctx, fn)
	})
}

// each visits the rows of a query until visit has seen enough.
func each(ctx context.Context, q queries, visit func(*sql.Rows) (enough bool, err error), query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if enough, err := visit(rows); enough || err != nil {
			return err
		}
	}
	return rows.Err()
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, q queries, scan func(*sql.Rows) (T, error), query string, args ...any) (all []T, err error) {
	err = each(ctx, q, func(rows *sql.Rows) (bool, error) {
		one, err := scan(rows)
		all = append(all, one)
		return false, err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return all, nil
}

// scalar reads one column, for collect.
func scalar[T any](rows *sql.Rows) (v T, err error) {
	err = rows.Scan(&v)
	return v, err
}

// one reads one value of one row.
func one[T any](ctx context.Context, q queries, query string, args ...any) (v T, err error) {
	err = row(ctx, q, query, args...)(&v)
	return v, err
}

// row reads one row: row(…)(&a, &b). Without a row it returns sql.ErrNoRows.
func row(ctx context.Context, q queries, query string, args ...any) func(into ...any) error {
	return func(into ...any) error {
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		if !rows.Next() {
			return cmp.Or(rows.Err(), sql.ErrNoRows)
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		return rows.Close()
	}
}

// exec runs statements that share their arguments.
func exec(ctx context.Context, q queries, statements []string, args ...any) error {
	for _, statement := range statements {
		if _, err := q.ExecContext(ctx, statement, args...); err != nil {
			return err
		}
	}
	return nil
}

// execRows runs a statement for many rows of values at a time, which costs half of
// running it for each: VALUES in it becomes the list of them. The arguments before
// the rows have their numbers in it.
func execRows(ctx context.Context, q queries, statement string, rows [][]any, args ...any) error {
	for _, size := range []int{32, 8, 1} { // few sizes, for they stay prepared
		for ; len(rows) >= size; rows = rows[size:] {
			one := ", (?" + strings.Repeat(", ?", len(rows[0])-1) + ")"
			list := "VALUES " + strings.Repeat(one, size)[2:]
			values := slices.Concat(append([][]any{args}, rows[:size]...)...)
			if _, err := q.ExecContext(ctx, strings.Replace(statement, "VALUES", list, 1), values...); err != nil {
				return err
			}
		}
	}
	return nil
}
