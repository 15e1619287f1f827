package api

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"entente"
)

// operation is one operation as the published file has it.
type operation struct {
	Method, Path string
	matches      *regexp.Regexp

	OperationID string              `json:"operationId"`
	Summary     string              `json:"summary"`
	Operation   entente.Operation   `json:"x-entente-operation"`
	Roles       []entente.Role      `json:"x-entente-roles"`
	Security    []map[string][]any  `json:"security"`
	Again       string              `json:"x-entente-again"`
	Tags        []string            `json:"tags"`
	Parameters  []parameter         `json:"parameters"`
	RequestBody *content            `json:"requestBody"`
	Responses   map[string]*content `json:"responses"`
}

type parameter struct {
	Name, In, Description string
	Required              bool
	Schema                any
}

type content struct {
	Description string
	Content     map[string]struct{ Schema any }
}

var param = regexp.MustCompile(`\{(\w+)\}`)

func published(t testing.TB) []byte {
	t.Helper()
	b, err := newServer(Config{}).document()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// documented gives the operations of the document by id.
func documented(t testing.TB) map[string]operation {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]operation `json:"paths"`
	}
	if err := json.Unmarshal(published(t), &doc); err != nil {
		t.Fatal(err)
	}
	all := map[string]operation{}
	for path, item := range doc.Paths {
		for method, op := range item {
			op.Method, op.Path = strings.ToUpper(method), path
			op.matches = regexp.MustCompile("^" + param.ReplaceAllString(path, "[^/]+") + "$")
			if _, ok := all[op.OperationID]; ok {
				t.Errorf("two operations are called %s", op.OperationID)
			}
			all[op.OperationID] = op
		}
	}
	return all
}

// compiled is the document as a JSON Schema compiler sees it.
type compiled struct{ c *jsonschema.Compiler }

func compile(t testing.TB) compiled {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(published(t)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020) // OpenAPI 3.1, section 4.8.24
	c.AssertFormat()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return compiled{c}
}

func (c compiled) schema(t testing.TB, pointer string) *jsonschema.Schema {
	t.Helper()
	s, err := c.c.Compile("openapi.json#" + pointer)
	if err != nil {
		t.Fatalf("%s is no schema: %v", pointer, err)
	}
	return s
}

// check holds an answer against the schema that the document has for it.
func (c compiled) check(t testing.TB, op operation, body []byte) {
	t.Helper()
	for status := range op.Responses {
		if status == "default" {
			continue
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", op.OperationID, err)
		}
		escaped := strings.ReplaceAll(strings.ReplaceAll(op.Path, "~", "~0"), "/", "~1")
		escaped = strings.NewReplacer("{", "%7B", "}", "%7D").Replace(escaped)
		s := c.schema(t, "/paths/"+escaped+"/"+strings.ToLower(op.Method)+"/responses/"+status+"/content/application~1json/schema")
		if err := s.Validate(v); err != nil {
			t.Errorf("%s answers otherwise than the document says: %v\n%s", op.OperationID, err, body)
		}
	}
}

// Every schema of the document is a JSON Schema, every reference leads
// somewhere, everything has a word, and every example fits its schema.
func TestDocumentIsSound(t *testing.T) {
	schemas := compile(t)
	var doc struct {
		OpenAPI    string
		Components struct {
			Schemas map[string]struct {
				Description string
				Properties  map[string]map[string]any
			}
		}
		Tags []struct{ Name string }
	}
	if err := json.Unmarshal(published(t), &doc); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1.") {
		t.Errorf("version %q", doc.OpenAPI)
	}
	for name, s := range doc.Components.Schemas {
		schemas.schema(t, "/components/schemas/"+name)
		if s.Description == "" {
			t.Errorf("%s has no description", name)
		}
		for field, p := range s.Properties {
			if p["description"] == nil && p["$ref"] == nil {
				t.Errorf("%s.%s has no description", name, field)
			}
			examples, _ := p["examples"].([]any)
			for _, e := range examples {
				if err := schemas.schema(t, "/components/schemas/"+name+"/properties/"+field).Validate(e); err != nil {
					t.Errorf("the example of %s.%s does not fit: %v", name, field, err)
				}
			}
		}
	}
	for name := range objects {
		if _, ok := doc.Components.Schemas[name]; !ok {
			t.Errorf("%s is described and not in the document", name)
		}
	}
	for name := range fields {
		object, field, _ := strings.Cut(name, ".")
		if _, ok := doc.Components.Schemas[object].Properties[field]; !ok {
			t.Errorf("%s is described and not in the document", name)
		}
	}
	for id, op := range documented(t) {
		sound(t, id, op)
		for _, tag := range op.Tags {
			if !slices.ContainsFunc(doc.Tags, func(known struct{ Name string }) bool { return known.Name == tag }) {
				t.Errorf("%s has the unknown tag %q", id, tag)
			}
		}
	}
}

func sound(t *testing.T, id string, op operation) {
	if op.Summary == "" || len(op.Tags) != 1 {
		t.Errorf("%s: summary %q, tags %q", id, op.Summary, op.Tags)
	}
	if (len(op.Security) == 0) != (id == "signIn" || id == "redeemInvitation") {
		t.Errorf("%s: security %v", id, op.Security)
	}
	var inPath []string
	for _, p := range op.Parameters {
		if p.Description == "" || p.Schema == nil {
			t.Errorf("%s: parameter %s has no description or schema", id, p.Name)
		}
		if p.In == "path" {
			inPath = append(inPath, p.Name)
		}
	}
	var want []string
	for _, m := range param.FindAllStringSubmatch(op.Path, -1) {
		want = append(want, m[1])
	}
	slices.Sort(want)
	slices.Sort(inPath)
	if !slices.Equal(inPath, want) {
		t.Errorf("%s: parameters %q of the path %s", id, inPath, op.Path)
	}
	if _, ok := op.Responses["default"].Content["application/problem+json"]; !ok || len(op.Responses) != 2 {
		t.Errorf("%s: responses %v", id, op.Responses)
	}
}
