package signin

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"entente"
)

// BeginPasskey gives a challenge to sign in with. Without an officer the
// authenticator offers what it holds for this desk; with one, it is told which
// passkeys are his. An officer without any, or unknown, gets a made-up one, so
// that nobody learns who is an officer here.
func (s *Service) BeginPasskey(ctx context.Context, officer entente.OfficerID, addr string) (Challenge, error) {
	if err := s.passkeysOn(); err != nil {
		return Challenge{}, err
	}
	c := ceremony{Officer: officer, SignIn: true, From: place(addr)}
	if officer == "" {
		options, session, err := s.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
		if err != nil {
			return Challenge{}, passkeyError(err)
		}
		c.Session = *session
		return s.challenge(ctx, c, options)
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
	return s.challenge(ctx, c, options)
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

// FinishPasskey signs in whoever answers a challenge of BeginPasskey.
func (s *Service) FinishPasskey(ctx context.Context, id string, response []byte) (token string, o entente.Officer, err error) {
	c, err := s.answered(ctx, id, true)
	if err != nil {
		return "", o, err
	}
	// Whoever answers with made-up passkeys makes us write to the access log.
	try := attempt{from: c.From}
	if err := s.take(ctx, try); err != nil {
		return "", o, err
	}
	parsed, err := assertion(response)
	if err != nil {
		return "", o, wrongPasskey(err)
	}
	err = s.cfg.Store.Update(ctx, func(tx entente.Tx) (err error) {
		if o, err = s.assert(tx, c, parsed); err != nil {
			return err
		}
		if token, err = s.newSession(tx, o); err != nil {
			return err
		}
		if err := s.succeeded(tx, try); err != nil {
			return err
		}
		return s.record(tx, o, entente.OpManageCredentials, "sign-in by passkey", false)
	})
	if err == nil {
		return token, o, nil
	}
	if e, ok := errors.AsType[*entente.Error](err); ok && e.Kind == entente.Denied {
		return "", entente.Officer{}, s.refuse(ctx, o, "sign-in by passkey", e)
	}
	return "", entente.Officer{}, err
}

// assert finds the passkey's officer and verifies his signature. The officer it
// gives beside a Denied is the one whose passkey failed.
func (s *Service) assert(tx entente.Tx, c ceremony, parsed *protocol.ParsedCredentialAssertionData) (entente.Officer, error) {
	stored, err := tx.Credential(passkeyID(parsed.RawID))
	if errors.Is(err, entente.NotFound) {
		return entente.Officer{}, wrongPasskey(err)
	}
	if err != nil {
		return entente.Officer{}, err
	}
	o, err := active(tx, stored.Officer)
	if err != nil {
		if errors.Is(err, entente.Denied) {
			err = wrongPasskey(err)
		}
		return o, err
	}
	if c.Officer != "" && c.Officer != o.ID {
		return o, wrongPasskey(errors.New("the passkey of another officer"))
	}
	h, err := s.holder(tx, o)
	if err != nil {
		return o, err
	}
	used, err := s.validate(c, h, parsed)
	if err != nil {
		return o, wrongPasskey(err)
	}
	if used.Authenticator.CloneWarning {
		return o, &entente.Error{Kind: entente.Denied, Detail: "this passkey seems to exist twice", Hint: "sign in another way, revoke it and tell your operator"}
	}
	return o, putUsed(tx, stored, h.handle, *used, s.now())
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

func putUsed(tx entente.Tx, stored entente.Credential, handle []byte, used webauthn.Credential, at time.Time) error {
	data, err := json.Marshal(passkey{handle, used})
	if err != nil {
		return err
	}
	stored.Data, stored.Used = data, at
	return tx.PutCredential(stored)
}
