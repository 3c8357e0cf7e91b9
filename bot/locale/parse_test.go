package locale

import (
	"strings"
	"testing"
)

// same returns the same sentences for every language.
func same(text string) map[string][]byte {
	texts := map[string][]byte{}
	for _, lang := range Languages() {
		texts[lang] = []byte(text)
	}
	return texts
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		all, french, want string
	}{
		"a missing sentence":           {all: "a = 'x'\nb = 'y'", french: "a = 'x'", want: `b: no sentence in "fr"`},
		"a sentence too many":          {all: "a = 'x'", french: "a = 'x'\nb = 'y'", want: `b: a sentence in "fr" only`},
		"a missing placeholder":        {all: "a = 'x {topic}'", french: "a = 'x'", want: "placeholders"},
		"a misspelt placeholder":       {all: "a = 'x {topic}'", french: "a = 'x {topik}'", want: "placeholders"},
		"a missing plural form":        {all: "a = {one = '{n} x', other = '{n} y'}", french: "a = {other = '{n} y'}", want: "no plural form for 0"},
		"no form for other numbers":    {all: "a = {one = '{n} x', few = '{n} y'}", want: "no plural form for all other numbers"},
		"a brace that is not closed":   {all: "a = 'x {topic'", want: "bad placeholder"},
		"a number for a sentence":      {all: "a = 3", want: "must be text"},
		"a file that is not TOML":      {all: "a = ", want: "read sentences"},
		"a placeholder with a capital": {all: "a = '{Topic}'", want: "bad placeholder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			texts := same(tc.all)
			if tc.french != "" {
				texts["fr"] = []byte(tc.french)
			}
			_, err := parse(texts)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want an error with %q", err, tc.want)
			}
		})
	}
}
