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
	digest   entente.Digest // the record
	sealed   entente.Digest // of the sealed bytes
	envelope entente.Envelope
	header   entente.Header
	sender   ed25519.PublicKey // for which the signature held; nil: not checked
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
	sealed := sealedDigest(e)
	return &Unopened{digest: Record(e.Header, sealed, e.Signature), sealed: sealed, envelope: e, header: h}, nil
}

// Header is what the envelope claims of itself: a reader needs it to find the
// descriptors to check it with.
func (u *Unopened) Header() entente.Header { return u.header }

// Digest is the record of the envelope in the channel's ledger.
func (u *Unopened) Digest() entente.Digest { return u.digest }

// Check verifies the signature: the sender made this envelope under this edition
// of its descriptor, whether or not anybody can open it.
func (u *Unopened) Check(from entente.PartyRecord) error {
	if u.sender != nil && u.sender.Equal(from.Party.Keys.Message) && u.header.FromEdition == editionOf(from) {
		return nil
	}
	if err := checkSigned(u.header, u.envelope.Header, u.sealed, u.envelope.Signature, from); err != nil {
		return err
	}
	u.sender = bytes.Clone(from.Party.Keys.Message)
	return nil
}

// CheckSigned verifies the signature of an envelope from what is left of it when
// the sealed bytes are erased, and gives its header.
func CheckSigned(header []byte, sealed entente.Digest, signature []byte, from entente.PartyRecord) (entente.Header, error) {
	h, err := parse.Header(header)
	if err != nil {
		return h, err
	}
	return h, checkSigned(h, header, sealed, signature, from)
}

func checkSigned(h entente.Header, header []byte, sealed entente.Digest, signature []byte, from entente.PartyRecord) error {
	if h.From != from.Party.ID {
		return &entente.Error{Kind: entente.Unverified, Field: "header.from", Detail: "it is from another party", Reason: entente.ReasonWrongSender}
	}
	if h.FromEdition != editionOf(from) {
		return &entente.Error{Kind: entente.Unverified, Field: "header.from_edition", Detail: "it names another edition of the sender's descriptor", Hint: "compare the editions of the descriptor with the partner", Reason: entente.ReasonFutureEdition}
	}
	if !signed(from.Party.Keys.Message, contextEnvelope, signature, header, sealed[:]) {
		return badSignature("signature")
	}
	return nil
}

// Open verifies and decrypts the envelope as one from a party to self, with the
// key, of those given, that the edition of self has. Errors carry the reason for a
// refusal; what a signature or the seal does not hold for is Unverified, the rest
// Invalid.
func (u *Unopened) Open(from, self entente.PartyRecord, keys ...SealKey) (Opened, error) {
	if u.header.To != self.Party.ID {
		return Opened{}, &entente.Error{Kind: entente.Invalid, Field: "header.to", Detail: "it is addressed to another party", Reason: entente.ReasonWrongRecipient}
	}
	if err := u.Check(from); err != nil {
		return Opened{}, err
	}
	if u.header.ToEdition != editionOf(self) {
		return Opened{}, &entente.Error{Kind: entente.Unverified, Field: "header.to_edition", Detail: "it is sealed to an edition of our descriptor that is not here", Hint: "send the partner the newest descriptor", Reason: entente.ReasonFutureEdition}
	}
	k, err := keyFor(self.Party, keys)
	if err != nil {
		return Opened{}, err
	}
	plaintext, err := decryptEnvelope(u.envelope, k)
	if err != nil {
		return Opened{}, err
	}
	secret, payload, err := parse.Plaintext(plaintext)
	if err != nil {
		return Opened{}, err
	}
	s, err := Statement(u.header, payload, secret)
	if err != nil {
		return Opened{}, err
	}
	return Opened{entente.Message{Header: u.header, Statement: s}, payload, secret, u.sealed, u.envelope.Signature, u.digest}, nil
}

// Opened is a message of which everything held, and what proves it.
type Opened struct {
	Message   entente.Message
	Payload   []byte         // the encoded statement
	Secret    entente.Secret // opens the header's content with Payload
	Sealed    entente.Digest // of the sealed bytes
	Signature []byte
	Digest    entente.Digest // the record
}

// Peek reads the header of an envelope. Nothing is verified.
func Peek(envelope []byte) (entente.Header, error) {
	u, err := Read(envelope)
	if err != nil {
		return entente.Header{}, err
	}
	return u.Header(), nil
}

// Check reads an envelope and verifies its signature.
func Check(envelope []byte, from entente.PartyRecord) (entente.Header, error) {
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
func Open(envelope []byte, from, self entente.PartyRecord, keys ...SealKey) (Opened, error) {
	u, err := Read(envelope)
	if err != nil {
		return Opened{}, err
	}
	return u.Open(from, self, keys...)
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

// keyFor finds the private key of an edition.
func keyFor(self entente.Party, keys []SealKey) (SealKey, error) {
	for _, k := range keys {
		if !k.IsZero() && bytes.Equal(k.Public(), self.Keys.Seal) {
			return k, nil
		}
	}
	return SealKey{}, &entente.Error{Kind: entente.Unverified, Field: "header.to_edition", Detail: "it is sealed to a key that is not here any more", Hint: "send the partner the newest descriptor", Reason: entente.ReasonSealKey}
}

func badSignature(field string) error {
	return &entente.Error{Kind: entente.Unverified, Field: field, Detail: "the signature does not hold", Reason: entente.ReasonSignature}
}

func cannotOpen(cause error) error {
	return &entente.Error{Kind: entente.Unverified, Field: "ciphertext", Detail: "the seal does not open", Reason: entente.ReasonSeal, Cause: cause}
}
