package bot

import (
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
}

// lookUpAll finds the topics named in text: one, or several between commas or
// the word "and".
func (r *request) lookUpAll(text string) wanted {
	var w wanted
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		found := r.lookUp(part)
		if found.Entry == nil {
			if names := r.splitAtAnd(part); len(names) > 1 {
				for _, name := range names {
					w.add(name, r.lookUp(name))
				}
				continue
			}
		}
		w.add(part, found)
	}
	return w
}

func (w *wanted) add(name string, found catalogue.Finding) {
	if found.Entry == nil {
		w.open = append(w.open, question{name, found.Candidates})
	} else if !slices.Contains(w.certain, found.Entry.Topic) {
		w.certain = append(w.certain, found.Entry.Topic)
	}
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

// bare leaves out what people say around a name: "over genk", "antwerp please".
func (r *request) bare(name string) string {
	v := r.commands.vocabulary
	words := v.afterLead(v.beforeTail(strings.Fields(name), "please"), "about")
	return strings.Join(words, " ")
}

// everything reports whether a text stands for all there is.
func (r *request) everything(text string) bool {
	return r.commands.vocabulary.means(fold(r.bare(text)), "all")
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

// splitAtAnd cuts "genk en gent" in two, if each part means something.
func (r *request) splitAtAnd(text string) []string {
	var names []string
	start := 0
	words := strings.Fields(text)
	for i, w := range words {
		if w == "&" || w == "+" || r.commands.vocabulary.means(fold(w), "and") {
			names = append(names, strings.Join(words[start:i], " "))
			start = i + 1
		}
	}
	names = append(names, strings.Join(words[start:], " "))
	for _, name := range names {
		if found := r.lookUp(name); name == "" || found.Entry == nil && len(found.Candidates) == 0 {
			return nil
		}
	}
	return names
}

// mostChoices is how many candidates a question offers.
const mostChoices = 6

// ask asks which topic was meant; the answer's buttons give command.
func (c *Commands) ask(r *request, command string, w wanted) Reply {
	var said []string
	var buttons []Button
	for _, q := range w.open {
		args := locale.Args{"name": clip(q.name)}
		switch {
		case len(q.candidates) > 0:
			said = append(said, r.say.Text("look-up.which", args))
		case command == "follow" && r.fullName(r.withoutTrade(q.name)):
			name := personName(r.withoutTrade(q.name))
			said = append(said, r.say.Text("look-up.person", locale.Args{"name": clip(name)}))
			buttons = append(buttons, button(r.say.Text("button.follow-coach", locale.Args{"name": clip(name)}), "follow mint", name))
		default:
			said = append(said, r.say.Text("look-up.unknown", args))
		}
		for i, e := range q.candidates {
			if i == mostChoices {
				break
			}
			buttons = append(buttons, button(r.topicName(e.Topic), command, string(e.Topic)))
		}
	}
	layout := rows(2, buttons...)
	if len(buttons) == 1 {
		r.expect(buttons[0], Button{})
	}
	if len(buttons) == 0 {
		layout = rows(1, button(r.say.Text("button.menu", nil), "follow"))
	}
	return Reply{Message: Message{Text: paragraphs(said...), Buttons: layout}, Private: r.command.Place.Shared}
}

// isWordRune reports whether a rune can be part of a word that one searches for.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// clip shortens what a person typed, or a headline, to what fits in a sentence or
// a button.
func clip(text string) string {
	const most = 40
	return cut(text, most)
}
