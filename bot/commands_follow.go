package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// mostSubscriptions is how many topics one place may follow: more than there are
// clubs and coaches in both divisions.
const mostSubscriptions = 250

// follow follows one topic or several, or shows the menu.
func (c *Commands) follow(ctx context.Context, r *request) (Reply, error) {
	word, rest, _ := strings.Cut(r.args, " ")
	switch word {
	case "":
		return c.menu(ctx, r, "")
	case "menu":
		return c.menu(ctx, r, rest)
	case "mint":
		return c.mint(ctx, r, rest)
	}
	if r.everything(r.args) {
		reply := r.menuRoot()
		reply.Message.Text = r.say.Text("follow.everything", locale.Args{"follow": r.slash("follow")})
		return reply, nil
	}
	wanted := r.lookUpAll(r.args)
	if id, ok := r.sectionNamed(r.args); ok && len(wanted.certain) == 0 {
		return c.menu(ctx, r, id)
	}
	if len(wanted.certain) == 0 {
		return c.ask(r, "follow", wanted), nil
	}
	return c.followTopics(ctx, r, wanted)
}

// followTopics follows what is certain, and asks about the rest in the same answer.
func (c *Commands) followTopics(ctx context.Context, r *request, wanted wanted) (Reply, error) {
	fresh, known, err := r.followAll(ctx, wanted.certain)
	if err != nil {
		return Reply{}, err
	}
	var said []string
	if len(fresh) > 0 {
		rumours, err := r.sayRumours(ctx, fresh)
		if err != nil {
			return Reply{}, err
		}
		said = append(said, r.sayFollowed(fresh), rumours)
	}
	if len(known) > 0 {
		said = append(said, r.say.Text(r.here("follow.already"), locale.Args{"topics": r.topicNames(known...)}))
	}
	said = append(said, r.restNote(), r.missingRights())
	r.leftover = leftover{command: "follow", open: wanted.open}
	reply := Reply{Message: Message{Text: paragraphs(said...), Buttons: r.afterFollow(wanted.certain, fresh)}}
	if r.command.Pressed {
		reply.Toast = said[0]
	}
	return reply, nil
}

// followAll writes subscriptions and returns which topics are new and which
// were followed before. What was said of all rumours holds for the new ones too.
func (r *request) followAll(ctx context.Context, topics []subscriptions.Topic) (fresh, known []subscriptions.Topic, err error) {
	err = r.change(ctx, func(tx subscriptions.Tx, s *subscriptions.Subscriber) error {
		fresh, known = nil, nil
		subs, err := tx.Subscriptions(s.ID)
		if err != nil {
			return err
		}
		standing, _ := rumoursOf(subs)
		for _, t := range topics {
			if followed(subs, t) {
				known = append(known, t)
				continue
			}
			if len(subs)+len(fresh) >= mostSubscriptions {
				return refuse("follow.too-many", locale.Args{"n": mostSubscriptions})
			}
			sub := subscriptions.Subscription{Subscriber: s.ID, Topic: t, Cadence: s.Cadence, CreatedAt: r.now}
			sub.Filter.Rumours = standing
			if err := tx.Follow(sub); err != nil {
				return err
			}
			r.schedule(s, sub)
			fresh = append(fresh, t)
		}
		return nil
	})
	return fresh, known, err
}

// schedule sees to it that a digest comes when a subscription keeps stories for one.
func (r *request) schedule(s *subscriptions.Subscriber, sub subscriptions.Subscription) {
	f := sub.Filter
	keeps := sub.Cadence != subscriptions.Instant || f.First != "" ||
		slices.Contains([]subscriptions.Policy{f.Rumours, f.Quotes, f.Roundups}, subscriptions.OnlyDigest)
	if keeps && s.NextDigest.IsZero() {
		s.NextDigest = NextDigest(s.Digest, r.now)
	}
}

// sayFollowed says what is followed now, and when its stories come.
func (r *request) sayFollowed(topics []subscriptions.Topic) string {
	s := r.subscriber
	args := locale.Args{"topics": r.topicNames(topics...), "when": r.digestWhen()}
	switch s.Cadence {
	case subscriptions.InDigest:
		return r.say.Text(r.here("follow.in-digest"), args)
	case subscriptions.Both:
		return r.say.Text(r.here("follow.both"), args)
	case subscriptions.Instant:
	}
	return r.say.Text(r.here("follow.instant"), args)
}

