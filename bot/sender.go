package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"sync"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// claimLease is how long a claim holds. After a crash what was claimed comes
	// back when it ends; before, nothing may be sent under it twice.
	claimLease = time.Minute
	// sendTime bounds one send; a platform that takes longer has not answered.
	sendTime = 20 * time.Second
	// freshFor is how long after its claim a message may set out, so that its
	// answer is settled before the claim ends.
	freshFor = claimLease - sendTime - 5*time.Second
	// perParcel is the most stories in one parcel: no digest holds more, for it comes as
	// one message, of the best of them. It is several days of all that is published.
	perParcel = 2000
	// mostFlying is the most messages on their way at once on one platform: at
	// 1 000 a second and a quarter of a second for an answer.
	mostFlying = 256
	// fewRepeated is how many messages a crash may repeat at any rate, besides those on
	// their way; at higher rates it is what is sent in a fifth of a second. A disk that
	// settles in half of that slows nothing down.
	fewRepeated = 8
	// mostParked is the most jobs in memory for one platform.
	mostParked = 4096
	// lastFlights is how long messages in flight may take at the end; with the last
	// settlements it stays below the ten seconds of a shutdown.
	lastFlights = 6 * time.Second
	// fewReady and manyReady bound how many jobs are kept ready: enough for a
	// second or two, few enough that what is ready does not grow old.
	fewReady, manyReady = 32, 1024
	// trip is how many failures in a row make the platform's fault of them.
	trip = 3
)

// sender sends on one platform. One goroutine, in [sender.work], owns the queue
// and decides; claims, sends and settlements run beside it.
type sender struct {
	DispatcherConfig
	messenger Messenger
	platform  subscriptions.Platform
	leases    Leases
	woken     chan struct{}
	settler   *settler
	counters  *counters
}

func newSender(cfg DispatcherConfig, m Messenger, l Leases) *sender {
	c := newCounters(m.Platform())
	return &sender{
		DispatcherConfig: cfg, messenger: m, platform: m.Platform(), leases: l,
		woken: make(chan struct{}, 1), counters: c,
		settler: newSettler(cfg.Store, c, cfg.Now, cfg.Logger.With(slog.String("platform", string(m.Platform())))),
	}
}

// run sends while this process holds the platform's lease: the rate limit of a
// token is one budget, and only one process may spend it. What is to be written
// down outlives a lease that is lost because the store fails.
func (s *sender) run(ctx context.Context) {
	settling, stop := context.WithCancel(context.WithoutCancel(ctx))
	var writing sync.WaitGroup
	writing.Go(func() { s.settler.run(settling) })
	defer writing.Wait()
	defer stop()
	told := false
	for ctx.Err() == nil {
		err := s.leases.Hold(ctx, "sender:"+string(s.platform), func(ctx context.Context) {
			told = false
			s.counters.state(PlatformSending, "", time.Time{})
			newWork(s).run(ctx)
		})
		if ctx.Err() != nil {
			return
		}
		if errors.Is(err, subscriptions.ErrLeased) {
			s.counters.state(PlatformWaiting, "another process sends on this platform", time.Time{})
		} else if err != nil {
			s.counters.state(PlatformStoreFails, err.Error(), time.Time{})
		}
		if err != nil && !told {
			told = true
			s.Logger.WarnContext(ctx, "not sending", slog.String("platform", string(s.platform)), slog.Any("error", err))
		}
		wait(ctx, time.Second)
	}
}

// flight is a message on its way, and what became of it.
type flight struct {
	job     *job
	receipt Receipt
}

