package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

const (
	// perList is how many stories one list shows.
	perList = 5
	// readAhead is how many are read for it: also those of one instant with its last.
	readAhead = 4 * perList
)

// news lists the latest stories, about one topic, several, or all that is followed.
// A button for the next page adds "more" and the instant before which it starts.
func (c *Commands) news(ctx context.Context, r *request) (Reply, error) {
	names, before := cutMore(r.args)
	if skip, ok := strings.CutPrefix(names, "digest "); ok && !before.IsZero() {
		n, _ := strconv.Atoi(skip) // what is no number begins at the beginning
		return c.digestPage(ctx, r, max(n, 0), before)
	}
	if r.everything(names) {
		names = ""
	}
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	query := subscriptions.StoryQuery{Before: before, Limit: readAhead}
	heading, more := r.say.Text("news.everything", nil), "news"
	switch w := r.lookUpAll(names); {
	case names == "" && len(subs) > 0:
		heading = r.say.Text(r.here("news.followed"), nil)
		for _, s := range subs {
			query.Topics = append(query.Topics, s.Topic)
		}
	case names == "":
	case len(w.certain) == 0:
		return c.ask(r, "news", w), nil
	default:
		query.Topics = w.certain
		heading = r.say.Text("news.about", locale.Args{"topics": r.topicNames(w.certain...)})
		more += " " + joinTopics(w.certain)
		r.leftover = leftover{command: "news", open: w.open}
	}
	stories, heldBack, err := c.wanted(ctx, r, query, subs)
	switch {
	case err != nil:
		return Reply{}, err
	case len(stories) > 0:
		return r.storyPage(heading, stories, more), nil
	case !before.IsZero():
		return r.text("news.no-more", nil), nil
	case heldBack:
		return r.text("news.held-back", locale.Args{"following": r.slash("following")}), nil
	case names == "":
		reply := r.text("news.none", nil)
		reply.Message.Buttons = rows(1, button(r.say.Text("button.menu", nil), "follow"))
		return reply, nil
	}
	reply := r.text("news.none-about", locale.Args{"topics": r.topicNames(query.Topics...)})
	if t := query.Topics[0]; len(query.Topics) == 1 && !followed(subs, t) {
		reply.Message.Buttons = rows(1, button(r.say.Text("button.follow", locale.Args{"topic": r.topicNames(t)}), "follow", string(t)))
	}
	return reply, nil
}

const (
	// batch is how many stories are read at once to leave out those that filters keep
	// away; mostBatches bounds how far back one list looks for others.
	batch       = 60
	mostBatches = 10
)

// wanted returns the latest stories of a query that the subscriptions to its topics
// let through; what is not followed has no filter. HeldBack reports whether a filter
// kept any away.
func (c *Commands) wanted(ctx context.Context, r *request, query subscriptions.StoryQuery, subs []subscriptions.Subscription) (stories []subscriptions.Story, heldBack bool, err error) {
	most := query.Limit
	query.Limit = batch
	seen := map[subscriptions.StoryID]bool{}
	for range mostBatches {
		read, err := c.Archive.Latest(ctx, query)
		if err != nil {
			return nil, false, fmt.Errorf("latest stories: %w", err)
		}
		for _, story := range read {
			if seen[story.ID] {
				continue
			}
			seen[story.ID] = true
			if r.letsThrough(story, query.Topics, subs) {
				stories = append(stories, story)
			} else {
				heldBack = true
			}
		}
		if len(stories) >= most || len(read) < batch {
			break
		}
		last := read[len(read)-1].Updated
		if on := last.Add(time.Millisecond); on.Equal(query.Before) {
			query.Before = last
		} else {
			query.Before = on // others of that instant may stand behind the end
		}
	}
	return stories[:min(len(stories), most)], heldBack, nil
}

// letsThrough reports whether some of the topics bring a story; no topics are all.
func (r *request) letsThrough(story subscriptions.Story, topics []subscriptions.Topic, subs []subscriptions.Subscription) bool {
	if len(topics) == 0 {
		return true
	}
	return slices.ContainsFunc(story.Tags(), func(tag subscriptions.Tag) bool {
		if !slices.Contains(topics, tag.Topic) {
			return false
		}
		i := slices.IndexFunc(subs, func(s subscriptions.Subscription) bool { return s.Topic == tag.Topic })
		return i < 0 || r.filtered(story, tag, subs[i]) == ""
	})
}

// longestSearch is the most that is searched for, in characters.
const longestSearch = 100

