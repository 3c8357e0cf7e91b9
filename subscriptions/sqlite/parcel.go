package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// content is one story for a parcel.
type content struct {
	story subscriptions.StoryID
	due   int64
	topic int64   // that brought it
	line  *fanout // where it stands in line; nil if it is due by itself
}

// handOut makes a parcel for each who was chosen, of the oldest stories that he is
// owed, those asleep too, but not those deferred.
func (c *claim) handOut(ctx context.Context, lane subscriptions.Lane) ([]subscriptions.Parcel, error) {
	if len(c.chosen) == 0 {
		return nil, nil
	}
	contents, err := c.contents(ctx, lane)
	if err != nil {
		return nil, err
	}
	parcels := make([]subscriptions.Parcel, len(c.chosen))
	var ahead, behind []place
	for i, s := range c.chosen {
		slices.SortFunc(contents[i], func(a, b content) int { return cmp.Compare(a.story, b.story) })
		for n, y := range contents[i] {
			fits := n < max(c.request.PerParcel, 1)
			// Who stands in line and was passed is out: else it has to be written down.
			passed := y.line != nil && y.line.passed(s.ID)
			switch {
			case fits && !passed:
				ahead = append(ahead, place{y.story, s.ID})
			case !fits && passed:
				behind = append(behind, place{y.story, s.ID})
			}
		}
		contents[i] = contents[i][:min(len(contents[i]), max(c.request.PerParcel, 1))]
		parcels[i] = subscriptions.Parcel{Subscriber: s, Lane: lane}
		fill(&parcels[i], contents[i])
	}
	if err := c.takeOut(ctx, lane, out, ahead); err != nil {
		return nil, err
	}
	if err := c.takeOut(ctx, lane, queued, behind); err != nil {
		return nil, err
	}
	if err := c.keep(ctx, parcels); err != nil {
		return nil, err
	}
	return parcels, nameTopics(ctx, c.q, parcels, contents)
}

// fill puts stories into a parcel, without their topics.
func fill(p *subscriptions.Parcel, contents []content) {
	for _, y := range contents {
		p.Stories = append(p.Stories, y.story)
		p.Due = append(p.Due, instant(y.due))
	}
}

// keep writes new parcels, and gives them their ids.
func (c *claim) keep(ctx context.Context, parcels []subscriptions.Parcel) error {
	rows := make([][]any, len(parcels))
	for i := range parcels {
		p := &parcels[i]
		p.ID = c.store.ids.next()
		rows[i] = []any{int64(p.ID), int64(p.Subscriber.ID), c.platform, int64(p.Lane), jsonOf(p.Stories), c.lease, int64(0)}
	}
	return execRows(ctx, c.q, `INSERT INTO parcels (id, subscriber_id, platform, lane, stories, lease_until, attempts) VALUES`, rows)
}

// idBlock is how many ids of parcels are provided at once.
const idBlock = 10_000

// parcelIDs are ids provided for new parcels. None is used twice, even if the power
// fails and takes back the claim that used it: they are taken from the file first, in
// a transaction that waits for the disk. What is left when the program ends is lost.
type parcelIDs struct{ last, end int64 }

// provide sees to it that there are n.
func (ids *parcelIDs) provide(ctx context.Context, w *writer, n int) error {
	if ids.end-ids.last >= int64(n) {
		return nil
	}
	var end int64
	block := int64(max(n, idBlock))
	err := w.transact(ctx, func(tx queries) (err error) {
		end, err = one[int64](ctx, tx, `UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'parcels' RETURNING seq`, block)
		if errors.Is(err, sql.ErrNoRows) {
			end = block
			_, err = tx.ExecContext(ctx, `INSERT INTO sqlite_sequence (name, seq) VALUES ('parcels', ?)`, end)
		}
		return err
	})
	if err == nil {
		ids.last, ids.end = end-block, end
	}
	return err
}

