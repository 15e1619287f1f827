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
//
// Keys of a later edition that the store holds put that edition to use: an older
// store was restored beside them.
func ownDescriptor(ctx context.Context, cfg Config) (self entente.Party, err error) {
	err = cfg.Store.Update(ctx, func(tx entente.Tx) error {
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
		if self, err = edition(tx, owner); err != nil || cfg.KeysLost || sameKeys(self.Keys, cfg.Keys.Public()) {
			return err
		}
		self, err = editionOf(tx, owner, cfg.Keys.Public())
		if err != nil {
			return err
		}
		return entente.PutOwner(tx, entente.Owner{Party: self.ID, Number: self.Edition, Edition: parse.EditionOf(self)})
	})
	return self, err
}

// editionOf returns the edition whose keys are here; it must be a later one than
// that in use.
func editionOf(tx entente.PartyStore, used entente.Owner, keys entente.PartyKeys) (entente.Party, error) {
	all, err := tx.PartyEditions(used.Party)
	if err != nil {
		return entente.Party{}, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		p := all[i].Party
		if !sameKeys(p.Keys, keys) {
			continue
		}
		if p.Edition > used.Number {
			return p, nil
		}
		return p, &entente.Error{
			Kind:   entente.Conflict,
			Detail: fmt.Sprintf("the keys are of edition %d of our descriptor, and the store uses edition %d", p.Edition, used.Number),
			Hint:   fmt.Sprintf("put the key files of edition %d back; if they are lost, end them with  entente party rotate --lost  where the identity key is", used.Number),
		}
	}
	return entente.Party{}, &entente.Error{
		Kind:   entente.Conflict,
		Detail: fmt.Sprintf("the keys are of an edition of our descriptor that the store does not hold: it knows %d", all[len(all)-1].Party.Edition),
		Hint:   fmt.Sprintf("put that edition's descriptor into parties/%s.txt: every partner prints it with  entente party show %s", used.Party, used.Party),
	}
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
