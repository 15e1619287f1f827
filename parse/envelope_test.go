package parse

import (
	"bytes"
	"reflect"
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
		{func(e *entente.Envelope) { e.Ciphertext = e.Ciphertext[:16] }, entente.ReasonMalformed, "ciphertext"},
		{func(e *entente.Envelope) { e.Ciphertext = e.Ciphertext[1:] }, entente.ReasonMalformed, "ciphertext"},
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
		_, err = Envelope(framed(e))
		if e.Enc = e.Enc[:min(encSize, len(e.Enc))]; len(e.Enc) == encSize { // else the parts behind it move
			wantRefusal(t, "parse", err, tt.reason, tt.field)
		} else if entente.KindOf(err) != entente.Invalid {
			t.Errorf("%s: got %v", tt.field, err)
		}
	}
}

// framed writes an envelope without asking whether it may be one.
func framed(e entente.Envelope) []byte {
	b := appendCounted([]byte(magic), e.Header)
	return append(appendCounted(append(b, e.Enc...), e.Ciphertext), e.Signature...)
}

// What can be taken apart as an envelope can be put together again to the same bytes.
func FuzzFrame(f *testing.F) {
	f.Add(framed(testEnvelope(f)))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := Frame(b)
		if err != nil {
			if entente.ReasonOf(err) != entente.ReasonMalformed {
				t.Fatalf("refused without the reason: %v", err)
			}
			return
		}
		if !bytes.Equal(framed(e), b) {
			t.Fatal("an envelope has two forms")
		}
	})
}

func TestEnvelopeHoldsTheLargestStatement(t *testing.T) {
	e := testEnvelope(t)
	b, err := EncodePlaintext(entente.Secret{1}, bytes.Repeat([]byte{1}, MaxStatement))
	if err != nil || len(b) != MaxPlaintext {
		t.Fatalf("the largest plaintext has %d bytes, not %d: %v", len(b), MaxPlaintext, err)
	}
	e.Ciphertext = make([]byte, MaxPlaintext+tagSize)
	whole, err := EncodeEnvelope(e)
	if err != nil {
		t.Fatal(err)
	}
	if room := MaxHeader - len(e.Header); len(whole)+room != MaxEnvelope {
		t.Errorf("the largest envelope has %d bytes, not %d", len(whole)+room, MaxEnvelope)
	}
	e.Ciphertext = make([]byte, MaxPlaintext+padding+tagSize)
	_, err = EncodeEnvelope(e)
	wantRefusal(t, "too large", err, entente.ReasonTooLarge, "ciphertext")
	_, err = Envelope(make([]byte, MaxEnvelope+1))
	wantRefusal(t, "too large", err, entente.ReasonTooLarge, "")
}
