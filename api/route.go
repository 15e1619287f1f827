package api

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente"
	"entente/internal/door"
	"entente/policy"
	"entente/record"
)

// Sizes of request bodies in bytes.
const (
	smallBody     = 64 << 10
	statementBody = 2 << 20 // a statement of a megabyte, and the escapes of JSON
)

// route is one operation of the interface.
type route struct {
	id      string            // "releaseDraft"
	method  string            // "POST"
	path    string            // below /api/v1
	op      entente.Operation // what the officer must be allowed to do; empty: whoever is signed in
	open    bool              // nobody need be signed in
	tag     string
	summary string
	about   string
	status  int    // when it succeeds; 0: 200, or 204 without a body
	body    int64  // the largest body in bytes; 0: smallBody
	again   string // why a request that changes something, or is a POST, needs no key; empty: it needs one
}

// prefix stands before every path.
const prefix = "/api/v1"

func (r route) operation() huma.Operation {
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: prefix + r.path, Tags: []string{r.tag},
		Summary: r.summary, Description: r.about, DefaultStatus: r.status,
		MaxBodyBytes: r.body, BodyReadTimeout: -1, // package door bounds it
		Responses: map[string]*huma.Response{"default": problemResponse},
	}
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = smallBody
	}
	if r.open {
		return op
	}
	op.Parameters = []*huma.Param{purposeParam}
	if r.needsKey() {
		op.Parameters = append(op.Parameters, keyParam)
		op.Metadata = map[string]any{needsKey: true}
	}
	op.Security = []map[string][]string{{"bearer": {}}, {"cookie": {}}}
	if r.op != "" {
		// Read from the table that decides, so that the document cannot say otherwise.
		roles := []entente.Role{}
		for _, role := range entente.Roles {
			if policy.May(role, r.op) {
				roles = append(roles, role)
			}
		}
		op.Extensions = map[string]any{"x-entente-operation": r.op, "x-entente-roles": roles}
	}
	if r.again != "" {
		if op.Extensions == nil {
			op.Extensions = map[string]any{}
		}
		op.Extensions["x-entente-again"] = r.again
	}
	return op
}

// PurposeHeader is the header in which an officer states why he asks.
const PurposeHeader = "Entente-Purpose"

// purposeParam says so, at every operation for which somebody is signed in.
var purposeParam = &huma.Param{
	Name: PurposeHeader, In: "header",
	Description: "Why the officer asks, for the access log: the number of a file, or a purpose of an agreement, in UTF-8. Absent: that for which the thing was written, or what his role stands for.",
	Schema:      &huma.Schema{Type: huma.TypeString, MaxLength: new(200), Examples: []any{"inspection 11/4"}},
}

// reply is an answer with a body.
type reply[T any] struct {
	Repeated string `header:"Entente-Repeated" doc:"true: the act was done by an earlier request with this key, and this is its answer."`
	Body     T
}

// done is an answer without one.
type done struct {
	Repeated string `header:"Entente-Repeated" doc:"true: the act was done by an earlier request with this key."`
}

// answer serves an operation that answers with a T.
func answer[I, T any](s *server, r route, do func(context.Context, entente.Officer, *I) (T, error)) {
	huma.Register(s.api, r.operation(), func(ctx context.Context, in *I) (*reply[T], error) {
		v, err := do(ctx, s.officer(ctx), in)
		if err != nil {
			return nil, s.fail(ctx, r.id, err)
		}
		return &reply[T]{repeated(ctx), v}, nil
	})
}

// act serves an operation that answers only that it is done.
func act[I any](s *server, r route, do func(context.Context, entente.Officer, *I) error) {
	huma.Register(s.api, r.operation(), func(ctx context.Context, in *I) (*done, error) {
		if err := do(ctx, s.officer(ctx), in); err != nil {
			return nil, s.fail(ctx, r.id, err)
		}
		return &done{repeated(ctx)}, nil
	})
}

