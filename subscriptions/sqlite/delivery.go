package sqlite

import (
	"context"
	"database/sql"

	"github.com/sjotbot/sjotbot/subscriptions"
)

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
