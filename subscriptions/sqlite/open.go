package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"
	"golang.org/x/sync/semaphore"
	"modernc.org/sqlite"

	"github.com/sjotbot/sjotbot/subscriptions"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	// patience is how long a write waits for another process. People are
	// answered with an error only after that.
	patience = 10 * time.Second
	// checkBudget bounds the check of a large file at the start; the bot must be
	// at work soon after a crash.
	checkBudget = 10 * time.Second
	// readerCount is how many queries run at once.
	readerCount = 4
	// cacheKiB is the page cache of the writer: the upper pages of every index of
	// a large outbox fit in it.
	cacheKiB = 32 << 10
	// checkpointPages is how long the log grows before it is written back, in pages:
	// 4 MiB, as SQLite itself has it. Whoever commits then waits for that. With 16 MiB
	// follow commands beside a large fan-out waited twice as long at the 99th
	// percentile, 15 ms instead of 7, and the fan-out was no faster: it appends, so that
	// few pages are written back twice.
	checkpointPages = 1_000
	// logLimit is what the log shrinks to again after a large fan-out.
	logLimit = 64 << 20
)

// Open opens the store in a file, and creates it when there is none. It refuses a
// damaged file with ErrCorrupt and never writes over it; a schema from a newer
// version of the program is refused as well. The caller closes the Store.
func Open(ctx context.Context, file string, logger *slog.Logger) (*Store, error) {
	s, err := open(ctx, file, logger)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", file, advise(file, wrap("start", err)))
	}
	return s, nil
}

func open(ctx context.Context, file string, logger *slog.Logger) (*Store, error) {
	// As SQLite is built elsewhere: a commit does not wait until the file's time stamp is
	// on the disk as well. Where there is no such call, it does.
	if _, err := sqlite.Fdatasync(true); err != nil {
		logger.DebugContext(ctx, "no fdatasync", "error", err)
	}
	if err := prepare(ctx, file); err != nil {
		return nil, err
	}
	db, err := connect(file, 1, writing)
	if err != nil {
		return nil, err
	}
	if err := quickCheck(ctx, db, logger); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := migrate(ctx, db, file); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w, err := newWriter(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	readers, err := connect(file, readerCount, reading)
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	s := &Store{
		file:    file,
		logger:  logger,
		writer:  w,
		readers: readers,
		gate:    semaphore.NewWeighted(1),
		reserve: reserve{file: file + "-reserve"},
		turns:   map[queue]turns{},
	}
	if err := s.reserve.fill(); err != nil {
		// Full from the start: what is known can still be read, and sends wait.
		logger.WarnContext(ctx, "no room for the reserve file", "file", s.reserve.file, "error", err)
	}
	if err := s.Check(ctx); err != nil && !errors.Is(err, subscriptions.ErrFull) {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare creates the file if there is none.
func prepare(ctx context.Context, file string) error {
	err := inspect(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if wal, err := os.Stat(file + "-wal"); err == nil && wal.Size() > 0 {
		return fmt.Errorf("the file is gone but its log %s-wal is there: %w", file, subscriptions.ErrCorrupt)
	}
	return create(ctx, file)
}

// inspect looks at the file before SQLite does: SQLite would make a new database
// of an empty file, and throw away a log that has lost its file.
func inspect(file string) error {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("it is a directory")
	case info.Size() == 0:
		return fmt.Errorf("the file is empty: %w", subscriptions.ErrCorrupt)
	}
	return nil
}

// create makes a new database beside file and gives it its name when it is whole,
// so that a crash half-way leaves no file that looks damaged. If another process
// was faster, its file stays.
func create(ctx context.Context, file string) error {
	dir, err := os.MkdirTemp(filepath.Dir(file), filepath.Base(file)+"-new-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	draft := filepath.Join(dir, "draft")
	if err := begin(draft); err != nil {
		return err
	}
	db, err := connect(draft, 1, writing)
	if err != nil {
		return err
	}
	if err := errors.Join(migrate(ctx, db, draft), db.Close()); err != nil {
		return err
	}
	err = os.Link(draft, file)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(draft, file) // this disk has no links
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(file))
}

// syncDir has the names in a folder written to the disk. Windows flushes only what is
// open for writing, which a folder cannot be, and would refuse.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// purpose is what a pool of connections is for.
type purpose int

const (
	reading purpose = iota
	writing
)

// connect opens a pool of connections to a file.
func connect(file string, connections int, p purpose) (*sql.DB, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	options := url.Values{"_pragma": {
		"busy_timeout(" + strconv.FormatInt(patience.Milliseconds(), 10) + ")",
		"journal_mode(WAL)",
		"temp_store(MEMORY)",
	}}
	if p == writing {
		options.Set("_txlock", "immediate") // for the migrations
		options["_pragma"] = append(options["_pragma"],
			"synchronous(FULL)",
			"secure_delete(ON)", // what was erased is not left in free pages, as FAST would
			"cache_size(-"+strconv.Itoa(cacheKiB)+")",
			"wal_autocheckpoint("+strconv.Itoa(checkpointPages)+")",
			"journal_size_limit("+strconv.Itoa(logLimit)+")")
	}
	where := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(abs), RawQuery: options.Encode()}
	db, err := sql.Open("sqlite", where.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// quickCheck looks for damage. A file too large to check in time is used, and said so.
func quickCheck(ctx context.Context, db *sql.DB, logger *slog.Logger) error {
	bounded, cancel := context.WithTimeout(ctx, checkBudget)
	defer cancel()
	verdict, err := one[string](bounded, db, `PRAGMA quick_check(1)`)
	switch {
	case ctx.Err() == nil && bounded.Err() != nil:
		logger.WarnContext(ctx, "the database is too large to be checked at every start; stop the bot and check it with sqlite3 now and then")
		return nil
	case err != nil:
		return err
	case verdict != "ok":
		return fmt.Errorf("%s: %w", verdict, subscriptions.ErrCorrupt)
	}
	return nil
}

// SchemaVersion is the newest schema that this program knows, and writes.
func SchemaVersion() int {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0
	}
	return len(files)
}

// migrate brings the schema up to date. There is no way back: a newer schema is refused,
// and an older one left alone while another program works with it.
func migrate(ctx context.Context, db *sql.DB, file string) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	current, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > newest {
		return fmt.Errorf("its schema has version %d and this program knows %d: it was written by a newer sjotbot, use that one", current, newest)
	}
	if current == newest {
		return nil
	}
	release, err := lock(file)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return errors.Join(err, release())
}

// advise adds what the operator can do.
func advise(file string, err error) error {
	switch {
	case errors.Is(err, subscriptions.ErrCorrupt):
		return fmt.Errorf("%w. Nothing was changed. Stop the bot, move %s, %s-wal and %s-shm aside together, put a copy made with the backup command in their place, and start again; without a copy, \"sqlite3 %s .recover\" may save the subscriptions", err, file, file, file, file)
	case errors.Is(err, subscriptions.ErrReadOnly):
		return fmt.Errorf("%w. The bot must be able to write the file and its folder", err)
	case errors.Is(err, subscriptions.ErrLeased):
		return fmt.Errorf("%w. Its schema is to be brought up to date, and another sjotbot works on it; stop that one first", err)
	case errors.Is(err, subscriptions.ErrBusy):
		return fmt.Errorf("%w. Another program holds it; is the bot running already?", err)
	}
	return err
}
