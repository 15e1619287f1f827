package sqlstore

import (
	"slices"
	"strings"
	"time"

	"entente"
)

// PutEvents writes them by id, so that each page of the index is changed once.
// Of several with one id the last counts.
func (t *tx) PutEvents(at time.Time, events []entente.TravelEvent) ([]entente.EventID, error) {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b entente.TravelEvent) int { return strings.Compare(string(a.ID), string(b.ID)) })
	last := sorted[:0]
	for i, e := range sorted {
		if i+1 == len(sorted) || sorted[i+1].ID != e.ID {
			last = append(last, e)
		}
	}
	added := make(map[entente.EventID]bool, len(events))
	for some := range slices.Chunk(last, chunk) {
		var args []any
		values := ""
		for _, e := range some {
			said := e
			said.Feed, said.Where, said.Sent = "", "", time.Time{}
			body, err := encode(said)
			if err != nil {
				return nil, err
			}
			row, err := eventTable.sealed([]any{e.ID, at, e.Feed, e.Where, e.Sent, body})
			if err != nil {
				return nil, err
			}
			values += ", (0, " + marks(len(args)+1, len(row)) + ")"
			args = append(args, row...)
		}
		ids, err := list(t, scanID[entente.EventID], `insert into event (spoken, id, stored, feed, place, sent, body, sum) values `+values[2:]+eventTable.replace+`
			where event.body <> excluded.body returning id`, args...)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			added[id] = true
		}
	}
	var fresh []entente.EventID
	for _, e := range events {
		if added[e.ID] {
			fresh = append(fresh, e.ID)
			delete(added, e.ID)
		}
	}
	return fresh, nil
}

func scanID[T ~string](r row) (id T, err error) { return id, r.scan(&id) }

func (t *tx) Event(id entente.EventID) (entente.TravelEvent, error) {
	return oneOf(t, eventTable, "travel event", func(r row) (entente.TravelEvent, error) {
		return scanEvent(r, nil)
	}, ` where id = $1`, id)
}

// scanEvent reads what an event says, and who told it last, and into stored when
// that was kept.
func scanEvent(r row, stored any) (entente.TravelEvent, error) {
	var told entente.TravelEvent
	var body []byte
	if err := r.scan(nil, stored, &told.Feed, &told.Where, &told.Sent, &body); err != nil {
		return told, err
	}
	e, err := decode[entente.TravelEvent](body)
	e.Feed, e.Where, e.Sent = told.Feed, told.Where, told.Sent
	return e, err
}

func (t *tx) Events(q entente.EventQuery) ([]entente.StoredEvent, error) {
	var w where
	w.and("(stored, id) > (?, ?)", q.Since, q.After)
	w.text.WriteString(" order by stored, id")
	w.page(q.Limit)
	return rows(t, eventTable, func(r row) (e entente.StoredEvent, err error) {
		e.Event, err = scanEvent(r, &e.Stored)
		return e, err
	}, w.text.String(), w.args...)
}

// DropEvents passes over those that are marked as spoken of, without looking at
// each: they gather for years. A hit that came before its event left no mark,
// and is found by asking.
func (t *tx) DropEvents(before time.Time, limit int) (int, error) {
	var w where
	w.and("spoken = 0")
	w.and("stored < ?", before)
	w.and("not exists (select 1 from hit where hit.event = event.id and hit.event <> '')")
	w.text.WriteString(" order by stored")
	w.limit(limit)
	n, err := t.erase(eventTable, `delete from event where id in (select id from event`+w.text.String()+`)`, w.args...)
	return int(n), err
}

func (t *tx) PutFeeding(f entente.Feeding, aside []entente.SetAside) error {
	body, err := encode(f)
	if err != nil {
		return err
	}
	err = t.put(feedingTable, f.ID, f.At, body)
	if err != nil {
		return err
	}
	next, err := one(t, "feeding", scanInt, `select coalesce(max(place), -1) + 1 from feeding_aside where feeding = $1`, f.ID)
	if err != nil {
		return err
	}
	return insert(t, fedAsideTable, aside, func(n int, a entente.SetAside) ([]any, error) {
		body, err := encode(a)
		return []any{f.ID, next + int64(n), body}, err
	}, "")
}

func (t *tx) Feedings(limit int) ([]entente.Feeding, error) {
	var w where
	w.text.WriteString(" order by at desc, id desc")
	w.limit(limit)
	return rows(t, feedingTable, scanBody[entente.Feeding], w.text.String(), w.args...)
}

func (t *tx) FeedAside(id string) ([]entente.SetAside, error) {
	return rows(t, fedAsideTable, numbered(1, scanBody[entente.SetAside]), ` where feeding = $1 order by place`, id)
}
