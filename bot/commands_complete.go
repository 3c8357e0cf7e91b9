package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/sjotbot/sjotbot/subscriptions"
)

// A platform shows this many proposals, and takes values and labels this long
// (Discord's autocomplete).
const (
	mostProposals = 25
	longestValue  = 100
)

// Complete implements [Handler]. Commands about what is followed propose that
// first. In a list, "genk, uni", the last name is completed and the others kept.
func (c *Commands) Complete(ctx context.Context, k Completion) []Choice {
	if k.Option != "topic" || len(k.Typed) > longestArgument {
		return nil
	}
	r := &request{commands: c, command: Command{Place: k.Place, Language: k.Language}, now: c.Now(), say: c.Locale.Printer(k.Language)}
	if err := r.find(ctx); err != nil {
		c.Logger.ErrorContext(ctx, "completion without subscriber", slog.Any("error", err))
	}
	if k.Language != "" {
		r.say = c.Locale.Printer(k.Language) // only this person sees it
	}
	subs, err := r.subscriptions(ctx)
	if err != nil {
		c.Logger.ErrorContext(ctx, "completion without subscriptions", slog.Any("error", err))
	}
	before, typed := "", k.Typed
	if i := strings.LastIndexByte(typed, ','); i >= 0 {
		before, typed = strings.TrimSpace(typed[:i])+", ", strings.TrimSpace(typed[i+1:])
	}
	var choices []Choice
	for _, t := range r.proposals(k.Command, typed, subs) {
		choice := Choice{Label: before + r.topicName(t), Value: before + string(t)}
		if len(choice.Value) <= longestValue && len(choice.Label) <= longestValue && len(choices) < mostProposals {
			choices = append(choices, choice)
		}
	}
	return choices
}

// proposals returns topics for a half-typed name, best first.
func (r *request) proposals(command, typed string, subs []subscriptions.Subscription) []subscriptions.Topic {
	limit := mostProposals
	ofFollowed := slices.Contains([]string{"unfollow", "mute", "rumours"}, command)
	if ofFollowed {
		limit += len(r.catalogue().Entries())
	}
	var topics []subscriptions.Topic
	if typed == "" && command != "follow" {
		for _, s := range subs {
			topics = append(topics, s.Topic)
		}
	}
	for _, e := range r.catalogue().Complete(typed, r.say.Language(), limit) {
		if !slices.Contains(topics, e.Topic) && (!ofFollowed || followed(subs, e.Topic)) {
			topics = append(topics, e.Topic)
		}
	}
	return topics
}

// Notice implements [Handler].
func (c *Commands) Notice(ctx context.Context, n Notice) error {
	r := &request{commands: c, command: Command{Mark: n.Mark, Place: Place{Address: n.Address}}, now: c.Now()}
	if n.Kind == NoticeNothing && n.Mark == (subscriptions.Mark{}) {
		return nil
	}
	err := r.write(ctx, func(tx subscriptions.Tx) error {
		s, err := tx.Subscriber(n.Address)
		if errors.Is(err, subscriptions.ErrNotFound) {
			return nil // nothing is kept about that place
		}
		if err != nil {
			return fmt.Errorf("read subscriber: %w", err)
		}
		return n.apply(tx, s, r)
	})
	if errors.Is(err, subscriptions.ErrHandled) {
		return nil
	}
	return err
}

// apply changes a subscriber by what happened to one of his places. What happens
// to a place where nothing is sent to him concerns that place alone.
func (n Notice) apply(tx subscriptions.Tx, s subscriptions.Subscriber, r *request) error {
	switch n.Kind {
	case NoticeRemoved:
		switch {
		case n.Reason == subscriptions.RestGone:
			return n.leave(tx, s)
		case n.Address != s.Address:
			return nil
		}
		s.Rest = subscriptions.Rest{Reason: n.Reason, Since: r.now}.Over(s.Rest)
	case NoticeBack:
		switch {
		case n.Address != s.Address:
			return nil
		case !r.wake(&s):
			return tx.Retry(s.ID)
		}
	case NoticeMoved:
		// The bot moved along. That it may write may have been told of the new address
		// before anybody was known there.
		r.wake(&s)
		if n.Address == s.Address {
			s.Address = n.Moved
		} else {
			s.Also = append(others(s.Also, n.Address), n.Moved)
		}
	case NoticeNothing:
		return nil
	}
	return tx.SaveSubscriber(&s)
}

// leave takes leave of a place that is no more: of all that was kept for it, or of
// the place alone when the subscriber has another.
func (n Notice) leave(tx subscriptions.Tx, s subscriptions.Subscriber) error {
	if n.Address == s.Address {
		if len(s.Also) == 0 {
			return tx.Erase(s.ID)
		}
		s.Address = s.Also[0]
	}
	s.Also = others(others(s.Also, n.Address), s.Address)
	return tx.SaveSubscriber(&s)
}

// others returns addresses without one.
func others(addresses []subscriptions.Address, without subscriptions.Address) []subscriptions.Address {
	return slices.DeleteFunc(slices.Clone(addresses), func(a subscriptions.Address) bool { return a == without })
}
