package entente

import (
	"strings"
	"time"
)

// OfficerID names a person at this party, for example "anna.kern".
// It never leaves the node.
type OfficerID string

// Role is what an officer is at the desk.
type Role string

const (
	Analyst    Role = "analyst"    // drafts and assesses
	Releaser   Role = "releaser"   // approves what leaves
	Supervisor Role = "supervisor" // sees what is overdue and reassigns
	Overseer   Role = "overseer"   // reads and verifies everything and changes nothing
	Operator   Role = "operator"   // runs the machine and sees no content
)

// Roles lists every role, in the order in which pages show them.
var Roles = []Role{Analyst, Releaser, Supervisor, Overseer, Operator}

// Officer is a person who signs in at this node.
type Officer struct {
	ID       OfficerID
	Name     string
	Role     Role
	Added    time.Time
	Disabled time.Time // zero while the account is in use
}

// Operation is something an officer may ask of the node. Package policy holds
// the table of every operation against every role.
type Operation string

const (
	OpReadInbox         Operation = "inbox.read"
	OpReadMessage       Operation = "message.read"
	OpAcknowledge       Operation = "message.acknowledge"
	OpAssess            Operation = "message.assess"
	OpDispose           Operation = "message.dispose"
	OpAssign            Operation = "message.assign"
	OpFetchAttachment   Operation = "attachment.read"
	OpAddAttachment     Operation = "attachment.add"
	OpDraft             Operation = "draft.write"
	OpReadDrafts        Operation = "draft.read"
	OpSubmit            Operation = "draft.submit"
	OpRelease           Operation = "draft.release"
	OpReturn            Operation = "draft.return"
	OpNote              Operation = "note.write"
	OpReadQueue         Operation = "queue.read"
	OpRetry             Operation = "queue.retry"
	OpReadAgreement     Operation = "agreement.read"
	OpChangeLevel       Operation = "agreement.level"
	OpDeclareOutage     Operation = "agreement.outage" // that our node could not be reached for a time
	OpReadParties       Operation = "party.read"
	OpDecideRestore     Operation = "restore.decide"   // whether records that a partner holds are ours
	OpManageParties     Operation = "party.manage"     // descriptors and their fingerprints
	OpManageAgreements  Operation = "agreement.manage" // put into force what every party has signed
	OpReadAccessLog     Operation = "access.read"
	OpVerify            Operation = "ledger.verify"
	OpExportEvidence    Operation = "evidence.export"
	OpCourierExport     Operation = "courier.export"
	OpCourierImport     Operation = "courier.import"
	OpReadObligations   Operation = "obligation.read"
	OpReadOfficers      Operation = "officer.read"
	OpManageOfficers    Operation = "officer.manage"
	OpConfirmOfficers   Operation = "officer.confirm" // what an operator did to let somebody in
	OpNodeStatus        Operation = "node.status"
	OpManageCredentials Operation = "credential.manage" // one's own passkeys and password
	OpSearch            Operation = "subject.search"
	OpReadHoldings      Operation = "holding.read"
	OpImport            Operation = "holding.import"
	OpFeed              Operation = "travel.feed"
	OpReadTravel        Operation = "travel.read"
	OpReadTasks         Operation = "task.read"
	OpDecideTask        Operation = "task.decide" // acknowledge it, and answer it
	OpReadWatches       Operation = "watch.read"
	OpWatch             Operation = "watch.write" // open one, say that it goes on, announce its end
	OpReadCases         Operation = "case.read"
	OpCase              Operation = "case.write"           // open, add to, close, reopen
	OpCloseUndecided    Operation = "case.close-undecided" // although hits in it wait for a decision
	OpRevokeClearing    Operation = "clearing.revoke"
)

// Operations lists every operation, in the order in which documents show them.
var Operations = []Operation{
	OpReadInbox, OpReadMessage, OpAcknowledge, OpAssess, OpDispose, OpAssign, OpFetchAttachment, OpAddAttachment,
	OpDraft, OpReadDrafts, OpSubmit, OpRelease, OpReturn, OpNote, OpReadQueue, OpRetry,
	OpReadAgreement, OpManageAgreements, OpChangeLevel, OpDeclareOutage, OpReadParties, OpManageParties, OpDecideRestore, OpReadAccessLog, OpVerify, OpExportEvidence,
	OpCourierExport, OpCourierImport, OpReadObligations, OpReadOfficers, OpManageOfficers, OpConfirmOfficers, OpNodeStatus, OpManageCredentials,
	OpSearch, OpReadHoldings, OpImport, OpFeed, OpReadTravel, OpReadTasks, OpDecideTask, OpReadWatches, OpWatch,
	OpReadCases, OpCase, OpCloseUndecided, OpRevokeClearing,
}

// Access is one entry of the access log: who looked at or did what, and why.
// The log is a ledger of its own, so that nobody can take an entry out unseen.
type Access struct {
	At        time.Time `json:"at"`
	Officer   OfficerID `json:"officer"`
	Role      Role      `json:"role"`
	Operation Operation `json:"operation"`
	Object    string    `json:"object,omitzero"`  // "message 0196…", "inbox"; never personal data
	Purpose   string    `json:"purpose,omitzero"` // why, in a word of the agreement or of the officer
	Denied    bool      `json:"denied,omitzero"`
}

// Thing is what the entry is about, by which the log can be asked: its object. Who
// took a file of a message or draft had to do with the message or draft.
func (a Access) Thing() string {
	if strings.HasPrefix(a.Object, "message ") || strings.HasPrefix(a.Object, "draft ") {
		thing, _, _ := strings.Cut(a.Object, " file ")
		return thing
	}
	return a.Object
}
