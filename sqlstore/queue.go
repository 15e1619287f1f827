package sqlstore

import (
	"time"

	"entente"
)

func scanQueue(r row) (q entente.QueueItem, err error) {
	return q, r.scan(&q.Message, &q.Partner, &q.Channel.Agreement, &q.Channel.From, &q.Channel.To, &q.Seq, &q.Precedence, &q.Queued, &q.State, &q.Why, &q.Since, &q.Again, &q.Seen)
}

func queued(q entente.QueueItem) []any {
	return []any{q.Message, q.Partner, q.Channel.Agreement, q.Channel.From, q.Channel.To, q.Seq, q.Precedence, q.Queued, q.State, q.Why, q.Since, q.Again, q.Seen}
}

func (t *tx) Enqueue(q entente.QueueItem) error {
	if q.State == "" {
		q.State = entente.QueueWaiting
	}
	return t.add(taken("message"), queueTable, queued(q)...)
}

func (t *tx) Queue(partner entente.PartyID, limit int) ([]entente.QueueItem, error) {
	var w where
	w.and("state <> ?", entente.QueueDead)
	return t.inOrder(&w, partner, limit)
}

func (t *tx) Due(partner entente.PartyID, now time.Time, limit int) ([]entente.QueueItem, error) {
	var w where
	w.and(`(state = ? or (state = ? and (again <= ? or since < (select max(added) from party where party.id = queue.partner))))`, entente.QueueWaiting, entente.QueuePutOff, now)
	return t.inOrder(&w, partner, limit)
}

// inOrder gives what of the queue is meant, as the ledgers have it.
func (t *tx) inOrder(w *where, partner entente.PartyID, limit int) ([]entente.QueueItem, error) {
	equals(w, "partner", partner)
	w.text.WriteString(" order by agreement, sender, recipient, seq")
	w.limit(limit)
	return rows(t, queueTable, scanQueue, w.text.String(), w.args...)
}

func (t *tx) Queued(id entente.MessageID) (entente.QueueItem, error) {
	return oneOf(t, queueTable, "message in the queue", scanQueue, ` where message = $1`, id)
}

func (t *tx) QueuedAs(state entente.QueueState, partner entente.PartyID) ([]entente.QueueItem, error) {
	var w where
	w.and("state = ?", state)
	return t.inOrder(&w, partner, 0)
}

func (t *tx) SetQueued(q entente.QueueItem) error {
	if _, err := t.Queued(q.Message); err != nil {
		return err
	}
	return t.put(queueTable, queued(q)...)
}

func (t *tx) Dequeue(id entente.MessageID) error {
	return t.do(`delete from queue where message = $1`, id)
}

func (t *tx) DeadLetters() ([]entente.QueueItem, error) {
	return rows(t, queueTable, scanQueue, ` where state = $1 order by since desc, message desc`, entente.QueueDead)
}
