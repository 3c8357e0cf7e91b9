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

// document is the form of a catalogue file. Every table is optional.
type document struct {
	// AsOf is the date at which the entries were true, "2026-11-23".
	AsOf   string      `toml:"as_of"`
	Club   []clubTOML  `toml:"club"`
	Coach  []coachTOML `toml:"coach"`
	Team   []teamTOML  `toml:"team"`
	Squad  []squadTOML `toml:"squad"`
	Shared []ruleTOML  `toml:"shared"`
	Guard  []guardTOML `toml:"guard"`

	// source is the file's name, lines where each table of an array begins.
	source string
	lines  map[string][]int
}

// namesTOML are names by safety and language; the language "any" is every one.
type namesTOML struct {
	Safe     map[string][]string `toml:"safe"`
	Football map[string][]string `toml:"football"`
	Word     map[string][]string `toml:"word"`
	Weak     map[string][]string `toml:"weak"`
}

type clubTOML struct {
	namesTOML
	ID       string            `toml:"id"`
	Adds     bool              `toml:"adds"`
	Label    map[string]string `toml:"label"`
	Division string            `toml:"division"`
	Parent   string            `toml:"parent"`
	Side     string            `toml:"side"`
	Country  string            `toml:"country"`
	Colour   int               `toml:"colour"`
	Popular  int               `toml:"popular"`
	Stadiums []string          `toml:"stadiums"`
	Not      []string          `toml:"not"`
	Foreign  []string          `toml:"foreign"`
}

type teamTOML struct {
	namesTOML
	ID      string            `toml:"id"`
	Adds    bool              `toml:"adds"`
	Label   map[string]string `toml:"label"`
	Country string            `toml:"country"`
	Colour  int               `toml:"colour"`
	Popular int               `toml:"popular"`
	Not     []string          `toml:"not"`
	Foreign []string          `toml:"foreign"`
}

type coachTOML struct {
	namesTOML
	ID   string `toml:"id"`
	Adds bool   `toml:"adds"`
	Name string `toml:"name"`
	// Also are other forms of the full name: "Frederik Vanderbiest".
	Also []string `toml:"also"`
	// Surname is the part that headlines use; SurnameIs its safety.
	Surname   string       `toml:"surname"`
	SurnameIs Safety       `toml:"surname_is"`
	First     []string     `toml:"first"`
	Country   string       `toml:"country"`
	Popular   int          `toml:"popular"`
	Not       []string     `toml:"not"`
	Foreign   []string     `toml:"foreign"`
	Lookalike []string     `toml:"lookalikes"`
	Tenures   []tenureTOML `toml:"tenures"`
}

type tenureTOML struct {
	Club  string `toml:"club"`
	Team  string `toml:"team"`
	Place string `toml:"place"`
	From  string `toml:"from"`
	To    string `toml:"to"`
	Role  Role   `toml:"role"`
}

type squadTOML struct {
	Team    string       `toml:"team"`
	AsOf    string       `toml:"as_of"`
	Players []playerTOML `toml:"players"`
}

type playerTOML struct {
	Name       string   `toml:"name"`
	Also       []string `toml:"also"`
	Short      []string `toml:"short"`
	ShortIs    Safety   `toml:"short_is"`
	Lookalikes []string `toml:"lookalikes"`
	From       string   `toml:"from"`
	To         string   `toml:"to"`
	Tournament bool     `toml:"tournament"`
}

type ruleTOML struct {
	Name     string    `toml:"name"`
	Language string    `toml:"language"`
	Safety   Safety    `toml:"safety"`
	Claims   []string  `toml:"claims"`
	Default  string    `toml:"default"`
	Cues     []cueTOML `toml:"cues"`
}

type cueTOML struct {
	Words []string `toml:"words"`
	Topic string   `toml:"topic"`
}

type guardTOML struct {
	Is      string   `toml:"is"`
	Phrases []string `toml:"phrases"`
}

// decode reads one catalogue file. Its errors name file, line and key.
func decode(name string, r io.Reader) (*document, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read catalogue %s: %w", name, err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("read catalogue %s: larger than %d MB", name, maxFile>>20)
	}
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
		if key := strings.Join(wrong.Key(), "."); key != "" {
			return fmt.Errorf("%s:%d:%d: %s: %w", name, line, column, key, err)
		}
		return fmt.Errorf("%s:%d:%d: %w", name, line, column, err)
	}
	return fmt.Errorf("%s: %w", name, err)
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
