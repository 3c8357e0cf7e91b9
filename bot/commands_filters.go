package bot

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// rumours says or sets what happens to rumours: of everything, or of some topics.
func (c *Commands) rumours(ctx context.Context, r *request) (Reply, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(subs) == 0 {
		return r.nothingFollowed(), nil
	}
	policy, names, ok := c.vocabulary.policy(r.args)
	if !ok {
		return c.askPolicy(r, subs, names)
	}
	topics, reply := c.chosen(r, subs, "rumours "+policyWord(policy), names)
	if topics == nil {
		return reply, nil
	}
	if err := r.refilter(ctx, topics, func(f *subscriptions.Filter) { f.Rumours = policy }); err != nil {
		return Reply{}, err
	}
	if subs, err = r.subscriptions(ctx); err != nil {
		return Reply{}, err
	}
	if names == "" {
		reply = r.text("rumours.set-"+policyWord(policy), locale.Args{"when": r.digestWhen()})
		reply.Message.Buttons = r.policyButtons(subs)
		return reply, nil
	}
	return Reply{Message: Message{Text: r.rumoursAbout(topics, policy)}}, nil
}

// askPolicy asks what is to happen to rumours: of everything, or of the topics that are
// named.
func (c *Commands) askPolicy(r *request, subs []subscriptions.Subscription, names string) (Reply, error) {
	if names == "" {
		r.await("rumours", isPolicy)
		reply := r.text(r.here("rumours.ask"), nil)
		reply.Message.Buttons = r.policyButtons(subs)
		return reply, nil
	}
	if len(r.amongFollowed(subs, r.lookUpAll(names)).certain) == 0 {
		r.await("rumours", isPolicy)
		no := refuse("rumours.unclear", locale.Args{"rumours": r.slash("rumours")})
		no.buttons = r.policyButtons(subs)
		return Reply{}, no
	}
	topics, reply := c.chosen(r, subs, "rumours", names)
	if topics == nil {
		return reply, nil
	}
	r.await("rumours "+joinTopics(topics), isPolicy)
	these := slices.DeleteFunc(slices.Clone(subs), func(s subscriptions.Subscription) bool { return !slices.Contains(topics, s.Topic) })
	reply = r.text("rumours.ask-topics", locale.Args{"topics": r.topicNames(topics...)})
	reply.Message.Buttons = r.policyButtons(these, topics...)
	return reply, nil
}

// rumoursAbout says what happens to rumours about some topics.
func (r *request) rumoursAbout(topics []subscriptions.Topic, policy subscriptions.Policy) string {
	key := "rumours.set-" + policyWord(policy)
	return r.say.Text(key+"-topics", locale.Args{"topics": r.topicNames(topics...), "when": r.digestWhen()})
}

// chosen returns the followed topics that an argument names: all when it names
// none. Without topics the reply says why.
func (c *Commands) chosen(r *request, subs []subscriptions.Subscription, command, names string) ([]subscriptions.Topic, Reply) {
	var topics []subscriptions.Topic
	if names == "" || r.everything(names) {
		for _, s := range subs {
			topics = append(topics, s.Topic)
		}
		return topics, Reply{}
	}
	if others := r.allBut(subs, names); others != nil {
		return others, Reply{}
	}
	w := r.amongFollowed(subs, r.lookUpAll(names))
	if len(w.certain) == 0 {
		return nil, c.ask(r, command, w)
	}
	if topics = r.leave(subs, command, w); len(topics) == 0 {
		return nil, Reply{Private: true}
	}
	return topics, Reply{}
}

// refilter changes the filter of subscriptions, and sees to it that a digest
// comes when the filter now keeps stories for it.
func (r *request) refilter(ctx context.Context, topics []subscriptions.Topic, change func(*subscriptions.Filter)) error {
	return r.resubscribe(ctx, topics, func(s *subscriptions.Subscription) { change(&s.Filter) })
}

// resubscribe changes subscriptions that exist.
func (r *request) resubscribe(ctx context.Context, topics []subscriptions.Topic, change func(*subscriptions.Subscription)) error {
	return r.change(ctx, func(tx subscriptions.Tx, s *subscriptions.Subscriber) error {
		subs, err := tx.Subscriptions(s.ID)
		if err != nil {
			return fmt.Errorf("list subscriptions: %w", err)
		}
		for _, sub := range subs {
			if !slices.Contains(topics, sub.Topic) {
				continue
			}
			change(&sub)
			if err := tx.Follow(sub); err != nil {
				return fmt.Errorf("save subscription: %w", err)
			}
			r.schedule(s, sub)
		}
		return nil
	})
}

