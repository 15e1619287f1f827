package sqlstore

import (
	"strings"

	"entente"
)

const agreementColumns = `select body, note, signed, complete, added from agreement`

func scanAgreement(r row) (entente.AgreementRecord, error) {
	var rec entente.AgreementRecord
	var body []byte
	var signed string
	if err := r.scan(&body, &rec.Note, &signed, &rec.Complete, &rec.Added); err != nil {
		return rec, err
	}
	for _, p := range strings.Fields(signed) {
		rec.Signed = append(rec.Signed, entente.PartyID(p))
	}
	var err error
	rec.Agreement, err = agreements.of(body)
	return rec, err
}

func (t *tx) PutAgreement(rec entente.AgreementRecord) error {
	a, err := agreements.of(rec.Agreement.Text)
	if err != nil {
		return err // it could never be read back
	}
	signed := make([]string, len(rec.Signed))
	for i, p := range rec.Signed {
		signed[i] = string(p)
	}
	return t.do(`insert into agreement (id, epoch, body, note, signed, complete, added) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (id, epoch) do update set body = excluded.body, note = excluded.note, signed = excluded.signed, complete = excluded.complete, added = excluded.added`,
		a.ID, a.Epoch, a.Text, rec.Note, strings.Join(signed, " "), rec.Complete, rec.Added)
}

func (t *tx) Agreement(id entente.AgreementID, epoch int) (entente.AgreementRecord, error) {
	if epoch == 0 {
		return one(t, "agreement", scanAgreement, agreementColumns+` where id = $1 and complete = 1 order by epoch desc limit 1`, id)
	}
	return one(t, "agreement", scanAgreement, agreementColumns+` where id = $1 and epoch = $2`, id, epoch)
}

func (t *tx) AgreementEpochs(id entente.AgreementID) ([]entente.AgreementRecord, error) {
	return list(t, scanAgreement, agreementColumns+` where id = $1 order by epoch`, id)
}

func (t *tx) Agreements() ([]entente.AgreementRecord, error) {
	return list(t, scanAgreement, agreementColumns+` where epoch = (select max(epoch) from agreement as newer where newer.id = agreement.id) order by id`)
}

func (t *tx) PutLevel(c entente.LevelChange) error {
	return t.do(`insert into level_change (agreement, party, message, level, at) values ($1, $2, $3, $4, $5)
		on conflict (agreement, party, message) do update set level = excluded.level, at = excluded.at`,
		c.Agreement, c.Party, c.Message, c.Level, c.At)
}

func (t *tx) LevelChanges(id entente.AgreementID) ([]entente.LevelChange, error) {
	return list(t, func(r row) (c entente.LevelChange, err error) {
		return c, r.scan(&c.Agreement, &c.Party, &c.Message, &c.Level, &c.At)
	}, `select agreement, party, message, level, at from level_change where agreement = $1 order by at, message, party`, id)
}
