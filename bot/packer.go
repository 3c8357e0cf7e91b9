package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// flood is how many alerts may wait for one subscriber before they come as one
	// bundle instead of one by one.
	flood = 3
	// longestLateAlert and longestLateDigest are how long after it could have been
	// sent a delivery is still worth sending.
	longestLateAlert  = 6 * time.Hour
	longestLateDigest = 12 * time.Hour
	// mostBroken is how often a parcel that cannot be composed is tried.
	mostBroken = 5
	// storiesKept is how long and how many stories are kept between parcels: a
	// story that goes to thousands is read once.
	storiesKeptFor = 5 * time.Second
	storiesKept    = 1000
)

// job is a claimed parcel on its way: the messages that remain to be sent, in
// order.
type job struct {
	parcel  subscriptions.Parcel
	claimed time.Time
	seq     int64
	owed    []Owed
	parts   []part
	// ready is when it may next be tried.
	ready time.Time
}

// part is one message of a parcel, and the stories that it settles. The last part
// settles whatever is left of the parcel.
type part struct {
	message Message
	stories []subscriptions.StoryID
}

func (j *job) to() subscriptions.Address { return j.parcel.Subscriber.Address }

// packer makes jobs of parcels: it reads their stories, holds back what must wait,
// and composes the messages. It belongs to one goroutine.
type packer struct {
	store    DispatcherStore
	composer *Composer
	split    func(Message) []Message
	settle   func(subscriptions.Settlement)
	dropped  func(reason string, stories int)
	now      func() time.Time
	logger   *slog.Logger

	stories map[subscriptions.StoryID]keptStory
	seq     int64
}

type keptStory struct {
	story subscriptions.Story
	until time.Time
}

// pack returns the jobs of claimed parcels. What is not to be sent now is settled.
func (p *packer) pack(ctx context.Context, parcels []subscriptions.Parcel) ([]*job, error) {
	if err := p.read(ctx, parcels); err != nil {
		return nil, err
	}
	jobs := make([]*job, 0, len(parcels))
	for _, parcel := range parcels {
		if j := p.packOne(ctx, parcel); j != nil {
			jobs = append(jobs, j)
		}
	}
	return jobs, nil
}

