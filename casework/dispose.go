package casework

import (
	"context"

	"entente"
)

// Dispose says what came of a message. Every question must be answered or
// refused with a reason: a message with an open question cannot be closed.
// Where the agreement wants four eyes it waits for release: released is false.
func (d *Desk) Dispose(ctx context.Context, by entente.Officer, id entente.MessageID, disposition entente.Disposition) (draft entente.DraftID, released bool, err error) {
	return d.answers(ctx, by, entente.OpDispose, id, entente.Statement{Kind: entente.KindDisposition, Disposition: &disposition}, d.incoming)
}

// Note writes a note on the thread of a message, ours or theirs.
func (d *Desk) Note(ctx context.Context, by entente.Officer, re entente.MessageID, text string) (draft entente.DraftID, released bool, err error) {
	return d.answers(ctx, by, entente.OpNote, re, entente.Statement{Kind: entente.KindNote, Note: &entente.Note{Text: text}}, entente.Tx.Message)
}

// sent is what came of an answer.
type sent struct {
	Draft    entente.DraftID
	Released bool
}

// answers sends a statement on the thread of a message, and wakes the delivery.
func (d *Desk) answers(ctx context.Context, by entente.Officer, op entente.Operation, to entente.MessageID, s entente.Statement, find func(entente.Tx, entente.MessageID) (entente.Filed, error)) (entente.DraftID, bool, error) {
	out := sent{Draft: d.cfg.Out.NewID()}
	act := d.act(by, op, "message "+string(to))
	act.Result = &out
	err := d.doAct(ctx, act, func(tx entente.Tx) error {
		f, err := find(tx, to)
		if err != nil {
			return err
		}
		out.Released, err = d.cfg.Out.SendIn(tx, by, out.Draft, d.answer(f, s))
		return err
	})
	if err != nil {
		return out.Draft, false, err // what was released was taken back
	}
	if out.Released {
		d.cfg.Out.Wake()
	}
	return out.Draft, out.Released, nil
}
