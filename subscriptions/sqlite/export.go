package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// export is all that is kept about a subscriber, in words for the person it is
// about: what was never chosen is left out.
type export struct {
	Addresses    []string          `json:"addresses"`
	Since        time.Time         `json:"since"`
	Shared       bool              `json:"shared,omitempty"`
	Language     string            `json:"language"`
	Cadence      string            `json:"cadence"`
	DigestAt     string            `json:"digest_at"`
	DigestDays   []string          `json:"digest_days,omitempty"`
	NextDigest   time.Time         `json:"next_digest,omitzero"`
	Quiet        string            `json:"quiet,omitempty"`
	Spoilers     bool              `json:"spoilers_hidden"`
	Rest         string            `json:"rest,omitempty"`
	RestSince    time.Time         `json:"rest_since,omitzero"`
	RestUntil    time.Time         `json:"rest_until,omitzero"`
	MutedSources []string          `json:"muted_sources,omitempty"`
	Follows      []exportFollow    `json:"follows"`
	Stories      []exportStory     `json:"stories"`
	Digests      []exportDigest    `json:"digests"`
	Facts        map[string]string `json:"facts,omitempty"` // that the program keeps about him or one of the addresses
}

// exportFollow is a subscription.
type exportFollow struct {
	Topic      subscriptions.Topic   `json:"topic"`
	Since      time.Time             `json:"since"`
	Cadence    subscriptions.Cadence `json:"cadence"`
	MutedUntil time.Time             `json:"muted_until,omitzero"`
	Rumours    subscriptions.Policy  `json:"rumours,omitempty"`
	Quotes     subscriptions.Policy  `json:"quotes,omitempty"`
	Roundups   subscriptions.Policy  `json:"roundups,omitempty"`
	Languages  []string              `json:"languages,omitempty"`
	First      string                `json:"first_language,omitempty"`
	Also       []subscriptions.Scope `json:"also,omitempty"`
	Loud       bool                  `json:"loud,omitempty"`
	Big        bool                  `json:"only_big_is_loud,omitempty"`
}

// exportStory is a story that is owed, or how that ended.
type exportStory struct {
	Story   subscriptions.StoryID `json:"story"`
	Topics  []subscriptions.Topic `json:"topics"`
	Digest  bool                  `json:"in_digest,omitempty"`
	Pending bool                  `json:"pending,omitempty"`
	Due     time.Time             `json:"due,omitzero"`
	Outcome subscriptions.Outcome `json:"outcome,omitempty"`
	Reason  string                `json:"reason,omitempty"`
	Message string                `json:"message,omitempty"`
	Ended   time.Time             `json:"ended,omitzero"`
}

// exportDigest is a digest that was released.
type exportDigest struct {
	Date     string    `json:"date"`
	Released time.Time `json:"released"`
}

// newExport writes a subscriber's settings out.
func newExport(s *subscriptions.Subscriber) export {
	e := export{
		Since: s.CreatedAt, Shared: s.Shared, Language: s.Language, Cadence: string(s.Cadence),
		DigestAt: clock(s.Digest.Minute), NextDigest: s.NextDigest, Spoilers: s.Spoilers,
		Rest: string(s.Rest.Reason), RestSince: s.Rest.Since, RestUntil: s.Rest.Until, MutedSources: s.MutedSources,
		Follows: []exportFollow{}, Stories: []exportStory{}, Digests: []exportDigest{}, Facts: map[string]string{},
	}
	for _, a := range append([]subscriptions.Address{s.Address}, s.Also...) {
		e.Addresses = append(e.Addresses, a.String())
	}
	if s.Digest.Days != 0 {
		for d := time.Sunday; d <= time.Saturday; d++ {
			if s.Digest.Days.Has(d) {
				e.DigestDays = append(e.DigestDays, strings.ToLower(d.String()))
			}
		}
	}
	if s.Quiet.On() {
		e.Quiet = clock(s.Quiet.From) + "-" + clock(s.Quiet.To)
	}
	return e
}

// clock writes a minute of the day.
func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func (e *export) addFollows(list []subscriptions.Subscription) {
	for _, s := range list {
		f := s.Filter
		e.Follows = append(e.Follows, exportFollow{
			Topic: s.Topic, Since: s.CreatedAt, Cadence: s.Cadence, MutedUntil: s.MutedUntil,
			Rumours: f.Rumours, Quotes: f.Quotes, Roundups: f.Roundups,
			Languages: f.Languages, First: f.First, Also: f.Scopes, Loud: f.Loud, Big: f.Big,
		})
	}
}

func (e *export) addStories(list []subscriptions.DeliveryState) {
	for _, s := range list {
		e.Stories = append(e.Stories, exportStory{
			Story: s.Story, Topics: s.Topics, Digest: s.Lane == subscriptions.LaneDigest, Pending: s.Pending,
			Due: s.Due, Outcome: s.Outcome, Reason: s.Reason, Message: s.Reference, Ended: s.Ended,
		})
	}
}

// export reads everything in one transaction, so that it fits together.
func (s *Store) export(ctx context.Context, id subscriptions.SubscriberID) (export, error) {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return export{}, err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	subscriber, err := loadSubscriber(ctx, tx, id)
	if err != nil {
		return export{}, err
	}
	e := newExport(&subscriber)
	follows, err := listSubscriptions(ctx, tx, id)
	if err != nil {
		return e, err
	}
	e.addFollows(follows)
	stories, err := deliveryStates(ctx, tx,
		`d.story_id IN (SELECT id FROM stories) AND d.lane IN (0, 1) AND d.subscriber_id = ?`, id)
	if err != nil {
		return e, err
	}
	e.addStories(stories)
	digests, err := collect(ctx, tx, func(rows *sql.Rows) (d exportDigest, err error) {
		var released int64
		err = rows.Scan(&d.Date, &released)
		d.Released = instant(released)
		return d, err
	}, `SELECT date, released_at FROM digests WHERE subscriber_id = ? ORDER BY date`, id)
	if err != nil {
		return e, err
	}
	e.Digests = append(e.Digests, digests...)
	if err := e.addFacts(ctx, tx, subscriptions.FactAbout("", id)); err != nil {
		return e, err
	}
	for _, a := range append([]subscriptions.Address{subscriber.Address}, subscriber.Also...) {
		if err := e.addFacts(ctx, tx, ":"+a.ID); err != nil {
			return e, err
		}
	}
	return e, nil
}

// addFacts adds the facts whose names end with suffix.
func (e *export) addFacts(ctx context.Context, q queries, suffix string) error {
	_, err := collect(ctx, q, func(rows *sql.Rows) (struct{}, error) {
		var name, value string
		err := rows.Scan(&name, &value)
		e.Facts[name] = value
		return struct{}{}, err
	}, `SELECT name, value FROM facts WHERE substr(name, -length(?1)) = ?1`, suffix)
	return err
}
