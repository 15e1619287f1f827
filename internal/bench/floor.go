package main

import (
	"crypto/ed25519"
	"crypto/hpke"
	"errors"
	"fmt"
	"strings"
	"time"

	"entente/parse"
)

// floor does for a tip only what no implementation of the protocol can leave
// out: the cryptography of both sides, and for each promise to a person or to
// the partner one write that is on disk before the promise is made. No
// database, no encoding, no network, no rules, no access log.
type floor struct {
	sign, receipt     ed25519.PrivateKey // the sender's, the recipient's
	seal              hpke.PrivateKey
	payload           []byte
	sender, recipient *journal
}

func newFloor(dir string) (*floor, error) {
	f := &floor{}
	var err error
	if _, f.sign, err = ed25519.GenerateKey(nil); err != nil {
		return nil, err
	}
	if _, f.receipt, err = ed25519.GenerateKey(nil); err != nil {
		return nil, err
	}
	if f.seal, err = hpke.MLKEM768X25519().GenerateKey(); err != nil {
		return nil, err
	}
	if f.payload, err = parse.Encode(tip()); err != nil {
		return nil, err
	}
	if f.sender, err = newJournal(dir, "floor-sender"); err != nil {
		return nil, err
	}
	f.recipient, err = newJournal(dir, "floor-recipient")
	return f, err
}

func (f *floor) close() error { return errors.Join(f.sender.close(), f.recipient.close()) }

// tip takes one tip the whole way.
func (f *floor) tip() error {
	// The author is told that his draft is kept, and that it has been submitted.
	if err := errors.Join(f.sender.add(f.payload), f.sender.add(f.payload)); err != nil {
		return err
	}
	// Release: the statement, the envelope and the checkpoint are signed.
	statement := ed25519.Sign(f.sign, f.payload)
	enc, ciphertext, err := f.encrypt()
	if err != nil {
		return err
	}
	envelope := ed25519.Sign(f.sign, ciphertext)
	checkpoint := ed25519.Sign(f.sign, enc)
	if err := f.sender.add(append(enc, ciphertext...)); err != nil {
		return err
	}
	// The recipient checks them, and promises to hold the envelope.
	signer := f.sign.Public().(ed25519.PublicKey)
	if !ed25519.Verify(signer, ciphertext, envelope) || !ed25519.Verify(signer, enc, checkpoint) {
		return errors.New("floor: a signature does not hold")
	}
	if err := f.decrypt(enc, ciphertext); err != nil {
		return err
	}
	if !ed25519.Verify(signer, f.payload, statement) {
		return errors.New("floor: the statement's signature does not hold")
	}
	receipt := ed25519.Sign(f.receipt, enc)
	if err := f.recipient.add(append(enc, ciphertext...)); err != nil {
		return err
	}
	// The sender checks the receipt and keeps it.
	if !ed25519.Verify(f.receipt.Public().(ed25519.PublicKey), enc, receipt) {
		return errors.New("floor: the receipt does not hold")
	}
	return f.sender.add(receipt)
}

func (f *floor) encrypt() (enc, ciphertext []byte, err error) {
	enc, s, err := hpke.NewSender(f.seal.PublicKey(), hpke.HKDFSHA256(), hpke.AES256GCM(), nil)
	if err != nil {
		return nil, nil, err
	}
	ciphertext, err = s.Seal(nil, f.payload)
	return enc, ciphertext, err
}

func (f *floor) decrypt(enc, ciphertext []byte) error {
	r, err := hpke.NewRecipient(enc, f.seal, hpke.HKDFSHA256(), hpke.AES256GCM(), nil)
	if err != nil {
		return err
	}
	_, err = r.Open(nil, ciphertext)
	return err
}

// says lists what the floor consists of, with the median time of each.
func (f *floor) says(calls int) (string, error) {
	enc, ciphertext, err := f.encrypt()
	if err != nil {
		return "", err
	}
	signature := ed25519.Sign(f.sign, f.payload)
	var all []string
	for _, p := range []struct {
		times int
		what  string
		do    func() error
	}{
		{4, "Ed25519 signatures (statement, envelope, checkpoint, receipt)", func() error { ed25519.Sign(f.sign, f.payload); return nil }},
		{4, "Ed25519 verifications (the same)", func() error {
			ed25519.Verify(f.sign.Public().(ed25519.PublicKey), f.payload, signature)
			return nil
		}},
		{1, "HPKE seal", func() error { _, _, err := f.encrypt(); return err }},
		{1, "HPKE open", func() error { return f.decrypt(enc, ciphertext) }},
		{5, "writes that are on disk (draft, submission, release, acceptance, receipt)", func() error { return f.sender.add(f.payload) }},
	} {
		each, err := perCall(calls, p.do)
		if err != nil {
			return "", err
		}
		all = append(all, fmt.Sprintf("%d × %s at %s", p.times, p.what, quantity(each.Seconds(), "s")))
	}
	return strings.Join(all, "; "), nil
}

// perCall is the median time of a call.
func perCall(calls int, do func() error) (time.Duration, error) {
	times := make([]time.Duration, calls)
	for i := range times {
		start := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		times[i] = time.Since(start)
	}
	return median(times), nil
}
