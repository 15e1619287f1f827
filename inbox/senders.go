package inbox

import (
	"errors"

	"entente"
	"entente/ledger"
)

// sender returns what is known of the sender's editions, and the one that the header
// names. It must count for the place.
func (i *Inbox) sender(tx entente.Tx, h entente.Header) (ledger.Known, entente.PartyRecord, error) {
	known, err := ledger.KnownOf(tx, h.Channel())
	if err != nil {
		return known, entente.PartyRecord{}, err
	}
	if len(known.Parties) == 0 {
		return known, entente.PartyRecord{}, refusal(entente.ReasonUnknownSender, "from", "there is no descriptor of the sender here")
	}
	sender, err := known.Under(ledger.OfEnvelope, h.FromEdition, h.Seq)
	if e, ok := errors.AsType[*entente.Error](err); ok {
		named := *e
		named.Field = "from_edition"
		err = &named
	}
	return known, sender, err
}

// fetched checks that our copy has all records for which an edition counts that a
// later one has ended: what is taken under it must be one of them.
func fetched(tx entente.LedgerStore, known ledger.Known, h entente.Header) error {
	end, ok := known.Newest()
	if sender, _ := known.Party(h.FromEdition); !ok || sender.Party.Edition >= end.Number {
		return nil
	}
	head, err := tx.Head(h.Channel().Origin())
	if err != nil || h.Seq < head.Size || head.Size >= end.Size {
		return err
	}
	return &entente.Error{Kind: entente.Unavailable, Field: "seq", Detail: "the records up to the end note of the sender's newest edition are not here yet", Reason: entente.ReasonEndMissing}
}

// self gives the edition of our own descriptor to whose key the header says that it
// is sealed.
func (i *Inbox) self(tx entente.Tx, a *arrival) (entente.PartyRecord, error) {
	editions, err := i.ours(tx, a)
	if err != nil {
		return entente.PartyRecord{}, err
	}
	self, ok := edition(editions, a.header.ToEdition)
	if !ok {
		return self, refusal(entente.ReasonFutureEdition, "to_edition", "this edition of our descriptor is not here")
	}
	return self, nil
}

// agreement gives the terms under which a message is judged: the newest epoch of
// the agreement that the header names, but for what is owed for an earlier message
// the epoch that it names. Of this epoch, the header must name the very text that is
// here, signed by all.
func (i *Inbox) agreement(tx entente.Tx, h entente.Header) (entente.AgreementRecord, error) {
	rec, err := tx.Agreement(h.Agreement, 0)
	if err == nil && h.Class == entente.ClassDuty && h.Epoch < rec.Agreement.Epoch {
		rec, err = tx.Agreement(h.Agreement, h.Epoch)
		if errors.Is(err, entente.NotFound) || err == nil && !rec.Complete {
			return rec, refusal(entente.ReasonFutureTerms, "terms", "this epoch of the agreement is not here yet")
		}
	}
	if errors.Is(err, entente.NotFound) {
		return rec, refusal(entente.ReasonUnknownAgreement, "agreement", "there is no such agreement here that every party has signed")
	}
	if err != nil {
		return rec, err
	}
	if !rec.Agreement.Has(h.From) || !rec.Agreement.Has(h.To) {
		return rec, refusal(entente.ReasonNotParty, "agreement", "sender or recipient is not a party to the agreement")
	}
	if h.Epoch > rec.Agreement.Epoch {
		return rec, refusal(entente.ReasonFutureTerms, "terms", "this epoch of the agreement is not here yet")
	}
	if h.Epoch == rec.Agreement.Epoch && h.Terms != rec.Terms {
		return rec, refusal(entente.ReasonUnknownAgreement, "terms", "the text of this epoch that every party has signed has another digest")
	}
	return rec, nil
}
