package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// document is a configuration file as it was written: which keys stand where, with
// which kind of value. The decoder gives up at the first mistake and speaks of Go's
// types; this is what tells an operator of all mistakes, in the file's own terms.
type document struct {
	// lines are those of every key, by path in small letters: "telegram.rate",
	// "sources[1].url". The decoder takes [Telegram] for [telegram] too.
	lines map[string]int
	keys  []writtenKey // in order
}

type writtenKey struct {
	path string
	line int
	kind unstable.Kind
}

// readDocument lists the keys of a TOML document. A broken one gives what there is.
func readDocument(data []byte) document {
	d := document{lines: map[string]int{}}
	var p unstable.Parser
	p.Reset(data)
	prefix := ""
	arrays := map[string]int{}
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table:
			key, line := keyOf(&p, e)
			d.add(key, line, e.Kind)
			prefix = key + "."
		case unstable.ArrayTable:
			key, line := keyOf(&p, e)
			d.add(key, line, e.Kind)
			d.addElement(key, arrays[key], line)
			prefix = element(key, arrays[key]) + "."
			arrays[key]++
		case unstable.KeyValue:
			d.addValue(&p, prefix, e)
		default: // what else there is has no key
		}
	}
	return d
}

// keyOf returns the key of an expression, and its line.
func keyOf(p *unstable.Parser, e *unstable.Node) (key string, line int) {
	var parts []string
	for it := e.Key(); it.Next(); {
		n := it.Node()
		parts = append(parts, string(n.Data))
		if line == 0 {
			line = p.Shape(n.Raw).Start.Line
		}
	}
	return strings.Join(parts, "."), line
}

func element(key string, i int) string { return key + "[" + strconv.Itoa(i) + "]" }

func (d *document) add(path string, line int, kind unstable.Kind) {
	d.lines[strings.ToLower(path)] = line
	d.keys = append(d.keys, writtenKey{path, line, kind})
}

// addElement notes where an element of a list begins: a key that it should have is
// reported there.
func (d *document) addElement(key string, i, line int) {
	for _, k := range []string{"name", "url"} {
		d.lines[strings.ToLower(element(key, i))+"."+k] = line
	}
}

// addValue adds a key, and those within its value.
func (d *document) addValue(p *unstable.Parser, prefix string, e *unstable.Node) {
	key, line := keyOf(p, e)
	path, value := prefix+key, e.Value()
	d.add(path, line, value.Kind)
	d.addTable(p, path, value)
	if value.Kind != unstable.Array {
		return
	}
	i := 0
	for it := value.Children(); it.Next(); i++ {
		d.addElement(path, i, line)
		d.add(element(path, i), line, it.Node().Kind)
		d.addTable(p, element(path, i), it.Node())
	}
}

// addTable adds the keys of an inline table, if it is one.
func (d *document) addTable(p *unstable.Parser, path string, table *unstable.Node) {
	if table.Kind != unstable.InlineTable {
		return
	}
	for it := table.Children(); it.Next(); {
		if n := it.Node(); n.Kind == unstable.KeyValue {
			d.addValue(p, path+".", n)
		}
	}
}

// mostMistakes is how many mistakes are worth a line: more are one misunderstanding.
const mostMistakes = 10

// check reports the keys that the configuration does not have, and those whose value
// is of the wrong type. The first mistakes have a line each.
func (d *document) check(file string) error {
	var mistakes []error
	unknown := "\x00" // the last unknown key; what is below it is not worth a word
	for _, k := range d.keys {
		if k.path == unknown || strings.HasPrefix(k.path, unknown+".") || strings.HasPrefix(k.path, unknown+"[") {
			continue
		}
		t, known := configType(k.path)
		if !known {
			unknown = k.path
			mistakes = append(mistakes, &ConfigError{
				File: file, Line: k.line, Key: k.path, Want: "unknown key; config.example.toml shows all keys there are",
			})
		} else if want, kinds := wanted(t, k.path); !slices.Contains(kinds, k.kind) {
			mistakes = append(mistakes, &ConfigError{
				File: file, Line: k.line, Key: k.path, Want: "expected " + want + ", got " + written(k.kind),
			})
		}
	}
	if more := len(mistakes) - mostMistakes; more > 0 {
		mistakes = append(mistakes[:mostMistakes], fmt.Errorf("%s: and %d more mistakes like these", file, more))
	}
	return errors.Join(mistakes...)
}

// configType returns the type of a key, from the fields of Config.
func configType(path string) (t reflect.Type, known bool) {
	t = reflect.TypeFor[Config]()
	for part := range strings.SplitSeq(path, ".") {
		name, _, indexed := strings.Cut(part, "[")
		if t.Kind() != reflect.Struct {
			return nil, false
		}
		known = false
		for i := range t.NumField() {
			if f := t.Field(i); strings.EqualFold(f.Tag.Get("toml"), name) { // as the decoder does
				t, known = f.Type, true
				break
			}
		}
		if known && indexed && t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if !known {
			return nil, false
		}
	}
	return t, true
}

// wanted says what a key of a type takes.
func wanted(t reflect.Type, path string) (want string, kinds []unstable.Kind) {
	switch {
	case t == reflect.TypeFor[Duration]():
		return `a duration in quotes, like "5m"`, []unstable.Kind{unstable.String}
	case t.Kind() == reflect.Float64:
		return "a number", []unstable.Kind{unstable.Integer, unstable.Float}
	case t.Kind() == reflect.Slice:
		return "a table in double brackets, [[" + path + "]]", []unstable.Kind{unstable.ArrayTable, unstable.Array}
	case t.Kind() == reflect.Struct && strings.HasSuffix(path, "]"):
		return `a table, { name = "…", … }`, []unstable.Kind{unstable.InlineTable}
	case t.Kind() == reflect.Struct:
		return "a table, [" + path + "]", []unstable.Kind{unstable.Table, unstable.InlineTable}
	}
	return "text in quotes", []unstable.Kind{unstable.String}
}

// written names a kind of value. It never shows the value, which may be a token.
func written(kind unstable.Kind) string {
	switch kind {
	case unstable.String:
		return "text"
	case unstable.Integer, unstable.Float:
		return "a number"
	case unstable.Bool:
		return "true or false"
	case unstable.Table, unstable.InlineTable:
		return "a table"
	case unstable.ArrayTable:
		return "a table in double brackets"
	case unstable.Array:
		return "a list"
	default:
		return "a date or time"
	}
}
