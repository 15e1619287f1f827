package entente

import "time"

// CaseID is a UUIDv7.
type CaseID string

// Case is the desk's file: opened, assessed, closed, reopened. Nothing in it
// leaves except by release.
type Case struct {
	ID       CaseID      `json:"id"`
	Version  int         `json:"version"` // rises by one with each change
	Title    string      `json:"title"`
	State    CaseState   `json:"state"`
	Owner    Role        `json:"owner"`
	Officer  OfficerID   `json:"officer,omitzero"` // who has it on the desk; the file belongs to the role
	Purpose  string      `json:"purpose"`
	Subjects []Subject   `json:"subjects"`          // whom it is about, as we now know them
	Messages []MessageID `json:"messages,omitzero"` // linked, oldest first
	Reopen   ReopenRule  `json:"reopen"`
	Opened   time.Time   `json:"opened"`
	Closing  *Closing    `json:"closing,omitzero"` // while closed
}

// CaseState is whether a file is worked on.
type CaseState string

const (
	CaseOpen   CaseState = "open"
	CaseClosed CaseState = "closed"
)

// Closing is what came of a case.
type Closing struct {
	Outcome Outcome   `json:"outcome"`
	Reason  string    `json:"reason"`
	By      OfficerID `json:"by"`
	At      time.Time `json:"at"`
}

// ReopenRule says what asks a person to open a closed file again. A tip that
// reinforces it always asks.
type ReopenRule struct {
	From   Band          `json:"from"`              // a hit of this band or a higher one
	Flags  int           `json:"flags"`             // or so many flags, from any source,
	Window time.Duration `json:"window,format:sec"` // within this time
}

// DefaultReopen is the rule of a new case.
var DefaultReopen = ReopenRule{From: BandProbable, Flags: 2, Window: 90 * 24 * time.Hour}

// FlagID is a UUIDv7.
type FlagID string

// Flag is one reason for concern on a case. Flags of several sources add up.
type Flag struct {
	ID      FlagID    `json:"id"`
	Case    CaseID    `json:"case"`
	Source  string    `json:"source"` // who raised it: a party, a feed or an officer's role; never a person
	Kind    string    `json:"kind"`   // one of FlagKinds
	Text    string    `json:"text"`
	Grade   Grade     `json:"grade,omitzero"`
	Message MessageID `json:"message,omitzero"`
	Hit     HitID     `json:"hit,omitzero"`
	At      time.Time `json:"at"`
}

// FlagKinds lists the reasons for concern.
var FlagKinds = []string{"tip", "travel", "list", "contact", "threat", "weapon", "money", "statement", "other"}

// Entry is one line of a case's timeline. The timeline only grows.
type Entry struct {
	Case    CaseID    `json:"case"`
	Seq     int64     `json:"seq"` // from 0, without gaps
	At      time.Time `json:"at"`
	By      string    `json:"by"`   // an officer, a party, or "node"
	Kind    string    `json:"kind"` // one of EntryKinds
	Text    string    `json:"text"`
	Message MessageID `json:"message,omitzero"`
	Hit     HitID     `json:"hit,omitzero"`
	Task    TaskID    `json:"task,omitzero"`
	Watch   WatchID   `json:"watch,omitzero"`
	Flag    FlagID    `json:"flag,omitzero"`
}

// EntryKinds lists what a timeline tells.
var EntryKinds = []string{"opened", "assessment", "message", "flag", "hit", "decision", "watch", "closed", "reopened", "assigned"}
