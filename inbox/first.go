package inbox

import (
	"entente"
	"entente/ledger"
)

// receiptFor gives the receipt for an envelope that is being filed. Where the sender
// brings back our own first one, because we lost what we had receipted, we keep that
// and sign no other: what we owe counts from then.
func (i *Inbox) receiptFor(tx entente.Tx, a *arrival) (entente.Receipt, error) {
	if len(a.First) > 0 {
		first, err := i.firstReceipt(tx, a)
		if err == nil {
			return first, ledger.KeepReceipt(tx, first)
		}
		if kind := entente.KindOf(err); kind != entente.Unverified && kind != entente.Unavailable {
			return first, err
		}
		i.cfg.Log.Warn("inbox: a sender brings a receipt that is not ours; a new one is signed", "from", a.from, "message", a.header.ID, "err", err)
	}
	us, err := i.recipient(tx, a)
	if err != nil {
		return entente.Receipt{}, err
	}
	return ledger.SignReceipt(i.edges.Over(tx), a.header.Channel(), a.header.Seq, a.digest, a.Checkpoint, a.signer, us, a.via, i.now())
}

// firstReceipt checks that what a sender brings is our own receipt for this very
// envelope at this place, signed under editions that count there.
func (i *Inbox) firstReceipt(tx entente.Tx, a *arrival) (entente.Receipt, error) {
	ch, seq := a.header.Channel(), a.header.Seq
	us, err := ledger.KnownOf(tx, ch.Back())
	if err != nil {
		return entente.Receipt{}, err
	}
	sender, err := ledger.KnownOf(tx, ch)
	if err != nil {
		return entente.Receipt{}, err
	}
	return sender.CheckReceipt(us, a.First, seq, a.digest)
}
