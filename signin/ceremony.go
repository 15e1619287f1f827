package signin

import (
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"entente"
)

const (
	kindAnswered = "answered"
	ceremonyLife = 5 * time.Minute
	maxAnswered  = 4096 // successes that are remembered; those that lapse first go
)

// ceremony is a challenge that waits for its answer. It waits with the visitor,
// sealed, so that nobody can fill the node with challenges, and any process of the
// node can take the answer. Nothing in it lets anybody in: not the code of an
// invitation, only the id of its credential.
type ceremony struct {
	Session    webauthn.SessionData `json:"session"`
	Officer    entente.OfficerID    `json:"officer,omitzero"`    // empty: whoever holds the passkey
	Handle     []byte               `json:"handle,omitzero"`     // registration: the user handle it was begun with
	Invitation string               `json:"invitation,omitzero"` // registration: what lets it happen
	SignIn     bool                 `json:"sign_in,omitzero"`    // else a registration
	From       string               `json:"from,omitzero"`
	Expires    time.Time            `json:"expires"`

	id entente.Digest
}

// challenge seals a ceremony.
func (s *Service) seal(c ceremony) (id string, err error) {
	c.Expires = s.now().Add(ceremonyLife)
	return s.ceremonies.seal(c)
}

// answered gives the ceremony to which an answer belongs.
func (s *Service) answered(id string, signIn bool) (c ceremony, err error) {
	digest, ok := s.ceremonies.open(id, &c)
	if !ok || c.SignIn != signIn || !s.now().Before(c.Expires) {
		return ceremony{}, tooLate()
	}
	c.id = digest
	return c, nil
}

// answerOnce checks that a challenge lets somebody in once. Only those that did are
// remembered, so that no stranger can fill the memory.
func (s *Service) answerOnce(tx entente.Tx, c ceremony) error {
	switch _, err := tx.Fleeting(c.id); {
	case err == nil:
		return tooLate()
	case !errors.Is(err, entente.NotFound):
		return err
	}
	if err := tx.SweepFleeting(kindAnswered, s.now(), maxAnswered-1); err != nil {
		return err
	}
	return tx.PutFleeting(entente.Fleeting{Key: c.id, Kind: kindAnswered, Expires: c.Expires})
}

func tooLate() error {
	return &entente.Error{Kind: entente.Conflict, Detail: "this took too long, or was done already", Hint: "begin again"}
}