// read fetches the stories of parcels that are not at hand.
func (p *packer) read(ctx context.Context, parcels []subscriptions.Parcel) error {
	now := p.now()
	if len(p.stories) > storiesKept {
		clear(p.stories)
	}
	var ids []subscriptions.StoryID
	asked := map[subscriptions.StoryID]bool{}
	for _, parcel := range parcels {
		for _, id := range parcel.Stories {
			if kept, ok := p.stories[id]; !asked[id] && (!ok || !now.Before(kept.until)) {
				asked[id] = true
				ids = append(ids, id)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	stories, err := p.store.Stories(ctx, ids)
	if err != nil {
		return fmt.Errorf("read stories: %w", err)
	}
	for _, s := range stories {
		p.stories[s.ID] = keptStory{s, now.Add(storiesKeptFor)}
	}
	return nil
}

// packOne returns the job of a parcel, nil when there is nothing to send now.
func (p *packer) packOne(ctx context.Context, parcel subscriptions.Parcel) (j *job) {
	defer func() {
		if cause := recover(); cause != nil {
			p.logger.ErrorContext(ctx, "cannot compose a parcel", slog.Int64("parcel", int64(parcel.ID)),
				slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
			p.broken(parcel)
			j = nil
		}
	}()
	owed, err := p.sift(ctx, parcel)
	if err != nil {
		p.logger.ErrorContext(ctx, "cannot compose a parcel", slog.Int64("parcel", int64(parcel.ID)), slog.Any("error", err))
		p.broken(parcel)
		return nil
	}
	if len(owed) == 0 {
		return nil
	}
	p.seq++
	return &job{parcel: parcel, claimed: p.now(), seq: p.seq, owed: owed, parts: p.parts(parcel, p.compose(parcel, owed))}
}

// broken puts a parcel off that could not be composed; in the end it is dropped.
func (p *packer) broken(parcel subscriptions.Parcel) {
	if parcel.Attempts >= mostBroken {
		p.drop(parcel.ID, DroppedBroken, parcel.Stories)
		return
	}
	// Uncertain and not postponed, for it keeps the count of attempts.
	p.settle(subscriptions.Settlement{Parcel: parcel.ID, Outcome: subscriptions.Uncertain, Until: p.now().Add(retryAfter(parcel.Attempts + 1))})
}

func (p *packer) drop(id subscriptions.ParcelID, reason string, stories []subscriptions.StoryID) {
	p.dropped(reason, len(stories))
	p.settle(subscriptions.Settlement{Parcel: id, Stories: stories, Outcome: subscriptions.Dropped, Reason: reason})
}

// sift returns the stories of a parcel that are to be sent now.
func (p *packer) sift(ctx context.Context, parcel subscriptions.Parcel) ([]Owed, error) {
	now := p.now()
	wake, loud, err := p.quiet(ctx, parcel, now)
	if err != nil {
		return nil, err
	}
	latest := longestLateAlert
	if parcel.Lane == subscriptions.LaneDigest {
		latest = longestLateDigest
	}
	var owed []Owed
	var gone, late, deferred []subscriptions.StoryID
	for i, id := range parcel.Stories {
		var topics []subscriptions.Topic
		if i < len(parcel.Topics) {
			topics = parcel.Topics[i]
		}
		kept, ok := p.stories[id]
		switch {
		case !ok:
			gone = append(gone, id)
		case i < len(parcel.Due) && !parcel.Due[i].IsZero() && now.Sub(parcel.Due[i]) > latest:
			late = append(late, id)
		case !wake.IsZero() && !slices.ContainsFunc(topics, func(t subscriptions.Topic) bool { return loud[t] }):
			deferred = append(deferred, id)
		default:
			owed = append(owed, Owed{Story: kept.story, Topics: topics})
		}
	}
	if len(gone) > 0 {
		p.drop(parcel.ID, DroppedGone, gone)
	}
	if len(late) > 0 {
		p.drop(parcel.ID, DroppedLate, late)
	}
	if len(deferred) > 0 {
		p.settle(subscriptions.Settlement{Parcel: parcel.ID, Stories: deferred, Outcome: subscriptions.Deferred, Until: wake})
	}
	return owed, nil
}

// quiet returns when the quiet hours of a parcel's subscriber end and which topics
// he lets through; zero when it is not quiet, and for digests, which come when
// they were asked for, without a sound.
func (p *packer) quiet(ctx context.Context, parcel subscriptions.Parcel, now time.Time) (time.Time, map[subscriptions.Topic]bool, error) {
	if parcel.Lane == subscriptions.LaneDigest || !quietAt(parcel.Subscriber, now) {
		return time.Time{}, nil, nil
	}
	subs, err := p.store.Subscriptions(ctx, parcel.Subscriber.ID)
	if err != nil {
		return time.Time{}, nil, fmt.Errorf("read subscriptions: %w", err)
	}
	loud := map[subscriptions.Topic]bool{}
	for _, s := range subs {
		loud[s.Topic] = s.Filter.Loud
	}
	return NextDigest(subscriptions.DigestTime{Minute: parcel.Subscriber.Quiet.To}, now), loud, nil
}

// quietAt reports whether an instant lies in a subscriber's quiet hours.
func quietAt(s subscriptions.Subscriber, now time.Time) bool {
	local := now.In(Brussels())
	return s.Quiet.On() && s.Quiet.Contains(local.Hour()*60+local.Minute())
}

// compose returns the messages of a parcel.
func (p *packer) compose(parcel subscriptions.Parcel, owed []Owed) []Message {
	now, to := p.now(), parcel.Subscriber
	switch {
	case parcel.Lane == subscriptions.LaneDigest:
		m := p.composer.Digest(to, now, owed...)
		m.Silent = quietAt(to, now)
		return p.split(m)
	case len(owed) > flood:
		return p.split(p.composer.Bundle(to, now, owed...))
	}
	var all []Message
	for _, o := range owed {
		all = append(all, p.split(p.composer.Alert(to, now, o.Story, o.Topics))...)
	}
	return all
}

// singles returns the stories of a message as one message each. Unlike the rest of
// the packer it may be called from anywhere.
func (p *packer) singles(j *job, of part) []part {
	var messages []Message
	for _, o := range j.owed {
		if slices.Contains(of.stories, o.Story.ID) {
			messages = append(messages, p.split(p.composer.Alert(j.parcel.Subscriber, p.now(), o.Story, o.Topics))...)
		}
	}
	return p.parts(j.parcel, messages)
}

// parts gives messages their keys and says which stories they settle.
func (p *packer) parts(parcel subscriptions.Parcel, messages []Message) []part {
	parts := make([]part, len(messages))
	for i, m := range messages {
		var stories []subscriptions.StoryID
		for _, item := range m.Items {
			if item.Story != 0 {
				stories = append(stories, item.Story)
			}
		}
		m.Key = messageKey(parcel, i, stories)
		parts[i] = part{message: m, stories: stories}
	}
	return parts
}

// messageKey names a message so that its repetition has the same name: by its
// subscriber, its parcel and the first story in it; by its place in the parcel if
// it has none. 24 characters: Discord takes 25.
func messageKey(parcel subscriptions.Parcel, index int, stories []subscriptions.StoryID) string {
	first := int64(-1 - index)
	if len(stories) > 0 {
		first = int64(stories[0])
	}
	var b [24]byte
	binary.BigEndian.PutUint64(b[0:], uint64(parcel.Subscriber.ID))
	binary.BigEndian.PutUint64(b[8:], uint64(parcel.ID))
	binary.BigEndian.PutUint64(b[16:], uint64(first))
	sum := sha256.Sum256(b[:])
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}
