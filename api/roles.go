package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"entente"
	"entente/casework"
	"entente/outbox"
	"entente/prove"
	"entente/screen"
)

// Officers says who asks. Denied: nobody is signed in. Package signin does it.
type Officers interface {
	FromRequest(*http.Request) (entente.Officer, error)
}

// Accounts keeps what officers sign in with. Package signin does it.
type Accounts interface {
	Tokens
	Credentials
}

// Tokens opens and closes what a command line is signed in with.
type Tokens interface {
	Token(ctx context.Context, officer entente.OfficerID, password, label, addr, device string) (token, known string, expires time.Time, err error)
	RedeemToken(ctx context.Context, officer entente.OfficerID, code, password, label string) (token, known string, expires time.Time, err error)
	NewToken(ctx context.Context, by entente.Officer, label string) (token string, expires time.Time, err error)
	SignOut(ctx context.Context, token string) error
	SignOutEverywhere(ctx context.Context, by entente.Officer) error
}

// Credentials lists and changes what an officer can sign in with.
type Credentials interface {
	Credentials(ctx context.Context, by entente.Officer) ([]entente.Credential, error)
	Expires(entente.Credential) time.Time
	Revoke(ctx context.Context, by entente.Officer, id string) error
	ChangePassword(ctx context.Context, by entente.Officer, now, next string) error
	Invite(ctx context.Context, by entente.Officer, officer entente.OfficerID) (code string, expires time.Time, err error)
}

// Outbox is the way out. Package outbox does it.
type Outbox interface {
	Drafter
	Releaser
	Queue
}

// Drafter writes what may leave.
type Drafter interface {
	Write(ctx context.Context, by entente.Officer, d entente.Draft) (entente.Draft, error)
	Submit(ctx context.Context, by entente.Officer, id entente.DraftID, version int) (entente.Draft, error)
	Withdraw(ctx context.Context, by entente.Officer, id entente.DraftID) error
	Send(ctx context.Context, by entente.Officer, d entente.Draft) (id entente.DraftID, released bool, err error)
	Attach(ctx context.Context, by entente.Officer, id entente.DraftID, name, media string, r io.Reader) (entente.Attachment, error)
	Detach(ctx context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) error
}

// Releaser reads what would leave and lets it leave.
type Releaser interface {
	Drafts(ctx context.Context, by entente.Officer, q entente.DraftQuery) ([]entente.Draft, error)
	Proposal(ctx context.Context, by entente.Officer, id entente.DraftID) (outbox.Proposal, error)
	OpenDraftFile(ctx context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) (entente.Attachment, io.Reader, error)
	Release(ctx context.Context, by entente.Officer, id entente.DraftID, seen entente.Digest) (entente.MessageID, error)
	Return(ctx context.Context, by entente.Officer, id entente.DraftID, reason string) error
}

