package sqlite

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// TestChangesTogether: changes that wait at the gate are carried out in one go, and
// each still succeeds or fails by itself.
func TestChangesTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx := context.WithoutCancel(t.Context())
		store, err := Open(ctx, filepath.Join(t.TempDir(), "together.db"), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		failure := errors.New("no")
		gone, leave := context.WithCancel(ctx)
		at := func(i int) subscriptions.Address {
			return subscriptions.Address{Platform: "test", ID: strconv.Itoa(i)}
		}
		change := func(i int) (err error) {
			defer func() {
				if cause := recover(); cause != nil {
					err = errors.New("it panicked: " + cause.(string))
				}
			}()
			within, mark := ctx, subscriptions.Mark{Stream: "test", Key: strconv.Itoa(i)}
			switch i % 5 {
			case 2:
				within = gone
			case 3:
				mark.Key = "the same"
			}
			return store.Change(within, time.Now(), mark, func(tx subscriptions.Tx) error {
				s := subscriptions.Subscriber{Address: at(i), CreatedAt: time.Now()}
				if err := tx.SaveSubscriber(&s); err != nil {
					return err
				}
				switch i % 5 {
				case 1:
					return failure
				case 4:
					panic("a bug")
				}
				return nil
			})
		}
		if err := store.gate.Acquire(ctx, 1); err != nil {
			t.Fatal(err)
		}
		const all = 100
		results := make([]error, all)
		var running sync.WaitGroup
		for i := range all {
			running.Go(func() { results[i] = change(i) })
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		store.gate.Release(1)
		running.Wait()
		once := 0
		for i, err := range results {
			_, found := store.Find(ctx, at(i))
			kept := found == nil
			switch i % 5 {
			case 0:
				if err != nil || !kept {
					t.Errorf("%d: %v, kept %v", i, err, kept)
				}
			case 1:
				if !errors.Is(err, failure) || kept {
					t.Errorf("%d failed: %v, kept %v", i, err, kept)
				}
			case 2:
				if !errors.Is(err, context.Canceled) || kept {
					t.Errorf("%d gave up: %v, kept %v", i, err, kept)
				}
			case 3:
				if err == nil && kept {
					once++
				} else if !errors.Is(err, subscriptions.ErrHandled) || kept {
					t.Errorf("%d was handled: %v, kept %v", i, err, kept)
				}
			case 4:
				if err == nil || err.Error() != "it panicked: a bug" || kept {
					t.Errorf("%d panicked: %v, kept %v", i, err, kept)
				}
			}
		}
		if once != 1 {
			t.Errorf("what has one mark was done %d times", once)
		}
	})
}
