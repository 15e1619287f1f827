package entente

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
