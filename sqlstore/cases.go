package sqlstore

import "entente"

func (t *tx) PutCase(c entente.Case) error {
	body, err := encode(c)
	if err != nil {
		return err
	}
	row, err := caseTable.sealed([]any{c.ID, c.Version, c.State, body})
	if err != nil {
		return err
	}
	const turn = `(select coalesce(max(turn), 0) + 1 from casefile)` // the engine's own: no check value covers it
	statement := `update casefile set version = $2, state = $3, body = $4, sum = $5, turn = ` + turn + ` where id = $1 and version = $2 - 1`
	if c.Version == 1 {
		statement = `insert into casefile (id, version, state, body, sum, turn) values ($1, $2, $3, $4, $5, ` + turn + `) on conflict (id) do nothing`
	}
	if err := t.change(changed("case"), statement, row...); err != nil {
		return err
	}
	if err := t.do(`delete from case_message where casefile = $1`, c.ID); err != nil {
		return err
	}
	return insert(t, linkTable, c.Messages, func(_ int, m entente.MessageID) ([]any, error) {
		return []any{m, c.ID}, nil
	}, ` on conflict (message, casefile) do nothing`)
}

func (t *tx) Case(id entente.CaseID) (entente.Case, error) {
	return oneOf(t, caseTable, "case", scanBody[entente.Case], ` where id = $1`, id)
}

func (t *tx) Cases(q entente.CaseQuery) ([]entente.Case, error) {
	var w where
	equals(&w, "state", q.State)
	if q.Message != "" {
		w.and("id in (select casefile from case_message where message = ?)", q.Message)
	}
	return rows(t, caseTable, scanBody[entente.Case], w.text.String()+` order by turn desc`, w.args...)
}

// AddEntry counts inside the transaction: of two that add at once, the one that
// comes second counts again.
func (t *tx) AddEntry(e entente.Entry) (entente.Entry, error) {
	next, err := one(t, "case", scanInt, `select coalesce(max(seq), -1) + 1 from case_entry where casefile = $1`, e.Case)
	if err != nil {
		return entente.Entry{}, err
	}
	e.Seq = next
	body, err := encode(e)
	if err != nil {
		return entente.Entry{}, err
	}
	return e, t.add(taken("entry of the case"), entryTable, e.Case, e.Seq, body)
}

func (t *tx) Entries(id entente.CaseID) ([]entente.Entry, error) {
	return rows(t, entryTable, numbered(1, scanBody[entente.Entry]), ` where casefile = $1 order by seq`, id)
}

func (t *tx) PutFlag(f entente.Flag) error {
	body, err := encode(f)
	if err != nil {
		return err
	}
	return t.put(flagTable, f.ID, f.Case, f.At, body)
}

func (t *tx) Flags(id entente.CaseID) ([]entente.Flag, error) {
	return rows(t, flagTable, scanBody[entente.Flag], ` where casefile = $1 order by at, id`, id)
}