// Keys of what the gate leaves for a handler.
type (
	officerKey struct{}
	callerKey  struct{}
)

// caller is where a request comes from.
type caller struct{ addr, token string }

// officer gives whom the gate let in. It is an argument from here on.
func (s *server) officer(ctx context.Context) entente.Officer {
	o, _ := ctx.Value(officerKey{}).(entente.Officer)
	return o
}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// gate stands before every operation: it finds out who asks before anything of
// the request is read.
func (s *server) gate(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	ctx = huma.WithValue(ctx, callerKey{}, caller{addr: r.RemoteAddr, token: bearer(r)})
	if len(ctx.Operation().Security) == 0 {
		next(ctx)
		return
	}
	o, err := s.cfg.Officers.FromRequest(r)
	if err != nil {
		s.refuse(ctx, unauthenticated(s.fail(ctx.Context(), ctx.Operation().OperationID, err)))
		return
	}
	why, err := purposeOf(r, o)
	if err != nil {
		s.refuse(ctx, problemOf(err))
		return
	}
	ctx = huma.WithContext(ctx, record.ForPurpose(ctx.Context(), why))
	if err := s.let(ctx, o); err != nil {
		s.refuse(ctx, s.fail(ctx.Context(), ctx.Operation().OperationID, err))
		return
	}
	ctx, end, p := s.once(ctx, o)
	if p != nil {
		s.refuse(ctx, p)
		return
	}
	defer end()
	next(huma.WithValue(ctx, officerKey{}, o))
}

// let judges the officer's role, before anything of the body is read. A refusal
// is on record.
func (s *server) let(ctx huma.Context, o entente.Officer) error {
	if err := door.Admit(ctx.Context(), string(o.ID)); err != nil {
		return err
	}
	op, _ := ctx.Operation().Extensions["x-entente-operation"].(entente.Operation)
	path := ctx.Operation().Path
	if op == "" || strings.Contains(path, "{") && policy.MayGoOn(o.Role, op) {
		return nil
	}
	return s.cfg.Desk.May(ctx.Context(), o, op, record.Object(path, func(name string) string {
		return cmp.Or(ctx.Param(name), ctx.Query(name))
	}))
}

// purposeOf is the purpose that the officer states with a request; empty: none.
func purposeOf(r *http.Request, o entente.Officer) (string, error) {
	switch said := r.Header.Values(PurposeHeader); len(said) {
	case 0:
		return "", nil
	case 1:
		return said[0], record.CheckPurpose(o, said[0])
	}
	return "", &entente.Error{Kind: entente.Invalid, Field: "purpose", Detail: "a request has one purpose", Hint: "send the header " + PurposeHeader + " once"}
}

// fail logs what only this node may know of an error, and gives what the rest may.
func (s *server) fail(ctx context.Context, id string, err error) *Problem {
	p := problemOf(err)
	switch {
	case p.Kind != internal:
	case door.HungUp(ctx, err):
		s.cfg.Log.Debug("api: "+id+": nobody waits for the answer", "err", err)
	default:
		s.cfg.Log.Error("api: "+id, "err", err)
	}
	return p
}

// refuse answers with a problem where huma has not begun to answer.
func (s *server) refuse(ctx huma.Context, p *Problem) {
	for name, values := range p.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	// Whoever has hung up meanwhile misses nothing.
	_ = jsonFormat.Marshal(ctx.BodyWriter(), p)
}

// problemResponse describes every answer that is no success.
var problemResponse = &huma.Response{
	Description: "A problem: what went wrong and what to do next.",
	Content: map[string]*huma.MediaType{
		"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}},
	},
}

// ok describes a success whose body the code streams.
func ok(status int, description, media string) (string, *huma.Response) {
	return strconv.Itoa(status), &huma.Response{
		Description: description,
		Content:     map[string]*huma.MediaType{media: {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
	}
}

// bearer gives the token that a request presents, or "".
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
