package telegram

import (
	"context"
	"errors"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// maxWaiting is how many answers may wait to be written; then polling pauses.
	maxWaiting = 8192
	// maxLane is how many of them may be for one chat; who asks faster than Telegram
	// lets a chat be answered is not answered every time.
	maxLane = 500
	// writers is how many answers are on their way at the same time: a thousand in a
	// second, with a quarter of a second for each.
	writers = 256
	// answerAge is when an answer that could not be written is given up: nobody is
	// still looking at the chat.
	answerAge = 2 * time.Minute
	// maxToast is the longest answer to a pressed button (Bot API, answerCallbackQuery).
	maxToast = 200
)

// answer is a reply and where it goes.
type answer struct {
	reply   bot.Reply
	place   place
	thread  int    // where the question stood, also when that is no place of its own
	asker   int64  // the person, when Telegram told
	told    bool   // the reply knows that the bot may not write there
	lang    string // the person's language code
	replyTo int    // the message it answers, where that is not obvious; else 0
	query   string // the press to answer; empty for a typed line
	under   int    // the message to replace; 0 for none
	unseen  bool   // pressed in a chat that the bot does not see
	channel bool   // pressed in a channel
	entry   bool   // greets a supergroup, unless that was a group and knows the bot
	queued  time.Time
}

// answers writes replies: those of one chat in order, those of many at the same
// time, none waiting for a broadcast.
type answers struct {
	bot     *Bot
	handler bot.Handler
	ending  <-chan struct{} // closed when the bot is told to stop
	in      chan answer
	waiting chan struct{} // a slot for each answer not yet written
	writing chan struct{} // a slot for each call under way

	mu    sync.Mutex
	lanes map[int64][]answer // by chat; a key is there while a goroutine serves it
}

func newAnswers(b *Bot, h bot.Handler, ending <-chan struct{}) *answers {
	return &answers{
		bot:     b,
		handler: h,
		ending:  ending,
		in:      make(chan answer, maxWaiting),
		waiting: make(chan struct{}, maxWaiting),
		writing: make(chan struct{}, writers),
		lanes:   map[int64][]answer{},
	}
}

// queue takes an answer. It blocks when too many wait, until the bot is told to stop.
func (w *answers) queue(a answer) {
	if a.reply.Repeated {
		return
	}
	a.queued = w.bot.now()
	if !w.room(a.place.chat) {
		w.bot.log.Warn("an answer was left out", "platform", Platform, "address", a.place.address())
		return
	}
	w.in <- a
}

// room takes a slot for an answer in a chat, if it may have one.
func (w *answers) room(chat int64) bool {
	w.mu.Lock()
	long := len(w.lanes[chat]) >= maxLane
	w.mu.Unlock()
	if long {
		return false
	}
	select {
	case w.waiting <- struct{}{}:
		return true
	default:
	}
	select {
	case w.waiting <- struct{}{}:
		return true
	case <-w.ending:
		return false
	}
}

// close says that no more answers come.
func (w *answers) close() { close(w.in) }

// run writes answers until close was called and all are written. When ctx ends, what
// is not written is given up.
func (w *answers) run(ctx context.Context) {
	var wg sync.WaitGroup
	for a := range w.in {
		w.mu.Lock()
		lane, served := w.lanes[a.place.chat]
		w.lanes[a.place.chat] = append(lane, a)
		w.mu.Unlock()
		if !served {
			wg.Go(func() { w.serve(ctx, a.place.chat) })
		}
	}
	wg.Wait()
}

// serve writes the answers of one chat until there are none.
func (w *answers) serve(ctx context.Context, chat int64) {
	for {
		w.mu.Lock()
		lane := w.lanes[chat]
		if len(lane) == 0 {
			delete(w.lanes, chat)
			w.mu.Unlock()
			return
		}
		w.lanes[chat] = lane[1:]
		w.mu.Unlock()
		w.write(ctx, lane[0])
		<-w.waiting
	}
}

