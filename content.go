package entente

// Secret is 32 random bytes of one message, from which the salts of its parts
// follow. It is sealed with the statement and shown to nobody else: without it
// nobody can guess a part that is withheld or erased. It prints as "[secret]".
type Secret [32]byte

func (Secret) String() string   { return "[secret]" }
func (Secret) GoString() string { return "[secret]" }

// MarshalText gives what the secret prints as: it stands in no text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Showing opens some parts of a statement. A reader who has the header's content can
// check that they are parts of that statement, and learns of the others only how
// many there are.
type Showing struct {
	Count  int      `json:"count"`           // parts of the whole statement
	Parts  []Part   `json:"parts"`           // that are opened, by index, rising
	Hidden []Digest `json:"hidden,omitzero"` // of each largest subtree without an opened part, left to right
}

// Withheld is how many parts are not opened.
func (s Showing) Withheld() int { return s.Count - len(s.Parts) }

// Part is one opened part of a statement.
type Part struct {
	Index int    `json:"index"` // among all parts, from 0
	Path  string `json:"path"`  // JSON Pointer (RFC 6901)
	Salt  Digest `json:"salt"`
	Value []byte `json:"value"` // as the bytes stand in the statement
}
