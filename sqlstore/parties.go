package sqlstore

import (
	"entente"
	"entente/parse"
)

func scanParty(r row) (entente.PartyRecord, error) {
	var rec entente.PartyRecord
	var body []byte
	if err := r.scan(nil, nil, &body, &rec.Note, &rec.Added, &rec.Checked); err != nil {
		return rec, err
	}
	var err error
	rec.Party, rec.Edition, err = parties.of(body)
	return rec, err
}

func (t *tx) PutParty(rec entente.PartyRecord) error {
	body := parse.FormatParty(rec.Party)
	if _, _, err := parties.of(body); err != nil {
		return err // it could never be read back
	}
	if err := t.ownKeys(rec.Party); err != nil {
		return err
	}
	return t.put(partyTable, rec.Party.ID, rec.Party.Edition, body, rec.Note, rec.Added, rec.Checked)
}

func (t *tx) Party(id entente.PartyID) (entente.PartyRecord, error) {
	return oneOf(t, partyTable, "party", scanParty, ` where id = $1 order by edition desc limit 1`, id)
}

func (t *tx) PartyEditions(id entente.PartyID) ([]entente.PartyRecord, error) {
	return rows(t, partyTable, scanParty, ` where id = $1 order by edition`, id)
}

func (t *tx) Parties() ([]entente.PartyRecord, error) {
	return rows(t, partyTable, scanParty, ` where edition = (select max(edition) from party as newer where newer.id = party.id) order by id`)
}
