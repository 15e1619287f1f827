package sqlstore

import "entente"

func (t *tx) PutAccess(seq int64, entry []byte, _ entente.Access) error {
	return t.change(taken("entry of the access log"), `insert into access (seq, entry) values ($1, $2) on conflict (seq) do nothing`, seq, entry)
}

func (t *tx) AccessLog(before int64, limit int) ([]entente.AccessEntry, error) {
	var w where
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
