package tagging

import "strings"

// Elsewhere returns names of football, as the word files have them, that nobody of the catalogue
// bears and no coach can: clubs abroad, competitions, and what else the game calls by several words.
func Elsewhere() []string {
	var names []string
	for _, file := range []string{"foreign", "football", "tournament"} {
		text, _ := wordFiles.ReadFile("words/" + file + ".txt") // part of the program, as in New
		_ = eachWord(text, func(_ language, phrase string) error {
			if !strings.ContainsAny(phrase, "*!") && (file == "foreign" || strings.Contains(phrase, " ")) {
				names = append(names, phrase)
			}
			return nil
		})
	}
	return names
}
