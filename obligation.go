package entente

import "time"

// Obligation is what one party owes another. It is never stored: it follows
// from both ledgers, the agreement and the time, so that both nodes compute the
// same list.
type Obligation struct {
	Kind      ObligationKind
	Message   MessageID // for which it is owed
	Title     string    // of that message, for the desk; empty where the asker may not read it
	Agreement AgreementID
	Debtor    PartyID
	Creditor  PartyID
	Clause    string    // "deadline.dispose"
	Since     time.Time // when the debtor's receipt started the clock
	Due       time.Time
	Met       time.Time // zero: not yet
	MetBy     MessageID
}

// ObligationKind is what is owed.
type ObligationKind string

const (
	OwesAcknowledgement ObligationKind = "acknowledgement"
	OwesDisposition     ObligationKind = "disposition"
)

// State of an obligation at a time.
type ObligationState string

const (
	ObligationOpen    ObligationState = "open"
	ObligationOverdue ObligationState = "overdue"
	ObligationMet     ObligationState = "met"
	ObligationLate    ObligationState = "met late"
)

// State says where the obligation stands at now.
func (o Obligation) State(now time.Time) ObligationState {
	switch {
	case o.Met.IsZero() && now.After(o.Due):
		return ObligationOverdue
	case o.Met.IsZero():
		return ObligationOpen
	case o.Met.After(o.Due):
		return ObligationLate
	}
	return ObligationMet
}
