package web

import (
	"errors"
	"net/http"

	"entente"
	"entente/policy"
)

// statuses is what the outside sees of a kind of failure.
var statuses = []struct {
	kind   error
	status int
	title  string
}{
	{entente.Invalid, http.StatusUnprocessableEntity, "Something is not right in what was sent"},
	{entente.NotFound, http.StatusNotFound, "There is no such page or record"},
	{entente.Denied, http.StatusForbidden, "That is not allowed"},
	{entente.Conflict, http.StatusConflict, "Somebody was faster"},
	{entente.Unverified, http.StatusConflict, "The proof does not hold"},
	{entente.Unavailable, http.StatusServiceUnavailable, "Not now"},
	{entente.Damaged, http.StatusFailedDependency, "The database of this node is damaged"},
}

// kindOf gives the kind of a failure: that of the outermost error, whatever kind
// its cause has.
func kindOf(err error) error {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		return e.Kind
	}
	return entente.KindOf(err)
}

// statusOf gives the status for a failure.
func statusOf(err error) int {
	for _, s := range statuses {
		if s.kind == kindOf(err) {
			return s.status
		}
	}
	return http.StatusInternalServerError
}

// failure is what an error page shows.
type failure struct {
	Title  string
	Detail string
	Hint   string
	Roles  []entente.Role // not empty: only these may
	Back   string         // where to go on
}

// fail answers with what went wrong and the next step.
func (v *visit) fail(err error) {
	f := failure{Title: v.p.T("The node could not do that"), Detail: v.p.T("It is not your fault: something failed inside the node, and its log says what."), Back: "/"}
	status := statusOf(err)
	for _, s := range statuses {
		if s.kind == kindOf(err) {
			f.Title, f.Detail = v.p.T(s.title), ""
			break
		}
	}
	if e, ok := errors.AsType[*entente.Error](err); ok {
		f.Detail, f.Hint = sentence(e.Detail), sentence(e.Hint)
	}
	if status == http.StatusInternalServerError {
		v.Log.ErrorContext(v.ctx(), "answer", "pattern", v.r.Pattern, "err", err)
	}
	v.show(status, f.Title, failed(v.p, f))
}

// failOperation is fail for an operation that the officer's role may lack: it
// then says which roles have it.
func (v *visit) failOperation(op entente.Operation, err error) {
	if !errors.Is(err, entente.Denied) || op == "" || v.p.may(op) {
		v.fail(err)
		return
	}
	f := failure{Title: v.p.T("This is not for your role"), Detail: v.p.T("You are signed in as %s.", v.p.role(v.officer.Role)), Back: "/"}
	for _, r := range entente.Roles {
		if policy.May(r, op) {
			f.Roles = append(f.Roles, r)
		}
	}
	v.show(http.StatusForbidden, f.Title, failed(v.p, f))
}

// need refuses a page that asks nobody else whether the officer may see it; the
// refusal is on record.
func (v *visit) need(op entente.Operation) error {
	object := "page " + v.r.URL.Path
	if id := v.id(); id != "" {
		object = "page of " + string(id)
	}
	return v.Casework.May(v.ctx(), v.officer, op, object[:min(len(object), 100)])
}

func (v *visit) refuseForeign() {
	v.show(http.StatusForbidden, v.p.T("This came from another site"), failed(v.p, failure{
		Title:  v.p.T("This came from another site"),
		Detail: v.p.T("Another web site tried to act in your name. Nothing was done."),
		Back:   "/",
	}))
}
