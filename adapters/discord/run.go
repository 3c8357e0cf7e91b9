package discord

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// Names under which Progress keeps what is ours.
const (
	gatewayLease   = "discord:gateway"
	lastIdentified = "discord:identified"
)

// Run keeps the gateway connected and has what people do handled by core, until
// ctx ends; then it finishes what it accepted and returns nil. An error means that it
// cannot go on until a person changes the configuration. Of several processes with one
// store, one runs the gateway and the others stand by.
func (b *Bot) Run(ctx context.Context, core bot.Handler) error {
	defer b.work.Wait()
	holder := b.config.Holder
	if b.config.Progress == nil || holder == "" {
		return b.serve(ctx, core)
	}
	waiting := false
	for {
		err := b.lease(ctx, holder, b.tempo.lease)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, subscriptions.ErrLeased):
			if !waiting {
				b.log.InfoContext(ctx, "another process runs the discord gateway; standing by")
			}
			waiting = true
		case err != nil:
			b.log.WarnContext(ctx, "discord gateway lease", "error", err)
		default:
			waiting = false
			if err := b.serveLeased(ctx, core, holder); err != nil {
				return err
			}
		}
		if !sleep(ctx, b.tempo.lease/10) {
			return nil
		}
	}
}

// lease takes or renews the gateway's lease.
func (b *Bot) lease(ctx context.Context, holder string, ttl time.Duration) error {
	return b.config.Progress.Lease(ctx, b.now(), gatewayLease, holder, ttl)
}

// serveLeased serves as long as the lease is ours. It returns nil when it was
// lost or ctx ended.
func (b *Bot) serveLeased(ctx context.Context, core bot.Handler, holder string) error {
	leased, cancel := context.WithCancel(ctx)
	defer cancel()
	var renewing sync.WaitGroup
	renewing.Go(func() {
		for sleep(leased, b.tempo.lease/4) {
			// A store that does not answer is no reason to hang up; another holder is.
			if err := b.lease(leased, holder, b.tempo.lease); errors.Is(err, subscriptions.ErrLeased) {
				b.log.WarnContext(ctx, "another process took the discord gateway over")
				cancel()
			} else if err != nil && leased.Err() == nil {
				b.log.WarnContext(ctx, "discord gateway lease", "error", err)
			}
		}
	})
	err := b.serve(leased, core)
	cancel()
	renewing.Wait()
	give, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer done()
	if err := b.lease(give, holder, 0); err != nil && !errors.Is(err, subscriptions.ErrLeased) {
		b.log.WarnContext(ctx, "discord gateway lease not given back", "error", err)
	}
	return err
}

// serve runs all shards of the gateway.
func (b *Bot) serve(ctx context.Context, core bot.Handler) error {
	h := handler{b, core}
	gate := b.newGate(ctx)
	shards, err := b.shards(ctx)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	for n := range shards {
		g := &gateway{
			rest: b.rest, token: b.config.Token, dial: b.config.Dial, log: b.log, tempo: b.tempo,
			gate: gate, shard: [2]int{n, shards},
		}
		g.event = func(name string, data json.RawMessage) { h.event(ctx, name, data) }
		group.Go(func() error { return g.run(ctx) })
	}
	return group.Wait()
}

// shards asks how many shards Discord wants, until it answers. One is enough
// below 2500 servers.
func (b *Bot) shards(ctx context.Context) (int, error) {
	wait := b.tempo.backoffMin
	for {
		info, err := b.rest.gatewayInfo(ctx)
		switch {
		case ctx.Err() != nil:
			return 0, nil
		case errors.Is(err, errToken):
			return 0, err
		case err == nil:
			return max(1, info.Shards), nil
		}
		b.log.WarnContext(ctx, "discord does not tell its gateway", "error", err, "again_in", wait)
		if !sleep(ctx, wait) {
			return 0, nil
		}
		wait = min(2*wait, b.tempo.backoffMax)
	}
}

// newGate returns the gate of identifies. When the last one was is kept, so
// that restarts in a row do not spend the day's budget at once.
func (b *Bot) newGate(ctx context.Context) *identifyGate {
	gate := newIdentifyGate(b.tempo.identify)
	p := b.config.Progress
	if p == nil {
		return gate
	}
	if text, err := p.Value(ctx, lastIdentified); err == nil {
		// One in the future is from before the clock was set back.
		if ms, err := strconv.ParseInt(text, 10, 64); err == nil && time.UnixMilli(ms).Before(time.Now()) {
			gate.last = time.UnixMilli(ms)
		}
	}
	gate.remember = func(at time.Time) {
		// An identify that goes out while the program ends counts as well.
		if err := p.SetValue(context.WithoutCancel(ctx), lastIdentified, strconv.FormatInt(at.UnixMilli(), 10)); err != nil {
			b.log.WarnContext(ctx, "discord identify not noted", "error", err)
		}
	}
	return gate
}

// event handles one gateway event. It must not wait: the next heartbeat's answer
// is behind it.
func (h handler) event(ctx context.Context, name string, data json.RawMessage) {
	switch name {
	case "INTERACTION_CREATE":
		h.interact(ctx, data)
	case "READY":
		h.places(ctx, name, data)
		h.ready(ctx, data)
	case "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_CREATE", "CHANNEL_DELETE", "THREAD_DELETE":
		h.places(ctx, name, data)
	}
}

// ready registers the commands of the application that READY names.
func (h handler) ready(ctx context.Context, data json.RawMessage) {
	var ready struct {
		User struct {
			Username string `json:"username"`
		} `json:"user"`
		Application struct {
			ID string `json:"id"`
		} `json:"application"`
		Shard [2]int `json:"shard"`
	}
	if json.Unmarshal(data, &ready) != nil || !validID(ready.Application.ID) {
		h.log.WarnContext(ctx, "discord did not say which application we are; commands are not registered")
		return
	}
	h.log.InfoContext(ctx, "discord connected", "bot", ready.User.Username, "shard", ready.Shard[0])
	if ready.Shard[0] != 0 {
		return // once is enough
	}
	h.work.Go(func() { h.keepRegistering(ctx, ready.Application.ID) })
}
