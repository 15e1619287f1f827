package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"golang.org/x/mod/sumdb/note"

	"entente"
	"entente/verify"
)

// nodeName is under which the message key signs notes; the identity key signs as
// the party itself.
func nodeName(p entente.PartyID) string { return string(p) + "/node" }

// ledgerName is under which the ledger key signs notes.
func ledgerName(p entente.PartyID) string { return string(p) + "/ledger" }

// noteKey is a public key under the name with which it signs notes. It is a
// note.Verifier.
type noteKey struct {
	name   string
	public ed25519.PublicKey
}

func (k noteKey) Name() string { return k.name }

// KeyHash is the key's id in a signature line (C2SP signed-note): the first four
// bytes of SHA-256(name ∥ "\n" ∥ 0x01 ∥ public key).
func (k noteKey) KeyHash() uint32 {
	h := sha256.New()
	h.Write([]byte(k.name + "\n\x01"))
	h.Write(k.public)
	return binary.BigEndian.Uint32(h.Sum(nil))
}

func (k noteKey) Verify(text, signature []byte) bool {
	return verify.Signature(k.public, text, signature)
}

func (k noteKey) equal(l noteKey) bool { return k.name == l.name && k.public.Equal(l.public) }

// noteSigner is the private side of a noteKey. It is a note.Signer.
type noteSigner struct {
	noteKey
	pair *pair
}

func newNoteSigner(name string, k key[pair]) noteSigner {
	return noteSigner{noteKey{name, k.m().public()}, k.m()}
}

func (s noteSigner) Sign(text []byte) ([]byte, error) { return ed25519.Sign(s.pair.private, text), nil }

// signNote makes a note of a text, with signature lines in the order of by.
func signNote(text []byte, by ...noteSigner) ([]byte, error) {
	signers := make([]note.Signer, len(by))
	for i, s := range by {
		signers[i] = s
	}
	return note.Sign(&note.Note{Text: string(text)}, signers...)
}

// openNote verifies a note strictly and tells which of the known keys signed it,
// in the order of the lines.
//
// Package note forgives a signer that it does not know, a line that stands there
// twice, and base64 with stray bits or line breaks: whoever passes a note on
// could change its bytes, and its digest with them. Here the note must be exactly
// what comes out when it is written again with nothing but the signatures of
// known keys.
func openNote(b []byte, known ...noteKey) (text []byte, by []noteKey, err error) {
	verifiers := make([]note.Verifier, len(known))
	for i, k := range known {
		verifiers[i] = k
	}
	n, err := note.Open(b, note.VerifierList(verifiers...))
	if err != nil {
		return nil, nil, explainNote(err)
	}
	if len(n.UnverifiedSigs) > 0 {
		return nil, nil, strangeSigner(n.UnverifiedSigs[0].Name)
	}
	for _, s := range n.Sigs {
		for _, k := range known {
			if k.name == s.Name && k.KeyHash() == s.Hash {
				by = append(by, k)
			}
		}
	}
	if !bytes.Equal(b, writeNote(n)) {
		return nil, nil, malformedNote(nil)
	}
	return []byte(n.Text), by, nil
}

// writeNote writes the verified signatures below the text again.
func writeNote(n *note.Note) []byte {
	b := append([]byte(n.Text), '\n')
	for _, s := range n.Sigs {
		raw, _ := base64.StdEncoding.DecodeString(s.Base64) // note.Open decoded it
		b = append(b, "— "+s.Name+" "+base64.StdEncoding.EncodeToString(raw)+"\n"...)
	}
	return b
}

// openNoteBy is openNote for a note that must carry the signatures of exactly
// these keys, in this order.
func openNoteBy(b []byte, keys ...noteKey) ([]byte, error) {
	text, by, err := openNote(b, keys...)
	if err != nil {
		return nil, err
	}
	for i, k := range keys {
		if i >= len(by) || !by[i].equal(k) {
			return nil, &entente.Error{Kind: entente.Unverified, Field: "signature", Detail: "a signature of " + k.name + " is missing or not in its place", Reason: entente.ReasonSignature}
		}
	}
	return text, nil
}

// splitNote separates the text of a note from its signature lines. A text that
// nobody signed has none.
func splitNote(b []byte) (text, lines []byte) {
	i := bytes.LastIndex(b, []byte("\n\n"))
	if i < 0 || !bytes.HasPrefix(b[i+2:], []byte("— ")) {
		return b, nil
	}
	return b[:i+1], b[i+2:]
}

// explainNote says what package note found.
func explainNote(err error) error {
	if e, ok := errors.AsType[*note.InvalidSignatureError](err); ok {
		return &entente.Error{Kind: entente.Unverified, Field: "signature", Detail: "the signature of " + e.Name + " does not hold", Reason: entente.ReasonSignature, Cause: err}
	}
	if e, ok := errors.AsType[*note.UnverifiedNoteError](err); ok && len(e.Note.UnverifiedSigs) > 0 {
		return strangeSigner(e.Note.UnverifiedSigs[0].Name)
	}
	return malformedNote(err)
}

func strangeSigner(name string) error {
	if len(name) > 60 {
		name = "somebody"
	}
	return &entente.Error{Kind: entente.Unverified, Field: "signature", Detail: "it carries a signature of " + name + " by a key that does not belong there", Hint: "get the text again from its author", Reason: entente.ReasonSignature}
}

func malformedNote(cause error) error {
	return &entente.Error{Kind: entente.Invalid, Field: "note", Detail: "it is not a signed note in exact form", Hint: "pass it on as a file, byte for byte; do not copy it through an editor or a mail text", Reason: entente.ReasonMalformed, Cause: cause}
}
