package bot

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// codeLife is how long a link code can be used.
const codeLife = 10 * time.Minute

// link makes the places of one person on two platforms one: the first gives a
// code, the second takes it. "link here" moves alerts to where it is said.
func (c *Commands) link(ctx context.Context, r *request) (Reply, error) {
	switch {
	case r.command.Place.Shared:
		return Reply{}, refuse("link.only-private", nil)
	case r.args == "here":
		return c.linkHere(ctx, r)
	case r.args == "":
		return c.giveCode(ctx, r)
	default:
		return c.takeCode(ctx, r)
	}
}

// giveCode makes a code. It is kept under the subscriber's number, so that a new
// one replaces it and erasing the subscriber erases it.
func (c *Commands) giveCode(ctx context.Context, r *request) (Reply, error) {
	if err := r.change(ctx, func(subscriptions.Tx, *subscriptions.Subscriber) error { return nil }); err != nil {
		return Reply{}, err
	}
	id := r.subscriber.ID
	secret := rand.Text()[:8] // 40 bits, for ten minutes
	code := linkCode{secret: secret, expiry: r.now.Add(codeLife), owner: r.subscriber.Address}
	if err := c.Progress.SetValue(ctx, codeName(id), code.String()); err != nil {
		return Reply{}, fmt.Errorf("keep link code: %w", err)
	}
	return r.private("link.code", locale.Args{
		"command": r.slash("link"), "code": fmt.Sprintf("%d-%s", id, secret), "minutes": r.say.Span(codeLife),
	}), nil
}

func codeName(id subscriptions.SubscriberID) string {
	return subscriptions.FactAbout("link", id)
}

// dropCode forgets a subscriber's code.
func (r *request) dropCode(ctx context.Context, id subscriptions.SubscriberID) error {
	value, err := r.commands.Progress.Value(ctx, codeName(id))
	if err != nil || value == "" {
		return err
	}
	return r.commands.Progress.SetValue(ctx, codeName(id), "")
}

// takeCode links this place to the one that gave the code.
func (c *Commands) takeCode(ctx context.Context, r *request) (Reply, error) {
	other, owner, err := c.codeOwner(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	here := r.command.Place.Address
	if other == r.subscriber.ID {
		return Reply{}, refuse("link.same-place", nil)
	}
	// A code is used once, also when what follows fails.
	if err := r.dropCode(ctx, other); err != nil {
		return Reply{}, err
	}
	var to subscriptions.Address
	err = r.write(ctx, func(tx subscriptions.Tx) error {
		s, err := tx.Subscriber(owner)
		if err != nil {
			return fmt.Errorf("read linked subscriber: %w", err)
		}
		if !slices.Contains(s.Also, here) {
			s.Also = append(s.Also, here)
		}
		to = s.Address
		return tx.SaveSubscriber(&s)
	})
	if err != nil {
		return Reply{}, err
	}
	return r.linked(to), nil
}

// linked says where alerts come from now on.
func (r *request) linked(to subscriptions.Address) Reply {
	key := "link.done-there"
	if to == r.command.Place.Address {
		key = "link.done-here"
	}
	reply := r.private(key, locale.Args{"platform": platformName(to.Platform)})
	if to != r.command.Place.Address {
		reply.Message.Buttons = rows(1, button(r.say.Text("link.button-here", nil), "link here"))
	}
	return reply
}

func platformName(p subscriptions.Platform) string {
	if p == "" {
		return ""
	}
	return strings.ToUpper(string(p[:1])) + string(p[1:])
}

// linkHere moves alerts to this place.
func (c *Commands) linkHere(ctx context.Context, r *request) (Reply, error) {
	here := r.command.Place.Address
	if !r.known() || r.subscriber.Address != here && !slices.Contains(r.subscriber.Also, here) {
		return c.giveCode(ctx, r)
	}
	err := r.change(ctx, func(_ subscriptions.Tx, s *subscriptions.Subscriber) error {
		if s.Address == here {
			return nil
		}
		s.Also = append(others(s.Also, here), s.Address)
		s.Address = here
		r.wake(s) // what the platform said of the other place is no matter here
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	return r.linked(here), nil
}

// codeOwner returns whose code the argument is.
func (c *Commands) codeOwner(ctx context.Context, r *request) (subscriptions.SubscriberID, subscriptions.Address, error) {
	wrong := refuse("link.wrong-code", locale.Args{"command": r.slash("link")})
	number, secret, _ := strings.Cut(strings.ToUpper(strings.ReplaceAll(r.args, " ", "")), "-")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, subscriptions.Address{}, wrong
	}
	id := subscriptions.SubscriberID(n)
	value, err := c.Progress.Value(ctx, codeName(id))
	if err != nil {
		return 0, subscriptions.Address{}, fmt.Errorf("read link code: %w", err)
	}
	code, ok := parseLinkCode(value)
	if !ok || r.now.After(code.expiry) || subtle.ConstantTimeCompare([]byte(code.secret), []byte(secret)) != 1 {
		return 0, subscriptions.Address{}, wrong
	}
	return id, code.owner, nil
}

// linkCode is a code as it is kept.
type linkCode struct {
	secret string
	expiry time.Time
	owner  subscriptions.Address
}

func (l linkCode) String() string {
	return strings.Join([]string{l.secret, strconv.FormatInt(l.expiry.Unix(), 10), string(l.owner.Platform), l.owner.ID}, " ")
}

func parseLinkCode(value string) (linkCode, bool) {
	parts := strings.SplitN(value, " ", 4)
	if len(parts) != 4 {
		return linkCode{}, false
	}
	expiry, err := strconv.ParseInt(parts[1], 10, 64)
	return linkCode{
		secret: parts[0], expiry: time.Unix(expiry, 0),
		owner: subscriptions.Address{Platform: subscriptions.Platform(parts[2]), ID: parts[3]},
	}, err == nil
}
