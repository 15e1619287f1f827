// Package outbox is the one door out. An officer drafts; the agreement decides
// whether it may leave; a second officer, or a clause that every party signed,
// releases it; it is sealed, takes its place in the channel's ledger and waits
// in the queue of its recipient, all in one transaction; and it is delivered
// until a receipt or a final refusal comes back.
//
//	draft.go    write, submit, return, withdraw
//	attach.go   files that go with a draft
//	release.go  policy → Released → seal → ledger → queue
//	deliver.go  queue → partner → receipt
//	courier.go  the same through a file
package outbox

import (
	"context"
	"io"
	"time"

	"entente"
)

// Outbox sends for one party.
type Outbox struct {
	cfg Config
}

// Config is what an Outbox works with.
type Config struct {
	Self  entente.PartyID
	Store entente.Store
	Now   func() time.Time
	// Expiry is how long a message may wait for its recipient when its author
	// says nothing else; 0: 30 days.
	Expiry time.Duration
	// MaxAttachment is the largest file in bytes, before encryption; 0: 1 GiB.
	MaxAttachment int64
}

// Proposal is a draft with all that its author and its releaser must see.
type Proposal struct {
	Draft     entente.Draft
	Decision  entente.Decision // what the agreement says, now
	Recipient entente.Party
	Payload   []byte         // the exact bytes that would leave: of the draft as it stands, or fixed by its submission
	Digest    entente.Digest // of Payload: Release wants it back
	FourEyes  bool           // a second officer must release
	Clause    string         // that says so
}

// Write makes a draft (ID empty, Version 0) or changes one that is open or was
// returned (Version as read; a stale one is a Conflict). Empty caveats are
// filled from the agreement. Only its author changes a draft.
func (o *Outbox) Write(ctx context.Context, by entente.Officer, d entente.Draft) (entente.Draft, error) {
	panic("not built yet")
}

// Proposal gives a draft with the agreement's verdict.
func (o *Outbox) Proposal(ctx context.Context, by entente.Officer, id entente.DraftID) (Proposal, error) {
	panic("not built yet")
}

// Drafts lists drafts, newest change first.
func (o *Outbox) Drafts(ctx context.Context, by entente.Officer, q entente.DraftQuery) ([]entente.Draft, error) {
	panic("not built yet")
}

// Submit fixes the bytes of a draft and puts it before a releaser. What the
// agreement does not let pass cannot be submitted: Denied, with the clause.
func (o *Outbox) Submit(ctx context.Context, by entente.Officer, id entente.DraftID, version int) (entente.Draft, error) {
	panic("not built yet")
}

// Return sends a submitted draft back to its author with a reason.
func (o *Outbox) Return(ctx context.Context, by entente.Officer, id entente.DraftID, reason string) error {
	panic("not built yet")
}

// Withdraw gives up a draft that has not left. Only its author may.
func (o *Outbox) Withdraw(ctx context.Context, by entente.Officer, id entente.DraftID) error {
	panic("not built yet")
}

// Release lets a submitted draft leave. seen is the digest of the bytes that
// the releaser was shown.
func (o *Outbox) Release(ctx context.Context, by entente.Officer, id entente.DraftID, seen entente.Digest) (entente.MessageID, error) {
	panic("not built yet")
}

// Send drafts, submits and releases in one step, for kinds that the agreement
// lets one officer send. Where it wants four eyes, the draft is submitted and
// waits: released is false.
func (o *Outbox) Send(ctx context.Context, by entente.Officer, d entente.Draft) (id entente.DraftID, released bool, err error) {
	panic("not built yet")
}

// Attach encrypts a file and adds it to an open draft of the officer's. name is
// reduced to its last element. Over the limit: Invalid.
func (o *Outbox) Attach(ctx context.Context, by entente.Officer, id entente.DraftID, name, media string, r io.Reader) (entente.Attachment, error) {
	panic("not built yet")
}

// Detach takes a file off an open draft.
func (o *Outbox) Detach(ctx context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) error {
	panic("not built yet")
}

// DeclareLevel tells every other party of the agreement how far we hold it open
// now. It acts at once on new traffic.
func (o *Outbox) DeclareLevel(ctx context.Context, by entente.Officer, a entente.AgreementID, l entente.Level, reason string) error {
	panic("not built yet")
}

// State is what waits and what went wrong.
type State struct {
	Lines   []entente.Line
	Waiting []entente.QueueItem
	Dead    []entente.QueueItem
}

// State gives the queues of all partners.
func (o *Outbox) State(ctx context.Context, by entente.Officer) (State, error) {
	panic("not built yet")
}

// Retry makes the next attempt to reach a partner happen now.
func (o *Outbox) Retry(ctx context.Context, by entente.Officer, partner entente.PartyID) error {
	panic("not built yet")
}

// TakeNote records that an officer has seen a dead letter.
func (o *Outbox) TakeNote(ctx context.Context, by entente.Officer, id entente.MessageID) error {
	panic("not built yet")
}

// New makes an Outbox.
func New(cfg Config) *Outbox { return &Outbox{cfg} }
