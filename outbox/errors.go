package outbox

import (
	"errors"

	"entente"
)

func notWaiting() error {
	return &entente.Error{Kind: entente.Conflict, Detail: "this draft is not waiting any more", Hint: "look at it again: it may have been released, returned or withdrawn"}
}

func noAgreement(id entente.AgreementID, err error) error {
	if !errors.Is(err, entente.NotFound) {
		return err
	}
	return &entente.Error{Kind: entente.Invalid, Field: "agreement", Detail: "there is no agreement \"" + string(id) + "\" that every party has signed", Hint: "see entente agreement list; an agreement is in force once all its parties have signed", Cause: err}
}

func noPartner(id entente.PartyID, err error) error {
	if !errors.Is(err, entente.NotFound) {
		return err
	}
	return &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "there is no descriptor of \"" + string(id) + "\" here", Hint: "get the descriptor from the partner, add it with entente party add, and compare fingerprints", Cause: err}
}
