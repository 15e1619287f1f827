package outbox

import (
	"context"
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

// AnnounceKeys keeps our next descriptor and tells every partner of it, on every
// channel, still under the keys that they know. The caller changes to the new
// keys once this has returned.
func (o *Outbox) AnnounceKeys(ctx context.Context, next entente.PartyRecord) error {
	return o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		agreements, err := tx.Agreements()
		if err != nil {
			return err
		}
		for _, rec := range agreements {
			now := o.now()
			if !rec.Complete || !rec.Agreement.InForce(now) {
				continue
			}
			for _, to := range rec.Agreement.Parties {
				if to == o.cfg.Self {
					continue
				}
				_, err := o.SendIn(tx, Node, newID(now), entente.Draft{To: to, Agreement: rec.Agreement.ID, Statement: entente.Statement{
					Kind: entente.KindNotice, Purpose: rec.Agreement.Purposes[0], Precedence: entente.Priority,
					Notice: &entente.Notice{What: entente.NoticeKey, Edition: next.Party.Edition, Descriptor: string(next.Note)},
				}})
				if err != nil {
					return err
				}
			}
		}
		return tx.PutParty(next)
	})
}

// noticeSent does what a notice of ours changes here when it is released.
func (o *Outbox) noticeSent(tx entente.Tx, f entente.Filed) error {
	switch n := f.Message.Statement.Notice; n.What {
	case entente.NoticeLevel:
		return o.putLevel(tx, f.Message.Header.Agreement, f.Name, n.Level)
	case entente.NoticeOutage:
		return putOutage(tx, f)
	}
	return nil
}
