package screen

import (
	"strconv"

	"entente"
)

// loadDesk brings the desk index up to tx: by what changed, if the store tells
// that, or else as a whole.
func (s *Screen) loadDesk(tx entente.Tx) error {
	at, behind, err := s.behind(tx)
	if err != nil || !behind {
		return err
	}
	log, err := changes(tx)
	if err != nil {
		return err
	}
	s.mu.RLock()
	from, ready := s.deskAt, s.ready
	s.mu.RUnlock()
	if changed, known := since(log, from); known && ready {
		done, err := s.loadChanged(tx, from, at, changed)
		if err != nil || done {
			return err
		}
	}
	return s.loadWhole(tx, at)
}

func (s *Screen) loadWhole(tx entente.Tx, at string) error {
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
	s.mu.Lock()
	defer s.mu.Unlock()
	watched, kept := map[entente.WatchID]bool{}, map[entente.CaseID]bool{}
	for _, w := range watches {
		watched[w.ID] = true
		s.setWatch(w)
	}
	for _, c := range cases {
		kept[c.ID] = true
		s.setCase(c)
	}
	for id := range s.watches {
		if !watched[id] {
			s.dropWatch(id)
		}
	}
	for id := range s.cases {
		if !kept[id] {
			s.dropCase(id, 0)
		}
	}
	clear(s.cleared)
	s.addClearings(clearings)
	s.deskAt, s.ready = at, true
	return nil
}

// loadChanged loads some targets, with their clearings. Not done: another
// goroutine has loaded something else meanwhile.
func (s *Screen) loadChanged(tx entente.Tx, from, at string, changed []entente.Target) (done bool, err error) {
	watches := map[entente.WatchID]entente.Watch{}
	cases := map[entente.CaseID]entente.Case{}
	var clearings []entente.Clearing
	for _, t := range changed {
		switch t.Kind {
		case entente.TargetWatch:
			watches[entente.WatchID(t.ID)], err = found(tx.Watch(entente.WatchID(t.ID)))
		case entente.TargetCase:
			cases[entente.CaseID(t.ID)], err = found(tx.Case(entente.CaseID(t.ID)))
		}
		if err != nil {
			return false, err
		}
		cleared, err := tx.Clearings(t)
		if err != nil {
			return false, err
		}
		clearings = append(clearings, cleared...)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.deskAt != from {
		return s.deskAt == at, nil
	}
	for id, w := range watches {
		if w.ID == "" || w.Ended != nil {
			s.dropWatch(id)
		} else {
			s.setWatch(w)
		}
	}
	for id, c := range cases {
		if c.ID == "" {
			s.dropCase(id, 0)
		} else {
			s.setCase(c)
		}
	}
	for _, t := range changed {
		delete(s.cleared, t)
	}
	s.addClearings(clearings)
	s.deskAt = at
	return true, nil
}

// What follows wants s.mu.

func (s *Screen) setWatch(w entente.Watch) {
	if s.watches[w.ID].Version != w.Version {
		s.desk.Put(watchKey(w.ID), s.believed(w.Subject))
	}
	s.watches[w.ID] = w
}

func (s *Screen) dropWatch(id entente.WatchID) {
	s.desk.Remove(watchKey(id))
	delete(s.watches, id)
}

func (s *Screen) setCase(c entente.Case) {
	if s.cases[c.ID].Version != c.Version {
		for i, subject := range c.Subjects {
			s.desk.Put(caseKey(c.ID, i), s.believed(subject))
		}
		s.dropCase(c.ID, len(c.Subjects))
	}
	s.cases[c.ID] = c
}

// dropCase takes a file's subjects from the nth on out of the index.
func (s *Screen) dropCase(id entente.CaseID, n int) {
	for i := n; i < len(s.cases[id].Subjects); i++ {
		s.desk.Remove(caseKey(id, i))
	}
	if n == 0 {
		delete(s.cases, id)
	}
}

func (s *Screen) addClearings(list []entente.Clearing) {
	for _, c := range list {
		if c.Revoked == nil {
			s.cleared[c.Target] = append(s.cleared[c.Target], c)
		}
	}
}

// Keys of the desk index; find.go reads them.

func watchKey(id entente.WatchID) string { return string(entente.TargetWatch) + " " + string(id) }

func caseKey(id entente.CaseID, subject int) string {
	return string(entente.TargetCase) + " " + string(id) + " " + strconv.Itoa(subject)
}
