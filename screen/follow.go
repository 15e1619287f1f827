package screen

import (
	"context"
	"strconv"

	"entente"
)

// deskMark is the setting that every change of a watch, a case or a clearing
// raises, so that each process sees that its index is behind.
const deskMark = "screen.desk"

// Mark says in tx that watches, cases or clearings change with it.
func Mark(tx entente.Tx) error { return tx.PutSetting(deskMark, []byte(newID())) }

func mark(tx entente.Tx) (string, error) {
	b, err := tx.Setting(deskMark)
	b, err = found(b, err)
	return string(b), err
}

// Follow brings the indexes up to what the store holds. It costs two small
// reads when nothing changed.
func (s *Screen) Follow(ctx context.Context) error { return s.load(ctx, nil) }

// Load is Follow for the start of a node, and tells how many people are in the
// index so far.
func (s *Screen) Load(ctx context.Context, progress func(people int)) error {
	return s.load(ctx, progress)
}

func (s *Screen) load(ctx context.Context, progress func(int)) error {
	s.loading.Lock()
	defer s.loading.Unlock()
	return s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		if err := s.loadDesk(tx); err != nil {
			return err
		}
		return s.loadLists(tx, progress)
	})
}

// behind reports whether the desk index shows another state than tx.
func (s *Screen) behind(tx entente.Tx) (bool, error) {
	at, err := mark(tx)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return !s.ready || at != s.deskAt, err
}

func (s *Screen) loadDesk(tx entente.Tx) error {
	if behind, err := s.behind(tx); err != nil || !behind {
		return err
	}
	at, err := mark(tx)
	if err != nil {
		return err
	}
	watches, err := tx.Watches(true)
	if err != nil {
		return err
	}
	cases, err := tx.Cases(entente.CaseQuery{})
	if err != nil {
		return err
	}
	clearings, err := tx.Clearings(entente.Target{})
	if err != nil {
		return err
	}
	s.setDesk(at, watches, cases, clearings)
	return nil
}

func (s *Screen) setDesk(at string, watches []entente.Watch, cases []entente.Case, clearings []entente.Clearing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.deskIDs
	was, wasCase := s.watches, s.cases
	s.deskIDs = map[string]bool{}
	s.watches, s.cases = map[entente.WatchID]entente.Watch{}, map[entente.CaseID]entente.Case{}
	s.cleared = map[entente.Target][]entente.Clearing{}
	for _, w := range watches {
		s.watches[w.ID] = w
		id := string(entente.TargetWatch) + " " + string(w.ID)
		s.deskIDs[id] = true
		if before, ok := was[w.ID]; !ok || before.Version != w.Version {
			s.desk.Put(id, w.Subject)
		}
	}
	for _, c := range cases {
		s.cases[c.ID] = c
		for i, subject := range c.Subjects {
			id := string(entente.TargetCase) + " " + string(c.ID) + " " + strconv.Itoa(i)
			s.deskIDs[id] = true
			if before, ok := wasCase[c.ID]; !ok || before.Version != c.Version {
				s.desk.Put(id, subject)
			}
		}
	}
	for id := range old {
		if !s.deskIDs[id] {
			s.desk.Remove(id)
		}
	}
	for _, c := range clearings {
		if c.Revoked == nil {
			s.cleared[c.Target] = append(s.cleared[c.Target], c)
		}
	}
	s.deskAt, s.ready = at, true
}

// page is how many holdings are read at a time.
const page = 5000

// loadLists reads the sources that have a newer edition than the index shows.
func (s *Screen) loadLists(tx entente.Tx, progress func(int)) error {
	newest, err := tx.Editions("")
	if err != nil {
		return err
	}
	for _, e := range newest {
		if e.Number <= s.listsAt[e.Source] {
			continue
		}
		if err := s.loadSource(tx, e.Source, progress); err != nil {
			return err
		}
		s.listsAt[e.Source] = e.Number
	}
	return nil
}

func (s *Screen) loadSource(tx entente.Tx, source entente.SourceID, progress func(int)) error {
	q := entente.HoldingQuery{Source: source, Limit: page}
	for {
		holdings, err := tx.Holdings(q)
		if err != nil {
			return err
		}
		s.index(holdings)
		if progress != nil {
			progress(s.lists.Len())
		}
		if len(holdings) < page {
			return nil
		}
		q.After = holdings[len(holdings)-1].ID
	}
}

// index puts holdings in the index, or takes them out. Only persons are found
// by name.
func (s *Screen) index(holdings []entente.Holding) {
	for _, h := range holdings {
		if h.Kind == entente.HoldingPerson && h.Removed.IsZero() {
			s.lists.Put(string(h.ID), h.Subject)
		} else {
			s.lists.Remove(string(h.ID))
		}
	}
}
