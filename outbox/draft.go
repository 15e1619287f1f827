package outbox

import (
	"context"
	"errors"
	"slices"
	"time"

	"entente"
	"entente/parse"
	"entente/policy"
)

// Proposal is a draft with all that its author and its releaser must see.
type Proposal struct {
	Draft     entente.Draft
	Decision  entente.Decision // what the agreement says, now
	Recipient entente.Party
	Payload   []byte         // the exact bytes that would leave: fixed by submission, until then as the draft stands; empty while it cannot be encoded
	Digest    entente.Digest // of Payload: Release wants it back
	Problem   error          // why it cannot be encoded as it stands
	FourEyes  bool           // a second officer must release
	Clause    string         // that says so
	// Answers is what the message that it answers is called here: its statement
	// has the id that the recipient knows. Empty: it answers none that is here.
	Answers entente.MessageID

	recipient entente.PartyRecord
	agreement entente.Agreement // under which it would leave
	terms     entente.Digest    // of its text
}

// Write makes a draft (ID empty, Version 0) or changes one that is open or was
// returned (Version as read; a stale one is a Conflict). Empty caveats are
// filled from the agreement. Only its author changes a draft, and only to a kind
// that his role may send. A draft may be incomplete; a submitted one may not.
func (o *Outbox) Write(ctx context.Context, by entente.Officer, d entente.Draft) (entente.Draft, error) {
	fresh := d.ID == ""
	if fresh {
		d.ID = newID(o.now())
		d.Version = 0
	}
	var written entente.Draft
	op, err := entente.OpDraft, error(nil)
	if !fresh {
		if op, err = o.operationOn(ctx, by, d.ID, op); err != nil {
			return d, err
		}
	}
	act, id := o.act(by, op, "draft "+string(d.ID)), d.ID
	act.Result = &id
	act.Again = func(tx entente.Tx) (err error) { written, err = tx.Draft(id); return err }
	err = o.doAct(ctx, act, func(tx entente.Tx) (err error) {
		if err := mayWrite(by, d.Statement.Kind); err != nil {
			return err
		}
		written, err = o.write(tx, by, d, fresh)
		return err
	})
	if err != nil {
		return d, err
	}
	return written, nil
}

// operationOn is what an officer asks for who goes on with a draft: who may send
// its kind may go on with what he wrote himself, also where his role drafts nothing
// else. Everybody else must be allowed op.
func (o *Outbox) operationOn(ctx context.Context, by entente.Officer, id entente.DraftID, op entente.Operation) (entente.Operation, error) {
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		d, err := tx.Draft(id)
		if errors.Is(err, entente.NotFound) {
			return nil // the act itself will say so, and be on record
		}
		if err == nil && d.Author == by.ID {
			op = policy.GoesOn(d.Statement.Kind, op)
		}
		return err
	})
	return op, err
}

func (o *Outbox) write(tx entente.Tx, by entente.Officer, d entente.Draft, fresh bool) (entente.Draft, error) {
	now := o.now()
	out := d
	if fresh {
		out.Author, out.Created, out.Returned = by.ID, now, ""
	} else {
		old, err := tx.Draft(d.ID)
		if err != nil {
			return d, err
		}
		if err := mayChange(old, by, d.Version); err != nil {
			return d, err
		}
		out = old
		files := old.Statement.Attachments
		out.To, out.Agreement, out.Expires, out.Statement = d.To, d.Agreement, d.Expires, d.Statement
		out.Statement.Attachments = files // Attach and Detach alone change them
	}
	if fresh {
		out.Statement.Attachments = nil
	}
	var err error
	if out.Statement.Refs, err = refer(tx, out.To, out.Statement.Refs); err != nil {
		return d, err
	}
	rec, err := termsOf(tx, out)
	if err != nil {
		return d, err
	}
	if !rec.Agreement.Has(out.To) || out.To == o.cfg.Self {
		return d, &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "this agreement has no other party of that name", Hint: "choose a recipient from the agreement's parties"}
	}
	if out.Expires.After(o.now().Add(parse.MaxExpiry)) {
		return d, &entente.Error{Kind: entente.Invalid, Field: "expires", Detail: "a message can wait for its recipient for at most 400 days", Hint: "choose an earlier day"}
	}
	if to, err := tx.Party(out.To); err == nil {
		err = canRead(to.Party, out.Statement)
		if err != nil {
			return d, err
		}
	} else if !errors.Is(err, entente.NotFound) {
		return d, err
	}
	out.Statement.ID = out.ID
	out.Statement.Caveats = out.Statement.Caveats.Over(rec.Agreement.Handling)
	prepare(&out.Statement)
	out.State, out.Payload, out.Changed = entente.DraftOpen, nil, now
	out.Version++
	return out, tx.PutDraft(out)
}

