package outbox

import (
	"context"
	"time"

	"github.com/google/uuid"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/policy"
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
	if err := parse.Judge(o.cfg.Knows, statement); err != nil {
		return err
	}
	if err := parse.CheckClaims(statement, o.now()); err != nil { // as its recipient will
		return err
	}
	d.Statement = statement
	// The agreement's verdict at this moment: it may have changed since the draft was submitted.
	p, err := o.propose(tx, d)
	if err != nil {
		return err
	}
	if p.Problem != nil {
		return p.Problem
	}
	if err := p.Decision.Err(); err != nil {
		return err
	}
	if err := refers(tx, d, statement); err != nil {
		return err
	}
	// Four eyes, or the clause that makes two enough.
	now := o.now()
	released, err := entente.Release(d, p.agreement.Release, releaser, seen, now)
	if err != nil {
		return err
	}
	if err := lineOpen(tx, d, now); err != nil {
		return err
	}
	f, err := o.place(tx, released, p)
	if err != nil {
		return err
	}
	return o.dispatch(tx, d, f)
}

// lineOpen holds that something may leave for the recipient now. The ledger must
// not fork: after a restore it is compared with the partner first. What is
// urgent does not sit out a pause that something else has caused.
func lineOpen(tx entente.LineStore, d entente.Draft, now time.Time) error {
	line, err := tx.Line(d.To)
	if err != nil {
		return err
	}
	if line.Blocked != "" {
		return &entente.Error{Kind: entente.Unavailable, Detail: "nothing can be released to " + string(d.To) + " now: " + line.Blocked, Hint: "it goes on by itself once the ledgers have been compared; an overseer sees the state under Ledgers"}
	}
	if d.Statement.Precedence.Rank() < entente.Immediate.Rank() || !line.NextTry.After(now) {
		return nil
	}
	line.NextTry = now
	return tx.PutLine(line)
}

// place seals a released draft and gives it the next place in its channel.
func (o *Outbox) place(tx entente.Tx, r entente.Released, p Proposal) (entente.Filed, error) {
	d := r.Draft()
	f := entente.Filed{
		Message: o.messageOf(d, p.agreement, p.terms, p.Recipient), Direction: entente.Outgoing, At: r.At(), Payload: r.Payload(),
		Author: d.Author, Releaser: r.Releaser(), Clause: r.Clause(),
	}
	h := &f.Message.Header
	origin := h.Channel().Origin()
	if err := forked(tx, h.Channel()); err != nil {
		return f, err
	}
	head, err := tx.Head(origin)
	if err != nil {
		return f, err
	}
	h.Seq, h.Created = head.Size, r.At()
	if h.Expired(h.Created) {
		return f, &entente.Error{Kind: entente.Conflict, Field: "expires", Detail: "this draft has expired", Hint: "return it to its author, who can set a later date"}
	}
	h.Extensions = entente.GreaseExtension(h.ID)
	self, err := tx.Party(o.cfg.Self)
	if err != nil {
		return f, err
	}
	sealed, err := seal.Seal(r, *h, o.cfg.Keys.Message, self, p.recipient)
	if err != nil {
		return f, err
	}
	*h = sealed.Header
	checkpoints, err := ledger.AppendEach(o.edges.Over(tx), origin, []entente.Digest{sealed.Digest}, string(o.cfg.Self)+"/ledger", o.cfg.Keys.Ledger.Signer())
	if err != nil {
		return f, err
	}
	f.Digest, f.Envelope, f.Checkpoint = sealed.Digest, sealed.Envelope, checkpoints[0]
	f.Sealed, f.Signature, f.Secret = sealed.Sealed, sealed.Signature, sealed.Secret
	f.Name = d.ID
	f.Thread, err = threadOf(tx, d.To, f.Message.Statement)
	return f, err
}

// dispatch files what has its place, queues it for its recipient, and closes the draft.
func (o *Outbox) dispatch(tx entente.Tx, d entente.Draft, f entente.Filed) error {
	if err := tx.PutMessage(f); err != nil {
		return err
	}
	h := f.Message.Header
	err := tx.Enqueue(entente.QueueItem{Message: d.ID, Partner: d.To, Channel: h.Channel(), Seq: h.Seq, Precedence: h.Precedence, Queued: f.At})
	if err != nil {
		return err
	}
	if sent := rooms[f.Message.Statement.Kind].sent; sent != nil {
		if err := sent(o, tx, f); err != nil {
			return err
		}
	}
	d.State, d.Changed = entente.DraftReleased, f.At
	d.Version++
	return tx.PutDraft(d)
}

// threadOf gives the first message of the thread that a statement belongs to.
func threadOf(tx entente.MessageStore, to entente.PartyID, s entente.Statement) (entente.MessageID, error) {
	if s.Re() == "" {
		return s.ID, nil
	}
	re, err := tx.MessageWith(to, s.Re())
	if err != nil {
		return "", err
	}
	return re.Thread, nil
}

// Send drafts, submits and releases in one step and one transaction, for kinds
// that the agreement lets one officer send. Where it wants four eyes, the draft
// is submitted and waits: released is false.
func (o *Outbox) Send(ctx context.Context, by entente.Officer, d entente.Draft) (id entente.DraftID, released bool, err error) {
	sent := struct {
		ID       entente.DraftID
		Released bool
	}{ID: newID(o.now())}
	act := o.act(by, policy.Sends(d.Statement.Kind), "message "+string(sent.ID))
	act.Result = &sent
	err = o.doAct(ctx, act, func(tx entente.Tx) (err error) {
		if err := mayWrite(by, d.Statement.Kind); err != nil {
			return err
		}
		sent.Released, err = o.SendIn(tx, by, sent.ID, d)
		return err
	})
	if err != nil {
		return sent.ID, false, err
	}
	if sent.Released {
		o.cfg.Step("released")
		o.wakeFor(d.To)
	}
	return sent.ID, sent.Released, nil
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
	rec, err := termsOf(tx, d)
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
