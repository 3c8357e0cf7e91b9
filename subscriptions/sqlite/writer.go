package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
)

// writer is the one connection that writes. It keeps its statements prepared:
// preparing them anew is a quarter of the cost of a claim.
type writer struct {
	db         *sql.DB
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	sync       string // the level of synchronous that was set last
}

func newWriter(ctx context.Context, db *sql.DB) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &writer{db: db, conn: conn, statements: map[string]*sql.Stmt{}}, nil
}

// transact runs fn in one transaction. It is immediate: a deferred one that became
// a writer later would not wait for another process, but fail at once. The end of
// ctx ends the wait, and is looked at again before the commit; in between statements
// do not watch it, for they are short, and to watch it makes them a fifth slower.
func (w *writer) transact(ctx context.Context, fn func(queries) error) error {
	return w.transactAt(ctx, "FULL", fn)
}

// transactAt is transact at a level of synchronous.
func (w *writer) transactAt(ctx context.Context, level string, fn func(queries) error) error {
	if err := w.setSync(ctx, level); err != nil {
		return err
	}
	begin, err := w.prepare(ctx, `BEGIN IMMEDIATE`) //nolint:sqlclosecheck // kept until close
	if err != nil {
		return err
	}
	committed := false
	defer func() {
		if committed {
			return
		}
		// Neither the end of ctx nor a panic in fn may keep the transaction open, nor a
		// BEGIN that reports the end of ctx and has begun all the same. SQLite may have
		// rolled back by itself, on a full disk for one, and then there is nothing left
		// to do.
		_, _ = w.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`)
	}()
	if _, err := begin.ExecContext(ctx); err != nil {
		return err
	}
	if err := cmp.Or(fn(w), ctx.Err()); err != nil {
		return err
	}
	_, err = w.ExecContext(ctx, `COMMIT`)
	committed = err == nil
	return err
}

// transactSoon is transact for work that is simply done again if the power fails:
// it does not wait for the disk. The next transact that does takes it along.
func (w *writer) transactSoon(ctx context.Context, fn func(queries) error) error {
	return w.transactAt(ctx, "NORMAL", fn)
}

// setSync sets the level of synchronous, if it is another.
func (w *writer) setSync(ctx context.Context, level string) error {
	if w.sync == level {
		return nil
	}
	// Not prepared: this pragma acts when it is compiled.
	_, err := w.conn.ExecContext(ctx, `PRAGMA synchronous = `+level)
	if w.sync = level; err != nil {
		w.sync = "" // not known
	}
	return err
}

func (w *writer) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if known := w.statements[query]; known != nil {
		return known, nil
	}
	fresh, err := w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	w.statements[query] = fresh
	return fresh, nil
}

// ExecContext implements queries, inside a transaction.
func (w *writer) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	statement, err := w.prepare(ctx, query) //nolint:sqlclosecheck // kept until close
	if err != nil {
		return nil, err
	}
	return statement.ExecContext(context.WithoutCancel(ctx), args...)
}

// QueryContext implements queries, inside a transaction.
func (w *writer) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, err := w.prepare(ctx, query) //nolint:sqlclosecheck // kept until close
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(context.WithoutCancel(ctx), args...)
}

func (w *writer) close() error {
	var errs []error
	for _, statement := range w.statements {
		errs = append(errs, statement.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}
