package sqlstore

import "entente"

func scanGap(r row) (g entente.Gap, err error) {
	return g, r.scan(&g.Origin, &g.Seq, &g.State, &g.Why, &g.Since)
}

func (t *tx) PutGaps(gs []entente.Gap) error {
	for _, g := range gs {
		if err := t.put(gapTable, g.Origin, g.Seq, g.State, g.Why, g.Since); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Gap(origin string, seq int64) (entente.Gap, error) {
	return oneOf(t, gapTable, "gap", scanGap, ` where origin = $1 and seq = $2`, origin, seq)
}

func (t *tx) Gaps(origin string, from int64, limit int) ([]entente.Gap, error) {
	var w where
	equals(&w, "origin", origin)
	w.and("seq >= ?", from)
	w.text.WriteString(" order by origin, seq")
	w.limit(limit)
	return rows(t, gapTable, scanGap, w.text.String(), w.args...)
}

func (t *tx) DropGap(origin string, seq int64) error {
	return t.do(`delete from gap where origin = $1 and seq = $2`, origin, seq)
}
