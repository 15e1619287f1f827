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
	n, err := t.exec(`insert into hit (id, target_kind, target, event, message, subject, was, task, at, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
		h.ID, g.Kind, g.ID, s.Event, s.Message, s.Subject, h.Was, h.Task, h.At, body)
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
	return t.change(notFound("hit"), `update hit set task = $2, at = $3, body = $4
		where id = $1 and target = $5 and target_kind = $6 and event = $7 and message = $8 and subject = $9 and was = $10`,
		h.ID, h.Task, h.At, body, g.ID, g.Kind, s.Event, s.Message, s.Subject, h.Was)
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
		if err := t.do(`delete from hit where id in (`+marks(1, len(hits))+`)`, hits...); err != nil {
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
	return one(t, "hit", scanBody[entente.Hit], `select body from hit where id = $1`, id)
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
	return list(t, scanBody[entente.Hit], `select body from hit`+w.text.String(), w.args...)
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
	return t.do(`insert into clearing (id, target_kind, target, at, body) values ($1, $2, $3, $4, $5)
		on conflict (id) do update set target_kind = excluded.target_kind, target = excluded.target, at = excluded.at, body = excluded.body`,
		c.ID, c.Target.Kind, c.Target.ID, c.At, body)
}

func (t *tx) Clearing(id entente.ClearingID) (entente.Clearing, error) {
	return one(t, "clearing", scanBody[entente.Clearing], `select body from clearing where id = $1`, id)
}

func (t *tx) Clearings(g entente.Target) ([]entente.Clearing, error) {
	var w where
	w.target(g)
	return list(t, scanBody[entente.Clearing], `select body from clearing`+w.text.String()+` order by at, id`, w.args...)
}
