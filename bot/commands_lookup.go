package bot

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/sjotbot/sjotbot/bot/catalogue"
	"github.com/sjotbot/sjotbot/bot/locale"
	"github.com/sjotbot/sjotbot/subscriptions"
)

// wanted is what the names in an argument stand for.
type wanted struct {
	certain []subscriptions.Topic
	open    []question
}

// question is a name that is not certain, with what it may mean.
type question struct {
	name       string
	candidates []catalogue.Entry
	// among are known names that stand among other words.
	among []catalogue.Entry
	// player is set for one in the picture of a national team, side.
	player *catalogue.Person
	side   subscriptions.Topic
}

// lookUpAll finds the topics named in text: one, or several between commas or
// the word "and".
func (r *request) lookUpAll(text string) wanted {
	var w wanted
	add := func(name string, found catalogue.Finding) {
		q := question{name: name, candidates: found.Candidates}
		if found.Entry == nil {
			q.player, q.side = r.player(name)
		}
		if found.Entry == nil && q.player == nil && len(q.candidates) == 0 {
			q.among = r.among(name)
		}
		w.add(q, found.Entry)
	}
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		found := r.lookUp(part)
		if found.Entry == nil { // "genk, gent, and antwerp"
			part = strings.Join(r.commands.vocabulary.afterLead(strings.Fields(part), "and"), " ")
			found = r.lookUp(part)
		}
		if found.Entry == nil {
			if names := r.splitAtAnd(part); len(names) > 1 {
				for _, name := range names {
					add(name, r.lookUp(name))
				}
				continue
			}
		}
		add(part, found)
	}
	return w
}

// named returns the topics that the text names, for certain or among other words.
func (w *wanted) named() []subscriptions.Topic {
	topics := slices.Clone(w.certain)
	for _, q := range w.open {
		topics = append(topics, topicsOf(q.among)...)
	}
	return topics
}

// add adds what was found, or the question when nothing was for certain.
func (w *wanted) add(q question, found *catalogue.Entry) {
	if found == nil {
		w.open = append(w.open, q)
	} else if !slices.Contains(w.certain, found.Topic) {
		w.certain = append(w.certain, found.Topic)
	}
}

const (
	// mostWords is how many words are looked through for names.
	mostWords = 12
	// longestName is how many words a name has that stands among others.
	longestName = 4
)

// among finds the names that stand among other words, the longest first where they
// overlap: "club brugge anderlecht" is two.
func (r *request) among(text string) []catalogue.Entry {
	words := strings.Fields(r.withoutForeign(text))
	words = words[:min(len(words), mostWords)]
	var found []catalogue.Entry
	for len(words) > 0 {
		n := min(longestName, len(words))
		for ; n > 0; n-- {
			e := r.catalogue().Find(strings.Join(words[:n], " ")).Entry
			if e == nil {
				continue
			}
			if !slices.ContainsFunc(found, func(o catalogue.Entry) bool { return o.Topic == e.Topic }) {
				found = append(found, *e)
			}
			break
		}
		words = words[max(n, 1):]
	}
	return found
}

// player finds a player by exactly one of his names, with the national team in whose
// picture he is.
func (r *request) player(name string) (*catalogue.Person, subscriptions.Topic) {
	bare := r.bare(name) // "De Bruyne" begins as "de Genk" does
	for _, e := range r.catalogue().Entries() {
		for _, p := range e.Squad {
			if slices.ContainsFunc(p.Names, func(n catalogue.Name) bool {
				return catalogue.SameName(n.Text, name) || catalogue.SameName(n.Text, bare)
			}) {
				return &p, e.Topic
			}
		}
	}
	return nil, ""
}

// withoutForeign takes out of a text the phrases that only look like names of ours:
// "union berlin".
func (r *request) withoutForeign(text string) string {
	text = " " + fold(text) + " "
	void := func(phrase string) {
		text = strings.ReplaceAll(text, " "+fold(phrase)+" ", " ; ")
	}
	for _, g := range r.catalogue().Guards() {
		void(g.Phrase)
	}
	for _, e := range r.catalogue().Entries() {
		for _, phrase := range e.Not {
			void(phrase)
		}
		for _, name := range e.Lookalikes {
			void(name)
		}
	}
	return strings.TrimSpace(text)
}

