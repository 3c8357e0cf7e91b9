package sqlite

import (
	"context"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// forgetLeft erases the subscribers whose only place was lost before the given
// instant, at most limit of them, and returns how much of limit is left. Somebody
// who blocked the bot or removed it, and did not come back, wants nothing kept.
func forgetLeft(ctx context.Context, q queries, before int64, limit int) (left int, err error) {
	if limit <= 0 {
		return 0, nil
	}
	ids, err := collect(ctx, q, scalar[subscriptions.SubscriberID], `SELECT id FROM subscribers
		WHERE rest IN (?, ?, ?, ?) AND rest_since < ? AND json_array_length(also) = 0 LIMIT ?`,
		subscriptions.RestBlocked, subscriptions.RestKicked, subscriptions.RestGone, subscriptions.RestUnreachable, before, limit)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := eraseSubscriber(ctx, q, id); err != nil {
			return 0, err
		}
	}
	return limit - len(ids), nil
}
