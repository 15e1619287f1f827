package casework

import (
	"context"
	"errors"
	"slices"

	"entente"
	"entente/policy"
)

// Acknowledge tells the sender that a person has seen the message. Twice is once.
func (d *Desk) Acknowledge(ctx context.Context, by entente.Officer, id entente.MessageID) error {
	err := d.do(ctx, by, entente.OpAcknowledge, "message "+string(id), func(tx entente.Tx) error {
		f, err := d.incoming(tx, id)
		if err != nil {
			return err
		}
		thread, err := tx.Threads([]entente.MessageID{f.Thread})
		if err != nil {
			return err
		}
		if said, err := saidAlready(tx, thread, f, entente.KindAcknowledgement); err != nil || said {
			return err
		}
		_, err = d.cfg.Out.SendIn(tx, by, d.cfg.Out.NewID(), d.answer(f, entente.Statement{
			Kind: entente.KindAcknowledgement, Acknowledgement: &entente.Acknowledgement{Role: by.Role},
		}))
		return err
	})
	if err == nil {
		d.cfg.Out.Wake()
	}
	return err
}

// saidAlready reports whether we sent an answer of one of these kinds to f. One
// that was refused for good does not count: it is to be said again.
func saidAlready(tx entente.OutcomeStore, thread []entente.Filed, f entente.Filed, kinds ...entente.Kind) (bool, error) {
	for _, t := range thread {
		s := t.Message.Statement
		if t.Direction != entente.Outgoing || t.Partner() != f.Partner() || s.Re() != f.Message.Header.ID || !slices.Contains(kinds, s.Kind) {
			continue
		}
		if _, err := tx.Receipt(t.Name); err == nil {
			return true, nil
		} else if !errors.Is(err, entente.NotFound) {
			return false, err
		}
		refused, err := tx.Refusal(t.Digest)
		if errors.Is(err, entente.NotFound) || err == nil && !refused.Final {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

// incoming gives a message that came in: only its recipient answers it.
func (d *Desk) incoming(tx entente.Tx, id entente.MessageID) (entente.Filed, error) {
	f, err := tx.Message(id)
	if err != nil {
		return f, err
	}
	if f.Direction != entente.Incoming {
		return f, &entente.Error{Kind: entente.Invalid, Detail: "this message is ours: its recipient answers it", Hint: "the page of the message shows how far it has come"}
	}
	return f, nil
}

// answer is a draft that answers f, under the same agreement and purpose and
// with the same urgency.
func (d *Desk) answer(f entente.Filed, s entente.Statement) entente.Draft {
	m := f.Message
	s.Refs, s.Purpose, s.Precedence = entente.Answering(m.Header.ID), m.Statement.Purpose, m.Header.Precedence
	return entente.Draft{To: f.Partner(), Agreement: m.Header.Agreement, Statement: s}
}

// Assign gives a message to an officer who may assess it.
func (d *Desk) Assign(ctx context.Context, by entente.Officer, id entente.MessageID, to entente.OfficerID) error {
	op := entente.OpAssign
	if to == by.ID {
		op = entente.OpAssess // taking what nobody has needs no supervisor
	}
	return d.do(ctx, by, op, "message "+string(id), func(tx entente.Tx) error {
		if _, err := d.incoming(tx, id); err != nil {
			return err
		}
		officer, err := tx.Officer(to)
		if errors.Is(err, entente.NotFound) || (err == nil && !officer.Disabled.IsZero()) {
			return &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "there is no officer of that name at work here"}
		}
		if err != nil {
			return err
		}
		if err := policy.Check(officer, entente.OpAssess); err != nil {
			return &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "an officer with the role " + string(officer.Role) + " does not assess messages", Hint: "choose an analyst", Cause: err}
		}
		a, err := d.assessment(tx, id)
		if err != nil {
			return err
		}
		if by.ID == to && a.Officer != "" && a.Officer != to {
			return &entente.Error{Kind: entente.Conflict, Detail: "somebody else has this message", Hint: "a supervisor can give it to you"}
		}
		a.Officer, a.Changed = to, d.now()
		a.Version++
		return tx.PutAssessment(a)
	})
}

// Assess notes what an officer makes of a message. It stays at home. version is
// that of the assessment as read, 0 for the first.
func (d *Desk) Assess(ctx context.Context, by entente.Officer, id entente.MessageID, text string, version int) (entente.Assessment, error) {
	var a entente.Assessment
	if len(text) > 64<<10 {
		return a, &entente.Error{Kind: entente.Invalid, Field: "text", Detail: "an assessment has at most 64 KiB"}
	}
	act := d.act(by, entente.OpAssess, "message "+string(id))
	act.Again = func(tx entente.Tx) (err error) { a, err = d.assessment(tx, id); return err }
	err := d.doAct(ctx, act, func(tx entente.Tx) error {
		if _, err := d.incoming(tx, id); err != nil {
			return err
		}
		var err error
		if a, err = d.assessment(tx, id); err != nil {
			return err
		}
		if a.Version != version {
			return &entente.Error{Kind: entente.Conflict, Field: "version", Detail: "the assessment was changed since you opened it", Hint: "open the message again and add what you have to what stands there now"}
		}
		if a.Officer == "" {
			a.Officer = by.ID
		}
		a.Text, a.Changed = text, d.now()
		a.Version++
		return tx.PutAssessment(a)
	})
	return a, err
}

func (d *Desk) assessment(tx entente.Tx, id entente.MessageID) (entente.Assessment, error) {
	a, err := tx.Assessment(id)
	if errors.Is(err, entente.NotFound) {
		return entente.Assessment{Message: id}, nil
	}
	return a, err
}
