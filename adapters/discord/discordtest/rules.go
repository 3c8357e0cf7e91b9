package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// rules are the limits that the specification does not hold, and what our house
// asks beyond Discord: that nobody can be pinged. value is the decoded body.
func rules(route string, value any, files int) []string {
	c := &checker{}
	switch route {
	case "create message", "follow up":
		c.message("", value, files, true)
	case "edit original":
		c.message("", value, files, false)
	case "interaction callback":
		c.callback(value, files)
	case "register commands":
		c.commands(value)
	}
	return c.problems
}

// checker collects what is wrong. Each problem begins with the path of the field.
type checker struct{ problems []string }

func (c *checker) add(path, code string) { c.problems = append(c.problems, path+" "+code) }

func object(v any) map[string]any { m, _ := v.(map[string]any); return m }

func list(v any) []any { l, _ := v.([]any); return l }

func text(v any) string { s, _ := v.(string); return s }

// length counts as the strictest part of Discord does.
func length(s string) int { return len(utf16.Encode([]rune(s))) }

func (c *checker) long(path string, v any, limit int) {
	if length(text(v)) > limit {
		c.add(path, "BASE_TYPE_MAX_LENGTH")
	}
}

func (c *checker) message(path string, value any, files int, create bool) {
	m := object(value)
	if m == nil {
		c.add(path, "DICT_TYPE_CONVERT")
		return
	}
	mentions := object(m["allowed_mentions"])
	if parse, ok := mentions["parse"].([]any); !ok || len(parse) != 0 {
		c.add(path+"allowed_mentions", "a headline could ping everyone")
	}
	c.long(path+"content", m["content"], 2000)
	c.long(path+"nonce", m["nonce"], 25)
	if m["enforce_nonce"] == true && text(m["nonce"]) == "" {
		c.add(path+"enforce_nonce", "without a nonce")
	}
	c.embeds(path, list(m["embeds"]))
	c.components(path, list(m["components"]))
	if n := len(list(m["attachments"])); n != files {
		c.add(path+"attachments", fmt.Sprintf("%d named, %d sent", n, files))
	}
	empty := strings.TrimSpace(text(m["content"])) == "" && len(list(m["embeds"])) == 0 && files == 0
	if empty && create {
		c.add(path+"content", "50006 Cannot send an empty message")
	}
}

func (c *checker) embeds(path string, embeds []any) {
	if len(embeds) > 10 {
		c.add(path+"embeds", "BASE_TYPE_MAX_LENGTH")
	}
	total := 0
	for i, v := range embeds {
		e, p := object(v), fmt.Sprintf("%sembeds.%d.", path, i)
		c.long(p+"title", e["title"], 256)
		c.long(p+"description", e["description"], 4096)
		c.long(p+"footer.text", object(e["footer"])["text"], 2048)
		c.long(p+"author.name", object(e["author"])["name"], 256)
		for _, key := range []string{"url"} {
			c.address(p+key, e[key], 2048)
		}
		c.address(p+"thumbnail.url", object(e["thumbnail"])["url"], 2048)
		c.address(p+"image.url", object(e["image"])["url"], 2048)
		size := 0
		for _, t := range []any{e["title"], e["description"], object(e["footer"])["text"], object(e["author"])["name"]} {
			size += length(text(t))
		}
		for j, f := range list(e["fields"]) {
			name, value := object(f)["name"], object(f)["value"]
			c.long(fmt.Sprintf("%sfields.%d.name", p, j), name, 256)
			c.long(fmt.Sprintf("%sfields.%d.value", p, j), value, 1024)
			size += length(text(name)) + length(text(value))
		}
		if size == 0 && e["thumbnail"] == nil && e["image"] == nil {
			c.add(p+"description", "BASE_TYPE_REQUIRED")
		}
		total += size
	}
	if total > 6000 {
		c.add(path+"embeds", "MAX_EMBED_SIZE_EXCEEDED")
	}
}

func (c *checker) address(path string, v any, limit int) {
	s := text(v)
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.ContainsAny(s, " \n<>") {
		c.add(path, "URL_TYPE_INVALID_URL")
	}
	if len(s) > limit {
		c.add(path, "BASE_TYPE_MAX_LENGTH")
	}
}

func (c *checker) components(path string, rows []any) {
	if len(rows) > 5 {
		c.add(path+"components", "BASE_TYPE_BAD_LENGTH")
	}
	seen := map[string]bool{}
	for i, row := range rows {
		cells := list(object(row)["components"])
		if len(cells) < 1 || len(cells) > 5 || object(row)["type"] != float64(1) {
			c.add(fmt.Sprintf("%scomponents.%d", path, i), "BASE_TYPE_BAD_LENGTH")
		}
		for j, v := range cells {
			b, p := object(v), fmt.Sprintf("%scomponents.%d.components.%d.", path, i, j)
			id, address := text(b["custom_id"]), text(b["url"])
			if strings.TrimSpace(text(b["label"])) == "" {
				c.add(p+"label", "BASE_TYPE_REQUIRED")
			}
			c.long(p+"label", b["label"], 80)
			c.long(p+"custom_id", id, 100)
			c.address(p+"url", address, 512)
			isLink := b["style"] == float64(5)
			if isLink != (address != "") || isLink == (id != "") {
				c.add(p+"style", "BUTTON_COMPONENT_INVALID")
			}
			if id != "" && seen[id] {
				c.add(p+"custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED")
			}
			seen[id] = true
		}
	}
}

