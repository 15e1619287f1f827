package web

import (
	"cmp"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"entente"
	guard "entente/internal/door"
	"entente/policy"
	"entente/record"
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
	Again  int            // seconds after which to try again; 0: not said
	Back   string         // where to go on
}

// fail answers with what went wrong and the next step.
func (v *visit) fail(err error) {
	f := failure{Title: v.p.T("The node could not do that"), Detail: v.p.T("It is not your fault: something failed inside the node, and its log says what."), Back: "/"}
	status := v.status(err)
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
		v.fault("answer", err, "pattern", v.r.Pattern)
	}
	f.Again, _ = strconv.Atoi(v.w.Header().Get("Retry-After"))
	v.show(status, f.Title, failed(v.p, f))
}

// status gives the status for a failure, and says in the answer's header when to
// try again what is only not possible now.
func (v *visit) status(err error) int {
	status := statusOf(err)
	if status == http.StatusServiceUnavailable {
		v.w.Header().Set("Retry-After", guard.RetryAfter(entente.WaitOf(err)))
	}
	return status
}

// fault logs a failure of the node itself. That the visitor has left is none.
func (v *visit) fault(what string, err error, args ...any) {
	level := slog.LevelError
	if guard.HungUp(v.ctx(), err) {
		level = slog.LevelDebug
	}
	v.Log.Log(v.ctx(), level, what, append(args, "err", err)...)
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

// judge judges the officer's role before anything of the request is read.
func (v *visit) judge(r route) error {
	if strings.Contains(r.pattern, "{") && policy.MayGoOn(v.officer.Role, r.op) {
		return nil
	}
	return v.need(r.op)
}

// need refuses what the officer's role may not do; the refusal is on record.
func (v *visit) need(op entente.Operation) error {
	if op == "" {
		return nil
	}
	return v.Casework.May(v.ctx(), v.officer, op, record.Object(v.r.Pattern, func(name string) string {
		return cmp.Or(v.r.PathValue(name), v.r.URL.Query().Get(name))
	}))
}

func (v *visit) refuseForeign() {
	v.show(http.StatusForbidden, v.p.T("This came from another site"), failed(v.p, failure{
		Title:  v.p.T("This came from another site"),
		Detail: v.p.T("Another web site tried to act in your name. Nothing was done."),
		Back:   "/",
	}))
}
