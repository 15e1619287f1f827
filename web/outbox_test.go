package web

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/casework"
	"entente/outbox"
	"entente/parse"
	"entente/policy"
)

// The half of the office that stands in for outbox.

// goesOn is what the author of a draft asks for, as the door does.
func (o *office) goesOn(by entente.Officer, id entente.DraftID, op entente.Operation) entente.Operation {
	if d, err := o.draft(id); err == nil && d.Author == by.ID {
		return policy.GoesOn(d.Statement.Kind, op)
	}
	return op
}

func (o *office) Write(_ context.Context, by entente.Officer, d entente.Draft) (entente.Draft, error) {
	if err := o.ask(by, o.goesOn(by, d.ID, entente.OpDraft), string(d.ID)); err != nil {
		return d, err
	}
	if d.ID == "" {
		d.ID, d.Author, d.Created = mid(50+len(o.drafts)), by.ID, morning
		d.Statement.ID = d.ID
		d.State, d.Changed, d.Version = entente.DraftOpen, morning, 1
		d.Statement.Caveats = d.Statement.Caveats.Over(northStar().Handling)
		o.drafts = append(o.drafts, d)
		return d, nil
	}
	old, err := o.draft(d.ID)
	if err != nil {
		return d, err
	}
	if old.Version != d.Version {
		return d, &entente.Error{Kind: entente.Conflict, Field: "version", Detail: "the draft was changed since you opened it", Hint: "open it again and repeat your change"}
	}
	d.Statement.ID = d.ID
	d.State, d.Payload, d.Changed = entente.DraftOpen, nil, morning
	d.Version++
	*old = d
	return d, nil
}

func (o *office) Drafts(_ context.Context, by entente.Officer, q entente.DraftQuery) ([]entente.Draft, error) {
	if err := o.ask(by, entente.OpReadDrafts, ""); err != nil || o.empty {
		return nil, err
	}
	var list []entente.Draft
	for _, d := range o.drafts {
		if len(q.States) > 0 && !slices.Contains(q.States, d.State) || d.State == entente.DraftOpen && d.Author != by.ID && by.Role != entente.Overseer {
			continue
		}
		list = append(list, d)
	}
	return list, nil
}

func (o *office) Proposal(_ context.Context, by entente.Officer, id entente.DraftID) (outbox.Proposal, error) {
	if err := o.ask(by, entente.OpReadDrafts, string(id)); err != nil {
		return outbox.Proposal{}, err
	}
	d, err := o.draft(id)
	if err != nil {
		return outbox.Proposal{}, err
	}
	p := outbox.Proposal{Draft: *d, Decision: verdictOn(true), Recipient: party(d.To).Party, Payload: d.Payload}
	if len(p.Payload) == 0 {
		p.Payload, p.Problem = parse.EncodeStatement(d.Statement)
	}
	p.Digest = entente.DigestOf(p.Payload)
	for _, i := range o.items {
		if i.Filed.Partner() == d.To && i.Filed.Message.Header.ID == d.Statement.Re() {
			p.Answers = i.Filed.Name
		}
	}
	p.FourEyes, p.Clause = northStar().Release.NeedsFourEyes(d.Statement.Kind)
	return p, nil
}

func (o *office) OpenDraftFile(_ context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) (entente.Attachment, io.Reader, error) {
	if err := o.ask(by, entente.OpFetchAttachment, string(id)); err != nil {
		return entente.Attachment{}, nil, err
	}
	d, err := o.draft(id)
	if err != nil {
		return entente.Attachment{}, nil, err
	}
	for _, a := range d.Statement.Attachments {
		if a.Digest == file {
			return a, strings.NewReader("<script>alert(1)</script>"), nil
		}
	}
	return entente.Attachment{}, nil, &entente.Error{Kind: entente.NotFound, Detail: "this draft has no such file"}
}

func (o *office) Submit(_ context.Context, by entente.Officer, id entente.DraftID, version int) (entente.Draft, error) {
	if err := o.ask(by, o.goesOn(by, id, entente.OpSubmit), string(id)); err != nil {
		return entente.Draft{}, err
	}
	d, err := o.draft(id)
	if err != nil {
		return entente.Draft{}, err
	}
	if d.Payload, err = parse.EncodeStatement(d.Statement); err != nil {
		return *d, err
	}
	d.State, d.Version = entente.DraftSubmitted, d.Version+1
	return *d, nil
}

func (o *office) Withdraw(_ context.Context, by entente.Officer, id entente.DraftID) error {
	if err := o.ask(by, o.goesOn(by, id, entente.OpDraft), string(id)); err != nil {
		return err
	}
	d, err := o.draft(id)
	if err == nil {
		d.State = entente.DraftWithdrawn
	}
	return err
}

func (o *office) Attach(_ context.Context, by entente.Officer, id entente.DraftID, name, media string, r io.Reader) (entente.Attachment, error) {
	if err := o.ask(by, entente.OpAddAttachment, string(id)); err != nil {
		return entente.Attachment{}, err
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return entente.Attachment{}, err
	}
	d, err := o.draft(id)
	if err != nil {
		return entente.Attachment{}, err
	}
	a := entente.Attachment{Digest: entente.DigestOf(b), Size: int64(len(b)), Name: name, Media: media, Key: "AGE-SECRET-KEY-PQ-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0S5DYVQQ"}
	d.Statement.Attachments = append(d.Statement.Attachments, a)
	return a, nil
}

