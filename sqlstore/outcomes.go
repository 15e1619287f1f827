package sqlstore

import "entente"

func (t *tx) PutReceipt(id entente.MessageID, r entente.Receipt) error {
	return t.keep(receiptTable, id, r.Channel.Agreement, r.Channel.From, r.Channel.To, r.Seq, r.Envelope, r.Edition, r.Via, r.At, r.Text)
}

func (t *tx) Receipt(id entente.MessageID) (entente.Receipt, error) {
	return oneOf(t, receiptTable, "receipt", func(r row) (c entente.Receipt, err error) {
		return c, r.scan(nil, &c.Channel.Agreement, &c.Channel.From, &c.Channel.To, &c.Seq, &c.Envelope, &c.Edition, &c.Via, &c.At, &c.Text)
	}, ` where message = $1`, id)
}

func scanRefusal(r row) (f entente.Refusal, err error) {
	return f, r.scan(nil, nil, &f.From, &f.Edition, &f.Channel.Agreement, &f.Channel.From, &f.Channel.To, &f.Message, &f.Envelope, &f.Reason, &f.Field, &f.Expected, &f.Placed, &f.Final, &f.At, &f.Text)
}

func (t *tx) PutRefusal(d entente.Direction, r entente.Refusal) error {
	return t.keep(refusalTable, d, entente.DigestOf(r.Text), r.From, r.Edition, r.Channel.Agreement, r.Channel.From, r.Channel.To, r.Message, r.Envelope, r.Reason, r.Field, r.Expected, r.Placed, r.Final, r.At, r.Text)
}

func (t *tx) Refusal(envelope entente.Digest) (entente.Refusal, error) {
	return oneOf(t, refusalTable, "refusal", scanRefusal, ` where envelope = $1 order by at desc, n desc limit 1`, envelope)
}

func (t *tx) Refusals(d entente.Direction, limit int) ([]entente.Refusal, error) {
	var w where
	w.and("direction = ?", d)
	w.text.WriteString(" order by at desc, n desc")
	w.limit(limit)
	return rows(t, refusalTable, scanRefusal, w.text.String(), w.args...)
}

func (t *tx) DropRefusals(sender entente.PartyID, keep int) error {
	return t.do(`delete from refusal where n in (
		select n from refusal where direction = $1 and sender = $2 and placed = 0
		order by n desc limit 100000 offset $3)`, entente.Outgoing, sender, keep)
}
