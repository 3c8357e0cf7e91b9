package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema is Discord's published specification (OpenAPI 3.1). It may be shared by
// servers.
type Schema struct {
	mu       sync.Mutex
	doc      map[string]any
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
}

const schemaName = "discord-openapi.json"

// FindSchema looks for the specification: in the folder that the environment's
// SJOTBOT_SHARED names, else in a folder "shared" beside the project.
func FindSchema() (path string, found bool) {
	var folders []string
	if shared := os.Getenv("SJOTBOT_SHARED"); shared != "" {
		folders = append(folders, shared)
	}
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			folders = append(folders, filepath.Join(dir, "..", "shared"), filepath.Join(dir, "..", "..", "shared"))
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	for _, folder := range folders {
		path := filepath.Join(folder, "specs", schemaName)
		if _, err := os.Stat(path); err == nil {
			return path, true
		}
	}
	return "", false
}

// LoadSchema reads a specification.
func LoadSchema(path string) (*Schema, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("discordtest: %w", err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return nil, fmt.Errorf("discordtest: %s: %w", path, err)
	}
	object, ok := doc.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("discordtest: %s is not a specification", path)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("mem:///"+schemaName, doc); err != nil {
		return nil, fmt.Errorf("discordtest: %w", err)
	}
	return &Schema{doc: object, compiler: c, compiled: map[string]*jsonschema.Schema{}}, nil
}

// check returns what is wrong with the body of a request of a route.
func (s *Schema) check(method, template string, body []byte) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	pointer := []string{"paths", template, strings.ToLower(method), "requestBody", "content", "application/json", "schema"}
	node := s.at(pointer)
	if node == nil {
		if len(body) > 0 && method != http.MethodDelete {
			return []string{"the specification knows no such body"}
		}
		return nil
	}
	compiled, err := s.compile(pointer)
	if err != nil {
		return []string{"the specification does not compile: " + err.Error()}
	}
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
	if err != nil {
		return []string{"not JSON"}
	}
	var problems []string
	if err := compiled.Validate(instance); err != nil {
		problems = append(problems, "breaks the specification: "+err.Error())
	}
	return append(problems, s.strangers(node, instance, "")...)
}

func (s *Schema) at(pointer []string) any {
	var node any = s.doc
	for _, key := range pointer {
		object, ok := node.(map[string]any)
		if !ok {
			return nil
		}
		node = object[key]
	}
	return node
}

func (s *Schema) compile(pointer []string) (*jsonschema.Schema, error) {
	var escaped []string
	for _, key := range pointer {
		escaped = append(escaped, url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(key)))
	}
	at := "mem:///" + schemaName + "#/" + strings.Join(escaped, "/")
	if compiled := s.compiled[at]; compiled != nil {
		return compiled, nil
	}
	compiled, err := s.compiler.Compile(at)
	if err != nil {
		return nil, fmt.Errorf("compile: %w", err)
	}
	s.compiled[at] = compiled
	return compiled, nil
}

// strangers lists keys of an instance that the specification does not know.
// Discord ignores them, so that a misspelt one is a bug that nobody sees.
func (s *Schema) strangers(node, instance any, path string) []string {
	var problems []string
	switch v := instance.(type) {
	case []any:
		items := s.children(node, "items")
		for i, element := range v {
			problems = append(problems, s.strangers(items, element, fmt.Sprintf("%s[%d]", path, i))...)
		}
	case map[string]any:
		known, open := s.properties(node)
		if open || len(known) == 0 {
			return nil
		}
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			nodes, ok := known[key]
			if !ok {
				problems = append(problems, "unknown key "+path+"."+key)
				continue
			}
			problems = append(problems, s.strangers(map[string]any{"anyOf": nodes}, v[key], path+"."+key)...)
		}
	}
	return problems
}

// alternatives returns a schema and all those it refers to or is composed of.
func (s *Schema) alternatives(node any, depth int) []map[string]any {
	object, ok := node.(map[string]any)
	if !ok || depth > 16 {
		return nil
	}
	list := []map[string]any{object}
	if ref, ok := object["$ref"].(string); ok {
		list = append(list, s.alternatives(s.at(strings.Split(strings.TrimPrefix(ref, "#/"), "/")), depth+1)...)
	}
	for _, key := range []string{"oneOf", "anyOf", "allOf"} {
		if options, ok := object[key].([]any); ok {
			for _, option := range options {
				list = append(list, s.alternatives(option, depth+1)...)
			}
		}
	}
	return list
}

// properties is the union of what the alternatives allow.
func (s *Schema) properties(node any) (known map[string][]any, open bool) {
	known = map[string][]any{}
	for _, object := range s.alternatives(node, 0) {
		if extra, ok := object["additionalProperties"]; ok && extra != false {
			open = true
		}
		properties, _ := object["properties"].(map[string]any)
		for key, property := range properties {
			known[key] = append(known[key], property)
		}
	}
	return known, open
}

// children is the union of what the alternatives say under a key.
func (s *Schema) children(node any, key string) any {
	var list []any
	for _, object := range s.alternatives(node, 0) {
		if child, ok := object[key]; ok {
			list = append(list, child)
		}
	}
	return map[string]any{"anyOf": list}
}

// check returns what is wrong with a request: by the specification, then by the
// limits it does not hold. Call it with the server's lock held.
func (s *Server) check(in *request, r route) []string {
	var problems []string
	if s.options.Schema != nil {
		problems = s.options.Schema.check(r.method, r.template, in.body)
	}
	var value any
	if len(in.body) > 0 && json.Unmarshal(in.body, &value) != nil {
		return append(problems, "not JSON")
	}
	return append(problems, rules(r.name, value, len(in.files))...)
}
