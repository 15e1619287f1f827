package web

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

// Outbox is the door out, in the roles in which the desk uses it.
type Outbox interface {
	Drafting
	Releasing
	Queue
	DeclareOutage(ctx context.Context, by entente.Officer, a entente.AgreementID, to entente.PartyID, from, until time.Time) error
	DeclareLevel(ctx context.Context, by entente.Officer, a entente.AgreementID, d outbox.Declaration) (held []entente.QueueItem, err error)
}

// Drafting is what an author does.
type Drafting interface {
	Write(ctx context.Context, by entente.Officer, d entente.Draft) (entente.Draft, error)
	Submit(ctx context.Context, by entente.Officer, id entente.DraftID, version int) (entente.Draft, error)
	Withdraw(ctx context.Context, by entente.Officer, id entente.DraftID) error
	Attach(ctx context.Context, by entente.Officer, id entente.DraftID, name, media string, r io.Reader) (entente.Attachment, error)
	Detach(ctx context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) error
}

// Releasing is what the second officer does. Both read by it.
type Releasing interface {
	Drafts(ctx context.Context, by entente.Officer, q entente.DraftQuery) ([]entente.Draft, error)
	Proposal(ctx context.Context, by entente.Officer, id entente.DraftID) (outbox.Proposal, error)
	OpenDraftFile(ctx context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) (entente.Attachment, io.Reader, error)
	Release(ctx context.Context, by entente.Officer, id entente.DraftID, seen entente.Digest) (entente.MessageID, error)
	Return(ctx context.Context, by entente.Officer, id entente.DraftID, reason string) error
}

