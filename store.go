package entente

import (
	"context"
	"errors"
	"time"
)

// Store keeps everything that a node has. What one Update does happens whole or
// not at all, and is on disk when it returns: a receipt is a promise.
type Store interface {
	// View runs fn on a consistent state. fn must not write.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn in one transaction and commits when fn returns nil. fn may
	// run more than once, when another process got in between: it must have no
	// effect but on Tx.
	Update(ctx context.Context, fn func(Tx) error) error
}

// Tx is one transaction: the roles that follow. Each Get-like method answers
// NotFound when there is nothing; lists answer an empty list.
type Tx interface {
	PartyStore
	EndStore
	VoidStore
	AgreementStore
	TermsStore
	OutageStore
	LostStore
	DraftStore
	MessageStore
	OutcomeStore
	LedgerStore
	GapStore
	QueueStore
	LineStore
	AttachmentStore
	PieceStore
	OfficerStore
	CredentialStore
	SessionStore
	FleetingStore
	AccessStore
	SettingStore
	HoldingStore
	EventStore
	WatchStore
	CaseStore
	FlagStore
	HitStore
	ClearingStore
	TaskStore
	ScreenStore
	DeedStore
}

// PartyStore keeps descriptors; every edition stays, for old signatures.
type PartyStore interface {
	// PutParty writes a descriptor; the same edition again: replaced (Checked may
	// change). A key that any edition of another party, or another role, has had is
	// refused with ReasonKnownKey.
	PutParty(PartyRecord) error
	KeyOwner(key Digest) (KeyOwner, error)        // by the digest of a public key that any descriptor here has had
	Party(PartyID) (PartyRecord, error)           // the newest edition
	PartyEditions(PartyID) ([]PartyRecord, error) // oldest first
	Parties() ([]PartyRecord, error)              // newest edition of each, by id
}

// EndStore keeps end notes; every one stays.
type EndStore interface {
	PutEnd(EndRecord) error                    // the same channel and number again: replaced (State and Accepted may change)
	Ends(origin string) ([]EndRecord, error)   // of one channel, by number
	EndsOf(owner PartyID) ([]EndRecord, error) // of every channel of a party, by number, then by origin
}

// VoidStore keeps the messages for which an end note does not vouch.
type VoidStore interface {
	PutVoid(Void) error                  // the same message again: replaced
	Void(MessageID) (Void, error)        // NotFound: it is not void
	Voids(origin string) ([]Void, error) // of one channel, by place
}

// AgreementStore keeps agreements; every epoch stays.
type AgreementStore interface {
	PutAgreement(AgreementRecord) error                           // the same epoch again: replaced; beside a complete one with another text: Conflict
	Agreement(id AgreementID, epoch int) (AgreementRecord, error) // epoch 0: the newest complete one
	AgreementEpochs(AgreementID) ([]AgreementRecord, error)       // oldest first
	Agreements() ([]AgreementRecord, error)                       // newest epoch of each, complete or not, by id
	PutLevel(LevelChange) error
	LevelChanges(AgreementID) ([]LevelChange, error) // oldest first
}

// OutageStore keeps what parties say of outages of their own nodes.
type OutageStore interface {
	PutOutage(Outage) error                // the same notice again is ignored
	Outages(AgreementID) ([]Outage, error) // by when they began
}

// TermsStore finds agreements by the digest of their text, and keeps for ever which
// text of each epoch our own identity key has signed.
type TermsStore interface {
	AgreementByTerms(Digest) (AgreementRecord, error)
	PutSignedTerms(a AgreementID, epoch int, terms Digest, at time.Time) error // the same again is ignored; another text of the epoch: Conflict
	SignedTerms(a AgreementID, epoch int) (Digest, error)
}

// LostStore keeps what stands for messages that were lost in a restore.
type LostStore interface {
	PutLost(Lost) error // the same partner and id again is ignored
	Lost(partner PartyID, id MessageID) (Lost, error)
	PlaceOf(origin string, record Digest) (int64, error) // NotFound: no place of this ledger has the record
}

// DraftQuery selects drafts; zero fields select all.
type DraftQuery struct {
	States []DraftState
	Author OfficerID
}

// DraftStore keeps what has not left.
type DraftStore interface {
	// PutDraft writes d, whose Version must be one more than the stored one
	// (1 for a new draft); otherwise Conflict.
	PutDraft(d Draft) error
	Draft(DraftID) (Draft, error)
	Drafts(DraftQuery) ([]Draft, error) // newest change first
}

// MessageQuery selects messages; zero fields select all.
type MessageQuery struct {
	Direction Direction
	Kinds     []Kind
	Partner   PartyID
	Agreement AgreementID
	Before    MessageID // only names smaller than this: the page after the one that ended here
	Limit     int       // 0: 100
}

