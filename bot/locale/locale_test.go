package locale_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sjotbot/sjotbot/bot/locale"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"nl": "nl", "nl-BE": "nl", "fr-BE": "fr", "FR": "fr", "de_AT": "de", "en-GB": "en",
		"": "nl", "pt-BR": "nl", "x": "nl", "enx": "nl", strings.Repeat("é-", 100): "nl",
	} {
		if got := locale.Match(tag); got != want {
			t.Errorf("Match(%q) = %q, want %q", tag, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	l := load(t)
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(2026, 5, 1, 9, 0, 0, 0, brussels)
	for lang, want := range map[string][]string{
		"nl": {"zonet", "5 min geleden", "1 uur geleden", "1 dag geleden", "2 dagen geleden", "08:30", "vrijdag 1 mei", "2 uur", "1 dag", "Genk, Union en Gent"},
		"fr": {"à l'instant", "il y a 5 min", "il y a 1 h", "il y a 1 jour", "il y a 2 jours", "08h30", "vendredi 1er mai", "2 heures", "1 jour", "Genk, Union et Gent"},
		"de": {"gerade eben", "vor 5 Min.", "vor 1 Std.", "vor 1 Tag", "vor 2 Tagen", "08:30 Uhr", "Freitag, 1. Mai", "2 Stunden", "1 Tag", "Genk, Union und Gent"},
		"en": {"just now", "5 min ago", "1 h ago", "1 day ago", "2 days ago", "08:30", "Friday 1 May", "2 hours", "1 day", "Genk, Union and Gent"},
	} {
		p := l.Printer(lang)
		got := []string{
			p.Age(-time.Hour), p.Age(5*time.Minute + 59*time.Second), p.Age(119 * time.Minute), p.Age(47 * time.Hour), p.Age(48 * time.Hour),
			p.Clock(8*60 + 30), p.Date(first), p.Span(2 * time.Hour), p.Span(24 * time.Hour), p.List([]string{"Genk", "Union", "Gent"}),
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: got %q, want %q", lang, got[i], want[i])
			}
		}
	}
}

func TestTextTakesValuesAsTheyAre(t *testing.T) {
	t.Parallel()
	p := load(t).Printer("en")
	if got := p.Text("list.and", locale.Args{"some": "{last}", "last": "%s <b>"}); got != "{last} and %s <b>" {
		t.Errorf("got %q", got)
	}
	if got := p.Text("no.such.key", nil); got != "no.such.key" {
		t.Errorf("unknown key: got %q", got)
	}
	if got := p.Text("list.and", nil); got != "{some} and {last}" {
		t.Errorf("no values: got %q", got)
	}
}

// TestEveryKeyIsUsed looks for each key in the sources of the project. A key
// stands there whole, or is built from a beginning that ends at a dot or a dash:
// "weekday.", "rumours.set-", "follow.done" with "-here" behind it.
func TestEveryKeyIsUsed(t *testing.T) {
	t.Parallel()
	literals := literals(t, filepath.Join("..", ".."))
	for _, key := range load(t).Keys() {
		used := literals[key]
		for i, r := range key {
			if r == '.' || r == '-' {
				used = used || literals[key[:i+1]] || r == '-' && literals[key[:i]]
			}
		}
		if !used {
			t.Errorf("%s is in no source: remove it from the languages", key)
		}
	}
}

// TestEveryUsedKeyIsThere finds keys in calls of Text.
func TestEveryUsedKeyIsThere(t *testing.T) {
	t.Parallel()
	p := load(t).Printer("nl")
	call := regexp.MustCompile(`\.Text\("([^"]+)"`)
	found := 0
	for path, text := range sources(t, filepath.Join("..", "..")) {
		for _, m := range call.FindAllStringSubmatch(text, -1) {
			found++
			if !strings.HasSuffix(m[1], ".") && !strings.HasSuffix(m[1], "-") && !p.Has(m[1]) {
				t.Errorf("%s: no sentence %q", path, m[1])
			}
		}
	}
	if found == 0 {
		t.Error("found no use of any sentence: has the call changed its name?")
	}
}

// TestTopicsAreNotAtTheBeginning keeps names with an article ("de Rode Duivels")
// from the beginning of a sentence, where the article would need a capital, and a
// verb would have to agree. On buttons, in lines and in headlines a name stands by
// itself.
func TestTopicsAreNotAtTheBeginning(t *testing.T) {
	t.Parallel()
	l := load(t)
	alone := regexp.MustCompile(`^(message|button|following\.line|preview\.title)`)
	for _, key := range l.Keys() {
		for _, lang := range locale.Languages() {
			if text := l.Printer(lang).Text(key, nil); strings.HasPrefix(text, "{topic") && !alone.MatchString(key) {
				t.Errorf("%s in %q begins with a topic: %s", key, lang, text)
			}
		}
	}
}

// TestNoSentenceIsGlued finds sentences that are put together in Go: what a language
// says before and after a value is for its file to decide.
func TestNoSentenceIsGlued(t *testing.T) {
	t.Parallel()
	glued := regexp.MustCompile(`\.Text\("[^\n]*\)\s*\+|\+\s*[\w.]*\.Text\("|Sprintf?\([^\n]*\.Text\("`)
	for path, text := range sources(t, filepath.Join("..", "..")) {
		for _, found := range glued.FindAllString(text, -1) {
			t.Errorf("%s puts a sentence together: %s", path, found)
		}
	}
	for _, code := range []string{`p.Text("a", nil) + "!"`, `"(" + r.say.Text("a", nil)`, `fmt.Sprintf("%s.", p.Text("a", nil))`} {
		if !glued.MatchString(code) {
			t.Errorf("this would not be found: %s", code)
		}
	}
}

func TestContractions(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, test := range []struct{ lang, key, topic, want string }{
		{"fr", "why.about", "le Standard de Liège", "Ça parle du Standard de Liège."},
		{"fr", "why.about", "les Diables Rouges", "Ça parle des Diables Rouges."},
		{"fr", "why.about", "l'Union Saint-Gilloise", "Ça parle de l'Union Saint-Gilloise."},
		{"fr", "why.about", "La Gantoise", "Ça parle de La Gantoise."},
		{"fr", "why.about", "Ivan Leko", "Ça parle d'Ivan Leko."},
		{"fr", "why.about", "Hein Vanhaezebrouck", "Ça parle de Hein Vanhaezebrouck."},
		{"fr", "role.said", "l'Antwerp", "le coach de l'Antwerp"},
		{"fr", "role.said", "le Club de Bruges", "le coach du Club de Bruges"},
		{"nl", "why.about", "de Rode Duivels", "Het gaat over de Rode Duivels."},
		{"en", "why.about", "the Red Devils", "It is about the Red Devils."},
	} {
		if got := l.Printer(test.lang).Text(test.key, locale.Args{"topic": test.topic}); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.lang, test.key, got, test.want)
		}
	}
}

func load(t *testing.T) *locale.Locale {
	t.Helper()
	l, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// literals returns all string literals of the project's Go sources but tests.
func literals(t *testing.T, root string) map[string]bool {
	t.Helper()
	quoted := regexp.MustCompile(`"([a-z][a-z0-9.-]*)"`)
	found := map[string]bool{}
	for _, text := range sources(t, root) {
		for _, m := range quoted.FindAllStringSubmatch(text, -1) {
			found[m[1]] = true
		}
	}
	return found
}

func sources(t *testing.T, root string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
