package succession

import (
	"time"

	"entente"
)

// Void marks the messages of a channel from a place on as void. They stay, with
// their receipts as proof; what waits of them for its recipient does not leave.
func Void(tx entente.Tx, ch entente.Channel, d entente.Direction, from int64, number int, now time.Time) ([]entente.Void, error) {
	partner := ch.From
	if d == entente.Outgoing {
		partner = ch.To
	}
	var all []entente.Void
	q := entente.MessageQuery{Direction: d, Partner: partner, Agreement: ch.Agreement, Limit: 500}
	for {
		page, err := tx.Messages(q)
		if err != nil {
			return all, err
		}
		for _, f := range page {
			q.Before = f.Name
			if f.Message.Header.Channel() != ch || f.Message.Header.Seq < from {
				continue
			}
			v := entente.Void{Message: f.Name, Origin: ch.Origin(), Seq: f.Message.Header.Seq, Number: number, At: now}
			if err := tx.PutVoid(v); err != nil {
				return all, err
			}
			if d == entente.Outgoing {
				if err := tx.Dequeue(f.Name); err != nil {
					return all, err
				}
			}
			all = append(all, v)
		}
		if len(page) < q.Limit {
			return all, nil
		}
	}
}
