package entente

import (
	"crypto/ed25519"
	"time"
)

// PartyID names an agency, for example "albia-ncc". Lower-case letters, digits
// and single hyphens, starting with a letter, 2 to 40 bytes.
type PartyID string

// ParsePartyID checks s against the form above.
func ParsePartyID(s string) (PartyID, error) {
	if err := checkSlug("party", s); err != nil {
		return "", err
	}
	return PartyID(s), nil
}

// Party is what an agency says of itself in its descriptor: a TOML text signed
// as a C2SP note by its identity key, and by its message and ledger keys as proof
// that it has them. Edition rises with every change; numbers may be left out.
type Party struct {
	ID         PartyID
	Edition    int
	Name       string // as the agency writes it, in any script
	Country    Country
	Issued     time.Time
	Speaks     []int    // versions of the protocol, rising
	Accepts    []Kind   // kinds of message that its node reads, in the order of their bytes
	Extensions []string // names of extensions that its node understands, in the order of their bytes
	Endpoint   string   // https URL where partners reach the node; empty: it only dials out
	Successor  *Digest  // of the only identity public key that may follow this one; nil: any that this one vouches for
	Keys       PartyKeys
	Contacts   []Contact
}

// DialsOut reports whether partners cannot reach the node and must wait to be called.
func (p Party) DialsOut() bool { return p.Endpoint == "" }

// PartyKeys are the public keys of a party. Each has one use.
type PartyKeys struct {
	Identity ed25519.PublicKey // signs descriptors and agreements; may be kept off the node
	Message  ed25519.PublicKey // signs envelopes and refusals
	Ledger   ed25519.PublicKey // signs checkpoints and receipts
	Seal     []byte            // HPKE MLKEM768-X25519 public key, 1216 bytes
	TLSRoot  []byte            // DER of the party's own root certificate
}

// KeyOwner is the party that had a public key first, in which role, and in which
// edition of its descriptor.
type KeyOwner struct {
	Party   PartyID
	Role    string // as the descriptor calls it: "identity", "message", "ledger", "seal", "tls-root"
	Edition int
}

// Contact is how people of a party are reached when the network is not enough.
type Contact struct {
	Role  string // "duty desk"
	Phone string
	Email string
	Hours string // "24/7", "Mon-Fri 08:00-17:00 +01:00"
}

// PartyRecord is a descriptor as this node keeps it.
type PartyRecord struct {
	Party   Party
	Edition Digest // names the edition: of its text, without signature lines; a store fills it
	Note    []byte // the signed text, byte for byte
	Added   time.Time
	Checked OfficerID // who compared the fingerprint with the party's own people; empty: nobody yet
}
