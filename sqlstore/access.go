package sqlstore

import (
	"cmp"

	"entente"
)

// PutAccess keeps what the entry is about beside it: the entry is bytes whose
// digest is in the ledger, and no index looks into them.
func (t *tx) PutAccess(seq int64, entry []byte, a entente.Access) error {
	return t.add(taken("entry of the access log"), accessTable, seq, entry, a.Thing())
}

func (t *tx) AccessLog(before int64, limit int) ([]entente.AccessEntry, error) {
	last := int64(-1)
	return t.access(&where{}, before, limit, func(e entente.AccessEntry) error {
		was := last
		if last = e.Seq; was >= 0 {
			return following(e.Seq, was-1)
		}
		return nil
	})
}

func (t *tx) AccessTo(thing string, before int64, limit int) ([]entente.AccessEntry, error) {
	var w where
	w.and("thing = ?", thing)
	return t.access(&w, before, limit, func(entente.AccessEntry) error { return nil })
}

func (t *tx) access(w *where, before int64, limit int, follows func(entente.AccessEntry) error) ([]entente.AccessEntry, error) {
	if before > 0 {
		w.and("seq < ?", before)
	}
	w.text.WriteString(" order by seq desc")
	w.limit(limit)
	return rows(t, accessTable, func(r row) (entente.AccessEntry, error) {
		e, err := scanAccess(r)
		return e, cmp.Or(err, follows(e))
	}, w.text.String(), w.args...)
}

func scanAccess(r row) (e entente.AccessEntry, err error) {
	if err := r.scan(&e.Seq, &e.Entry, nil); err != nil {
		return e, err
	}
	e.Access, err = decode[entente.Access](e.Entry)
	return e, err
}

func (t *tx) Setting(name string) ([]byte, error) {
	return oneOf(t, settingTable, "setting", scanRaw, ` where name = $1`, name)
}

func (t *tx) PutSetting(name string, value []byte) error {
	return t.put(settingTable, name, value)
}