// MessageStore keeps what was sent and received.
type MessageStore interface {
	PutMessage(Filed) error                                    // by its Name; empty: its header's id. A name that exists: Conflict
	Message(name MessageID) (Filed, error)                     // by what it is called here
	MessageWith(partner PartyID, id MessageID) (Filed, error)  // by the id that it has between us and a partner
	Messages(MessageQuery) ([]Filed, error)                    // newest name first; Envelope is left out
	MessageNames(before MessageID, n int) ([]MessageID, error) // newest first, of all: also of those that are damaged; before as in MessageQuery
	Threads([]MessageID) ([]Filed, error)                      // every message of these threads, oldest first; Envelope is left out
	PutAssessment(Assessment) error                            // Version as for drafts
	Assessment(MessageID) (Assessment, error)
}

// OutcomeStore keeps receipts and refusals, given and received.
type OutcomeStore interface {
	PutReceipt(MessageID, Receipt) error // a second one for a message is ignored: the first counts
	Receipt(MessageID) (Receipt, error)
	ReceiptedAt(ch Channel, seq int64) (MessageID, error) // the message that has the receipt for a place
	PutRefusal(d Direction, r Refusal) error              // Outgoing: what we refused; Incoming: what was refused to us; the same Text again is ignored
	Refusal(envelope Digest) (Refusal, error)             // the newest for this envelope, whichever way
	Refusals(d Direction, limit int) ([]Refusal, error)   // newest first
	// DropRefusals keeps the newest of what we refused to a sender – empty: where
	// the refusal names none – but for envelopes that have their place in a ledger:
	// those stay, all of them.
	DropRefusals(sender PartyID, keep int) error
}

// LedgerStore keeps Merkle trees by origin. Hashes are addressed by their
// storage index (tlog.StoredHashIndex), records by their place.
type LedgerStore interface {
	Head(origin string) (LedgerHead, error) // nothing appended: a zero head with the origin, no error
	Heads() ([]LedgerHead, error)
	PutHead(LedgerHead) error
	Hashes(origin string, indexes []int64) ([]Digest, error) // all or NotFound
	// Append writes records from place first on, and the tree hashes that come
	// with them from storage index firstHash on.
	Append(origin string, first int64, records []Digest, firstHash int64, hashes []Digest) error
	Records(origin string, first int64, n int) ([]Digest, error) // at most n
	// CutLedger drops what an end note does not vouch for: all but so many records
	// and hashes, from the first on. The caller writes the head.
	CutLedger(origin string, records, hashes int64) error
}

// GapStore keeps the places of partners' ledgers that are known here and not filled.
type GapStore interface {
	PutGaps([]Gap) error                                      // the same place again: replaced
	Gap(origin string, seq int64) (Gap, error)                // NotFound: filled, refused for good, or not known
	Gaps(origin string, from int64, limit int) ([]Gap, error) // from a place on, in order; empty origin: of all ledgers
	DropGap(origin string, seq int64) error                   // its message is filed, or refused for good; none: no error
}

// QueueStore keeps what has no receipt yet.
type QueueStore interface {
	Enqueue(QueueItem) error                                            // without a state: waiting
	Queue(partner PartyID, limit int) ([]QueueItem, error)              // all but the dead: by channel, then seq; empty partner: all
	Due(partner PartyID, now time.Time, limit int) ([]QueueItem, error) // those of it that may be offered now: also what was put off before the partner's newest descriptor came
	Queued(MessageID) (QueueItem, error)                                // in whatever state
	QueuedAs(state QueueState, partner PartyID) ([]QueueItem, error)    // in one state, in the same order; empty partner: all
	SetQueued(QueueItem) error                                          // the stored one of this message, replaced
	Dequeue(MessageID) error
	DeadLetters() ([]QueueItem, error) // newest first
}

// LineStore keeps the state of the connection to each partner.
type LineStore interface {
	Line(PartyID) (Line, error) // none yet: a zero line with the partner, no error
	Lines() ([]Line, error)
	PutLine(Line) error
	// Lease gives one process the right to deliver to a partner until a time.
	// False: another process has it. The holder may renew. until zero: give it back.
	Lease(partner PartyID, holder string, now, until time.Time) (bool, error)
}

// AttachmentStore keeps what is known of age files.
type AttachmentStore interface {
	PutAttachment(AttachmentRecord) error
	Attachment(handle string) (AttachmentRecord, error)
	AttachmentsOf(Digest) ([]AttachmentRecord, error)
	Attachments(m MessageID, d DraftID) ([]AttachmentRecord, error) // of a message or of a draft; both empty: incoming ones that are not whole
	ToHandOver(PartyID) ([]AttachmentRecord, error)                 // outgoing ones that the partner does not hold yet; empty: to all
	DropAttachment(handle string) error                             // with its pieces; none: no error
}

