package bot

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// flood is how many alerts may wait for one subscriber before they come as one
	// bundle instead of one by one.
	flood = 3
	// longestLateAlert and longestLateDigest are how long after it could have been
	// sent a delivery is still worth sending. Who reads a digest has nothing else: he
	// gets it as long as there is no newer one.
	longestLateAlert  = 6 * time.Hour
	longestLateDigest = 24 * time.Hour
	// bigSources is how many publishers make a story big, and bigLook how often it is
	// looked again whether one that waits for the end of quiet hours has become it.
	bigSources = 3
	bigLook    = 10 * time.Minute
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
	parcel subscriptions.Parcel
	// claimed is by the clock on the wall, as the lease is: the one that time.Now reads
	// beside it stands still while the machine sleeps.
	claimed time.Time
	seq     int64
	owed    []Owed
	parts   []part
	// plan is set where the messages have to be kept before the first is sent.
	plan *plan
	// ready is when it may next be tried.
	ready time.Time
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

// pack returns the jobs of claimed parcels, whose plans are kept. What is not to be
// sent now is settled.
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
	if err := p.keepPlans(ctx, jobs); err != nil {
		return nil, err
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
	j, err := p.job(ctx, parcel)
	if err != nil {
		p.logger.ErrorContext(ctx, "cannot compose a parcel", slog.Int64("parcel", int64(parcel.ID)), slog.Any("error", err))
		p.broken(parcel)
		return nil
	}
	if len(j.parts) == 0 {
		return nil
	}
	p.seq++
	j.claimed, j.seq = p.now().Round(0), p.seq
	return j
}

// job goes on with the plan of a parcel that has one, and else composes it.
func (p *packer) job(ctx context.Context, parcel subscriptions.Parcel) (*job, error) {
	if parcel.Plan != nil {
		kept, err := planOf(parcel)
		if err == nil {
			return p.recall(parcel, kept), nil
		}
		p.logger.WarnContext(ctx, "composing a parcel anew", slog.Int64("parcel", int64(parcel.ID)), slog.Any("error", err))
	}
	owed, err := p.sift(ctx, parcel)
	if err != nil || len(owed) == 0 {
		return &job{}, err
	}
	j := &job{parcel: parcel, owed: owed}
	j.parts, j.plan = p.compose(parcel, owed)
	return j, nil
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
	hush, err := p.quiet(ctx, parcel, now)
	if err != nil {
		return nil, err
	}
	var owed []Owed
	var gone, late []subscriptions.StoryID
	deferred := map[time.Time][]subscriptions.StoryID{}
	for i, id := range parcel.Stories {
		var topics []subscriptions.Topic
		if i < len(parcel.Topics) {
			topics = parcel.Topics[i]
		}
		kept, ok := p.stories[id]
		switch {
		case !ok:
			gone = append(gone, id)
		case isLate(parcel, i, now):
			late = append(late, id)
		default:
			if until := hush.until(kept.story, topics, now); !until.IsZero() {
				deferred[until] = append(deferred[until], id)
				continue
			}
			owed = append(owed, Owed{Story: kept.story, Topics: topics})
		}
	}
	if len(gone) > 0 {
		p.drop(parcel.ID, DroppedGone, gone)
	}
	if len(late) > 0 {
		p.drop(parcel.ID, DroppedLate, late)
	}
	for until, ids := range deferred {
		p.settle(subscriptions.Settlement{Parcel: parcel.ID, Stories: ids, Outcome: subscriptions.Deferred, Until: until})
	}
	return owed, nil
}

// isLate reports whether a story of a parcel, by its index, waited too long.
func isLate(parcel subscriptions.Parcel, i int, now time.Time) bool {
	latest := longestLateAlert
	if parcel.Lane == subscriptions.LaneDigest {
		latest = longestLateDigest
	}
	return i < len(parcel.Due) && !parcel.Due[i].IsZero() && now.Sub(parcel.Due[i]) > latest
}

// hush is the quiet hours of a subscriber that last now.
type hush struct {
	ends time.Time // zero when it is not quiet
	// loud are the filters of topics that may be let through.
	loud map[subscriptions.Topic]subscriptions.Filter
}

// until returns when a story may come, or is looked at again; zero is now.
func (h hush) until(story subscriptions.Story, topics []subscriptions.Topic, now time.Time) time.Time {
	at := h.ends
	for _, t := range topics {
		f, isLoud := h.loud[t]
		switch look := now.Add(bigLook); {
		case !isLoud:
		case !f.Big || sources(story) >= bigSources:
			return time.Time{}
		case look.Before(at):
			at = look
		}
	}
	return at
}

// quiet returns the quiet hours of a parcel's subscriber; none for digests, which
// come when they were asked for, and for what may have been sent before it was
// quiet: put off, it would come back in another parcel and be shown twice.
func (p *packer) quiet(ctx context.Context, parcel subscriptions.Parcel, now time.Time) (hush, error) {
	if parcel.Lane == subscriptions.LaneDigest || parcel.Attempts > 0 || !quietAt(parcel.Subscriber, now) {
		return hush{}, nil
	}
	subs, err := p.store.Subscriptions(ctx, parcel.Subscriber.ID)
	if err != nil {
		return hush{}, fmt.Errorf("read subscriptions: %w", err)
	}
	h := hush{
		ends: NextDigest(subscriptions.DigestTime{Minute: parcel.Subscriber.Quiet.To}, now),
		loud: map[subscriptions.Topic]subscriptions.Filter{},
	}
	for _, s := range subs {
		if s.Filter.Loud {
			h.loud[s.Topic] = s.Filter
		}
	}
	return h, nil
}

// quietAt reports whether an instant lies in a subscriber's quiet hours.
func quietAt(s subscriptions.Subscriber, now time.Time) bool {
	local := now.In(Brussels())
	return s.Quiet.On() && s.Quiet.Contains(local.Hour()*60+local.Minute())
}

// compose returns the messages of a parcel, and the plan that has to be kept of
// them. What comes in quiet hours in spite of them makes no sound.
func (p *packer) compose(parcel subscriptions.Parcel, owed []Owed) ([]part, *plan) {
	now, to := p.now(), parcel.Subscriber
	var m Message
	switch {
	case parcel.Lane == subscriptions.LaneDigest:
		m = p.composer.Digest(to, now, owed...)
	case len(owed) > flood:
		m = p.composer.Bundle(to, now, owed...)
	default:
		return p.alerts(parcel, owed), nil
	}
	m.Silent = parcel.Lane == subscriptions.LaneDigest && quietAt(to, now)
	made := plan{Messages: p.split(m)}
	if len(owed) == 1 {
		return made.parts(parcel), nil // however it is cut, it is one message
	}
	return made.parts(parcel), &made
}

// alerts returns stories as one message each. Unlike the rest of the packer it may
// be called from anywhere.
func (p *packer) alerts(parcel subscriptions.Parcel, owed []Owed) []part {
	now := p.now()
	silent := parcel.Attempts > 0 && quietAt(parcel.Subscriber, now)
	var parts []part
	for _, o := range owed {
		m := p.composer.Alert(parcel.Subscriber, now, o.Story, o.Topics)
		m.Silent = silent
		for i, cut := range p.split(m) {
			parts = append(parts, partOf(cut, messageKey(parcel, o.Story.ID, i)))
		}
	}
	return parts
}
