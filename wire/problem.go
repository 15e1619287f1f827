package wire

import (
	"errors"
	"net/http"

	"entente"
	"entente/parse"
)

// kinds is the one table between kinds of errors, their names on the wire and
// statuses of HTTP. The first status of a kind is the one that is used where
// nothing says otherwise.
var kinds = []struct {
	kind   error
	name   string
	words  string // what the asked node says
	heard  string // what the asking node tells its own people
	status []int
}{
	{
		entente.Invalid, "invalid", "The request is not in the form of the protocol.", "found our request to be wrong",
		[]int{http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusRequestedRangeNotSatisfiable},
	},
	{entente.NotFound, "not-found", "There is no such thing, or none that the asker may know of.", "has no such thing for us", []int{http.StatusNotFound}},
	{entente.Denied, "denied", "A rule or an agreement forbids it.", "does not let us do that", []int{http.StatusForbidden}},
	{entente.Conflict, "conflict", "It does not follow from what is here.", "is in another state than we thought", []int{http.StatusConflict}},
	{entente.Unverified, "unverified", "A signature or a proof does not hold.", "could not verify what we sent", []int{http.StatusUnprocessableEntity}},
	{
		entente.Unavailable, "unavailable", "Not now: try again later.", "cannot do it now",
		[]int{http.StatusServiceUnavailable, http.StatusTooManyRequests, http.StatusInternalServerError},
	},
}

const maxProblem = 4 << 10

// problem is an error as it goes over the wire (RFC 9457, with kind, field and
// reason as extensions). It has no words that the error came with: a Detail is
// meant for our own officers.
type problem struct {
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Kind   string         `json:"kind"`
	Field  string         `json:"field,omitzero"`
	Reason entente.Reason `json:"reason,omitzero"`
}

func (p problem) check() error {
	_, ok := p.of()
	switch {
	case !ok:
		return bad("kind", "kind and status do not belong together", entente.ReasonMalformed)
	case len(p.Title) > 200:
		return bad("title", "it is too long", entente.ReasonTooLarge)
	case p.Field != "" && !isField(p.Field):
		return bad("field", "it is not the path of a field", entente.ReasonMalformed)
	}
	if p.Reason != "" {
		if _, err := entente.ParseReason(string(p.Reason)); err != nil {
			return bad("reason", "it is not a reason code", entente.ReasonMalformed)
		}
	}
	return nil
}

// of gives the row of the table that fits both kind and status.
func (p problem) of() (row int, ok bool) {
	for i, k := range kinds {
		for _, s := range k.status {
			if k.name == p.Kind && s == p.Status {
				return i, true
			}
		}
	}
	return 0, false
}

// problemOf says of err what a partner may know.
func problemOf(err error) problem {
	e, ok := errors.AsType[*entente.Error](err)
	if !ok || e.Kind == entente.Damaged { // ours to mend, and the partner's to send again: no word of it leaves
		e = &entente.Error{Kind: entente.KindOf(err)}
	}
	if e.Kind == entente.Damaged {
		e.Kind = entente.Unavailable
	}
	row, code := len(kinds)-1, http.StatusInternalServerError // no kind: our own fault, and so worth another try
	for i, k := range kinds {
		if e.Kind == k.kind {
			row, code = i, k.status[0]
		}
	}
	p := problem{Kind: kinds[row].name, Title: kinds[row].words, Status: code}
	if isField(e.Field) {
		p.Field = e.Field
	}
	if e.Reason.Known() {
		p.Reason = e.Reason
	}
	if e.Kind == entente.Invalid && e.Reason == entente.ReasonTooLarge {
		p.Status = http.StatusRequestEntityTooLarge
	}
	if s, ok := e.Cause.(status); ok {
		p.Status = int(s)
	}
	return p
}

// status is the cause of an error that has a status of its own among those of its kind.
type status int

func (s status) Error() string { return http.StatusText(int(s)) }

// err gives what a partner said as an error of ours, in our words: nothing that
// another party wrote is shown to an officer as if we had.
func (p problem) err(from entente.PartyID) *entente.Error {
	row, _ := p.of()
	return heard(row, from, p.Field, p.Reason)
}

// statusErr gives what a status alone says, for an answer without a body.
func statusErr(code int, from entente.PartyID) (*entente.Error, bool) {
	for i, k := range kinds {
		for _, s := range k.status {
			if s == code {
				return heard(i, from, "", ""), true
			}
		}
	}
	return nil, false
}

func heard(row int, from entente.PartyID, field string, reason entente.Reason) *entente.Error {
	detail := string(from) + " " + kinds[row].heard
	if reason == entente.ReasonBusy {
		detail = string(from) + " has too much to do"
	}
	return &entente.Error{Kind: kinds[row].kind, Field: field, Detail: detail, Reason: reason}
}

// isField reports whether s can be a path such as "deliveries[0].envelope": a
// path never has content in it, so whatever does not look like one is dropped.
func isField(s string) bool {
	if s == "" || len(s) > 200 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '.', c == '_', c == '-', c == '[', c == ']', c == '?':
		default:
			return false
		}
	}
	return true
}

func readProblem(b []byte) (problem, error) {
	p, err := parse.Canonical[problem](b, maxProblem)
	if err == nil {
		err = p.check()
	}
	return p, err
}

// plain keeps the words of an error and drops its kind, where the error is the
// cause of one of another kind.
func plain(err error) error { return errors.New(err.Error()) }
