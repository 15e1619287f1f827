package scenario

import (
	"fmt"
	"time"

	"entente"
	"entente/casework"
)

// away has Albia decide while Borea cannot be reached.
func (s *returner) away() error {
	s.on(2011, 9, 20)
	s.borea.Stop()
	s.gone = s.clock.Now()
	_, _, err := s.desk().Dispose(s.ctx, s.analyst(), s.second, entente.Disposition{Outcome: entente.OutcomeReserved, Reason: "Kept on file and watched for."})
	if err != nil {
		return err
	}
	v, err := s.desk().Message(s.ctx, s.overseer(), s.second, "")
	if err != nil {
		return err
	}
	if a := v.Progress.Answer; a == nil || a.State() != entente.AnswerSent || !v.Progress.Decided.IsZero() {
		return fmt.Errorf("the desk of Albia calls the tip decided, and Borea has not receipted that: %+v", v.Progress)
	}
	s.done("Albia's desk says \"answered, on its way\", and the outcome is still owed", "Albia decides on the second tip, and Borea's node cannot be reached.")
	return nil
}

// back has Borea return after 40 days: the answer has waited for it.
func (s *returner) back() error {
	s.on(2011, 10, 30)
	if err := s.borea.Start(s.ctx); err != nil {
		return err
	}
	s.clock.Advance(20 * time.Minute) // the longest pause between two attempts
	s.albia.Node.Outbox.Wake()
	if err := s.awaits("Borea has the outcome", s.borea, entente.ObligationClaimed); err != nil {
		return err
	}
	if err := s.awaits("Albia has the receipt", s.albia, entente.ObligationClaimed); err != nil {
		return err
	}
	s.done("at both desks: decided, and late, said to be written in time", "Borea is back after 40 days. What was owed to it did not expire: it arrives.")
	return nil
}

// outage has Borea say that it was its own node.
func (s *returner) outage() error {
	by := s.borea.Officer(entente.Supervisor)
	if err := s.borea.Node.Outbox.DeclareOutage(s.ctx, by, "north-star", "albia-ncc", s.gone, s.borea.now()); err != nil {
		return err
	}
	for _, a := range []*Agency{s.borea, s.albia} {
		if err := s.awaits("both count the answer from when it was written", a, entente.ObligationMet); err != nil {
			return err
		}
	}
	s.done("at both desks: met, under the outage that Borea signed", "Borea declares the outage of its own node.")
	return nil
}

// awaits waits until an agency finds the outcome of the second tip in a state.
func (s *returner) awaits(what string, a *Agency, state entente.ObligationState) error {
	_, err := s.untilOf(a, s.second, what, func(v casework.View) bool {
		for _, o := range v.Obligations {
			if o.Kind == entente.OwesDisposition {
				return o.State(a.now()) == state && !v.Progress.Decided.IsZero()
			}
		}
		return false
	})
	return err
}

// owed compares at the end what both nodes find that is owed.
func (s *returner) owed() error {
	if err := s.settled(); err != nil {
		return err
	}
	n, err := SameDuties(s.ctx, s.clock.Now(), s.borea, s.albia)
	if err != nil {
		return err
	}
	s.done(fmt.Sprintf("%d obligations, in the same states with the same times at both nodes", n), "What each owes the other is computed at both nodes and compared.")
	return nil
}
