package sqlstore

import "entente"

// toScreen puts a message into the queue of those that are to be compared
// with what is held here: what brings new persons.
func (t *tx) toScreen(f entente.Filed) error {
	if f.Direction != entente.Incoming || f.Message.Statement.Kind != entente.KindTip {
		return nil
	}
	return t.do(`insert into unscreened (message, at) values ($1, $2)`, f.Name, f.At)
}

func (t *tx) Unscreened(limit int) ([]entente.MessageID, error) {
	var w where
	w.text.WriteString(" order by at, message")
	w.limit(limit)
	return list(t, scanID[entente.MessageID], `select message from unscreened`+w.text.String(), w.args...)
}

func (t *tx) Screened(id entente.MessageID) error {
	return t.do(`delete from unscreened where message = $1`, id)
}

func (t *tx) PutLookBack(l entente.LookBack) error {
	return t.do(`insert into look_back (target_kind, target, at, pass) values ($1, $2, $3, $4)
		on conflict (target, target_kind) do update set at = excluded.at, pass = excluded.pass`, l.Target.Kind, l.Target.ID, l.At, l.Pass)
}

func (t *tx) LookBacks(pass string, limit int) ([]entente.LookBack, error) {
	var w where
	w.and("pass = ?", pass)
	w.text.WriteString(" order by at, target, target_kind")
	w.limit(limit)
	return list(t, func(r row) (l entente.LookBack, err error) {
		return l, r.scan(&l.Target.Kind, &l.Target.ID, &l.At, &l.Pass)
	}, `select target_kind, target, at, pass from look_back`+w.text.String(), w.args...)
}

func (t *tx) DropLookBacks(pass string) error {
	return t.do(`delete from look_back where pass = $1`, pass)
}
