// Package casework is what officers do with what came in: read, acknowledge,
// assess, dispose; and what overseers do with all of it: read and verify. What
// it decides goes out through outbox.
//
//	desk.go       inbox, message, thread: reading, each with its access record
//	assess.go     acknowledge, assign, assess
//	dispose.go    what came of it, every question answered or refused
//	oversee.go    access log, ledgers, evidence
package casework

import (
	"context"
	"io"
	"time"

	"entente"
)

// Desk serves the officers of one party.
type Desk struct {
	cfg Config
}

// Config is what a Desk works with.
type Config struct {
	Self  entente.PartyID
	Store entente.Store
	Now   func() time.Time
}

// Item is a message with where it stands.
type Item struct {
	Filed       entente.Filed
	Progress    entente.Progress
	Obligations []entente.Obligation // owed for it, by either side
	Assessment  entente.Assessment   // zero: nobody has it
}

// Filter selects inbox items.
type Filter struct {
	Direction entente.Direction // empty: both
	Kinds     []entente.Kind    // empty: tips
	Open      bool              // only what still owes something, either way
	Before    entente.MessageID
	Limit     int
}

// Inbox lists messages: overdue first, then by precedence and due time, then newest.
func (d *Desk) Inbox(ctx context.Context, by entente.Officer, f Filter) ([]Item, error) {
	panic("not built yet")
}

// View is a message with all that belongs to it.
type View struct {
	Item
	Thread      []Item           // every message of the thread but this one, oldest first
	Decision    entente.Decision // what the agreement said of it
	Mismatches  []string         // where the parties' definitions differ on it, in sentences
	Attachments []entente.AttachmentRecord
	Receipt     *entente.Receipt
	Refusal     *entente.Refusal
	Sender      entente.Party
	Recipient   entente.Party
}

// Message opens a message. why is the officer's purpose; empty: what his role
// stands for ("handling", "oversight"). It is written to the access log before
// anything is shown.
func (d *Desk) Message(ctx context.Context, by entente.Officer, id entente.MessageID, why string) (View, error) {
	panic("not built yet")
}

// Acknowledge tells the sender that a person has seen the message. Twice is once.
func (d *Desk) Acknowledge(ctx context.Context, by entente.Officer, id entente.MessageID) error {
	panic("not built yet")
}

// Assign gives a message to an officer.
func (d *Desk) Assign(ctx context.Context, by entente.Officer, id entente.MessageID, to entente.OfficerID) error {
	panic("not built yet")
}

// Assess notes what an officer makes of a message. It stays at home.
func (d *Desk) Assess(ctx context.Context, by entente.Officer, id entente.MessageID, text string, version int) (entente.Assessment, error) {
	panic("not built yet")
}

// Dispose says what came of a message. Every question must be answered or
// refused with a reason. Where the agreement wants four eyes it waits for
// release: released is false.
func (d *Desk) Dispose(ctx context.Context, by entente.Officer, id entente.MessageID, disposition entente.Disposition) (draft entente.DraftID, released bool, err error) {
	panic("not built yet")
}

// Note writes a note on the thread of a message.
func (d *Desk) Note(ctx context.Context, by entente.Officer, re entente.MessageID, text string) (draft entente.DraftID, released bool, err error) {
	panic("not built yet")
}

// OpenAttachment decrypts a file that is whole and gives its bytes in order.
func (d *Desk) OpenAttachment(ctx context.Context, by entente.Officer, m entente.MessageID, file entente.Digest) (entente.Attachment, io.Reader, error) {
	panic("not built yet")
}

// Obligations lists what is owed, ours and theirs: overdue first, then by due time.
func (d *Desk) Obligations(ctx context.Context, by entente.Officer) ([]entente.Obligation, error) {
	panic("not built yet")
}

// Standing is an agreement with how far it is open.
type Standing struct {
	Record   entente.AgreementRecord
	Level    entente.Level
	Declared []entente.LevelChange // the newest of each party
	Explain  []string              // what it lets pass, in sentences
}

func (d *Desk) Agreements(ctx context.Context, by entente.Officer) ([]Standing, error) {
	panic("not built yet")
}
func (d *Desk) Agreement(ctx context.Context, by entente.Officer, id entente.AgreementID) (Standing, error) {
	panic("not built yet")
}

// Partner is a party with its line.
type Partner struct {
	Record      entente.PartyRecord
	Fingerprint string
	Line        entente.Line
	Self        bool
}

func (d *Desk) Partners(ctx context.Context, by entente.Officer) ([]Partner, error) {
	panic("not built yet")
}

// AccessLog reads the access log, newest first; before 0: from the end.
func (d *Desk) AccessLog(ctx context.Context, by entente.Officer, before int64, limit int) ([]entente.AccessEntry, error) {
	panic("not built yet")
}

// Check is what one ledger proved of itself.
type Check struct {
	Origin string
	Size   int64
	Holds  bool
	Says   string // a sentence
}

// Verify recomputes every ledger from its records and compares it with its
// checkpoint and with what the partner cosigned; the access log, too.
func (d *Desk) Verify(ctx context.Context, by entente.Officer) ([]Check, error) {
	panic("not built yet")
}

// Evidence writes evidence.zip for a message: what anyone can verify offline.
func (d *Desk) Evidence(ctx context.Context, by entente.Officer, id entente.MessageID, w io.Writer) error {
	panic("not built yet")
}

// Refusals lists what we refused, newest first, for overseers and supervisors.
func (d *Desk) Refusals(ctx context.Context, by entente.Officer) ([]entente.Refusal, error) {
	panic("not built yet")
}

// Officers lists the people of this party; SetOfficer adds or changes one.
func (d *Desk) Officers(ctx context.Context, by entente.Officer) ([]entente.Officer, error) {
	panic("not built yet")
}
func (d *Desk) SetOfficer(ctx context.Context, by entente.Officer, o entente.Officer) error {
	panic("not built yet")
}

// Status is what an operator may see: no content.
type Status struct {
	Party    entente.PartyID
	Version  string
	Started  time.Time
	Now      time.Time
	Lines    []entente.Line
	Waiting  int
	Dead     int
	Ledgers  []entente.LedgerHead
	Warnings []string // "the ledger was compared with borea-sls 3 days ago"
}

func (d *Desk) Status(ctx context.Context, by entente.Officer) (Status, error) {
	panic("not built yet")
}

// New makes a Desk.
func New(cfg Config) *Desk { return &Desk{cfg} }
