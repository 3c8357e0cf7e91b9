package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// A fan-out of alerts stands in line: its deliveries are due in the order of their
// key, and how far each platform has come in it is one number. So a new delivery
// is one row in one B-tree. With an index of what is due and one of what each
// subscriber is owed the same rows took three times as long to write.

// lines are where the fan-outs of one story stand.
type lines struct {
	// passed is the last subscriber that may have been passed: deliveries up to him
	// are not in line any more, and new ones there are queued.
	passed int64
	// missing says that some platform with subscribers has no fan-out of the story.
	missing bool
}

// linesOf returns where the fan-outs of a story stand. One that has come to its end
// is gone; what is there by then was passed.
func linesOf(ctx context.Context, q queries, story subscriptions.StoryID) (l lines, err error) {
	err = row(ctx, q, `SELECT coalesce(max(f.position), 0), count(*) > count(f.position) FROM platforms p
		LEFT JOIN fanouts f ON f.platform = p.no AND f.story_id = ?
		WHERE EXISTS (SELECT 1 FROM addresses a WHERE a.platform = p.no)`, story)(&l.passed, &l.missing)
	if err != nil || !l.missing {
		return l, err
	}
	l.passed, err = one[int64](ctx, q, `SELECT coalesce(max(subscriber_id), 0) FROM deliveries WHERE story_id = ? AND lane = 0`, story)
	return l, err
}

// begin begins the fan-outs of platforms that had none and now have somebody in line.
func (l lines) begin(ctx context.Context, q queries, r span, now int64) error {
	if !l.missing || r.last <= l.passed {
		return nil
	}
	_, err := q.ExecContext(ctx, `INSERT OR IGNORE INTO fanouts (platform, story_id, position, due_at)
		SELECT DISTINCT platform, ?1, ?2, ?4 FROM deliveries
		WHERE story_id = ?1 AND lane = 0 AND subscriber_id > ?2 AND subscriber_id <= ?3`, r.story, l.passed, r.last, now)
	return err
}

// fanout is one fan-out on the platform of a claim.
type fanout struct {
	story    subscriptions.StoryID
	due      int64
	position int64 // moves on as the claim takes from it
	moved    bool
	ended    bool
}

// fanouts returns the fan-outs of the claim's platform, the oldest first.
func (c *claim) fanouts(ctx context.Context) ([]*fanout, error) {
	return collect(ctx, c.q, func(rows *sql.Rows) (*fanout, error) {
		f := &fanout{}
		return f, rows.Scan(&f.story, &f.due, &f.position)
	}, `SELECT story_id, due_at, position FROM fanouts WHERE platform = ? ORDER BY story_id`, c.platform)
}

// window is how many deliveries one look along a line passes over at most, and
// windowLimit how many looks one claim takes: those of other platforms stand in the
// line too.
const (
	window      = 2_000
	windowLimit = 10
)

// standing says whether somebody stands in line in fan-out f. If all that it looked
// at, ?3 deliveries, are of other platforms, it says yes: a claim will find out.
const standing = `(EXISTS (SELECT 1 FROM (SELECT platform, queued, due_at FROM deliveries
			WHERE story_id = f.story_id AND lane = 0 AND subscriber_id > f.position ORDER BY subscriber_id LIMIT ?3) d
			WHERE d.platform = f.platform AND d.queued IS NULL AND d.due_at > 0)
		OR EXISTS (SELECT 1 FROM deliveries
			WHERE story_id = f.story_id AND lane = 0 AND subscriber_id > f.position LIMIT 1 OFFSET ?3 - 1))`

// walk moves along a line and chooses until want are chosen. Those whose queue is
// closed step out of it, and are put off.
func (c *claim) walk(ctx context.Context, f *fanout, want int) error {
	var closed []subscriptions.SubscriberID
	start := f.position
	err := each(ctx, c.q, func(rows *sql.Rows) (bool, error) {
		id, shut, err := c.meet(rows)
		if shut {
			closed = append(closed, id)
		}
		f.position, f.moved = int64(id), true
		return len(c.chosen) == want, err
	}, `SELECT `+subscriberMet+` FROM (
			SELECT subscriber_id, platform, queued, due_at FROM deliveries
			WHERE story_id = ?3 AND lane = 0 AND subscriber_id > ?4 ORDER BY subscriber_id LIMIT ?5) w
		CROSS JOIN subscribers s ON s.id = w.subscriber_id CROSS JOIN platforms p ON p.no = s.platform
		WHERE w.platform = ?2 AND w.queued IS NULL AND w.due_at > 0`, c.now, c.platform, int64(f.story), start, window)
	if err == nil && len(c.chosen) < want {
		err = c.skip(ctx, f, start)
	}
	if err != nil || len(closed) == 0 {
		return err
	}
	list := make([]place, len(closed))
	for i, id := range closed {
		list[i] = place{f.story, id}
	}
	if err := c.takeOut(ctx, subscriptions.LaneAlert, queued, list); err != nil {
		return err
	}
	return c.putOff(ctx, closed)
}

// skip moves to the end of the window after start, in which nobody is left.
func (c *claim) skip(ctx context.Context, f *fanout, start int64) error {
	f.moved = true
	end, err := one[int64](ctx, c.q, `SELECT subscriber_id FROM deliveries
		WHERE story_id = ? AND lane = 0 AND subscriber_id > ? ORDER BY subscriber_id LIMIT 1 OFFSET ?`, int64(f.story), start, window-1)
	if errors.Is(err, sql.ErrNoRows) {
		f.ended = true
		return nil
	}
	c.windows++
	f.position = end
	return err
}

// passed reports whether the line has gone past a subscriber.
func (f *fanout) passed(id subscriptions.SubscriberID) bool {
	return f.ended || int64(id) <= f.position
}

// saveLines notes how far the lines have come.
func (c *claim) saveLines(ctx context.Context) error {
	for _, f := range c.lines {
		var err error
		switch {
		case f.ended:
			_, err = c.q.ExecContext(ctx, `DELETE FROM fanouts WHERE platform = ? AND story_id = ?`, c.platform, int64(f.story))
		case f.moved:
			_, err = c.q.ExecContext(ctx, `UPDATE fanouts SET position = ? WHERE platform = ? AND story_id = ?`, f.position, c.platform, int64(f.story))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Where a delivery is that is not in line any more: the column queued.
const (
	out    = 0
	queued = 1
)

// place is a delivery of the lane that is claimed.
type place struct {
	story      subscriptions.StoryID
	subscriber subscriptions.SubscriberID
}

// takeOut takes deliveries out of their line.
func (c *claim) takeOut(ctx context.Context, lane subscriptions.Lane, to int, list []place) error {
	if len(list) == 0 {
		return nil
	}
	keys := make([][2]int64, len(list))
	for i, p := range list {
		keys[i] = [2]int64{int64(p.story), int64(p.subscriber)}
	}
	text, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	_, err = c.q.ExecContext(ctx, `UPDATE deliveries SET queued = ? WHERE (story_id, lane, subscriber_id) IN (
		SELECT value ->> 0, ?, value ->> 1 FROM json_each(?))`, to, int64(lane), string(text))
	return err
}
