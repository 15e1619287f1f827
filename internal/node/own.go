package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"entente"
	"entente/parse"
)

// Belong checks that configuration, keys and store are of one party.
func Belong(config, keys, store entente.PartyID) error {
	if config == keys && keys == store {
		return nil
	}
	return &entente.Error{
		Kind:   entente.Conflict,
		Detail: fmt.Sprintf("these do not belong together: config.toml is of %s, the keys are of %s, the store is of %s", config, keys, store),
		Hint:   "put config.toml, keys and store of one party into the folder",
	}
}

// ownDescriptor returns the edition of our descriptor that is in use, after
// checking that configuration, keys and store belong to it.
func ownDescriptor(ctx context.Context, cfg Config) (self entente.Party, err error) {
	err = cfg.Store.View(ctx, func(tx entente.Tx) error {
		owner, err := entente.OwnerOf(tx)
		if errors.Is(err, entente.NotFound) {
			return &entente.Error{Kind: entente.Invalid, Detail: "the store does not say whose it is", Hint: "set the node up with entente init, or restore a backup", Cause: err}
		}
		if err != nil {
			return err
		}
		if err := Belong(cfg.Party, cfg.Keys.Party, owner.Party); err != nil {
			return err
		}
		self, err = edition(tx, owner)
		return err
	})
	if err != nil {
		return self, err
	}
	if !sameKeys(self.Keys, cfg.Keys.Public()) {
		return self, &entente.Error{Kind: entente.Conflict, Detail: fmt.Sprintf("the keys are not those of our descriptor, edition %d", self.Edition), Hint: "put the key files of that edition back: those that were in use when this store was"}
	}
	return self, nil
}

// edition returns the edition of a descriptor that an owner names.
func edition(tx entente.PartyStore, o entente.Owner) (entente.Party, error) {
	all, err := tx.PartyEditions(o.Party)
	if err != nil {
		return entente.Party{}, err
	}
	for _, rec := range all {
		if parse.EditionOf(rec.Party) == o.Edition {
			return rec.Party, nil
		}
	}
	return entente.Party{}, &entente.Error{Kind: entente.Damaged, Field: "store", Detail: fmt.Sprintf("the store uses edition %d of our descriptor and does not hold it", o.Number), Hint: "restore a backup"}
}

// sameKeys compares the keys that a running node needs: not the identity key.
func sameKeys(a, b entente.PartyKeys) bool {
	return a.Message.Equal(b.Message) && a.Ledger.Equal(b.Ledger) && bytes.Equal(a.Seal, b.Seal) && bytes.Equal(a.TLSRoot, b.TLSRoot)
}
