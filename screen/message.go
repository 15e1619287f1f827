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
	screened := 0
	var n tally
	var damaged error // of a message that stays in the queue and holds up nobody
	err := s.current(ctx, func(tx entente.Tx) error {
		n, screened, damaged = tally{}, 0, nil
		ids, err := tx.Unscreened(batch)
		for _, id := range ids {
			if err != nil {
				break
			}
			if err = s.message(tx, id, &n); errors.Is(err, entente.Damaged) {
				damaged, err = err, nil
				continue
			}
			screened++
		}
		return err
	})
	if err == nil && screened > 0 {
		s.cfg.Step("screened")
		s.cfg.Changed()
	}
	if err == nil {
		err = damaged
	}
	return screened, err
}

func (s *Screen) message(tx entente.Tx, id entente.MessageID, n *tally) error {
	filed, err := tx.Message(id)
	if errors.Is(err, entente.NotFound) {
		return tx.Screened(id) // erased meanwhile; it must not hold up the others
	}
	if err != nil {
		return err
	}
	for _, met := range sightsOf(filed) {
		asked := match.Ask(s.believed(met.subject))
		found := s.near(asked)
		listed, err := s.listed(tx, asked)
		if err == nil {
			found, err = s.others(tx, id, append(found, listed...))
		}
		if err == nil {
			err = s.place(tx, met, found, n)
		}
		if err != nil {
			return err
		}
	}
	return tx.Screened(id)
}

// sightsOf are the subjects of a tip.
func sightsOf(filed entente.Filed) (all []sight) {
	tip := filed.Message.Statement.Tip
	if tip == nil {
		return nil
	}
	from := string(filed.Partner())
	for _, subject := range tip.Subjects {
		all = append(all, sight{
			sighting: entente.Sighting{Message: filed.Name, Subject: subject.ID}, subject: subject,
			from: from, what: "tip of " + from + " of " + day(filed.Message.Header.Created) + ", " + tip.Title,
		})
	}
	return all
}

// others leaves out what nobody need be told: the files that the message was put
// into already, their watches, and a watch that was opened because of it.
func (s *Screen) others(tx entente.Tx, id entente.MessageID, found []Found) ([]Found, error) {
	if len(found) == 0 {
		return nil, nil
	}
	linked, err := tx.Cases(entente.CaseQuery{Message: id})
	if err != nil {
		return nil, err
	}
	in := map[entente.CaseID]bool{}
	for _, c := range linked {
		in[c.ID] = true
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	var rest []Found
	for _, f := range found {
		own := f.Target.Kind == entente.TargetCase && in[entente.CaseID(f.Target.ID)]
		if f.Target.Kind == entente.TargetWatch {
			w := s.watches[entente.WatchID(f.Target.ID)]
			own = w.Message == id || in[w.Case]
		}
		if !own {
			rest = append(rest, f)
		}
	}
	return rest, nil
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