// PieceStore keeps the bytes of age files in pieces.
type PieceStore interface {
	AppendPiece(handle string, offset int64, piece []byte) error // offset must be Held, else Conflict; raises Held
	Piece(handle string, offset int64) ([]byte, error)           // the bytes from offset to the end of the piece that holds it; NotFound at the end
}

// OfficerStore keeps the people of this party.
type OfficerStore interface {
	PutOfficer(Officer) error
	Officer(OfficerID) (Officer, error)
	Officers() ([]Officer, error)
}

// CredentialStore keeps what officers sign in with.
type CredentialStore interface {
	PutCredential(Credential) error
	Credential(id string) (Credential, error)
	Credentials(OfficerID) ([]Credential, error)
	DropCredential(id string) error
}

// SessionStore keeps who is signed in.
type SessionStore interface {
	PutSession(Session) error
	Session(token Digest) (Session, error)
	DropSession(token Digest) error
	DropSessions(of OfficerID, expiredBy time.Time) error // those of an officer, or of anyone when expired by then
}

// FleetingStore keeps what is not worth keeping for long.
type FleetingStore interface {
	PutFleeting(Fleeting) error // the same key again: replaced
	Fleeting(key Digest) (Fleeting, error)
	DropFleeting(key Digest) error
	CountFleeting(kind string, place Digest) (int, error)    // of a kind, from one place
	SweepFleeting(kind string, by time.Time, keep int) error // drops those of a kind that expired by then and, while there are more than keep, the first to expire
}

// AccessStore keeps the access log, whose digests are the ledger AccessOrigin.
type AccessStore interface {
	PutAccess(seq int64, entry []byte, a Access) error                     // entry: the encoded Access
	AccessLog(before int64, limit int) ([]AccessEntry, error)              // newest first; before 0: from the end
	AccessTo(thing string, before int64, limit int) ([]AccessEntry, error) // the same of the entries about one Thing
}

// AccessOrigin is the origin of the ledger over the access log.
const AccessOrigin = "entente/access"

// AccessEntry is one entry of the access log with its place.
type AccessEntry struct {
	Seq    int64
	Entry  []byte // encoded; its digest is record Seq of the ledger
	Access Access
}

// SplitView names the setting that keeps what contradicts each other in the ledger
// of this origin, as evidence.
func SplitView(origin string) string { return "split-view:" + origin }

// SecondEnvelope names the setting that keeps the first envelope of a channel that
// its sender signed under an id that another envelope had.
func SecondEnvelope(origin string) string { return "second-envelope:" + origin }

// RestoredSince is the setting that says when this node was last restored. What its
// ledgers have from before may be lost here.
const RestoredSince = "blocked-since"

// WasRestored reports whether this node was ever restored.
func WasRestored(tx SettingStore) (bool, error) {
	_, err := tx.Setting(RestoredSince)
	if errors.Is(err, NotFound) {
		return false, nil
	}
	return err == nil, err
}

// SettingStore keeps small values of the node itself.
type SettingStore interface {
	Setting(key string) ([]byte, error)
	PutSetting(key string, value []byte) error
}

// HoldingQuery selects holdings; zero fields select all.
type HoldingQuery struct {
	Source SourceID
	Live   bool      // not those that were removed
	At     time.Time // added, changed or removed then: what an edition changed
	After  HoldingID // only ids greater than this: the page after the one that ended here
	Limit  int       // 0: 100
}

// HoldingStore keeps what this party holds, and where it came from.
type HoldingStore interface {
	PutHoldings([]Holding) error // ids that exist: replaced
	Holding(HoldingID) (Holding, error)
	Holdings(HoldingQuery) ([]Holding, error)         // by id
	PutEdition(e Edition, aside []SetAside) error     // the same number again: replaced, with what was set aside
	Editions(SourceID) ([]Edition, error)             // newest first; empty source: the newest of each, by source
	Aside(s SourceID, number int) ([]SetAside, error) // in the order of the file
}

// Feeding is one file or request of travel events: what came of it.
type Feeding struct {
	ID     string    `json:"id"` // UUIDv7
	Feed   FeedID    `json:"feed"`
	Format string    `json:"format"` // one of the formats of package passage
	File   string    `json:"file,omitzero"`
	By     OfficerID `json:"by"`
	At     time.Time `json:"at"`
	Read   int       `json:"read"`  // events
	Fresh  int       `json:"fresh"` // not told before, or told otherwise
	Hits   int       `json:"hits"`
	Near   int       `json:"near"` // below the line, on record
	Aside  int       `json:"aside"`
	Done   time.Time `json:"done,omitzero"` // zero: under way, or cut off
}

