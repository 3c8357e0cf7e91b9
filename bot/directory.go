package bot

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Directory is what can be followed in this installation: the catalogue, with
// the coaches that fans asked for by their full name. It is safe for use by many
// goroutines.
type Directory struct {
	archive subscriptions.Archive
	base    *catalogue.Catalogue
	current atomic.Pointer[catalogue.Catalogue]
}

// mostMinted is how many coaches fans may add to one installation. There are not
// nearly as many whom Belgium talks about; more is somebody playing.
const mostMinted = 1000

// ErrTooManyCoaches is what Mint answers when fans have added all that they may.
var ErrTooManyCoaches = errors.New("too many coaches were added")

// OpenDirectory returns the catalogue with the topics of this installation.
func OpenDirectory(ctx context.Context, base *catalogue.Catalogue, archive subscriptions.Archive) (*Directory, error) {
	d := &Directory{archive: archive, base: base}
	if err := d.Refresh(ctx); err != nil {
		return nil, fmt.Errorf("open directory: %w", err)
	}
	return d, nil
}

// Catalogue returns the catalogue as it is now. It is another value after a coach
// was added, so that who derives something from it sees that it changed.
func (d *Directory) Catalogue() *catalogue.Catalogue { return d.current.Load() }

// Refresh reads the topics of this installation again: another process may have
// added one.
func (d *Directory) Refresh(ctx context.Context) error {
	names, err := d.archive.Topics(ctx)
	if err != nil {
		return fmt.Errorf("read minted topics: %w", err)
	}
	if known := d.current.Load(); known != nil && d.hasAll(known, names) {
		return nil
	}
	var entries []catalogue.Entry
	for topic, name := range names {
		// A topic that the catalogue has learnt since keeps the catalogue's entry.
		if _, known := d.base.Entry(topic); known {
			continue
		}
		e, err := d.base.Mint(name)
		if err != nil {
			return fmt.Errorf("mint %s: %w", topic, err)
		}
		e.Topic = topic
		entries = append(entries, e)
	}
	d.current.Store(d.base.With(entries...))
	return nil
}

func (d *Directory) hasAll(c *catalogue.Catalogue, names map[subscriptions.Topic]string) bool {
	for topic := range names {
		if _, ok := c.Entry(topic); !ok {
			return false
		}
	}
	return true
}

// Mint adds a coach by his full name and keeps him. One who is known already is
// returned as he is. It answers [catalogue.ErrNotAName] to what is no full name.
func (d *Directory) Mint(ctx context.Context, fullName string) (catalogue.Entry, error) {
	e, err := d.base.Mint(fullName)
	if err != nil {
		return catalogue.Entry{}, fmt.Errorf("mint coach: %w", err)
	}
	if known, ok := d.Catalogue().Entry(e.Topic); ok {
		return known, nil
	}
	if minted := len(d.Catalogue().Entries()) - len(d.base.Entries()); minted >= mostMinted {
		return catalogue.Entry{}, ErrTooManyCoaches
	}
	if err := d.archive.MintTopic(ctx, e.Topic, fullName); err != nil {
		return catalogue.Entry{}, fmt.Errorf("keep coach: %w", err)
	}
	if err := d.Refresh(ctx); err != nil {
		return catalogue.Entry{}, err
	}
	return e, nil
}
