package sqlstore

import (
	"errors"
	"fmt"
	"time"

	"entente"
)

func (t *tx) AgreementByTerms(terms entente.Digest) (entente.AgreementRecord, error) {
	return oneOf(t, agreementTable, "agreement with these terms", scanAgreement, ` where terms = $1`, terms)
}

func (t *tx) PutSignedTerms(a entente.AgreementID, epoch int, terms entente.Digest, at time.Time) error {
	if err := t.keep(termsTable, a, epoch, terms, at); err != nil {
		return err
	}
	had, err := t.SignedTerms(a, epoch)
	if err == nil && had != terms {
		err = otherText(a, epoch, "our identity key has signed another text of this epoch")
	}
	return err
}

func (t *tx) SignedTerms(a entente.AgreementID, epoch int) (entente.Digest, error) {
	return oneOf(t, termsTable, "signed text", func(r row) (d entente.Digest, err error) {
		return d, r.scan(nil, nil, &d, nil)
	}, ` where agreement = $1 and epoch = $2`, a, epoch)
}

// onlyText refuses an agreement whose epoch another text has already, with all
// signatures: two texts of one epoch are never both in force.
func (t *tx) onlyText(a entente.Agreement, terms entente.Digest) error {
	had, err := t.Agreement(a.ID, a.Epoch)
	switch {
	case errors.Is(err, entente.NotFound):
		return nil
	case err == nil && had.Complete && had.Terms != terms:
		return otherText(a.ID, a.Epoch, "another text is in force under this epoch")
	}
	return err
}

func otherText(a entente.AgreementID, epoch int, detail string) error {
	return &entente.Error{
		Kind: entente.Conflict, Field: "epoch", Detail: fmt.Sprintf("%s, epoch %d: %s", a, epoch, detail),
		Hint: "give the new text the next epoch and have every party sign it",
	}
}