// mayChange holds that only the author changes a draft, while it is his, from
// the version that he saw.
func mayChange(old entente.Draft, by entente.Officer, version int) error {
	switch {
	case old.Author != by.ID:
		return &entente.Error{Kind: entente.Denied, Detail: "only the author changes a draft", Hint: "return it to its author with a reason, or write your own"}
	case old.State != entente.DraftOpen && old.State != entente.DraftReturned:
		return &entente.Error{Kind: entente.Conflict, Detail: "this draft is " + string(old.State) + " and cannot be changed any more", Hint: "ask the releaser to return it, or write a new one"}
	case old.Version != version:
		return &entente.Error{Kind: entente.Conflict, Field: "version", Detail: "the draft was changed since you opened it", Hint: "open it again and repeat your change"}
	}
	return nil
}

// Proposal gives a draft with the agreement's verdict.
func (o *Outbox) Proposal(ctx context.Context, by entente.Officer, id entente.DraftID) (Proposal, error) {
	var p Proposal
	err := o.do(ctx, by, entente.OpReadDrafts, "draft "+string(id), func(tx entente.Tx) error {
		d, err := readable(tx, by, id)
		if err != nil {
			return err
		}
		p, err = o.propose(tx, d)
		return err
	})
	return p, err
}

// propose puts before a person what the draft would be if it left now.
func (o *Outbox) propose(tx entente.Tx, d entente.Draft) (Proposal, error) {
	p := Proposal{Draft: d, Payload: d.Payload}
	rec, err := termsOf(tx, d)
	if err != nil {
		return p, err
	}
	to, err := tx.Party(d.To)
	if err != nil {
		return p, noPartner(d.To, err)
	}
	p.Recipient, p.recipient, p.agreement, p.terms = to.Party, to, rec.Agreement, rec.Terms
	if len(p.Payload) == 0 {
		if p.Payload, p.Problem = parse.EncodeStatement(d.Statement); p.Problem == nil {
			p.Problem = o.writable(d.Statement)
		}
	}
	if p.Problem == nil {
		p.Problem = canRead(to.Party, d.Statement)
	}
	if p.Problem == nil {
		p.Digest = entente.DigestOf(p.Payload)
	}
	if p.Answers, err = nameOf(tx, d.To, d.Statement.Re()); err != nil {
		return p, err
	}
	p.FourEyes, p.Clause = rec.Agreement.Release.NeedsFourEyes(d.Statement.Kind)
	terms, err := o.terms.Terms(rec.Agreement)
	if err != nil {
		return p, err
	}
	levels, err := tx.LevelChanges(d.Agreement)
	if err != nil {
		return p, err
	}
	p.Decision = terms.Decide(policy.Facts{Message: o.messageOf(d, rec.Agreement, rec.Terms, to.Party), Side: policy.Sending, Knows: o.cfg.Knows, Now: o.now(), Levels: levels})
	return p, nil
}

// writable reports whether this node can write a statement, and what is claimed
// in it is possible.
func (o *Outbox) writable(s entente.Statement) error {
	if err := parse.Judge(o.cfg.Knows, s); err != nil {
		return err
	}
	return parse.CheckWritten(s, o.now())
}

// messageOf is the message that a draft would become, as far as policy asks.
func (o *Outbox) messageOf(d entente.Draft, a entente.Agreement, terms entente.Digest, to entente.Party) entente.Message {
	return entente.Message{Statement: d.Statement, Header: entente.Header{
		Version: to.Speaking(entente.Versions), ID: d.ID, From: o.cfg.Self, To: d.To, Agreement: d.Agreement, Epoch: a.Epoch, Terms: terms,
		Class: d.Statement.Class(), Precedence: d.Statement.Precedence,
		Created: o.now(), Expires: o.expires(d),
	}}
}

// expires is when a message is not to be accepted any more. What is owed never
// expires.
func (o *Outbox) expires(d entente.Draft) time.Time {
	if d.Statement.Class() == entente.ClassDuty {
		return time.Time{}
	}
	if !d.Expires.IsZero() {
		return d.Expires.UTC().Truncate(time.Microsecond)
	}
	return o.now().Add(o.cfg.Expiry)
}