func (c *checker) callback(value any, files int) {
	m := object(value)
	data := object(m["data"])
	switch m["type"] {
	case float64(4):
		c.message("data.", data, files, true)
	case float64(7):
		c.message("data.", data, files, false)
	case float64(5), float64(6):
	case float64(8):
		choices, ok := data["choices"].([]any)
		if !ok {
			c.add("data.choices", "BASE_TYPE_REQUIRED")
		}
		if len(choices) > 25 {
			c.add("data.choices", "BASE_TYPE_MAX_LENGTH")
		}
		for i, v := range choices {
			p := fmt.Sprintf("data.choices.%d.", i)
			if text(object(v)["name"]) == "" || text(object(v)["value"]) == "" {
				c.add(p+"name", "BASE_TYPE_REQUIRED")
			}
			c.long(p+"name", object(v)["name"], 100)
			c.long(p+"value", object(v)["value"], 100)
		}
	default:
		c.add("type", "BASE_TYPE_CHOICES")
	}
}

// commandName is Discord's rule for the names of commands and options: letters,
// digits, - and _, in lower case where there is one.
func commandName(s string) bool {
	if n := length(s); n < 1 || n > 32 {
		return false
	}
	for _, r := range s {
		if r != '-' && r != '_' && r != '\'' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return strings.ToLower(s) == s
}

func (c *checker) commands(value any) {
	commands := list(value)
	if len(commands) > 100 {
		c.add("", "too many commands")
	}
	seen := map[string]bool{}
	for i, v := range commands {
		m, p := object(v), strconv.Itoa(i)+"."
		size := c.named(p, m)
		if name := text(m["name"]); seen[name] {
			c.add(p+"name", "APPLICATION_COMMANDS_DUPLICATE_NAME")
		} else {
			seen[name] = true
		}
		optional := false
		names := map[string]bool{}
		for j, o := range list(m["options"]) {
			option, q := object(o), fmt.Sprintf("%soptions.%d.", p, j)
			size += c.named(q, option)
			if names[text(option["name"])] {
				c.add(q+"name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID")
			}
			names[text(option["name"])] = true
			if option["required"] == true && optional {
				c.add(q+"required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID")
			}
			optional = optional || option["required"] != true
			choices := list(option["choices"])
			if len(choices) > 0 && option["autocomplete"] == true {
				c.add(q+"autocomplete", "with choices")
			}
			for k, choice := range choices {
				at := fmt.Sprintf("%schoices.%d.", q, k)
				name, value := text(object(choice)["name"]), text(object(choice)["value"])
				if name == "" || length(name) > 100 || length(value) > 100 {
					c.add(at+"name", "BASE_TYPE_BAD_LENGTH")
				}
				size += length(name) + length(value)
			}
		}
		if size > 8000 {
			c.add(p, "APPLICATION_COMMAND_TOO_LARGE")
		}
	}
}

// named checks names and descriptions, and returns how much they count: of the
// localised ones the longest.
func (c *checker) named(path string, m map[string]any) int {
	check := func(name, description string, at string) {
		if name != "" && !commandName(name) {
			c.add(path+at+"name", "APPLICATION_COMMAND_INVALID_NAME")
		}
		if length(description) > 100 {
			c.add(path+at+"description", "BASE_TYPE_BAD_LENGTH")
		}
	}
	name, description := text(m["name"]), text(m["description"])
	if name == "" || description == "" {
		c.add(path+"name", "BASE_TYPE_REQUIRED")
	}
	check(name, description, "")
	longest := func(v any, base string) int {
		n := length(base)
		for locale, t := range object(v) {
			if !locales(locale) {
				c.add(path+"localizations."+locale, "not a locale of Discord")
			}
			n = max(n, length(text(t)))
		}
		return n
	}
	for _, t := range object(m["name_localizations"]) {
		check(text(t), "", "local ")
	}
	for _, t := range object(m["description_localizations"]) {
		check("", text(t), "local ")
	}
	return longest(m["name_localizations"], name) + longest(m["description_localizations"], description)
}

// locales reports whether Discord knows a locale.
func locales(s string) bool {
	switch s {
	case "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
		"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko":
		return true
	}
	return false
}

// formError is Discord's answer to a form with mistakes: a tree of fields.
func formError(problems []string) reply {
	tree := map[string]any{}
	for _, p := range problems {
		if strings.HasSuffix(p, "50006 Cannot send an empty message") {
			return refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
		}
		path, code, _ := strings.Cut(p, " ")
		node := tree
		for _, key := range strings.Split(strings.Trim(path, "."), ".") {
			next, ok := node[key].(map[string]any)
			if !ok {
				next = map[string]any{}
				node[key] = next
			}
			node = next
		}
		node["_errors"] = []any{map[string]any{"code": code, "message": "Invalid."}}
	}
	return reply{status: http.StatusBadRequest, body: map[string]any{"code": 50035, "message": "Invalid Form Body", "errors": tree}}
}

// decode decodes a checked body.
func decode[T any](body []byte) T {
	var v T
	_ = json.Unmarshal(body, &v) // it was checked; what does not fit stays zero
	return v
}
