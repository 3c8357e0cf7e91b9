package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// The most that a message shows of a story, in characters, and of a digest, in lines.
const (
	// longestQuote is the most that we quote of somebody else's text: headline and
	// lead together. A lead of less than shortestLead says nothing.
	longestQuote = 200
	shortestLead = 40
	// longestPublisher is more than any has; what is longer is an accident.
	longestPublisher = 100
	// longestSource is what a button has room for.
	longestSource = 30
	// longestDigest is about what one reads on a phone; the rest is behind a button.
	longestDigest = 30
	// longestCommand is what the narrowest platform takes in a button, in bytes.
	longestCommand = 60
)

// Composer turns stories into messages in the reader's language. It decides what
// is said and in which order, never how it looks. It is pure and safe for use by
// many goroutines.
type Composer struct {
	topics func() *catalogue.Catalogue
	locale *locale.Locale
}

// NewComposer returns a Composer. It asks topics for the catalogue each time, as
// coaches are added while the bot runs.
func NewComposer(topics func() *catalogue.Catalogue, l *locale.Locale) *Composer {
	return &Composer{topics: topics, locale: l}
}

// Owed is a story and the followed topics that brought it.
type Owed struct {
	Story  subscriptions.Story
	Topics []subscriptions.Topic
}

// Alert returns the message about one story. Topics are the followed ones that
// brought it; without any (a preview, a shared story) the message offers to
// follow what the story is about.
func (c *Composer) Alert(to subscriptions.Subscriber, now time.Time, story subscriptions.Story, topics []subscriptions.Topic) Message {
	w := c.writer(to, now)
	article := w.choose(story)
	item := w.item(story, article)
	item.Group = w.names(w.subjects(story, topics))
	item.Lead = lead(article, item.Title)
	item.Image = article.Image
	if subjects := w.subjects(story, topics); len(subjects) > 0 {
		item.Colour = w.colour(subjects[0])
	}
	return Message{Items: []Item{item}, Buttons: w.alertButtons(story, article, topics)}
}

// Bundle returns one message about several stories that came together: after
// quiet hours, after an outage, in a rush of news. All of them are in it, in the
// order in which they came.
func (c *Composer) Bundle(to subscriptions.Subscriber, now time.Time, owed ...Owed) Message {
	w := c.writer(to, now)
	m := Message{Title: w.say.Text("message.bundle", locale.Args{"n": len(owed)})}
	for _, o := range owed {
		m.Items = append(m.Items, w.under(rankOne(o)))
	}
	return m
}

// Digest returns the digest of a day: by topic, best stories first, one line a
// story. What is beyond a screenful is behind a button.
func (c *Composer) Digest(to subscriptions.Subscriber, now time.Time, owed ...Owed) Message {
	w := c.writer(to, now)
	return w.digest(w.say.Text("message.digest", locale.Args{"date": w.say.Date(now.In(Brussels()))}), 0, now, owed)
}

// DigestPage returns, under a heading, what stands in a digest after its first skip
// stories, when at is the time of the digest.
func (c *Composer) DigestPage(to subscriptions.Subscriber, heading string, now time.Time, skip int, at time.Time, owed ...Owed) Message {
	return c.writer(to, now).digest(heading, skip, at, owed)
}

func (w writer) digest(title string, skip int, at time.Time, owed []Owed) Message {
	m := Message{Title: title}
	ranked := w.rank(owed)
	ranked = ranked[min(skip, len(ranked)):]
	shown := ranked[:min(len(ranked), longestDigest)]
	for _, group := range groups(shown) {
		for _, r := range group {
			m.Items = append(m.Items, w.under(r))
		}
	}
	if left := len(ranked) - len(shown); left > 0 {
		m.Footer = w.say.Text("message.left", locale.Args{"n": left})
		more := fmt.Sprintf("+news digest %d %s", skip+len(shown), moreFrom(at))
		m.Buttons = [][]Button{{{Text: w.say.Text("message.more", nil), Command: more}}}
	}
	return m
}

// List returns stories in the given order, one line each: news, search.
func (c *Composer) List(to subscriptions.Subscriber, heading string, now time.Time, stories ...subscriptions.Story) Message {
	w := c.writer(to, now)
	m := Message{Title: heading}
	for _, s := range stories {
		m.Items = append(m.Items, w.line(s))
	}
	return m
}

func (c *Composer) writer(to subscriptions.Subscriber, now time.Time) writer {
	return writer{to: to, now: now, say: c.locale.Printer(to.Language), topics: c.topics()}
}

// writer writes one message for one reader.
type writer struct {
	to     subscriptions.Subscriber
	now    time.Time
	say    locale.Printer
	topics *catalogue.Catalogue
}

