package entente

import "time"

// EndNote says which records of a channel earlier editions of its owner's
// descriptor vouch for. The owner signs one for each channel with every new
// edition. It is kept for ever and proves itself to anybody.
type EndNote struct {
	Channel  Channel   // From is the owner
	Edition  Digest    // of the new edition's text
	Number   int       // of the new edition
	Size     int64     // how many records stand under earlier editions
	Root     Digest    // of the ledger at that size; for size 0 the hash of nothing
	Received int64     // size of the owner's copy of the channel back
	At       time.Time // UTC, whole seconds
	Stolen   time.Time // when the earlier keys were stolen; HasStolen says whether it is said
	// HasStolen tells a time of zero from none.
	HasStolen bool
	Consent   bool   // the ledger key of the edition before signed, too
	Text      []byte // the note, byte for byte
}

// Plain reports whether the note counts without a person: the edition before
// consents, and no key was stolen.
func (e EndNote) Plain() bool { return e.Consent && !e.HasStolen }

// EndRecord is an end note as a node keeps it.
type EndRecord struct {
	Note     EndNote
	Added    time.Time
	State    EndState
	Accepted OfficerID // who compared the edition's fingerprint and accepted it; empty: nobody has to, or nobody has yet
}

// EndState says how far an end note has come here.
type EndState string

const (
	EndWaits    EndState = "waits"    // a person has to compare the edition's fingerprint and accept it first
	EndFetching EndState = "fetching" // our copy of the ledger does not reach its size yet
	EndCurrent  EndState = "current"  // our copy has its root at its size
	EndBroken   EndState = "broken"   // our copy contradicts it: people choose
)
