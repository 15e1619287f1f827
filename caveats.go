package entente

import "time"

// Caveats are the handling limits that travel with the content. Empty fields
// are filled from the agreement's handling clause before a draft is submitted,
// so that what leaves says everything itself.
type Caveats struct {
	TLP      TLP       `json:"tlp,omitzero"`
	PAP      PAP       `json:"pap,omitzero"`
	Onward   Onward    `json:"onward,omitzero"`
	CourtUse CourtUse  `json:"court_use,omitzero"`
	Purposes []Purpose `json:"purposes,omitzero"` // use only for these; empty: those of the agreement
	Until    time.Time `json:"until,omitzero"`    // not to be used after it
}

// TLP is a Traffic Light Protocol 2.0 label (FIRST, 2022).
type TLP string

const (
	TLPRed         TLP = "RED"
	TLPAmberStrict TLP = "AMBER+STRICT"
	TLPAmber       TLP = "AMBER"
	TLPGreen       TLP = "GREEN"
	TLPClear       TLP = "CLEAR"
)

// TLPs lists the labels from the closest to the most open.
var TLPs = []TLP{TLPRed, TLPAmberStrict, TLPAmber, TLPGreen, TLPClear}

// PAP is a Permissible Actions Protocol label: what the recipient may do that
// the subject could notice.
type PAP string

const (
	PAPRed   PAP = "RED"   // only passive, offline use
	PAPAmber PAP = "AMBER" // passive checks elsewhere
	PAPGreen PAP = "GREEN" // active measures short of the subject's notice
	PAPClear PAP = "CLEAR"
)

// PAPs lists the labels from the closest to the most open.
var PAPs = []PAP{PAPRed, PAPAmber, PAPGreen, PAPClear}

// Onward says who may allow that content is passed to a third party.
type Onward string

const (
	OnwardOriginator Onward = "originator" // ask the originator each time
	OnwardNever      Onward = "never"
	OnwardParties    Onward = "parties" // free among the parties of the agreement
)

// Onwards lists the values of Onward.
var Onwards = []Onward{OnwardNever, OnwardOriginator, OnwardParties}

// CourtUse says whether content may be used in proceedings.
type CourtUse string

const (
	CourtUseAsk CourtUse = "ask"
	CourtUseNo  CourtUse = "no"
	CourtUseYes CourtUse = "yes"
)

// CourtUses lists the values of CourtUse.
var CourtUses = []CourtUse{CourtUseNo, CourtUseAsk, CourtUseYes}

// Over fills the empty fields of c from the defaults d.
func (c Caveats) Over(d Caveats) Caveats {
	if c.TLP == "" {
		c.TLP = d.TLP
	}
	if c.PAP == "" {
		c.PAP = d.PAP
	}
	if c.Onward == "" {
		c.Onward = d.Onward
	}
	if c.CourtUse == "" {
		c.CourtUse = d.CourtUse
	}
	if len(c.Purposes) == 0 {
		c.Purposes = d.Purposes
	}
	if c.Until.IsZero() {
		c.Until = d.Until
	}
	return c
}