// mayRead holds that what is still being written, and what its author gave up,
// is shown to him and to overseers alone.
func mayRead(d entente.Draft, by entente.Officer) bool {
	own := d.State == entente.DraftOpen || d.State == entente.DraftWithdrawn
	return !own || d.Author == by.ID || by.Role == entente.Overseer
}

// Drafts lists the drafts that an officer may read, newest change first.
func (o *Outbox) Drafts(ctx context.Context, by entente.Officer, q entente.DraftQuery) ([]entente.Draft, error) {
	var ds []entente.Draft
	err := o.do(ctx, by, entente.OpReadDrafts, "drafts", func(tx entente.Tx) error {
		all, err := tx.Drafts(q)
		ds = slices.DeleteFunc(all, func(d entente.Draft) bool { return !mayRead(d, by) })
		return err
	})
	return ds, err
}

// Submit fixes the bytes of a draft and puts it before a releaser. What the
// agreement does not let pass cannot be submitted: Denied, with the clause.
func (o *Outbox) Submit(ctx context.Context, by entente.Officer, id entente.DraftID, version int) (entente.Draft, error) {
	var out entente.Draft
	op, err := o.operationOn(ctx, by, id, entente.OpSubmit)
	if err != nil {
		return out, err
	}
	act := o.act(by, op, "draft "+string(id))
	act.Again = func(tx entente.Tx) (err error) { out, err = tx.Draft(id); return err }
	err = o.doAct(ctx, act, func(tx entente.Tx) error {
		d, err := tx.Draft(id)
		if err != nil {
			return err
		}
		if err := mayChange(d, by, version); err != nil {
			return err
		}
		out, err = o.submit(tx, d)
		return err
	})
	return out, err
}

func (o *Outbox) submit(tx entente.Tx, d entente.Draft) (entente.Draft, error) {
	if err := o.filesWhole(tx, d); err != nil {
		return d, err
	}
	if err := refers(tx, d, d.Statement); err != nil {
		return d, err
	}
	p, err := o.propose(tx, d)
	if err != nil {
		return d, err
	}
	if p.Problem != nil {
		return d, p.Problem
	}
	if err := p.Decision.Err(); err != nil {
		return d, err
	}
	if err := dropBroken(tx, d.ID); err != nil {
		return d, err
	}
	d.State, d.Payload, d.Changed, d.Returned = entente.DraftSubmitted, p.Payload, o.now(), ""
	d.Version++
	return d, tx.PutDraft(d)
}

// Return sends a submitted draft back to its author with a reason.
func (o *Outbox) Return(ctx context.Context, by entente.Officer, id entente.DraftID, reason string) error {
	if reason == "" {
		return &entente.Error{Kind: entente.Invalid, Field: "reason", Detail: "say why it goes back", Hint: "the author needs to know what to change"}
	}
	return o.do(ctx, by, entente.OpReturn, "draft "+string(id), func(tx entente.Tx) error {
		d, err := tx.Draft(id)
		if err != nil {
			return err
		}
		if d.State != entente.DraftSubmitted {
			return notWaiting()
		}
		d.State, d.Payload, d.Returned, d.Changed = entente.DraftReturned, nil, reason, o.now()
		d.Version++
		return tx.PutDraft(d)
	})
}

// Withdraw gives up a draft that has not left. Only its author may. Its files go with it.
func (o *Outbox) Withdraw(ctx context.Context, by entente.Officer, id entente.DraftID) error {
	op, err := o.operationOn(ctx, by, id, entente.OpDraft)
	if err != nil {
		return err
	}
	return o.do(ctx, by, op, "draft "+string(id), func(tx entente.Tx) error {
		d, err := tx.Draft(id)
		if err != nil {
			return err
		}
		if d.Author != by.ID {
			return &entente.Error{Kind: entente.Denied, Detail: "only the author withdraws a draft", Hint: "return it to its author with a reason"}
		}
		if d.State == entente.DraftReleased || d.State == entente.DraftWithdrawn {
			return notWaiting()
		}
		files, err := tx.Attachments("", d.ID)
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := tx.DropAttachment(f.Handle); err != nil {
				return err
			}
		}
		d.State, d.Payload, d.Changed = entente.DraftWithdrawn, nil, o.now()
		d.Version++
		return tx.PutDraft(d)
	})
}
