package sqlstore

import (
	"time"

	"entente"
)

func scanLine(r row) (l entente.Line, err error) {
	return l, r.scan(&l.Partner, &l.NextTry, &l.Attempts, &l.LastError, &l.Contact, &l.Compared, &l.Blocked, &l.Skew)
}

func (t *tx) Line(partner entente.PartyID) (entente.Line, error) {
	l, err := oneOf(t, lineTable, "line", scanLine, ` where partner = $1`, partner)
	return found(l, err, entente.Line{Partner: partner})
}

func (t *tx) Lines() ([]entente.Line, error) {
	return rows(t, lineTable, scanLine, ` order by partner`)
}

func (t *tx) PutLine(l entente.Line) error {
	return t.put(lineTable, l.Partner, l.NextTry, l.Attempts, l.LastError, l.Contact, l.Compared, l.Blocked, l.Skew)
}

// Lease stands in a table of its own, so that PutLine cannot take it away.
func (t *tx) Lease(partner entente.PartyID, holder string, now, until time.Time) (bool, error) {
	if until.IsZero() {
		other, err := list(t, scanInt, `select 1 from lease where partner = $1 and holder <> $2 and until > $3`, partner, holder, now)
		if err != nil || len(other) > 0 {
			return false, err
		}
		return true, t.do(`delete from lease where partner = $1`, partner)
	}
	n, err := t.exec(`insert into lease (partner, holder, until) values ($1, $2, $3)
		on conflict (partner) do update set holder = excluded.holder, until = excluded.until where lease.holder = excluded.holder or lease.until <= $4`,
		partner, holder, until, now)
	return n > 0, err
}
