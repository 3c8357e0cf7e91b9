package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Spec is the published description of the Bot API, in the machine-readable form
// that github.com/PaulSonOfLars/telegram-bot-api-spec keeps.
type Spec struct {
	Methods map[string]struct {
		Fields []field `json:"fields"`
	} `json:"methods"`
	Types map[string]struct {
		Fields   []field  `json:"fields"`
		Subtypes []string `json:"subtypes"`
	} `json:"types"`

	span *regexp.Regexp
}

type field struct {
	Name        string   `json:"name"`
	Types       []string `json:"types"`
	Required    bool     `json:"required"`
	Description string   `json:"description"`
}

// ErrNoSpec: the description is not on this machine.
var ErrNoSpec = errors.New("no description of the Bot API here")

// FindSpec loads the description from the folder named by SJOTBOT_SHARED, or from
// "shared" beside the module's root. It returns ErrNoSpec when it is not there.
func FindSpec() (*Spec, error) {
	var folders []string
	if dir := os.Getenv("SJOTBOT_SHARED"); dir != "" {
		folders = append(folders, dir)
	} else if root := moduleRoot(); root != "" {
		folders = append(folders, filepath.Join(root, "..", "shared"), filepath.Join(root, "..", "..", "shared"))
	}
	for _, dir := range folders {
		data, err := os.ReadFile(filepath.Join(dir, "specs", "telegram-api.json"))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return ReadSpec(data)
	}
	return nil, ErrNoSpec
}

func moduleRoot() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
	return ""
}

// ReadSpec reads the description.
func ReadSpec(data []byte) (*Spec, error) {
	s := &Spec{span: regexp.MustCompile(`(\d+)-(\d+) (characters|bytes|Bytes)`)}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("read the description of the Bot API: %w", err)
	}
	if len(s.Methods) == 0 {
		return nil, errors.New("read the description of the Bot API: it has no methods")
	}
	return s, nil
}

// Check returns what is wrong with a request.
func (s *Spec) Check(method string, params url.Values, file *Document) []string {
	m, ok := s.Methods[method]
	if !ok {
		return []string{method + ": no such method"}
	}
	given := map[string]any{}
	for name := range params {
		given[name] = params.Get(name)
	}
	if file != nil {
		given[file.Field] = fileMarker{}
	}
	if params.Get("parse_mode") == "HTML" {
		if p, err := parseHTML(params.Get("text")); err == nil {
			given["text"] = p.text // lengths count after the entities are parsed
		}
	}
	return s.checkFields(method, m.Fields, given)
}

// fileMarker stands for an uploaded file.
type fileMarker struct{}

func (s *Spec) checkFields(where string, fields []field, given map[string]any) []string {
	var found []string
	known := map[string]bool{}
	for _, f := range fields {
		known[f.Name] = true
		v, ok := given[f.Name]
		switch {
		case !ok && f.Required:
			found = append(found, where+": "+f.Name+" is missing")
		case ok:
			found = append(found, s.checkValue(where+"."+f.Name, f, v)...)
		}
	}
	for name := range given {
		if !known[name] {
			found = append(found, where+": unknown parameter "+name)
		}
	}
	return found
}

func (s *Spec) checkValue(where string, f field, v any) []string {
	var best []string
	for i, t := range f.Types {
		found := s.checkType(where, t, v)
		if len(found) == 0 {
			best = nil
			break
		}
		if i == 0 || len(found) < len(best) {
			best = found
		}
	}
	if text, ok := v.(string); ok && len(best) == 0 {
		best = append(best, s.checkSpan(where, f.Description, text)...)
	}
	return best
}

func (s *Spec) checkSpan(where, description, text string) []string {
	m := s.span.FindStringSubmatch(description)
	if m == nil {
		return nil
	}
	low, _ := strconv.Atoi(m[1])
	high, _ := strconv.Atoi(m[2])
	n := len(utf16.Encode([]rune(text)))
	if strings.EqualFold(m[3], "bytes") {
		n = len(text)
	}
	if n < low || n > high {
		return []string{fmt.Sprintf("%s: %d %s, allowed are %d-%d", where, n, m[3], low, high)}
	}
	return nil
}

// checkType checks a value against one type of the description. A parameter of a
// form is a string: whole numbers, booleans and JSON are read from it.
func (s *Spec) checkType(where, typ string, v any) []string {
	text, isText := v.(string)
	wrong := []string{fmt.Sprintf("%s: %.40v is not %s", where, v, typ)}
	switch typ {
	case "String":
		if !isText {
			return wrong
		}
		return nil
	case "Integer":
		if n, ok := v.(float64); ok && n == float64(int64(n)) {
			return nil
		}
		if _, err := strconv.ParseInt(text, 10, 64); err != nil {
			return wrong
		}
		return nil
	case "Float":
		if _, ok := v.(float64); ok {
			return nil
		}
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return wrong
		}
		return nil
	case "Boolean":
		if _, ok := v.(bool); ok || text == "true" || text == "false" {
			return nil
		}
		return wrong
	case "InputFile":
		if _, ok := v.(fileMarker); !ok {
			return wrong
		}
		return nil
	}
	if isText {
		var inner any
		if err := json.Unmarshal([]byte(text), &inner); err != nil || inner == nil {
			return wrong
		}
		v = inner
	}
	if element, ok := strings.CutPrefix(typ, "Array of "); ok {
		list, ok := v.([]any)
		if !ok {
			return wrong
		}
		var found []string
		for i, e := range list {
			found = append(found, s.checkType(where+"["+itoa(i)+"]", element, e)...)
		}
		return found
	}
	return s.checkObject(where, typ, v)
}

func (s *Spec) checkObject(where, typ string, v any) []string {
	t, ok := s.Types[typ]
	object, isObject := v.(map[string]any)
	if !ok || !isObject {
		return []string{fmt.Sprintf("%s: %.40v is not %s", where, v, typ)}
	}
	if len(t.Subtypes) == 0 {
		return s.checkFields(where, t.Fields, object)
	}
	var best []string
	for i, sub := range t.Subtypes {
		found := s.checkObject(where, sub, v)
		if len(found) == 0 {
			return nil
		}
		if i == 0 || len(found) < len(best) {
			best = found
		}
	}
	return best
}
