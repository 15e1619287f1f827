package outbox

import (
	"context"
	"time"

	"github.com/google/uuid"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/seal"
)

// Release lets a submitted draft leave. seen is the digest of the bytes that
// the releaser was shown. The draft's end, the message, its leaf in the
// ledger and its place in the queue are one transaction.
func (o *Outbox) Release(ctx context.Context, by entente.Officer, id entente.DraftID, seen entente.Digest) (entente.MessageID, error) {
	var to entente.PartyID
	err := o.do(ctx, by, entente.OpRelease, "draft "+string(id), func(tx entente.Tx) error {
		d, err := tx.Draft(id)
		if err != nil {
			return err
		}
		to = d.To
		return o.release(tx, d, by.ID, seen)
	})
	if err != nil {
		return "", err
	}
	o.cfg.Step("released")
	o.wakeFor(to)
	return id, nil
}

// release is the way out, step by step, inside the caller's transaction.
func (o *Outbox) release(tx entente.Tx, d entente.Draft, releaser entente.OfficerID, seen entente.Digest) error {
	statement, err := parse.Statement(d.Payload)
	if err != nil {
		return err
	}
	d.Statement = statement
	// The agreement's verdict at this moment: it may have changed since the draft was submitted.
	p, err := o.propose(tx, d)
	if err != nil {
		return err
	}
	if err := p.Decision.Err(); err != nil {
		return err
	}
	if err := answers(tx, d, statement); err != nil {
		return err
	}

	// Four eyes, or the clause that makes two enough.
	now := o.now()
	released, err := entente.Release(d, p.agreement.Release, releaser, seen, now)
	if err != nil {
		return err
	}

	// The ledger must not fork: after a restore it is compared with the partner first.
	line, err := tx.Line(d.To)
	if err != nil {
		return err
	}
	if line.Blocked != "" {
		return &entente.Error{Kind: entente.Unavailable, Detail: "nothing can be released to " + string(d.To) + " now: " + line.Blocked, Hint: "it goes on by itself once the ledgers have been compared; an overseer sees the state under Ledgers"}
	}

	// What is urgent does not sit out a pause that something else has caused.
	if d.Statement.Precedence.Rank() >= entente.Immediate.Rank() && line.NextTry.After(now) {
		line.NextTry = now
		if err := tx.PutLine(line); err != nil {
			return err
		}
	}

	// Seal, and take the next place in the channel.
	message := o.messageOf(d, p.agreement)
	message.Header.Created = now
	channel := message.Header.Channel()
	if err := forked(tx, channel); err != nil {
		return err
	}
	head, err := tx.Head(channel.Origin())
	if err != nil {
		return err
	}
	message.Header.Seq = head.Size
	if !message.Header.Expires.After(now) {
		return &entente.Error{Kind: entente.Conflict, Field: "expires", Detail: "this draft has expired", Hint: "return it to its author, who can set a later date"}
	}
	message.Header.SenderKey = seal.KeyIDOf(o.cfg.Keys.Public().Message)
	message.Header.RecipientKey = seal.KeyIDOf(p.Recipient.Keys.Seal)
	sealed, err := seal.Seal(released, message.Header, o.cfg.Keys.Message, p.Recipient)
	if err != nil {
		return err
	}
	checkpoints, err := ledger.AppendEach(o.edges.Over(tx), channel.Origin(), []entente.Digest{sealed.Digest}, string(o.cfg.Self)+"/ledger", o.cfg.Keys.Ledger.Signer())
	if err != nil {
		return err
	}

	// File, queue, and close the draft.
	thread, err := threadOf(tx, statement)
	if err != nil {
		return err
	}
	err = tx.PutMessage(entente.Filed{
		Message: message, Direction: entente.Outgoing, Thread: thread, At: now,
		Digest: sealed.Digest, Envelope: sealed.Envelope, Checkpoint: checkpoints[0], Payload: released.Payload(), Signature: sealed.Signature,
		Author: d.Author, Releaser: releaser, Clause: released.Clause(),
	})
	if err != nil {
		return err
	}
	err = tx.Enqueue(entente.QueueItem{Message: d.ID, Partner: d.To, Channel: channel, Seq: message.Header.Seq, Precedence: message.Header.Precedence, Queued: now})
	if err != nil {
		return err
	}
	if n := statement.Notice; n != nil && n.What == entente.NoticeLevel {
		if err := o.putLevel(tx, d.Agreement, d.ID, n.Level); err != nil {
			return err
		}
	}
	d.State, d.Changed = entente.DraftReleased, now
	d.Version++
	return tx.PutDraft(d)
}

// threadOf gives the first message of the thread that a statement belongs to.
func threadOf(tx entente.MessageStore, s entente.Statement) (entente.MessageID, error) {
	if s.Re == "" {
		return s.ID, nil
	}
	re, err := tx.Message(s.Re)
	if err != nil {
		return "", err
	}
	return re.Thread, nil
}

// Send drafts, submits and releases in one step and one transaction, for kinds
// that the agreement lets one officer send. Where it wants four eyes, the draft
// is submitted and waits: released is false.
func (o *Outbox) Send(ctx context.Context, by entente.Officer, d entente.Draft) (id entente.DraftID, released bool, err error) {
	id = newID(o.now())
	err = o.do(ctx, by, operationOf(d.Statement.Kind), "message "+string(id), func(tx entente.Tx) (err error) {
		if err := mayWrite(by, d.Statement.Kind); err != nil {
			return err
		}
		released, err = o.SendIn(tx, by, id, d)
		return err
	})
	if err != nil {
		return id, false, err
	}
	if released {
		o.cfg.Step("released")
		o.wakeFor(d.To)
	}
	return id, released, nil
}

// SendIn is Send inside a transaction of casework, which has asked for the role.
func (o *Outbox) SendIn(tx entente.Tx, by entente.Officer, id entente.DraftID, d entente.Draft) (released bool, err error) {
	d.ID, d.Version = id, 0
	if d, err = o.write(tx, by, d, true); err != nil {
		return false, err
	}
	if d, err = o.submit(tx, d); err != nil {
		return false, err
	}
	rec, err := tx.Agreement(d.Agreement, 0)
	if err != nil {
		return false, err
	}
	if four, _ := rec.Agreement.Release.NeedsFourEyes(d.Statement.Kind); four {
		return false, nil
	}
	return true, o.release(tx, d, by.ID, d.Digest())
}

// NewID gives an id for a draft that SendIn will send.
func (o *Outbox) NewID() entente.DraftID { return newID(o.now()) }

// operationOf is what an officer does who sends a message of this kind in one step.
func operationOf(k entente.Kind) entente.Operation {
	switch k {
	case entente.KindAcknowledgement:
		return entente.OpAcknowledge
	case entente.KindDisposition:
		return entente.OpDispose
	case entente.KindNote:
		return entente.OpNote
	case entente.KindNotice:
		return entente.OpChangeLevel
	}
	return entente.OpDraft
}

// newID makes a UUIDv7 (RFC 9562) of the time at: ids sort by time, also on a
// simulated clock.
func newID(at time.Time) entente.MessageID {
	id := uuid.Must(uuid.NewV7())
	ms := at.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (8 * (5 - i)))
	}
	return entente.MessageID(id.String())
}
