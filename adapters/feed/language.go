package feed

import (
	"strings"
	"unicode"

	"github.com/sjotbot/sjotbot/bot"
)

// languageOf returns the language of an entry: what its words say when they are
// clear about it, else what the item says, else what the configuration says.
// Publishers in two languages mix them up, so a label alone is not believed.
func languageOf(e bot.Entry, configured string) string {
	given := configured
	if e.Language != "" {
		given = e.Language
	}
	best, second := "", 0
	votes := languageVotes(e.Title + " " + e.Lead)
	for _, language := range []string{"nl", "fr", "de", "en"} {
		switch n := votes[language]; {
		case best == "" || n > votes[best]:
			best, second = language, votes[best]
		case n > second:
			second = n
		}
	}
	clear := votes[best] >= 4 && votes[best] >= 3*second
	if clear || given == "" && votes[best] > second {
		return best
	}
	return given
}

// languageVotes counts words that belong to one of the languages only.
func languageVotes(text string) map[string]int {
	votes := map[string]int{}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words[:min(len(words), 200)] {
		if language := languageOfWord(w); language != "" {
			votes[language]++
		}
	}
	return votes
}

func languageOfWord(w string) string {
	switch w {
	case "het", "een", "van", "voor", "niet", "ook", "zijn", "wordt", "naar", "bij", "maar", "deze", "heeft", "met", "aan", "zich", "tegen", "nog", "uit", "geen", "werd", "wil", "ploeg", "speler", "wedstrijd", "dat", "te", "hij", "als", "op":
		return "nl"
	case "le", "la", "les", "du", "et", "est", "pour", "dans", "une", "un", "au", "aux", "sur", "avec", "pas", "qui", "que", "ce", "cette", "plus", "ne", "son", "sa", "ses", "par", "joueur", "équipe", "contre", "être", "il", "à":
		return "fr"
	case "der", "das", "und", "nicht", "ein", "eine", "mit", "für", "auf", "ist", "sich", "dem", "auch", "wird", "nach", "bei", "aus", "gegen", "spieler", "vor", "zum", "zur", "von":
		return "de"
	case "the", "and", "of", "for", "with", "to", "is", "are", "has", "from", "after", "his", "against", "will", "their", "by", "this", "player":
		return "en"
	}
	return ""
}

// languageCode reduces "nl-BE" to "nl"; anything else that is not ours is none.
func languageCode(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(strings.ReplaceAll(tag, "_", "-"))), "-")
	switch base {
	case "nl", "fr", "de", "en":
		return base
	}
	return ""
}
