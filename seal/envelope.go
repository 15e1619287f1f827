package seal

import (
	"crypto/hpke"
	"crypto/rand"

	"entente"
	"entente/parse"
)

// Sealed is an envelope ready to leave, and what proves it when its sealed bytes
// are gone.
type Sealed struct {
	Header    entente.Header
	Envelope  []byte         // encoded
	Secret    entente.Secret // opens Header.Content
	Sealed    entente.Digest // of the sealed bytes
	Signature []byte
	Digest    entente.Digest // the record
}

// Seal signs and encrypts what was released, for the party that the author
// named when it was released.
//
// It fills Version, FromEdition, ToEdition and Content of the header; all else
// must be there and must fit the statement and its release. Errors: Denied when
// nothing was released; Invalid when header, statement and recipient do not fit.
func Seal(r entente.Released, h entente.Header, by MessageKey, from, to entente.PartyRecord) (Sealed, error) {
	if r.IsZero() {
		return Sealed{}, &entente.Error{Kind: entente.Denied, Detail: "nobody has released this message"}
	}
	if by.IsZero() {
		return Sealed{}, noMessageKey()
	}
	payload := r.Payload()
	h.Version, h.FromEdition, h.ToEdition = parse.Version, editionOf(from), editionOf(to)
	if err := address(h, r, payload, by, from.Party, to.Party); err != nil {
		return Sealed{}, err
	}
	var secret entente.Secret
	rand.Read(secret[:]) // never fails: crypto/rand ends the process first
	var err error
	if h.Content, err = Content(payload, secret); err != nil {
		return Sealed{}, err
	}
	return pack(h, payload, secret, by, to.Party.Keys.Seal)
}

// pack seals and signs.
func pack(h entente.Header, payload []byte, secret entente.Secret, by MessageKey, to []byte) (Sealed, error) {
	header, err := parse.EncodeHeader(h)
	if err != nil {
		return Sealed{}, err
	}
	plaintext, err := parse.EncodePlaintext(secret, payload)
	if err != nil {
		return Sealed{}, err
	}
	e := entente.Envelope{Header: header}
	if e.Enc, e.Ciphertext, err = encrypt(to, header, plaintext); err != nil {
		return Sealed{}, err
	}
	sealed := sealedDigest(e)
	e.Signature = sign(by, contextEnvelope, header, sealed[:])
	b, err := parse.EncodeEnvelope(e)
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{h, b, secret, sealed, e.Signature, Record(header, sealed, e.Signature)}, nil
}

// address holds the header to the release, the statement and the two parties.
func address(h entente.Header, r entente.Released, payload []byte, by MessageKey, from, to entente.Party) error {
	bad := func(field, detail string) error {
		return &entente.Error{Kind: entente.Invalid, Field: "header." + field, Detail: detail}
	}
	d := r.Draft()
	switch {
	case h.From != from.ID:
		return bad("from", "it names another sender than the descriptor")
	case h.To != to.ID || d.To != to.ID:
		return bad("to", "the release is for another party")
	case d.Agreement != h.Agreement:
		return bad("agreement", "the release is under another agreement")
	case d.ID != h.ID:
		return bad("id", "the release is of another message")
	case !from.Keys.Message.Equal(by.Public()):
		return bad("from_edition", "the sender's descriptor has another key than the one that signs")
	}
	s, err := parse.Statement(payload)
	if err != nil {
		return err
	}
	return fits(h, s)
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

// editionOf names the edition of a record; one that no store gave is named now.
func editionOf(r entente.PartyRecord) entente.Digest {
	if r.Edition.IsZero() {
		return parse.EditionOf(r.Party)
	}
	return r.Edition
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
