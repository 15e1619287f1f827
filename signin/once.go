package signin

import (
	"context"

	"entente"
	"entente/record"
)

// once is Update for an act of an officer: where ctx carries a key, fn runs once
// for it, and result is for a repeat what it was the first time.
func (s *Service) once(ctx context.Context, result any, fn func(entente.Tx) error) error {
	step := record.NextStep(ctx)
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if done, err := step.Done(tx, result); err != nil || done {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		return step.Keep(tx, s.now(), result)
	})
}

// shown is a secret that is shown once, and to the one who repeats the request with
// its key.
type shown struct {
	Secret string
	Grant  entente.Credential
}
