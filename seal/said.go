package seal

import (
	"crypto/sha256"

	"entente"
)

// CheckSaid verifies that a party signed this payload under this header for the
// owner of this seal key. It reads neither: what a node keeps was read when it came
// in, perhaps by an earlier version that was less strict.
func CheckSaid(header, payload, signature []byte, from entente.Party, recipientSeal []byte) error {
	digest := sha256.Sum256(header)
	if !signed(from.Keys.Message, contextStatement, signature, digest[:], recipientSeal, []byte(payloadType), payload) {
		return badSignature("content.signature")
	}
	return nil
}
