package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"entente"
	"entente/outbox"
)

// NewDraft is a message to be written.
type NewDraft struct {
	To        entente.PartyID     `json:"to" doc:"The recipient."`
	Agreement entente.AgreementID `json:"agreement"`
	Expires   time.Time           `json:"expires,omitzero" doc:"Not to be accepted after it; absent: the node's default."`
	Statement Content             `json:"statement" doc:"What is to be said."`
}

func (d NewDraft) noun() entente.Draft {
	return entente.Draft{To: d.To, Agreement: d.Agreement, Expires: d.Expires, Statement: d.Statement.statement()}
}

// DraftChange replaces what a draft says.
type DraftChange struct {
	NewDraft
	Version int `json:"version" minimum:"1" doc:"The version that the officer saw." example:"1"`
}

// Draft is a message on its way out.
type Draft struct {
	ID        entente.DraftID     `json:"id" doc:"The message keeps it."`
	Author    entente.OfficerID   `json:"author" doc:"Who writes it."`
	To        entente.PartyID     `json:"to" doc:"The recipient."`
	Agreement entente.AgreementID `json:"agreement"`
	Expires   time.Time           `json:"expires,omitzero" doc:"Not to be accepted after it; absent: the node's default from the time of release."`
	Title     string              `json:"title" doc:"One line for a list." example:"Possible attack on the harbour festival"`
	Statement Statement           `json:"statement" doc:"What is to be said."`
	State     entente.DraftState  `json:"state"`
	Returned  string              `json:"returned,omitzero" doc:"Why the releaser sent it back." example:"grade the second birth date"`
	Created   time.Time           `json:"created" doc:"When it was begun."`
	Changed   time.Time           `json:"changed" doc:"When it was last changed."`
	Version   int                 `json:"version" doc:"Rises with every change; goes back with the next." example:"3"`
}

func draftOf(d entente.Draft) Draft {
	return Draft{
		ID: d.ID, Author: d.Author, To: d.To, Agreement: d.Agreement, Expires: d.Expires, Title: titleOf(d.Statement),
		Statement: statementOf(d.Statement), State: d.State, Returned: d.Returned, Created: d.Created, Changed: d.Changed, Version: d.Version,
	}
}

// Proposal is a draft with all that its author and its releaser must see.
type Proposal struct {
	Draft     Draft             `json:"draft"`
	Decision  Decision          `json:"decision" doc:"What the agreement says of it now."`
	Recipient Party             `json:"recipient"`
	Payload   []byte            `json:"payload" doc:"The exact bytes that would leave, the keys of its files among them; empty while they cannot be made."`
	Digest    *entente.Digest   `json:"digest,omitempty" doc:"SHA-256 of the payload: releaseDraft wants it back."`
	Problem   *Flaw             `json:"problem,omitempty" doc:"Why it cannot leave as it stands."`
	FourEyes  bool              `json:"four_eyes" doc:"Whether a second officer must release it."`
	Clause    string            `json:"clause" doc:"The clause that says so." example:"release.four-eyes"`
	Answers   entente.MessageID `json:"answers,omitzero" doc:"What the message that it answers is called here; the statement has the id by which the recipient knows it."`
}

func proposalOf(p outbox.Proposal) Proposal {
	out := Proposal{
		Draft: draftOf(p.Draft), Decision: decisionOf(p.Decision), Recipient: partyOf(entente.PartyRecord{Party: p.Recipient}),
		Payload: p.Payload, FourEyes: p.FourEyes, Clause: p.Clause, Answers: p.Answers,
	}
	if !p.Digest.IsZero() {
		out.Digest = &p.Digest
	}
	if p.Problem != nil {
		out.Problem = &Flaw{Detail: p.Problem.Error()}
		if e, ok := errors.AsType[*entente.Error](p.Problem); ok {
			out.Problem = &Flaw{Field: e.Field, Detail: e.Detail, Hint: e.Hint}
		}
	}
	return out
}

// DraftPath names a draft in a path.
type DraftPath struct {
	Draft entente.DraftID `path:"draft" doc:"The draft."`
}

// Version says which version of a thing an officer saw.
type Version struct {
	Version int `json:"version" minimum:"1" doc:"The version that the officer saw." example:"3"`
}

// Why is the reason of an act.
type Why struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why, for the person whom it concerns." example:"grade the second birth date"`
}

// Seen says which bytes a releaser was shown.
type Seen struct {
	Digest entente.Digest `json:"digest" doc:"As the proposal gave it. If the draft has changed since, nothing leaves."`
}

// DraftQuery selects drafts; zero fields select all.
type DraftQuery struct {
	State  []entente.DraftState `query:"state" doc:"States, separated by commas; absent: all." example:"submitted"`
	Author entente.OfficerID    `query:"author" doc:"Only those of this officer."`
}

