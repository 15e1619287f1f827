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

func (t *tx) PutLost(l entente.Lost) error {
	return t.keep(lostTable, l.Partner, l.ID, l.Name, l.Channel.Agreement, l.Channel.From, l.Channel.To, l.Seq, l.Digest, l.Found)
}

func (t *tx) Lost(partner entente.PartyID, id entente.MessageID) (entente.Lost, error) {
	return oneOf(t, lostTable, "lost", func(r row) (l entente.Lost, err error) {
		return l, r.scan(&l.Partner, &l.ID, &l.Name, &l.Channel.Agreement, &l.Channel.From, &l.Channel.To, &l.Seq, &l.Digest, &l.Found)
	}, ` where partner = $1 and id = $2`, partner, id)
}

// PlaceOf reads the whole ledger: it is asked only where a message was lost.
func (t *tx) PlaceOf(origin string, record entente.Digest) (int64, error) {
	return oneOf(t, recordTable, "ledger_record", func(r row) (place int64, err error) {
		return place, r.scan(nil, &place, nil)
	}, ` where origin = $1 and digest = $2 order by place limit 1`, origin, record)
}
