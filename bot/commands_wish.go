package bot

import (
	"slices"
	"strings"
	"unicode"
)

// wishes reads a line as an instruction in so many words and makes it the command that does it: "geen geruchten meer", "parle néerlandais",
// "stop met volgen van Genk". Only what is left over may be a name; for anything else it reports false.
func (r *request) wishes(line string) bool {
	v := r.commands.vocabulary
	words := strings.Fields(strings.TrimFunc(line, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }))
	words = v.afterLead(v.beforeTail(words, "please"), "please")
	return r.wishesLanguage(words) || r.wishesWithout(words) || r.wishesSetting(words) || r.wishesDigest(words) ||
		r.wishesNoMore(words) || r.wishesLast(words)
}

// wishesLanguage reads "spreek Frans", "en français", "can you speak French".
func (r *request) wishesLanguage(words []string) bool {
	v := r.commands.vocabulary
	words = v.afterLead(words, "want")
	rest := v.afterLead(words, "speak")
	if len(rest) == len(words) {
		return false
	}
	language, ok := v.language(strings.Join(rest, " "))
	if ok {
		r.name, r.args = "language", language
	}
	return ok
}

// wishesWithout reads "geen geruchten meer", "plus de résumé": what a place does without is never sent, comes at once or is hidden; of
// rumours also "geen geruchten over Genk".
func (r *request) wishesWithout(words []string) bool {
	v := r.commands.vocabulary
	rest := v.afterLead(words, "without")
	if len(rest) == len(words) {
		return false
	}
	rest = v.beforeTail(rest, "anymore")
	name, _ := v.command(rest[0])
	args, ok := map[string]string{"rumours": "never", "digest": "off", "spoilers": "on", "quiet": "off"}[name]
	if name == "quiet" && v.means(fold(strings.Join(rest[1:], " ")), "hour") { // "no quiet hours"
		rest = rest[:1]
	}
	if of := v.afterLead(rest[1:], "about"); len(rest) > 1 {
		ok = ok && name == "rumours" && len(of) < len(rest)-1
		args = strings.Join(of, " ") + " " + args
	}
	if ok {
		r.name, r.args = name, args
	}
	return ok
}

// wishesSetting reads "zet geruchten uit", "mets le résumé à 20h", "je veux suivre Gand", "ich möchte eine Übersicht um 20 Uhr": a command
// behind the verb of setting or wanting something, and an article.
func (r *request) wishesSetting(words []string) bool {
	v := r.commands.vocabulary
	rest := v.afterLead(words, "set")
	if len(rest) == len(words) {
		rest = v.afterLead(words, "want")
	}
	rest = v.afterLead(rest, "filler")
	if len(rest) == len(words) {
		return false
	}
	name, ok := v.command(rest[0])
	if ok {
		r.name, r.args = name, v.argument(rest[0], strings.Join(rest[1:], " "))
	}
	return ok
}

// wishesDigest reads "daily digest at 8", "elke maandag een overzicht": the digest behind when it comes; and of no more than how
// often, and perhaps when, that it is meant: "wekelijks", "elke maandag om 9 uur".
func (r *request) wishesDigest(words []string) bool {
	v := r.commands.vocabulary
	words = v.afterLead(words, "want")
	when := strings.Join(words, " ")
	at := slices.IndexFunc(words, func(w string) bool { name, _ := v.command(w); return name == "digest" })
	switch {
	case at > 0:
		when = strings.Join(slices.Delete(slices.Clone(words), at, at+1), " ")
	case at == 0:
		return false
	}
	wish, ok := v.digest(when, r.say.Language())
	if !ok || at < 0 && !(wish.daysSaid && wish.minute >= 0) && !v.means(fold(when), "often") {
		return false
	}
	r.name, r.args = "digest", when
	return true
}

// wishesNoMore reads "stop met volgen van Genk", "ik wil Genk niet meer volgen".
func (r *request) wishesNoMore(words []string) bool {
	v := r.commands.vocabulary
	rest := v.afterLead(words, "quit")
	if tail := v.beforeTail(words, "no-longer"); len(rest) == len(words) && len(tail) < len(words) {
		rest = v.afterLead(tail, "want")
	}
	if len(rest) == len(words) {
		return false
	}
	r.name, r.args = "unfollow", strings.Join(rest, " ")
	return true
}

// wishesLast reads "Genk nieuws", "ich möchte Eupen folgen", "mets Genk en sourdine pour 2 h": a command for topics behind their names; of
// the data that is kept also "alles löschen".
func (r *request) wishesLast(words []string) bool {
	v := r.commands.vocabulary
	name, at := "", 0
	for i, w := range words {
		if found, _ := v.command(w); i > 0 && (i == len(words)-1 || found == "mute" && isLength(r, strings.Join(words[i+1:], " "))) {
			name, at = found, i
			break
		}
	}
	if name == "" || r.lookUp(strings.Join(words, " ")).Entry != nil {
		return false
	}
	of := v.afterLead(v.afterLead(v.beforeTail(words[:at], "onto"), "want"), "set")
	names := strings.Join(of, " ")
	if name == "mute" { // "schalte Genk 2 Stunden stumm"
		names, _, _, _ = v.muteArgs(names, r.say.Language(), r.now)
	}
	if !r.isObject(name, names) {
		return false
	}
	r.name, r.args = name, v.argument(words[at], strings.Join(append(of, words[at+1:]...), " "))
	return true
}

// isObject reports whether text names what a command is for, each name certain or one
// that can be asked about.
func (r *request) isObject(command, text string) bool {
	if command == "forget" {
		return r.everything(text) || r.commands.vocabulary.means(fold(text), "mine")
	}
	if !r.forTopics(command) {
		return false
	}
	w := r.lookUpAll(text)
	return len(w.certain) > 0 && !slices.ContainsFunc(w.open, func(q question) bool { return len(q.candidates) == 0 })
}
