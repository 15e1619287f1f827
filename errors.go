package entente

import (
	"errors"
	"strings"
	"time"
)

// The kinds of failure. A kind is itself an error, so that a caller asks
// errors.Is(err, entente.Denied) however deep the failure happened. One table,
// in package api and package wire each, maps a kind to what the outside sees.
var (
	Invalid     = errors.New("invalid")     // the input is wrong; sending it again changes nothing
	NotFound    = errors.New("not found")   // no such thing, or none that the asker may know of
	Denied      = errors.New("denied")      // a rule, a role or an agreement forbids it
	Conflict    = errors.New("conflict")    // it was true when the page was drawn and is not any more
	Unverified  = errors.New("unverified")  // a signature, a proof or a digest does not hold
	Unavailable = errors.New("unavailable") // not now: try again later
	Damaged     = errors.New("damaged")     // what this node kept is not as it was written, or is missing; ours to mend
)

// Full is in the chain of an Unavailable error when the disk has no room left, so
// that the log has it once and not for every request.
var Full = errors.New("the disk is full")

// Error is a failure told to three readers: Detail for whoever asked, Hint for
// what to do next, Cause for the log of this node alone.
//
// Detail and Hint must hold no personal data beyond what the asker sent.
type Error struct {
	Kind   error  // one of the kinds above
	Field  string // the field that is wrong, as a path ("tip.subjects[0].names"); may be empty
	Detail string // a sentence without final stop: "the birth date has no year"
	Hint   string // the next step, may be empty: "write it as YYYY, YYYY-MM or YYYY-MM-DD"
	Reason Reason // what a partner is told, when a partner is to be told; may be empty
	Cause  error  // never shown

	Wait time.Duration // of what is Unavailable: when to try again; zero: nobody knows
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.Field != "" {
		b.WriteString(e.Field)
		b.WriteString(": ")
	}
	if e.Detail != "" {
		b.WriteString(e.Detail)
	} else if e.Kind != nil {
		b.WriteString(e.Kind.Error())
	}
	return b.String()
}

// Unwrap gives the kind and the cause, so that errors.Is and errors.As find both.
func (e *Error) Unwrap() []error {
	var errs []error
	if e.Kind != nil {
		errs = append(errs, e.Kind)
	}
	if e.Cause != nil {
		errs = append(errs, e.Cause)
	}
	return errs
}

// KindOf returns the kind of err, or nil when err carries none. Damaged comes
// first: whatever a damaged record led to, it is not the fault of the person who
// asked.
func KindOf(err error) error {
	for _, k := range []error{Damaged, Invalid, NotFound, Denied, Conflict, Unverified, Unavailable} {
		if errors.Is(err, k) {
			return k
		}
	}
	return nil
}

// ReasonOf returns the reason code that err carries for a partner, or "".
func ReasonOf(err error) Reason {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Reason
	}
	return ""
}

// WaitOf returns when to try again what is Unavailable; zero: nobody knows.
func WaitOf(err error) time.Duration {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Wait
	}
	return 0
}

// ReasonKnownKey is why a descriptor is refused that has a key of another party or
// of another role. No envelope is refused for it.
const ReasonKnownKey Reason = "known-key"

// DamagedRecord is the error for a record of the store that is not as it was
// written, cannot be read, or is missing. Record names its table and id. Of cause
// only the words are kept: its kind is not the kind of this failure.
func DamagedRecord(table, id string, cause error) error {
	e := &Error{
		Kind: Damaged, Field: strings.TrimSpace(table + " " + id), Detail: "a record in the database of this node is damaged and is not shown or used",
		Hint: "the operator lists everything that is damaged with entente store check, keeps a copy of the database, and restores the newest backup into an empty one",
	}
	if cause != nil {
		e.Cause = errors.New(cause.Error())
	}
	return e
}
