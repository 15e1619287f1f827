package sqlstore

import "entente"

// toScreen puts a message into the queue of those that are to be compared
// with what is held here: what brings new persons.
func (t *tx) toScreen(f entente.Filed) error {
	if f.Direction != entente.Incoming || f.Message.Statement.Kind != entente.KindTip {
		return nil
	}
	return t.put(unscreenedTable, f.Name, f.At)
}

func (t *tx) Unscreened(limit int) ([]entente.MessageID, error) {
	var w where
	w.text.WriteString(" order by at, message")
	w.limit(limit)
	return rows(t, unscreenedTable, func(r row) (id entente.MessageID, err error) { return id, r.scan(&id, nil) }, w.text.String(), w.args...)
}

func (t *tx) Screened(id entente.MessageID) error {
	return t.do(`delete from unscreened where message = $1`, id)
}

func (t *tx) PutLookBack(l entente.LookBack) error {
	return t.put(lookBackTable, l.Target.ID, l.Target.Kind, l.At, l.Pass)
}

func (t *tx) LookBacks(pass string, limit int) ([]entente.LookBack, error) {
	var w where
	w.and("pass = ?", pass)
	w.text.WriteString(" order by at, target, target_kind")
	w.limit(limit)
	return rows(t, lookBackTable, func(r row) (l entente.LookBack, err error) {
		return l, r.scan(&l.Target.ID, &l.Target.Kind, &l.At, &l.Pass)
	}, w.text.String(), w.args...)
}

func (t *tx) DropLookBacks(pass string) error {
	return t.do(`delete from look_back where pass = $1`, pass)
}
