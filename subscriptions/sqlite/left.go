package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// forgetLeft erases a subscriber whose only place was lost before the given instant,
// and returns how much of limit is left: nothing then, for to erase one costs two probes
// for each story there is. Somebody who blocked the bot or removed it, and did not come
// back, wants nothing kept.
func forgetLeft(ctx context.Context, q queries, before int64, limit int) (left int, err error) {
	if limit <= 0 {
		return 0, nil
	}
	id, err := one[subscriptions.SubscriberID](ctx, q, `SELECT id FROM subscribers
		WHERE rest_since > 0 AND rest_since < ? AND rest IN (?, ?, ?, ?) AND json_array_length(also) = 0 LIMIT 1`,
		before, subscriptions.RestBlocked, subscriptions.RestKicked, subscriptions.RestGone, subscriptions.RestUnreachable)
	if errors.Is(err, sql.ErrNoRows) {
		return limit, nil
	}
	if err != nil {
		return 0, err
	}
	return 0, eraseSubscriber(ctx, q, id)
}
