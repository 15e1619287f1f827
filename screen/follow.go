package screen

import (
	"context"
	"encoding/json"
	"slices"

	"entente"
)

// Mark says in tx that watches, files or clearings change with it: those of the
// targets. None is named: it may be any of them.
func Mark(tx entente.Tx, changed ...entente.Target) error {
	log, err := changes(tx)
	if err != nil {
		return err
	}
	if len(changed) == 0 || len(changed) > maxChanges {
		log, changed = nil, nil
	}
	log = append(log, change{newID(), changed})
	text, err := json.Marshal(log[max(0, len(log)-maxChanges):])
	if err != nil {
		return err
	}
	if err := tx.PutSetting(deskChanges, text); err != nil {
		return err
	}
	return tx.PutSetting(deskMark, []byte(log[len(log)-1].Mark))
}

// deskMark is the setting that every change of a watch, a file or a clearing
// replaces, so that each process sees that its index is behind; deskChanges tells
// it what to load.
const (
	deskMark    = "screen.desk"
	deskChanges = "screen.desk.changes"
)

// maxChanges is how many changes a process may be behind before it loads the
// whole desk.
const maxChanges = 64

// change is one entry of deskChanges.
type change struct {
	Mark    string           `json:"mark"`
	Targets []entente.Target `json:"targets"` // none: any
}

func changes(tx entente.Tx) (log []change, err error) {
	b, err := found(tx.Setting(deskChanges))
	if err != nil || len(b) == 0 {
		return nil, err
	}
	return log, json.Unmarshal(b, &log)
}

// since gives what changed after the mark at. Not known: the log does not reach
// back so far, or cannot say.
func since(log []change, at string) (changed []entente.Target, known bool) {
	i := slices.IndexFunc(log, func(c change) bool { return c.Mark == at })
	if i < 0 {
		return nil, false
	}
	for _, c := range log[i+1:] {
		if len(c.Targets) == 0 {
			return nil, false
		}
		for _, t := range c.Targets {
			if !slices.Contains(changed, t) {
				changed = append(changed, t)
			}
		}
	}
	return changed, true
}

func mark(tx entente.Tx) (string, error) {
	b, err := found(tx.Setting(deskMark))
	return string(b), err
}

// Follow brings the indexes up to what the store holds. It costs two small
// reads when nothing changed; the first time it reads everything.
func (s *Screen) Follow(ctx context.Context) error {
	s.loading.Lock()
	defer s.loading.Unlock()
	return s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		if err := s.loadDesk(tx); err != nil {
			return err
		}
		return s.loadLists(tx)
	})
}

// behind gives the mark of the state that tx has, and whether the desk index
// shows another.
func (s *Screen) behind(tx entente.Tx) (at string, behind bool, err error) {
	at, err = mark(tx)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return at, !s.ready || at != s.deskAt, err
}

// page is how many holdings are read at a time.
const page = 5000

// loadLists reads the sources that have a newer edition than the index shows.
func (s *Screen) loadLists(tx entente.Tx) error {
	newest, err := tx.Editions("")
	if err != nil {
		return err
	}
	for _, e := range newest {
		if e.Number <= s.listsAt[e.Source] {
			continue
		}
		if err := s.loadSource(tx, e.Source); err != nil {
			return err
		}
		s.listsAt[e.Source] = e.Number
	}
	return nil
}

func (s *Screen) loadSource(tx entente.Tx, source entente.SourceID) error {
	q := entente.HoldingQuery{Source: source, Limit: page}
	for {
		holdings, err := tx.Holdings(q)
		if err != nil {
			return err
		}
		s.index(holdings)
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
			s.lists.Put(string(h.ID), s.believed(h.Subject))
		} else {
			s.lists.Remove(string(h.ID))
		}
	}
}