// lookUp finds one topic by its id or by any of its names. Where a name begins with
// a word that may also stand before one ("De Mil"), the whole goes first.
func (r *request) lookUp(name string) catalogue.Finding {
	if e, ok := r.catalogue().Entry(subscriptions.Topic(name)); ok {
		return catalogue.Finding{Entry: &e}
	}
	found := r.catalogue().Find(name)
	bare := r.bare(name)
	for _, other := range []string{bare, r.withoutTrade(bare)} {
		if found.Entry != nil {
			break
		}
		if f := r.catalogue().Find(other); f.Entry != nil || len(found.Candidates) == 0 {
			found = f
		}
	}
	return found
}

// bare leaves out what people say around a name: "over genk", "antwerp please!".
func (r *request) bare(name string) string {
	v := r.commands.vocabulary
	words := v.afterLead(v.beforeTail(strings.Fields(strings.TrimRight(name, " .!?")), "please"), "about")
	return strings.Join(words, " ")
}

// everything reports whether a text stands for all there is.
func (r *request) everything(text string) bool {
	return r.commands.vocabulary.means(fold(r.bare(text)), "all")
}

// allBut returns the followed topics that are left when somebody says "all but Genk"; nil where he says no such thing, or
// it leaves nothing.
func (r *request) allBut(subs []subscriptions.Subscription, text string) []subscriptions.Topic {
	words := strings.Fields(text)
	for n := 1; n < len(words); n++ {
		rest := r.commands.vocabulary.afterLead(words[n:], "except")
		if len(rest) == len(words)-n || !r.everything(strings.Join(words[:n], " ")) {
			continue
		}
		w := r.amongFollowed(subs, r.lookUpAll(strings.Join(rest, " ")))
		if len(w.open) > 0 {
			return nil
		}
		var others []subscriptions.Topic
		for _, s := range subs {
			if !slices.Contains(w.certain, s.Topic) {
				others = append(others, s.Topic)
			}
		}
		return others
	}
	return nil
}

// withoutTrade leaves the trade out that somebody puts before a coach's name:
// "trainer Leko".
func (r *request) withoutTrade(name string) string {
	trade, rest, ok := strings.Cut(strings.TrimSpace(name), " ")
	if ok && r.commands.vocabulary.means(fold(trade), "coach") {
		return strings.TrimSpace(rest)
	}
	return name
}

// splitAtAnd cuts "genk en gent" in two, and "genk/gent", if each part means
// something.
func (r *request) splitAtAnd(text string) []string {
	var names []string
	start := 0
	if !isTopic(text) {
		text = strings.NewReplacer("/", " / ", "+", " + ", "&", " & ").Replace(text)
	}
	words := strings.Fields(text)
	for i, w := range words {
		if w == "&" || w == "+" || w == "/" || r.commands.vocabulary.means(fold(w), "and") {
			names = append(names, strings.Join(words[start:i], " "))
			start = i + 1
		}
	}
	names = append(names, strings.Join(words[start:], " "))
	for _, name := range names {
		if found := r.lookUp(name); name == "" || found.Entry == nil && len(found.Candidates) == 0 {
			if player, _ := r.player(name); player == nil {
				return nil
			}
		}
	}
	return names
}

// isTopic reports whether a text has the form of a topic's id, also of one that is no
// more.
func isTopic(text string) bool {
	return slices.Contains([]string{"club", "coach", "team"}, subscriptions.Topic(text).Type())
}

// mostChoices is how many candidates a question offers.
const mostChoices = 6

// ask asks which topic was meant; the answer's buttons give command.
func (c *Commands) ask(r *request, command string, w wanted) Reply {
	if len(w.open) == 0 {
		return r.notUnderstood() // no name at all: ","
	}
	var said []string
	var buttons []Button
	for _, q := range w.open {
		sentence, offered := r.askOne(command, q)
		said, buttons = append(said, sentence), append(buttons, offered...)
	}
	layout := rows(2, buttons...)
	switch {
	case len(w.open) == 1 && len(w.open[0].among) > 0: // yes is all of them
		r.expect(button("", command, joinTopics(topicsOf(w.open[0].among))), Button{})
	case len(buttons) == 1 && w.open[0].player == nil:
		r.expect(buttons[0], Button{})
	}
	if len(buttons) == 0 {
		layout = rows(1, button(r.say.Text("button.menu", nil), "follow"))
	}
	return Reply{Message: Message{Text: paragraphs(said...), Buttons: layout}, Private: r.command.Place.Shared}
}

