package sqlstore

import (
	"bytes"

	"entente"
	"entente/parse"
)

func scanEnd(r row) (entente.EndRecord, error) {
	var rec entente.EndRecord
	var note []byte
	var consent bool
	if err := r.scan(nil, nil, nil, &rec.Added, &rec.State, &rec.Accepted, &consent, &note); err != nil {
		return rec, err
	}
	var err error
	rec.Note, err = endOf(note)
	rec.Note.Consent, rec.Note.Text = consent, note
	return rec, err
}

// endOf reads the text of a kept end note. Its signatures were verified when it came.
func endOf(note []byte) (entente.EndNote, error) {
	text := note
	if i := bytes.LastIndex(note, []byte("\n\n— ")); i >= 0 {
		text = note[:i+1]
	}
	return parse.EndNote(text)
}

func (t *tx) PutEnd(rec entente.EndRecord) error {
	if _, err := endOf(rec.Note.Text); err != nil {
		return err // it could never be read back
	}
	n := rec.Note
	return t.put(endTable, n.Channel.Origin(), n.Number, n.Channel.From, rec.Added, rec.State, rec.Accepted, n.Consent, n.Text)
}

func (t *tx) Ends(origin string) ([]entente.EndRecord, error) {
	return rows(t, endTable, scanEnd, ` where origin = $1 order by number`, origin)
}

func (t *tx) EndsOf(owner entente.PartyID) ([]entente.EndRecord, error) {
	return rows(t, endTable, scanEnd, ` where owner = $1 order by number, origin`, owner)
}

func scanVoid(r row) (v entente.Void, err error) {
	return v, r.scan(&v.Message, &v.Origin, &v.Seq, &v.Number, &v.At)
}

func (t *tx) PutVoid(v entente.Void) error {
	return t.put(voidTable, v.Message, v.Origin, v.Seq, v.Number, v.At)
}

func (t *tx) Void(message entente.MessageID) (entente.Void, error) {
	return oneOf(t, voidTable, "void", scanVoid, ` where message = $1`, message)
}

func (t *tx) Voids(origin string) ([]entente.Void, error) {
	return rows(t, voidTable, scanVoid, ` where origin = $1 order by seq, message`, origin)
}
