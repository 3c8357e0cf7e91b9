package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// export is all that is kept about a subscriber, for the person it is about.
type export struct {
	Subscriber    subscriptions.Subscriber      `json:"subscriber"`
	Subscriptions []subscriptions.Subscription  `json:"subscriptions"`
	Deliveries    []subscriptions.DeliveryState `json:"deliveries"`
	Digests       []digestDate                  `json:"digests"`
	// Facts the program keeps about one of the addresses.
	Facts map[string]string `json:"facts"`
}

// digestDate is a digest that was released.
type digestDate struct {
	Date     string    `json:"date"`
	Released time.Time `json:"released"`
}

// export reads everything in one transaction, so that it fits together.
func (s *Store) export(ctx context.Context, id subscriptions.SubscriberID) (export, error) {
	e := export{Facts: map[string]string{}}
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return e, err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	if e.Subscriber, err = loadSubscriber(ctx, tx, id); err != nil {
		return e, err
	}
	if e.Subscriptions, err = listSubscriptions(ctx, tx, id); err != nil {
		return e, err
	}
	e.Deliveries, err = deliveryStates(ctx, tx,
		`d.story_id IN (SELECT id FROM stories) AND d.lane IN (0, 1) AND d.subscriber_id = ?`, id)
	if err != nil {
		return e, err
	}
	e.Digests, err = collect(ctx, tx, func(rows *sql.Rows) (d digestDate, err error) {
		var released int64
		err = rows.Scan(&d.Date, &released)
		d.Released = instant(released)
		return d, err
	}, `SELECT date, released_at FROM digests WHERE subscriber_id = ? ORDER BY date`, id)
	if err != nil {
		return e, err
	}
	for _, a := range append([]subscriptions.Address{e.Subscriber.Address}, e.Subscriber.Also...) {
		if err := e.addFacts(ctx, tx, a); err != nil {
			return e, err
		}
	}
	return e, nil
}

// addFacts adds the facts about an address: their names end with it.
func (e *export) addFacts(ctx context.Context, q queries, a subscriptions.Address) error {
	_, err := collect(ctx, q, func(rows *sql.Rows) (struct{}, error) {
		var name, value string
		err := rows.Scan(&name, &value)
		e.Facts[name] = value
		return struct{}{}, err
	}, `SELECT name, value FROM facts WHERE substr(name, -length(?1)) = ?1`, ":"+a.ID)
	return err
}
