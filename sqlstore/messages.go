package sqlstore

import (
	"errors"
	"slices"
	"strings"

	"entente"
	"entente/parse"
	"entente/seal"
)

func scanListed(r row) (entente.Filed, error) {
	var f entente.Filed
	var header, secret []byte
	err := r.scan(&f.Name, nil, &f.Direction, &f.Thread, nil, nil, nil, nil, nil, &f.At, &f.Digest, &f.Author, &f.Releaser, &f.Clause, &header, &f.Sealed, &f.Signature, &f.Checkpoint, &f.Payload, &secret)
	if err != nil {
		return f, err
	}
	if copy(f.Secret[:], secret) != len(secret) {
		return f, errors.New("its secret does not have 32 bytes")
	}
	if f.Message.Header, err = decode[entente.Header](header); err != nil {
		return f, err
	}
	f.Message.Statement, err = decode[entente.Statement](f.Payload)
	return f, err
}

// whole gives a message with its envelope, which is large and has its check value
// in Digest.
func (t *tx) whole(where string, args ...any) (entente.Filed, error) {
	f, err := oneOf(t, messageTable, "message", scanListed, where, args...)
	if err != nil {
		return f, err
	}
	if f.Envelope, err = one(t, "message", scanBytes, `select envelope from message where id = $1`, f.Name); err != nil {
		return f, err
	}
	if len(f.Envelope) > 0 && !f.Digest.IsZero() && seal.Name(f.Envelope) != f.Digest {
		return f, entente.DamagedRecord("message", string(f.Name), errors.New("its envelope is not the one that was filed"))
	}
	return f, nil
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
	row, err := messageTable.sealed([]any{f.Name, wire, f.Direction, f.Thread, s.Kind, f.Partner(), h.Agreement, h.Precedence, h.Created, f.At, f.Digest, f.Author, f.Releaser, f.Clause, header, f.Sealed, f.Signature, f.Checkpoint, f.Payload, f.Secret[:]})
	if err != nil {
		return err
	}
	columns := strings.Join(messageTable.columns, ", ") + ", sum, envelope"
	if err := t.change(taken("message"), `insert into message (`+columns+`) values (`+marks(1, len(row)+1)+`) on conflict do nothing`, append(row, f.Envelope)...); err != nil {
		return err
	}
	return t.toScreen(f)
}

func (t *tx) Message(name entente.MessageID) (entente.Filed, error) {
	return t.whole(` where id = $1`, name)
}

func (t *tx) MessageWith(partner entente.PartyID, id entente.MessageID) (entente.Filed, error) {
	f, err := t.whole(` where id = $1 and partner = $2 and wire = ''`, id, partner)
	if !errors.Is(err, entente.NotFound) {
		return f, err
	}
	return t.whole(` where partner = $1 and wire = $2 and wire <> ''`, partner, id)
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
	return rows(t, messageTable, scanListed, w.text.String(), w.args...)
}

func (t *tx) MessageNames(before entente.MessageID, n int) ([]entente.MessageID, error) {
	var w where
	if before != "" {
		w.and("id < ?", before)
	}
	w.text.WriteString(" order by id desc")
	w.page(n)
	return list(t, scanID[entente.MessageID], `select id from message`+w.text.String(), w.args...)
}

// Threads asks for some threads at a time: both engines bound the number of
// placeholders in a statement.
func (t *tx) Threads(ids []entente.MessageID) ([]entente.Filed, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var all []entente.Filed
	for some := range slices.Chunk(ids, 64) {
		var w where
		in(&w, "thread", some)
		fs, err := rows(t, messageTable, scanListed, w.text.String(), w.args...)
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
	return t.revise("assessment", a.Version, assessmentTable, a.Message, a.Version, a.Officer, a.Text, a.Changed)
}

func (t *tx) Assessment(id entente.MessageID) (entente.Assessment, error) {
	return oneOf(t, assessmentTable, "assessment", func(r row) (a entente.Assessment, err error) {
		return a, r.scan(&a.Message, &a.Version, &a.Officer, &a.Text, &a.Changed)
	}, ` where message = $1`, id)
}
