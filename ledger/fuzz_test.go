package ledger

import (
	"bytes"
	"crypto/ed25519"
	"testing"

	"entente"
)

const fuzzBody = "entente/north-star/borea-sls/albia-ncc\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

// What parses is written again as the same bytes.
func FuzzCheckpointBody(f *testing.F) {
	f.Add(fuzzBody)
	f.Add("o\n1099511627776\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
	f.Fuzz(func(t *testing.T, body string) {
		c, err := parseBody(body)
		if err == nil && c.body() != body {
			t.Errorf("%q is written again as %q", body, c.body())
		}
	})
}

func FuzzProof(f *testing.F) {
	f.Add([]byte(proofHeading + "index 0\n\n" + fuzzBody + "\n— x aaaa\n"))
	f.Add([]byte(proofHeading + "index 6\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := parseProof(text)
		if err == nil && !bytes.Equal(p.format(), text) {
			t.Errorf("%q is written again as %q", text, p.format())
		}
	})
}

func FuzzLink(f *testing.F) {
	f.Add([]byte(linkHeading + "with 3\nroot 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" + fuzzBody))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := ParseLink(text)
		if err != nil {
			return
		}
		if !bytes.Equal(l.format(), text) {
			t.Errorf("%q is written again as %q", text, l.format())
		}
		// Nor may the sizes in it keep the verifier from answering.
		_, _ = l.Continues(Checkpoint{Size: MaxSize}, Checkpoint{Size: l.With})
	})
}

// A note that opens has one form: changing any byte closes it.
func FuzzNote(f *testing.F) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	owner := entente.Party{ID: "borea-sls", Keys: entente.PartyKeys{Ledger: key.Public().(ed25519.PublicKey)}}
	whole, err := Checkpoint{Origin: "o", Size: 1}.sign(KeyName(owner.ID), key)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(append(bytes.Clone(whole), "— x aaaa\n"...))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := OpenCheckpoint(text, "o", owner); err == nil && !bytes.Equal(text, whole) {
			t.Errorf("%q opens", text)
		}
	})
}
