package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// maxFile bounds a catalogue file; the built-in data are a tenth of it.
const maxFile = 8 << 20

// decode reads one catalogue file. Its errors name file, line and key.
func decode(name string, r io.Reader) (*document, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read catalogue %s: %w", name, err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("read catalogue %s: larger than %d MB", name, maxFile>>20)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // editors on Windows write it, unseen
	doc := &document{source: name, lines: tableLines(raw)}
	dec := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields()
	if err := dec.Decode(doc); err != nil {
		return nil, positioned(name, err)
	}
	return doc, nil
}

// positioned turns the decoder's errors into one line each: file:line: key: what.
func positioned(name string, err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		var all []error
		for _, e := range unknown.Errors {
			line, _ := e.Position()
			all = append(all, fmt.Errorf("%s:%d: %s: unknown key", name, line, strings.Join(e.Key(), ".")))
		}
		return errors.Join(all...)
	}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		line, column := wrong.Position()
		at, key := fmt.Sprintf("%s:%d:%d", name, line, column), strings.Join(wrong.Key(), ".")
		written, goType, mismatched := mismatch(wrong)
		switch {
		case key != "" && mismatched:
			return fmt.Errorf("%s: %s: %s where %s is wanted", at, key, written, wanted(goType, wrong.Key()))
		case key != "":
			return fmt.Errorf("%s: %s: %w", at, key, err)
		}
		return fmt.Errorf("%s: %w", at, err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// mismatch takes apart what the decoder says of a value of the wrong type: what was
// written, in TOML's words, and which type of Go's it does not fit.
func mismatch(err *toml.DecodeError) (written, goType string, ok bool) {
	text, ok := strings.CutPrefix(err.Error(), "toml: cannot decode TOML ")
	if !ok {
		return "", "", false
	}
	written, field, _ := strings.Cut(text, " into struct field ")
	_, goType, ok = strings.Cut(field, " of type ")
	return written, goType, ok
}

// wanted says what a key of a type takes, to somebody who knows no Go.
func wanted(goType string, key []string) string {
	name := key[len(key)-1]
	switch goType {
	case "int":
		return "a whole number"
	case "bool":
		return "true or false"
	case "[]string":
		return "a list, like " + name + ` = ["…"],`
	case "map[string]string":
		return "a text for each language, like " + name + `.nl = "…",`
	case "map[string][]string":
		return "a list for each language, like " + name + `.any = ["…"],`
	}
	switch { // types of our own
	case strings.HasPrefix(goType, "[]"):
		return "a list of tables, like " + name + " = [{ … }],"
	case strings.HasSuffix(goType, "TOML"):
		return "a table, { … },"
	default:
		return "text in quotes"
	}
}

// tableLines finds the line at which each [[table]] begins, so that an error
// about the meaning of an entry can say where it stands.
func tableLines(raw []byte) map[string][]int {
	lines := map[string][]int{}
	n := 0
	for line := range bytes.Lines(raw) {
		n++
		text, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("[["))
		if !ok {
			continue
		}
		if table, _, ok := bytes.Cut(text, []byte("]]")); ok {
			key := string(bytes.TrimSpace(table))
			lines[key] = append(lines[key], n)
		}
	}
	return lines
}

// at says where the i-th table of an array stands, as file:line.
func (d *document) at(table string, i int) string {
	if lines := d.lines[table]; i < len(lines) {
		return fmt.Sprintf("%s:%d", d.source, lines[i])
	}
	return d.source
}