// Queue is what waits for partners.
type Queue interface {
	State(ctx context.Context, by entente.Officer) (outbox.State, error)
	Retry(ctx context.Context, by entente.Officer, partner entente.PartyID) error
	TakeNote(ctx context.Context, by entente.Officer, id entente.MessageID) error
	DeclareOutage(ctx context.Context, by entente.Officer, a entente.AgreementID, to entente.PartyID, from, until time.Time) error
	OfferAgain(ctx context.Context, by entente.Officer, id entente.MessageID) error
	SendHeld(ctx context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error
	WithdrawHeld(ctx context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error
	DeclareLevel(ctx context.Context, by entente.Officer, a entente.AgreementID, d outbox.Declaration) (held []entente.QueueItem, err error)
}

// Desk is what officers do with what came in. Package casework does it.
type Desk interface {
	Reader
	Worker
	Partnership
	Overseer
	Staff
	Finder
	Tasks
	Watches
	Cases
	May(ctx context.Context, by entente.Officer, op entente.Operation, object string) error // a refusal is on record
}

// Reader reads what came in and went out.
type Reader interface {
	Inbox(ctx context.Context, by entente.Officer, f casework.Filter) ([]casework.Item, error)
	Message(ctx context.Context, by entente.Officer, id entente.MessageID, why string) (casework.View, error)
	OpenAttachment(ctx context.Context, by entente.Officer, m entente.MessageID, file entente.Digest) (entente.Attachment, io.Reader, error)
	Obligations(ctx context.Context, by entente.Officer) ([]entente.Obligation, error)
}

// Worker works on a message.
type Worker interface {
	Acknowledge(ctx context.Context, by entente.Officer, id entente.MessageID) error
	Assign(ctx context.Context, by entente.Officer, id entente.MessageID, to entente.OfficerID) error
	Assess(ctx context.Context, by entente.Officer, id entente.MessageID, text string, version int) (entente.Assessment, error)
	Dispose(ctx context.Context, by entente.Officer, id entente.MessageID, disposition entente.Disposition) (draft entente.DraftID, released bool, err error)
	Note(ctx context.Context, by entente.Officer, re entente.MessageID, text string) (draft entente.DraftID, released bool, err error)
}

// Partnership is what was agreed, and with whom.
type Partnership interface {
	Agreements(ctx context.Context, by entente.Officer) ([]casework.Standing, error)
	Agreement(ctx context.Context, by entente.Officer, id entente.AgreementID) (casework.Standing, error)
	Partners(ctx context.Context, by entente.Officer) ([]casework.Partner, error)
}

// Overseer reads and verifies everything.
type Overseer interface {
	AccessLog(ctx context.Context, by entente.Officer, about string, before int64, limit int) ([]entente.AccessEntry, error)
	Verify(ctx context.Context, by entente.Officer) ([]casework.Check, error)
	Evidence(ctx context.Context, by entente.Officer, id entente.MessageID, show prove.Extent, w io.Writer) error
	Refusals(ctx context.Context, by entente.Officer) ([]entente.Refusal, error)
}

// Staff is the people of this party and the machine they use.
type Staff interface {
	People(ctx context.Context, by entente.Officer) (casework.People, error)
	SetOfficer(ctx context.Context, by entente.Officer, o entente.Officer) (waits bool, err error)
	Confirm(ctx context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error
	Refuse(ctx context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error
	Status(ctx context.Context, by entente.Officer) (casework.Status, error)
}

// Finder answers whom a subject may be, and what the lists and feeds brought.
type Finder interface {
	Search(ctx context.Context, by entente.Officer, asked entente.Subject, purpose string) (screen.SearchResult, error)
	Holding(ctx context.Context, by entente.Officer, id entente.HoldingID) (casework.HoldingView, error)
	Lists(ctx context.Context, by entente.Officer) ([]entente.Edition, error)
	Edition(ctx context.Context, by entente.Officer, source entente.SourceID, number int) (casework.EditionView, error)
	Feedings(ctx context.Context, by entente.Officer) ([]entente.Feeding, error)
	FeedAside(ctx context.Context, by entente.Officer, id string) ([]entente.SetAside, error)
}

// Tasks is what people are asked to decide.
type Tasks interface {
	Tasks(ctx context.Context, by entente.Officer, q entente.TaskQuery) ([]entente.Task, error)
	Task(ctx context.Context, by entente.Officer, id entente.TaskID, page int) (casework.TaskView, error)
	SeeTask(ctx context.Context, by entente.Officer, id entente.TaskID) error
	DecideTask(ctx context.Context, by entente.Officer, id entente.TaskID, d casework.Decision) error
	RevokeClearing(ctx context.Context, by entente.Officer, id entente.ClearingID, reason string) error
}

// Watches is who is watched for.
type Watches interface {
	Watches(ctx context.Context, by entente.Officer, active bool) ([]entente.Watch, error)
	Watch(ctx context.Context, by entente.Officer, id entente.WatchID) (casework.WatchView, error)
	OpenWatch(ctx context.Context, by entente.Officer, n casework.NewWatch) (entente.WatchID, error)
	CorrectWatch(ctx context.Context, by entente.Officer, id entente.WatchID, subject entente.Subject, reason string) error
	ContinueWatch(ctx context.Context, by entente.Officer, id entente.WatchID, review time.Time, reason string) error
	EndWatch(ctx context.Context, by entente.Officer, id entente.WatchID, on time.Time, reason string) error
}

// Cases is the desk's files.
type Cases interface {
	Cases(ctx context.Context, by entente.Officer, q entente.CaseQuery) ([]entente.Case, error)
	Case(ctx context.Context, by entente.Officer, id entente.CaseID) (casework.CaseView, error)
	OpenCase(ctx context.Context, by entente.Officer, n casework.NewCase) (entente.CaseID, error)
	AssessCase(ctx context.Context, by entente.Officer, id entente.CaseID, text string) error
	AddFlag(ctx context.Context, by entente.Officer, id entente.CaseID, f entente.Flag) error
	LinkMessage(ctx context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID) error
	UnlinkMessage(ctx context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID, reason string) error
	AssignCase(ctx context.Context, by entente.Officer, id entente.CaseID, role entente.Role, officer entente.OfficerID) error
	CorrectCase(ctx context.Context, by entente.Officer, id entente.CaseID, subjects []entente.Subject, reason string) error
	CloseCase(ctx context.Context, by entente.Officer, id entente.CaseID, n casework.Closing) error
	ReopenCase(ctx context.Context, by entente.Officer, id entente.CaseID, reason string) error
}

// Screen takes in lists and travel events. Package screen does it.
type Screen interface {
	Import(ctx context.Context, by entente.Officer, in screen.Import, progress func(entente.Edition)) (entente.Edition, error)
	Feed(ctx context.Context, by entente.Officer, from screen.Source, r io.Reader, progress func(entente.Feeding)) (entente.Feeding, error)
}

// Courier packs and opens the files that people carry between nodes with no
// network between them. Whoever puts a node together joins outbox and inbox to it.
type Courier interface {
	// PackPart writes a part of what waits for a partner; the first, after nothing,
	// has the answers to what he sent. begin is told where it ends before anything
	// is written; empty: it is the last.
	PackPart(ctx context.Context, by entente.Officer, partner entente.PartyID, after string, begin func(end string) io.Writer) (envelopes int, err error)
	// Unpack takes a file in, and says from whom it came and how many of its
	// envelopes were answered. The answers wait for the next Pack.
	Unpack(ctx context.Context, by entente.Officer, r io.ReaderAt, size int64) (from entente.PartyID, answered int, err error)
}
