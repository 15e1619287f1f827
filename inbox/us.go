package inbox

import (
	"slices"

	"entente"
	"entente/ledger"
)

// ours returns the editions of our descriptor, which are read once for an envelope.
func (i *Inbox) ours(tx entente.PartyStore, a *arrival) (_ []entente.PartyRecord, err error) {
	if a.ours == nil {
		a.ours, err = tx.PartyEditions(i.cfg.Self)
	}
	return a.ours, err
}

// us is this party under the newest edition that has the keys in use: answers name
// the edition under which they are signed.
func (i *Inbox) us(tx entente.PartyStore, a *arrival) (entente.PartyRecord, error) {
	editions, err := i.ours(tx, a)
	if err != nil {
		return entente.PartyRecord{}, err
	}
	public := i.cfg.Keys.Public()
	for _, e := range slices.Backward(editions) {
		if public.Ledger.Equal(e.Party.Keys.Ledger) && public.Message.Equal(e.Party.Keys.Message) {
			return e, nil
		}
	}
	return entente.PartyRecord{}, &entente.Error{Kind: entente.Invalid, Field: "keys", Detail: "no edition of this party's descriptor has the keys in use", Hint: "restore keys and store that belong together"}
}

// recipient is us as it signs receipts.
func (i *Inbox) recipient(tx entente.PartyStore, a *arrival) (ledger.Recipient, error) {
	self, err := i.us(tx, a)
	return ledger.Recipient{Party: self.Party.ID, Edition: self.Edition, Key: i.cfg.Keys.Ledger.Signer()}, err
}
