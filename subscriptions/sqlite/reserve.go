package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// reserveSize is room for the log of all that may be in flight.
const reserveSize = 2 << 20

// reserve is a file that holds some room on the disk. On a full disk even a
// DELETE fails, for it is written to the log first. Giving up the reserve lets
// what was sent be settled and what is old be pruned; until it is filled again
// nothing new is claimed, so nothing is sent that could not be settled.
type reserve struct {
	file string
	held bool
}

// fill takes the room if it is not held. Without room it returns ErrFull, where it
// may not write ErrReadOnly.
func (r *reserve) fill() error {
	if r.held {
		return nil
	}
	if info, err := os.Stat(r.file); err == nil && info.Size() == reserveSize {
		r.held = true
		return nil
	}
	if err := writeZeros(r.file, reserveSize); err != nil {
		_ = os.Remove(r.file) // may not have been made
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
			return fmt.Errorf("%w: %w", subscriptions.ErrReadOnly, err)
		}
		return fmt.Errorf("%w: %w", subscriptions.ErrFull, err)
	}
	r.held = true
	return nil
}

// release gives the room up, and reports whether there was any.
func (r *reserve) release() bool {
	err := os.Remove(r.file)
	r.held = false
	return err == nil
}

func writeZeros(file string, size int) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, private)
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, size)) // written, not only sized: a hole takes no room
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
