package seal

import (
	"crypto/ed25519"
	"slices"
	"strconv"
	"strings"

	"entente"
	"entente/verify"
)

// The contexts of an envelope. Only this package signs under the first; nothing is
// signed under the second.
const (
	contextEnvelope = "entente/1 envelope"
	contextRecord   = "entente/1 record"
)

// pae is the pre-authentication encoding of DSSE, for any number of parts: each
// as its length in decimal, a space, and its bytes; a space between parts. No
// two lists of parts have the same encoding.
func pae(context string, parts ...[]byte) []byte {
	n := len(context) + 24
	for _, p := range parts {
		n += len(p) + 24
	}
	b := first(make([]byte, 0, n), context)
	for _, p := range parts {
		b = next(b, p)
	}
	return b
}

// first and next write the encoding part by part behind b.
func first[T string | []byte](b []byte, p T) []byte {
	b = append(strconv.AppendInt(b, int64(len(p)), 10), ' ')
	return append(b, p...)
}

func next[T string | []byte](b []byte, p T) []byte { return first(append(b, ' '), p) }

// own are the contexts of this package.
var own = []string{contextEnvelope, contextRecord, contextSalt, contextPart, contextContent}

// Sign signs parts under a context, which says what the signature means and
// begins with "entente/1 ". It panics for an absent key and for the contexts of
// envelopes: those come from [Seal] alone, which asks for a release.
func Sign(by MessageKey, context string, parts ...[]byte) []byte {
	if slices.Contains(own, context) || !strings.HasPrefix(context, "entente/1 ") {
		panic("seal: " + strconv.Quote(context) + " is not a context to sign under")
	}
	return sign(by, context, parts...)
}

// Verify checks what Sign made against the message key of p's descriptor.
func Verify(p entente.Party, context string, signature []byte, parts ...[]byte) error {
	if !signed(p.Keys.Message, context, signature, parts...) {
		return &entente.Error{Kind: entente.Unverified, Field: "signature", Detail: "the signature of " + string(p.ID) + " does not hold", Reason: entente.ReasonSignature}
	}
	return nil
}

func sign(by MessageKey, context string, parts ...[]byte) []byte {
	return ed25519.Sign(by.m().private, pae(context, parts...))
}

func signed(public ed25519.PublicKey, context string, signature []byte, parts ...[]byte) bool {
	return verify.Signature(public, pae(context, parts...), signature)
}
