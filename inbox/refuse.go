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

// refuse signs and records why an envelope is not held. What has its place in the
// ledger keeps it. The same verdict on the same bytes is given in the same bytes:
// who did not get the answer asks again, and an envelope whose cause is gone, or
// that an officer of the sender offers again, is judged again.
func (i *Inbox) refuse(tx entente.Tx, a *arrival, why error) (entente.Settlement, error) {
	e, _ := errors.AsType[*entente.Error](why)
	final := e.Reason.Treatment(a.header.Class) == entente.TreatFinal
	if a.placed {
		if err := i.leaveOpen(tx, a, e.Reason, final); err != nil {
			return entente.Settlement{}, err
		}
	}
	r := entente.Refusal{
		Message: a.header.ID, Envelope: a.digest, Reason: e.Reason, Field: e.Field, Placed: a.placed, Final: final, At: i.now(),
	}
	if h := a.header; h.From == a.from && h.To == i.cfg.Self {
		r.Channel = h.Channel()
		head, err := tx.Head(r.Channel.Origin())
		if err != nil {
			return entente.Settlement{}, err
		}
		r.Expected = head.Size
	}
	if first, err := i.refusedBefore(tx, r); err != nil || first != nil {
		return entente.Settlement{Envelope: a.digest, Refusal: first}, err
	}
	us, err := i.us(tx, a)
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
	a.refused = true
	i.cfg.Log.Warn("inbox: refused", "from", a.from, "message", a.header.ID, "reason", e.Reason, "field", e.Field)
	return entente.Settlement{Envelope: a.digest, Refusal: r.Text}, nil
}

// refusedBefore gives the text of the last refusal of this envelope, if it says the
// same. What is to come again is answered with what is so now.
func (i *Inbox) refusedBefore(tx entente.OutcomeStore, r entente.Refusal) ([]byte, error) {
	if r.Treatment() == entente.TreatAgain {
		return nil, nil
	}
	last, err := tx.Refusal(r.Envelope)
	if errors.Is(err, entente.NotFound) {
		return nil, nil
	}
	if err != nil || last.Reason != r.Reason || last.Field != r.Field || last.Channel != r.Channel || last.Placed != r.Placed {
		return nil, err
	}
	return last.Text, nil
}

// noteSplit keeps both checkpoints when the sender's ledger contradicts what
// the sender signed before: that is evidence. Under an edition that a later one has
// ended it is none: the end note decides.
func (i *Inbox) noteSplit(tx entente.Tx, a *arrival, known ledger.Known, err error) error {
	split, ok := errors.AsType[*ledger.SplitView](err)
	if !ok && entente.ReasonOf(err) != entente.ReasonSplitView {
		return err
	}
	if known.Ended(a.signer.Edition) {
		i.cfg.Log.Warn("inbox: an edition that has ended contradicts its owner's ledger; ignored", "from", a.from, "edition", a.signer.Edition)
		return refusal(entente.ReasonEdition, "checkpoint", "by the end note of a later edition, another record stands at this place")
	}
	if !ok { // another envelope at a known place
		return errors.Join(i.noteSecond(tx, a), err)
	}
	if putErr := i.keepSplit(tx, a.header.Channel().Origin(), split); putErr != nil {
		return putErr
	}
	return err
}
