package outbox

import (
	"context"
	"time"

	"entente"
)

// DeclareOutage tells the other parties of an agreement that our node could not be
// reached for a time. What they answered then, and what arrives within a day after
// it, counts for their deadlines from when they wrote it. to names one of them;
// empty: all. It cannot be taken back.
func (o *Outbox) DeclareOutage(ctx context.Context, by entente.Officer, a entente.AgreementID, to entente.PartyID, from, until time.Time) error {
	from, until = from.UTC().Truncate(time.Microsecond), until.UTC().Truncate(time.Microsecond)
	err := o.do(ctx, by, entente.OpDeclareOutage, "agreement "+string(a), func(tx entente.Tx) error {
		rec, err := tx.Agreement(a, 0)
		if err != nil {
			return noAgreement(a, err)
		}
		if err := checkOutage(from, until, o.now()); err != nil {
			return err
		}
		told := 0
		for _, p := range rec.Agreement.Parties {
			if p == o.cfg.Self || to != "" && p != to {
				continue
			}
			told++
			_, err := o.SendIn(tx, by, newID(o.now()), entente.Draft{To: p, Agreement: a, Statement: entente.Statement{
				Kind: entente.KindNotice, Purpose: rec.Agreement.Purposes[0], Precedence: entente.Immediate,
				Notice: &entente.Notice{What: entente.NoticeOutage, From: from, Until: until},
			}})
			if err != nil {
				return err
			}
		}
		if told == 0 {
			return &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "this agreement has no other party of that name", Hint: "choose one of the agreement's parties, or none for all of them"}
		}
		return nil
	})
	if err == nil {
		o.Wake()
	}
	return err
}

// checkOutage checks that an outage lies behind us: nobody knows before when a
// node will be back.
func checkOutage(from, until, now time.Time) error {
	switch {
	case from.IsZero():
		return &entente.Error{Kind: entente.Invalid, Field: "from", Detail: "the beginning of the outage is missing", Hint: "write the time since when the node could not be reached"}
	case until.IsZero():
		return &entente.Error{Kind: entente.Invalid, Field: "until", Detail: "the end of the outage is missing", Hint: "write the time from when the node could be reached again"}
	case until.Before(from):
		return &entente.Error{Kind: entente.Invalid, Field: "until", Detail: "the outage ends before it begins", Hint: "correct one of the two times"}
	case until.After(now):
		return &entente.Error{Kind: entente.Invalid, Field: "until", Detail: "the outage ends in the future", Hint: "declare it when the node can be reached again"}
	}
	return nil
}

// putOutage keeps what we declared.
func putOutage(tx entente.OutageStore, f entente.Filed) error {
	h, n := f.Message.Header, f.Message.Statement.Notice
	return tx.PutOutage(entente.Outage{Notice: f.Name, Agreement: h.Agreement, Party: h.From, Partner: h.To, From: n.From, Until: n.Until})
}
