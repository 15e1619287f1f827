package sqlstore

import "entente"

// PutAccess keeps what the entry is about beside it: the entry is bytes whose
// digest is in the ledger, and no index looks into them.
func (t *tx) PutAccess(seq int64, entry []byte, a entente.Access) error {
	return t.change(taken("entry of the access log"), `insert into access (seq, entry, thing) values ($1, $2, $3) on conflict (seq) do nothing`, seq, entry, a.Thing())
}

func (t *tx) AccessLog(before int64, limit int) ([]entente.AccessEntry, error) {
	return t.access(&where{}, before, limit)
}

func (t *tx) AccessTo(thing string, before int64, limit int) ([]entente.AccessEntry, error) {
	var w where
	w.and("thing = ?", thing)
	return t.access(&w, before, limit)
}

func (t *tx) access(w *where, before int64, limit int) ([]entente.AccessEntry, error) {
	if before > 0 {
		w.and("seq < ?", before)
	}
	w.text.WriteString(" order by seq desc")
	w.limit(limit)
	return list(t, func(r row) (e entente.AccessEntry, err error) {
		if err := r.scan(&e.Seq, &e.Entry); err != nil {
			return e, err
		}
		e.Access, err = decode[entente.Access](e.Entry)
		return e, err
	}, `select seq, entry from access`+w.text.String(), w.args...)
}

func (t *tx) Setting(name string) ([]byte, error) {
	return one(t, "setting", scanBytes, `select value from setting where name = $1`, name)
}

func (t *tx) PutSetting(name string, value []byte) error {
	return t.do(`insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`, name, value)
}
