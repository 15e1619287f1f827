package casework

import (
	"context"

	"entente"
)

// Dispose says what came of a message. Every question must be answered or
// refused with a reason: a message with an open question cannot be closed.
// Where the agreement wants four eyes it waits for release: released is false.
func (d *Desk) Dispose(ctx context.Context, by entente.Officer, id entente.MessageID, disposition entente.Disposition) (draft entente.DraftID, released bool, err error) {
	draft = d.cfg.Out.NewID()
	err = d.do(ctx, by, entente.OpDispose, "message "+string(id), func(tx entente.Tx) error {
		f, err := d.incoming(tx, id)
		if err != nil {
			return err
		}
		released, err = d.cfg.Out.SendIn(tx, by, draft, d.answer(f, entente.Statement{Kind: entente.KindDisposition, Disposition: &disposition}))
		return err
	})
	return d.sent(draft, released, err)
}

// Note writes a note on the thread of a message, ours or theirs.
func (d *Desk) Note(ctx context.Context, by entente.Officer, re entente.MessageID, text string) (draft entente.DraftID, released bool, err error) {
	draft = d.cfg.Out.NewID()
	err = d.do(ctx, by, entente.OpNote, "message "+string(re), func(tx entente.Tx) error {
		f, err := tx.Message(re)
		if err != nil {
			return err
		}
		released, err = d.cfg.Out.SendIn(tx, by, draft, d.answer(f, entente.Statement{Kind: entente.KindNote, Note: &entente.Note{Text: text}}))
		return err
	})
	return d.sent(draft, released, err)
}

// sent tells what came of sending, and wakes whoever delivers.
func (d *Desk) sent(draft entente.DraftID, released bool, err error) (entente.DraftID, bool, error) {
	if err != nil {
		return draft, false, err // whatever was released was taken back
	}
	if released {
		d.cfg.Out.Wake()
	}
	return draft, released, nil
}
