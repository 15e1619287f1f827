package signin

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/webauthn"

	"entente"
)

// BeginRegistration gives a signed-in officer the challenge for a new passkey.
func (s *Service) BeginRegistration(ctx context.Context, by entente.Officer) (Challenge, error) {
	if err := s.cfg.Check(by, entente.OpManageCredentials); err != nil {
		return Challenge{}, err
	}
	return s.beginRegistration(ctx, by, "")
}

// BeginRedeem gives whoever holds an invitation the challenge for a passkey.
func (s *Service) BeginRedeem(ctx context.Context, code string) (Challenge, error) {
	o, err := s.Invited(ctx, code)
	if err != nil {
		return Challenge{}, err
	}
	return s.beginRegistration(ctx, o, invitationID(code))
}

func (s *Service) beginRegistration(ctx context.Context, o entente.Officer, invitation string) (Challenge, error) {
	if err := s.passkeysOn(); err != nil {
		return Challenge{}, err
	}
	var h holder
	err := s.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		h, err = s.holder(tx, o)
		return err
	})
	if err != nil {
		return Challenge{}, err
	}
	options, session, err := s.passkeys.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return Challenge{}, passkeyError(err)
	}
	return s.challenge(ceremony{Session: *session, Officer: o.ID, Handle: h.handle, Invitation: invitation}, options)
}

func (s *Service) challenge(c ceremony, options any) (Challenge, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return Challenge{}, passkeyError(err)
	}
	id, err := s.seal(c)
	return Challenge{ID: id, Options: text}, err
}

// FinishRegistration keeps the passkey that answers a challenge of BeginRegistration.
func (s *Service) FinishRegistration(ctx context.Context, by entente.Officer, id, label string, response []byte) error {
	if err := s.cfg.Check(by, entente.OpManageCredentials); err != nil {
		return err
	}
	c, err := s.answered(id, false)
	if err != nil {
		return err
	}
	if c.Officer != by.ID || c.Invitation != "" {
		return &entente.Error{Kind: entente.Denied, Detail: "this passkey was begun by another officer", Hint: "begin again"}
	}
	made, err := s.register(c, by, label, response)
	if err != nil {
		return err
	}
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := s.answerOnce(tx, c); err != nil {
			return err
		}
		return s.putPasskey(tx, by, made)
	})
}

// FinishRedeem keeps the passkey that answers a challenge of BeginRedeem, uses
// the invitation up and signs the officer in.
func (s *Service) FinishRedeem(ctx context.Context, id, label string, response []byte) (token string, o entente.Officer, err error) {
	c, err := s.answered(id, false)
	if err != nil {
		return "", o, err
	}
	if c.Invitation == "" {
		return "", o, &entente.Error{Kind: entente.Denied, Detail: "no invitation belongs to this passkey", Hint: "begin again"}
	}
	made, err := s.register(c, entente.Officer{ID: c.Officer}, label, response)
	if err != nil {
		return "", o, err
	}
	err = s.cfg.Store.Update(ctx, func(tx entente.Tx) (err error) {
		if err := s.spend(tx, c.Invitation, c.Officer); err != nil {
			return err
		}
		if o, err = active(tx, c.Officer); err != nil {
			return err
		}
		if err := closeAll(tx, o.ID); err != nil {
			return err
		}
		if err := s.putPasskey(tx, o, made); err != nil {
			return err
		}
		token, err = s.newSession(tx, o)
		return err
	})
	if err != nil {
		return "", entente.Officer{}, err
	}
	return token, o, nil
}

// register checks the answer and makes the credential.
func (s *Service) register(c ceremony, o entente.Officer, label string, response []byte) (entente.Credential, error) {
	label, err := checkLabel(label, "passkey")
	if err != nil {
		return entente.Credential{}, err
	}
	parsed, err := attestation(response)
	if err != nil {
		return entente.Credential{}, passkeyError(err)
	}
	got, err := s.passkeys.CreateCredential(holder{officer: o, handle: c.Handle}, c.Session, parsed)
	if err != nil {
		return entente.Credential{}, passkeyError(err)
	}
	got.Attestation = webauthn.CredentialAttestation{} // nothing is made of it
	data, err := json.Marshal(passkey{c.Handle, *got})
	if err != nil {
		return entente.Credential{}, passkeyError(err)
	}
	return entente.Credential{ID: passkeyID(got.ID), Officer: o.ID, Kind: kindPasskey, Label: label, Data: data, Added: s.now()}, nil
}

// putPasskey refuses an id that exists: no officer can put his key in the place
// of another's (WebAuthn section 7.1, step 26).
func (s *Service) putPasskey(tx entente.Tx, o entente.Officer, c entente.Credential) error {
	switch _, err := tx.Credential(c.ID); {
	case err == nil:
		return &entente.Error{Kind: entente.Conflict, Detail: "this passkey is registered already"}
	case !errors.Is(err, entente.NotFound):
		return err
	}
	if err := tx.PutCredential(c); err != nil {
		return err
	}
	return s.record(tx, o, entente.OpManageCredentials, "new passkey", false)
}
