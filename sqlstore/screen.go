package sqlstore

import "entente"

// toScreen puts a message into the queue of those that are to be compared
// with what is held here: what brings new persons.
func (t *tx) toScreen(f entente.Filed) error {
	if f.Direction != entente.Incoming || f.Message.Statement.Kind != entente.KindTip {
		return nil
	}
	return t.do(`insert into unscreened (message, at) values ($1, $2)`, f.Name, f.At)
}

func (t *tx) Unscreened(limit int) ([]entente.MessageID, error) {
	var w where
	w.text.WriteString(" order by at, message")
	w.limit(limit)
	return list(t, scanID[entente.MessageID], `select message from unscreened`+w.text.String(), w.args...)
}

func (t *tx) Screened(id entente.MessageID) error {
	return t.do(`delete from unscreened where message = $1`, id)
}
