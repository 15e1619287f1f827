package sqlstore

import (
	"entente"
	"entente/parse"
)

const partyColumns = `select body, note, added, checked from party`

func scanParty(r row) (entente.PartyRecord, error) {
	var rec entente.PartyRecord
	var body []byte
	if err := r.scan(&body, &rec.Note, &rec.Added, &rec.Checked); err != nil {
		return rec, err
	}
	var err error
	rec.Party, err = parties.of(body)
	return rec, err
}

func (t *tx) PutParty(rec entente.PartyRecord) error {
	body := parse.FormatParty(rec.Party)
	if _, err := parties.of(body); err != nil {
		return err // it could never be read back
	}
	return t.do(`insert into party (id, edition, body, note, added, checked) values ($1, $2, $3, $4, $5, $6)
		on conflict (id, edition) do update set body = excluded.body, note = excluded.note, added = excluded.added, checked = excluded.checked`,
		rec.Party.ID, rec.Party.Edition, body, rec.Note, rec.Added, rec.Checked)
}

func (t *tx) Party(id entente.PartyID) (entente.PartyRecord, error) {
	return one(t, "party", scanParty, partyColumns+` where id = $1 order by edition desc limit 1`, id)
}

func (t *tx) PartyEditions(id entente.PartyID) ([]entente.PartyRecord, error) {
	return list(t, scanParty, partyColumns+` where id = $1 order by edition`, id)
}

func (t *tx) Parties() ([]entente.PartyRecord, error) {
	return list(t, scanParty, partyColumns+` where edition = (select max(edition) from party as newer where newer.id = party.id) order by id`)
}
