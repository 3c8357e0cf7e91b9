package discord

import (
	"context"
	"encoding/json"
	"errors"
	"runtime/debug"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/sjotbot/sjotbot/bot"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// interactionStream is the stream of the marks of interactions.
const interactionStream = "discord:interactions"

// handler handles events for one bot.Handler.
type handler struct {
	*Bot
	core bot.Handler
}

// interact starts the answering of an interaction and returns at once.
func (h handler) interact(ctx context.Context, raw json.RawMessage) {
	arrived := time.Now()
	h.work.Go(func() {
		// Who waits here longer than Discord accepts an answer need not be answered.
		wait := time.NewTimer(h.tempo.accept)
		defer wait.Stop()
		select {
		case h.busy <- struct{}{}:
			defer func() { <-h.busy }()
		case <-wait.C:
			h.log.WarnContext(ctx, "discord interaction dropped: too many at the same time")
			return
		case <-ctx.Done():
			return
		}
		ctx, cancel := h.finishing(ctx)
		defer cancel()
		if err := h.handle(ctx, raw, arrived); err != nil {
			h.log.WarnContext(ctx, "discord interaction not answered", "error", err)
		}
	})
}

// finishing returns a context for work that was accepted: it is finished also
// while the program ends, for as long as that may take.
func (h handler) finishing(ctx context.Context) (context.Context, context.CancelFunc) {
	work, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.tempo.handle)
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(h.tempo.farewell, cancel) })
	return work, func() { stop(); cancel() }
}

// handle answers one interaction by its type.
func (h handler) handle(ctx context.Context, raw json.RawMessage, arrived time.Time) error {
	i, err := decodeInteraction(raw)
	if err != nil {
		h.log.WarnContext(ctx, "discord interaction refused", "error", err)
	}
	switch {
	case i.Token == "", !h.seen.first(i.ID): // nobody to answer, or delivered twice
		return nil
	case err != nil:
		return h.apologise(ctx, i)
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		return h.complete(ctx, i)
	case discordgo.InteractionApplicationCommand, discordgo.InteractionMessageComponent:
		return h.carryOut(ctx, i, arrived)
	case discordgo.InteractionPing, discordgo.InteractionModalSubmit:
	}
	h.log.WarnContext(ctx, "discord interaction of a kind we never ask for", "type", int(i.Type))
	return h.apologise(ctx, i)
}

// carryOut has a command handled and answers it, at once if it is quick. One that
// takes longer is deferred first.
func (h handler) carryOut(ctx context.Context, i interaction, arrived time.Time) error {
	done := make(chan bot.Reply, 1)
	go func() { done <- h.reply(ctx, i) }()
	late := time.NewTimer(h.tempo.deferAfter - time.Since(arrived))
	defer late.Stop()
	select {
	case r := <-done:
		if r.Repeated {
			return nil
		}
		return h.answerNow(ctx, i, h.layOrApologise(i, r))
	case <-late.C:
	}
	if err := h.patient(ctx, callbackCall(i, i.deferral(), nil), nil); err != nil {
		return err
	}
	r := <-done
	if r.Repeated {
		return nil
	}
	return h.answerDeferred(ctx, i, h.layOrApologise(i, r))
}

// reply asks the core. A panic there ends in an apology, not in the process.
func (h handler) reply(ctx context.Context, i interaction) (r bot.Reply) {
	defer func() {
		if cause := recover(); cause != nil {
			h.log.ErrorContext(ctx, "a command panicked", "command", i.Data.Name, "panic", cause, "stack", string(debug.Stack()))
			r = bot.Reply{}
		}
	}()
	place, err := h.place(ctx, i)
	if err != nil {
		h.log.WarnContext(ctx, "discord place not found", "error", err)
		return bot.Reply{}
	}
	c := i.command()
	c.Mark = subscriptions.Mark{Stream: interactionStream, Key: i.ID}
	c.Place = place
	if place.Shared {
		c.MayManage = func(context.Context) (bool, error) { return i.mayManage(), nil }
	}
	return h.core.Handle(ctx, c)
}

// complete proposes values for what is being typed. Whatever goes wrong, there
// is a list.
func (h handler) complete(ctx context.Context, i interaction) error {
	ctx, cancel := context.WithTimeout(ctx, h.tempo.accept)
	defer cancel()
	return h.patient(ctx, callbackCall(i, choices(h.propose(ctx, i)), nil), nil)
}

func (h handler) propose(ctx context.Context, i interaction) (list []bot.Choice) {
	defer func() {
		if cause := recover(); cause != nil {
			h.log.ErrorContext(ctx, "a completion panicked", "command", i.Data.Name, "panic", cause, "stack", string(debug.Stack()))
			list = nil
		}
	}()
	place, err := h.place(ctx, i)
	if err != nil {
		h.log.WarnContext(ctx, "discord place not found", "error", err)
		return nil
	}
	option := i.focused()
	return h.core.Complete(ctx, bot.Completion{
		Place: place, Command: i.Data.Name, Option: option.Name, Typed: option.text(), Language: i.Locale,
	})
}

// place is whose subscriptions an interaction is about.
func (h handler) place(ctx context.Context, i interaction) (bot.Place, error) {
	switch i.kind() {
	case inDirect:
		return bot.Place{Address: directAddress(i.channel())}, nil
	case byPerson:
		channel, err := h.directChannel(ctx, i.who())
		if err != nil {
			return bot.Place{}, err
		}
		if !validID(channel) {
			return bot.Place{}, errors.New("open a direct channel: an answer without an id")
		}
		return bot.Place{Address: directAddress(channel)}, nil
	case inServer:
	}
	h.guilds.add(i.GuildID, i.channel())
	place := bot.Place{Address: channelAddress(i.channel()), Shared: true}
	if i.AppPermissions != nil {
		place.Missing = i.AppPermissions.missing(i.thread())
	}
	return place, nil
}

// layOrApologise lays a reply out, or the apology when there is none.
func (h handler) layOrApologise(i interaction, r bot.Reply) replying {
	if out, ok := i.lay(r); ok {
		return out
	}
	return h.apology(i)
}

// apologise answers an interaction that cannot be handled.
func (h handler) apologise(ctx context.Context, i interaction) error {
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return h.patient(ctx, callbackCall(i, choices(nil), nil), nil)
	}
	return h.answerNow(ctx, i, h.apology(i))
}
