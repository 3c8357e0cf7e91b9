package tagging

import (
	"strings"
	"testing"
)

// The word files are read when a Tagger is made, and New does not fail.
func TestWordFilesAreSound(t *testing.T) {
	t.Parallel()
	if _, _, err := newLexicon(); err != nil {
		t.Error(err)
	}
	if _, err := readSources(); err != nil {
		t.Error(err)
	}
}

// A word stands once in a file, and a phrase in one of the decoy files: otherwise the order in
// which they are read would decide what it is. A French phrase stands with "de" or "à" for "du" and "au" too.
func TestWordsStandOnce(t *testing.T) {
	t.Parallel()
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		t.Fatal(err)
	}
	lex := &lexicon{folds: newFolds()}
	type entry struct {
		language language
		words    string
	}
	decoys := map[string]string{}
	for _, file := range files {
		text, err := wordFiles.ReadFile("words/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		seen, implied := map[entry]bool{}, map[entry]bool{}
		err = eachWord(text, func(l language, phrase string) error {
			words := strings.Join(lex.split(phrase), " ")
			if strings.ContainsAny(phrase, "*!") {
				words = phrase
			}
			e := entry{l, words}
			if strings.HasPrefix(file.Name(), "decoy-") {
				if other, ok := decoys[words]; ok {
					t.Errorf("%s: %q stands in %s too", file.Name(), phrase, other)
				}
				decoys[words] = file.Name()
			} else if seen[e] {
				t.Errorf("%s: %q stands there twice", file.Name(), phrase)
			}
			seen[e] = true
			if !strings.ContainsAny(phrase, "*!") {
				for _, contracted := range contractions(lex.split(phrase), l) {
					implied[entry{l, strings.Join(contracted, " ")}] = true
				}
			}
			return nil
		})
		for e := range implied {
			if seen[e] && !strings.HasPrefix(file.Name(), "decoy-") {
				t.Errorf("%s: %q stands there with the uncontracted preposition", file.Name(), e.words)
			}
		}
		if err != nil {
			t.Error(err)
		}
	}
}
