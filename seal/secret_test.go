package seal_test

import (
	"bytes"
	"testing"

	"entente/seal"
)

// A secret belongs to one key and one use, and is the same at every start.
func TestSecret(t *testing.T) {
	a, err := seal.Generate("albia-ncc")
	if err != nil {
		t.Fatal(err)
	}
	b, err := seal.Rotate(a, "ledger")
	if err != nil {
		t.Fatal(err)
	}
	got := a.Ledger.Secret("counts")
	if len(got) != 32 || !bytes.Equal(got, a.Ledger.Secret("counts")) {
		t.Errorf("a secret of %d bytes, or another one the second time", len(got))
	}
	if bytes.Equal(got, a.Ledger.Secret("something else")) || bytes.Equal(got, b.Ledger.Secret("counts")) {
		t.Error("another use or another key has the same secret")
	}
}
