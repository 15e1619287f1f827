package sqlstore

import (
	"entente"
	"entente/parse"
)

func scanDraft(r row) (entente.Draft, error) {
	var d entente.Draft
	var statement []byte
	if err := r.scan(&d.ID, &d.Version, &d.State, &d.Author, &d.To, &d.Agreement, &d.Expires, &d.Returned, &d.Created, &d.Changed, &statement, &d.Payload); err != nil {
		return d, err
	}
	var err error
	d.Statement, err = decode[entente.Statement](statement)
	return d, err
}

const draftColumns = `select id, version, state, author, recipient, agreement, expires, returned, created, changed, statement, payload from draft`

func (t *tx) PutDraft(d entente.Draft) error {
	statement, err := parse.Encode(d.Statement)
	if err != nil {
		return unkeepable(err)
	}
	if d.Version == 1 {
		return t.change(changed("draft"), `insert into draft (id, version, state, author, recipient, agreement, expires, returned, created, changed, statement, payload)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing`,
			d.ID, d.Version, d.State, d.Author, d.To, d.Agreement, d.Expires, d.Returned, d.Created, d.Changed, statement, d.Payload)
	}
	return t.change(changed("draft"), `update draft set version = $2, state = $3, author = $4, recipient = $5, agreement = $6, expires = $7, returned = $8, created = $9, changed = $10, statement = $11, payload = $12
		where id = $1 and version = $2 - 1`,
		d.ID, d.Version, d.State, d.Author, d.To, d.Agreement, d.Expires, d.Returned, d.Created, d.Changed, statement, d.Payload)
}

func (t *tx) Draft(id entente.DraftID) (entente.Draft, error) {
	return one(t, "draft", scanDraft, draftColumns+` where id = $1`, id)
}

func (t *tx) Drafts(q entente.DraftQuery) ([]entente.Draft, error) {
	var w where
	in(&w, "state", q.States)
	equals(&w, "author", q.Author)
	return list(t, scanDraft, draftColumns+w.text.String()+` order by changed desc, id desc`, w.args...)
}
