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

func (t *tx) PutDraft(d entente.Draft) error {
	statement, err := parse.Encode(d.Statement)
	if err != nil {
		return unkeepable(err)
	}
	return t.revise("draft", d.Version, draftTable, d.ID, d.Version, d.State, d.Author, d.To, d.Agreement, d.Expires, d.Returned, d.Created, d.Changed, statement, d.Payload)
}

func (t *tx) Draft(id entente.DraftID) (entente.Draft, error) {
	return oneOf(t, draftTable, "draft", scanDraft, ` where id = $1`, id)
}

func (t *tx) Drafts(q entente.DraftQuery) ([]entente.Draft, error) {
	var w where
	in(&w, "state", q.States)
	equals(&w, "author", q.Author)
	return rows(t, draftTable, scanDraft, w.text.String()+` order by changed desc, id desc`, w.args...)
}
