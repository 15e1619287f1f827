package casework

import (
	"errors"
	"reflect"
	"slices"

	"entente"
	"entente/screen"
)

// storeCase writes a file. If it is about somebody now, or somebody in another
// spelling, that it was not about, it is held against what came in before.
func (d *Desk) storeCase(tx entente.Tx, c entente.Case) error {
	old, err := tx.Case(c.ID)
	if err != nil && !errors.Is(err, entente.NotFound) {
		return err
	}
	if err := tx.PutCase(c); err != nil {
		return err
	}
	for _, s := range c.Subjects {
		if !slices.ContainsFunc(old.Subjects, func(o entente.Subject) bool { return reflect.DeepEqual(o, s) }) {
			return screen.Reconsider(tx, targetCase(c.ID), d.now())
		}
	}
	return nil
}
