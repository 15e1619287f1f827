package api

import (
	"context"
	"errors"
	"net/http"

	"entente"
	"entente/casework"
)

// CaseView is a file with all that belongs to it.
type CaseView struct {
	Case     entente.Case     `json:"case"`
	Entries  []entente.Entry  `json:"entries" doc:"Its timeline, oldest first."`
	Flags    []entente.Flag   `json:"flags" doc:"The reasons for concern, oldest first."`
	Watches  []entente.Watch  `json:"watches" doc:"Those that belong to it, ended ones too."`
	Tasks    []entente.Task   `json:"tasks" doc:"What is not decided."`
	Hits     []entente.Hit    `json:"hits" doc:"What asked a person, newest first."`
	Near     []entente.Hit    `json:"near" doc:"What stayed below the line or met a cleared namesake, with the reason."`
	Messages []Filed          `json:"messages" doc:"Those that are linked, oldest first."`
	Unread   []entente.Unread `json:"unread" doc:"Names that cannot be read here, or only in part, and what they are compared by."`
	Looks    []Look           `json:"looks" doc:"Who looked before, newest first: the last ten, one for each officer, act and purpose. Searches that showed it are not told."`
	Waiting  *Flaw            `json:"waiting,omitempty" doc:"Why it cannot be closed yet."`

	Undecided []entente.Task `json:"undecided" doc:"Tasks in which hits of it wait for a decision: only a supervisor closes it nevertheless."`
}

func caseOf(v casework.CaseView) CaseView {
	out := CaseView{
		Case: v.Case, Entries: v.Entries, Flags: v.Flags, Watches: v.Watches, Tasks: v.Tasks, Hits: v.Hits, Near: v.Near,
		Messages: each(v.Messages, filedOf), Undecided: v.Undecided, Unread: unread(v.Case.Subjects...), Looks: each(v.Looks, lookOf),
	}
	if e, ok := errors.AsType[*entente.Error](v.Waiting); ok {
		out.Waiting = &Flaw{Field: e.Field, Detail: e.Detail, Hint: e.Hint}
	}
	return out
}

// CaseQuery selects files; zero fields select all.
type CaseQuery struct {
	State   entente.CaseState `query:"state" doc:"Only these."`
	Message entente.MessageID `query:"message" doc:"Only those to which this message is linked."`
}

// NewCase is a file to be opened.
type NewCase struct {
	Title    string             `json:"title,omitzero" maxLength:"200" doc:"One line for the list; absent: that of the message." example:"Kadaev, harbour festival"`
	Purpose  string             `json:"purpose,omitzero" maxLength:"200" doc:"Under which it is kept; absent: that of the message." example:"terrorism-prevention"`
	Message  entente.MessageID  `json:"message,omitzero" doc:"The tip that it is opened on."`
	Subjects []Person           `json:"subjects,omitzero" maxItems:"50" doc:"Whom it is about; absent: the subjects of the message."`
	Reopen   entente.ReopenRule `json:"reopen,omitzero" doc:"What asks a person to open it again once it is closed; absent: a probable hit, or two flags within 90 days."`
}

func (n NewCase) noun() casework.NewCase {
	c := casework.NewCase{Title: n.Title, Purpose: n.Purpose, Message: n.Message, Reopen: n.Reopen}
	c.Subjects = subjectsOf(n.Subjects)
	return c
}

func subjectsOf(people []Person) (all []entente.Subject) {
	for _, p := range people {
		all = append(all, p.noun())
	}
	return all
}

// CaseRef names a file.
type CaseRef struct {
	ID entente.CaseID `json:"id"`
}

// NewFlag is one reason for concern.
type NewFlag struct {
	Kind    string            `json:"kind" doc:"What kind of concern it is." example:"contact"`
	Text    string            `json:"text" maxLength:"20000" doc:"What the concern is." example:"Seen with a man of schedule A."`
	Source  string            `json:"source,omitzero" maxLength:"100" doc:"Who raised it: a party, a feed or a role, never a person; absent: the officer's role." example:"borea-sls"`
	Grade   entente.Grade     `json:"grade,omitzero"`
	Message entente.MessageID `json:"message,omitzero" doc:"The message that says so."`
}

