package signin

import (
	"context"
	"time"

	"entente"
	"entente/internal/door"
)

// attempt is one try with a password.
type attempt struct {
	place  string // where it comes from; empty: somebody who is known here
	counts []count
}

// count is a key under a limiter. The first of an attempt is its own: a success
// clears it.
type count struct {
	limiter *limiter
	key     string
}

// attempt counts a try under what the officer signed in on before, if they did.
func (s *Service) attempt(officer entente.OfficerID, addr, devices string) attempt {
	if id := s.knows(officer, devices); id != "" {
		return attempt{"", []count{{s.onDevice, string(officer) + "\x00" + id}}}
	}
	place := door.Place(addr)
	if place == "" {
		place = "nowhere" // empty is for who is known
	}
	return attempt{place, []count{{s.fromAddress, string(officer) + "\x00" + place}, {s.ofOfficer, string(officer)}}}
}

// attemptInSession is a try of an officer who is signed in.
func (s *Service) attemptInSession(officer entente.OfficerID) attempt {
	return attempt{"", []count{{s.onDevice, string(officer) + "\x00session"}}}
}

func (a attempt) wait(tx entente.Tx, now time.Time) (longest time.Duration, err error) {
	for _, c := range a.counts {
		wait, err := c.limiter.wait(tx, c.key, now)
		if err != nil {
			return 0, err
		}
		longest = max(longest, wait)
	}
	return longest, nil
}

// held reports, as Unavailable, that the attempt may not be made now. It counts
// nothing and writes nothing.
func (s *Service) held(ctx context.Context, a attempt) error {
	return s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		wait, err := a.wait(tx, s.now())
		if err == nil && wait > 0 {
			err = slowDown(wait)
		}
		return err
	})
}

// take counts an attempt as failed before it is made, so that many at once get
// no more guesses than one after another.
func (s *Service) take(ctx context.Context, a attempt) error {
	now := s.now()
	return s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		wait, err := a.wait(tx, now)
		if err == nil && wait > 0 {
			err = slowDown(wait)
		}
		for _, c := range a.counts {
			if err == nil {
				err = c.limiter.count(tx, c.key, now)
			}
		}
		return err
	})
}

// succeeded takes back what take counted, and forgets the failures of this device
// or address.
func (s *Service) succeeded(tx entente.Tx, a attempt) error {
	if err := a.counts[0].limiter.clear(tx, a.counts[0].key); err != nil {
		return err
	}
	for _, c := range a.counts[1:] {
		if err := c.limiter.giveBack(tx, c.key, s.now()); err != nil {
			return err
		}
	}
	return nil
}

// slowDown says how long to wait, in whole seconds.
func slowDown(wait time.Duration) error {
	wait = (wait + time.Second - 1).Truncate(time.Second)
	return &entente.Error{
		Kind:   entente.Unavailable,
		Detail: "too many attempts to sign in failed",
		Hint:   "wait " + wait.String() + " and try again, or sign in with a passkey",
		Wait:   wait,
	}
}
