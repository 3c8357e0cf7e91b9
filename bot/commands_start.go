package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// start greets. A newcomer picks a club and sees its latest story: two taps. A
// deep link brings its topic along: "start volg_club-genk".
func (c *Commands) start(ctx context.Context, r *request) (Reply, error) {
	if r.args == "" {
		return r.greet(ctx)
	}
	verb, target, isLink := strings.Cut(r.args, "_")
	if !isLink {
		verb, target = "follow", r.args
	}
	name, ok := c.vocabulary.command(verb)
	if !ok {
		return r.greet(ctx)
	}
	if isLink {
		target = strings.Replace(target, "-", "/", 1)
	}
	found := r.lookUp(target)
	switch {
	case found.Entry == nil:
		return r.greet(ctx)
	case name == "news":
		r.args = string(found.Entry.Topic)
		return c.news(ctx, r)
	default:
		return c.firstStory(ctx, r, found.Entry.Topic)
	}
}

// greet says hello and offers the clubs that most come for.
func (r *request) greet(ctx context.Context) (Reply, error) {
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(subs) > 0 {
		reply := r.text(r.here("start.again"), locale.Args{"topics": r.someNames(subs), "help": r.slash("help")})
		reply.Message.Buttons = rows(row,
			button(r.say.Text("button.news", nil), "news"),
			button(r.say.Text("button.following", nil), "following"),
			button(r.say.Text("button.menu", nil), "follow"),
			button(r.say.Text("button.help", nil), "help"))
		return reply, nil
	}
	var buttons []Button
	for _, e := range r.popular(wideRow * (pageRows - 1)) {
		buttons = append(buttons, button(r.topicName(e.Topic), "start", string(e.Topic)))
	}
	reply := Reply{Message: Message{
		Title: r.say.Text("start.title", nil),
		Text: paragraphs(
			r.say.Text(r.here("start.welcome"), nil),
			r.missingRights(),
			r.say.Text("start.pick", locale.Args{"follow": r.slash("follow"), "privacy": r.slash("privacy")})),
		Buttons: append(rows(wideRow, buttons...), []Button{
			button(r.say.Text("button.menu", nil), "follow"),
			button(r.say.Text("button.help", nil), "help"),
		}),
	}}
	return reply, nil
}

// someNames names what is followed; more than a handful is counted.
func (r *request) someNames(subs []subscriptions.Subscription) string {
	const most = 5
	if len(subs) > most {
		return r.say.Text("following.count", locale.Args{"n": len(subs)})
	}
	topics := make([]subscriptions.Topic, len(subs))
	for i, s := range subs {
		topics[i] = s.Topic
	}
	return r.topicNames(topics...)
}

// firstStory follows a topic and shows its latest story at once.
func (c *Commands) firstStory(ctx context.Context, r *request, t subscriptions.Topic) (Reply, error) {
	if err := r.permit(ctx); err != nil {
		return Reply{}, err
	}
	reply, err := c.followTopics(ctx, r, wanted{certain: []subscriptions.Topic{t}})
	if err != nil {
		return Reply{}, err
	}
	stories, err := c.Archive.Latest(ctx, subscriptions.StoryQuery{Topics: []subscriptions.Topic{t}, Limit: 1})
	if err != nil {
		return Reply{}, fmt.Errorf("latest story: %w", err)
	}
	if len(stories) > 0 {
		list := r.list("", stories)
		reply.Message.Text = paragraphs(reply.Message.Text, r.say.Text("start.latest", nil))
		reply.Message.Items = list.Items
	}
	return reply, nil
}

// help shows all commands on one screen.
func (c *Commands) help(_ context.Context, r *request) (Reply, error) {
	var lines []string
	for _, s := range c.order {
		lines = append(lines, r.say.Text("help.line", locale.Args{
			"command": r.slash(s.Name), "description": s.Descriptions[r.say.Language()],
		}))
	}
	return Reply{
		Message: Message{
			Title: r.say.Text("help.title", nil),
			Text:  paragraphs(strings.Join(lines, "\n"), r.say.Text("help.tip", locale.Args{"follow": r.slash("follow")})),
		},
		Private: true,
	}, nil
}

