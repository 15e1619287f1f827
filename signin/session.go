package signin

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"entente"
)

// seenEvery bounds how often a busy session writes to the store.
const seenEvery = time.Minute

// newSession signs an officer in: a token of 256 random bits, of which the
// store keeps only the hash. What expired goes in passing.
func (s *Service) newSession(tx entente.Tx, o entente.Officer) (token string, err error) {
	token = base64.RawURLEncoding.EncodeToString(random(32))
	now := s.now()
	if err := tx.DropSessions("", now); err != nil {
		return "", err
	}
	return token, tx.PutSession(entente.Session{
		Token: entente.DigestOf([]byte(token)), Officer: o.ID,
		Created: now, Seen: now, Expires: now.Add(s.cfg.Absolute),
	})
}

// Session gives the officer whom the token signed in. Denied: nobody, or the
// session ended, or the account is disabled.
func (s *Service) Session(ctx context.Context, token string) (entente.Officer, error) {
	var o entente.Officer
	var seen entente.Session
	err := s.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		o, seen, err = s.session(tx, token)
		return err
	})
	if err != nil || s.now().Sub(seen.Seen) < seenEvery {
		return o, err
	}
	was := o
	err = s.cfg.Store.Update(ctx, func(tx entente.Tx) (err error) {
		// It may have ended since: a session that is gone is not put back.
		if o, seen, err = s.session(tx, token); err != nil {
			return err
		}
		seen.Seen = s.now()
		return tx.PutSession(seen)
	})
	if errors.Is(err, entente.Full) { // it counts as idle, and ends sooner
		return was, nil
	}
	return o, err
}

func (s *Service) session(tx entente.Tx, token string) (entente.Officer, entente.Session, error) {
	got, err := tx.Session(entente.DigestOf([]byte(token)))
	if errors.Is(err, entente.NotFound) {
		return entente.Officer{}, got, notSignedIn()
	}
	if err != nil {
		return entente.Officer{}, got, err
	}
	now := s.now()
	if !now.Before(got.Expires) || now.Sub(got.Seen) >= s.cfg.Idle {
		return entente.Officer{}, got, &entente.Error{Kind: entente.Denied, Detail: "your session has ended", Hint: "sign in again"}
	}
	o, err := active(tx, got.Officer)
	return o, got, err
}

// SignOut ends one session, or revokes one command-line token. What opens
// nothing is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		o, err := s.whose(tx, token)
		if err == nil {
			err = s.record(tx, o, entente.OpManageCredentials, "sign-out", false)
		}
		if err != nil && !errors.Is(err, entente.Denied) {
			return err
		}
		if err := tx.DropCredential(secretID(kindToken, token)); err != nil && !errors.Is(err, entente.NotFound) {
			return err
		}
		if err := tx.DropSession(entente.DigestOf([]byte(token))); err != nil && !errors.Is(err, entente.NotFound) {
			return err
		}
		return nil
	})
}

func (s *Service) whose(tx entente.Tx, token string) (o entente.Officer, err error) {
	if strings.HasPrefix(token, tokenPrefix) {
		o, _, err = s.bearer(tx, token)
	} else {
		o, _, err = s.session(tx, token)
	}
	return o, err
}

// SignOutEverywhere ends every session of the officer and revokes all his
// command-line tokens.
func (s *Service) SignOutEverywhere(ctx context.Context, by entente.Officer) error {
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := closeAll(tx, by.ID); err != nil {
			return err
		}
		return s.record(tx, by, entente.OpManageCredentials, "sign-out everywhere", false)
	})
}

// closeAll ends whatever was opened in the officer's name.
func closeAll(tx entente.Tx, id entente.OfficerID) error {
	if err := tx.DropSessions(id, time.Time{}); err != nil {
		return err
	}
	return dropCredentials(tx, id, kindToken)
}

func dropCredentials(tx entente.Tx, id entente.OfficerID, kind string) error {
	held, err := tx.Credentials(id)
	if err != nil {
		return err
	}
	for _, c := range held {
		if c.Kind != kind {
			continue
		}
		if err := tx.DropCredential(c.ID); err != nil {
			return err
		}
	}
	return nil
}

// active gives an officer who may sign in.
func active(tx entente.Tx, id entente.OfficerID) (entente.Officer, error) {
	o, err := tx.Officer(id)
	if errors.Is(err, entente.NotFound) || (err == nil && !o.Disabled.IsZero()) {
		return entente.Officer{}, notSignedIn()
	}
	return o, err
}

func notSignedIn() error {
	return &entente.Error{Kind: entente.Denied, Detail: "you are not signed in", Hint: "sign in and try again"}
}