func firstRows(layout [][]Button, most int) [][]Button { return layout[:min(len(layout), most)] }

// askOne asks about one name, and offers what it may mean.
func (r *request) askOne(command string, q question) (said string, offered []Button) {
	if q.player != nil {
		return r.aboutPlayer(command, q)
	}
	candidates := slices.Concat(q.among, q.candidates)
	for _, e := range candidates[:min(len(candidates), mostChoices)] {
		offered = append(offered, button(r.topicName(e.Topic), command, string(e.Topic)))
	}
	full := r.withoutTrade(q.name)
	person := personName(full)
	mint := button(r.say.Text("button.follow-coach", locale.Args{"name": clip(person)}), "follow mint", person)
	_, err := r.catalogue().Mint(person)
	mintable := command == "follow" && err == nil && r.withoutForeign(full) == fold(full)
	args := locale.Args{"name": clip(q.name)}
	switch {
	case len(q.among) > 0:
		topics := topicsOf(q.among)
		args["topics"] = r.topicNames(topics...)
		if mintable && capitals(full) && len(topics) == 1 && topics[0].Type() == "coach" {
			offered = append(offered, mint) // written as a name: of another man, perhaps
		}
		return r.say.Text("look-up.among", args), offered
	case len(q.candidates) > 0:
		return r.say.Text("look-up.which", args), offered
	case r.isElsewhere(q.name):
		return r.say.Text("look-up.elsewhere", args), []Button{r.searchButton(r.bare(q.name))}
	case mintable:
		args["name"] = clip(person)
		return r.say.Text("look-up.person", args), []Button{mint}
	case command == "follow" && errors.Is(err, catalogue.ErrTaken):
		args["name"] = clip(person)
		return r.say.Text("look-up.no-coach", args), nil
	}
	return r.say.Text("look-up.unknown", args), nil
}

// aboutPlayer says that a player cannot be followed, and offers what comes closest.
func (r *request) aboutPlayer(command string, q question) (said string, offered []Button) {
	if slices.Contains([]string{"follow", "news", "preview"}, command) { // nobody unfollows the team for him
		offered = append(offered, button(r.topicName(q.side), command, string(q.side)))
	}
	name := q.name
	if !slices.ContainsFunc(q.player.Names, func(n catalogue.Name) bool { return catalogue.SameName(n.Text, name) }) {
		name = r.bare(name)
	}
	offered = append(offered, r.searchButton(name))
	return r.say.Text("look-up.player", locale.Args{"player": q.player.Name, "topics": r.topicNames(q.side)}), offered
}

func (r *request) searchButton(words string) Button {
	return button(r.say.Text("button.search", locale.Args{"words": clip(words)}), "search", words)
}

// isElsewhere reports the name of a club abroad or a competition, with an article or not.
func (r *request) isElsewhere(name string) bool {
	const longestArticle = 3
	name = fold(r.bare(name))
	article, rest, _ := strings.Cut(name, " ")
	return r.commands.elsewhere[name] || len(article) <= longestArticle && r.commands.elsewhere[rest]
}

// topicsOf returns the topics of entries.
func topicsOf(entries []catalogue.Entry) []subscriptions.Topic {
	var topics []subscriptions.Topic
	for _, e := range entries {
		topics = append(topics, e.Topic)
	}
	return topics
}

// joinTopics writes topics as one argument.
func joinTopics(topics []subscriptions.Topic) string {
	ids := make([]string, len(topics))
	for i, t := range topics {
		ids[i] = string(t)
	}
	return strings.Join(ids, ",")
}

// isWordRune reports whether a rune can be part of a word that one searches for.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// clip shortens what a person typed, or a headline, to what fits in a sentence or
// a button.
func clip(text string) string {
	const most = 40
	return cut(text, most)
}
