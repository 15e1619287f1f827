package inbox

import (
	"entente"
	"entente/ledger"
	"entente/parse"
)

// us is this party under the newest edition that has the keys in use: answers name
// the edition under which they are signed.
func (i *Inbox) us(tx entente.PartyStore) (entente.Party, error) {
	editions, err := tx.PartyEditions(i.cfg.Self)
	if err != nil {
		return entente.Party{}, err
	}
	public := i.cfg.Keys.Public()
	self, ok := edition(editions, func(k entente.PartyKeys) bool {
		return public.Ledger.Equal(k.Ledger) && public.Message.Equal(k.Message)
	})
	if !ok {
		return entente.Party{}, &entente.Error{Kind: entente.Invalid, Field: "keys", Detail: "no edition of this party's descriptor has the keys in use", Hint: "restore keys and store that belong together"}
	}
	return self, nil
}

// recipient is us as it signs receipts.
func (i *Inbox) recipient(tx entente.PartyStore) (ledger.Recipient, error) {
	self, err := i.us(tx)
	return ledger.Recipient{Party: self.ID, Edition: parse.EditionOf(self), Key: i.cfg.Keys.Ledger.Signer()}, err
}
