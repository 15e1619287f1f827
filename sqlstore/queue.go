package sqlstore

import (
	"time"

	"entente"
)

const queueColumns = `select message, partner, agreement, sender, recipient, seq, precedence, queued, dead, dead_at, seen from queue`

func scanQueue(r row) (q entente.QueueItem, err error) {
	return q, r.scan(&q.Message, &q.Partner, &q.Channel.Agreement, &q.Channel.From, &q.Channel.To, &q.Seq, &q.Precedence, &q.Queued, &q.Dead, &q.DeadAt, &q.Seen)
}

func (t *tx) Enqueue(q entente.QueueItem) error {
	return t.change(taken("message"), `insert into queue (message, partner, agreement, sender, recipient, seq, precedence, queued, dead, dead_at, seen)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (message) do nothing`,
		q.Message, q.Partner, q.Channel.Agreement, q.Channel.From, q.Channel.To, q.Seq, q.Precedence, q.Queued, q.Dead, q.DeadAt, q.Seen)
}

func (t *tx) Queue(partner entente.PartyID, limit int) ([]entente.QueueItem, error) {
	var w where
	w.and("dead = ''")
	equals(&w, "partner", partner)
	w.text.WriteString(" order by agreement, sender, recipient, seq")
	w.limit(limit)
	return list(t, scanQueue, queueColumns+w.text.String(), w.args...)
}

func (t *tx) Dequeue(id entente.MessageID) error {
	return t.do(`delete from queue where message = $1`, id)
}

// Bury keeps the first reason when it is called twice.
func (t *tx) Bury(id entente.MessageID, why entente.Reason, at time.Time) error {
	return t.change(notFound("message in the queue"), `update queue set dead = case when dead = '' then $2 else dead end, dead_at = case when dead = '' then $3 else dead_at end where message = $1`, id, why, at)
}

func (t *tx) DeadLetters() ([]entente.QueueItem, error) {
	return list(t, scanQueue, queueColumns+` where dead <> '' order by dead_at desc, message desc`)
}

func (t *tx) SeeDeadLetter(id entente.MessageID, by entente.OfficerID) error {
	return t.change(notFound("dead letter"), `update queue set seen = $2 where message = $1 and dead <> ''`, id, by)
}
