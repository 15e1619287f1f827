package entente

import (
	"strings"
	"time"
)

// AgreementID names an agreement, for example "north-star".
type AgreementID string

// ParseAgreementID checks s against the same form as a party id.
func ParseAgreementID(s string) (AgreementID, error) {
	if err := checkSlug("agreement", s); err != nil {
		return "", err
	}
	return AgreementID(s), nil
}

// Purpose is a reason for which an agreement lets messages pass, for example
// "terrorism-prevention".
type Purpose string

// ThreatToLife is the purpose that passes at every level.
const ThreatToLife Purpose = "threat-to-life"

// Agreement is what named parties may exchange: one TOML text that every party
// signs. Docs: docs/agreement-format.md. A clause is addressed as it is written:
// "scope.tip", "deadline.acknowledge.FLASH".
type Agreement struct {
	ID          AgreementID
	Epoch       int // from 1, rising by one; a node refuses an older one
	Parties     []PartyID
	Objective   string
	From        time.Time // first day, 00:00 UTC
	Until       time.Time // last day, through 24:00 UTC
	Purposes    []Purpose
	Definitions map[PartyID]Definition
	Equivalence []map[PartyID]string // categories that the parties recognise in each other's
	Scope       map[Kind]string      // CEL, true where a message may pass
	Deadline    Deadlines
	Release     ReleaseRule
	Handling    Caveats // what applies where a message says nothing
	// Kept and shown, and not enforced by this version:
	Assurance  map[string]any
	Retention  map[string]any
	Blind      map[string]any
	Commitment map[PartyID][]string

	Text  []byte         // the text, byte for byte
	Lines map[string]int // clause → line of Text
}

// Definition is how one party defines what the agreement is about. Definitions
// differ and stay different.
type Definition struct {
	Terms map[string]string // term → the party's own definition
	Lists []string          // sanction or watch lists it refers to
}

// Deadlines say by when something is owed. A kind of time that is missing is not owed.
type Deadlines struct {
	Acknowledge map[Precedence]time.Duration
	Dispose     time.Duration
	Answer      map[string]time.Duration
	// Courier is how long before its receipt an answer that a courier brought may
	// have been written and still count from then; 0: it counts from its receipt.
	Courier time.Duration
}

// ReleaseRule says who stands behind what leaves. A kind that no list names
// needs four eyes, except acknowledgements and notices, which one officer sends.
type ReleaseRule struct {
	FourEyes []Kind   // a second officer releases
	Single   []Kind   // the officer who writes may also release
	Standing []string // clauses that release by themselves: "kind where CEL"
}

// NeedsFourEyes reports whether a second officer must release a message of kind k,
// and the clause that says so.
func (r ReleaseRule) NeedsFourEyes(k Kind) (bool, string) {
	for _, f := range r.FourEyes {
		if f == k {
			return true, "release.four-eyes"
		}
	}
	for _, s := range r.Single {
		if s == k {
			return false, "release.single"
		}
	}
	room, known := Rooms.Room(k)
	return room.FourEyes || !known, "release"
}

// Has reports whether p is a party to the agreement.
func (a Agreement) Has(p PartyID) bool {
	for _, q := range a.Parties {
		if p == q {
			return true
		}
	}
	return false
}

// InForce reports whether the agreement is in force at t: from 00:00 UTC of its
// first day until 24:00 UTC of its last.
func (a Agreement) InForce(t time.Time) bool {
	return !t.Before(a.From) && t.Before(a.Until.AddDate(0, 0, 1))
}

// Line gives the line of the agreement's text where the clause stands, or that
// of the nearest table above it, or 0.
func (a Agreement) Line(clause string) int {
	for {
		if n, ok := a.Lines[clause]; ok {
			return n
		}
		i := strings.LastIndexByte(clause, '.')
		if i < 0 {
			return 0
		}
		clause = clause[:i]
	}
}

// AgreementRecord is an agreement as this node keeps it: in force once every
// party has signed.
type AgreementRecord struct {
	Agreement Agreement
	Terms     Digest // of the agreement's text, without signature lines; a store fills it
	Note      []byte // the text with the signatures gathered so far
	Signed    []PartyID
	Complete  bool // every party has signed
	Added     time.Time
}
