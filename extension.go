package entente

import "slices"

// Extension is a member that a later version, or a partner's own software, adds
// to a header, a statement or a descriptor.
//
// A reader that does not know a critical extension cannot judge what carries it.
// It keeps and passes on any other, and shows that it did not understand it.
type Extension struct {
	Name     string `json:"name"` // a slug of the protocol, or "x-" and a domain name
	Critical bool   `json:"critical,omitzero"`
	Value    []byte `json:"value"` // at most 4096 bytes
}

// Vocabulary is what a node can judge: kinds of messages and extensions.
type Vocabulary struct {
	Rooms      Register
	Extensions []string // names of those that it knows
}

// This is the vocabulary of this version. It knows no extension.
var This = Vocabulary{Rooms: Rooms}

// OrThis is v, or [This] where v is zero.
func (v Vocabulary) OrThis() Vocabulary {
	if v.Rooms == nil {
		return This
	}
	return v
}

// Unknown lists the names of the extensions that a vocabulary does not have.
// Those without any meaning are left out.
func (v Vocabulary) Unknown(lists ...[]Extension) []string {
	var names []string
	for _, list := range lists {
		for _, e := range list {
			if !slices.Contains(v.Extensions, e.Name) && !IsGrease(e.Name) {
				names = append(names, e.Name)
			}
		}
	}
	return names
}