// policies are the values of a policy, with the word that buttons use.
func policies() []subscriptions.Policy {
	return []subscriptions.Policy{subscriptions.Now, subscriptions.OnlyDigest, subscriptions.Never}
}

func policyWord(p subscriptions.Policy) string {
	if p == subscriptions.Now {
		return "now"
	}
	return string(p)
}

// policy takes a policy off either end of an argument.
func (v *vocabulary) policy(args string) (p subscriptions.Policy, rest string, ok bool) {
	words := strings.Fields(args)
	for cut := len(words); cut > 0; cut-- {
		for _, at := range [][2][]string{{words[:cut], words[cut:]}, {words[len(words)-cut:], words[:len(words)-cut]}} {
			said := fold(strings.Join(at[0], " "))
			rest := strings.Join(at[1], " ")
			switch {
			case v.means(said, "now"), v.means(said, "on"):
				return subscriptions.Now, rest, true
			case v.means(said, "digest"):
				return subscriptions.OnlyDigest, rest, true
			case v.means(said, "never"), v.means(said, "off"):
				return subscriptions.Never, rest, true
			}
		}
	}
	return "", args, false
}

// rumoursOf returns what happens to rumours about all of some subscriptions; it reports
// false when that is not the same for each.
func rumoursOf(subs []subscriptions.Subscription) (subscriptions.Policy, bool) {
	if len(subs) == 0 {
		return subscriptions.Now, true
	}
	standing := subs[0].Filter.Rumours
	if slices.ContainsFunc(subs, func(s subscriptions.Subscription) bool { return s.Filter.Rumours != standing }) {
		return subscriptions.Now, false
	}
	return standing, true
}

// policyButtons offers the policies for subscriptions: for those of some topics, or for
// everything that is followed. The one that holds for all of them is chosen.
func (r *request) policyButtons(subs []subscriptions.Subscription, topics ...subscriptions.Topic) [][]Button {
	standing, same := rumoursOf(subs)
	var buttons []Button
	for _, p := range policies() {
		b := button(r.say.Text("choice."+policyWord(p), nil), "rumours", policyWord(p), joinTopics(topics))
		b.Chosen = same && p == standing && b.Command != ""
		buttons = append(buttons, b)
	}
	return rows(len(buttons), buttons...)
}

// spoilers says or sets whether results are hidden.
func (c *Commands) spoilers(ctx context.Context, r *request) (Reply, error) {
	if r.args != "" {
		word := fold(r.args)
		on := c.vocabulary.means(word, "on")
		if !on && !c.vocabulary.means(word, "off") {
			r.await("spoilers", isSwitch)
			no := refuse("spoilers.unclear", locale.Args{"spoilers": r.slash("spoilers")})
			no.buttons = r.spoilerButtons()
			return Reply{}, no
		}
		if err := r.change(ctx, func(_ subscriptions.Tx, s *subscriptions.Subscriber) error {
			s.Spoilers = on
			return nil
		}); err != nil {
			return Reply{}, err
		}
	} else {
		r.await("spoilers", isSwitch)
	}
	key := "spoilers.shown"
	if r.reader().Spoilers {
		key = "spoilers.hidden"
	}
	reply := r.text(key, nil)
	reply.Message.Buttons = r.spoilerButtons()
	return reply, nil
}

func (r *request) spoilerButtons() [][]Button {
	on, off := button(r.say.Text("choice.on", nil), "spoilers on"), button(r.say.Text("choice.off", nil), "spoilers off")
	on.Chosen = r.reader().Spoilers
	off.Chosen = !on.Chosen
	return rows(row, on, off)
}

// quiet says or sets the quiet hours.
func (c *Commands) quiet(ctx context.Context, r *request) (Reply, error) {
	if r.args != "" && !c.vocabulary.means(fold(r.args), "hour") { // "stille uren" names the command
		quiet, ok := c.vocabulary.quiet(r.args)
		if names, _, _, _ := r.muteArgs(); !ok && r.isObject("mute", names) { // "silence genk for 2 hours"
			return c.mute(ctx, r)
		}
		if !ok {
			r.await("quiet", isQuiet)
			no := refuse("quiet.unclear", locale.Args{"quiet": r.slash("quiet")})
			no.buttons = r.quietButtons()
			return Reply{}, no
		}
		if err := r.change(ctx, func(_ subscriptions.Tx, s *subscriptions.Subscriber) error {
			s.Quiet = quiet
			return nil
		}); err != nil {
			return Reply{}, err
		}
	}
	r.await("quiet", isQuiet) // other hours can be said at once
	reply := r.text("quiet.off", locale.Args{"quiet": r.slash("quiet")})
	if q := r.reader().Quiet; q.On() {
		reply = r.text("quiet.on", locale.Args{"from": r.say.Clock(q.From), "to": r.say.Clock(q.To)})
	}
	reply.Message.Buttons = r.quietButtons()
	return reply, nil
}

