package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"

	"entente"
	"entente/parse"
)

// Unopened is an envelope that was read. What its header claims is verified step
// by step; each step is done once, however often it is asked for.
type Unopened struct {
	digest   entente.Digest // of the encoded envelope
	envelope entente.Envelope
	header   entente.Header
	sender   ed25519.PublicKey // for which the outer signature held; nil: not checked
}

// Read reads an encoded envelope. Nothing is verified but its form.
func Read(envelope []byte) (*Unopened, error) {
	e, err := parse.Envelope(envelope)
	if err != nil {
		return nil, err
	}
	h, err := parse.Header(e.Header)
	if err != nil {
		return nil, err
	}
	return &Unopened{digest: entente.DigestOf(envelope), envelope: e, header: h}, nil
}

// Header is what the envelope claims of itself: whoever asks wants to know whose
// descriptor to check it with.
func (u *Unopened) Header() entente.Header { return u.header }

// Digest is that of the encoded envelope: the record in the channel's ledger.
func (u *Unopened) Digest() entente.Digest { return u.digest }

// Check verifies the outer signature: the sender made this envelope, whoever may
// open it.
func (u *Unopened) Check(from entente.Party) error {
	if err := fromSender(u.header, from); err != nil {
		return err
	}
	if u.sender != nil && u.sender.Equal(from.Keys.Message) {
		return nil
	}
	if !signed(from.Keys.Message, contextEnvelope, u.envelope.Signature, u.envelope.Header, sealedDigest(u.envelope)) {
		return badSignature("signature")
	}
	u.sender = bytes.Clone(from.Keys.Message)
	return nil
}

// Open verifies and decrypts the envelope as one from a party to self, with the
// key, of those given, that the header names. Errors carry the reason for a
// refusal; what a signature or the seal does not hold for is Unverified, the rest
// Invalid.
func (u *Unopened) Open(from, self entente.Party, keys ...SealKey) (Opened, error) {
	if u.header.To != self.ID {
		return Opened{}, &entente.Error{Kind: entente.Invalid, Field: "header.to", Detail: "it is addressed to another party", Reason: entente.ReasonWrongRecipient}
	}
	if err := u.Check(from); err != nil {
		return Opened{}, err
	}
	k, err := keyFor(u.header, keys)
	if err != nil {
		return Opened{}, err
	}
	plaintext, err := decryptEnvelope(u.envelope, k)
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
	s, err := checkStatement(u.header, u.envelope.Header, c.Payload, c.Signature, from, k.m().public)
	if err != nil {
		return Opened{}, err
	}
	return Opened{entente.Message{Header: u.header, Statement: s}, c.Payload, c.Signature, u.digest}, nil
}

// Opened is a message of which everything held, and what proves it.
type Opened struct {
	Message   entente.Message
	Payload   []byte         // the encoded statement
	Signature []byte         // the inner one
	Digest    entente.Digest // of the encoded envelope
}

// Peek reads the header of an envelope. Nothing is verified.
func Peek(envelope []byte) (entente.Header, error) {
	u, err := Read(envelope)
	if err != nil {
		return entente.Header{}, err
	}
	return u.Header(), nil
}

// Check reads an envelope and verifies its outer signature.
func Check(envelope []byte, from entente.Party) (entente.Header, error) {
	u, err := Read(envelope)
	if err != nil {
		return entente.Header{}, err
	}
	if err := u.Check(from); err != nil {
		return entente.Header{}, err
	}
	return u.Header(), nil
}

// Open reads, verifies and decrypts an envelope: see [Unopened.Open].
func Open(envelope []byte, from, self entente.Party, keys ...SealKey) (Opened, error) {
	u, err := Read(envelope)
	if err != nil {
		return Opened{}, err
	}
	return u.Open(from, self, keys...)
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