// Queue is what waits for partners, and what they refused.
type Queue interface {
	State(ctx context.Context, by entente.Officer) (outbox.State, error)
	Retry(ctx context.Context, by entente.Officer, partner entente.PartyID) error
	TakeNote(ctx context.Context, by entente.Officer, id entente.MessageID) error
	OfferAgain(ctx context.Context, by entente.Officer, id entente.MessageID) error
	SendHeld(ctx context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error
	WithdrawHeld(ctx context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error
}

// Casework is what officers do with what came in.
type Casework interface {
	Reading
	Handling
	Register
	Overseeing
	People
	Finding
	Deciding
	Files
	Watching
	Status(ctx context.Context, by entente.Officer) (casework.Status, error)
}

// Reading opens messages; each look is on record before anything is shown.
type Reading interface {
	Inbox(ctx context.Context, by entente.Officer, f casework.Filter) ([]casework.Item, error)
	Message(ctx context.Context, by entente.Officer, id entente.MessageID, why string) (casework.View, error)
	OpenAttachment(ctx context.Context, by entente.Officer, m entente.MessageID, file entente.Digest) (entente.Attachment, io.Reader, error)
	Evidence(ctx context.Context, by entente.Officer, id entente.MessageID, show prove.Extent, w io.Writer) error
}

// Handling is what an officer does about a message.
type Handling interface {
	Acknowledge(ctx context.Context, by entente.Officer, id entente.MessageID) error
	Assign(ctx context.Context, by entente.Officer, id entente.MessageID, to entente.OfficerID) error
	Assess(ctx context.Context, by entente.Officer, id entente.MessageID, text string, version int) (entente.Assessment, error)
	Dispose(ctx context.Context, by entente.Officer, id entente.MessageID, disposition entente.Disposition) (entente.DraftID, bool, error)
	Note(ctx context.Context, by entente.Officer, re entente.MessageID, text string) (entente.DraftID, bool, error)
}

// Register is what the node knows of agreements, partners and promises.
type Register interface {
	Obligations(ctx context.Context, by entente.Officer) ([]entente.Obligation, error)
	Agreements(ctx context.Context, by entente.Officer) ([]casework.Standing, error)
	Agreement(ctx context.Context, by entente.Officer, id entente.AgreementID) (casework.Standing, error)
	Partners(ctx context.Context, by entente.Officer) ([]casework.Partner, error)
}

// Overseeing reads what nobody can change.
type Overseeing interface {
	Alarms(ctx context.Context) ([]casework.Alarm, error) // for everybody who is signed in
	AccessLog(ctx context.Context, by entente.Officer, about string, before int64, limit int) ([]entente.AccessEntry, error)
	Verify(ctx context.Context, by entente.Officer) ([]casework.Check, error)
	Refusals(ctx context.Context, by entente.Officer) ([]entente.Refusal, error)
}

// Finding looks people up in what is held here.
type Finding interface {
	Search(ctx context.Context, by entente.Officer, asked entente.Subject, purpose string) (screen.SearchResult, error)
	Holding(ctx context.Context, by entente.Officer, id entente.HoldingID) (casework.HoldingView, error)
	Lists(ctx context.Context, by entente.Officer) ([]entente.Edition, error)
	Edition(ctx context.Context, by entente.Officer, source entente.SourceID, number int) (casework.EditionView, error)
	Feedings(ctx context.Context, by entente.Officer) ([]entente.Feeding, error)
	FeedAside(ctx context.Context, by entente.Officer, id string) ([]entente.SetAside, error)
	TravelEvent(ctx context.Context, by entente.Officer, id entente.EventID) (casework.TravelView, error)
}

// Deciding is what a person is asked about a match.
type Deciding interface {
	TasksWaiting(ctx context.Context, by entente.Officer) (int, error) // for his role, up to casework.ManyTasks
	Tasks(ctx context.Context, by entente.Officer, q entente.TaskQuery) ([]entente.Task, error)
	Task(ctx context.Context, by entente.Officer, id entente.TaskID, page int) (casework.TaskView, error)
	SeeTask(ctx context.Context, by entente.Officer, id entente.TaskID) error
	DecideTask(ctx context.Context, by entente.Officer, id entente.TaskID, d casework.Decision) error
	RevokeClearing(ctx context.Context, by entente.Officer, id entente.ClearingID, reason string) error
}

// Files are the cases of the desk.
type Files interface {
	Cases(ctx context.Context, by entente.Officer, q entente.CaseQuery) ([]entente.Case, error)
	Case(ctx context.Context, by entente.Officer, id entente.CaseID) (casework.CaseView, error)
	OpenCase(ctx context.Context, by entente.Officer, n casework.NewCase) (entente.CaseID, error)
	AssessCase(ctx context.Context, by entente.Officer, id entente.CaseID, text string) error
	AddFlag(ctx context.Context, by entente.Officer, id entente.CaseID, f entente.Flag) error
	LinkMessage(ctx context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID) error
	UnlinkMessage(ctx context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID, reason string) error
	CorrectCase(ctx context.Context, by entente.Officer, id entente.CaseID, subjects []entente.Subject, reason string) error
	AssignCase(ctx context.Context, by entente.Officer, id entente.CaseID, role entente.Role, officer entente.OfficerID) error
	CloseCase(ctx context.Context, by entente.Officer, id entente.CaseID, n casework.Closing) error
	ReopenCase(ctx context.Context, by entente.Officer, id entente.CaseID, reason string) error
}

// Watching is the standing interest in people.
type Watching interface {
	Watches(ctx context.Context, by entente.Officer, active bool) ([]entente.Watch, error)
	Watch(ctx context.Context, by entente.Officer, id entente.WatchID) (casework.WatchView, error)
	OpenWatch(ctx context.Context, by entente.Officer, n casework.NewWatch) (entente.WatchID, error)
	CorrectWatch(ctx context.Context, by entente.Officer, id entente.WatchID, subject entente.Subject, reason string) error
	ContinueWatch(ctx context.Context, by entente.Officer, id entente.WatchID, review time.Time, reason string) error
	EndWatch(ctx context.Context, by entente.Officer, id entente.WatchID, on time.Time, reason string) error
}

// Screen takes lists and travel in, and tells how far it has come.
type Screen interface {
	Import(ctx context.Context, by entente.Officer, in screen.Import, progress func(entente.Edition)) (entente.Edition, error)
	Feed(ctx context.Context, by entente.Officer, from screen.Source, r io.Reader, progress func(entente.Feeding)) (entente.Feeding, error)
}

// People are the officers of this party.
type People interface {
	Officers(ctx context.Context, by entente.Officer) ([]entente.Officer, error)
	People(ctx context.Context, by entente.Officer) (casework.People, error)
	AddOfficer(ctx context.Context, by entente.Officer, o entente.Officer) (waits bool, err error) // Invalid: the id is taken
	SetOfficer(ctx context.Context, by entente.Officer, o entente.Officer) (waits bool, err error)
	Confirm(ctx context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error
	Refuse(ctx context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error
	May(ctx context.Context, by entente.Officer, op entente.Operation, object string) error // a refusal is on record
}

// SignIn says who an officer is.
type SignIn interface {
	Gate
	Invitations
	Account
}

// Gate lets officers in and out. addr is where the request comes from.
type Gate interface {
	FromRequest(r *http.Request) (entente.Officer, error) // Denied: nobody is signed in
	Device(r *http.Request) string                        // what the browser keeps of earlier sign-ins
	Known(r *http.Request) string                         // names the device if somebody signed in on it before; else ""
	Password(ctx context.Context, officer entente.OfficerID, password, addr, device string) (token string, o entente.Officer, err error)
	Remember(w http.ResponseWriter, r *http.Request, token string) error
	Forget(w http.ResponseWriter, r *http.Request) error
}

// Invitations let an officer choose the first password or passkey.
type Invitations interface {
	Invite(ctx context.Context, by entente.Officer, officer entente.OfficerID) (code string, expires time.Time, err error)
	Invited(ctx context.Context, code string) (entente.Officer, error)
	Redeem(ctx context.Context, code, password string) (token string, o entente.Officer, err error)
}

// Account is what an officer changes about his own signing in.
type Account interface {
	ChangePassword(ctx context.Context, by entente.Officer, now, next string) error
	Credentials(ctx context.Context, by entente.Officer) ([]entente.Credential, error)
	Expires(entente.Credential) time.Time // zero: does not lapse
	Revoke(ctx context.Context, by entente.Officer, id string) error
	NewToken(ctx context.Context, by entente.Officer, label string) (token string, expires time.Time, err error)
	SignOutEverywhere(ctx context.Context, by entente.Officer) error
}

// Passkeys speaks WebAuthn with the page's script. A challenge is the JSON
// object {"id": …, "options": …}: options for navigator.credentials under
// "publicKey", and the id that comes back with the answer.
type Passkeys interface {
	BeginPasskey(ctx context.Context, officer entente.OfficerID, addr string) (challenge []byte, err error)
	FinishPasskey(ctx context.Context, id string, response []byte) (token string, o entente.Officer, err error)
	BeginRegistration(ctx context.Context, by entente.Officer) (challenge []byte, err error)
	FinishRegistration(ctx context.Context, by entente.Officer, id, label string, response []byte) error
	BeginRedeem(ctx context.Context, code string) (challenge []byte, err error)
	FinishRedeem(ctx context.Context, id, label string, response []byte) (token string, o entente.Officer, err error)
}

// What stands behind these roles in a node.
var (
	_ Outbox   = (*outbox.Outbox)(nil)
	_ Casework = (*casework.Desk)(nil)
	_ Screen   = (*screen.Screen)(nil)
)