func (ids *parcelIDs) next() subscriptions.ParcelID {
	ids.last++
	return subscriptions.ParcelID(ids.last)
}

// contents returns what each who was chosen is owed: of what is due by itself the
// oldest that fit into a parcel, and all that stands in line.
func (c *claim) contents(ctx context.Context, lane subscriptions.Lane) ([][]content, error) {
	all := make([][]content, len(c.chosen))
	ids := make([]subscriptions.SubscriberID, len(c.chosen))
	for i, s := range c.chosen {
		ids[i] = s.ID
	}
	list := jsonOf(ids)
	// Where each ends is found once, and not for each of his stories.
	err := each(ctx, c.q, readContents(all, nil), `WITH j AS MATERIALIZED (SELECT key, value, (
			SELECT o.story_id FROM deliveries o INDEXED BY deliveries_queued
			WHERE o.subscriber_id = value AND o.lane = ?1 AND o.queued = 1 AND (o.due_at > 0 OR o.due_at >= -?4)
			ORDER BY o.story_id LIMIT 1 OFFSET ?3 - 1) AS last FROM json_each(?2))
		SELECT j.key, d.story_id, abs(d.due_at), d.topic FROM j
		CROSS JOIN deliveries d INDEXED BY deliveries_queued ON d.subscriber_id = j.value AND d.lane = ?1
		WHERE d.queued = 1 AND (d.due_at > 0 OR d.due_at >= -?4) AND d.story_id <= coalesce(j.last, d.story_id)`,
		int64(lane), list, max(c.request.PerParcel, 1), c.now)
	if err != nil || len(c.lines) == 0 {
		return all, err
	}
	lines := map[subscriptions.StoryID]*fanout{}
	for _, f := range c.lines {
		lines[f.story] = f
	}
	// The lines are still stored as they were when the claim began.
	err = each(ctx, c.q, readContents(all, lines), `SELECT j.key, d.story_id, d.due_at, d.topic FROM json_each(?1) j
		CROSS JOIN fanouts f ON f.platform = ?2 AND f.position < j.value
		CROSS JOIN deliveries d ON d.story_id = f.story_id AND d.lane = 0 AND d.subscriber_id = j.value
		WHERE d.platform = f.platform AND d.queued IS NULL AND d.due_at > 0`, list, c.platform)
	return all, err
}

// readContents reads rows of index, story, due and topic, for each.
func readContents(into [][]content, lines map[subscriptions.StoryID]*fanout) func(*sql.Rows) (bool, error) {
	return func(rows *sql.Rows) (bool, error) {
		var i, story int64
		var y content
		err := rows.Scan(&i, &story, &y.due, &y.topic)
		y.story = subscriptions.StoryID(story)
		y.line = lines[y.story]
		into[i] = append(into[i], y)
		return false, err
	}
}

// loadParcels reads parcels with their subscribers, stories and topics, in the
// order of ids.
func loadParcels(ctx context.Context, q queries, ids []int64) ([]subscriptions.Parcel, error) {
	list := jsonOf(ids)
	parcels := make([]subscriptions.Parcel, len(ids))
	err := each(ctx, q, func(rows *sql.Rows) (bool, error) {
		var i, id, lane, attempts int
		var plan []byte
		s, err := scanSubscriber(rows, &i, &id, &lane, &attempts, &plan)
		parcels[i] = subscriptions.Parcel{
			ID: subscriptions.ParcelID(id), Subscriber: s, Lane: subscriptions.Lane(lane), Attempts: attempts, Plan: plan,
		}
		return false, err
	}, `SELECT `+subscriberColumns+`, j.key, o.id, o.lane, o.attempts, o.plan FROM json_each(?) j CROSS JOIN parcels o ON o.id = j.value
		CROSS JOIN subscribers s ON s.id = o.subscriber_id CROSS JOIN platforms p ON p.no = s.platform`, list)
	if err != nil {
		return nil, err
	}
	contents := make([][]content, len(ids))
	err = each(ctx, q, readContents(contents, nil), `SELECT j.key, d.story_id, abs(d.due_at), d.topic
		FROM json_each(?) j CROSS JOIN parcels p ON p.id = j.value CROSS JOIN json_each(p.stories) y
		CROSS JOIN deliveries d ON d.story_id = y.value AND d.lane = p.lane AND d.subscriber_id = p.subscriber_id
		WHERE d.ended_at IS NULL ORDER BY j.key, y.key`, list)
	if err != nil {
		return nil, err
	}
	for i := range parcels {
		fill(&parcels[i], contents[i])
	}
	if err := nameTopics(ctx, q, parcels, contents); err != nil {
		return nil, err
	}
	// A parcel may have lost all its stories meanwhile.
	return slices.DeleteFunc(parcels, func(p subscriptions.Parcel) bool { return len(p.Stories) == 0 }), nil
}

