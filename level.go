package entente

import "time"

// Level is how far an agreement is open between two parties now.
type Level string

const (
	Open         Level = "open"          // everything in scope passes
	Restricted   Level = "restricted"    // tips of PRIORITY and above, and all that a level below lets pass
	WarningsOnly Level = "warnings-only" // notes on a thread that exists, and all that the level below lets pass
	Suspended    Level = "suspended"     // threats to life, what is owed for earlier messages, and notices
)

// Levels lists the levels from open to closed.
var Levels = []Level{Open, Restricted, WarningsOnly, Suspended}

// Towards says which pairs of parties a declared level is for.
type Towards string

const (
	TowardsPair Towards = "pair" // sender and recipient of the notice alone
	TowardsAll  Towards = "all"  // the sender and each other party: each gets the same notice
)

// LevelChange is what one party declared to another in a signed notice, as either
// side keeps it. A level belongs to a pair of parties: the level between them is
// the most closed of what each declared last to the other, and what a third party
// declares says nothing about it.
type LevelChange struct {
	Agreement AgreementID
	Party     PartyID // who declares
	Partner   PartyID // to whom
	Level     Level
	Towards   Towards
	Number    int       // as in the notice
	Seq       int64     // the notice's place in the channel; while it waits for release, the next free one
	Message   MessageID // the notice
	At        time.Time
}

// Newer reports whether c counts rather than d, which the same party declared to
// the same partner: the ledger orders them, and no clock does.
func (c LevelChange) Newer(d LevelChange) bool {
	switch {
	case c.Seq != d.Seq:
		return c.Seq > d.Seq
	case c.Number != d.Number:
		return c.Number > d.Number
	}
	return c.Message > d.Message
}