func (r *request) quietButtons() [][]Button {
	now := r.reader().Quiet
	var buttons []Button
	for _, q := range []subscriptions.Quiet{{From: 22 * 60, To: 7 * 60}, {From: 23 * 60, To: 7*60 + 30}, {From: 0, To: 8 * 60}} {
		span := r.say.Text("quiet.span", locale.Args{"from": buttonClock(q.From), "to": buttonClock(q.To)})
		b := button(span, "quiet", buttonClock(q.From)+"-"+buttonClock(q.To))
		b.Chosen = q == now
		buttons = append(buttons, b)
	}
	off := button(r.say.Text("choice.off", nil), "quiet off")
	off.Chosen = !now.On()
	return rows(row, append(buttons, off)...)
}

// mute silences a topic or everything for a while, a publisher ("mute hln", or
// "mute source 12", the publisher of story 12) for good, or ends it ("mute genk off").
func (c *Commands) mute(ctx context.Context, r *request) (Reply, error) {
	if rest, ok := strings.CutPrefix(r.args, "source "); ok {
		return c.muteSource(ctx, r, rest)
	}
	if args, ok := c.vocabulary.muteRumours(r.args); ok {
		r.name, r.args = "rumours", args
		return c.rumours(ctx, r)
	}
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(subs) == 0 {
		return r.nothingFollowed(), nil
	}
	if r.args == undoMuteAll {
		return c.undoMuteAll(ctx, r, subs)
	}
	names, until, said, ok := r.muteArgs()
	all := names == "" || r.everything(names)
	switch {
	case !ok:
		return Reply{}, refuse("mute.unclear", locale.Args{"mute": r.slash("mute")})
	case r.args == "":
		reply := r.chooseFollowed(subs, "mute", "mute.which")
		reply.Message.Buttons = append(rows(1, button(r.say.Text("mute.everything", nil), "mute all")), reply.Message.Buttons...)
		return reply, nil
	case all && !said:
		return r.askHowLong("mute.how-long-all", nil, "mute all"), nil
	case all:
		return c.muteAll(ctx, r, until)
	}
	if p, known, err := r.outletMeant(ctx, names); err != nil {
		return Reply{}, err
	} else if known {
		return r.muteOutletFor(ctx, p, until, said)
	}
	topics, reply := c.chosen(r, subs, "mute", names)
	if topics == nil {
		return reply, nil
	}
	if !said {
		for len(muteCommand(topics)+longestSpan) > longestButton && len(topics) > 1 { // the rest can be named again
			topics = topics[:len(topics)-1]
		}
		return r.askHowLong("mute.how-long", locale.Args{"topics": r.topicNames(topics...)}, muteCommand(topics)), nil
	}
	err = r.resubscribe(ctx, topics, func(s *subscriptions.Subscription) { s.MutedUntil = until })
	if err != nil {
		return Reply{}, err
	}
	args := locale.Args{"topics": r.topicNames(topics...), "until": r.moment(until)}
	if until.IsZero() {
		reply = r.text("mute.ended", args)
		reply.Message.Text = paragraphs(reply.Message.Text, r.restNote())
		return r.toasted(reply), nil
	}
	reply = r.text("mute.done", args)
	reply.Message.Buttons = rows(row, r.undoable("mute", joinTopics(topics), "off"))
	return r.toasted(reply), nil
}

// muteRumours returns what "mute rumours about genk" says as an argument of "rumours".
func (v *vocabulary) muteRumours(args string) (string, bool) {
	words := strings.Fields(args)
	if len(words) == 0 {
		return "", false
	}
	name, _ := v.command(words[0])
	policy, last := "never", len(words)-1
	if last > 0 && v.means(fold(words[last]), "off") { // of the mute
		policy, words = "now", words[:last]
	}
	return strings.TrimSpace(strings.Join(words[1:], " ") + " " + policy), name == "rumours"
}

// muteArgs reads the argument of "mute". What is a name as a whole has no length of
// time in it.
func (r *request) muteArgs() (names string, until time.Time, said, ok bool) {
	if r.lookUp(r.args).Entry != nil {
		return r.args, time.Time{}, false, true
	}
	return r.commands.vocabulary.muteArgs(r.args, r.say.Language(), r.now)
}

// negativePattern finds a number below zero; between hours a hyphen follows a digit.
var negativePattern = regexp.MustCompile(`(?:^|\s)[-−–]\s*\d`)

