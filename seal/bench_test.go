package seal

import (
	"bytes"
	"crypto/ed25519"
	"io"
	"testing"

	"entente"
)

// The floor: what one envelope costs in cryptography alone, on either side.
func BenchmarkFloorSeal(b *testing.B) {
	w := newWorld(b)
	payload := released(b, noteStatement(), "albia-ncc").Payload()
	to := w.albia.keys.Seal.Public()
	b.ReportAllocs()
	for b.Loop() {
		ed25519.Sign(w.borea.keys.Message.m().private, payload)
		if _, _, err := encrypt(to, nil, payload); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFloorOpen(b *testing.B) {
	w := newWorld(b)
	payload := released(b, noteStatement(), "albia-ncc").Payload()
	signature := ed25519.Sign(w.borea.keys.Message.m().private, payload)
	enc, ciphertext, err := encrypt(w.albia.keys.Seal.Public(), nil, payload)
	if err != nil {
		b.Fatal(err)
	}
	e := entente.Envelope{Enc: enc, Ciphertext: ciphertext}
	b.ReportAllocs()
	for b.Loop() {
		ed25519.Verify(w.borea.party.Keys.Message, payload, signature)
		if _, err := decryptEnvelope(e, w.albia.keys.Seal); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	w := newWorld(b)
	r := released(b, noteStatement(), "albia-ncc")
	from, to := w.borea.record(), w.albia.record()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Seal(r, header(), w.borea.keys.Message, from, to); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	w := newWorld(b)
	s := w.sealed(b)
	from, self, keys := w.borea.record(), w.albia.record(), w.albia.keys.SealKeys()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open(s.Envelope, from, self, keys...); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	w := newWorld(b)
	s, from := w.sealed(b), w.borea.record()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Check(s.Envelope, from); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenParty(b *testing.B) {
	w := newWorld(b)
	note := descriptor(b, w.borea.party, w.borea.keys)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := OpenParty(note, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenAgreement(b *testing.B) {
	w := newWorld(b)
	note := w.signed(b, w.albia, w.borea)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := OpenAgreement(note, w.directory); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenRefusal(b *testing.B) {
	w := newWorld(b)
	r, err := SignRefusal(refusal(), w.albia.keys.Message, w.albia.party)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := OpenRefusal(r.Text, w.albia.party); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecryptFile(b *testing.B) {
	content := make([]byte, 8<<20)
	file, key := encrypted(b, content)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := DecryptFile(bytes.NewReader(file), key)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
