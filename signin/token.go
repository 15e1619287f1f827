package signin

import (
	"context"
	"encoding/base32"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"entente"
)

// tokenPrefix makes a token easy to know again, in a file where it should not be.
const tokenPrefix = "ent_"

var b32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// grant is what the store keeps of a token or an invitation beside its hash.
type grant struct {
	Expires time.Time `json:"expires"`
}

// Expires says when a token or an invitation lapses; zero for what does not.
func (s *Service) Expires(c entente.Credential) time.Time {
	if c.Kind != kindToken && c.Kind != kindInvitation {
		return time.Time{}
	}
	return grantOf(c).Expires
}

// grantOf gives a grant that has lapsed for data that nobody here wrote.
func grantOf(c entente.Credential) grant {
	var g grant
	if json.Unmarshal(c.Data, &g) != nil {
		return grant{Expires: c.Added}
	}
	return g
}

// secretID names the credential that a secret opens, without telling the secret.
func secretID(kind, secret string) string {
	return kind + ":" + entente.DigestOf([]byte(secret)).String()
}

// Token signs a command line in: an officer's password against a token. device is
// what the command line keeps of an earlier sign-in; known is what it keeps of this one.
func (s *Service) Token(ctx context.Context, officer entente.OfficerID, password, label, addr, device string) (token, known string, expires time.Time, err error) {
	if err := s.checkPassword(ctx, officer, password, s.attempt(officer, addr, device)); err != nil {
		return "", "", time.Time{}, err
	}
	return s.tokenHere(ctx, officer, label)
}

// tokenHere gives a token to a command line that the officer signs in on.
func (s *Service) tokenHere(ctx context.Context, officer entente.OfficerID, label string) (token, known string, expires time.Time, err error) {
	if token, expires, err = s.newToken(ctx, officer, label); err == nil {
		known, err = s.newDevice(officer)
	}
	return token, known, expires, err
}

// NewToken gives a signed-in officer a token for a command line.
func (s *Service) NewToken(ctx context.Context, by entente.Officer, label string) (token string, expires time.Time, err error) {
	if err := s.cfg.Check(by, entente.OpManageCredentials); err != nil {
		return "", time.Time{}, err
	}
	return s.newToken(ctx, by.ID, label)
}

func (s *Service) newToken(ctx context.Context, officer entente.OfficerID, label string) (string, time.Time, error) {
	label, err := checkLabel(label, "command line")
	if err != nil {
		return "", time.Time{}, err
	}
	token := tokenPrefix + strings.ToLower(b32.EncodeToString(random(32)))
	c, err := s.newGrant(kindToken, token, officer, label, s.cfg.Token)
	if err != nil {
		return "", time.Time{}, err
	}
	out := shown{token, c}
	err = s.once(ctx, &out, func(tx entente.Tx) error {
		o, err := active(tx, officer)
		if err != nil {
			return err
		}
		if err := s.dropLapsed(tx, o.ID); err != nil {
			return err
		}
		if err := tx.PutCredential(c); err != nil {
			return err
		}
		return s.record(tx, o, entente.OpManageCredentials, "new token", false)
	})
	if err != nil {
		return "", time.Time{}, err
	}
	return out.Secret, grantOf(out.Grant).Expires, nil
}

func (s *Service) newGrant(kind, secret string, officer entente.OfficerID, label string, life time.Duration) (entente.Credential, error) {
	now := s.now()
	data, err := json.Marshal(grant{Expires: now.Add(life)})
	return entente.Credential{ID: secretID(kind, secret), Officer: officer, Kind: kind, Label: label, Data: data, Added: now}, err
}

// dropLapsed keeps lists short.
func (s *Service) dropLapsed(tx entente.Tx, id entente.OfficerID) error {
	held, err := tx.Credentials(id)
	if err != nil {
		return err
	}
	for _, c := range held {
		if at := s.Expires(c); !at.IsZero() && !s.now().Before(at) {
			if err := tx.DropCredential(c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// Bearer gives the officer to whom a token was given. Denied: lapsed, revoked,
// never given, or the account is disabled.
func (s *Service) Bearer(ctx context.Context, token string) (entente.Officer, error) {
	var o entente.Officer
	var c entente.Credential
	read := func(tx entente.Tx) (err error) {
		if o, c, err = s.bearer(tx, token); err != nil {
			o = entente.Officer{}
		}
		return err
	}
	if err := s.cfg.Store.View(ctx, read); err != nil || s.now().Sub(c.Used) < seenEvery {
		return o, err
	}
	err := s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := read(tx); err != nil {
			return err
		}
		c.Used = s.now()
		return tx.PutCredential(c)
	})
	if errors.Is(err, entente.Full) { // when it was used last is not worth turning the officer away
		return o, nil
	}
	return o, err
}

func (s *Service) bearer(tx entente.Tx, token string) (entente.Officer, entente.Credential, error) {
	if !strings.HasPrefix(token, tokenPrefix) || len(token) > 128 {
		return entente.Officer{}, entente.Credential{}, notSignedIn()
	}
	c, err := tx.Credential(secretID(kindToken, token))
	if errors.Is(err, entente.NotFound) {
		return entente.Officer{}, c, notSignedIn()
	}
	if err != nil {
		return entente.Officer{}, c, err
	}
	if !s.now().Before(grantOf(c).Expires) {
		return entente.Officer{}, c, &entente.Error{Kind: entente.Denied, Detail: "this token has lapsed", Hint: "sign in again with: entente signin"}
	}
	o, err := active(tx, c.Officer)
	return o, c, err
}

// Credentials lists what an officer can sign in with, oldest first.
func (s *Service) Credentials(ctx context.Context, by entente.Officer) (held []entente.Credential, err error) {
	if err := s.cfg.Check(by, entente.OpManageCredentials); err != nil {
		return nil, err
	}
	err = s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		held, err = tx.Credentials(by.ID)
		return err
	})
	return held, err
}

// Revoke takes one of the officer's own credentials away, by its ID. The last
// password or passkey stays: without it, nobody could sign in as him again.
func (s *Service) Revoke(ctx context.Context, by entente.Officer, id string) error {
	if err := s.cfg.Check(by, entente.OpManageCredentials); err != nil {
		return err
	}
	return s.once(ctx, nil, func(tx entente.Tx) error {
		held, err := tx.Credentials(by.ID)
		if err != nil {
			return err
		}
		var found entente.Credential
		ways := 0 // to sign in with
		for _, c := range held {
			if c.ID == id {
				found = c
			}
			if c.Kind == kindPassword || c.Kind == kindPasskey {
				ways++
			}
		}
		if found.ID == "" {
			return &entente.Error{Kind: entente.NotFound, Detail: "you have no such credential", Hint: "look at the list again: it may be revoked already"}
		}
		if ways == 1 && (found.Kind == kindPassword || found.Kind == kindPasskey) {
			return &entente.Error{Kind: entente.Denied, Detail: "this is the last way in which you can sign in", Hint: "add a passkey or set a password first"}
		}
		if err := tx.DropCredential(id); err != nil {
			return err
		}
		return s.record(tx, by, entente.OpManageCredentials, "revoked a "+found.Kind, false)
	})
}

// checkLabel bounds what an officer calls a credential.
func checkLabel(label, otherwise string) (string, error) {
	label = strings.TrimSpace(label)
	if label == "" {
		label = otherwise
	}
	if len(label) > 100 || strings.ContainsFunc(label, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", &entente.Error{Kind: entente.Invalid, Field: "label", Detail: "the label is too long or has control characters", Hint: "take a few words, as in \"laptop\""}
	}
	return label, nil
}