// search lists the latest stories with all of some words.
func (c *Commands) search(ctx context.Context, r *request) (Reply, error) {
	words, before := cutMore(r.args)
	if !strings.ContainsFunc(words, isWordRune) {
		r.await("search", isSought)
		return Reply{}, refuse("search.empty", locale.Args{"search": r.slash("search")})
	}
	stories, err := c.found(ctx, words, before)
	if bare := r.bare(words); err == nil && len(stories) == 0 && bare != words { // "search for Leko"
		words = bare
		stories, err = c.found(ctx, words, before)
	}
	switch {
	case err != nil:
		return Reply{}, fmt.Errorf("search stories: %w", err)
	case len(stories) > 0:
		return r.storyPage(r.say.Text("search.heading", locale.Args{"words": clip(words)}), stories, "search "+sought(words)), nil
	case !before.IsZero():
		return r.text("news.no-more", nil), nil
	}
	return r.text("search.none", locale.Args{"words": clip(words)}), nil
}

// sought is as much of some words as is searched for.
func sought(words string) string { return strings.TrimSuffix(cut(words, longestSearch), "…") }

// found returns a page of the latest stories with all of some words, and one more.
func (c *Commands) found(ctx context.Context, words string, before time.Time) ([]subscriptions.Story, error) {
	return c.Archive.Latest(ctx, subscriptions.StoryQuery{Text: sought(words), Before: before, Limit: readAhead})
}

// storyPage lists one page of stories. One story more than fits says that there is a next
// page, and gets a button for it. As that begins before an instant, those of one instant
// stay on one page.
func (r *request) storyPage(heading string, stories []subscriptions.Story, more string) Reply {
	n := min(len(stories), perList)
	for n < len(stories) && stories[n].Updated.Equal(stories[n-1].Updated) {
		n++
	}
	m := r.list(heading, stories[:n])
	if len(stories) > n {
		last := stories[n-1].Updated
		m.Buttons = append(m.Buttons, rows(1, button(r.say.Text("message.more", nil), more, moreFrom(last)))...)
	}
	return Reply{Message: m}
}

// moreWord stands before the instant at which the next page of a list starts.
const moreWord = "more:"

// moreFrom writes an instant for the button that shows more.
func moreFrom(at time.Time) string { return moreWord + strconv.FormatInt(at.UnixMilli(), 36) }

// cutMore takes the start of the next page off an argument.
func cutMore(args string) (rest string, before time.Time) {
	rest, at, found := strings.Cut(args, moreWord)
	if ms, err := strconv.ParseInt(strings.TrimSpace(at), 36, 64); found && err == nil {
		return strings.TrimSpace(rest), time.UnixMilli(ms)
	}
	return strings.TrimSpace(args), time.Time{}
}

// list writes stories as a list for the reader.
func (r *request) list(heading string, stories []subscriptions.Story) Message {
	return r.commands.Composer.List(r.reader(), heading, r.now, stories...)
}

// reader is whom answers are composed for: the subscriber, or a newcomer.
func (r *request) reader() subscriptions.Subscriber {
	if r.known() {
		return r.subscriber
	}
	return r.newcomer()
}

// preview shows what a story looks like here: a recent one, or an invented one
// while there is none.
func (c *Commands) preview(ctx context.Context, r *request) (Reply, error) {
	query := subscriptions.StoryQuery{Limit: 1}
	if r.args != "" {
		w := r.lookUpAll(r.args)
		if len(w.certain) == 0 {
			return c.ask(r, "preview", w), nil
		}
		query.Topics = w.certain
		r.leftover = leftover{command: "preview", open: w.open}
	} else {
		subs, err := r.subscriptions(ctx)
		if err != nil {
			return Reply{}, err
		}
		for _, s := range subs {
			query.Topics = append(query.Topics, s.Topic)
		}
	}
	stories, err := c.Archive.Latest(ctx, query)
	if err != nil {
		return Reply{}, fmt.Errorf("latest story: %w", err)
	}
	if len(stories) == 0 {
		stories = []subscriptions.Story{r.invented(query.Topics)}
	}
	var topics []subscriptions.Topic
	for _, tag := range stories[0].Tags() {
		if slices.Contains(query.Topics, tag.Topic) {
			topics = append(topics, tag.Topic)
		}
	}
	m := c.Composer.Alert(r.reader(), r.now, stories[0], topics)
	m.Text = paragraphs(r.say.Text("preview.intro", nil), m.Text)
	return Reply{Message: m, Private: r.command.Place.Shared}, nil
}

// invented returns a story that never happened.
func (r *request) invented(topics []subscriptions.Topic) subscriptions.Story {
	t := subscriptions.Topic("team/rode-duivels")
	if len(topics) > 0 {
		t = topics[0]
	}
	return subscriptions.Story{
		Created: r.now, Updated: r.now,
		Articles: []subscriptions.Article{{
			Publisher: r.say.Text("preview.publisher", nil),
			Title:     r.say.Text("preview.title", locale.Args{"topic": r.topicName(t)}),
			Lead:      r.say.Text("preview.lead", nil),
			Language:  r.say.Language(), Kind: subscriptions.Fact, Published: r.now, Seen: r.now,
			Tags: []subscriptions.Tag{{Topic: t, Level: subscriptions.About}},
		}},
	}
}
