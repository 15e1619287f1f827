package parse

import (
	"bytes"
	"testing"

	"entente"
)

func TestPlaintext(t *testing.T) {
	for _, n := range []int{1, 218, 219, 220, 475, 476, MaxStatement} {
		payload := bytes.Repeat([]byte{0}, n) // zeros must not be taken for the filling
		b, err := EncodePlaintext(entente.Secret{7}, payload)
		if err != nil || len(b)%padding != 0 || len(b)-plaintextHead-n >= padding {
			t.Fatalf("%d bytes: %d, %v", n, len(b), err)
		}
		secret, got, err := Plaintext(b)
		if err != nil || secret != (entente.Secret{7}) || !bytes.Equal(got, payload) {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
	_, err := EncodePlaintext(entente.Secret{}, nil)
	wantRefusal(t, "nothing", err, entente.ReasonMalformed, "content")
	_, err = EncodePlaintext(entente.Secret{}, make([]byte, MaxStatement+1))
	wantRefusal(t, "too long", err, entente.ReasonTooLarge, "content")
	_, _, err = Plaintext(make([]byte, MaxPlaintext+padding))
	wantRefusal(t, "too long", err, entente.ReasonTooLarge, "content")
}

func TestPlaintextEveryByteAndPrefix(t *testing.T) {
	b, err := EncodePlaintext(entente.Secret{7}, []byte("a statement"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		if _, _, err := Plaintext(b[:i]); err == nil {
			t.Fatalf("the first %d bytes parse", i)
		}
		for v := range 256 {
			changed := bytes.Clone(b)
			if changed[i] = byte(v); changed[i] == b[i] {
				continue
			}
			if secret, payload, err := Plaintext(changed); err == nil && secret == (entente.Secret{7}) && string(payload) == "a statement" {
				t.Fatalf("byte %d set to %#x reads the same", i, v)
			}
		}
	}
}

// What parses is encoded to the same bytes.
func FuzzPlaintext(f *testing.F) {
	b, err := EncodePlaintext(entente.Secret{7}, []byte("a statement"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		secret, payload, err := Plaintext(b)
		if err != nil {
			return
		}
		if again, err := EncodePlaintext(secret, payload); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("a plaintext has two forms: %v", err)
		}
	})
}
