package casework

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"entente"
	"entente/outbox"
	"entente/policy"
	"entente/record"
	"entente/seal"
)

// View is a message with all that belongs to it.
type View struct {
	Item
	Thread      []Item           // every other message of the thread, oldest first
	Decision    entente.Decision // what the agreement said of it when it passed
	Mismatches  []string         // where the parties' definitions differ on it, in sentences
	Attachments []entente.AttachmentRecord
	Receipt     *entente.Receipt
	Refusal     *entente.Refusal
	Sender      entente.PartyRecord
	Recipient   entente.PartyRecord
	Hits        []entente.Hit  // what its subjects met here, newest first; only for who may read cases
	Cases       []entente.Case // the files that it is in; only for who may read them
}

// Message opens a message. why is the officer's purpose; empty: what he stated
// before, or else that of the message, and "oversight" for an overseer. It is in
// the access log before anything is shown.
func (d *Desk) Message(ctx context.Context, by entente.Officer, id entente.MessageID, why string) (View, error) {
	var v View
	act, err := d.actOn(ctx, by, entente.OpReadMessage, id)
	if err != nil {
		return v, err
	}
	act.Purpose = cmp.Or(why, act.Purpose)
	err = record.Look(ctx, d.cfg.Store, d.log(), act, func(tx entente.Tx) (err error) {
		if v, err = d.view(tx, id); err != nil {
			return err
		}
		return d.met(tx, by, &v)
	})
	return v, err
}

// actOn is an act on a message, for the purpose for which the message was
// written. The purpose is read before the role is asked, and shown to nobody.
func (d *Desk) actOn(ctx context.Context, by entente.Officer, op entente.Operation, id entente.MessageID) (record.Act, error) {
	act := d.act(by, op, "message "+string(id))
	err := d.cfg.Store.View(ctx, func(tx entente.Tx) error {
		f, err := tx.Message(id)
		act.Purpose = record.Purpose(ctx, by, f.Message.Statement.Purpose)
		if errors.Is(err, entente.NotFound) {
			return nil // the look itself will say so, and be on record
		}
		return err
	})
	return act, err
}

func (d *Desk) view(tx entente.Tx, id entente.MessageID) (View, error) {
	var v View
	f, err := tx.Message(id)
	if err != nil {
		return v, err
	}
	thread, err := tx.Threads([]entente.MessageID{f.Thread})
	if err != nil {
		return v, err
	}
	s, err := newStrand(tx, thread)
	if err != nil {
		return v, err
	}
	if v.Item, err = s.item(tx, f); err != nil {
		return v, err
	}
	for _, t := range thread {
		if t.Name == id {
			continue
		}
		i, err := s.item(tx, t)
		if err != nil {
			return v, err
		}
		v.Thread = append(v.Thread, i)
	}
	if err := d.verdict(tx, &v); err != nil {
		return v, err
	}
	return v, d.belongings(tx, &v)
}

// verdict asks the agreement again, as it stood when the message was sent.
func (d *Desk) verdict(tx entente.Tx, v *View) error {
	m := v.Filed.Message
	rec, err := tx.Agreement(m.Header.Agreement, m.Header.Epoch)
	if err != nil {
		return err
	}
	terms, err := d.terms.Terms(rec.Agreement)
	if err != nil {
		return err
	}
	changes, err := tx.LevelChanges(m.Header.Agreement)
	if err != nil {
		return err
	}
	before := slices.DeleteFunc(changes, func(c entente.LevelChange) bool { return c.At.After(v.Filed.At) })
	side := policy.Receiving
	if v.Filed.Direction == entente.Outgoing {
		side = policy.Sending
	}
	v.Decision = terms.Decide(policy.Facts{Message: m, Side: side, Now: v.Filed.At, Levels: before})
	v.Mismatches = terms.Mismatches(m)
	return nil
}

func (d *Desk) belongings(tx entente.Tx, v *View) (err error) {
	h := v.Filed.Message.Header
	if v.Filed.Direction == entente.Incoming {
		v.Attachments, err = tx.Attachments(v.Filed.Name, "")
	} else {
		v.Attachments, err = tx.Attachments("", v.Filed.Name)
	}
	if err != nil {
		return err
	}
	if v.Sender, err = tx.Party(h.From); err != nil {
		return err
	}
	if v.Recipient, err = tx.Party(h.To); err != nil {
		return err
	}
	if r, err := tx.Receipt(v.Filed.Name); err == nil {
		v.Receipt = &r
	} else if !errors.Is(err, entente.NotFound) {
		return err
	}
	v.Refusal = v.Progress.Refused
	return nil
}

// OpenAttachment decrypts a file that is whole and gives its bytes in order.
// The bytes are another party's: save them, never render them.
func (d *Desk) OpenAttachment(ctx context.Context, by entente.Officer, m entente.MessageID, file entente.Digest) (entente.Attachment, io.Reader, error) {
	var found entente.Attachment
	var handle string
	act, err := d.actOn(ctx, by, entente.OpFetchAttachment, m)
	if err != nil {
		return found, nil, err
	}
	act.Object += " file " + file.Short()
	err = record.Look(ctx, d.cfg.Store, d.log(), act, func(tx entente.Tx) error {
		f, err := tx.Message(m)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(f.Message.Statement.Attachments, func(a entente.Attachment) bool { return a.Digest == file })
		if i < 0 {
			return &entente.Error{Kind: entente.NotFound, Detail: "this message has no such file"}
		}
		found = f.Message.Statement.Attachments[i]
		records, err := tx.AttachmentsOf(file)
		if err != nil {
			return err
		}
		for _, r := range records {
			if (r.Message == m || r.Draft == m) && !r.Complete.IsZero() {
				handle = r.Handle
				return nil
			}
		}
		return &entente.Error{Kind: entente.Unavailable, Detail: "this file is not here in full yet", Hint: "it is on its way; try again when the page says that it is held"}
	})
	if err != nil {
		return found, nil, err
	}
	plain, err := seal.DecryptFile(outbox.OpenFile(ctx, d.cfg.Store, handle, 0), found.Key)
	return found, plain, err
}
