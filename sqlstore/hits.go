package sqlstore

import (
	"slices"
	"time"

	"entente"
)

// PutHit leaves it to the rows whether the hit is fresh, and marks the event so
// that it stays.
func (t *tx) PutHit(h entente.Hit) (bool, error) {
	body, err := encode(h)
	if err != nil {
		return false, err
	}
	g, s := h.Target, h.Sighting
	row, err := hitTable.sealed([]any{h.ID, g.Kind, g.ID, s.Event, s.Message, s.Subject, h.Was, h.Task, h.At, body})
	if err != nil {
		return false, err
	}
	n, err := t.exec(hitTable.write+` on conflict do nothing`, row...)
	if err != nil {
		return false, err
	}
	if n > 0 {
		return true, t.do(`update event set spoken = 1 where id = $1 and spoken = 0`, s.Event)
	}
	same, err := list(t, scanInt, `select 1 from hit where target = $1 and target_kind = $2 and event = $3 and message = $4 and subject = $5 and was = $6`,
		g.ID, g.Kind, s.Event, s.Message, s.Subject, h.Was)
	if err == nil && len(same) == 0 {
		err = taken("hit") // its id is that of another
	}
	return false, err
}

// SetHit changes what came of a hit, and not what met what.
func (t *tx) SetHit(h entente.Hit) error {
	body, err := encode(h)
	if err != nil {
		return err
	}
	g, s := h.Target, h.Sighting
	row, err := hitTable.sealed([]any{h.ID, g.Kind, g.ID, s.Event, s.Message, s.Subject, h.Was, h.Task, h.At, body})
	if err != nil {
		return err
	}
	return t.change(notFound("hit"), `update hit set task = $8, at = $9, body = $10, sum = $11
		where id = $1 and target_kind = $2 and target = $3 and event = $4 and message = $5 and subject = $6 and was = $7`, row...)
}

func (t *tx) DropNear(before time.Time, limit int) (int, error) {
	type met struct{ id, event string }
	near, err := list(t, func(r row) (m met, err error) { return m, r.scan(&m.id, &m.event) },
		`select id, event from hit where task = '' and at < $1 order by at, id limit $2`, before, limit)
	if err != nil {
		return 0, err
	}
	for some := range slices.Chunk(near, chunk) {
		var hits, events []any
		for _, m := range some {
			hits, events = append(hits, m.id), append(events, m.event)
		}
		if _, err := t.erase(hitTable, `delete from hit where id in (`+marks(1, len(hits))+`)`, hits...); err != nil {
			return 0, err
		}
		err := t.do(`update event set spoken = 0 where id in (`+marks(1, len(events))+`) and not exists (select 1 from hit where hit.event = event.id and hit.event <> '')`, events...)
		if err != nil {
			return 0, err
		}
	}
	return len(near), nil
}

func (t *tx) Hit(id entente.HitID) (entente.Hit, error) {
	return oneOf(t, hitTable, "hit", scanBody[entente.Hit], ` where id = $1`, id)
}

func (t *tx) Hits(q entente.HitQuery) ([]entente.Hit, error) {
	var w where
	w.target(q.Target)
	held(&w, "task", q.Task)
	if q.Tasks {
		w.and("task <> ''")
	}
	held(&w, "message", q.Message)
	held(&w, "event", q.Event)
	if len(q.Events) > 0 {
		w.and("event <> ''")
		in(&w, "event", q.Events)
	}
	w.text.WriteString(" order by at desc, id desc")
	w.page(q.Limit)
	return rows(t, hitTable, scanBody[entente.Hit], w.text.String(), w.args...)
}

// target adds a condition unless g is the zero target.
func (w *where) target(g entente.Target) {
	if g != (entente.Target{}) {
		w.and("target = ? and target_kind = ?", g.ID, g.Kind)
	}
}

// held is equals on a column whose index leaves empty values out: it says that
// none is asked for, which the engine cannot see from a placeholder.
func held[T ~string](w *where, column string, v T) {
	if v != "" {
		w.and(column+" = ? and "+column+" <> ''", v)
	}
}

func (t *tx) PutClearing(c entente.Clearing) error {
	body, err := encode(c)
	if err != nil {
		return err
	}
	return t.put(clearingTable, c.ID, c.Target.Kind, c.Target.ID, c.At, body)
}

func (t *tx) Clearing(id entente.ClearingID) (entente.Clearing, error) {
	return oneOf(t, clearingTable, "clearing", scanBody[entente.Clearing], ` where id = $1`, id)
}

func (t *tx) Clearings(g entente.Target) ([]entente.Clearing, error) {
	var w where
	w.target(g)
	return rows(t, clearingTable, scanBody[entente.Clearing], w.text.String()+` order by at, id`, w.args...)
}