// EventQuery selects travel events that were stored, as they are told now, at Since
// or later; of those of that very time only the ids greater than After.
type EventQuery struct {
	Since time.Time
	After EventID
	Limit int // 0: 100
}

// EventStore keeps travel events.
type EventStore interface {
	// PutEvents writes those events that are not stored yet, or that say something
	// else now, and gives their ids.
	PutEvents(at time.Time, events []TravelEvent) (fresh []EventID, err error)
	Event(EventID) (TravelEvent, error)
	Events(EventQuery) ([]StoredEvent, error)            // in the order of storing, then by id
	DropEvents(before time.Time, limit int) (int, error) // stored before then, that no hit speaks of; the number dropped
	PutFeeding(f Feeding, aside []SetAside) error        // the same id again: replaced; aside is added to what is there
	Feedings(limit int) ([]Feeding, error)               // newest first
	FeedAside(id string) ([]SetAside, error)
}

// WatchStore keeps watches; none is ever deleted.
type WatchStore interface {
	PutWatch(Watch) error // Version as for drafts
	Watch(WatchID) (Watch, error)
	Watches(active bool) ([]Watch, error) // newest first; active: only those that have not ended
}

// CaseQuery selects cases; zero fields select all.
type CaseQuery struct {
	State   CaseState
	Message MessageID // linked to it
}

// CaseStore keeps cases with their timelines.
type CaseStore interface {
	PutCase(Case) error // Version as for drafts
	Case(CaseID) (Case, error)
	Cases(CaseQuery) ([]Case, error) // newest change first
	AddEntry(Entry) (Entry, error)   // gives it its Seq
	Entries(CaseID) ([]Entry, error) // oldest first
}

// FlagStore keeps the reasons for concern on cases.
type FlagStore interface {
	PutFlag(Flag) error           // the same id again: replaced
	Flags(CaseID) ([]Flag, error) // oldest first
}

// HitQuery selects hits; zero fields select all.
type HitQuery struct {
	Target  Target
	Task    TaskID
	Tasks   bool      // only those with a task
	Message MessageID // whose subject met something
	Event   EventID
	Events  []EventID // of any of these
	Limit   int       // 0: 100
}

// HitStore keeps what met what.
type HitStore interface {
	PutHit(Hit) (fresh bool, err error) // one for this target and sighting, after the same hit, is there: nothing is written, not fresh
	SetHit(Hit) error                   // the stored one with this id, replaced: its task, verdict or clearing
	Hit(HitID) (Hit, error)
	Hits(HitQuery) ([]Hit, error) // newest first
	// DropNear erases hits without a task that are older than before, the oldest
	// first, and gives their number. An event that no other hit speaks of is then
	// like any that hit nothing.
	DropNear(before time.Time, limit int) (int, error)
}

// ClearingStore keeps namesakes who do not hit again.
type ClearingStore interface {
	PutClearing(Clearing) error // the same id again: replaced
	Clearing(ClearingID) (Clearing, error)
	Clearings(Target) ([]Clearing, error) // oldest first; the zero Target: all
}

// TaskQuery selects tasks; zero fields select all.
type TaskQuery struct {
	Open   bool // not decided
	Kind   TaskKind
	Owner  Role
	Target Target
	Case   CaseID
	Due    time.Time // due by then
	Limit  int       // 0: 100
}

// TaskStore keeps what people are asked to decide.
type TaskStore interface {
	PutTask(Task) error // Version as for drafts
	Task(TaskID) (Task, error)
	Tasks(TaskQuery) ([]Task, error) // the earliest due first
}

// ScreenStore keeps what was not yet compared: incoming messages with what is held
// here, and targets with what came in before. A message enters when it is filed, in
// the same transaction, and a target when it changes.
type ScreenStore interface {
	Unscreened(limit int) ([]MessageID, error) // oldest first
	Screened(MessageID) error
	PutLookBack(LookBack) error                           // the same target again: replaced
	LookBacks(pass string, limit int) ([]LookBack, error) // of one pass, the longest waiting first
	DropLookBacks(pass string) error
}

// DeedStore keeps what was done under a key, so that it is not done twice.
type DeedStore interface {
	PutDeed(Deed) error                                       // a key and step that are there: Conflict
	Deed(key Digest, step int) (Deed, error)                  // NotFound: it was not done, or too long ago
	DropDeeds(before time.Time, limit int) (n int, err error) // the oldest of those from before then; the number dropped
}
