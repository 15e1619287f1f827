package main

import (
	"errors"
	"io/fs"
	"os"

	"entente"
	"entente/seal"
	"entente/sqlstore"
)

// adopt adds our own descriptor from the folder parties to a store that was restored
// from before a change of keys, if the keys here are those of that descriptor. The
// identity key vouches for it. Where it does not fit, the node says what is missing.
func (h home) adopt(e *env, store *sqlstore.Store, keys seal.Keys) error {
	note, err := os.ReadFile(h.path("parties", string(keys.Party)+".txt"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var newest entente.PartyRecord
	err = store.View(e.ctx, func(tx entente.Tx) (err error) {
		newest, err = tx.Party(keys.Party)
		return err
	})
	if errors.Is(err, entente.NotFound) {
		return nil
	}
	if err != nil || string(newest.Note) == string(note) {
		return err
	}
	next, err := seal.OpenParty(note, &newest.Party)
	if err != nil {
		return nil // an older one, or not of this party
	}
	public := next.Keys
	public.Identity = nil
	if !sameKeys(public, keys.Public()) {
		return nil
	}
	return store.Update(e.ctx, func(tx entente.Tx) error {
		return tx.PutParty(entente.PartyRecord{Party: next, Note: note, Added: now(), Checked: newest.Checked})
	})
}
