package ledger

import (
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strconv"
	"time"

	"entente"
	"entente/parse"

	"golang.org/x/mod/sumdb/note"
)

// Recipient is who signs receipts: a party under one edition of its descriptor.
type Recipient struct {
	Party   entente.PartyID
	Edition entente.Digest // names the descriptor that has the public half of Key
	Key     crypto.Signer
}

// promise is what a receipt says beside its checkpoint.
type promise struct {
	by      entente.PartyID
	edition entente.Digest
	at      int64 // seconds since 1970
	via     entente.Via
}

// text returns the bytes that the recipient signs. body is the three lines of
// the checkpoint, whose size is one more than the place.
func (p promise) text(body []byte) ([]byte, error) {
	c, err := parseBody(string(body))
	if err != nil {
		return nil, err
	}
	b := append(make([]byte, 0, 256+len(body)), receiptContext+"\nby "...)
	b = append(b, p.by...)
	b = append(b, "\nedition "+p.edition.String()+"\ntime "...)
	b = strconv.AppendInt(b, p.at, 10)
	b = append(b, "\nvia "+string(p.via)+"\nplace "...)
	b = strconv.AppendInt(b, c.Size-1, 10)
	b = append(b, '\n')
	return append(b, body...), nil
}

// receiptSigner makes the line of a receipt. It is a note.Signer.
type receiptSigner struct {
	promise
	key crypto.Signer
	pub ed25519.PublicKey
}

func newReceiptSigner(by Recipient, via entente.Via, at time.Time) (note.Signer, error) {
	pub, err := publicOf(by.Key)
	s := receiptSigner{promise{by.Party, by.Edition, at.Unix(), via}, by.Key, pub}
	switch {
	case err != nil:
	case !writable(at.Unix()):
		err = &entente.Error{Kind: entente.Invalid, Field: "at", Detail: "the time cannot be written in a receipt", Hint: "set the clock of this machine"}
	case viaByte[via] == 0:
		err = &entente.Error{Kind: entente.Invalid, Field: "via", Detail: "a receipt says how the envelope came: over the wire or by courier"}
	}
	return s, err
}

func (s receiptSigner) Name() string    { return KeyName(s.by) }
func (s receiptSigner) KeyHash() uint32 { return receiptKeyHash(s.Name(), s.pub) }

// Sign returns 8 bytes of seconds, big-endian, one byte for the way, and the signature.
func (s receiptSigner) Sign(body []byte) ([]byte, error) {
	text, err := s.text(body)
	if err != nil {
		return nil, err
	}
	sig, err := s.key.Sign(nil, text, crypto.Hash(0))
	if err != nil {
		return nil, err
	}
	b := binary.BigEndian.AppendUint64(nil, uint64(s.at))
	return append(append(b, viaByte[s.via]), sig...), nil
}

// receiptVerifier checks the line of a receipt. It is a note.Verifier.
type receiptVerifier struct {
	verifier
	by      entente.PartyID
	edition entente.Digest
}

func newReceiptVerifier(by entente.Party) (receiptVerifier, error) {
	v, err := newVerifier(by)
	return receiptVerifier{v, by.ID, parse.EditionOf(by)}, err
}

func (v receiptVerifier) KeyHash() uint32 { return receiptKeyHash(v.name, v.pub) }

func (v receiptVerifier) Verify(body, sig []byte) bool {
	at, via, ok := readReceiptLine(sig)
	if !ok {
		return false
	}
	text, err := promise{v.by, v.edition, at, via}.text(body)
	return err == nil && v.verifier.Verify(text, sig[receiptPrefix:])
}

// The line of a receipt has a type of its own (C2SP signed-note, type 0xff), so
// that no cosignature of a witness can pass for one.
const (
	receiptContext = "entente/1 receipt"
	receiptPrefix  = 8 + 1 // seconds and way, before the signature
)

func receiptKeyHash(name string, key ed25519.PublicKey) uint32 {
	sum := sha256Of([]byte(name+"\n\xff"+receiptContext), key)
	return binary.BigEndian.Uint32(sum[:4])
}

var viaByte = map[entente.Via]byte{entente.ViaWire: 1, entente.ViaCourier: 2}

// readReceiptLine takes the blob of a receipt's line apart.
func readReceiptLine(b []byte) (at int64, via entente.Via, ok bool) {
	if len(b) != receiptPrefix+ed25519.SignatureSize {
		return 0, "", false
	}
	at = int64(binary.BigEndian.Uint64(b))
	for v, n := range viaByte {
		if b[8] == n {
			via = v
		}
	}
	return at, via, via != "" && writable(at)
}

// writable reports whether RFC 3339 can write the time: from 1970, because the
// line has no sign, to the end of the year 9999.
func writable(at int64) bool { return at >= 0 && at < 253402300800 }

// promiseOf reads what a verified line says.
func promiseOf(sig note.Signature) (at time.Time, via entente.Via, err error) {
	raw, err := base64.StdEncoding.DecodeString(sig.Base64)
	if err == nil && len(raw) > 4 {
		if s, v, ok := readReceiptLine(raw[4:]); ok {
			return time.Unix(s, 0).UTC(), v, nil
		}
	}
	return time.Time{}, "", errors.New("not the line of a receipt")
}
