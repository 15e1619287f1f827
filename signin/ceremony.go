package signin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"entente"
)

const (
	kindChallenge  = "challenge"
	ceremonyLife   = 5 * time.Minute
	maxCeremonies  = 4096
	maxPerLocation = 64 // open at once from one address
)

// ceremony is a challenge that waits for its answer: it is answered once or
// never. It waits in the store, so that another process of the node can take the
// answer. Nothing in it lets anybody in: not the code of an invitation, only the
// id of its credential.
type ceremony struct {
	Session    webauthn.SessionData `json:"session"`
	Officer    entente.OfficerID    `json:"officer,omitzero"`    // empty: whoever holds the passkey
	Handle     []byte               `json:"handle,omitzero"`     // registration: the user handle it was begun with
	Invitation string               `json:"invitation,omitzero"` // registration: what lets it happen
	SignIn     bool                 `json:"sign_in,omitzero"`    // else a registration
	From       string               `json:"from"`
}

// open keeps a challenge and names it.
func (s *Service) open(ctx context.Context, c ceremony) (id string, err error) {
	data, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	id = base64.RawURLEncoding.EncodeToString(random(16))
	f := entente.Fleeting{
		Key: entente.DigestOf([]byte(id)), Kind: kindChallenge, Place: s.addresses.id(c.From), Data: data, Expires: s.now().Add(ceremonyLife),
	}
	return id, s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := tx.SweepFleeting(kindChallenge, s.now(), maxCeremonies-1); err != nil {
			return err
		}
		here, err := tx.CountFleeting(kindChallenge, f.Place)
		if err != nil {
			return err
		}
		if here >= maxPerLocation {
			return &entente.Error{Kind: entente.Unavailable, Detail: "too many people are signing in from here", Hint: "try again in five minutes"}
		}
		return tx.PutFleeting(f)
	})
}

// answered gives a challenge that has not lapsed, once.
func (s *Service) answered(ctx context.Context, id string, signIn bool) (ceremony, error) {
	var c ceremony
	key, good := entente.DigestOf([]byte(id)), false
	err := s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		c, good = ceremony{}, false
		f, err := tx.Fleeting(key)
		if errors.Is(err, entente.NotFound) || err == nil && f.Kind != kindChallenge {
			return nil
		}
		if err != nil {
			return err
		}
		good = json.Unmarshal(f.Data, &c) == nil && c.SignIn == signIn && s.now().Before(f.Expires)
		return tx.DropFleeting(key)
	})
	if err == nil && !good {
		err = &entente.Error{Kind: entente.Conflict, Detail: "this took too long, or was done already", Hint: "begin again"}
	}
	if err != nil {
		return ceremony{}, err
	}
	return c, nil
}
