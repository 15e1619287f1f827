package sqlstore

import "entente"

func (t *tx) PutCase(c entente.Case) error {
	body, err := encode(c)
	if err != nil {
		return err
	}
	err = t.revise("case", c.Version,
		`insert into casefile (id, version, state, body, turn) values ($1, $2, $3, $4, (select coalesce(max(turn), 0) + 1 from casefile))`,
		`update casefile set version = $2, state = $3, body = $4, turn = (select coalesce(max(turn), 0) + 1 from casefile)`,
		c.ID, c.Version, c.State, body)
	if err != nil {
		return err
	}
	if err := t.do(`delete from case_message where casefile = $1`, c.ID); err != nil {
		return err
	}
	return insert(t, `case_message (message, casefile)`, c.Messages, func(_ int, m entente.MessageID) ([]any, error) {
		return []any{m, c.ID}, nil
	}, ` on conflict (message, casefile) do nothing`)
}

func (t *tx) Case(id entente.CaseID) (entente.Case, error) {
	return one(t, "case", scanBody[entente.Case], `select body from casefile where id = $1`, id)
}

func (t *tx) Cases(q entente.CaseQuery) ([]entente.Case, error) {
	var w where
	equals(&w, "state", q.State)
	if q.Message != "" {
		w.and("id in (select casefile from case_message where message = ?)", q.Message)
	}
	return list(t, scanBody[entente.Case], `select body from casefile`+w.text.String()+` order by turn desc`, w.args...)
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
	return e, t.do(`insert into case_entry (casefile, seq, body) values ($1, $2, $3)`, e.Case, e.Seq, body)
}

func (t *tx) Entries(id entente.CaseID) ([]entente.Entry, error) {
	return list(t, scanBody[entente.Entry], `select body from case_entry where casefile = $1 order by seq`, id)
}

func (t *tx) PutFlag(f entente.Flag) error {
	body, err := encode(f)
	if err != nil {
		return err
	}
	return t.do(`insert into flag (id, casefile, at, body) values ($1, $2, $3, $4)
		on conflict (id) do update set casefile = excluded.casefile, at = excluded.at, body = excluded.body`, f.ID, f.Case, f.At, body)
}

func (t *tx) Flags(id entente.CaseID) ([]entente.Flag, error) {
	return list(t, scanBody[entente.Flag], `select body from flag where casefile = $1 order by at, id`, id)
}
