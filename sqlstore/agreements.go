package sqlstore

import (
	"strings"

	"entente"
)

func scanAgreement(r row) (entente.AgreementRecord, error) {
	var rec entente.AgreementRecord
	var body []byte
	var signed string
	if err := r.scan(nil, nil, &rec.Terms, &body, &rec.Note, &signed, &rec.Complete, &rec.Added); err != nil {
		return rec, err
	}
	for _, p := range strings.Fields(signed) {
		rec.Signed = append(rec.Signed, entente.PartyID(p))
	}
	var err error
	rec.Terms = entente.DigestOf(body)
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
	terms := entente.DigestOf(a.Text)
	if err := t.onlyText(a, terms); err != nil {
		return err
	}
	return t.put(agreementTable, a.ID, a.Epoch, terms, a.Text, rec.Note, strings.Join(signed, " "), rec.Complete, rec.Added)
}

func (t *tx) Agreement(id entente.AgreementID, epoch int) (entente.AgreementRecord, error) {
	if epoch == 0 {
		return oneOf(t, agreementTable, "agreement", scanAgreement, ` where id = $1 and complete = 1 order by epoch desc limit 1`, id)
	}
	return oneOf(t, agreementTable, "agreement", scanAgreement, ` where id = $1 and epoch = $2`, id, epoch)
}

func (t *tx) AgreementEpochs(id entente.AgreementID) ([]entente.AgreementRecord, error) {
	return rows(t, agreementTable, scanAgreement, ` where id = $1 order by epoch`, id)
}

func (t *tx) Agreements() ([]entente.AgreementRecord, error) {
	return rows(t, agreementTable, scanAgreement, ` where epoch = (select max(epoch) from agreement as newer where newer.id = agreement.id) order by id`)
}

func (t *tx) PutLevel(c entente.LevelChange) error {
	return t.put(levelTable, c.Agreement, c.Party, c.Message, c.Partner, c.Level, c.Towards, c.Number, c.Seq, c.At)
}

func (t *tx) LevelChanges(id entente.AgreementID) ([]entente.LevelChange, error) {
	return rows(t, levelTable, func(r row) (c entente.LevelChange, err error) {
		return c, r.scan(&c.Agreement, &c.Party, &c.Message, &c.Partner, &c.Level, &c.Towards, &c.Number, &c.Seq, &c.At)
	}, ` where agreement = $1 order by at, seq, message, party`, id)
}
