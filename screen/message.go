package screen

import (
	"context"
	"errors"

	"entente"
	"entente/match"
)

// batch is how many messages or events are placed in one transaction.
const batch = 256

// Messages compares the subjects of messages that were filed with everything
// held here, and gives the number of messages.
func (s *Screen) Messages(ctx context.Context) (int, error) {
	all := 0
	for {
		n, err := s.someMessages(ctx)
		all += n
		if err != nil || n < batch {
			return all, err
		}
	}
}

func (s *Screen) someMessages(ctx context.Context) (int, error) {
	waiting := 0
	var n tally
	err := s.current(ctx, func(tx entente.Tx) error {
		n = tally{}
		ids, err := tx.Unscreened(batch)
		waiting = len(ids)
		for _, id := range ids {
			if err == nil {
				err = s.message(tx, id, &n)
			}
		}
		return err
	})
	if err == nil && waiting > 0 {
		s.cfg.Step("screened")
		s.cfg.Changed()
	}
	return waiting, err
}

func (s *Screen) message(tx entente.Tx, id entente.MessageID, n *tally) error {
	filed, err := tx.Message(id)
	if errors.Is(err, entente.NotFound) {
		return tx.Screened(id) // erased meanwhile; it must not hold up the others
	}
	if err != nil {
		return err
	}
	if tip := filed.Message.Statement.Tip; tip != nil {
		for _, subject := range tip.Subjects {
			met := sight{
				sighting: entente.Sighting{Message: id, Subject: subject.ID}, subject: subject,
				from: string(filed.Partner()), what: "tip of " + string(filed.Partner()) + " of " + day(filed.Message.Header.Created) + ", " + tip.Title,
			}
			asked := match.Ask(subject)
			found := s.near(asked)
			listed, err := s.listed(tx, asked)
			if err != nil {
				return err
			}
			if err := s.place(tx, met, s.others(tx, id, append(found, listed...)), n); err != nil {
				return err
			}
		}
	}
	return tx.Screened(id)
}

// others leaves out the file that the message was already put into.
func (s *Screen) others(tx entente.Tx, id entente.MessageID, found []Found) []Found {
	linked, err := tx.Cases(entente.CaseQuery{Message: id})
	if err != nil || len(linked) == 0 {
		return found
	}
	var rest []Found
	for _, f := range found {
		own := false
		for _, c := range linked {
			own = own || f.Target == entente.Target{Kind: entente.TargetCase, ID: string(c.ID)}
		}
		if !own {
			rest = append(rest, f)
		}
	}
	return rest
}

// current runs fn in a transaction whose watches, cases and clearings are those
// of the index: a watch that opens a moment before an event comes hits it.
func (s *Screen) current(ctx context.Context, fn func(entente.Tx) error) error {
	for {
		if err := s.Follow(ctx); err != nil {
			return err
		}
		moved := false
		err := s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
			var err error
			if _, moved, err = s.behind(tx); err != nil || moved {
				return err
			}
			return fn(tx)
		})
		if err != nil || !moved {
			return err
		}
	}
}