// work is what one sender does at present. All fields belong to the goroutine in
// run but the channels.
type work struct {
	*sender
	queue  *queue
	landed chan flight
	flying int
	// claims brings the answer to a claim under way.
	claims   chan claimed
	claiming bool
	claimAt  time.Time // when to claim next; zero is now, or when the claim under way is over
	packer   *packer
	// out is every parcel that this process has claimed and not yet seen settled; its
	// job, or nil when only the settlement is left to be written. A clock that jumps
	// ends leases early: what is then claimed again is here already.
	out map[subscriptions.ParcelID]*job

	// paused is until when nothing is sent; pauses counts since the last success.
	paused   time.Time
	pauses   int
	failures int // in a row, on the whole platform
	halted   bool
	// throttled is until when the platform's rate is spent.
	throttled time.Time
	// troubled counts failures in a row of places.
	troubled map[subscriptions.SubscriberID]int
	// barred counts refusals in a row of places where a right is missing.
	barred map[subscriptions.SubscriberID]int
	pace   pace
}

// claimed is the answer to a claim.
type claimed struct {
	parcels []subscriptions.Parcel
	again   []subscriptions.Parcel // were ours already
	jobs    []*job                 // of the parcels that are to be sent now; none after an error
	asked   int
	next    time.Time // when to claim again if less came than was asked for
	err     error
}

func newWork(s *sender) *work {
	w := &work{
		sender: s, queue: newQueue(),
		landed: make(chan flight, mostFlying), claims: make(chan claimed, 1),
		troubled: map[subscriptions.SubscriberID]int{}, barred: map[subscriptions.SubscriberID]int{},
		out: map[subscriptions.ParcelID]*job{},
	}
	w.packer = &packer{
		store: s.Store, composer: s.Composer, split: s.messenger.Split, settle: s.settler.add, dropped: s.counters.drop,
		now: s.Now, logger: s.Logger, stories: map[subscriptions.StoryID]keptStory{},
	}
	return w
}

// run is the loop: send what may go, fetch more, wait for the next thing to happen.
func (w *work) run(ctx context.Context) {
	sending, ground := context.WithCancel(context.WithoutCancel(ctx))
	defer ground()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		now := w.Now()
		w.queue.advance(now)
		w.expire(now)
		w.launch(sending, now)
		w.claim(ctx, now)
		w.counters.load(w.queue.len(), w.flying)
		timer.Reset(w.idle(w.Now()))
		select {
		case <-ctx.Done():
		case f := <-w.landed:
			w.land(f)
		case c := <-w.claims:
			w.stock(ctx, c)
		case <-w.woken:
			w.claimAt = time.Time{}
		case <-w.settler.settled:
			// Who was just sent to may have more waiting.
			if w.queue.len() == 0 && w.flying == 0 {
				w.claimAt = time.Time{}
			}
		case <-timer.C:
		}
	}
	w.close(ground)
}

// idle returns how long nothing happens by itself.
func (w *work) idle(now time.Time) time.Duration {
	at := now.Add(time.Second)
	sooner := func(t time.Time) {
		if t.Before(at) {
			at = t
		}
	}
	if t := w.queue.parkedUntil(); !t.IsZero() {
		sooner(t)
	}
	if !w.settler.works() {
		return max(at.Sub(now), 0)
	}
	if w.queue.ready.Len() > 0 && w.flying < w.mayFly() {
		sooner(w.closed())
	}
	if !w.claiming && w.wants() > 0 {
		sooner(later(w.claimAt, w.closed()))
	}
	return max(at.Sub(now), 0)
}

// mayFly is how many messages may be on their way: none, while too much of what was
// sent is not written down; one, while the platform has not proved that it works
// again.
func (w *work) mayFly() int {
	switch {
	case w.settler.repeatable() >= max(fewRepeated, w.pace.perSecond()/5):
		return 0
	case w.pauses > 0:
		return 1
	}
	return mostFlying
}

// closed returns until when nothing may be sent to anyone.
func (w *work) closed() time.Time { return later(w.paused, w.throttled) }

