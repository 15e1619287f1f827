package entente

// Weak says why a search shows somebody who is no match. A search is no alarm: it
// also shows people that a name, a number or a day of birth may mean, marked so.
type Weak string

const (
	WeakNumber  Weak = "same-number"       // the same document or identifier, but the rest speaks against it
	WeakName    Weak = "same-name-common"  // every word asked for is met; so many are called so that the name cannot tell who is meant
	WeakBirth   Weak = "same-birth"        // born on the same day; a name could not be read
	WeakDiffers Weak = "same-name-differs" // every word asked for is met, but the birth date or another field differs
	WeakPart    Weak = "part-of-name"      // some words are met
)

// Weaks lists them in the order in which a search shows them.
var Weaks = []Weak{WeakNumber, WeakName, WeakBirth, WeakDiffers, WeakPart}

// Unread is a name that could not be read, or only in part.
type Unread struct {
	Name   string   `json:"name"`            // as written
	Words  []string `json:"words"`           // of it that could not be read, or lack letters
	Script string   `json:"script,omitzero"` // of the first letter that could not be read, as Unicode names it: "Devanagari"
	Whole  bool     `json:"whole"`           // no word of it could be read
	Why    string   `json:"why"`             // and what the name was compared by
}
