package bot

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sjotbot/sjotbot/bot/locale"
)

// vocabulary is what a person may type besides the names of topics: names of
// commands and the words of their arguments, in every language at once. It never
// changes after it was made.
type vocabulary struct {
	// commands leads from a folded name in any language to the base name.
	commands map[string]string
	// words leads from a folded word to the meanings it has ("off", "week").
	words map[string][]string
	// weekdays are the folded names of the days by language, Sunday first.
	weekdays map[string][7]string
	// clocks finds a time of day.
	clocks *regexp.Regexp
	// languages leads from a folded name of a language to its code.
	languages map[string]string
}

// meanings are the keys under "word." in the locale.
func meanings() []string {
	return []string{
		"now", "off", "on", "all", "never", "digest", "both", "week", "daily", "often", "until", "tomorrow",
		"filler", "minute", "hour", "day", "weeks", "months", "and", "coach", "unmute", "mine", "about", "please",
		"yes", "no", "undo", "thanks", "bye", "hello", "my-list", "abilities", "latest", "first", "second",
		"speak", "without", "anymore", "except", "set", "quit", "want", "no-longer", "onto", "source",
		"morning", "evening", "noon", "midnight", "at", "fewer", "peace", "hide",
	}
}

func newVocabulary(l *locale.Locale, specs []Spec) *vocabulary {
	v := &vocabulary{commands: map[string]string{}, words: map[string][]string{}, weekdays: map[string][7]string{}, languages: map[string]string{}}
	for _, s := range specs {
		v.commands[s.Name] = s.Name
	}
	for _, lang := range locale.Languages() {
		p := l.Printer(lang)
		for _, s := range specs {
			v.commands[s.Names[lang]] = s.Name
			for _, alias := range wordList(p.Text("alias."+s.Name, nil)) {
				v.commands[alias] = s.Name
			}
		}
		for _, ends := range wordList(p.Text("word.unmute", nil)) {
			v.commands[ends] = "mute" // see argument
		}
		for _, meaning := range meanings() {
			v.add(p.Text("word."+meaning, nil), meaning)
		}
		for _, s := range sections() {
			v.add(p.Text("menu."+s.id, nil), s.id)
		}
		var days [7]string
		for i := range days {
			days[i] = fold(p.Weekday(time.Weekday(i)))
		}
		v.weekdays[lang] = days
		for _, named := range locale.Languages() {
			for _, name := range wordList(p.Text("tongue."+named, nil)) {
				v.languages[name] = named
			}
			v.languages[named] = named
		}
	}
	v.clocks = v.clockPattern()
	// Base values of options are what buttons and slash commands send.
	for _, meaning := range []string{"now", "digest", "never", "on", "off", "both", "all"} {
		v.add(meaning, meaning)
	}
	return v
}

func (v *vocabulary) add(list, meaning string) {
	for _, w := range wordList(list) {
		if !v.means(w, meaning) {
			v.words[w] = append(v.words[w], meaning)
		}
	}
}

// wordList cuts a list of words as it stands in the locale, each folded, and
// once more as it is typed without an umlaut key.
func wordList(list string) []string {
	var words []string
	for w := range strings.SplitSeq(list, ",") {
		w = strings.TrimSpace(w)
		if w == "" {
			continue
		}
		words = append(words, fold(w))
		if spelt := fold(spellUmlauts(w)); spelt != fold(w) {
			words = append(words, spelt)
		}
	}
	return words
}

// means reports whether the text, folded, has a meaning.
func (v *vocabulary) means(text, meaning string) bool {
	for _, m := range v.words[text] {
		if m == meaning {
			return true
		}
	}
	return false
}

// all returns the words that have one of some meanings, long ones first.
func (v *vocabulary) all(meanings ...string) []string {
	var words []string
	for w := range v.words {
		if slices.ContainsFunc(meanings, func(m string) bool { return v.means(w, m) }) {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return words
}

// longestPhrase is how many words the longest phrase of the locale has.
const longestPhrase = 5

// afterLead leaves out what stands before the rest of some words and has a meaning.
func (v *vocabulary) afterLead(words []string, meaning string) []string {
	for n := min(longestPhrase, len(words)-1); n > 0; n-- {
		if v.means(fold(strings.Join(words[:n], " ")), meaning) {
			return v.afterLead(words[n:], meaning)
		}
	}
	return words
}

// beforeTail leaves out what stands after the rest of some words and has a meaning.
func (v *vocabulary) beforeTail(words []string, meaning string) []string {
	for n := min(longestPhrase, len(words)-1); n > 0; n-- {
		if v.means(fold(strings.Join(words[len(words)-n:], " ")), meaning) {
			return v.beforeTail(words[:len(words)-n], meaning)
		}
	}
	return words
}

// command returns the base name of a command typed in any language, with or
// without its slash and the bot's name ("/volg@sjotbot").
func (v *vocabulary) command(word string) (string, bool) {
	word = commandWord(word)
	if name, ok := v.commands[fold(word)]; ok {
		return name, true
	}
	name, ok := v.commands[fold(spellUmlauts(word))]
	return name, ok
}

// argument returns what a command gets that was called by word: the argument as it
// is, but for the names that end a mute, which say "off" by themselves.
func (v *vocabulary) argument(word, args string) string {
	args = strings.TrimSpace(args)
	switch {
	case !v.means(fold(commandWord(word)), "unmute"):
		return args
	case args == "":
		return "all off"
	}
	return args + " off"
}

// commandWord is the name of a command without what may stand around it as it is typed:
// "/Volg@sjotbot", "volg:", "help!".
func commandWord(word string) string {
	word, _, _ = strings.Cut(strings.TrimLeft(word, "/!"), "@")
	return strings.TrimRight(word, ":,.!?")
}

// similar returns the name, as it would be typed, and the base name of the one
// command that is a slip of the finger away from word; it knows none for short
// words, which are a slip away from too much.
func (v *vocabulary) similar(word string) (typed, name string, ok bool) {
	word = fold(commandWord(word))
	if len(word) < 4 || len(word) > 32 {
		return "", "", false
	}
	for candidate, base := range v.commands {
		if !slip(word, candidate) {
			continue
		}
		if name != "" && name != base {
			return "", "", false // between two commands: better to say neither
		}
		if typed == "" || candidate < typed { // the map has no order; the answer has
			typed, name = candidate, base
		}
	}
	return typed, name, name != ""
}

// slip reports whether a becomes b by one letter more, less, other, or by two
// neighbours in the wrong order.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// fold makes text comparable: lower case, no accents, one kind of apostrophe,
// single spaces.
func fold(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '’' || r == '‘' || r == '`' || r == '´':
			b.WriteByte('\'')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// spellUmlauts writes umlauts with the letters that stand for them.
func spellUmlauts(text string) string {
	return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "Ä", "ae", "Ö", "oe", "Ü", "ue").
		Replace(norm.NFC.String(text))
}

// language returns the language that a person names: by its code, or by its name
// in any language.
func (v *vocabulary) language(text string) (string, bool) {
	lang, ok := v.languages[fold(text)]
	return lang, ok
}
