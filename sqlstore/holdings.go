package sqlstore

import (
	"errors"
	"slices"
	"strings"

	"entente"
)

// PutHoldings writes them by id, so that those that stand side by side in the
// order of their ids do so on the disk: to read all is then to read along.
func (t *tx) PutHoldings(all []entente.Holding) error {
	return insert(t, holdingTable, lastOfEach(all), func(_ int, h entente.Holding) ([]any, error) {
		body, err := encode(h)
		return []any{h.ID, h.Source, h.Since, h.Changed, removed(h), body}, err
	}, holdingTable.replace)
}

// removed is 0 for what is still on its list: the index of what was removed has no
// such row.
func removed(h entente.Holding) any {
	if h.Removed.IsZero() {
		return int64(0)
	}
	return h.Removed
}

// lastOfEach sorts by id. Of several with one id the last counts: one statement
// writes each row once.
func lastOfEach(all []entente.Holding) []entente.Holding {
	all = slices.Clone(all)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b entente.Holding) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return slices.CompactFunc(all, func(a, b entente.Holding) bool { return a.ID == b.ID })
}

func (t *tx) Holding(id entente.HoldingID) (entente.Holding, error) {
	return oneOf(t, holdingTable, "holding", scanBody[entente.Holding], ` where id = $1`, id)
}

func (t *tx) Holdings(q entente.HoldingQuery) ([]entente.Holding, error) {
	if q.Limit <= 0 {
		q.Limit = 100
	}
	if q.At.IsZero() {
		return t.holdings(q, "", nil)
	}
	// Each of the three has an index that is read along.
	var all []entente.Holding
	for _, then := range []string{"since = ?", "changed = ? and changed <> since", "removed = ? and removed <> 0"} {
		some, err := t.holdings(q, then, []any{q.At})
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	all = lastOfEach(all)
	return all[:min(len(all), q.Limit)], nil
}

// holdings gives those that meet a further condition.
func (t *tx) holdings(q entente.HoldingQuery, condition string, args []any) ([]entente.Holding, error) {
	var w where
	if condition == "" {
		equals(&w, "source", q.Source)
	} else {
		w.and(condition, args...)
		equals(&w, "source || ''", q.Source) // an expression, to keep the index of the sources out
	}
	if q.Live {
		w.and("removed = 0")
	}
	if q.After != "" {
		w.and("id > ?", q.After)
	}
	w.text.WriteString(" order by id")
	w.limit(q.Limit)
	bodies, err := rows(t, holdingTable, scanNamed, w.text.String(), w.args...)
	if err != nil {
		return nil, err
	}
	return decodeAll[entente.Holding](holdingTable, bodies)
}

func (t *tx) PutEdition(e entente.Edition, aside []entente.SetAside) error {
	body, err := encode(e)
	if err != nil {
		return err
	}
	err = t.put(editionTable, e.Source, e.Number, body)
	if err != nil {
		return err
	}
	if _, err := t.erase(asideTable, `delete from edition_aside where source = $1 and number = $2`, e.Source, e.Number); err != nil {
		return err
	}
	return insert(t, asideTable, aside, func(n int, a entente.SetAside) ([]any, error) {
		body, err := encode(a)
		return []any{e.Source, e.Number, n, body}, err
	}, "")
}

// Editions asks source by source for the newest of each: there are few sources,
// and an edition of each for every day of many years.
func (t *tx) Editions(source entente.SourceID) ([]entente.Edition, error) {
	if source != "" {
		return rows(t, editionTable, scanBody[entente.Edition], ` where source = $1 order by number desc`, source)
	}
	var all []entente.Edition
	for {
		e, err := oneOf(t, editionTable, "edition", scanBody[entente.Edition], ` where source > $1 order by source, number desc limit 1`, source)
		if errors.Is(err, entente.NotFound) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, e)
		source = e.Source
	}
}

func (t *tx) Aside(source entente.SourceID, number int) ([]entente.SetAside, error) {
	return rows(t, asideTable, numbered(2, scanBody[entente.SetAside]), ` where source = $1 and number = $2 order by place`, source, number)
}