// write writes one answer: the toast, the message, the file. Where the bot may not
// write, the person who asked gets it in private, and is told which right is missing.
func (w *answers) write(ctx context.Context, a answer) {
	if a.entry && w.bot.upgrades.await(ctx, a.place.chat) {
		return
	}
	toast, alert, rest := toastOf(a)
	if a.query != "" {
		w.toast(ctx, a, toast, alert)
	}
	r := w.writeAll(ctx, a, rest)
	if a.told && a.under == 0 && r.Reference != "" {
		w.mayWrite(ctx, a.place)
	}
	if r.Rest == subscriptions.RestNoRight && a.asker != 0 && a.place.shared() {
		if !a.told {
			rest.Text = joined("\n\n", rest.Text, w.bot.lacking(a.lang, []string{rightSend}))
		}
		rest.Buttons = onlyLinks(rest.Buttons) // pressed there the others would be about the person
		r = w.writeAll(ctx, answer{reply: a.reply, place: place{chat: a.asker}, queued: a.queued}, rest)
	}
	if r.Result != bot.ResultSent {
		w.bot.log.Warn("an answer was not written", "platform", Platform, "address", a.place.address(), "result", r.Result, "error", r.Err)
	}
}

// mayWrite tells that the bot may write again in p, where the question was still handled as
// if it might not: of what all members of a group may do Telegram sends no update.
func (w *answers) mayWrite(ctx context.Context, p place) {
	ctx, cancel := context.WithTimeout(ctx, handleTimeout)
	defer cancel()
	if err := notify(ctx, w.handler, bot.Notice{Kind: bot.NoticeBack, Address: p.address()}); err != nil {
		w.bot.log.Warn("a right that came back was not told", "platform", Platform, "address", p.address(), "error", err)
	}
}

// writeAll writes the parts of a message and the file, until one fails.
func (w *answers) writeAll(ctx context.Context, a answer, m bot.Message) bot.Receipt {
	last := bot.Receipt{Result: bot.ResultSent}
	for _, part := range split(m) {
		if last = w.attempt(ctx, &a, func(ctx context.Context) bot.Receipt { return w.bot.answer(ctx, a, part) }); last.Result != bot.ResultSent {
			return last
		}
		a.under, a.replyTo = 0, 0
	}
	if f := a.reply.File; f != nil {
		last = w.attempt(ctx, &a, func(ctx context.Context) bot.Receipt { return w.bot.document(ctx, a, *f) })
	}
	return last
}

// toastOf returns what is shown over the chat for a pressed button, whether it must
// be confirmed, and what remains to be written as a message. What is for one person
// only, in a place that others read, is shown to that person alone when it is short, in a
// channel however long. What has buttons must stand in the chat; but not under a story in
// a channel, where any reader may press and must not make the bot write to everyone.
func toastOf(a answer) (toast string, alert bool, rest bot.Message) {
	toast, rest = shortened(clean(a.reply.Toast), maxToast), a.reply.Message
	if a.query == "" {
		return "", false, rest
	}
	words := rest
	words.Buttons = nil
	text := rendered(words, true).String()
	switch {
	case a.unseen && text == "":
		return toast, true, bot.Message{}
	case a.unseen:
		return shortened(text, maxToast), true, bot.Message{}
	case !a.reply.Private || !a.place.shared() || text == "":
	case a.channel && a.reply.Beside, len(rest.Buttons) == 0 && (a.channel || units(text) <= maxToast):
		return shortened(text, maxToast), true, bot.Message{}
	}
	return toast, false, rest
}

// toast answers a press, once. Telegram forgets a press after a while; then there is
// nobody to tell.
func (w *answers) toast(ctx context.Context, a answer, text string, alert bool) {
	params := tgbotapi.Params{"callback_query_id": a.query}
	params.AddNonEmpty("text", text)
	params.AddBool("show_alert", alert && text != "")
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	pause(ctx, w.bot.holds.wait(a.place.key(), w.bot.now()))
	if err := w.bot.client.call(ctx, "answerCallbackQuery", params, nil); err != nil {
		w.bot.log.Debug("a press was not answered", "platform", Platform, "error", err)
	}
}

