package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// why tells from what was stored why a story came or did not: what the bot saw in
// it, and what became of it for this place. The story is named by its number (a
// button), by a link, or by words of its title.
func (c *Commands) why(ctx context.Context, r *request) (Reply, error) {
	story, err := c.oneStory(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	if story == nil {
		return c.chooseStory(ctx, r)
	}
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	said := []string{r.whatItIsAbout(*story, subs), r.whatItIs(*story)}
	outcome, err := c.whatBecameOfIt(ctx, r, *story, subs)
	if err != nil {
		return Reply{}, err
	}
	shown := r.list("", []subscriptions.Story{*story}).Items[0]
	buttons := []Button{{Text: r.say.Text("message.source", locale.Args{"source": shown.Publisher}), URL: shown.URL}}
	for _, tag := range story.Tags() {
		if followed(subs, tag.Topic) && len(buttons) < row*(pageRows-1) {
			buttons = append(buttons, button(r.say.Text("button.settings-of", locale.Args{"topic": r.topicName(tag.Topic)}), "following", string(tag.Topic)))
		}
	}
	if len(subs) > 0 {
		buttons = append(buttons, button(r.say.Text("button.mute-source", locale.Args{"source": shown.Publisher}),
			"mute source", strconv.FormatInt(int64(story.ID), 10), r.article(*story).Source))
	}
	return Reply{
		Message: Message{Title: r.headline(shown), Text: paragraphs(append(said, outcome)...), Buttons: rows(row, buttons...)},
		Private: true,
	}, nil
}

// headline is the title of a story where it cannot be covered: one that gives a
// result away is not named to who hides results.
func (r *request) headline(shown Item) string {
	if shown.Spoiler {
		return r.say.Text("message.hidden", locale.Args{"source": shown.Publisher})
	}
	return shown.Title
}

// oneStory returns the story that the argument names, nil when it names none or
// several.
func (c *Commands) oneStory(ctx context.Context, r *request) (*subscriptions.Story, error) {
	var stories []subscriptions.Story
	var err error
	if id, errNumber := strconv.ParseInt(r.args, 10, 64); errNumber == nil {
		stories, err = c.Archive.Stories(ctx, []subscriptions.StoryID{subscriptions.StoryID(id)})
		if err == nil && len(stories) == 0 {
			return nil, refuse("why.forgotten", nil)
		}
	} else if link, ok := webLink(r.args); ok {
		if stories, err = c.storiesAt(ctx, link); err == nil && len(stories) == 0 {
			return nil, refuse("why.unseen", nil)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("find story: %w", err)
	}
	if len(stories) == 0 || len(stories[0].Articles) == 0 {
		return nil, nil
	}
	return &stories[0], nil
}

// webLink returns the first link in text.
func webLink(text string) (string, bool) {
	for _, w := range strings.Fields(text) {
		w = strings.Trim(w, "<>()[]\"'")
		if u, err := url.Parse(w); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
			return w, true
		}
	}
	return "", false
}

// storiesAt finds the story of a link as it was pasted: with the tracking that a
// browser adds, or without.
func (c *Commands) storiesAt(ctx context.Context, link string) ([]subscriptions.Story, error) {
	plain, _, _ := strings.Cut(link, "#")
	bare, _, _ := strings.Cut(plain, "?")
	for _, at := range slices.Compact([]string{link, plain, bare, strings.TrimSuffix(bare, "/"), strings.TrimSuffix(bare, "/") + "/"}) {
		stories, err := c.Archive.Latest(ctx, subscriptions.StoryQuery{URL: at, Limit: 1})
		if err != nil || len(stories) > 0 {
			return stories, err
		}
	}
	return nil, nil
}

// chooseStory lists recent stories to ask about.
func (c *Commands) chooseStory(ctx context.Context, r *request) (Reply, error) {
	w := r.lookUpAll(r.args)
	if len(w.certain) > 0 && len(w.open) == 0 {
		return c.chooseStoryAbout(ctx, r, w.certain)
	}
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	stories, err := c.storiesToExplain(ctx, r.args, subs)
	switch {
	case err != nil:
		return Reply{}, fmt.Errorf("latest stories: %w", err)
	case len(stories) == 0 && len(w.named()) > 0: // "waarom krijg ik niets over Genk?"
		return c.chooseStoryAbout(ctx, r, w.named())
	case len(stories) == 0 && r.args != "": // "why did I get this?" names no story
		return c.whyNothing(ctx, r, subs)
	case len(stories) == 0:
		return r.private("why.nothing-yet", locale.Args{"why": r.slash("why")}), nil
	}
	reply := r.private("why.which", locale.Args{"why": r.slash("why")})
	reply.Message.Buttons = r.storyButtons(stories)
	return reply, nil
}

// whyNothing answers a why without a story in it: what keeps all news away, if something
// does, and the question which story is meant.
func (c *Commands) whyNothing(ctx context.Context, r *request, subs []subscriptions.Subscription) (Reply, error) {
	if len(subs) == 0 {
		return r.nothingFollowed(), nil
	}
	r.args = ""
	reply, err := c.chooseStory(ctx, r)
	reply.Message.Text = paragraphs(r.restNote(), reply.Message.Text)
	return reply, err
}

// storiesToExplain returns the latest stories with all of some words; without words,
// those about what is followed, or of any kind where there are none.
func (c *Commands) storiesToExplain(ctx context.Context, words string, subs []subscriptions.Subscription) ([]subscriptions.Story, error) {
	query := subscriptions.StoryQuery{Limit: perList, Text: cut(words, longestSearch)}
	if words != "" {
		return c.Archive.Latest(ctx, query)
	}
	for _, s := range subs {
		query.Topics = append(query.Topics, s.Topic)
	}
	stories, err := c.Archive.Latest(ctx, query)
	if err == nil && len(stories) == 0 {
		query.Topics = nil
		return c.Archive.Latest(ctx, query)
	}
	return stories, err
}

// chooseStoryAbout answers who asks why of a topic: that it is not followed, if so. One
// story can be explained, and these are the latest about it.
func (c *Commands) chooseStoryAbout(ctx context.Context, r *request, topics []subscriptions.Topic) (Reply, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	stories, err := c.Archive.Latest(ctx, subscriptions.StoryQuery{Topics: topics, Mentions: true, Limit: perList})
	if err != nil {
		return Reply{}, fmt.Errorf("latest stories: %w", err)
	}
	key := "why.which-about"
	if len(stories) == 0 {
		key = "why.none-about"
	}
	reply := r.private(key, locale.Args{"why": r.slash("why"), "topics": r.topicNames(topics...)})
	reply.Message.Buttons = r.storyButtons(stories)
	if others := slices.DeleteFunc(slices.Clone(topics), func(t subscriptions.Topic) bool { return followed(subs, t) }); len(others) > 0 {
		names := r.topicNames(others...)
		reply.Message.Text = paragraphs(r.say.Text(r.here("unfollow.not-followed"), locale.Args{"topics": names}), reply.Message.Text)
		if len(others) == 1 {
			reply.Message.Buttons = slices.Concat(rows(1, button(r.say.Text("button.follow", locale.Args{"topic": names}), "follow", string(others[0]))), reply.Message.Buttons)
		}
	}
	return reply, nil
}

// storyButtons offers stories to ask about.
func (r *request) storyButtons(stories []subscriptions.Story) [][]Button {
	var buttons []Button
	for _, shown := range r.list("", stories).Items {
		buttons = append(buttons, button(clip(r.headline(shown)), "why", strconv.FormatInt(int64(shown.Story), 10)))
	}
	return rows(1, buttons...)
}

// mostTags is how many topics an explanation names.
const mostTags = 6

// whatItIsAbout says which topics were seen, by which words. Followed topics come
// first; passing names are left out when there is something better.
func (r *request) whatItIsAbout(story subscriptions.Story, subs []subscriptions.Subscription) string {
	tags := slices.DeleteFunc(story.Tags(), func(t subscriptions.Tag) bool {
		e, ok := r.catalogue().Entry(t.Topic)
		return ok && e.RoleOf != "" && !followed(subs, t.Topic)
	})
	slices.SortStableFunc(tags, func(a, b subscriptions.Tag) int { return rank(a, subs) - rank(b, subs) })
	if len(tags) == 0 {
		return r.say.Text("why.no-topic", nil)
	}
	var lines []string
	for _, t := range tags[:min(len(tags), mostTags)] {
		key := "why.mention"
		switch {
		case t.Level == subscriptions.About:
			key = "why.about"
		case t.Scope == subscriptions.ScopeYouth, t.Scope == subscriptions.ScopeWomen, t.Scope == subscriptions.ScopeSquad:
			key = "why." + string(t.Scope)
		}
		if words := r.evidence(t); words != "" {
			lines = append(lines, r.say.Text(key+"-by", locale.Args{"topic": r.topicNames(t.Topic), "words": words}))
		} else {
			lines = append(lines, r.say.Text(key, locale.Args{"topic": r.topicNames(t.Topic)}))
		}
	}
	return strings.Join(lines, "\n")
}

func rank(t subscriptions.Tag, subs []subscriptions.Subscription) int {
	n := 0
	if !followed(subs, t.Topic) {
		n += 2
	}
	if t.Level != subscriptions.About {
		n++
	}
	return n
}

// evidence names the words that gave a tag and where they stand.
func (r *request) evidence(t subscriptions.Tag) string {
	for _, e := range t.Evidence {
		if e.Text == "" {
			continue
		}
		switch e.Field {
		case "title", "lead", "body":
			return r.say.Text("why.in-"+e.Field, locale.Args{"words": clip(e.Text)})
		}
	}
	return ""
}

// whatItIs says of which kind the story is, who brought it and when.
func (r *request) whatItIs(story subscriptions.Story) string {
	var publishers []string
	for _, a := range story.Articles {
		if !slices.Contains(publishers, a.Publisher) {
			publishers = append(publishers, a.Publisher)
		}
	}
	return r.say.Text("why.kind", locale.Args{
		"kind":       r.say.Text("kind."+string(story.Kind()), nil),
		"publishers": r.say.List(publishers),
		"age":        r.say.Age(r.now.Sub(story.Created)),
	})
}

// whatBecameOfIt says whether the story came here, and if not, why not.
func (c *Commands) whatBecameOfIt(ctx context.Context, r *request, story subscriptions.Story, subs []subscriptions.Subscription) (string, error) {
	if r.known() {
		states, err := c.Outbox.Delivery(ctx, r.subscriber.ID, story.ID)
		if err != nil && !errors.Is(err, subscriptions.ErrNotFound) {
			return "", fmt.Errorf("find delivery: %w", err)
		}
		var said []string
		for _, s := range states {
			said = append(said, r.outcome(s, waitsForLanguage(story, s, subs)))
		}
		if len(said) > 0 {
			return paragraphs(said...), nil
		}
	}
	return r.whyNot(story, subs), nil
}

// waitsForLanguage reports whether a story is held for the digest because nobody
// has told it in the language that goes first.
func waitsForLanguage(story subscriptions.Story, d subscriptions.DeliveryState, subs []subscriptions.Subscription) bool {
	return slices.ContainsFunc(subs, func(s subscriptions.Subscription) bool {
		return s.Filter.First != "" && s.Cadence == subscriptions.Instant && slices.Contains(d.Topics, s.Topic) &&
			!slices.ContainsFunc(story.Articles, func(a subscriptions.Article) bool { return a.Language == s.Filter.First })
	})
}

// outcome says what became of a story that was owed; foreign is true when it is
// held because of its language.
func (r *request) outcome(s subscriptions.DeliveryState, foreign bool) string {
	switch {
	case s.Pending && s.Due.IsZero() && foreign:
		return r.say.Text("why.held-language", nil)
	case s.Pending && s.Due.IsZero():
		return r.say.Text("why.held", nil)
	case s.Pending:
		return r.say.Text("why.pending", locale.Args{"moment": r.moment(s.Due)})
	case s.Outcome == subscriptions.Sent && s.Lane == subscriptions.LaneDigest:
		return r.say.Text("why.sent-digest", locale.Args{"moment": r.moment(s.Ended)})
	case s.Outcome == subscriptions.Sent:
		return r.say.Text("why.sent", locale.Args{"moment": r.moment(s.Ended)})
	default:
		if key := "dropped." + s.Reason; r.say.Has(key) {
			return r.say.Text(key, nil)
		}
		return r.say.Text("dropped.unsent", nil)
	}
}

// whyNot says why a story was never owed to this place: the first reason that
// holds for the topic that came closest.
func (r *request) whyNot(story subscriptions.Story, subs []subscriptions.Subscription) string {
	if len(subs) == 0 {
		return r.say.Text(r.here("why.nothing-followed"), nil)
	}
	if withheld := story.Articles[0].Withheld; withheld != "" && !slices.ContainsFunc(story.Articles, func(a subscriptions.Article) bool { return a.Withheld == "" }) {
		return r.say.Text("withheld."+withheld, nil)
	}
	said, closest := r.say.Text(r.here("why.not-followed"), nil), -1
	for _, tag := range story.Tags() {
		for _, s := range subs {
			if s.Topic != tag.Topic {
				continue
			}
			key, passed := r.obstacle(story, tag, s)
			passed *= 2
			if tag.Level == subscriptions.About {
				passed++ // of two that came as far, what the story is about
			}
			if passed > closest {
				said, closest = r.say.Text(key, locale.Args{"topic": r.topicNames(tag.Topic)}), passed
			}
		}
	}
	return said
}

// owedWithin is how soon a story is owed to all who follow its topics, with much to
// spare. One that is not by then never will be.
const owedWithin = time.Minute

// obstacle returns the sentence that says what kept a story from a subscription, and
// how many hurdles the story took before. What stopped it may have been changed since:
// then nobody knows any more what it was.
func (r *request) obstacle(story subscriptions.Story, tag subscriptions.Tag, s subscriptions.Subscription) (key string, passed int) {
	filtered := r.filtered(story, tag, s)
	switch {
	case !wants(s, tag):
		return filtered, 0
	case s.CreatedAt.After(story.Created):
		return "why.followed-later", 1
	case filtered != "":
		return filtered, 2
	case s.MutedUntil.After(story.Created):
		return "why.muted", 3
	case r.restedAt(story.Created):
		return r.restSentence(), 4
	case r.now.Sub(story.Updated) > owedWithin:
		return "why.kept-away", 5
	default:
		return "why.not-yet", 5
	}
}

// wants reports whether a subscription is to news of such a tag: what is about its
// topic, and of the rest what was chosen.
func wants(s subscriptions.Subscription, tag subscriptions.Tag) bool {
	return tag.Level == subscriptions.About || slices.Contains(s.Filter.Scopes, tag.Scope)
}

// restedAt reports whether the rest that the place has now had begun by then, and had
// not ended before, as only one that was asked for does by itself.
func (r *request) restedAt(at time.Time) bool {
	rest := r.subscriber.Rest
	ended := rest.Reason == subscriptions.RestAsked && !rest.Until.IsZero() && !rest.Until.After(at)
	return rest.Reason != subscriptions.RestNone && !rest.Since.After(at) && !ended
}

// restSentence says why the place rests: it was asked for, or the platform did it.
func (r *request) restSentence() string {
	switch reason := r.subscriber.Rest.Reason; reason {
	case subscriptions.RestAsked:
		return "why.resting"
	case subscriptions.RestGone: // asked from a linked place
		return "dropped.unreachable"
	default:
		return "dropped." + string(reason)
	}
}

// filtered returns the sentence that says which filter of a subscription keeps a
// story away; none is empty.
func (r *request) filtered(story subscriptions.Story, tag subscriptions.Tag, s subscriptions.Subscription) string {
	policy := map[subscriptions.Kind]subscriptions.Policy{
		subscriptions.Rumour: s.Filter.Rumours, subscriptions.Quote: s.Filter.Quotes, subscriptions.Roundup: s.Filter.Roundups,
	}[story.Kind()]
	muted := !slices.ContainsFunc(story.Articles, func(a subscriptions.Article) bool {
		return !slices.Contains(r.subscriber.MutedSources, a.Source)
	})
	spoken := len(s.Filter.Languages) == 0 || slices.ContainsFunc(story.Articles, func(a subscriptions.Article) bool {
		return slices.Contains(s.Filter.Languages, a.Language)
	})
	switch {
	case !wants(s, tag):
		return "why.only-" + scopeWord(tag.Scope)
	case policy == subscriptions.Never:
		return "why.filtered-" + string(story.Kind())
	case !spoken:
		return "why.other-language"
	case muted:
		return "why.muted-source"
	}
	return ""
}

func scopeWord(s subscriptions.Scope) string {
	switch s {
	case subscriptions.ScopeYouth, subscriptions.ScopeWomen, subscriptions.ScopeSquad:
		return string(s)
	case subscriptions.ScopeAbout, subscriptions.ScopeMention:
	}
	return "mentioned"
}
