package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"golang.org/x/mod/sumdb/note"
)

var errNote = errors.New("not a note with exactly the expected signatures")

// openNote opens a C2SP signed note that carries exactly the signatures of the
// given verifiers, in their order, and gives its text.
//
// Package note skips unknown and repeated signature lines and reads base64
// leniently, so that many byte strings open as the same note. Here one does:
// the note is written again from what was read, and must come out the same.
func openNote(b []byte, by ...note.Verifier) (string, []note.Signature, error) {
	n, err := note.Open(b, note.VerifierList(by...))
	if err != nil {
		return "", nil, err
	}
	if len(n.Sigs) != len(by) || len(n.UnverifiedSigs) != 0 {
		return "", nil, errNote
	}
	again := append(make([]byte, 0, len(b)), n.Text...)
	again = append(again, '\n')
	for i, sig := range n.Sigs {
		raw, err := base64.StdEncoding.DecodeString(sig.Base64)
		if err != nil || sig.Name != by[i].Name() || sig.Hash != by[i].KeyHash() {
			return "", nil, errNote
		}
		again = append(again, "— "+sig.Name+" "...)
		again = base64.StdEncoding.AppendEncode(again, raw)
		again = append(again, '\n')
	}
	if string(again) != string(b) {
		return "", nil, errNote
	}
	return n.Text, n.Sigs, nil
}

// keyHash returns the key id of C2SP signed-note for type 0x01, Ed25519: the
// first four bytes of SHA-256(name ∥ "\n" ∥ 0x01 ∥ key).
func keyHash(name string, key ed25519.PublicKey) uint32 {
	sum := sha256Of([]byte(name), []byte("\n\x01"), key)
	return binary.BigEndian.Uint32(sum[:4])
}
