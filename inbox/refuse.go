package inbox

import (
	"errors"

	"entente"
	"entente/ledger"
	"entente/seal"
)

// refusal is an error that the partner is to know.
func refusal(r entente.Reason, field, detail string) error {
	return &entente.Error{Kind: entente.Denied, Reason: r, Field: field, Detail: detail}
}

// reasoned gives err a reason if it has none and is the partner's fault.
func reasoned(err error, r entente.Reason) error {
	if entente.ReasonOf(err) != "" || !(errors.Is(err, entente.Invalid) || errors.Is(err, entente.Unverified) || errors.Is(err, entente.Denied)) {
		return err
	}
	e := &entente.Error{Kind: entente.KindOf(err), Reason: r, Cause: err}
	if was, ok := errors.AsType[*entente.Error](err); ok {
		e.Field, e.Detail = was.Field, was.Detail
	}
	return e
}

// refuse signs and records why an envelope is not held. What has its place in
// the ledger keeps it and is never receipted there.
func (i *Inbox) refuse(tx entente.Tx, a *arrival, why error) (entente.Settlement, error) {
	e, _ := errors.AsType[*entente.Error](why)
	r := entente.Refusal{
		Message: a.header.ID, Envelope: a.digest, Reason: e.Reason, Field: e.Field, Expected: a.size, Placed: a.placed,
		Final: e.Reason.Treatment(a.header.Class) == entente.TreatFinal, At: i.now(),
	}
	if h := a.header; h.From == a.from && h.To == i.cfg.Self {
		r.Channel = h.Channel()
		if !a.placed {
			head, err := tx.Head(r.Channel.Origin())
			if err != nil {
				return entente.Settlement{}, err
			}
			r.Expected = head.Size
		}
	}
	us, err := i.us(tx)
	if err != nil {
		return entente.Settlement{}, err
	}
	r, err = seal.SignRefusal(r, i.cfg.Keys.Message, us.Party)
	if err != nil {
		return entente.Settlement{}, err
	}
	if err := tx.PutRefusal(entente.Outgoing, r); err != nil {
		return entente.Settlement{}, err
	}
	i.cfg.Log.Warn("inbox: refused", "from", a.from, "message", a.header.ID, "reason", e.Reason, "field", e.Field)
	return entente.Settlement{Envelope: a.digest, Refusal: r.Text}, nil
}

// noteSplit keeps both checkpoints when the sender's ledger contradicts what
// the sender signed before: that is evidence.
func (i *Inbox) noteSplit(tx entente.Tx, ch entente.Channel, err error) error {
	split, ok := errors.AsType[*ledger.SplitView](err)
	if !ok {
		return err
	}
	if putErr := i.keepSplit(tx, ch.Origin(), split); putErr != nil {
		return putErr
	}
	return err
}
