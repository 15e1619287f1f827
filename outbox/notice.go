package outbox

import (
	"time"

	"entente"
)

// Node is who writes the notices that no officer writes: that a file is held,
// that a key has changed. They state facts about the node, never about people.
var Node = entente.Officer{ID: "node", Name: "this node", Role: entente.Operator}

// Custody tells the sender of a message that one of its files is here whole, so
// that the ledger says who held it since when. It runs in the transaction that
// found the file whole.
func (o *Outbox) Custody(tx entente.Tx, of entente.Filed, file entente.Digest, held time.Time) error {
	h := of.Message.Header
	_, err := o.SendIn(tx, Node, newID(o.now()), entente.Draft{To: h.From, Agreement: h.Agreement, Statement: entente.Statement{
		Kind: entente.KindNotice, Purpose: of.Message.Statement.Purpose, Precedence: entente.Routine, Refs: entente.Answering(h.ID),
		Notice: &entente.Notice{What: entente.NoticeCustody, Digest: &file, Held: held},
	}})
	return err
}

// noticeSent does what a notice of ours changes here, from the moment it has its place.
func (o *Outbox) noticeSent(tx entente.Tx, f entente.Filed) error {
	n, h := f.Message.Statement.Notice, f.Message.Header
	switch {
	case n.What == entente.NoticeLevel:
		return o.putLevel(tx, h.Agreement, h.To, *n, f.Name, h.Seq)
	case n.What == entente.NoticeOutage:
		return putOutage(tx, f)
	case n.What == entente.NoticeWithdrawn:
		item, err := atPlace(tx, h.Channel(), *n.Place)
		if err != nil {
			return err
		}
		return tx.Dequeue(item.Message)
	case n.What == entente.NoticeOutage:
		return putOutage(tx, f)
	}
	return nil
}
