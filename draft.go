package entente

import (
	"bytes"
	"time"
)

// DraftID is a UUIDv7. The message that a draft becomes keeps it as its MessageID.
type DraftID = MessageID

// DraftState is where a draft stands on its way out.
type DraftState string

const (
	DraftOpen      DraftState = "open"      // being written
	DraftSubmitted DraftState = "submitted" // waits for release; Payload is fixed
	DraftReturned  DraftState = "returned"  // the releaser sent it back with a reason
	DraftReleased  DraftState = "released"  // sealed and in the ledger
	DraftWithdrawn DraftState = "withdrawn" // the author gave it up
)

// Draft is a message on its way out. While it is open, Statement may change;
// once submitted, Payload holds the exact bytes that will leave and nothing changes.
type Draft struct {
	ID        DraftID
	Author    OfficerID
	To        PartyID
	Agreement AgreementID
	Expires   time.Time // zero: the node's default from the time of release
	Statement Statement
	State     DraftState
	Payload   []byte // set when submitted: the encoded statement
	Returned  string // why the releaser sent it back
	Created   time.Time
	Changed   time.Time
	Version   int // rises with every change, so that two editors cannot overwrite each other
}

// Digest names the exact bytes that would leave.
func (d Draft) Digest() Digest { return DigestOf(d.Payload) }

// Released is a draft that a second officer, or a clause that every party
// signed, lets leave. Only Release makes one, and package seal seals nothing else.
type Released struct {
	draft    Draft
	releaser OfficerID
	clause   string
	at       time.Time
}

// Release lets a submitted draft leave.
//
// The releaser says by seen which bytes he was shown; they must be the draft's.
// Unless the agreement's rule lets one officer suffice for the kind, the
// releaser must not be the author. Errors: Conflict when the draft is not
// waiting or the bytes differ; Denied when the author releases his own.
func Release(d Draft, rule ReleaseRule, releaser OfficerID, seen Digest, at time.Time) (Released, error) {
	if d.State != DraftSubmitted || len(d.Payload) == 0 {
		return Released{}, &Error{Kind: Conflict, Detail: "this draft is not waiting for release", Hint: "look at it again: it may have been released, returned or withdrawn"}
	}
	if seen != d.Digest() {
		return Released{}, &Error{Kind: Conflict, Detail: "what you were shown is not what would leave", Hint: "open the draft again, read it, and release what you see"}
	}
	if releaser == "" {
		return Released{}, &Error{Kind: Denied, Detail: "nobody stands behind this release"}
	}
	four, clause := rule.NeedsFourEyes(d.Statement.Kind)
	if four && releaser == d.Author {
		return Released{}, &Error{Kind: Denied, Detail: "the author of a draft cannot release it", Hint: "ask another releaser: " + clause + " wants two people"}
	}
	d.Payload = bytes.Clone(d.Payload)
	return Released{draft: d, releaser: releaser, clause: clause, at: at}, nil
}

// ID is the id of the message.
func (r Released) ID() MessageID { return r.draft.ID }

// Payload gives a copy of the exact bytes that leave.
func (r Released) Payload() []byte { return bytes.Clone(r.draft.Payload) }

// Draft gives the draft that was released.
func (r Released) Draft() Draft {
	d := r.draft
	d.Payload = bytes.Clone(d.Payload)
	return d
}

// Releaser is who released, Clause the clause that let him, At when.
func (r Released) Releaser() OfficerID { return r.releaser }
func (r Released) Clause() string      { return r.clause }
func (r Released) At() time.Time       { return r.at }

// IsZero reports whether r was never released.
func (r Released) IsZero() bool { return r.releaser == "" }