func (s *server) drafts() {
	const tag = "Drafts and release"
	answer(s, route{
		id: "listDrafts", method: http.MethodGet, path: "/drafts", op: entente.OpReadDrafts, tag: tag,
		summary: "List drafts, newest change first",
	}, func(ctx context.Context, by entente.Officer, in *DraftQuery) ([]Draft, error) {
		all, err := s.cfg.Outbox.Drafts(ctx, by, entente.DraftQuery{States: in.State, Author: in.Author})
		return each(all, draftOf), err
	})
	answer(s, route{
		id: "writeDraft", method: http.MethodPost, path: "/drafts", op: entente.OpDraft, tag: tag, status: http.StatusCreated, body: statementBody,
		summary: "Write a draft", about: "Caveats that are left out are filled from the agreement.",
	}, func(ctx context.Context, by entente.Officer, in *struct{ Body NewDraft }) (Draft, error) {
		d, err := s.cfg.Outbox.Write(ctx, by, in.Body.noun())
		return draftOf(d), err
	})
	answer(s, route{
		id: "readDraft", method: http.MethodGet, path: "/drafts/{draft}", op: entente.OpReadDrafts, tag: tag,
		summary: "Read a draft with the agreement's verdict and the exact bytes that would leave",
	}, func(ctx context.Context, by entente.Officer, in *DraftPath) (Proposal, error) {
		p, err := s.cfg.Outbox.Proposal(ctx, by, in.Draft)
		if err != nil {
			return Proposal{}, err
		}
		return proposalOf(p), nil
	})
	answer(s, route{
		id: "changeDraft", method: http.MethodPut, path: "/drafts/{draft}", op: entente.OpDraft, tag: tag, body: statementBody,
		summary: "Change a draft", about: "Only its author does, while it is open or returned; a note or disposition that waited for release, whoever may write its kind. Its files stay.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		DraftPath
		Body DraftChange
	},
	) (Draft, error) {
		change := in.Body.noun()
		change.ID, change.Version = in.Draft, in.Body.Version
		d, err := s.cfg.Outbox.Write(ctx, by, change)
		return draftOf(d), err
	})
	s.release(tag)
}

func (s *server) release(tag string) {
	answer(s, route{
		id: "submitDraft", method: http.MethodPost, path: "/drafts/{draft}/submission", op: entente.OpSubmit, tag: tag,
		summary: "Put a draft before a releaser", about: "Its bytes are fixed. What the agreement does not let pass is refused, with the clause.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		DraftPath
		Body Version
	},
	) (Draft, error) {
		d, err := s.cfg.Outbox.Submit(ctx, by, in.Draft, in.Body.Version)
		return draftOf(d), err
	})
	answer(s, route{
		id: "releaseDraft", method: http.MethodPost, path: "/drafts/{draft}/release", op: entente.OpRelease, tag: tag,
		summary: "Let a draft leave", about: "It is sealed, takes its place in the ledger and waits for its recipient, all at once. The author of a draft that needs four eyes cannot release it.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		DraftPath
		Body Seen
	},
	) (Sent, error) {
		id, err := s.cfg.Outbox.Release(ctx, by, in.Draft, in.Body.Digest)
		return Sent{id, err == nil}, err
	})
	act(s, route{
		id: "returnDraft", method: http.MethodPost, path: "/drafts/{draft}/return", op: entente.OpReturn, tag: tag,
		summary: "Send a draft back to its author, with a reason",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		DraftPath
		Body Why
	},
	) error {
		return s.cfg.Outbox.Return(ctx, by, in.Draft, in.Body.Reason)
	})
	act(s, route{
		id: "withdrawDraft", method: http.MethodPost, path: "/drafts/{draft}/withdrawal", op: entente.OpDraft, tag: tag,
		summary: "Give up a draft that has not left", about: "Only its author does. Its files go with it.",
	}, func(ctx context.Context, by entente.Officer, in *DraftPath) error {
		return s.cfg.Outbox.Withdraw(ctx, by, in.Draft)
	})
	answer(s, route{
		id: "sendMessage", method: http.MethodPost, path: "/messages", tag: tag, status: http.StatusCreated, body: statementBody,
		summary: "Write, submit and release in one step",
		about:   "For kinds that the agreement lets one officer send. Where it wants four eyes, the draft is submitted and waits. The officer must be allowed what the kind asks for: draft.write for a tip, note.write for a note, and so on.",
	}, func(ctx context.Context, by entente.Officer, in *struct{ Body NewDraft }) (Sent, error) {
		id, released, err := s.cfg.Outbox.Send(ctx, by, in.Body.noun())
		return Sent{id, released}, err
	})
}
