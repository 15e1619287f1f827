package signin

import (
	"context"
	"errors"
	"strings"
	"time"

	"entente"
)

// An invitation lets an officer set his first password or passkey, once. It can
// be read over a telephone: 20 characters of Crockford's base32, 100 random
// bits, in groups of 4.

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func newCode() string {
	var b strings.Builder
	for i, r := range random(20) {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(crockford[r&31])
	}
	return b.String()
}

// plainCode undoes what reading aloud and writing down does to a code.
func plainCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\t', '\n', '\r':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, strings.ToUpper(typed[:min(len(typed), 100)]))
}

// Invite gives a code with which the officer sets a password or a passkey, once,
// within the life of an invitation. An earlier code of his is void. His present
// password and passkeys work until he uses the code.
//
// Whoever can invite could become the officer: the code counts only once a second
// person has confirmed it, where there is one.
func (s *Service) Invite(ctx context.Context, by entente.Officer, officer entente.OfficerID) (code string, expires time.Time, err error) {
	if err := s.may(ctx, by, entente.OpManageOfficers, "invitation of "+string(officer)); err != nil {
		return "", time.Time{}, err
	}
	code = newCode()
	c, err := s.newGrant(kindInvitation, plainCode(code), officer, "invitation", s.cfg.Invite)
	if err != nil {
		return "", time.Time{}, err
	}
	out := shown{code, c}
	err = s.once(ctx, &out, func(tx entente.Tx) error {
		o, err := tx.Officer(officer)
		if err != nil {
			return err
		}
		waits, err := s.cfg.Waits(tx, officer)
		if err != nil {
			return err
		}
		if !o.Disabled.IsZero() && !waits {
			return &entente.Error{Kind: entente.Conflict, Detail: "this account is disabled", Hint: "enable it first"}
		}
		if err := dropCredentials(tx, officer, kindInvitation); err != nil {
			return err
		}
		if err := tx.PutCredential(c); err != nil {
			return err
		}
		if err := s.cfg.Ask(tx, by, officer, s.now()); err != nil {
			return err
		}
		return s.record(tx, by, entente.OpManageOfficers, "invitation of "+string(officer), false)
	})
	if err != nil {
		return "", time.Time{}, err
	}
	return out.Secret, grantOf(out.Grant).Expires, nil
}

// Invited gives the officer that a code invites, for the page on which they use it.
// A code has 100 random bits: nobody guesses one, so that no count of guesses has
// to hold back an officer who has it.
func (s *Service) Invited(ctx context.Context, code string) (o entente.Officer, err error) {
	err = s.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		o, err = s.invited(tx, invitationID(code))
		return err
	})
	return o, err
}

// invitationID names the credential that a code is for.
func invitationID(code string) string { return secretID(kindInvitation, plainCode(code)) }

// invited gives the officer of an invitation that counts.
func (s *Service) invited(tx entente.Tx, invitation string) (entente.Officer, error) {
	void := &entente.Error{Kind: entente.Denied, Field: "code", Detail: "this invitation is not valid, or not any more", Hint: "check the code, or ask an operator for a new one"}
	c, err := tx.Credential(invitation)
	if errors.Is(err, entente.NotFound) || (err == nil && !s.now().Before(grantOf(c).Expires)) {
		return entente.Officer{}, void
	}
	if err != nil {
		return entente.Officer{}, err
	}
	waits, err := s.cfg.Waits(tx, c.Officer)
	if err != nil {
		return entente.Officer{}, err
	}
	if waits {
		return entente.Officer{}, &entente.Error{Kind: entente.Denied, Field: "code", Detail: "this invitation waits until a supervisor or an overseer confirms it", Hint: "ask one of them to look at the page Officers; the code stays good"}
	}
	o, err := active(tx, c.Officer)
	if errors.Is(err, entente.Denied) {
		return o, void
	}
	return o, err
}

// may holds an operation against the officer's role. A refusal is on record.
func (s *Service) may(ctx context.Context, by entente.Officer, op entente.Operation, object string) error {
	err := s.cfg.Check(by, op)
	if err == nil || !errors.Is(err, entente.Denied) {
		return err
	}
	if logErr := s.cfg.Store.Update(ctx, func(tx entente.Tx) error { return s.record(tx, by, op, object, true) }); logErr != nil {
		return logErr
	}
	return err
}

// Redeem sets the invited officer's password and signs him in.
func (s *Service) Redeem(ctx context.Context, code, password string) (token string, o entente.Officer, err error) {
	if o, err = s.Invited(ctx, code); err != nil {
		return "", entente.Officer{}, err
	}
	err = s.redeem(ctx, o, code, password, func(tx entente.Tx) (err error) {
		token, err = s.newSession(tx, o)
		return err
	})
	if err != nil {
		return "", entente.Officer{}, err
	}
	return token, o, nil
}

// RedeemToken is Redeem for a command line, as Token is Password. The officer says
// who they are, so that nobody uses up a code that is for somebody else.
func (s *Service) RedeemToken(ctx context.Context, officer entente.OfficerID, code, password, label string) (token, known string, expires time.Time, err error) {
	o, err := s.Invited(ctx, code)
	if err != nil {
		return "", "", time.Time{}, err
	}
	if o.ID != officer {
		return "", "", time.Time{}, notHis()
	}
	if err := s.redeem(ctx, o, code, password, func(entente.Tx) error { return nil }); err != nil {
		return "", "", time.Time{}, err
	}
	return s.tokenHere(ctx, officer, label)
}

func (s *Service) redeem(ctx context.Context, o entente.Officer, code, password string, then func(entente.Tx) error) error {
	hashed, err := s.newPassword(ctx, o.ID, password)
	if err != nil {
		return err
	}
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := s.spend(tx, invitationID(code), o.ID); err != nil {
			return err
		}
		if err := s.putPassword(tx, o, hashed); err != nil {
			return err
		}
		return then(tx)
	})
}

func notHis() error {
	return &entente.Error{Kind: entente.Denied, Field: "code", Detail: "this invitation is for another officer", Hint: "check the officer's id and the code"}
}

// spend uses an invitation up; of two who try at once, one fails.
func (s *Service) spend(tx entente.Tx, invitation string, officer entente.OfficerID) error {
	o, err := s.invited(tx, invitation)
	if err != nil {
		return err
	}
	if o.ID != officer {
		return notHis()
	}
	if err := tx.DropCredential(invitation); err != nil {
		return err
	}
	return s.record(tx, o, entente.OpManageCredentials, "used an invitation", false)
}
