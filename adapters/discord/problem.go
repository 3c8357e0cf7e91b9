package discord

import (
	"encoding/json"
	"slices"
	"strings"
)

// fieldsCap bounds how many wrong fields an error names, and how deep it looks.
const fieldsCap = 5

// wrongFields names the fields of a form that Discord found wrong, with its
// code for why: "embeds.0.title BASE_TYPE_MAX_LENGTH". The messages beside the
// codes may repeat what was sent, so they are left out.
func wrongFields(raw json.RawMessage) string {
	var found []string
	var walk func(path []string, raw json.RawMessage)
	walk = func(path []string, raw json.RawMessage) {
		if len(path) > 2*fieldsCap || len(found) == fieldsCap {
			return
		}
		var leaf struct {
			Errors []struct {
				Code string `json:"code"`
			} `json:"_errors"`
		}
		if json.Unmarshal(raw, &leaf) == nil && len(leaf.Errors) > 0 {
			found = append(found, word(strings.Join(path, "."))+" "+word(leaf.Errors[0].Code))
			return
		}
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil {
			return
		}
		names := make([]string, 0, len(fields))
		for name := range fields {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			walk(append(slices.Clone(path), name), fields[name])
		}
	}
	walk(nil, raw)
	return strings.Join(found, ", ")
}

// word keeps of a name what can be one: a server that is not Discord may send
// anything.
func word(s string) string {
	kept := strings.Map(func(r rune) rune {
		if r == '_' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, s)
	return kept[:min(len(kept), 60)]
}
