package policy

import (
	"cmp"
	"slices"
	"time"

	"entente"
)

const disposeClause = "deadline.dispose"

func acknowledgeClause(p entente.Precedence) string { return "deadline.acknowledge." + string(p) }

// Exchanged is a message of a thread, as either end holds it.
type Exchanged struct {
	Message   entente.Message
	Delivered time.Time // when the recipient's receipt was signed; zero: not yet
}

// Owed lists what is owed for the tips of a thread that were sent under a: the
// agreement at the epoch of the tip's header. What was owed under an epoch stays
// owed under it, so a thread that spans epochs is asked once with each.
//
// The thread may stand in any order and hold a message twice. Both ends compute
// the same list from the same messages and receipts; a message without a receipt
// neither owes nor meets anything, because only one end knows of it for certain.
// The list is ordered by due time, then by message and kind.
func Owed(a entente.Agreement, thread []Exchanged) []entente.Obligation {
	var owed []entente.Obligation
	seen := map[place]bool{}
	for _, e := range thread {
		h := e.Message.Header
		if e.Message.Statement.Tip == nil || e.Delivered.IsZero() || h.Agreement != a.ID || h.Epoch != a.Epoch || seen[place{h.From, h.To, h.ID}] {
			continue
		}
		seen[place{h.From, h.To, h.ID}] = true
		if d := a.Deadline.Acknowledge[h.Precedence]; d > 0 {
			o := obligation(e, entente.OwesAcknowledgement, acknowledgeClause(h.Precedence), d)
			owed = append(owed, settle(o, thread, entente.KindAcknowledgement, entente.KindDisposition))
		}
		if d := a.Deadline.Dispose; d > 0 {
			o := obligation(e, entente.OwesDisposition, disposeClause, d)
			owed = append(owed, settle(o, thread, entente.KindDisposition))
		}
	}
	slices.SortFunc(owed, func(x, y entente.Obligation) int {
		return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Message, y.Message), cmp.Compare(x.Kind, y.Kind))
	})
	return owed
}

// place tells messages apart: other parties may use the same id.
type place struct {
	from, to entente.PartyID
	id       entente.MessageID
}

func obligation(e Exchanged, k entente.ObligationKind, clause string, d time.Duration) entente.Obligation {
	h := e.Message.Header
	return entente.Obligation{
		Kind: k, Message: h.ID, Title: e.Message.Statement.Tip.Title, Agreement: h.Agreement,
		Debtor: h.To, Creditor: h.From, Clause: clause, Since: e.Delivered, Due: e.Delivered.Add(d),
	}
}

// settle marks the obligation as met by the first of the debtor's answers of
// these kinds that was delivered: a disposition shows that somebody has seen the
// tip, so it meets the acknowledgement, too. First is by place in the channel,
// which both ends agree on.
//
// It was met when the answer was written, as far as that can be believed: not
// before the tip was received, and not after the answer was.
func settle(o entente.Obligation, thread []Exchanged, kinds ...entente.Kind) entente.Obligation {
	var first *Exchanged
	for i := range thread {
		e := &thread[i]
		h, s := e.Message.Header, e.Message.Statement
		if s.Re() != o.Message || h.From != o.Debtor || h.To != o.Creditor || h.Agreement != o.Agreement || e.Delivered.IsZero() || !slices.Contains(kinds, s.Kind) {
			continue
		}
		if first == nil || earlier(h, first.Message.Header) {
			first = e
		}
	}
	if first == nil {
		return o
	}
	o.Met, o.MetBy = first.Message.Header.Created, first.Message.Header.ID
	if o.Met.After(first.Delivered) {
		o.Met = first.Delivered
	}
	if o.Met.Before(o.Since) {
		o.Met = o.Since
	}
	return o
}

func earlier(x, y entente.Header) bool {
	return cmp.Or(cmp.Compare(x.Seq, y.Seq), cmp.Compare(x.ID, y.ID)) < 0
}
