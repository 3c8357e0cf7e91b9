package telegram

import (
	"context"
	"errors"
	"time"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// leaseName is the right to listen; Telegram lets one program poll for a token.
	leaseName = "telegram:updates"
	// leaseTime is how long the right outlives its holder; the next one is promised
	// to be at work within 20 s.
	leaseTime = 15 * time.Second
	// leaseRenewal is how often it is renewed, leaseRetry how often it is asked for.
	leaseRenewal = 4 * time.Second
	leaseRetry   = 2 * time.Second
)

// listen polls for as long as this process has the right to, and waits for it
// otherwise.
func (b *Bot) listen(ctx context.Context, h bot.Handler, answers *answers) error {
	if b.holder == "" {
		return b.poll(ctx, h, answers)
	}
	for waiting := false; ctx.Err() == nil; {
		err := b.progress.Lease(ctx, b.now(), leaseName, b.holder, leaseTime)
		if err == nil {
			waiting = false
			if err := b.pollLeased(ctx, h, answers); err != nil {
				return err
			}
			continue
		}
		if !waiting {
			waiting = true
			level := b.log.Warn
			if errors.Is(err, subscriptions.ErrLeased) {
				level = b.log.Info
			}
			level("not listening: waiting for the lease of the updates", "platform", Platform, "error", err)
		}
		pause(ctx, leaseRetry)
	}
	return nil
}

// pollLeased polls until ctx ends or the lease is lost. It gives the lease back.
func (b *Bot) pollLeased(ctx context.Context, h bot.Handler, answers *answers) error {
	leased, stop := context.WithCancel(ctx)
	defer stop()
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		defer stop()
		b.renew(leased)
	}()
	err := b.poll(leased, h, answers)
	stop()
	<-renewed
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseRenewal)
	defer cancel()
	if err := b.progress.Lease(ctx, b.now(), leaseName, b.holder, 0); err != nil && !errors.Is(err, subscriptions.ErrLeased) {
		b.log.Warn("giving back the lease of the updates failed", "platform", Platform, "error", err)
	}
	return err
}

// renew renews the lease until ctx ends, or somebody else has it, or it has run out
// because the store does not answer.
func (b *Bot) renew(ctx context.Context) {
	until := b.now().Add(leaseTime)
	for {
		pause(ctx, leaseRenewal)
		if ctx.Err() != nil {
			return
		}
		now := b.now()
		err := b.progress.Lease(ctx, now, leaseName, b.holder, leaseTime)
		switch {
		case err == nil:
			until = now.Add(leaseTime)
		case errors.Is(err, subscriptions.ErrLeased), b.now().Add(leaseRenewal).After(until):
			if ctx.Err() == nil {
				b.log.Warn("the lease of the updates is lost", "platform", Platform, "error", err)
			}
			return
		}
	}
}