// MessageRef names a message.
type MessageRef struct {
	Message entente.MessageID `json:"message"`
}

// CaseClosing is what came of a file.
type CaseClosing struct {
	Outcome entente.Outcome `json:"outcome"`
	Reason  string          `json:"reason" maxLength:"20000" doc:"Why it is closed so." example:"No link to the groups of schedule A."`

	Reopen *entente.ReopenRule `json:"reopen,omitzero" doc:"What asks a person to open it again; absent: as before."`
}

// CaseOverride is what came of a file in which hits wait for a decision.
type CaseOverride struct {
	Outcome entente.Outcome `json:"outcome"`
	Reason  string          `json:"reason" maxLength:"20000" doc:"Why it is closed so." example:"No link to the groups of schedule A."`
	Despite string          `json:"despite" minLength:"1" maxLength:"20000" doc:"Why the hits can wait. It stands in the timeline; the tasks go on." example:"The flight was cancelled."`

	Reopen *entente.ReopenRule `json:"reopen,omitzero" doc:"What asks a person to open it again; absent: as before."`
}

// CaseOwner is who has a file.
type CaseOwner struct {
	Role    entente.Role      `json:"role" doc:"Analysts or supervisors: a file belongs to a role."`
	Officer entente.OfficerID `json:"officer,omitzero" doc:"Who of them has it on the desk; absent: whoever takes it."`
}

// CaseCorrection replaces whom a file is about.
type CaseCorrection struct {
	Subjects []Person `json:"subjects" maxItems:"50" doc:"As they are now known."`
	Reason   string   `json:"reason" maxLength:"20000" doc:"What was wrong, and how one knows." example:"The passport shows 1987."`
}

// CasePath names a file in a path.
type CasePath struct {
	Case entente.CaseID `path:"case" doc:"The file."`
}

func (s *server) cases() {
	const tag = "Cases"
	answer(s, route{
		id: "listCases", method: http.MethodGet, path: "/cases", op: entente.OpReadCases, tag: tag,
		summary: "List files, newest change first",
	}, func(ctx context.Context, by entente.Officer, in *CaseQuery) ([]entente.Case, error) {
		return s.cfg.Desk.Cases(ctx, by, entente.CaseQuery(*in))
	})
	answer(s, route{
		id: "openCase", method: http.MethodPost, path: "/cases", op: entente.OpCase, tag: tag, status: http.StatusCreated, body: statementBody,
		summary: "Open a file", about: "On a message, or on its own. Nothing in it leaves the node but by release.",
	}, func(ctx context.Context, by entente.Officer, in *struct{ Body NewCase }) (CaseRef, error) {
		id, err := s.cfg.Desk.OpenCase(ctx, by, in.Body.noun())
		return CaseRef{id}, err
	})
	answer(s, route{
		id: "readCase", method: http.MethodGet, path: "/cases/{case}", op: entente.OpReadCases, tag: tag,
		summary: "Open a file with all that belongs to it",
	}, func(ctx context.Context, by entente.Officer, in *CasePath) (CaseView, error) {
		v, err := s.cfg.Desk.Case(ctx, by, in.Case)
		return caseOf(v), err
	})
	s.casework(tag)
	s.caseEnds(tag)
}