// muteArgs cuts the length of time off either end of an argument. The zero time with
// said true ends a mute. It reports false for a length that cannot be: none at all, a
// negative one, or one that is too long.
func (v *vocabulary) muteArgs(args, lang string, now time.Time) (names string, until time.Time, said, ok bool) {
	if negativePattern.MatchString(args) {
		return args, time.Time{}, false, false
	}
	words := strings.Fields(args)
	for cut := range words {
		names, length := strings.Join(words[:cut], " "), strings.Join(words[cut:], " ")
		if v.means(fold(length), "off") {
			return names, time.Time{}, true, true
		}
		if until, ok := v.until(length, lang, now); ok {
			return names, until, true, true
		}
		if _, ok := v.span(fold(length)); ok {
			return names, time.Time{}, false, false
		}
	}
	for cut := len(words) - 1; cut > 0; cut-- {
		length, names := strings.Join(words[:cut], " "), strings.Join(words[cut:], " ")
		if v.means(fold(length), "off") {
			return names, time.Time{}, true, true
		}
		if until, ok := v.until(length, lang, now); ok {
			return names, until, true, true
		}
	}
	return args, time.Time{}, false, true
}

// muteAll puts the whole place to rest, or ends that.
func (c *Commands) muteAll(ctx context.Context, r *request, until time.Time) (Reply, error) {
	err := r.change(ctx, func(tx subscriptions.Tx, s *subscriptions.Subscriber) error {
		s.Rest = subscriptions.Rest{}
		if !until.IsZero() {
			s.Rest = subscriptions.Rest{Reason: subscriptions.RestAsked, Since: r.now, Until: until}
			return nil
		}
		subs, err := tx.Subscriptions(s.ID)
		if err != nil {
			return fmt.Errorf("list subscriptions: %w", err)
		}
		for _, sub := range subs {
			if sub.MutedUntil.IsZero() {
				continue
			}
			sub.MutedUntil = time.Time{}
			if err := tx.Follow(sub); err != nil {
				return fmt.Errorf("save subscription: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	if until.IsZero() {
		return r.toasted(r.text("mute.ended-all", nil)), nil
	}
	reply := r.text("mute.done-all", locale.Args{"until": r.moment(until)})
	reply.Message.Buttons = rows(1, r.undoable("mute", undoMuteAll))
	return r.toasted(reply), nil
}

// undoMuteAll is the argument by which the button under a mute of everything takes it
// back.
const undoMuteAll = "all undo"

// undoMuteAll ends the rest of the whole place alone: a topic that was muted by itself
// before stays so, and the answer is the list, which says until when.
func (c *Commands) undoMuteAll(ctx context.Context, r *request, subs []subscriptions.Subscription) (Reply, error) {
	err := r.change(ctx, func(_ subscriptions.Tx, s *subscriptions.Subscriber) error {
		s.Rest.Until = time.Time{} // of a verdict, what was to follow it
		if s.Rest.Reason == subscriptions.RestAsked {
			s.Rest = subscriptions.Rest{}
		}
		return nil
	})
	switch {
	case err != nil:
		return Reply{}, err
	case slices.ContainsFunc(subs, func(s subscriptions.Subscription) bool { return s.MutedUntil.After(r.now) }):
		return r.followingList(ctx, subs, 1)
	}
	return r.toasted(r.text("mute.ended-all", nil)), nil
}

// longestSpan is the longest that askHowLong puts behind a command.
const longestSpan = " 168h"

func muteCommand(topics []subscriptions.Topic) string { return "mute " + joinTopics(topics) }

// askHowLong offers lengths of time for a mute.
func (r *request) askHowLong(key string, args locale.Args, command string) Reply {
	r.await(command, isLength)
	reply := r.text(key, args)
	var buttons []Button
	for _, d := range []time.Duration{2 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour} {
		buttons = append(buttons, button(r.say.Span(d), command, fmt.Sprintf("%dh", int(d.Hours()))))
	}
	reply.Message.Buttons = rows(row, buttons...)
	return reply
}

// moment names an instant: "maandag 23 november, 07:00".
func (r *request) moment(at time.Time) string {
	at = at.In(Brussels())
	return r.say.Text("moment", locale.Args{"date": r.say.Date(at), "clock": r.say.Clock(at.Hour()*60 + at.Minute())})
}

// toasted adds the answer's first sentence as a toast when a button was pressed.
func (r *request) toasted(reply Reply) Reply {
	if r.command.Pressed {
		reply.Toast, _, _ = strings.Cut(reply.Message.Text, "\n\n")
	}
	return reply
}
