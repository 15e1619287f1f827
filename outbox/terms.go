package outbox

import (
	"errors"

	"entente"
)

// termsOf gives the agreement under which a draft is sent: the newest epoch, but
// for what is owed for an earlier message. That is sent under the terms of that
// message, however old they are, and whatever came after them.
func termsOf(tx entente.Tx, d entente.Draft) (entente.AgreementRecord, error) {
	newest, err := tx.Agreement(d.Agreement, 0)
	if err != nil {
		return entente.AgreementRecord{}, noAgreement(d.Agreement, err)
	}
	ref, ok := d.Statement.Ref(entente.Answers)
	if !ok || d.Statement.Class() != entente.ClassDuty {
		return newest, nil
	}
	f, err := referred(tx, d.To, ref)
	if errors.Is(err, entente.NotFound) || err == nil && f.Message.Header.Agreement != d.Agreement {
		return newest, nil // refers says what is wrong
	}
	if err != nil {
		return entente.AgreementRecord{}, err
	}
	rec, err := tx.Agreement(d.Agreement, f.Message.Header.Epoch)
	if err != nil {
		return entente.AgreementRecord{}, noAgreement(d.Agreement, err)
	}
	return rec, nil
}