// launch sends what may go now.
func (w *work) launch(ctx context.Context, now time.Time) {
	for w.flying < w.mayFly() && !now.Before(w.closed()) && w.settler.works() {
		j := w.queue.next()
		if j == nil {
			return
		}
		delay, everyone := w.reserve(j.to(), now)
		switch {
		case delay > 0 && everyone:
			w.throttle(j, now.Add(delay))
			return
		case delay > 0:
			w.hold(j, now, now.Add(delay))
			continue
		}
		w.flying++
		go func() { w.landed <- flight{j, w.send(ctx, j)} }()
		now = w.Now()
	}
}

// throttle has everyone wait. The job stays the most urgent.
func (w *work) throttle(j *job, until time.Time) {
	w.throttled = until
	if until.Sub(j.claimed) > freshFor {
		w.release(j, until)
		return
	}
	w.queue.add(j)
}

// hold keeps a job until it may be tried, or gives it back when it would grow too
// old meanwhile.
func (w *work) hold(j *job, now, until time.Time) {
	if until.Sub(j.claimed) > freshFor {
		w.release(j, until)
		return
	}
	w.queue.park(j, later(until, now))
}

// release gives back what is left of a parcel, to be claimed again after until.
func (w *work) release(j *job, until time.Time) {
	outcome := subscriptions.Postponed
	if j.parcel.Attempts > 0 {
		// An earlier claim may have sent it: it must keep its name.
		outcome = subscriptions.Uncertain
	}
	w.end(j, subscriptions.Settlement{Parcel: j.parcel.ID, Outcome: outcome, Until: until})
}

// end settles the last of a job, which is not tried again.
func (w *work) end(j *job, st subscriptions.Settlement) {
	w.out[j.parcel.ID] = nil
	w.settler.add(st)
}

// expire gives back jobs that waited too long to be sent under their claim.
func (w *work) expire(now time.Time) {
	for _, j := range w.queue.drain(func(j *job) bool { return now.Sub(j.claimed) > freshFor }) {
		w.release(j, later(now, w.closed()))
	}
}

// reserve asks for the right to send; a messenger that panics grants nothing.
func (w *work) reserve(to subscriptions.Address, now time.Time) (delay time.Duration, everyone bool) {
	defer func() {
		if cause := recover(); cause != nil {
			w.Logger.Error("messenger panicked", slog.String("platform", string(w.platform)), slog.Any("cause", cause))
			delay, everyone = longestRetry, false
		}
	}()
	return w.messenger.Reserve(to, now)
}

