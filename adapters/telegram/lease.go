package telegram

import (
	"context"
	"time"

	"github.com/sjotbot/sjotbot/bot"
)

const (
	// leaseName is the right to listen: Telegram lets one program poll for a token.
	leaseName = "telegram:updates"
	// leaseRetry is how often it is asked for while another process has it.
	leaseRetry = 2 * time.Second
)

// listen polls while this process has the right to, and waits for it otherwise.
func (b *Bot) listen(ctx context.Context, h bot.Handler, answers *answers) error {
	if b.holder == "" {
		return b.poll(ctx, h, answers)
	}
	leases := bot.Leases{Progress: b.progress, Holder: b.holder, Now: b.now}
	for told := false; ctx.Err() == nil; pause(ctx, leaseRetry) {
		var failed error
		err := leases.Hold(ctx, leaseName, func(ctx context.Context) {
			told = false
			failed = b.poll(ctx, h, answers)
		})
		if failed != nil {
			return failed
		}
		if err != nil && !told && ctx.Err() == nil {
			told = true
			b.log.Info("not listening, waiting for the lease", "platform", Platform, "lease", leaseName, "error", err)
		}
	}
	return nil
}
