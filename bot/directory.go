package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
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
	current atomic.Pointer[inventory]
}

// inventory is the catalogue, and the names of the archive that it was made with. Not
// all of them are in it, so that it does not show by itself whether it is of today.
type inventory struct {
	catalogue *catalogue.Catalogue
	names     map[subscriptions.Topic]string
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
func (d *Directory) Catalogue() *catalogue.Catalogue { return d.current.Load().catalogue }

// Refresh reads the topics of this installation again: another process may have
// added one.
func (d *Directory) Refresh(ctx context.Context) error {
	names, err := d.archive.Topics(ctx)
	if err != nil {
		return fmt.Errorf("read minted topics: %w", err)
	}
	if now := d.current.Load(); now != nil && maps.Equal(now.names, names) {
		return nil
	}
	entries, err := d.minted(names)
	if err != nil {
		return err
	}
	d.current.Store(&inventory{d.base.With(entries...), names})
	return nil
}

// minted makes the entries of names of the archive, in a fixed order: of two that
// are one name the first stands. It leaves out what cannot be added, or not any
// more, because the catalogue has learnt since whose name it is. An archive may hold
// such a name from before that was looked at, and must not keep the bot from its work.
func (d *Directory) minted(names map[subscriptions.Topic]string) ([]catalogue.Entry, error) {
	var entries []catalogue.Entry
	for _, topic := range slices.Sorted(maps.Keys(names)) {
		// A topic that the catalogue has learnt since keeps the catalogue's entry.
		if _, known := d.base.Entry(topic); known {
			continue
		}
		e, err := d.base.Mint(names[topic])
		if errors.Is(err, catalogue.ErrNotAName) || err == nil && !e.Minted {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("mint %s: %w", topic, err)
		}
		e.Topic = topic
		entries = append(entries, e)
	}
	return entries, nil
}

// Mint adds a coach by his full name and keeps him. One who is known already is
// returned as he is. It answers [catalogue.ErrNotAName] to what is no full name, and
// [catalogue.ErrTaken] to a name that is known as somebody or something else.
func (d *Directory) Mint(ctx context.Context, fullName string) (catalogue.Entry, error) {
	e, err := d.Catalogue().Mint(fullName)
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
