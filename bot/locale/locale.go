// Package locale holds every sentence that a person reads, in Dutch as spoken in
// Belgium, French, German and English, and the words for numbers, hours and days.
//
// The sentences stand in one TOML file per language, next to this file. A key
// names what a sentence says, not where it is used. A sentence is always whole:
// what varies in it are placeholders, {topic}, which every language may put where
// its grammar wants them. A sentence that counts is a table of plural forms by
// the categories of CLDR, chosen by the placeholder {n}.
//
// [Load] refuses a set of languages that do not say the same things, so that a
// missing sentence is found at start and by every test, never by a reader.
package locale

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed *.toml
var files embed.FS

// Default is the language of a reader whose own is none of ours.
const Default = "nl"

// Languages returns the languages the bot speaks, the default first.
func Languages() []string { return []string{Default, "fr", "de", "en"} }

// Match returns which of our languages suits a reader whose platform says tag,
// a BCP 47 tag like "fr-BE" or "pt_BR"; the default when none does.
func Match(tag string) string {
	if Speaks(tag) {
		return base(tag)
	}
	return Default
}

// Speaks reports whether a BCP 47 tag names one of our languages.
func Speaks(tag string) bool { return slices.Contains(Languages(), base(tag)) }

// base returns the language of a tag.
func base(tag string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(language)
}

// Locale is all sentences in all languages. It never changes after [Load] and is
// safe for use by many goroutines.
type Locale struct {
	printers map[string]Printer
	keys     []string
}

// Load reads the embedded sentences. It fails when a language lacks a sentence,
// a plural form or a placeholder that another has.
func Load() (*Locale, error) {
	texts := map[string][]byte{}
	for _, lang := range Languages() {
		text, err := files.ReadFile(lang + ".toml")
		if err != nil {
			return nil, fmt.Errorf("read sentences: %w", err)
		}
		texts[lang] = text
	}
	return parse(texts)
}

// parse builds a Locale from the TOML text of each language.
func parse(texts map[string][]byte) (*Locale, error) {
	l := &Locale{printers: map[string]Printer{}}
	for _, lang := range Languages() {
		var tree map[string]any
		if err := toml.Unmarshal(texts[lang], &tree); err != nil {
			return nil, fmt.Errorf("read sentences in %q: %w", lang, err)
		}
		tag, err := language.Parse(lang)
		if err != nil {
			return nil, fmt.Errorf("read sentences in %q: %w", lang, err)
		}
		p := Printer{lang: lang, tag: tag, sentences: map[string]sentence{}}
		if err := flatten("", tree, p.sentences); err != nil {
			return nil, fmt.Errorf("read sentences in %q: %w", lang, err)
		}
		l.printers[lang] = p
	}
	first := l.printers[Default]
	for key := range first.sentences {
		l.keys = append(l.keys, key)
	}
	slices.Sort(l.keys)
	for _, lang := range Languages() {
		if err := agree(first, l.printers[lang]); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// Printer returns the sentences of one language; of the default for any other.
func (l *Locale) Printer(lang string) Printer { return l.printers[Match(lang)] }

// Keys returns the keys of all sentences, sorted.
func (l *Locale) Keys() []string { return slices.Clone(l.keys) }

// sentence is one sentence by plural form; one that does not count has only Other.
type sentence map[plural.Form]template

// flatten collects the sentences of a TOML table under dotted keys.
func flatten(prefix string, tree map[string]any, into map[string]sentence) error {
	for name, v := range tree {
		key := prefix + name
		switch v := v.(type) {
		case string:
			t, err := parseTemplate(v)
			if err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			into[key] = sentence{plural.Other: t}
		case map[string]any:
			if !counts(v) {
				if err := flatten(key+".", v, into); err != nil {
					return err
				}
				continue
			}
			s, err := parsePlural(v)
			if err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			into[key] = s
		default:
			return fmt.Errorf("%s: a sentence must be text, not %T", key, v)
		}
	}
	return nil
}

// counts reports whether a table holds the plural forms of one sentence: all its
// keys are names of forms.
func counts(table map[string]any) bool {
	for name := range table {
		if _, ok := pluralForms()[name]; !ok {
			return false
		}
	}
	return len(table) > 0
}

func parsePlural(forms map[string]any) (sentence, error) {
	if _, ok := forms["other"]; !ok {
		return nil, errors.New("no plural form for all other numbers")
	}
	s := sentence{}
	for name, v := range forms {
		text, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("%s: a sentence must be text, not %T", name, v)
		}
		t, err := parseTemplate(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s[pluralForms()[name]] = t
	}
	return s, nil
}

func pluralForms() map[string]plural.Form {
	return map[string]plural.Form{
		"zero": plural.Zero, "one": plural.One, "two": plural.Two,
		"few": plural.Few, "many": plural.Many, "other": plural.Other,
	}
}

// agree reports what p lacks or has too much, compared with first.
func agree(first, p Printer) error {
	var wrong []error
	for key, want := range first.sentences {
		got, ok := p.sentences[key]
		if !ok {
			wrong = append(wrong, fmt.Errorf("%s: no sentence in %q", key, p.lang))
			continue
		}
		if len(want) > 1 {
			wrong = append(wrong, got.complete(key, p))
		}
		if a, b := want.placeholders(), got.placeholders(); !slices.Equal(a, b) {
			wrong = append(wrong, fmt.Errorf("%s: placeholders %q in %q, %q in %q", key, a, first.lang, b, p.lang))
		}
	}
	for key := range p.sentences {
		if _, ok := first.sentences[key]; !ok {
			wrong = append(wrong, fmt.Errorf("%s: a sentence in %q only", key, p.lang))
		}
	}
	return errors.Join(wrong...)
}

// complete reports plural forms that small numbers of the language need and the
// sentence lacks.
func (s sentence) complete(key string, p Printer) error {
	for n := range 200 {
		if form := p.form(n); s[form] == nil {
			return fmt.Errorf("%s: no plural form for %d in %q", key, n, p.lang)
		}
	}
	return nil
}

// placeholders returns the names used in any form, sorted. {n} may be left out of
// a form ("one club"), so it counts when any form has it.
func (s sentence) placeholders() []string {
	var names []string
	for _, t := range s {
		for _, seg := range t {
			if seg.name != "" && !slices.Contains(names, seg.name) {
				names = append(names, seg.name)
			}
		}
	}
	slices.Sort(names)
	return names
}
