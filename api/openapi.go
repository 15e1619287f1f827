package api

import (
	"bytes"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// APIVersion is the version of the interface, not of the program. It rises when
// something that a client relies on changes.
const APIVersion = "1.0.0"

// head is the document before any operation is in it.
func head(registry huma.Registry) *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "Entente", Version: APIVersion,
			Description: "The interface of one node to its own officers: the same operations as the desk. " +
				"Sign in with POST /api/v1/sign-in and send the token as Authorization: Bearer. " +
				"Errors are problems (RFC 9457): kind says what kind of failure, detail what went wrong, hint what to do next. " +
				"Fields that this version does not have are refused. Times are RFC 3339 in UTC. " +
				"Every act carries a key of its own, " + KeyHeader + ": to repeat a request whose answer was lost, send it with the same key. " +
				"Every look at content is written to the access log, with the purpose that " + PurposeHeader + " states.",
			License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"},
		},
		Servers: []*huma.Server{{URL: "/", Description: "This node."}},
		Components: &huma.Components{
			Schemas: registry,
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"bearer": {Type: "http", Scheme: "bearer", Description: "A token of the command line."},
				"cookie": {Type: "apiKey", In: "cookie", Name: "__Host-entente", Description: "The session of a browser that is signed in at the desk."},
			},
		},
		Tags: []*huma.Tag{
			{Name: "Account", Description: "Signing in, and what one signs in with."},
			{Name: "Messages", Description: "What came in and went out: reading, acknowledging, assessing, disposing."},
			{Name: "Drafts and release", Description: "What is to leave, and the second officer who lets it."},
			{Name: "Files", Description: "Attachments: encrypted on the way in, decrypted on the way out."},
			{Name: "Queue and courier", Description: "What waits for partners, what they refused, and files for partners without a network."},
			{Name: "Agreements and partners", Description: "What was agreed, with whom, and how far it is open."},
			{Name: "People", Description: "Whom a person may be, across spellings and scripts, and why."},
			{Name: "Lists and feeds", Description: "What is imported and what comes in on travellers, and what of it could not be used."},
			{Name: "Tasks", Description: "What people are asked to decide: hits, links, files to open again."},
			{Name: "Watches", Description: "Standing interest in people."},
			{Name: "Cases", Description: "The desk's files. Nothing in them leaves but by release."},
			{Name: "Oversight", Description: "Who did what, whether the ledgers hold, and evidence for others."},
			{Name: "Officers and the node", Description: "The people of this party and the state of the machine."},
		},
	}
}

// finish puts into the schemas what Go types do not say.
func finish(o *huma.OpenAPI) {
	schemas := o.Components.Schemas.Map()
	// huma's own errors never leave: tell turns each into a Problem.
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	for name, s := range schemas {
		if s.Description == "" {
			s.Description = objects[name]
		}
		for field, p := range s.Properties {
			if w, ok := fields[name+"."+field]; ok {
				describe(p, w)
			}
			if p.Type == huma.TypeArray {
				p.Nullable = false // an empty list is written []
			}
		}
	}
	for _, item := range o.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil {
				listsAreLists(op)
			}
		}
	}
}

func listsAreLists(op *huma.Operation) {
	for _, r := range op.Responses {
		for _, m := range r.Content {
			listIsList(m.Schema)
		}
	}
	for _, p := range op.Parameters {
		listIsList(p.Schema)
	}
}

// listIsList writes only what it must: some schemas belong to all nodes of a
// process, and others may be reading them.
func listIsList(s *huma.Schema) {
	if s.Nullable && s.Type == huma.TypeArray {
		s.Nullable = false
	}
}

// document is what /api/openapi.json says.
func (s *server) document() ([]byte, error) {
	b, err := json.Marshal(s.api.OpenAPI())
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
