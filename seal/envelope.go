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

// Peek reads the header of an envelope. Nothing is verified: whoever asks wants
// to know whose descriptor to verify it with.
func Peek(envelope []byte) (entente.Header, error) {
	_, h, err := read(envelope)
	return h, err
}

// Check verifies the outer signature: the sender made this envelope, whoever may
// open it.
func Check(envelope []byte, from entente.Party) (entente.Header, error) {
	e, h, err := read(envelope)
	if err != nil {
		return entente.Header{}, err
	}
	if err := check(e, h, from); err != nil {
		return entente.Header{}, err
	}
	return h, nil
}

// Opened is a message of which everything held, and what proves it.
type Opened struct {
	Message   entente.Message
	Payload   []byte         // the encoded statement
	Signature []byte         // the inner one
	Digest    entente.Digest // of the encoded envelope
}

// Open verifies and decrypts an envelope from a party to self with the key, of
// those given, that the header names. Errors carry the reason for a refusal;
// what a signature or the seal does not hold for is Unverified, the rest Invalid.
func Open(envelope []byte, from, self entente.Party, keys ...SealKey) (Opened, error) {
	e, h, err := read(envelope)
	if err != nil {
		return Opened{}, err
	}
	if h.To != self.ID {
		return Opened{}, &entente.Error{Kind: entente.Invalid, Field: "header.to", Detail: "it is addressed to another party", Reason: entente.ReasonWrongRecipient}
	}
	if err := check(e, h, from); err != nil {
		return Opened{}, err
	}
	k, err := keyFor(h, keys)
	if err != nil {
		return Opened{}, err
	}
	plaintext, err := decryptEnvelope(e, k)
	if err != nil {
		return Opened{}, err
	}
	c, err := parse.Canonical[content](plaintext, parse.MaxPlaintext)
	if err != nil {
		return Opened{}, err
	}
	if c.Type != payloadType {
		return Opened{}, &entente.Error{Kind: entente.Invalid, Field: "content.type", Detail: "it is not a statement", Reason: entente.ReasonStatement}
	}
	s, err := CheckStatement(e.Header, c.Payload, c.Signature, from, k.m().public)
	if err != nil {
		return Opened{}, err
	}
	return Opened{entente.Message{Header: h, Statement: s}, c.Payload, c.Signature, entente.DigestOf(envelope)}, nil
}

func read(envelope []byte) (entente.Envelope, entente.Header, error) {
	e, err := parse.Envelope(envelope)
	if err != nil {
		return entente.Envelope{}, entente.Header{}, err
	}
	h, err := parse.Header(e.Header)
	return e, h, err
}

func check(e entente.Envelope, h entente.Header, from entente.Party) error {
	if err := fromSender(h, from); err != nil {
		return err
	}
	if !verify(from.Keys.Message, contextEnvelope, e.Signature, e.Header, sealedDigest(e)) {
		return badSignature("signature")
	}
	return nil
}

// fromSender holds a header to the descriptor of the party that should have made it.
func fromSender(h entente.Header, from entente.Party) error {
	if h.From != from.ID {
		return &entente.Error{Kind: entente.Unverified, Field: "header.from", Detail: "it is from another party", Reason: entente.ReasonWrongSender}
	}
	if h.SenderKey != KeyIDOf(from.Keys.Message) {
		return &entente.Error{Kind: entente.Unverified, Field: "header.sender_key", Detail: "it is not signed with the key of the sender's descriptor", Hint: "compare the editions of the descriptor with the partner", Reason: entente.ReasonSenderKey}
	}
	return nil
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

func decryptEnvelope(e entente.Envelope, k SealKey) ([]byte, error) {
	r, err := hpke.NewRecipient(e.Enc, k.m().private, kdf, aead, info)
	if err != nil {
		return nil, cannotOpen(err)
	}
	plaintext, err := r.Open(e.Header, e.Ciphertext)
	if err != nil {
		return nil, cannotOpen(err)
	}
	return plaintext, nil
}

func keyFor(h entente.Header, keys []SealKey) (SealKey, error) {
	for _, k := range keys {
		if !k.IsZero() && k.ID() == h.RecipientKey {
			return k, nil
		}
	}
	return SealKey{}, wrongRecipientKey()
}

func wrongRecipientKey() error {
	return &entente.Error{Kind: entente.Unverified, Field: "header.recipient_key", Detail: "it is sealed to a key that is not here", Hint: "send the partner the newest descriptor", Reason: entente.ReasonRecipientKey}
}

func badSignature(field string) error {
	return &entente.Error{Kind: entente.Unverified, Field: field, Detail: "the signature does not hold", Reason: entente.ReasonSignature}
}

func cannotOpen(cause error) error {
	return &entente.Error{Kind: entente.Unverified, Field: "ciphertext", Detail: "the seal does not open", Reason: entente.ReasonSeal, Cause: cause}
}
