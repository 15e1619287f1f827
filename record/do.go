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
	// Result points to what fn gives besides what it writes: ids, and secrets that
	// are shown once. For a repeat it is read, and fn does not run. nil: nothing.
	Result any
	// Again reads, for a repeat, what the caller gives beyond Result; nil: nothing.
	Again func(entente.Tx) error
}

func (a Act) entry(denied bool) entente.Access {
	return entente.Access{At: a.At, Officer: a.By.ID, Role: a.By.Role, Operation: a.Operation, Object: a.Object, Purpose: a.Purpose, Denied: denied}
}

// Do runs fn, which may write, in one transaction with its entry in the access
// log. An officer who may not is refused, by their role or by fn, and that is on
// record too. Where ctx carries a key, an act that changes something is done once
// for it: a repeat gives what the first gave, and adds no entry.
func Do(ctx context.Context, s entente.Store, log Log, a Act, fn func(entente.Tx) error) error {
	if a.Purpose == "" {
		a.Purpose = Stated(ctx)
	}
	err := policy.Check(a.By, a.Operation)
	if err == nil {
		err = do(ctx, s, log, a, fn)
	}
	return onRecord(ctx, s, log, a, err)
}

func do(ctx context.Context, s entente.Store, log Log, a Act, fn func(entente.Tx) error) error {
	var step Step
	if policy.Changes(a.Operation) {
		step = NextStep(ctx)
	}
	return s.Update(ctx, func(tx entente.Tx) error {
		if done, err := step.Done(tx, a.Result); err != nil || done {
			if err == nil && a.Again != nil {
				err = a.Again(tx)
			}
			return err
		}
		if err := log.Add(tx, a.entry(false)); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		return step.Keep(tx, a.At, a.Result)
	})
}

// Try asks whether an officer may begin an act that takes longer than one
// transaction, and runs fn, which prepares it. It leaves no entry but that of a
// refusal: the act itself is Do, at its end.
func Try(ctx context.Context, s entente.Store, log Log, a Act, fn func(entente.Tx) error) error {
	if a.Purpose == "" {
		a.Purpose = Stated(ctx)
	}
	err := policy.Check(a.By, a.Operation)
	if err == nil {
		err = s.Update(ctx, fn)
	}
	return onRecord(ctx, s, log, a, err)
}

// onRecord writes down a refusal.
func onRecord(ctx context.Context, s entente.Store, log Log, a Act, err error) error {
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
