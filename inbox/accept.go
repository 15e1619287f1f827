package inbox

import (
	"cmp"
	"context"
	"errors"

	"entente"
	"entente/ledger"
	"entente/policy"
	"entente/succession"
)

// Accept takes deliveries from the party at the other end of the connection and
// answers each with a receipt or a refusal. All of them are one transaction: an
// error means that none was taken, and the sender tries again.
func (i *Inbox) Accept(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
	return i.acceptVia(ctx, from, ds, entente.ViaWire)
}

// acceptVia is Accept for what came one way or the other: the receipts say which.
func (i *Inbox) acceptVia(ctx context.Context, from entente.PartyID, ds []entente.Delivery, via entente.Via) ([]entente.Settlement, error) {
	parcels, err := i.unpack(ctx, from, ds)
	if err != nil {
		return nil, err
	}
	var answers []entente.Settlement
	garbage := 0 // refusals of what has no place in the ledger
	err = i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		answers, garbage = make([]entente.Settlement, 0, len(parcels)), 0
		if err := mayReceipt(tx, from); err != nil {
			return err
		}
		before, err := UsageOf(tx, from, i.now())
		if err != nil {
			return err
		}
		used := before
		for _, p := range parcels {
			a := arrival{parcel: p, from: from, via: via, used: &used}
			answer, err := i.accept(tx, &a)
			if err != nil {
				return err
			}
			if a.stood.Fresh || a.filed {
				used.count(&a)
			}
			if a.refused && !a.placed {
				garbage++
			}
			answers = append(answers, answer)
		}
		if used == before {
			return nil
		}
		return used.keep(tx, from)
	})
	if err != nil {
		return nil, err
	}
	i.tidy(ctx, from, garbage)
	i.cfg.Step("accepted")
	i.cfg.Filed()
	return answers, nil
}

// mayReceipt refuses to sign receipts for a partner while a restore waits for its
// copies of our ledgers: a receipt under keys that have ended, or a second one for a
// place, would bind us to nothing or to two things.
func mayReceipt(tx entente.LineStore, from entente.PartyID) error {
	line, err := tx.Line(from)
	if err != nil || line.Blocked == "" {
		return err
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "the node was restored and signs no receipt yet: " + line.Blocked, Hint: "deliver it again later"}
}

// arrival is one envelope on its way in.
type arrival struct {
	parcel
	from    entente.PartyID
	via     entente.Via
	signer  entente.Party         // the sender, under the edition that signed the checkpoint
	header  entente.Header        // zero until it could be read
	placed  bool                  // it has its place in the mirror of the sender's ledger
	stood   ledger.Stood          // where
	used    *Usage                // of the sender's allowance
	ours    []entente.PartyRecord // our own editions; nil: not read yet
	files   int64                 // bytes of the files that it names and that are expected now
	filed   bool                  // just now, not before
	refused bool                  // just now, not before
}

func (i *Inbox) accept(tx entente.Tx, a *arrival) (entente.Settlement, error) {
	if err := i.learnEnds(tx, a); err != nil {
		return entente.Settlement{}, err
	}
	receipt, err := i.take(tx, a)
	if err == nil && a.filed { // a key notice may have brought the edition that they name
		err = i.learnEnds(tx, a)
	}
	if err == nil {
		return entente.Settlement{Envelope: a.digest, Receipt: receipt.Text}, nil
	}
	if entente.ReasonOf(err) == "" {
		return entente.Settlement{}, err // ours to mend: the sender tries again
	}
	return i.refuse(tx, a, err)
}

// take goes through the checks from the outside in. An error that carries a
// Reason is the partner's to know; any other is ours. Nothing is written
// before all checks that keep an envelope out of the ledger have passed.
func (i *Inbox) take(tx entente.Tx, a *arrival) (entente.Receipt, error) {
	var none entente.Receipt
	if a.unread != nil {
		return none, reasoned(a.unread, entente.ReasonMalformed)
	}
	header := a.envelope.Header()
	a.header = header
	if header.From != a.from {
		return none, refusal(entente.ReasonWrongSender, "from", "the envelope is not from the party that brought it")
	}
	if header.To != i.cfg.Self {
		return none, refusal(entente.ReasonWrongRecipient, "to", "the envelope is for another party")
	}

	// Delivered before: the first receipt again. Another envelope under the id: a
	// replay. What other parties call by this id does not matter here.
	if old, err := tx.MessageWith(a.from, header.ID); err == nil {
		return i.repeat(tx, old, a)
	} else if !errors.Is(err, entente.NotFound) {
		return none, err
	}

	// Who says so, to which edition of ours, under what.
	known, sender, err := i.sender(tx, header)
	if err != nil {
		return none, err
	}
	self, err := i.self(tx, a)
	if err != nil {
		return none, err
	}
	if err := a.envelope.Check(sender); err != nil {
		return none, reasoned(err, entente.ReasonSignature)
	}
	rec, err := i.agreement(tx, header)
	if err != nil {
		return none, err
	}
	if err := policy.CheckCreated(header.Created, i.now()); err != nil {
		return none, err
	}

	if err := a.used.room(i.cfg.Allowance, i.now()); err != nil {
		return none, err
	}

	if err := succession.MayPass(tx, header.Channel(), header.Class); err != nil {
		return none, cmp.Or(i.noteBeside(tx, a), err)
	}

	// Its place in the sender's ledger, new or known before. From here on a refusal
	// keeps the place.
	if err := i.place(tx, a, known); err != nil {
		return none, err
	}
	opened, thread, err := i.judge(tx, a, rec, sender, self)
	if err != nil {
		return none, err
	}
	return i.file(tx, a, opened, thread)
}

// repeat answers an envelope whose id is filed already.
func (i *Inbox) repeat(tx entente.Tx, old entente.Filed, a *arrival) (entente.Receipt, error) {
	if err := i.noteBeside(tx, a); err != nil {
		return entente.Receipt{}, err
	}
	if old.Direction == entente.Incoming && old.Digest != a.digest {
		if err := i.noteSecond(tx, a); err != nil {
			return entente.Receipt{}, err
		}
	}
	if old.Direction != entente.Incoming || old.Digest != a.digest {
		return entente.Receipt{}, refusal(entente.ReasonReplay, "id", "another envelope has this id")
	}
	return tx.Receipt(old.Name)
}