// choose returns the article of a story that the reader is shown: one in his
// language if there is, and of those the firmest, the first to come at equal rank.
func (w writer) choose(story subscriptions.Story) subscriptions.Article {
	if len(story.Articles) == 0 {
		return subscriptions.Article{}
	}
	kind := story.Kind()
	return slices.MinFunc(story.Articles, func(a, b subscriptions.Article) int {
		return cmp.Or(
			first(a.Language == w.say.Language(), b.Language == w.say.Language()),
			first(a.Kind == kind, b.Kind == kind),
			first(!slices.Contains(w.to.MutedSources, a.Source), !slices.Contains(w.to.MutedSources, b.Source)),
		)
	})
}

// first orders what has a quality before what has not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// item returns what every form of a story shows.
func (w writer) item(story subscriptions.Story, a subscriptions.Article) Item {
	at := a.Published
	if at.IsZero() {
		at = a.Seen
	}
	return Item{
		Story:     story.ID,
		Label:     w.label(story.Kind()),
		Title:     cut(a.Title, longestQuote),
		URL:       a.URL,
		Publisher: cut(a.Publisher, longestPublisher),
		Age:       w.say.Age(w.now.Sub(at)),
		Spoiler:   w.to.Spoilers && a.Result,
	}
}

// lead returns one short line of an article's lead, as much as may be quoted beside
// its headline.
func lead(a subscriptions.Article, title string) string {
	room := longestQuote - utf8.RuneCountInString(title)
	if room < shortestLead || strings.EqualFold(oneLine(a.Lead), title) {
		return ""
	}
	return cut(a.Lead, room)
}

// line returns a story as one line.
func (w writer) line(story subscriptions.Story) Item {
	item := w.item(story, w.choose(story))
	item.Compact = true
	return item
}

// under returns a story as one line under its topic.
func (w writer) under(r ranked) Item {
	item := w.line(r.story)
	if r.topic != "" {
		item.Group, item.Colour = w.name(r.topic), w.colour(r.topic)
	}
	return item
}

// label says in words what a reader must know before he believes a headline.
func (w writer) label(k subscriptions.Kind) string {
	switch k {
	case subscriptions.Rumour:
		return w.say.Text("message.rumour", nil)
	case subscriptions.Quote:
		return w.say.Text("message.quote", nil)
	case subscriptions.Fact, subscriptions.Roundup, subscriptions.Poll, subscriptions.Other:
		return ""
	}
	return ""
}

func (w writer) alertButtons(story subscriptions.Story, a subscriptions.Article, topics []subscriptions.Topic) [][]Button {
	var row []Button
	add := func(key, topic, command string) {
		if len(command) <= longestCommand {
			row = append(row, Button{Text: w.say.Text(key, locale.Args{"topic": topic}), Command: command})
		}
	}
	if len(topics) > 0 {
		add("message.mute", w.said(topics[0]), "+mute "+string(topics[0]))
	} else if about := w.subjects(story, nil); len(about) > 0 {
		add("button.follow", w.said(about[0]), "+follow "+string(about[0]))
	}
	if story.ID != 0 {
		add("message.why", "", "+why "+strconv.FormatInt(int64(story.ID), 10))
	}
	if a.URL != "" {
		row = append(row, Button{Text: w.say.Text("message.source", locale.Args{"source": cut(a.Publisher, longestSource)}), URL: a.URL})
	}
	if len(row) == 0 {
		return nil
	}
	return [][]Button{row}
}

// subjects returns the followed topics that brought a story, or what it is about.
// A role ("the coach of Genk") gives way to the person, who is named in the story.
func (w writer) subjects(story subscriptions.Story, topics []subscriptions.Topic) []subscriptions.Topic {
	if len(topics) > 0 {
		return topics
	}
	var about []subscriptions.Topic
	for _, tag := range story.Tags() {
		if e, ok := w.topics.Entry(tag.Topic); tag.Level == subscriptions.About && (!ok || e.RoleOf == "") {
			about = append(about, tag.Topic)
		}
	}
	return about
}

func (w writer) name(t subscriptions.Topic) string { return naming{w.topics, w.say}.label(t) }

func (w writer) said(t subscriptions.Topic) string { return naming{w.topics, w.say}.said(t) }

func (w writer) names(topics []subscriptions.Topic) string {
	names := make([]string, len(topics))
	for i, t := range topics {
		names[i] = w.name(t)
	}
	return strings.Join(names, " · ")
}

func (w writer) colour(t subscriptions.Topic) int {
	e, _ := w.topics.Entry(t)
	if e.Colour == 0 && e.RoleOf != "" {
		e, _ = w.topics.Entry(e.RoleOf)
	}
	return e.Colour
}

// cut returns text as one line of at most limit characters, cut at a word.
func cut(text string, limit int) string {
	text = oneLine(text)
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)[:limit-1]
	for i := len(runes) - 1; i > limit/2; i-- {
		if unicode.IsSpace(runes[i]) {
			runes = runes[:i]
			break
		}
	}
	return strings.TrimRightFunc(string(runes), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r)
	}) + "…"
}

// oneLine replaces all white space by single spaces and drops what is not text.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
