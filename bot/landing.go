package bot

import (
	"log/slog"
	"time"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// land carries out what follows from a receipt.
func (w *work) land(f flight) {
	w.flying--
	now, id := w.Now(), f.job.parcel.Subscriber.ID
	r := f.receipt
	if r.Result == ResultSent {
		w.healthy(id)
		w.counters.sent(len(f.job.parts[0].stories), now)
		w.pace.add(now)
		w.next(f.job, subscriptions.Sent, "", r.Reference)
		return
	}
	if r.Rest == subscriptions.RestNoRight {
		w.barred[id]++
	}
	healthy := w.failures == 0
	v := decide(r, history{failures: w.troubled[id] + 1, healthy: healthy, barred: w.barred[id]})
	w.tell(f, v)
	if v.trouble {
		w.trouble(now, id)
	}
	if v.pause {
		w.pause(now, now.Add(v.delay), v.halt, r)
	}
	switch v.step {
	case stepNext: // only a sent message goes on like this
	case stepAgain:
		w.counters.retried()
		w.hold(f.job, now, later(now.Add(v.delay), w.paused))
	case stepUnclear:
		w.counters.unanswered()
		w.end(f.job, subscriptions.Settlement{
			Parcel: f.job.parcel.ID, Outcome: subscriptions.Uncertain, Until: later(now.Add(v.delay), w.paused),
		})
	case stepGiveUp:
		w.giveUp(f.job, v.reason)
	case stepRest:
		delete(w.troubled, id)
		delete(w.barred, id)
		w.counters.unreachable()
		w.end(f.job, subscriptions.Settlement{
			Parcel: f.job.parcel.ID, Outcome: subscriptions.Dropped, Reason: string(rest(r, now).Reason), Rest: rest(r, now),
		})
	case stepMoved:
		w.end(f.job, subscriptions.Settlement{Parcel: f.job.parcel.ID, Outcome: subscriptions.Postponed, Until: now, Moved: &r.Moved})
	}
}

// next settles the first message of a job and goes on with the rest.
func (w *work) next(j *job, outcome subscriptions.Outcome, reason, reference string) {
	st := subscriptions.Settlement{Parcel: j.parcel.ID, Outcome: outcome, Reason: reason, Reference: reference}
	done := j.parts[0]
	j.parts = j.parts[1:]
	if len(j.parts) == 0 {
		w.end(j, st) // all that is left, also what a digest does not show
		return
	}
	if st.Stories = done.stories; len(st.Stories) > 0 {
		w.settler.add(st)
	}
	w.queue.add(j)
}

// giveUp drops the first message of a job. Of a refused one with several stories
// each is tried by itself first: one bad story must not take the others with it.
func (w *work) giveUp(j *job, reason string) {
	bad := j.parts[0]
	if owed := only(j.owed, bad.stories); reason == DroppedRefused && len(bad.message.Items) > 1 && len(owed) > 0 {
		j.parts = append(w.packer.alerts(j.parcel, owed), j.parts[1:]...)
		w.queue.add(j)
		return
	}
	w.counters.drop(reason, len(bad.stories))
	w.next(j, subscriptions.Dropped, reason, "")
}

// healthy notes a success.
func (w *work) healthy(id subscriptions.SubscriberID) {
	delete(w.troubled, id)
	delete(w.barred, id)
	w.failures = 0
	if w.pauses > 0 || w.halted {
		w.pauses, w.halted, w.paused = 0, false, time.Time{}
		w.counters.state(PlatformSending, "", time.Time{})
		w.Logger.Info("platform is back", slog.String("platform", string(w.platform)))
	}
}

// trouble notes a failure; several in a row make it the platform's, which is then
// left alone for a while and tried with one message at a time.
func (w *work) trouble(now time.Time, id subscriptions.SubscriberID) {
	w.failures++
	w.troubled[id]++
	if len(w.troubled) > mostParked {
		clear(w.troubled)
	}
	if w.failures >= trip && !now.Before(w.paused) {
		w.pauses++
		w.pause(now, now.Add(outage(w.pauses)), false, Receipt{})
	}
}

// pause stops the platform until then. What cannot wait so long is given back.
func (w *work) pause(now, until time.Time, halt bool, r Receipt) {
	w.paused = later(w.paused, until)
	state, reason := PlatformPaused, "the platform asked for a pause, or fails"
	if halt {
		state = PlatformHalted
		w.pauses = max(w.pauses, 1)
	}
	if r.Err != nil {
		reason = r.Err.Error()
	}
	w.counters.state(state, reason, w.paused)
	if halt && !w.halted {
		w.halted = true
		w.Logger.Error("nothing can be sent on this platform until you act", slog.String("platform", string(w.platform)), slog.Any("error", r.Err))
	} else if !halt {
		w.Logger.Warn("platform paused", slog.String("platform", string(w.platform)), slog.Duration("for", until.Sub(now)), slog.Any("error", r.Err))
	}
	for _, j := range w.queue.drain(func(j *job) bool { return w.paused.Sub(j.claimed) > freshFor }) {
		w.release(j, w.paused)
	}
}

// tell logs what went wrong with a message. Never its text.
func (w *work) tell(f flight, v verdict) {
	if v.pause {
		return // told once, for the platform
	}
	log := w.Logger.Info
	if v.step == stepGiveUp {
		log = w.Logger.Warn
	}
	log("message not sent", slog.String("platform", string(w.platform)),
		slog.Int64("subscriber", int64(f.job.parcel.Subscriber.ID)), slog.String("result", string(f.receipt.Result)),
		slog.Duration("again", v.delay), slog.Any("error", f.receipt.Err))
}

// pace measures how many messages a second are sent.
type pace struct {
	second time.Time
	count  int
	last   int
}

func (p *pace) add(now time.Time) {
	if d := now.Sub(p.second); d >= time.Second {
		p.last = int(float64(p.count) * float64(time.Second) / float64(d))
		p.second, p.count = now, 0
	}
	p.count++
}

func (p *pace) perSecond() int { return max(p.last, p.count) }
