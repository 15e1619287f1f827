package sqlstore

import (
	"time"

	"entente"
)

func (t *tx) PutFleeting(f entente.Fleeting) error {
	return t.put(fleetingTable, f.Key, f.Kind, f.Place, f.Data, f.Expires)
}

func (t *tx) Fleeting(key entente.Digest) (entente.Fleeting, error) {
	return oneOf(t, fleetingTable, "fleeting", func(r row) (f entente.Fleeting, err error) {
		return f, r.scan(&f.Key, &f.Kind, &f.Place, &f.Data, &f.Expires)
	}, ` where key = $1`, key)
}

func (t *tx) DropFleeting(key entente.Digest) error {
	return t.do(`delete from fleeting where key = $1`, key)
}

func (t *tx) CountFleeting(kind string, place entente.Digest) (int, error) {
	n, err := one(t, "count", scanInt, `select count(*) from fleeting where kind = $1 and place = $2`, kind, place)
	return int(n), err
}

func (t *tx) SweepFleeting(kind string, by time.Time, keep int) error {
	if err := t.do(`delete from fleeting where kind = $1 and expires <= $2`, kind, by); err != nil {
		return err
	}
	n, err := one(t, "count", scanInt, `select count(*) from fleeting where kind = $1`, kind)
	if err != nil || int(n) <= keep {
		return err
	}
	return t.do(`delete from fleeting where key in (select key from fleeting where kind = $1 order by expires limit $2)`, kind, int(n)-keep)
}
