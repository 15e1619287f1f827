package parse

import (
	"entente"
)

// sealed is an envelope as it travels: standard base64 with padding (RFC 4648, 4).
type sealed struct {
	Header     []byte `json:"header"`
	Enc        []byte `json:"enc"`
	Ciphertext []byte `json:"ciphertext"`
	Signature  []byte `json:"signature"`
}

// Lengths of the parts of an envelope.
const (
	encSize       = 1120 // MLKEM768-X25519: an ML-KEM-768 ciphertext and an X25519 share
	tagSize       = 16   // of either AEAD
	signatureSize = 64   // Ed25519
)

// Envelope reads an encoded envelope. Its header is read and checked too, but
// comes back as the exact bytes.
func Envelope(b []byte) (entente.Envelope, error) {
	s, err := Canonical[sealed](b, MaxEnvelope)
	if err != nil {
		return entente.Envelope{}, err
	}
	e := entente.Envelope(s)
	if err := checkEnvelope(e); err != nil {
		return entente.Envelope{}, err
	}
	return e, nil
}

// EncodeEnvelope checks an envelope and encodes it.
func EncodeEnvelope(e entente.Envelope) ([]byte, error) {
	if err := checkEnvelope(e); err != nil {
		return nil, err
	}
	b, err := Encode(sealed(e))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxEnvelope {
		return nil, tooLarge("ciphertext", len(b), MaxEnvelope)
	}
	return b, nil
}

func checkEnvelope(e entente.Envelope) error {
	switch {
	case len(e.Enc) != encSize:
		return malformed("enc", "the encapsulated key does not have 1120 bytes", nil)
	case len(e.Ciphertext) < tagSize:
		return malformed("ciphertext", "the ciphertext is shorter than its tag", nil)
	case len(e.Signature) != signatureSize:
		return malformed("signature", "the signature does not have 64 bytes", nil)
	}
	if _, err := Header(e.Header); err != nil {
		return under("header", err)
	}
	return nil
}

// under puts the path of an error below the field that holds it.
func under(field string, err error) error {
	e, ok := err.(*entente.Error)
	if !ok {
		return err
	}
	deeper := *e
	if e.Field == "" {
		deeper.Field = field
	} else {
		deeper.Field = field + "." + e.Field
	}
	return &deeper
}
