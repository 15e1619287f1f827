package seal

import (
	"crypto/hpke"
	"crypto/sha256"

	"entente"
	"entente/parse"
)

// Sealed is an envelope ready to leave.
type Sealed struct {
	Envelope  []byte         // encoded
	Signature []byte         // the inner one, over the statement
	Digest    entente.Digest // of Envelope
}

// Seal signs and encrypts what was released, for the party that the author
// named when it was released.
//
// Empty Version, SenderKey and RecipientKey of the header are filled; all else
// must be there and must fit the statement and its release. Errors: Denied when
// nothing was released; Invalid when header, statement and recipient do not fit.
func Seal(r entente.Released, h entente.Header, by MessageKey, to entente.Party) (Sealed, error) {
	if r.IsZero() {
		return Sealed{}, &entente.Error{Kind: entente.Denied, Detail: "nobody has released this message"}
	}
	if by.IsZero() {
		return Sealed{}, noMessageKey()
	}
	payload := r.Payload()
	if err := address(&h, r, payload, by, to); err != nil {
		return Sealed{}, err
	}
	header, err := parse.EncodeHeader(h)
	if err != nil {
		return Sealed{}, err
	}
	signature := signStatement(by, header, to.Keys.Seal, payload)
	plaintext, err := parse.Encode(content{payloadType, payload, signature})
	if err != nil {
		return Sealed{}, err
	}
	e := entente.Envelope{Header: header}
	if e.Enc, e.Ciphertext, err = encrypt(to.Keys.Seal, header, plaintext); err != nil {
		return Sealed{}, err
	}
	e.Signature = sign(by, contextEnvelope, header, sealedDigest(e))
	b, err := parse.EncodeEnvelope(e)
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{b, signature, entente.DigestOf(b)}, nil
}

// address fills the header and holds it to the release, the statement and the
// recipient.
func address(h *entente.Header, r entente.Released, payload []byte, by MessageKey, to entente.Party) error {
	bad := func(field, detail string) error {
		return &entente.Error{Kind: entente.Invalid, Field: "header." + field, Detail: detail}
	}
	if h.Version == 0 {
		h.Version = parse.Version
	}
	if h.SenderKey == "" {
		h.SenderKey = by.ID()
	}
	if h.RecipientKey == "" {
		h.RecipientKey = KeyIDOf(to.Keys.Seal)
	}
	d := r.Draft()
	switch {
	case h.To != to.ID || d.To != to.ID:
		return bad("to", "the release is for another party")
	case d.Agreement != h.Agreement:
		return bad("agreement", "the release is under another agreement")
	case d.ID != h.ID:
		return bad("id", "the release is of another message")
	case h.SenderKey != by.ID():
		return bad("sender_key", "it names another key than the one that signs")
	case h.RecipientKey != KeyIDOf(to.Keys.Seal):
		return bad("recipient_key", "it names another key than the recipient's descriptor")
	}
	s, err := parse.Statement(payload)
	if err != nil {
		return err
	}
	return fits(*h, s)
}

// sealedDigest is what the outer signature covers of the sealed part.
func sealedDigest(e entente.Envelope) []byte {
	h := sha256.New()
	h.Write(e.Enc)
	h.Write(e.Ciphertext)
	return h.Sum(nil)
}

func encrypt(recipient, aad, plaintext []byte) (enc, ciphertext []byte, err error) {
	public, err := kem.NewPublicKey(recipient)
	if err != nil {
		return nil, nil, &entente.Error{Kind: entente.Invalid, Field: "recipient.keys.seal", Detail: "the recipient's seal key cannot be used", Cause: err}
	}
	enc, s, err := hpke.NewSender(public, kdf, aead, info)
	if err != nil {
		return nil, nil, err
	}
	ciphertext, err = s.Seal(aad, plaintext)
	return enc, ciphertext, err
}
