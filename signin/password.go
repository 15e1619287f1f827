package signin

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"entente"
)

const (
	kindPassword   = "password"
	kindPasskey    = "passkey"
	kindToken      = "token"
	kindInvitation = "invitation"

	minPassword = 12   // characters
	maxPassword = 1024 // bytes; argon2 reads all of it
)

// Password signs an officer in and gives a session token. addr is where the
// request comes from, device what the browser keeps of earlier sign-ins.
//
// An unknown officer, a wrong password and a disabled account get the same
// answer after the same work. Errors: Denied; Unavailable when there were too
// many attempts, on the device or for the officer.
func (s *Service) Password(ctx context.Context, officer entente.OfficerID, password, addr, device string) (token string, o entente.Officer, err error) {
	if err := s.checkPassword(ctx, officer, password, s.attempt(officer, addr, device)); err != nil {
		return "", entente.Officer{}, err
	}
	err = s.cfg.Store.Update(ctx, func(tx entente.Tx) (err error) {
		if o, err = active(tx, officer); err != nil {
			return err
		}
		if token, err = s.newSession(tx, o); err != nil {
			return err
		}
		return s.record(tx, o, entente.OpManageCredentials, "sign-in by password", false)
	})
	if err != nil {
		return "", entente.Officer{}, err
	}
	return token, o, nil
}

// checkPassword tells only whether the two belong together, at most as often as
// the limits allow. What it writes, it writes in its turn: strangers cannot fill
// the store faster than they get turns.
func (s *Service) checkPassword(ctx context.Context, officer entente.OfficerID, password string, try attempt) error {
	if err := s.held(ctx, try); err != nil {
		return err
	}
	leave, err := s.hash.turns.enter(ctx, try.place)
	if err != nil {
		return err
	}
	defer leave()
	if err := s.take(ctx, try); err != nil {
		return err
	}
	o, stored, err := s.stored(ctx, officer)
	if err != nil {
		return err
	}
	if !s.hash.matches(normal(password), stored) || o.ID == "" {
		return s.refuse(ctx, o, "sign-in by password", wrongPassword())
	}
	leave()
	if err := s.cfg.Store.Update(ctx, func(tx entente.Tx) error { return s.succeeded(tx, try) }); err != nil {
		return err
	}
	return s.rehash(ctx, officer, password, stored)
}

// stored gives the officer with his hashed password. For whoever cannot sign in
// with one it gives no officer, or no true hash, and no error: the work that
// follows is the same.
func (s *Service) stored(ctx context.Context, id entente.OfficerID) (o entente.Officer, h phc, err error) {
	h = s.hash.decoy
	err = s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		got, err := active(tx, id)
		if errors.Is(err, entente.Denied) {
			return nil
		}
		if err != nil {
			return err
		}
		o = got
		c, err := tx.Credential(passwordID(id))
		if errors.Is(err, entente.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		h, err = parsePHC(string(c.Data))
		return err
	})
	return o, h, err
}

// refuse records an attempt that failed and gives why. A record that cannot be
// written does not change the answer: it goes to this node's log as its cause.
func (s *Service) refuse(ctx context.Context, o entente.Officer, object string, why *entente.Error) error {
	err := s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		return s.record(tx, o, entente.OpManageCredentials, object, true)
	})
	if err != nil {
		why.Cause = opaque(err)
	}
	return why
}

// opaque hides the kind of an error that is only a cause, so that errors.Is
// finds the kind of the answer alone.
func opaque(err error) error { return errors.New(err.Error()) }

// rehash follows a change of the node's costs, at the only time the password is known.
func (s *Service) rehash(ctx context.Context, id entente.OfficerID, password string, was phc) error {
	if was.params == s.cfg.Params {
		return nil
	}
	hashed, err := s.hash.make(ctx, normal(password))
	if err != nil {
		return err
	}
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		c, err := tx.Credential(passwordID(id))
		if err != nil || string(c.Data) != was.String() {
			return err // it was changed meanwhile: leave it
		}
		c.Data = []byte(hashed)
		return tx.PutCredential(c)
	})
}

// SetPassword gives an officer a password, whoever asks: for the command line
// at the machine itself. All that was open in his name is closed.
func (s *Service) SetPassword(ctx context.Context, officer entente.OfficerID, password string) error {
	hashed, err := s.newPassword(ctx, officer, password)
	if err != nil {
		return err
	}
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		o, err := tx.Officer(officer)
		if err != nil {
			return err
		}
		return s.putPassword(tx, o, hashed)
	})
}

// ChangePassword sets the officer's own password, against the present one. All
// that was open in their name is closed: they sign in again.
func (s *Service) ChangePassword(ctx context.Context, by entente.Officer, now, next string) error {
	if err := s.cfg.Check(by, entente.OpManageCredentials); err != nil {
		return err
	}
	hashed, err := s.newPassword(ctx, by.ID, next)
	if err != nil {
		return err
	}
	if err := s.checkPassword(ctx, by.ID, now, s.attemptInSession(by.ID)); err != nil {
		return err
	}
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error { return s.putPassword(tx, by, hashed) })
}

// newPassword checks and hashes; it takes its time, and so stays out of transactions.
func (s *Service) newPassword(ctx context.Context, officer entente.OfficerID, password string) (string, error) {
	if err := CheckNewPassword(officer, password); err != nil {
		return "", err
	}
	return s.hash.make(ctx, normal(password))
}

func (s *Service) putPassword(tx entente.Tx, o entente.Officer, hashed string) error {
	err := tx.PutCredential(entente.Credential{
		ID: passwordID(o.ID), Officer: o.ID, Kind: kindPassword, Label: "password", Data: []byte(hashed), Added: s.now(),
	})
	if err != nil {
		return err
	}
	if err := closeAll(tx, o.ID); err != nil {
		return err
	}
	return s.record(tx, o, entente.OpManageCredentials, "new password", false)
}

// CheckNewPassword says whether a password is good enough to be set: length
// counts, and kinds of characters do not (NIST SP 800-63B, section 3.1.1.2).
func CheckNewPassword(officer entente.OfficerID, password string) error {
	bad := func(detail, hint string) error {
		return &entente.Error{Kind: entente.Invalid, Field: "password", Detail: detail, Hint: hint}
	}
	if !utf8.ValidString(password) || len(password) > maxPassword {
		return bad("this password is too long or not text", "take up to 1024 bytes of text")
	}
	p := normal(password)
	if utf8.RuneCountInString(p) < minPassword {
		return bad("a password has at least 12 characters", "four or five words that do not belong together are easy to remember")
	}
	different := map[rune]bool{}
	for _, r := range p {
		different[r] = true
	}
	if len(different) < 5 {
		return bad("this password repeats a few characters", "take at least 5 different ones")
	}
	if id := strings.ToLower(string(officer)); len(id) > 3 && strings.Contains(strings.ToLower(p), id) {
		return bad("this password contains your own name here", "take words that nobody connects with you")
	}
	return nil
}

// normal makes one password of the ways in which keyboards compose one text.
func normal(password string) string { return norm.NFC.String(password) }

func passwordID(o entente.OfficerID) string { return kindPassword + ":" + string(o) }

func wrongPassword() *entente.Error {
	return &entente.Error{Kind: entente.Denied, Detail: "officer or password is wrong", Hint: "check both, and whether capitals are locked"}
}
