package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// outlet is what readers know as one publisher, and the sources by which it is read.
type outlet struct {
	name    string
	sources []string
}

// muteSource stops or lets through a publisher: "12 courant" is that of the source
// courant, which told story 12; a name is one that was heard lately; "off" at the end
// lets it through.
func (c *Commands) muteSource(ctx context.Context, r *request, args string) (Reply, error) {
	name, off := strings.CutSuffix(args, " off")
	name = strings.TrimSpace(name)
	p, known, err := r.findOutlet(ctx, name)
	switch {
	case err != nil:
		return Reply{}, err
	case !known:
		return Reply{}, refuse("mute.unknown-source", locale.Args{"source": clip(name)})
	}
	return r.muteOutlet(ctx, p, off)
}

// outletMeant returns the publisher that a name stands for which is no topic's: "HLN", "de krant
// HLN". Who says that it is a publisher is told when there is none of that name.
func (r *request) outletMeant(ctx context.Context, name string) (outlet, bool, error) {
	words := strings.Fields(name)
	bare := r.commands.vocabulary.afterLead(words, "source")
	if len(bare) == len(words) && len(r.lookUpAll(name).certain) > 0 {
		return outlet{}, false, nil
	}
	name = strings.Join(bare, " ")
	p, known, err := r.findOutlet(ctx, name)
	if err == nil && !known && len(bare) < len(words) {
		err = refuse("mute.unknown-source", locale.Args{"source": clip(name)})
	}
	return p, known, err
}

// muteOutletFor mutes a publisher for good, or ends that. For a while it cannot: then it
// is asked whether for good will do.
func (r *request) muteOutletFor(ctx context.Context, p outlet, until time.Time, said bool) (Reply, error) {
	off := said && until.IsZero()
	if !said || off {
		return r.muteOutlet(ctx, p, off)
	}
	reply := r.text("mute.source-for-good", locale.Args{"source": p.name})
	yes := button(r.say.Text("button.mute-source", locale.Args{"source": p.name}), "mute source", p.sources[0])
	reply.Message.Buttons = rows(1, yes)
	r.expect(yes, Button{})
	return reply, nil
}

// muteOutlet stops a publisher, or lets it through.
func (r *request) muteOutlet(ctx context.Context, p outlet, off bool) (Reply, error) {
	err := r.change(ctx, func(_ subscriptions.Tx, s *subscriptions.Subscriber) error {
		s.MutedSources = slices.DeleteFunc(slices.Clone(s.MutedSources), func(m string) bool { return slices.Contains(p.sources, m) })
		if !off {
			s.MutedSources = append(s.MutedSources, p.sources...)
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	if off {
		return r.toasted(r.text("mute.source-ended", locale.Args{"source": p.name})), nil
	}
	reply := r.text("mute.source", locale.Args{"source": p.name})
	reply.Message.Buttons = rows(1, r.undoable("mute source", p.sources[0], "off"))
	return r.toasted(reply), nil
}

// findOutlet returns the publisher of a story or by a name, if there is one.
func (r *request) findOutlet(ctx context.Context, name string) (outlet, bool, error) {
	known, err := r.heardLately(ctx)
	if err != nil {
		return outlet{}, false, err
	}
	number, source, _ := strings.Cut(name, " ")
	if id, err := strconv.ParseInt(number, 10, 64); err == nil {
		stories, err := r.commands.Archive.Stories(ctx, []subscriptions.StoryID{subscriptions.StoryID(id)})
		if err != nil {
			return outlet{}, false, fmt.Errorf("find story of a publisher: %w", err)
		}
		for _, story := range stories {
			learn(known, story)
			name = source
			if name == "" { // a button of former times
				name = r.article(story).Source
			}
		}
	}
	for _, source := range slices.Sorted(maps.Keys(known)) {
		if catalogue.SameName(source, name) || catalogue.SameName(known[source], name) {
			return outletOf(known, source), true, nil
		}
	}
	for _, muted := range r.subscriber.MutedSources { // not heard for long, thanks to that
		if catalogue.SameName(muted, name) {
			return outletOf(known, muted), true, nil
		}
	}
	return outlet{}, false, nil
}

// lately is how many stories are looked through for the names of publishers.
const lately = 1000

// heardLately returns the names of publishers by their sources.
func (r *request) heardLately(ctx context.Context) (map[string]string, error) {
	stories, err := r.commands.Archive.Latest(ctx, subscriptions.StoryQuery{Limit: lately})
	if err != nil {
		return nil, fmt.Errorf("find publishers: %w", err)
	}
	known := map[string]string{}
	for _, story := range stories {
		learn(known, story)
	}
	return known, nil
}

// learn notes whose the sources of a story are.
func learn(known map[string]string, story subscriptions.Story) {
	for _, a := range story.Articles {
		if a.Publisher != "" {
			known[a.Source] = a.Publisher
		}
	}
}

// outletOf returns the publisher of a source, with all its sources, that one first.
// A source of which nothing is known stands for itself.
func outletOf(known map[string]string, source string) outlet {
	name, ok := known[source]
	if !ok {
		return outlet{source, []string{source}}
	}
	p := outlet{name, []string{source}}
	for _, other := range slices.Sorted(maps.Keys(known)) {
		if other != source && known[other] == name {
			p.sources = append(p.sources, other)
		}
	}
	return p
}

// article returns the one of a story that the reader is shown.
func (r *request) article(story subscriptions.Story) subscriptions.Article {
	return r.commands.Composer.writer(r.reader(), r.now).choose(story)
}

// mutedOutlets returns the publishers that the place never hears, each once.
func (r *request) mutedOutlets(ctx context.Context) ([]outlet, error) {
	if len(r.subscriber.MutedSources) == 0 {
		return nil, nil
	}
	known, err := r.heardLately(ctx)
	if err != nil {
		return nil, err
	}
	var muted []outlet
	for _, source := range r.subscriber.MutedSources {
		p := outletOf(known, source)
		if !slices.ContainsFunc(muted, func(m outlet) bool { return m.name == p.name }) {
			muted = append(muted, p)
		}
	}
	return muted, nil
}

// sayMuted names the publishers that are never heard, if any.
func (r *request) sayMuted(muted []outlet) string {
	if len(muted) == 0 {
		return ""
	}
	names := make([]string, len(muted))
	for i, p := range muted {
		names[i] = p.name
	}
	return r.say.Text("following.muted-sources", locale.Args{"sources": r.say.List(names)})
}

// unmuteButtons offers to hear muted publishers again, in one row.
func (r *request) unmuteButtons(muted []outlet) [][]Button {
	var buttons []Button
	for _, p := range muted[:min(len(muted), wideRow)] {
		buttons = append(buttons, button(r.say.Text("button.unmute-source", locale.Args{"source": p.name}), "mute source", p.sources[0], "off"))
	}
	return rows(wideRow, buttons...)
}
