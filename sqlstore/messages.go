package sqlstore

import (
	"errors"
	"slices"
	"strings"

	"entente"
	"entente/parse"
)

const (
	listedColumns  = `select id, direction, thread, at, digest, checkpoint, header, payload, signature, author, releaser, clause`
	messageColumns = listedColumns + `, envelope`
)

func scanListed(r row) (entente.Filed, error) { return scanMessage(r) }

func scanWhole(r row) (entente.Filed, error) {
	var envelope []byte
	f, err := scanMessage(r, &envelope)
	f.Envelope = envelope
	return f, err
}

func scanMessage(r row, more ...any) (entente.Filed, error) {
	var f entente.Filed
	var header []byte
	dest := []any{&f.Name, &f.Direction, &f.Thread, &f.At, &f.Digest, &f.Checkpoint, &header, &f.Payload, &f.Signature, &f.Author, &f.Releaser, &f.Clause}
	if err := r.scan(append(dest, more...)...); err != nil {
		return f, err
	}
	var err error
	if f.Message.Header, err = decode[entente.Header](header); err != nil {
		return f, err
	}
	f.Message.Statement, err = decode[entente.Statement](f.Payload)
	return f, err
}

func (t *tx) PutMessage(f entente.Filed) error {
	header, err := parse.Encode(f.Message.Header)
	if err != nil {
		return unkeepable(err)
	}
	if len(f.Payload) == 0 {
		return &entente.Error{Kind: entente.Invalid, Field: "payload", Detail: "a message cannot be filed without the bytes of its statement"}
	}
	h, s := f.Message.Header, f.Message.Statement
	if f.Name == "" {
		f.Name = h.ID
	}
	wire := h.ID
	if wire == f.Name {
		wire = "" // as nearly always
	}
	err = t.change(taken("message"), `insert into message (id, wire, direction, thread, kind, partner, agreement, precedence, created, at, digest, author, releaser, clause, header, checkpoint, signature, payload, envelope)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) on conflict do nothing`,
		f.Name, wire, f.Direction, f.Thread, s.Kind, f.Partner(), h.Agreement, h.Precedence, h.Created, f.At, f.Digest, f.Author, f.Releaser, f.Clause, header, f.Checkpoint, f.Signature, f.Payload, f.Envelope)
	if err != nil {
		return err
	}
	return t.toScreen(f)
}

func (t *tx) Message(name entente.MessageID) (entente.Filed, error) {
	return one(t, "message", scanWhole, messageColumns+` from message where id = $1`, name)
}

func (t *tx) MessageWith(partner entente.PartyID, id entente.MessageID) (entente.Filed, error) {
	f, err := one(t, "message", scanWhole, messageColumns+` from message where id = $1 and partner = $2 and wire = ''`, id, partner)
	if !errors.Is(err, entente.NotFound) {
		return f, err
	}
	return one(t, "message", scanWhole, messageColumns+` from message where partner = $1 and wire = $2 and wire <> ''`, partner, id)
}

func (t *tx) Messages(q entente.MessageQuery) ([]entente.Filed, error) {
	var w where
	equals(&w, "direction", q.Direction)
	if len(q.Kinds) == 1 {
		in(&w, "kind", q.Kinds)
	} else {
		// An index that has each kind apart would have to sort all of them for one
		// page: an expression keeps it out.
		in(&w, "kind || ''", q.Kinds)
	}
	equals(&w, "partner", q.Partner)
	equals(&w, "agreement", q.Agreement)
	if q.Before != "" {
		w.and("id < ?", q.Before)
	}
	w.text.WriteString(" order by id desc")
	if q.Limit <= 0 {
		q.Limit = 100
	}
	w.limit(q.Limit)
	return list(t, scanListed, listedColumns+` from message`+w.text.String(), w.args...)
}

// Threads asks for some threads at a time: both engines bound the number of
// placeholders in a statement.
func (t *tx) Threads(ids []entente.MessageID) ([]entente.Filed, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var all []entente.Filed
	for some := range slices.Chunk(ids, 64) {
		var w where
		in(&w, "thread", some)
		fs, err := list(t, scanListed, listedColumns+` from message`+w.text.String(), w.args...)
		if err != nil {
			return nil, err
		}
		all = append(all, fs...)
	}
	slices.SortFunc(all, func(a, b entente.Filed) int {
		return strings.Compare(string(a.Name), string(b.Name))
	})
	return all, nil
}

func (t *tx) PutAssessment(a entente.Assessment) error {
	if a.Version == 1 {
		return t.change(changed("assessment"), `insert into assessment (message, version, officer, body, changed) values ($1, $2, $3, $4, $5) on conflict (message) do nothing`,
			a.Message, a.Version, a.Officer, a.Text, a.Changed)
	}
	return t.change(changed("assessment"), `update assessment set version = $2, officer = $3, body = $4, changed = $5 where message = $1 and version = $2 - 1`,
		a.Message, a.Version, a.Officer, a.Text, a.Changed)
}

func (t *tx) Assessment(id entente.MessageID) (entente.Assessment, error) {
	return one(t, "assessment", func(r row) (a entente.Assessment, err error) {
		return a, r.scan(&a.Message, &a.Version, &a.Officer, &a.Text, &a.Changed)
	}, `select message, version, officer, body, changed from assessment where message = $1`, id)
}
