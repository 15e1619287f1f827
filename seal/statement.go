package seal

import (
	"crypto/sha256"

	"entente"
	"entente/parse"
)

// payloadType names what the payload is, as in DSSE.
const payloadType = "application/vnd.entente.statement+json"

// content is what an envelope seals.
type content struct {
	Type      string `json:"type"`
	Payload   []byte `json:"payload"`
	Signature []byte `json:"signature"`
}

// signStatement signs what is said together with the header under which and the
// key for which it is said, so that neither the recipient nor anybody else can
// pass it on as if it had been said to another (surreptitious forwarding).
func signStatement(by MessageKey, header, recipientSeal, payload []byte) []byte {
	h := sha256.Sum256(header)
	return sign(by, contextStatement, h[:], recipientSeal, []byte(payloadType), payload)
}

// CheckStatement verifies an opened statement from the parts that evidence
// keeps: the sender said this payload, under this header, to the owner of this
// seal key. The recipient's private key is not needed.
func CheckStatement(header, payload, signature []byte, from entente.Party, recipientSeal []byte) (entente.Statement, error) {
	h, err := parse.Header(header)
	if err != nil {
		return entente.Statement{}, err
	}
	if err := fromSender(h, from); err != nil {
		return entente.Statement{}, err
	}
	if KeyIDOf(recipientSeal) != h.RecipientKey {
		return entente.Statement{}, wrongRecipientKey()
	}
	return checkStatement(h, header, payload, signature, from, recipientSeal)
}

// checkStatement is the part that is the same when the keys are known to be
// those of the header.
func checkStatement(h entente.Header, header, payload, signature []byte, from entente.Party, recipientSeal []byte) (entente.Statement, error) {
	digest := sha256.Sum256(header)
	if !verify(from.Keys.Message, contextStatement, signature, digest[:], recipientSeal, []byte(payloadType), payload) {
		return entente.Statement{}, badSignature("content.signature")
	}
	s, err := parse.Statement(payload)
	if err != nil {
		return entente.Statement{}, err
	}
	return s, fits(h, s)
}

// fits holds a header to its statement: what the outside tells is true.
func fits(h entente.Header, s entente.Statement) error {
	bad := func(field, detail string) error {
		return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Reason: entente.ReasonStatement}
	}
	switch {
	case h.ID != s.ID:
		return bad("id", "the header has another id than the statement")
	case h.Precedence != s.Precedence:
		return bad("precedence", "the header has another precedence than the statement")
	case entente.Rooms.Accepts(s.Kind) && h.Class != s.Class():
		return bad("class", "the header has another class than the kind of the statement")
	}
	return nil
}
