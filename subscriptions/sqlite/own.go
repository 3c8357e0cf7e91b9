package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// Own makes the caller the only program that works on this file, until release is
// called or the process ends, however it ends: the operating system holds the lock.
// It returns ErrLeased when another program works on it.
//
// Nobody else being there, what dead programs left behind ends now: their leases, and
// the claims whose parcels somebody was sending. Those may be claimed again at once,
// under their old ids.
func (s *Store) Own(ctx context.Context, now time.Time) (release func() error, err error) {
	release, err = lock(s.file)
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, "own", func(tx queries) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM leases`); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE parcels SET lease_until = ?1 WHERE lease_until > ?1 AND put_off = 0`, millis(now))
		return err
	})
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return release, nil
}

// lock makes the caller the only one who has a file, see Own, by whatever link it
// was named.
func lock(file string) (release func() error, err error) {
	file, err = filepath.EvalSymlinks(file)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	l := flock.New(file + "-lock")
	locked, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", filepath.Base(l.Path()), err)
	}
	if !locked {
		return nil, subscriptions.ErrLeased
	}
	return l.Unlock, nil
}