// nameTopics fills in the topics: the one that brought each story, then the others
// that would have.
func nameTopics(ctx context.Context, q queries, parcels []subscriptions.Parcel, contents [][]content) error {
	stories := map[subscriptions.StoryID]int{} // how many topics it has
	names := map[int64]subscriptions.Topic{}
	for _, list := range contents {
		for _, y := range list {
			stories[y.story] = 0
		}
	}
	several := false
	err := each(ctx, q, func(rows *sql.Rows) (bool, error) {
		var story, no int64
		var name string
		err := rows.Scan(&story, &no, &name)
		names[no] = subscriptions.Topic(name)
		stories[subscriptions.StoryID(story)]++
		several = several || stories[subscriptions.StoryID(story)] > 1
		return false, err
	}, `SELECT st.story_id, st.topic, t.topic FROM json_each(?) j CROSS JOIN story_topics st ON st.story_id = j.value
		CROSS JOIN topics t ON t.no = st.topic`, jsonOf(slices.Collect(maps.Keys(stories))))
	if err != nil {
		return err
	}
	for i, list := range contents {
		for _, y := range list {
			parcels[i].Topics = append(parcels[i].Topics, []subscriptions.Topic{names[y.topic]})
		}
	}
	if !several {
		return nil
	}
	return addTopics(ctx, q, parcels)
}

// addTopics adds the topics, other than the first, that would have brought each
// story of parcels.
func addTopics(ctx context.Context, q queries, parcels []subscriptions.Parcel) error {
	at := map[subscriptions.ParcelID]int{}
	ids := make([]subscriptions.ParcelID, len(parcels))
	for i, p := range parcels {
		ids[i], at[p.ID] = p.ID, i
	}
	return each(ctx, q, func(rows *sql.Rows) (bool, error) {
		var parcel, story int64
		var topic string
		err := rows.Scan(&parcel, &story, &topic)
		p := parcels[at[subscriptions.ParcelID(parcel)]]
		if n := slices.Index(p.Stories, subscriptions.StoryID(story)); n >= 0 {
			p.Topics[n] = append(p.Topics[n], subscriptions.Topic(topic))
		}
		return false, err
	}, `SELECT p.id, d.story_id, t.topic
		FROM json_each(?) j CROSS JOIN parcels p ON p.id = j.value CROSS JOIN json_each(p.stories) e
		CROSS JOIN deliveries d ON d.story_id = e.value AND d.lane = p.lane AND d.subscriber_id = p.subscriber_id
		CROSS JOIN stories y ON y.id = d.story_id CROSS JOIN story_topics st ON st.story_id = d.story_id
		CROSS JOIN subscriptions s ON s.topic = st.topic AND s.subscriber_id = d.subscriber_id
		CROSS JOIN topics t ON t.no = st.topic
		WHERE st.topic <> d.topic AND `+wants+` ORDER BY p.id, d.story_id, st.topic`, jsonOf(ids))
}
