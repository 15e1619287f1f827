package sqlstore

import (
	"time"

	"entente"
)

func scanQueue(r row) (q entente.QueueItem, err error) {
	return q, r.scan(&q.Message, &q.Partner, &q.Channel.Agreement, &q.Channel.From, &q.Channel.To, &q.Seq, &q.Precedence, &q.Queued, &q.Dead, &q.DeadAt, &q.Seen)
}

func queued(q entente.QueueItem) []any {
	return []any{q.Message, q.Partner, q.Channel.Agreement, q.Channel.From, q.Channel.To, q.Seq, q.Precedence, q.Queued, q.Dead, q.DeadAt, q.Seen}
}

func (t *tx) Enqueue(q entente.QueueItem) error {
	return t.add(taken("message"), queueTable, queued(q)...)
}

func (t *tx) Queue(partner entente.PartyID, limit int) ([]entente.QueueItem, error) {
	var w where
	w.and("dead = ''")
	equals(&w, "partner", partner)
	w.text.WriteString(" order by agreement, sender, recipient, seq")
	w.limit(limit)
	return rows(t, queueTable, scanQueue, w.text.String(), w.args...)
}

func (t *tx) Dequeue(id entente.MessageID) error {
	return t.do(`delete from queue where message = $1`, id)
}

// Bury keeps the first reason when it is called twice.
func (t *tx) Bury(id entente.MessageID, why entente.Reason, at time.Time) error {
	q, err := oneOf(t, queueTable, "message in the queue", scanQueue, ` where message = $1`, id)
	if err != nil || q.Dead != "" {
		return err
	}
	q.Dead, q.DeadAt = why, at
	return t.put(queueTable, queued(q)...)
}

func (t *tx) DeadLetters() ([]entente.QueueItem, error) {
	return rows(t, queueTable, scanQueue, ` where dead <> '' order by dead_at desc, message desc`)
}

func (t *tx) SeeDeadLetter(id entente.MessageID, by entente.OfficerID) error {
	q, err := oneOf(t, queueTable, "dead letter", scanQueue, ` where message = $1 and dead <> ''`, id)
	if err != nil {
		return err
	}
	q.Seen = by
	return t.put(queueTable, queued(q)...)
}
