package signin

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"entente"
	"entente/internal/door"
)

// BeginPasskey gives a challenge to sign in with. Without an officer the
// authenticator offers what it holds for this desk; with one, it is told which
// passkeys are his. An officer without any, or unknown, gets a made-up one, so
// that nobody learns who is an officer here.
func (s *Service) BeginPasskey(ctx context.Context, officer entente.OfficerID, addr string) (Challenge, error) {
	if err := s.passkeysOn(); err != nil {
		return Challenge{}, err
	}
	c := ceremony{Officer: officer, SignIn: true, From: door.Place(addr)}
	if officer == "" {
		options, session, err := s.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
		if err != nil {
			return Challenge{}, passkeyError(err)
		}
		c.Session = *session
		return s.challenge(c, options)
	}
	h, err := s.named(ctx, officer)
	if err != nil {
		return Challenge{}, err
	}
	options, session, err := s.passkeys.BeginLogin(h, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, passkeyError(err)
	}
	c.Session = *session
	return s.challenge(c, options)
}

// named gives the officer with his passkeys, or somebody who looks like one.
func (s *Service) named(ctx context.Context, officer entente.OfficerID) (holder, error) {
	var h holder
	err := s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		o, err := active(tx, officer)
		if err != nil {
			return err
		}
		h, err = s.holder(tx, o)
		return err
	})
	if err != nil && !errors.Is(err, entente.Denied) {
		return holder{}, err
	}
	if len(h.keys) > 0 {
		return h, nil
	}
	secret, err := s.decoySecret(ctx)
	if err != nil {
		return holder{}, err
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(officer))
	id := mac.Sum(nil)
	return holder{handle: id, keys: []webauthn.Credential{{ID: id, Transport: []protocol.AuthenticatorTransport{protocol.Internal}}}}, nil
}

// decoySecret keeps made-up passkeys the same from one start to the next.
func (s *Service) decoySecret(ctx context.Context) ([]byte, error) {
	const key = "signin.decoy"
	var secret []byte
	read := func(tx entente.Tx) (err error) {
		secret, err = tx.Setting(key)
		return err
	}
	err := s.cfg.Store.View(ctx, read)
	if !errors.Is(err, entente.NotFound) {
		return secret, err
	}
	err = s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := read(tx); !errors.Is(err, entente.NotFound) {
			return err
		}
		secret = random(32)
		return tx.PutSetting(key, secret)
	})
	return secret, err
}

// FinishPasskey signs in the officer who answers a challenge of BeginPasskey. An answer
// that holds lets in, whatever others did before: no count stands in its way.
func (s *Service) FinishPasskey(ctx context.Context, id string, response []byte) (token string, o entente.Officer, err error) {
	c, err := s.answered(id, true)
	if err != nil {
		return "", o, err
	}
	parsed, err := assertion(response)
	if err != nil {
		return "", o, wrongPasskey(err)
	}
	// Looked at first, so that a wrong answer writes nothing but its record.
	err = s.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		o, _, err = s.assert(tx, c, parsed)
		return err
	})
	if e, ok := errors.AsType[*entente.Error](err); ok && e.Kind == entente.Denied {
		return "", entente.Officer{}, s.refusePasskey(ctx, c.From, o, e)
	}
	if err != nil {
		return "", entente.Officer{}, err
	}
	err = s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		used, err := s.used(tx, c, parsed)
		if err != nil {
			return err
		}
		if err := tx.PutCredential(used); err != nil {
			return err
		}
		if token, err = s.newSession(tx, o); err != nil {
			return err
		}
		return s.record(tx, o, entente.OpManageCredentials, "sign-in by passkey", false)
	})
	if e, ok := errors.AsType[*entente.Error](err); ok && e.Kind == entente.Denied {
		return "", entente.Officer{}, s.refusePasskey(ctx, c.From, o, e)
	}
	if err != nil {
		return "", entente.Officer{}, err
	}
	return token, o, nil
}

// used checks an answer that held a moment ago once more, in the transaction that
// lets its officer in, and gives the passkey as it was used.
func (s *Service) used(tx entente.Tx, c ceremony, parsed *protocol.ParsedCredentialAssertionData) (entente.Credential, error) {
	if err := s.answerOnce(tx, c); err != nil {
		return entente.Credential{}, err
	}
	_, used, err := s.assert(tx, c, parsed)
	return used, err
}

// refusePasskey records a wrong answer. Anybody can send one, so that not all are
// on record once there were many: of an address so many as Limits say and then
// some, of all addresses together ten a second.
func (s *Service) refusePasskey(ctx context.Context, place string, o entente.Officer, why *entente.Error) error {
	now := s.now()
	err := s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		wait, err := s.answers.wait(tx, place, now)
		if err == nil && (wait > 0 || !s.records.Allow()) {
			err = errUnrecorded
		}
		return err
	})
	if err == nil {
		err = s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
			if err := s.answers.count(tx, place, now); err != nil {
				return err
			}
			return s.record(tx, o, entente.OpManageCredentials, "sign-in by passkey", true)
		})
	}
	if err != nil && !errors.Is(err, errUnrecorded) {
		why.Cause = opaque(err)
	}
	return why
}

var errUnrecorded = errors.New("there were too many wrong answers to record each")

// assert finds the passkey's officer and verifies the signature. It gives the
// passkey as it is to be kept after this use. The officer beside a Denied is the
// one whose passkey failed.
func (s *Service) assert(tx entente.Tx, c ceremony, parsed *protocol.ParsedCredentialAssertionData) (o entente.Officer, kept entente.Credential, err error) {
	stored, err := tx.Credential(passkeyID(parsed.RawID))
	if errors.Is(err, entente.NotFound) {
		return o, stored, wrongPasskey(err)
	}
	if err != nil {
		return o, stored, err
	}
	o, err = active(tx, stored.Officer)
	if err != nil {
		if errors.Is(err, entente.Denied) {
			err = wrongPasskey(err)
		}
		return o, stored, err
	}
	if c.Officer != "" && c.Officer != o.ID {
		return o, stored, wrongPasskey(errors.New("the passkey of another officer"))
	}
	h, err := s.holder(tx, o)
	if err != nil {
		return o, stored, err
	}
	used, err := s.validate(c, h, parsed)
	if err != nil {
		return o, stored, wrongPasskey(err)
	}
	if used.Authenticator.CloneWarning {
		return o, stored, &entente.Error{Kind: entente.Denied, Detail: "this passkey seems to exist twice", Hint: "sign in another way, revoke it and tell your operator"}
	}
	stored.Data, err = json.Marshal(passkey{h.handle, *used})
	stored.Used = s.now()
	return o, stored, err
}

func (s *Service) validate(c ceremony, h holder, parsed *protocol.ParsedCredentialAssertionData) (*webauthn.Credential, error) {
	if c.Officer != "" {
		return s.passkeys.ValidateLogin(h, c.Session, parsed)
	}
	return s.passkeys.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		if !bytes.Equal(handle, h.handle) {
			return nil, errors.New("handle and passkey belong to different officers")
		}
		return h, nil
	}, c.Session, parsed)
}