// attempt writes until it is known what became of it, or it is too old to matter.
// The dispatcher cannot repeat an answer, so it is done here. What may have arrived is
// said once more: an answer twice is better than none.
func (w *answers) attempt(ctx context.Context, a *answer, write func(context.Context) bot.Receipt) bot.Receipt {
	moved, repeated := false, false
	for failures := 1; ; failures++ {
		held := w.bot.holds.wait(a.place.key(), w.bot.now())
		if w.tooLate(a, held) {
			return bot.Receipt{Result: bot.ResultRetry, After: held, Err: errTooLate}
		}
		pause(ctx, held)
		r := w.once(ctx, *a, write)
		switch {
		case ctx.Err() != nil:
			return r
		case r.Result == bot.ResultMoved && !moved:
			to, err := parsePlace(r.Moved)
			if err != nil {
				return r
			}
			moved, a.place, a.under, a.replyTo = true, to, 0, 0
			continue
		case r.Result == bot.ResultRefused && a.under != 0:
			a.under = 0 // it is too old, or was deleted: say it anew
			continue
		case r.Result == bot.ResultUnknown && !repeated:
			repeated = true
		case r.Result != bot.ResultRetry:
			return r
		}
		wait := r.After
		if wait == 0 {
			wait = retryIn(r.Err, failures)
		}
		if w.tooLate(a, wait) {
			return r
		}
		pause(ctx, wait)
	}
}

var errTooLate = errors.New("telegram: an answer that would come too late")

// tooLate reports whether an answer is given up when it has to wait.
func (w *answers) tooLate(a *answer, wait time.Duration) bool {
	return w.bot.now().Add(wait).Sub(a.queued) > answerAge
}

// once writes one time, when there is a free slot. Where Telegram objected lately, it
// first waits for its turn; when Telegram ordered to wait meanwhile, it writes nothing.
func (w *answers) once(ctx context.Context, a answer, write func(context.Context) bot.Receipt) bot.Receipt {
	now, key := w.bot.now(), a.place.key()
	if w.bot.holds.caution(key, now) {
		pause(ctx, w.bot.traffic.wait(a.place, now))
	}
	if now = w.bot.now(); w.bot.holds.caution("", now) {
		pause(ctx, w.bot.turns.ReserveN(now, 1).DelayFrom(now))
	}
	w.writing <- struct{}{}
	defer func() { <-w.writing }()
	now = w.bot.now()
	if held := w.bot.holds.wait(key, now); held > 0 {
		return bot.Receipt{Result: bot.ResultRetry, After: held, Err: errTooLate}
	}
	w.bot.pacer.Spend(key, a.place.spacing(), now)
	return write(ctx)
}

// answer writes m where the question of a stood, or in place of the message that it
// is under.
func (b *Bot) answer(ctx context.Context, a answer, m bot.Message) bot.Receipt {
	if a.under != 0 {
		return b.edit(ctx, a.place, a.under, m)
	}
	return b.send(ctx, a.spot(), m, a.replyTo)
}

// spot is the thread to write in. In a private chat with topics the person is the
// place, and the answer still stands where the question did.
func (a answer) spot() place {
	if a.place.shared() {
		return a.place
	}
	return place{chat: a.place.chat, thread: a.thread}
}

// document sends a file where the question of a stood.
func (b *Bot) document(ctx context.Context, a answer, f bot.File) bot.Receipt {
	params := placeParams(a.spot(), a.replyTo)
	return b.receipt(ctx, a.place, func(sent *message) error {
		ctx, cancel := context.WithTimeout(ctx, sendTimeout)
		defer cancel()
		return b.client.upload(ctx, "sendDocument", params, "document", f.Name, f.Data, sent)
	})
}
