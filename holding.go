package entente

import "time"

// SourceID names a list or a collection that a party holds: "ofac-sdn".
type SourceID string

// ParseSourceID checks the form of a list's id.
func ParseSourceID(s string) (SourceID, error) { return SourceID(s), checkSlug("source", s) }

// HoldingID is a holding's source and its number there: "ofac-sdn/36".
type HoldingID string

// Holding is what a party itself holds on a subject. It never leaves except by
// release.
type Holding struct {
	ID        HoldingID   `json:"id"`
	Source    SourceID    `json:"source"`
	Kind      HoldingKind `json:"kind"`
	Subject   Subject     `json:"subject"`
	Reasons   []string    `json:"reasons,omitzero"`   // programmes or grounds, as the source writes them
	Addresses []string    `json:"addresses,omitzero"` // as the source writes them
	Remarks   string      `json:"remarks,omitzero"`   // what the source says beside, whole
	Since     time.Time   `json:"since,omitzero"`     // first edition that had it
	Changed   time.Time   `json:"changed,omitzero"`   // last edition that changed it
	Removed   time.Time   `json:"removed,omitzero"`   // first edition without it: delisted, matched no more
}

// HoldingKind says what is listed. Only persons are matched by name.
type HoldingKind string

const (
	HoldingPerson       HoldingKind = "person"
	HoldingOrganisation HoldingKind = "organisation"
	HoldingVessel       HoldingKind = "vessel"
	HoldingAircraft     HoldingKind = "aircraft"
	HoldingOther        HoldingKind = "other"
)

// Edition is one import of a source: what came, and what that changed.
type Edition struct {
	Source  SourceID  `json:"source"`
	Number  int       `json:"number"` // rises by one
	Format  string    `json:"format"` // one of the formats of package lists
	File    string    `json:"file"`   // name only, no path
	Digest  Digest    `json:"digest"` // of the file, so that the same file again changes nothing
	By      OfficerID `json:"by"`
	At      time.Time `json:"at"`
	Read    int       `json:"read"` // records
	Added   int       `json:"added"`
	Changed int       `json:"changed"`
	Removed int       `json:"removed"`
	Aside   int       `json:"aside"` // records and fields that could not be used
}

// SetAside is one record, or one field of it, that could not be used.
type SetAside struct {
	Where  string `json:"where"`          // "line 17" or "segment 4 of message 2"
	Record string `json:"record"`         // the record's own number, when it could be read
	Field  string `json:"field,omitzero"` // empty: the whole record
	Reason string `json:"reason"`
	Text   string `json:"text,omitzero"` // what stood there, cut to 200 bytes
}