func (s *server) casework(tag string) {
	act(s, route{
		id: "assessCase", method: http.MethodPost, path: "/cases/{case}/assessment", op: entente.OpCase, tag: tag, body: statementBody,
		summary: "Write what one makes of it into the timeline of an open file",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body Text
	},
	) error {
		return s.cfg.Desk.AssessCase(ctx, by, in.Case, in.Body.Text)
	})
	act(s, route{
		id: "flagCase", method: http.MethodPost, path: "/cases/{case}/flags", op: entente.OpCase, tag: tag, body: statementBody,
		summary: "Note a reason for concern", about: "Enough of them, from any source, ask a person to open a closed file again.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body NewFlag
	},
	) error {
		b := in.Body
		return s.cfg.Desk.AddFlag(ctx, by, in.Case, entente.Flag{Kind: b.Kind, Text: b.Text, Source: b.Source, Grade: b.Grade, Message: b.Message})
	})
	act(s, route{
		id: "linkMessage", method: http.MethodPost, path: "/cases/{case}/messages", op: entente.OpCase, tag: tag,
		summary: "Put a message into a file",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body MessageRef
	},
	) error {
		return s.cfg.Desk.LinkMessage(ctx, by, in.Case, in.Body.Message)
	})
	act(s, route{
		id: "unlinkMessage", method: http.MethodPost, path: "/cases/{case}/messages/{message}/removal", op: entente.OpCase, tag: tag,
		summary: "Take out of a file a message that does not belong there, with a reason", about: "Whom it brought stays until the file is corrected: only a person can tell who is whom.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Message entente.MessageID `path:"message" doc:"The message."`
		Body    Why
	},
	) error {
		return s.cfg.Desk.UnlinkMessage(ctx, by, in.Case, in.Message, in.Body.Reason)
	})
	act(s, route{
		id: "assignCase", method: http.MethodPut, path: "/cases/{case}/owner", op: entente.OpCase, tag: tag,
		summary: "Give a file to a role, and to an officer of it",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body CaseOwner
	},
	) error {
		return s.cfg.Desk.AssignCase(ctx, by, in.Case, in.Body.Role, in.Body.Officer)
	})
	act(s, route{
		id: "correctCase", method: http.MethodPut, path: "/cases/{case}/subjects", op: entente.OpCase, tag: tag, body: statementBody,
		summary: "Replace whom a file is about, with a reason", about: "The timeline keeps that it happened.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body CaseCorrection
	},
	) error {
		return s.cfg.Desk.CorrectCase(ctx, by, in.Case, subjectsOf(in.Body.Subjects), in.Body.Reason)
	})
}

func (s *server) caseEnds(tag string) {
	act(s, route{
		id: "closeCase", method: http.MethodPost, path: "/cases/{case}/closing", op: entente.OpCase, tag: tag, body: statementBody,
		summary: "Close a file with what came of it", about: "Not while a tip in it is without the outcome that its sender waits for, nor while hits in it wait for a decision. Its watches go on.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body CaseClosing
	},
	) error {
		b := in.Body
		return s.cfg.Desk.CloseCase(ctx, by, in.Case, casework.Closing{Outcome: b.Outcome, Reason: b.Reason, Reopen: b.Reopen})
	})
	act(s, route{
		id: "closeCaseUndecided", method: http.MethodPost, path: "/cases/{case}/closing-undecided", op: entente.OpCloseUndecided, tag: tag, body: statementBody,
		summary: "Close a file although hits in it wait for a decision", about: "With the reason why they can wait. Not while a tip in it is without its outcome.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body CaseOverride
	},
	) error {
		return s.cfg.Desk.CloseCase(ctx, by, in.Case, casework.Closing(in.Body))
	})
	act(s, route{
		id: "reopenCase", method: http.MethodPost, path: "/cases/{case}/reopening", op: entente.OpCase, tag: tag,
		summary: "Open a closed file again, with a reason",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		CasePath
		Body Why
	},
	) error {
		return s.cfg.Desk.ReopenCase(ctx, by, in.Case, in.Body.Reason)
	})
	act(s, route{
		id: "revokeClearing", method: http.MethodPost, path: "/clearings/{clearing}/revocation", op: entente.OpRevokeClearing, tag: tag,
		summary: "Take back that a namesake was cleared", about: "He hits again.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		Clearing entente.ClearingID `path:"clearing" doc:"The clearing."`
		Body     Why
	},
	) error {
		return s.cfg.Desk.RevokeClearing(ctx, by, in.Clearing, in.Body.Reason)
	})
}
