package parse

import (
	"bytes"

	"entente"
)

const (
	plaintextForm = 0x01                                   // the first byte of a plaintext
	plaintextHead = 1 + len(entente.Secret{}) + lengthSize // what stands before the payload
	padding       = 256                                    // a plaintext is a multiple of it, so that its size says less
	maxPadded     = (plaintextHead + MaxStatement + padding - 1) / padding * padding
)

// Plaintext reads what an envelope seals: the secret of the message and the bytes
// of its statement, which share those of b.
func Plaintext(b []byte) (entente.Secret, []byte, error) {
	var secret entente.Secret
	if len(b) > MaxPlaintext {
		return secret, nil, tooLarge("content", len(b), MaxPlaintext)
	}
	if len(b) < plaintextHead || b[0] != plaintextForm {
		return secret, nil, malformed("content", "what is sealed is not in the form of version 1", nil)
	}
	payload, rest, ok := counted(b[1+len(secret):])
	switch {
	case !ok || len(payload) == 0:
		return secret, nil, malformed("content", "what is sealed ends before its statement", nil)
	case len(payload) > MaxStatement:
		return secret, nil, tooLarge("content", len(payload), MaxStatement)
	case len(b)%padding != 0 || len(rest) >= padding || len(bytes.Trim(rest, "\x00")) > 0:
		return secret, nil, malformed("content", "what is sealed is not filled with zeros up to the next multiple of 256", nil)
	}
	copy(secret[:], b[1:])
	return secret, payload, nil
}

// EncodePlaintext writes what an envelope seals.
func EncodePlaintext(secret entente.Secret, payload []byte) ([]byte, error) {
	switch {
	case len(payload) == 0:
		return nil, malformed("content", "there is no statement", nil)
	case len(payload) > MaxStatement:
		return nil, tooLarge("content", len(payload), MaxStatement)
	}
	n := (plaintextHead + len(payload) + padding - 1) / padding * padding
	b := make([]byte, 0, n)
	b = append(b, plaintextForm)
	b = append(b, secret[:]...)
	return appendCounted(b, payload)[:n], nil
}