// sayRumours says what becomes of rumours about topics that are new, if they do not
// come like all news.
func (r *request) sayRumours(ctx context.Context, topics []subscriptions.Topic) (string, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return "", err
	}
	policy, same := rumoursOf(subs)
	if !same || policy == subscriptions.Now {
		return "", nil
	}
	return r.rumoursAbout(topics, policy), nil
}

// afterFollow offers what one may want next.
func (r *request) afterFollow(topics, fresh []subscriptions.Topic) [][]Button {
	undo := Button{}
	if len(fresh) > 0 {
		undo = r.undoable("unfollow", joinTopics(fresh))
	}
	if len(topics) != 1 {
		return rows(2, button(r.say.Text("button.news", nil), "news"), button(r.say.Text("button.following", nil), "following"))
	}
	t := topics[0]
	buttons := []Button{
		button(r.say.Text("button.news", nil), "news", string(t)),
		button(r.say.Text("button.settings", nil), "following", string(t)),
	}
	if len(fresh) == 1 {
		buttons = append(buttons, undo)
		if coach, ok := r.roleOf(t); ok {
			buttons = append(buttons, button(r.say.Text("button.follow-role", nil), "follow", string(coach)))
		}
	}
	return rows(2, buttons...)
}

// roleOf returns the topic "the coach of" a club or team.
func (r *request) roleOf(t subscriptions.Topic) (subscriptions.Topic, bool) {
	role := subscriptions.Topic("coach/of-" + t.ID())
	e, ok := r.catalogue().Entry(role)
	return role, ok && e.RoleOf == t
}

// missingRights says which rights the bot lacks to post here, if any.
func (r *request) missingRights() string { return MissingRights(r.say, r.command.Place.Missing) }

// MissingRights returns the sentence that names the rights which the bot lacks to
// post in a place, see [Place.Missing]; none is empty.
func MissingRights(say locale.Printer, missing []string) string {
	if len(missing) == 0 {
		return ""
	}
	rights := make([]string, len(missing))
	for i, key := range missing {
		rights[i] = say.Text(key, nil)
	}
	return say.Text("error.missing-rights", locale.Args{"n": len(rights), "rights": say.List(rights)})
}

// mint follows a coach whom the catalogue does not know, by his full name.
func (c *Commands) mint(ctx context.Context, r *request, name string) (Reply, error) {
	if err := r.permit(ctx); err != nil {
		return Reply{}, err
	}
	if r.isElsewhere(name) {
		return Reply{}, refuse("look-up.elsewhere", locale.Args{"name": clip(name)})
	}
	e, err := c.Directory.Mint(ctx, personName(name))
	if errors.Is(err, catalogue.ErrTaken) {
		return Reply{}, refuse("look-up.no-coach", locale.Args{"name": clip(personName(name))})
	}
	if errors.Is(err, catalogue.ErrNotAName) {
		return Reply{}, refuse("follow.no-full-name", locale.Args{"name": clip(name)})
	}
	if errors.Is(err, ErrTooManyCoaches) {
		return Reply{}, refuse("look-up.unknown", locale.Args{"name": clip(name)})
	}
	if err != nil {
		return Reply{}, err
	}
	return c.followTopics(ctx, r, wanted{certain: []subscriptions.Topic{e.Topic}})
}

// fullName reports whether text can be the full name of a person, be it of one who
// is known and no coach.
func (r *request) fullName(text string) bool {
	_, err := r.catalogue().Mint(text)
	return err == nil || errors.Is(err, catalogue.ErrTaken)
}

// personName writes a name that was typed without capitals as a name.
func personName(text string) string {
	if text != strings.ToLower(text) {
		return text
	}
	words := strings.Fields(text)
	for i, w := range words {
		first, size := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(first)) + w[size:]
	}
	return strings.Join(words, " ")
}

// followed reports whether a topic is among subscriptions.
func followed(subs []subscriptions.Subscription, t subscriptions.Topic) bool {
	return slices.ContainsFunc(subs, func(s subscriptions.Subscription) bool { return s.Topic == t })
}

