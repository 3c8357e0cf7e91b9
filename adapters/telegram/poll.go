package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/sjotbot/sjotbot/bot"
)

const (
	// pollSeconds is how long Telegram holds a poll when nothing happens.
	pollSeconds = 50
	// maxBatch is the most updates of one poll (Bot API, getUpdates).
	maxBatch = 100
	// pollTimeout ends a poll whose connection died without a word.
	pollTimeout = (pollSeconds + 15) * time.Second
	// handleTimeout bounds the handling of one update, so that none holds up the rest.
	handleTimeout = 10 * time.Second
	// handlers is how many updates of one batch are handled at the same time.
	handlers = 32

	// stream names the updates in marks, bookmark where their offset is kept.
	stream   = "telegram:updates"
	bookmark = "telegram:offset"
)

// poll fetches updates and has them handled, batch by batch, until ctx ends. An
// error says that a person must act.
func (b *Bot) poll(ctx context.Context, h bot.Handler, answers *answers) error {
	p := poller{Bot: b, handler: h, answers: answers, offset: b.offset(ctx), limit: maxBatch}
	for failures := 0; ctx.Err() == nil; {
		err := p.once(ctx)
		if err == nil {
			failures = 0
			continue
		}
		failures++
		if err := b.pollFailed(ctx, err, failures); err != nil {
			return err
		}
	}
	return nil
}

// poller is one run of polling. One goroutine uses it.
type poller struct {
	*Bot
	handler bot.Handler
	answers *answers
	offset  int64
	limit   int
	seen    recent
}

// errSameAgain: the server repeats updates that were confirmed. Asking again at
// once would never end.
var errSameAgain = errors.New("the server repeats updates that were confirmed")

// once fetches one batch and has it handled. After an error there must be a pause.
func (p *poller) once(ctx context.Context) error {
	got, err := p.fetch(ctx)
	if err != nil {
		return err
	}
	if len(got.spoiled) > 0 || got.nameless > 0 {
		p.log.Warn("updates that do not decode were left out", "platform", Platform, "ids", got.spoiled, "without_id", got.nameless)
	}
	fresh := p.seen.sift(got.updates)
	if !p.handleBatch(ctx, fresh) {
		return nil
	}
	next := got.next()
	moved := next > p.offset
	if next != 0 && next != p.offset {
		p.offset = next
		p.saveOffset(ctx, next)
	}
	if moved || len(fresh) > 0 || got.empty() {
		return nil
	}
	return errSameAgain
}

// fetch makes one long poll.
func (p *poller) fetch(ctx context.Context) (batch, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	params := tgbotapi.Params{
		"timeout":         strconv.Itoa(pollSeconds),
		"limit":           strconv.Itoa(p.limit),
		"allowed_updates": encoded(allowedUpdates()),
	}
	params.AddNonZero64("offset", p.offset)
	var raw json.RawMessage
	err := p.client.call(ctx, "getUpdates", params, &raw)
	var large *tooLargeError
	switch {
	case errors.As(err, &large) && p.limit > 1:
		p.limit = 1 // find the one that is too large
		return batch{}, err
	case errors.As(err, &large):
		return large.batch()
	case err != nil:
		return batch{}, err
	}
	p.limit = maxBatch
	return decodeUpdates(raw)
}

// pollFailed logs what is wrong and waits. It returns an error when waiting is of no use.
func (b *Bot) pollFailed(ctx context.Context, err error, failures int) error {
	if ctx.Err() != nil {
		return nil // not a failure: told to stop
	}
	var e *apiError
	errors.As(err, &e)
	switch {
	case isTokenRefused(err):
		return tokenRefused(err)
	case e != nil && e.code == http.StatusConflict && e.says("webhook"):
		b.log.Warn("a webhook was set for this bot; removing it, because the bot polls", "platform", Platform)
		if err := b.callBriefly(ctx, "deleteWebhook", nil); err != nil {
			b.log.Warn("removing the webhook failed", "platform", Platform, "error", err)
		}
	case e != nil && e.code == http.StatusConflict:
		b.log.Error("another program is polling with the same [telegram] token; stop one of the two", "platform", Platform, "failures", failures, "error", err)
	default:
		b.log.Warn("polling failed", "platform", Platform, "failures", failures, "error", err)
	}
	pause(ctx, retryIn(err, failures))
	return nil
}

// handleBatch has updates handled: those of one chat in order, those of different
// chats at the same time. It returns false when ctx ended before all were.
func (p *poller) handleBatch(ctx context.Context, updates []update) bool {
	if len(updates) == 0 {
		return true
	}
	var lanes [][]update
	at := map[int64]int{}
	for _, u := range updates {
		i, ok := at[u.lane()]
		if !ok {
			i = len(lanes)
			at[u.lane()] = i
			lanes = append(lanes, nil)
		}
		lanes[i] = append(lanes[i], u)
	}
	var wg sync.WaitGroup
	slots := make(chan struct{}, handlers)
	for _, lane := range lanes {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			for _, u := range lane {
				if ctx.Err() != nil {
					return
				}
				p.handleOne(ctx, u)
			}
		})
	}
	wg.Wait()
	return ctx.Err() == nil
}

// handleOne has one update handled, to its end even when ctx ends meanwhile. An
// update that fails is logged and left behind: coming back to it would hold up all
// that follow.
func (p *poller) handleOne(ctx context.Context, u update) {
	defer func() {
		if r := recover(); r != nil {
			p.log.Error("handling an update panicked", "platform", Platform, "update", u.ID, "panic", fmt.Sprint(r))
		}
	}()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handleTimeout)
	defer cancel()
	if err := p.receive(ctx, u, p.handler, p.answers); err != nil {
		p.log.Error("handling an update failed", "platform", Platform, "update", u.ID, "error", err)
	}
}

// offset returns the bookmark; 0, everything unconfirmed, when there is none.
func (b *Bot) offset(ctx context.Context) int64 {
	value, err := b.progress.Value(ctx, bookmark)
	if err != nil {
		b.log.Warn("reading the bookmark of updates failed", "platform", Platform, "error", err)
	}
	offset, _ := strconv.ParseInt(value, 10, 64)
	return max(offset, 0)
}

// saveOffset moves the bookmark. When it cannot, the next start gets updates again
// that were handled, and their marks keep them from counting twice.
func (b *Bot) saveOffset(ctx context.Context, offset int64) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handleTimeout)
	defer cancel()
	if err := b.progress.SetValue(ctx, bookmark, strconv.FormatInt(offset, 10)); err != nil {
		b.log.Warn("saving the bookmark of updates failed", "platform", Platform, "error", err)
	}
}

// recent remembers the ids of the last updates, to drop repetitions without asking
// the store.
type recent struct {
	ids  [1024]int64
	next int
	has  map[int64]bool
}

// sift returns the updates not seen before, and remembers them.
func (r *recent) sift(updates []update) []update {
	if r.has == nil {
		r.has = map[int64]bool{}
	}
	var fresh []update
	for _, u := range updates {
		if r.has[u.ID] {
			continue
		}
		delete(r.has, r.ids[r.next])
		r.ids[r.next] = u.ID
		r.has[u.ID] = true
		r.next = (r.next + 1) % len(r.ids)
		fresh = append(fresh, u)
	}
	return fresh
}
