package sqlstore

import "entente"

// PutOutage keeps the first of two notices of one name.
func (t *tx) PutOutage(o entente.Outage) error {
	return t.keep(outageTable, o.Notice, o.Agreement, o.Party, o.Partner, o.From, o.Until)
}

func (t *tx) Outages(id entente.AgreementID) ([]entente.Outage, error) {
	return rows(t, outageTable, func(r row) (o entente.Outage, err error) {
		return o, r.scan(&o.Notice, &o.Agreement, &o.Party, &o.Partner, &o.From, &o.Until)
	}, ` where agreement = $1 order by began, notice`, id)
}