// unfollow stops following one topic, several or all.
func (c *Commands) unfollow(ctx context.Context, r *request) (Reply, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(subs) == 0 {
		return r.nothingFollowed(), nil
	}
	if r.args == "" {
		reply := r.chooseFollowed(subs, "unfollow", "unfollow.which")
		if len(subs) > 1 {
			reply.Message.Buttons = append(reply.Message.Buttons, rows(1, button(r.say.Text("mute.everything", nil), "unfollow", askUnfollowAll))...)
		}
		return reply, nil
	}
	if r.args == askUnfollowAll {
		return r.askUnfollowAll(), nil
	}
	all, topics := r.everything(r.args), r.allBut(subs, r.args)
	if !all && topics == nil {
		w := r.amongFollowed(subs, r.lookUpAll(r.args))
		if len(w.certain) == 0 {
			return c.ask(r, "unfollow", w), nil
		}
		if topics = r.leave(subs, "unfollow", w); len(topics) == 0 {
			return Reply{Private: true}, nil
		}
	}
	err = r.change(ctx, func(tx subscriptions.Tx, s *subscriptions.Subscriber) error {
		return tx.Unfollow(s.ID, topics...)
	})
	if err != nil {
		return Reply{}, err
	}
	r.undoUnfollow(subs, topics)
	if all {
		reply := r.text(r.here("unfollow.all"), nil)
		reply.Message.Buttons = rows(1, button(r.say.Text("button.menu", nil), "follow"))
		return reply, nil
	}
	reply := r.text(r.here("unfollow.done"), locale.Args{"topics": r.topicNames(topics...)})
	if len(topics) == 1 {
		reply.Message.Buttons = rows(2,
			button(r.say.Text("button.follow", locale.Args{"topic": r.topicNames(topics[0])}), "follow", string(topics[0])),
			button(r.say.Text("button.following", nil), "following"))
	}
	if r.command.Pressed {
		reply.Toast = reply.Message.Text
	}
	return reply, nil
}

// undoUnfollow notes what follows again what is no longer followed: everything, if no
// topics were named. Their settings are gone.
func (r *request) undoUnfollow(subs []subscriptions.Subscription, topics []subscriptions.Topic) {
	if len(topics) == 0 {
		for _, s := range subs {
			topics = append(topics, s.Topic)
		}
	}
	r.undoable("follow", joinTopics(topics))
}

// askUnfollowAll is the argument by which a button asks whether all is meant.
const askUnfollowAll = "all?"

// askUnfollowAll asks who seems to want nothing any more: a tap by mistake, or a word of
// anger, does not cost him his list and its settings.
func (r *request) askUnfollowAll() Reply {
	reply := r.private("unfollow.ask-all", nil)
	yes, no := button(r.say.Text("button.unfollow-all", nil), "unfollow all"), button(r.say.Text("forget.no", nil), "following")
	reply.Message.Buttons = rows(row, yes, button(r.say.Text("button.mute", nil), "mute all"), no)
	r.expect(yes, no)
	return reply
}

// amongFollowed settles a name that may mean several topics when only one of
// them is followed.
func (r *request) amongFollowed(subs []subscriptions.Subscription, w wanted) wanted {
	settled := wanted{certain: w.certain}
	for _, q := range w.open {
		var topics []subscriptions.Topic
		for _, e := range q.candidates {
			if followed(subs, e.Topic) {
				topics = append(topics, e.Topic)
			}
		}
		if len(topics) == 1 {
			settled.certain = append(settled.certain, topics[0])
		} else {
			settled.open = append(settled.open, q)
		}
	}
	return settled
}

// nothingFollowed tells a newcomer how to begin.
func (r *request) nothingFollowed() Reply {
	reply := r.text(r.here("following.empty"), locale.Args{"follow": r.slash("follow")})
	reply.Message.Buttons = rows(1, button(r.say.Text("button.menu", nil), "follow"))
	return reply
}

// chooseFollowed offers what is followed, as arguments of a command; where that is more
// than fits, the list leads to the rest.
func (r *request) chooseFollowed(subs []subscriptions.Subscription, command, key string) Reply {
	shown, rest := subs, Button{}
	if len(subs) > row*pageRows {
		shown, rest = subs[:row*(pageRows-1)], button(r.say.Text("button.following", nil), "following")
	}
	var buttons []Button
	for _, s := range shown {
		buttons = append(buttons, button(r.topicName(s.Topic), command, string(s.Topic)))
	}
	r.await(command, isNames)
	reply := r.text(key, nil)
	reply.Message.Buttons = append(rows(row, buttons...), rows(1, rest)...)
	return reply
}
