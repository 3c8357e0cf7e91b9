package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Printer speaks one language. Get one with [Locale.Printer].
type Printer struct {
	lang      string
	tag       language.Tag
	sentences map[string]sentence
}

// Args are the values of a sentence's placeholders. "n", an int, also chooses the
// plural form.
type Args map[string]any

// Language returns the language, "nl".
func (p Printer) Language() string { return p.lang }

// Has reports whether there is a sentence with this key.
func (p Printer) Has(key string) bool {
	_, ok := p.sentences[key]
	return ok
}

// Text returns the sentence with this key. An unknown key is returned as it is,
// and an unknown placeholder in braces: ugly, but never a crash in front of a
// reader. Values are put in as they are; they are data, and are not read again.
func (p Printer) Text(key string, args Args) string {
	s, ok := p.sentences[key]
	if !ok {
		return key
	}
	form := plural.Other
	if len(s) > 1 {
		if n, ok := args["n"].(int); ok {
			form = p.form(n)
		}
	}
	t, ok := s[form]
	if !ok {
		t = s[plural.Other]
	}
	return t.fill(args, contractions()[p.lang])
}

// form returns the plural category of a whole number.
func (p Printer) form(n int) plural.Form {
	if n < 0 {
		n = -n
	}
	return plural.Cardinal.MatchPlural(p.tag, n, 0, 0, 0, 0)
}

// List joins names as one would say them: "Genk, Union en Gent".
func (p Printer) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return p.Text("list.and", Args{"some": strings.Join(names[:last], ", "), "last": names[last]})
}

// Age returns how long ago something was, in the largest whole unit: "5 min
// geleden". What is in the future or just now is "zonet".
func (p Printer) Age(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return p.Text("age.now", nil)
	case d < time.Hour:
		return p.Text("age.minutes", Args{"n": int(d / time.Minute)})
	case d < day:
		return p.Text("age.hours", Args{"n": int(d / time.Hour)})
	default:
		return p.Text("age.days", Args{"n": int(d / day)})
	}
}

// Span returns a length of time in the largest unit that it is a whole number
// of, from minutes to days: "2 uur", "90 minuten".
func (p Printer) Span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= day && d%day == 0:
		return p.Text("span.days", Args{"n": int(d / day)})
	case d >= time.Hour && d%time.Hour == 0:
		return p.Text("span.hours", Args{"n": int(d / time.Hour)})
	default:
		return p.Text("span.minutes", Args{"n": int(d / time.Minute)})
	}
}

// Clock returns a minute of the day as a time: "18:30", "18h30".
func (p Printer) Clock(minute int) string {
	return p.Text("clock", Args{"hour": twoDigits(minute / 60), "minute": twoDigits(minute % 60)})
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Date returns the day of t, in t's own zone: "maandag 23 november".
func (p Printer) Date(t time.Time) string {
	key := "date.day"
	if t.Day() == 1 {
		key = "date.first" // le 1er mai
	}
	return p.Text(key, Args{
		"weekday": p.Weekday(t.Weekday()),
		"day":     t.Day(),
		"month":   p.Text("month."+strings.ToLower(t.Month().String()), nil),
	})
}

// Weekday returns the name of a day: "maandag".
func (p Printer) Weekday(d time.Weekday) string {
	return p.Text("weekday."+strings.ToLower(d.String()), nil)
}

// template is a sentence cut at its placeholders.
type template []segment

// segment is literal text, or a placeholder when it has a name.
type segment struct{ text, name string }

// parseTemplate cuts a sentence at {placeholders}. Names are [a-z]+.
func parseTemplate(text string) (template, error) {
	var t template
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			t = append(t, segment{text: before})
		}
		if !found {
			break
		}
		name, after, found := strings.Cut(rest, "}")
		if !found || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") != "" {
			return nil, fmt.Errorf("bad placeholder after %q", before)
		}
		t = append(t, segment{name: name})
		text = after
	}
	if len(t) == 0 {
		t = template{{}}
	}
	return t, nil
}

// fill writes the template with its values. Where a value begins, the language may
// draw it together with the word before: "de" and "le Standard" are "du Standard".
func (t template) fill(args Args, joints []contraction) string {
	var said string
	for _, seg := range t {
		switch v, ok := args[seg.name]; {
		case seg.name == "":
			said += seg.text
		case ok:
			said = join(said, fmt.Sprint(v), joints)
		default:
			said += "{" + seg.name + "}"
		}
	}
	return said
}

// contraction is what becomes of a word of a sentence and the first letters of the
// value that follows it.
type contraction struct{ word, value, drawn string }

// contractions returns those of each language that has any, as the names of topics
// need them. A capital stays: "La Gantoise" is a name.
func contractions() map[string][]contraction {
	french := []contraction{{"de ", "le ", "du "}, {"de ", "les ", "des "}}
	for _, vowel := range "AEIOUÉaeioué" {
		french = append(french, contraction{"de ", string(vowel), "d'" + string(vowel)})
	}
	return map[string][]contraction{"fr": french}
}

// join puts a value behind what was said. What is in it beyond its beginning is
// never touched.
func join(said, value string, joints []contraction) string {
	for _, c := range joints {
		before, isWord := strings.CutSuffix(said, c.word)
		rest, begins := strings.CutPrefix(value, c.value)
		if isWord && begins && (before == "" || strings.HasSuffix(before, " ")) {
			return before + c.drawn + rest
		}
	}
	return said + value
}
