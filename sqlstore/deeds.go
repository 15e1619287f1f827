package sqlstore

import (
	"time"

	"entente"
)

func (t *tx) PutDeed(d entente.Deed) error {
	return t.add(taken("deed"), deedTable, d.Key, d.Step, d.Request, d.Result, d.At)
}

func (t *tx) Deed(key entente.Digest, step int) (entente.Deed, error) {
	return oneOf(t, deedTable, "deed", func(r row) (d entente.Deed, err error) {
		return d, r.scan(&d.Key, &d.Step, &d.Request, &d.Result, &d.At)
	}, ` where key = $1 and step = $2`, key, step)
}

func (t *tx) DropDeeds(before time.Time, limit int) (int, error) {
	n, err := t.erase(deedTable, `delete from deed where (key, step) in (select key, step from deed where at < $1 order by at limit $2)`, before, limit)
	return int(n), err
}
