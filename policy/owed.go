package policy

import (
	"cmp"
	"slices"
	"time"

	"entente"
)

const (
	disposeClause = "deadline.dispose"
	courierClause = "deadline.courier"
)

func acknowledgeClause(p entente.Precedence) string { return "deadline.acknowledge." + string(p) }

// Exchanged is a message of a thread, as either end holds it.
type Exchanged struct {
	Message entente.Message
	Receipt *entente.Receipt // the recipient's; nil: none is here
	Void    bool             // it was withdrawn, or an end note does not vouch for it
	Refused bool             // for good: it will never have a receipt
}

// Owed lists what is owed for the tips of a thread that were sent under a: the
// agreement at the epoch of the tip's header. What was owed under an epoch stays
// owed under it, so a thread that spans epochs is asked once with each. outages
// are the notices that have a receipt.
//
// The thread may stand in any order and hold a message twice. Both ends compute
// the same list from the same messages and receipts, but for what one end alone
// can know: a tip without a receipt (waiting), and an answer without one
// (Answered). The list is ordered by due time, then by message and kind.
func Owed(a entente.Agreement, thread []Exchanged, outages []entente.Outage) []entente.Obligation {
	var owed []entente.Obligation
	seen := map[place]bool{}
	for _, e := range thread {
		h := e.Message.Header
		at := place{h.From, h.To, h.ID}
		if e.Message.Statement.Tip == nil || h.Agreement != a.ID || h.Epoch != a.Epoch || e.Refused || seen[at] {
			continue
		}
		seen[at] = true
		w := weigher{allowed: a.Deadline.Courier, outages: outages, thread: thread}
		if d := a.Deadline.Acknowledge[h.Precedence]; d > 0 {
			o := obligation(e, entente.OwesAcknowledgement, acknowledgeClause(h.Precedence), d)
			owed = append(owed, w.answered(o, entente.KindAcknowledgement, entente.KindDisposition))
		}
		if d := a.Deadline.Dispose; d > 0 {
			o := obligation(e, entente.OwesDisposition, disposeClause, d)
			owed = append(owed, w.answered(o, entente.KindDisposition))
		}
	}
	slices.SortFunc(owed, func(x, y entente.Obligation) int {
		return cmp.Or(x.Compare(y), cmp.Compare(x.Message, y.Message), cmp.Compare(x.Kind, y.Kind))
	})
	return owed
}

// place tells messages apart: other parties may use the same id.
type place struct {
	from, to entente.PartyID
	id       entente.MessageID
}

// obligation starts the clock with the debtor's receipt. No deadline reaches
// beyond the year 9999.
func obligation(e Exchanged, k entente.ObligationKind, clause string, d time.Duration) entente.Obligation {
	h := e.Message.Header
	o := entente.Obligation{
		Kind: k, Message: h.ID, Title: e.Message.Statement.Tip.Title, Agreement: h.Agreement,
		Debtor: h.To, Creditor: h.From, Clause: clause, Void: e.Void, Waiting: e.Receipt == nil,
	}
	if !o.Waiting {
		o.Since, o.Due = e.Receipt.At, e.Receipt.At.Add(d)
		if o.Due.After(lastDue) {
			o.Due = lastDue
		}
	}
	return o
}

var lastDue = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