// language shows or changes the language of the place.
func (c *Commands) language(ctx context.Context, r *request) (Reply, error) {
	if r.args != "" {
		lang, ok := c.vocabulary.language(r.args)
		if !ok {
			r.await("language", isLanguage)
			reply := r.private("language.unknown", nil)
			reply.Message.Buttons = r.languageButtons()
			return reply, nil
		}
		err := r.change(ctx, func(tx subscriptions.Tx, s *subscriptions.Subscriber) error {
			s.Language = lang
			return ownFirst(tx, *s)
		})
		if err != nil {
			return Reply{}, err
		}
		r.say = c.Locale.Printer(lang)
		r.await("language", isLanguage) // another can be said at once
		reply := r.text(r.here("language.set"), nil)
		reply.Message.Buttons = r.languageButtons()
		return reply, nil
	}
	r.await("language", isLanguage)
	reply := r.text(r.here("language.ask"), nil)
	reply.Message.Buttons = r.languageButtons()
	return reply, nil
}

// ownFirst lets the language that goes first for some topics be the one that the
// subscriber speaks now.
func ownFirst(tx subscriptions.Tx, s subscriptions.Subscriber) error {
	subs, err := tx.Subscriptions(s.ID)
	if err != nil {
		return fmt.Errorf("list subscriptions: %w", err)
	}
	for _, sub := range subs {
		if sub.Filter.First == "" || sub.Filter.First == s.Language {
			continue
		}
		sub.Filter.First = s.Language
		if err := tx.Follow(sub); err != nil {
			return fmt.Errorf("save subscription: %w", err)
		}
	}
	return nil
}

// languageButtons offers the languages, each by its own name.
func (r *request) languageButtons() [][]Button {
	var buttons []Button
	for _, lang := range locale.Languages() {
		b := button(r.say.Text("language."+lang, nil), "language", lang)
		b.Chosen = lang == r.say.Language()
		buttons = append(buttons, b)
	}
	return rows(row, buttons...)
}

// lookUp answers free text: the name of a topic, with the offer to follow it.
func (c *Commands) lookUp(ctx context.Context, r *request) (Reply, error) {
	if r.args == "" {
		return r.greet(ctx)
	}
	w := r.lookUpAll(r.args)
	if len(w.open) > 0 && r.isRemark(w.open[0]) && strings.HasPrefix(r.args, w.open[0].name) {
		if reply, ok := r.slipOfCommand(); ok {
			return reply, nil
		}
	}
	if len(w.certain) == 0 && len(w.open) == 1 && r.isRemark(w.open[0]) {
		known := topicsOf(w.open[0].among)
		if len(known) == 0 || r.command.Overheard {
			return r.notUnderstood(), nil
		}
		w = wanted{certain: known} // the remark is about that
	}
	if len(w.certain) == 0 {
		return c.ask(r, "follow", w), nil
	}
	subs, err := r.subscriptions(ctx)
	if err != nil {
		return Reply{}, err
	}
	var buttons []Button
	for _, t := range w.certain {
		if followed(subs, t) {
			buttons = append(buttons, button(r.say.Text("button.settings-of", locale.Args{"topic": r.topicName(t)}), "following", string(t)))
		} else {
			buttons = append(buttons, button(r.say.Text("button.follow", locale.Args{"topic": r.topicNames(t)}), "follow", string(t)))
		}
		buttons = append(buttons, button(r.say.Text("button.news-of", locale.Args{"topic": r.topicName(t)}), "news", string(t)))
	}
	reply := r.text("look-up.found", locale.Args{"topics": r.topicNames(w.certain...)})
	reply.Message.Buttons = firstRows(rows(row, buttons...), pageRows)
	r.leftover = leftover{command: "follow", open: w.open}
	return reply, nil
}

// isRemark reports whether free text is nothing that can be looked up: no name of
// ours, nothing like one, and not written as the name of a person.
func (r *request) isRemark(q question) bool {
	if len(q.candidates) > 0 || q.player != nil || r.isElsewhere(q.name) {
		return false
	}
	return !r.fullName(q.name) || !capitals(q.name)
}

// capitals reports whether every word begins with a capital: free text that does
// is a name rather than a remark.
func capitals(text string) bool {
	return !slices.ContainsFunc(strings.Fields(text), func(w string) bool {
		first, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsUpper(first)
	})
}

// slipOfCommand asks whether free text is a command with a slip of the finger.
func (r *request) slipOfCommand() (Reply, bool) {
	word, rest, _ := strings.Cut(r.args, " ")
	no, ok := r.similarCommand(word, rest)
	if !ok {
		return Reply{}, false
	}
	reply := r.private(no.key, no.args)
	reply.Message.Buttons = no.buttons
	return reply, true
}

// notUnderstood says what one can type, unless people speak to one another.
func (r *request) notUnderstood() Reply {
	if r.command.Overheard {
		return Reply{}
	}
	reply := r.private("error.not-understood", locale.Args{"help": r.slash("help")})
	reply.Message.Buttons = rows(row, button(r.say.Text("button.menu", nil), "follow"), button(r.say.Text("button.help", nil), "help"))
	return reply
}