// send sends the first message of a job. A messenger that panics has perhaps sent it.
func (w *work) send(ctx context.Context, j *job) (r Receipt) {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	defer func() {
		if cause := recover(); cause != nil {
			w.Logger.ErrorContext(ctx, "messenger panicked", slog.String("platform", string(w.platform)),
				slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
			r = Receipt{Result: ResultUnknown, Err: fmt.Errorf("panic: %v", cause)}
		}
	}()
	return w.messenger.Send(ctx, j.to(), j.parts[0].message)
}

// claim asks the store for more when little is ready. It runs beside the loop: a
// store that is busy must not stop the sending.
func (w *work) claim(ctx context.Context, now time.Time) {
	n := w.wants()
	if w.claiming || n == 0 || now.Before(w.claimAt) || w.closed().Sub(now) > freshFor || now.Before(w.paused) || !w.settler.works() {
		return
	}
	w.claiming = true
	w.forget()
	told := w.claimAt.IsZero()
	w.claimAt = now.Add(lookAgain)
	ours := maps.Clone(w.out) // as it was before the claim: it may not see later settlements
	go func() { w.claims <- w.fetch(ctx, n, told, ours) }()
}

// forget drops the parcels whose settlements were written.
func (w *work) forget() {
	unwritten := w.settler.unwritten()
	maps.DeleteFunc(w.out, func(id subscriptions.ParcelID, j *job) bool { return j == nil && !unwritten[id] })
}

// wants returns how many parcels to claim.
func (w *work) wants() int {
	if w.pauses > 0 {
		return max(1-w.queue.len()-w.flying, 0)
	}
	target := min(max(2*w.pace.perSecond(), fewReady), manyReady)
	if w.queue.ready.Len() > target/2 {
		return 0
	}
	return max(min(target, mostParked-w.queue.len()), 0)
}

// fetch claims parcels and makes jobs of them. Unless it was told that something
// is due it looks first, which writes nothing. What is ours already is not packed.
func (w *work) fetch(ctx context.Context, n int, told bool, ours map[subscriptions.ParcelID]*job) claimed {
	c := claimed{asked: n}
	if !told {
		if c.next, c.err = w.Store.NextDue(ctx, w.platform); c.err != nil || c.next.IsZero() || c.next.After(w.Now()) {
			return c
		}
	}
	parcels, err := w.Store.Claim(ctx, w.Now(), subscriptions.ClaimRequest{
		Platform: w.platform, Parcels: n, PerParcel: perParcel, Lease: claimLease,
	})
	if err != nil {
		c.err = fmt.Errorf("claim deliveries: %w", err)
		return c
	}
	for _, p := range parcels {
		if _, known := ours[p.ID]; known {
			c.again = append(c.again, p)
		} else {
			c.parcels = append(c.parcels, p)
		}
	}
	if c.jobs, err = w.packer.pack(ctx, c.parcels); err != nil {
		c.err = fmt.Errorf("compose deliveries: %w", err)
		return c
	}
	if len(parcels) < n {
		if c.next, err = w.Store.NextDue(ctx, w.platform); err != nil {
			c.err = fmt.Errorf("next due delivery: %w", err)
		}
	}
	return c
}

// stock takes the answer to a claim.
func (w *work) stock(ctx context.Context, c claimed) {
	w.claiming = false
	now := w.Now()
	w.take(c, now)
	switch {
	case c.err != nil && ctx.Err() == nil:
		w.claimAt = now.Add(time.Second)
		w.counters.state(PlatformStoreFails, c.err.Error(), w.claimAt)
		w.Logger.ErrorContext(ctx, "cannot fetch what is to be sent", slog.String("platform", string(w.platform)), slog.Any("error", c.err))
	case len(c.parcels)+len(c.again) == c.asked:
		w.claimAt = time.Time{}
	case w.claimAt.IsZero():
		// We were told of something meanwhile, which it may have come too early for.
	default:
		w.claimAt = now.Add(lookAgain)
		if !c.next.IsZero() && c.next.Before(w.claimAt) {
			// What is due already belongs to someone who has a parcel out; we are told
			// when that is settled.
			w.claimAt = later(c.next, now.Add(50*time.Millisecond))
		}
	}
	if c.err == nil && now.After(w.paused) && w.settler.works() {
		w.counters.state(PlatformSending, "", time.Time{})
	}
}

// take makes the claimed parcels ours. Of one that was ours before, the claim made
// the lease longer, and no more.
func (w *work) take(c claimed, now time.Time) {
	for _, p := range c.again {
		if j := w.out[p.ID]; j != nil {
			j.claimed = now.Round(0)
		}
	}
	for _, p := range c.parcels {
		w.out[p.ID] = nil
		if c.err != nil && c.jobs == nil {
			w.release(&job{parcel: p}, now.Add(time.Second))
		}
	}
	for _, j := range c.jobs {
		w.out[j.parcel.ID] = j
		w.queue.add(j)
	}
}

// close ends the work: nothing more is claimed, what has not set out is given
// back, what is in flight may land.
func (w *work) close(ground context.CancelFunc) {
	giveBack := func() {
		for _, j := range w.queue.drain(nil) {
			w.release(j, w.Now())
		}
	}
	giveBack()
	late := time.AfterFunc(lastFlights, ground)
	defer late.Stop()
	for w.flying > 0 || w.claiming {
		select {
		case f := <-w.landed:
			w.land(f)
		case c := <-w.claims:
			w.claiming = false
			w.take(c, w.Now())
		}
		giveBack()
	}
}
