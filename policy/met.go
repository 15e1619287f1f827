package policy

import (
	"cmp"
	"slices"
	"time"

	"entente"
)

// weigher finds the answer that meets an obligation.
type weigher struct {
	allowed time.Duration // deadline.courier; 0: the agreement has no such clause
	outages []entente.Outage
	thread  []Exchanged
}

// answered adds to an obligation which of the debtor's answers of these kinds
// meets it: a disposition shows that somebody has seen the tip, so it meets the
// acknowledgement, too. The answer that counts earliest does; of two that count
// from one moment, the one with the earlier place in the channel.
func (w weigher) answered(o entente.Obligation, kinds ...entente.Kind) entente.Obligation {
	if o.Waiting || o.Void {
		return o
	}
	var first, last *entente.Header // that meets it; the newest that has no receipt
	for i := range w.thread {
		e := &w.thread[i]
		h := &e.Message.Header
		if !slices.Contains(kinds, e.Message.Statement.Kind) || !answers(o, e.Message) || e.Void || e.Refused {
			continue
		}
		if e.Receipt == nil {
			if last == nil || earlier(*last, *h) {
				last = h
			}
			continue
		}
		m := w.met(o, *h, *e.Receipt)
		if o.Met == nil || m.At.Before(o.Met.At) || m.At.Equal(o.Met.At) && earlier(*h, *first) {
			o.Met, first = &m, h
		}
	}
	if o.Met == nil && last != nil {
		o.Answered = last.ID
	}
	return o
}

// answers reports whether m is an answer of the debtor to the message of o.
func answers(o entente.Obligation, m entente.Message) bool {
	h := m.Header
	return m.Statement.Re() == o.Message && h.From == o.Debtor && h.To == o.Creditor && h.Agreement == o.Agreement
}

// met says when an answer counts: when the creditor received it, by the
// creditor's receipt. What the debtor says of the time of writing counts only
// where the creditor signed that it may.
func (w weigher) met(o entente.Obligation, answer entente.Header, receipt entente.Receipt) entente.Met {
	m := entente.Met{By: answer.ID, At: receipt.At, Received: receipt.At, Written: answer.Created}
	if m.Written.Before(o.Since) || m.Written.After(m.Received) {
		return m // one of the two clocks is wrong
	}
	switch {
	case w.byCourier(receipt, m):
		m.Under = entente.AllowedCourier
	case w.inOutage(o, m):
		m.Under = entente.AllowedOutage
	default:
		return m
	}
	m.At = m.Written
	return m
}

func (w weigher) byCourier(receipt entente.Receipt, m entente.Met) bool {
	return receipt.Via == entente.ViaCourier && w.allowed > 0 && m.Received.Sub(m.Written) <= w.allowed
}

// inOutage reports whether the creditor said that its node could not be reached
// when the answer was written, and whether the answer came within a day after.
func (w weigher) inOutage(o entente.Obligation, m entente.Met) bool {
	return slices.ContainsFunc(w.outages, func(out entente.Outage) bool {
		return out.Agreement == o.Agreement && out.Party == o.Creditor && out.Partner == o.Debtor &&
			!m.Written.Before(out.From) && !m.Written.After(out.Until) && !m.Received.After(out.Until.Add(entente.OutageGrace))
	})
}

func earlier(x, y entente.Header) bool {
	return cmp.Or(cmp.Compare(x.Seq, y.Seq), cmp.Compare(x.ID, y.ID)) < 0
}