func (o *office) Detach(_ context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) error {
	if err := o.ask(by, entente.OpAddAttachment, string(id)); err != nil {
		return err
	}
	d, err := o.draft(id)
	if err == nil {
		d.Statement.Attachments = slices.DeleteFunc(d.Statement.Attachments, func(a entente.Attachment) bool { return a.Digest == file })
	}
	return err
}

func (o *office) Release(_ context.Context, by entente.Officer, id entente.DraftID, seen entente.Digest) (entente.MessageID, error) {
	if err := o.ask(by, entente.OpRelease, string(id)); err != nil {
		return "", err
	}
	d, err := o.draft(id)
	if err != nil {
		return "", err
	}
	if _, err := entente.Release(*d, northStar().Release, by.ID, seen, morning); err != nil {
		return "", err
	}
	d.State = entente.DraftReleased
	f := filed(1, albia, d.To, d.Agreement, morning, d.Statement)
	f.Name, f.Message.Header.ID, f.Thread, f.Author, f.Releaser = id, id, id, d.Author, by.ID
	o.items = append(o.items, casework.Item{Filed: f, Progress: entente.Progress{Released: morning}})
	return id, nil
}

func (o *office) Return(_ context.Context, by entente.Officer, id entente.DraftID, reason string) error {
	if err := o.ask(by, entente.OpReturn, string(id)); err != nil {
		return err
	}
	d, err := o.draft(id)
	if err == nil {
		d.State, d.Returned, d.Payload = entente.DraftReturned, reason, nil
	}
	return err
}

func (o *office) State(_ context.Context, by entente.Officer) (outbox.State, error) {
	if err := o.ask(by, entente.OpReadQueue, ""); err != nil || o.empty {
		return outbox.State{}, err
	}
	s := outbox.State{Dead: o.dead, Waiting: []entente.QueueItem{
		{Message: mid(7), Partner: cadia, Precedence: entente.Routine, Queued: ago(6 * hour)},
		{Message: mid(32), Partner: cadia, Precedence: entente.Flash, Queued: ago(20 * time.Minute)},
	}}
	s.Waiting = append(s.Waiting, entente.QueueItem{Message: mid(33), Partner: cadia, Precedence: entente.Priority, Queued: ago(2 * daylong), State: entente.QueuePutOff, Why: entente.ReasonKind, Since: ago(hour), Again: ago(-23 * hour)})
	s.Held = []outbox.Held{
		{Agreement: "three-seas", Partner: cadia, Level: entente.WarningsOnly, Items: []outbox.HeldItem{{QueueItem: entente.QueueItem{Message: mid(30), Partner: cadia, Precedence: entente.Routine, State: entente.QueueHeld, Since: ago(daylong)}}}},
		{Agreement: "north-star", Partner: borea, Level: entente.Open, Items: []outbox.HeldItem{{QueueItem: entente.QueueItem{Message: mid(34), Partner: borea, Precedence: entente.Routine, State: entente.QueueHeld, Since: ago(daylong)}, Passes: true}}},
	}
	for _, p := range parties()[1:] {
		s.Lines = append(s.Lines, p.Line)
	}
	return s, nil
}

func (o *office) Retry(_ context.Context, by entente.Officer, partner entente.PartyID) error {
	return o.ask(by, entente.OpRetry, string(partner))
}

func (o *office) TakeNote(_ context.Context, by entente.Officer, id entente.MessageID) error {
	if err := o.ask(by, entente.OpRetry, string(id)); err != nil {
		return err
	}
	for n := range o.dead {
		if o.dead[n].Message == id {
			o.dead[n].Seen = by.ID
		}
	}
	return nil
}

func (o *office) DeclareOutage(_ context.Context, by entente.Officer, a entente.AgreementID, to entente.PartyID, from, until time.Time) error {
	return o.ask(by, entente.OpDeclareOutage, string(a)+" "+string(to)+" "+from.Format(time.RFC3339)+" "+until.Format(time.RFC3339))
}

func (o *office) DeclareLevel(_ context.Context, by entente.Officer, a entente.AgreementID, d outbox.Declaration) ([]entente.QueueItem, error) {
	if err := o.ask(by, entente.OpChangeLevel, string(a)+" "+string(d.Level)+" "+string(d.Towards)+" "+d.Reason); err != nil {
		return nil, err
	}
	for n := range o.standing {
		for i := range o.standing[n].Levels {
			if l := &o.standing[n].Levels[i]; o.standing[n].Record.Agreement.ID == a && (d.Towards == "" || d.Towards == l.Partner) {
				l.Level = d.Level
			}
		}
	}
	if d.Level != entente.Suspended {
		return nil, nil
	}
	return []entente.QueueItem{{Message: mid(30), State: entente.QueueHeld}}, nil
}

func (o *office) OfferAgain(_ context.Context, by entente.Officer, id entente.MessageID) error {
	if err := o.ask(by, entente.OpRetry, string(id)); err != nil {
		return err
	}
	o.dead = slices.DeleteFunc(o.dead, func(q entente.QueueItem) bool { return q.Message == id })
	return nil
}

func (o *office) SendHeld(_ context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error {
	return o.ask(by, entente.OpRelease, fmt.Sprintf("send %s %s %v", a, partner, ids))
}

func (o *office) WithdrawHeld(_ context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error {
	return o.ask(by, entente.OpRelease, fmt.Sprintf("withdraw %s %s %v", a, partner, ids))
}
