package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// loadParcels reads parcels with their subscribers, stories and topics, in the
// order of ids.
func loadParcels(ctx context.Context, q queries, ids []int64) ([]subscriptions.Parcel, error) {
	list := jsonOf(ids)
	parcels := make([]subscriptions.Parcel, len(ids))
	_, err := collect(ctx, q, func(rows *sql.Rows) (struct{}, error) {
		var i, id, lane, attempts int
		var plan []byte
		s, err := scanSubscriber(rows, &i, &id, &lane, &attempts, &plan)
		parcels[i] = subscriptions.Parcel{
			ID: subscriptions.ParcelID(id), Subscriber: s, Lane: subscriptions.Lane(lane), Attempts: attempts, Plan: plan,
		}
		return struct{}{}, err
	}, `SELECT `+subscriberColumns+`, j.key, o.id, o.lane, o.attempts, o.plan FROM json_each(?) j CROSS JOIN parcels o ON o.id = j.value
		CROSS JOIN subscribers s ON s.id = o.subscriber_id CROSS JOIN platforms p ON p.no = s.platform`, list)
	if err != nil {
		return nil, err
	}
	_, err = collect(ctx, q, func(rows *sql.Rows) (struct{}, error) {
		var i int
		var story subscriptions.StoryID
		var due int64
		var topic subscriptions.Topic
		err := rows.Scan(&i, &story, &due, &topic)
		parcels[i] = withTopic(parcels[i], story, instant(due), topic)
		return struct{}{}, err
	}, `SELECT j.key, d.story_id, abs(d.due_at), t.topic
		FROM json_each(?) j CROSS JOIN parcels p ON p.id = j.value
		CROSS JOIN deliveries d INDEXED BY deliveries_owed ON d.subscriber_id = p.subscriber_id AND d.lane = p.lane
		CROSS JOIN stories y ON y.id = d.story_id CROSS JOIN story_topics st ON st.story_id = d.story_id
		LEFT JOIN subscriptions s ON s.topic = st.topic AND s.subscriber_id = d.subscriber_id AND `+wants+`
		CROSS JOIN topics t ON t.no = st.topic
		WHERE d.ended_at IS NULL AND d.parcel = p.id AND (st.topic = d.topic OR s.topic IS NOT NULL)
		ORDER BY j.key, d.story_id, st.topic <> d.topic, st.topic`, list)
	// A parcel may have lost all its stories meanwhile.
	return slices.DeleteFunc(parcels, func(p subscriptions.Parcel) bool { return len(p.Stories) == 0 }), err
}

// withTopic adds a topic to the story a parcel is growing by.
func withTopic(p subscriptions.Parcel, story subscriptions.StoryID, due time.Time, topic subscriptions.Topic) subscriptions.Parcel {
	if n := len(p.Stories); n == 0 || p.Stories[n-1] != story {
		p.Stories = append(p.Stories, story)
		p.Topics = append(p.Topics, nil)
		p.Due = append(p.Due, due)
	}
	last := len(p.Topics) - 1
	p.Topics[last] = append(p.Topics[last], topic)
	return p
}

// Delivery implements subscriptions.Outbox.
func (s *Store) Delivery(ctx context.Context, id subscriptions.SubscriberID, story subscriptions.StoryID) ([]subscriptions.DeliveryState, error) {
	states, err := deliveryStates(ctx, s.readers, `d.story_id = ? AND d.lane IN (0, 1) AND d.subscriber_id = ?`, story, id)
	return states, wrap("delivery", err)
}

// deliveryStates returns what became of the deliveries that match a condition, in
// the order of stories and lanes.
func deliveryStates(ctx context.Context, q queries, condition string, args ...any) ([]subscriptions.DeliveryState, error) {
	type line struct {
		state subscriptions.DeliveryState
		topic subscriptions.Topic
	}
	lines, err := collect(ctx, q, func(rows *sql.Rows) (line, error) {
		var l line
		var due, ended int64
		d := &l.state
		err := rows.Scan(&d.Story, &d.Lane, &due, &ended, &d.Outcome, &d.Reason, &d.Reference, &l.topic)
		d.Pending, d.Due, d.Ended = ended == 0, instant(due), instant(ended)
		return l, err
	}, `SELECT d.story_id, d.lane,
			CASE WHEN d.due_at IS NULL THEN 0 ELSE max(abs(d.due_at), b.wakes_at, b.silent_until) END,
			coalesce(d.ended_at, 0), coalesce(d.outcome, ''), coalesce(d.reason, ''), coalesce(d.reference, ''), t.topic
		FROM deliveries d JOIN subscribers b ON b.id = d.subscriber_id
		JOIN stories y ON y.id = d.story_id JOIN story_topics st ON st.story_id = d.story_id
		LEFT JOIN subscriptions s ON s.topic = st.topic AND s.subscriber_id = d.subscriber_id AND `+wants+`
		JOIN topics t ON t.no = st.topic
		WHERE `+condition+` AND (st.topic = d.topic OR s.topic IS NOT NULL)
		ORDER BY d.story_id, d.lane, st.topic <> d.topic, st.topic`, args...)
	var states []subscriptions.DeliveryState
	for _, l := range lines {
		n := len(states)
		if n == 0 || states[n-1].Story != l.state.Story || states[n-1].Lane != l.state.Lane {
			states = append(states, l.state)
			n++
		}
		states[n-1].Topics = append(states[n-1].Topics, l.topic)
	}
	return states, err
}
