package parse

import (
	"bytes"
	"encoding/binary"

	"entente"
)

// magic starts every envelope.
const magic = "entente/1 envelope\n"

// Lengths of the parts of an envelope.
const (
	encSize       = 1120 // MLKEM768-X25519: an ML-KEM-768 ciphertext and an X25519 share
	tagSize       = 16   // of the AEAD
	signatureSize = 64   // Ed25519
	lengthSize    = 4    // of a length, big-endian
)

// Envelope reads an encoded envelope. Its header is read and checked too, but
// comes back as the exact bytes.
func Envelope(b []byte) (entente.Envelope, error) {
	if len(b) > MaxEnvelope {
		return entente.Envelope{}, tooLarge("", len(b), MaxEnvelope)
	}
	e, err := Frame(b)
	if err != nil {
		return entente.Envelope{}, err
	}
	if err := checkEnvelope(e); err != nil {
		return entente.Envelope{}, err
	}
	return e, nil
}

// Frame takes an encoded envelope apart and looks at nothing but the lengths. The
// parts share the bytes of b.
func Frame(b []byte) (entente.Envelope, error) {
	var e entente.Envelope
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return e, malformed("", "it is not an envelope of version 1", nil)
	}
	if e.Header, rest, ok = counted(rest); !ok {
		return e, malformed("header", "the envelope ends before its header", nil)
	}
	if len(rest) < encSize {
		return e, malformed("enc", "the envelope ends before its encapsulated key", nil)
	}
	e.Enc, rest = rest[:encSize:encSize], rest[encSize:]
	if e.Ciphertext, rest, ok = counted(rest); !ok {
		return e, malformed("ciphertext", "the envelope ends before its ciphertext", nil)
	}
	if len(rest) != signatureSize {
		return e, malformed("signature", "the signature does not have 64 bytes", nil)
	}
	e.Signature = rest
	return e, nil
}

// EncodeEnvelope checks an envelope and encodes it.
func EncodeEnvelope(e entente.Envelope) ([]byte, error) {
	switch {
	case len(e.Enc) != encSize:
		return nil, malformed("enc", "the encapsulated key does not have 1120 bytes", nil)
	case len(e.Signature) != signatureSize:
		return nil, malformed("signature", "the signature does not have 64 bytes", nil)
	}
	if err := checkEnvelope(e); err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(magic)+2*lengthSize+len(e.Header)+encSize+len(e.Ciphertext)+signatureSize)
	b = append(b, magic...)
	b = appendCounted(b, e.Header)
	b = append(b, e.Enc...)
	b = appendCounted(b, e.Ciphertext)
	return append(b, e.Signature...), nil
}

func checkEnvelope(e entente.Envelope) error {
	if _, err := Header(e.Header); err != nil {
		return under("header", err)
	}
	switch n := len(e.Ciphertext) - tagSize; {
	case n <= 0 || n%padding != 0:
		return malformed("ciphertext", "what is sealed does not have a multiple of 256 bytes", nil)
	case n > MaxPlaintext:
		return tooLarge("ciphertext", n, MaxPlaintext)
	}
	return nil
}

// counted cuts off bytes that stand behind their length.
func counted(b []byte) (part, rest []byte, ok bool) {
	if len(b) < lengthSize {
		return nil, b, false
	}
	n, b := binary.BigEndian.Uint32(b), b[lengthSize:]
	if uint64(n) > uint64(len(b)) {
		return nil, b, false
	}
	return b[:n:n], b[n:], true
}

func appendCounted(b, part []byte) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(part))), part...)
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
