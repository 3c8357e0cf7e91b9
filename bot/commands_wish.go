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
	return r.wishesLanguage(words) || r.wishesWithout(words) || r.wishesSetting(words) || r.wishesNoMore(words) || r.wishesLast(words)
}

// wishesLanguage reads "spreek Frans", "en français".
func (r *request) wishesLanguage(words []string) bool {
	v := r.commands.vocabulary
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
	args, ok := map[string]string{"rumours": "never", "digest": "off", "spoilers": "on"}[name]
	if of := v.afterLead(rest[1:], "about"); len(rest) > 1 {
		ok = ok && name == "rumours" && len(of) < len(rest)-1
		args = strings.Join(of, " ") + " " + args
	}
	if ok {
		r.name, r.args = name, args
	}
	return ok
}

// wishesSetting reads "zet geruchten uit", "mets le résumé à 20h", "je veux suivre Gand": a command behind the verb of setting or
// wanting something.
func (r *request) wishesSetting(words []string) bool {
	v := r.commands.vocabulary
	rest := v.afterLead(words, "set")
	if len(rest) == len(words) {
		rest = v.afterLead(words, "want")
	}
	if len(rest) == len(words) || len(rest) < 2 {
		return false
	}
	name, ok := v.command(rest[0])
	if ok {
		r.name, r.args = name, v.argument(rest[0], strings.Join(rest[1:], " "))
	}
	return ok
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

// wishesLast reads "Genk nieuws", "ich möchte Eupen folgen": a command for topics behind their names.
func (r *request) wishesLast(words []string) bool {
	v := r.commands.vocabulary
	last := len(words) - 1
	if last < 1 {
		return false
	}
	name, _ := v.command(words[last])
	ofTopics := slices.ContainsFunc(r.commands.specs[name].Options, func(o Option) bool { return o.Name == "topic" })
	if !ofTopics || r.lookUp(strings.Join(words, " ")).Entry != nil {
		return false
	}
	names := strings.Join(v.afterLead(words[:last], "want"), " ")
	if w := r.lookUpAll(names); len(w.certain) == 0 || len(w.open) > 0 {
		return false
	}
	r.name, r.args = name, v.argument(words[last], names)
	return true
}
