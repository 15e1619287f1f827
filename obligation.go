package entente

import "time"

// Obligation is what one party owes another. It is never stored: it follows
// from both ledgers, the agreement, the creditor's notices of outages and the
// time, so that both nodes compute the same list.
type Obligation struct {
	Kind      ObligationKind
	Message   MessageID // for which it is owed
	Title     string    // of that message, for the desk; empty where the asker may not read it
	Agreement AgreementID
	Debtor    PartyID
	Creditor  PartyID
	Clause    string    // "deadline.dispose"
	Waiting   bool      // there is no receipt for the message: Since and Due do not say anything
	Since     time.Time // when the debtor's receipt started the clock
	Due       time.Time
	Void      bool // the message was withdrawn, or an end note does not vouch for it
	Met       *Met // by which answer; nil: the creditor has receipted none
	// Answered is an answer that has no receipt yet; empty: there is none. The
	// debtor alone knows of it: it is a remark, not a state.
	Answered MessageID
}

// Met says which answer meets an obligation, and when it does.
type Met struct {
	By       MessageID
	At       time.Time // what counts: Received, or Written where the creditor's word allows it
	Received time.Time // the creditor's receipt for the answer
	Written  time.Time // what the debtor says; shown beside, believed only as Under says
	Under    Allowance // why Written counts; empty: it does not
}

// Allowance is why an answer counts from when its sender says that it was
// written. The creditor signed each of them.
type Allowance string

const (
	AllowedCourier Allowance = "deadline.courier" // the clause: a courier brought it, no later than the agreement allows
	AllowedOutage  Allowance = "outage"           // the creditor's notice: its node could not be reached
)

// Outage is a party's signed notice that its node could not be reached.
type Outage struct {
	Notice    MessageID // what the notice is called here
	Agreement AgreementID
	Party     PartyID // whose node it was
	Partner   PartyID // to whom it says so
	From      time.Time
	Until     time.Time
}

// OutageGrace is how long after an outage an answer may arrive that was written
// during it.
const OutageGrace = 24 * time.Hour

// ObligationKind is what is owed.
type ObligationKind string

const (
	OwesAcknowledgement ObligationKind = "acknowledgement"
	OwesDisposition     ObligationKind = "disposition"
)

// ObligationState is where an obligation stands at a time.
type ObligationState string

const (
	ObligationWaiting ObligationState = "waiting" // the message has no receipt
	ObligationOpen    ObligationState = "open"
	ObligationOverdue ObligationState = "overdue"
	ObligationMet     ObligationState = "met"
	ObligationLate    ObligationState = "met late"
	// ObligationClaimed is an answer that came too late and says of itself that it
	// was written in time. Nothing that the creditor signed excuses it.
	ObligationClaimed ObligationState = "late, said to be written in time"
	ObligationVoid    ObligationState = "void"
)

// State says where the obligation stands at now.
func (o Obligation) State(now time.Time) ObligationState {
	switch {
	case o.Void:
		return ObligationVoid
	case o.Waiting:
		return ObligationWaiting
	case o.Met == nil && now.After(o.Due):
		return ObligationOverdue
	case o.Met == nil:
		return ObligationOpen
	case !o.Met.At.After(o.Due):
		return ObligationMet
	case !o.Met.Written.After(o.Due):
		return ObligationClaimed
	}
	return ObligationLate
}

// Pending reports whether something is still to be done: no answer has a receipt.
func (o Obligation) Pending() bool { return !o.Void && o.Met == nil }

// Compare orders obligations by due time; those whose clock has not started come
// last.
func (o Obligation) Compare(p Obligation) int {
	switch {
	case o.Waiting && p.Waiting:
		return 0
	case o.Waiting:
		return 1
	case p.Waiting:
		return -1
	}
	return o.Due.Compare(p.Due)
}
