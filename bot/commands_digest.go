package bot

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// digest turns all that a place follows into one message a day, back into alerts,
// or releases what waits now. Without an argument it says how things stand.
func (c *Commands) digest(ctx context.Context, r *request) (Reply, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if r.args == "" {
		return r.digestState(subs), nil
	}
	wish, ok := c.vocabulary.digest(r.args, r.say.Language())
	if !ok {
		var names string
		if wish, names, ok = r.digestOf(); ok && !r.everything(names) {
			return c.digestTopics(ctx, r, subs, wish, names)
		}
	}
	switch {
	case !ok:
		r.await("digest", isDigest)
		no := refuse("digest.unclear", locale.Args{"digest": r.slash("digest")})
		no.buttons = r.digestButtons(subs)
		return Reply{}, no
	case wish.now:
		return c.digestNow(ctx, r)
	}
	if err := r.change(ctx, func(tx subscriptions.Tx, s *subscriptions.Subscriber) error {
		wish.apply(s, r.now)
		if subs, err = tx.Subscriptions(s.ID); err != nil {
			return err
		}
		for i := range subs {
			subs[i].Cadence = s.Cadence
			if err := tx.Follow(subs[i]); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return Reply{}, err
	}
	return r.digestState(subs), nil
}

// digestOf reads the argument of "digest" with names before or after the wish.
func (r *request) digestOf() (wish digestWish, names string, ok bool) {
	words := strings.Fields(r.args)
	for cut := len(words) - 1; cut >= 0; cut-- {
		head, last := len(words)-cut, words[cut:]
		for _, at := range [][2][]string{{words[:cut], last}, {words[head:], words[:head]}} {
			said, names := strings.Join(at[0], " "), strings.Join(at[1], " ")
			wish, ok := r.commands.vocabulary.digest(said, r.say.Language())
			if !ok && said != "" || wish.now {
				continue
			}
			if w := r.lookUpAll(names); r.everything(names) && said != "" || len(w.certain) > 0 && (said != "" || len(w.open) == 0) {
				return wish, names, true
			}
		}
	}
	return digestWish{}, "", false
}

// digestTopics puts some topics in the digest, or takes them out; the others stay as
// they are. There is one digest, so that its hour is that of all.
func (c *Commands) digestTopics(ctx context.Context, r *request, subs []subscriptions.Subscription, wish digestWish, names string) (Reply, error) {
	if len(subs) == 0 {
		return r.nothingFollowed(), nil
	}
	topics, reply := c.chosen(r, subs, "digest", names)
	if topics == nil {
		return reply, nil
	}
	before := r.reader().Digest
	if err := r.change(ctx, func(tx subscriptions.Tx, s *subscriptions.Subscriber) error {
		if !wish.off {
			wish.schedule(s, r.now)
		}
		for _, sub := range subs {
			if !slices.Contains(topics, sub.Topic) {
				continue
			}
			sub.Cadence = wish.cadence()
			if err := tx.Follow(sub); err != nil {
				return fmt.Errorf("save subscription: %w", err)
			}
		}
		return nil
	}); err != nil {
		return Reply{}, err
	}
	said := []string{r.cadenceOf(wish.cadence(), r.topicNames(topics...))}
	if before != r.reader().Digest {
		rest := slices.DeleteFunc(slices.Clone(subs), func(s subscriptions.Subscription) bool { return slices.Contains(topics, s.Topic) })
		said = append(said, r.cadences(rest, subscriptions.InDigest, subscriptions.Both)...)
	}
	reply.Message.Text = paragraphs(said...)
	reply.Message.Buttons = rows(1, button(r.say.Text("button.following", nil), "following"))
	return reply, nil
}

// cadenceOf says when the stories of topics come.
func (r *request) cadenceOf(cadence subscriptions.Cadence, topics string) string {
	args := locale.Args{"topics": topics}
	switch cadence {
	case subscriptions.InDigest:
		return r.digestTime("digest.topics", args)
	case subscriptions.Both:
		return r.digestTime("digest.topics-both", args)
	case subscriptions.Instant:
	}
	return r.say.Text("digest.topics-off", args)
}

// cadences says for each of some cadences what comes by it, if anything does.
func (r *request) cadences(subs []subscriptions.Subscription, cadences ...subscriptions.Cadence) []string {
	var said []string
	for _, cadence := range cadences {
		these := slices.DeleteFunc(slices.Clone(subs), func(s subscriptions.Subscription) bool { return s.Cadence != cadence })
		if len(these) > 0 {
			said = append(said, r.cadenceOf(cadence, r.someNames(these)))
		}
	}
	return said
}

// cadence is how stories come by the wish.
func (w digestWish) cadence() subscriptions.Cadence {
	switch {
	case w.off:
		return subscriptions.Instant
	case w.both:
		return subscriptions.Both
	}
	return subscriptions.InDigest
}

// apply changes when stories come to s.
func (w digestWish) apply(s *subscriptions.Subscriber, now time.Time) {
	s.Cadence = w.cadence()
	if w.off {
		return // what is held already still comes at the next digest; see NextDigest
	}
	w.schedule(s, now)
}

// schedule changes when the digest of s comes.
func (w digestWish) schedule(s *subscriptions.Subscriber, now time.Time) {
	if w.minute >= 0 {
		s.Digest.Minute = w.minute
	}
	if w.daysSaid || w.minute >= 0 { // an hour alone is that of every day
		s.Digest.Days = w.days
	}
	s.NextDigest = NextDigest(s.Digest, now)
}

// digestState says when stories come, with buttons to change it: for all that is
// followed, and for the topics with which it is otherwise.
func (r *request) digestState(subs []subscriptions.Subscription) Reply {
	r.await("digest", isDigest) // another hour can be said at once
	s := r.reader()
	others := slices.DeleteFunc(slices.Clone(subs), func(sub subscriptions.Subscription) bool { return sub.Cadence == s.Cadence })
	var said []string
	if len(others) < len(subs) || len(subs) == 0 {
		switch s.Cadence {
		case subscriptions.InDigest:
			said = []string{r.digestTime("digest.only", locale.Args{}), r.say.Text("digest.empty-is-nothing", nil)}
		case subscriptions.Both:
			said = []string{r.digestTime("digest.both", locale.Args{})}
		case subscriptions.Instant:
			said = []string{r.say.Text(r.here("digest.off"), locale.Args{"digest": r.slash("digest")})}
		}
	}
	said = append(said, r.cadences(others, subscriptions.InDigest, subscriptions.Both, subscriptions.Instant)...)
	return Reply{Message: Message{Text: paragraphs(append(said, r.restNote())...), Buttons: r.digestButtons(subs)}}
}

// digestWhen tells the digest by when it comes, as it stands behind the word: "van 18:30".
func (r *request) digestWhen() string { return r.digestTime("digest.when", locale.Args{}) }

// digestTime returns the sentence of a key that says when the digest comes: every
// day, or on some days.
func (r *request) digestTime(key string, args locale.Args) string {
	d := r.reader().Digest
	args["clock"] = r.say.Clock(d.Minute)
	if d.Days == 0 || d.Days == 1<<7-1 {
		return r.say.Text(key+"-daily", args)
	}
	var days []string
	for i := range 7 {
		// A week begins on Monday.
		if day := time.Weekday((i + 1) % 7); d.Days.Has(day) {
			days = append(days, r.say.Weekday(day))
		}
	}
	args["days"] = r.say.List(days)
	return r.say.Text(key+"-days", args)
}

// digestButtons offers the usual hours and forms; what holds for all that is followed
// is chosen.
func (r *request) digestButtons(subs []subscriptions.Subscription) [][]Button {
	s := r.reader()
	all := !slices.ContainsFunc(subs, func(sub subscriptions.Subscription) bool { return sub.Cadence != s.Cadence })
	digest := all && s.Cadence != subscriptions.Instant
	form := func(key, command string, chosen bool) Button {
		b := button(r.say.Text(key, nil), command)
		b.Chosen = chosen
		return b
	}
	var hours []Button
	for _, minute := range []int{7*60 + 30, 12 * 60, defaultDigest, 21 * 60} {
		b := button(r.say.Clock(minute), "digest", buttonClock(minute)+buttonDays(s.Digest.Days))
		b.Chosen = digest && s.Digest.Minute == minute
		hours = append(hours, b)
	}
	return slices.Concat(rows(4, hours...), rows(row,
		form("digest.button-daily", "digest daily", digest && s.Digest.Days == 0),
		form("digest.button-weekly", "digest week", digest && bits.OnesCount8(uint8(s.Digest.Days)) == 1),
		form("digest.button-both", "digest both", all && s.Cadence == subscriptions.Both),
		form("digest.button-off", "digest off", all && s.Cadence == subscriptions.Instant),
		form("digest.button-now", "digest now", false)))
}

// buttonClock writes a minute of the day as buttons and slash commands give it.
func buttonClock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// buttonDays writes the days of a digest as a button gives them behind its hour, so
// that pressing another hour leaves the days as they are; every day is empty.
func buttonDays(days subscriptions.Weekdays) string {
	var b strings.Builder
	for day := range time.Weekday(7) {
		if days.Has(day) && days != 0 {
			b.WriteString(" " + strings.ToLower(day.String()[:3]))
		}
	}
	return b.String()
}

// digestNow shows the digest at once: what is held for it is released and comes as
// a message of its own; with nothing held, the past day is listed.
func (c *Commands) digestNow(ctx context.Context, r *request) (Reply, error) {
	if !r.known() {
		return r.nothingFollowed(), nil
	}
	if r.restNote() != "" { // what is released would wait for the end of the mute
		return c.digestPage(ctx, r, 0, r.now)
	}
	released, err := c.Digests.ReleaseDigest(ctx, r.now, subscriptions.DigestRelease{Subscriber: r.subscriber.ID})
	if err != nil {
		return Reply{}, fmt.Errorf("release digest: %w", err)
	}
	if released > 0 {
		return r.text("digest.coming", locale.Args{"n": released}), nil
	}
	return c.digestPage(ctx, r, 0, r.now)
}

// mostInDigest is how many stories of a span are ranked for a digest on demand.
const mostInDigest = 300

// digestPage lists what a digest at that time has after its first skip stories:
// "news digest 30 more:abc", the button under a digest that is longer than a screen.
func (c *Commands) digestPage(ctx context.Context, r *request, skip int, at time.Time) (Reply, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(subs) == 0 {
		return r.nothingFollowed(), nil
	}
	days, span := 1, "day"
	if r.subscriber.Cadence != subscriptions.Instant && r.subscriber.Digest.Days != 0 {
		days, span = 7, "week"
	}
	query := subscriptions.StoryQuery{Since: at.AddDate(0, 0, -days), Before: at.Add(time.Millisecond), Limit: mostInDigest, Mentions: true}
	for _, s := range subs {
		query.Topics = append(query.Topics, s.Topic)
	}
	stories, err := c.Archive.Latest(ctx, query)
	if err != nil {
		return Reply{}, fmt.Errorf("stories for a digest: %w", err)
	}
	m := c.Composer.DigestPage(r.reader(), r.say.Text("digest.past-"+span, nil), r.now, skip, at, r.owed(stories, subs)...)
	switch {
	case len(m.Items) > 0:
		return Reply{Message: m}, nil
	case skip > 0:
		return r.text("news.no-more", nil), nil
	}
	return r.text("digest.nothing-"+span, nil), nil
}

// owed returns the stories that subscriptions let through, with the topics that do.
func (r *request) owed(stories []subscriptions.Story, subs []subscriptions.Subscription) []Owed {
	var owed []Owed
	for _, story := range stories {
		o := Owed{Story: story}
		for _, tag := range story.Tags() {
			for _, s := range subs {
				if s.Topic == tag.Topic && r.filtered(story, tag, s) == "" {
					o.Topics = append(o.Topics, s.Topic)
				}
			}
		}
		if len(o.Topics) > 0 {
			owed = append(owed, o)
		}
	}
	return owed
}
