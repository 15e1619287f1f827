package parse

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"entente"
)

func TestEnvelopeEveryByteAndPrefix(t *testing.T) {
	e := testEnvelope(t)
	b, err := EncodeEnvelope(e)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Envelope(b)
	if err != nil || !reflect.DeepEqual(got, e) {
		t.Fatalf("got %+v, %v", got, err)
	}
	for i := range b {
		if _, err := Envelope(b[:i]); err == nil {
			t.Fatalf("the first %d bytes parse", i)
		}
		for _, flip := range []byte{1, 2, 4, 8, 16, 32, 64, 128, 255} {
			changed := bytes.Clone(b)
			changed[i] ^= flip
			if got, err := Envelope(changed); err == nil && reflect.DeepEqual(got, e) {
				t.Fatalf("byte %d changed by %#x reads the same", i, flip)
			}
		}
	}
}

func TestEnvelopeRefusals(t *testing.T) {
	for _, tt := range []struct {
		change func(*entente.Envelope)
		reason entente.Reason
		field  string
	}{
		{func(e *entente.Envelope) { e.Enc = e.Enc[1:] }, entente.ReasonMalformed, "enc"},
		{func(e *entente.Envelope) { e.Ciphertext = e.Ciphertext[:15] }, entente.ReasonMalformed, "ciphertext"},
		{func(e *entente.Envelope) { e.Signature = nil }, entente.ReasonMalformed, "signature"},
		{func(e *entente.Envelope) { e.Header = nil }, entente.ReasonMalformed, "header"},
		{func(e *entente.Envelope) { e.Header = append([]byte{' '}, e.Header...) }, entente.ReasonMalformed, "header"},
		{func(e *entente.Envelope) { e.Header = bytes.Replace(e.Header, []byte("ion\":1"), []byte("ion\":9"), 1) }, entente.ReasonVersion, "header.version"},
		{func(e *entente.Envelope) {
			e.Header = bytes.Replace(e.Header, []byte("borea-sls"), []byte("albia-ncc"), 1)
		}, entente.ReasonMalformed, "header.to"},
	} {
		e := testEnvelope(t)
		tt.change(&e)
		_, err := EncodeEnvelope(e)
		wantRefusal(t, "encode", err, tt.reason, tt.field)
		b, err := Encode(sealed(e))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Envelope(b)
		wantRefusal(t, "parse", err, tt.reason, tt.field)
	}
}

func TestEnvelopeBase64HasOneForm(t *testing.T) {
	b, err := EncodeEnvelope(testEnvelope(t))
	if err != nil {
		t.Fatal(err)
	}
	good := string(b)
	for _, swap := range [][2]string{
		{`"enc":"Bw`, `"enc":"\u0042w`},
		{`"enc":"Bw`, `"enc":"\nBw`},
		{`CQ=="}`, `CQ"}`},
		{`CQ=="}`, `CR=="}`},
		{`CQ=="}`, `CQ==","more":""}`},
	} {
		if !strings.Contains(good, swap[0]) {
			t.Fatalf("the envelope has no %s", swap[0])
		}
		if _, err := Envelope([]byte(strings.Replace(good, swap[0], swap[1], 1))); entente.KindOf(err) != entente.Invalid {
			t.Errorf("%s: got %v, want a refusal", swap[1], err)
		}
	}
}

func TestEnvelopeHoldsTheLargestStatement(t *testing.T) {
	e := testEnvelope(t)
	// base64 of the statement, of its signature, and the words around them
	plaintext := (MaxStatement+2)/3*4 + 88 + 120
	if plaintext > MaxPlaintext {
		t.Fatalf("the largest plaintext has %d bytes, more than MaxPlaintext", plaintext)
	}
	e.Ciphertext = make([]byte, MaxPlaintext+tagSize)
	if _, err := EncodeEnvelope(e); err != nil {
		t.Error(err)
	}
	e.Ciphertext = make([]byte, MaxEnvelope)
	_, err := EncodeEnvelope(e)
	wantRefusal(t, "too large", err, entente.ReasonTooLarge, "ciphertext")
}
