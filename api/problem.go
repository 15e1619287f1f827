package api

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"entente"
	"entente/internal/door"
)

// kinds is the table of failures: how each kind of error is named in a problem,
// and which status carries it. The client reads it the other way.
var kinds = []struct {
	kind   error
	name   string
	status int
}{
	{entente.Invalid, "invalid", http.StatusUnprocessableEntity},
	{entente.NotFound, "not-found", http.StatusNotFound},
	{entente.Denied, "denied", http.StatusForbidden},
	{entente.Conflict, "conflict", http.StatusConflict},
	{entente.Unverified, "unverified", http.StatusUnprocessableEntity},
	{entente.Unavailable, "unavailable", http.StatusServiceUnavailable},
	{entente.Damaged, "damaged", http.StatusFailedDependency},
}

// internal names what has no kind: a fault of this node, told in its log alone.
const internal = "internal"

// Problem is an error as the interface tells it (RFC 9457).
type Problem struct {
	Title  string         `json:"title" doc:"The status in words." example:"Forbidden"`
	Status int            `json:"status" doc:"The HTTP status." example:"403"`
	Kind   string         `json:"kind" enum:"invalid,not-found,denied,conflict,unverified,unavailable,damaged,internal" doc:"What kind of failure it is. unavailable and internal may pass: try again later. Nothing else changes by trying again. damaged is a record in the node's database that is not as it was written: its operator restores a backup." example:"denied"`
	Detail string         `json:"detail" doc:"What went wrong, for the person who asked." example:"the author of a draft cannot release it"`
	Hint   string         `json:"hint,omitzero" doc:"The next step." example:"ask another releaser: release.four-eyes wants two people"`
	Field  string         `json:"field,omitzero" doc:"The field, clause or operation that it is about." example:"statement.tip.subjects[0].names"`
	Reason entente.Reason `json:"reason,omitzero" doc:"The reason code of the protocol, where one applies."`
	More   []Flaw         `json:"more,omitzero" doc:"Further fields that are wrong."`

	wait time.Duration // of what is unavailable: when to try again
}

// Flaw is one field that is wrong.
type Flaw struct {
	Field  string `json:"field,omitzero" doc:"The field, as a path." example:"statement.tip.title"`
	Detail string `json:"detail" doc:"What is wrong with it." example:"a required field is missing"`
	Hint   string `json:"hint,omitzero" doc:"The next step." example:"write one line for the inbox"`
}

// Error, GetStatus, GetHeaders and ContentType let huma answer with a Problem.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders asks for a token where nobody is signed in (RFC 6750, section 3), and
// says when to try again what is unavailable (RFC 9110, section 10.2.3).
func (p *Problem) GetHeaders() http.Header {
	switch p.Status {
	case http.StatusUnauthorized:
		return http.Header{"Www-Authenticate": {`Bearer realm="entente"`}}
	case http.StatusServiceUnavailable:
		return http.Header{"Retry-After": {door.RetryAfter(p.wait)}}
	}
	return nil
}

// ContentType names the media type of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// problemOf tells an error to whoever asked. The cause is never told.
func problemOf(err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	e, ok := errors.AsType[*entente.Error](err)
	if !ok {
		e = &entente.Error{Kind: entente.KindOf(err)}
	}
	p := &Problem{Status: http.StatusInternalServerError, Kind: internal}
	for _, k := range kinds {
		// The error's own kind, not that of a cause below it.
		if errors.Is(e.Kind, k.kind) {
			p.Status, p.Kind = k.status, k.name
			p.Detail, p.Hint, p.Field, p.Reason, p.wait = e.Detail, e.Hint, e.Field, e.Reason, e.Wait
			break
		}
	}
	p.Title = http.StatusText(p.Status)
	switch {
	case p.Kind == internal:
		p.Detail, p.Hint = "something went wrong inside the node", "tell your operator: the node's log says what"
	case p.Detail == "":
		p.Detail = p.Kind
	}
	return p
}

// unauthenticated says that it matters who asks, and that we do not know.
func unauthenticated(err error) *Problem {
	p := problemOf(err)
	if p.Kind == "denied" {
		p.Status, p.Title = http.StatusUnauthorized, http.StatusText(http.StatusUnauthorized)
	}
	return p
}

// asError gives back the error that a problem tells.
func (p *Problem) asError() *entente.Error {
	e := &entente.Error{Detail: p.Detail, Hint: p.Hint, Field: p.Field, Reason: p.Reason, Wait: p.wait}
	for _, k := range kinds {
		if k.name == p.Kind {
			e.Kind = k.kind
		}
	}
	if e.Kind == nil {
		e.Kind = entente.Unavailable
	}
	return e
}

// tell turns what huma says of a request into a Problem. The value that was
// wrong is not repeated: it may be anything.
func tell(_ huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	p := &Problem{Title: http.StatusText(m.Status), Status: m.Status, Kind: "invalid", Detail: m.Detail, Hint: "the interface is described in /api/openapi.json"}
	switch m.Status {
	case http.StatusRequestEntityTooLarge:
		p.Reason = entente.ReasonTooLarge
	case http.StatusRequestTimeout:
		p.Kind = "unavailable"
	case http.StatusInternalServerError:
		p.Kind, p.Detail = internal, "the request could not be read to its end"
	}
	for i, e := range m.Errors {
		f := flawOf(e)
		if i == 0 {
			p.Field, p.Detail, p.Reason = f.Field, f.Detail, reasonOf(e.Message)
			continue
		}
		p.More = append(p.More, f)
	}
	return p, nil
}

func flawOf(e *huma.ErrorDetail) Flaw {
	f := Flaw{Field: e.Location, Detail: inWords(e.Message)}
	if f.Field == "body" {
		f.Field = ""
	}
	f.Field = strings.TrimPrefix(f.Field, "body.")
	switch {
	case e.Message == unexpected:
		f.Detail = "this version has no such field"
	case strings.HasPrefix(e.Message, "expected required property "):
		name := strings.TrimSuffix(strings.TrimPrefix(e.Message, "expected required property "), " to be present")
		f.Field = strings.TrimPrefix(f.Field+"."+name, ".")
		f.Detail = "a required field is missing"
	}
	return f
}

// unexpected is huma's word for a field that the schema does not have.
const unexpected = "unexpected property"

func reasonOf(message string) entente.Reason {
	switch {
	case message == unexpected:
		return entente.ReasonUnknownField
	case strings.Contains(message, twice):
		return entente.ReasonDuplicateField
	}
	return ""
}
