package record

import (
	"context"
	"errors"
	"time"

	"entente"
	"entente/policy"
)

// Act is what an officer asks of the node.
type Act struct {
	By        entente.Officer
	Operation entente.Operation
	Object    string // never personal data
	Purpose   string // empty: what the context says that he stated
	At        time.Time
}

func (a Act) entry(denied bool) entente.Access {
	return entente.Access{At: a.At, Officer: a.By.ID, Role: a.By.Role, Operation: a.Operation, Object: a.Object, Purpose: a.Purpose, Denied: denied}
}

// Do runs fn, which may write, in one transaction with its entry in the access
// log. An officer who may not is refused, by his role or by fn, and that is on
// record too.
func Do(ctx context.Context, s entente.Store, log Log, a Act, fn func(entente.Tx) error) error {
	if a.Purpose == "" {
		a.Purpose = Stated(ctx)
	}
	err := policy.Check(a.By, a.Operation)
	if err == nil {
		err = s.Update(ctx, func(tx entente.Tx) error {
			if err := log.Add(tx, a.entry(false)); err != nil {
				return err
			}
			return fn(tx)
		})
	}
	if !errors.Is(err, entente.Denied) {
		return err
	}
	if logErr := s.Update(ctx, func(tx entente.Tx) error { return log.Add(tx, a.entry(true)) }); logErr != nil {
		return logErr
	}
	return err
}

// Look is Do for reading: the entry is on disk before fn sees anything.
func Look(ctx context.Context, s entente.Store, log Log, a Act, fn func(entente.Tx) error) error {
	if err := Do(ctx, s, log, a, func(entente.Tx) error { return nil }); err != nil {
		return err
	}
	return s.View(ctx, fn)
}
